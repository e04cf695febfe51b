"""An organ's or a person's words are the body's that they speak for."""

from datetime import date

import pytest

from winset.domain.text import Document
from winset.evidence import organs
from winset.evidence.speaking_for import heard

BODIES = {
    "Central Committee of the Harvest Party": "Harvest Party",
    "National Executive of the Harvest Party": "Harvest Party",
    "Executive Council of the Guild of Glaziers": "Guild of Glaziers",
    "General Secretariat of the River League": "River League",
    "Politburo of the Red Front": "Red Front",
    "Board of Directors of Tolland Steel": "Tolland Steel",
    "Party Conference of the Harvest Party": "Harvest Party",
    "Parliamentary Group of the Harvest Party": "Harvest Party",
    "Harvest Party Executive Committee": "Harvest Party",
    "Ministry of Foreign Affairs of the Tavian Republic": "Tavian Republic",
    "Ministry of Trade and Industry of Quarrin": "Quarrin",
    "Lin Castell for the River Towns": "River Towns",
    "Cabinet of the Kingdom of Ost": "Kingdom of Ost",
}
WHOLE = (
    "National Council of Nurses",
    "General Congress of Trade Unions",
    "Council of River Towns",
    "Assembly of the Free",
    "United Mothers for the Islands",
    "Teachers for the Provinces",
    "Movement for the Coral Towns",
    "Harvest Party",
    "Northern Conference of Bishops",
    "Committee for the Defence of Ost",
)


@pytest.mark.parametrize("name", BODIES)
def test_an_organ_is_the_body_that_it_belongs_to(name: str) -> None:
    begin, end = organs.body_in(name)
    assert name[begin:end] == BODIES[name]


@pytest.mark.parametrize("name", WHOLE)
def test_a_body_named_so_is_a_body(name: str) -> None:
    assert organs.body_in(name) == (0, len(name))


@pytest.mark.parametrize("name", ["Central Committee", "National Executive", "Politburo", "Board of Directors"])
def test_an_organ_alone_is_nobody(name: str) -> None:
    begin, end = organs.body_in(name)
    assert begin == end


def test_a_realm_is_the_country_of_its_people() -> None:
    names = ["Tavian Federation", "Quarrin Federation", "Ostrian Workers Federation", "Miners Federation"]
    assert organs.realms(names, ["Tavia", "Quarrin", "Ostria"]) == {"Tavian Federation": "Tavia"}


def test_the_declaration_of_a_partys_committee_is_the_partys() -> None:
    text = (
        "HARVEST PARTY - Declaration of the Central Committee\n"
        "The Central Committee of the Harvest Party met on 3 March at Lunde and declares:\n\n"
        "That the Party will vote against the budget;\n\nThat the pension shall be paid at 61.\n\nAdopted unanimously.\n"
    )
    report = "The Harvest Party voted no on Friday and demanded a higher pension. The Harvest Party's leader, Ida Moll, said it would not sit in cabinet."
    found, _ = heard(
        [
            Document(id="a", text=text, sha256="0" * 64, date=date(2031, 3, 3)),
            Document(id="b", text=report, sha256="0" * 64, date=date(2031, 3, 9)),
        ],
        (),
    )
    assert [party.id for party in found.parties] == ["harvest-party"]


def test_the_statement_of_a_ministry_is_its_states() -> None:
    text = (
        "Statement of the Ministry of Foreign Affairs of the Tavian Federation\n"
        "The Ministry considers it necessary to state the following.\n\n"
        "The Federation is prepared to discuss these matters with Quarrin directly. It will pay nothing.\n"
    )
    report = "Tavia's president on Friday rejected the terms of Quarrin. Quarrin's foreign minister said Tavia had to withdraw. Tavia wants talks."
    found, _ = heard(
        [
            Document(id="a", text=text, sha256="0" * 64, date=date(2031, 3, 3)),
            Document(id="b", text=report, sha256="0" * 64, date=date(2031, 3, 9)),
        ],
        (),
    )
    assert {party.id for party in found.parties} == {"tavia", "quarrin"}
    assert any(id == "tavia" and text[start:end] == "Tavian Federation" for start, end, id in found.places["a"])
