"""What the words under a move or a reward tell of it: only said, or done; held out, threatened; a heading beside its step."""

from datetime import date
from hashlib import sha256

import pytest

from winset.domain.positions import Move
from winset.domain.statements import Act, Statement, Tense, Voice
from winset.domain.text import Document, Grounds, Span
from winset.evidence.carried_out import carried_out
from winset.evidence.inducements import inducements
from winset.evidence.retreats import named
from winset.evidence.sides import Sides
from winset.evidence.tellings import telling, told_of

DAY = date(2031, 3, 3)


@pytest.mark.parametrize(
    "words",
    [
        "Estmark has released 40 prisoners", "we have already delivered the grain", "the boats were withdrawn on Monday",
        "its firms had paid 30 million crowns into the fund", "Norvik freed them last week", "the ministry had quietly lifted the embargo",
    ],
)  # fmt: skip
def test_a_deed_is_done(words: str) -> None:
    assert carried_out(words)


@pytest.mark.parametrize(
    "words",
    [
        "Estmark has offered to release 40 prisoners", "it had promised Norvik aid", "Norvik has agreed that the boats be withdrawn",
        "it had proposed that the levy would be cut", "Estmark has not released them", "Estmark hasn't paid",
        "it had asked that the embargo was lifted", "Norvik has accepted 30 crowns", "aid had never been delivered",
    ],
)  # fmt: skip
def test_what_is_offered_promised_or_agreed_to_is_not_done(words: str) -> None:
    assert not carried_out(words)


def made(text: str, act: Act, tense: Tense | None, condition: str | None = None) -> tuple[Document, Statement]:
    said = Statement(
        id="d#1", doc="d", source=(), cue=(), content=(Span(0, len(text)),), kind="indirect", acts=(act,), tense=tense,
        condition=condition, speaker=Voice(id="e", kind="collective", name="Estmark", party="estmark"),
    )  # fmt: skip
    return Document(id="d", text=text, sha256=sha256(text.encode()).hexdigest(), date=DAY), said


@pytest.mark.parametrize(
    ("text", "act", "tense", "status"),
    [
        ("Estmark has offered to withdraw 30 boats", "concession", "past", "spent"),
        ("Estmark has withdrawn 30 boats", "report", "past", "delivered"),
        ("Estmark has promised to withdraw 30 boats", "commitment", "past", "spent"),
        ("Estmark offers to withdraw 30 boats", "offer", "present", "offered"),
    ],
)
def test_a_move_is_carried_out_where_its_words_tell_of_a_deed(text: str, act: Act, tense: Tense, status: str) -> None:
    document, said = made(text, act, tense)
    assert told_of("estmark", "spent", [telling(said, document.text)]) == ("announced", status)
    assert told_of("norvik", "spent", [telling(said, document.text)]) == ("reported", status)


@pytest.mark.parametrize(
    ("text", "act", "tense", "condition", "kind", "status"),
    [
        ("Estmark has offered Norvik a loan", "offer", "past", None, "inducement", "offered"),
        ("Estmark had promised Norvik a loan", "commitment", "past", None, "inducement", "offered"),
        ("Estmark has already paid Norvik the loan", "concession", "past", None, "inducement", "delivered"),
        ("Estmark would pay Norvik a loan", "offer", None, "if it signs", "inducement", "conditional"),
        ("Estmark would impose sanctions on Norvik", "threat", None, None, "penalty", "offered"),
    ],
)
def test_rewards_and_penalties_are_what_their_words_say(
    text: str, act: Act, tense: Tense | None, condition: str | None, kind: str, status: str
) -> None:
    document, said = made(text, act, tense, condition)
    (line,) = inducements([document], [said], {"norvik": "norvik", "estmark": "estmark"})
    assert (line.kind, line.party, line.toward, line.status) == (kind, "estmark", "norvik", status)


def test_a_threat_on_an_issue_is_a_penalty_too_and_an_offer_on_one_is_a_move_only() -> None:
    for act, number in (("threat", 1), ("offer", 0)):
        text = "Estmark would impose sanctions" if act == "threat" else "Estmark would pay a loan"
        document, said = made(text, "threat" if act == "threat" else "offer", None)
        assert len(inducements([document], [said], {}, dealt_with=["d#1"])) == number


def test_a_heading_beside_the_step_it_tells_of_is_no_second_give() -> None:
    text = "Norvik lowers its demand\n\nNorvik now asks for 30 crowns."
    document = Document(id="d", text=text, sha256=sha256(text.encode()).hexdigest(), date=DAY)
    sides = Sides(parties=(), people={}, places={"d": ((0, 6, "norvik"),)})
    step = Move(
        id="m1", party="norvik", issue="crowns", start=40, end=30, date=DAY, toward="e", status="spent",
        grounds=(Grounds(doc="d", statement="d#1", spans=(Span(26, 40),)),),
    )  # fmt: skip
    assert [one.party for one in named([], [document], sides, {}, [], ())] == ["norvik"]
    assert named([], [document], sides, {}, [step], ()) == []
    other = "Norvik lowers its demand for inspections\n\nNorvik now asks for 30 crowns."
    more = Document(id="d", text=other, sha256=sha256(other.encode()).hexdigest(), date=DAY)
    assert len(named([], [more], sides, {}, [step], ())) == 1
