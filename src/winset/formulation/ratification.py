"""A case at a date as a question of consent: whose win-sets, over which deals, under which rules."""

import itertools
from datetime import date
from typing import Any

import numpy as np

from winset.domain.case import Case
from winset.domain.estimates import Estimate, Likely, Table
from winset.domain.issues import Issue
from winset.domain.runs import Assumption
from winset.domain.terms import Ratifier
from winset.errors import FormulationError
from winset.formulation.base import Formulated
from winset.models.ratification.chambers import Chamber
from winset.models.ratification.problem import Outsiders, RatificationInputs

GRID = 21  # points of a continuous issue where there are several
MOST_DEALS = 200_000


def formulate(case: Case, at: date | None = None, **_: Any) -> Formulated[RatificationInputs]:
    """Positions, saliences and reservation points of parties and ratifiers, and the deals between them.

    Whoever has no reservation utility compares with the status quo; without one, no deal is taken as worth nothing
    (0 of 1). Raises FormulationError where no issue has an order, or a ratifier has no position on any.
    """
    when = at or case.as_of
    notes: list[Assumption] = []
    issues = [issue for issue in case.issues if issue.bounds is not None]
    gaps = [f"{issue.id}: its options have no order; left out" for issue in case.issues if issue.bounds is None]
    if not issues:
        raise FormulationError("ratification needs an issue with a scale or a range; the case has none")
    line = None
    grids = []
    for issue in issues:
        assert issue.bounds is not None
        low, high = issue.bounds
        if issue.kind == "continuous":
            grids.append(np.linspace(low, high, 101 if len(issues) == 1 else GRID))
            if len(issues) == 1:
                line = (float(low), float(high))
            else:
                notes.append(Assumption(text=f"{issue.id} is continuous: {GRID} points of it stand for all."))
        elif issue.kind == "integer":
            if high - low > MOST_DEALS:
                raise FormulationError(
                    f"issue {issue.id}: {high - low + 1:,.0f} whole numbers are more than {MOST_DEALS:,}; count in larger units"
                )
            grids.append(np.arange(np.ceil(low), np.floor(high) + 1))
        else:
            grids.append(np.array([point.value for point in issue.scale]))
    size = int(np.prod([len(grid) for grid in grids]))
    if size > MOST_DEALS:
        raise FormulationError(f"{size:,} deals are more than {MOST_DEALS:,}; ask with fewer issues or coarser scales")
    deals = _possible(case, issues, np.array(list(itertools.product(*grids)), dtype=float), notes)
    quo = np.array([float(i.status_quo) if isinstance(i.status_quo, int | float) else np.nan for i in issues])
    holding = [p.id for p in case.parties if any(case.judgement("position", p.id, i.id, when) for i in issues)]
    signers = [one for one in case.signers(when) if one in holding]
    parties = signers if len(signers) > 1 else holding
    aside = [one for one in holding if one not in parties]
    if aside:
        names = ", ".join(case.party(one).name for one in aside)
        notes.append(
            Assumption(text=f"Only those who must sign choose the deal; {names} can at most stand in its way.")
        )
    span = np.array([(i.bounds[1] - i.bounds[0]) or 1.0 for i in issues if i.bounds is not None])
    position, salience, reserve = _parties(case, parties, issues, when, quo, span, notes)
    unseen: list[Assumption] = []
    outsiders = None
    if aside:
        there, cares, least = _parties(case, aside, issues, when, quo, span, unseen)
        outsiders = Outsiders(parties=tuple(aside), position=there, salience=cares, reserve=least)
    for issue in issues:
        if isinstance(issue.status_quo, int | float) and issue.bounds is not None:
            low, high = issue.bounds
            if not low - 1e-9 <= issue.status_quo <= high + 1e-9:
                raise FormulationError(f"the status quo of {issue.id} is {issue.status_quo:g}, off its scale {low:g} to "
                                       f"{high:g}; correct it or widen the scale")  # fmt: skip
    ratifiers = list(case.ratifiers)
    called = [one.name for one in ratifiers]
    if len(set(called)) < len(called):
        twice = next(one for at, one in enumerate(called) if one in called[:at])
        raise FormulationError(f"two ratifiers are called {twice!r}; rename one")
    low_, likely, high_, weight, floor, from_quo = _ratifiers(ratifiers, issues, quo, notes)
    inputs = RatificationInputs(
        parties=tuple(parties), ratifiers=tuple(r.name for r in ratifiers), issues=tuple(i.id for i in issues),
        deals=deals, line=line, span=span, position=position, salience=salience, reserve=reserve, low=low_,
        likely=likely, high=high_, weight=weight, floor=floor, from_quo=from_quo, quo=quo,
        chambers=_chambers(case, notes), home=tuple(r.party for r in ratifiers), outsiders=outsiders,
    )  # fmt: skip
    return Formulated(inputs=inputs, assumptions=tuple(notes), gaps=tuple(gaps))


def _possible(case: Case, issues: list[Issue], deals: Any, notes: list[Assumption]) -> Any:
    """The deals without those that the case forbids."""
    kept = np.ones(len(deals), dtype=bool)
    column = {issue.id: k for k, issue in enumerate(issues)}
    for one in case.forbidden:
        told = ", ".join(f"{name}: {' or '.join(map(str, terms))}" for name, terms in one.terms)
        if any(name not in column for name, _ in one.terms):
            notes.append(Assumption(text=f"That no deal has {told} is left aside: it is also about issues left out."))
            continue
        inside = np.ones(len(deals), dtype=bool)
        for name, terms in one.terms:
            labels = {point.label: point.value for point in issues[column[name]].scale}
            points = [labels[term] if isinstance(term, str) else term for term in terms]
            inside &= np.isin(deals[:, column[name]], points)
        kept &= ~inside
        notes.append(Assumption(text=f"No deal has {told}."))
    if not kept.any():
        raise FormulationError("every deal is forbidden; take out one of the forbidden combinations")
    return deals[kept]


def _parties(
    case: Case, parties: list[str], issues: list[Issue], at: date | None, quo: Any, span: Any, notes: list[Assumption]
) -> tuple[Any, Any, Any]:
    position, salience = np.zeros((len(parties), len(issues))), np.zeros((len(parties), len(issues)))
    reserve = np.zeros(len(parties))
    for i, party in enumerate(parties):
        for k, issue in enumerate(issues):
            held = case.judgement("position", party, issue.id, at)
            weight = case.judgement("salience", party, issue.id, at)
            if held is not None and not isinstance(held.value, Table):
                position[i, k] = held.value.best
                salience[i, k] = (
                    weight.value.best if weight is not None and not isinstance(weight.value, Table) else 1.0
                )
        if salience[i].sum() <= 0:
            raise FormulationError(f"{party} cares for none of the issues: give it a salience above 0")
        salience[i] /= salience[i].sum()
        least = case.judgement("reservation", party, None, at) or case.judgement("outside option", party, None, at)
        if least is not None and not isinstance(least.value, Table):
            reserve[i] = least.value.best
        elif not np.isnan(quo).any():
            reserve[i] = 1 - float((salience[i] * np.abs(quo - position[i]) / span).sum())
        else:
            notes.append(Assumption(text=f"No deal is taken to be worth nothing to {party}.", party=party, value=0.0))
    return position, salience, reserve


def _ratifiers(
    ratifiers: list[Ratifier], issues: list[Issue], quo: Any, notes: list[Assumption]
) -> tuple[Any, Any, Any, Any, Any, Any]:
    shape = (len(ratifiers), len(issues))
    low, likely, high, weight = np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape)
    floor, from_quo = np.zeros((len(ratifiers), 3)), np.zeros(len(ratifiers), dtype=bool)
    for i, one in enumerate(ratifiers):
        stands, cares = dict(one.position), dict(one.salience)
        if not any(issue.id in stands for issue in issues):
            raise FormulationError(
                f"the ratifier {one.name} has no position on any issue with a scale; give it one, or leave it out"
            )
        for k, issue in enumerate(issues):
            if issue.id in stands:
                low[i, k], likely[i, k], high[i, k] = _three(stands[issue.id])
                weight[i, k] = cares[issue.id].best if issue.id in cares else 1.0
        if weight[i].sum() <= 0:
            raise FormulationError(f"the ratifier {one.name} cares for none of the issues: give it a salience above 0")
        weight[i] /= weight[i].sum()
        if one.reservation is not None:
            floor[i] = _three(one.reservation)
        elif not np.isnan(quo).any():
            from_quo[i] = True
        else:
            notes.append(Assumption(text=f"No deal is taken to be worth nothing to {one.name}.", value=0.0))
    return low, likely, high, weight, floor, from_quo


def _three(value: Estimate) -> tuple[float, float, float]:
    """Low, likely, high. A range without a likely value is drawn with its middle as the likely one."""
    low, high = value.ends
    return low, (value.likely if isinstance(value, Likely) else value.best), high


def _chambers(case: Case, notes: list[Assumption]) -> tuple[Chamber, ...]:
    rules = {rule.chamber: rule for rule in case.rules}
    chambers = []
    for name in dict.fromkeys(one.chamber for one in case.ratifiers):
        members = tuple(i for i, one in enumerate(case.ratifiers) if one.chamber == name)
        weights = tuple(case.ratifiers[i].weight for i in members)
        rule = rules.get(name)
        total = sum(weights)
        if rule is not None and rule.quota is not None and not 0 < rule.quota <= max(total, 1.0) * (1 + 1e-12):
            raise FormulationError(
                f"the quota of chamber {name} is {rule.quota:g}; it is a share of the votes above 0 and up to 1, or a number "
                f"of votes up to {total:g}, all there are"
            )
        if rule is None:
            notes.append(Assumption(text=f"No rule is given for {name}: every one of its ratifiers must consent."))
        chambers.append(
            Chamber(
                name=name, kind="unanimity" if rule is None else rule.kind, members=members, weights=weights,
                quota=None if rule is None else rule.quota,
            )  # a chamber with a rule but without ratifiers cannot refuse
        )  # fmt: skip
    return tuple(chambers)
