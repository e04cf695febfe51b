"""The forms in which a case leaves, and those that bring documents and statements back into one."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from winset.domain.case import Case
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.formats import annotations, positions_table, quotations, references
from winset.formats.qdpx import read_qdpx, write_qdpx
from winset.services.sources import read_bytes
from winset.store.textform import dump

LARGEST_PROJECT = 512 << 20
FOLDERS = ("folder", "notes")
"""Forms of several files, which need a name to be written to."""

EXPORTERS: dict[str, Callable[[Case, bool], bytes]] = {
    "json": lambda case, raw: dump(case).encode(),
    "csv": lambda case, raw: positions_table.write_csv(case, raw=raw),
    "xlsx": lambda case, raw: positions_table.write_xlsx(case),
    "quotations.csv": lambda case, raw: quotations.as_csv(case, raw=raw),
    "quotations.xlsx": lambda case, raw: quotations.as_xlsx(case),
    "quotations.json": lambda case, raw: quotations.as_json(case),
    "quotations.parquet": lambda case, raw: quotations.as_parquet(case),
    "qdpx": lambda case, raw: write_qdpx(case),
    "jsonld": lambda case, raw: annotations.as_annotations(case),
    "ris": lambda case, raw: references.as_ris(case),
    "bibtex": lambda case, raw: references.as_bibtex(case),
    "csl": lambda case, raw: references.as_csl(case),
}
"""format -> (case, raw) -> the file's bytes."""

IN_JSON = ("json", "quotations.json", "jsonld", "csl")
"""Forms that are one JSON value."""


def with_project(case: Case, source: Path, remarks: list[str], new: bool) -> Case:
    """The case with the documents and statements of a REFI-QDA project (`.qdpx`) or a page of annotations (`.jsonld`).

    What it holds already stays; what could not be taken over is told in `remarks`. Raises FormatError.
    """
    data = read_bytes(source, LARGEST_PROJECT)
    if source.suffix.lower() == ".jsonld":
        statements, orphans = annotations.read_annotations(data, case.documents, source.name)
        remarks += orphans
        return joined(case, (), statements, remarks)
    project = read_qdpx(data, source.name)
    remarks += project.remarks
    made = joined(case, project.documents, project.statements, remarks)
    return replace(made, title=project.name) if new else made


def joined(case: Case, documents: Iterable[Document], statements: Iterable[Statement], remarks: list[str]) -> Case:
    """The case with more documents and statements: a document it holds (by its hash) is not doubled, one whose id is taken gets
    another, with its statements; a statement whose id is taken by another reading gets the next free number."""
    held = list(case.documents)
    by_hash = {one.sha256: one.id for one in held}
    ids = {one.id for one in held}
    as_id: dict[str, str] = {one.id: one.id for one in held}
    for one in documents:
        if one.sha256 in by_hash:
            as_id[one.id] = by_hash[one.sha256]
            continue
        id, n = one.id, 2
        while id in ids:
            id, n = f"{one.id}-{n}", n + 1
        as_id[one.id], by_hash[one.sha256] = id, id
        ids.add(id)
        held.append(replace(one, id=id))
    there = {one.id: one for one in case.statements}
    for said in statements:
        doc = as_id[said.doc]
        number = said.id.rpartition("#")[2]
        within = said.within and f"{doc}#{said.within.rpartition('#')[2]}"
        moved = replace(said, doc=doc, id=f"{doc}#{number}", within=within)
        if there.get(moved.id) == moved:
            continue
        n = len(there) + 1
        while moved.id in there:
            moved, n = replace(moved, id=f"{doc}#{n}"), n + 1
        if moved.id != f"{doc}#{number}":
            remarks.append(f"{said.id}: another reading has this id; added as {moved.id}")
        there[moved.id] = moved
    return replace(case, documents=tuple(held), statements=tuple(there.values()))
