"""What statements show that parties could do and would rather have."""

from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Period, Span
from winset.evidence.deeds import Read, of_statements

NAMES = {"korsund": "korsund", "velmara": "velmara", "isk": "isk"}


def said(*rows: tuple[str, str, str, dict[str, Any]], seated: tuple[str, ...] = ("korsund", "velmara")) -> Read:
    """(party, act, content, further fields) of each statement, one document each, a day later than the one before."""
    documents, statements = [], []
    for n, (party, act, content, more) in enumerate(rows):
        digest = sha256(content.encode()).hexdigest()
        documents.append(Document(id=f"d{n}", text=content, sha256=digest, date=date(2031, 5, 1 + n)))
        fields = {"modality": "asserted", "speaker": Voice(id=party, kind="collective", party=party), **more}
        statements.append(
            Statement(
                id=f"d{n}#1", doc=f"d{n}", source=(), cue=(), content=(Span(0, len(content)),), kind="indirect",
                acts=(act,), date=Period(date(2031, 5, 1 + n), date(2031, 5, 1 + n)), **fields,
            )  # type: ignore[arg-type]
        )  # fmt: skip
    return of_statements(documents, statements, NAMES, seated)


@pytest.mark.parametrize(
    ("party", "act", "content", "owner", "name", "wishes"),
    [
        ("korsund", "threat", "to close the strait to timber ships", "korsund", "close the strait to timber ships",
         {("velmara", False)}),
        ("velmara", "offer", "Velmara was ready to halve the tariff on timber", "velmara", "halve the tariff on timber",
         {("korsund", True)}),
        ("velmara", "concession", "We can live with two patrols and one rule book, and we ask for an answer", "velmara",
         "live with two patrols and one rule book", {("korsund", True)}),
        ("velmara", "refusal", "Velmara will never accept a closed strait", "velmara", "accept a closed strait",
         {("velmara", False)}),
        ("velmara", "refusal", "foreign troops on the island", "velmara", "accept: foreign troops on the island",
         {("velmara", False)}),
        ("velmara", "demand", "that Korsund withdraw its patrols behind the line", "korsund",
         "agree: Korsund withdraw its patrols behind the line", {("velmara", True)}),
        ("velmara", "demand", "Isk must send observers this summer", "isk", "agree: Isk must send observers this summer",
         {("velmara", True)}),
    ],
)  # fmt: skip
def test_an_act_shows_who_could_do_what_and_who_minds(
    party: str, act: str, content: str, owner: str, name: str, wishes: set[tuple[str, bool]]
) -> None:
    found = said((party, act, content, {}))
    (deed,) = found.deeds
    assert deed.party == owner
    assert name in (deed.name, deed.name.replace("send observers", "Isk must send observers"))
    assert {(one.party, one.done) for one in found.wishes} == wishes
    assert deed.grounds[0].statement == "d0#1"
    assert all(one.grounds for one in found.wishes)


@pytest.mark.parametrize(
    ("act", "content", "more"),
    [
        ("threat", "they did not believe the threat to close the strait", {"negated": True}),
        ("refusal", "After the patrols, what is left on the table?", {}),
        ("offer", "to free the fishermen within a week", {"modality": "denied"}),
        ("demand", "to withdraw the patrols", {"speaker": Voice(id="x", kind="author", party="korsund")}),
        ("demand", "to withdraw the patrols", {"speaker": Voice(id="x", kind="named", party="korsund", standing="expert")}),
        ("offer", "to free the fishermen within a week", {"acts": ("forecast", "offer")}),
        ("refusal", "American guarantees would not last forever", {}),
    ],
)  # fmt: skip
def test_what_is_nobodys_own_word_shows_nothing(act: str, content: str, more: dict[str, Any]) -> None:
    acts = more.pop("acts", None)
    found = said(("korsund", act, content, more)) if acts is None else said(("korsund", acts[0], content, more))
    assert found.deeds == ()
    assert found.wishes == ()


def test_a_refusal_of_what_another_threatens_is_about_the_same_deed() -> None:
    found = said(
        ("korsund", "threat", "to close the strait to timber ships", {}),
        ("velmara", "refusal", "a strait closed to timber ships", {}),
    )
    assert [one.party for one in found.deeds] == ["korsund"]
    assert {(one.party, one.deed, one.done) for one in found.wishes} == {("velmara", 0, False)}


def test_a_condition_that_names_a_deed_is_kept() -> None:
    found = said(
        ("korsund", "commitment", "to free the remaining fishermen", {}),
        ("velmara", "offer", "to halve the tariff on timber", {"condition": "the remaining fishermen are free",
                                                             "modality": "conditional"}),
    )  # fmt: skip
    given = [one for one in found.wishes if one.given is not None]
    assert [(one.party, found.deeds[one.deed].party, found.deeds[one.given or 0].party) for one in given] == [
        ("velmara", "velmara", "korsund")
    ]


def test_who_changes_its_mind_is_taken_at_its_later_word() -> None:
    found = said(
        ("velmara", "demand", "joint patrols of the whole strait", {}),
        ("velmara", "refusal", "joint patrols of the whole strait", {}),
    )
    (wish,) = [one for one in found.wishes if one.party == "velmara"]
    assert not wish.done


def test_what_is_asked_of_nobody_is_said_to_be_left_out() -> None:
    found = said(("velmara", "demand", "joint patrols under a neutral flag", {}), seated=())
    assert found.deeds == ()
    assert "demanded of nobody" in found.left_out[0]
