"""What sentences mean, computed once: kept in the user's own cache, never in a case. Those of a case by itself, for finding; those that
drafting compares (clauses and the words of codebooks) together for all cases."""

import hashlib
import os
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from winset.language.meaning import Meanings, SentenceVectors, StanceVectors
from winset.language.weights import meaning_identity

FEWEST = 500
"""New vectors from which the file is written before all are there, and whenever they are as many as it holds: who is
stopped loses half of the work at most, and each vector is written some two times."""
Kept = NDArray[np.float16]
MOST = 20_000  # sentences that drafting keeps, some 5 MB; the latest used stay


class KeptMeanings:
    """The vectors of one case's sentences, the same whether they were kept or are made just now: rounded to 16 bits.

    The file holds digests of sentences and their vectors, no words; it is the user's alone, may be deleted at any time, and
    where it cannot be read or written everything is made anew.
    """

    def __init__(self, case: Path, sentences: Sequence[str], meanings: Meanings | None = None) -> None:
        """`sentences` are all of the case: of others nothing stays kept. `meanings` makes what is not kept; the packaged
        vectors where not given."""
        self._case, self._meanings = case, meanings or SentenceVectors()
        self._own = {_name(one) for one in sentences}

    def vectors(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """(sentences of the case, any width), each of length one. Raises ResourceError where the weights are missing."""
        path = _place(self._case)
        wanted = {_name(one): one for one in sentences}
        held = {name: vector for name, vector in _read(path).items() if name in self._own}
        missing = [name for name in wanted if name not in held]
        while missing:
            some = missing[: max(FEWEST, len(held))]
            made = self._meanings.vectors([wanted[name] for name in some]).astype(np.float16)
            held.update(zip(some, made, strict=True))
            missing = missing[len(some) :]
            _write(path, held)
        return _of_length_one(np.stack([held[_name(one)] for one in sentences]))

    def of(self, sentence: str) -> NDArray[np.float32]:
        """The vector of one sentence, rounded alike, which is not kept."""
        (vector,) = _of_length_one(self._meanings.vectors([sentence]).astype(np.float16))
        return np.asarray(vector)


class CommonMeanings:
    """The vectors of whatever drafting compares, the same whether they were kept or are made just now: rounded to 16 bits.

    One file for all cases, of digests and vectors without any words, as for one case. It is written whenever as many vectors were
    made as `FEWEST`, and by `keep`: the document after next need not wait for the file of all others.
    """

    def __init__(self, meanings: Meanings | None = None) -> None:
        self._meanings = meanings or StanceVectors()
        self._held: dict[bytes, Kept] | None = None
        self._unwritten = 0

    def vectors(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """(sentences, any width), each of length one. Raises ResourceError where the weights are missing."""
        if not sentences:
            return np.zeros((0, 1), dtype=np.float32)
        if self._held is None:
            self._held = _read(_common())
        held = self._held
        wanted = {_name(one): one for one in sentences}
        missing = [name for name in wanted if name not in held]
        if missing:
            made = self._meanings.vectors([wanted[name] for name in missing]).astype(np.float16)
            found = {name: held.pop(name) for name in wanted if name in held}  # used last, they go last
            held.update({**found, **dict(zip(missing, made, strict=True))})
            for name in list(held)[: max(0, len(held) - MOST)]:
                if name not in wanted:
                    del held[name]
            self._unwritten += len(missing)
            if self._unwritten >= FEWEST:
                self.keep()
        return _of_length_one(np.stack([held[_name(one)] for one in sentences]))

    def keep(self) -> None:
        """Writes down what was made since the last time."""
        if self._held is not None and self._unwritten:
            _write(_common(), self._held)
            self._unwritten = 0


@cache
def common() -> CommonMeanings:
    """The one of this process."""
    return CommonMeanings()


def _common() -> Path:
    from platformdirs import user_cache_path

    name = hashlib.sha256(meaning_identity().encode()).hexdigest()
    return user_cache_path("winset") / "meanings" / f"drafting-{name[:32]}.npz"


def _name(sentence: str) -> bytes:
    return hashlib.sha256(sentence.encode("utf-8", "surrogatepass")).digest()


def _of_length_one(vectors: Kept) -> NDArray[np.float32]:
    found = vectors.astype(np.float32)
    lengths = np.maximum(np.linalg.norm(found, axis=1, keepdims=True), np.float32(1e-9))
    whole: NDArray[np.float32] = found / lengths
    return whole


def _place(case: Path) -> Path:
    """Where a case's vectors are kept: by its path and by the weights that made them."""
    from platformdirs import user_cache_path

    name = hashlib.sha256(f"{meaning_identity()} {case.resolve()}".encode("utf-8", "surrogatepass")).hexdigest()
    return user_cache_path("winset") / "meanings" / f"{name[:32]}.npz"


def _read(path: Path) -> dict[bytes, Kept]:
    """What is kept; nothing where there is no file, or one that is not whole."""
    try:
        with np.load(path, allow_pickle=False) as found:
            names, vectors = found["names"], found["vectors"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    fits = names.ndim == vectors.ndim == 2 and len(names) == len(vectors) and names.shape[1] == 32
    if not fits or names.dtype != np.uint8 or vectors.dtype != np.float16 or not np.isfinite(vectors).all():
        return {}
    return {name.tobytes(): vector for name, vector in zip(names, vectors, strict=True)}


def _write(path: Path, held: dict[bytes, Kept]) -> None:
    """Keeps vectors, as the user's alone; whoever is stopped meanwhile leaves the file as it was."""
    names = np.frombuffer(b"".join(held), dtype=np.uint8).reshape(len(held), 32)
    part = path.with_name(f"{path.stem}.{os.getpid()}.part")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                np.savez(file, names=names, vectors=np.stack(list(held.values())))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
