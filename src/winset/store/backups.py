"""Rolling copies of a case, each opened and checked, and getting one back."""

import os
import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from winset.errors import CaseError, StoreError
from winset.store.connection import backup_folder, backups, bounded, connect, discard, sync_folder, translated
from winset.store.schema import verify

KEPT = 10
EVERY = timedelta(minutes=15)
_STEM = "%Y%m%dT%H%M%S.%f"


def back_up(connection: sqlite3.Connection, path: Path, at: datetime) -> Path:
    """A copy of the open case in `CASE.winset.backups/`, checked; the oldest beyond ten are removed."""
    folder = backup_folder(path)
    folder.mkdir(exist_ok=True)
    stem = at.strftime(_STEM)
    target, unchecked = folder / f"{stem}.winset", folder / f".{stem}.{os.getpid()}.part"
    discard(unchecked)
    try:
        copy = sqlite3.connect(unchecked, isolation_level=None)
        try:
            connection.backup(copy)
            found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise CaseError(f"{path}: a backup could not be made, the case is damaged ({found})")
        finally:
            copy.close()
        _flush(unchecked)
        unchecked.replace(target)
        sync_folder(folder)
    finally:
        discard(unchecked)
    for old in backups(path)[:-KEPT]:
        old.unlink(missing_ok=True)
    return target


def due(path: Path, at: datetime) -> bool:
    """Whether the newest backup is older than `EVERY`, or there is none."""
    found = backups(path)
    return not found or found[-1].stem < (at - EVERY).strftime(_STEM)


def sound(path: Path) -> bool:
    """Whether a backup opens as a case and passes SQLite's quick check."""
    try:
        connection = connect(path)
    except CaseError:
        return False
    try:
        with translated(path), bounded(connection):
            verify(connection)
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except CaseError:
        return False
    finally:
        connection.close()


def restore(path: Path, backup: Path | None, at: datetime) -> tuple[Path, Path | None]:
    """Puts a backup (the newest sound one by default) in the place of the case; it and where the old file went.

    The present file is never thrown away: it is kept beside the case as `CASE.before-restore-TIME`. Raises
    StoreError where there is no sound backup.
    """
    if backup is None:
        backup = next((one for one in reversed(backups(path)) if sound(one)), None)
        if backup is None:
            raise StoreError(f"{backup_folder(path)} holds no sound backup of {path}")
    elif not sound(backup):
        raise CaseError(f"{backup} is not a sound case; choose another of {backup_folder(path)}")
    new = path.with_name(f".{path.name}.{os.getpid()}.restored")
    aside = path.with_name(f"{path.name}.before-restore-{at.strftime(_STEM)}") if path.exists() else None
    with translated(path):
        try:
            _copy(backup, new)
            if aside is not None:
                journal, kept = path.with_name(path.name + "-journal"), aside.with_name(aside.name + "-journal")
                if journal.exists():
                    journal.replace(kept)
                with suppress(OSError):  # so that the name of the case is never without a file, where that can be had
                    os.link(path, aside)
                if not aside.exists():
                    path.replace(aside)
            new.replace(path)
        finally:
            discard(new)
        sync_folder(path.absolute().parent)
    return backup, aside


def _copy(backup: Path, new: Path) -> None:
    source = connect(backup)
    try:
        copy = sqlite3.connect(new, isolation_level=None)
        try:
            source.backup(copy)
        finally:
            copy.close()
    finally:
        source.close()
    _flush(new)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
