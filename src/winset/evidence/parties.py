"""Names that stand for a party: states with their demonyms, capitals and seats, a case's own names, bodies of one text."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from winset.domain.actors import Party, slug

Place = tuple[int, int, str]  # start, end, party id

_PLACE_OF_WORK = re.compile(r"\b(?:in|at|near|outside|based in|visiting|from inside) \Z", re.IGNORECASE)
_AT_HOME = re.compile(
    r"\b(?:officials?|ministry|government|spokes\w+|leaders|leadership|authorities|administration|army) (?:\w+ ){0,4}\Z",
    re.IGNORECASE,
)


@cache
def states() -> dict[str, str]:
    """Every name, demonym, capital and seat -> the state's name."""
    data = tomllib.loads(files("winset.evidence").joinpath("lexicons", "states.toml").read_text(encoding="utf-8"))
    table: dict[str, str] = {}
    for state, names in data["state"].items():
        for name in (state, *names):
            table[name] = state
    return table


def names_of(parties: Sequence[Party]) -> dict[str, str]:
    """Lower-case names, adjectives and seats -> party id: those of the parties, then of the states of the world."""
    found = {name.lower(): slug(state) for name, state in states().items()}
    for party in parties:
        for name in (party.name, *party.aliases, *(person.name for person in party.people)):
            if len(name) > 2:
                found[name.lower()] = party.id
                found.setdefault(name.lower().split()[-1], party.id)
    return found


def matcher(names: Sequence[str]) -> re.Pattern[str]:
    """A pattern for any of the names as whole words (a plural or possessive may follow), the longest first."""
    by_letter: dict[str, list[str]] = {}
    for name in sorted(set(names), key=len, reverse=True):
        by_letter.setdefault(name[0], []).append(name)
    each = "|".join(
        f"{re.escape(letter)}(?:{'|'.join(re.escape(name[1:]) for name in some)})" for letter, some in by_letter.items()
    )
    return re.compile(
        rf"(?<!\w)(?<!South )(?<!Latin )(?<!North )(?<!Central )(?:{each})(?:s(?!\w)|(?=[’']s)|(?!\w|-[a-z]))"
    )


@cache
def state_names() -> re.Pattern[str]:
    """Any name of a state."""
    return matcher(list(states()))


_ONE_NAME = re.compile(r"[A-ZÀ-Þ]\w{3,}\Z")
_PEOPLE = re.compile(r"[A-ZÀ-Þ][\w-]{3,}(?:an|er|i)\Z")


def spelled(names: Iterable[str]) -> set[str]:
    """The names, with "The Pact" and "Pact" for "the Pact" ("Pact officials"), and "Orsans" for "Orsan"."""
    found = {name for name in names if name}
    for name in [name for name in found if name.lower().startswith("the ")]:
        found.add(name[0].swapcase() + name[1:])
        if _ONE_NAME.match(name, 4):
            found.add(name[4:])
    return found | {name + "s" for name in found if _PEOPLE.match(name)}


class PartyNames:
    """Finds the party that a name stands for: a case's own names first, then bodies of the document, then states."""

    def __init__(
        self,
        parties: Sequence[Party] = (),
        bodies: Mapping[str, str] | None = None,
        others: frozenset[str] = frozenset(),
    ) -> None:
        """`bodies` of one text by name; `others` are names of states that stand for something else there."""
        self._parties = tuple(parties)
        self._others = others
        whole = [name for name in others if " " in name]
        self._foreign = matcher(whole) if whole else None
        self._own: dict[str, str] = dict(bodies or {})
        self._states: dict[str, str] = {}  # state -> id of the case's party that it is
        for party in parties:
            self._own |= dict.fromkeys(spelled((party.name, *party.aliases)), party.id)
        for state in set(states().values()):
            self._states[state] = slug(state)
        for party in parties:
            for name in (party.name, *party.aliases, party.id):
                known = states().get(name) or states().get(name[:1].upper() + name[1:])
                if known is not None:
                    self._states[known] = party.id
        by_slug = {slug(state): state for state in self._states}
        for party in parties:
            if party.id in by_slug:
                self._states[by_slug[party.id]] = party.id
        self._pattern = matcher(list(self._own)) if self._own else None

    def within(self, bodies: Mapping[str, str], others: frozenset[str]) -> "PartyNames":
        """The same names in one text: those of its `bodies` (name -> party id) besides, `others` for something else."""
        return PartyNames(self._parties, bodies, others)

    def means_other(self, name: str) -> bool:
        """Whether a state's name, or a longer name with one in it, stands for something else."""
        return name in self._others and name not in self._own

    def places(self, text: str) -> list[Place]:
        """Every name of a party in `text`, in order; longer names win over those inside them."""
        own = [] if self._pattern is None else [(m.start(), m.end()) for m in self._pattern.finditer(text)]
        if self._foreign is not None:
            own = sorted({*own, *((m.start(), m.end()) for m in self._foreign.finditer(text))})
        found = [(start, end, id) for start, end in own if (id := self.id_of(text[start:end]))]
        at = 0
        for match in state_names().finditer(text):
            while at < len(own) and own[at][1] <= match.start():
                at += 1
            if at < len(own) and own[at][0] < match.end():
                continue
            id = self.id_of(match.group())
            if id:
                found.append((match.start(), match.end(), id))
        return sorted(found)

    def id_of(self, name: str) -> str | None:
        """The party of one name, as it stands in a text."""
        for form in (name, name.removesuffix("s")):
            if form in self._own:
                return self._own[form]
            state = states().get(form)
            if state is not None and not self.means_other(name):
                return self._states[state]
        return None

    def of(self, text: str) -> str | None:
        """The party of the first name in `text`, but for a place where somebody only works ("a diplomat in Moscow")."""
        for start, _, id in self.places(text):
            if not _PLACE_OF_WORK.search(text, max(0, start - 20), start) or _AT_HOME.search(text, 0, start):
                return id
        return None


_ENDINGS = r"(?:ian|an|n|ish|ese|i|er|ic|ean|ite)"


def demonyms(body: str) -> re.Pattern[str]:
    """What the people of a body that no list knows may be called: Vessaly -> Vessalian, Vessalians."""
    stem = re.sub(r"(?:ia|[aeiouy])$", "", body)
    return re.compile(rf"(?<!\w){re.escape(stem)}{_ENDINGS}s?(?!\w)")
