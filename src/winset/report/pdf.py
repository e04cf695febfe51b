"""A report as a PDF that screen readers can read (PDF/UA-1), and charts as PDF and PNG: laid out by Typst.

Words go in as data, never as Typst's markup; the drawings are the charts' own SVG. No file is read and none written,
no address asked, and the same report always gives the same bytes on one machine (fonts are the machine's own).
"""

import json
from collections.abc import Iterable
from importlib.resources import files
from itertools import groupby
from typing import Any

from winset.report.blocks import (
    Block,
    Chart,
    Faint,
    Inline,
    Items,
    Line,
    Paragraph,
    Piece,
    Quote,
    Record,
    Ref,
    Report,
    Section,
    Strong,
    Table,
)
from winset.report.charts.svg import standalone
from winset.report.direction import direction
from winset.report.glyphs import missing
from winset.report.html import visible

LONGEST_FOOT = 90  # characters of the title at the foot of each page
LONGEST_ALT = 2_000
LARGEST_SHARE = 6  # a column is at most so many times as wide as the narrowest
PIXELS_PER_INCH = 192.0
_DRAWING = """#set page(width: auto, height: auto, margin: 6pt, fill: white)
#set document(title: sys.inputs.title, date: none)
#set text(lang: "en")
#image(bytes(sys.inputs.svg), format: "svg", width: 480pt, alt: sys.inputs.alt)
"""


def as_pdf(report: Report) -> bytes:
    """The bytes of a PDF/UA-1 file with headings, tables, links to grounds and described charts."""
    template = files("winset.report").joinpath("templates", "report.typ").read_bytes()
    plain = _report(report)
    lacking = missing(json.dumps(plain, ensure_ascii=False))
    if lacking:
        plain["made"] += _runs(
            f" No font of this machine draws {len(lacking)} of its characters; they stand as code points."
        )
    return _laid_out(template, {"report": json.dumps(_drawable(plain, lacking))}, format="pdf", pdf_standards="ua-1")


def chart_pdf(chart: Chart) -> bytes:
    """One chart as a tagged PDF page of its own size."""
    return _laid_out(_DRAWING.encode(), _drawn(chart), format="pdf", pdf_standards="ua-1")


def chart_png(chart: Chart) -> bytes:
    """One chart as a PNG picture on white, 192 pixels an inch."""
    return _laid_out(_DRAWING.encode(), _drawn(chart), format="png", ppi=PIXELS_PER_INCH)


def _laid_out(template: bytes, inputs: dict[str, str], **settings: Any) -> bytes:
    import typst

    return bytes(typst.compile(template, sys_inputs=inputs, timestamp=0, **settings))


def _drawn(chart: Chart) -> dict[str, str]:
    plain = {"title": _one_line(chart.title), "alt": _alt(chart), "svg": _svg(chart)}
    return dict(_drawable(plain, missing("".join(plain.values()))))


def _drawable(value: Any, lacking: frozenset[str]) -> Any:
    """The same with characters that cannot be drawn as their code points: in runs set apart, elsewhere in the text."""
    if not lacking:
        return value
    if isinstance(value, dict):
        return {key: _drawable(one, lacking) for key, one in value.items()}
    if isinstance(value, list):
        return [part for one in value for part in (_parts(one, lacking) if _is_run(one) else [_drawable(one, lacking)])]
    if isinstance(value, str):
        return "".join(_code(one) if one in lacking else one for one in value)
    return value


def _is_run(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"text", "odd"}


def _parts(run: dict[str, Any], lacking: frozenset[str]) -> list[dict[str, Any]]:
    groups = groupby(run["text"], key=lambda one: one in lacking)
    return [
        part
        for odd, chars in groups
        for part in (
            [{"text": _code(one), "odd": True} for one in chars]
            if odd
            else [{"text": "".join(chars), "odd": run["odd"]}]
        )
    ]


def _code(one: str) -> str:
    return f"U+{ord(one):04X}"


def _svg(chart: Chart) -> str:
    return _safe(standalone(chart.svg, title=chart.title, description=chart.description))


def _alt(chart: Chart) -> str:
    return _one_line(f"{chart.title} {chart.reading} {chart.description}")[:LONGEST_ALT]


def _report(report: Report) -> dict[str, Any]:
    anchors = {name for source in report.sources for part in source.paragraphs for one in part for name in one.anchors}
    return {
        "title": _one_line(report.title),
        "short": _one_line(report.title)[:LONGEST_FOOT],
        "subtitle": _runs(report.subtitle),
        "made": _runs(report.made),
        "sections": [_section(section) for section in report.sections],
        "charts": [
            {"id": one.id, "title": _runs(one.title), "description": _runs(one.description), "data": _table(one.data)}
            for one in charts_of(report)
        ],
        "numbers": [note.number for note in report.notes],
        "anchors": sorted(anchors),
        "notes": [
            {"number": note.number, "pieces": [_piece(one, ()) for one in note.pieces], "leftward": _leftward(note.pieces), "voice": _runs(note.voice),
             "where": _runs(note.where), "anchor": note.anchor}
            for note in report.notes
        ],
        "sources": [
            {"title": _heading(source.title), "where": _runs(source.where), "sha256": source.sha256,
             "paragraphs": [
                 {"leftward": _leftward(part), "pieces": [_piece(one, one.anchors) for one in part]} for part in source.paragraphs
             ]}
            for source in report.sources
        ],
    }  # fmt: skip


def charts_of(report: Report) -> list[Chart]:
    """Every chart of a report, in the order of its sections."""
    found: list[Chart] = []
    for section in report.sections:
        _collect(section, found)
    return found


def _collect(section: Section, found: list[Chart]) -> None:
    for one in section.blocks:
        if isinstance(one, Section):
            _collect(one, found)
        elif isinstance(one, Chart):
            found.append(one)


def _section(section: Section) -> dict[str, Any]:
    blocks = [_section(one) if isinstance(one, Section) else _block(one) for one in section.blocks]
    return {"kind": "section", "title": _heading(section.title), "blocks": blocks}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "style": block.kind, "line": _line(block.line)}
        case Items():
            return {"kind": "items", "ordered": block.ordered, "lines": [_line(one) for one in block.lines]}
        case Table():
            return _table(block)
        case Chart():
            return {"kind": "chart", "id": block.id, "title": _runs(block.title), "reading": _runs(block.reading),
                    "svg": _svg(block), "alt": _alt(block)}  # fmt: skip
        case Record():
            sayings = [
                {"label": _runs(" · ".join((said.when, said.act, *said.remarks))), "words": _line(said.words),
                 "number": said.number, "leftward": _ends_leftward(said.words), "also": _runs(f" also in {', '.join(said.also)}") if said.also else []}
                for said in block.sayings
            ]  # fmt: skip
            return {"kind": "record", "speaker": _runs(block.speaker), "described": _runs(block.described),
                    "sayings": sayings}  # fmt: skip


def _table(table: Table) -> dict[str, Any]:
    rows = [[{"line": _line(c.line), "state": c.state, "changed": c.changed} for c in row] for row in table.rows]
    return {
        "kind": "table",
        "caption": _runs(table.caption),
        "head": [_runs(name) for name in table.head],
        "numeric": sorted(table.numeric),
        "rows": rows,
        "widths": _widths(table),
    }


def _widths(table: Table) -> list[float]:
    """Shares of the page's width: by the square root of what a column holds at most, within bounds."""
    longest = [len(name) for name in table.head]
    for row in table.rows:
        for at, cell in enumerate(row):
            longest[at] = max(
                longest[at], sum(len(getattr(one, "text", one if isinstance(one, str) else "12")) for one in cell.line)
            )
    shares = [max(float(size), 4.0) ** 0.5 for size in longest]
    return [min(share, LARGEST_SHARE * min(shares)) for share in shares]


def _line(line: Line) -> list[dict[str, Any]]:
    return [
        {**_inline(one), "leftward": _ends_leftward(line[:n])} if isinstance(one, Ref) else _inline(one)
        for n, one in enumerate(line)
    ]


def _leftward(pieces: Iterable[Piece]) -> bool:
    """Whether these run from right to left."""
    return direction("".join(one.text for one in pieces)) == "rtl"


def _ends_leftward(line: Line) -> bool:
    """Whether the last letter of a line runs from right to left: a number after it would stand in front of it."""
    text = "".join(one if isinstance(one, str) else getattr(one, "text", "") for one in line[-2:])
    return direction(next((one for one in reversed(text) if one.isalpha()), "")) == "rtl"


def _inline(one: Inline) -> dict[str, Any]:
    match one:
        case str():
            return {"kind": "text", "runs": _runs(one)}
        case Ref():
            return {"kind": "ref", "number": one.number}
        case Quote():
            language = one.language if len(one.language) == 2 and one.language.isalpha() else None
            return {
                "kind": "quote",
                "runs": _runs(one.text),
                "language": language,
                "leftward": direction(one.text) == "rtl",
            }
        case Strong():
            return {"kind": "strong", "runs": _runs(one.text)}
        case Faint():
            return {"kind": "faint", "runs": _runs(one.text)}


def _piece(piece: Piece, anchors: tuple[str, ...]) -> dict[str, Any]:
    return {"runs": _runs(piece.text), "roles": sorted(piece.roles), "anchors": list(anchors)}


def _one_line(text: str) -> str:
    """Text for a place that holds no marks: what cannot be seen as its code point."""
    return " ".join("".join(odd or run for run, odd in visible(_safe(text))).split()) or "untitled"


def _heading(text: str) -> list[dict[str, Any]]:
    return _runs(text if text.strip() else "untitled")


def _runs(text: str) -> list[dict[str, Any]]:
    return [{"text": _safe(odd or run), "odd": odd is not None} for run, odd in visible(text)]


def _safe(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
