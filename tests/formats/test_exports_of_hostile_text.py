"""What leaves a case comes back equal and never runs, whatever stands in titles, names and words."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Span
from winset.errors import UsageError
from winset.formats import annotations, notes, quotations, references
from winset.formats.cells import guarded, unguarded
from winset.formats.qdpx import read_qdpx, write_qdpx
from winset.reading.xml import parse_xml

NASTY = (
    "=1+1", "+SUM(A1)", "-2+3", "@x", "\t=1", "\r", "\n", "\x00", "\x1b[31m", "＝1", "'=1", '"', "{", "}", "\\", "%", "&amp;", "<b>", "#", "^a",
    "[[x]]", "|", ";", ",", "\u202eabc\u202c", "\u2066x\u2069", "\u200b", "\ufeff", "\U000e0041", "😀👩\u200d👧", "Мир", "سلام", "和平", "e\u0301",
    "_x0041_", "https://x.y", "mailto:a", "ER  - ", "TY  - ", "---", "- a", "1. a", "$&_~", "\u2028", "\x85", "\uffff", "@misc{a,",
)  # fmt: skip
TEXT = st.lists(
    st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=("Cs",)), max_size=6)),
    min_size=1, max_size=6,
).map("".join)  # fmt: skip
NAME = TEXT.filter(lambda one: bool(one.strip()))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    documents, said = [], []
    for n in range(draw(st.integers(1, 2))):
        text, id = draw(TEXT) + "x", f"d{n}"
        documents.append(
            Document(
                id=id, text=text, sha256=sha256(text.encode()).hexdigest(), title=draw(st.none() | NAME),
                date=draw(st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))),
            )
        )  # fmt: skip
        for k in range(draw(st.integers(0, 2))):
            start = draw(st.integers(0, len(text) - 1))
            said.append(
                Statement(
                    id=f"{id}#{k + 1}", doc=id, source=(), cue=(), content=(Span(start, draw(st.integers(start + 1, len(text)))),),
                    kind="direct", speaker=Voice(id="v", kind="named", name=draw(NAME), role=draw(st.none() | NAME), party="p"),
                    acts=("demand",), condition=draw(st.none() | NAME), by=draw(NAME),
                )
            )  # fmt: skip
    return Case(
        title=draw(NAME), documents=tuple(documents), statements=tuple(said), parties=(Party(id="p", name=draw(NAME)),)
    )


def told(cell: object) -> str:
    return "" if cell is None else str(cell)


@given(cases())
@settings(max_examples=60, deadline=None)
def test_the_quotation_table_comes_back_equal_from_every_form(case: Case) -> None:
    rows = quotations.rows(case)
    for row, one in zip(rows, case.statements, strict=True):
        text = next(document.text for document in case.documents if document.id == one.doc)
        assert row["quotation"] == text[one.content[0].start : one.content[0].end]
    assert json.loads(quotations.as_json(case))["rows"] == rows
    raw = list(csv.reader(io.StringIO(quotations.as_csv(case, raw=True).decode(), newline="")))
    assert raw == [list(quotations.COLUMNS), *([told(cell) for cell in row.values()] for row in rows)]
    safe = list(csv.reader(io.StringIO(quotations.as_csv(case).decode("utf-8-sig"), newline="")))
    for line, row in zip(safe[1:], rows, strict=True):
        for cell, value in zip(line, row.values(), strict=True):
            if isinstance(value, str):
                assert unguarded(cell) == value
                assert not re.match(r"[\s\"'\ufeff\xa0]*[=+\-@＝＋－＠]", cell) or cell.startswith("'")


@given(cases())
@settings(max_examples=30, deadline=None)
def test_xlsx_and_parquet_hold_the_same_cells(case: Case) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = quotations.rows(case)
    assert parquet.read_table(io.BytesIO(quotations.as_parquet(case))).to_pylist() == rows
    with zipfile.ZipFile(io.BytesIO(quotations.as_xlsx(case))) as book:
        names = book.namelist()
        strings = [
            re.sub(r"_x([0-9A-F]{4})_", lambda one: chr(int(one[1], 16)), "".join(each.itertext()))
            for each in parse_xml(book.read("xl/sharedStrings.xml"), name="strings")
        ]
        sheet = parse_xml(book.read("xl/worksheets/sheet1.xml"), name="sheet")
    assert not [name for name in names if "externalLink" in name]
    assert not list(sheet.iter("{*}f"))
    assert not list(sheet.iter("{*}hyperlink"))
    held: list[list[object]] = []
    for line in list(sheet.iter("{*}row"))[1:]:
        cells = {re.sub(r"\d", "", cell.get("r", "")): cell for cell in line}
        held.append([_cell(cells.get(chr(ord("A") + n)), strings) for n in range(len(quotations.COLUMNS))])
    assert held == [[value if value != "" else None for value in row.values()] for row in rows]


def _cell(cell: Any, strings: list[str]) -> object:
    value = None if cell is None else cell.findtext("{*}v")
    if value is None:
        return None
    return strings[int(value)] if cell.get("t") == "s" else float(value)


@given(cases())
@settings(max_examples=60, deadline=None)
def test_projects_and_annotations_come_back_equal(case: Case) -> None:
    project = read_qdpx(write_qdpx(case), "x.qdpx")
    assert (project.documents, set(project.statements)) == (case.documents, set(case.statements))
    apart = len({one.sha256 for one in case.documents}) == len(case.documents)
    if apart:
        found, orphans = annotations.read_annotations(annotations.as_annotations(case), case.documents, "x")
        assert (tuple(found), orphans) == (case.statements, [])


@given(cases())
@settings(max_examples=60, deadline=None)
def test_references_and_notes_keep_their_form(case: Case) -> None:
    ris = references.as_ris(case).decode()
    assert len(re.findall(r"^TY  - GEN\r$", ris, re.M)) == ris.count("\r\nER  - \r") == len(case.documents)
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*|", line) for line in ris.split("\r\n"))
    bib = references.as_bibtex(case).decode()
    depth = 0
    for letter in bib:
        if letter in "{}":
            depth += 1 if letter == "{" else -1
        assert depth >= 0
    assert depth == 0
    items = json.loads(references.as_csl(case))
    assert [one["title"] for one in items] == [one.title or one.id for one in case.documents]
    made = notes.as_notes(case)
    for document in case.documents:
        note = made[f"sources/{document.id}.md"]
        quoted = re.match(r'---\ntitle: "((?:[^"\\]|\\.)*)"\ndate: ', note)
        assert quoted
        assert quoted[1].isprintable()
        title = re.sub(r"\\(?:U([0-9a-f]{8})|(.))", lambda one: chr(int(one[1], 16)) if one[1] else one[2], quoted[1])
        assert title == (document.title or document.id)
        anchors = re.findall(r" \^(s[0-9a-f]{10}(?:-\d+)?)$", note, re.M)
        assert len(anchors) == len(set(anchors)) == sum(one.doc == document.id for one in case.statements)
        assert notes.as_notes(case) == made


@pytest.mark.parametrize("field", ["title", "name"])
def test_a_name_of_a_megabyte_goes_out_whole_or_is_refused_by_name(field: str) -> None:
    long = "Ж" * 1_000_000
    document = Document(id="d", text="x", sha256="0" * 64, title=long if field == "title" else "t")
    said = Statement(
        id="d#1", doc="d", source=(), cue=(), content=(Span(0, 1),), kind="direct", acts=("demand",),
        speaker=Voice(id="v", kind="named", name=long if field == "name" else "n"),
    )  # fmt: skip
    case = Case(title="t", documents=(document,), statements=(said,))
    with pytest.raises(UsageError, match=f"d#1: its {'title' if field == 'title' else 'speaker'} is longer"):
        quotations.as_xlsx(case)
    assert long in quotations.as_csv(case).decode()
    project = read_qdpx(write_qdpx(case), "x.qdpx")
    assert (project.documents, project.statements) == (case.documents, case.statements)
    assert all(len(name) < 120 for name in notes.as_notes(case))


@given(TEXT)
def test_a_guard_is_taken_away_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
