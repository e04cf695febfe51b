"""Numbers that a record bargains over and no codebook covers are issues of its own; other numbers are not."""

import datetime as dt

import pytest
from tests.evidence.records import record

from winset.domain.case import Case
from winset.domain.issues import Issue
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Span
from winset.evidence import coding
from winset.evidence.amounts import amounts
from winset.evidence.drafts import Draft
from winset.evidence.phrases import Words
from winset.evidence.quantities import with_quantities
from winset.services.drafting import drafted


def last(draft: Draft, voice: str = "own") -> dict[tuple[str, str], float]:
    return {(one.party, one.issue): one.value.best for one in draft.positions if one.voice == voice}


BID = """Harrow Mills has raised its offer for Dunne Foods to 31 crowns a share from 27 crowns, the company said on Tuesday.

Dunne Foods' chairwoman, Petra Lind, told analysts that Dunne would not accept less than 36 crowns a share.

Dunne Foods employs 4,000 people in nine countries and closed two plants last year.
"""
RIVER = """Maravel wants a release of 80 cubic metres a second in dry years, its water minister, Lena Osk, said.

Torrin offered a release of 50 cubic metres a second, its envoy said. Mediators proposed 65 cubic metres.
"""
RIVER_LATER = """Lena Osk said Maravel would come down to 70 but never to 50.

Torrin's envoy said Torrin no longer stood by its offer of 50 cubic metres.
"""
CATCH = """Maravel said on Monday it would not accept less than 45 percent of the herring catch.

"We can live with thirty-five percent of the herring catch for them," said Torrin's chief negotiator, Tomas Reve.

The catch fell by 12 percent last year, when a third of the boats stayed in port.
"""


def test_a_price_in_dispute_is_an_issue_on_the_scale_of_the_numbers_named() -> None:
    _, found = drafted(record(BID))
    (issue,) = found.issues
    assert (issue.question, issue.bounds) == ("How many crowns a share?", (27.0, 36.0))
    assert last(found) == {("harrow-mills", issue.id): 31.0, ("dunne-foods", issue.id): 36.0}


def test_a_number_without_its_unit_is_one_of_the_issue_that_is_spoken_of() -> None:
    _, found = drafted(record(RIVER, RIVER_LATER))
    (issue,) = found.issues
    assert issue.question == "How many cubic metres a second?"
    assert last(found)["maravel", issue.id] == 70.0
    ends = {(one.party, one.value.best): one.valid_to for one in found.positions if one.voice == "own"}
    assert ends["torrin", 50.0] == dt.date(2031, 5, 13), "an offer that is no longer stood by ends"


def test_a_percentage_is_of_what_the_words_say() -> None:
    _, found = drafted(record(CATCH))
    (issue,) = found.issues
    assert issue.question == "How many per cent of the herring catch?"
    assert last(found) == {("maravel", issue.id): 45.0, ("torrin", issue.id): 35.0}


@pytest.mark.parametrize(
    "text",
    [
        "Maravel wants the 12 ships back within 5 days, its envoy said. Torrin offered to return them within 9 days, its envoy said.",
        "Torrin demanded 40 lamps for the harbour, its envoy said. A spokesman said that the harbour had 40 lamps already.",
        "Two people were hurt and 15 houses burned, a spokesman said. A mayor said 20 houses had burned. The fire came from the hills.",
        "Envoys of 14 countries offered to help, a host said. Delegates demanded that 20 countries be asked.",
    ],
)
def test_numbers_that_nobody_bargains_over_are_no_issue(text: str) -> None:
    case = record(text)
    book = coding.packaged("conflict-and-peace")
    assert with_quantities(book, case.documents, case.statements) is book


def test_a_unit_that_the_codebook_counts_in_stays_its_own() -> None:
    case = record(
        "The union wants a pay rise of 8 per cent of the wage bill, its leader said. Harrow Mills offered a pay rise of 3 per cent of the wage bill, its director said."
    )
    book = coding.packaged("labour-and-pay")
    assert with_quantities(book, case.documents, case.statements) is book


TALKS = """The Centre Party and the Greens opened talks on a coalition on Sunday, envoys said.

Centre leader Hanna Reik said her party would accept a carbon tax of 30 crowns a tonne. The Greens demanded 90 crowns a tonne.

Their co-leader, Tomas Bering, said the party would not accept less than 70 crowns a tonne.
"""
TALKS_LATER = """The Greens are ready to let the motorway be finished, Bering said on Sunday, in return for a carbon tax of 60 crowns a tonne.

Hanna Reik has offered 35 crowns a tonne if the Greens drop their demand for 60 crowns a tonne, people close to the talks said.
"""


def test_own_sides_prices_and_people_count_for_the_party_whose_they_are() -> None:
    _, found = drafted(record(TALKS, TALKS_LATER))
    tax = next(issue.id for issue in found.issues if issue.question == "How many crowns a tonne?")
    own = last(found)
    assert own["greens", tax] == 60.0, "what is asked in return stands behind the clause of saying"
    assert last(found, "ascribed")["centre-party", tax] == 35.0
    assert {one.value.best for one in found.positions if (one.party, one.issue) == ("centre-party", tax)} == {
        30.0,
        35.0,
    }
    assert (70.0, 90.0) in {one.value.ends for one in found.positions if (one.party, one.issue) == ("greens", tax)}


def test_three_who_open_talks_together_all_sit_at_the_table() -> None:
    case = record(
        "The Centre Party, the Greens and the Farmers' League opened talks on a coalition on Sunday. The Centre Party wants peace, its leader said."
    )
    assert set(drafted(case)[1].seated) == {"centre-party", "greens", "farmers-league"}


@pytest.mark.parametrize("number", ["fıve", "ſix", "twenty-ſix", "1" + ",000" * 120])
def test_strange_letters_and_endless_numbers_are_no_quantities(number: str) -> None:
    text = f"Kestria said it wanted {number} crowns a share."
    document = Document(id="d", text=text, sha256="0" * 64, language="en")
    said = tuple(
        Statement(
            id=f"d#{n}", doc="d", source=(Span(0, 7),), cue=(Span(8, 12),), content=(Span(13, len(text)),), kind="indirect",
            speaker=Voice(id=f"v{n}", kind="collective", name="Kestria"), acts=("demand",),
        )
        for n in (1, 2)
    )  # fmt: skip
    book = coding.codebook_for(Case())
    assert with_quantities(book, (document,), said) is book


def test_an_issue_of_ones_own_that_asks_how_many_is_read_by_its_unit() -> None:
    case = record(BID)
    issue = Issue(id="price", question="How many crowns a share?", kind="continuous", range=(20.0, 50.0))
    _, found = drafted(case.with_(issues=(issue,)))
    assert last(found) == {("harrow-mills", "price"): 31.0, ("dunne-foods", "price"): 36.0}


def test_a_counted_part_is_not_the_whole() -> None:
    text = "The Velan government offered to free 120 prisoners, its interior minister, Hal Dorne, said. The Northern Front wants all prisoners freed, its envoy said."
    case = record(text)
    _, found = drafted(case.with_(codebook=coding.packaged("conflict-and-peace")))
    assert {one.value.best for one in found.positions if one.party == "velan"} == {50}  # some of them
    assert {one.value.best for one in found.positions if one.party == "northern-front"} == {100.0}


def test_numbers_beyond_measure_are_no_scale() -> None:
    texts = [f"Kestria wanted {number} crowns a share." for number in ("99" + ",999" * 102, "1" + ",000" * 130)]
    documents = tuple(
        Document(id=f"d{n}", text=text, sha256=f"{n:064x}", language="en") for n, text in enumerate(texts)
    )
    said = tuple(
        Statement(
            id=f"{one.id}#1", doc=one.id, source=(Span(0, 7),), cue=(Span(8, 14),), content=(Span(15, len(one.text)),), kind="indirect",
            speaker=Voice(id=one.id, kind="collective", name="Kestria"), acts=("demand",),
        )
        for one in documents
    )  # fmt: skip
    book = coding.codebook_for(Case())
    assert with_quantities(book, documents, said) is book


def test_all_of_a_number_are_the_whole() -> None:
    case = record(
        "The Velan government offered to release all 40 prisoners, its interior minister, Hal Dorne, said. The Northern Front wants a truce, its envoy said."
    )
    _, found = drafted(case.with_(codebook=coding.packaged("conflict-and-peace")))
    assert {one.value.best for one in found.positions if one.party == "velan"} == {100.0}


DOSE = """Corvane is asking $14 a dose for its vaccine. Lumeria's health ministry has offered $9, its secretary, Adila Ferro, told reporters.

"We will not pay a rich country's price," Ferro said. Parliament must approve any contract worth more than $60 million.
"""
DOSE_LATER = """Corvane has lowered its demand from $14 to $12.50 a dose, it said on Sunday. Ferro said Lumeria would go to $10.50 but not beyond.
"""
RENT = """Sardova's premier, Ilan Dorsey, told parliament he was ready to talk. Dorsey wants $200 million a year until the handover.

Vastland has offered between $100 million and $120 million a year, its envoy said. It pays €2 for a cup of coffee.
"""


def test_prices_with_the_sign_of_a_currency_are_an_issue() -> None:
    _, found = drafted(record(DOSE, DOSE_LATER))
    (issue,) = found.issues
    assert (issue.question, issue.bounds) == ("How many dollars a dose?", (9.0, 14.0))
    assert last(found) == {("corvane", issue.id): 12.5, ("lumeria", issue.id): 10.5}


def test_large_sums_are_counted_in_millions_and_what_a_person_wants_its_party_wants() -> None:
    _, found = drafted(record(RENT))
    (issue,) = found.issues
    assert issue.question == "How many million dollars a year?"
    held = {one.party: one.value for one in found.positions}
    assert held["sardova"].best == 200.0
    assert (held["vastland"].low, held["vastland"].high) == (100.0, 120.0)


@pytest.mark.parametrize(
    ("text", "low", "high", "since"),
    [
        ("it would pay $14 a dose", 14, 14, None),
        ("from $9 to $10.50 a dose", 10.5, 10.5, 9),
        ("to $12.50, down from $14", 12.5, 12.5, 14),
        ("between $10 and $12 a dose", 10, 12, None),
        ("$10 to $12 a dose", 10, 12, None),
        ("$11 and $3 more", 11, 11, None),
        ("$10-12 million", 10e6, 12e6, None),
        ("$10m-$12m", 10e6, 12e6, None),
        ("$3.50–$4 an hour", 3.5, 4, None),
        ("not €11", None, None, None),
    ],
)
def test_sums_with_the_sign_ahead(text: str, low: float | None, high: float | None, since: float | None) -> None:
    found = amounts(Words(text).lower, ("dollars", "$"))
    assert [(one.low, one.high, one.since) for one in found[:1]] == ([] if low is None else [(low, high, since)])


def test_a_sum_is_counted_in_the_unit_of_its_issue() -> None:
    (one,) = amounts(Words("it offered $1.5 billion a year").lower, ("million dollars", "$ million"))
    assert one.low == pytest.approx(1500)
    (one,) = amounts(Words("it offered $10 to $12 million").lower, ("million dollars", "$ million"))
    assert (one.low, one.high) == pytest.approx((10, 12))


FERRY = """Vastland has offered $10-12 million a year, its envoy said. A crossing costs €1,50.

Sardova's premier, Ilan Dorsey, told parliament he was ready to talk. Dorsey wants US$15m a year until the handover.
"""


def test_ranges_with_a_hyphen_are_ranges_and_share_their_scale() -> None:
    _, found = drafted(record(FERRY))
    (issue,) = found.issues
    assert (issue.question, issue.bounds) == ("How many million dollars a year?", (10.0, 15.0))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("10-12 million euros", 10, 12), ("in 1990 2,000 million euros", 2000, 2000), ("12-10 million euros", 10, 10)],
)
def test_numbers_joined_by_a_hyphen_are_a_range(text: str, low: float, high: float) -> None:
    (found,) = amounts(Words(text).lower, ["million euros", "euros"])
    assert (found.low, found.high) == (low, high)


def test_dollars_of_several_countries_are_not_one_unit() -> None:
    _, found = drafted(
        record(
            "Maravel asked Torrin for a loan of A$90 million on Monday. Torrin offered A$60 million.",
            "Torrin demanded fees of US$4 million, its envoy said. Maravel would pay no more than $3 million, its minister said.",
        )
    )
    assert {issue.question: issue.bounds for issue in found.issues} == {
        "How many million australian dollars?": (60.0, 90.0), "How many million dollars?": (3.0, 4.0),
    }  # fmt: skip


def test_a_sign_for_cents_is_the_unit() -> None:
    words = Words("It would pay 35¢ a litre").lower
    assert [(one.low, one.high) for one in amounts(words, ("cents a litre", "cents"))] == [(35.0, 35.0)]
    _, found = drafted(
        record("Maravel wants a levy of 35¢ a litre. Torrin demanded a levy of 41 cents a litre, its envoy said.")
    )
    assert [(issue.question, issue.bounds) for issue in found.issues] == [("How many cents a litre?", (35.0, 41.0))]


def test_years_that_two_parties_bargain_over_are_an_issue_and_other_years_are_not() -> None:
    _, found = drafted(
        record(
            "Maravel demanded that the licence run until 2041, its minister, Lena Osk, said. The mine opened in 2019.",
            "Torrin offered to extend the licence until 2036/2037, its envoy said.",
        )
    )
    assert [(issue.question, issue.bounds) for issue in found.issues] == [("Until which year?", (2036.0, 2041.0))]
    assert last(found) == {("maravel", "until-which-year"): 2041.0, ("torrin", "until-which-year"): 2036.0}
    assert not drafted(record("Maravel demanded an apology by 2041. Torrin's envoy said it would wait until 2036."))[
        1
    ].issues
