"""Every tactic against every other, in both seats."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.talks.protocols import Protocol, Setting, negotiate
from winset.models.talks.sides import Tactic
from winset.models.talks.space import Space


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tournament:
    """tactics  in the order given
    gain     (tactics, tactics, 2) mean share of each seat's range (0 no deal, 1 its best outcome) when row sits first
             and column second;  error  its standard error;  agreed  (tactics, tactics) share of runs with a deal
    score    (tactics,) mean gain over all opponents and both seats;  order  best first, the first of equals
    """

    tactics: tuple[Tactic, ...]
    gain: NDArray[np.float64]
    error: NDArray[np.float64]
    agreed: NDArray[np.float64]
    score: NDArray[np.float64]
    order: tuple[int, ...]


def tournament(
    space: Space, tactics: Sequence[Tactic], protocol: Protocol, setting: Setting, *, runs: int, seed: int
) -> Tournament:
    """`runs` sessions for each ordered pair, each pair with a generator of its own: adding a tactic changes no pair's
    numbers. Raises ModelError for other than two sides."""
    if len(space.parties) != 2:
        raise ModelError(f"a tournament is between two sides, got {len(space.parties)}")
    n = len(tactics)
    span = np.maximum(space.utilities.max(axis=0) - space.reservation, 1e-12)
    gain, error, agreed = np.zeros((n, n, 2)), np.zeros((n, n, 2)), np.zeros((n, n))
    for i, first in enumerate(tactics):
        for j, second in enumerate(tactics):
            rng = np.random.default_rng([seed, i, j])
            found = negotiate(space, (first, second), protocol, setting, runs=runs, rng=rng)
            share = (found.utilities - space.reservation) / span
            gain[i, j], agreed[i, j] = share.mean(axis=0), found.agreed.mean()
            error[i, j] = share.std(axis=0, ddof=1) / np.sqrt(runs) if runs > 1 else 0.0
    score = (gain[:, :, 0].mean(axis=1) + gain[:, :, 1].mean(axis=0)) / 2
    order = np.lexsort((np.arange(n), -np.round(score, 12)))
    return Tournament(
        tactics=tuple(tactics), gain=gain, error=error, agreed=agreed, score=score, order=tuple(int(i) for i in order)
    )
