"""Small bargaining problems of every kind, drawn by seed, for checks against a look at every outcome."""

import random
from dataclasses import replace

import numpy as np

from winset.models.bargaining.outcomes import outcomes
from winset.models.bargaining.problem import Box, Extreme, Interaction, Issue, Problem, Utility


def tangled(seed: int, *, kind: str, parties: int | None = None) -> Problem:
    """Tables, tables over several issues, boxes, largest and smallest of boxes, cut totals, forbidden combinations.

    kind  of the numbers: "whole", "cents" or "real"
    """
    draw = random.Random(seed)
    sizes = [draw.randint(1, 5) for _ in range(draw.randint(1, 6))]
    n = parties or draw.choice([1, 2, 2, 3, 4])

    def number() -> float:
        whole = {"whole": float(draw.randint(-3, 9)), "cents": draw.randint(-20, 99) / 100}
        return whole.get(kind, draw.random())

    def some() -> list[int]:
        return sorted(draw.sample(range(len(sizes)), draw.randint(1, min(len(sizes), 3))))

    def box() -> Box:
        named = [] if draw.random() < 0.05 else some()
        places = {i: tuple(sorted(draw.sample(range(sizes[i]), draw.randint(1, sizes[i])))) for i in named}
        return Box(places=places, worth=number() * draw.choice([1, -1]))

    def table() -> Interaction:
        named = some()
        shape = [sizes[i] for i in named]
        cells = np.array([number() for _ in range(int(np.prod(shape)))])
        return Interaction(issues=tuple(named), table=cells.reshape(shape))

    utilities = tuple(
        Utility(
            tables=tuple(np.array([number() for _ in range(size)]) for size in sizes),
            constant=draw.choice([0.0, 1.5]),
            interactions=tuple(table() for _ in range(draw.choice([0, 0, 1, 2]))),
            boxes=tuple(box() for _ in range(draw.choice([0, 0, 1, 3]))),
            extremes=tuple(
                Extreme(how=draw.choice(["max", "min"]), boxes=tuple(box() for _ in range(draw.randint(0, 3))))
                for _ in range(draw.choice([0, 0, 1, 2]))
            ),
            most=draw.choice([np.inf, np.inf, number() * 5]),
        )
        for _ in range(n)
    )
    forbidden = tuple(
        {i: tuple(draw.sample(range(sizes[i]), draw.randint(1, max(1, sizes[i] - 1)))) for i in some()}
        for _ in range(draw.choice([0, 0, 1, 2, 3]))
    )
    problem = Problem(
        parties=tuple(f"p{i}" for i in range(n)),
        issues=tuple(Issue(name=f"i{k}", values=tuple(range(size))) for k, size in enumerate(sizes)),
        utilities=utilities, reservation=np.zeros(n), forbidden=forbidden,
    )  # fmt: skip
    space = outcomes(problem)
    level = np.quantile(space.utilities * space.unit, draw.choice([0.1, 0.3, 0.5]), axis=1)
    return replace(problem, reservation=np.round(level, draw.choice([0, 2, 9])))


def looked_at_one_by_one(problem: Problem) -> tuple[int, int]:
    """How many outcomes are allowed, and how many of them lie in the zone."""
    space = outcomes(problem)
    allowed = np.ones(problem.size, dtype=bool) if space.allowed is None else space.allowed
    inside = (space.utilities >= space.reservation[:, None]).all(axis=0)
    return int(allowed.sum()), int((inside & allowed).sum())
