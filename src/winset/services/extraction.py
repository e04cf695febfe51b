"""From documents to what they report, a few at a time, so that memory does not grow."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from winset.domain.actors import Party
from winset.domain.plain.statements import read_statement_to
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.language.annotation import Annotator
from winset.reading.languages import script_of
from winset.services.reading import SetAside, Taken

BATCH_DOCUMENTS = 16
BATCH_CHARACTERS = 200_000
HANDLED = ("en",)  # languages whose statements are extracted


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A document with what it reports. `extraction` says by what: the model, rules, or not at all and why."""

    document: Document
    data: bytes
    statements: tuple[Statement, ...]
    extraction: Literal["full", "rules", "skipped"]
    reason: str | None = None

    def as_json(self, *, explain: bool = False) -> dict[str, Any]:
        """The line that `winset read --json` prints; with `explain`, each statement's reasons too."""
        document = self.document
        statements = [read_statement_to(statement) for statement in self.statements]
        if explain:
            for line, statement in zip(statements, self.statements, strict=True):
                line["why"] = list(statement.why)
        return {
            "doc": document.id,
            "file": document.file,
            "title": document.title,
            "date": document.date.isoformat() if document.date else None,
            "language": document.language,
            "sha256": document.sha256,
            "text": document.text,
            "extraction": self.extraction,
            "reason": self.reason,
            "statements": statements,
            "remarks": list(document.remarks),
        }


def read_statements(
    taken: Iterable[Taken | SetAside], annotator: Annotator | None, parties: Sequence[Party] = ()
) -> Iterator[Read | SetAside]:
    """Documents with their statements, in order; annotated a batch at a time, so memory does not grow.

    Without an annotator every document comes without statements, and says so. `parties` are those of a case:
    their names and people decide who a voice is.
    """
    waiting: list[Taken | SetAside] = []
    characters = 0
    for one in taken:
        waiting.append(one)
        characters += len(one.document.text) if isinstance(one, Taken) else 0
        if len(waiting) >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS:
            yield from _annotated(waiting, annotator, parties)
            waiting, characters = [], 0
    yield from _annotated(waiting, annotator, parties)


def not_extracted(document: Document) -> str | None:
    """Why statements are not extracted from this document; None where they are."""
    if document.language in HANDLED:
        return None
    if document.language != "und":
        return f"language {document.language} is not handled; the text is kept and can be coded by hand"
    script = script_of(document.text)
    if script == "latin":  # too little text to tell: most likely a few words of English
        return None
    return f"a language in {script} script that was not told apart; the text is kept and can be coded by hand"


def _annotated(
    batch: list[Taken | SetAside], annotator: Annotator | None, parties: Sequence[Party]
) -> Iterator[Read | SetAside]:
    reasons = [_reason(one, annotator) for one in batch]
    handled = [
        one.document for one, reason in zip(batch, reasons, strict=True) if isinstance(one, Taken) and reason is None
    ]
    from winset.evidence.extract import extract  # as `drafting.drafted` does

    annotations = iter(annotator.annotate(handled) if annotator and handled else [])
    for one, reason in zip(batch, reasons, strict=True):
        if isinstance(one, SetAside):
            yield one
        elif reason is not None or annotator is None:
            yield Read(document=one.document, data=one.data, statements=(), extraction="skipped", reason=reason)
        else:
            yield Read(
                document=one.document,
                data=one.data,
                statements=tuple(extract(one.document, next(annotations), parties)),
                extraction="rules" if annotator.name.startswith("rules") else "full",
            )


def _reason(one: Taken | SetAside, annotator: Annotator | None) -> str | None:
    if isinstance(one, SetAside):
        return None
    return not_extracted(one.document) or (None if annotator else "no annotator is installed; the text is kept")
