"""The annotator that needs no weights."""

from collections.abc import Iterator

from winset.domain.text import Document
from winset.evidence.attribution import NAME, annotate
from winset.language.annotation import Annotation


class RuleAnnotator:
    """Sentences and attributions by rules and lexicons; the same text always gives the same spans."""

    @property
    def name(self) -> str:
        return NAME

    def annotate(self, documents: list[Document]) -> Iterator[Annotation]:
        """One Annotation a document, in order. Never raises on any text; linear in its length."""
        return (annotate(document.text) for document in documents)
