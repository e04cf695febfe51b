"""The brief as a PDF: tagged, whole, the same each time, and deaf to what its words might mean to a typesetter."""

import re
import zlib
from collections.abc import Iterator

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.report.blocks import (
    Cell,
    Chart,
    Faint,
    Items,
    Note,
    Paragraph,
    Piece,
    Quote,
    Record,
    Ref,
    Report,
    Saying,
    Section,
    Source,
    Strong,
    Table,
)
from winset.report.charts import svg
from winset.report.glyphs import missing
from winset.report.pdf import as_pdf, chart_pdf, chart_png

MARKUP = '#let x = 1; *not bold* $x^2$ @ref <label> \\ // no comment /* nor this */ = no heading #read("/etc/passwd")'
TABLE = Table(
    caption="What each wants", head=("Party", "Share"), numeric=frozenset({1}),
    rows=((Cell(line=("A",), head=True), Cell(line=("0.5",), state="computed")),
          (Cell(line=(Strong("B"),)), Cell(line=(), state="missing", changed=True))),
)  # fmt: skip
CHART = Chart(
    id="c", title="A stands at 5", reading="One dot a party.", description="A is at 5 of 10.",
    svg=svg.frame(100, 40, [svg.text(10, 20, "A <b>"), svg.dot(50, 20, 4, tone="p0")], label="A is at 5 of 10."), data=TABLE,
)  # fmt: skip


def report(words: str) -> Report:
    saying = Saying(
        statement="d#1", when="1 Mar 2026", act="demand", words=(Quote(words, "en"), Ref(1)), number=1, also=("e",)
    )
    blocks = (
        Paragraph((words, Ref(1), Ref(7), Faint(" aside"))), Paragraph((words,), "caution"), Items(((words,), ("two",)), ordered=True),
        TABLE, CHART, Record(speaker=words, described="minister", sayings=(saying,)), Section(id="in", title=words),
    )  # fmt: skip
    pieces = (Piece(words, frozenset({"content"}), ("s1",)), Piece(" said ", frozenset({"cue", "source"})))
    note = Note(number=1, statement="d#1", pieces=pieces, where="d, byte 0", voice="A", doc="d", anchor="s1")
    source = Source(doc="d", title=words, where="d", sha256="0" * 64, language="en", paragraphs=(pieces,))
    return Report(title=words, subtitle="as of today", made="by winset", sections=(Section(id="s", title="One", blocks=blocks),),
                  notes=(note,), sources=(source,))  # fmt: skip


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return re.sub(r"\s+", " ", " ".join(pages))


def streams(data: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            continue


def test_words_stand_as_they_are_and_are_never_run() -> None:
    seen = text_of(as_pdf(report(MARKUP)))
    # once each as title, paragraph, caution, item, speaker, saying, heading, note, title of a source and source
    assert seen.count("#let x = 1; *not bold* $x^2$ @ref <label>") >= 10
    assert "root:" not in seen


def test_the_same_report_gives_the_same_bytes_with_no_date_of_today() -> None:
    made = as_pdf(report("plain"))
    assert made == as_pdf(report("plain"))
    assert b"CreationDate (D:20" not in made


def test_it_is_tagged_described_and_names_its_language() -> None:
    whole = as_pdf(report("plain"))
    everything = whole + b"".join(streams(whole))
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"pdfuaid", b"/TH", b"/Alt"):
        assert mark in everything, mark


def test_charts_are_pages_and_pictures_of_their_own() -> None:
    assert "A <b>" in text_of(chart_pdf(CHART))
    picture = chart_png(CHART)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20]) > 1000


def test_what_cannot_be_drawn_stands_as_its_code_point() -> None:
    seen = text_of(as_pdf(report("private \ue000 unseen \u202e end")))
    assert "U+E000" in seen
    assert "U+202E" in seen
    assert "1 of its characters" in seen


def test_letters_of_the_fonts_that_come_along_are_never_missing() -> None:
    assert not missing("Ærø, Łódź, Київ? Привет, Αθήνα – “ok” €5")
    assert missing("\ue000\U000f0001") == {"\ue000", "\U000f0001"}


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(), max_size=30))
def test_any_characters_make_a_file(words: str) -> None:
    assert as_pdf(report(words)).startswith(b"%PDF-1.7")
