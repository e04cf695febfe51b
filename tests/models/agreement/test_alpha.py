"""Krippendorff's alpha against its author's published example, the definition done slowly, and laws."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.models.agreement.alpha import LEVELS, Level, agreement, krippendorff_alpha

NA = float("nan")
# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability": four observers, twelve units, missing data.
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
    [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
]


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example(level: Level, alpha: float) -> None:
    found = krippendorff_alpha(PUBLISHED, level=level)
    assert found is not None
    assert round(found, 3) == alpha


def slow(codes: list[list[float | None]], level: Level) -> float | None:
    """Pairs one by one: mean disagreement within units over mean disagreement of all pairs of values."""
    units = [[row[n] for row in codes if row[n] is not None] for n in range(len(codes[0]))]
    units = [unit for unit in units if len(unit) > 1]
    every = [value for unit in units for value in unit]
    if len(every) < 2:
        return None

    def apart(a: float, b: float) -> float:
        if level == "nominal":
            return float(a != b)
        if level == "interval":
            return (a - b) ** 2
        low, high = min(a, b), max(a, b)
        between = sum(low <= value <= high for value in every) - (every.count(low) + every.count(high)) / 2
        return 0.0 if a == b else between**2

    n = len(every)
    observed = sum(sum(apart(a, b) for a, b in itertools.permutations(unit, 2)) / (len(unit) - 1) for unit in units) / n
    expected = sum(apart(a, b) for a, b in itertools.permutations(every, 2)) / (n * (n - 1))
    return None if expected == 0 else 1 - observed / expected


@given(
    st.integers(1, 6).flatmap(
        lambda units: st.lists(
            st.lists(st.one_of(st.none(), st.integers(0, 4).map(float)), min_size=units, max_size=units), min_size=1, max_size=4
        )
    ),
    st.sampled_from(LEVELS),
)  # fmt: skip
def test_alpha_is_what_its_definition_says(codes: list[list[float | None]], level: Level) -> None:
    found = krippendorff_alpha([[NA if value is None else value for value in row] for row in codes], level=level)
    expected = slow(codes, level)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert found == pytest.approx(expected, abs=1e-9)


def test_the_interval_holds_the_estimate_and_is_the_same_for_the_same_seed() -> None:
    draw = np.random.default_rng(3)
    truth = draw.integers(0, 3, 200)
    codes = np.stack([truth, np.where(draw.random(200) < 0.8, truth, draw.integers(0, 3, 200))]).astype(float)
    one, two = (agreement(codes, rng=np.random.default_rng(1)) for _ in range(2))
    assert one == two
    assert one.alpha is not None
    assert one.interval is not None
    assert one.interval[0] < one.alpha < one.interval[1]
    assert agreement(codes).interval is None


def test_the_package_krippendorff_says_the_same() -> None:
    other = pytest.importorskip("krippendorff")
    draw = np.random.default_rng(5)
    for level in LEVELS:
        codes = draw.integers(0, 4, (3, 40)).astype(float)
        codes[draw.random(codes.shape) < 0.2] = NA
        assert krippendorff_alpha(codes, level=level) == pytest.approx(
            other.alpha(reliability_data=codes, level_of_measurement=level)
        )
