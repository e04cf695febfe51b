"""All forecasts of one issue side by side, each with what ties with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from winset.errors import ModelError
from winset.models.spatial.averages import condorcet, weighted_mean, weighted_median
from winset.models.spatial.challenge import VARIANTS, Round, Variant, challenge
from winset.models.spatial.distribution import CutNormal, cut_normal
from winset.models.spatial.election import CHAINS, Election, Victory, election
from winset.models.spatial.inputs import SpatialInputs
from winset.models.spatial.loss import LOSSES, Bargain, bargain
from winset.models.spatial.procedure import Procedure, core, procedure

ROUNDS = 10
QUOTAS = ((0.5, "simple majority"), (2 / 3, "two thirds"), (1.0, "unanimity"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A formal procedure as asked for, and the victory model of elections; the status quo overrides the inputs'."""

    quota: float | None = None  # share of capability
    setter: str | None = None
    vetoes: tuple[str, ...] = ()
    bias: float = 0.0
    status_quo: float | None = None
    victory: Victory = "square"

    @property
    def asked(self) -> bool:
        """Whether anything of a procedure was asked for."""
        return self.quota is not None or self.setter is not None or bool(self.vetoes) or self.bias > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """What no share `quota` of votes would change."""

    quota: float
    vetoes: tuple[str, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Path:
    """One variant of the challenge model, round by round from the start; median and mean weighted by w = c s."""

    variant: str
    rounds: tuple[Round, ...]
    median: tuple[float, ...]
    mean: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forecasts:
    """Points by name (None where there is none), ties by name, challenge paths, and the distribution.

    `procedures` is empty without a status quo.
    """

    inputs: SpatialInputs
    points: dict[str, float | None]
    ties: dict[str, tuple[float, ...]]
    challenge: tuple[Path, ...]
    distribution: CutNormal
    elections: tuple[Election, ...]
    bargains: tuple[Bargain, ...]
    cores: tuple[Core, ...]
    procedures: tuple[Procedure, ...]


def procedures(x: SpatialInputs, rules: Rules) -> tuple[Procedure, ...]:
    """What passes against the status quo: as asked for, under the usual quotas, and with each party as proposer.

    Votes are capability: a vote counts in full however little its holder cares.
    """
    q = x.status_quo if rules.status_quo is None else rules.status_quo
    vetoes = tuple(dict.fromkeys((*x.vetoes, *rules.vetoes)))
    if q is None:
        if rules.asked:
            raise ModelError("a procedure decides against a status quo, and none is stated; give one")
        return ()
    low, high = x.scale
    if not low <= q <= high:
        raise ModelError(f"the status quo is {q:g}, off the scale {low:g} to {high:g}; correct it")

    def run(name: str, **more: Any) -> Procedure:
        return procedure(x.parties, x.position, x.capability, q, name=name, **more)

    asked: tuple[Procedure, ...] = ()
    if rules.asked or vetoes:
        asked = (run("as asked" if rules.asked else "with vetoes", setter=rules.setter, quota=0.5 if rules.quota is None else rules.quota,
                     vetoes=vetoes, bias=rules.bias),)  # fmt: skip
    return (
        *asked,
        *(run(f"{name}, median proposes", quota=quota) for quota, name in QUOTAS),
        *(run(f"simple majority, {p} proposes", setter=p) for p in x.parties),
    )


def forecasts(
    x: SpatialInputs, *, rounds: int = ROUNDS, variants: tuple[Variant, ...] = VARIANTS, rules: Rules | None = None
) -> Forecasts:
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
    asked = rules or Rules()
    q = x.status_quo if asked.status_quo is None else asked.status_quo
    passing = procedures(x, asked)
    return Forecasts(
        inputs=x, points=points, ties=ties, challenge=tuple(paths), distribution=cut_normal(x.position, w, x.scale),
        elections=tuple(election(x.position, w, victory=asked.victory, chain=chain) for chain in CHAINS),
        bargains=tuple(bargain(x.position, w, x.scale, status_quo=q, loss=loss) for loss in LOSSES),
        cores=tuple(Core(quota=quota, vetoes=(), low=ends[0], high=ends[1])
                    for quota, _ in QUOTAS for ends in (core(x.position, x.capability, quota=quota),)),
        procedures=passing,
    )  # fmt: skip


def solve(
    inputs: Mapping[str, SpatialInputs], *, seed: int | None = None, rounds: int = ROUNDS
) -> dict[str, Forecasts]:
    """`forecasts` of every issue; nothing here is drawn, so `seed` changes nothing."""
    return {issue: forecasts(x, rounds=rounds) for issue, x in inputs.items()}
