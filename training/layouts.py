"""The same article in another layout: quotation marks of another style, exchanged or left out, quotations that go on in
a paragraph of their own, paragraphs joined. Spans follow their words, so that what is learnt holds for odd layouts too.
"""

import random
import re
from bisect import bisect_right
from typing import Any

from winset.language import marks
from winset.language.pieces import paragraphs

Edit = tuple[int, int, str]  # [start, end) of the text and what stands there instead

STYLES = (("“", "”"), ('"', '"'), ("''", "''"), ("«", "»"), ("”", "”"), ("“", "“"), ("“", '"'))
SAME_STYLE, UNCLOSED, REOPENED, JOINED = 0.4, 0.4, 0.3, 0.15  # chances: of an article, of an article, ...
EACH = 0.5  # chance of a place, in an article where such places are changed
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_BREAK = re.compile(r"(?<=[.!?”\"]) *\n+(?=[A-Z“\"])")


def varied(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A gold record with its text in another layout; spans that the change leaves without words are left out."""
    text = record["text"]
    edits = sorted(_edits(text, chance))
    fresh, ends, moved, at = [], [], [], 0
    size = 0
    for start, end, instead in edits:
        fresh += [text[at:start], instead]
        size += start - at + len(instead)
        at = end
        ends.append(end)
        moved.append(size)
    fresh.append(text[at:])

    def place(offset: int, *, end: bool) -> int:
        number = bisect_right(ends, offset) - 1
        here = offset + (moved[number] - ends[number] if number >= 0 else 0)
        following = number + 1
        if following < len(edits) and edits[following][0] < offset:  # inside what was replaced
            begin, _, instead = edits[following]
            return here - (offset - begin) + (len(instead) if end else 0)
        return here

    def spans(old: list[list[int]]) -> list[list[int]]:
        found = [[place(start, end=False), place(end, end=True)] for start, end in old]
        return [span for span in found if span[0] < span[1]]

    attributions = [
        one | {role: spans(one[role]) for role in ("source", "cue", "content")} for one in record["attributions"]
    ]
    return record | {"text": "".join(fresh), "attributions": [one for one in attributions if one["content"]]}


def _edits(text: str, chance: random.Random) -> list[Edit]:
    style = None if chance.random() < SAME_STYLE else chance.choice(STYLES)
    unclosed, reopened, joined = (chance.random() < share for share in (UNCLOSED, REOPENED, JOINED))
    edits: list[Edit] = []
    for start, end in paragraphs(text):
        for pair in marks.pairs(text, start, end):
            opening, closing = text[pair.start : pair.first], text[pair.last : pair.end]
            if opening in "'‘’‚":
                continue
            if style is not None:
                opening = style[0]
                edits.append((pair.start, pair.first, opening))
            block = not text[start : pair.start].strip() and not text[pair.end : end].strip()
            if pair.closed and block and unclosed and chance.random() < EACH:
                edits.append((pair.last, pair.end, ""))
            elif pair.closed and style is not None:
                edits.append((pair.last, pair.end, style[1]))
            elif pair.closed and closing in "'‘’":
                continue
            if reopened:
                edits += [
                    (found.start(), found.end(), f"\n\n{opening}")
                    for found in _SENTENCE.finditer(text, pair.first, pair.last)
                    if chance.random() < EACH
                ]
    if joined:
        edits += [(found.start(), found.end(), " ") for found in _BREAK.finditer(text) if chance.random() < EACH]
    return _apart(edits)


def _apart(edits: list[Edit]) -> list[Edit]:
    """Of edits that overlap the first."""
    found: list[Edit] = []
    for edit in sorted(edits):
        if not found or edit[0] >= found[-1][1]:
            found.append(edit)
    return found
