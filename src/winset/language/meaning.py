"""What sentences mean, as vectors: the nearer two of them, the more alike what is said; and the protocol for it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from winset.language.weights import MeaningWeights, load_meaning

LONGEST = 256  # word pieces of a sentence, its two marks included; what comes after is not read
BEGIN_ID, END_ID = 101, 102  # the marks that a sentence stands between
_SURROGATE = dict.fromkeys(range(55296, 57344), 65533)


class Meanings(Protocol):
    """Something that gives the meaning of sentences; the same sentence always has the same vector."""

    def vectors(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """(sentences, any width), each of length one, so that a product of two is their likeness, -1 to 1."""
        ...

    def __hash__(self) -> int:
        """One maker of vectors is itself alone, so that what is made with it can be kept."""
        ...


class _Vectors:
    """Vectors by one output of the packaged graph. Nothing is loaded until the first sentence; each is read alone, so its vector does not
    depend on the others."""

    output: str
    width: int

    def __init__(self) -> None:
        self._weights: MeaningWeights | None = None

    def vectors(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """(sentences, width), each of length one. Raises ResourceError where the weights are missing or altered."""
        if self._weights is None:
            self._weights = load_meaning()
        weights = self._weights
        found = np.empty((len(sentences), self.width), dtype=np.float32)
        clean = [sentence.translate(_SURROGATE) for sentence in sentences]
        for at, encoding in enumerate(weights.tokenizer.encode_batch(clean, add_special_tokens=False)):
            ids = np.asarray([BEGIN_ID, *encoding.ids[: LONGEST - 2], END_ID], dtype=np.int64)
            found[at] = weights.run(self.output, ids)
        return found


class SentenceVectors(_Vectors):
    """What any sentences mean: the untouched MiniLM (Wang and others 2020, as trained for sentences) with 4-bit weights over the reader's
    word vectors."""

    output, width = "vector", 384


class StanceVectors(_Vectors):
    """What stances are about: MiniLM's lower layers, and its upper ones trained on to tell the issues of the packaged codebooks apart by how
    people put them (`training/stances.py`). Sentences about one issue lie near each other, whatever their words."""

    output, width = "stance", 128
