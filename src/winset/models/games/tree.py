"""A game as a tree of moves: backward induction, and its strategic form."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError, TooLarge

Number: TypeAlias = float | Fraction
Payoffs: TypeAlias = tuple[Number, ...]
Path: TypeAlias = tuple[str, ...]
_MOST_CELLS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One point of decision.

    mover    player from 0, or None where chance moves with `chances`, one an action, adding to 1
    actions  (name, what follows): another Move, or the payoffs of the end, one a player
    knows    name of the information set; moves of one player that share it are not told apart. By default each is known
    """

    mover: int | None
    actions: tuple[tuple[str, "Move | Payoffs"], ...]
    chances: tuple[Number, ...] | None = None
    knows: str | None = None

    def __post_init__(self) -> None:
        if not self.actions or len({name for name, _ in self.actions}) != len(self.actions):
            raise ModelError(f"a move needs actions with different names, got {[name for name, _ in self.actions]}")
        if self.mover is None:
            weights = self.chances or ()
            if len(weights) != len(self.actions) or min(weights) < 0 or abs(float(sum(weights)) - 1) > 1e-9:
                raise ModelError(f"chance needs a probability an action, adding to 1, got {list(weights)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Induced:
    """payoffs  of the subgame-perfect play;  plan  path of actions taken so far -> action;  unique  False where somewhere
    a mover is indifferent: then the first of its best actions is taken"""

    payoffs: Payoffs
    plan: dict[Path, str]
    unique: bool

    def path(self, root: Move) -> Path:
        """The actions played from the root to the end. Raises ModelError where chance moves on the way."""
        node: Move | Payoffs = root
        taken: Path = ()
        while isinstance(node, Move):
            if node.mover is None:
                raise ModelError("a game in which chance moves has no one path of play")
            name = self.plan[taken]
            node = dict(node.actions)[name]
            taken = (*taken, name)
        return taken


def backward_induction(root: Move) -> Induced:
    """Subgame-perfect equilibrium of a game in which everybody knows what was done before.

    Raises ModelError where two moves share an information set. Source: Zermelo 1913; Selten 1965.
    """
    seen: set[str] = set()
    plan: dict[Path, str] = {}
    unique = True
    done: dict[Path, Payoffs] = {}
    stack: list[tuple[Path, Move, bool]] = [((), root, False)]
    while stack:  # an explicit stack: a tree may be deeper than Python's own
        path, node, ready = stack.pop()
        if not ready:
            if node.knows is not None and node.knows in seen:
                raise ModelError(f"backward induction needs every move known; {node.knows!r} is shared by two")
            seen |= {node.knows} if node.knows is not None else set()
            stack.append((path, node, True))
            stack += [((*path, name), after, False) for name, after in node.actions if isinstance(after, Move)]
            continue
        ends = [done.pop((*path, name)) if isinstance(after, Move) else after for name, after in node.actions]
        if node.mover is None:
            assert node.chances is not None
            done[path] = tuple(
                sum((p * end[i] for p, end in zip(node.chances, ends, strict=True)), start=Fraction(0) * ends[0][i])
                for i in range(len(ends[0]))
            )
            continue
        worth = [end[node.mover] for end in ends]
        best = worth.index(max(worth))
        unique &= worth.count(worth[best]) == 1
        plan[path] = node.actions[best][0]
        done[path] = ends[best]
    return Induced(payoffs=done[()], plan=plan, unique=unique)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StrategicForm:
    """strategies  for each player, its plans: {information set: action};  payoffs  (players, plans of 1, plans of 2, ...)
    of exact numbers"""

    strategies: tuple[tuple[dict[str, str], ...], ...]
    payoffs: NDArray[np.object_]


def strategic_form(root: Move, players: int) -> StrategicForm:
    """Every plan of every player against every other. Raises TooLarge beyond a million cells."""
    sets: list[dict[str, tuple[str, ...]]] = [{} for _ in range(players)]
    for path, node in _moves(root):
        if node.mover is not None:
            names = tuple(name for name, _ in node.actions)
            known = sets[node.mover].setdefault(node.knows or "/".join(path), names)
            if known != names:
                raise ModelError(f"moves of one information set have the same actions, got {known} and {names}")
    plans = [tuple(dict(zip(one, chosen, strict=True)) for chosen in itertools.product(*one.values())) for one in sets]
    cells = int(np.prod([len(p) for p in plans], dtype=float))
    if cells * players > _MOST_CELLS:
        raise TooLarge(
            f"{cells:,} combinations of plans for {players} players; {_MOST_CELLS:,} numbers are written out"
        )
    payoffs = np.empty((players, *(len(p) for p in plans)), dtype=object)
    for spot in itertools.product(*(range(len(p)) for p in plans)):
        chosen = [plans[i][k] for i, k in enumerate(spot)]
        for i, value in enumerate(_expected(root, chosen, ())):
            payoffs[(i, *spot)] = value
    return StrategicForm(strategies=tuple(plans), payoffs=payoffs)


def _moves(root: Move) -> Iterator[tuple[Path, Move]]:
    stack: list[tuple[Path, Move]] = [((), root)]
    while stack:
        path, node = stack.pop()
        yield path, node
        stack += [((*path, name), after) for name, after in reversed(node.actions) if isinstance(after, Move)]


def _expected(node: Move | Payoffs, plans: list[dict[str, str]], path: Path) -> Payoffs:
    if not isinstance(node, Move):
        return tuple(Fraction(x) for x in node)
    if node.mover is not None:
        name = plans[node.mover][node.knows or "/".join(path)]
        return _expected(dict(node.actions)[name], plans, (*path, name))
    assert node.chances is not None
    parts = [_expected(after, plans, (*path, name)) for name, after in node.actions]
    return tuple(
        sum((Fraction(p) * part[i] for p, part in zip(node.chances, parts, strict=True)), start=Fraction(0))
        for i in range(len(parts[0]))
    )
