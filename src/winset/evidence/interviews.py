"""Interviews without names before the turns: whose questions are paragraphs of their own, or begin with a dash."""

import re
from collections.abc import Sequence
from itertools import pairwise

from winset.domain.text import Span

_ANNOUNCED = re.compile(
    r"\b(?:interview(?:s|ed)?|q ?(?:&|and) ?a|(?:\w{1,20} )?questions? (?:and answers )?(?:for|to|with|put)|(?:in )?conversation with|(?:talks|talked|speaks|spoke|sat down|met) (?:to|with) (?:the|us)|"
    r"(?:receives|received|met|meets|told|tells|joined) us|we (?:met|spoke|talked)|(?:put|putting) (?:\w{1,20}[’']? )?questions to|answers (?:\w{1,20} )?questions)\b",
    re.IGNORECASE,
)
_DASH = re.compile(r"[–—-] ?(?=\S)")
_TO_YOU = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Uu]s|[Mm]y|me)\b")
_HEAD = 4  # paragraphs in which an interview is announced
_QUESTION = 300  # characters of the longest question
_REMARK = 160  # characters of the longest remark that stands in the place of a question
_LEAST = 2  # questions of an interview that is announced
_UNANNOUNCED = 4  # questions of one that is not
_ADDRESSED = 0.4  # of whose questions speak to somebody, and of whose answers in the first person

Exchange = tuple[Span, tuple[Span, ...]]  # a question, and the paragraphs of its answer


def exchanges(text: str, lines: Sequence[Span]) -> list[Exchange]:
    """The questions of an interview whose turns bear no names, each with the paragraphs that answer it; none where the text is no
    interview.

    lines  the paragraphs of the text
    """
    announced = any(_ANNOUNCED.search(line.of(text)) for line in lines[:_HEAD])
    return _dashed(text, lines, announced) or _alternating(text, lines, announced)


def _dashed(text: str, lines: Sequence[Span], announced: bool) -> list[Exchange]:
    """Questions behind a dash, their answers with a dash or without one."""
    marked = [n for n, line in enumerate(lines) if _DASH.match(text, line.start, line.end)]
    if len(marked) < _LEAST:
        return []
    alike = marked[-1] - marked[0] + 1 == len(marked)
    asks = marked[::2] if alike and len(marked) > _LEAST else marked
    if alike and len(marked) == len(asks):
        return []  # a list
    found = _answered(lines[: marked[-1] + 1] if alike else lines, [n for n in asks if len(lines[n]) <= _QUESTION])
    asked = sum(text[question.end - 1] == "?" for question, _ in found)
    least = _LEAST if announced else _UNANNOUNCED
    return [
        (_undashed(text, question), tuple(_undashed(text, one) for one in answer)) for question, answer in found
    ] if asked >= max(least, len(found) / 2) else []  # fmt: skip


def _alternating(text: str, lines: Sequence[Span], announced: bool) -> list[Exchange]:
    """Questions that are paragraphs: those that end in a question mark, and short remarks in the place of one."""
    asks = [n for n, line in enumerate(lines) if n and _only_asks(text, line)]
    asks = [n for n, after in pairwise([*asks, len(lines)]) if n + 1 < len(lines) and after != n + 1]
    if len(asks) < (_LEAST if announced else _UNANNOUNCED):
        return []
    first, last = asks[0], len(lines)
    between = [after - before for before, after in pairwise(asks)]
    if between and all(
        step % 2 == 0 for step in between
    ):  # one paragraph each: what stands in a question's place is one
        asks = [n for n in range(first, last - 1, 2) if n in asks or len(lines[n]) <= _REMARK]
    found = _answered(lines, asks)
    if not announced:
        to = sum(_TO_YOU.search(question.of(text)) is not None for question, _ in found)
        own = sum(any(_FIRST_PERSON.search(one.of(text)) for one in answer) for _, answer in found)
        if min(to, own) < _ADDRESSED * len(found):
            return []  # questions that the writer asks and answers
    return found


def _answered(lines: Sequence[Span], asks: Sequence[int]) -> list[Exchange]:
    return [(lines[n], tuple(lines[n + 1 : after])) for n, after in pairwise([*asks, len(lines)]) if after > n + 1]


def _undashed(text: str, line: Span) -> Span:
    dash = _DASH.match(text, line.start, line.end)
    return Span(dash.end(), line.end) if dash is not None else line


def _only_asks(text: str, line: Span) -> bool:
    words = line.of(text)
    return len(words) < _QUESTION and words.endswith("?") and not any(mark in words for mark in '“”"')
