"""Who speaks of what how often, who is spoken of without a seat, and who outside the table could block what is agreed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from winset.domain.case import Case
from winset.domain.pointers import Pointer
from winset.domain.statements import Statement
from winset.domain.text import Grounds
from winset.evidence.sides import Sides
from winset.evidence.stances import Stance

STRONG = ("funds", "arms", "guarantees", "depends on", "backs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Why a party outside the table could block what is agreed; `suggested` where words alone say so."""

    party: str
    why: str
    grounds: tuple[Grounds, ...] = ()
    suggested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """A party without a seat of which sayings speak, how many, and the first of them."""

    party: str
    sayings: int
    grounds: tuple[Grounds, ...]


def counts(
    stances: Iterable[Stance], docs: Mapping[str, str], issues: Sequence[str]
) -> dict[str, tuple[NDArray[np.int64], int]]:  # fmt: skip
    """Party -> (sayings by article and issue, how many sayings).

    Each statement counts once for each issue it takes a stand on; only the party's own ones count. `stances` hold each saying
    once, however many articles repeat it.
    """
    seen: dict[str, dict[tuple[str, str], set[str]]] = {}
    for one in stances:
        if one.voice == "own" and one.issue in issues:
            doc = docs.get(one.statement, one.grounds.doc)
            seen.setdefault(one.party, {}).setdefault((doc, one.issue), set()).add(one.statement)
    found = {}
    for party, each in seen.items():
        articles = sorted({doc for doc, _ in each})
        table = np.zeros((len(articles), len(issues)), dtype=np.int64)
        for (doc, issue), ids in each.items():
            table[articles.index(doc), issues.index(issue)] = len(ids)
        found[party] = (table, len({id for ids in each.values() for id in ids}))
    return found


def affected(
    statements: Iterable[Statement], found: Sides, seated: Sequence[str], parties: Iterable[str], again: Iterable[str]
) -> list[Affected]:  # fmt: skip
    """Parties without a seat that sayings of others speak of, those spoken of most first; nothing where no table is known."""
    if not seated:
        return []
    outside = {party for party in parties if party not in seated}
    repeats = set(again)
    met: dict[str, list[Grounds]] = {}
    for one in statements:
        if one.id in repeats:
            continue
        named = {
            party for span in one.content for _, _, party in found.between(one.doc, span.start, span.end)
        } | ({one.about} if one.about else set())  # fmt: skip
        for party in named & outside:
            if party != one.speaker.party:
                met.setdefault(party, []).append(Grounds(doc=one.doc, statement=one.id, spans=one.content))
    return [
        Affected(party=party, sayings=len(grounds), grounds=tuple(grounds[:3]))
        for party, grounds in sorted(met.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]


def blockers(case: Case, seated: Sequence[str], pointers: Iterable[Pointer], when: date | None) -> list[Block]:
    """Who outside the table could block what is agreed there: signatures and ratifiers of the case, those on whom a side at
    the table depends, and what words say of consent, vetoes and backing."""
    found: list[Block] = []
    inside = set(seated)
    found += [Block(party=one, why="its signature is needed") for one in case.signers(when) if one not in inside]
    found += [
        Block(party=one.party, why=f"{one.name} must ratify") for one in case.ratifiers if one.party not in inside
    ]
    for relation in case.relations:
        outer, inner = (relation.to, relation.of) if relation.kind == "depends on" else (relation.of, relation.to)
        if relation.kind in STRONG and outer not in inside and (inner in inside or not inside):
            word = "is depended on by" if relation.kind == "depends on" else relation.kind
            found.append(Block(party=outer, why=f"{word} {inner}"))
    for one in pointers:
        if one.voice == "forecast":
            continue
        if one.kind == "consent" and one.direction in ("needed", "can block") and one.party not in inside:
            why = "its consent is needed" if one.direction == "needed" else "it can block"
        elif (
            one.kind == "backing"
            and one.direction in ("funds", "arms")
            and one.party not in inside
            and one.toward in inside
        ):
            why = f"{one.direction} {one.toward}"
        else:
            continue
        found.append(Block(party=one.party, why=why, grounds=one.grounds, suggested=one.suggested))
    return list(dict.fromkeys(found))
