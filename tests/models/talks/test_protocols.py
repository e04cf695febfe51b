"""Protocols and tactics: against the fast sessions, by hand, laws, refusals."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.errors import ModelError
from winset.models.talks.protocols import Setting, negotiate
from winset.models.talks.sessions import simulate, solve
from winset.models.talks.sides import Tactic
from winset.models.talks.space import Space, distance_from, efficient
from winset.models.talks.tournament import tournament

PIE = Space(parties=("a", "b"), utilities=np.c_[np.arange(101), 100 - np.arange(101)] / 100, reservation=np.zeros(2))


def clock(beta: float) -> Tactic:
    return Tactic(name=f"{beta:g}", low=beta, high=beta)


def run(space: Space, *tactics: Tactic, protocol: str = "in-turn", runs: int = 1, seed: int = 1, **setting: float):  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(seed)
    return negotiate(space, tactics, protocol, Setting(**setting), runs=runs, rng=rng)  # type: ignore[arg-type]


@given(st.integers(0, 2**32), st.integers(1, 30), st.integers(1, 25), st.sampled_from([1, 2, 9]))
def test_sides_that_watch_the_clock_are_the_fast_sessions(seed: int, outcomes: int, rounds: int, digits: int) -> None:
    rng = np.random.default_rng(seed)
    u, r = rng.random((2, outcomes)).round(digits), rng.random(2) * rng.choice([0.3, 1.2])
    beta = np.exp(rng.normal(size=2))
    fast = simulate(u[None], r, beta, rounds=rounds)
    slow = run(Space(parties=("a", "b"), utilities=u.T, reservation=r), clock(beta[0]), clock(beta[1]), rounds=rounds)
    assert (slow.outcome[0], slow.round[0], slow.proposer[0]) == (fast.outcome[0], fast.round[0], fast.proposer[0])


def test_an_imitator_gives_back_what_it_gets() -> None:
    # the other concedes evenly over 101 rounds; the imitator's demand falls in proportion to the gains offered
    found = run(PIE, clock(1.0), Tactic(name="tit for tat", kind="relative"), rounds=101)
    assert found.agreed[0]
    against_itself = run(PIE, *[Tactic(name="tit for tat", kind="relative")] * 2, rounds=50)
    assert not against_itself.agreed[0]  # nobody begins


def test_a_resource_that_runs_out_is_given_up_at_last() -> None:
    tactic = Tactic(name="resource", kind="resource", low=5, high=5)
    stubborn = clock(1e-3)
    found = run(PIE, tactic, stubborn, rounds=60)
    # all is given up when nothing is left, in the last round; with 5 rounds' scale 1/e is given up 5 rounds before
    assert found.agreed[0]
    assert found.round[0] == 60
    assert found.utilities[0].tolist() == [0, 1]


@given(st.integers(0, 2**32), st.integers(2, 4))
def test_what_is_agreed_is_worth_no_deal_to_all_and_texts_only_rise(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    shape = (3, 4)
    features = np.stack(np.unravel_index(np.arange(12), shape), axis=1)
    space = Space(parties=tuple("abcd"[:n]), utilities=rng.random((12, n)), reservation=np.full(n, 0.2),
                  features=features)  # fmt: skip
    for protocol in ("in-turn", "simultaneous"):
        found = run(
            space, *[clock(b) for b in (0.2, 1, 2, 5)[:n]], protocol=protocol, runs=5, rounds=20, seed=seed % 99
        )
        assert (found.utilities[found.agreed] >= 0.2 - 1e-9).all()
    text = run(space, *[Tactic(name="climber", kind="climber")] * n, protocol="single-text", runs=5, rounds=50)
    assert (text.utilities[text.agreed] >= 0.2 - 1e-9).all()


def test_climbers_get_stuck_where_annealers_do_not() -> None:
    # two issues: the one good text differs on both from a fair one, and each single change hurts somebody
    u = np.array([[0.5, 0.5], [0.1, 0.6], [0.6, 0.1], [1.0, 1.0]])
    features = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    space = Space(parties=("a", "b"), utilities=u, reservation=np.zeros(2), features=features)
    climbers = run(space, *[Tactic(name="climber", kind="climber")] * 2, protocol="single-text", runs=300, rounds=200)
    hot = Tactic(name="annealer", kind="annealer", low=1.0, high=1.0)
    annealers = run(space, hot, hot, protocol="single-text", runs=300, rounds=200)
    assert (annealers.outcome == 3).mean() > 0.9
    assert (climbers.outcome == 3).mean() < 0.9


def test_one_who_learns_leaves_no_less_to_the_other() -> None:
    rng = np.random.default_rng(5)
    shape = (4, 4, 4)
    rows = np.stack(np.unravel_index(np.arange(64), shape), axis=1)
    tables = rng.random((2, 3, 4))
    u = np.stack([sum(t[k][rows[:, k]] for k in range(3)) / 3 for t in tables], axis=1)
    space = Space(parties=("a", "b"), utilities=u, reservation=np.zeros(2), features=rows)
    away = []
    for learns in (False, True):
        sides = [Tactic(name="l", low=0.3, high=2.0, learns=learns)] * 2
        found = run(space, *sides, runs=200, rounds=60)
        away.append(distance_from(u[efficient(u)], found.utilities[found.agreed]).mean())
    assert away[1] < away[0]


def test_talks_that_may_break_off_agree_less_often() -> None:
    whole = solve(PIE, tactics=((1, 1), (1, 1)), rounds=101, runs=2000)
    cut = solve(PIE, tactics=((1, 1), (1, 1)), rounds=101, runs=2000, end=0.01)
    assert whole.agreed.mean() == 1
    assert cut.agreed.mean() == pytest.approx(0.99**50, abs=0.04)  # they would agree in round 51
    slow = run(PIE, clock(1), clock(1), runs=500, rounds=101, end=0.01)
    assert slow.agreed.mean() == pytest.approx(0.99**50, abs=0.07)
    assert (cut.utilities[~cut.agreed] == 0).all()


def test_a_tournament_is_fair_to_seats_and_keeps_its_numbers() -> None:
    three = [clock(b) for b in (0.2, 1.0, 5.0)]
    found = tournament(PIE, three, "in-turn", Setting(rounds=60), runs=2, seed=1)
    assert found.order[0] == 0  # against sides that concede anyway it pays to wait
    fewer = tournament(PIE, three[:2], "in-turn", Setting(rounds=60), runs=2, seed=1)
    assert fewer.gain == pytest.approx(found.gain[:2, :2])
    for i, j in itertools.product(range(3), repeat=2):
        assert found.gain[i, j].sum() == pytest.approx(found.agreed[i, j], abs=1e-9)  # a pie of 1


def test_what_does_not_go_together_is_refused() -> None:
    with pytest.raises(ModelError, match="single text"):
        run(PIE, clock(1), clock(1), protocol="single-text")
    with pytest.raises(ModelError, match="a tactic each"):
        run(PIE, clock(1))
    with pytest.raises(ModelError, match=r"0\.\.1"):
        run(PIE, clock(1), clock(1), end=1.5)
