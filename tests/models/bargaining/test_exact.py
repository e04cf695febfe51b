"""Every claim about small tangled problems again in exact fractions, by definition."""

import math
import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from tests.models.bargaining.drawn import tangled

from winset.errors import ModelError
from winset.models.bargaining.deals import Deals
from winset.models.bargaining.problem import Problem
from winset.models.bargaining.solve import solve

Choice = tuple[int, ...]


def exact(x: float) -> Fraction:
    return Fraction(str(round(x, 9)))


def solved(seed: int, kind: str) -> tuple[Problem, Deals] | None:
    draw = random.Random(seed)
    problem = tangled(seed, kind=kind)
    if draw.random() < 0.4:
        problem = replace(problem, power=np.array([draw.choice([1.0, 2.0, 0.5, 3.0]) for _ in problem.parties]))
    try:
        return problem, solve(problem)
    except ModelError:
        return None  # all is forbidden


@pytest.mark.parametrize("kind", ["whole", "cents"])
@pytest.mark.parametrize("seed", range(60))
def test_zone_frontier_and_solutions_with_all_ties_are_those_of_their_definitions(seed: int, kind: str) -> None:
    known = solved(seed, kind)
    if known is None:
        return
    problem, deals = known
    worth = {
        choice: tuple(exact(x) for x in problem.worth(choice))
        for choice in map(problem.choice, range(problem.size)) if problem.allows(choice)
    }  # fmt: skip
    least = [exact(x) for x in problem.reservation]
    zone = [c for c, w in worth.items() if all(x >= y for x, y in zip(w, least, strict=True))]
    assert (deals.outcomes, deals.zone) == (len(worth), len(zone))
    vectors = set(worth.values())
    best = {v for v in vectors if not any(w != v and all(map(Fraction.__ge__, w, v)) for w in vectors)}
    assert [tuple(map(exact, v)) for v in deals.frontier.tolist()] == sorted(best, reverse=True)
    assert deals.frontier_outcomes == sum(w in best for w in worth.values())
    assert bool(deals.solutions) == bool(zone)
    if not zone:
        return
    gains = {c: [x - y for x, y in zip(worth[c], least, strict=True)] for c in zone}
    ideal = [max(gains[c][i] for c in zone) for i in range(len(least))]
    power = [Fraction(str(x)) for x in (np.ones(len(least)) if problem.power is None else problem.power)]
    scale = math.lcm(*(x.denominator for x in power))

    def product(c: Choice) -> Fraction:
        return math.prod((g ** int(w * scale) for g, w in zip(gains[c], power, strict=True)), start=Fraction(1))

    rules: dict[str, Callable[[Choice], Any]] = {
        "egalitarian": lambda c: sorted(gains[c]),
        "utilitarian": lambda c: sum(worth[c]),
        "kalai_smorodinsky": lambda c: sorted(g / (i or 1) for g, i in zip(gains[c], ideal, strict=True)),
    }
    rules["nash"] = product if max(map(product, zone)) > 0 else rules["egalitarian"]
    for name, rule in rules.items():
        top = max(map(rule, zone))
        tied = [c for c in zone if rule(c) == top]
        found = deals.solutions[name]
        assert (found.choice, found.ties, list(found.tied)) == (tied[0], len(tied), tied[:100]), name


@pytest.mark.parametrize("seed", range(60))
def test_no_smaller_change_opens_an_empty_zone(seed: int) -> None:
    known = solved(seed, "cents")
    if known is None or known[1].no_zone is None:
        return
    problem, told = known[0], known[1].no_zone
    for i, one in enumerate(told["one_reservation"]):
        lowered = problem.reservation.copy()
        if one["change"] is None:
            lowered[i] = -1e6
            assert solve(replace(problem, reservation=lowered)).zone == 0
            continue
        lowered[i] += one["change"]
        opened = solve(replace(problem, reservation=lowered))
        assert opened.zone
        lowered[i] += 0.005  # half a cent: numbers are in cents
        assert solve(replace(problem, reservation=lowered)).zone == 0
    short = [
        np.maximum(0, problem.reservation - problem.worth(c)) for c in map(problem.choice, range(problem.size))
        if problem.allows(c)
    ]  # fmt: skip
    over = [
        np.maximum(0, problem.worth(c) - problem.reservation) for c in map(problem.choice, range(problem.size))
        if problem.allows(c)
    ]  # fmt: skip
    assert sum(told["concession"]["shortfall"]) == pytest.approx(min(s.sum() for s in short))
    assert max(told["nearest"][0]["shortfall"]) == pytest.approx(min(s.max() for s in short))
    payable = [s.sum() for s, o in zip(short, over, strict=True) if o.sum() >= s.sum() - 1e-9]
    paid = told["side_payment"]
    if payable:
        assert paid["outside"] == 0
        assert paid["total"] == pytest.approx(min(payable))
    else:
        assert paid["outside"] == pytest.approx(min(s.sum() - o.sum() for s, o in zip(short, over, strict=True)))
    tied = told["linkage"]
    needs, costs = sum(tied["worth_at_least"].values()), sum(tied["may_cost"].values())
    parts = [s.sum() / o.sum() for s, o in zip(short, over, strict=True) if o.sum() > 0]
    if parts:
        assert needs / costs == pytest.approx(min(parts))
