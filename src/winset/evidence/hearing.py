"""What the resolution of voices goes by: people and parties named, voices heard, sentences and quotations."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from winset.domain.actors import Party, slug
from winset.domain.statements import Candidate, Voice
from winset.domain.text import Span, Spans
from winset.evidence.anonymous import Unnamed
from winset.evidence.mentions import ROLES, Human, Mentions
from winset.evidence.parties import states
from winset.evidence.standing import standing_of

FEW = 60  # places of parties that are looked at
MANY = 200  # places of people that are looked at
Found = tuple[Voice, tuple[str, ...]]  # a voice and why it is this one


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source stands: its first character, its sentence's, and the stretches that are what is said."""

    at: int
    content: Spans = ()


@dataclass(slots=True)
class Said:
    """A statement's voice where it stood."""

    at: int
    voice: Voice
    asked: bool = False


@dataclass(slots=True)
class Hearing:
    """What is known of a document's voices up to a place: who is named, who spoke, and where sentences begin."""

    text: str
    mentions: Mentions
    sentences: Spans = ()
    quoted: Sequence[Span] = ()
    parties: tuple[Party, ...] = ()
    unnamed: Unnamed = field(default_factory=Unnamed)
    said: list[Said] = field(default_factory=list)
    offices: dict[str, Voice] = field(default_factory=dict)  # head noun -> body or office that spoke
    mouth: str | None = None  # id of whoever says the words in which the source stands: "the minister", "he" are others
    _starts: list[int] = field(default_factory=list)
    _named: list[int] = field(default_factory=list)
    _quotes: list[int] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)
    _first: dict[str, int] = field(default_factory=dict)  # party -> where it is named first

    def __post_init__(self) -> None:
        self._starts = [sentence.start for sentence in self.sentences]
        self._named = [mention.start for mention in self.mentions.named]
        self._quotes = [span.start for span in self.quoted]
        self._places = [start for start, _, _ in self.mentions.places]
        for start, _, id in self.mentions.places:
            self._first.setdefault(id, start)

    def _one(self, text: str, place: Place) -> Found:
        """The voice behind words that are no pronoun and name no more than one."""
        raise NotImplementedError

    @property
    def starts(self) -> list[int]:
        """Where the sentences start."""
        return self._starts

    @property
    def everywhere(self) -> list[str]:
        """The parties of the document in the order in which they are first named."""
        return list(self._first)

    def heard(self, voice: Voice, at: int) -> None:
        """Notes a voice that the kind of text gives, so that a later "he" can mean it."""
        if voice.kind not in ("none", "author"):
            self.said.append(Said(at, voice))

    def person(self, human: Human) -> Voice:
        """The voice of somebody named in the document."""
        return self._of(human, "")

    def _of(self, human: Human, text: str) -> Voice:
        listed = next(
            ((party.id, person.role) for party in self.parties for person in party.people if person.name == human.name),
            None,
        )
        role = next((one for one in human.roles), None)
        own = ROLES.search(text)
        if role is None and own is not None and human.name not in text[own.start() : own.end()]:
            role = own.group()
        party = (listed[0] if listed else None) or human.party
        role = role or (listed[1] if listed else None)
        rest = text.replace(human.name, " ")
        described = "; ".join([*human.roles, *human.described, rest])
        return Voice(
            id=human.id, kind="named", name=human.name, role=role, party=party,
            standing=standing_of(described), description=human.described[0] if human.described else None,
        )  # fmt: skip

    def _nearest_first(self, humans: Sequence[Human], at: int) -> list[Human]:
        last: dict[int, int] = {}
        index = bisect_right(self._named, at)
        for mention in self.mentions.named[max(0, index - MANY) : index]:
            last[id(mention.who)] = mention.start
        return sorted(humans, key=lambda one: -last.get(id(one), -1))

    def _people_before(self, place: Place) -> list[Human]:
        """Everybody named before a place, the last first; each once."""
        found: dict[int, Human] = {}
        index = bisect_right(self._named, place.at)
        for mention in reversed(self.mentions.named[max(0, index - MANY) : index]):
            if not any(span.start <= mention.start < span.end for span in place.content):
                found.setdefault(id(mention.who), mention.who)
        spoken = [one.voice for one in self.said[-6:] if one.voice.kind == "named"]
        first = next((human for human in found.values() if spoken and spoken[-1].id == human.id != self.mouth), None)
        others = [human for human in found.values() if human.id != self.mouth]
        if first is None or self._sentences_from(first, place) > 1:
            return others
        return [first, *(human for human in others if human is not first)]

    def _sentences_from(self, human: Human, place: Place) -> int:
        """Sentences between the last place where somebody is named or speaks and `place`."""
        last = -1
        index = bisect_right(self._named, place.at)
        for mention in reversed(self.mentions.named[max(0, index - MANY) : index]):
            if mention.who is human:
                last = mention.start
                break
        for one in reversed(self.said[-20:]):
            if one.voice.id == human.id:
                last = max(last, one.at)
                break
        return 99 if last < 0 else self._sentence(place.at) - self._sentence(last)

    def _parties_before(self, at: int) -> list[str]:
        """Parties named before a place, the last first; each once, of the last FEW places."""
        index = bisect_right(self._places, at)
        return list(dict.fromkeys(id for _, _, id in reversed(self.mentions.places[max(0, index - FEW) : index])))

    def _parties_between(self, start: int, end: int) -> list[str]:
        """Parties named in [start, end), in order."""
        first, last = bisect_right(self._places, start - 1), bisect_right(self._places, end - 1)
        return [id for _, _, id in self.mentions.places[first : min(last, first + FEW)]]

    def _last_place(self, party: str, at: int) -> int:
        """Where a party is named last before a place."""
        index = bisect_right(self._places, at)
        near = self.mentions.places[max(0, index - FEW) : index]
        return next((start for start, _, id in reversed(near) if id == party), 0)

    def _sentence(self, at: int) -> int:
        return bisect_right(self._starts, at)

    def _is_quoted(self, at: int) -> bool:
        index = bisect_right(self._quotes, at) - 1
        return index >= 0 and self.quoted[index].end > at

    def _name_of(self, party: str) -> str:
        """A party's name as the document first gives it."""
        own = next((one.name for one in self.parties if one.id == party), None)
        known = _state_of().get(party)
        first = (
            self.text[slice(*next((start, end) for start, end, id in self.mentions.places if id == party))]
            if party in self._first
            else party
        )
        return own or known or next((name for name, id in self.mentions.bodies.items() if id == party), first)


def weighed(some: Sequence[tuple[Human, float, str]]) -> tuple[Candidate, ...]:
    """Candidates whose scores sum to one."""
    total = sum(weight for _, weight, _ in some)
    return tuple(Candidate(name=one.name, score=round(weight / total, 2), why=why) for one, weight, why in some)


@cache
def _state_of() -> dict[str, str]:
    return {slug(state): state for state in states().values()}
