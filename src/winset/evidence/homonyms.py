"""Names of states that mean something else in a text: people ("Michael Jordan", "Chad Miller"), and Georgia as one of fifty."""

import re
from collections.abc import Callable, Sequence
from functools import cache

from winset.evidence.lexicon import given_names
from winset.evidence.parties import states

Words = tuple[str, ...]

GIVEN = frozenset(
    ["Chad", "Georgia", "India", "Israel", "Jordan", "Kenya", "Paris", "Sydney", "Vienna"]
)  # given names, too
_INTO = r"\b(?:in|into|to|from|across|throughout|inside|outside|neighbou?ring|visit\w*|left|leave) "
_AMERICAN = re.compile(
    r"\b(?:Atlanta|Savannah|Macon|Ga\.|\w+ County,? (?:in )?Georgia|the Carolinas|electoral college|U\.?S\.? Senate|Capitol Hill|"
    r"Georgia (?:Republicans?|Democrats?|GOP|voters?|lawmakers?|(?:State )?(?:House|Senate)|primary|runoff|Supreme Court|Power|Tech)|"
    r"(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|"
    r"Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|"
    r"New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|"
    r"South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|West Virginia|Wisconsin|Wyoming) (?:and|or) Georgia|"
    r"(?:Alabama|Arizona|Florida|Michigan|Nevada|North Carolina|Ohio|Pennsylvania|South Carolina|Tennessee|Texas|Wisconsin)|(?:governor|gov\.|senator|sen\.|congress\w+|rep\.|representative|"
    r"attorney general|secretary of state|legislature|electors|primary|runoff|Democrats|Republicans) (?:of|from|in) Georgia|"
    r"Georgia[’']s (?:(?:Republican|Democratic) )?(?:governor|senators?|legislature|secretary of state|primary|electors|"
    r"congress\w*|attorney general))",
    re.IGNORECASE,
)
_CAUCASIAN = re.compile(
    r"\b(?:Tbilisi|Batumi|Abkhaz\w+|(?:South )?Ossetia\w*|Caucas\w+|Black Sea|Saakashvili|Kobakhidze|Ivanishvili|Gori|Russian?s?|"
    r"Moscow|Armenia\w*|Azerbaijan\w*)\b"
)


def elsewhere(text: str, names: Sequence[Words], is_person: Callable[[Words], bool]) -> frozenset[str]:
    """Of the names of states in a text those that stand for something else there, alone or as part of a longer name.

    names      the runs of capitalised words in the text
    is_person  whether the text shows a run to be somebody's name
    A surname alone ("Jordan") stands for the person unless the state shows elsewhere in the text.
    """
    found: set[str] = set()
    for words in dict.fromkeys(names):
        part = _state_in(words)
        if part is None or (words[0] in GIVEN and not is_person(words)):
            continue
        found.add(" ".join(words))
        if part == words[-1] and not _is_about(text, part):
            found.add(part)
    if "Georgia" in text and _AMERICAN.search(text) and not _CAUCASIAN.search(text):
        found.update(("Georgia", "Georgian", "Georgians"))
    return frozenset(found)


def _state_in(words: Words) -> str | None:
    """The word that a state is called by, in what looks like a given name and a surname."""
    known = states()
    if not 2 <= len(words) <= 4:
        return None
    first, last = words[0], words[-1]
    if first in given_names() and last in known and first not in known:
        return last
    if first in GIVEN and first in known and not any(word in known for word in words[1:]):
        return first
    return None


def _is_about(text: str, name: str) -> bool:
    """Whether the state of this name shows otherwise: by another of its names, or as a place."""
    others = _forms(states()[name]).difference({name})
    return any(re.search(rf"\b{re.escape(form)}\b", text) for form in others) or bool(
        re.search(_INTO + re.escape(name) + r"\b", text)
    )


@cache
def _forms(state: str) -> frozenset[str]:
    return frozenset(form for form, other in states().items() if other == state)
