"""Deeds that show a position without words, parties that do one thing together, sums of money, and forms of a codebook's phrase."""

import pytest
from tests.evidence.test_quantities import last, record

from winset.evidence import coding
from winset.evidence.carried_out import DEED, is_deed
from winset.evidence.phrase_forms import forms
from winset.services.drafting import drafted

TRUCE = """The Velden Front demanded on Monday that Karst release all prisoners, and refused to leave the harbour.

Karst's defence minister, Olaf Brenn, said Karst would never accept a truce under international monitors.
"""
FREED = """Karst released 30 prisoners on Sunday and lifted its blockade of the harbour.
"""
AGREED = """Karst and the Velden Front agreed on Sunday to halt the fighting. They promised to release all prisoners within a month.
"""


def test_what_a_party_did_shows_where_it_stands_and_is_marked_as_a_deed() -> None:
    draft = drafted(record(TRUCE, FREED))[1]
    some = [one for one in draft.positions if one.issue.startswith("prisoners") and one.party == "karst"]
    freed = next(one for one in some if DEED in one.why)
    assert freed.value.best == 50  # 30 of them are not all
    assert any(DEED in one.why and one.issue == "sanctions-and-trade" for one in draft.positions)
    assert all(one.told == "reported" for one in draft.moves if DEED in one.why)


def test_both_members_of_a_list_are_bound_and_so_are_they() -> None:
    positions = last(drafted(record(TRUCE, FREED, AGREED))[1])
    assert positions["karst", "prisoners-and-displaced-people"] == 100
    assert positions["velden-front", "prisoners-and-displaced-people"] == 100
    assert positions["karst", "ceasefire-and-monitoring"] == 75
    assert positions["velden-front", "ceasefire-and-monitoring"] == 75


RIGHTS = """The Lowland League has asked for 800 million crowns a season for its matches, its director, Ada Rusk, said.

Brightcast has offered 600 million crowns a season. "We will not pay more than 600 million crowns a season," said its chief executive, Jon Hale.
"""
RIGHTS_LATER = """Brightcast raised its bid to 650 million crowns a season on Monday.
"""
RIGHTS_SIGNED = """The Lowland League and Brightcast agreed on 0.7 billion crowns a season on Friday.
"""


def test_sums_of_money_that_no_codebook_counts_are_one_issue_in_the_unit_that_is_bargained_in() -> None:
    draft = drafted(record(RIGHTS, RIGHTS_LATER, RIGHTS_SIGNED))[1]
    assert "How many million crowns a season?" in [one.question for one in draft.issues]
    positions = last(draft)
    assert positions["lowland-league", "million-crowns-a-season"] == 700
    assert positions["brightcast", "million-crowns-a-season"] == 700


def test_cubic_metres_are_no_money() -> None:
    text = """Orlia insists on 35 billion cubic metres of gas a year, its minister, Ann Sole, said.

Bresk will send no more than 15 billion cubic metres a year, its envoy, Jan Varga, said.
"""
    issues = {one.id for one in drafted(record(text))[1].issues}
    assert "climate-finance" not in issues


MINORITY = """The Harvest Party, which governs without a majority, and the Liberal Union opened talks on the budget on Monday.

Prime Minister Oda Brand said the government wanted to relax the debt rule. The Liberal Union said the debt rule must stay.
"""


def test_who_governs_alone_is_spoken_for_by_its_ministers() -> None:
    positions = last(drafted(record(MINORITY))[1])
    assert positions["harvest-party", "deficit-and-debt"] == 33
    assert positions["liberal-union", "deficit-and-debt"] == 75


def test_an_office_said_to_be_a_partys_names_its_holder_further_on() -> None:
    text = """Orlia wants 41 dollars a barrel, its energy minister said on Monday.

"We will not sell for less than 41 dollars a barrel," the minister, Katrin Sole, told reporters.

Bresk offered 30 dollars a barrel, its envoy said.
"""
    case, _ = drafted(record(text))
    (said,) = [one for one in case.statements if one.speaker.name == "Katrin Sole"]
    assert said.speaker.party == "orlia"


@pytest.mark.parametrize(
    ("phrase", "also"),
    [
        ("rais* ~ retirement age", "retirement age ~ be|been|being raised|increased|lifted"),
        ("lift* ~ sanctions", "sanctions raised|increased|lifted"),
        ("scrap* ~ tariff*", "abolition|scrapping|end|elimination in|of|to|on ~ tariff*"),
    ],
)
def test_a_phrase_is_found_in_its_passive_and_as_a_noun(phrase: str, also: str) -> None:
    assert also in forms(phrase)
    assert forms(phrase)[0] == phrase


@pytest.mark.parametrize("phrase", ["phas* out ~ coal", "no truce", "pay* for ~ damage*", "rais*", "keep* on ~"])
def test_other_phrases_have_no_further_form(phrase: str) -> None:
    assert forms(phrase) == (phrase,)


@pytest.mark.parametrize(
    ("words", "done"), [("has released", True), ("suspended", True), ("would suspend", False), ("said", False)]
)
def test_a_deed_is_told_as_done(words: str, done: bool) -> None:
    assert is_deed(words) is done


def test_an_offer_that_is_answered_is_of_its_author() -> None:
    text = """The Tram Drivers' Union turned down a pay offer of 3.5 per cent from Metroline on Monday. It wants a pay rise of 8 per cent.
"""
    draft = drafted(record(text).with_(codebook=coding.packaged("labour-and-pay")))[1]
    assert last(draft)["metroline", "pay-rise"] == 3.5
    assert last(draft)["tram-drivers-union", "pay-rise"] == 8
