"""One party of a full name, of its letters and of what an analyst called it before."""

import time
from collections.abc import Callable
from hashlib import sha256

import pytest

from winset.domain.actors import Party
from winset.domain.text import Document
from winset.evidence import nameforms, sides, speaking_for, transcripts
from winset.services.annotators import choose
from winset.services.extraction import Read, read_statements
from winset.services.reading import Taken

LISTED = (
    "Pay talks stall\n\nThe Haulage, Rail and Storage Workers Union (HRSWU) rejected the offer. HRSWU wants 6 percent. "
    "Ormsby Freight's chief executive said no.\n"
)
PLAIN = "Talks\n\nThe Coastal Trade Area (CTA) rejected the offer. CTA wants a quota. The CTA said it would wait.\n"


def document(text: str, id: str = "d1") -> Document:
    return Document(id=id, text=text, sha256=sha256(text.encode()).hexdigest(), language="en")


def found(text: str, *known: Party) -> dict[str, Party]:
    return {party.id: party for party in sides.read([document(text)], [], known).parties}


@pytest.mark.parametrize(
    ("text", "id", "name"),
    [
        (LISTED, "hrswu", "HRSWU"),
        (LISTED, "hrswu", "Storage workers"),
        (LISTED, "the-union", "HRSWU"),
        (PLAIN, "cta", "CTA"),
        (PLAIN, "cta", "Coast bloc"),
        (PLAIN, "coast", "Coast"),
    ],
)
def test_a_party_written_down_under_its_letters_keeps_its_id_and_is_one(text: str, id: str, name: str) -> None:
    letters = "HRSWU" if text is LISTED else "CTA"
    parties = found(text, Party(id=id, name=name, aliases=(letters,)))
    whole = "Haulage, Rail and Storage Workers Union" if text is LISTED else "Coastal Trade Area"
    assert parties[id].name == name
    assert whole in parties[id].aliases
    assert [party.id for party in parties.values() if {letters, whole} & {party.name, *party.aliases}] == [id]


def test_two_parties_that_an_analyst_keeps_apart_stay_two() -> None:
    whole = "Haulage, Rail and Storage Workers Union"
    parties = found(LISTED, Party(id="hrswu", name="HRSWU"), Party(id="haulage-union", name=whole))
    assert {"hrswu", "haulage-union"} <= parties.keys()
    assert "HRSWU" not in parties["haulage-union"].aliases


def test_a_name_with_a_comma_is_one_party_with_and_without_its_kind_among_the_letters() -> None:
    assert {id for id in found(LISTED) if "union" in id} == {"haulage-rail-and-storage-workers-union"}
    parties = found("Talks\n\nThe Citizens, Greens and Regions List (CGR) wants more. CGR rejects the plan.\n")
    assert set(parties) == {"citizens-greens-and-regions-list"}
    assert "CGR" in parties["citizens-greens-and-regions-list"].aliases


def test_letters_behind_a_person_or_a_place_that_are_not_theirs_make_no_party() -> None:
    assert not found("Talks\n\nROME (Reuters) - Danny Okoye (DUP) met Ana Paz (AFC) in Rivermouth (RSG).\n")
    assert nameforms.shortens("CTA", "Coastal Trade Area")
    assert not nameforms.shortens("DUP", "Danny Okoye")


def test_two_that_want_something_together_are_two() -> None:
    assert set(found("Talks\n\nVendria and Tealand want more. Vendria and Tealand said no.\n")) == {
        "vendria",
        "tealand",
    }
    assert "crown-and-soil" in found("Talks\n\nCrown and Soil wants more. Crown and Soil's leader said no.\n")


def test_an_agency_that_reports_is_no_party() -> None:
    assert not found(
        "Talks\n\nPORT SORREL (Sorrel Press Agency) - Sorrel Press Agency said it had asked for comment.\n"
    )


def test_a_party_s_name_is_no_person_and_a_letter_is_of_the_whole_name() -> None:
    report = (
        "Talks resume\n\nNegotiators of the Coastal Trade Area (CTA) and the Republic of Vendria met on Wednesday to discuss quotas. "
        "Vendria's trade minister, Ilse Hartog, demanded a quota. The Citizens, Greens and Regions List (CGR) rejected it.\n"
    )
    letter = (
        "Message from the Citizens, Greens and Regions List to its members\n\nDear members,\n\nWe have negotiated for four weeks. We will not "
        "join a government without a fund.\n\nWe want three ministries.\n\nMina Castellan and Jo Verhoeven\n"
    )
    texts = [report, letter]
    documents = [document(text, f"d{n}") for n, text in enumerate(texts)]
    taken = [Taken(document=one, data=one.text.encode()) for one in documents]
    read = [one for one in read_statements(taken, choose("model")) if isinstance(one, Read)]
    said = [one for each in read for one in each.statements]
    known = sides.read([one.document for one in read], said)
    resolved = speaking_for.resolved(known, [one.document for one in read], said)
    assert {one.speaker.name for one in resolved if one.speaker.kind == "named"} == {"Ilse Hartog"}
    ours = [one for one in resolved if one.doc == "d1"]
    assert ours
    assert {one.speaker.party for one in ours} == {"citizens-greens-and-regions-list"}
    assert {texts[1][one.source[0].start : one.source[0].end] for one in ours if one.source} <= {
        "the Citizens, Greens and Regions List",
        "We",
        "we",
    }


def test_letters_of_two_speakers_are_nobody_s_and_one_letter_is_no_name() -> None:
    text = "Ann Lee: We want more.\n\nAbe Low: We do not.\n\nAL: It is late.\n\nRosa Quint: Then let us stop.\n\nRQ: Now.\n\nQuill: Yes.\n\nAL: Yes.\n\nRQ: So be it.\n"
    by = transcripts.by_initials(transcripts.turns(text))
    assert set(by) == {"RQ"}
    assert by["RQ"].label == "Rosa Quint"


@pytest.mark.parametrize(
    "of",
    [
        lambda n: " ".join(
            f"The Q{'abcdefghij'[n % 10]}x{n} Union ({'ABCDEFGHIJ'[n % 10]}{n}) wants more." for n in range(n)
        ),
        lambda n: "The Abc Union (ABC) wants more. " * n,
        lambda n: " ".join(f"The Q{n}x countries want more." for n in range(n)),
        lambda n: " ".join(f"Qa{n} and Qb{n} said so. Qa{n} and Qb{n} said no." for n in range(n)),
        lambda n: "(ABC) Abc, " * n,
    ],
    ids=["brackets", "one name", "sets", "pairs", "one line"],
)
def test_four_times_as_many_names_take_not_sixteen_times_as_long(of: Callable[[int], str]) -> None:
    times = []
    for count in (1_500, 6_000):
        begin = time.process_time()
        found("Talks " + of(count))
        times.append(time.process_time() - begin)
    assert times[1] < 10 * times[0] + 1.0
