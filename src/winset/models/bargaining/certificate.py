"""A second, independent look at a solved problem: every claim checked by another routine than the one that found it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from winset.models.bargaining.deals import Deals
from winset.models.bargaining.outcomes import STEP, in_units

_BLOCK = 1 << 14
_COMPARED = 6_000_000_000  # utilities compared for the frontier's claims, at most


def certificate(deals: Deals) -> dict[str, Any]:
    """Which claims hold, checked outcome by outcome in blocks from the tables, without the solver's sorting.

    frontier_undominated   no outcome dominates a frontier vector
    frontier_complete      each outcome is equalled or dominated by a frontier vector
    zone                   the count of outcomes at or above all reservation values
    nash, kalai_smorodinsky, egalitarian, utilitarian
                           no outcome of the zone has a larger product, smallest relative gain, smallest gain, sum
    """
    problem = deals.problem
    unit = STEP if deals.listed is None else deals.listed.unit
    n = len(problem.parties)
    rounded = in_units(deals.frontier, unit)
    least = in_units(problem.reservation, unit)
    size, inside = problem.size, 0
    undominated = complete = True
    best = {"product": -np.inf, "sum": -np.inf, "smallest": -np.inf, "relative": -np.inf}
    ideal = np.full(n, -np.inf)
    full = size * len(rounded) * n <= _COMPARED
    for start in range(0, size, _BLOCK):
        u = _block(deals, start, min(start + _BLOCK, size), unit)
        if full:
            undominated &= not _any_dominates(u, rounded)
            complete &= _all_covered(u, rounded)
        zone = (u >= least[:, None]).all(axis=0)
        inside += int(zone.sum())
        if zone.any():
            gains = u[:, zone] - least[:, None]
            ideal = np.maximum(ideal, gains.max(axis=1))
            with np.errstate(divide="ignore"):
                w = np.ones(n) if problem.power is None else problem.power / problem.power.max()
                best["product"] = max(best["product"], float((w @ np.log(gains)).max()))
            best["sum"] = max(best["sum"], float(u[:, zone].sum(axis=0).max()))
            best["smallest"] = max(best["smallest"], float(gains.min(axis=0).max()))
    found: dict[str, Any] = {"checked_by": "every outcome compared, block by block"}
    found["zone"] = inside == deals.zone
    found["frontier_undominated"] = undominated if full else None
    found["frontier_complete"] = complete if full and deals.frontier_outcomes is not None else None
    for name, solution in deals.solutions.items():
        worth = np.array(solution.utilities)
        gain = in_units(worth, unit) - least
        scale = 1e-9 * max(1.0, float(np.abs(gain).max()))
        if name == "nash":
            with np.errstate(divide="ignore"):
                w = np.ones(n) if problem.power is None else problem.power / problem.power.max()
                mine = float(w @ np.log(gain))
            found[name] = mine == best["product"] or mine >= best["product"] - 1e-6
        elif name == "egalitarian":
            found[name] = bool(gain.min() >= best["smallest"] - scale)
        elif name == "utilitarian":
            found[name] = bool((gain + least).sum() >= best["sum"] - scale)
    if "kalai_smorodinsky" in deals.solutions:
        found["kalai_smorodinsky"] = _largest_relative(deals, ideal, unit, least)
    found["holds"] = all(value is not False for value in found.values())
    return found


def _block(deals: Deals, start: int, stop: int, unit: float) -> np.ndarray:
    """(parties, outcomes) utilities of outcomes start..stop, from places found by division, forbidden ones left out."""
    problem = deals.problem
    index = np.arange(start, stop)
    places = np.unravel_index(index, problem.shape)
    if problem.forbidden:
        out = np.zeros(len(index), dtype=bool)
        for pattern in problem.forbidden:
            out |= _holding(pattern, places)
        places = tuple(p[~out] for p in places)
    rows = []
    for utility in problem.utilities:
        total = np.full(len(places[0]), utility.constant)
        for table, place in zip(utility.tables, places, strict=True):
            total = total + np.asarray(table)[place]
        for part in utility.interactions:
            total = total + part.table[tuple(places[i] for i in part.issues)]
        for box in utility.boxes:
            total = total + box.worth * _holding(box.places, places)
        for group in utility.extremes:
            worths = [box.worth * _holding(box.places, places) for box in group.boxes]
            if worths:
                total = total + (np.max if group.how == "max" else np.min)(worths, axis=0)
        total = np.minimum(total, utility.most)
        rows.append(in_units(total, unit))
    return np.array(rows)


def _holding(wanted: Mapping[int, Sequence[int]], places: Sequence[np.ndarray]) -> np.ndarray:
    """(outcomes,) whether the outcome has one of the places wanted on each issue named; always where none is."""
    inside = np.ones(len(places[0]), dtype=bool)
    for i, those in wanted.items():
        inside &= np.isin(places[i], those)
    return inside


def _any_dominates(u: np.ndarray, vectors: np.ndarray) -> bool:
    step = max(1, 4_000_000 // max(1, u.shape[1]))
    for start in range(0, len(vectors), step):
        part = vectors[start : start + step]
        least = np.ones((len(part), u.shape[1]), dtype=bool)
        better = np.zeros_like(least)
        for line, mine in zip(u, part.T, strict=True):
            least &= line[None, :] >= mine[:, None]
            better |= line[None, :] > mine[:, None]
        if (least & better).any():
            return True
    return False


def _all_covered(u: np.ndarray, vectors: np.ndarray) -> bool:
    left = u
    step = max(1, 4_000_000 // max(1, u.shape[1]))
    for start in range(0, len(vectors), step):
        part = vectors[start : start + step]
        over = np.ones((len(part), left.shape[1]), dtype=bool)
        for line, mine in zip(left, part.T, strict=True):
            over &= mine[:, None] >= line[None, :]
        left = left[:, ~over.any(axis=0)]
        if left.shape[1] == 0:
            return True
    return bool(left.shape[1] == 0)


def _largest_relative(deals: Deals, ideal: np.ndarray, unit: float, least: np.ndarray) -> bool:
    scale = np.where(ideal > 0, ideal, 1.0)
    worth = np.array(deals.solutions["kalai_smorodinsky"].utilities)
    mine = float(((in_units(worth, unit) - least) / scale).min())
    for start in range(0, deals.problem.size, _BLOCK):
        u = _block(deals, start, min(start + _BLOCK, deals.problem.size), unit)
        zone = (u >= least[:, None]).all(axis=0)
        if zone.any() and float(((u[:, zone] - least[:, None]) / scale[:, None]).min(axis=0).max()) > mine + 2e-9:
            return False
    return True
