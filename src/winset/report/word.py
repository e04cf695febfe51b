"""A report as a Word document with real headings, tables and captions."""

import io
from typing import Any

from winset.report.blocks import (
    Block,
    Chart,
    Faint,
    Items,
    Line,
    Paragraph,
    Quote,
    Record,
    Ref,
    Report,
    Section,
    Strong,
    Table,
)
from winset.report.direction import direction
from winset.report.pdf import chart_png


def as_docx(report: Report) -> bytes:
    """The bytes of a DOCX file; control characters that XML forbids become replacement marks."""
    import docx

    document = docx.Document()
    document.core_properties.title = _safe(report.title)
    document.core_properties.author = "winset"
    document.add_heading(_safe(report.title), 0)
    document.add_paragraph(_safe(report.subtitle))
    document.add_paragraph(_safe(report.made))
    for section in report.sections:
        _section(document, section, 1)
    if report.notes:
        document.add_heading("Grounds", 1)
        for note in report.notes:
            paragraph = document.add_paragraph(f"{note.number}. ")
            for piece in note.pieces:
                run = _run(paragraph, piece.text)
                run.bold = "source" in piece.roles
                run.italic = "cue" in piece.roles
                run.underline = "content" in piece.roles
            paragraph.add_run(_safe(f" — {note.voice}, {note.where}"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _section(document: Any, section: Section, level: int) -> None:
    document.add_heading(_safe(section.title), min(level, 9))
    for block in section.blocks:
        if isinstance(block, Section):
            _section(document, block, level + 1)
        else:
            _block(document, block)


def _block(document: Any, block: Block) -> None:
    match block:
        case Paragraph():
            _line(document.add_paragraph(style="Quote" if block.kind == "comment" else None), block.line)
        case Items():
            for line in block.lines:
                _line(document.add_paragraph(style="List Number" if block.ordered else "List Bullet"), line)
        case Table():
            _table(document, block)
        case Chart():
            document.add_paragraph(_safe(block.title)).runs[0].bold = True
            _picture(document, block)
            document.add_paragraph(_safe(block.reading))
            _table(document, block.data)
        case Record():
            document.add_paragraph().add_run(_safe(block.speaker)).bold = True
            for said in block.sayings:
                paragraph = document.add_paragraph(style="List Bullet")
                paragraph.add_run(_safe(f"{said.when}, {said.act}: "))
                _line(paragraph, said.words)
                if said.number:
                    paragraph.add_run(f" [{said.number}]")


def _picture(document: Any, chart: Chart) -> None:
    from docx.shared import Cm

    drawn = document.add_picture(io.BytesIO(chart_png(chart)), width=Cm(15.5))
    drawn._inline.docPr.set("descr", _safe(chart.description))


def _table(document: Any, table: Table) -> None:
    document.add_paragraph(_safe(table.caption), style="Caption")
    grid = document.add_table(rows=1, cols=len(table.head), style="Table Grid")
    for cell, name in zip(grid.rows[0].cells, table.head, strict=True):
        cell.text = _safe(name)
    for row in table.rows:
        for cell, content in zip(grid.add_row().cells, row, strict=True):
            _line(cell.paragraphs[0], content.line)


def _line(paragraph: Any, line: Line) -> None:
    for one in line:
        match one:
            case str():
                _run(paragraph, one)
            case Ref():
                paragraph.add_run(f" [{one.number}]")
            case Strong():
                _run(paragraph, one.text).bold = True
            case Quote() | Faint():
                _run(paragraph, one.text)


def _run(paragraph: Any, text: str) -> Any:
    """Text at the end of a paragraph, said to run from right to left where it does."""
    run = paragraph.add_run(_safe(text))
    if direction(text) == "rtl":
        run.font.rtl = True
    return run


def _safe(text: str) -> str:
    return "".join(
        c
        if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) < 0xE000 and ord(c) not in (0xFFFE, 0xFFFF))
        else "\ufffd"
        for c in text
    )
