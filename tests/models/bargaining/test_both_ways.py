"""Small tangled problems solved by listing every outcome, by undominated sums and as programmes: the same answers."""

import math
from typing import Any

import numpy as np
import pytest
from tests.models.bargaining.drawn import looked_at_one_by_one, tangled

from winset.errors import ModelError, TooLarge
from winset.models.bargaining.deals import Deals
from winset.models.bargaining.solve import solve


def ideal(deals: Deals) -> np.ndarray:
    """The most each can gain in the zone, looked up outcome by outcome."""
    space = deals.listed
    assert space is not None
    inside = (space.utilities >= space.reservation[:, None]).all(axis=0)
    if space.allowed is not None:
        inside &= space.allowed
    best = ((space.utilities[:, inside] - space.reservation[:, None]) * space.unit).max(axis=1)
    return np.where(best > 1e-12, best, 1.0)


def part(linkage: dict[str, Any]) -> float:
    """What is lacking as a share of what is over."""
    over = sum(linkage["may_cost"].values())
    return sum(linkage["worth_at_least"].values()) / over if over > 0 else math.inf


def too_large(*_: object) -> None:
    raise TooLarge("not asked")


@pytest.mark.parametrize("way", ["sums", "programmes"])
@pytest.mark.parametrize("kind", ["whole", "cents", "real"])
@pytest.mark.parametrize("seed", range(24))
def test_what_is_not_listed_is_answered_alike(seed: int, kind: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = tangled(seed, kind=kind)
    if looked_at_one_by_one(problem)[0] == 0:
        for _ in range(2):
            with pytest.raises(ModelError, match="every combination is forbidden; allow at least one"):
                solve(problem)
            monkeypatch.setattr("winset.models.bargaining.solve.MOST", 0)
        return
    one = solve(problem)
    if way == "programmes":
        monkeypatch.setattr("winset.models.bargaining.summed.solve_summed", too_large)
    monkeypatch.setattr("winset.models.bargaining.solve.MOST", 0)
    two = solve(problem)
    assert one.certificate["holds"]
    assert two.certificate["holds"]
    assert one.outcomes == two.outcomes
    assert two.zone in {one.zone, None}
    low, high = two.certificate.get("zone_between", (0, math.inf))
    assert one.zone is not None
    assert low <= one.zone <= high
    assert set(one.solutions) == set(two.solutions)
    for name, solution in one.solutions.items():
        gains, again = (np.array(s.utilities) - problem.reservation for s in (solution, two.solutions[name]))
        if name == "nash":
            assert np.maximum(again, 0).prod() == pytest.approx(np.maximum(gains, 0).prod(), rel=2e-6, abs=1e-9)
        elif name == "utilitarian":
            assert again.sum() == pytest.approx(gains.sum(), abs=1e-6)
        else:
            scale = ideal(one) if name == "kalai_smorodinsky" else np.ones(len(gains))
            assert np.sort(again / scale) == pytest.approx(np.sort(gains / scale), abs=1e-6)
    if two.certificate.get("frontier_complete"):
        assert two.frontier == pytest.approx(one.frontier, abs=1e-6)
    for vector in two.frontier:
        assert (np.abs(one.frontier - vector).max(axis=1) < 1e-6).any()
    if way == "sums":
        assert two.certificate["frontier_complete"]
        same_frontier_and_ties(one, two, cut=any(u.bounds[1] > u.most for u in problem.utilities))
    if one.no_zone is not None:
        opened_alike(one.no_zone, two.no_zone or {})


def same_frontier_and_ties(one: Deals, two: Deals, *, cut: bool) -> None:
    """Every vector with its outcomes counted, and all that tie, unless a largest total makes different sums equal."""
    assert two.frontier == pytest.approx(one.frontier, abs=1e-9)
    if cut:
        assert two.frontier_outcomes is None
        return
    assert two.frontier_outcomes == one.frontier_outcomes
    assert two.frontier_choices == one.frontier_choices
    for name, solution in one.solutions.items():
        again = two.solutions[name]
        assert (again.choice, again.ties) == (solution.choice, solution.ties), name
        assert again.tied == solution.tied or solution.ties > 100, name


def opened_alike(one: dict[str, Any], two: dict[str, Any]) -> None:
    """The same smallest changes open the zone, though deals may differ where several do."""
    assert two["beyond_reach"] == one["beyond_reach"]
    for key in ("total", "outside"):
        assert two["side_payment"][key] == pytest.approx(one["side_payment"][key], abs=1e-6)
    assert sum(two["concession"]["shortfall"]) == pytest.approx(sum(one["concession"]["shortfall"]), abs=1e-6)
    assert max(two["nearest"][0]["shortfall"]) == pytest.approx(max(one["nearest"][0]["shortfall"]), abs=1e-6)
    for mine, other in zip(one["one_reservation"], two["one_reservation"], strict=True):
        assert other["change"] == (None if mine["change"] is None else pytest.approx(mine["change"], abs=1e-6))
    assert part(two["linkage"]) == pytest.approx(part(one["linkage"]), abs=1e-6)
