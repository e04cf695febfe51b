"""The names under which parties that no list knows appear."""

import pytest

from winset.domain.statements import Statement, Voice
from winset.domain.text import Span
from winset.evidence.cast import cast


def said_by(name: str, party: str) -> Statement:
    voice = Voice(id=party, kind="collective", name=name, party=party)
    return Statement(id="d#1", doc="d", source=(Span(0, 3),), cue=(), content=(Span(4, 9),), kind="indirect", speaker=voice, acts=("report",), score=1.0)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "party", "called"),
    [
        ("Varland's government", "varland", "Varland"),
        ("the government of Keth", "keth", "Keth"),
        ("Orlo Lines’ board", "orlo-lines", "Orlo Lines"),
        ("the Pilots' Guild", "pilots-guild", "Pilots' Guild"),
        ("the cabinet", "varland", "Varland"),
    ],
)
def test_a_party_is_called_by_its_own_name_and_not_by_that_of_its_office(name: str, party: str, called: str) -> None:
    (found,) = cast([said_by(name, party)])
    assert found.name == called
