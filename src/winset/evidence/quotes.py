"""Quotation marks of all styles, paired paragraph by paragraph in one pass; no text is ever refused."""

from dataclasses import dataclass

from winset.domain.text import Span
from winset.evidence.sentences import paragraphs
from winset.language import marks


@dataclass(frozen=True, slots=True)
class Quotation:
    """One outermost pair of quotation marks with what stands between.

    span       with its marks
    inner      without them
    closed     False where the paragraph ends before the closing mark
    continues  True where it takes up an unclosed quotation of the paragraph before
    """

    span: Span
    inner: Span
    closed: bool = True
    continues: bool = False


def quotations(text: str, within: Span | None = None) -> tuple[Quotation, ...]:
    """Outermost quotations in order, of the whole text or of one paragraph. Linear in the length; see `marks.pairs`."""
    found: list[Quotation] = []
    open_before = False
    for paragraph in paragraphs(text) if within is None else [within]:
        pairs = marks.pairs(text, paragraph.start, paragraph.end)
        for index, (start, first, last, end, closed) in enumerate(pairs):
            if first >= last:
                continue
            takes_up = open_before and index == 0 and start == paragraph.start
            found.append(Quotation(Span(start, end), Span(first, last), closed, takes_up))
        open_before = bool(pairs) and not pairs[-1].closed
    return tuple(found)
