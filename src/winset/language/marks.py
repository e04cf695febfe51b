"""Quotation marks of all styles, paired within a paragraph; no text is ever refused, and time is linear in its length."""

import re
from collections import Counter
from typing import NamedTuple

_MARK = re.compile(r"''|``|[\"“”„‟«»‹›‘’‚'「」『』〝〞＂]")
_CLOSERS = {
    "“": "”",
    "„": "“”‟",
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
_STRAIGHT = frozenset(['"', "''", "＂"])
_STOPS = '.,!?…;”"'
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…”\"])['’](?!\w)")
_DOUBLE_CLOSE = re.compile(r"[”\"]")
_SAID = re.compile(r"“[^“”]+(?P<stop>[,.!?…])”")  # what somebody says, and no word in quotation marks
_ELISION = re.compile(r"['’](?:\d0s|em|til|tis|twas|cause|n)\b", re.IGNORECASE)  # "'em", "the '90s"
AHEAD = 40  # marks after a doubtful one among which the true end of a quotation is looked for
REACH = 1_000  # characters within which a doubtful mark must close, so that looking for it costs little


class Pair(NamedTuple):
    """An outermost pair of marks in characters: the opening mark is [start, first), the closing one [last, end).

    `closed` is False where the paragraph ends before a closing mark; `last` and `end` are then its end.
    """

    start: int
    first: int
    last: int
    end: int
    closed: bool


def pairs(text: str, start: int, end: int) -> list[Pair]:
    """The outermost pairs of one paragraph, in order.

    A straight mark opens where one is awaited and closes where one is open; in a paragraph with an odd number of them,
    one that hangs on the word before it does not open. Marks with an opening form nest. Where nesting leaves a
    quotation open, the paragraph lost a closing mark rather than nested, and is paired again without. Single marks
    count only at the edges of words, outside double marks, where they close again; an apostrophe is no mark.
    """
    marks = [(found.group(), found.start(), found.end()) for found in _MARK.finditer(text, start, end)]
    if not marks:
        return []
    found, lost = _paired(text, (start, end), marks, nesting=True)
    if lost is not None:
        found[-1:] = _paired(text, (start, end), marks[lost:], nesting=False)[0]
    if found and _stray(text, found[-1], end):
        later = [mark for mark in marks if mark[1] >= found[-1].first]
        found[-1:] = _paired(text, (start, end), later, nesting=True)[0]
    return found


def _stray(text: str, pair: Pair, end: int) -> bool:
    """Whether a straight mark that never closes stands ahead of quotations of another style: a mark too many."""
    if pair.closed or text[pair.start] not in _STRAIGHT:
        return False
    stops = [said["stop"] for said in _SAID.finditer(text, pair.first, pair.end)]
    if "," not in stops and len(stops) < 2:
        return False
    return text[end : end + 4].lstrip()[:1] != text[pair.start]  # the next paragraph does not take it up


def _paired(
    text: str, paragraph: tuple[int, int], marks: list[tuple[str, int, int]], *, nesting: bool
) -> tuple[list[Pair], int | None]:
    """The pairs; and, where the last is left open and holds what was taken for nested marks, the mark that opens it."""
    odd = sum(mark in _STRAIGHT for mark, _, _ in marks) % 2 == 1
    found: list[Pair] = []
    opened: tuple[int, int, str] | None = None
    opener, inner, nested = 0, 0, False
    many = Counter(mark for mark, _, _ in marks)
    short = {"“": many["“"] > many["”"], "„": many["„"] > many["“"] + many["”"] + many["‟"]}
    for at, (mark, start, end) in enumerate(marks):
        ends_word = not text[start - 1 : start].isspace() and not text[end : end + 1].isalnum()
        if opened is None:
            closer = _closer(text, paragraph, mark, start, end, odd=odd)
            if closer:
                opened, opener, inner, nested = (start, end, closer), at, 0, False
        elif mark in opened[2] and (mark not in _SINGLE or _closes_single(text, paragraph, marks, at)):
            if inner and not (mark in _STRAIGHT and text[opened[0] : opened[1]] == mark and not odd):
                inner -= 1
            else:
                found.append(Pair(opened[0], opened[1], start, end, True))
                opened = None
        elif (
            mark in _STRAIGHT
            and ends_word
            and text[opened[0]] in short
            and (short[text[opened[0]]] or (text[opened[0]] == "“" and text[start - 1] in ".,!?…"))
        ):
            found.append(Pair(opened[0], opened[1], start, end, True))  # opened with one style, closed with another
            opened = None
        elif mark in _CLOSERS and (mark == text[opened[0] : opened[1]] or (mark == "“" and "”" in opened[2])):
            if mark == "“" and ends_word:
                found.append(Pair(opened[0], opened[1], start, end, True))  # the opening form typed at the end
                opened = None
            elif nesting:
                inner += 1
                nested = nested or mark == text[opened[0] : opened[1]]
    if opened is not None and text[opened[0] : opened[1]] not in _SINGLE:
        found.append(Pair(opened[0], opened[1], paragraph[1], paragraph[1], False))
        return found, opener if nested or inner else None
    return found, None


def _closer(text: str, paragraph: tuple[int, int], mark: str, start: int, end: int, *, odd: bool) -> str:
    """The marks that may close what `mark` opens here; empty where it opens nothing."""
    before = text[start - 1] if start > paragraph[0] else " "
    after = text[end] if end < paragraph[1] else " "
    if mark in _SINGLE:
        opens = (before.isspace() or before in "([—–-:,") and (after.isalnum() or after in '“"…[')
        if (
            mark == "’"
            or not opens
            or _ELISION.match(text, start)
            or not _SINGLE_CLOSE.search(text, end, min(paragraph[1], end + REACH))
        ):
            return ""
        return {"‚": "’‘", "‘": "’'"}.get(mark, "'")
    if mark == "”":  # the closing form typed at the beginning
        opens = (before.isspace() or start == paragraph[0]) and not after.isspace()
        return '”"' if opens and (_DOUBLE_CLOSE.search(text, end, min(paragraph[1], end + REACH))) else ""
    if mark in _CLOSERS:
        if mark == "»" and not (before.isspace() and not after.isspace()):
            return ""
        return _CLOSERS[mark]
    if mark in _STRAIGHT and not (odd and (before.isalnum() or before in ".,!?…") and not after.isalnum()):
        return mark + "”"
    return ""


def _closes_single(text: str, paragraph: tuple[int, int], marks: list[tuple[str, int, int]], at: int) -> bool:
    """Whether a single mark can close: not an apostrophe inside a word, nor one after a plural while the quotation goes on."""
    _, start, end = marks[at]
    before = text[start - 1]
    after = text[end] if end < paragraph[1] else " "
    if before.isspace() or after.isalnum() or not (before in _STOPS or after in ".,;:!?)] \n—–-"):
        return False
    if before in _STOPS or not (after == " " and text[end + 1 : end + 2].isalnum()):
        return True
    for mark, first, last in marks[at + 1 : at + 1 + AHEAD]:
        if mark not in _SINGLE or (text[last : last + 1].isalnum() and not text[first - 1].isspace()):
            continue  # another style, or inside a word
        if text[first - 1] in _STOPS:
            return False  # "‘the ministers’ promises are empty,’": there it closes
        if mark == "‘" or text[first - 1].isspace():
            return True
    return True
