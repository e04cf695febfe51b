"""How likely a text is to be about each of several things, by the words that texts about them use.

Naive Bayes over single words without their endings and pairs of neighbours (McCallum and Nigam 1998, "A comparison of event models for
naive Bayes text classification"), with the log odds tempered, since neighbouring words are not independent.
"""

import re
from collections.abc import Callable, Sequence
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[a-z]+")
_SEEN = 2  # texts in which a word or a pair must stand to count
_SMOOTH = 0.3  # added to every count
_TEMPER = 2.0  # by which the log odds are divided


class WordChances:
    """What the words of texts of known classes say of a text's class."""

    def __init__(self, classes: Sequence[Sequence[str]], weighty: Callable[[str], list[str]]) -> None:
        """classes  the texts of each class; weighty  a text's words that say what it is about, without endings"""
        self._weighty = weighty
        found: dict[str, list[int]] = {}
        for at, texts in enumerate(classes):
            for text in texts:
                for word in set(self._words(text)):
                    found.setdefault(word, []).append(at)
        kept = [(word, each) for word, each in found.items() if len(each) >= _SEEN]
        self._at = {word: n for n, (word, _) in enumerate(kept)}
        row = np.repeat(np.arange(len(kept)), [len(each) for _, each in kept])
        column = np.fromiter(chain.from_iterable(each for _, each in kept), np.int64, len(row))
        size = len(kept) * len(classes)
        count = np.bincount(row * len(classes) + column, minlength=size).reshape(len(kept), len(classes)).astype(float)
        of = np.array([len(texts) for texts in classes], dtype=float)
        share = (count + _SMOOTH) / (of + 2 * _SMOOTH)
        self._odds = np.log(share / ((count.sum(axis=1, keepdims=True) + _SMOOTH) / (of.sum() + 2 * _SMOOTH))) / _TEMPER
        self._classes = len(classes)

    def of(self, text: str) -> NDArray[np.float64]:
        """(classes,) summing to one; all alike where no word of the text is known."""
        known = [at for word in set(self._words(text)) if (at := self._at.get(word)) is not None]
        return softmax(self._odds[sorted(known)].sum(axis=0) if known else np.zeros(self._classes))

    def _words(self, text: str) -> list[str]:
        weighty, words = self._weighty(text), _WORD.findall(text.lower())
        return [
            *weighty,
            *(f"{a}_{b}" for a, b in pairwise(words)),
            *(f"{a}+{b}" for a, b in pairwise(weighty)),
        ]


def softmax(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log odds along the last axis as chances that sum to one."""
    raised = np.exp(odds - odds.max(axis=-1, keepdims=True))
    chances: NDArray[np.float64] = raised / raised.sum(axis=-1, keepdims=True)
    return chances
