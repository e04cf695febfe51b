"""All forecasts of one issue side by side, each with what ties with it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from winset.models.spatial.averages import condorcet, weighted_mean, weighted_median
from winset.models.spatial.challenge import VARIANTS, Round, Variant, challenge
from winset.models.spatial.distribution import CutNormal, cut_normal
from winset.models.spatial.inputs import SpatialInputs

ROUNDS = 10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Path:
    """One variant of the challenge model, round by round from the start; median and mean weighted by w = c s."""

    variant: str
    rounds: tuple[Round, ...]
    median: tuple[float, ...]
    mean: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forecasts:
    """Points by name (None where there is none), ties by name, challenge paths, and the distribution."""

    inputs: SpatialInputs
    points: dict[str, float | None]
    ties: dict[str, tuple[float, ...]]
    challenge: tuple[Path, ...]
    distribution: CutNormal


def forecasts(x: SpatialInputs, *, rounds: int = ROUNDS, variants: tuple[Variant, ...] = VARIANTS) -> Forecasts:
    """Means, medians, Condorcet winner, challenge paths and the default distribution of one issue.

    Where nobody has salience, the mean weighted by it stands on capability x salience being positive somewhere, which
    `SpatialInputs` has checked.
    """
    w = x.weight
    by_salience, by_power = weighted_median(x.position, x.salience), weighted_median(x.position, w)
    winner, tied = condorcet(x.position, w)
    points: dict[str, float | None] = {
        "mean": float(x.position.mean()),
        "salience_weighted_mean": weighted_mean(x.position, x.salience),
        "compromise": weighted_mean(x.position, w),
        "median": float(np.median(x.position)),
        "salience_weighted_median": by_salience.value,
        "power_weighted_median": by_power.value,
        "condorcet": winner,
    }
    ties = {
        name: found
        for name, found in (
            ("salience_weighted_median", by_salience.ties),
            ("power_weighted_median", by_power.ties),
            ("condorcet", tied),
        )
        if found
    }
    paths = []
    for variant in variants:
        states = challenge(x.position, x.capability, x.salience / 100, variant=variant, rounds=rounds)
        medians = []
        for state in states:
            best, _ = condorcet(state.position, w)
            medians.append(weighted_median(state.position, w).value if best is None else best)
        paths.append(Path(variant=variant, rounds=states, median=tuple(medians),
                          mean=tuple(weighted_mean(s.position, w) for s in states)))  # fmt: skip
    return Forecasts(inputs=x, points=points, ties=ties, challenge=tuple(paths),
                     distribution=cut_normal(x.position, w, x.scale))  # fmt: skip


def solve(
    inputs: Mapping[str, SpatialInputs], *, seed: int | None = None, rounds: int = ROUNDS
) -> dict[str, Forecasts]:
    """`forecasts` of every issue; nothing here is drawn, so `seed` changes nothing."""
    return {issue: forecasts(x, rounds=rounds) for issue, x in inputs.items()}
