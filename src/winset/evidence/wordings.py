"""How people put the points of the packaged issues: many plain sentences beside the few examples of a codebook, and their vectors.

Phrases find what they spell; these sentences say what an issue's points sound like, and serve likeness alone. They are words of
our own, nobody's statements, and are no part of a codebook that an analyst reads, edits or keeps in a case.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
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

ANY = "any"
NAME = 8  # bytes of a text's digest under which its vector lies
LEVELS = 31
"""Either side of nil to which the numbers of a vector are rounded: what is nearest stays so, and a number takes five bits and a half."""


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
def _homes() -> dict[str, tuple[CodebookIssue, str]]:
    """Each packaged issue and the codebook that it is in, by the issue's id."""
    return {issue.id: (issue, id) for id in coding.PACKAGED for issue in coding.packaged(id).issues}


def of(issue: CodebookIssue) -> list[tuple[str, CodePoint | None]]:
    """The wordings of an issue with the points that they are at; none where it is not, or no longer, the packaged one.

    A point that was given another label, or moved, keeps none; an issue that asks something else has none at all.
    """
    home = _homes().get(issue.id)
    if home is None or home[0].question != issue.question:
        return []
    before = {point.value: point.label for point in home[0].points}
    points = {point.value: point for point in issue.points if before.get(point.value) == point.label}
    return [
        (one.text, None if one.value is None else points[one.value])
        for one in packaged(home[1]) if one.issue == issue.id and (one.value is None or one.value in points)
    ]  # fmt: skip


def vectors(texts: Sequence[str], issues: Iterable[CodebookIssue], meanings: Meanings) -> NDArray[np.float32]:
    """(texts, 384), each of length one: as packaged with the codebooks that the issues are of; those of other texts `meanings` makes.

    Raises ResourceError where the weights are missing and a vector has to be made.
    """
    held: dict[bytes, NDArray[np.float32]] = {}
    for id in dict.fromkeys(home[1] for issue in issues if (home := _homes().get(issue.id))):
        held.update(_held(id))
    names = [name(text) for text in texts]
    missing = list(dict.fromkeys(text for text, one in zip(texts, names, strict=True) if one not in held))
    if missing:
        held.update(zip(map(name, missing), meanings.vectors(missing), strict=True))
    return np.stack([held[one] for one in names])


def name(text: str) -> bytes:
    """What a text's vector lies under."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:NAME]


def packed(texts: Sequence[str], meanings: Meanings) -> bytes:
    """The file of the vectors of a packaged codebook's texts."""
    made = meanings.vectors(texts)
    rows = np.round(made / (np.abs(made).max(axis=1, keepdims=True) / LEVELS)).astype(np.int8)
    names = np.frombuffer(b"".join(map(name, texts)), dtype=np.uint8).reshape(len(texts), NAME)
    identity = np.frombuffer(meaning_identity().encode(), dtype=np.uint8)
    out = BytesIO()
    np.savez_compressed(out, names=names, rows=rows, identity=identity)
    return out.getvalue()


def _held(id: str) -> dict[bytes, NDArray[np.float32]]:
    """The vectors packaged with a codebook by name; none where they were made with other weights than those at hand."""
    try:
        data = files("winset.evidence.codebooks.wordings").joinpath(f"{id}.npz").read_bytes()
        with np.load(BytesIO(data), allow_pickle=False) as found:
            if found["identity"].tobytes().decode() != meaning_identity():
                return {}
            whole, names = found["rows"].astype(np.float32), found["names"]
    except (OSError, ValueError, KeyError, BadZipFile):
        return {}
    whole /= np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), np.float32(1e-9))
    return dict(zip(map(bytes, names), whole, strict=True))
