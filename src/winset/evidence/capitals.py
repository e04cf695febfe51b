"""Runs of capitalised words, and what of each is a name: titles and the words of a sentence apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from winset.evidence.lexicon import given_names, word_list
from winset.evidence.parties import states

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻŁŃŅŇŌŐŒŔŘŚŞŠȘŢȚŤŪŮŰŲŹŻŽ"
_TOKEN = (
    rf"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|Lt|Col|Adm|Amb|MR|MRS|MS|DR)\.|(?:[{UPPER}]\.){{1,3}}(?![\w])|"
    rf"(?:[aA]l-|[eE]l-)?[{UPPER}][^\W_]*(?:[-’'][^\W_]+)*)"
)
_RUN = re.compile(
    rf"(?<!\w){_TOKEN}(?:[ \u00a0](?:(?:van|von|der|den|de|al|bin|ibn|el|la|di|da|del|dos) ){{0,2}}{_TOKEN}){{0,8}}"
)
NAME = rf"(?:[aA]l-|[eE]l-)?[{UPPER}][\w’'.-]{{0,30}}"
OPENERS = word_list("openers")
TITLES = word_list("titles")


@dataclass(frozen=True, slots=True)
class CalledBy:
    """A run of capitalised words without what only leads to it: title words apart from the name itself."""

    start: int
    end: int
    titles: tuple[str, ...]
    words: tuple[str, ...]
    owned: bool
    opens: bool  # its first word began the run with a word of the sentence ("But Lee")


def names(text: str) -> Iterable[CalledBy]:
    """Every name of a text in order. Linear in its length."""
    for run in _RUN.finditer(text):
        at = run.start()
        words: list[str] = []
        begin = at
        for word in run.group().replace("\u00a0", " ").split(" "):
            bare = re.sub(r"[’']s?$", "", word) if word[-1] in "s’'" else word
            end = at + len(bare)
            if bare:
                if not words:
                    begin = at
                words.append(bare)
            if bare != word and words:
                yield from _name(words, begin, end, True)
                words = []
            at += len(word) + 1
        if words:
            yield from _name(words, begin, at - 1, False)


def _name(words: list[str], begin: int, end: int, owned: bool) -> Iterable[CalledBy]:
    titles: list[str] = []
    opens = False
    words = list(words)
    while len(words) > 1 and words[0] in OPENERS:
        begin += len(words[0]) + 1
        words, opens = words[1:], True
    while words and (
        words[0].lower().rstrip(".") in TITLES
        or (len(words) > 1 and words[0] in states() and words[1].lower().rstrip(".") in TITLES)
        or (titles and len(words) > 2 and words[0] in states())
    ):
        titles.append(words[0])
        begin += len(words[0]) + 1
        words = words[1:]
    inner = max((n for n, word in enumerate(words[:-1]) if word.lower().rstrip(".") in TITLES), default=-1)
    if inner >= 0 and len(words) - inner <= 5 and words[inner] not in given_names():
        titles += words[: inner + 1]
        begin += sum(len(word) + 1 for word in words[: inner + 1])
        words = words[inner + 1 :]
    if not words:
        return
    yield CalledBy(begin, end, tuple(titles), tuple(words), owned, opens)
