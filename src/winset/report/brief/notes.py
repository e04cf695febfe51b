"""The numbered notes of a brief: each shows the sentence that a claim rests on."""

from collections.abc import Sequence

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
            found.extend(self.ref(ground.statement))
        return tuple(found)

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
