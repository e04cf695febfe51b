"""What a clause of saying tells of the quotation beside it, where the encoder's labels say too little or too much.

Each of these was chosen on the training articles; see docs/evidence/quality.md for what each gave.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from winset.language.decode import Tie
from winset.language.pieces import MARK, OPENING, OUTSIDE, PARAGRAPH, Pieces

ARTICLES = frozenset(["a", "an", "the"])
BE = frozenset(["am", "are", "be", "been", "being", "is", "was", "were"])
HAVE = frozenset(["had", "has", "have", "having"])
NAMING = frozenset(
    ["billed", "called", "dubbed", "entitled", "headlined", "known", "labeled", "labelled", "named", "titled"]
)  # say what something is called: nobody need speak
SAYING = frozenset(
    ["asks", "read", "reads", "said", "sang", "says", "spoke", "tells", "told", "went", "writes", "wrote"]
)  # forms without -ed or -ing
EMPTY = frozenset(["(", "[", "also", "in", "–", "—"])  # cues that alone tell nothing
DOUBTFUL = 0.6  # score below which a quotation needs a cue that tells something
CLAUSE = 30  # words of a clause that interrupts a sentence
SCRAP = 12  # words of a run that is no content by itself
SENTENCE = 6  # least words of a quotation that takes the sentence up again
ENDS = frozenset(".;:!?")
LONGEST = 1_000  # words of a quotation; a longer one is a mark without a partner


def cleared(found: Pieces, text: str, marked: list[tuple[int, int]], ties: list[Tie]) -> list[Tie]:
    """The same with sources completed, and with contents freed of what belongs to the clause of saying."""
    mended = [_put_it(found, text, _announced(found, text, _unscrapped(found, text, tie))) for tie in ties]
    return [_sourced(found, text, tie) for tie in _resumed(found, text, marked, mended)]


def hollow(found: Pieces, text: str, tie: Tie) -> bool:
    """Whether a doubtful cue is but an auxiliary, an adverb or a mark: nothing says that somebody speaks."""
    if tie.score >= DOUBTFUL:
        return False
    return all(
        word in BE or word in HAVE or word in EMPTY or word.endswith("ly") for word in _words(found, text, *tie.cue)
    )


def _word(found: Pieces, text: str, at: int) -> str:
    return text[found.starts[at] : found.ends[at]].lower()


def _words(found: Pieces, text: str, start: int, end: int) -> Iterator[str]:
    return (_word(found, text, at) for at in range(start, end))


def _sourced(found: Pieces, text: str, tie: Tie) -> Tie:
    """A quotation has a speaker: where none was found, or an article alone, the likeliest one.

    The subject of a passive is no speaker ("was asked"), but he whom it blames or praises "for" words said them.
    """
    if tie.likely is None:
        return tie
    start, end = tie.likely
    if tie.source:
        begin = tie.source[0][0]
        if begin != start or _word(found, text, begin) not in ARTICLES:
            return tie
    else:
        last = _word(found, text, tie.cue[1] - 1)
        passive = not BE.isdisjoint(_words(found, text, max(tie.cue[0] - 1, 0), tie.cue[1] - 1))
        speaks = last == "for" if passive else last.endswith(("ing", "ed")) or last in SAYING
        if not speaks or last in NAMING:
            return tie
    if not any((found.quote[slice(*run)] != OUTSIDE).any() for run in tie.content):
        return tie
    return replace(tie, source=((start, end),))


def _unscrapped(found: Pieces, text: str, tie: Tie) -> Tie:
    """A quotation without scraps of narration: runs outside it that break off in the midst of another sentence."""
    spoken = [run for run in tie.content if (found.quote[slice(*run)] != OUTSIDE).all()]
    if not spoken or len(spoken) == len(tie.content):
        return tie
    kept = tuple(run for run in tie.content if run in spoken or not _breaks_off(found, text, tie, run, spoken))
    return tie if len(kept) == len(tie.content) else replace(tie, content=kept)


def _breaks_off(found: Pieces, text: str, tie: Tie, run: tuple[int, int], spoken: list[tuple[int, int]]) -> bool:
    """Whether a run without quotation marks ends before its clause does, and sentences end between it and what is quoted."""
    start, end = run
    if (found.quote[start:end] != OUTSIDE).any() or end >= found.words or found.shape[end] in (MARK, PARAGRAPH):
        return False
    if end == tie.cue[0] or any(end == source[0] for source in tie.source) or end - start > SCRAP:
        return False
    if any(start < word < end for word in tie.cue) or found.shape[end - 1] == MARK:
        return False
    for first, last in spoken:
        between = range(end, first) if end <= first else range(last, start)
        if len(between) > CLAUSE + SCRAP or not any(_word(found, text, at) in ENDS for at in between):
            return False
    return True


def _announced(found: Pieces, text: str, tie: Tie) -> Tie:
    """Without the narration that a colon ends: "The rule was old: “No ships,” she said"."""
    content = list(tie.content)
    for number, (start, end) in enumerate(content):
        if end > tie.cue[0] or found.quote[start] != OUTSIDE or found.quote[end - 1] == OUTSIDE:
            continue
        quoted = found.quote[start:end] != OUTSIDE
        opening = start + int(quoted.argmax())
        if (found.quote[start:end] == OPENING).sum() == 1 and _word(found, text, opening - 1) == ":":
            content[number] = (opening, end)
    return replace(tie, content=tuple(content))


def _put_it(found: Pieces, text: str, tie: Tie) -> Tie:
    """ "As NAME put it in a speech, “...”": what follows "put" is no content."""
    after = tie.cue[1]
    if _word(found, text, after - 1) not in ("put", "puts", "putting") or after >= found.words:
        return tie
    rest = tuple(run for run in tie.content if run[0] != after)
    if _word(found, text, after) != "it" or not rest:
        return tie
    return replace(tie, cue=(tie.cue[0], after + 1), content=rest)


def _resumed(found: Pieces, text: str, marked: list[tuple[int, int]], ties: list[Tie]) -> list[Tie]:
    """One sentence on both sides of a clause of saying is one speaker's: "“When you say that,” A said, smiling, “you lose.”" """
    for one, two in pairwise(marked):
        if not _interrupted(found, text, one, two):
            continue
        owners = [
            number
            for number, tie in enumerate(ties)
            if one[1] <= tie.cue[0] < two[0] and any(run[0] <= one[0] and one[1] <= run[1] for run in tie.content)
        ]
        if len(owners) == 1:
            ties = [
                replace(tie, content=_with(tie, two) if number == owners[0] else _without(tie, two))
                for number, tie in enumerate(ties)
            ]
            ties = [tie for tie in ties if tie.content]
    return ties


def _interrupted(found: Pieces, text: str, one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Whether two quotations of a paragraph are one sentence: a comma before and after the clause, a small letter behind."""
    if not 1 < two[0] - one[1] <= CLAUSE or not SENTENCE <= two[1] - two[0] <= LONGEST:
        return False
    if (found.shape[one[1] : two[0]] == PARAGRAPH).any() or _word(found, text, two[0] - 1) != ",":
        return False
    if any(word in ENDS or word == "that" for word in _words(found, text, one[1], two[0])):
        return False
    told = np.flatnonzero(found.shape[slice(*two)] != MARK)
    if not len(told) or not text[found.starts[two[0] + told[0]]].islower():
        return False
    last = one[1] - 1
    while last > one[0] and _word(found, text, last) in "\"”'’»":
        last -= 1
    return _word(found, text, last) == ","


def _with(tie: Tie, run: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted([*_without(tie, run), run]))


def _without(tie: Tie, run: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    kept = []
    for start, end in tie.content:
        kept += [part for part in ((start, min(end, run[0])), (max(start, run[1]), end)) if part[0] < part[1]]
    return tuple(kept)
