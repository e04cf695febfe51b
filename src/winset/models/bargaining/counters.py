"""Counter-offers: deals worth as much to one party and more to others, nobody losing."""

import time

import numpy as np

from winset.errors import TooLarge
from winset.models.bargaining.deals import Deals
from winset.models.bargaining.frontier import frontier
from winset.models.bargaining.problem import Array, Problem
from winset.models.bargaining.trades import Choice

EQUAL = 0.01
"""Of a party's range over the frontier: a deal that gives it no less and no more than this beside is worth as much."""

LISTED = 5
"""Counter-offers of each party at most."""

SECONDS = 2.0
"""Processor time to search for more than the first of each party where outcomes are not listed."""

_LEAST = 1e-9
_APART = 1e-5  # of a party's range: gains that a programme tells apart
_MARGIN = 1e-7  # of a party's range: by which deals over continuous issues keep off what its tolerance lets in
_TRIES = 4  # deals over options that its tolerance let in are set aside


def counters(deals: Deals, here: Array, scale: Array) -> tuple[tuple[Choice, ...], ...]:
    """For each party, at most LISTED deals worth as much to it as `here` and more to others, nobody losing, none of which
    another beats for all others; those first that give the others most, by the smallest relative gain, then the sum.

    here   (parties,) what the deal looked at is worth
    scale  (parties,) what counts 1 of each party's gain
    Found among all outcomes where they are listed; else each by an integer programme, the first of every
    party and, until SECONDS are over, more.
    """
    if len(here) < 2:
        return tuple(() for _ in here)
    if deals.listed is None:
        return _searched(deals.problem, here, scale)
    problem, space = deals.problem, deals.listed
    over = (space.utilities * space.unit - here[:, None]).T / scale
    possible = (over >= -_LEAST).all(axis=1)
    if space.allowed is not None:
        possible &= space.allowed
    found = []
    for i in range(len(here)):
        others = np.delete(over, i, axis=1)
        rows = np.flatnonzero(possible & (over[:, i] <= EQUAL) & (others > _LEAST).any(axis=1))
        if rows.size:
            vectors = np.round(others[rows].T, 9)
            rows = rows[np.sort(frontier(vectors))]
            order = np.lexsort((rows, -others[rows].sum(axis=1), -others[rows].min(axis=1)))
            rows = rows[order][:LISTED]
        found.append(tuple(problem.choice(int(r)) for r in rows))
    return tuple(found)


def _searched(problem: Problem, here: Array, scale: Array) -> tuple[tuple[Choice, ...], ...]:
    from winset.models.bargaining.programme import Programme  # scipy.optimize loads slowly

    until = time.process_time() + SECONDS
    programme = Programme(problem, 4 * SECONDS, from_above=True)
    margin, apart = (_MARGIN, EQUAL) if problem.continuous else (0.0, _APART)
    base = (programme.base + problem.reservation - here) / scale - margin
    asked = _Asked(programme.gain / scale[:, None], base, apart)
    found: list[list[Choice]] = [[] for _ in here]
    known: list[list[Array]] = [[] for _ in here]
    aside: list[list[Choice]] = [[] for _ in here]
    left = list(range(len(here)))
    while left:  # one of each party at a time, so that each has some when time is over
        i = left.pop(0)
        rows, others, free, whole = asked.rows(i, known[i])
        rows += [(np.r_[programme.out(choice), np.zeros(free)], 1.0 - len(choice)) for choice in aside[i]]
        objective = np.zeros(programme.columns + free)
        objective[: programme.columns] = 1e-4 * asked.gain[others].sum(axis=0)
        objective[programme.columns] = 1.0
        try:
            best = programme.best(objective, 0.0, rows, free, whole)
        except TooLarge:
            continue
        if best is None:
            continue
        over = (np.array(problem.worth(best.choice)) - here) / scale
        if (over >= -_LEAST).all() and over[i] <= EQUAL and (over[others] > _LEAST).any():
            found[i].append(best.choice)
            known[i].append(over)
        elif problem.continuous:
            continue
        else:
            aside[i].append(best.choice)
        in_time = time.process_time() < until or not found[i]
        if len(found[i]) < LISTED and len(aside[i]) < _TRIES and in_time:
            left.append(i)
    return tuple(map(tuple, found))


class _Asked:
    """What a counter-offer must be, as rows of the programme.

    gain, base  relative gains over the deal looked at: gain @ columns + base
    apart       what must lie between counter-offers for somebody
    """

    def __init__(self, gain: Array, base: Array, apart: float) -> None:
        self.gain, self.base, self.apart = gain, base, apart

    def rows(self, i: int, known: list[Array]) -> tuple[list[tuple[Array, float]], list[int], int, int]:
        """Rows of party `i`'s next counter-offer, who the others are, and how many further columns, and whole ones, there are.

        The first further column is the smallest gain of the others. Of each deal known it must be better for somebody:
        a whole column for each of the others says for whom.
        """
        n, columns = self.gain.shape
        others = [k for k in range(n) if k != i]
        whole = len(known) * len(others)
        free = 1 + whole
        nothing = np.zeros(free)
        rows = [(np.r_[own, nothing], -float(b)) for own, b in zip(self.gain, self.base, strict=True)]
        rows.append((np.r_[-self.gain[i], nothing], float(self.base[i]) - EQUAL))
        for k in others:
            least = nothing.copy()
            least[0] = -1.0
            rows.append((np.r_[self.gain[k], least], -float(self.base[k])))
        rows.append((np.r_[self.gain[others].sum(axis=0), nothing], self.apart - float(self.base[others].sum())))
        for at, over in enumerate(known):
            somebody = np.zeros(columns + free)
            for m, k in enumerate(others):
                column = 1 + at * len(others) + m
                somebody[columns + column] = 1.0
                is_better = nothing.copy()
                is_better[column] = -(over[k] + self.apart)  # else no less than the deal looked at
                rows += [(np.r_[self.gain[k], is_better], -float(self.base[k]))]
                for sign, bound in ((1.0, 0.0), (-1.0, -1.0)):
                    limit = np.zeros(columns + free)
                    limit[columns + column] = sign
                    rows.append((limit, bound))
            rows.append((somebody, 1.0))
        return rows, others, free, whole
