"""Groups that take part without a name of their own: "the pilots", "the works council", "the bondholders"."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from winset.domain.actors import slug
from winset.evidence.lexicon import load
from winset.evidence.organisations import Side
from winset.evidence.wording import any_name

LEAST = {"workers": 2, "bodies": 1, "others": 2}  # times that a group does something before it is a party
_GROUPS = {kind: tuple(words) for kind, words in load("groups").items()}
_KIND = {word: kind for kind, words in _GROUPS.items() for word in words}
_SPOKEN = re.compile(
    rf"(?:\b[Tt]he (?:(?:striking|rebel|local|state[’']s|private|foreign|company[’']s|airline[’']s) )?|(?<=[.\n] )|(?<=\n)|[’']s )(?P<group>(?i:{any_name(_KIND)}))\b"
)


def acting(texts: Iterable[str], acts: re.Pattern[str]) -> dict[str, str]:
    """Group -> "workers", "bodies" or "others", for those that do something (`acts` matches behind them) often enough."""
    signs: Counter[str] = Counter()
    for text in texts:
        for one in _SPOKEN.finditer(text):
            if acts.match(text, one.end()):
                signs[one["group"].lower()] += 1
    return {group: _KIND[group] for group, count in signs.items() if count >= LEAST[_KIND[group]]}


def seat(found: Mapping[str, str], sides: dict[str, Side]) -> dict[str, str]:
    """Group -> party: that in whose name it stands, the one union for people who work, else a party of its own, added to `sides`."""
    unions = [side.id for side in sides.values() if side.kind == "union"]
    meant: dict[str, str] = {}
    for group, kind in found.items():
        stem = group.removesuffix("s")
        named = [side.id for side in sides.values() if re.search(rf"\b{re.escape(stem)}s?\b", side.name, re.IGNORECASE)]
        if len(named) == 1:
            meant[group] = named[0]
        elif kind == "workers" and len(unions) == 1 and not named:
            meant[group] = unions[0]
        elif not named and (kind != "workers" or not unions):
            id = slug(group)
            sides.setdefault(
                id,
                Side(
                    id,
                    group.capitalize(),
                    "union" if kind in ("workers", "bodies") else "political",
                    {group.capitalize()},
                ),
            )
            meant[group] = id
    return meant
