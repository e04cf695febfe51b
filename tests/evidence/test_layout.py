"""What stands around the words of a report: datelines, headings, remarks on why somebody is not named; all persons are invented."""

import pytest
from tests.evidence.test_drafting import drafted_from

from winset.domain.text import Span
from winset.evidence.fitting import bargains
from winset.evidence.sentences import without_dateline
from winset.evidence.transcripts import turns
from winset.language.annotation import Annotator
from winset.services.annotators import choose


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    found = choose("model")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("GENEVA, 14 November 2027 - Armenia has agreed.", "Armenia has agreed."),
        ("RIYADH/DOHA, Nov. 14 (Agency) — “Talks” went on.", "“Talks” went on."),
        ("Tbilisi (Agency) – Talks went on.", "Talks went on."),
        ("São Paulo, 3 March - Talks went on.", "Talks went on."),
        ("Armenia - the smaller side - has agreed.", "Armenia - the smaller side - has agreed."),
        ("NATO - an alliance of many - has agreed.", "NATO - an alliance of many - has agreed."),
    ],
)
def test_place_and_day_ahead_of_a_report_are_left_out(text: str, rest: str) -> None:
    assert without_dateline(text, Span(0, len(text))).of(text) == rest


def test_a_dateline_is_nobodys_words(annotator: Annotator) -> None:
    case, _ = drafted_from(
        annotator, "GENEVA, 14 May 2026 - Armenia has dropped its claim, two Western diplomats said on Sunday.\n"
    )
    text = case.documents[0].text
    assert case.statements
    assert all("GENEVA" not in span.of(text) for one in case.statements for span in one.content)


def test_anonymity_is_no_condition_of_a_position(annotator: Annotator) -> None:
    _, draft = drafted_from(
        annotator,
        "Armenia and Azerbaijan met.\n\nYerevan will insist on the release of all prisoners, a senior Armenian official said, speaking on condition of anonymity.\n",
    )
    assert draft.positions
    assert all(one.condition is None for one in draft.positions)


def test_a_heading_with_a_colon_is_no_speaker() -> None:
    text = "Q&A: What Baku wants\n\nPresident Ilgar Aliyar spoke on Thursday.\n\nQ: Would you accept monitors?\n\nALIYAR: No.\n\nQ: Why?\n\nALIYAR: They are unacceptable.\n"
    assert [turn.label for turn in turns(text)] == ["Q", "ALIYAR", "Q", "ALIYAR"]


def test_a_long_text_about_something_else_is_not_about_bargaining_and_a_short_one_may_be() -> None:
    growth = "The bank expects output to grow by 1.6 percent next year, it said in a report on the economy. "
    talks = "The two sides rejected the offer and went on with the talks on a treaty. "
    assert not bargains(growth * 40)
    assert bargains(growth)
    assert bargains(talks * 40)
    assert bargains(growth * 10 + talks * 6)


def test_what_a_long_text_about_something_else_reports_is_nobodys_position(annotator: Annotator) -> None:
    text = "Growth slows in Britain\n\n" + "\n\n".join(
        f"Britain will grow by 1.{n} percent in the year {2030 + n}, an economist at the bank, Ada Lorne, said on Monday." for n in range(1, 9)
    ) + "\n\nThe report ran to many pages. " + "Shops in the capital were full of people who bought shoes and lamps. " * 40  # fmt: skip
    _, draft = drafted_from(annotator, text)
    assert draft.positions == ()
    assert draft.moves == ()
