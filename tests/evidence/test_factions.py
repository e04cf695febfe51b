"""Voices inside a party stay visible beside its line; a party under another name, or speaking with others, is its line."""

from datetime import date

import pytest

from winset.domain.actors import Party
from winset.domain.estimates import Exact, Judgement
from winset.domain.statements import Voice
from winset.domain.text import Grounds, Span
from winset.evidence.factions import factions, names_of, several_voices, speaker

PARTIES = (Party(id="n", name="Norland", aliases=("the Kingdom of Norland",)), Party(id="s", name="Sudria"))


def voice(name: str, party: str | None = "n", members: tuple[str, ...] = ()) -> Voice:
    return Voice(id=name, kind="named", name=name, party=party, members=members)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            [("Otto Krell", 0), ("Ilse Brandt", 9)],
            ["Ilse Brandt", "Otto Krell"],
        ),  # a minister against the head of the cabinet
        ([("Norland", 9), ("Otto Krell", 0)], ["Otto Krell", "Norland"]),  # a minister against the line
        ([("Norland", 9), ("THE KINGDOM OF NORLAND", 0)], []),  # one voice under two names changed its mind
        ([("Otto Krell", 9), ("Otto Krell", 0)], []),  # so did a person
        ([("Norland", 9), ("Norland and Sudria", 0)], []),  # what it says with others is its line
        ([("Norland and Sudria", 9), ("Otto Krell", 0)], ["Otto Krell", "Norland and Sudria"]),
        ([("Norland", 9), ("Otto Krell", 9)], []),  # they agree
        ([("Norland", 9), ("Pavel Dorn", 0)], []),  # somebody of another party
    ],
)
def test_voices_of_a_party_that_differ(said: list[tuple[str, float]], shown: list[str]) -> None:
    speakers, judged = {}, []
    for n, (name, value) in enumerate(said, 1):
        joint = name == "Norland and Sudria"
        who = voice(name, None if joint else "s" if name == "Pavel Dorn" else "n", ("n", "s") if joint else ())
        speakers[f"d#{n}"] = speaker(who)
        judged.append(
            Judgement(
                quantity="position", party="n", issue="i", value=Exact(value), by="ana", as_of=date(2026, 3, n),
                grounds=(Grounds(doc="d", statement=f"d#{n}", spans=(Span(0, 1),)),),
            )
        )  # fmt: skip
    found = factions(judged, speakers, names_of(PARTIES))
    assert [one.speaker for one in found.get(("n", "i"), ())] == shown
    apart = several_voices((("n", "i", id) for id in speakers), speakers, names_of(PARTIES))
    assert set(found) <= apart  # what is looked at closely holds all that differs
