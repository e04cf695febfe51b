"""Cutting a text into windows that the encoder reads one at a time.

Nearly all attributions (more than 99 in 100 of the training articles) lie within one paragraph, so windows are made of
whole paragraphs where that is possible, with a little of what comes before and after as context. Each word belongs to
the core of exactly one window; only attributions whose cue begins in the core are taken from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from winset.language.pieces import PARAGRAPH, Pieces


@dataclass(frozen=True, slots=True)
class Plan:
    """How windows are cut, in word pieces."""

    size: int = 320  # everything included; the encoder could take 384
    before: int = 16  # context ahead of the core
    after: int = 16  # context behind a core that stops inside a paragraph
    next: int = 8  # context behind a core that stops at a paragraph's end
    least: float = 0.8  # of the core must be full before it stops early at a paragraph's end


@dataclass(frozen=True, slots=True)
class Window:
    """Words [start, end) are read; words [core_start, core_end) are this window's own."""

    start: int
    end: int
    core_start: int
    core_end: int


def cut(pieces: Pieces, plan: Plan, first_core: int | None = None) -> Iterator[Window]:
    """Windows whose cores cover all words in order; `first_core` shortens the first (used to vary training)."""
    first, total = pieces.first, pieces.words
    breaks = [word for word in range(total) if pieces.shape[word] == PARAGRAPH] + [total]
    place = 0  # index of the next paragraph mark in breaks
    at = 0
    while at < total:
        start = at
        while start > 0 and first[at] - first[start - 1] <= plan.before:
            start -= 1
        room = plan.size - int(first[at] - first[start])
        if first_core is not None:
            room, first_core = min(room, first_core + plan.after), None
        if first[total] - first[at] <= room:
            yield Window(start, total, at, total)
            return
        while breaks[place] <= at:
            place += 1
        end = None
        look = place
        while breaks[look] < total and first[breaks[look]] - first[at] <= room - plan.next:
            end = breaks[look]
            look += 1
        if end is None or first[end] - first[at] < plan.least * (room - plan.after):
            end = at + 1
            while end < total and first[end + 1] - first[at] <= room - plan.after:
                end += 1
            context = plan.after
        else:
            context = plan.next
        stop = end
        while stop < total and first[stop + 1] - first[end] <= context and first[stop + 1] - first[start] <= plan.size:
            stop += 1
        yield Window(start, stop, at, end)
        at = end
