"""Preferences and states of a conflict in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.formats.gmcr import conflict
from winset.models.stability.stability import solve
from winset.report.conflict_inputs import statement_in_words
from winset.report.stability import difference, explain, named, state_in_words

NAMES = ("arm", "sign 'it'", "leave")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1 & -2", "“arm” and not “sign 'it'”"),
        ("-(1|3) IFF 2", "not (“arm” or “leave”) exactly if “sign 'it'”"),
        ("\"sign 'it'\" IF not 'arm'", "“sign 'it'” if not “arm”"),
        ("1 <-> ~3 <- !2", "“arm” exactly if not “leave” if not “sign 'it'”"),
        ("'or else'", "“or else”"),
        ([[0, "Y"], [1, "N"]], "“arm” and not “sign 'it'”"),
    ],
)
def test_signs_are_said_in_words(written: object, said: str) -> None:
    assert statement_in_words(written, NAMES) == said


FREE = {
    "options": [{"name": name} for name in ("arm", "sign", "leave")],
    "decisionMakers": [
        {"name": "Ann", "options": [0, 1], "preferences": ["3", "-1"]},
        {"name": "Bo", "options": [2], "preferences": ["2", "-3"]},
    ],
    "infeasibles": [],
}


@given(st.integers(0, 7), st.integers(0, 7))
def test_a_difference_names_what_was_taken_up_and_given_up_and_nothing_else(here: int, there: int) -> None:
    result = solve(conflict(FREE, "a test"))
    said = difference(result, here, there)
    before, after = (result.conflict.code(s) or 0 for s in (here, there))
    for k, name in enumerate(result.conflict.options):
        assert (f"“{name}”" in said) == bool((before ^ after) >> k & 1)
    assert ("taken up" in said) == bool(after & ~before)
    assert ("given up" in said) == bool(before & ~after)


@given(st.integers(0, 7))
def test_an_explanation_says_what_is_in_every_state_that_it_names(state: int) -> None:
    result = solve(conflict(FREE, "a test"))
    said = explain(result, state)
    assert said.startswith(f"State {result.conflict.labels[state]}: {state_in_words(result, state)}.")
    for other in named(result, state):
        assert f"In {result.conflict.labels[other]}: {difference(result, state, other)}." in said
