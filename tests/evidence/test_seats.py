"""Capitals that no list knows: whose government their names stand for, and where they stay places."""

import pytest
from tests.evidence.test_names_of_sides import voices

from winset.evidence import sides

_FRONT = "The Meru Liberation Front demanded autonomy. Ostrana's government said no. Ostrana has an army of 9,000. Ostrana's president is ill. "


def _at(found: sides.Sides, text: str, words: str) -> set[str]:
    at = text.index(words)
    return {id for start, _, id in found.places["d0"] if start == at}


@pytest.mark.parametrize(
    ("text", "acts", "state"),
    [
        (_FRONT + "Talks were held near Ostrana's capital, Keld. Keld refused to free anyone.", "Keld refused", "ostrana"),
        (_FRONT + "Fighting reached Keld, the capital of Ostrana. Keld has refused to free anyone.", "Keld has", "ostrana"),
        (_FRONT + "Nobody wants to sit in a ministry in Port Sabel. Port Sabel had refused to free anyone.", "Port Sabel had", "ostrana"),
        (_FRONT + "There was dancing in the streets of Keld. Keld rejected the text.", "Keld rejected", "ostrana"),
        (
            ("Belvane's finance minister, Ada Mork, met Ostrana's negotiators. Belvane wants lower duties. Ostrana wants access. Belvane's "
            "parliament votes in May. Ostrana's government fell.\n\nMork told a news conference in Lussin that Belvane had waited long enough. Lussin demanded a review."),
            "Lussin demanded", "belvane",
        ),
        (
            ("Belvane's finance minister, Ada Mork, flew to Keld. Belvane wants lower duties. Ostrana wants access. Belvane's parliament votes "
            "in May. Ostrana's government fell. Ostrana asked for time. Keld rejected the text."),
            "Keld rejected", "ostrana",
        ),
    ],
)  # fmt: skip
def test_a_capital_that_acts_is_its_state(text: str, acts: str, state: str) -> None:
    found, _ = voices(text)
    assert _at(found, text, acts) == {state}
    assert not {"keld", "port-sabel", "lussin"} & {party.id for party in found.parties}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # a place stays one
        (_FRONT + "Ostrana's capital, Keld, was quiet. Keld rejected the text. The two sides met in Keld on Monday.", "Keld on"),
        (_FRONT + "Ostrana's capital, Keld, was quiet. Keld rejected the text. The Keld talks go on.", "Keld talks"),
        (_FRONT + "Ostrana's capital, Keld, was quiet. Keld rejected the text. The Keld Herald reported it.", "Keld Herald"),
        # of two states each could be meant
        (
            ("Belvane wants lower duties. Ostrana wants access. Belvane's parliament votes in May. Ostrana's government fell. Ostrana and Belvane "
            "talk. Rain fell in the streets of Keld. Keld rejected the text."),
            "Keld rejected",
        ),
        # the talks are held there
        (
            ("Belvane's finance minister, Ada Mork, met Ostrana's negotiators. Belvane wants lower duties. Ostrana wants access. Belvane's "
            "parliament votes in May. Ostrana's government fell.\n\nAfter the talks in Lussin, Mork said Belvane had waited. Lussin is rainy. "
            "Lussin demanded a review."),
            "Lussin demanded",
        ),
        # a third state
        (_FRONT + "Arvend wants a share of the river. Arvend's foreign minister said so in Geneva. Arvend has asked for a seat.", "Arvend wants"),
        # a person
        (_FRONT + "Colonel Ruud Keld spoke in the streets of Sabel. Keld rejected the text.", "Keld rejected"),
    ],
)  # fmt: skip
def test_what_is_a_place_or_may_be_anybodys_is_no_state(text: str, words: str) -> None:
    found, _ = voices(text)
    assert not _at(found, text, words) & {"ostrana", "belvane"}


def test_what_a_capital_says_its_state_says() -> None:
    _, said = voices(
        _FRONT + "The government in Keld denied it. Keld said it would free 40 prisoners if the Front did so, too."
    )
    assert said["Keld"] == "ostrana"
