"""The numbered notes of a brief: each shows the sentence that a claim rests on."""

from collections.abc import Sequence

from winset.domain.statements import Statement
from winset.domain.text import Grounds
from winset.report import passages, words
from winset.report.blocks import Inline, Note, Ref
from winset.report.brief.content import Brief


class Notes:
    """Numbers notes in the order of their first use; the same statement keeps its number."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.numbers: dict[str, int] = {}
        self.by_id = {statement.id: statement for statement in brief.case.statements}
        self._of_document: dict[str, list[Statement]] = {}
        for statement in brief.case.statements:
            self._of_document.setdefault(statement.doc, []).append(statement)

    def ref(self, statement_id: str | None) -> tuple[Inline, ...]:
        if statement_id is None or statement_id not in self.by_id:
            return ()
        return (Ref(self.number(statement_id)),)

    def number(self, statement_id: str) -> int:
        """The note's number: the same one whenever the statement is referred to again."""
        return self.numbers.setdefault(statement_id, len(self.numbers) + 1)

    def refs(self, grounds: Sequence[Grounds], most: int = 3) -> tuple[Inline, ...]:
        found: list[Inline] = []
        for ground in grounds[:most]:
            found.extend(one for one in self.ref(self._statement(ground)) if one not in found)
        return tuple(found)

    def _statement(self, ground: Grounds) -> str | None:
        """The statement that a ground names, or the one that shares most with the stretch of a document it names."""
        if ground.statement is not None or not ground.spans:
            return ground.statement
        span = ground.spans[0]
        shared = {
            one.id: sum(
                min(span.end, part.end) - max(span.start, part.start) for part in one.content if part.overlaps(span)
            )
            for one in self._of_document.get(ground.doc, ())
        }
        best = max(shared, key=shared.__getitem__, default=None)
        return best if best is not None and shared[best] > 0 else None

    def all(self) -> tuple[Note, ...]:
        documents = {document.id: document for document in self.brief.case.documents}
        made = []
        for id, number in self.numbers.items():
            statement = self.by_id[id]
            document = documents[statement.doc]
            place = document.place_of(statement.content[0].start)
            made.append(
                passages.note(
                    number,
                    document,
                    statement,
                    self.brief.sentences.get(document.id, ()),
                    where=", ".join(filter(None, (document.title or document.id, words.day(document.date), place))),
                    voice=words.speaker(statement.speaker),
                )
            )
        return tuple(made)
