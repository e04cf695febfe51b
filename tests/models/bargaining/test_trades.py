"""Trades are all there are, each what it says, against every change tried by hand."""

import random
from itertools import combinations, pairwise, product

import numpy as np
import pytest
from tests.models.bargaining.drawn import tangled
from tests.models.bargaining.test_deals import problem

from winset.models.bargaining.problem import Problem
from winset.models.bargaining.trades import LISTED, trades

Rank = tuple[float, float]


def rank(p: Problem, choice: tuple[int, ...], changed: list[int], scale: np.ndarray) -> Rank | None:
    """The smallest relative gain and their sum; None where somebody loses, nobody gains or it is forbidden."""
    if not p.allows(changed):
        return None
    gains = (np.array(p.worth(changed)) - p.worth(choice)) / scale
    return (float(gains.min()), float(gains.sum())) if gains.min() >= -1e-9 and gains.max() > 1e-9 else None


def every_trade(p: Problem, choice: tuple[int, ...], scale: np.ndarray) -> dict[tuple[int, ...], Rank]:
    """The best of each set of issues, change by change."""
    found: dict[tuple[int, ...], Rank] = {}
    for n in (1, 2, 3) if len(p.parties) > 2 else (1, 2):
        for issues in combinations(range(len(p.shape)), n):
            for places in product(*([x for x in range(p.shape[k]) if x != choice[k]] for k in issues)):
                changes = dict(zip(issues, places, strict=True))

                def after(part: tuple[int, ...], changes: dict[int, int] = changes) -> list[int]:
                    return [changes[k] if k in part else x for k, x in enumerate(choice)]

                own = rank(p, choice, after(issues), scale)
                parts = [part for m in range(1, n) for part in combinations(issues, m)]
                if own is None or (n == 3 and any(rank(p, choice, after(part), scale) for part in parts)):
                    continue
                found[issues] = max(found.get(issues, (-1.0, -1.0)), own)
    return found


@pytest.mark.parametrize("kind", ["whole", "cents"])
@pytest.mark.parametrize("seed", range(60))
def test_each_trade_is_the_best_of_its_issues_and_none_is_left_out(seed: int, kind: str) -> None:
    draw = random.Random(seed)
    p = tangled(seed, kind=kind)
    choice = tuple(draw.randrange(n) for n in p.shape)
    scale = np.array([draw.choice([1.0, 2.0, 5.0]) for _ in p.parties])
    best = every_trade(p, choice, scale)
    found = trades(p, choice, scale)
    listed = {}
    for trade in found:
        issues = tuple(k for k, (a, b) in enumerate(zip(choice, trade.choice, strict=True)) if a != b)
        assert trade.gains == pytest.approx(np.array(p.worth(trade.choice)) - p.worth(choice))
        assert rank(p, choice, [int(x) for x in trade.choice], scale) == pytest.approx(best[issues], abs=1e-9)
        for i, party_gain in enumerate(trade.gains):
            assert party_gain > -1e-8
            assert set(trade.gives[i]) & set(trade.gets[i]) == set()
        listed[issues] = trade.choice
    ranks = [best[issues] for issues in listed]
    assert all(a[0] > b[0] - 1e-9 for a, b in pairwise(ranks))
    for issues in best.keys() - listed.keys():
        with_fewer = any(set(part) < set(issues) for part in listed)
        assert with_fewer or len(listed) == LISTED


def test_three_parties_trade_in_a_round() -> None:
    """By hand: each gives 1 on its own issue, where the next gains 3; no two can trade alone."""
    p = problem([[[0, -1], [0, 0], [0, 3]], [[0, 3], [0, -1], [0, 0]], [[0, 0], [0, 3], [0, -1]]], [0, 0, 0])
    best = trades(p, (0, 0, 0), np.ones(3))[0]
    assert best.choice == (1, 1, 1)
    assert best.gains == (2, 2, 2)
    assert best.gives == (("i0",), ("i1",), ("i2",))
    assert best.gets == (("i2",), ("i0",), ("i1",))
