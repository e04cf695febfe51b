"""What statements are about where nobody has judged anything yet: the issues that the record suggests, with their statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from winset.services.aside import LARGE
from winset.store.casefile import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class OnIssue:
    """An issue that the record suggests, and the statements that the positions suggested on it rest on."""

    question: str
    statements: tuple[str, ...]


def on_issues(path: Path) -> dict[str, OnIssue]:
    """Issue id -> what the record says on it, as it was read, whatever was decided since."""
    from winset.services import drafting, sources  # load NumPy, which the first page need not wait for

    known, found = drafting.unreviewed(sources.load_case(path).with_(reviews=()))
    said: dict[str, dict[str, None]] = {}
    for one in found.judgements:
        if one.quantity == "position" and one.issue:
            said.setdefault(one.issue, {}).update(
                dict.fromkeys(ground.statement for ground in one.grounds if ground.statement)
            )
    return {
        issue.id: OnIssue(question=issue.question, statements=tuple(said[issue.id]))
        for issue in known.issues
        if said.get(issue.id)
    }


class IssuesOnRecord:
    """`on_issues` of one case, made once for each state of its record. May be asked by several threads at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._making = Lock()
        self._record: tuple[int, ...] | None = None
        self._found: Mapping[str, OnIssue] = {}

    def found(self) -> Mapping[str, OnIssue]:
        """Nothing where the case has issues of its own, nor where its record is too large to be read while a page waits."""
        with CaseFile.open(self._path) as file:
            counts = file.counts()
        if counts["issues"] or counts["statements"] > LARGE:
            return {}
        record = (self._path.stat().st_ino, counts["documents"], counts["statements"])
        with self._making:
            if record != self._record:
                self._found, self._record = on_issues(self._path), record
            return self._found
