"""The Pareto frontier: outcomes for which no other is at least as good for all and better for one."""

import time

import numpy as np

from winset.models.bargaining.problem import Array

_BINS = 4096
_SAMPLE = 4096
_BLOCK = 256
_FEW = 50_000
_SMALL = 128  # vectors of three parties compared with each other before halves are joined
_AT_ONCE = 256  # blocks of so many compared at a time


def frontier(utilities: Array, rows: np.ndarray | None = None) -> np.ndarray:
    """The indices of the undominated outcomes, rising; outcomes of equal utility to all stay together.

    utilities  (parties, outcomes); compared as they are, so round before
    rows       indices to look at; all by default
    """
    return frontier_within(utilities, rows, seconds=np.inf)[0]


def frontier_within(utilities: Array, rows: np.ndarray | None = None, *, seconds: float) -> tuple[np.ndarray, bool]:
    """The same with a limit of time, and whether all were found by then; those found are undominated in any case."""
    whole = True
    u = utilities if rows is None else utilities[:, rows]
    if u.shape[1] == 0:
        found = np.empty(0, dtype=np.int64)
    elif len(u) == 1:
        found = np.flatnonzero(u[0] == u[0].max())
    elif len(u) == 2:
        found = _two(u[0], u[1])
    else:
        found, whole = _many(u, seconds)
    return (found if rows is None else rows[found]), whole


def _two(u: Array, v: Array) -> np.ndarray:
    """Two parties: drop what a sample's staircase dominates, sort the rest, keep where the second's best rises."""
    rows = np.arange(len(u)) if len(u) <= 2 * _SAMPLE else _above_staircase(u, v)
    a, b = u[rows], v[rows]
    order = np.lexsort((-b, -a))
    a, b = a[order], b[order]
    before = np.maximum.accumulate(np.concatenate(([-np.inf], b[:-1])))
    first = b > before
    # repeats of the last kept vector follow it directly
    start = np.maximum.accumulate(np.where(first, np.arange(len(b)), 0))
    same = (a == a[start]) & (b == b[start])
    return np.sort(rows[order[same]])


def _above_staircase(u: Array, v: Array) -> np.ndarray:
    """Indices not strictly below a sample outcome that gives the first party at least as much."""
    low, high = float(u.min()), float(u.max())
    if low == high:
        return np.flatnonzero(v == v.max())
    picked = np.arange(0, len(u), max(1, len(u) // _SAMPLE))
    picked = np.concatenate((picked, [int(u.argmax()), int(v.argmax())]))
    scale = (_BINS - 1) / (high - low)
    bins = ((u - low) * scale).astype(np.int32)
    # best v among sample outcomes in higher bins; those in the same bin may lie below in u
    best = np.full(_BINS + 1, -np.inf)
    np.maximum.at(best, bins[picked], v[picked])
    best = np.maximum.accumulate(best[::-1])[::-1]
    return np.flatnonzero(v >= best[1:][bins])


def _many(u: Array, seconds: float) -> tuple[np.ndarray, bool]:
    """Any number of parties: by falling sum, blocks against what was kept so far; only an earlier one can dominate."""
    until = time.process_time() + seconds
    rows = np.arange(u.shape[1])
    total = u.sum(axis=0)
    for _ in range(2 if len(rows) > _FEW else 0):  # a few strong outcomes rule out most others
        strong = np.argpartition(-total, min(31, len(total) - 1))[:32]
        strong = np.concatenate((strong, u.argmax(axis=1), [int(u.min(axis=0).argmax())]))
        keep = np.ones(u.shape[1], dtype=bool)
        for s in np.unique(strong):
            point = u[:, s : s + 1]
            keep &= ~((u <= point).all(axis=0) & (u < point).any(axis=0))
        rows, u, total = rows[keep], u[:, keep], total[keep]
    # whole ranks compare faster than doubles and order the same
    ranks = np.stack([np.unique(line, return_inverse=True)[1] for line in u]).astype(np.int32)
    vectors, member = np.unique(ranks, axis=1, return_inverse=True)
    sums = np.zeros(vectors.shape[1])
    sums[member] = total
    order = np.lexsort((*(-vectors), -sums))
    kept = np.zeros((len(u), 0), dtype=np.int32)
    undominated = np.zeros(len(order), dtype=bool)
    if len(u) == 3:
        first_down = np.lexsort((-vectors[2], -vectors[1], -vectors[0]))
        undominated[first_down[three_undominated(vectors[:, first_down])]] = True
        return rows[undominated[member]], True
    for start in range(0, len(order), _BLOCK):
        if time.process_time() > until:
            return rows[undominated[member]], False
        block = order[start : start + _BLOCK]
        points = vectors[:, block]
        free = ~_dominated(points, kept)
        block, points = block[free], points[:, free]
        free = ~_dominated(points, points, distinct=True)
        undominated[block[free]] = True
        kept = np.concatenate((kept, points[:, free]), axis=1)
    return rows[undominated[member]], True


def three_undominated(vectors: np.ndarray) -> np.ndarray:
    """Places of the undominated among distinct vectors (3, n) that fall lexicographically: only an earlier one dominates.

    Both halves by themselves, then what the first leaves of the second: there the last two parties decide alone.
    Source: Kung, Luccio and Preparata 1975, Journal of the ACM 22(4).
    """
    y, z = vectors[1], vectors[2]
    parts = _undominated_in_blocks(y, z)
    while len(parts) > 1:
        joined = [_joined(y, z, one, two) for one, two in zip(parts[::2], parts[1::2], strict=False)]
        parts = joined + parts[len(parts) // 2 * 2 :]
    return parts[0]


def _undominated_in_blocks(y: np.ndarray, z: np.ndarray) -> list[np.ndarray]:
    """Places of what no earlier one in the same block of _SMALL beats in both, block by block."""
    n = len(y)
    blocks = -(-n // _SMALL)
    least = np.full((2, blocks * _SMALL), np.iinfo(y.dtype).min, dtype=y.dtype)
    least[0, :n], least[1, :n] = y, z
    u, v = least.reshape(2, blocks, _SMALL)
    earlier = np.tri(_SMALL, k=-1, dtype=bool)
    beaten = np.empty((blocks, _SMALL), dtype=bool)
    for start in range(0, blocks, _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        over = u[part, None, :] >= u[part, :, None]
        over &= v[part, None, :] >= v[part, :, None]
        over &= earlier
        beaten[part] = over.any(axis=2)
    kept = np.flatnonzero(~beaten.reshape(-1)[:n])
    return np.split(kept, np.searchsorted(kept, np.arange(_SMALL, n, _SMALL)))


def _joined(y: np.ndarray, z: np.ndarray, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Places of `one`, all earlier, and of those in `two` that none of them beats."""
    own = y[one]
    order = own.argsort(kind="stable")
    highest = np.empty(len(one) + 1, dtype=z.dtype)
    highest[-1] = np.iinfo(z.dtype).min
    np.maximum.accumulate(z[one[order]][::-1], out=highest[-2::-1])
    return np.concatenate((one, two[highest[own[order].searchsorted(y[two])] < z[two]]))


def _dominated(points: np.ndarray, by: np.ndarray, *, distinct: bool = False) -> np.ndarray:
    """(points,) whether some column of `by` is at least as large in every row; columns are distinct vectors."""
    if by.shape[1] == 0 or points.shape[1] == 0:
        return np.zeros(points.shape[1], dtype=bool)
    over = by[0][None, :] >= points[0][:, None]
    for line, point in zip(by[1:], points[1:], strict=True):
        over &= line[None, :] >= point[:, None]
    if distinct:
        np.fill_diagonal(over, False)
    found: np.ndarray = over.any(axis=1)
    return found
