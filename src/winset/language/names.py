"""Proper names from the encoder's tags."""

from collections.abc import Iterator

import numpy as np

from winset.domain.text import Span
from winset.language.annotation import Name, NameKind
from winset.language.pieces import PARAGRAPH, Ints, Pieces

KINDS: tuple[NameKind, ...] = ("person", "organisation", "place", "nationality")


def names(found: Pieces, labels: Ints) -> Iterator[Name]:
    """Runs of one kind's labels (0 no name, then begin and go-on for each of KINDS in turn), a label a word."""
    inside = np.where(found.shape == PARAGRAPH, 0, labels)
    places = np.flatnonzero(inside)
    runs: list[tuple[int, int, int]] = []  # kind, start, end
    for at, label in zip(places.tolist(), inside[places].tolist(), strict=True):
        kind = (label + 1) // 2
        if runs and label % 2 == 0 and runs[-1][0] == kind and runs[-1][2] == at:
            runs[-1] = (kind, runs[-1][1], at + 1)
        else:
            runs.append((kind, at, at + 1))
    for kind, start, end in runs:
        yield Name(Span(int(found.starts[start]), int(found.ends[end - 1])), KINDS[kind - 1])
