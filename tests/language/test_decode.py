"""The best legal labels: the same as trying every sequence."""

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from winset.language.decode import BEGIN, IN_CONTENT, IN_SOURCE, INSIDE, best_labels, cues

AFTER = {IN_SOURCE: (1, IN_SOURCE), IN_CONTENT: (3, IN_CONTENT)}


def by_trying(table: NDArray[np.float32]) -> float:
    """The best score of a legal sequence of labels, by looking at all."""
    words = len(table)
    return max(
        float(sum(table[at, label] for at, label in enumerate(labels)))
        for labels in product(range(5), repeat=words)
        if legal(labels)
    )


def legal(labels: tuple[int, ...]) -> bool:
    return all(
        label not in AFTER or (at and labels[at - 1] in AFTER[label]) for at, label in enumerate(labels)
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_labels_are_those_that_trying_every_sequence_finds(seed: int) -> None:
    chance = np.random.default_rng(seed)
    tables = [chance.normal(size=(rows, words, 5)).astype(np.float32) for rows, words in ((3, 5), (1, 1), (2, 6))]
    for table, labels in zip(tables, best_labels(tables), strict=True):
        for scores, row in zip(table, labels.tolist(), strict=True):
            assert legal(tuple(row))
            got = sum(float(scores[at, label]) for at, label in enumerate(row))
            assert got == pytest.approx(by_trying(scores), abs=1e-5)


def test_no_window_no_labels() -> None:
    assert best_labels([]) == []


@pytest.mark.parametrize("seed", range(12))
def test_cues_are_the_spans_of_the_best_tags(seed: int) -> None:
    words = 7
    tags = np.random.default_rng(seed).normal(size=(words, 3, 3)).astype(np.float32)
    logs = tags[:, 0] - np.log(np.exp(tags[:, 0]).sum(axis=1, keepdims=True))
    best = max(
        (one for one in product(range(3), repeat=words) if all(
            tag != INSIDE or (at and one[at - 1] != 0) for at, tag in enumerate(one))),
        key=lambda one: sum(logs[at, tag] for at, tag in enumerate(one)),
    )  # fmt: skip
    starts = [at for at, tag in enumerate(best) if tag == BEGIN]
    found = {start: end for start, end, _ in cues(tags, faintest=0.0)}
    for start in starts:
        end = next((at for at in range(start + 1, words) if best[at] != INSIDE), words)
        assert found[start] == end
