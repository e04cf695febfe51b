"""Direct speech: what stands between quotation marks is exact by construction, whatever the encoder says of its ends."""

from bisect import bisect_right
from dataclasses import replace

import numpy as np

from winset.language.decode import Settings, Tie
from winset.language.pieces import CLOSING, INSIDE, MARK, OPENING, OUTSIDE, PARAGRAPH, Pieces

SHARE = 0.5  # of a quotation's words that an attribution holds before the whole quotation is its own
LONGEST = 1_000  # words of a quotation; a longer one is a mark without a partner
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


def settled(found: Pieces, ties: list[Tie], settings: Settings) -> list[Tie]:
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
        quoted = told[found.quote[told] != OUTSIDE]
        if len(quoted) == len(told):
            stands = tie.score >= settings.direct and 2 * spoken[quoted].sum() <= len(quoted)
        else:
            stands = tie.score >= (settings.mixed if len(quoted) else settings.indirect)
        if stands:
            spoken[quoted] = True
            stand.append(tie)
    return sorted(stand, key=lambda tie: tie.cue)


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
