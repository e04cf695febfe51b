"""Direct speech by construction: whole quotations, those that go on in the next paragraph, quoted transcripts."""

import pytest

from winset.domain.text import Document
from winset.language.annotation import Attribution
from winset.language.neural import ModelAnnotator
from winset.language.speech import SIGNED


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
