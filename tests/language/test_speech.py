"""Direct speech by construction: whole quotations, those that go on in the next paragraph, quoted transcripts."""

import pytest

from winset.domain.text import Document
from winset.language.annotation import Attribution
from winset.language.neural import ModelAnnotator


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
