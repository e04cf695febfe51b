"""Quotation marks of all styles, paired paragraph by paragraph in one pass; no text is ever refused."""

import re
from dataclasses import dataclass

from winset.domain.text import Span
from winset.evidence.sentences import paragraphs

_MARK = re.compile(r"''|``|[\"“”„‟«»‹›‘’‚'「」『』]")
_CLOSERS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«",
    "``": "''\"",
    "「": "」",
    "『": "』",
    "‹": "›",
    "〝": "〞",
}
_SINGLE = frozenset("'‘’‚")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…”\"])['’](?!\w)")
REACH = 1_000  # characters within which a single mark must close, so that apostrophes cost little


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
    """Outermost quotations in order, of the whole text or of one paragraph. Linear in the length.

    A straight mark opens where one is awaited and closes where one is open. Single marks count only where they stand
    at the edges of words, outside double marks, and close again; an apostrophe is no mark.
    """
    found: list[Quotation] = []
    open_before = False
    for paragraph in paragraphs(text) if within is None else [within]:
        pairs = _pairs(text, paragraph)
        for index, (start, first, last, end, closed) in enumerate(pairs):
            if first >= last:
                continue
            takes_up = open_before and index == 0 and start == paragraph.start
            found.append(Quotation(Span(start, end), Span(first, last), closed, takes_up))
        open_before = bool(pairs) and not pairs[-1][4]
    return tuple(found)


def _pairs(text: str, paragraph: Span) -> list[tuple[int, int, int, int, bool]]:
    """(start, first inside, last inside, end, closed) of each outermost quotation of one paragraph."""
    pairs: list[tuple[int, int, int, int, bool]] = []
    opened: tuple[int, int, str] | None = None
    nested = 0
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        mark, start, end = match.group(), match.start(), match.end()
        if opened is None:
            closer = _closer(text, paragraph, mark, start, end)
            if closer:
                opened, nested = (start, end, closer), 0
        elif mark in opened[2] and (mark not in _SINGLE or _closes_single(text, paragraph, start, end)):
            if nested:
                nested -= 1
            else:
                pairs.append((opened[0], opened[1], start, end, True))
                opened = None
        elif (
            mark == '"' and text[opened[0]] == "“" and text[start - 1] in ".,!?…" and not text[end : end + 1].isalnum()
        ):
            pairs.append((opened[0], opened[1], start, end, True))  # opened with one style, closed with another
            opened = None
        elif mark in _CLOSERS and mark == text[opened[0] : opened[1]]:
            nested += 1
    if opened is not None and text[opened[0] : opened[1]] not in _SINGLE:
        pairs.append((opened[0], opened[1], paragraph.end, paragraph.end, False))
    return pairs


def _closer(text: str, paragraph: Span, mark: str, start: int, end: int) -> str:
    """The marks that may close what `mark` opens here; empty where it opens nothing."""
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    if mark in _SINGLE:
        opens = (before.isspace() or before in "([—–-:,") and (after.isalnum() or after in '“"…[')
        if mark == "’" or not opens or not _SINGLE_CLOSE.search(text, end, min(paragraph.end, end + REACH)):
            return ""
        return {"‚": "’‘", "‘": "’'"}.get(mark, "'")
    if mark in _CLOSERS:
        if mark == "»" and not (before.isspace() and not after.isspace()):
            return ""
        return _CLOSERS[mark]
    return mark + "”" if mark in ('"', "''") else ""


def _closes_single(text: str, paragraph: Span, start: int, end: int) -> bool:
    """Whether a single mark can close: not an apostrophe inside a word or after a plural."""
    before = text[start - 1]
    after = text[end] if end < paragraph.end else " "
    return not before.isspace() and not after.isalnum() and (before in '.,!?…;”"' or after in ".,;:!?)] \n—–-")
