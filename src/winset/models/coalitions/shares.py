"""What coalitions can get, and how to share it: core, nucleolus, Shapley value; who would rather leave. Exact.

Linear programmes are solved in floating point (HiGHS); the coalitions that hold at the answer then give a system of
equations that is solved in fractions, and the answer is checked in fractions against every coalition.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import factorial

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.quiet import quietly

MOST = 12  # players: 4,095 coalitions
NEAR = 1e-7
LISTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """Worth of every coalition; coalition k has player i where bit i of k is set, worth[0] is 0.

    Raises ModelError where players occur twice, are too many, or worths do not fit.
    """

    players: tuple[str, ...]
    worth: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        n = len(self.players)
        if not 1 <= n <= MOST:
            raise ModelError(f"{n} players; shares are computed for 1 to {MOST}")
        if len(set(self.players)) < n:
            twice = next(p for i, p in enumerate(self.players) if p in self.players[:i])
            raise ModelError(f"the player {twice!r} occurs twice; give the second another name")
        if len(self.worth) != 1 << n or self.worth[0] != 0:
            raise ModelError(f"{len(self.worth)} worths for {1 << n} coalitions, the empty one of which is worth 0")

    def members(self, coalition: int) -> tuple[str, ...]:
        """Names, in the order of the players."""
        return tuple(p for i, p in enumerate(self.players) if coalition >> i & 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """A division that no coalition would leave; or weights on coalitions that prove that there is none.

    `needed` is the least that all together must be worth for a stable division. `point` divides it; it lies in the core
    where needed equals the worth of all, and shows the way where it is more. `balance` are coalitions with weights in
    which every player occurs once in all: their weighted worth is `needed`, so less cannot do (Bondareva, Shapley).
    """

    empty: bool
    needed: Fraction
    point: tuple[Fraction, ...]
    balance: tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaver:
    """A coalition that could get more on its own than a division gives it."""

    coalition: int
    worth: Fraction
    gets: Fraction


def _solved(rows: list[list[Fraction]], values: list[Fraction]) -> list[Fraction] | None:
    """The solution of a system with as many independent rows as unknowns, None where it has none or many."""
    if not rows:
        return None
    table = [[*row, value] for row, value in zip(rows, values, strict=True)]
    width, rank = len(rows[0]), 0
    for column in range(width):
        pivot = next((r for r in range(rank, len(table)) if table[r][column] != 0), None)
        if pivot is None:
            return None
        table[rank], table[pivot] = table[pivot], table[rank]
        head = table[rank][column]
        table[rank] = [v / head for v in table[rank]]
        for r in range(len(table)):
            if r != rank and table[r][column] != 0:
                times = table[r][column]
                table[r] = [a - times * b for a, b in zip(table[r], table[rank], strict=True)]
        rank += 1
    if any(row[-1] != 0 for row in table[rank:]):
        return None
    return [row[-1] for row in table[:width]]


def _bits(n: int) -> NDArray[np.float64]:
    return (np.arange(1 << n)[:, None] >> np.arange(n) & 1).astype(float)


def sums(division: tuple[Fraction, ...]) -> list[Fraction]:
    """What every coalition gets under a division."""
    total = [Fraction(0)] * (1 << len(division))
    for i, share in enumerate(division):
        for k in range(1 << i):
            total[k | 1 << i] = total[k] + share
    return total


def _row(coalition: int, n: int) -> list[Fraction]:
    return [Fraction(coalition >> i & 1) for i in range(n)]


def core(game: Game) -> Core:
    """Whether the core is empty, with a certificate in fractions either way. Raises ModelError where none was found."""
    n, v = len(game.players), game.worth
    if n == 1:
        return Core(empty=False, needed=v[1], point=(v[1],), balance=((1, Fraction(1)),))
    smaller = range(1, (1 << n) - 1)
    bits, worth = _bits(n), np.array([float(x) for x in v])
    scale = float(np.abs(worth).max()) or 1.0
    from scipy.optimize import linprog  # slow to import, and needed by few

    with quietly():
        found = linprog(np.ones(n), A_ub=-bits[1:-1], b_ub=-worth[1:-1] / scale, bounds=(None, None), method="highs-ds")
    if found.x is None:
        raise ModelError(f"no least worth was found ({found.message}); state worths of similar size")
    weights = -np.asarray(found.ineqlin.marginals)
    tight = [k for k in smaller if bits[k] @ found.x - worth[k] / scale <= NEAR]
    support = [k for k in smaller if weights[k - 1] > NEAR]
    x = _solved([_row(k, n) for k in tight], [v[k] for k in tight]) or _solved(
        [_row(k, n) for k in support], [v[k] for k in support])  # fmt: skip
    balance = _solved([[Fraction(k >> i & 1) for k in support] for i in range(n)], [Fraction(1)] * n)
    if x is not None and balance is not None:
        needed = sum(x, Fraction(0))
        held = sums(tuple(x))
        proven = sum((w * v[k] for w, k in zip(balance, support, strict=True)), Fraction(0))
        if all(held[k] >= v[k] for k in smaller) and min(balance) >= 0 and proven == needed:
            whole = v[-1]
            if needed <= whole:  # what is left over is shared alike, which makes nobody want to leave
                x = [a + (whole - needed) / n for a in x]
            return Core(empty=needed > whole, needed=needed, point=tuple(x),
                        balance=tuple(zip(support, balance, strict=True)))  # fmt: skip
    raise ModelError("the core could be found only approximately: worths differ too much in size for a certificate")


def nucleolus(game: Game) -> tuple[Fraction, ...]:
    """The imputation whose largest complaint is smallest, then the next largest, and so on (Schmeidler 1969).

    A complaint is what a coalition is worth less what it gets. By one linear programme a level (Maschler, Peleg and
    Shapley 1979), then in fractions. Raises ModelError where nobody can get as much as alone.
    """
    from scipy.optimize import linprog  # as above

    n, v = len(game.players), game.worth
    alone = sum((v[1 << i] for i in range(n)), Fraction(0))
    if alone > v[-1]:
        raise ModelError(
            f"alone the players are worth {float(alone):g}, together {float(v[-1]):g}: there is no division that "
            "all accept, so no nucleolus"
        )
    if n == 1 or alone == v[-1]:
        return tuple(v[1 << i] for i in range(n))
    bits, worth = _bits(n), np.array([float(x) for x in v])
    scale = float(np.abs(worth).max()) or 1.0
    worth = worth / scale
    lower = worth[[1 << i for i in range(n)]]
    settled: list[tuple[int, int | None]] = []  # coalition, level; None: held at what a player gets alone
    levels: list[float] = []
    basis = [np.ones(n)]
    while np.linalg.matrix_rank(np.array(basis)) < n:
        rank = np.linalg.matrix_rank(np.array(basis))
        done = {k for k, _ in settled}
        # coalitions whose share follows from settled ones cannot move any more, and say nothing
        open_ = [
            k for k in range(1, (1 << n) - 1)
            if k not in done and np.linalg.matrix_rank(np.array([*basis, bits[k]])) > rank
        ]  # fmt: skip
        a_ub = np.column_stack([-bits[open_], np.ones(len(open_))])
        a_eq = np.column_stack([np.array([np.ones(n), *(bits[k] for k, _ in settled)]), np.zeros(1 + len(settled))])
        b_eq = np.array([worth[-1], *(worth[k] + (0.0 if level is None else levels[level]) for k, level in settled)])
        with quietly():
            found = linprog([0.0] * n + [-1.0], A_ub=a_ub, b_ub=-worth[open_], A_eq=a_eq, b_eq=b_eq,
                            bounds=[*((low, None) for low in lower), (None, None)], method="highs-ds")  # fmt: skip
        if found.x is None:
            raise ModelError(f"no nucleolus was found ({found.message}); state worths of similar size")
        pressing = np.asarray(found.ineqlin.marginals) < -NEAR
        bound = [i for i in range(n) if np.asarray(found.lower.marginals)[i] > NEAR]
        levels.append(float(found.x[-1]))
        if not (pressing.any() or bound):
            raise ModelError("the nucleolus could be found only approximately: worths differ too much in size")
        for k in (k for k, p in zip(open_, pressing, strict=True) if p):
            settled.append((k, len(levels) - 1))
            basis.append(bits[k])
        for i in bound:
            settled.append((1 << i, None))
            basis.append(bits[1 << i])
    return _exactly(game, settled)


def _exactly(game: Game, settled: list[tuple[int, int | None]]) -> tuple[Fraction, ...]:
    """Shares and levels from the settled coalitions, in fractions."""
    n, v = len(game.players), game.worth
    used = list(dict.fromkeys(level for _, level in settled if level is not None))
    rows, values = [[Fraction(1)] * n + [Fraction(0)] * len(used)], [v[-1]]
    for k, level in settled:
        rows.append(_row(k, n) + [Fraction(-1 if one == level else 0) for one in used])
        values.append(v[k])
    found = _solved(rows, values)
    if found is None:
        raise ModelError("the nucleolus could be found only approximately: worths differ too much in size")
    return tuple(found[:n])


def shapley(game: Game) -> tuple[Fraction, ...]:
    """What each adds, averaged over all orders of joining (Shapley 1953)."""
    n, v = len(game.players), game.worth
    weight = [Fraction(factorial(k) * factorial(n - 1 - k), factorial(n)) for k in range(n)]
    return tuple(
        sum((weight[k.bit_count()] * (v[k | 1 << i] - v[k]) for k in range(1 << n) if not k >> i & 1), Fraction(0))
        for i in range(n)
    )


def leavers(game: Game, division: tuple[Fraction, ...]) -> tuple[Leaver, ...]:
    """Coalitions that would get more on their own, the largest gain first, then the smallest coalition."""
    if len(division) != len(game.players):
        raise ModelError(f"{len(division)} shares for {len(game.players)} players")
    held = sums(division)
    found = [Leaver(coalition=k, worth=game.worth[k], gets=held[k])
             for k in range(1, len(held) - 1) if game.worth[k] > held[k]]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.gets - one.worth, one.coalition.bit_count(), one.coalition)))
