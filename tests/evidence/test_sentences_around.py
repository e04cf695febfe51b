"""Which party a voice speaks for that the sentences around, common nouns and members' names tell of."""

import pytest
from tests.evidence.test_names_of_sides import voices

from winset.evidence import sides
from winset.evidence.organisations import members_of
from winset.evidence.sentences_around import by_sentences_around


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("Rectors' Conference", ["Rectors"]),
        ("League of Farmers and Fishers", ["Farmers", "Fishers"]),
        ("Harbour Pilots' Guild", []),  # a trade, which a union's plurals give anyhow
        ("Cement Makers Association", ["Makers"]),
        ("Alliance of Partners", []),
        ("Two Rivers Council", []),
    ],
)
def test_whose_a_body_is_by_its_name(name: str, members: list[str]) -> None:
    assert members_of(name) == members


def test_the_members_of_a_body_speak_for_it_and_no_others_do() -> None:
    _, said = voices(
        "The Brewers' League rejected the tax. The Growers' Union wants it kept.\n\n"
        "The brewers said they would close two plants. The shopkeepers said they had not been asked."
    )
    assert said["The brewers"] == "brewers-league"
    assert said.get("The shopkeepers") is None


def test_whom_a_body_is_said_to_represent_is_its() -> None:
    _, said = voices(
        "Ferrotec, which represents welders and crane drivers, wants 5 per cent. The Dock Staff Union asks for 6.\n\n"
        "The welders said they would wait until March."
    )
    assert said["The welders"] == "ferrotec"


def test_the_kingdom_is_the_one_that_is_called_so() -> None:
    found, said = voices(
        "The Kingdom of Ostmark and the Republic of Tavia opened talks. Ostmark demanded the port. Tavia refused.\n\n"
        "The Kingdom said it would not leave the table. The Republic said it would wait."
    )
    assert found.called("Ostmark") == said["The Kingdom"]
    assert found.called("Republic of Tavia") == said["The Republic"]
    assert not {"kingdom", "republic"} & {party.id for party in found.parties}


def test_a_board_of_a_country_is_not_the_country() -> None:
    found, _ = voices(
        "Norland's chief negotiator, Per Holm, offered a quota. The Norland Dairy Board wants none. Norland said it would wait for the round in May. "
        "Norland's government refused to comment."
    )
    assert {"norland", "norland-dairy-board"} <= {party.id for party in found.parties}


def test_a_common_noun_that_opens_a_sentence_is_no_name() -> None:
    found, _ = voices(
        "Lawyers want the text by March. Lawyers demand more time. Few lawyers read it.\n\nThe Velda Front rejected it."
    )
    assert "lawyers" not in {party.id for party in found.parties}


def test_an_office_without_a_body_is_of_whom_the_sentence_ahead_tells() -> None:
    _, said = voices(
        "The Meadow Party and the Harbour League are in talks on a cabinet.\n\n"
        "The Harbour League wants the tax to go. Deputy leader Ida Brask said nobody would gain from it.\n\n"
        "The Meadow Party would keep it. A spokesman said it was a question of fairness."
    )
    assert said["Deputy leader Ida Brask"] == "harbour-league"
    assert said["A spokesman"] == "meadow-party"


def test_a_word_of_one_party_s_name_ahead_of_an_office_tells_whose_it_is() -> None:
    _, said = voices(
        "The Military Council of Varra met the Salt Road Front. The Front demanded the wells.\n\n"
        "Council delegate Omar Dahl said nobody would get them."
    )
    assert "council" in (said["Council delegate Omar Dahl"] or "")


def test_a_paper_is_of_whom_it_is_from_until_another_comes() -> None:
    _, said = voices(
        "Nordal and Kastria met on Monday. Nordal demanded the port. Kastria refused to leave it.\n\n"
        "A letter from Kastria to the mediator says patrols could end in May. The letter also says the port would open."
    )
    assert said["The letter"] == "kastria"


def test_who_observes_gets_no_party_by_what_is_near() -> None:
    _, said = voices(
        "The Harbour League wants the tax to go. Economics professor Ida Brask said it would cost a billion. "
        "A resident, Lou Hamm, said it was high time."
    )
    assert [party for words, party in said.items() if "Brask" in words or "Hamm" in words] == [None, None]


def test_a_lawyer_of_a_trade_is_of_no_body_with_that_word_in_its_name() -> None:
    _, said = voices(
        "The Syndicate of Media Workers demanded 6 per cent. The broadcaster refused.\n\nMedia lawyer Ines Okta said it would take a year."
    )
    assert said["Media lawyer Ines Okta"] is None


def test_offices_of_a_kind_are_of_the_one_party_of_that_kind() -> None:
    _, said = voices(
        "Belmora and the Lenders Group met on Monday. Belmora's government offered a tax. The Lenders Group wants more.\n\n"
        '"We are not a borrower in receivership," said Finance Secretary Tan Wei Lok.'
    )
    assert said["Finance Secretary Tan Wei Lok"] == "belmora"


def test_a_country_is_not_the_company() -> None:
    _, said = voices(
        "Miners at Salvera's biggest copper mine asked for 12 per cent. The Miners' Federation also wants a shorter shift.\n\n"
        "The company said it would answer on Friday."
    )
    assert said["The company"] != "salvera"


def test_nothing_is_added_to_nothing() -> None:
    assert by_sentences_around([], {}, sides.Sides((), {}, {})) == []
