"""Among the forecasts stand only statements that foretell what is not in the speaker's own hand."""

import pytest

from winset.domain.statements import Act, Statement, Voice
from winset.domain.text import Span
from winset.evidence.foretelling import foretells


def said(acts: tuple[Act, ...], words: str) -> bool:
    statement = Statement(
        id="d#1", doc="d", source=(), cue=(), content=(Span(0, len(words)),), kind="direct",
        speaker=Voice(id="v", kind="named", name="A"), acts=acts,
    )  # fmt: skip
    return foretells(statement, words)


@pytest.mark.parametrize(
    ("acts", "words"),
    [
        (("forecast",), "the truce will not last the winter"),
        (("forecast",), "the ministry may have more money next year"),
        (("forecast",), "they would have to pay"),
        (("forecast",), "it may have been a mistake, and it will be repeated"),
        (("forecast",), "a long war"),  # the cue foretells: "predicted"
        (("accusation", "forecast"), "The army broke the truce. The talks will collapse"),
        (("refusal", "forecast"), "We reject it. The markets could fall."),
        (("assessment",), "he expected India to return with a better offer"),
        (("commitment",), "he would be surprised if the members turned it down"),
        (("assessment",), "“I am convinced that our congress will say yes”"),
    ],
)
def test_what_is_foretold(acts: tuple[Act, ...], words: str) -> None:
    assert said(acts, words)


@pytest.mark.parametrize(
    ("acts", "words"),
    [
        (("refusal",), "We will not release them."),
        (("refusal", "forecast"), '"We will not release them. It will happen only when our prisoners are home."'),
        (("commitment", "forecast"), "We will go on. Our troops will hold the line."),
        (("forecast",), "the company “may not have paid” any tax for years"),
        (("forecast",), "who would have believed it"),
        (("accusation", "forecast"), "He lied. The minister would not have done that to a friend."),
        (("assessment",), "“We expected nothing in return”"),
        (("demand", "forecast"), "Conditions are as bad as can be, so they should leave."),
    ],
)
def test_what_is_no_forecast(acts: tuple[Act, ...], words: str) -> None:
    assert not said(acts, words)


def test_what_was_agreed_or_proposed_is_no_forecast() -> None:
    words = "Canada accepted that labour rules would not be enforceable"
    statement = Statement(
        id="d#1", doc="d", source=(), cue=(), content=(Span(0, len(words)),), kind="indirect",
        speaker=Voice(id="v", kind="anonymous"), acts=("forecast",),
    )  # fmt: skip
    assert not foretells(statement, words)
