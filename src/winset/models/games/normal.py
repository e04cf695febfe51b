"""Nash equilibria of games in strategic form, in exact fractions."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from winset.errors import ModelError, TooLarge

Mix = tuple[Fraction, ...]
_MOST = 200_000


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """Probabilities of each player's strategies, and what each gets."""

    mixes: tuple[Mix, ...]
    payoffs: tuple[Fraction, ...]


def pure(payoffs: ArrayLike) -> list[tuple[int, ...]]:
    """Profiles from which nobody gains by a change of its own; `payoffs` is (players, strategies of 1, of 2, ...)."""
    u = np.asarray(payoffs)
    if u.ndim < 2 or u.shape[0] != u.ndim - 1:
        raise ModelError(f"payoffs of n players have n + 1 axes, the first of length n; got {u.shape}")
    calm = np.ones(u.shape[1:], dtype=bool)
    for player, own in enumerate(u):
        calm &= np.asarray(own == own.max(axis=player, keepdims=True), dtype=bool)
    return [tuple(int(i) for i in spot) for spot in np.argwhere(calm)]


def bimatrix(row: ArrayLike, column: ArrayLike) -> list[Equilibrium]:
    """All extreme equilibria of a game of two: every equilibrium is a mixture of them, and where there are finitely
    many they are all.

    row, column  (m, n) payoffs; read exactly (an integer, a Fraction, or a float as the fraction that it is)
    Vertices of the two best-response polytopes are listed; a pair is an equilibrium where every strategy of either
    player is unplayed or a best response. Source: Mangasarian 1964; von Stengel 2002, Handbook of Game Theory 3, 45.
    """
    a, b = _exact(row), _exact(column)
    m, n = len(a), len(a[0])
    if len(b) != m or any(len(line) != n for line in (*a, *b)):
        raise ModelError("the payoffs of both players need one and the same shape")
    plays_row = _vertices([[b[i][j] for i in range(m)] for j in range(n)], m)  # mixes of the first, with labels
    plays_column = _vertices([[a[i][j] for j in range(n)] for i in range(m)], n)
    every = frozenset(range(m + n))
    found: dict[tuple[Mix, Mix], Equilibrium] = {}
    for x, unplayed, best in plays_row:
        mine = unplayed | {m + j for j in best}
        for y, idle, top in plays_column:
            if mine | {m + j for j in idle} | top >= every:
                payoff = (_value(a, x, y), _value(b, x, y))
                found[x, y] = Equilibrium((x, y), payoff)
    return [found[key] for key in sorted(found)]


def regret(payoffs: ArrayLike, mixes: Sequence[Sequence[Any]]) -> tuple[Fraction, ...]:
    """What each player would gain by its best change of its own; an equilibrium is where nobody would gain anything."""
    u = np.asarray(payoffs)
    gains = []
    for player in range(len(mixes)):
        table = np.vectorize(Fraction, otypes=[object])(u[player])
        for axis in reversed(range(len(mixes))):
            if axis != player:
                weights = np.array([Fraction(p) for p in mixes[axis]], dtype=object)
                table = np.moveaxis(table, axis, -1) @ weights
        own = sum((Fraction(p) * t for p, t in zip(mixes[player], table, strict=True)), start=Fraction(0))
        gains.append(max(table) - own)
    return tuple(gains)


def _exact(values: ArrayLike) -> list[list[Fraction]]:
    table = np.asarray(values, dtype=object)
    if table.ndim != 2 or 0 in table.shape:
        raise ModelError(f"payoffs of two players are a table of rows and columns, got shape {table.shape}")
    return [[Fraction(x) for x in line] for line in table]


def _vertices(against: list[list[Fraction]], size: int) -> list[tuple[Mix, frozenset[int], frozenset[int]]]:
    """Vertices of {(x, v): against x <= v, x >= 0, sum x = 1}: (x, strategies not played, best responses to x)."""
    tests = len(against)
    count = 1
    for k in range(size):
        count = count * (size + tests - k) // (k + 1)
    if count > _MOST:
        raise TooLarge(f"{size} by {tests} strategies have {count:,} candidate vertices; {_MOST:,} are tried at most")
    found: dict[Mix, tuple[Mix, frozenset[int], frozenset[int]]] = {}
    for tight in itertools.combinations(range(size + tests), size):
        idle = [t for t in tight if t < size]
        equal = [t - size for t in tight if t >= size]
        if not equal:
            continue
        rows = [[Fraction(int(k == i)) for k in range(size)] + [Fraction(0), Fraction(0)] for i in idle]
        rows += [[*against[j], Fraction(-1), Fraction(0)] for j in equal]
        rows.append([Fraction(1)] * size + [Fraction(0), Fraction(1)])
        solved = _solve(rows)
        if solved is None:
            continue
        x, value = tuple(solved[:size]), solved[size]
        worth = [sum((c * p for c, p in zip(line, x, strict=True)), start=Fraction(0)) for line in against]
        if min(x) >= 0 and max(worth) <= value:
            best = frozenset(j for j, w in enumerate(worth) if w == value)
            found[x] = x, frozenset(i for i, p in enumerate(x) if p == 0), best
    return list(found.values())


def _solve(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """The one solution of square linear equations (last column: right-hand side); None where there is not one."""
    n = len(rows)
    table = [list(row) for row in rows]
    for k in range(n):
        lead = next((i for i in range(k, n) if table[i][k] != 0), None)
        if lead is None:
            return None
        table[k], table[lead] = table[lead], table[k]
        table[k] = [x / table[k][k] for x in table[k]]
        for i in range(n):
            if i != k and table[i][k] != 0:
                factor = table[i][k]
                table[i] = [x - factor * y for x, y in zip(table[i], table[k], strict=True)]
    return [row[-1] for row in table]


def _value(table: list[list[Fraction]], x: Mix, y: Mix) -> Fraction:
    return sum((p * q * table[i][j] for i, p in enumerate(x) for j, q in enumerate(y)), start=Fraction(0))
