"""Draws of a case answered one at a time, by the same way that `winset solve` takes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np

from winset.domain.case import Case
from winset.errors import ModelError, UsageError
from winset.formats.gmcr import conflict as read_conflict
from winset.formulation import bargaining, offers, ratification, spatial
from winset.formulation.drawn.spatial import CHALLENGE
from winset.formulation.drawn.stability import concepts_of
from winset.formulation.stability import with_utilities
from winset.formulation.uncertainty import UncertainCase
from winset.models.bargaining.many import Rule
from winset.models.bargaining.solve import solve as solve_bargaining
from winset.models.offers.question import answer as solve_offers
from winset.models.ratification.problem import ratification as solve_ratification
from winset.models.spatial.forecasts import forecasts
from winset.models.spatial.many import VARIANT
from winset.models.stability.stability import solve as solve_stability
from winset.models.uncertainty.marginals import Floats


def answer(asked: UncertainCase, method: str, rule: Rule, x: Floats, *, rounds: int = 0) -> dict[str, float]:
    """The outputs of one draw by name; a draw without an answer has none."""
    try:
        return of_case(asked.with_values(x), asked, method, rule, rounds=rounds)
    except ModelError:
        return {}


def of_case(case: Case, asked: UncertainCase, method: str, rule: Rule, *, rounds: int = 0) -> dict[str, float]:
    """The outputs of a case in which nothing is uncertain; `rounds` of the challenge model."""
    found: dict[str, float] = {}
    if method == "spatial":
        for issue, x in spatial.formulate(case, asked.at).inputs.items():
            one = forecasts(x, rounds=rounds, variants=(VARIANT,))
            found[f"outcome:{issue}"] = cast(float, one.points["compromise"])
            found[f"median:{issue}"] = cast(float, one.points["power_weighted_median"])
            found[f"spread:{issue}"] = one.distribution.sd
            if rounds:
                found[f"{CHALLENGE}:{issue}"] = one.challenge[0].median[-1]
    elif method == "bargaining":
        deals = solve_bargaining(bargaining.formulate(case, asked.at).inputs)
        problem, solution = deals.problem, deals.solutions.get(rule)
        found["zone"] = float(bool(deals.solutions))
        for i, party in enumerate(problem.parties):
            found[f"gain:{party}"] = 0.0 if solution is None else solution.utilities[i] - problem.reservation[i]
        for k, question in enumerate(problem.issues):
            if question.kind != "continuous" and isinstance(question.values[0], str):
                for n, value in enumerate(question.values):
                    here = float("nan") if solution is None else float(solution.choice[k] == n)
                    found[f"outcome:{question.name}={value}"] = here
            elif solution is None:
                found[f"outcome:{question.name}"] = float("nan")
            else:
                point = problem.outcome(solution.choice)[question.name]
                found[f"outcome:{question.name}"] = float(point)
    elif method == "offers":
        got = solve_offers(offers.formulate(case, asked.at).inputs)
        found["agreement"] = float(got.shares is not None)
        for i, party in enumerate(got.parties):
            found[f"share:{party}"] = float("nan") if got.shares is None else got.shares[i]
    elif method == "ratification":
        found = _ratified(case, asked)
    elif method == "stability":
        data = with_utilities(case, case.conflict or {}, asked.at).inputs
        given = read_conflict(data, "conflict")
        concepts = concepts_of(given)
        stable = solve_stability(given, concepts=concepts)
        for concept in concepts:
            held = set(stable.equilibria(concept))
            found |= {f"{concept}:{label}": float(s in held) for s, label in enumerate(given.labels)}
    else:
        raise UsageError(f"no uncertainty is propagated through {method!r}")
    return found


def _ratified(case: Case, asked: UncertainCase) -> dict[str, float]:
    """The table chooses at its ratifiers' likely values; the deal meets them as drawn."""
    at_table = ratification.formulate(case.with_(ratifiers=asked.case.ratifiers), asked.at).inputs
    chosen = solve_ratification(at_table, draws=1, rng=np.random.default_rng(0))
    there = chosen.agreement is not None
    found = {"agreement": float(there), "ratified": 0.0}
    if chosen.agreement is not None:
        at_home = ratification.formulate(case, asked.at).inputs
        one = replace(at_home, deals=np.array([chosen.agreement]), line=None)
        found["ratified"] = float(solve_ratification(one, draws=1, rng=np.random.default_rng(0)).by_deal[0])
    unit = at_table.span[0] if at_table.line is not None else 1.0
    for i, party in enumerate(at_table.parties):
        found[f"gain:{party}"] = 0.0 if chosen.gains is None else chosen.gains[i] / unit
    for k, issue in enumerate(at_table.issues):
        found[f"outcome:{issue}"] = float("nan") if chosen.agreement is None else chosen.agreement[k]
    return found


def first(
    asked: UncertainCase, method: str, rule: Rule, *, rounds: int = 0
) -> tuple[dict[str, float], tuple[Any, ...], tuple[str, ...]]:
    """The outputs at the best values, and what the formulation assumed and left out."""
    found = of_case(asked.case, asked, method, rule, rounds=rounds)
    formulations: dict[str, Any] = {"spatial": spatial, "bargaining": bargaining, "offers": offers}
    room = formulations.get(method)
    if room is None:
        return found, (), ()
    base = room.formulate(asked.case, asked.at)
    return found, base.assumptions, base.gaps


def rows(asked: UncertainCase, method: str, rule: Rule, names: Sequence[str], x: Floats, *, rounds: int = 0) -> Floats:
    """(draws, outputs) of (draws, inputs)."""
    found = np.full((len(x), len(names)), np.nan)
    for k, row in enumerate(x):
        values = answer(asked, method, rule, row, rounds=rounds)
        found[k] = [values.get(name, np.nan) for name in names]
    return found
