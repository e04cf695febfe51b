"""Exact Shapley-Shubik and Banzhaf for one weighted quota, by the generating function of sizes and weights."""

from fractions import Fraction
from itertools import accumulate
from math import factorial


def swings_by_size(weights: tuple[int, ...], quota: int) -> dict[int, list[int]]:
    """For each distinct weight: how many coalitions of s others one such player turns from losing to winning.

    f[s] packs the number of coalitions of size s by weight into one whole number, a fixed number of bits a weight:
    adding a player is a shift and an addition. A player is taken out again by the alternating sum
    f without i [s, x] = f[s, x] - f without i [s - 1, x - w], cumulated over the window [quota - w, quota).
    """
    n, total = len(weights), sum(weights)
    if 2 * quota > total + 1:  # the dual game has the same swings, its quota is lower
        return {w: c[::-1] for w, c in swings_by_size(weights, total - quota + 1).items()}
    bits = n + 1
    mask = (1 << (bits * quota)) - 1  # weights from the quota on are not needed
    f = [1] + [0] * n
    for done, w in enumerate(weights, 1):
        for s in range(done, 0, -1):
            f[s] += f[s - 1] << (bits * w) & mask
    chunk = (1 << bits) - 1
    below: list[list[int]] = []  # [s][x]: coalitions of size s with weight < x
    for packed in f:
        raw = packed.to_bytes((bits * quota + 7) // 8 + 8, "little")
        column = [int.from_bytes(raw[(p := x * bits) // 8 : p // 8 + bits // 8 + 2], "little") >> p % 8 & chunk
                  for x in range(quota)] if packed else [0] * quota  # fmt: skip
        below.append([0, *accumulate(column)])
    found: dict[int, list[int]] = {}
    for w in set(weights):
        counts = [0] * n
        for s in range(n):
            sign = 1
            for m in range(s + 1):
                top = quota - m * w
                if top <= 0:
                    break
                counts[s] += sign * (below[s - m][top] - below[s - m][max(top - w, 0)])
                sign = -sign
        found[w] = counts
    return found


def shapley_and_swings(weights: tuple[int, ...], quota: int) -> tuple[list[Fraction], list[int]]:
    """Shapley-Shubik values and numbers of swings, in the order of the weights."""
    n = len(weights)
    by_weight = swings_by_size(weights, quota)
    share = [factorial(s) * factorial(n - s - 1) for s in range(n)]
    whole = factorial(n)
    value = {w: Fraction(sum(a * b for a, b in zip(c, share, strict=True)), whole) for w, c in by_weight.items()}
    swings = {w: sum(c) for w, c in by_weight.items()}
    return [value[w] for w in weights], [swings[w] for w in weights]
