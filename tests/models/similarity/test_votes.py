"""Laws of S, kappa and pi, and what they refuse."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from winset.errors import ModelError
from winset.models.similarity.votes import similarity

CODES = arrays(np.float64, 12, elements=st.sampled_from([1.0, 2.0, 3.0, np.nan]))


@given(CODES, CODES)
def test_it_does_not_matter_who_is_named_first(a: np.ndarray, b: np.ndarray) -> None:
    one, two = similarity(a, b, scale=(1, 3)), similarity(b, a, scale=(1, 3))
    assert one.n == two.n
    for name in (
        "agreement",
        "s_absolute",
        "s_squared",
        "kappa_weighted_squared",
        "pi_weighted_squared",
        "kappa_nominal",
    ):
        assert getattr(one, name) == (None if getattr(two, name) is None else pytest.approx(getattr(two, name)))


@given(CODES)
def test_whoever_votes_as_another_is_wholly_similar(a: np.ndarray) -> None:
    found = similarity(a, a, scale=(1, 3))
    if found.n:
        assert (found.agreement, found.s_absolute, found.s_squared) == (1, 1, 1)
    assert found.kappa_nominal in (None, 1.0)


@given(CODES, CODES)
def test_pi_never_exceeds_kappa(a: np.ndarray, b: np.ndarray) -> None:
    # pooled margins expect at most as much squared disagreement as the two sides' own
    found = similarity(a, b, scale=(1, 3))
    if found.kappa_weighted_squared is not None and found.pi_weighted_squared is not None:
        assert found.pi_weighted_squared <= found.kappa_weighted_squared + 1e-9


def test_votes_that_never_vary_leave_chance_undefined() -> None:
    found = similarity([1, 1, 1], [1, 1, 1], scale=(1, 3))
    assert (found.agreement, found.kappa_nominal, found.pi_weighted_squared) == (1, None, None)


def test_records_without_a_common_vote_have_no_similarity() -> None:
    found = similarity([1, np.nan], [np.nan, 3], scale=(1, 3))
    assert (found.n, found.agreement) == (0, None)


@pytest.mark.parametrize(
    ("a", "b", "scale", "said"),
    [([1], [1, 2], (1, 3), "same roll calls"), ([9], [1], (1, 3), "off the scale"), ([1], [1], (2, 2), "low < high")],
)
def test_what_cannot_be_compared_is_refused(
    a: list[float], b: list[float], scale: tuple[float, float], said: str
) -> None:
    with pytest.raises(ModelError, match=said):
        similarity(a, b, scale=scale)
