"""A report as Markdown: notes as footnotes, source texts left out."""

import re

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

_MEANS = re.compile(r"([\\`*_\[\]<>#|])")


def as_markdown(report: Report) -> str:
    """The whole report; characters that Markdown would read as marks are escaped."""
    lines = [f"# {_plain(report.title)}", "", _plain(report.subtitle), "", f"*{_plain(report.made)}*", ""]
    for section in report.sections:
        lines += _section(section, 2)
    for note in report.notes:
        quoted = _plain("".join(piece.text for piece in note.pieces).replace("\n", " "))
        lines.append(f"[^{note.number}]: {quoted} — {_plain(note.voice)}, {_plain(note.where)}")
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section, level: int) -> list[str]:
    lines = [f"{'#' * level} {_plain(section.title)}", ""]
    for block in section.blocks:
        lines += _section(block, level + 1) if isinstance(block, Section) else _block(block)
    return lines


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [("> " if block.kind == "comment" else "") + _line(block.line), ""]
        case Items():
            return [*(f"{'1.' if block.ordered else '-'} {_line(line)}" for line in block.lines), ""]
        case Table():
            return _table(block)
        case Chart():
            return [f"**{_plain(block.title)}** {_plain(block.description)}", "", *_table(block.data)]
        case Record():
            lines = [f"**{_plain(block.speaker)}**" + (f" ({_plain(block.described)})" if block.described else ""), ""]
            for said in block.sayings:
                extra = "".join(f", {remark}" for remark in said.remarks)
                also = f" (also in {_plain(', '.join(said.also))})" if said.also else ""
                note = f"[^{said.number}]" if said.number else ""
                lines.append(f"- {said.when}, {said.act}{_plain(extra)}: {_line(said.words)}{note}{also}")
            return [*lines, ""]


def _table(table: Table) -> list[str]:
    rows = ["| " + " | ".join(map(_plain, table.head)) + " |", "|" + " --- |" * len(table.head)]
    rows += ["| " + " | ".join(_line(cell.line) for cell in row) + " |" for row in table.rows]
    return [_plain(table.caption), "", *rows, ""]


def _line(line: Line) -> str:
    parts = []
    for one in line:
        match one:
            case str():
                parts.append(_plain(one))
            case Ref():
                parts.append(f"[^{one.number}]")
            case Strong():
                parts.append(f"**{_plain(one.text)}**")
            case Quote() | Faint():
                parts.append(_plain(one.text))
    return "".join(parts).replace("\n", " ")


def _plain(text: str) -> str:
    return _MEANS.sub(r"\\\1", text)
