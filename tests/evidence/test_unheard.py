"""Groups that are said not to be heard, read off invented articles; near misses."""

from collections.abc import Callable

import pytest

from winset.domain.case import Case
from winset.evidence import sides
from winset.evidence.unheard import unheard

Told = Callable[..., Case]


def found(case: Case) -> list[tuple[str, str | None]]:
    places = sides.read(case.documents, case.statements, case.parties)
    return [(one.who, one.party) for one in unheard(case.documents, case.statements, places)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Fishermen on both shores, who live from the strait, were not consulted.", ("Fishermen on both shores", None)),
        ("Tessaly, which shelters the refugees, has no seat at the table.", ("Tessaly", "tessaly")),
        ("The ministers met again, but the nurses had never been asked.", ("the nurses", None)),
        ("“Nobody has asked us,” Corvia's foreign minister, Ada Venn, said.", ("Ada Venn", "corvia")),
        ("The women of the valley are excluded from the talks.", ("The women of the valley", None)),
    ],
)  # fmt: skip
def test_who_is_said_not_to_be_heard(told: Told, text: str, who: tuple[str, str | None]) -> None:
    assert found(told(text)) == [who]


@pytest.mark.parametrize(
    "text",
    [
        "Fishing was excluded from the deal.",
        "It was not invited.",
        "Were the nurses not consulted?",
        "Reporters were not invited to the signing.",
        "Arden denied that the farmers were not consulted.",
        "Arden's proposal was not heard of again.",
        "Nobody asked about the price.",
    ],
)
def test_what_is_no_group_left_unheard(told: Told, text: str) -> None:
    assert found(told(text)) == []
