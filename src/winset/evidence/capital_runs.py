"""The names in a text's runs of capitalised words: where one begins, ends, and is two."""

import re
from collections.abc import Iterable

from winset.evidence import nameforms, organs
from winset.evidence.holders import CAP
from winset.evidence.organisations import LISTS, NOUN, NOUNS, PLURAL, is_body

RUN = re.compile(
    rf"(?<![\w’'])(?P<run>{CAP}(?:(?:[’']s?)? (?:(?:of|for|and|de|du|des|da|do|dos|di|del|della|e|y|et|och|og|und|&) (?:the )?)?{CAP}){{0,6}}(?: \d{{1,2}}(?![\w%.,:]|(?: [a-z]+)? (?:percent|per cent|million|billion)))?)"
)

OF_TWO = re.compile(rf"(?:{CAP} ){{0,2}}(?:{NOUNS}) (?:of|for) {CAP}(?: {CAP})? and {CAP}\Z")
_OFFICE_FIRST = re.compile(
    r"(?:(?:Prime|Foreign|Interior|Finance|Trade|Defen[cs]e|Deputy|Energy|Environment|Economy) )?(?:Secretary-General|Secretary|Minister|President|Premier|Chancellor|Director|Governor|Commissioner|Ambassador|Head|Chair|Chairman|Chairwoman) (?:(?:of|for) (?:the )?)?"
)
SHORT_FOR = re.compile(r",? \((?:the )?[“\"]?(?P<short>[A-ZÀ-Þ][\w&-]{1,9})[”\"]?\)")
_ORGANS = re.compile(r"\b(?:Ministry|Department|Office|Bureau|Secretariat|Minister|Secretary)\Z")
MANY = re.compile(
    r"\b(?:Nations|States|Countries|Islands|Cities|Towns|Regions|Provinces|Peoples|Producers|Farmers|Workers|Employees|Employers|Owners|Staff)\Z"
)


def names_in(
    run: re.Match[str], persons: set[str], letters: frozenset[str], pairs: frozenset[str]
) -> Iterable[tuple[str, int, int]]:
    """The names in a run of capitalised words: without a first word that only opens a sentence, and cut where two are joined, but for
    those that the record abbreviates as one (`letters`)."""
    words, start = run.group("run"), run.start("run")
    for pair in sorted({one["pair"] for one in nameforms.PAIR.finditer(words)} & pairs):
        at = words.find(pair)
        within = words[:at].endswith((" of ", " for ", " the "))  # "League of Farmers and Fishers"
        if not within and not words[at + len(pair) :][:1].isalnum():
            yield pair, start + at, start + at + len(pair)
            if before := words[:at].removesuffix(" ").removesuffix(" and"):
                yield from _cut(before, start, persons, letters)
            rest = words[at + len(pair) :]
            after = rest.removeprefix(" and ").lstrip()
            if after[:1].isupper():
                yield from _cut(after, start + len(words) - len(after), persons, letters)
            return
    yield from _cut(run.group("run"), run.start(), persons, letters)


def _cut(words: str, start: int, persons: set[str], letters: frozenset[str]) -> Iterable[tuple[str, int, int]]:
    while (head := words.split(" ")[0]) in LISTS["not_names"] or re.match(r"(?:the|of|and|for|de|du)\Z", head):
        if " " not in words:
            return
        start += len(head) + 1
        words = words[len(head) + 1 :]
    if (office := _OFFICE_FIRST.match(words)) is not None and office.group().endswith(("of ", "for ", "the ")):
        start, words = start + office.end(), words[office.end() :]  # "Secretary-General of the League"
    begin, end = organs.body_in(words)
    if begin == end:
        return
    start, words = start + begin, words[begin:end]
    if " " in words and len(initial := nameforms.initials(words)) > 2 and initial in letters:
        yield words, start, start + len(words)
        return
    joint = re.search(r" (?:of|for|de|du) (?:the )?", words)
    if (
        joint is not None
        and is_body(words)
        and not is_body(words[joint.end() :])
        and is_body(words[: joint.start()] + " de")
    ):
        joint = None
    if joint is not None and _ORGANS.search(words[: joint.start()]):
        organ, joined, other = words.partition(" and ")
        whose = organ.rfind(" of ") + len(" of ")
        if whose > joint.end():  # of a "Ministry of Finance of Quarrin", Quarrin
            yield from _parts(organ[whose:], start + whose, persons)
        if joined:
            yield from _cut(other, start + len(organ) + len(joined), persons, letters)
        return
    if joint is not None and words.count(" and ") == 1 and OF_TWO.match(words) and not is_body(words.split(" and ")[1]):
        yield words, start, start + len(words)  # "League of Farmers and Fishers"
        return
    if joint is not None and not NOUN.search(words[: joint.start()]) and not MANY.search(words):
        rest = start + joint.end()
        yield from _parts(words[: joint.start()], start, persons)
        yield from _cut(words[joint.end() :], rest, persons, letters)
        return
    yield from _parts(words, start, persons)


def _parts(words: str, start: int, persons: set[str]) -> Iterable[tuple[str, int, int]]:
    words_of = nameforms.unowned(words, persons)
    start, words = start + len(words) - len(words_of), words_of
    for part in (
        re.finditer(r"(?:(?! and ).)+", words)
        if " and " in words and not NOUN.search(words)
        else [re.match(r".*", words, re.S)]
    ):
        assert part is not None
        text, at = part.group(), start + part.start()
        for joined in ("and ", "the "):
            if text.startswith(joined):
                text, at = text[len(joined) :], at + len(joined)
        owned = re.search(r"[’']s? ", text)
        if number := re.match(r"[\d:.,]+ (?=\w)", text):  # the time of day ahead of an entry
            text, at = text[number.end() :], at + number.end()
            owned = re.search(r"[’']s? ", text)
        if owned is not None and (not is_body(text) or text[owned.end()].islower()):
            text = text[: owned.start()]
        text = re.sub(r"[’']s?\Z", "", text)
        if (
            len(text) > 2 and not (" " in text and text.isupper()) and text not in persons and text.split()[-1] not in persons and text.split()[0] not in LISTS["not_names"]
            and not (" " not in text and NOUN.fullmatch(text) and not PLURAL.search(text))
        ):  # fmt: skip
            yield text, at, at + len(text)
