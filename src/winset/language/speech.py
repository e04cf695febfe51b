"""Direct speech: what stands between quotation marks is exact by construction, whatever the encoder says of its ends."""

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise
from math import log

import numpy as np

from winset.language.decode import Settings, Tie
from winset.language.pieces import (
    CAPITAL,
    CAPITALS,
    CLOSING,
    INSIDE,
    MARK,
    MIXED,
    OPENING,
    OUTSIDE,
    PARAGRAPH,
    Ints,
    Pieces,
    quotations,
)
from winset.language.saying import LONGEST, cleared, hollow

SHARE = 0.5  # of a quotation's words that an attribution holds before the whole quotation is its own
TAIL = 8  # words at the end of a quotation that an attribution holds, where a window holds no more of it
EMPTY = frozenset(["a", "an", "the", "of", "that", "to"])  # words that alone are no content
TRUST = 0.25  # weight of an attribution's own score where several hold one quotation
FAINT = 1e-3  # least score that counts there
LABEL = 8  # words of a speaker's label
SURE = 0.9  # score of what the layout of a text says
TURN = "a speaker's name and a colon open the paragraph"
SIGNED = "a dash and a name sign the quotation"
DASHES = frozenset("-–—―")
SIGNATURE = 12  # words of a signature
PARTICLES = frozenset(
    ["al", "and", "bin", "da", "de", "del", "den", "der", "di", "el", "ibn", "la", "le", "of", "the", "van", "von", "y"]
)  # words without a capital that a signature may hold before its first comma
CARRIED = 6  # least words of a quotation that goes on with the paragraph before
DECIMAL = re.compile(r"[$€£¥]?\d[\d,]{0,15}[.,]\d{1,9}(?:%|bn|m|k)?")
UNIT = re.compile(r"\s(?:per\s?cent|percent|million|billion|trillion|thousand)\b")
WORDS = tuple[tuple[int, int], ...]


def settled(found: Pieces, ties: list[Tie], settings: Settings, text: str) -> list[Tie]:
    """The attributions that stand, in order of their cues.

    Quotations that one mostly holds are made whole, scraps of a mark alone left out; one that several hold goes to the
    one that it is tied to most closely. Each kind of speech has its own least score: a quotation is somebody's, so a
    faint cue will do. One quotation is not given to two faint cues: the surer one keeps it.
    """
    marked = quotations(found.quote)
    starts = [start for start, _ in marked]
    layout = [*signatures(found, text), *turns(found, text)]
    whole = [tie for tie in (_whole(tie, marked, starts) for tie in ties) if tie is not None]
    whole = cleared(found, text, marked, _shared_out(found, marked, _besides(found, text, layout, whole)))
    spoken = np.zeros(found.words, dtype=bool)
    stand = []
    for tie in sorted(whole, key=lambda tie: -tie.score):
        words = np.concatenate([np.arange(start, end) for start, end in tie.content])
        told = words[(found.shape[words] != MARK) & (found.shape[words] != PARAGRAPH)]
        if not any(text[found.starts[at] : found.ends[at]].lower() not in EMPTY for at in told):
            continue
        quoted = told[found.quote[told] != OUTSIDE]
        if len(quoted) == len(told):
            stands = (
                tie.score >= settings.direct
                and not hollow(found, text, tie)
                and 2 * spoken[quoted].sum() <= len(quoted)
            )
        else:
            stands = tie.score >= (settings.mixed if len(quoted) else settings.indirect)
        if stands:
            spoken[quoted] = True
            stand.append(tie)
    kept = _taken_up(found, text, marked, _at_home(found, stand + layout))
    kept = [_trimmed(found, text, tie) for tie in _carried_on(found, text, kept)]
    return sorted(kept, key=lambda tie: tie.cue)


def _trimmed(found: Pieces, text: str, tie: Tie) -> Tie:
    """With numbers that its content breaks off made whole ("3." of "3.5 per cent"), without empty words of another paragraph."""
    runs = [(start, _past_number(found, text, start, end)) for start, end in tie.content]

    def strays(start: int, end: int) -> bool:
        apart = found.shape[min(start, tie.cue[0]) : max(end, tie.cue[1])] == PARAGRAPH
        return bool(apart.any()) and all(_empty(found, text, at) for at in range(start, end))

    return replace(tie, content=_joined([run for run in runs if not strays(*run)] or runs))


def _empty(found: Pieces, text: str, at: int) -> bool:
    """Whether a word says nothing by itself: an article, "that", a mark."""
    return found.shape[at] in (MARK, PARAGRAPH) or text[found.starts[at] : found.ends[at]].lower() in EMPTY


def _past_number(found: Pieces, text: str, start: int, end: int) -> int:
    """Where a run of words ends that must not end inside a number."""
    stop = end
    while (
        stop < found.words and found.starts[stop] == found.ends[stop - 1] and found.quote[stop] == found.quote[end - 1]
    ):
        stop += 1
    first = end - 1
    while first > start and found.starts[first] == found.ends[first - 1]:
        first -= 1
    if stop == end or not DECIMAL.fullmatch(text, found.starts[first], found.ends[stop - 1]):
        return end
    unit = UNIT.match(text, found.ends[stop - 1])
    while unit is not None and stop < found.words and found.ends[stop] <= unit.end():
        stop += 1
    return stop


def _joined(runs: list[tuple[int, int]]) -> WORDS:
    """Runs in order, those that meet as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(runs):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _at_home(found: Pieces, ties: list[Tie]) -> list[Tie]:
    """Each without what it holds of another paragraph, outside quotation marks, that a cue of that paragraph tells."""
    paragraph = np.cumsum(found.shape == PARAGRAPH)
    told: dict[int, list[tuple[int, int]]] = {}  # paragraph -> the runs of words that its own cues tell
    for tie in ties:
        here = int(paragraph[tie.cue[0]])
        told.setdefault(here, []).extend(run for run in tie.content if paragraph[run[0]] == here)

    def stays(tie: Tie, start: int, end: int) -> bool:
        there = int(paragraph[start])
        if there == paragraph[tie.cue[0]] or (found.quote[start:end] != OUTSIDE).any():
            return True
        shared = max((min(end, last) - max(start, first) for first, last in told.get(there, ())), default=0)
        return shared < SHARE * (end - start)

    kept = [replace(tie, content=tuple(run for run in tie.content if stays(tie, *run))) for tie in ties]
    return [tie for tie in kept if tie.content]


def _besides(found: Pieces, text: str, layout: list[Tie], ties: list[Tie]) -> list[Tie]:
    """What the encoder ties together besides what the layout says: neither its cues nor whole contents of it."""
    if not layout:
        return ties
    sure = np.zeros(found.words, dtype=bool)
    labels = np.zeros(found.words, dtype=bool)
    for tie in layout:
        for start, end in tie.content:
            sure[start:end] = True
        for start, end in (*tie.source, tie.cue):
            labels[start:end] = True
    kept = []
    for tie in ties:
        if labels[tie.cue[0]]:
            continue
        if sure[tie.cue[0]]:  # told inside what somebody says
            kept.append(tie)
            continue
        words = np.concatenate([np.arange(start, end) for start, end in tie.content])
        left = words[~sure[words] & ~labels[words]]
        if len(left) == len(words):
            kept.append(tie)
            continue
        left = _outside_brackets(found, text, left)
        if ((found.shape[left] != MARK) & (found.shape[left] != PARAGRAPH)).any():
            kept.append(replace(tie, content=_runs(left.tolist())))
    return kept


def _outside_brackets(found: Pieces, text: str, words: Ints) -> Ints:
    """Without what stands in brackets: in a transcript that is what happens and not what is said."""
    deep, kept = 0, []
    for at in words.tolist():
        mark = text[found.starts[at] : found.ends[at]]
        deep += mark in ("(", "[")
        if not deep:
            kept.append(at)
        elif mark in (")", "]"):
            deep -= 1
    return np.asarray(kept, dtype=np.int64)


def signatures(found: Pieces, text: str) -> list[Tie]:
    """Quotations that are a paragraph of their own and bear a dash and a name at its end or in the next paragraph."""
    begins = [0, *(np.flatnonzero(found.shape == PARAGRAPH) + 1).tolist(), found.words + 1]
    bounds = [(begin, after - 1) for begin, after in pairwise(begins)]
    signed = []
    for number, (begin, stop) in enumerate(bounds):
        dash = begin
        while dash < stop and found.quote[dash] != OUTSIDE:
            dash += 1
        if dash == begin:  # no quotation opens the paragraph: does it sign the one before?
            if not number:
                continue
            begin = bounds[number - 1][0]
            if not (found.quote[begin : bounds[number - 1][1]] != OUTSIDE).all():
                continue
        name = dash
        while name < min(stop, dash + 2) and text[found.starts[name] : found.ends[name]] in DASHES:
            name += 1
        last = stop - 1 if name < stop and text[found.starts[stop - 1] : found.ends[stop - 1]] == "." else stop
        if dash < name < last <= name + SIGNATURE and found.quote[begin] == OPENING:
            end = _named(found, text, name, last)
            if end is not None:
                content = bounds[number - 1] if found.quote[dash - 1] == OUTSIDE else (begin, dash)
                signed.append(Tie((dash, name), ((name, end),), (content,), SURE, SIGNED))
    return signed


def _named(found: Pieces, text: str, start: int, stop: int) -> int | None:
    """Where the name that begins at `start` ends, a place or an office behind a comma left out; None where there is none."""
    words = [text[found.starts[at] : found.ends[at]] for at in range(start, stop)]
    if found.shape[start] not in (CAPITAL, CAPITALS, MIXED) or any(found.quote[start:stop] != OUTSIDE):
        return None
    if words[-1] in DASHES:
        return None
    end = next((at for at, word in enumerate(words) if word in ",("), len(words))
    if any(word.islower() and word not in PARTICLES and len(word) > 1 for word in words[:end]):
        return None
    return start + end


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


def _shared_out(found: Pieces, marked: list[tuple[int, int]], ties: list[Tie]) -> list[Tie]:
    """The same with each quotation that several attributions hold left to its closest: two speakers' are not taken for one.

    An attribution keeps a quotation that is part of a sentence of its own, and one that is all it has.
    """
    held = [{word for start, end in tie.content for word in range(start, end)} for tie in ties]
    ends = [end for _, end in marked]
    near: dict[int, list[tuple[float, int]]] = {}
    for number, tie in enumerate(ties):
        for word, closeness in tie.closeness:
            quotation = bisect_right(ends, word)
            start, end = marked[quotation]
            whole = end - start <= LONGEST and held[number].issuperset(range(start, end))
            if whole and not start <= tie.cue[0] < end:
                near.setdefault(quotation, []).append((closeness + TRUST * log(max(tie.score, FAINT)), number))
    for quotation, claims in near.items():
        start, end = marked[quotation]
        claims.sort(reverse=True)
        for _, number in claims[1:]:
            mine = held[number]
            rest = mine.difference(range(start, end))
            apart = not _goes_on(found, mine, start - 1) and not _goes_on(found, mine, end)
            if apart and any(found.shape[word] not in (MARK, PARAGRAPH) for word in rest):
                held[number] = rest
    return [
        tie
        if len(words) == sum(end - start for start, end in tie.content)
        else replace(tie, content=_runs(sorted(words)))
        for tie, words in zip(ties, held, strict=True)
    ]


def _goes_on(found: Pieces, held: set[int], word: int) -> bool:
    """Whether a content goes on outside the quotation that `word` stands beside."""
    return word in held and found.quote[word] == OUTSIDE and found.shape[word] != PARAGRAPH


def _taken_up(found: Pieces, text: str, marked: list[tuple[int, int]], ties: list[Tie]) -> list[Tie]:
    """The same with each quotation that its paragraph left open, and the next opens with the same mark, kept together.

    Where only one of the two is anybody's, the other is added to it; a cue of its own keeps it apart.
    """
    pairs = [
        (one, two)
        for one, two in pairwise(marked)
        if found.quote[one[1] - 1] != CLOSING
        and found.shape[one[1] : two[0]].size
        and (found.shape[one[1] : two[0]] == PARAGRAPH).all()
        and two[1] - two[0] <= LONGEST
        and text[found.starts[one[0]]] == text[found.starts[two[0]]]
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


def _carried_on(found: Pieces, text: str, ties: list[Tie]) -> list[Tie]:
    """The same with each paragraph that is a quotation and nobody's given to who was quoted last in the one before."""
    begins = [0, *(np.flatnonzero(found.shape == PARAGRAPH) + 1).tolist(), found.words + 1]
    bounds = [(begin, after - 1) for begin, after in pairwise(begins)]
    paragraph = np.cumsum(found.shape == PARAGRAPH)
    told = np.zeros(found.words, dtype=bool)
    last: dict[int, tuple[int, int]] = {}  # paragraph -> where the attribution that ends last in it ends; which it is
    for number, tie in enumerate(ties):
        here = int(paragraph[tie.cue[0]])
        for start, end in (*tie.source, tie.cue, *tie.content):
            if paragraph[start] == here:
                last[here] = max(last.get(here, (0, 0)), (end, number))
        for start, end in tie.content:
            told[start:end] = True
    for number, (start, end) in enumerate(bounds):
        if number - 1 not in last or not _lone(found, text, bounds[number - 1], (start, end)):
            continue
        stop, at = last[number - 1]
        before = slice(*bounds[number - 1])
        quoted = any((found.quote[slice(*run)] != OUTSIDE).any() for run in ties[at].content if run[0] >= before.start)
        if not quoted or before.stop - stop > 2 or 2 * told[start:end].sum() > end - start:
            continue
        words = {word for run in (*ties[at].content, (start, end)) for word in range(*run)}
        ties[at] = replace(ties[at], content=_runs(sorted(words)))
        last[number] = (end, at)
    return ties


def _lone(found: Pieces, text: str, before: tuple[int, int], here: tuple[int, int]) -> bool:
    """Whether a paragraph is nothing but somebody's words: no heading between single marks, no frame round other quotations."""
    start, end = here
    if not CARRIED <= end - start <= LONGEST or (found.quote[start:end] == OUTSIDE).any():
        return False
    mark = text[found.starts[start]]
    if (mark in "'‘‚‹" and text[found.starts[start] : found.starts[start] + 2] != "''") or (
        (found.shape[start:end] != MARK).sum() < CARRIED
    ):
        return False
    openings = np.flatnonzero(found.quote[slice(*before)] == OPENING) + before[0]
    return bool(found.quote[end - 1] == CLOSING) or mark in {text[found.starts[at]] for at in openings}


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
        tail = held >= TAIL and end - 1 in taken and end - 2 in taken
        if held >= SHARE * len(words) or (start in taken and start + 1 in taken) or tail:
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
