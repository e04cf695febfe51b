"""One use case a function on a case file: new, show, undo, redo, history, export, import, restore, doctor."""

import getpass
import os
import secrets
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.cases import SCHEMA
from winset.domain.text import Document
from winset.errors import CaseError, StoreError, UsageError
from winset.report.history import in_words
from winset.services.sources import HEAD, is_case_file, is_text_form, load_case, read_bytes
from winset.store import backups
from winset.store.casefile import CaseFile
from winset.store.connection import backups as backup_files
from winset.store.connection import discard, refused, sync_folder, sync_remark
from winset.store.operations import Operation
from winset.store.salvage import salvage
from winset.store.textform import dump

_STATES = {0: "in force", 1: "undone", 2: "overtaken", None: None}
LONGEST_MARK = 200
TEXT_FORM, ORIGINALS = "case.json", "originals"  # what a case written as a folder holds
_LARGEST_TABLE = 64 << 20
_SAFE_ROLLBACK_ONLY = "rollback journal: not touched by the WAL-reset fault of SQLite 3.7.0 to 3.51.2"


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def author() -> str:
    """Who is at the keyboard: WINSET_AUTHOR, else the login name."""
    try:
        return os.environ.get("WINSET_AUTHOR") or getpass.getuser()
    except (OSError, KeyError):
        return "analyst"


def new(path: Path, title: str | None = None) -> dict[str, Any]:
    """Makes an empty case. Raises StoreError where the name is taken."""
    with CaseFile.create(path, title=title or path.stem, at=now(), author=author()) as file:
        return {"case": str(path), "title": file.head()["title"], "remark": sync_remark(path)}


def show(path: Path) -> dict[str, Any]:
    """What a case holds, in numbers, and its last operation."""
    with CaseFile.open(path) as file:
        last = file.history(1)
        head = file.head()
        return {
            "case": str(path),
            "title": head["title"],
            "as_of": head["as_of"],
            "counts": file.counts(),
            "last_operation": as_json(last[0]) if last else None,
            "codebook": {"id": book["id"], "title": book.get("title"), "issues": len(book.get("issues") or ())}
            if (book := head.get("codebook"))
            else None,
            "remark": sync_remark(path),
        }


def made(path: Path) -> str:
    """What tells this case from every other, whatever its file is called: when and by whom it was made."""
    with CaseFile.open(path) as file:
        return file.made()


def undo(path: Path, steps: int = 1) -> list[Operation]:
    """Takes back the last `steps` operations in force; those taken back, latest first."""
    with CaseFile.open(path, at=now()) as file:
        done = (file.undo(at=now(), author=author()) for _ in range(steps))
        return [operation for operation in done if operation is not None]


def mark(path: Path, name: str) -> dict[str, Any]:
    """Gives the present state of a case a name, to go back to. Raises UsageError for an empty or overlong name."""
    if not 0 < len(name.strip()) <= LONGEST_MARK:
        raise UsageError(f"an undo point's name has 1 to {LONGEST_MARK} characters, not {len(name.strip())}")
    with CaseFile.open(path, at=now()) as file:
        file.mark(name.strip(), at=now(), author=author())
    return {"case": str(path), "mark": name.strip()}


def marks(path: Path) -> list[str]:
    """The names of the undo points, the newest first."""
    with CaseFile.open(path) as file:
        return file.marks()


def back_to(path: Path, name: str) -> list[Operation]:
    """Goes to a named undo point; the operations taken back or repeated. Raises UsageError where it cannot."""
    with CaseFile.open(path, at=now()) as file:
        return file.back_to(name.strip(), at=now(), author=author())


def redo(path: Path, steps: int = 1) -> list[Operation]:
    """Repeats the last `steps` operations undone; those repeated, in order."""
    with CaseFile.open(path, at=now()) as file:
        done = (file.redo(at=now(), author=author()) for _ in range(steps))
        return [operation for operation in done if operation is not None]


def history(path: Path, limit: int | None = None) -> list[dict[str, Any]]:
    """The log, newest first, each line with what it did in words."""
    with CaseFile.open(path) as file:
        lines = [as_json(operation) for operation in file.history(limit)]
        ledger = file.keyed("forecasts") if any(line["kind"] == "seal" for line in lines) else []
    sealed = {str(entry.get("seal")): entry for _, _, entry in ledger}
    return [line | {"words": in_words(line["kind"], line["label"], sealed)} for line in lines]


def as_json(operation: Operation) -> dict[str, Any]:
    """One line of the log as plain JSON values."""
    return {
        "id": operation.id,
        "at": operation.at.isoformat(),
        "author": operation.author,
        "kind": operation.kind,
        "label": operation.label,
        "about": operation.about,
        "state": _STATES[operation.state],
    }


def export(path: Path, format: str, *, raw: bool = False) -> bytes:
    """The case in another form; `raw` leaves texts in CSV without the guard against formulas.

    Raises UsageError, naming the forms there are.
    """
    from winset.services.exporting import EXPORTERS, FOLDERS

    if format not in EXPORTERS:
        raise UsageError(f"no export format {format!r}; there are {', '.join([*EXPORTERS, *FOLDERS])}")
    return EXPORTERS[format](load_case(path), raw)


def is_json(format: str) -> bool:
    """Whether the form is one JSON value."""
    from winset.services.exporting import EXPORTERS, IN_JSON

    return format in IN_JSON or format not in EXPORTERS


def export_notes(path: Path, target: Path) -> dict[str, Any]:
    """The case as a folder of Markdown notes, whole or not at all. Raises StoreError as `export_folder`."""
    from winset.formats.notes import as_notes

    notes = as_notes(load_case(path))
    with _whole_folder(target) as part:
        for name, text in notes.items():
            (part / name).parent.mkdir(exist_ok=True)
            (part / name).write_text(text, encoding="utf-8", errors="replace", newline="")
    return {"case": str(path), "format": "notes", "file": str(target), "notes": len(notes)}


def export_folder(path: Path, target: Path) -> dict[str, Any]:
    """The case as a folder: `case.json` and in `originals/` the bytes of every source as they came.

    It is there whole or not at all. Raises StoreError where the name is taken or the disk refuses.
    """
    kept = 0
    with _whole_folder(target) as part, CaseFile.open(path) as file:
        case = file.case()
        (part / TEXT_FORM).write_bytes(dump(case).encode())
        (part / ORIGINALS).mkdir()
        for document in case.documents:
            data = file.original(document.sha256)
            if data is not None:
                (part / ORIGINALS / _file_name(document)).write_bytes(data)
                kept += 1
    return {"case": str(path), "format": "folder", "file": str(target), "originals": kept}


@contextmanager
def _whole_folder(target: Path) -> Iterator[Path]:
    """A folder to write to that becomes `target` when all went well, and is gone otherwise. Raises StoreError."""
    if target.exists() or target.is_symlink():
        raise StoreError(f"{target} is there already; choose another name")
    part = _part_of(target)
    try:
        part.mkdir()
    except OSError as error:
        raise refused(target, error) from None
    try:
        yield part
        part.replace(target)
        try:
            sync_folder(target.absolute().parent)
        except OSError:
            shutil.rmtree(target, ignore_errors=True)
            raise
    except OSError as error:
        raise refused(target, error) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _file_name(document: Document) -> str:
    """A name that is safe on any system, ends as the source's did and is the document's own by its hash."""
    stem = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in document.id)[:60]
    ending = Path(document.file or "").suffix
    safe = ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= 8 else ""
    return f"{stem}-{document.sha256[:12]}{safe}"


def _folder_originals(source: Path) -> Iterator[bytes]:
    """The files beside a text form, by `export_folder`; links and anything else are passed over."""
    folder = source / ORIGINALS
    for one in sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else ():
        if one.is_file() and not one.is_symlink():
            yield read_bytes(one)


@contextmanager
def whole_or_not_at_all(path: Path, title: str) -> Iterator[None]:
    """A new case at `path` for as long as it is being filled; where that fails it is taken away again."""
    CaseFile.create(path, title=title, at=now(), author=author()).close()
    try:
        yield
    except BaseException:
        discard(path)
        raise


def recover(path: Path, target: Path) -> dict[str, Any]:
    """What can still be read of a damaged case, as a new case at `target`; the damaged one is not touched.

    Raises CaseError where nothing can be read, StoreError where `target` is there already.
    """
    left = salvage(path)
    with whole_or_not_at_all(target, left.case.title), CaseFile.open(target, at=now()) as file:
        file.replace(left.case, at=now(), author=author(), label=f"recovered from {path.name}")
        originals = file.keep_originals(left.originals.values(), at=now())
        return {
            "case": str(path), "recovered": str(target), "counts": file.counts(), "originals": originals,
            "lost": [f"{kind} {key}" for kind, key in left.lost], "whole_log": left.whole_log,
        }  # fmt: skip


def write_whole(target: Path, data: bytes, *, force: bool = False) -> None:
    """Writes a file that is there whole or not at all; folders that are missing are made.

    Raises StoreError on a link or where the disk refuses, UsageError where a case lies there: nothing else takes its place.
    """
    if target.is_symlink() and not force:
        raise StoreError(f"{target} is a link; name the file itself, or give --force")
    target = target.resolve()
    if is_case_file(target) or (is_text_form(target) and SCHEMA.encode() not in data[:HEAD]):
        raise UsageError(f"{target} is a case; give another name, so that it stays")
    part = _part_of(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:  # open to whom the user's other files are, unlike a case
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise refused(target, error, needed=len(data)) from None


def _part_of(target: Path) -> Path:
    """A name beside `target` for what is not finished."""
    return target.absolute().with_name(f".winset-{secrets.token_hex(6)}.part")


def import_case(path: Path, source: Path) -> dict[str, Any]:
    """Brings `source` into the case at `path` (new where absent), as one operation that can be undone.

    A text form or a case file: the case becomes equal to it; a case file from somebody else is read record by record,
    never adopted. A positions table (`.csv`, `.xlsx`): its judgements are added.
    """
    remarks: list[str] = []
    made = not path.exists()
    folder = source if source.is_dir() else None
    if folder is not None:
        source = folder / TEXT_FORM
        if not source.is_file():
            raise UsageError(f"{folder} holds no {TEXT_FORM}; give a folder that `winset export --format folder` wrote")
    before = Case(title=source.stem) if made else None
    if source.suffix.lower() in (".csv", ".xlsx"):
        case = _with_table(before or load_case(path), source)
    elif source.suffix.lower() in (".qdpx", ".jsonld"):
        from winset.services.exporting import with_project

        case = with_project(before or load_case(path), source, remarks, made)
    else:
        case = load_case(source, remarks)
    new_case = whole_or_not_at_all(path, case.title) if made else nullcontext()
    with new_case, CaseFile.open(path, at=now()) as file:
        if not made:
            file.back_up(now())
        file.replace(case, at=now(), author=author(), label=f"imported {(folder or source).name}")
        if folder is not None:
            file.keep_originals(_folder_originals(folder), at=now())
        return {"case": str(path), "new": made, "counts": file.counts(), "remarks": remarks}


def _with_table(case: Case, source: Path) -> Case:
    from winset.formats.positions_table import case_with, read_csv, read_xlsx, told_once

    read = read_xlsx if source.suffix.lower() == ".xlsx" else read_csv
    rows = told_once(read(read_bytes(source, _LARGEST_TABLE), source.name), source.name, notes_differ=True)
    return case_with(case, rows, by=author(), name=source.name)


def restore(path: Path, backup: Path | None = None) -> dict[str, Any]:
    """Gets a backup back; the file that was there is kept beside it."""
    used, aside = backups.restore(path, backup, now())
    return {"case": str(path), "backup": str(used), "kept_as": str(aside) if aside else None}


def doctor(path: Path | None = None) -> dict[str, Any]:
    """The health of this installation and, with a path, of one case: `ok`, and what was found."""
    environment = {
        "python": sys.version.split()[0],
        "sqlite": sqlite3.sqlite_version,
        "journal": f"DELETE; {_SAFE_ROLLBACK_ONLY}",
        "fts5": _has_fts5(),
    }
    report: dict[str, Any] = {"ok": bool(environment["fts5"]), "environment": environment, "case": None}
    if path is not None:
        report["case"] = _examine(path)
        report["ok"] = report["ok"] and not report["case"]["problems"]
    return report


def _examine(path: Path) -> dict[str, Any]:
    problems: list[str] = []
    found = backup_files(path)
    sound = [one.name for one in found if backups.sound(one)]
    problems += [f"backup {one.name} is damaged; remove it" for one in found if one.name not in sound]
    with CaseFile.open(path) as file:
        problems += file.problems()
        if not problems:
            for sha256 in file.originals():
                try:
                    file.original(sha256)
                except CaseError as error:
                    problems.append(str(error))
            file.case()
        counts = file.counts()
    return {
        "path": str(path),
        "problems": problems,
        "counts": counts,
        "backups": sound,
        "remark": sync_remark(path),
    }


def _has_fts5() -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5 (text)")
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return True
