"""Texts that somebody issues: what they are known by, who speaks in them, and whom they speak to."""

import pytest
from tests.evidence.records import record

from winset.domain.statements import Statement
from winset.evidence import issued
from winset.evidence.communiques import parts
from winset.evidence.sentences import of_text
from winset.services.drafting import drafted

NEWS = (
    "MELK - The Harbour Pilots' Guild and Melk Port Company opened talks on Monday. The Guild wants a rise of 9 per cent, said its president, "
    "Ana Tove. Melk Port Company offered 3 per cent, its director, Olav Brim, said. The Guild rejected the offer. Melk Port Company refused to move."
)


@pytest.mark.parametrize(
    "head",
    [
        "Melk Port Company: our offer to the pilots\nPress release, 3 May 2031, 10:00",
        "Fair is fair\n\nPRESS RELEASE - For immediate use",
        "Fair is fair\n\nMEDIA STATEMENT. Melk, 3 May.",
        "Manifesto of the Free List",
        "Resolution of the Harbour Pilots' Guild\nAdopted by the congress in Melk",
        "A message from the leadership of Melk Port Company",
        "Position paper of the Chamber of Shipping",
    ],
)
def test_a_heading_says_that_a_text_is_issued(head: str) -> None:
    text = f"{head}\n\nThe Harbour Pilots' Guild has weighed the offer.\n\nNo ship sails on Sundays. Pay must rise by 9 per cent.\n\nIt thanks the crews.\n"
    assert issued.form(text, of_text(text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Guild's message to port falls flat\n\nMELK - Pilots met on Monday.\n\nThey were told nothing, a source said.\n\nTalks go on on Friday.\n",
        "Editorial: our programme for a quiet harbour\n\nWe have seen worse years.\n\nWe hope that both sides sign.\n\nWe shall see.\n",
        "Port makes new offer\n\nMELK - Melk Port Company raised its offer on Monday.\n\nIts director said so.\n\nThe Guild was silent.\n",
        "Analysis: what the declaration leaves open\n\nThe text is short.\n\nWe counted nine lines in it.\n\nWe found no number.\n",
    ],
)
def test_news_and_papers_are_not_issued(text: str) -> None:
    assert issued.form(text, of_text(text)) is None


def test_semicolons_part_what_several_undertake() -> None:
    text = "The Company frees the quay by May; the Guild shall do likewise with its boats."
    (sentence,) = of_text(text)
    assert [part.of(text) for part in parts(text, sentence)] == [
        "The Company frees the quay by May",
        "the Guild shall do likewise with its boats",
    ]


RELEASE = (
    "Fair is fair\n\nPress release\n\nMelk Port Company, which runs eleven quays, today put a new offer to the pilots.\n\nPay is to rise by 4 per cent. "
    "Nobody will be dismissed before 2033. The company cannot accept a free Sunday.\n\n“We have gone far,” says Olav Brim.\n\n"
    "About Melk Port Company: it was founded in 1911.\n"
)
LETTER = (
    "Open letter to Melk Port Company\n\nFrom the Harbour Pilots' Guild\n\nDear directors,\n\nWe write from a hut with a stove in it.\n\n"
    "You want to send one pilot out alone. We ask for two on every ship. Our Sundays stay free.\n\nIn hope,\nAna Tove\n"
)
JOINT = (
    "Joint statement of the Harbour Pilots' Guild and Melk Port Company\n\nThe parties met in Melk from 2 to 4 June and agreed as follows.\n\n"
    "1. The Company raises pay by 5 per cent; it will hire twelve pilots.\n\n2. The Guild suspends its strike until May.\n\n"
    "3. The parties will meet again in the autumn.\n"
)


@pytest.fixture(scope="module")
def told() -> dict[str, list[tuple[str, Statement]]]:
    """Document -> the words of its statements with these."""
    found, _ = drafted(record(NEWS, RELEASE, LETTER, JOINT))
    texts = {document.id: document.text for document in found.documents}
    each: dict[str, list[tuple[str, Statement]]] = {}
    for one in found.statements:
        each.setdefault(one.doc, []).append((" ".join(span.of(texts[one.doc]) for span in one.content), one))
    return each


def speakers(told: list[tuple[str, Statement]], words: str) -> set[str]:
    return {
        party
        for content, one in told
        if words in content
        for party in ([one.speaker.party] if one.speaker.party else one.speaker.members)
    }


@pytest.mark.parametrize("words", ["rise by 4 per cent", "dismissed before 2033", "a free Sunday", "gone far"])
def test_a_release_is_its_issuers_own(told: dict[str, list[tuple[str, Statement]]], words: str) -> None:
    assert speakers(told["d2"], words) == {"melk-port-company"}


def test_what_a_release_tells_about_its_issuer_is_left_out(told: dict[str, list[tuple[str, Statement]]]) -> None:
    assert not any("1911" in words for words, _ in told["d2"])


@pytest.mark.parametrize("words", ["two on every ship", "Sundays stay free", "one pilot out alone"])
def test_a_letter_is_its_writers_own(told: dict[str, list[tuple[str, Statement]]], words: str) -> None:
    assert speakers(told["d3"], words) == {"harbour-pilots-guild"}


@pytest.mark.parametrize(
    ("words", "parties"),
    [
        ("pay by 5 per cent", {"melk-port-company"}),
        ("hire twelve pilots", {"melk-port-company"}),
        ("its strike until May", {"harbour-pilots-guild"}),
        ("meet again", {"harbour-pilots-guild", "melk-port-company"}),
    ],
)
def test_each_term_of_a_joint_text_is_of_whom_it_names(
    told: dict[str, list[tuple[str, Statement]]], words: str, parties: set[str]
) -> None:
    assert speakers(told["d4"], words) == parties
