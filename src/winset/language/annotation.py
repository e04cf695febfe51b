"""What annotators add to a document: sentences, tokens, names, attributions; and the protocol they share."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from winset.domain.text import Document, Span, Spans

NameKind = Literal["person", "organisation", "place", "nationality"]


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name where it stands."""

    span: Span
    kind: NameKind
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Spans that somebody's words are tied to; `source` and `cue` may be empty, `content` not."""

    source: Spans
    cue: Spans
    content: Spans
    score: float = 1.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One document's annotations. Spans are sorted by start; `by` names the annotator with its version."""

    by: str
    sentences: Spans
    names: tuple[Name, ...] = ()
    attributions: tuple[Attribution, ...] = ()


class Annotator(Protocol):
    """Something that annotates documents; the same document always gives the same annotation."""

    @property
    def name(self) -> str: ...

    def annotate(self, documents: list[Document]) -> Iterable[Annotation]:
        """One Annotation a document, in order, each as soon as it is there. Never raises on any text."""
        ...
