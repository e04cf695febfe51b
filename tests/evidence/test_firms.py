"""Which of several firms "the company" is, and which names are no parties: places of dispatch, peoples, two names in one breath."""

from hashlib import sha256

import pytest
from tests.evidence.records import record

from winset.domain.text import Document
from winset.evidence import sides, speaking_for
from winset.services.annotators import choose
from winset.services.drafting import drafted
from winset.services.extraction import Read, read_statements
from winset.services.reading import Taken


def voices(*texts: str) -> tuple[sides.Sides, dict[str, str | None]]:
    """The sides of the record, and what is said with the party whose words it is."""
    documents = [Document(id=f"d{n}", text=text, sha256=sha256(text.encode()).hexdigest(), language="en") for n, text in enumerate(texts)]  # fmt: skip
    taken = [Taken(document=one, data=one.text.encode()) for one in documents]
    read = [one for one in read_statements(taken, choose("model")) if isinstance(one, Read)]
    found, said = speaking_for.heard([one.document for one in read], [s for one in read for s in one.statements])
    text = {one.id: one.text for one in documents}
    return found, {" ".join(span.of(text[one.doc]) for span in one.content): one.speaker.party for one in said}


def spoken_of(found: sides.Sides, text: str, words: str) -> str | None:
    at = text.index(words)
    return next((party for start, _, party in found.places["d0"] if start == at), None)


UNLIKE = (
    "The Potters' Union is asking Marl Ceramics for five more days of leave. Its rival Dunmore Tiles settled in the spring. "
    "The company has offered two. Marl Ceramics fires its kilns at night. Unlike Dunmore Tiles, the firm has no canteen."
)
BOUGHT = (
    "Drivers at Elster Haulage walked out on Friday. The Carters' Guild wants a rise of 5 per cent. Elster Haulage buys its "
    "lorries from Brandt Motors. The company would not comment."
)
ITS_OWN = (
    "The Weavers' Guild met Corran Mills on Monday. A day later Halden Cotton reported a loss. The firm will close a mill, "
    "its managing director, Ilse Tamm, said."
)


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        (UNLIKE, "The company has", "marl-ceramics"),
        (UNLIKE, "the firm has", "marl-ceramics"),
        (BOUGHT, "The company would", "elster-haulage"),
        (ITS_OWN, "The firm will", "halden-cotton"),
    ],
)
def test_the_company_is_the_one_that_bargains_or_was_spoken_of_last(text: str, words: str, party: str) -> None:
    found, _ = voices(text)
    assert spoken_of(found, text, words) == party


def test_two_firms_named_in_one_breath_stay_two() -> None:
    found, _ = voices(
        "Brandt Lines and Corvo Ferries both hold ballots this week. Brandt Lines offered 3 per cent. The Stewards' Union rejected it. "
        "At Corvo Ferries, the managers meet the union on Sunday."
    )
    assert {one.id for one in found.parties} == {"brandt-lines", "corvo-ferries", "stewards-union"}
    assert {found.kinds["brandt-lines"], found.kinds["corvo-ferries"]} == {"firm"}


def test_a_place_of_dispatch_is_no_party() -> None:
    found, _ = voices(
        "PELLWORTH, May 4 (Coast News) - The Dredgers' Union rejected an offer of Sund Ports on Monday. The director of the Pellworth "
        "museum said Pellworth was fed up."
    )
    assert "pellworth" not in {one.id for one in found.parties}


def test_a_people_is_its_country() -> None:
    found, said = voices(
        "Tavria and Osk met on Friday. The Tavrians demanded a pipeline. The Tavrians rejected a loan. Osk's envoy said it would wait."
    )
    assert {one.id for one in found.parties} == {"tavria", "osk"}
    assert said["a pipeline"] == "tavria"


def test_growers_of_a_country_do_not_speak_for_it() -> None:
    _, said = voices("Marovia's fishermen want the levy cut to 35 crowns. Marovia's government refuses to cut it.")
    assert said["the levy cut to 35 crowns"] is None
    assert said["to cut it"] == "marovia"


def test_what_another_is_said_to_have_said_is_not_said_twice() -> None:
    _, said = voices(
        "The Stewards' Union met Corvo Ferries on Monday. The 4 per cent must be put in writing, the union said. "
        '"They broke the last accord within a week," Olaf Renn of Corvo Ferries said.'
    )
    assert said["The 4 per cent must be put in writing"] == "stewards-union"
    assert said['"They broke the last accord within a week,"'] == "corvo-ferries"


def test_groups_without_a_name_take_part() -> None:
    found, said = voices(
        "Ardel Foods has raised its bid for Tessin Dairies. The works council wants no layoffs. Its chairwoman, Rosa Lind, said the group "
        "had to keep the plant. The works council of Tessin Dairies and Ardel Foods have agreed that there will be no layoffs."
    )
    assert {one.id for one in found.parties} == {"ardel-foods", "tessin-dairies", "works-council"}
    assert said["the group had to keep the plant"] == "works-council"


def test_people_who_work_are_their_only_union() -> None:
    found, said = voices(
        "The pilots want 9 per cent. The Flight Crew Guild met Corvo Air on Monday. The pilots rejected an offer of 3 per cent, its secretary said."
    )
    assert {one.id for one in found.parties} == {"flight-crew-guild", "corvo-air"}
    assert set(said.values()) == {"flight-crew-guild"}, said


def test_a_shareholder_with_the_name_of_the_firm_does_not_speak_for_it() -> None:
    _, said = voices(
        "Halder Textiles turned down a takeover bid. Halder's board said it would wait. Anna Halder said she would sell at 47 crowns."
    )
    assert said["it would wait"] == "halder-textiles"
    assert said["she would sell at 47 crowns"] is None


def test_a_sentence_of_the_reporters_own_is_not_what_was_said_before_it() -> None:
    _, said = voices(
        "Tavria wants a catch of 210,000 tonnes, its minister, Brit Sole, told reporters. Ostia would go no higher than 180,000 tonnes."
    )
    assert {words.strip(","): party for words, party in said.items()} == {
        "Tavria wants a catch of 210,000 tonnes": "tavria"
    }


def test_a_number_that_is_to_be_put_in_writing_is_not_what_is_asked_for() -> None:
    text = "The Stewards' Union asked Corvo Air for a pay rise of 7 percent. Corvo Air raised its pay offer to 3 percent. The 3 percent must be put in writing, the union said."
    _, draft = drafted(record(text))
    assert [(one.party, one.value.best) for one in draft.stances] == [("stewards-union", 7.0), ("corvo-air", 3.0)]
    assert {one.voice for one in draft.stances} == {"own"}
