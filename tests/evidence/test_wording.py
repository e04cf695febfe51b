"""Law: a pattern of names, letters in common written once, finds just what the names one beside the other find, the longest first."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.evidence.wording import any_name

NAMES = st.lists(st.text("ab .(+", min_size=1, max_size=12), min_size=1, max_size=12)


@given(NAMES, st.text("ab .(+", max_size=60))
def test_names_written_shorter_find_the_same(names: list[str], text: str) -> None:
    plain = "|".join(map(re.escape, sorted(set(names), key=len, reverse=True)))
    for before, after in (("", ""), (r"(?<!\w)", r"(?!\w)")):
        assert [one.span() for one in re.finditer(f"{before}(?:{any_name(names)}){after}", text)] == [
            one.span() for one in re.finditer(f"{before}(?:{plain}){after}", text)
        ]


@pytest.mark.parametrize("names", [[], ["a" * n for n in range(1, 400)]])
def test_no_names_and_names_that_begin_with_each_other(names: list[str]) -> None:
    found = re.search(any_name(names), "a" * 300)
    assert (found.end() if found else 0) == (300 if names else 0)
