"""Which party a voice speaks for, by the names and people of a whole record."""

from hashlib import sha256

import pytest

from winset.domain.actors import Party
from winset.domain.text import Document
from winset.evidence import sides, speaking_for
from winset.evidence.organisations import kind_by_noun
from winset.services.annotators import choose
from winset.services.extraction import Read, read_statements
from winset.services.reading import Taken


def voices(*texts: str) -> tuple[sides.Sides, dict[str, str | None]]:
    """The sides of the record, and the words of each source with the party that it speaks for."""
    documents = [
        Document(id=f"d{n}", text=text, sha256=sha256(text.encode()).hexdigest(), language="en") for n, text in enumerate(texts)
    ]  # fmt: skip
    read = [
        one
        for one in read_statements([Taken(document=d, data=d.text.encode()) for d in documents], choose("model"))
        if isinstance(one, Read)
    ]
    found = sides.read([one.document for one in read], [s for one in read for s in one.statements])
    said = speaking_for.resolved(found, [one.document for one in read], [s for one in read for s in one.statements])
    text = {d.id: d.text for d in documents}
    return found, {" ".join(span.of(text[one.doc]) for span in one.source): one.speaker.party for one in said}


def test_a_party_is_one_under_its_full_and_its_short_names() -> None:
    found, said = voices(
        "The Velda Front demanded the release of its prisoners. Tamaran's government refused. The Front said it would wait.",
        "The Green List wants a fund. The Greens said they would not sign without it.",
    )
    assert said["The Front"] == "velda-front"
    assert said["The Greens"] == "green-list"
    assert "front" not in {party.id for party in found.parties}


def test_a_body_is_not_named_after_the_person_who_leads_it() -> None:
    found, said = voices(
        "Civic Alliance leader Jonas Weyland said the debt brake would stay. The Farmers' Party, which has nine seats, said it would wait.",
        "Weyland's Civic Alliance offered a fund. Weyland said his party wanted lower taxes.",
    )
    assert [party.id for party in found.parties if "alliance" in party.id] == ["civic-alliance"]
    assert said["Weyland"] == "civic-alliance"


def test_his_party_is_that_of_the_person_named_last() -> None:
    _, said = voices(
        "The Farmers' Party said it would tolerate the cabinet. Civic Alliance leader Jonas Weyland said the brake would stay. "
        "His party also wants to cut income tax."
    )
    assert said["His party"] == "civic-alliance"


def test_people_keep_their_party_in_later_documents() -> None:
    _, said = voices(
        "Civic Alliance leader Jonas Weyland said no. Green List leader Sabine Holt demanded a fund.",
        "The offer is fair, Holt said. “People who lay bricks cannot wait,” said Holt's deputy, Karim Adel.",
        "Adel said he would vote against it.",
    )
    assert said["Holt"] == "green-list"
    assert said["Adel"] == "green-list"


def test_a_minister_in_a_report_from_a_capital_is_of_that_state() -> None:
    _, said = voices(
        "OTTAWA, 3 March 2031 - Canada and India opened talks.\n\n“Our farmers have waited long enough. India must open its market,” "
        "Trade Minister Claire Bouchard told reporters."
    )
    assert said["Trade Minister Claire Bouchard"] == "canada"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The Nurses' Federation demanded 9 per cent. The health ministry said it would not intervene.", "The health ministry"),
        (
            "The Civic Alliance wants lower taxes. According to the polling institute Demos, the Civic Alliance would gain four points.",
            "the polling institute Demos",
        ),
        ("Canada wants access. The Dairy Farmers of Canada, a lobby group, said the government gave up too early.", "The Dairy Farmers of Canada, a lobby group,"),
    ],
)  # fmt: skip
def test_bystanders_speak_for_no_party(text: str, source: str) -> None:
    assert voices(text)[1][source] is None


def test_the_trust_is_the_hospital() -> None:
    _, said = voices(
        "The Nurses' Federation demanded a rise for its members at St Brannoc Hospital. The hospital trust said it could pay 2 per cent. "
        "Its chief executive, Daniel Frey, said more was impossible.",
        "St Brannoc's hospital trust said it was prepared to pay a bonus. Frey said the federation had to wait.",
    )
    assert said["The hospital trust"] == said["Frey"] == said["St Brannoc's hospital trust"] == "st-brannoc-hospital"


@pytest.mark.parametrize(
    ("known", "named"),
    [
        ({"kessar": "Kessar"}, "Kessar"),
        ({"greens": "Greens"}, "Greens"),
        ({"greens": "Greens", "gl": "Green List"}, "Greens"),
        ({"vela": "Centre Party", "centre": "Vela Party"}, "Centre Party"),
        ({"centre": "Vela Party", "vela": "Centre Party"}, "Vela Party"),
    ],
)
def test_parties_that_are_known_keep_their_ids_whatever_the_record_calls_them(
    known: dict[str, str], named: str
) -> None:
    text = (
        "Kessar’s president said Kessar would accept a truce. The Kessar Republic has offered a truce. Vela leader Ann Lee said it "
        "would accept. The Vela Party wants a truce. The Centre Party wants a truce. Centre leader Bo Rik said it would wait. "
        "The Green List has offered a truce. Greens said they would not sign. Greens rejected the offer."
    )
    document = Document(id="d", text=text, sha256="0" * 64, language="en")
    found = sides.read([document], [], [Party(id=id, name=name) for id, name in known.items()])
    assert {party.id: party.name for party in found.parties if party.id in known} == known
    at = text.index(named)
    assert next(id for _, _, id in found.between("d", at, at + len(named))) == {n: i for i, n in known.items()}[named]


def test_an_airfield_is_no_party_and_a_republic_is_one() -> None:
    found, _ = voices(
        "Vastland raised its offer for the Kestrel airfield on Monday. Sardova's premier, Ilan Dorsey, refused it. The lease on the Kestrel "
        "airfield ends in 2031, and Vastland's envoy said so.\n\nThe neighbouring republic of Ostrava Bay, whose boats use the waters, has "
        "asked for a seat at the table. Nothing should be decided without it, its foreign minister, Beno Ruiz, said.",
    )
    assert {party.id for party in found.parties} == {"vastland", "sardova", "ostrava-bay"}
    assert found.people["Beno Ruiz"] == "ostrava-bay"


def test_who_has_a_finance_minister_is_a_state() -> None:
    found, _ = voices(
        "Marovia wants its lenders to write off half of its debt, its finance minister, Ana Doss, said on Saturday. The bank, which holds "
        "most of it, refused. Marovia would pay a third, she said."
    )
    assert found.kinds["marovia"] == "state"


def test_a_charity_for_a_state_is_not_the_state_and_a_group_with_a_chief_executive_is_a_firm() -> None:
    found, _ = voices(
        "Talks between Lumeria's health ministry and the drugmaker Corvane broke up on Sunday. Corvane's chief executive, Ana Holm, said the "
        "price would not change.\n\nDoctors for Lumeria, a charity, urged both sides to compromise. “Children are not a bargaining chip,” its "
        "director, Ruben Castellan, said."
    )
    assert found.kinds == {"lumeria": "state", "corvane": "firm"}
    assert "Ruben Castellan" not in found.people


def test_the_adviser_of_a_committee_is_not_laid_to_the_state_named_last() -> None:
    found, said = voices(
        "Marovia wants its bondholders to write off half, its finance minister, Tomas Ade, said. The creditors' committee refused.\n\nChina's "
        "largest bank will not accept a cut.\n\nThe committee's adviser, Petra Nwosu, warned that some funds would go to court. The committee "
        "said it would wait."
    )
    assert "Petra Nwosu" not in found.people
    assert "china" not in {party for words, party in said.items() if "committee" in words}


def test_a_body_of_a_place_is_not_the_place_and_a_paper_is_no_party() -> None:
    found, _ = voices(
        "Tarsia, whose yards stand idle, wants the levy gone. Ostland insisted that it stays. Tarsia offered talks.\n\n"
        "“Leave the levy alone,” said Piet Rand, who speaks for the Shipbuilders' League of Ostland.\n\n"
        "Ostland's trade minister Lene Haug said the credits must end. Her counterpart Marco Teles said that they would stay, wrote the Harbour Courier."
    )
    names = {party.id for party in found.parties}
    assert {"tarsia", "ostland", "shipbuilders-league-of-ostland"} <= names
    assert not any("courier" in name for name in names)
    assert found.people["Lene Haug"] == "ostland"
    assert found.people["Marco Teles"] == "tarsia"
    assert found.people["Piet Rand"] == "shipbuilders-league-of-ostland"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Screenwriters Alliance", "union"),
        ("Cabin Stewards' Council", "union"),
        ("Producers' Council", "firm"),
        ("Theatre Owners Association", "firm"),
        ("Workers' Party", "political"),
        ("Green Alliance", "political"),
    ],
)
def test_a_body_is_of_the_kind_of_its_members(name: str, kind: str) -> None:
    assert kind_by_noun(name) == kind


def test_the_studios_are_those_who_speak_for_them() -> None:
    _, said = voices(
        "The Screenwriters Alliance demanded a floor on staffing. The Producers' Council, which bargains for the big studios, rejected it.\n\n"
        "The union's negotiating committee said the talks had failed. The studios said they would wait. The writers said they would strike."
    )
    assert said["The studios"] == "producers-council"
    assert said["The writers"] == "screenwriters-alliance"
    assert said["The union's negotiating committee"] == "screenwriters-alliance"


def test_a_premier_is_of_the_state_that_the_sentence_ahead_is_about() -> None:
    _, said = voices(
        "Orran demanded the cod. Pelland demanded the bank.\n\n"
        "Pelland's foreign ministry said the ships would stay. Prime Minister Joos Vand said on Tuesday he could imagine a split."
    )
    assert said["Prime Minister Joos Vand"] == "pelland"


def test_an_office_that_only_firms_have_is_the_one_firm_s() -> None:
    _, said = voices(
        "The Flight Crew Association demanded 18 percent. Aurora Air offered 7.\n\n"
        "Chief operating officer Marten Hoog said the jets would keep flying. Shop steward Lena Brill said the crews would stay at home."
    )
    assert said["Chief operating officer Marten Hoog"] == "aurora-air"
    assert said["Shop steward Lena Brill"] == "flight-crew-association"


def test_a_union_is_named_by_a_trade_alone_and_a_council_is_not_the_union() -> None:
    _, said = voices(
        "“Not one of those cranes moves,” Amalgamated Stevedoreworkers president Sal Brone told a rally. Kesh Terminals, which bought them, rejected the demand.\n\n"
        "The Liner Council, whose members pay, called on both to keep working. The union said it wanted 32 percent. The Stevedoreworkers said the gates would stay shut."
    )
    assert said["The union"] == "amalgamated-stevedoreworkers"
    assert said["The Stevedoreworkers"] == "amalgamated-stevedoreworkers"
    assert said["Amalgamated Stevedoreworkers president Sal Brone"] == "amalgamated-stevedoreworkers"


def test_a_letter_speaks_for_whoever_signs_it() -> None:
    text = (
        "Contingency notice 3\nDear customer,\n\nOur talks with the union go on. We have raised our wage offer to 16 percent. "
        "We will rely on casual labour at peak times.\n\nVessels will be handled in order of arrival.\n\nKesh Terminals, Customer Desk\n"
    )
    document = Document(id="d", text=text, sha256=sha256(text.encode()).hexdigest(), language="en")
    taken = [Taken(document=document, data=text.encode())]
    (read,) = [one for one in read_statements(taken, choose("model")) if isinstance(one, Read)]
    said = {" ".join(span.of(text) for span in one.content): one.speaker.name for one in read.statements}
    assert [name for words, name in said.items() if "16 percent" in words] == ["Kesh Terminals"]


def test_a_name_is_as_long_as_its_abbreviation_says() -> None:
    found, said = voices(
        "No one should earn less than 16 shillings, said Perpetua Lindo, president of Housekeepers, Restaurant and Catering United (HRCU). "
        "Belvoir Hotels refused. The HRCU said it would strike.",
    )
    assert said["The HRCU"] == "housekeepers-restaurant-and-catering-united"
    assert "hrcu" not in {party.id for party in found.parties}


def test_two_words_that_never_stand_apart_are_one_name() -> None:
    found, said = voices(
        "Crown and Soil will go into opposition, its leader said. The Green List wants a fund.",
        "Crown and Soil said it would wait. The Green List refused. Crown and Soil demanded new elections.",
    )
    assert said["Crown and Soil"] == "crown-and-soil"
    assert not {"crown", "soil"} & {party.id for party in found.parties}


def test_a_party_named_before_whose_id_is_its_abbreviation_stays() -> None:
    text = "The Game Workers Assembly demanded 18 percent. Hollow Kite offered 5. The GWA said it would strike."
    document = Document(id="d", text=text, sha256=sha256(text.encode()).hexdigest(), language="en")
    (read,) = [
        one
        for one in read_statements([Taken(document=document, data=text.encode())], choose("model"))
        if isinstance(one, Read)
    ]
    found = sides.read(
        [read.document], read.statements, [Party(id="gwa", name="Game Workers Assembly", aliases=("GWA",))]
    )
    assert [party.id for party in found.parties if "Assembly" in party.name] == ["gwa"]


def test_who_says_what_a_country_would_do_speaks_for_it_and_an_analyst_does_not() -> None:
    _, said = voices(
        "San Telmo and Aldria opened talks on Monday.\n\n"
        "Consuelo Ibarra said San Telmo would keep its tax. Petra Vint, an analyst, said Aldria would give in."
    )
    assert said["Consuelo Ibarra"] == "san-telmo"
    assert said["Petra Vint, an analyst,"] is None


def test_its_is_of_whom_a_sentence_is_about_and_not_of_where_it_is() -> None:
    _, said = voices(
        "The Salt Front captured the town. Wessam denied that it armed the rebels. "
        "The Salt Front has not moved since.\n\nFrom its office in Wessam, the Salt Front said it would wait. Its secretary, Mina Tessalit, said it wanted self-rule."
    )
    assert [party for words, party in said.items() if "Tessalit" in words] == ["salt-front"]


def test_the_people_of_somebody_speak_for_his_party() -> None:
    _, said = voices(
        "Thalland's president, Hedda Faber, promised 250. Brisco refused. Faber's team said Brisco must pay as well."
    )
    assert said["Faber's team"] == "thalland"


def test_initials_in_an_interview_are_the_name_they_stand_for() -> None:
    text = (
        "Two Fridays in\n\nThe Game Workers Assembly and Hollow Kite are still apart.\n\n"
        "Benedek Acht: How's the mood?\n\nOdalys Ferreira-Quist, Game Workers Assembly: Cold.\n\n"
        "BA: And AI?\n\nOFQ: What we want is notice and consent.\n\nBA: How long?\n\nOFQ: One year.\n"
    )
    _, said = voices(text)
    assert said["OFQ"] == "game-workers-assembly"
