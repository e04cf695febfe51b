"""Parties that are wrong about each other's preferences: a hypergame of the graph model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from winset.errors import ModelError
from winset.models.stability.conflict import Conflict
from winset.models.stability.moves import Flags
from winset.models.stability.stability import Stability, solve


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hypergame:
    """seen[i] is the conflict solved as party i sees it; stable[concept] (parties, states), each by its own lights."""

    seen: tuple[Stability, ...]
    stable: dict[str, Flags]


def hypergame(
    conflict: Conflict, *, variant: str, concepts: Sequence[str] = ("nash", "gmr", "smr", "seq")
) -> Hypergame:
    """What each party takes to be stable, and the states in which nobody moves by its own lights.

    Raises ModelError where the conflict holds no beliefs.
    Source: Wang, Hipel and Fraser 1989, Information and Decision Technologies 15.
    """
    if conflict.believed is None:
        raise ModelError("no beliefs are given; add what each takes the others' rankings to be under 'beliefs'")
    seen = tuple(
        solve(replace(conflict, worth=worth, believed=None), variant=variant, concepts=concepts)
        for worth in conflict.believed
    )
    stable = {k: np.array([one.stable[k][i] for i, one in enumerate(seen)]) for k in concepts}
    return Hypergame(seen=seen, stable=stable)
