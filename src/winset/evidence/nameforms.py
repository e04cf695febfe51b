"""The other names under which a record speaks of a party that it names in full: "the Front", "the Greens", "Nurses"."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from winset.evidence.organisations import NOUN, is_body
from winset.evidence.wording import any_name

_JOINT = re.compile(r"\A(?P<a>.+?) and the (?P<b>.+)\Z")


_NAME = 100  # characters of a name that are compared with an abbreviation
_LETTERS = re.compile(r"(?<![\w.-])[A-ZÀ-Þ]{2,7}(?![\w-])")
_CAPITAL = re.compile(r"[A-ZÀ-Þ]\w*")


def abbreviations(texts: Iterable[str]) -> frozenset[str]:
    """Words of capitals alone that a record uses: "UNC"."""
    return frozenset(one.group() for text in texts for one in _LETTERS.finditer(text))


def initials(name: str) -> str:
    """The first letters of a name's capitalised words: "UNC" of "United Nurses and Carers"."""
    return "".join(word[0] for word in _CAPITAL.findall(name))


_WORDS_BACK = re.compile(r"(?<![\w’'&-])(?:[\w’'&-]{1,40}(?:, | )){1,14}\Z")


def spelled_out(text: str, at: int, short: str) -> int | None:
    """Where the name begins that ends at a place and is abbreviated behind it: "Housekeepers, Restaurant and Catering United (HRCU)"; None where
    no words there begin with these letters. What kind of body it is need not be among the letters: "Growers, Greens and Regions List (GGR)"."""
    found = _WORDS_BACK.search(text[max(0, at - _NAME) : at] + " ")
    if found is None:
        return None
    left, start = list(short.upper()), at
    words = list(re.finditer(r"[\w’'&-]+", found.group()))
    if words and NOUN.fullmatch(words[-1].group()) and words[-1].group()[0] != left[-1]:
        words.pop()
    for word in reversed(words):
        first = word.group()[0]
        if first.isupper() and left and first == left[-1]:
            left.pop()
            start = at - (len(found.group().rstrip()) - word.start())
            if not left:
                return start
        elif first.isupper() or word.group() not in ("of", "and", "the", "for", "in", "de", "du", "des", "dos", "&"):
            return None
    return None


def shortens(short: str, name: str) -> bool:
    """Whether what stands in brackets behind a name stands for it: it begins as the name does, and its letters are in a name that is no
    body's in their order, as those of "DUP" are not in a person's that it follows."""
    if short[0] != name[0]:
        return False
    letters = iter(name[:_NAME].upper())
    return is_body(name) or all(letter in letters for letter in short.upper())


_MORE = 2  # letters of an abbreviation that are no word's first


def compounds(names: Sequence[str], letters: Iterable[str]) -> dict[str, str]:
    """Abbreviation -> the one name whose letters it takes in their order, all its capitals among them: "HLF" of "Handels- og Lagerfolk"."""
    by_initials: dict[str, list[str]] = {}
    for name in names:
        by_initials.setdefault(initials(name), []).append(name)
    found: dict[str, str] = {}
    for short in letters:
        if len(short) > 2:
            fewer = {
                "".join(short[at] for at in range(len(short)) if at not in left)
                for count in range(_MORE + 1) for left in combinations(range(1, len(short)), count)
            }  # fmt: skip
            fits = [name for each in fewer for name in by_initials.get(each, ()) if _takes(short, name)]
            if len(fits) == 1:
                found[short] = fits[0]
    return found


def _takes(short: str, name: str) -> bool:
    if short[0] != name[0] or len(initials(name)) < 2 or len(short) > len(initials(name)) + _MORE:
        return False
    ways = {0}  # how many letters of `short` are taken so far
    for letter in name[:_NAME]:
        more = {at + 1 for at in ways if at < len(short) and short[at] == letter.upper()}
        ways = more if letter.isupper() else ways | more
    return len(short) in ways


PAIR = re.compile(
    r"(?<![\w’'-])(?P<pair>(?P<a>[A-ZÀ-Þ][\w’-]{1,30}) and (?P<b>[A-ZÀ-Þ][\w’-]{1,30}))(?![\w-]| [A-ZÀ-Þ])"
)
_TWICE = 2  # times that two words joined by "and" must stand together to be one name
_ARE_TWO = re.compile(
    r" (?:both|each|have|are|were|do|want|demand|offer|reject|accept|propose|refuse|insist|agree|say|oppose|support|seek|need|plan|hope|met|meet)\b"
)  # which one alone does not
_OF_TWO = re.compile(r"\b(?:[Bb]etween|[Bb]oth) (?:the )?\Z")


def inseparable(texts: Sequence[str]) -> frozenset[str]:
    """Pairs of capitalised words joined by "and" that a record names more than once, neither of them ever apart and never as two ("Vendria
    and Teal want"): "Crown and Soil"."""
    counts: dict[str, int] = {}
    two: set[str] = set()
    spans: set[tuple[int, int]] = set()
    for number, text in enumerate(texts):
        for one in PAIR.finditer(text):
            counts[one["pair"]] = counts.get(one["pair"], 0) + 1
            spans |= {(number, one.start("a")), (number, one.start("b"))}
            if _ARE_TWO.match(text, one.end()) or _OF_TWO.search(text, max(0, one.start() - 14), one.start()):
                two.add(one["pair"])
    often = [pair for pair, count in counts.items() if count >= _TWICE and pair not in two]
    if not often:
        return frozenset()
    halves = {half for pair in often for half in pair.split(" and ")}
    alone = re.compile(rf"(?<![\w’'-])(?:{any_name(halves)})(?![\w-])")
    apart = {
        one.group()
        for number, text in enumerate(texts)
        for one in alone.finditer(text)
        if (number, one.start()) not in spans
    }
    return frozenset(pair for pair in often if not apart & set(pair.split(" and ")))


_SET = r"group|grouping|countries|nations|bloc|camp"
_AS_A_SET = re.compile(
    rf"\b[Tt]he (?:[a-z]+ )?(?P<name>[A-ZÀ-Þ][\w’'-]{{1,30}}(?: [A-ZÀ-Þ][\w’'-]{{1,30}}){{0,2}}) (?P<set>{_SET})\b"
)


def sets(texts: Iterable[str], acts: re.Pattern[str]) -> dict[str, tuple[set[str], bool]]:
    """Capitalised words ahead of "group", "countries" or "bloc" -> these nouns, and whether such a group does something (`acts` matches
    behind it): "the Mbeka Basin countries want ..."."""
    found: dict[str, tuple[set[str], bool]] = {}
    for text in texts:
        for one in _AS_A_SET.finditer(text):
            nouns, acted = found.get(one["name"], (set(), False))
            found[one["name"]] = nouns | {one["set"]}, acted or acts.match(text, one.end()) is not None
    return found


def short_forms(names: Mapping[str, str], texts: Sequence[str], heads: Mapping[str, str]) -> dict[str, str]:
    """Short name -> party id, for those that only one party of the record can be called by.

    names  party id -> full name
    heads  party id -> the organisation's noun in it ("Front" of "Velda Front"); only where it has one and more words besides
    """
    held: dict[str, list[str]] = {}
    for id, head in heads.items():
        held.setdefault(head, []).append(id)
    whole = set(names.values())
    unclaimed = [head for head, ids in held.items() if len(ids) == 1 and head not in whole]
    alone = re.compile(rf"\b[Tt]he (?P<head>{any_name(unclaimed)})\b(?! (?:of|for)\b| [A-ZÀ-Þ])")
    used = {one["head"] for text in texts for one in alone.finditer(text)} if unclaimed else set()
    return {head: held[head][0] for head in unclaimed if head in used}


_COMMON = frozenset(
    ("Party", "League", "Republic", "Kingdom", "Federation", "Emirate", "Government", "Authority", "Administration")
)
_USED = r"(?:[’']s?\b| (?:leader|co-leader|chair\w*|minister|lawmaker|deputy|negotiators?|spokes\w+|government|officials?|troops|forces|envoys?|delegation|said|says|wants|has said)\b)"


_APOSTROPHE = re.compile("[’']")


def stems(names: Mapping[str, str], texts: Sequence[str], taken: Callable[[str], bool]) -> dict[str, str]:
    """First word of a two-word name -> party id where the record uses it alone: "Centre leader" of the Centre Party, "Kessar’s
    president" of the Kessar Republic.

    taken  whether a word is a name that stands for something else by itself
    """
    found: dict[str, list[str]] = {}
    for id, name in names.items():
        first, _, last = name.rpartition(" ")
        if last in _COMMON and " " not in first and len(first) > 3:
            found.setdefault(first, []).append(id)
    free = {word: None for word, ids in found.items() if len(ids) == 1 and not taken(word)}
    used: set[str] = set()
    if free:
        alone = re.compile(rf"(?<![\w’'-])(?=(?P<word>{any_name(free)}){_USED})")
        for word in {one["word"] for text in texts for one in alone.finditer(text)}:
            used.add(word)  # the longest there; one that ends at its apostrophe is used with it, too
            used.update(word[: mark.start()] for mark in _APOSTROPHE.finditer(word))
    return {word: found[word][0] for word in free if word in used}


def members(names: Mapping[str, str], heads: Mapping[str, str]) -> dict[str, str]:
    """Party id -> id of the party whose people it names: "Greens" of the Green List, "Nurses" of the Nurses’ Federation."""
    first: dict[str, list[str]] = {}
    for id in heads:
        word = re.split(r"[’' ]", names[id], maxsplit=1)[0]
        for form in {word, word.removesuffix("s")}:
            first.setdefault(form, []).append(id)
    found: dict[str, str] = {}
    for id, name in names.items():
        if " " in name or not name.endswith("s") or len(name) < 5:
            continue
        whose = {other for form in (name, name[:-1]) for other in first.get(form, ()) if other != id}
        if len(whose) == 1:
            found[id] = whose.pop()
    return found


def apart(name: str, is_body: Callable[[str], bool]) -> tuple[str, ...]:
    """The names that "the Homeland Union and the Liberals" holds; the name itself where it is one."""
    joint = _JOINT.match(name)
    if joint is not None and is_body(joint["a"]) and is_body(joint["b"]):
        return joint["a"], joint["b"]
    return (name,)


def unowned(name: str, persons: Iterable[str]) -> str:
    """A body's name without the person whose it is said to be: "Civic Alliance" of "Weyland’s Civic Alliance"."""
    owner, mark, rest = name.partition("’s ") if "’s " in name else name.partition("'s ")
    return rest if mark and rest[:1].isupper() and owner in persons else name
