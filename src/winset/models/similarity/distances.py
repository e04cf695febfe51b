"""Distances between parties from their positions, and the blocs they form."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEAR = 0.25  # of a scale: parties of one bloc stand at most so far apart
TIE = 1e-9  # utilities and distances are compared after rounding to this


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stands:
    """Where parties stand at one time. Arrays are (parties, issues), in the order of `parties`.

    position  share of the issue's scale, 0 to 1; NaN where unknown
    salience  how much the issue matters to the party, >= 0; NaN where nobody judged it
    """

    position: NDArray[np.float64]
    salience: NDArray[np.float64]
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Distances:
    """Arrays are (parties, parties), symmetric.

    distance  0 (same on all shared issues) to 1 (opposite ends everywhere); NaN without a shared issue
    basis     share of all issues on which both have a position
    """

    distance: NDArray[np.float64]
    basis: NDArray[np.float64]


def distances(x: Stands) -> Distances:
    """Mean distance over the issues on which both have a position, weighted by the mean of both saliences.

    Where one salience is unknown the other's counts for both, where both are, the mean of what is known on that issue, without any
    on it the mean of all that is known (1 where nothing is), so that an issue nobody judged weighs like the others. Issues that matter to neither weigh nothing, unless that leaves nothing: then all weigh alike.
    City-block distance, because positions on different issues trade off against each other one by one.
    """
    parties, issues = x.position.shape
    known = ~np.isnan(x.position)
    distance = np.full((parties, parties), np.nan)
    basis = np.zeros((parties, parties))
    for a in range(parties):
        shared = known[a] & known  # (parties, issues)
        basis[a] = shared.sum(axis=1) / max(1, issues)
        weight = weights(x, a)
        apart = np.where(shared, np.abs(x.position[a] - x.position), 0.0)
        total = weight.sum(axis=1)
        np.divide((weight * apart).sum(axis=1), total, out=distance[a], where=total > 0)
    return Distances(distance=distance, basis=basis)


def weights(x: Stands, a: int) -> NDArray[np.float64]:
    """(parties, issues): what each issue weighs in the distance between the party in row `a` and each other; 0 where not both
    have a position on it."""
    known = ~np.isnan(x.position)
    shared = known[a] & known
    weight = np.where(
        np.isnan(x.salience[a]),
        np.where(np.isnan(x.salience), _typical(x.salience), x.salience),
        np.where(np.isnan(x.salience), x.salience[a], (x.salience[a] + x.salience) / 2),
    )
    weight = np.where(shared, weight, 0.0)
    nothing = (weight.sum(axis=1) <= 0) & shared.any(axis=1)
    weight[nothing] = shared[nothing]
    return weight


def _typical(salience: NDArray[np.float64]) -> NDArray[np.float64]:
    """Per issue the mean of the known saliences; without any on it that of all known ones, 1 where there are none."""
    known = ~np.isnan(salience)
    count = known.sum(axis=0)
    total = np.where(known, salience, 0.0).sum(axis=0)
    typical = np.full(salience.shape[1], salience[known].mean() if known.any() else 1.0)
    np.divide(total, count, out=typical, where=count > 0)
    return typical


def blocs(
    distance: NDArray[np.float64], *, near: float = NEAR, names: Sequence[str] = ()
) -> tuple[tuple[int, ...], ...]:
    """A partition of the parties in which any two of one bloc stand at most `near` apart.

    Complete linkage: the two blocs whose farthest members are nearest are joined while that distance is known and at most
    `near`; among equally near ones those whose members come first by `names` (without them, in the order given), so
    that no order in which parties are listed changes who stands with whom. Members and blocs are in the order of the parties.
    """
    order = sorted(range(len(distance)), key=lambda party: (names[party] if names else "", party))
    distance = np.round(distance, 9)
    groups = [[party] for party in order]
    while True:
        best: tuple[float, int, int] | None = None
        for i, one in enumerate(groups):
            for j in range(i + 1, len(groups)):
                farthest = max(
                    (float("inf") if np.isnan(distance[a, b]) else float(distance[a, b]))
                    for a in one for b in groups[j]
                )  # fmt: skip
                if farthest <= near + TIE and (best is None or farthest < best[0]):
                    best = farthest, i, j
        if best is None:
            return tuple(tuple(sorted(group)) for group in sorted(groups, key=min))
        _, i, j = best
        groups[i] += groups.pop(j)  # begins with its first by name, as all do


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alignment:
    """Who stands near whom; blocs hold rows of `stands`."""

    stands: Stands
    distances: Distances
    blocs: tuple[tuple[int, ...], ...]


def solve(inputs: Stands, *, seed: int | None = None, near: float = NEAR) -> Alignment:
    """Distances and blocs; nothing is drawn, so `seed` does not matter."""
    found = distances(inputs)
    return Alignment(stands=inputs, distances=found, blocs=blocs(found.distance, near=near, names=inputs.parties))
