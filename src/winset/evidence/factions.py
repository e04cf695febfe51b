"""Voices inside a party that say otherwise: a minister beside the cabinet, an envoy beside the president."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from winset.domain.actors import Party
from winset.domain.estimates import Estimate, Judgement, Table
from winset.domain.statements import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """Where one voice of a party put it last."""

    speaker: str
    role: str | None
    value: Estimate
    date: date | None
    statement: str


class Speaker(NamedTuple):
    """Whose words a statement tells, the parties these speak for, and whether several speak as one."""

    name: str
    role: str | None
    parties: tuple[str | None, ...]
    jointly: bool = False


Names = Mapping[str, Collection[str]]
"""Party -> what it is called, without regard to capitals: its name and its aliases."""


def names_of(parties: Iterable[Party]) -> Names:
    """Of the parties of a case."""
    return {one.id: {name.casefold() for name in (one.id, one.name, *one.aliases)} for one in parties}


def factions(
    judgements: Iterable[Judgement], speakers: Mapping[str, Speaker], names: Names
) -> dict[tuple[str, str], tuple[Voiced, ...]]:
    """(party, issue) -> the last word of each of its voices, latest first, where two of them differ; else nothing.

    Only judgements that rest on statements of the party's own can tell voices apart. The party under any of its names, and together
    with others, is one voice: its line.
    """
    last: dict[tuple[str, str], dict[str, Voiced]] = {}
    for one in sorted(judgements, key=lambda j: j.as_of or date.min):
        if one.quantity != "position" or one.issue is None or isinstance(one.value, Table):
            continue
        for ground in one.grounds:
            said = speakers.get(ground.statement or "")
            if said is None or one.party not in said.parties:
                continue
            last.setdefault((one.party, one.issue), {})[_voice(said, one.party, names)] = Voiced(
                speaker=said.name, role=said.role, value=one.value, date=one.as_of, statement=ground.statement or ""
            )
    found = {}
    for key, voices in last.items():
        if len({voice.value for voice in voices.values()}) > 1:
            found[key] = tuple(sorted(voices.values(), key=lambda v: -(v.date or date.min).toordinal()))
    return found


def _voice(said: Speaker, party: str, names: Names) -> str:
    """What tells the voices of a party apart; empty for its line."""
    return "" if said.jointly or said.name.casefold() in names.get(party, ()) else said.name


def several_voices(
    told: Iterable[tuple[str, str, str]], speakers: Mapping[str, Speaker], names: Names
) -> set[tuple[str, str]]:
    """The (party, issue) of these (party, issue, statement) on which more than one voice of the party speaks."""
    voices: dict[tuple[str, str], set[str]] = {}
    for party, issue, statement in told:
        said = speakers.get(statement)
        if said is not None and party in said.parties:
            voices.setdefault((party, issue), set()).add(_voice(said, party, names))
    return {key for key, each in voices.items() if len(each) > 1}


def speaker(voice: Voice) -> Speaker:
    """Of a voice."""
    return called(voice.name, voice.description, voice.role, (voice.party, *voice.members))


def called(name: str | None, description: str | None, role: str | None, parties: tuple[str | None, ...]) -> Speaker:
    """By its name, else as the source describes it."""
    return Speaker(name or description or role or "nobody named", role, parties, jointly=len(parties) > 2)
