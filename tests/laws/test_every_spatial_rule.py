"""Laws of every forecast of collective choice: points, distributions, bargains, elections, procedures and challenge paths."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.models.spatial.challenge import VARIANTS
from winset.models.spatial.forecasts import Forecasts, forecasts
from winset.models.spatial.inputs import SpatialInputs

ROWS = st.lists(
    st.tuples(st.integers(0, 100), st.integers(1, 20), st.integers(1, 100)), min_size=2, max_size=7
)  # fmt: skip
Rows = list[tuple[float, float, float]]
AVERAGES = ("mean", "salience_weighted_mean", "compromise", "median", "condorcet")  # no rule for ties in them


def group(rows: Rows, names: list[str] | None = None, q: float | None = None, mirror: bool = False) -> SpatialInputs:
    position, capability, salience = np.array(rows, dtype=float).T
    return SpatialInputs(
        parties=tuple(names or map(str, range(len(rows)))), position=100 - position if mirror else position,
        capability=capability, salience=salience, scale=(0.0, 100.0),
        status_quo=None if q is None else 100 - q if mirror else q,
    )  # fmt: skip


def told(found: Forecasts) -> dict[str, float]:
    """Every number that is a place on the scale, by what says it."""
    return {
        **{name: value for name, value in found.points.items() if value is not None},
        **{f"election {e.chain}": e.mean for e in found.elections},
        **{
            f"bargain {b.loss} {k}": v
            for b in found.bargains
            for k, v in (("nash", b.nash), ("ks", b.kalai_smorodinsky))
        },
        **{p.name: p.outcome for p in found.procedures},
        **{f"{p.variant} mean {t}": m for p in found.challenge for t, m in enumerate(p.mean)},
        **{f"{p.variant} median {t}": m for p in found.challenge for t, m in enumerate(p.median)},
    }


@given(ROWS, st.one_of(st.none(), st.integers(0, 100)))
@settings(max_examples=60, deadline=None)
def test_nothing_lies_beyond_what_parties_and_status_quo_ask_for(rows: Rows, q: int | None) -> None:
    places = [r[0] for r in rows] + ([] if q is None else [q])
    for name, value in told(forecasts(group(rows, q=q), rounds=3)).items():
        assert min(places) - 1e-9 <= value <= max(places) + 1e-9, name


@given(st.integers(0, 100), st.lists(st.tuples(st.integers(1, 20), st.integers(1, 100)), min_size=1, max_size=5))
@settings(max_examples=30, deadline=None)
def test_what_all_want_is_what_every_rule_says(place: int, rest: list[tuple[int, int]]) -> None:
    found = forecasts(group([(place, c, s) for c, s in rest]), rounds=2)
    for name, value in told(found).items():
        assert value == pytest.approx(place), name
    assert found.distribution.quantile(0.05) == pytest.approx(found.distribution.quantile(0.95), abs=1e-6)


@given(ROWS, st.integers(0, 10_000), st.one_of(st.none(), st.integers(0, 100)))
@settings(max_examples=50, deadline=None)
def test_names_and_order_of_parties_do_not_matter(rows: Rows, seed: int, q: int | None) -> None:
    order = np.random.default_rng(seed).permutation(len(rows)).tolist()
    names = [f"p{i}" for i in range(len(rows))]
    # rounds of challenges take the first in order among equally good targets, so places are told apart
    apart = [(x + i / 64, c + i / 128, s) for i, (x, c, s) in enumerate(rows)]
    apart = [(min(x, 100.0), c, s) for x, c, s in apart]
    one = told(forecasts(group(apart, names, q), rounds=1))
    two = told(forecasts(group([apart[i] for i in order], [names[i] for i in order], q), rounds=1))
    assert one.keys() == two.keys()
    for name, value in one.items():
        assert two[name] == pytest.approx(value, abs=1e-6), name


@given(ROWS, st.sampled_from([0.125, 4.0, 1000.0]), st.one_of(st.none(), st.integers(0, 100)))
@settings(max_examples=40, deadline=None)
def test_the_unit_of_capability_does_not_matter(rows: Rows, times: float, q: int | None) -> None:
    one = told(forecasts(group(rows, q=q), rounds=2))
    two = told(forecasts(group([(x, c * times, s) for x, c, s in rows], q=q), rounds=2))
    for name, value in one.items():
        assert two[name] == pytest.approx(value, abs=1e-6), name


@given(ROWS, st.one_of(st.none(), st.integers(0, 100)))
@settings(max_examples=50, deadline=None)
def test_a_scale_read_from_the_other_end_gives_the_other_end(rows: Rows, q: int | None) -> None:
    one, two = forecasts(group(rows, q=q), rounds=0), forecasts(group(rows, q=q, mirror=True), rounds=0)
    for name in AVERAGES:
        a, b = one.points[name], two.points[name]
        assert (a is None) == (b is None)
        assert a is None or b == pytest.approx(100 - (a or 0.0), abs=1e-9), name
    for name in ("salience_weighted_median", "power_weighted_median"):  # at an exact half the lower of two places
        ends = (one.points[name], *one.ties.get(name, ()))
        assert two.points[name] == pytest.approx(100 - max(e for e in ends if e is not None))
    for level in (0.05, 0.5, 0.9):
        low, high = one.distribution.quantile(level), two.distribution.quantile(1 - level)
        assert high == pytest.approx(100 - low, abs=1e-6)
    for a, b in zip(one.elections, two.elections, strict=True):
        assert b.mean == pytest.approx(100 - a.mean, abs=1e-6)


@given(ROWS, st.integers(0, 6), st.integers(1, 9))
@settings(max_examples=50, deadline=None)
def test_a_party_split_in_two_of_its_mind_changes_no_weighted_rule(rows: Rows, at: int, tenth: int) -> None:
    x, c, s = rows[at % len(rows)]
    split = [
        *rows[: at % len(rows)],
        (x, c * tenth / 10, s),
        (x, c * (10 - tenth) / 10, s),
        *rows[at % len(rows) + 1 :],
    ]
    one, two = forecasts(group(rows), rounds=0), forecasts(group(split), rounds=0)
    for name in ("compromise", "power_weighted_median", "condorcet"):
        a, b = one.points[name], two.points[name]
        if name == "compromise" or (not one.ties.get(name) and not two.ties.get(name)):
            assert (a is None and b is None) or b == pytest.approx(a, abs=1e-9), name
    assert two.distribution.quantile(0.8) == pytest.approx(one.distribution.quantile(0.8), abs=1e-6)


@given(ROWS, st.integers(0, 100))
@settings(max_examples=40, deadline=None)
def test_a_party_without_weight_changes_no_weighted_rule(rows: Rows, place: int) -> None:
    more = [*rows, (place, 0.0, 50.0)]
    one, two = forecasts(group(rows), rounds=0), forecasts(group(more), rounds=0)
    for name in ("compromise", "power_weighted_median"):
        assert two.points[name] == pytest.approx(one.points[name])
    assert two.distribution.quantile(0.3) == pytest.approx(one.distribution.quantile(0.3), abs=1e-6)


def test_every_variant_is_among_the_paths() -> None:
    found = forecasts(group([(0, 1, 50), (40, 2, 60), (100, 1, 90)]), rounds=2)
    assert tuple(p.variant for p in found.challenge) == VARIANTS
