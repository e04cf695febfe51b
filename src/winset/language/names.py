"""Proper names from the encoder's tags."""

from collections.abc import Iterator

import numpy as np

from winset.domain.text import Span
from winset.language.annotation import Name, NameKind
from winset.language.pieces import PARAGRAPH, Ints, Pieces

KINDS: tuple[NameKind, ...] = ("person", "organisation", "place", "nationality")


def names(found: Pieces, labels: Ints) -> Iterator[Name]:
    """Runs of one kind's labels (0 no name, then begin and go-on for each of KINDS in turn), a label a word."""
    begin, kind = 0, 0
    inside = np.where(found.shape == PARAGRAPH, 0, labels)
    for at in range(found.words + 1):
        label = int(inside[at]) if at < found.words else 0
        if kind and (label == 0 or label % 2 == 1 or (label + 1) // 2 != kind):
            yield Name(Span(int(found.starts[begin]), int(found.ends[at - 1])), KINDS[kind - 1])
            kind = 0
        if label and not kind:
            begin, kind = at, (label + 1) // 2
