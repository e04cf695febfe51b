"""Quotations by their marks, paired paragraph by paragraph; a mark without a partner never spoils the next paragraph."""

from dataclasses import dataclass

from winset.domain.text import Span

PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "\u201f": "”", "「": "」"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks. `open` is true where the paragraph ends before a closing mark."""

    span: Span
    open: bool = False


def quotations(text: str, within: Span) -> list[Quotation]:
    """Outermost quotations of one paragraph, marks included, in order. Linear in the paragraph's length.

    A straight mark opens where one is awaited and closes where one is open. An apostrophe is no mark; single
    quotation marks are read only where a whole paragraph uses no double ones, and never inside words.
    """
    found: list[Quotation] = []
    start, closers, depth, opener = -1, "", 0, ""
    for at in range(within.start, within.end):
        mark = text[at]
        if mark in "'`" and at + 1 < within.end and text[at + 1] in "'`" and (start < 0 or closers == "'"):
            # two apostrophes typed as one double mark
            if start < 0:
                start, closers, depth, opener = at, "'", 1, ""
            elif at > start + 1:
                found.append(Quotation(Span(start, at + 2)))
                start = -1
            continue
        if closers == "'" and start >= 0:
            continue
        if start < 0:
            if mark == '"':
                start, closers, depth, opener = at, '"', 1, ""
            elif mark in PAIRS:
                start, closers, depth, opener = at, PAIRS[mark], 1, mark
        elif mark in closers:
            depth -= 1
            if depth == 0:
                if at - start > 1:
                    found.append(Quotation(Span(start, at + 1)))
                start = -1
        elif opener and mark == opener:
            depth += 1
    if start >= 0 and within.end - start > 2:
        found.append(Quotation(Span(start, within.end), open=True))
    return found
