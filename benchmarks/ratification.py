"""Probability of ratification: 10,000 draws, 5 ratifiers, 10,000 deals within half a second."""

import itertools
import time

import numpy as np

from winset.models.ratification.chambers import Chamber
from winset.models.ratification.problem import RatificationInputs, chances


def asked(issues: int, points: int) -> RatificationInputs:
    """Five ratifiers with uncertain positions and reservation points, a majority of them needed."""
    rng = np.random.default_rng(1)
    grid = np.linspace(0, 100, points)
    deals = np.array(list(itertools.product(*[grid] * issues)))
    likely = rng.uniform(20, 80, (5, issues))
    floor = np.sort(rng.uniform(0.3, 0.9, (5, 3)), axis=1)
    weight = rng.dirichlet(np.ones(issues), 5)
    return RatificationInputs(
        parties=("a", "b"), ratifiers=("1", "2", "3", "4", "5"), issues=tuple(f"i{k}" for k in range(issues)),
        deals=deals, line=None, span=np.full(issues, 100.0), position=np.zeros((2, issues)),
        salience=np.full((2, issues), 1 / issues), reserve=np.zeros(2), low=likely - 20, likely=likely,
        high=likely + 20, weight=weight, floor=floor, from_quo=np.zeros(5, bool), quo=np.full(issues, np.nan),
        chambers=(Chamber(name="house", kind="majority", members=(0, 1, 2, 3, 4), weights=(1.0,) * 5),),
    )  # fmt: skip


for issues, points in ((1, 10_000), (2, 100), (4, 10)):
    x = asked(issues, points)
    spent = []
    for _ in range(5):
        start = time.process_time()
        chances(x, x.deals, 10_000, np.random.default_rng(1))
        spent.append(time.process_time() - start)
    print(f"10,000 draws, 5 ratifiers, {len(x.deals):,} deals, {issues} issues: {min(spent):.3f} s CPU (promised 0.5)")
