"""The whole error family.

    WinsetError
    ├── UsageError            the question itself cannot be asked so           exit 2
    ├── CaseError             a case file or a record in it is damaged         exit 4
    │   ├── StoreError        the file cannot be opened, read or written       exit 5
    │   └── ConflictError     someone else changed the same thing first        exit 1
    ├── ReadingError          one document failed; the corpus goes on          exit 6
    │   └── LimitExceeded     ... because a stated limit was hit               exit 6
    ├── FormatError           a file of another tool cannot be understood      exit 1
    ├── FormulationError      the case does not hold what the method needs     exit 1
    ├── ModelError            the inputs do not allow an answer                exit 1
    │   ├── TooLarge          ... within memory or time; says the size needed  exit 1
    │   └── NoBargainingZone  nothing is acceptable to all: itself a finding   exit 0
    └── ResourceError         a packaged file is missing or altered            exit 1
        └── ClusterLost       machines that were to help do not answer         exit 5

A message names the thing, the value seen and the way out. Models raise, services decide, cli and web translate.
"""

from typing import Any


class WinsetError(Exception):
    """Root of everything raised on purpose; catching it is supported."""

    exit_code = 1


class UsageError(WinsetError):
    """The arguments do not make a question: an unknown name, an option that needs another."""

    exit_code = 2


class CaseError(WinsetError):
    """A case file, or a record in it, breaks a rule of the case."""

    exit_code = 4


class StoreError(CaseError):
    """The disk or the file system refused: full, read-only, locked, gone."""

    exit_code = 5


class ConflictError(CaseError):
    """The record was changed by somebody else since it was read: `now` is what stands there, None for nothing, at
    `version`."""

    exit_code = 1

    def __init__(self, message: str, now: Any = None, version: int = 0) -> None:
        super().__init__(message)
        self.now = now
        self.version = version


class ReadingError(WinsetError):
    """One document failed; the corpus goes on."""

    exit_code = 6


class LimitExceeded(ReadingError):
    """One document hit a stated limit; `limit` names it as in `docs/reference/limits.md`."""

    def __init__(self, message: str, *, limit: str) -> None:
        super().__init__(message)
        self.limit = limit


class FormatError(WinsetError):
    """A file of another tool cannot be understood; the message names file, place, value and way out."""


class FormulationError(WinsetError):
    """The case does not hold what a method needs, and nobody has judged it."""


class ModelError(WinsetError):
    """The inputs do not allow an answer."""


class TooLarge(ModelError):
    """The problem needs more memory or time than allowed; the message says how much."""


class NoBargainingZone(ModelError):
    """No outcome reaches everybody's reservation value: itself a finding."""

    exit_code = 0


class ResourceError(WinsetError):
    """A packaged file (lexicon, weights, example) is missing or does not match its hash."""


class ClusterLost(ResourceError):
    """A cluster cannot be reached, has no worker, or vanished; what was done until then is kept and named."""

    exit_code = 5
