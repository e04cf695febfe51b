"""Words of a text with their places, and phrases found among them in one pass."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from winset.errors import CaseError

T = TypeVar("T")

# Initials (U.S.), numbers, words with inner apostrophes, signs that carry meaning for clauses.
_TOKEN = re.compile(
    r"(?<![^\W_])(?:US|AU|A|CA|C|NZ|HK|S|R)\$|(?:[A-Z]\.){2,3}|\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*|[%€$£¢;:.!?,—–“”\"()]"
)
_POSSESSIVE = ("'s", "’s")
GAP = 4  # words that `~` may stand for
_STOPS = frozenset({".", ";", "!", "?"})


SAME = {"US$": "$", "AU$": "a$", "CA$": "c$", "¢": "cents"}  # signs that stand for others


class Words:
    """The words of one stretch of text: lower-case forms, forms as written, and code point offsets."""

    def __init__(self, text: str, start: int = 0) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.written: list[str] = []
        self.lower: list[str] = []
        for found in _TOKEN.finditer(text):
            word = found.group()
            self.starts.append(found.start() + start)
            self.ends.append(found.end() + start)
            if word.endswith(_POSSESSIVE):
                word = word[:-2]
            self.written.append(word)
            self.lower.append(SAME.get(word) or word.lower().replace("’", "'"))

    def __len__(self) -> int:
        return len(self.lower)

    @cached_property
    def clauses(self) -> list[int]:
        """The number of the clause that each word stands in."""
        number, result = 0, []
        for word in self.lower:
            if word in _STOPS or word in _CLAUSE_WORDS:
                number += 1
            result.append(number)
        return result


_CLAUSE_WORDS = frozenset({"but", "while", "although", "though", "whereas", "however", "yet", "because", "despite"})


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase where it stands: words [start, end), the words that its slots matched, and what it was filed under."""

    start: int
    end: int
    matched: tuple[int, ...]
    what: T
    phrase: str


Slot = tuple[frozenset[str], tuple[str, ...]] | None  # exact words, beginnings; None for a gap


def _slot(text: str, phrase: str) -> Slot:
    if text == "~":
        return None
    exact = frozenset(part for part in text.split("|") if not part.endswith("*"))
    begins = tuple(part[:-1] for part in text.split("|") if part.endswith("*"))
    if any(len(part) < 3 for part in begins):
        raise CaseError(f"phrase {phrase!r}: a beginning such as {text!r} needs at least three letters")
    return exact, begins


@lru_cache(maxsize=20_000)
def _slots(phrase: str) -> tuple[tuple[Slot, ...], tuple[frozenset[str], tuple[str, ...]]]:
    """The words of a phrase and the first of them; a phrase stands in several indexes. Raises CaseError where it cannot be read."""
    slots = tuple(_slot(part, phrase) for part in phrase.lower().split())
    if not slots or slots[0] is None:
        raise CaseError(f"phrase {phrase!r}: needs a word at its start")
    return slots, slots[0]


class PhraseIndex(Generic[T]):
    """Phrases filed by their first word. Building it raises CaseError for a phrase that cannot be read."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_word: dict[str, list[tuple[tuple[Slot, ...], T, str]]] = {}
        self._by_beginning: dict[str, list[tuple[tuple[Slot, ...], T, str]]] = {}
        for phrase, what in phrases:
            slots, (exact, begins) = _slots(phrase)
            for word in exact:
                self._by_word.setdefault(word, []).append((slots, what, phrase))
            for beginning in {part[:3] for part in begins}:
                self._by_beginning.setdefault(beginning, []).append((slots, what, phrase))

    def find(self, words: list[str]) -> list[Found[T]]:
        """Every phrase, in the order of the text; phrases may overlap."""
        found: list[Found[T]] = []
        by_word, by_beginning = self._by_word, self._by_beginning
        for at, word in enumerate(words):
            if word in by_word or word[:3] in by_beginning:
                found += self.found_at(words, at)
        return found

    def found_at(self, words: list[str], at: int) -> list[Found[T]]:
        """Every phrase that begins at one word."""
        found: list[Found[T]] = []
        for entries in (self._by_word.get(words[at]), self._by_beginning.get(words[at][:3])):
            for slots, what, phrase in entries or ():
                matched = _match(slots, words, at)
                if matched is not None:
                    found.append(Found(at, matched[-1] + 1, matched, what, phrase))
        return found

    def touches(self, words: Iterable[str]) -> bool:
        """Whether any phrase could begin here: a quick look before `find`."""
        return any(word in self._by_word or word[:3] in self._by_beginning for word in words)


def _fits(slot: Slot, word: str) -> bool:
    return slot is not None and (word in slot[0] or (bool(slot[1]) and word.startswith(slot[1])))


def _match(slots: tuple[Slot, ...], words: list[str], at: int) -> tuple[int, ...] | None:
    """The matched words when `slots` stand at `at`; a gap takes as few words as it can and never crosses a stop."""
    if not _fits(slots[0], words[at]):
        return None
    matched, gap = [at], False
    for slot in slots[1:]:
        if slot is None:
            gap = True
            continue
        low = matched[-1] + 1
        for place in range(low, min(low + (GAP if gap else 0) + 1, len(words))):
            if words[place] in _STOPS:
                return None
            if _fits(slot, words[place]):
                matched.append(place)
                break
        else:
            return None
        gap = False
    return tuple(matched)


def longest(found: list[Found[T]]) -> list[Found[T]]:
    """Of phrases that overlap, those with the most matched words (then the wider, then the earlier)."""
    kept: list[Found[T]] = []
    for one in sorted(found, key=lambda f: (-len(f.matched), f.start - f.end, f.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)
