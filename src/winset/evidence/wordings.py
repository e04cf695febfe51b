"""How people put the points of the packaged issues: many plain sentences beside the few examples of a codebook, and their vectors.

Phrases find what they spell; these sentences say what an issue's points sound like, and serve likeness alone. They are words of
our own, nobody's statements, and are no part of a codebook that an analyst reads, edits or keeps in a case.
"""

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from winset.domain.vocabulary import CodebookIssue, CodePoint
from winset.evidence import coding
from winset.evidence.chances import softmax
from winset.language.meaning import Meanings
from winset.language.weights import meaning_identity

ANY = "any"
NONE = "none"  # under which sentences stand that are nobody's stance
NAME = 8  # bytes of a text's digest under which its vector lies
LEVELS = 31
"""Either side of nil to which the numbers of a vector are rounded: what is nearest stays so, and a number takes five bits and a half."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence about an issue, at the point of `value` (on the issue's scale) or, where None, at no one point; the issue is `NONE` for
    one that is nobody's stance on any."""

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
    points = _unchanged(issue)
    return [
        (one.text, None if one.value is None else points[one.value])
        for id in homes([issue]) for one in packaged(id) if one.issue == issue.id and (one.value is None or one.value in points)
    ]  # fmt: skip


def _unchanged(issue: CodebookIssue) -> dict[float, CodePoint]:
    """Value -> point, of those of an issue that are where they are in the packaged one and bear the same label."""
    home = _homes().get(issue.id)
    before = {} if home is None else {point.value: point.label for point in home[0].points}
    return {point.value: point for point in issue.points if before.get(point.value) == point.label}


def idle(issues: Iterable[CodebookIssue]) -> list[str]:
    """Sentences that stand in reports of the negotiations which the issues' codebooks are about, and are nobody's stance."""
    return [one.text for id in homes(issues) for one in packaged(id) if one.issue == NONE]


def homes(issues: Iterable[CodebookIssue]) -> list[str]:
    """The packaged codebooks that issues are of, unchanged in what they ask."""
    each = ((home[1], home[0].question == issue.question) for issue in issues if (home := _homes().get(issue.id)))
    return list(dict.fromkeys(id for id, same in each if same))


def left_out(issues: Sequence[CodebookIssue]) -> list[CodebookIssue]:
    """The issues that somebody took out of the packaged codebooks of which most are still there: who took one issue into a codebook of
    his own left none out. Of those merged with another the phrases stand there: they are not left out."""
    ids = {issue.id for issue in issues}
    there = {phrase for issue in issues for phrase in _phrases(issue)}
    found = []
    for id in homes(issues):
        packaged = coding.packaged(id).issues
        away = [issue for issue in packaged if issue.id not in ids]
        if 2 * len(away) < len(packaged):
            found += [issue for issue in away if 2 * len(_phrases(issue) & there) <= len(_phrases(issue))]
    return found


def _phrases(issue: CodebookIssue) -> set[str]:
    return {phrase for point in issue.points for phrase in point.phrases}


def vectors(texts: Sequence[str], issues: Iterable[CodebookIssue], meanings: Meanings) -> NDArray[np.float32]:
    """(texts, width of `meanings`), each of length one: as packaged with the codebooks that the issues are of; those of other texts `meanings` makes.

    Raises ResourceError where the weights are missing and a vector has to be made.
    """
    held: dict[bytes, NDArray[np.float32]] = {}
    for id in homes(issues):
        held.update(_held(id))
    names = [name(text) for text in texts]
    missing = list(dict.fromkeys(text for text, one in zip(texts, names, strict=True) if one not in held))
    if missing:
        held.update(zip(map(name, missing), meanings.vectors(missing), strict=True))
    return np.stack([held[one] for one in names])


def name(text: str) -> bytes:
    """What a text's vector lies under."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:NAME]


def packed(
    texts: Sequence[str], classes: Sequence[tuple[str, float | None]], meanings: Meanings,
    learn: Callable[[NDArray[np.float32], NDArray[np.int64]], NDArray[np.float64]],
) -> bytes:  # fmt: skip
    """The file of the vectors of a packaged codebook's texts, and of what can be learned from them.

    classes  the issue that each text is about, or `NONE`, and the value of its point, None where it is at no one point
    learn    (vectors, number of each one's class) -> weights (width and one, classes), the last row the intercepts
    """
    made = meanings.vectors(texts)
    rows = np.round(made / (np.abs(made).max(axis=1, keepdims=True) / LEVELS)).astype(np.int8)
    found: dict[str, NDArray[Any]] = {
        "names": np.frombuffer(b"".join(map(name, texts)), dtype=np.uint8).reshape(len(texts), NAME), "rows": rows,
        "identity": np.frombuffer(meaning_identity().encode(), dtype=np.uint8),
    }  # fmt: skip
    at_points = [None if value is None else f"{issue} {value:g}" for issue, value in classes]
    for key, labels in (("issues", [issue for issue, _ in classes]), ("points", at_points)):
        kept = [n for n, one in enumerate(labels) if one is not None]
        kinds = list(dict.fromkeys(str(labels[n]) for n in kept))
        weights = learn(_long(rows[kept]), np.array([kinds.index(str(labels[n])) for n in kept]))
        found[key] = np.frombuffer("\n".join(kinds).encode(), dtype=np.uint8)
        found[f"weights of {key}"] = weights.astype(np.float16)
    out = BytesIO()
    np.savez_compressed(out, allow_pickle=False, **found)
    return out.getvalue()


class Learned:
    """What is packaged of how texts of issues differ: for the vector of a text the chance of each issue of a codebook, and of each point
    of an issue."""

    def __init__(self, issues: Sequence[CodebookIssue]) -> None:
        at = {issue.id: n for n, issue in enumerate(issues) if homes([issue])}
        self._count = len(issues)
        self._heads: list[tuple[NDArray[np.float64], list[tuple[int, int]]]] = []
        self._points: dict[str, tuple[list[float], NDArray[np.float64]]] = {}
        for id in homes(issues):
            found = _read(id)
            if found is not None:
                kinds = _names(found["issues"])
                columns = [n for n, one in enumerate(kinds) if one in at or one == NONE]
                pairs = [(at[kinds[n]], k) for k, n in enumerate(columns) if kinds[n] in at]
                self._heads.append((found["weights of issues"].astype(np.float64)[:, columns], pairs))
                points = [one.rsplit(" ", 1) for one in _names(found["points"])]
                for issue in dict.fromkeys(one[0] for one in points):
                    own = [n for n, one in enumerate(points) if one[0] == issue]
                    values = [float(points[n][1]) for n in own]
                    self._points[issue] = values, found["weights of points"].astype(np.float64)[:, own]

    def __bool__(self) -> bool:
        return bool(self._heads)

    def of(self, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        """(texts, issues); nil where nothing is packaged."""
        chances = np.zeros((len(vectors), self._count))
        rows = np.hstack([vectors.astype(np.float64), np.ones((len(vectors), 1))])
        for weights, pairs in self._heads:
            each = softmax(rows @ weights)
            for issue, column in pairs:
                chances[:, issue] = each[:, column]
        return chances

    def points(self, issue: CodebookIssue, vector: NDArray[np.float32]) -> dict[float, float]:
        """Value of each unchanged point of an issue -> its chance; nothing where nothing is packaged or the issue asks something else."""
        if issue.id not in self._points or not homes([issue]):
            return {}
        values, weights = self._points[issue.id]
        chances = softmax(np.append(vector.astype(np.float64), 1.0) @ weights)
        there = _unchanged(issue)
        return {value: float(chance) for value, chance in zip(values, chances, strict=True) if value in there}


def _names(packed: NDArray[Any]) -> list[str]:
    return packed.tobytes().decode().split("\n")


def _long(rows: NDArray[np.int8]) -> NDArray[np.float32]:
    whole = rows.astype(np.float32)
    long: NDArray[np.float32] = whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), np.float32(1e-9))
    return long


def _held(id: str) -> dict[bytes, NDArray[np.float32]]:
    """The vectors packaged with a codebook by name; none where they were made with other weights than those at hand."""
    found = _read(id)
    return {} if found is None else dict(zip(map(bytes, found["names"]), _long(found["rows"]), strict=True))


@lru_cache(maxsize=2)
def _read(id: str) -> dict[str, NDArray[Any]] | None:
    """What is packaged with a codebook; None where it was made with other weights than those at hand."""
    try:
        data = files("winset.evidence.codebooks.wordings").joinpath(f"{id}.npz").read_bytes()
        with np.load(BytesIO(data), allow_pickle=False) as found:
            if found["identity"].tobytes().decode() != meaning_identity():
                return None
            return {
                key: found[key]
                for key in ("names", "rows", "issues", "points", "weights of issues", "weights of points")
            }
    except (OSError, ValueError, KeyError, BadZipFile):
        return None
