"""Draws of preferences through the graph model: how often each state is an equilibrium."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.errors import FormulationError
from winset.formulation.drawn.numbers import NotTogether
from winset.formulation.uncertainty import UncertainCase
from winset.models.stability.conflict import Conflict
from winset.models.stability.many import Wishes, cells, nash_many, stable_many
from winset.models.uncertainty.marginals import Floats

CONCEPTS = ("nash", "gmr", "smr", "seq")
MOST_STATES = 256
"""Of larger conflicts only Nash equilibria are followed through the draws."""


def concepts_of(conflict: Conflict) -> tuple[str, ...]:
    """The concepts under which draws are looked at."""
    return CONCEPTS if len(conflict.labels) <= MOST_STATES else CONCEPTS[:1]


class Stability:
    """`CONCEPT:STATE` whether nobody would leave the state, one output a concept and state.

    A decision maker's score of a state is the sum of the weights of its preference statements that hold there;
    `preferenceWeights` says how uncertain they are.
    """

    def __init__(self, asked: UncertainCase, conflict: Conflict, holds: list[Any], weights: list[list[float]]) -> None:
        if asked.case.conflict is None:
            raise FormulationError("the case holds no conflict; add options and preferences under 'conflict'")
        if not holds:
            raise NotTogether("preferences are ranks, not statements with weights")
        self.asked, self.conflict = asked, conflict
        self.wishes = [Wishes(holds=np.array(one, dtype=bool).reshape(-1, len(conflict.labels))) for one in holds]
        self.weights = weights
        self.assumptions: tuple[Any, ...] = ()
        self.concepts = concepts_of(conflict)
        told = f"of {len(conflict.labels):,} states only Nash equilibria are followed through the draws; GMR, SMR and SEQ up to"
        self.gaps: tuple[str, ...] = () if len(self.concepts) > 1 else (f"{told} {MOST_STATES} states",)
        self.cells = cells(conflict, self.wishes) if len(self.concepts) == 1 else []
        self.names = tuple(f"{concept}:{label}" for concept in self.concepts for label in conflict.labels)

    def __call__(self, x: Floats) -> NDArray[np.bool_]:
        drawn = []
        for party, weights in zip(self.conflict.parties, self.weights, strict=True):
            columns = []
            for n, best in enumerate(weights):
                key = ("preference weight", party, str(n + 1))
                at = self.asked.keys.index(key) if key in self.asked.keys else None
                columns.append(np.full(len(x), best) if at is None else x[:, at])
            drawn.append(np.stack(columns, axis=1))
        if len(self.concepts) == 1:
            return nash_many(self.cells, drawn)
        found = stable_many(self.conflict, self.wishes, drawn, self.concepts)
        return np.concatenate([found[concept] for concept in self.concepts], axis=1)
