"""Power by seeded sampling, with its error, where games are too large to count.

Shapley-Shubik comes from random orders, Banzhaf and Johnston from random coalitions, under any rule. Deegan-Packel and
Holler need minimal winning coalitions drawn alike, which one weighted quota allows: sort players from the heaviest down;
a coalition is minimal where its last member is the one that lifts it over the quota, so the others, all before it, sum
to a window below the quota. How many of the first k sum to x says how many there are, and draws one of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.models.coalitions.rules import VotingRule

Floats = NDArray[np.float64]
SAMPLES = 20_000
BLOCK = 4_000_000  # (sample, player) cells held at a time


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Estimate:
    """Shares a player, and twice the largest standard error."""

    values: Floats
    error: float


def conditions(rule: VotingRule) -> list[list[tuple[Floats, float]]]:
    """Each way's weights and quotas as numbers that sum exactly up to 2^53, beyond it as shares of their total."""
    whole = ([condition.whole() for condition in way] for way in rule.ways)
    return [
        [
            (np.array([w / unit for w in weights], dtype=float), quota / unit)
            for weights, quota in way
            for unit in (1 if sum(weights) < 2**53 else sum(weights),)
        ]
        for way in whole
    ]


def met(ways: list[list[tuple[Floats, float]]], sums: Mapping[int, Floats] | Floats) -> NDArray[np.bool_]:
    """Whether sums of weights, one array a condition in order, meet all conditions of some way."""
    result: NDArray[np.bool_] | None = None
    at = 0
    for way in ways:
        met: NDArray[np.bool_] | None = None
        for _, quota in way:
            one = sums[at] >= quota
            met = one if met is None else met & one
            at += 1
        assert met is not None
        result = met if result is None else result | met
    assert result is not None
    return result


def orders(rule: VotingRule, rng: np.random.Generator, samples: int = SAMPLES) -> Estimate:
    """Shapley-Shubik: how often each player is the one with whom a random order first wins."""
    ways, n = conditions(rule), len(rule.players)
    pivots = np.zeros(n)
    block = max(1, BLOCK // n)
    for start in range(0, samples, block):
        order = rng.permuted(np.tile(np.arange(n), (min(block, samples - start), 1)), axis=1)
        sums = {
            at: np.cumsum(weights[order], axis=1)
            for at, (weights, _) in enumerate(condition for way in ways for condition in way)
        }
        pivots += np.bincount(order[np.arange(len(order)), met(ways, sums).argmax(axis=1)], minlength=n)
    share = pivots / samples
    return Estimate(values=share, error=_error(share, samples))


def coalitions(rule: VotingRule, rng: np.random.Generator, samples: int = SAMPLES) -> dict[str, Estimate | None]:
    """Absolute and normalised Banzhaf, and Johnston: who is critical in random coalitions. None where nobody was."""
    ways, n = conditions(rule), len(rule.players)
    swings, shared, squares = np.zeros(n), np.zeros(n), np.zeros(n)
    block = max(1, BLOCK // n)
    for start in range(0, samples, block):
        masks = rng.random((min(block, samples - start), n)) < 0.5
        sums, turned = {}, {}
        for at, (weights, _) in enumerate(condition for way in ways for condition in way):
            sums[at] = masks @ weights
            turned[at] = sums[at][:, None] + np.where(masks, -weights, weights)
        won = met(ways, sums)
        critical = met(ways, turned) != won[:, None]
        swings += critical.sum(axis=0)
        mine = critical & masks & won[:, None]
        part = mine / np.maximum(mine.sum(axis=1, keepdims=True), 1)
        shared += part.sum(axis=0)
        squares += (part**2).sum(axis=0)
    absolute, total, weight = swings / samples, float(swings.sum()) / samples, float(shared.sum())
    error = _error(absolute, samples)
    return {
        "banzhaf_absolute": Estimate(values=absolute, error=error),
        "banzhaf": Estimate(values=absolute / total, error=error / total) if total else None,
        "johnston": Estimate(values=shared / weight, error=float(2 * np.sqrt(squares.max()) / weight)) if weight else None,
    }  # fmt: skip


def _error(share: Floats, times: int) -> float:
    return float(2 * np.sqrt((share * (1 - share)).max() / times))


def minimal_count(weights: tuple[int, ...], quota: int) -> int:
    """Exact number of minimal winning coalitions; the number of players before that sum to x is packed at bits x."""
    bits = len(weights) + 1
    within = (1 << bits * quota) - 1
    before, found = 1, 0
    for w in sorted(weights, reverse=True):
        if w == 0:
            break
        window = before >> bits * max(quota - w, 0)
        found += window % ((1 << bits) - 1)  # the sum of its digits, which is below the base less 1
        before += before << bits * w & within
    return found


def minimal(
    weights: tuple[int, ...], quota: int, rng: np.random.Generator, samples: int = SAMPLES
) -> dict[str, Estimate]:
    """Deegan-Packel and Holler from minimal winning coalitions drawn alike; the table is (players, quota) numbers."""
    n = len(weights)
    order = np.argsort([-w for w in weights], kind="stable")
    w = np.array(weights)[order]
    table = np.zeros((n + 1, quota))  # [k, x]: chance that the first k, each in with chance 1/2, sum to x
    table[0, 0] = 1
    for k in range(n):
        table[k + 1] = table[k]
        if w[k] < quota:
            table[k + 1, w[k] :] += table[k, : quota - w[k]]
        table[k + 1] /= 2
    chance = np.array([table[k, max(quota - w[k], 0) :].sum() for k in range(n)]) * np.exp2(np.arange(n) - float(n))
    chance[w == 0] = 0
    last = np.sort(rng.choice(n, samples, p=chance / chance.sum()))
    rest = np.empty(samples, dtype=np.int64)  # what the others sum to
    for k in np.unique(last):
        mine = last == k
        low = max(quota - w[k], 0)
        here = table[k, low:]
        rest[mine] = low + rng.choice(here.size, int(mine.sum()), p=here / here.sum())
    members = np.zeros((samples, n), dtype=bool)
    members[np.arange(samples), last] = True
    for k in range(n - 1, -1, -1):
        open_ = np.flatnonzero(last > k)
        sums = rest[open_]
        fits = sums >= w[k]
        with_k = np.where(fits, table[k, np.maximum(sums - w[k], 0)], 0.0)
        taken = rng.random(open_.size) * (with_k + table[k, sums]) < with_k
        members[open_[taken], k] = True
        rest[open_[taken]] -= w[k]
    size = members.sum(axis=1, keepdims=True)
    back = np.argsort(order)
    shares = (members / size)[:, back]
    holler = members.mean(axis=0)[back] / size.mean()
    off = members[:, back] - holler * size  # of a ratio of means
    return {
        "deegan_packel": Estimate(
            values=shares.mean(axis=0), error=float(2 * (shares.std(axis=0) / np.sqrt(samples)).max())
        ),
        "holler": Estimate(
            values=holler, error=float(2 * (off.std(axis=0) / np.sqrt(samples)).max() / size.mean())
        ),
    }  # fmt: skip
