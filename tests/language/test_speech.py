"""Direct speech by construction: whole quotations, those that go on in the next paragraph, quoted transcripts."""

import numpy as np
import pytest

from winset.domain.text import Document
from winset.language.annotation import Attribution
from winset.language.decode import Settings, Tie
from winset.language.neural import ModelAnnotator
from winset.language.pieces import paragraphs, read
from winset.language.speech import SIGNED, settled
from winset.language.weights import load


@pytest.fixture(scope="module")
def annotator() -> ModelAnnotator:
    return ModelAnnotator()


def told(annotator: ModelAnnotator, text: str) -> list[Attribution]:
    (found,) = annotator.annotate([Document(id="d", text=text, sha256="0" * 64, language="en")])
    return list(found.attributions)


def words(text: str, one: Attribution) -> tuple[str, str]:
    return " ".join(span.of(text) for span in one.source), " ".join(span.of(text) for span in one.content)


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "«»", ("''", "''"), ("``", "''"), "„“", "‘’"])
def test_a_quotation_in_any_style_is_somebodys_and_whole(annotator: ModelAnnotator, opening: str, closing: str) -> None:
    quotation = f"{opening}We will not sign before the port is open,{closing}"
    text = f"{quotation} Foreign Minister Ana Marr said in Velm on Tuesday. It rained."
    assert [words(text, one) for one in told(annotator, text)] == [("Foreign Minister Ana Marr", quotation)]


def test_a_quotation_left_open_goes_on_where_the_next_paragraph_opens_with_one(annotator: ModelAnnotator) -> None:
    later = "“The port is ours, and the ships will stay where they are until the spring,”"
    text = f"“We will not sign,” Ana Marr said on Tuesday. “There is nothing to be signed.\n\n{later}\n\nIt rained."
    (one,) = [one for one in told(annotator, text) if words(text, one)[0] == "Ana Marr"]
    assert words(text, one)[1].endswith(later)
    first = "“The port is ours. The ships will stay where they are until the spring."
    text = f"It rained.\n\n{first}\n\n“We will not sign,” Ana Marr said on Tuesday."
    (one,) = [one for one in told(annotator, text) if words(text, one)[0] == "Ana Marr"]
    assert words(text, one)[1].startswith(first)


def test_speakers_named_in_a_quoted_transcript_say_their_own_words(annotator: ModelAnnotator) -> None:
    text = (
        "The exchange on Sunday went as follows.\n\n"
        '"MARR: We will not sign before the port is open.\n\n'
        '"TOLL: And what would it take?\n\n'
        '"MARR: A date, and ships that keep to it."'
    )
    found = [words(text, one) for one in told(annotator, text)]
    assert ("MARR", "We will not sign before the port is open.") in found
    assert ("TOLL", "And what would it take?") in found
    assert ("MARR", 'A date, and ships that keep to it."') in found


def test_one_label_alone_is_no_speaker(annotator: ModelAnnotator) -> None:
    text = 'It rained.\n\n"NOTE: the port is closed on Sundays and holidays.'
    assert not any(one.why[0].startswith("a speaker's name") for one in told(annotator, text))


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “reform” cost the town its harbour and a third of its ships.",
        "Her second novel, “The Long Harbour,” came out in Velm in the spring.",
        "The ship “Aurora” left the port at noon with timber on board.",
    ],
)
def test_scare_quotes_and_titles_are_nobodys_words(annotator: ModelAnnotator, text: str) -> None:
    assert told(annotator, text) == []


@pytest.mark.parametrize("dash", ["—", "– ", "― ", "- ", "--"])
@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
def test_a_dash_and_a_name_sign_a_quotation_of_its_own_paragraph(
    annotator: ModelAnnotator, dash: str, between: str
) -> None:
    said = {
        "Ana Marr": "“The port was all we had, and now it is a car park.”",
        "Tomas de la Toll": "“I would sign tomorrow if they let me.”",
        "Ilse Brandt": "“Nobody asked us before the ships were sold.”",
    }
    text = "It rained for a week in Velm.\n\n"
    text += "\n\n".join(f"{words}{between}{dash}{name}, Velm" for name, words in said.items())
    assert [words(text, one) for one in told(annotator, text)] == list(said.items())


@pytest.mark.parametrize(
    "text",
    [
        "The men on the quay called it “the long winter.” – Port of Velm, archive",
        "“Dobro” - Russian for “good” - was painted on the ship's side.",
        "The mayor likes the word “peace.”\n\n– An old sailor himself –\n\nIt rained.",
        "“Aurora” – a ship of the line – left the port at noon.",
    ],
)
def test_a_dash_that_signs_nothing_makes_nobody_speak(annotator: ModelAnnotator, text: str) -> None:
    assert not any(one.why == (SIGNED,) for one in told(annotator, text))


def test_two_speakers_in_two_paragraphs_keep_their_own_quotations(annotator: ModelAnnotator) -> None:
    text = (
        "“There is no one tougher,” said Ana Marr, the chairwoman. “Whatever is thrown at her, she goes on.”\n\n"
        "“Losing is bitter. But we came a long way,” tweeted Tomas Toll, who served as her manager."
    )
    assert [words(text, one)[0] for one in told(annotator, text)] == [
        "Ana Marr, the chairwoman",
        "Tomas Toll, who served as her manager",
    ]
    assert all("Losing" not in words(text, one)[1] for one in told(annotator, text)[:1])


def one_told(annotator: ModelAnnotator, text: str, cue: str) -> tuple[str, str]:
    """Source and content of the attribution whose cue is so."""
    (one,) = [one for one in told(annotator, text) if " ".join(span.of(text) for span in one.cue) == cue]
    return words(text, one)


def test_a_paragraph_that_is_only_a_quotation_goes_on_with_who_was_quoted_last(annotator: ModelAnnotator) -> None:
    opening = "“We have waited long enough,” said Ana Marr, who runs the ferry.\n\n"
    later = "“The council knows what we need, and it knows what it costs. Let them say no to our faces.”"
    assert one_told(annotator, opening + later, "said")[1].endswith(later)
    heading = opening + "'The Long Winter'\n\nIt rained for a week."
    assert one_told(annotator, heading, "said")[1] == "“We have waited long enough,”"
    taken = opening + later + "\n\n“The harbour is ours, and it stays ours whatever they say,” Tomas Toll said."
    by = dict(words(taken, one) for one in told(annotator, taken))
    assert "harbour" in by["Tomas Toll"]
    assert "harbour" not in by["Ana Marr, who runs the ferry"]


def test_a_sentence_that_a_clause_of_saying_interrupts_is_one_speakers(annotator: ModelAnnotator) -> None:
    text = "“If you close the port,” Marr said, looking at the envoys, “you close every market in the north.”"
    assert one_told(annotator, text, "said") == (
        "Marr",
        "“If you close the port,” “you close every market in the north.”",
    )
    text = (
        "“I know him well,” Toll said, noting that the two of them “have spoken every week since the ships left "
        "for the south.”"
    )
    assert one_told(annotator, text, "said") == ("Toll", "“I know him well,”")


def test_narration_that_a_colon_ends_is_not_said(annotator: ModelAnnotator) -> None:
    text = "The rule of the house was old and nobody doubted it: “No ship waits,” Marr said."
    assert one_told(annotator, text, "said") == ("Marr", "“No ship waits,”")


def test_what_follows_put_it_is_no_content(annotator: ModelAnnotator) -> None:
    text = "As the harbour master put it in a letter to the council, “the quay is rotten.”"
    assert one_told(annotator, text, "put it") == ("the harbour master", "“the quay is rotten.”")


def test_he_who_is_blamed_for_words_said_them_and_he_who_is_asked_did_not(annotator: ModelAnnotator) -> None:
    text = "Toll was widely mocked for his promise that the harbour would be “open before the first snow.”"
    assert one_told(annotator, text, "was widely mocked for")[0] == "Toll"
    text = "Marr was asked, “Will you sign before the winter?” She did not answer."
    assert one_told(annotator, text, "was asked")[0] == ""


def test_what_happens_during_a_transcript_is_nobodys_words(annotator: ModelAnnotator) -> None:
    text = (
        'The hearing went as follows:\n\n"MARR: Will you sign it?\n\n"TOLL: Not before the port is open.\n\n'
        '(LAUGHTER)\n\n"MARR: Then there is nothing to sign."'
    )
    assert [words(text, one)[0] for one in told(annotator, text)] == ["MARR", "TOLL", "MARR"]


@pytest.mark.parametrize(("mark", "parts"), [("“", 2), ('"', 1)])
def test_a_quotation_left_open_goes_on_only_where_the_same_mark_opens_the_next_paragraph(mark: str, parts: int) -> None:
    text = f"{mark}The council met at noon and the doors were shut.\n\n“Not today,” Marr said."
    found = read(text, load().tokenizer, list(paragraphs(text)))
    begin = int(np.searchsorted(found.starts, text.index("“Not today")))
    marr, said = (int(np.searchsorted(found.starts, text.index(word))) for word in ("Marr", "said"))
    tie = Tie((said, said + 1), ((marr, marr + 1),), ((begin, marr),), 0.9)
    (one,) = settled(found, [tie], Settings(), text)
    assert len(one.content) == parts


def test_no_content_breaks_off_inside_a_number(annotator: ModelAnnotator) -> None:
    text = "Northwind pilots will strike.\n\nNorthwind has offered 3.5 per cent and says rosters are not up for discussion."
    assert ("Northwind", "3.5 per cent") in [words(text, one) for one in told(annotator, text)]
