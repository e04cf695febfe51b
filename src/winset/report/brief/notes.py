"""The numbered notes of a brief: each shows the sentence that a claim rests on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from winset.domain.statements import Statement
from winset.domain.text import Document, Grounds, Span
from winset.report import passages, words
from winset.report.blocks import Inline, Note, Ref
from winset.report.brief.content import Brief

Passage = tuple[str, int, int]  # of a document, from and to


class Notes:
    """Numbers notes in the order of their first use; the same statement or passage keeps its number."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.numbers: dict[str | Passage, int] = {}
        self.by_id = {statement.id: statement for statement in brief.case.statements}
        self.documents = {document.id: document for document in brief.case.documents}
        self._of_document: dict[str, list[Statement]] = {}
        for statement in brief.case.statements:
            self._of_document.setdefault(statement.doc, []).append(statement)

    def ref(self, statement_id: str | None) -> tuple[Inline, ...]:
        if statement_id is None or statement_id not in self.by_id:
            return ()
        return (Ref(self.number(statement_id)),)

    def number(self, statement_id: str) -> int:
        """The note's number: the same one whenever the statement is referred to again."""
        return self._number(statement_id)

    def refs(self, grounds: Sequence[Grounds], most: int = 3) -> tuple[Inline, ...]:
        found: list[Inline] = []
        for ground in grounds[:most]:
            found.extend(one for one in self._of_ground(ground) if one not in found)
        return tuple(found)

    def of_plain(self, grounds: Iterable[Mapping[str, Any]], most: int = 3) -> tuple[Inline, ...]:
        """As `refs`, of grounds in their plain JSON form."""
        return self.refs(
            [
                Grounds(doc=one["doc"], statement=one.get("statement"), spans=tuple(Span(*span) for span in one.get("spans") or ()))
                for one in grounds
            ],
            most,
        )  # fmt: skip

    def places(self, doc: str) -> tuple[int, ...]:
        """Where in a document passages begin that notes lead to and no statement holds."""
        return tuple(key[1] for key in self.numbers if isinstance(key, tuple) and key[0] == doc)

    def _number(self, key: str | Passage) -> int:
        return self.numbers.setdefault(key, len(self.numbers) + 1)

    def _of_ground(self, ground: Grounds) -> tuple[Inline, ...]:
        """The statement that a ground names, or the one that shares most with the stretch of a document it names; that stretch itself
        where no statement shares any of it."""
        if ground.statement is not None or not ground.spans:
            return self.ref(ground.statement)
        span = ground.spans[0]
        shared = {
            one.id: sum(
                min(span.end, part.end) - max(span.start, part.start) for part in one.content if part.overlaps(span)
            )
            for one in self._of_document.get(ground.doc, ())
        }
        best = max(shared, key=shared.__getitem__, default=None)
        if best is not None and shared[best] > 0:
            return self.ref(best)
        document = self.documents.get(ground.doc)
        if document is None or span.end > len(document.text):
            return ()
        return (Ref(self._number((ground.doc, span.start, span.end))),)

    def all(self) -> tuple[Note, ...]:
        return tuple(self._note(key, number) for key, number in self.numbers.items())

    def _note(self, key: str | Passage, number: int) -> Note:
        if isinstance(key, tuple):
            document, span = self.documents[key[0]], Span(key[1], key[2])
            said = self.brief.sentences.get(document.id, ())
            return passages.passage(number, document, span, said, where=_where(document, span.start))
        statement = self.by_id[key]
        document = self.documents[statement.doc]
        return passages.note(
            number, document, statement, self.brief.sentences.get(document.id, ()),
            where=_where(document, statement.content[0].start), voice=words.speaker(statement.speaker),
        )  # fmt: skip


def _where(document: Document, start: int) -> str:
    told = (document.title or document.id, words.day(document.date), document.place_of(start))
    return ", ".join(filter(None, told))
