"""Voices inside a party that say otherwise: a minister beside the cabinet, an envoy beside the president."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from winset.domain.estimates import Estimate, Judgement, Table
from winset.domain.statements import Statement, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """Where one voice of a party put it last."""

    speaker: str
    role: str | None
    value: Estimate
    date: date | None
    statement: str


def factions(
    judgements: Iterable[Judgement], statements: Mapping[str, Statement]
) -> dict[tuple[str, str], tuple[Voiced, ...]]:
    """(party, issue) -> the last word of each of its voices, latest first, where two of them differ; else nothing.

    Only judgements that rest on statements of the party's own can tell voices apart.
    """
    last: dict[tuple[str, str], dict[str, Voiced]] = {}
    for one in sorted(judgements, key=lambda j: j.as_of or date.min):
        if one.quantity != "position" or one.issue is None or isinstance(one.value, Table):
            continue
        for ground in one.grounds:
            said = statements.get(ground.statement or "")
            if said is None or one.party not in (said.speaker.party, *said.speaker.members):
                continue
            speaker = _name(said.speaker)
            last.setdefault((one.party, one.issue), {})[speaker] = Voiced(
                speaker=speaker, role=said.speaker.role, value=one.value, date=one.as_of, statement=said.id
            )
    found = {}
    for key, voices in last.items():
        if len({voice.value for voice in voices.values()}) > 1:
            found[key] = tuple(sorted(voices.values(), key=lambda v: -(v.date or date.min).toordinal()))
    return found


def _name(voice: Voice) -> str:
    return voice.name or voice.description or voice.role or "nobody named"
