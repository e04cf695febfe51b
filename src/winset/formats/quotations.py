"""The quotation table: one row a statement, with its document, voice, act and the words themselves."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from winset.domain.case import Case
from winset.domain.reviews import statement_target
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.errors import UsageError
from winset.formats.cells import guarded

LONGEST_CELL = 32_767  # characters that a cell of XLSX holds
NUMBERS = frozenset({"score", "start", "end"})
COLUMNS: dict[str, str] = {
    "id": "the statement",
    "document": "id of the document",
    "title": "of the document",
    "published": "day of the document, YYYY-MM-DD",
    "date": "first day that the statement is about or was made, where the text tells it",
    "speaker": "name, or description of a voice that is not named",
    "role": "of the speaker, in the source's words",
    "voice": "named, collective, anonymous, author, none",
    "standing": "official, diplomat, expert ...",
    "party": "for which the speaker speaks",
    "about": "the party whose aims somebody else describes",
    "act": "demand, offer, concession ...; all acts, the first one first, a blank between",
    "modality": "asserted, likely, possible, conditional, denied",
    "negated": "yes or no",
    "condition": "what it depends on",
    "kind": "direct, indirect, mixed",
    "issues": "ids of issues on which a judged position rests on it",
    "score": "how sure the reader was, 0 to 1",
    "review": "accept, correct, reject, skip; empty where nobody looked",
    "reviewer": "who",
    "by": "who or what read the statement",
    "start": "code point of the document at which its content begins",
    "end": "code point behind its end",
    "sha256": "of the document's bytes",
    "quotation": "the content, character for character; stretches apart are joined by ' … '",
}
"""Column -> what it holds: the data dictionary."""


def rows(case: Case) -> list[dict[str, str | float | int | None]]:
    """One row a statement, in the case's order; every column is there, None where nothing is known."""
    documents = {document.id: document for document in case.documents}
    reviews = {review.target: review for review in case.reviews}
    issues: dict[str, dict[str, None]] = {}
    for judgement in case.judgements:
        for ground in judgement.grounds:
            if ground.statement and judgement.issue:
                issues.setdefault(ground.statement, {})[judgement.issue] = None
    made = []
    for one in case.statements:
        review = reviews.get(statement_target(one.id))
        made.append({
            **_row(one, documents.get(one.doc)), "issues": " ".join(issues.get(one.id, ())) or None,
            "review": review.verdict if review else None, "reviewer": review.by if review else None,
        })  # fmt: skip
    return [{column: row[column] for column in COLUMNS} for row in made]


def _row(one: Statement, document: Document | None) -> dict[str, str | float | int | None]:
    text = document.text if document else ""
    voice = one.speaker
    return {
        "id": one.id, "document": one.doc, "title": document.title if document else None,
        "published": document.date.isoformat() if document and document.date else None,
        "date": one.date.start.isoformat() if one.date else None, "speaker": voice.name or voice.description,
        "role": voice.role, "voice": voice.kind, "standing": voice.standing, "party": voice.party, "about": one.about,
        "act": " ".join(one.acts), "modality": one.modality, "negated": "yes" if one.negated else "no",
        "condition": one.condition, "kind": one.kind, "score": one.score, "by": one.by,
        "start": one.content[0].start, "end": one.content[-1].end, "sha256": document.sha256 if document else None,
        "quotation": " … ".join(span.of(text) for span in one.content),
    }  # fmt: skip


def as_csv(case: Case, *, raw: bool = False) -> bytes:
    """The table as CSV; a text that a spreadsheet might run gets an apostrophe in front, unless `raw`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    safe: Callable[[str], str] = str if raw else guarded
    for row in rows(case):
        writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row.values()])
    return out.getvalue().encode("utf-8" if raw else "utf-8-sig", "replace")


def as_json(case: Case) -> bytes:
    """The table as one JSON object: what each column holds, then the rows."""
    value = {"columns": COLUMNS, "rows": rows(case)}
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def as_xlsx(case: Case) -> bytes:
    """The table as XLSX with the data dictionary on a second sheet: numbers as numbers, all else as text, no formula, no link.

    Raises UsageError where a text is longer than a cell can hold; the other forms hold it.
    """
    import xlsxwriter

    found = rows(case)
    for row in found:
        for column, cell in row.items():
            if isinstance(cell, str) and len(cell.encode("utf-16-le")) // 2 > LONGEST_CELL:
                raise UsageError(
                    f"{str(row['id'])[:60]}: its {column} is longer than the {LONGEST_CELL:,} characters of an XLSX cell;"
                    " use CSV or JSON"
                )
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a fixed time gives the same bytes
        _fill(book.add_worksheet("quotations"), [list(COLUMNS), *(list(row.values()) for row in found)])
        _fill(book.add_worksheet("columns"), [["column", "holds"], *([name, said] for name, said in COLUMNS.items())])
    return out.getvalue()


def _fill(sheet: Any, lines: Iterable[list[Any]]) -> None:
    sheet.freeze_panes(1, 0)
    for y, line in enumerate(lines):
        for x, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(y, x, cell)
            elif cell is not None:
                sheet.write_number(y, x, cell)


def as_parquet(case: Case) -> bytes:
    """The table as Parquet. Raises UsageError where pyarrow is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow; pip install winset[frames]") from None
    kinds = {"score": pyarrow.float64(), "start": pyarrow.int64(), "end": pyarrow.int64()}
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in COLUMNS])
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows(case), schema=schema), out)
    return out.getvalue()
