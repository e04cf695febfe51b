"""Logistic regression that starts from odds known beforehand and departs from them only for kinds of cases that differ."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

STEPS = 40
RIDGES = (1.0, 4.0)  # of the weights of a group: how far its kinds of cases may lie apart
_BASE = (1.0, 4.0)  # of the level, and of how much the odds known beforehand count


class Learned(NamedTuple):
    """`odds` of every case, log; `groups` that were found to matter, in the order of what they tell."""

    odds: NDArray[np.float64]
    groups: tuple[str, ...]


def learn(
    offset: ArrayLike, kinds: Mapping[str, Sequence[str]], known: Sequence[int], right: ArrayLike
) -> Learned:  # fmt: skip
    """The log odds of being right, learned from some verdicts.

    offset  (cases,) log odds known beforehand
    kinds   group -> the kind of each case in it, such as the party it is about
    known   numbers of the cases with a verdict; `right` (known,) 0 or 1

    One level and one slope on the offset always; the kinds of a group get weights of their own, shrunk toward 0, only where the
    verdicts bear that out: where the evidence (the likelihood with the weights integrated out, by Laplace's approximation) rises by
    more than the log of the number of ways tried and one more, the most telling group first. So verdicts without a pattern leave the order as it
    was. Kinds with a single verdict learn nothing. The same verdicts give the same odds. MacKay 1992, Neural Computation 4(3).
    """
    before, y, at = np.asarray(offset, float), np.asarray(right, float), np.asarray(known, int)
    if y.shape != at.shape or any(len(each) != len(before) for each in kinds.values()):
        raise ValueError("one verdict for each known case, and one kind in each group for every case")
    columns = [np.ones(len(before)), before - before[at].mean() if len(at) else before]
    ridge = list(_BASE)
    weights, evidence = _fit(np.array(columns).T[at], y, before[at], np.array(ridge))
    open_groups = {name: shown for name, each in kinds.items() if (shown := _columns(each, at)) is not None}
    price = 1.0 + float(np.log(max(1, len(open_groups) * len(RIDGES))))
    taken: list[str] = []
    while open_groups:
        tried = []
        for name, shown in open_groups.items():
            for one in RIDGES:
                table = np.column_stack([*columns, shown])
                found, rise = _fit(table[at], y, before[at], np.array([*ridge, *[one] * shown.shape[1]]))
                tried.append((rise, name, one, found))
        best = max(tried, key=lambda each: each[0])
        if best[0] <= evidence + price:
            break
        evidence, name, one, weights = best
        shown = open_groups.pop(name)
        columns += list(shown.T)
        ridge += [one] * shown.shape[1]
        taken.append(name)
    return Learned(np.array(columns).T @ weights + before, tuple(taken))


def _columns(kinds: Sequence[str], known: NDArray[np.int_]) -> NDArray[np.float64] | None:
    """(cases, kinds) 1 where a case is of the kind, for kinds with two verdicts or more; None where nothing can differ."""
    counted: dict[str, int] = {}
    for n in known:
        counted[kinds[n]] = counted.get(kinds[n], 0) + 1
    shown = sorted(kind for kind, count in counted.items() if count > 1)
    if not shown or len(counted) < 2:
        return None
    place = {kind: n for n, kind in enumerate(shown)}
    table = np.zeros((len(kinds), len(shown)))
    for row, kind in enumerate(kinds):
        if kind in place:
            table[row, place[kind]] = 1.0
    return table


def _fit(
    x: NDArray[np.float64], y: NDArray[np.float64], offset: NDArray[np.float64], ridge: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Weights at the optimum of the likelihood less ridge/2 times their squares, and the log evidence there."""
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights + offset, -30, 30)))
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(curve, x.T @ (y - chance) - ridge * weights)
        weights = weights + step / max(1.0, float(np.abs(step).max()))
        if float(np.abs(step).max()) < 1e-9:
            break
    odds = np.clip(x @ weights + offset, -30, 30)
    chance = 1 / (1 + np.exp(-odds))
    curve = (x * (chance * (1 - chance))[:, None]).T @ x + np.diag(ridge)
    likelihood = float((y * odds - np.logaddexp(0, odds)).sum())
    penalty = float((ridge * weights**2).sum() - np.log(ridge).sum() + np.linalg.slogdet(curve)[1]) / 2
    return weights, likelihood - penalty
