"""Between which ends positions on an issue are compared."""

from hypothesis import given
from hypothesis import strategies as st

from winset.domain.issues import Issue, ScalePoint

numbers = st.floats(-1e6, 1e6)


@given(numbers, numbers, numbers, numbers)
def test_a_range_that_somebody_gave_stands_and_one_of_a_codebook_narrows_to_what_is_asked(
    a: float, b: float, c: float, d: float
) -> None:
    low, high = min(a, b), max(a, b)
    if low == high:
        return
    own = Issue(id="pay", question="?", kind="continuous", range=(low, high))
    read = Issue(id="pay", question="?", kind="continuous", range=(low, high), codebook="pay")
    seen = (min(c, d), max(c, d))
    assert own.measured_over(seen) == own.measured_over(None) == read.measured_over(None) == (low, high)
    assert read.measured_over(seen) == (seen if seen[0] < seen[1] else (low, high))


def test_labelled_points_are_not_narrowed_and_options_have_no_ends() -> None:
    scale = (ScalePoint(0, "none"), ScalePoint(100, "all"))
    assert Issue(id="x", question="?", scale=scale, codebook="b").measured_over((20, 30)) == (0, 100)
    assert Issue(id="x", question="?", kind="discrete", options=("a", "b")).measured_over((0, 1)) is None
    assert Issue(id="x", question="?", kind="continuous").measured_over((2, 5)) == (2, 5)
