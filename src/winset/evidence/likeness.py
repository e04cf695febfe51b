"""How near a few words are to each issue and point of a codebook: by the words they share, weighted by rarity, and by meaning.

Where no phrase of a codebook stands in a text, its questions, labels, examples and phrases still say what its issues are about.
Words are compared without their endings, and small classes of verbs count as one ("raise", "increase", "hike"); sentence
vectors find what shares no word at all. Both only say what is spoken of: for and against are near each other.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from winset.domain.vocabulary import Codebook, CodebookIssue, CodePoint
from winset.evidence import wordings
from winset.evidence.chances import WordChances
from winset.evidence.frames import NEGATION
from winset.evidence.lexicon import load
from winset.language.meaning import Meanings

_WHOLE = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,40}(?![!\w])")  # a word that is not the beginning of others ("withdr!")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "ies", "ied", "ed", "es", "s", "al", "ly", "e")
_SHORTEST = 3  # letters that stay when an ending goes
_RENDERED = 12  # phrases of a point that are read together as one text

LONGEST = 600  # characters of a text that are read
BEST = 3  # texts of an issue, or of a point, whose likeness counts
_POINTS = 0.3  # what the learned chance of a point counts beside that


@cache
def _classes() -> tuple[frozenset[str], dict[str, tuple[str, int]]]:
    """Words that say nothing of a matter, and stem -> (class of verbs, +1 where it makes more of a thing, -1 where less)."""
    found = load("likeness")
    kinds: dict[str, tuple[str, int]] = {}
    for sign, group in ((1, "more"), (-1, "less")):
        for name, words in found[group].items():
            for word in words.split():
                kinds[stem(word)] = name, sign
    return frozenset(found["light"].split()), kinds


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its ending: "withdrawal" and "withdraw" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


def weighty(text: str) -> list[str]:
    """The stems of the words that say what a text is about, each class of verbs as one."""
    light, kinds = _classes()
    stems = (stem(word) for word in _WORD.findall(text.lower()) if word not in light)
    return [kinds[one][0] if one in kinds else one for one in stems]


def direction(text: str) -> int:
    """+1 where a text speaks of more of a thing, -1 of less or of an end to it, 0 where it says neither; negations turn it round."""
    _, kinds = _classes()
    signs = [kinds[one][1] for word in _WORD.findall(text.lower()) if (one := stem(word)) in kinds]
    return signs[0] if signs else 0


@dataclass(frozen=True, slots=True)
class _Saying:
    """One text of a codebook. `point` is None where it is about the issue as a whole; `turned` where it is said with a negation."""

    text: str
    point: CodePoint | None
    turned: bool
    way: int
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alike:
    """How near words are to each issue of a codebook. Arrays are (issues,).

    nearest  likeness to the texts of the issue that are nearest (mean of `BEST` of them), -1 to 1
    middle   likeness to the mean of its texts, -1 to 1
    shared   weight of the words that it shares with the issue over that of all its words, 0 to 1
    learned  chance of each issue by weights learned from texts of the packaged codebooks, nil in others, 0 to 1
    worded   chance of each issue by how often its texts use these words, 0 to 1
    idle     likeness to what is nobody's stance, -1 to 1; nil where a codebook knows none
    words    the shared words by issue, the rarest first
    """

    nearest: NDArray[np.float64]
    middle: NDArray[np.float64]
    shared: NDArray[np.float64]
    learned: NDArray[np.float64]
    worded: NDArray[np.float64]
    idle: float
    words: tuple[tuple[str, ...], ...]
    vector: NDArray[np.float32]
    stems: frozenset[str]


@lru_cache(maxsize=4)
def likeness_to(codebook: Codebook, meanings: Meanings) -> "Likeness":
    """The likeness to one codebook, made once while it is in use."""
    return Likeness(codebook, meanings)


class Likeness:
    """What the issues of one codebook are about.

    Beside them stand those that were taken out of a packaged codebook (`left_out`): what is about one of these stays about it, and
    is not laid to the next.
    """

    def __init__(self, codebook: Codebook, meanings: Meanings) -> None:
        """Raises ResourceError where the weights of `meanings` are missing."""
        away = wordings.left_out(codebook.issues)
        self.issues = (*codebook.issues, *away)
        self.left_out = frozenset(issue.id for issue in away)
        self._meanings = meanings
        full = _full_words(self.issues)
        texts = [[(text[:LONGEST], point) for text, point in _texts(issue, full)] for issue in self.issues]
        ends = np.cumsum([0, *map(len, texts)])
        self._rows = [slice(*ends[at : at + 2]) for at in range(len(texts))]  # the texts of each issue
        self._texts = texts
        self._sayings: dict[int, list[_Saying]] = {}
        idle = [text[:LONGEST] for text in wordings.idle(self.issues)]
        each_text = [text for each in texts for text, _ in each]
        vectors = wordings.vectors([*each_text, *idle], self.issues, meanings)
        self._vectors, self._idle = vectors[: len(each_text)], vectors[len(each_text) :] if idle else None
        count = len(self.issues)
        self._middles = np.zeros((count, self._vectors.shape[1]), dtype=np.float32)
        words: list[set[str]] = []
        for at, issue in enumerate(self.issues):
            self._middles[at] = self._vectors[self._rows[at]].sum(axis=0)
            phrases = (_rendered(phrase, full) for point in issue.points for phrase in point.phrases)
            words.append(set(weighty("\n".join([*(text for text, _ in texts[at]), issue.counts, *phrases]))))
        self._middles /= np.maximum(np.linalg.norm(self._middles, axis=1, keepdims=True), 1e-9)
        held = Counter(word for each in words for word in each)
        self._weight = {word: math.log((count + 1) / (n + 0.5)) for word, n in held.items()}
        self._unknown = math.log((count + 1) / 0.5)
        self._words = words
        self._learned = wordings.Learned(self.issues)
        classes = [[text for text, _ in each] for each in texts]
        self._worded = WordChances([*classes, idle] if idle else classes, weighty)

    @property
    def taught(self) -> bool:
        """Whether anything packaged was learned about these issues."""
        return bool(self._learned)

    def of(self, texts: Sequence[str]) -> list[Alike]:
        """How near each text is to each issue."""
        if not texts:
            return []
        texts = [text[:LONGEST] for text in texts]
        vectors = self._meanings.vectors(texts)
        nearest = self._nearest(vectors)
        middle = (vectors @ self._middles.T).astype(np.float64)
        learned = self._learned.of(vectors)
        idle = np.zeros(len(texts)) if self._idle is None else _best(vectors @ self._idle.T)
        return [
            self._alike(text, vectors[at], nearest[at], middle[at], learned[at], float(idle[at]))
            for at, text in enumerate(texts)
        ]

    def nearest(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """(texts, issues): of each text only how near the nearest texts of each issue are, as `Alike.nearest`."""
        if not texts:
            return np.zeros((0, len(self.issues)))
        return self._nearest(self._meanings.vectors([text[:LONGEST] for text in texts]))

    def _nearest(self, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        near = vectors @ self._vectors.T
        return np.column_stack([_best(near[:, rows]) for rows in self._rows])

    def _alike(
        self, text: str, vector: NDArray[np.float32], nearest: NDArray[np.float64], middle: NDArray[np.float64],
        learned: NDArray[np.float64], idle: float,
    ) -> Alike:  # fmt: skip
        stems = frozenset(weighty(text))
        whole = math.sqrt(sum(self._weight.get(one, 2.0) ** 2 for one in stems)) or 1.0
        both = [sorted(stems & each, key=lambda word: (-self._weight[word], word)) for each in self._words]
        shared = np.array([sum(max(self._weight[word], 0.0) for word in each) / whole for each in both])
        worded = self._worded.of(text)[: len(self.issues)]
        return Alike(nearest, middle, shared, learned, worded, idle, tuple(tuple(each) for each in both), vector, stems)

    def point(self, alike: Alike, issue: int, *, turned: bool, way: int) -> tuple[CodePoint, bool, str, float] | None:
        """The point of an issue that words are nearest to, by its nearest texts and by what is learned of points, whether they stand
        against it, the text of the codebook that shows it, and how near that is; None for an issue without points.

        turned  whether what is said is turned down
        way     its direction
        """
        rows = self._rows[issue]
        near = self._vectors[rows] @ alike.vector
        each: dict[float, list[tuple[float, int, bool]]] = {}  # value -> worth, text and whether it is stood against
        for at, one in enumerate(self._said(issue)):
            if one.point is not None:
                against = (turned != one.turned) != (one.way * way < 0)
                shared = sum(max(self._weight[w], 0.0) for w in one.stems & alike.stems if w in self._weight)
                worth = float(near[at]) + 0.05 * shared - (0.08 if against else 0.0)
                each.setdefault(one.point.value, []).append((worth, at, against))
        if not each:
            return None
        learned = self._learned.points(self.issues[issue], alike.vector)
        best = max(
            each,
            key=lambda value: (
                np.mean(sorted(worth for worth, *_ in each[value])[-BEST:]) + _POINTS * learned.get(value, 0.0)
            ),
        )
        _, at, against = max(each[best], key=lambda one: (one[0], -one[1]))
        one = self._said(issue)[at]
        assert one.point is not None
        return one.point, against, one.text, float(near[at])

    def _said(self, issue: int) -> list[_Saying]:
        """The texts of an issue with how they say it, which few of the issues are asked for."""
        if issue not in self._sayings:
            self._sayings[issue] = [
                _Saying(text, point, len(NEGATION.findall(text.lower())) % 2 == 1, direction(text), frozenset(weighty(text)))
                for text, point in self._texts[issue]
            ]  # fmt: skip
        return self._sayings[issue]


def _best(near: NDArray[np.float32]) -> NDArray[np.float64]:
    """The mean of the `BEST` likenesses in each row."""
    most = min(BEST, near.shape[1])
    found: NDArray[np.float64] = np.partition(near, -most, axis=1)[:, -most:].mean(axis=1, dtype=np.float64)
    return found


def texts_of(codebook: Codebook) -> dict[str, tuple[str, float | None]]:
    """All texts that say what the issues of a codebook are about, or what is nobody's stance, each once: text -> issue, or
    `wordings.NONE`, and the value of its point, None where it is at no one point."""
    full = _full_words(codebook.issues)
    found: dict[str, tuple[str, float | None]] = {}
    for issue in codebook.issues:
        for text, point in _texts(issue, full):
            found.setdefault(text, (issue.id, None if point is None else point.value))
    for text in wordings.idle(codebook.issues):
        found.setdefault(text, (wordings.NONE, None))
    return found


def _texts(issue: CodebookIssue, full: dict[str, str]) -> Iterable[tuple[str, CodePoint | None]]:
    name = issue.id.replace("-", " ")
    yield issue.question, None
    yield name, None
    for topic in issue.topics:
        yield _rendered(topic, full), None
    for point in issue.points:
        yield f"{name}: {point.label}", point
        for example in point.examples:
            yield example, point
        plain = [_rendered(phrase, full) for phrase in point.phrases]
        if plain:
            yield "; ".join(plain[:_RENDERED]), point
    yield from wordings.of(issue)


def _rendered(phrase: str, full: dict[str, str]) -> str:
    """A phrase as words: the first of each slot's, beginnings made whole."""
    words = []
    for slot in phrase.split():
        if slot != "~":
            first = slot.split("|")[0]
            words.append(full.get(first, first[:-1]) if first.endswith("*") else first)
    return " ".join(words)


def _full_words(issues: Sequence[CodebookIssue]) -> dict[str, str]:
    """Beginning ("withdr*") -> the shortest word of the issues' own texts that begins so."""
    texts = []
    begun: set[str] = set()
    for issue in issues:
        texts += [issue.question, issue.counts]
        for phrases in (issue.topics, *(point.phrases for point in issue.points)):
            texts += [phrase.replace("*", "!") for phrase in phrases]
            begun |= {
                part for phrase in phrases for slot in phrase.split() for part in slot.split("|") if part.endswith("*")
            }
        for point in issue.points:
            texts += [point.label, *point.examples]
    words = sorted({word.lower() for text in texts for word in _WHOLE.findall(text)}, key=lambda w: (len(w), w))
    shortest: dict[str, str] = {}
    for word in words:
        for end in range(1, len(word) + 1):
            shortest.setdefault(word[:end], word)
    return {part: shortest[part[:-1].lower()] for part in begun if part[:-1].lower() in shortest}
