"""Draws of preferences, each solved by itself."""

import random

import numpy as np
import pytest
from tests.models.stability.test_against_definitions import drawn_options

from winset.errors import FormatError
from winset.formats.gmcr import conflict, statements
from winset.models.stability.many import Wishes, cells, nash_many, stable_many
from winset.models.stability.stability import solve

CONCEPTS = ("nash", "gmr", "smr", "seq")


@pytest.mark.parametrize("seed", range(15))
def test_many_draws_at_once_are_the_draws_one_by_one(seed: int) -> None:
    draw, rng = random.Random(seed), np.random.default_rng(seed)
    data = drawn_options(draw, 4)
    try:
        given = conflict(data, "drawn")
    except FormatError:
        pytest.skip("no state is feasible")
    held, _ = statements(data, "drawn")
    wishes = [Wishes(holds=np.array(one, dtype=bool).reshape(-1, len(given.labels))) for one in held]
    weights = [rng.choice([0.5, 1.0, 2.0, 3.0], size=(20, len(one))) for one in held]
    found = stable_many(given, wishes, weights, CONCEPTS)
    assert (found["nash"] == nash_many(cells(given, wishes), weights)).all()
    for k in range(20):
        one = {**data, "decisionMakers": [
            {**m, "preferenceWeights": [float(w) for w in weights[i][k]]} for i, m in enumerate(data["decisionMakers"])
        ]}  # fmt: skip
        alone = solve(conflict(one, "drawn"), concepts=CONCEPTS)
        for concept in CONCEPTS:
            assert (found[concept][k] == alone.stable[concept].all(axis=0)).all()
