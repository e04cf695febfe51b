"""Opening a case file safely, and what SQLite's refusals mean."""

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from winset.errors import CaseError, StoreError, WinsetError

MAGIC = b"SQLite format 3\x00"
BUSY_SECONDS = 30.0
_CHECK_SECONDS = 8.0

SYNCED = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud", "owncloud",
          "syncthing", "pcloud", "box sync", "seafile")  # fmt: skip
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What a file system says that gives a file one name only."""


def connect(path: Path) -> sqlite3.Connection:
    """A connection that trusts nothing in the file and loses nothing of what it acknowledges.

    Transactions are begun by hand. Raises StoreError where the file cannot be opened, CaseError where it is no
    SQLite file.
    """
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except FileNotFoundError:
        raise StoreError(f"{path} does not exist; make a case with: winset new {path}") from None
    except IsADirectoryError:
        raise StoreError(f"{path} is a folder; give the case file in it") from None
    except OSError as error:
        raise StoreError(f"{path} cannot be opened: {error.strerror or error}") from None
    if not head:
        raise CaseError(f"{path} is empty; make a case with: winset new CASE.winset{hint_at_backups(path)}")
    if head != MAGIC:
        raise CaseError(f"{path} is not a case file (it does not begin like one){hint_at_backups(path)}")
    with translated(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            prepare(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """The settings of every connection to a case."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def bounded(connection: sqlite3.Connection, seconds: float = _CHECK_SECONDS) -> Iterator[None]:
    """Stops whatever SQLite does inside after `seconds`: a hostile file must not hang us."""
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: int(time.monotonic() > end), 10_000)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns what SQLite raises into StoreError (the disk) or CaseError (the file), with the way out."""
    try:
        yield
    except WinsetError:
        raise
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise StoreError(
                f"{path}: the disk is full ({_room(path)}); make room and repeat; nothing was lost"
            ) from None
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreError(f"{path}: another program has been writing for {BUSY_SECONDS:g} s; try again") from None
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH):
            raise StoreError(
                f"{path}: cannot be written here ({error}); it and its folder must be writable for you"
            ) from None
        if code == sqlite3.SQLITE_IOERR:
            raise StoreError(f"{path}: the disk reported an error ({error}; {_room(path)})") from None
        raise CaseError(f"{path} is damaged ({error}){hint_at_backups(path)}") from None
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, OverflowError) as error:
        raise CaseError(f"{path} is damaged ({type(error).__name__}: {error}){hint_at_backups(path)}") from None
    except OSError as error:
        raise refused(path, error) from None


def refused(path: Path, error: OSError, *, needed: int | None = None) -> StoreError:
    """What to say where the system would not write `path`: what happened, on which disk, and the way out.

    `needed` is how many bytes were to be written, where that is known.
    """
    why = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        what = "the disk is full" if error.errno == errno.ENOSPC else "your share of the disk is used up"
        return StoreError(f"{path}: {what} ({_room(path, needed)}); make room and repeat; nothing was lost")
    if error.errno == errno.EIO:
        return StoreError(
            f"{path}: the disk reported an error ({why}; {_room(path, needed)}); copy the folder elsewhere"
        )
    return StoreError(f"{path} cannot be written: {why}; it and its folder must be writable for you")


def backup_folder(path: Path) -> Path:
    """Where the backups of a case lie."""
    return path.with_name(path.name + ".backups")


def backups(path: Path) -> list[Path]:
    """The backups of a case, oldest first."""
    return sorted(backup_folder(path).glob("*.winset"))


def publish(new: Path, path: Path) -> None:
    """Gives a finished file its name, never in the place of another. Raises FileExistsError where it is taken."""
    try:
        os.link(new, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if path.exists():  # a file system without second names (FAT): the name is looked at first
            raise FileExistsError(errno.EEXIST, "is there already", str(path)) from None
        new.replace(path)


def discard(path: Path) -> None:
    """Takes away a case that was never whole, with its journal and backups."""
    for part in (path, path.with_name(path.name + "-journal")):
        with suppress(OSError):
            part.unlink(missing_ok=True)
    shutil.rmtree(backup_folder(path), ignore_errors=True)


def hint_at_backups(path: Path) -> str:
    """What to say about backups after "is damaged"."""
    found = backups(path)
    return f"; the last backup is {found[-1].name}, get it back with: winset restore {path}" if found else ""


def sync_remark(path: Path) -> str | None:
    """A warning where the case lies in a folder that a sync service copies while it is written."""
    for part in path.absolute().parts:
        if any(part.casefold().startswith(name) for name in SYNCED):
            danger = "it can be copied half-written; keep the case elsewhere"
            return f"{path} lies in {part!r}, a synchronised folder: {danger}"
    return None


def sync_folder(folder: Path) -> None:
    """Makes a rename in `folder` last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _room(path: Path, needed: int | None = None) -> str:
    folder = path.absolute().parent
    try:
        free = shutil.disk_usage(folder).free
        size = path.stat().st_size if path.exists() else 0
    except OSError:
        return "its free space is unknown"
    return f"{free:,} bytes free in {folder}; about {needed or max(2 * size, 1 << 20):,} are needed"
