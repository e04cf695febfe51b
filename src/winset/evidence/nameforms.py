"""The other names under which a record speaks of a party that it names in full: "the Front", "the Greens", "Nurses"."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

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


def compounds(names: Sequence[str], letters: Iterable[str]) -> dict[str, str]:
    """Abbreviation -> the one name whose letters it takes in their order, all its capitals among them: "HLF" of "Handels- og Lagerfolk"."""
    found: dict[str, str] = {}
    for short in letters:
        fits = [name for name in names if len(short) > 2 and _takes(short, name)]
        if len(fits) == 1:
            found[short] = fits[0]
    return found


def _takes(short: str, name: str) -> bool:
    if short[0] != name[0] or len(initials(name)) < 2 or len(short) > len(initials(name)) + 2:
        return False
    ways = {0}  # how many letters of `short` are taken so far
    for letter in name[:_NAME]:
        more = {at + 1 for at in ways if at < len(short) and short[at] == letter.upper()}
        ways = more if letter.isupper() else ways | more
    return len(short) in ways


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
    free = [word for word, ids in found.items() if len(ids) == 1 and not taken(word)]
    owning = {
        word for word in free if "’" in word or "'" in word
    }  # each by itself: one may begin with another and its ’s
    used: set[str] = set()
    for words in (set(free) - owning, *({word} for word in owning)):
        alone = re.compile(rf"(?<![\w’'-])(?=(?P<word>{any_name(words)}){_USED})")
        used.update(one["word"] for text in texts if words for one in alone.finditer(text))
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
