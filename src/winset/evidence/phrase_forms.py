"""The other forms of a codebook's phrase: "rais* ~ retirement age" is also "a rise in the retirement age" and "the retirement age be raised"."""

from collections.abc import Iterable
from functools import cache

_VERBS: tuple[tuple[frozenset[str], str, str], ...] = tuple(
    (frozenset(heads.split()), done, noun)
    for heads, done, noun in (
        ("rais* increas* lift* put*", "raised|increased|lifted", "rise|rises|increase|increases|hike|hikes|raising"),
        ("cut* reduc* lower* slash* trim*", "cut|reduced|lowered|slashed|trimmed", "cut|cuts|reduction|reductions|cutting|lowering"),
        ("end* stop* halt*", "ended|stopped|halted", "end|ending|halt|stop"),
        ("abolish* scrap* eliminat*", "abolished|scrapped|eliminated|ended", "abolition|scrapping|end|elimination"),
        ("remov* withdraw*", "removed|withdrawn", "removal|withdrawal"),
        ("suspend* paus*", "suspended|paused", "suspension|pause"),
        ("keep* maintain* retain*", "kept|maintained|retained", "retention|keeping"),
        ("expand*", "expanded", "expansion"),
        ("extend*", "extended", "extension"),
        ("limit* cap* curb*", "limited|capped|curbed", "limit|limits|cap|caps|curb|curbs"),
        ("freez*", "frozen", "freeze"),
        ("tighten*", "tightened", "tightening"),
        ("relax* loosen* eas* soften*", "relaxed|loosened|eased|softened", "relaxation|loosening|easing|softening"),
        ("releas* free*", "released|freed", "release|freeing"),
        ("recogni*", "recognised|recognized", "recognition"),
        ("ban*", "banned", "ban|bans"),
        ("clos* shut*", "closed|shut", "closure|closures|closing"),
        ("return*", "returned", "return"),
        ("exchang* swap*", "exchanged|swapped", "exchange|swap"),
        ("protect*", "protected", "protection"),
        ("guarantee*", "guaranteed", "guarantee|guarantees"),
        ("phas*", "phased", "phasing"),
        ("introduc* impos*", "introduced|imposed", "introduction"),
        ("restor*", "restored", "restoration"),
        ("postpon* delay*", "postponed|delayed", "delay|delays|postponement"),
    )
)  # fmt: skip
_NO_NOUN = frozenset(("up", "down", "back", "out", "off", "in", "on", "to", "from", "of", "with", "by", "at"))


@cache
def forms(phrase: str) -> tuple[str, ...]:
    """The phrase, and where it is a verb with what is done to it, its passive and its noun."""
    head, _, rest = phrase.lower().partition(" ")
    object_of = rest.removeprefix("~ ").strip()
    slots = object_of.split()
    found = [phrase]
    if not slots or any(part in _NO_NOUN for slot in slots for part in slot.split("|")) or slots[-1] == "~":
        return tuple(found)
    for heads, done, noun in _VERBS:
        if head in heads:
            found += (
                f"{object_of} {done}",
                f"{object_of} ~ be|been|being {done}",
                f"{noun} in|of|to|on ~ {object_of}",
            )
    return tuple(found)


def all_forms(phrases: Iterable[str]) -> tuple[str, ...]:
    """Every form of every phrase, each once."""
    return tuple(dict.fromkeys(form for phrase in phrases for form in forms(phrase)))
