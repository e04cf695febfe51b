"""Statements inside statements: who tells of whose saying, and sayings that are only foretold."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from winset.domain.text import Span
from winset.language.annotation import Attribution

_FORETOLD = re.compile(
    r"\b(?:would|will|could|may|might|should|must|likely|probably|going to|expected to|likely to|to|if)\b|[’']ll\b",
    re.I,
)


def outer(attributions: Sequence[Attribution]) -> dict[int, int]:
    """Index of an attribution -> index of the smallest other one whose content holds its source and cue."""
    pieces = sorted(
        (span.start, -span.end, number) for number, one in enumerate(attributions) for span in one.content
    )  # fmt: skip
    starts = [start for start, _, _ in pieces]
    found: dict[int, int] = {}
    for number, one in enumerate(attributions):
        own = one.source + one.cue
        if not own or not one.cue:
            continue
        need = Span(min(span.start for span in own), max(span.end for span in own))
        best: tuple[int, int] | None = None
        at = bisect_right(starts, need.start)
        for start, minus, other in reversed(pieces[max(0, at - NEAREST) : at]):
            if other != number and -minus >= need.end and (best is None or -minus - start < best[0]):
                best = (-minus - start, other)
        if best is not None:
            found[number] = best[1]
    # Where two hold each other ("X insists on it, Y said") the one that is told last tells of the other.
    return {
        inner: outside
        for inner, outside in found.items()
        if found.get(outside) != inner or attributions[inner].cue[0].start < attributions[outside].cue[0].start
    }


NEAREST = 40  # contents before a place that are looked at; more never overlap in prose


def kept(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """All but those that somebody else only foretells or supposes: "Russia would insist on it, an envoy said"."""
    inside = outer(attributions)
    return [one for number, one in enumerate(attributions) if number not in inside or not foretold(text, one)]


_STANCES = re.compile(
    r"\b(?:insist|demand|ask|request|seek|want|reject|refuse|accept|agree|oppose|offer|propose|push|press|call|resist|support|back|veto|concede|threaten|welcome|condemn|object)\b",
    re.I,
)
_HABIT = re.compile(r"\b(?:say|tell|add|go|only)\b", re.I)


def stance_foretold(text: str, one: Attribution) -> bool:
    """Whether what somebody would ask for or turn down lies ahead, so that telling of it is a forecast."""
    if not one.source or not one.cue or one.source[-1].end > one.cue[0].start:
        return False
    start, end = one.source[-1].end, one.cue[-1].end
    words = text[start:end]
    if len(words) > 80 or not _STANCES.search(words) or _HABIT.search(words):
        return False
    return bool(_AHEAD.search(words))


_AHEAD = re.compile(r"\b(?:will|would|may|might|could|likely|probably|expected|bound|set|certain)\b", re.I)


def foretold(text: str, one: Attribution) -> bool:
    """Whether an attribution's own saying lies ahead: words of supposing stand between its source and its cue, or in it."""
    if not one.source or not one.cue:
        return False
    start, end = one.source[-1].end, one.cue[0].end
    if end - start > 80 or start > end:
        start = max(one.cue[0].start - 12, 0)
    return bool(_FORETOLD.search(text, start, end))
