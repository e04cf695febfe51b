"""Points taken over: a later statement of one party that carries an earlier one of another.

Wording and meaning are scored apart. *Wording* is how much of the shorter saying stands in the longer word for word, in runs of
at least three words. *Meaning* is how alike the weighty words of both are, inflections and the names of a codebook's points
taken together, and nil where one side is for what the other is against. Neither proves that one heard the other.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.domain.vocabulary import Codebook
from winset.evidence.phrases import PhraseIndex, Words

RUN = 3  # words in a row that count as the same wording
WORDED = 0.4  # wording from which a point counts as taken over
MEANT = 0.45  # meaning from which it does
SHARED = 3  # weighty words (or points of a codebook) that two sayings have in common, at least
_SHORTEST = 3  # weighty words that a saying needs to be compared at all
_COMMONEST = 200  # sayings: a word found in more of them finds no candidates
_POINT = 2.0  # weight of a codebook's point against a word of equal rarity
_OPPOSED = frozenset({"refusal"})
_LETTERS = re.compile(r"[^\W\d_]")
_LIGHT = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "me",
        "might",
        "more",
        "most",
        "much",
        "must",
        "my",
        "no",
        "nor",
        "not",
        "of",
        "off",
        "on",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "said",
        "say",
        "says",
        "shall",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "under",
        "until",
        "up",
        "us",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "without",
        "would",
        "yes",
        "you",
        "your",
        "also",
        "about",
        "again",
        "all",
        "already",
        "just",
        "now",
        "one",
        "two",
        "new",
    ]
)
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ities", "ity", "ies", "ers", "er", "ed", "es", "s", "e")


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """`later` of the party `by` carries `earlier` of `origin`. Both are statement ids; scores 0 to 1."""

    by: str
    origin: str
    earlier: str
    later: str
    wording: float
    meaning: float


@dataclass(frozen=True, slots=True, eq=False)
class _Saying:
    statement: Statement
    party: str
    day: date
    words: tuple[str, ...]
    bag: Counter[str]
    weighty: frozenset[str]
    points: dict[str, set[str]]  # issue of a codebook -> its points that are named
    runs: tuple[tuple[str, ...], ...]
    run_set: frozenset[tuple[str, ...]]
    against: bool


def adopted(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    *,
    codebook: Codebook | None = None,
    until: date | None = None,
    worded: float = WORDED,
    meant: float = MEANT,
) -> tuple[Adopted, ...]:
    """For each later own statement the earlier one of another party that it carries best, in order of the later.

    Only sayings with a day count; a party adopts nothing that it said before the other did, and each point from the first
    party to voice it. Statements about somebody else's aims, denials and tellings of the same words by one voice stay out.
    The cost grows with the number of statements that share three words in a row, or a word so telling that, with those
    commoner than it, it could make two sayings mean the same: by Cauchy and Schwarz no more can be shared than is left.
    """
    sayings = _sayings(documents, statements, codebook, until)
    bags = _Bags(sayings, _weights(sayings))
    runs: dict[tuple[str, ...], list[int]] = {}
    rare: dict[int, list[int]] = {}
    telling: dict[int, list[int]] = {}
    found: list[Adopted] = []
    for at, later in enumerate(sayings):
        worded_alike: set[int] = set()
        near: set[int] = set()
        words, first = bags.words(at), bags.telling(at, meant)
        stock = False  # whether it holds words in a row that so many have said that not all are listed
        for run in later.runs:
            holders = runs.get(run, [])
            worded_alike.update(holders[:_COMMONEST])
            stock = stock or len(holders) > _COMMONEST
        for word in words:
            holders = rare.get(word, [])
            if len(holders) <= _COMMONEST:
                near.update(holders if stock else telling.get(word, ()))
        if stock:
            worded_alike.update(one for one in near if not later.run_set.isdisjoint(sayings[one].run_set))
        best = _first_voice(sayings, bags, at, sorted(worded_alike.union(bags.alike(at, near, meant))), worded, meant)
        if best is not None:
            one, wording, meaning = best
            found.append(
                Adopted(
                    by=later.party, origin=sayings[one].party, earlier=sayings[one].statement.id,
                    later=later.statement.id, wording=round(wording, 3), meaning=round(meaning, 3),
                )
            )  # fmt: skip
        for run in later.runs:
            runs.setdefault(run, []).append(at)
        for word in words:
            rare.setdefault(word, []).append(at)
        for word in first:
            telling.setdefault(word, []).append(at)
    return tuple(found)


class _Bags:
    """The weighty words of all sayings as numbers, the most telling first, so that many are compared at once."""

    def __init__(self, sayings: Sequence[_Saying], weights: dict[str, float]) -> None:
        order = {word: n for n, word in enumerate(sorted(weights, key=lambda word: (-weights[word], word)))}
        held = [sorted((order[word], count) for word, count in saying.bag.items()) for saying in sayings]
        self._begin = np.cumsum([0, *map(len, held)])
        self._words = np.array([word for one in held for word, _ in one], dtype=np.int64)
        self._counts = np.array([count for one in held for _, count in one], dtype=np.float64)
        self._weights = np.array([weights[word] for word in order], dtype=np.float64)
        self._values = self._counts * self._weights[self._words]
        self._lengths = np.array([math.sqrt(float((self._values[self._of(at)] ** 2).sum())) for at in range(len(held))])
        self._mine = np.zeros(len(order))

    def _of(self, at: int) -> slice:
        return slice(int(self._begin[at]), int(self._begin[at + 1]))

    def words(self, at: int) -> list[int]:
        """The words of a saying by their numbers."""
        numbers: list[int] = self._words[self._of(at)].tolist()
        return numbers

    def telling(self, at: int, meant: float) -> list[int]:
        """The words without any of which another saying has too little in common with this one to mean the same."""
        shares = (self._values[self._of(at)] / self._lengths[at]) ** 2
        left = shares[::-1].cumsum()[::-1]
        return self.words(at)[: int((left >= meant**2 * (1 - 1e-9)).sum())]

    def meaning(self, one: int, two: int) -> float:
        """How alike two sayings mean, 0 to 1: the cosine of their words' weights."""
        a, b = self._of(one), self._of(two)
        _, here, there = np.intersect1d(self._words[a], self._words[b], assume_unique=True, return_indices=True)
        shared = float((self._values[a][here] * self._values[b][there]).sum())
        return min(1.0, shared / float(self._lengths[one] * self._lengths[two]))

    def alike(self, at: int, near: set[int], meant: float) -> list[int]:
        """Those of `near` that may mean what a saying does."""
        if not near:
            return []
        ones = np.fromiter(near, dtype=np.int64, count=len(near))
        own = self._of(at)
        self._mine[self._words[own]] = self._values[own]
        sizes = self._begin[ones + 1] - self._begin[ones]
        starts = np.cumsum(sizes) - sizes
        places = np.arange(int(sizes.sum())) + np.repeat(self._begin[ones] - starts, sizes)
        products = np.add.reduceat(self._values[places] * self._mine[self._words[places]], starts)
        self._mine[self._words[own]] = 0.0
        enough = products >= meant * self._lengths[ones] * self._lengths[at] * (1 - 1e-9)
        likely: list[int] = ones[enough].tolist()
        return likely


def _comparable(a: _Saying, b: _Saying) -> bool:
    """Whether two sayings share enough words, and no issue on which they name different points only."""
    if len(a.weighty & b.weighty) < SHARED:
        return False
    return not any(issue in b.points and not named & b.points[issue] for issue, named in a.points.items())


def _first_voice(
    sayings: Sequence[_Saying], bags: _Bags, at: int, candidates: Iterable[int], worded: float, meant: float
) -> tuple[int, float, float] | None:
    """The candidate (in order of their days) that a saying carries best, with wording and meaning, of whoever voiced the point
    first; None where that was its own party. Only those are compared on which the answer can still depend."""
    later, first, best = sayings[at], None, None
    for one in candidates:
        earlier = sayings[one]
        if earlier.day >= later.day:
            break
        own = earlier.party == later.party
        if first and best:
            if earlier.day > first.day and max(best[1:]) == 1.0:
                break
            if earlier.party != first.party and not (own and earlier.day == first.day):
                continue
        if earlier.against != later.against or not _comparable(earlier, later):
            continue
        wording, meaning = _wording(earlier, later), bags.meaning(one, at)
        if wording < worded and meaning < meant:
            continue
        if own:
            return None
        first = first or earlier
        if best is None or max(wording, meaning) > max(best[1:]):
            best = one, wording, meaning
    return best


def _sayings(
    documents: Sequence[Document], statements: Sequence[Statement], codebook: Codebook | None, until: date | None
) -> list[_Saying]:
    texts = {document.id: document for document in documents}
    index = PhraseIndex(
        (phrase, f"{issue.id}={point.value:g}")
        for issue in codebook.issues for point in issue.points for phrase in point.phrases
    ) if codebook else None  # fmt: skip
    made = []
    for statement in statements:
        party, document = statement.speaker.party, texts.get(statement.doc)
        if party is None or document is None or statement.about not in (None, party) or statement.modality == "denied":
            continue
        day = statement.date.start if statement.date else document.date
        if day is None or (until is not None and day > until):
            continue
        lower = [
            word
            for span in statement.content
            for word in Words(document.text[span.start : span.end]).lower
            if _LETTERS.search(word) or word[:1].isdigit()
        ]
        bag = Counter(stem(word) for word in lower if word not in _LIGHT)
        if len(bag) < _SHORTEST:
            continue
        for point in index.find(lower) if index else ():
            bag[point.what] = 1
        points: dict[str, set[str]] = {}
        for issue, is_point, value in (word.partition("=") for word in bag):
            if is_point:
                points.setdefault(issue, set()).add(value)
        against = statement.negated or statement.act in _OPPOSED
        runs = tuple(_runs(lower))
        made.append(
            _Saying(statement, party, day, tuple(lower), bag, frozenset(bag), points, runs, frozenset(runs), against)
        )
    return sorted(made, key=lambda one: one.day)


def _weights(sayings: Iterable[_Saying]) -> dict[str, float]:
    """How telling each word is: the rarer among the sayings, the more."""
    held = list(sayings)
    number = Counter(word for saying in held for word in saying.bag)
    return {
        word: (1 + math.log((1 + len(held)) / (1 + n))) * (_POINT if "=" in word else 1) for word, n in number.items()
    }


def stem(word: str) -> str:
    """A word without its ending, crudely: what two inflections of it share."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Every run of three words with a weighty one among them."""
    return [
        tuple(words[at : at + RUN])
        for at in range(len(words) - RUN + 1)
        if any(word not in _LIGHT for word in words[at : at + RUN])
    ]


def _wording(a: _Saying, b: _Saying) -> float:
    """The share of the shorter saying's words that stand in the longer in the same run of three or more."""
    short, long = (a, b) if len(a.words) <= len(b.words) else (b, a)
    if short.run_set.isdisjoint(long.run_set):
        return 0.0
    both = short.run_set & long.run_set
    covered: set[int] = set()
    for at in range(len(short.words) - RUN + 1):
        if short.words[at : at + RUN] in both:
            covered.update(range(at, at + RUN))
    return len(covered) / len(short.words)
