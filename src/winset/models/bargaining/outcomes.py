"""Every outcome of a space of discrete issues, and what it is worth, in units in which comparisons are exact."""

from dataclasses import dataclass

import numpy as np

from winset.errors import ModelError, TooLarge
from winset.models.bargaining.problem import Array, Extreme, Problem, Utility

STEP = 1e-9
"""Utilities are compared after rounding to this."""

MOST = 20_000_000
"""Cells (outcomes times parties) that are listed; beyond, a space is solved without listing it."""

_EXACT = 4e6  # above, a double cannot hold steps of 1e-9 and numbers are compared as they are


_HALF = 1e-3
"""Added before rounding, so that a sum that lies half-way goes up, in whatever order it was added."""


def in_units(values: Array, unit: float) -> Array:
    """Utilities as multiples of `unit`, whole where it is STEP."""
    if unit == 1.0:
        return values
    scaled = values / unit
    scaled += _HALF
    return np.asarray(np.rint(scaled, out=scaled))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcomes:
    """All outcomes of a problem.

    utilities    (parties, outcomes), in units of `unit`, whole numbers where `unit` is STEP
    reservation  (parties,), in the same units
    allowed      (outcomes,) or None where nothing is forbidden
    """

    utilities: Array
    reservation: Array
    unit: float
    allowed: np.ndarray | None


def unit_of(problem: Problem) -> float:
    """STEP, or 1 where utilities are so large that a double holds no such steps."""
    largest = float(np.abs(problem.reservation).max())
    for utility in problem.utilities:
        sizes = [float(np.abs(t if isinstance(t, np.ndarray) else t.y).max()) for t in utility.tables]
        sizes += [float(np.abs(part.table).max()) for part in utility.interactions]
        sizes += [abs(box.worth) for box in utility.boxes]
        sizes += [max((abs(box.worth) for box in group.boxes), default=0.0) for group in utility.extremes]
        largest = max(largest, abs(utility.constant) + sum(sizes))
    return STEP if largest <= _EXACT else 1.0


def outcomes(problem: Problem) -> Outcomes:
    """Lists every outcome. Raises TooLarge beyond MOST cells."""
    if problem.continuous:
        names = ", ".join(issue.name for issue in problem.issues if issue.kind == "continuous")
        raise ModelError(f"outcomes of continuous issues cannot be listed: {names}; give a scale of points instead")
    n, size = len(problem.parties), problem.size
    if n * size > MOST:
        raise TooLarge(f"{size:,} outcomes for {n} parties are {n * size:,} cells; {MOST:,} are listed at most")
    unit = unit_of(problem)
    values = np.empty((n, size))
    for row, utility in zip(values, problem.utilities, strict=True):
        fill(row, utility, problem.shape, unit)
    return Outcomes(
        utilities=values, reservation=in_units(problem.reservation, unit), unit=unit, allowed=allowed(problem)
    )


def fill(row: Array, utility: Utility, shape: tuple[int, ...], unit: float) -> None:
    """Writes the utility of every outcome into `row`, in units: outer sums from the last issue to the first."""
    tables = [np.asarray(table) / unit for table in utility.tables]
    total = tables[-1] + utility.constant / unit
    for k in range(len(tables) - 2, -1, -1):
        target = row.reshape(shape[0], -1) if k == 0 else np.empty((shape[k], total.size))
        np.add(tables[k][:, None], total[None, :], out=target)
        total = target.reshape(-1)
    if len(tables) == 1:
        row[:] = total
    grid = row.reshape(shape)
    for part in utility.interactions:
        sides = tuple(shape[i] if i in part.issues else 1 for i in range(len(shape)))
        grid += (part.table / unit).reshape(sides)
    for box in utility.boxes:
        grid[np.ix_(*(box.places.get(i, range(n)) for i, n in enumerate(shape)))] += box.worth / unit
    for group in utility.extremes:
        grid += _extreme(group, shape, unit)
    if utility.most < np.inf:
        np.minimum(row, utility.most / unit, out=row)
    if unit != 1.0:
        row += _HALF
        np.rint(row, out=row)


def _extreme(group: Extreme, shape: tuple[int, ...], unit: float) -> Array:
    """What a group adds, over the issues that its boxes name; one place on every other."""
    named = {k for box in group.boxes for k in box.places}
    sides = [n if k in named else 1 for k, n in enumerate(shape)]
    found: Array | None = None
    for box in group.boxes:
        own = np.zeros(sides)
        own[np.ix_(*(box.places.get(k, range(n)) for k, n in enumerate(sides)))] = box.worth / unit
        found = own if found is None else (np.maximum if group.how == "max" else np.minimum)(found, own)
    return np.zeros([1] * len(shape)) if found is None else found


def allowed(problem: Problem) -> np.ndarray | None:
    """(outcomes,) whether nothing forbids the outcome; None where nothing is forbidden."""
    if not problem.forbidden:
        return None
    grid = np.ones(problem.shape, dtype=bool)
    for pattern in problem.forbidden:
        grid[np.ix_(*(pattern.get(i, range(n)) for i, n in enumerate(problem.shape)))] = False
    return grid.reshape(-1)
