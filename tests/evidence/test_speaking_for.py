"""Which party the voices of a record speak for where no list knows it, and what their words then do."""

import datetime as dt
import time
from hashlib import sha256

import pytest
from tests.evidence.records import record

from winset.domain.case import Case
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.evidence import sides
from winset.services.annotators import choose
from winset.services.drafting import drafted
from winset.services.extraction import Read, read_statements
from winset.services.reading import Taken

PAY = """Porters of the hospital workers' union PWA turned down a rise of 3 per cent from Velden Care on Friday.

The union's general secretary, Mara Quist, said the union was asking for 7 per cent and an extra day off.

"It is out of the question," said the company's chief executive, Jon Abel.

The health minister, Elin Roos, said the government would not step in.

The smaller nurses' guild, NGV, accepted the offer on Monday. Its president, Tom Arle, said members had voted for it.
"""
LATER = """Velden Care will look at an extra day off, its chief executive said on Tuesday.

Mr Abel told a radio station that the company would not touch the night shifts.

Ms Quist accused Mr Abel of haggling through the newspapers. PWA said on Monday it would not go below 6 per cent.
"""
FISH = """Ostrand, which landed 31 percent of the herring last year, has proposed that both sides freeze their shares.

Ostrand said on Monday it would not accept less than half of the catch.

Ostrand's Brandal said her government still insisted on half of it. "We have heard the offer. It is not meant for us," she said.
"""


def case(*texts: str) -> tuple[list[Statement], dict[str, str]]:
    found, _ = drafted(record(*texts))
    return list(found.statements), {document.id: document.text for document in found.documents}


@pytest.fixture(scope="module")
def pay() -> tuple[list[Statement], dict[str, str]]:
    return case(PAY, LATER)


@pytest.mark.parametrize(
    ("name", "party"),
    [("Mara Quist", "pwa"), ("Jon Abel", "velden-care"), ("Tom Arle", "ngv"), ("Elin Roos", None)],
)
def test_people_speak_for_the_union_or_firm_that_the_words_give_them(
    pay: tuple[list[Statement], dict[str, str]], name: str, party: str | None
) -> None:
    said = [one for one in pay[0] if one.speaker.name == name]
    assert said
    assert {one.speaker.party for one in said} == {party}


def test_a_surname_is_the_one_full_name_that_speaks_for_the_same_party(
    pay: tuple[list[Statement], dict[str, str]],
) -> None:
    assert not [one for one in pay[0] if one.speaker.name in ("Quist", "Abel")]
    assert {one.doc for one in pay[0] if one.speaker.name == "Mara Quist"} == {"d1", "d2"}


def _saying(found: tuple[list[Statement], dict[str, str]], words: str) -> Statement:
    statements, texts = found
    return next(one for one in statements if any(words in span.of(texts[one.doc]) for span in one.content))


def test_what_ones_own_side_would_not_do_is_refused_and_not_foretold(
    pay: tuple[list[Statement], dict[str, str]],
) -> None:
    assert _saying(pay, "touch the night shifts").act == "refusal"
    assert _saying(pay, "below 6 per cent").act == "refusal"


def test_a_state_that_no_list_knows_says_what_it_will_not_do() -> None:
    found = case(FISH)
    assert _saying(found, "less than half").act == "refusal"
    assert _saying(found, "insisted on half").speaker.name == "Brandal"
    assert _saying(found, "heard the offer").act not in ("offer", "demand")
    shares = _saying(found, "freeze their shares")
    assert shares.date is None or shares.date.start == dt.date(2031, 5, 7), (
        "what was landed last year dates no proposal"
    )


DAM = """Teldan wants a guaranteed release in dry years, its water minister, Lena Osk, said.

"Nobody signs away a river," President Dov Marek said last week.

The foreign ministry in Ursk's capital, Venn, called it a trick. One Teldan newspaper called it a joke.

Ursk's largest creditor, the Sund foundation, said it would wait. Ursk has promised nothing, its envoy said.
"""
DAM_LATER = """Teldan recalled its delegation on Monday. Osk said Teldan would never recognise the dam.

President Marek said Ursk would fill the dam in the rainy season and the offer of 300 cubic metres still stood.

"We will not pay," said Lena Osk, adding that she would go home if Ursk did not open its books by 20 September.
"""


@pytest.fixture(scope="module")
def dam() -> tuple[list[Statement], dict[str, str]]:
    return case(DAM, DAM_LATER)


def test_a_president_speaks_for_the_same_country_in_every_document(dam: tuple[list[Statement], dict[str, str]]) -> None:
    assert {one.speaker.party for one in dam[0] if one.speaker.name == "Dov Marek"} == {"ursk"}
    assert {one.doc for one in dam[0] if one.speaker.name == "Dov Marek"} == {"d1", "d2"}


def test_neighbours_creditors_and_newspapers_of_a_party_do_not_speak_for_it(
    dam: tuple[list[Statement], dict[str, str]],
) -> None:
    assert _saying(dam, "a joke").speaker.party is None
    assert _saying(dam, "it would wait").speaker.party is None
    assert _saying(dam, "a trick").speaker.party == "ursk"


def test_a_day_within_what_is_said_next_is_not_the_day_of_saying(dam: tuple[list[Statement], dict[str, str]]) -> None:
    refused = _saying(dam, "We will not pay")
    assert refused.date is None or refused.date.start == dt.date(2031, 5, 14)


DEAL = """Hospital strikes planned for Easter have been suspended after Velden Care and the PWA agreed a 36-hour week from January 2032.

The hospital workers' union PWA has turned down 3 per cent and will ballot its members, its general secretary said.

Velden Care wants peace, its chief executive said, but a source said ministers had told the company not to go above 4 per cent.

The deal still needs the approval of the regulator, which said it would decide in May.
"""


def test_parties_joined_by_and_speak_together_and_a_body_behind_a_relative_is_the_voice() -> None:
    found = case(DEAL)
    both = _saying(found, "36-hour week").speaker
    assert set(both.members) == {"velden-care", "pwa"}
    assert both.name == "Velden Care and the PWA"
    assert _saying(found, "ballot its members").act != "forecast"
    assert _saying(found, "decide in May").speaker.name == "the regulator"


def test_what_somebody_is_told_to_do_is_no_position_of_it() -> None:
    annotator = choose("model")
    assert annotator is not None
    document = Document(
        id="d1", text=DEAL, sha256=sha256(DEAL.encode()).hexdigest(), language="en", date=dt.date(2031, 5, 7)
    )
    (read,) = [
        one
        for one in read_statements([Taken(document=document, data=DEAL.encode())], annotator)
        if isinstance(one, Read)
    ]
    _, draft = drafted(Case(documents=(read.document,), statements=read.statements))
    assert not [one for one in draft.positions if one.value.best == 4.0]


def test_a_member_of_a_group_is_not_the_group() -> None:
    found = case(
        "Norvik, a member of the Northern Group, said it would support the plan. The Northern Group offered 9 boats, its chair said."
    )
    assert _saying(found, "support the plan").speaker.party != "northern-group"


@pytest.mark.parametrize("words", ["A" * 20_000, "A-" * 10_000, "Aa" * 10_000 + " said", "A " * 10_000])
def test_words_without_end_are_looked_through_in_no_time(words: str) -> None:
    document = Document(id="d", text=words, sha256=sha256(words.encode()).hexdigest(), language="en")
    began = time.process_time()
    sides.read([document], [])
    assert time.process_time() - began < 5


LEASE = """Sardova told Vastland on Tuesday that the lease on the airfield must end, as talks opened.

Sardova's prime minister, Ilan Dorsey, said his country was ready to let Vastland keep its radar station. Vastland's defence secretary, Marit Falk, ruled out any withdrawal before 2035.

The foreign minister of a third state, Beno Ruiz, said he had not been asked.
"""
ACCORD = """Sardova and Vastland signed an accord on Friday.

In a joint statement, Dorsey and Falk said the two governments had agreed to begin the clean-up. Ruiz said he would not recognise it.
"""


def test_people_who_speak_together_speak_for_both_and_a_surname_is_whose_it_was() -> None:
    statements, _ = case(LEASE, ACCORD)
    (joint,) = [one for one in statements if one.speaker.members]
    assert set(joint.speaker.members) == {"sardova", "vastland"}
    assert {one.speaker.name for one in statements if "Ruiz" in (one.speaker.name or "")} == {"Beno Ruiz"}


ALLIES = """Velmara and Korsund opened talks on the strait on Monday. Korsund's envoy said Korsund wanted a ceasefire under international observers.

Anneke Dorn, secretary of a pact, and the Iskan foreign minister, Ruy Salt, said they supported a ceasefire under international observers. Velmara
refused. Freezing it would need a vote, the minister said.
"""
SIGNED = """Sardova's premier said Sardova wanted $200 million a year. Vastland's envoy said Vastland offered $150 million a year.

Sardova and Vastland signed an accord on Friday under which the airfield will be handed back and Vastland will pay $165 million a year.
"""


def test_a_person_of_no_party_is_no_party_and_an_iskan_minister_is_not_of_the_state_named_last() -> None:
    _, found = drafted(record(ALLIES))
    assert {one.party for one in found.positions} <= {"velmara", "korsund"}
    statements, _ = case(ALLIES)
    assert {one.speaker.party for one in statements if "Salt" in (one.speaker.name or "")} == {None}


def test_what_an_accord_says_will_be_is_no_forecast_and_binds_both() -> None:
    _, found = drafted(record(*SIGNED.split("\n\n")))
    last = {one.party: one.value.best for one in found.positions if one.valid_to is None}
    assert last == {"sardova": 165.0, "vastland": 165.0}


def test_a_minister_speaks_for_whom_his_words_behind_a_dateline_begin_with_and_not_for_whom_they_ask_something() -> (
    None
):
    case = record(
        "Ministers talk again\n\nVESSEN, May 7 (Harbour Press) - Ostrand will never hand over the northern reefs, Fisheries Minister Jan Elvik said on Tuesday, "
        'hours after Ostrand and Pelland agreed to meet.\n\n"The reefs are ours," Elvik told reporters. Ostrand also demands that Pelland withdraw its '
        "trawlers, he said.\n"
    )
    told = drafted(case)[0].statements
    assert all("VESSEN" not in span.of(case.documents[0].text) for one in told for span in one.content)
    his = [one.speaker.party for one in told if (one.speaker.name or "").endswith("Elvik")]
    assert len(his) > 1
    assert set(his) == {"ostrand"}
