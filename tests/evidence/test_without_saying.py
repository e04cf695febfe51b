"""What reports tell without a verb of saying is of the party that the text shows; scenery and next steps are nobody's."""

from collections.abc import Callable

import pytest

from winset.domain.case import Case
from winset.evidence import naming, narrated, speaking_for, without_saying
from winset.evidence.holders import People

Told = Callable[..., Case]
HEAD = "Round four in Orlen\n\n"


def untold(case: Case) -> list[tuple[str | None, str]]:
    """Party and words of what no verb of saying tells, document by document."""
    found, statements = speaking_for.heard(case.documents, case.statements, case.parties)
    made = []
    for document in case.documents:
        places = sorted({*found.places.get(document.id, ()), *People(found.people).named(document.text)})
        own = [one for one in statements if one.doc == document.id]
        said = [*own, *narrated.narrated(document, own, places, naming.subject)]
        for one in without_saying.told(document, said, places, naming.subject):
            made.append((one.speaker.party, " ".join(span.of(document.text) for span in one.content)))
    return made


@pytest.mark.parametrize(
    ("sentences", "party", "words"),
    [
        ("Arden has room for a longer truce.", "arden", "has room"),
        ("ORLEN, 4 May - Belmar has room for a longer truce.", "belmar", "has room"),
        ("Arden rejected the map. On the dam, it holds out for joint control.", "arden", "holds out for joint control"),
        ("Belmar demanded the whole valley. In March it had been content with half.", "belmar", "content with half"),
        ("Arden said on Friday it would sign, but stood by its claim to the dam.", "arden", "stood by its claim"),
        ("Belmar rejected the map of 1962 on Friday and let go of its idea of a fence.", "belmar", "let go of its idea"),
        ("The envoys met after Corvia had come round to a ceiling of 300 million.", "corvia", "ceiling of 300 million"),
        ("Belmar called the map a joke, while Arden was content with most of it.", "arden", "content with most of it"),
        ("Arden demanded free passage. Lorries should not wait at the bridge.", "arden", "Lorries should not wait"),
        ("Corvia wants the port back. The pilots' fees are to go to a fund.", "corvia", "fees are to go to a fund"),
        ("Corvia proposed a joint board. Each mill would keep its water.", "corvia", "Each mill would keep"),
        ("Belmar's minister, Lena Roth, turned away the map of the envoys, saying it was old.", "belmar", "turned away the map"),
        ("The long march on Orlen ended after Corvia took a third of the dam's water.", "corvia", "took a third"),
        ("Arden has its fence. Without it the port would stay closed.", "arden", "has its fence"),
        ("“We want the port,” Belmar's minister, Lena Roth, said.\n\nShe has also moved on the dam.", "belmar", "has also moved on the dam"),
        ("“We want all of it,” Belmar's minister, Lena Roth, said. On the canal she has not moved.", "belmar", "she has not moved"),
    ],
)  # fmt: skip
def test_whose_it_is_follows_from_the_text(told: Told, sentences: str, party: str, words: str) -> None:
    assert [who for who, what in untold(told(HEAD + sentences)) if words in what] == [party]


@pytest.mark.parametrize(
    "sentences",
    [
        "It rained on the harbour all day. Lorries should not have waited so long.",
        "Arden demanded free passage. Talks will resume on Monday.",
        "Arden demanded free passage. Parliaments in both countries must approve the treaty.",
        "Arden demanded free passage. Journalists may register until 6 June.",
        "Arden demanded free passage.\n\nThe museum will show the old charter from May.",
        "Belmar's minister called the map a disgrace. The hall would have been cold without the stove.",
        "An official said the summit ended and reporters left. The lights went out at nine.",
        "Arden demanded free passage. The weather was fine. Lorries would wait.",
        "Arden demanded free passage. The ceremony will be followed by a concert.",
        "It was the third meeting of the year.",
        "Arden was invited to the table last.",
        "Arden moved closer to the demands of the rebels on Friday.",
        "Belmar gave ground on the dam and the bridge.",
        "Belmar softened its stance after the storm.",
    ],
)
def test_scenery_and_next_steps_are_nobodys(told: Told, sentences: str) -> None:
    assert untold(told(HEAD + sentences)) == []


def test_items_of_a_list_are_of_whoever_the_words_ahead_name(told: Told) -> None:
    text = (
        "Belmar has a new paper.\n\nIts terms are:\n\n- free passage for lorries;\n- a joint board on the dam.\n\n"
        "The museum is open.\n\n- Tickets cost 4 crowns.\n"
    )
    assert untold(told(HEAD + text))[1:] == [
        ("belmar", "free passage for lorries"),
        ("belmar", "a joint board on the dam"),
    ]
