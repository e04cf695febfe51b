"""The joint challenge model against the same formulas written out actor by actor, by hand, and as laws."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.errors import ModelError
from winset.models.spatial.ktab import Parameters, challenges, distances, ktab, risks

SEEDS = st.integers(0, 100_000)


def drawn(seed: int, n: int, k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.uniform(0, 1, (n, k)), rng.uniform(1, 9, n), rng.dirichlet(np.ones(k + 1), n)[:, :k]


def slowly(x: np.ndarray, c: np.ndarray, s: np.ndarray, h: int, i: int, j: int, commit: str) -> tuple[float, float]:
    """Chance of i against j and gain to i as h sees it, with plain numbers and loops; other parameters as by default."""
    n = len(c)

    def d(a: int, b: int) -> float:
        top = sum((s[a][k] * (x[a][k] - x[b][k])) ** 2 for k in range(x.shape[1]))
        return math.sqrt(top / sum(s[a][k] ** 2 for k in range(x.shape[1])))

    likely = []
    for a in range(n):
        p = 0.5 * 2  # its own cell cancels
        for b in range(n):
            if a != b:
                votes = [c[k] * ((1 - d(k, a)) - (1 - d(k, b))) for k in range(n)]
                f, g = 1e-8 + sum(v for v in votes if v > 0), 1e-8 - sum(v for v in votes if v < 0)
                p *= f / (f + g)
        likely.append(p)
    low, high = min(likely), max(likely)
    r = [(3 * p - high - 2 * low) / (2 * (high - low)) for p in likely]
    seen = [(2 * r[h] + r[a]) / 3 for a in range(n)]

    def u(a: int, b: int) -> float:
        return float((1 - d(a, b)) * (1 + d(a, b) * seen[a]))

    w = [c[a] * s[a].sum() for a in range(n)]
    ours = 1e-8 + max(0.0, w[i] * (u(i, i) - u(i, j)))
    theirs = 1e-8 + max(0.0, w[j] * (u(j, j) - u(j, i)))
    for a in range(n):
        if a in (i, j):
            continue
        with_i, with_j = (w[i] + w[a] + 1e-8) / (w[i] + w[a] + w[j] + 2e-8), w[i] / (w[i] + w[a] + w[j])
        if commit == "No":
            one = with_i * (2 * u(a, i) + u(a, a)) + (1 - with_i) * (2 * u(a, j) + u(a, a))
            two = (1 - with_j) * (2 * u(a, j) + u(a, a)) + with_j * (2 * u(a, i) + u(a, a))
        elif commit == "SemiCommit":
            one = with_i * (2 * u(a, i) + u(a, a)) + (1 - with_i) * 3 * u(a, j)
            two = (1 - with_j) * (2 * u(a, j) + u(a, a)) + with_j * 3 * u(a, i)
        else:
            one = with_i * 3 * u(a, i) + (1 - with_i) * 3 * u(a, j)
            two = (1 - with_j) * 3 * u(a, j) + with_j * 3 * u(a, i)
        vote = w[a] * (one - two)
        ours, theirs = ours + max(0.0, vote), theirs + max(0.0, -vote)
    p, resist = ours / (ours + theirs), s[j].sum()
    gain = (1 - resist) * 2 * u(i, i) + resist * (p * 2 * u(i, i) + (1 - p) * 2 * u(i, j)) - (u(i, i) + u(i, j))
    return p, gain


@pytest.mark.parametrize("commit", ["No", "SemiCommit", "FullCommit"])
@given(seed=SEEDS, n=st.integers(2, 6), k=st.integers(1, 3))
@settings(max_examples=15, deadline=None)
def test_challenges_are_those_of_plain_loops(commit: str, seed: int, n: int, k: int) -> None:
    x, c, s = drawn(seed, n, k)
    p = Parameters(ThirdPartyCommit=commit)  # type: ignore[arg-type]  # one of the three above
    distance = distances(x, s, x)
    risk = risks(distance, c, p)
    for h in range(n):
        chance, gain = challenges(distance, c, s.sum(axis=1), risk, p, h)
        for i in range(n):
            for j in range(n):
                if i != j:
                    assert (chance[i, j], gain[i, j]) == pytest.approx(slowly(x, c, s, h, i, j, commit), abs=1e-5)


def test_offers_are_weighted_by_salience_and_chance_squared() -> None:
    x, c, s = drawn(5, 6, 2)
    first = ktab(x, c, s, rounds=1).rounds[1]
    assert first.offers
    for o in first.offers:
        chance, gain = slowly(x, c, s, o.challenger, o.challenger, o.target, "SemiCommit")
        assert (o.chance, o.gain) == pytest.approx((chance, gain), abs=1e-5)
        a, b = (s[o.challenger] * o.chance) ** 2, (s[o.target] * (1 - o.chance)) ** 2
        expected = (a * x[o.challenger] + b * x[o.target]) / (a + b)
        assert o.point == pytest.approx(expected.tolist(), abs=5.1e-5)
        others = [
            slowly(x, c, s, o.challenger, o.challenger, j, "SemiCommit")[1] for j in range(6) if j != o.challenger
        ]
        assert o.gain == pytest.approx(max(others), abs=1e-5)
    for i, at in enumerate(first.took):
        expected = x[i] if at is None else np.array(first.offers[at].point)
        assert first.position[i].tolist() == expected.tolist()
        assert at is None or i in (first.offers[at].challenger, first.offers[at].target)


@given(SEEDS, st.integers(2, 6), st.integers(1, 2))
@settings(max_examples=20, deadline=None)
def test_units_order_mirrors_and_idle_dimensions_do_not_matter(seed: int, n: int, k: int) -> None:
    x, c, s = drawn(seed, n, k)
    x = np.round(x, 2)
    plain = ktab(x, c, s, rounds=3).rounds[-1].position
    order = np.random.default_rng(seed).permutation(n)
    for other in (
        ktab(x, 1000 * c, s, rounds=3).rounds[-1].position,
        1 - ktab(1 - x, c, s, rounds=3).rounds[-1].position,
        ktab(np.column_stack([x, np.full(n, 0.3)]), c, np.column_stack([s, np.zeros(n)]), rounds=3)
        .rounds[-1].position[:, :k],
        ktab(x[order], c[order], s[order], rounds=3).rounds[-1].position[np.argsort(order)],
    ):  # fmt: skip
        np.testing.assert_allclose(other, plain, atol=2e-4)


@given(SEEDS, st.integers(2, 7), st.integers(1, 3))
@settings(max_examples=20, deadline=None)
def test_nobody_leaves_the_range_of_positions_and_movement_dies_down(seed: int, n: int, k: int) -> None:
    x, c, s = drawn(seed, n, k)
    path = ktab(x, c, s)
    last = path.rounds[-1].position
    assert (last >= x.min(axis=0) - 1e-4).all()
    assert (last <= x.max(axis=0) + 1e-4).all()
    assert 2 <= len(path.rounds) - 1 <= 100


def test_at_one_point_nothing_moves() -> None:
    path = ktab(np.full((4, 2), 0.4), np.ones(4), np.full((4, 2), 0.3))
    assert path.settled
    assert all(r.offers == () for r in path.rounds)


def test_drawn_transitions_repeat_with_their_seed() -> None:
    x, c, s = drawn(3, 8, 2)
    p = Parameters(StateTransitions="Stochastic")
    one, two, other = (ktab(x, c, s, parameters=p, rng=np.random.default_rng(seed), rounds=5) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.rounds[-1].position, two.rounds[-1].position)
    assert (one.rounds[-1].position != other.rounds[-1].position).any()
    with pytest.raises(ModelError, match="give a generator"):
        ktab(x, c, s, parameters=p)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("VictoryProbModel", ["Square", "Quartic", "Octic", "Binary"]), ("VotingRule", ["Cubic", "Binary"]),
        ("PCEModel", ["MarkovIncentive", "MarkovUniform"]), ("BigRRange", ["Min", "Max"]),
        ("BigRAdjust", ["None", "Half", "TwoThirds", "Full"]), ("InterVecBrgn", ["S1P1"]),
        ("BargnModel", ["InitRcvrInterp", "PWCompInterp"]),
    ],
)  # fmt: skip
def test_every_parameter_counts(name: str, values: list[str]) -> None:
    x, c, s = drawn(11, 8, 2)
    ends = [
        ktab(x, c, s, parameters=Parameters(**{name: v}) if v else None, rounds=3).rounds[-1].position.tolist()
        for v in (None, *values)
    ]
    assert all(ends[a] != ends[b] for a in range(len(ends)) for b in range(a))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"position": [[1.2], [0]]}, "positions lie in 0 to 1"),
        ({"salience": [[1.0], [1.5]]}, r"saliences of actor 2 sum to 1\.5"),
        ({"capability": [0, 0]}, "somebody's is above 0"),
        ({"capability": [1, 1, 1]}, "do not fit together"),
    ],
)
def test_bad_input_is_refused(change: dict[str, list[float]], message: str) -> None:
    good: dict[str, list] = {"position": [[0], [1]], "capability": [1, 1], "salience": [[1], [1]]}
    with pytest.raises(ModelError, match=message):
        ktab(*(np.array(v, float) for v in {**good, **change}.values()))


def test_unknown_parameters_are_named() -> None:
    with pytest.raises(ModelError, match="VotingRule is 'ASymProsp'; offered are Prop, Cubic, Binary"):
        Parameters(VotingRule="ASymProsp")  # type: ignore[arg-type]  # what a file may hold
