"""Voices inside a party that say otherwise: a minister beside the cabinet, an envoy beside the president."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

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
    """Whose words a statement tells, and the parties these speak for."""

    name: str
    role: str | None
    parties: tuple[str | None, ...]


def factions(
    judgements: Iterable[Judgement], speakers: Mapping[str, Speaker]
) -> dict[tuple[str, str], tuple[Voiced, ...]]:
    """(party, issue) -> the last word of each of its voices, latest first, where two of them differ; else nothing.

    Only judgements that rest on statements of the party's own can tell voices apart.
    """
    last: dict[tuple[str, str], dict[str, Voiced]] = {}
    for one in sorted(judgements, key=lambda j: j.as_of or date.min):
        if one.quantity != "position" or one.issue is None or isinstance(one.value, Table):
            continue
        for ground in one.grounds:
            said = speakers.get(ground.statement or "")
            if said is None or one.party not in said.parties:
                continue
            last.setdefault((one.party, one.issue), {})[said.name] = Voiced(
                speaker=said.name, role=said.role, value=one.value, date=one.as_of, statement=ground.statement or ""
            )
    found = {}
    for key, voices in last.items():
        if len({voice.value for voice in voices.values()}) > 1:
            found[key] = tuple(sorted(voices.values(), key=lambda v: -(v.date or date.min).toordinal()))
    return found


def several_voices(told: Iterable[tuple[str, str, str]], speakers: Mapping[str, Speaker]) -> set[tuple[str, str]]:
    """The (party, issue) of these (party, issue, statement) on which more than one voice of the party speaks."""
    names: dict[tuple[str, str], set[str]] = {}
    for party, issue, statement in told:
        said = speakers.get(statement)
        if said is not None and party in said.parties:
            names.setdefault((party, issue), set()).add(said.name)
    return {key for key, each in names.items() if len(each) > 1}


def speaker(voice: Voice) -> Speaker:
    """Of a voice."""
    return called(voice.name, voice.description, voice.role, (voice.party, *voice.members))


def called(name: str | None, description: str | None, role: str | None, parties: tuple[str | None, ...]) -> Speaker:
    """By its name, else as the source describes it."""
    return Speaker(name or description or role or "nobody named", role, parties)
