"""How people put the points of the packaged issues: many plain sentences beside the few examples of a codebook, and their vectors.

Phrases find what they spell; these sentences say what an issue's points sound like, and serve likeness alone. They are words of
our own, nobody's statements, and are no part of a codebook that an analyst reads, edits or keeps in a case.
"""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from winset.domain.vocabulary import CodebookIssue, CodePoint
from winset.evidence import coding
from winset.language.meaning import Meanings
from winset.language.weights import meaning_identity

VECTORS = "vectors.npz"
ANY = "any"
NAME = 16  # bytes of a text's digest under which its vector lies


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence about an issue, at the point of `value` (on the issue's scale) or, where None, at no one point."""

    issue: str
    value: float | None
    text: str


@cache
def packaged(id: str) -> tuple[Wording, ...]:
    """The wordings of a packaged codebook, in the order of its issues and points; none for other ids."""
    if id not in coding.PACKAGED:
        return ()
    text = files("winset.evidence.codebooks.wordings").joinpath(f"{id}.toml").read_text(encoding="utf-8")
    return tuple(
        Wording(issue, None if value == ANY else float(value), sentence)
        for issue, points in tomllib.loads(text).items()
        for value, sentences in points.items()
        for sentence in sentences
    )


@cache
def _by_issue() -> dict[str, tuple[CodebookIssue, tuple[Wording, ...]]]:
    found: dict[str, tuple[CodebookIssue, tuple[Wording, ...]]] = {}
    for id in coding.PACKAGED:
        for issue in coding.packaged(id).issues:
            found[issue.id] = issue, tuple(one for one in packaged(id) if one.issue == issue.id)
    return found


def of(issue: CodebookIssue) -> list[tuple[str, CodePoint | None]]:
    """The wordings of an issue with the points that they are at; none where it is not, or no longer, the packaged one.

    A point that was given another label, or moved, keeps none; an issue that asks something else has none at all.
    """
    known = _by_issue().get(issue.id)
    if known is None or known[0].question != issue.question:
        return []
    before = {point.value: point.label for point in known[0].points}
    points = {point.value: point for point in issue.points if before.get(point.value) == point.label}
    return [
        (one.text, None if one.value is None else points[one.value])
        for one in known[1] if one.value is None or one.value in points
    ]  # fmt: skip


class PackagedVectors:
    """The vectors of the packaged codebooks' own texts as they are packaged (8 bits a number), and of others made when asked for."""

    def __init__(self, meanings: Meanings) -> None:
        self._meanings = meanings

    def vectors(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """(sentences, 384), each of length one. Raises ResourceError where the weights are missing and one has to be made."""
        held = _held()
        missing = [one for one in dict.fromkeys(sentences) if name(one) not in held]
        made = dict(zip(missing, self._meanings.vectors(missing), strict=True)) if missing else {}
        return np.stack([made[one] if one in made else held[name(one)] for one in sentences])


def name(text: str) -> bytes:
    """What a text's vector lies under."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:NAME]


def packed(texts: Sequence[str], meanings: Meanings) -> bytes:
    """The file of the vectors of some texts, as `VECTORS` holds it."""
    vectors = meanings.vectors(texts)
    scales = np.abs(vectors).max(axis=1) / 127
    rows = np.round(vectors / scales[:, None]).astype(np.int8)
    names = np.frombuffer(b"".join(map(name, texts)), dtype=np.uint8).reshape(len(texts), NAME)
    out = BytesIO()
    identity = np.frombuffer(meaning_identity().encode(), dtype=np.uint8)
    np.savez_compressed(out, names=names, rows=rows, scales=scales.astype(np.float32), identity=identity)
    return out.getvalue()


@cache
def _held() -> dict[bytes, NDArray[np.float32]]:
    """The packaged vectors by name; none where they were made with other weights than those at hand."""
    try:
        data = files("winset.evidence.codebooks.wordings").joinpath(VECTORS).read_bytes()
        with np.load(BytesIO(data), allow_pickle=False) as found:
            if found["identity"].tobytes().decode() != meaning_identity():
                return {}
            whole = found["rows"].astype(np.float32) * found["scales"][:, None]
            names = found["names"]
    except (OSError, ValueError, KeyError, BadZipFile):
        return {}
    whole /= np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), np.float32(1e-9))
    return {each.tobytes(): vector for each, vector in zip(names, whole, strict=True)}
