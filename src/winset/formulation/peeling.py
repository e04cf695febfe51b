"""From a case to who is tied to whom, and what going over would change."""

from datetime import date

import numpy as np

from winset.domain.actors import Relation
from winset.domain.case import Case
from winset.domain.estimates import Estimate
from winset.domain.runs import Assumption
from winset.errors import FormulationError
from winset.formulation.base import Formulated
from winset.formulation.spatial import formulate as positions
from winset.models.coalitions.peeling import Ties

GIVES = ("backs", "funds", "arms", "guarantees")  # of `of` to `to`
NEEDS = ("depends on",)  # `of` needs what `to` gives
UNSTATED = 0.5  # strength of a relation without one


def formulate(case: Case, at: date | None = None) -> Formulated[Ties]:
    """Ties from relations dated `at` or before (the latest of a kind between two), distances from positions.

    A relation without a strength counts 1/2, which is an assumption. Several kinds between two add up, to at most 1.
    Raises FormulationError where no relation of a known kind is left, or no issue has positions to compare.
    """
    held, notes, gaps = _held(case, at)
    names = tuple(p.id for p in case.parties)
    n = len(names)
    gives = np.zeros((n, n))
    for r in held:
        strength = r.strength
        if strength is None:
            strength = UNSTATED
            notes.append(Assumption(text=f"{r.of} {r.kind} {r.to}: strength not stated; set to {UNSTATED:g}",
                                    quantity="relation", party=r.of, value=UNSTATED))  # fmt: skip
        giver, taker = (r.of, r.to) if r.kind in GIVES else (r.to, r.of)
        gives[names.index(giver), names.index(taker)] += strength
    over = [(a, b) for a in range(n) for b in range(n) if gives[a, b] > 1]
    for a, b in over:
        notes.append(Assumption(text=f"what {names[a]} gives {names[b]} adds up to {gives[a, b]:g}; counted as all, 1"))
    asked = positions(case, at)
    distance, shared = np.zeros((n, n)), np.zeros((n, n))
    won, lost = np.zeros((n, n, n)), np.zeros((n, n, n))
    stakes = np.zeros(n)
    for x in asked.inputs.values():
        rows = [names.index(p) for p in x.parties]
        stakes[rows] += x.salience
    for x in asked.inputs.values():
        rows = [names.index(p) for p in x.parties]
        width = (x.scale[1] - x.scale[0]) or 1.0
        place = (x.position - x.scale[0]) / width
        share = np.divide(x.salience, stakes[rows], out=np.zeros(len(rows)), where=stakes[rows] > 0)
        square = np.ix_(rows, rows)
        distance[square] += share[:, None] * np.abs(place[:, None] - place)
        shared[square] += share[:, None]
        weight = x.weight / x.weight.sum()
        rest = weight @ place - weight * place  # the weighted mean without b's part
        with_a = rest[:, None] + weight[:, None] * place  # [b, a]
        cube = np.ix_(rows, rows, rows)
        before, after = with_a[:, :, None], with_a[:, None, :]  # b's weight at a's place, at c's
        won[cube] += share * (np.abs(before - place) - np.abs(after - place))
        away = np.abs(after - place[:, None]) - np.abs(before - place[:, None])
        lost[cube] += share[:, None] * away
    distance = np.divide(distance, shared, out=np.full((n, n), np.nan), where=shared > 0)
    np.fill_diagonal(distance, 0.0)
    discount = np.full(n, np.nan)
    for i, name in enumerate(names):
        judged = case.judgement("discount", name, None, at)
        if judged is not None and isinstance(judged.value, Estimate):
            discount[i] = judged.value.best
    silent = [names[i] for i in range(n) if gives[:, i].any() and np.isnan(discount[i])]
    if silent:
        gaps.append(f"no discount of {', '.join(silent)}: what an offer costs over all rounds is not said")
    return Formulated(
        inputs=Ties(parties=names, gives=np.minimum(gives, 1.0), distance=distance, won=won, lost=lost,
                    discount=discount),
        assumptions=(*notes, *asked.assumptions), gaps=(*gaps, *asked.gaps),
    )  # fmt: skip


def _held(case: Case, at: date | None) -> tuple[list[Relation], list[Assumption], list[str]]:
    """The latest relation of each kind between two parties of the case, of the kinds that can be used."""
    ids = {p.id for p in case.parties}
    latest: dict[tuple[str, str, str], Relation] = {}
    gaps: list[str] = []
    for r in case.relations:
        if at is not None and r.as_of is not None and r.as_of > at:
            continue
        if r.kind not in (*GIVES, *NEEDS):
            gaps.append(f"{r.of} {r.kind} {r.to}: only {', '.join((*GIVES, *NEEDS))} are used")
        elif r.of not in ids or r.to not in ids:
            gaps.append(f"{r.of} {r.kind} {r.to}: one of them is no party of the case")
        else:
            known = latest.get((r.kind, r.of, r.to))
            if known is None or (r.as_of or date.min) >= (known.as_of or date.min):
                latest[(r.kind, r.of, r.to)] = r
    if not latest:
        raise FormulationError(
            f"{case.title}: no relation between parties; add to relations who backs, funds, arms, guarantees or "
            "depends on whom" + (f", dated {at} or before" if at else "")
        )
    return list(latest.values()), [], gaps
