"""Finding and opening what a person names: files, folders, standard input; nothing else is ever opened."""

import glob
import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from winset.errors import LimitExceeded, ReadingError
from winset.reading.limits import Limits, in_words

Note = Callable[[str], None]
_KINDS = (
    (stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a named pipe"), (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to read: `file` as given (None for standard input), whether a link may lead to it, and what to call it
    where the file lies under another name than the user knows."""

    file: str | None
    follow: bool = True
    named: str | None = None

    @property
    def shown(self) -> str | None:
        """The name as text that any terminal and file can hold."""
        known = self.named or self.file
        return os.fsencode(known).decode("utf-8", "replace") if known is not None else None

    @property
    def stem(self) -> str:
        if self.shown is None:
            return "stdin"
        stem = Path(self.shown).stem
        return stem if stem.strip() else "document"

    def bytes(self, limits: Limits) -> bytes:
        """All of it. Raises ReadingError where it cannot be opened or is no file, LimitExceeded if too large."""
        if self.file is None:
            data = sys.stdin.buffer.read(limits.file_bytes + 1)
            return _sized(data, len(data), limits)
        with self.opened() as opened:
            size = os.fstat(opened.fileno()).st_size
            if size > limits.file_bytes:
                return _sized(b"", size, limits)
            try:
                data = opened.read(limits.file_bytes + 1)
            except OSError as error:
                raise ReadingError(f"cannot be read: {_why(error)}") from None
        return _sized(data, len(data), limits)

    def opened(self) -> BinaryIO:
        """The regular file itself. Raises ReadingError where it cannot be opened or is no file."""
        assert self.file is not None
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | (0 if self.follow else os.O_NOFOLLOW)
        try:
            descriptor = os.open(self.file, flags)
        except (OSError, ValueError) as error:
            raise ReadingError(f"cannot be opened: {_why(error)}") from None
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            os.close(descriptor)
            raise ReadingError(f"not a file but {_kind(mode)}")
        return os.fdopen(descriptor, "rb")


def sources(names: tuple[str, ...], note: Note) -> Iterator[Source]:
    """What is behind each name, in the order given: a file itself, a folder's files by name, `-` standard input.

    A pattern such as `articles/*.txt` that no shell has replaced names the files that it fits. In a folder, hidden files,
    links, things that are no files, cases and briefs that winset made are passed over; `note` is told of all but the hidden.
    """
    for name in names:
        if name == "-":
            yield Source(file=None)
        elif os.path.isdir(name):
            yield from _folder(name, note)
        elif not os.path.lexists(name) and glob.has_magic(name):
            found = sorted(glob.glob(name, recursive=True))
            yield from sources(tuple(found), note) if found else (Source(file=name),)
        else:
            yield Source(file=name)


def _folder(top: str, note: Note) -> Iterator[Source]:
    for folder, inner, files in os.walk(top, followlinks=False, onerror=lambda error: note(f"passed over: {error}")):
        inner[:] = sorted(name for name in inner if not name.startswith(".") and not name.endswith(".winset.backups"))
        for name in [name for name in inner if os.path.islink(os.path.join(folder, name))]:
            note(f"{_text(os.path.join(folder, name))}: a link to a folder, passed over")
        for name in sorted(files):
            path = os.path.join(folder, name)
            if name.startswith("."):
                continue
            try:
                mode = os.lstat(path).st_mode
            except OSError as error:
                note(f"{_text(path)}: passed over: {_why(error)}")
                continue
            if stat.S_ISREG(mode) and (own := _own(path)):
                note(f"{_text(path)}: {own}, passed over; name it by itself to use it")
            elif stat.S_ISREG(mode):
                yield Source(file=path, follow=False)
            elif stat.S_ISLNK(mode):
                inside = os.path.realpath(path).startswith(os.path.realpath(top) + os.sep)
                where = "within the folder, read where it stands" if inside else "that leaves the folder"
                note(f"{_text(path)}: a link {where}, passed over")
            else:
                note(f"{_text(path)}: {_kind(mode)}, passed over")


def _own(path: str) -> str | None:
    """What winset itself wrote there, in words: no article, though it lies among articles; None for anything else."""
    ending = os.path.splitext(path)[1].lower()
    if ending == ".winset":
        return "a case"
    if ending in _MADE:
        try:
            with open(path, "rb") as file:
                return "a brief that winset made" if _MADE[ending] in file.read(_HEAD) else None
        except OSError:
            return None
    return None


_HEAD = 4096
_MADE = {".html": b'<meta name="generator" content="winset">', ".md": b"\n*Made by winset "}
"""Ending -> what a brief holds near its beginning."""


class Ids:
    """Document ids: the stem, then `stem-2`, `stem-3` where it repeats."""

    def __init__(self, taken: set[str] | None = None) -> None:
        self._taken = set(taken or ())
        self._next: dict[str, int] = {}

    def take(self, stem: str) -> str:
        """An id that nobody has had."""
        chosen, number = stem, self._next.get(stem, 2)
        while chosen in self._taken:
            chosen, number = f"{stem}-{number}", number + 1
        self._next[stem] = number
        self._taken.add(chosen)
        return chosen


def _sized(data: bytes, size: int, limits: Limits) -> bytes:
    if size > limits.file_bytes:
        raise LimitExceeded(
            f"larger than {in_words(limits.file_bytes)}; raise the limit with --limit file-bytes=N", limit="file-bytes"
        )
    return data


def _kind(mode: int) -> str:
    return next((words for test, words in _KINDS if test(mode)), "something else")


def _why(error: OSError | ValueError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _text(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "replace")
