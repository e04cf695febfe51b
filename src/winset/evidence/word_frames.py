"""What classes of words mean together: the frames of `lexicons/word_frames.toml` over the words of one sentence.

A frame is a few classes in their order with room between them ("<give> ..5 <assurance>"), in the active, the passive and as a noun,
tried only where its first class stands; the room is bounded, so that time is linear in the length of a text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from winset.domain.pointers import PointerKind
from winset.evidence.lexicon import load
from winset.evidence.word_classes import Met, Words, class_names, met, tail_after

_ELEMENT = re.compile(r"<(?P<names>[\w|:]+)>(?P<maybe>\?)?|\.\.(?P<room>\d+)(?P<comma>,)?|(?P<word>\S+)")
_FORMS = {
    "d": frozenset({"participle"}), "ing": frozenset({"gerund"}), "b": frozenset({"base"}), "fin": frozenset({"third", "past", "participle"}),
}  # fmt: skip
_ANY = frozenset({"base", "third", "past", "participle", "gerund"})
_NONE_OF = frozenset(["no", "little", "few", "hardly", "scarcely", "without"])
_STOP = frozenset(
    [
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "because",
        "although",
        "though",
        "while",
        "whereas",
        "but",
        "said",
        "says",
        "saying",
        "told",
        "whether",
        "when",
        "where",
        "since",
        "unless",
        "if",
    ]
)
_NOT = frozenset(
    [
        "no",
        "not",
        "never",
        "none",
        "neither",
        "nor",
        "hardly",
        "scarcely",
        "barely",
        "few",
        "little",
        "without",
        "cannot",
        "can't",
        "won't",
        "don't",
        "doesn't",
        "didn't",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "wouldn't",
        "couldn't",
        "shouldn't",
        "hasn't",
        "haven't",
        "less",
        "least",
        "nothing",
        "nobody",
    ]
)
_BE = frozenset(
    ["is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't", "weren't", "gets", "got"]
)
_NOUN_AHEAD = frozenset(
    [
        "a",
        "an",
        "the",
        "its",
        "their",
        "his",
        "her",
        "our",
        "my",
        "your",
        "'s",
        "'",
        "any",
        "no",
        "some",
        "this",
        "that",
        "these",
        "those",
        "of",
        "every",
        "each",
        "more",
        "further",
        "for",
        "in",
        "by",
        "with",
    ]
)
_PRONOUNS = frozenset(["us", "it", "them", "him", "her"])
_POSSESSIVES = frozenset(["our", "its", "their", "his", "her"])
TAIL = 6  # words between what is done to a thing and the rest of the phrase ("put the grant for the port on ice")


@dataclass(frozen=True, slots=True)
class _Element:
    """One piece of a pattern: any of these classes (in a form of their verbs), or of these words; a party; room for some words."""

    names: tuple[tuple[str, frozenset[str]], ...] = ()
    words: frozenset[str] = frozenset()
    party: bool = False
    room: int = 0
    comma: bool = False
    maybe: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """Elements in their order. needs: of each of these, a sentence that it can fit has one: a class, a word or a party."""

    elements: tuple[_Element, ...]
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A pattern and what it shows, of whom; the roles are those of `lexicons/pointers.toml`.

    beside  patterns of which one has to stand anywhere in the sentence; never: patterns of which none may
    """

    kind: PointerKind
    direction: str
    pattern: Pattern
    party: str
    toward: str | None
    negated: str | None
    beside: tuple[Pattern, ...]
    never: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a frame fits: first word and the word behind the last, the words that name parties, whether a "no" is inside."""

    begin: int
    end: int
    parties: tuple[int, ...]
    negated: bool


@cache
def frames() -> tuple[Frame, ...]:
    """Every frame of the lexicon, one for each of its patterns."""
    lists = load("word_frames")
    made = []
    for row in lists["frame"]:
        beside, never = (
            tuple(pattern for words in row.get(field, ()) for pattern in patterns(words, lists["parts"]))
            for field in ("beside", "never")
        )
        for pattern in (one for words in row["words"] for one in patterns(words, lists["parts"])):
            made.append(
                Frame(
                    cast(PointerKind, row["kind"]), row["direction"], pattern, row["party"], row.get("toward"), row.get("negated"),
                    beside, never,
                )
            )  # fmt: skip
    return tuple(made)


def patterns(words: str, parts: dict[str, list[str]]) -> list[Pattern]:
    """The patterns that one line of the lexicon stands for: "@part" is any of the ways that `parts` lists."""
    named = re.search(r"@(\w+)", words)
    if named is None:
        return [_pattern(words)]
    return [
        pattern
        for way in parts[named[1]]
        for pattern in patterns(words[: named.start()] + way + words[named.end() :], parts)
    ]


def _pattern(words: str) -> Pattern:
    made: list[_Element] = []
    for one in _ELEMENT.finditer(words):
        if one["names"]:
            names, plain = [], set()
            for name in one["names"].split("|"):
                class_, _, form = name.partition(":")
                if class_ in class_names():
                    names.append((class_, _FORMS[form] if form else _ANY))
                else:
                    plain.add(name)
            made.append(_Element(names=tuple(names), words=frozenset(plain), maybe=bool(one["maybe"])))
        elif one["room"]:
            made.append(_Element(room=int(one["room"]), comma=bool(one["comma"])))
        else:
            word = one["word"]
            maybe = word.endswith("?")
            if word.removesuffix("?") == "{party}":
                made.append(_Element(party=True, maybe=maybe))
            else:
                made.append(_Element(words=frozenset(word.removesuffix("?").split("|")), maybe=maybe))
    needs = tuple(
        frozenset({"party"} | _PRONOUNS | _POSSESSIVES) if one.party else one.words | {name for name, _ in one.names}
        for one in made if not one.maybe and not one.room
    )  # fmt: skip
    return Pattern(tuple(made), needs)


@cache
def _first() -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]], tuple[int, ...]]:
    """The frames by their first class, by their first word, and those that begin with a party."""
    by_class: dict[str, list[int]] = {}
    by_word: dict[str, list[int]] = {}
    by_party: list[int] = []
    for number, frame in enumerate(frames()):
        first = frame.pattern.elements[0]
        if first.maybe or first.room:
            raise ValueError(f"frame {number} begins with what may be missing: {first}")
        for name, _ in first.names:
            by_class.setdefault(name, []).append(number)
        for word in first.words:
            by_word.setdefault(word, []).append(number)
        if first.party:
            by_party.append(number)
    return (
        {name: tuple(each) for name, each in by_class.items()},
        {word: tuple(each) for word, each in by_word.items()},
        tuple(by_party),
    )


def fits(sentence: Words) -> Iterator[tuple[Frame, Fit]]:
    """Every frame that fits a sentence, by place; of one frame those that do not overlap."""
    by_class, by_word, by_party = _first()
    classes = met(sentence)
    present = {*sentence.low, *(one.name for each in classes for one in each)}
    tried: dict[int, bool] = {}
    reached: dict[int, int] = {}
    for at in range(sentence.count):
        numbers = {number for one in classes[at] for number in by_class.get(one.name, ())}
        numbers.update(by_word.get(sentence.low[at], ()))
        if sentence.party[at] is not None:
            numbers.update(by_party)
        for number in sorted(numbers):
            frame = frames()[number]
            if number not in tried:
                tried[number] = all(not one.isdisjoint(present) for one in frame.pattern.needs)
            if not tried[number] or at < reached.get(number, 0):
                continue
            found = _fit(sentence, classes, frame.pattern, at, frame.party == "subject")
            if found is None or not _stands_beside(sentence, classes, present, frame):
                continue
            reached[number] = found.end
            yield frame, found


def _stands_beside(sentence: Words, classes: list[list[Met]], present: set[str], frame: Frame) -> bool:
    def anywhere(pattern: Pattern) -> bool:
        return all(not one.isdisjoint(present) for one in pattern.needs) and any(
            _fit(sentence, classes, pattern, at, False) is not None for at in range(sentence.count)
        )

    return (not frame.beside or any(map(anywhere, frame.beside))) and not any(map(anywhere, frame.never))


def _fit(sentence: Words, classes: list[list[Met]], whole: Pattern, at: int, does: bool) -> Fit | None:
    """The shortest way a pattern fits from the word `at` on. `does`: somebody ahead of it does what its first verb says."""
    pattern = whole.elements
    failed: set[tuple[int, int, tuple[str, ...]]] = set()

    def after(here: int, tail: tuple[str, ...], rest: Callable[[int], Fit | None]) -> Fit | None:
        return rest(here) if not tail or tail_after(sentence, here, tail, TAIL) else None

    def step(n: int, here: int, tail: tuple[str, ...], parties: tuple[int, ...], no: bool) -> Fit | None:
        if n == len(pattern):
            return Fit(at, here, parties, no) if not tail else None
        if (n, here, tail) in failed:
            return None
        one = pattern[n]
        found: Fit | None = None
        if one.room:
            said = no
            for skipped in range(one.room + 1):
                found = step(n + 1, here + skipped, tail, parties, said)
                if (
                    found is not None
                    or here + skipped >= sentence.count
                    or not _room(sentence, here + skipped, one.comma)
                ):
                    break
                said = said or sentence.low[here + skipped] in _NOT
        elif here < sentence.count:
            if one.party:
                found = _party(n, here, tail, parties, no)
            elif sentence.low[here] in one.words and sentence.party[here] is None:
                found = after(here + 1, tail, lambda end: step(n + 1, end, (), parties, no))
            if found is None and one.names:
                found = _class(n, here, tail, parties, no)
        if found is None and one.maybe:
            found = step(n + 1, here, tail, parties, no)
        if found is None:
            failed.add((n, here, tail))
        return found

    def _party(n: int, here: int, tail: tuple[str, ...], parties: tuple[int, ...], no: bool) -> Fit | None:
        if sentence.party[here] is None:
            owned = n + 1 < len(pattern) and "'s" in pattern[n + 1].words
            if n == 0 or sentence.low[here] not in (_POSSESSIVES if owned else _PRONOUNS):
                return None
            if owned:  # "their word" is "Orsa's word"
                return after(here + 1, tail, lambda end: step(n + 2, end, (), (*parties, here), no))
        return after(here + 1, tail, lambda end: step(n + 1, end, (), (*parties, here), no))

    def _class(n: int, here: int, tail: tuple[str, ...], parties: tuple[int, ...], no: bool) -> Fit | None:
        for met_ in classes[here]:
            forms = next(
                (
                    forms
                    for name, forms in pattern[n].names
                    if name == met_.name and (not met_.forms or forms & met_.forms)
                ),
                None,
            )
            if forms is None or (n == 0 and does and not _active(sentence, here, met_, forms)):
                continue
            if met_.tail:
                found = step(n + 1, met_.end, met_.tail, parties, no) if n + 1 < len(pattern) else after(met_.end, met_.tail, lambda end: step(n + 1, end, (), parties, no)
                )  # fmt: skip
            else:
                found = after(met_.end, tail, lambda end: step(n + 1, end, (), parties, no))
            if found is not None:
                return found
        return None

    return step(0, at, (), (), at > 0 and sentence.low[at - 1] in _NONE_OF)


def _room(sentence: Words, at: int, comma: bool) -> bool:
    """Whether a word may stand between two classes."""
    low = sentence.low[at]
    return (
        (low[0].isalnum() and low not in _STOP) or low in ("'s", "'", "-", "%", "$", "€", "£") or (comma and low == ",")
    )


def _active(sentence: Words, at: int, one: Met, forms: frozenset[str]) -> bool:
    """Whether a verb says what its subject does: no noun behind an article, no passive."""
    if not one.forms:
        return True
    ahead = sentence.low[at - 1] if at else ""
    if ahead in _NOUN_AHEAD and one.forms != frozenset({"gerund"}):
        return False
    if "third" in forms and "participle" in one.forms and not one.forms & {"base", "third"}:
        back = at - 1
        while back >= 0 and (
            sentence.low[back].endswith("ly") or sentence.low[back] in ("not", "also", "never", "still", "“", '"')
        ):
            back -= 1
        return back < 0 or sentence.low[back] not in _BE
    return True


def spans_of(sentence: Words, places: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Where in the text the words at `places` stand."""
    return tuple((sentence.start[at], sentence.end[at]) for at in places)
