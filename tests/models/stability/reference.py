"""Stability straight from the definitions, by sets and recursion: slow, and sharing no code with the models."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True)
class Plain:
    """arcs[i][s] = states i can reach from s; v[i][s] larger is better."""

    arcs: list[list[set[int]]]
    v: list[list[int]]

    @property
    def parties(self) -> range:
        return range(len(self.v))

    @property
    def states(self) -> range:
        return range(len(self.v[0]))


def sequences(start: int, movers: Iterable[int], step: Callable[[int, int], set[int]], single: bool) -> set[int]:
    """Where legal sequences of at least one step lead: nobody moves twice running."""
    movers = list(movers)
    reached: set[tuple[int, int]] = set()

    def follow() -> None:
        todo = [(start, -1)]
        while todo:
            s, last = todo.pop()
            for j in movers:
                if j != last:
                    for t in step(j, s):
                        if (t, j) not in reached:
                            reached.add((t, j))
                            if not single:
                                todo.append((t, j))

    follow()
    return {t for t, _ in reached}


def stable(g: Plain, concept: str, i: int, s: int, single: bool = False) -> bool:
    v = g.v[i]
    others = [j for j in g.parties if j != i]
    gains = [t for t in g.arcs[i][s] if v[t] > v[s]]

    def move(j: int, x: int) -> set[int]:
        return g.arcs[j][x]

    def improve(j: int, x: int) -> set[int]:
        return {t for t in g.arcs[j][x] if g.v[j][t] > g.v[j][x]}

    def safe(r: int) -> bool:
        return v[r] <= v[s] and all(v[q] <= v[s] for q in g.arcs[i][r])

    if concept == "nash":
        return not gains
    if concept == "gmr":
        return all(any(v[r] <= v[s] for r in sequences(t, others, move, single)) for t in gains)
    if concept == "smr":
        return all(any(safe(r) for r in sequences(t, others, move, single)) for t in gains)
    if concept == "seq":
        return all(any(v[r] <= v[s] for r in sequences(t, others, improve, single)) for t in gains)
    if concept == "symmetric_seq":
        return all(any(safe(r) for r in sequences(t, others, improve, single)) for t in gains)
    if concept == "sim":
        j = others[0]
        return all(any(v[h] <= v[s] for r in improve(j, s) for h in g.arcs[j][t] & g.arcs[i][r]) for t in gains)
    if concept == "policy":
        # the largest set of states, none better than s, to which the others can bring i back whatever it does
        kept = {x for x in g.states if v[x] <= v[s]}
        while True:
            new = {
                y for y in kept
                if all(v[x] <= v[s] or sequences(x, others, move, single) & kept for x in g.arcs[i][y])
            }  # fmt: skip
            if new == kept:
                return s in kept
            kept = new
    name, _, text = concept.partition(":")
    h = int(text)
    if name == "maximin":

        def counted(x: int, mine: bool, left: int) -> int:
            if left == 0:
                return v[x]
            if mine:
                return max([v[x], *(counted(y, False, left - 1) for y in g.arcs[i][x])])
            return min([v[x], *(counted(y, True, left - 1) for y in sequences(x, others, move, single))])

        return all(counted(t, False, h - 1) <= v[s] for t in g.arcs[i][s])
    assert name == "limited_move"
    return foreseen(g, i, s, h) == s


def foreseen(g: Plain, i: int, s: int, h: int) -> int:
    """Where i expects play to end if it is to move at s and looks h moves ahead."""
    if h == 0:
        return s
    best = s
    for t in sorted(g.arcs[i][s]):
        ends = [e for j in g.parties if j != i and (e := foreseen(g, j, t, h - 1)) != t]
        end = min(ends, key=lambda e: g.v[i][e]) if ends else t
        if g.v[i][end] > g.v[i][best]:
            best = end
    return best


def subsets(parties: Iterable[int]) -> list[tuple[int, ...]]:
    parties = list(parties)
    return [c for k in range(1, len(parties) + 1) for c in combinations(parties, k)]
