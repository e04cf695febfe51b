"""Trades of support by hand, and what every trade must satisfy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.models.spatial.exchange import VARIANT, exchange
from winset.models.spatial.inputs import SpatialInputs

TABLES = st.integers(0, 100_000)


def inputs(position: list[float], salience: list[float], capability: list[float] | None = None) -> SpatialInputs:
    n = len(position)
    return SpatialInputs(
        parties=tuple(f"p{i}" for i in range(n)), position=np.array(position, float), scale=(0, 100),
        salience=np.array(salience, float), capability=np.ones(n) if capability is None else np.array(capability),
    )  # fmt: skip


def test_two_who_care_about_different_things_give_each_other_their_issue() -> None:
    # by hand: outcomes are 0.2 and 0.8 of 100; each can move the outcome of what it cares less about by 0.2,
    # to the other's ideal; it costs 20 x 0.2 and brings 80 x 0.2
    found = exchange({"a": inputs([0, 100], [80, 20]), "b": inputs([0, 100], [20, 80])})
    assert found.variant == VARIANT
    assert found.before == pytest.approx({"a": 20, "b": 80})
    assert found.after == pytest.approx({"a": 0, "b": 100})
    (trade,) = found.trades
    assert (trade.giver, trade.taker, trade.gives, trade.takes) == ("p0", "p1", "b", "a")
    assert (trade.giver_from, trade.giver_to, trade.taker_from, trade.taker_to) == pytest.approx((0, 100, 100, 0))
    assert trade.gain == pytest.approx(0.2 * 80 - 0.2 * 20)
    assert trade.others == ()


def test_those_who_care_alike_or_agree_do_not_trade() -> None:
    assert exchange({"a": inputs([0, 100], [50, 25]), "b": inputs([0, 100], [50, 25])}).trades == ()
    assert exchange({"a": inputs([0, 0], [80, 20]), "b": inputs([0, 100], [20, 80])}).trades == ()


@given(TABLES, st.integers(2, 6), st.integers(2, 4))
@settings(max_examples=60, deadline=None)
def test_every_trade_gives_both_the_same_and_binds_both(seed: int, n: int, m: int) -> None:
    rng = np.random.default_rng(seed)
    issues = {
        f"i{k}": inputs(rng.uniform(0, 100, n).tolist(), rng.uniform(1, 100, n).tolist(), rng.uniform(1, 9, n).tolist())
        for k in range(m)
    }
    found = exchange(issues)
    voting = {name: x.position.copy() for name, x in issues.items()}

    def outcomes() -> dict[str, float]:
        return {name: float(np.average(voting[name], weights=x.weight)) for name, x in issues.items()}

    def utility(i: int, at: dict[str, float]) -> float:
        return -sum(float(x.salience[i]) * abs(float(x.position[i]) - at[k]) / 100 for k, x in issues.items())

    assert found.before == pytest.approx(outcomes())
    moved = set()
    for t in found.trades:  # replayed from positions alone
        i, j = int(t.giver[1:]), int(t.taker[1:])
        assert (t.giver, t.gives) not in moved
        assert (t.taker, t.takes) not in moved
        moved |= {(t.giver, t.gives), (t.taker, t.takes)}
        old = outcomes()
        voting[t.gives][i], voting[t.takes][j] = t.giver_to, t.taker_to
        new = outcomes()
        assert t.gain > 0
        assert utility(i, new) - utility(i, old) == pytest.approx(t.gain, abs=1e-6)
        assert utility(j, new) - utility(j, old) == pytest.approx(t.gain, abs=1e-6)
        for name, effect in t.others:
            k = int(name[1:])
            assert utility(k, new) - utility(k, old) == pytest.approx(effect, abs=1e-6)
        for v in voting.values():
            assert (v >= -1e-6).all()
            assert (v <= 100 + 1e-6).all()
    assert found.after == pytest.approx(outcomes())
    assert not _left(issues, voting, moved)


def _left(issues: dict[str, SpatialInputs], voting: dict[str, np.ndarray], moved: set[tuple[str, str]]) -> bool:
    """Whether some pair that is still free could both gain, tried by small steps on positions alone."""
    at = {k: float(np.average(voting[k], weights=x.weight)) for k, x in issues.items()}
    for p, x in issues.items():
        for q, y in issues.items():
            for i in range(len(x.parties)):
                for j in range(len(x.parties)):
                    if p == q or i == j or (x.parties[i], p) in moved or (y.parties[j], q) in moved:
                        continue
                    against = (x.position[i] - at[p]) * (x.position[j] - at[p]) < -1 and (
                        y.position[i] - at[q]) * (y.position[j] - at[q]) < -1  # fmt: skip
                    if against and x.salience[j] * y.salience[i] > 1.001 * y.salience[j] * x.salience[i]:
                        return True
    return False
