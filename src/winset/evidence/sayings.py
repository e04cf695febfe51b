"""The words of a saying made comparable, and what keeps two sayings apart however alike they are worded.

Numbers, days, a negation, an opposite, how firmly something is meant, and whose name stands where turn a saying into another
one; spelling, marks, contractions and figures for number words do not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, takewhile

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from winset.evidence.lexicon import load
from winset.evidence.parties import PartyNames

REACH = 12  # words before a trimmed telling that may still be of its clause
NEAR = 3  # words between two changes of one clause, at most
KNOWN_WORDS = 50_000  # words whose forms are kept for the next saying
VARIANT = 60.0  # of 100: two names so much alike may be spellings of one
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_GAP = re.compile(r"\[?(?:…|\.\.\.|\. \. \.)\]?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_OPENED = (
    (re.compile(r"\bwon[’']t\b", re.I), "will not"),
    (re.compile(r"\bcan(?:[’']t|not)\b", re.I), "can not"),
    (re.compile(r"\bshan[’']t\b", re.I), "shall not"),
    (re.compile(r"n[’']t\b", re.I), " not"),
    (re.compile(r"[’']re\b", re.I), " are"),
    (re.compile(r"[’']ll\b", re.I), " will"),
    (re.compile(r"[’']ve\b", re.I), " have"),
    (re.compile(r"(?<=\bi)[’']m\b", re.I), " am"),
)
_NEGATIVE = frozenset(
    ["not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "hardly"]
)
_FIRM = frozenset(["will", "shall", "must", "would", "should"])
_LOOSE = frozenset(["may", "might", "could", "perhaps", "maybe", "possibly"])
_CONDITIONS = frozenset(["if", "unless", "provided", "until"])
_JOINTS = frozenset(["and", "but", "or", "so", "because"])
_OURS = frozenset(["i", "we", "me", "us", "my", "our", "ours"])
_THEIRS = frozenset(
    ["they", "them", "their", "theirs", "you", "your", "yours", "he", "she", "him", "his", "her", "hers"]
)
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_REPORTED = {
    **dict.fromkeys(("i", "we", "he", "she", "they", "it"), "they"),
    **dict.fromkeys(("my", "our", "his", "her", "their", "its"), "their"),
    **dict.fromkeys(("me", "us", "him", "them"), "them"),
    **dict.fromkeys(("was", "were", "am", "are", "been"), "is"),
    **dict.fromkeys(("had", "has"), "have"), **dict.fromkeys(("did", "does"), "do"),
    "would": "will", "could": "can", "might": "may",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Saying:
    """The words of one content, without marks: in lower case with figures for number words, and as they stand.

    `parts` are the words from one ellipsis to the next.
    """

    words: tuple[str, ...]
    cased: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]

    @property
    def plain(self) -> str:
        return " ".join(self.words)

    @property
    def reported(self) -> str:
        """The words as somebody else would report them: persons and tenses that reporting changes are one."""
        return " ".join(_REPORTED.get(word, word) for word in self.words)


def saying(words: str) -> Saying:
    """What is said, made comparable."""
    cased: list[str] = []
    parts: list[tuple[str, ...]] = []
    for part in _GAP.split(words):
        tokens = _tokens(part)
        cased += tokens
        if tokens:
            parts.append(tuple(map(_plain, tokens)))
    return Saying(tuple(word for part in parts for word in part), tuple(cased), tuple(parts))


def _tokens(words: str) -> list[str]:
    words = _THOUSANDS.sub("", words)
    if "'" in words or "’" in words or "annot" in words:
        for pattern, opened in _OPENED:
            words = pattern.sub(opened, words)
    return _TOKEN.findall(words)


@lru_cache(maxsize=KNOWN_WORDS)
def _plain(token: str) -> str:
    low = token.casefold()
    return _numbers().get(low, low)


def keys(one: Saying, run: int) -> set[tuple[str, ...]]:
    """What two tellings of one saying have in common: `run` words in a row; of a short one, all its words but one.

    Of each word only the consonants count, so that spellings of it are one.
    """
    bare = [_consonants(word) for word in one.words]
    found = {tuple(bare[at : at + run]) for at in range(len(bare) - run + 1)}
    if len(bare) < 2 * run:
        found.add(tuple(bare))
        found.update(tuple(bare[:at] + bare[at + 1 :]) for at in range(len(bare)))
    return found


@lru_cache(maxsize=KNOWN_WORDS)
def _consonants(word: str) -> str:
    bare = _SILENT.sub("", word).translate(_SOUNDS)
    return bare or word


_SILENT = re.compile(r"[aeiou]|(.)(?=\1)")
_SOUNDS = str.maketrans("zc", "ss")


def holds(long: Saying, short: Saying) -> bool:
    """Whether the words of one stand in the other, part after part where something is left out."""
    return bool(_places(long, short))


def _places(long: Saying, short: Saying) -> list[slice]:
    """Where each part of a telling stands in another, one after the other; nothing where they do not all."""
    at, found = 0, list[slice]()
    for part in short.parts:
        width = len(part)
        place = next((n for n in range(at, len(long.words) - width + 1) if long.words[n : n + width] == part), None)
        if place is None:
            return []
        at = place + width
        found.append(slice(place, at))
    return found


def maimed(long: Saying, short: Saying) -> bool:
    """Whether what was trimmed off a telling that stands in another, or left out of it, turned it: its condition, or a
    negation of its own clause ("I do not think that ...", "we will (never) sign")."""
    places = _places(long, short)
    if not places:
        return False
    before = long.words[max(0, places[0].start - REACH) : places[0].start]
    left_out = [list(takewhile(_of_the_clause, reversed(before)))]
    for one, two in pairwise(places):
        left_out.append(list(takewhile(_of_the_clause, long.words[one.stop : two.start])))
    behind = long.words[places[-1].stop : places[-1].stop + 2]
    return (
        bool(_CONDITIONS.intersection(behind))
        or any(_CONDITIONS.intersection(words) for words in left_out)
        or any(sum(word in _NEGATIVE for word in words) % 2 == 1 for words in left_out)
    )


def _of_the_clause(word: str) -> bool:
    return word not in _JOINTS


def apart(one: Saying, two: Saying, *, quoted: bool) -> bool:
    """Whether what differs between two wordings makes them two sayings. `quoted`: both are in the speaker's own person.

    Words that only one has at its beginning or end are trimmed off the other, and say nothing.
    """
    one, two = sorted((one, two), key=lambda saying: saying.cased)  # one way to lay them side by side
    turns = reached = 0  # changes near one another may make up for each other ("will not refuse", "will agree")
    for a, b in _changes(one, two):
        if a.start - reached > NEAR:
            if turns % 2 == 1:
                return True
            turns = 0
        reached = a.stop
        here, there = frozenset(one.words[a]), frozenset(two.words[b])
        if any(there & kind and here & kind and here & kind != there & kind for kind in (_days(), _months())):
            return True
        if _numeric(here) and _numeric(there) and _numeric(here) != _numeric(there):
            return True
        if (here & _LOOSE and there & _FIRM and not there & _LOOSE) or (
            there & _LOOSE and here & _FIRM and not here & _LOOSE
        ):
            return True
        if quoted and ((here & _OURS and there & _THEIRS) or (there & _OURS and here & _THEIRS)):
            return True
        if _named_otherwise(one.cased[a], two.cased[b], first=a.start == 0 or b.start == 0):
            return True
        turns += sum(word in _NEGATIVE for word in one.words[a]) - sum(word in _NEGATIVE for word in two.words[b])
        turns += _opposed(here, there)
    return turns % 2 == 1


def _changes(one: Saying, two: Saying) -> Iterator[tuple[slice, slice]]:
    """The stretches in which two wordings differ, less what is trimmed or left out."""
    if holds(one, two) or holds(two, one):
        return
    changes = [change for change in Levenshtein.opcodes(one.words, two.words).as_list() if change[0] != "equal"]
    for number, (kind, a, end_a, b, end_b) in enumerate(changes):
        begins = number == 0 and 0 in (a, b)
        ends = number == len(changes) - 1 and (end_a == len(one.words) or end_b == len(two.words))
        if kind == "replace" or not (begins or ends):
            yield slice(a, end_a), slice(b, end_b)


def _numeric(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word[0].isdigit() or word in _amounts())


def _opposed(here: frozenset[str], there: frozenset[str]) -> int:
    """How many words of one stretch have their opposite in the other."""
    count = 0
    for a in here - there:
        for b in there - here:
            long, short = (a, b) if len(a) > len(b) else (b, a)
            count += (a, b) in _opposites() or any(long == prefix + short for prefix in _PREFIXES if len(short) > 3)
    return count


def _named_otherwise(a: Sequence[str], b: Sequence[str], *, first: bool) -> bool:
    """Whether different names stand in one place; the word that opens a saying has a capital anyway."""
    here, there = ([word for word in words if word[0].isupper() and len(word) > 1] for words in (a, b))
    if not here or not there:
        return False
    names = _parties()
    one, two = (names.id_of(" ".join(words)) or names.id_of(words[-1]) for words in (here, there))
    if one is not None and two is not None:
        return one != two
    if first or "".join(word[0] for word in here) in there or "".join(word[0] for word in there) in here:
        return False
    return len(here) == len(there) and ratio(" ".join(here), " ".join(there)) < VARIANT


@cache
def _parties() -> PartyNames:
    return PartyNames()


@cache
def _numbers() -> dict[str, str]:
    return {word: str(value) for word, value in load("sayings")["numbers"].items()}


@cache
def _amounts() -> frozenset[str]:
    return frozenset(load("sayings")["amounts"])


@cache
def _days() -> frozenset[str]:
    return frozenset(load("sayings")["days"])


@cache
def _months() -> frozenset[str]:
    return frozenset(load("sayings")["months"])


@cache
def _opposites() -> frozenset[tuple[str, str]]:
    pairs = [tuple(pair) for pair in load("sayings")["opposites"]]
    forms = {
        (x, y) for a, b in pairs for x, y in ((a, b), *zip(_forms(a), _forms(b), strict=True))
    }  # fmt: skip
    return frozenset(forms | {(y, x) for x, y in forms})


def _forms(word: str) -> tuple[str, str, str]:
    stem = word.removesuffix("e")
    return f"{word}s", f"{stem}ed", f"{stem}ing"
