"""Leverage in one view: how far the terms move when one party's patience, way out, ratifiers, power or trust change."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from winset.domain.case import Case
from winset.domain.estimates import Table
from winset.domain.runs import Assumption, Run, digest
from winset.errors import FormulationError, ModelError
from winset.formulation import crisis, offers, ratification
from winset.models.crisis.question import CrisisInputs
from winset.models.offers.inputs import OffersQuestion
from winset.models.offers.question import answer
from winset.models.ratification.hands import home
from winset.report import leverage as report
from winset.report.leverage import Lever
from winset.services.sources import reviewed_case
from winset.store.textform import case_to_json

VERSION = "1"
DRAWS = 500
OUTSIDE, POWER, TRUST = 0.05, 0.05, 0.1  # one step of each lever; patience: a tenth less lost to a round of waiting
_UNIT = re.compile(r"\bper (day|week|month|quarter|year)\b")


def solve(source: Path, at: date | None = None, *, seed: int = 1) -> Run:
    """The table of leverage of the case at `source`."""
    return of_case(reviewed_case(source), at, seed=seed)


def of_case(case: Case, at: date | None = None, *, seed: int = 1) -> Run:
    """Rows a party and lever, each the same question solved again with one number moved by one step.

    What cannot be asked for want of judgements is named in `gaps`. Raises FormulationError where not even patience is
    judged: then there is no base to move from.
    """
    when = at or case.as_of
    asked = offers.formulate(case, when)
    notes, gaps = list(asked.assumptions), list(asked.gaps)
    base = answer(asked.inputs)
    if base.shares is None:
        raise ModelError(f"there is no deal to move: {base.details.get('no_zone', 'nobody gains from one')}")
    question, shares = asked.inputs, base.shares
    rows = _patience(question, shares) + _ways_out(question, shares)
    rows += _power(case, when, question, notes, gaps)
    rows += _trust(case, when, question, shares, gaps)
    rows += _hands(case, when, seed, notes, gaps)
    unit = round_unit(case, question.parties, when)
    waiting = None
    if question.discounts is not None:
        waiting = tuple(s * (1 - d) for s, d in zip(shares, question.discounts, strict=True))
    names = {party.id: party.name for party in case.parties}
    value = report.as_json(
        parties=question.parties, names=names, shares=shares, waiting=waiting, unit=unit, levers=rows,
        assumptions=tuple(dict.fromkeys(notes)), gaps=tuple(dict.fromkeys(gaps)),
    )  # fmt: skip
    return Run(
        method="leverage", version=VERSION, inputs_digest=digest([case_to_json(case), str(when)]), result=value,
        as_of=when, assumptions=tuple(notes), seed=seed,
    )  # fmt: skip


def round_unit(case: Case, parties: tuple[str, ...], at: date | None) -> str:
    """What a round of waiting is called: the unit that all notes on patience name ("per month"), else "round"."""
    found = set()
    for party in parties:
        held = case.judgement("discount", party, None, at) or case.judgement("haste", party, None, at)
        named = _UNIT.search((held.note or "")[:500]) if held is not None else None
        found.add(named.group(1) if named else None)
    only = found.pop() if len(found) == 1 else None
    return only or "round"


def _moved(question: OffersQuestion, shares: tuple[float, ...]) -> tuple[float | None, ...]:
    try:
        found = answer(question).shares
    except ModelError:
        found = None
    return (None,) * len(shares) if found is None else tuple(a - b for a, b in zip(found, shares, strict=True))


def _patience(question: OffersQuestion, shares: tuple[float, ...]) -> list[Lever]:
    if question.discounts is None:
        return []
    rows = []
    for i, party in enumerate(question.parties):
        d = list(question.discounts)
        step = (1 - d[i]) / 10
        d[i] += step
        rows.append(Lever(party, "patience", step, _moved(replace(question, discounts=tuple(d)), shares)))
    return rows


def _ways_out(question: OffersQuestion, shares: tuple[float, ...]) -> list[Lever]:
    rows = []
    for i, party in enumerate(question.parties):
        w = list(question.outside or (0.0,) * len(shares))
        w[i] += OUTSIDE
        rows.append(Lever(party, "outside option", OUTSIDE, _moved(replace(question, outside=tuple(w)), shares)))
    return rows


def _power(
    case: Case, at: date | None, question: OffersQuestion, notes: list[Assumption], gaps: list[str]
) -> list[Lever]:
    """With war as everybody's way out: what a better chance in it would move."""
    if len(question.parties) != 2:
        gaps.append("power: force is asked of two parties")
        return []
    try:
        asked = crisis.formulate(case, at, between=question.parties)
    except FormulationError as error:
        gaps.append(f"power: {error}")
        return []
    notes.extend(asked.assumptions)
    notes.append(Assumption(text="For the lever of power each side's way out is war, where that is better."))

    def shares(p: float) -> tuple[float, ...] | None:
        war = worth_of_war(replace(asked.inputs, p=(p, p, p)))
        judged = question.outside or (0.0, 0.0)
        try:
            return answer(replace(question, outside=(max(judged[0], war[0]), max(judged[1], war[1])))).shares
        except ModelError:
            return None

    rows, now = [], asked.inputs.p[1]
    base = shares(now)
    for i, party in enumerate(question.parties):
        moved = shares(min(1.0, now + POWER) if i == 0 else max(0.0, now - POWER))
        change = None if base is None or moved is None else tuple(a - b for a, b in zip(moved, base, strict=True))
        rows.append(Lever(party, "power", POWER, change or (None, None)))
    return rows


def worth_of_war(inputs: CrisisInputs) -> tuple[float, float]:
    """What war is worth to each at the likely values, as a share of the stake, not below 0."""
    p, a, b = inputs.p[1], inputs.costs[0][1], inputs.costs[1][1]
    return max(p - a, 0.0), max(1 - p - b, 0.0)


def _trust(
    case: Case, at: date | None, question: OffersQuestion, shares: tuple[float, ...], gaps: list[str]
) -> list[Lever]:
    """A share is worth what it brings while the others keep the deal, else what it falls back on."""
    rows = []
    outside = question.outside or (0.0,) * len(shares)
    for i, party in enumerate(question.parties):
        held = case.judgement("trust", party, None, at)
        if held is None or isinstance(held.value, Table):
            gaps.append(f"trust: no trust in {case.party(party).name} keeping a deal is judged")
            continue
        step = min(TRUST, 1 - held.value.best)
        moves = tuple(0.0 if k == i else step * (s - outside[k]) for k, s in enumerate(shares))
        rows.append(Lever(party, "trust", step, moves))
    return rows


def _hands(case: Case, at: date | None, seed: int, notes: list[Assumption], gaps: list[str]) -> list[Lever]:
    """A narrower win-set at home: in utility, for the whole deal space of the case."""
    if not case.ratifiers:
        gaps.append("win-set: the case names no ratifiers")
        return []
    try:
        asked = ratification.formulate(case, at)
        found = home(asked.inputs, draws=DRAWS, rng=np.random.default_rng(seed))
    except (FormulationError, ModelError) as error:
        gaps.append(f"win-set: {error}")
        return []
    notes.extend(asked.assumptions)
    rows = []
    for hand in found.hands:
        if hand.party not in asked.inputs.parties:
            continue
        if hand.narrower is None or hand.gains is None:
            gaps.append(f"win-set: with less room for the ratifiers of {case.party(hand.party).name} no deal is left")
            continue
        rows.append(
            Lever(hand.party, "win-set", hand.step, hand.gains, parties=asked.inputs.parties,
                  probability=hand.narrower[1])
        )  # fmt: skip
    return rows
