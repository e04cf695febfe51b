"""Which of the packaged codebooks fits a record: the one whose topics it speaks of, and others that it speaks of nearly as often."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from winset.domain.vocabulary import Codebook
from winset.evidence import coding
from winset.evidence.phrases import PhraseIndex, Words, longest

SHARE = 0.4  # of the best fitting codebook's mentions that a further one needs
FURTHER = 3.0  # mentions that it needs besides
LEAST = 0.9  # mentions without which nothing fits
TIED = 2.0  # where two fit alike, mentions below which neither can be told to
THIN = 0.1  # mentions a saying of the best, below which it must stand out from the next
NEARLY = 0.8  # of its mentions that the next then may not have
SHORT = 300  # words of a text that are too few to tell by
SCARCE = 0.7  # words of bargaining per 100 below which a longer text is about something else
MOST_OF_ONE = 4.0  # mentions by the same words that count: a road's "blockade" on every line makes no war
THROUGHOUT = 1.4  # of them per 100 from which what no phrase matches is read in a longer text, too
PLAIN = 0.25  # of a mention, where all its words may be said of any matter
_PLAIN = re.compile(
    r"(?:m|b|tr)illions?|bn|tn|an?|the|at|no|one|more|new|next|over|of|on|in|to|years?|hours|fund(?:s|ing)?|grants?|jobs?|pa(?:ys?|id)|opposition|speakers?|degrees?|"
    r"contributors?|cuts|standards?|benefits?|invests?|leads?|money|seats?|table|monitoring|open|up|deal|term|schools?|liability|index"
)
_BARGAINING = re.compile(
    r"\b(?:negotiat\w+|talks|mediat\w+|cease-?fires?|truce|treat(?:y|ies)|bargain\w*|counter-?(?:offer|proposal)s?|concessions?|conced\w+|envoys?|ratif\w+|"
    r"compromis\w+|propos\w+|offer\w*|accords?|agreements?|deals?|demand\w*|insist\w*|settle\w*|summit|round of|delegations?|drafts?|"
    r"conditions?|reject\w*|accept\w*|strikes?|walk(?:ed)? out|pledg\w+|impasse|deadlock\w*|stand-?off|picket\w*|ballot)\b",
    re.IGNORECASE,
)


def bargains(text: str, least: float = SCARCE) -> bool:
    """Whether a text is about a negotiation: short, or with at least so many words of talks, offers and demands per 100."""
    words = len(text.split())
    return words < SHORT or 100 * sum(1 for _ in _BARGAINING.finditer(text)) >= least * words


@cache
def _index() -> PhraseIndex[tuple[str, str]]:
    books = [coding.packaged(id) for id in coding.PACKAGED]
    phrases: dict[tuple[str, str, str], None] = {}
    for book in books:
        for issue in book.issues:
            for phrase in (*issue.topics, *(p for point in issue.points for p in point.phrases)):
                phrases[phrase, book.id, issue.id] = None
    return PhraseIndex((phrase, (book, issue)) for phrase, book, issue in phrases)


def mentions(texts: Iterable[str]) -> dict[str, float]:
    """Codebook id -> how often its issues are spoken of; words that several codebooks know count a part for each, plain ones
    ("a year", "funds") little."""
    by_word: dict[str, dict[str, float]] = {}
    index = _index()
    for text in texts:
        words = Words(text).lower
        if not index.touches(words):
            continue
        hits = index.find(words)
        at: dict[int, set[str]] = {}
        for one in hits:
            for place in one.matched:
                at.setdefault(place, set()).add(one.what[0])
        seen: set[tuple[str, str, int]] = set()
        for one in longest(hits):
            books = set.intersection(*(at[place] for place in one.matched)) if one.matched else set()
            for book in books or {one.what[0]}:
                key = (book, one.what[1] if book == one.what[0] else "", one.start)
                if key not in seen:
                    seen.add(key)
                    worth = PLAIN if all(_PLAIN.fullmatch(words[place]) for place in one.matched) else 1.0
                    said = by_word.setdefault(book, {})
                    spelt = " ".join(words[place].removesuffix("s") for place in one.matched)
                    said[spelt] = said.get(spelt, 0.0) + worth / max(len(books), 1)
    return {book: sum(min(MOST_OF_ONE, worth) for worth in said.values()) for book, said in by_word.items()}


def fitting(texts: Iterable[str]) -> tuple[Codebook, ...]:
    """The codebooks that fit what is said, the best first; none where hardly anything is spoken of."""
    texts = tuple(texts)
    found = mentions(texts)
    best = max(found.values(), default=0.0)
    if best < LEAST or (best < TIED and sum(one == best for one in found.values()) > 1):
        return ()
    near = sorted(found.values())[-2:]
    if best < THIN * len(texts) and near[0] >= NEARLY * best:
        return ()  # hardly anything of one, and as much of another
    kept = [id for id in coding.PACKAGED if (one := found.get(id, 0.0)) == best or one >= max(SHARE * best, FURTHER)]
    return tuple(coding.packaged(id) for id in sorted(kept, key=lambda one: -found[one]))


def told(texts: Iterable[str]) -> tuple[Codebook, ...]:
    """The codebook that fits what reporters tell of a negotiation in which hardly anybody is quoted; none where it is not plain."""
    found = mentions(text for text in texts if _BARGAINING.search(text) and bargains(text))
    worth = sorted(found.values(), reverse=True)
    if not worth or worth[0] < FURTHER or (len(worth) > 1 and worth[1] >= NEARLY * worth[0]):
        return ()
    return (coding.packaged(max(found, key=lambda one: found[one])),)


def joined(books: Sequence[Codebook]) -> Codebook:
    """Several codebooks as one; of issues with one id the earlier codebook's stays."""
    issues = {issue.id: issue for book in reversed(books) for issue in book.issues}
    order = dict.fromkeys(issue.id for book in books for issue in book.issues)
    return Codebook(
        id="+".join(book.id for book in books) or "none", title="; ".join(book.title for book in books),
        issues=tuple(issues[id] for id in order),
    )  # fmt: skip
