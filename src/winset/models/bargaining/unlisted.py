"""Deals in spaces whose outcomes cannot be listed: continuous issues, or too many combinations.

Every question is put to one mixed integer programme, with a bound that HiGHS proves; every deal's worth is computed
again from the tables.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from winset.errors import ModelError, TooLarge
from winset.models.bargaining.climbing import climbed
from winset.models.bargaining.deals import NOTHING_ALLOWED, Deals, Solution
from winset.models.bargaining.empty_zone import linkage
from winset.models.bargaining.frontier import frontier as undominated
from winset.models.bargaining.outcomes import in_units, unit_of
from winset.models.bargaining.polish import polished
from winset.models.bargaining.problem import Array, Curve, Problem
from winset.models.bargaining.programme import SLACK, Found, Programme

GAP = 1e-6
"""Relative gap within which a Nash product counts as proven."""

SECONDS = 30.0
"""Time for all questions of one problem; the best deals found by then are given with their gaps."""

_CUTS = 60
_POINTS = 2_000  # of a frontier
_SHARES = 20
_BETWEEN = 31  # points of a frontier that has no end of them


def solve_unlisted(problem: Problem, *, seconds: float = SECONDS, bounds_only: bool = False) -> Deals:
    """Solutions with proven bounds, without listing outcomes. Raises TooLarge beyond what the programme holds.

    For two parties over options the frontier is complete where time allows, and the certificate says so; otherwise it
    holds undominated vectors: those met on the way and, for two parties, some between.
    `bounds_only`, for the certificate of other answers, leaves out what bounds do not need: the frontier, and of leximin
    all but the smallest gain.
    """
    kept = _worth_having(problem)
    if kept is not None:
        return _put_back(problem, kept, solve_unlisted(_only(problem, kept), seconds=seconds, bounds_only=bounds_only))
    programme = Programme(problem, seconds)
    n = len(problem.parties)
    tops = [_top(programme, i, among_ties=not bounds_only) for i in range(n)]
    met = [found for found in tops if found is not None]
    if not met:
        raise ModelError(NOTHING_ALLOWED)
    first = _largest(programme, np.ones(n), inside=True)
    found: dict[str, Found] = {}
    reach = np.zeros(n)
    if first is not None:
        ideal = []
        for i in range(n):
            top = _largest(programme, np.eye(n)[i], inside=True)
            ideal.append(max(0.0, float(top.gains[i])) if top else 0.0)
            reach[i] = max(ideal[i], top.bound if top else 0.0)
        scale = np.array([g if g > SLACK else 1.0 for g in ideal])
        depth = 1 if bounds_only else n
        found["egalitarian"] = _leximin(programme, np.ones(n), depth)
        found["kalai_smorodinsky"] = _leximin(programme, scale, depth)
        found["utilitarian"] = first
        found["nash"] = _nash(programme, found["egalitarian"], np.array(ideal), reach)
    met += list(found.values())
    whole: bool | None = None
    step = None
    if n == 2 and not bounds_only:
        if problem.continuous:
            met += _along_the_frontier(programme)
        else:
            step = _step(problem)
            more, done = _two_party_frontier(programme, step)
            met += more
            whole = done or None
    worths = np.array([problem.worth(f.choice) for f in met])
    rounded, at = np.unique(in_units(worths, unit_of(problem)), axis=0, return_index=True)
    order = at[np.sort(undominated(rounded.T))][::-1]
    counted = None if problem.continuous or problem.forbidden else problem.size
    return Deals(
        problem=problem, outcomes=counted, zone=None, frontier=worths[order],
        frontier_choices=tuple(met[int(k)].choice for k in order), frontier_outcomes=None,
        solutions={
            name: Solution(
                choice=f.choice, utilities=tuple(problem.worth(f.choice)), ties=None, tied=(f.choice,)
            ) for name, f in found.items()
        },
        no_zone=None if found else _no_zone(programme),
        certificate=_certificate(programme, found)
        | {"frontier_complete": whole, "not_counted": not_counted(problem)}
        | ({} if step is None else {"frontier_step": step}),
    )  # fmt: skip


def _worth_having(problem: Problem) -> list[np.ndarray] | None:
    """Of each issue, the options that no other of it is at least as good as for all and better for one: where utilities
    add up and nothing is forbidden, an undominated deal has no others. None where that leaves all of them."""
    if problem.continuous or problem.forbidden or not all(u.additive and u.most == math.inf for u in problem.utilities):
        return None
    tables = [np.array([np.asarray(u.tables[k]) for u in problem.utilities]) for k in range(len(problem.issues))]
    kept = []
    for table in tables:
        best = undominated(table)
        kept.append(np.sort(best[np.unique(table[:, best], axis=1, return_index=True)[1]]))  # of equals the first
    return kept if sum(map(len, kept)) < sum(problem.shape) else None


def _only(problem: Problem, kept: list[np.ndarray]) -> Problem:
    """The problem with these options alone."""
    return replace(
        problem,
        issues=tuple(
            replace(i, values=tuple(i.values[int(p)] for p in own)) for i, own in zip(problem.issues, kept, strict=True)
        ),
        utilities=tuple(
            replace(u, tables=tuple(np.asarray(t)[own] for t, own in zip(u.tables, kept, strict=True)))
            for u in problem.utilities
        ),
    )


def _put_back(problem: Problem, kept: list[np.ndarray], deals: Deals) -> Deals:
    """Deals of the problem with fewer options, as deals of the whole."""

    def whole(choice: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(int(own[int(place)]) for own, place in zip(kept, choice, strict=True))

    return replace(
        deals, problem=problem, outcomes=problem.size,
        frontier_choices=tuple(whole(choice) for choice in deals.frontier_choices),
        solutions={
            name: replace(s, choice=whole(s.choice), tied=tuple(whole(t) for t in s.tied))
            for name, s in deals.solutions.items()
        },
        certificate=deals.certificate | {"not_counted": not_counted(problem)},
    )  # fmt: skip


def _largest(programme: Programme, weights: Array, *, inside: bool) -> Found | None:
    """The deal with the largest weighted sum of gains; where the programme finds none in time, one found by trying."""
    objective, constant = weights @ programme.gain, float(weights @ programme.base)
    try:
        return programme.best_inside(objective, constant) if inside else programme.best(objective, constant, [])
    except TooLarge:
        return _tried(
            programme, lambda gains: float(weights @ gains), float(weights @ _reach(programme)), inside=inside
        )


def _top(programme: Programme, i: int, *, among_ties: bool) -> Found | None:
    """A party's best deal, and `among_ties` the best for the others."""
    n = len(programme.problem.parties)
    own = _largest(programme, np.eye(n)[i] + 1e-6, inside=False)
    if own is None or n == 1 or not among_ties:
        return own
    gain, base = programme.gain, programme.base
    kept = (gain[i], float(own.gains[i] - base[i]) - 1e-9 * max(1.0, float(np.abs(gain[i]).max())))
    try:
        return programme.best(gain.sum(axis=0), float(base.sum()), [kept]) or own
    except TooLarge:
        return own


def _reach(programme: Programme) -> Array:
    """Gains that no deal exceeds: every issue and everything that counts together at its best."""
    utilities = programme.problem.utilities
    return np.array([min(u.bounds[1], u.most) for u in utilities]) - programme.problem.reservation


def _tried(programme: Programme, score: Callable[[Array], float], bound: float, *, inside: bool) -> Found | None:
    """The best deal found by changing one issue at a time from several deals; None where `inside` finds no zone."""
    choice = climbed(programme.problem, score, inside=inside)
    if choice is None or (inside and not programme.accepts(choice)):
        return None
    gains = np.array(programme.problem.worth(choice)) - programme.problem.reservation
    return Found(choice=choice, gains=gains, value=score(gains), bound=max(bound, score(gains)))


def not_counted(problem: Problem) -> str:
    """Why the outcomes of the zone, of the frontier and those that tie are not counted."""
    flowing = [issue.name for issue in problem.issues if issue.kind == "continuous"]
    if flowing:
        return f"outcomes are not counted: {', '.join(flowing)} may take any value between its ends"
    return f"outcomes and ties are not counted: there are {problem.size:,} combinations, too many to list"


def _leximin(programme: Programme, scale: Array, depth: int) -> Found:
    """Largest smallest gain (over `scale`), then leximin: the sums of the k smallest, k = 1.., each made largest in turn.

    depth  how many of these sums

    Source: Ogryczak and Sliwinski 2003, Informatica 14(2): the sum of the k smallest of g is the largest
    k t - sum max(0, t - g).
    """
    n, columns = len(scale), programme.columns
    free = depth * (n + 1)  # t_k, then d_ki
    rows: list[tuple[Array, float]] = []
    sums = []
    for k in range(depth):
        value = np.zeros(columns + free)
        value[columns + k] = k + 1
        value[columns + depth + k * n : columns + depth + (k + 1) * n] = -1.0
        sums.append(value)
        for i in range(n):
            row = np.zeros(columns + free)
            row[columns + depth + k * n + i] = 1.0
            rows.append((row, 0.0))
            row = row.copy()
            row[columns + k] = -1.0
            row[:columns] = programme.gain[i] / scale[i]
            rows.append((row, -programme.base[i] / scale[i]))
    found, least = None, None
    for value in sums:
        try:
            step = programme.best_inside(value, 0.0, rows, free)
        except TooLarge:
            step = None
        if step is None:
            break
        if least is None:
            least = step
        found = step
        rows.append((value, step.value - 1e-8 * max(1.0, abs(step.value))))
    if found is None or least is None:
        bound = float((_reach(programme) / scale).min())
        found = least = _tried(programme, lambda gains: float((gains / scale).min()), bound, inside=True)
        assert found is not None, "the zone was found to hold a deal"
        assert least is not None, "the zone was found to hold a deal"
    return Found(
        choice=found.choice, gains=found.gains, value=float((found.gains / scale).min()), bound=least.bound
    )  # fmt: skip


def _nash(programme: Programme, fair: Found, ideal: Array, reach: Array) -> Found:
    """Largest product of gains by tangents of the logarithm, which lie above it: each round bounds the best from above.

    Value and bound are sums of logarithms weighted by power. Source: Duran and Grossmann 1986, Math. Programming 36.
    """
    n, columns, problem = len(ideal), programme.columns, programme.problem
    if fair.gains.min() <= SLACK:
        return fair
    power = np.ones(n) if problem.power is None else problem.power / problem.power.max()
    rows: list[tuple[Array, float]] = []
    objective = np.r_[np.zeros(columns), power]

    def cut(i: int, at: float) -> None:
        row = np.zeros(columns + n)
        row[:columns] = programme.gain[i] / at
        row[columns + i] = -1.0
        rows.append((row, 1.0 - math.log(at) - float(programme.base[i]) / at))

    for i in range(n):
        for at in np.geomspace(min(fair.gains[i], ideal[i]), max(ideal[i], fair.gains[i]), 8):
            cut(i, float(at))
    best, score = fair, float(power @ np.log(fair.gains))
    bound = max(score, float(power @ np.log(np.maximum(reach, fair.gains))))
    for _ in range(_CUTS):
        try:
            step = programme.best_inside(objective, 0.0, rows, n)
        except TooLarge:
            step = _tried(programme, lambda gains: _log_product(gains, power), bound, inside=True)
            if step is not None and _log_product(step.gains, power) > score:
                best, score = step, _log_product(step.gains, power)
            break
        if step is None:
            break
        bound = min(bound, step.bound)
        if (step.gains > 0).all() and float(power @ np.log(step.gains)) > score:
            best, score = step, float(power @ np.log(step.gains))
        if bound - score <= GAP / 10 or time.monotonic() > programme.until:
            break
        for i in range(n):
            cut(i, max(float(step.gains[i]), 1e-3 * float(ideal[i])))
    if problem.continuous:
        choice = polished(problem, best.choice)
        if programme.accepts(choice):
            gains = np.array(problem.worth(choice)) - problem.reservation
            best, score = Found(choice=choice, gains=gains, value=0.0, bound=0.0), float(power @ np.log(gains))
    return Found(choice=best.choice, gains=best.gains, value=score, bound=max(bound, score))


def _log_product(gains: Array, power: Array) -> float:
    return float(power @ np.log(gains)) if (gains > 0).all() else -math.inf


def _step(problem: Problem) -> float:
    """A step below which the second party's utilities are not told apart: none is that close where all are multiples
    of some decimal unit that the solver can tell apart; otherwise 2e-5 of its largest single utility."""
    utility = problem.utilities[1]
    tables = [np.asarray(t) for t in utility.tables if not isinstance(t, Curve)]
    tables += [part.table.reshape(-1) for part in utility.interactions]
    boxes = [*utility.boxes, *(box for group in utility.extremes for box in group.boxes)]
    tables.append(np.array([0.0, utility.constant, *(box.worth for box in boxes)]))
    if math.isfinite(utility.most):
        tables.append(np.array([utility.most]))
    numbers = np.concatenate([t.reshape(-1) for t in tables])
    largest = max(1e-9, float(np.abs(numbers).max()))
    for digits in range(-6, 7):
        unit = float(Fraction(10) ** -digits)
        if unit < 2e-6 * largest:
            break
        if np.abs(numbers / unit - np.rint(numbers / unit)).max() <= 1e-9:
            return unit / 2
    return 2e-5 * largest


def _two_party_frontier(programme: Programme, step: float) -> tuple[list[Found], bool]:
    """Undominated deals from the first party's best to the second's, and whether all were found in time.

    Each is the first party's best among deals that give the second more by `step` than the one before, then the second's
    best among those. Source: Haimes, Lasdon and Wismer 1971, IEEE Trans. SMC 1(3).
    """
    gain, base = programme.gain, programme.base
    until = min(programme.until, time.monotonic() + SECONDS / 2)
    found: list[Found] = []
    least = -math.inf
    for _ in range(_POINTS):
        above = [] if least == -math.inf else [(gain[1], least + step - float(base[1]))]
        try:
            top = programme.best(gain[0], float(base[0]), above)
            if top is None:
                return found, True
            kept = (gain[0], float(top.gains[0] - base[0]) - 1e-7 * max(1.0, float(np.abs(gain[0]).max())))
            other = programme.best(gain[1], float(base[1]), [*above, kept])
        except TooLarge:
            return found, False
        best = top if other is None else other
        if float(best.gains[1]) <= least or time.monotonic() > until:
            return found, False
        found.append(best)
        least = float(best.gains[1])
    return found, False


def _along_the_frontier(programme: Programme) -> list[Found]:
    """Some deals of a two-party frontier: the first party's best at evenly spread levels of the second's."""
    gain, base = programme.gain, programme.base
    until = min(programme.until, time.monotonic() + SECONDS / 6)
    ends = [_largest(programme, np.eye(2)[i] + 1e-6, inside=False) for i in range(2)]
    low, high = (float(end.gains[1]) if end else 0.0 for end in ends)
    found = []
    for level in np.linspace(low, high, _BETWEEN + 2)[1:-1].tolist():
        if time.monotonic() > until:
            break
        try:
            top = programme.best(gain[0] + 1e-6 * gain[1], 0.0, [(gain[1], level - float(base[1]))])
        except TooLarge:
            break
        if top is not None:
            found.append(top)
    return found


def _no_zone(programme: Programme) -> dict[str, Any]:
    """What would open the zone; where time is out, the nearest deal found by trying, and that nothing is proven."""
    try:
        programme.until += programme.seconds / 4
        proven = programme.best_inside(programme.gain.sum(axis=0), 0.0) is None
        return _nearest(programme) | {"proven": proven}
    except TooLarge:
        near = _tried(programme, lambda gains: float(np.minimum(gains, 0.0).min()), 0.0, inside=False)
        assert near is not None, "some deal exists"
        problem = programme.problem
        short = np.maximum(0.0, -near.gains).tolist()
        deal = {"outcome": problem.outcome(near.choice), "utilities": problem.worth(near.choice), "shortfall": short}
        far = [p for p, most in zip(problem.parties, _reach(programme), strict=True) if most < -SLACK]
        return {"nearest": [deal], "beyond_reach": far, "proven": bool(far)}


def _nearest(programme: Programme) -> dict[str, Any]:
    """What would open the zone, as `empty_zone` says it for listed outcomes, each by a programme of its own."""
    problem, gain, base, columns = programme.problem, programme.gain, programme.base, programme.columns
    n = len(base)

    def deal(found: Found) -> dict[str, Any]:
        return {
            "outcome": problem.outcome(found.choice),
            "utilities": problem.worth(found.choice),
            "shortfall": np.maximum(0.0, -found.gains).tolist(),
        }

    rows = [(np.r_[gain[i], -1.0], -float(base[i])) for i in range(n)]
    near = programme.best(np.r_[np.zeros(columns), 1.0], 0.0, rows, 1)
    if near is None:  # numbers so far apart that the solver loses the small ones
        raise TooLarge("the nearest deal was not found by the programme")
    beyond, one = [], []
    for i, party in enumerate(problem.parties):
        top = programme.best(gain[i], float(base[i]), [])
        if top is not None and top.bound < -SLACK:
            beyond.append(party)
        others = [zone for k, zone in enumerate(programme.zone()) if k != i]
        opened = programme.best(gain[i], float(base[i]), others)
        change = None if opened is None else min(0.0, float(opened.gains[i]))
        one.append({"party": party, "change": change, "deal": None if opened is None else deal(opened)})
    short: list[tuple[Array, float]] = []
    for i in range(n):
        lacking = np.eye(n)[i]
        short += [(np.r_[np.zeros(columns), -lacking], 0.0), (np.r_[gain[i], -lacking], -float(base[i]))]
    least = programme.best(np.r_[np.zeros(columns), np.ones(n)], 0.0, short, n)
    surplus = programme.best(gain.sum(axis=0), float(base.sum()), [])
    found: dict[str, Any] = {"nearest": [deal(near)], "one_reservation": one, "beyond_reach": beyond}
    if surplus is not None and least is not None:
        payable = surplus
        if float(surplus.gains.sum()) >= 0:  # of the deals that could be paid for, the one that needs least
            paid = programme.best(
                np.r_[np.zeros(columns), np.ones(n)], 0.0,
                [*short, (np.r_[gain.sum(axis=0), np.zeros(n)], -float(base.sum()))], n,
            )  # fmt: skip
            payable = surplus if paid is None or float(paid.gains.sum()) < -1e-7 else paid
        lack = np.maximum(0.0, -payable.gains)
        found["side_payment"] = {
            "total": float(lack.sum()), "outside": max(0.0, -float(payable.gains.sum())), "to": lack.tolist(),
            "deal": deal(payable),
        }  # fmt: skip
        found["concession"] = deal(least)
        found["linkage"] = linkage(problem, deal(_linked(programme, [least, payable, near])))
    return found


def _linked(programme: Programme, known: Sequence[Found]) -> Found:
    """The deal at which what those short of it lack is the smallest part of what the others have over.

    Lack less a share of what is over is made smallest, the share being the best known, until it cannot be made less than
    nil. Source: Dinkelbach 1967, Management Science 13(7).
    """
    gain, base, columns, n = programme.gain, programme.base, programme.columns, len(programme.base)

    def share(found: Found) -> float:
        lack, over = -np.minimum(found.gains, 0.0).sum(), np.maximum(found.gains, 0.0).sum()
        return float(lack / over) if over > 0 else math.inf

    best = min(known, key=share)
    reach = np.array([u.bounds for u in programme.problem.utilities]) - programme.problem.reservation[:, None]
    room = float(np.abs(reach).max()) + 1.0
    rows: list[tuple[Array, float]] = []
    for i in range(n):
        lack, sign = np.eye(n)[i], np.eye(n)[i]
        none, nothing = np.zeros(n), np.zeros(columns)
        rows += [
            (np.r_[nothing, -lack, none], 0.0),  # lack_i (below 0 in the programme) holds what is short or more
            (np.r_[gain[i], -lack, none], -float(base[i])),
            (
                np.r_[nothing, lack, room * sign],
                0.0,
            ),  # and no more: nothing where sign_i is 0, what is short where it is 1
            (np.r_[-gain[i], lack, -room * sign], float(base[i]) - room),
            (np.r_[nothing, none, sign], 0.0),
            (np.r_[nothing, none, -sign], -1.0),
        ]
    for _ in range(_SHARES):
        part = share(best)
        if not math.isfinite(part):
            part = 1e6
        weights = np.r_[part * gain.sum(axis=0), np.full(n, 1.0 - part), np.zeros(n)]
        step = programme.best(weights, 0.0, rows, 2 * n, whole=n)
        if step is None or share(step) >= share(best) - 1e-9:
            return best
        best = step
    return best


def best_above(problem: Problem, least: Array, weights: Array, *, seconds: float = 5.0) -> tuple[float, ...] | None:
    """The deal with the largest weighted sum of utilities that gives each party at least `least`; None without one."""
    kept = _worth_having(problem)
    if kept is not None:
        choice = best_above(_only(problem, kept), least, weights, seconds=seconds)
        return None if choice is None else tuple(int(own[int(place)]) for own, place in zip(kept, choice, strict=True))
    programme = Programme(replace(problem, reservation=least), seconds)
    try:
        found = programme.best_inside(weights @ programme.gain, 0.0)
    except TooLarge:
        return None
    return None if found is None else found.choice


def _certificate(programme: Programme, found: dict[str, Found]) -> dict[str, Any]:
    """Whether each deal is possible and in the zone, checked from the tables and not from the programme, and comes, its
    worth computed again, within GAP of the bound that HiGHS proved."""
    answer: dict[str, Any] = {"checked_by": "worth recomputed from the tables, against bounds proven by HiGHS"}
    gaps: dict[str, float] = {}
    for name, f in found.items():
        value = float(f.gains.sum()) if name == "utilitarian" else f.value
        gaps[name] = max(0.0, f.bound - value)
        size = 1.0 if name == "nash" else max(1.0, abs(f.bound))
        answer[name] = math.isfinite(gaps[name]) and gaps[name] <= GAP * size
        if not math.isfinite(gaps[name]):
            del gaps[name]
    answer["allowed"] = all(programme.problem.allows(f.choice) for f in found.values())
    answer["in_zone"] = all(programme.accepts(f.choice) for f in found.values())
    answer["gap"] = gaps
    answer["holds"] = all(answer[name] for name in (*found, "allowed", "in_zone"))
    return answer
