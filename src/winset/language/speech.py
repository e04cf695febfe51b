"""Direct speech: what stands between quotation marks is exact by construction, whatever the encoder says of its ends."""

from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise

import numpy as np

from winset.language.decode import Settings, Tie
from winset.language.pieces import CLOSING, INSIDE, MARK, OPENING, OUTSIDE, PARAGRAPH, Pieces

SHARE = 0.5  # of a quotation's words that an attribution holds before the whole quotation is its own
LONGEST = 1_000  # words of a quotation; a longer one is a mark without a partner
EMPTY = frozenset(["a", "an", "the", "of", "that", "to"])  # words that alone are no content
LABEL = 8  # words of a speaker's label
SURE = 0.9  # score of what the layout of a text says
TURN = "a speaker's name and a colon open the paragraph"
WORDS = tuple[tuple[int, int], ...]


def quotations(found: Pieces) -> list[tuple[int, int]]:
    """[start, end) of every quotation in words, marks included, in order; one left open ends with its paragraph."""
    marked = []
    start = -1
    for at in np.flatnonzero(found.quote != OUTSIDE).tolist():
        kind = found.quote[at]
        if kind == OPENING:
            start = at
            marked.append((at, at + 1))
        elif kind in (INSIDE, CLOSING) and start >= 0 and marked[-1][1] == at:
            marked[-1] = (start, at + 1)
    return marked


def settled(found: Pieces, ties: list[Tie], settings: Settings, text: str) -> list[Tie]:
    """The attributions that stand, in order of their cues.

    Quotations that one mostly holds are made whole, scraps of a mark alone left out. Each kind of speech has its own
    least score: a quotation is somebody's, so a faint cue will do. One quotation is not given to two faint cues: the
    surer one keeps it.
    """
    marked = quotations(found)
    starts = [start for start, _ in marked]
    whole = [tie for tie in (_whole(tie, marked, starts) for tie in ties) if tie is not None]
    spoken = np.zeros(found.words, dtype=bool)
    stand = []
    for tie in sorted(whole, key=lambda tie: -tie.score):
        words = np.concatenate([np.arange(start, end) for start, end in tie.content])
        told = words[(found.shape[words] != MARK) & (found.shape[words] != PARAGRAPH)]
        if not any(text[found.starts[at] : found.ends[at]].lower() not in EMPTY for at in told):
            continue
        quoted = told[found.quote[told] != OUTSIDE]
        if len(quoted) == len(told):
            stands = tie.score >= settings.direct and 2 * spoken[quoted].sum() <= len(quoted)
        else:
            stands = tie.score >= (settings.mixed if len(quoted) else settings.indirect)
        if stands:
            spoken[quoted] = True
            stand.append(tie)
    known = {tie.cue for tie in stand}
    stand = _taken_up(found, marked, stand) + [tie for tie in turns(found, text) if tie.cue not in known]
    return sorted(stand, key=lambda tie: tie.cue)


def turns(found: Pieces, text: str) -> list[Tie]:
    """Speakers named in capitals, with a colon, at the beginning of quoted paragraphs: each says the rest of his own.

    So news quotes transcripts. One label alone may be anything; two different ones are speakers.
    """
    begins = [0, *(np.flatnonzero(found.shape == PARAGRAPH) + 1).tolist(), found.words + 1]
    said = []
    for begin, after in pairwise(begins):
        at, stop = begin, after - 1
        while at < stop and found.quote[at] in (OPENING, INSIDE) and found.shape[at] == MARK:
            at += 1
        colon = at
        while colon < min(stop, at + LABEL) and _in_label(text[found.starts[colon] : found.ends[colon]]):
            colon += 1
        if not begin < at < colon < stop - 1 or text[found.starts[colon] : found.ends[colon]] != ":":
            continue
        if found.starts[colon + 1] > found.ends[colon]:
            label = text[found.starts[at] : found.ends[colon - 1]]
            said.append((label, Tie((colon, colon + 1), ((at, colon),), ((colon + 1, stop),), SURE, TURN)))
    return [tie for _, tie in said] if len({label for label, _ in said}) > 1 else []


def _in_label(word: str) -> bool:
    return word.isupper() or word in ".-'’"


def _taken_up(found: Pieces, marked: list[tuple[int, int]], ties: list[Tie]) -> list[Tie]:
    """The same with each quotation that its paragraph left open, and the next one opens with again, kept together.

    Where only one of the two is anybody's, the other is added to it; a cue of its own keeps it apart.
    """
    pairs = [
        (one, two)
        for one, two in pairwise(marked)
        if found.quote[one[1] - 1] != CLOSING
        and found.shape[one[1] : two[0]].size
        and (found.shape[one[1] : two[0]] == PARAGRAPH).all()
        and two[1] - two[0] <= LONGEST
    ]
    if not pairs:
        return ties
    held = np.full(found.words, -1, dtype=np.int64)
    for number, tie in enumerate(ties):
        for start, end in tie.content:
            held[start:end] = number
    for forth in (True, False):
        for one, two in pairs if forth else reversed(pairs):
            known, fresh = (one, two) if forth else (two, one)
            at = held[known[1] - 1] if forth else held[known[0]]
            if at >= 0 and 2 * (held[slice(*fresh)] >= 0).sum() <= fresh[1] - fresh[0]:
                held[slice(*fresh)] = at
                words = {word for start, end in (*ties[at].content, fresh) for word in range(start, end)}
                ties[at] = replace(ties[at], content=_runs(sorted(words)))
    return ties


def _whole(tie: Tie, marked: list[tuple[int, int]], starts: list[int]) -> Tie | None:
    first, last = tie.content[0][0], max(end for _, end in tie.content)
    taken: set[int] = set()
    for start, end in tie.content:
        taken.update(range(start, end))
    own = set(range(*tie.cue))
    for start, end in tie.source:
        own.update(range(start, end))
    at = max(bisect_right(starts, first) - 1, 0)
    while at < len(marked) and marked[at][0] < last:
        start, end = marked[at]
        at += 1
        if end - start > LONGEST:
            continue
        words = set(range(start, end))
        held = len(words & taken)
        if not held:
            continue
        if own & words:
            continue
        if held >= SHARE * len(words) or (start in taken and start + 1 in taken):
            taken |= words
        elif held <= 2:
            taken -= words
    if not taken:
        return None
    return replace(tie, content=_runs(sorted(taken)))


def _runs(words: list[int]) -> WORDS:
    spans: list[tuple[int, int]] = []
    for word in words:
        if spans and spans[-1][1] == word:
            spans[-1] = (spans[-1][0], word + 1)
        else:
            spans.append((word, word + 1))
    return tuple(spans)
