"""What can come of the present state, and by which moves."""

from collections import deque
from dataclasses import dataclass

from winset.errors import TooLarge
from winset.models.stability.conflict import MOST_LISTED, Conflict
from winset.models.stability.proof import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusQuo:
    """paths[state] a shortest legal sequence from `start`: by improvements of each mover, or by any moves."""

    start: int
    by_improvements: dict[int, tuple[Step, ...]]
    by_moves: dict[int, tuple[Step, ...]]


def status_quo(conflict: Conflict, start: int) -> StatusQuo:
    """Every state that can be reached from `start`, nobody moving twice running; `start` itself has the empty path.

    Raises TooLarge past 4,096 states. Source: Li, Kilgour and Hipel 2005, Journal of the Operational Research Society 56.
    """
    n = len(conflict.labels)
    if n > MOST_LISTED:
        raise TooLarge(f"paths through {n:,} states are not listed, at most through {MOST_LISTED:,}; rule out states")
    return StatusQuo(
        start=start, by_improvements=_paths(conflict, start, True), by_moves=_paths(conflict, start, False)
    )


def _paths(conflict: Conflict, start: int, improving: bool) -> dict[int, tuple[Step, ...]]:
    found: dict[int, tuple[Step, ...]] = {start: ()}
    paths: dict[tuple[int, int], tuple[Step, ...]] = {}
    todo: deque[tuple[int, int]] = deque([(start, -1)])
    while todo:
        here = todo.popleft()
        for j, moves in enumerate(conflict.moves):
            if j == here[1]:
                continue
            v = conflict.worth[j]
            for t in moves.targets(here[0]):
                if (improving and not v[t] > v[here[0]]) or (t, j) in paths:
                    continue
                paths[t, j] = (*paths.get(here, ()), Step(j, t))
                found.setdefault(t, paths[t, j])
                todo.append((t, j))
    return found
