"""Which party of a state governs it alone, by the words of a record: its ministers and "the government" are that party's.

Told by "the Workers' Party, which governs", "the ruling Civic Party", "the minority government of the Greens". Where several are
told to govern, or none, nothing is concluded.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from winset.evidence.holders import CAP, PERSON, Place
from winset.evidence.organisations import Side

_WHICH_GOVERNS = re.compile(
    r",? (?:which|who) (?:(?:has|have) )?(?:now |currently |still |also )?(?:govern(?:s|ed)?|rul(?:e|es|ed)|runs? (?:the country|a (?:minority|majority)?)|"
    r"(?:leads?|heads?|forms?) (?:the|a|an) (?:\w+ ){0,2}?(?:government|cabinet))\b"
)
_GOVERNING = re.compile(r"\b(?:governing|ruling) \Z", re.IGNORECASE)
_MINORITY_OF = re.compile(
    r"\b(?:minority|majority|one-party|single-party) (?:government|cabinet)(?: (?:led|formed|headed|run))? (?:of|by) (?:the )?\Z",
    re.IGNORECASE,
)
_OWN_CABINET = re.compile(
    r"(?:[’']s?)? (?:minority|majority|one-party|single-party) (?:government|cabinet)\b", re.IGNORECASE
)
_MINISTER = re.compile(
    rf"\b(?:Prime Minister|Premier|Chancellor|(?:Finance|Interior|Foreign|Justice|Defen[cs]e|Economy|Labou?r|Health|Education|Budget) Minister) (?P<person>{PERSON})"
)
_REALM = r"(?:Kingdom|Republic|Sultanate|Emirate|Principality|Commonwealth|Federation|Union|Confederation|Province|Free State|Grand Duchy|Duchy|State|Islands?)"
_REALM_OF = re.compile(rf"\b[Tt]he (?:[A-Z][a-z]+ )?(?P<realm>{_REALM}) of (?:the )?(?P<name>{CAP}(?: {CAP}){{0,2}})")


def realms(texts: Iterable[str], by_name: Mapping[str, Side]) -> dict[str, set[str]]:
    """What texts call states -> which: "kingdom" of the "Kingdom of Wessam". `by_name` are the parties by all their names."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for one in _REALM_OF.finditer(text):
            words = one["name"].split(" ")
            names = [" ".join(words[:n]) for n in range(len(words), 0, -1)]
            side = next(
                (
                    by_name[name]
                    for name in (*(f"{one['realm']} of {name}" for name in names), *names)
                    if name in by_name
                ),
                None,
            )
            if side is not None and side.kind in ("state", "political"):
                found.setdefault(one["realm"].lower(), set()).add(side.id)
    return found


_GOVERNMENT = re.compile(
    r"\b(?:[Tt]he|[Tt]his) (?:minority )?(?:government|cabinet)\b(?! (?:of|in) \w)(?![’']? ?offices?\b)"
)


def governing(texts: Mapping[str, str], places: Mapping[str, Sequence[Place]], kinds: Mapping[str, str]) -> str | None:
    """The one party that the texts (id -> text) say governs."""
    told: Counter[str] = Counter()
    for doc, text in texts.items():
        for start, end, party in places.get(doc, ()):
            if kinds.get(party) not in ("political", "union"):
                continue
            ahead = text[max(0, start - 70) : start]
            if (
                _WHICH_GOVERNS.match(text, end)
                or _GOVERNING.search(ahead)
                or _MINORITY_OF.search(ahead)
                or _OWN_CABINET.match(text, end)
            ):
                told[party] += 1
    return next(iter(told)) if len(told) == 1 else None


def ministers(texts: Iterable[str]) -> set[str]:
    """Full names of those that the texts call ministers of the government."""
    return {one["person"] for text in texts for one in _MINISTER.finditer(text)}


def spoken_of(text: str) -> list[tuple[int, int]]:
    """Where a text speaks of the government."""
    return [one.span() for one in _GOVERNMENT.finditer(text)]
