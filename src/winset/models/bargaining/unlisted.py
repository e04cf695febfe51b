"""Deals in spaces whose outcomes cannot be listed: continuous issues, or too many combinations.

One mixed integer programme carries every question. A discrete issue has one binary a value; a continuous one has, for
each stretch between two neighbouring points of any party's curve, a binary that picks it and how far along it the deal
lies, so that curves of any shape are met exactly. HiGHS solves the programme and proves a bound.
"""

import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from winset.errors import ModelError, TooLarge
from winset.models.bargaining.deals import Deals, Solution
from winset.models.bargaining.problem import Array, Box, Curve, Problem, Utility

GAP = 1e-6
"""Relative gap within which a Nash product counts as proven."""

SECONDS = 30.0
"""Time for all questions of one problem; the best deals found by then are given with their gaps."""

_COLUMNS = 200_000
_CUTS = 60
_LARGE = 100.0
_POINTS = 2_000  # of a frontier
_SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Found:
    choice: tuple[float, ...]
    gains: Array  # (parties,), recomputed from the tables
    value: float
    bound: float  # no deal has a larger value


def _most(utility: Utility) -> float:
    """No deal is worth more."""
    tops = [float(np.max(t.y if isinstance(t, Curve) else t)) for t in utility.tables]
    return utility.constant + sum(tops) + sum(max(0.0, box.worth) for box in utility.boxes)


class _Programme:
    """The deals of an additive problem as points of a mixed integer programme, and gains as linear rows of it."""

    def __init__(self, problem: Problem, seconds: float) -> None:
        for party, utility in zip(problem.parties, problem.utilities, strict=True):
            if utility.interactions or _most(utility) > utility.most + _SLACK:
                raise ModelError(
                    f"{party}: interactions or a cut utility in a space that cannot be listed; give fewer points"
                )
        self.problem, self.until = problem, time.monotonic() + seconds
        self.knots: list[Array] = []  # of each issue; empty where it is not continuous
        self.first: list[int] = []  # first column of each issue
        gains: list[list[float]] = [[] for _ in problem.parties]
        kinds: list[int] = []
        sums: list[tuple[int, int]] = []
        links: list[tuple[int, int]] = []  # (progress, stretch): progress <= stretch
        for k, issue in enumerate(problem.issues):
            self.first.append(len(kinds))
            if issue.kind != "continuous":
                self.knots.append(np.empty(0))
                n = len(issue.values)
                if len(kinds) + n > _COLUMNS:
                    raise TooLarge(f"more than {_COLUMNS:,} options in all (issue {issue.name} has {n:,}); give fewer")
                for own, utility in zip(gains, problem.utilities, strict=True):
                    own.extend(np.asarray(utility.tables[k], float).tolist())
            else:
                curves = [u.tables[k] for u in problem.utilities]
                inner = np.concatenate([c.x for c in curves if isinstance(c, Curve)])
                inner = inner[(inner > issue.low) & (inner < issue.high)]
                x = np.unique(np.concatenate((inner, [issue.low, issue.high])))
                if len(x) == 1:
                    x = np.repeat(x, 2)
                self.knots.append(x)
                n = len(x) - 1
                for own, curve in zip(gains, curves, strict=True):
                    assert isinstance(curve, Curve)
                    y = np.interp(x, curve.x, curve.y)
                    own.extend(y[:-1].tolist() + np.diff(y).tolist())
                links += [(len(kinds) + n + s, len(kinds) + s) for s in range(n)]
            sums.append((len(kinds), len(kinds) + n))
            kinds += [1] * n + [0] * (n if issue.kind == "continuous" else 0)
        inside = self._boxes(gains, kinds)
        self.columns, self.kinds = len(kinds), np.array(kinds)
        self.gain = np.array(gains)
        self.base = np.array([u.constant for u in problem.utilities]) - problem.reservation
        rows: list[Array] = []
        low: list[float] = []
        high: list[float] = []
        for start, stop in sums:
            rows.append(self._row(range(start, stop)))
            low.append(1.0)
            high.append(1.0)
        for progress, stretch in links:
            row = self._row([progress])
            row[stretch] = -1.0
            rows.append(row)
            low.append(-np.inf)
            high.append(0.0)
        for pattern in problem.forbidden:
            rows.append(self._row([self.first[i] + place for i, places in pattern.items() for place in places]))
            low.append(-np.inf)
            high.append(len(pattern) - 1.0)
        for column, box in inside:
            sides = [[self.first[i] + place for place in places] for i, places in box.places.items()]
            whole = self._row([])
            whole[column] = -1.0
            for side in sides:  # in the box only with a place on each side of it, and then certainly
                row = self._row(side)
                row[column] = -1.0
                rows.append(row)
                low.append(0.0)
                high.append(1.0)
                whole += self._row(side)
            rows.append(whole)
            low.append(-np.inf)
            high.append(len(sides) - 1.0)
        self.rows, self.low, self.high = csr_array(np.array(rows)), low, high

    def _boxes(self, gains: list[list[float]], kinds: list[int]) -> list[tuple[int, Box]]:
        """One column a box, 1 where the deal lies in it; (column, box)."""
        found: list[tuple[int, Box]] = []
        for i, utility in enumerate(self.problem.utilities):
            for box in utility.boxes:
                if any(self.problem.issues[k].kind == "continuous" for k in box.places):
                    raise ModelError(f"{self.problem.parties[i]}: a box over a continuous issue; give points instead")
                for k, own in enumerate(gains):
                    own.append(box.worth if k == i else 0.0)
                found.append((len(kinds), box))
                kinds.append(0)  # whole by itself once the places are
        return found

    def _row(self, ones: Any) -> Array:
        row = np.zeros(self.columns)
        row[list(ones)] = 1.0
        return row

    def best(self, objective: Array, constant: float, extra: list[tuple[Array, float]], free: int = 0) -> _Found | None:
        """The deal with the largest objective, None where nothing fits.

        objective  (columns + free,); `free` further real variables follow the columns
        extra      rows and the least each must reach
        """
        width = self.columns + free
        body = csr_array((self.rows.data, self.rows.indices, self.rows.indptr), shape=(self.rows.shape[0], width))
        low, high = list(self.low), list(self.high)
        if extra:
            # rows are met within an absolute 1e-6: made large, that is little in the parties' own units
            sizes = [_LARGE / max(float(np.abs(row).max()), 1e-30) for row, _ in extra]
            body = vstack(
                [body, csr_array(np.array([row * k for (row, _), k in zip(extra, sizes, strict=True)]))], format="csr"
            )
            low += [least * k for (_, least), k in zip(extra, sizes, strict=True)]
            high += [np.inf] * len(extra)
        bounds = Bounds(
            np.r_[np.zeros(self.columns), np.full(free, -np.inf)], np.r_[np.ones(self.columns), np.full(free, np.inf)]
        )
        answer = milp(
            -objective, constraints=LinearConstraint(body, low, high), bounds=bounds,
            integrality=np.r_[self.kinds, np.zeros(free)],
            options={"mip_rel_gap": 0.0, "time_limit": max(0.5, self.until - time.monotonic())},
        )  # fmt: skip
        if answer.x is None:
            if answer.status == 2:
                return None
            raise TooLarge(f"no deal found in {SECONDS:g} s over {self.columns:,} options; give fewer points")
        bound = -answer.mip_dual_bound if answer.mip_dual_bound is not None else -answer.fun
        choice = self._choice(answer.x)
        return _Found(
            choice=choice, gains=np.array(self.problem.worth(choice)) - self.problem.reservation,
            value=-float(answer.fun) + constant, bound=float(bound) + constant,
        )  # fmt: skip

    def _choice(self, x: Array) -> tuple[float, ...]:
        places: list[float] = []
        for issue, start, knots in zip(self.problem.issues, self.first, self.knots, strict=True):
            n = len(knots) - 1 if len(knots) else len(issue.values)
            place = int(x[start : start + n].argmax())
            if not len(knots):
                places.append(place)
                continue
            along = float(np.clip(x[start + n + place], 0.0, 1.0))
            places.append(float(knots[place] + along * (knots[place + 1] - knots[place])))
        return tuple(places)


def solve_unlisted(problem: Problem, *, seconds: float = SECONDS, frontier: bool = True) -> Deals:
    """Solutions with proven bounds, without listing outcomes. Raises ModelError where utilities are not additive.

    For two parties over options the frontier is complete where time allows, and the certificate says so; otherwise, or
    with `frontier` false, it holds the undominated vectors met on the way.
    """
    programme = _Programme(problem, seconds)
    n, gain, base = len(problem.parties), programme.gain, programme.base
    zone = [(gain[i], -base[i] - _SLACK * max(1.0, abs(base[i]))) for i in range(n)]
    total, shift = gain.sum(axis=0), float(base.sum())
    tops = [programme.best(gain[i] + 1e-6 * total, 0.0, []) for i in range(n)]
    met = [found for found in tops if found is not None]
    if not met:
        raise ModelError("every combination is forbidden; allow at least one")
    first = programme.best(total, shift, zone)
    found: dict[str, _Found] = {}
    if first is not None:
        ideal = []
        for i in range(n):
            top = programme.best(gain[i], float(base[i]), zone)
            ideal.append(max(0.0, top.value) if top else 0.0)
        scale = np.array([g if g > _SLACK else 1.0 for g in ideal])
        found["egalitarian"] = _leximin(programme, zone, np.ones(n))
        found["kalai_smorodinsky"] = _leximin(programme, zone, scale)
        found["utilitarian"] = first
        found["nash"] = _nash(programme, zone, found["egalitarian"], np.array(ideal))
    met += list(found.values())
    whole = False
    if frontier and n == 2 and not problem.continuous:
        more, whole = _two_party_frontier(programme)
        met += more
    vectors = np.unique(np.array([problem.worth(f.choice) for f in met]), axis=0)[::-1]
    kept = [v for v in vectors if not any((w >= v - _SLACK).all() and (w > v + _SLACK).any() for w in vectors)]
    counted = None if problem.continuous or problem.forbidden else problem.size
    return Deals(
        problem=problem, outcomes=counted, zone=None, frontier=np.array(kept), frontier_choices=(),
        frontier_outcomes=None,
        solutions={
            name: Solution(
                choice=f.choice, utilities=tuple(problem.worth(f.choice)), ties=None, tied=(f.choice,)
            ) for name, f in found.items()
        },
        no_zone=None if found else _nearest(programme),
        certificate=_certificate(found) | {"frontier_complete": whole or None},
    )  # fmt: skip


def _leximin(programme: _Programme, zone: list[tuple[Array, float]], scale: Array) -> _Found:
    """Largest smallest gain (over `scale`), then leximin: the sums of the k smallest, k = 1.., each made largest in turn.

    Source: Ogryczak and Sliwinski 2003, Informatica 14(2): the sum of the k smallest of g is the largest
    k t - sum max(0, t - g).
    """
    n, columns = len(scale), programme.columns
    free = n * (n + 1)  # t_k, then d_ki
    rows = [(np.r_[row, np.zeros(free)], least) for row, least in zone]
    sums = []
    for k in range(n):
        value = np.zeros(columns + free)
        value[columns + k] = k + 1
        value[columns + n + k * n : columns + n + (k + 1) * n] = -1.0
        sums.append(value)
        for i in range(n):
            row = np.zeros(columns + free)
            row[columns + n + k * n + i] = 1.0
            rows.append((row, 0.0))
            row = row.copy()
            row[columns + k] = -1.0
            row[:columns] = programme.gain[i] / scale[i]
            rows.append((row, -programme.base[i] / scale[i]))
    found, least = None, None
    for value in sums:
        step = programme.best(value, 0.0, rows, free)
        if step is None:
            break
        if least is None:
            least = step
        found = step
        rows.append((value, step.value - 1e-8 * max(1.0, abs(step.value))))
    assert found is not None, "the zone was found to hold a deal"
    assert least is not None, "the zone was found to hold a deal"
    return _Found(
        choice=found.choice, gains=found.gains, value=float((found.gains / scale).min()), bound=least.bound
    )  # fmt: skip


def _nash(programme: _Programme, zone: list[tuple[Array, float]], fair: _Found, ideal: Array) -> _Found:
    """Largest product of gains by tangents of the logarithm, which lie above it: each round bounds the best from above.

    Value and bound are sums of logarithms weighted by power. Source: Duran and Grossmann 1986, Math. Programming 36.
    """
    n, columns, problem = len(ideal), programme.columns, programme.problem
    if fair.gains.min() <= _SLACK:
        return fair
    power = np.ones(n) if problem.power is None else problem.power / problem.power.max()
    rows = [(np.r_[row, np.zeros(n)], least) for row, least in zone]
    objective = np.r_[np.zeros(columns), power]

    def cut(i: int, at: float) -> None:
        row = np.zeros(columns + n)
        row[:columns] = programme.gain[i] / at
        row[columns + i] = -1.0
        rows.append((row, 1.0 - math.log(at) - float(programme.base[i]) / at))

    for i in range(n):
        for at in np.geomspace(min(fair.gains[i], ideal[i]), max(ideal[i], fair.gains[i]), 8):
            cut(i, float(at))
    best, score, bound = fair, float(power @ np.log(fair.gains)), math.inf
    for _ in range(_CUTS):
        step = programme.best(objective, 0.0, rows, n)
        if step is None:
            break
        bound = min(bound, step.bound)
        if (step.gains > 0).all() and float(power @ np.log(step.gains)) > score:
            best, score = step, float(power @ np.log(step.gains))
        if bound - score <= GAP / 10 or time.monotonic() > programme.until:
            break
        for i in range(n):
            cut(i, max(float(step.gains[i]), 1e-3 * float(ideal[i])))
    return _Found(choice=best.choice, gains=best.gains, value=score, bound=max(bound, score))


def _two_party_frontier(programme: _Programme) -> tuple[list[_Found], bool]:
    """Undominated deals from the first party's best to the second's, and whether all were found in time.

    Each is the first party's best among deals that give the second more than the one before, then the second's best
    among those. Vectors that differ by less than 2e-5 of the largest single gain are not told apart.
    Source: Haimes, Lasdon and Wismer 1971, IEEE Trans. SMC 1(3).
    """
    gain, base = programme.gain, programme.base
    step = 2e-5 * max(1e-9, float(np.abs(gain[1]).max()))
    until = min(programme.until, time.monotonic() + SECONDS / 3)
    found: list[_Found] = []
    least = -math.inf
    for _ in range(_POINTS):
        above = [] if least == -math.inf else [(gain[1], least + step - float(base[1]))]
        top = programme.best(gain[0], float(base[0]), above)
        if top is None:
            return found, True
        kept = (gain[0], float(top.gains[0] - base[0]) - step / 4)
        other = programme.best(gain[1], float(base[1]), [*above, kept])
        best = top if other is None else other
        if float(best.gains[1]) <= least or time.monotonic() > until:
            return found, False
        found.append(best)
        least = float(best.gains[1])
    return found, False


def _nearest(programme: _Programme) -> dict[str, Any]:
    """The deal with the smallest largest shortfall below a reservation value, and what no deal can reach."""
    problem, gain, base = programme.problem, programme.gain, programme.base
    rows = [(np.r_[gain[i], -1.0], -float(base[i])) for i in range(len(base))]
    near = programme.best(np.r_[np.zeros(programme.columns), 1.0], 0.0, rows, 1)
    assert near is not None, "some deal exists"
    beyond = []
    for i, party in enumerate(problem.parties):
        top = programme.best(gain[i], float(base[i]), [])
        if top is not None and top.bound < -_SLACK:
            beyond.append(party)
    deal = {
        "outcome": problem.outcome(near.choice),
        "utilities": problem.worth(near.choice),
        "shortfall": np.maximum(0.0, -near.gains).tolist(),
    }
    return {"nearest": [deal], "beyond_reach": beyond}


def _certificate(found: dict[str, _Found]) -> dict[str, Any]:
    """Whether each deal, its worth recomputed from the tables, comes within GAP of the bound that HiGHS proved."""
    answer: dict[str, Any] = {"checked_by": "worth recomputed from the tables, against bounds proven by HiGHS"}
    gaps: dict[str, float] = {}
    for name, f in found.items():
        value = float(f.gains.sum()) if name == "utilitarian" else f.value
        gaps[name] = max(0.0, f.bound - value)
        size = 1.0 if name == "nash" else max(1.0, abs(f.bound))
        answer[name] = math.isfinite(gaps[name]) and gaps[name] <= GAP * size
        if not math.isfinite(gaps[name]):
            del gaps[name]
    answer["gap"] = gaps
    answer["holds"] = all(answer[name] for name in found)
    return answer
