"""Documents into a case: read, extracted and stored, a batch an operation, so that it can be cut off and repeated."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from winset.domain.plain.actors import party_from
from winset.domain.plain.fields import Fields
from winset.language.annotation import Annotator
from winset.reading.limits import Limits
from winset.services.cases import author, now
from winset.services.extraction import Read, read_statements
from winset.services.files import Source
from winset.services.reading import SetAside, Taken, read_sources
from winset.store.casefile import CaseFile

BATCH = 200  # documents that are committed together
BATCH_BYTES = 64 * 2**20  # of originals held before they are committed


@dataclass(slots=True)
class Added:
    """What came of it: ids of new documents, how many the case held already, new statements, what was set aside."""

    documents: list[str] = field(default_factory=list)
    already: int = 0
    statements: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)  # of the new ones
    ahead: list[str] = field(default_factory=list)  # of the new ones, those dated after today

    def as_json(self) -> dict[str, Any]:
        return {
            "added": self.documents,
            "already": self.already,
            "statements": self.statements,
            "undated": self.undated,
            "ahead": self.ahead,
            "set_aside": [
                {"doc": one.doc, "file": one.file, "error": {"reason": one.reason, "limit": one.limit}}
                for one in self.set_aside
            ],
        }


def add(
    case: Path,
    given: Iterable[Source],
    annotator: Annotator | None,
    *,
    limits: Limits | None = None,
    charset: str | None = None,
    progress: Callable[[int], None] = lambda done: None,
    keep: Callable[[], bool] = lambda: True,
) -> Added:
    """Reads each source and keeps it in the case with its statements.

    A document that the case holds already (by the SHA-256 of its bytes) is passed over, so a repeated call, also after
    one that was cut off, ends with the same case. `progress` hears how many sources are done; `keep` is asked before each
    batch is written, and one that it does not want is dropped. Raises StoreError.
    """
    done = Added()
    waiting: list[Read] = []
    with CaseFile.open(case, at=now()) as file:

        def commit() -> None:
            if waiting and not keep():
                waiting.clear()
            if waiting:
                batch = [(one.document, one.data, one.statements) for one in waiting]
                new = file.add_documents(batch, at=now(), author=author())
                done.documents += new
                today = now().date().isoformat()
                for id, body in file.named("documents", new).items():
                    if body["date"] is None:
                        done.undated.append(id)
                    elif body["date"] > today:
                        done.ahead.append(id)
                done.already += len(waiting) - len(new)
                waiting.clear()

        parties = tuple(party_from(Fields(one)) for one in file.page("parties", count=10_000))
        before = file.counts().get("statements", 0)
        held = file.held_documents()
        passed_over = 0

        def new() -> Iterator[Taken | SetAside]:
            """Without what the case holds already, in which nobody need look for statements again."""
            nonlocal passed_over
            for one in read_sources(given, limits=limits, charset=charset):
                if isinstance(one, Taken) and one.document.sha256 in held:
                    passed_over += 1
                else:
                    yield one

        for count, one in enumerate(read_statements(new(), annotator, parties), 1):
            if isinstance(one, SetAside):
                done.set_aside.append(one)
            else:
                waiting.append(one)
            if len(waiting) >= BATCH or sum(len(kept.data) for kept in waiting) >= BATCH_BYTES:
                commit()
            progress(count + passed_over)
        commit()
        done.already += passed_over
        done.statements = file.counts().get("statements", 0) - before
    return done
