"""The other names under which a record speaks of a party that it names in full: "the Front", "the Greens", "Nurses"."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

_JOINT = re.compile(r"\A(?P<a>.+?) and the (?P<b>.+)\Z")


def short_forms(names: Mapping[str, str], texts: Sequence[str], heads: Mapping[str, str]) -> dict[str, str]:
    """Short name -> party id, for those that only one party of the record can be called by.

    names  party id -> full name
    heads  party id -> the organisation's noun in it ("Front" of "Velda Front"); only where it has one and more words besides
    """
    found: dict[str, str] = {}
    held: dict[str, list[str]] = {}
    for id, head in heads.items():
        held.setdefault(head, []).append(id)
    for head, ids in held.items():
        if len(ids) == 1 and head not in names.values():
            alone = re.compile(rf"\b[Tt]he {re.escape(head)}\b(?! (?:of|for)\b| [A-ZÀ-Þ])")
            if any(alone.search(text) for text in texts):
                found[head] = ids[0]
    return found


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
