"""Classes of words (verbs in all their forms, nouns, set phrases) and where a sentence has them: what `word_frames` puts together."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from winset.domain.text import Span
from winset.evidence.lexicon import FormKind, inflected, load
from winset.evidence.parties import Place

_TOKEN = re.compile(r"\d[\d.,]*\d|\w+(?:-\w+)*(?:['’](?:t|re|ve|ll|d|m)\b)?|['’]s\b|[^\w\s]")
_BE = ["am", "is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't", "weren't"]
_LIKE_BE = ("become", "remain", "stay", "look", "seem", "appear", "grow", "get", "prove", "feel")
_HAVE: list[tuple[str, FormKind]] = [
    ("have", "base"),
    ("has", "third"),
    ("had", "past"),
    ("had", "participle"),
    ("having", "gerund"),
]
LONGEST = 400  # words of a sentence that are looked at


class Entry(NamedTuple):
    """A word or phrase of a class, by its first word: what has to follow, and in which forms of a verb it stands.

    tail: what has to follow behind the thing that is done to it ("put ~ on ice").
    """

    name: str
    rest: tuple[str, ...]
    forms: frozenset[str]
    tail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Met:
    """A class met at a place of a sentence; `end` is the first word behind it."""

    name: str
    end: int
    forms: frozenset[str]
    tail: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one sentence. A name of a party is one word ("party"), with the party's id."""

    start: tuple[int, ...]
    end: tuple[int, ...]
    low: tuple[str, ...]
    party: tuple[str | None, ...]

    @property
    def count(self) -> int:
        """How many words and marks there are."""
        return len(self.low)


def words_of(text: str, sentence: Span, places: Sequence[Place]) -> Words:
    """The words of a sentence, at most LONGEST of them; `places` of parties in the text, in order."""
    starts = [place[0] for place in places]
    start: list[int] = []
    end: list[int] = []
    low: list[str] = []
    party: list[str | None] = []
    for match in _TOKEN.finditer(text, sentence.start, sentence.end):
        at = bisect_right(starts, match.start()) - 1
        inside = at >= 0 and match.start() < places[at][1]
        if inside and match.start() > places[at][0] and party and start[-1] >= places[at][0]:
            end[-1] = match.end()
            continue
        if len(low) == LONGEST:
            break
        start.append(match.start())
        end.append(match.end())
        low.append("party" if inside else match.group().lower().replace("’", "'"))
        party.append(places[at][2] if inside else None)
    return Words(tuple(start), tuple(end), tuple(low), tuple(party))


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """First word -> the entries of all classes that begin with it."""
    lists = load("word_classes")
    found: dict[str, list[Entry]] = {}
    for name, phrases in lists["verbs"].items():
        for phrase in phrases.split("|"):
            for first, entry in _verb(name, phrase.split()):
                found.setdefault(first, []).append(entry)
    for name, phrases in lists["nouns"].items():
        for phrase in phrases.split("|"):
            before, last = phrase.split()[:-1], phrase.split()[-1]
            for form in dict.fromkeys((last, plural(last))):
                whole = (*before, form)
                found.setdefault(whole[0], []).append(Entry(name, whole[1:], frozenset()))
    for name, phrases in lists["words"].items():
        for phrase in phrases.split("|"):
            whole = tuple(phrase.split())
            found.setdefault(whole[0], []).append(Entry(name, whole[1:], frozenset()))
    return {first: tuple(dict.fromkeys(each)) for first, each in found.items()}


@cache
def class_names() -> frozenset[str]:
    """The names of all classes."""
    lists = load("word_classes")
    return frozenset(name for sort in ("verbs", "nouns", "words") for name in lists[sort])


def plural(noun: str) -> str:
    """The plural of a noun, by the rules of spelling."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"


def _verb(name: str, phrase: list[str]) -> list[tuple[str, Entry]]:
    head, rest = phrase[0], tuple(phrase[1:])
    forms: dict[str, set[str]] = {}
    if head == "be":
        for form in _BE:
            forms.setdefault(form, set()).add("gerund" if form == "being" else "third")
        for other in _LIKE_BE:
            for form, kind in inflected(other):
                forms.setdefault(form, set()).add("third" if kind in ("past", "participle") else kind)
    else:
        each = _HAVE if head == "have" else inflected(head)
        for form, kind in each:
            forms.setdefault(form, set()).add(kind)
    made = []
    for form, kinds in forms.items():
        if "~" in rest:
            at = rest.index("~")
            gone = tuple(word for word in rest if word != "~")
            made.append((form, Entry(name, rest[:at], frozenset(kinds), rest[at + 1 :])))
            if len(gone) > at:  # "put on ice a package of aid", "bide its time"
                made.append((form, Entry(name, gone, frozenset(kinds))))
        else:
            made.append((form, Entry(name, rest, frozenset(kinds))))
    return made


@cache
def _by_next(first: str) -> tuple[tuple[Entry, ...], dict[str, list[Entry]]]:
    """Of a first word of `entries` those that are this word alone, and those that go on, by their next word."""
    further: dict[str, list[Entry]] = {}
    for entry in entries()[first]:
        if entry.rest:
            further.setdefault(entry.rest[0], []).append(entry)
    return tuple(entry for entry in entries()[first] if not entry.rest), further


def met(sentence: Words) -> list[list[Met]]:
    """For each word of a sentence, the classes that begin there."""
    known, low = entries(), (*sentence.low, "", "")
    found: list[list[Met]] = []
    for at, word in enumerate(sentence.low):
        here: list[Met] = []
        found.append(here)
        if word not in known or sentence.party[at] is not None:
            continue
        alone, further = _by_next(word)
        here += [Met(entry.name, at + 1, entry.forms, entry.tail) for entry in alone]
        for begin in (at + 1, at + 2) if _adverb(low[at + 1]) else (at + 1,):
            for entry in further.get(low[begin], ()):
                end = begin + len(entry.rest)
                if low[begin:end] == entry.rest and (begin == at + 1 or entry.forms):
                    here.append(Met(entry.name, end, entry.forms, entry.tail))
    return found


def _adverb(word: str) -> bool:
    return word.endswith("ly") or word in (
        "very",
        "still",
        "far",
        "also",
        "not",
        "now",
        "even",
        "quite",
        "all",
        "well",
        "much",
        "more",
        "too",
        "down",
        "right",
    )


def tail_after(sentence: Words, at: int, tail: tuple[str, ...], most: int) -> bool:
    """Whether `tail` begins within `most` words of `at`; a "~" in it stands for one word, with its possessive."""
    return any(_continues(sentence, begin, tail) for begin in range(at, min(at + most + 1, sentence.count)))


def _continues(sentence: Words, at: int, tail: tuple[str, ...]) -> bool:
    for word in tail:
        if at >= sentence.count or (word != "~" and sentence.low[at] != word):
            return False
        at += 2 if word == "~" and sentence.low[at + 1 : at + 2] == ("'s",) else 1
    return True
