"""A space of options as a diagram: issue by issue, which choices are still possible and what each adds.

What earlier choices leave open (a table over several issues, a box, the largest or smallest of boxes, a forbidden
combination) is a state; choices that leave the same open lead to one node. Issues that nothing ties have one node.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from winset.models.bargaining.problem import Array, Box, Extreme, Interaction, Problem

MOST_EDGES = 60_000
"""Edges of a diagram; beyond, what ties issues least is left out and bounded."""

Places = NDArray[np.intp]
State = Hashable
Step = tuple[State, float]  # what is left open (None: nothing) and what is settled by now; -inf where that is ruled out


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """One issue. Edges take the option at `place`, go from a node to one of the next layer and add `worth` (parties, edges)."""

    issue: int
    before: int
    after: int
    source: Places
    target: Places
    place: Places
    worth: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Diagram:
    """layers from the first node to the last; none where nothing is possible.

    low, high  (parties,) what the parts left out add at least and at most
    ignored    combinations at most that a forbidden pattern left out rules out
    """

    layers: tuple[Layer, ...]
    low: Array
    high: Array
    ignored: int

    @property
    def whole(self) -> bool:
        """Whether nothing was left out."""
        return self.ignored == 0 and bool((self.low == self.high).all())


def diagram(problem: Problem) -> Diagram:
    """The diagram of a problem over options, its constants left out."""
    parts = _parts(problem)
    low, high, ignored = np.zeros(len(problem.parties)), np.zeros(len(problem.parties)), 0
    left: list[_Part] = []
    for part in parts:
        if part.issues:
            left.append(part)
        elif part.party is None:
            return Diagram(layers=(), low=low, high=high, ignored=0)  # a pattern without issues rules out everything
        else:
            low[part.party] += part.low
            high[part.party] += part.high
    while True:
        layers, open_parts = _built(problem, left)
        if layers is not None:
            return Diagram(layers=layers, low=low, high=high, ignored=ignored)
        out = sorted(open_parts, key=lambda part: part.effect)[: -(-len(open_parts) // 4)]
        left = [part for part in left if not any(part is one for one in out)]
        for part in out:
            if part.party is None:
                ignored += part.size
            else:
                low[part.party] += part.low
                high[part.party] += part.high


@dataclass(kw_only=True, eq=False)
class _Part(ABC):
    """What ties issues. party None where it rules out; low, high: what it adds at least and at most;
    effect: how much there is to lose by leaving it out, 0..1; size: combinations that it rules out."""

    issues: frozenset[int]
    party: int | None
    low: float
    high: float
    effect: float
    size: int = 0
    moves: dict[tuple[State, int, int], Step] = field(default_factory=dict)

    @abstractmethod
    def first(self) -> State:
        """What is open before any choice."""

    @abstractmethod
    def move(self, state: State, issue: int, place: int) -> Step:
        """What is open once an issue takes the option at `place`, and what that adds."""

    def after(self, state: State, issue: int, place: int) -> Step:
        """The same, looked up where it was asked before."""
        key = state, issue, place
        if key not in self.moves:
            self.moves[key] = self.move(state, issue, place)
        return self.moves[key]


@dataclass(kw_only=True, eq=False)
class _Boxed(_Part):
    """A box of a party or a forbidden combination: the state is how many of its issues are still to be met."""

    places: dict[int, frozenset[int]]
    worth: float

    def first(self) -> State:
        return len(self.places)

    def move(self, state: State, issue: int, place: int) -> Step:
        assert isinstance(state, int)
        if place not in self.places[issue]:
            return None, 0.0
        return (state - 1, 0.0) if state > 1 else (None, self.worth)


@dataclass(kw_only=True, eq=False)
class _Tied(_Part):
    """A table over several issues: the state is what is left of it, told apart by its numbers."""

    table: Array
    order: tuple[int, ...]
    known: dict[State, tuple[tuple[int, ...], Array]] = field(default_factory=dict)

    def first(self) -> State:
        return self._kept(self.order, self.table)

    def _kept(self, issues: tuple[int, ...], table: Array) -> State:
        key = issues, table.tobytes()
        self.known[key] = issues, table
        return key

    def move(self, state: State, issue: int, place: int) -> Step:
        issues, table = self.known[state]
        axis = issues.index(issue)
        rest = np.ascontiguousarray(np.take(table, place, axis=axis))
        if rest.min() == rest.max():
            return None, float(rest.min())
        return self._kept((*issues[:axis], *issues[axis + 1 :]), rest), 0.0


@dataclass(kw_only=True, eq=False)
class _Grouped(_Part):
    """The largest or smallest of boxes: the state is the best of those settled, and those still open.

    fixed  the best of the boxes that hold every outcome; None without one
    """

    group: Extreme
    fixed: float | None

    def first(self) -> State:
        return self.fixed, tuple((n, len(box.places)) for n, box in enumerate(self.group.boxes))

    def move(self, state: State, issue: int, place: int) -> Step:
        assert isinstance(state, tuple)
        pick = max if self.group.how == "max" else min
        best, waiting = state
        left = []
        for n, missing in waiting:
            box = self.group.boxes[n]
            if issue not in box.places:
                left.append((n, missing))
                continue
            held = place in box.places[issue]
            if held and missing > 1:
                left.append((n, missing - 1))
                continue
            worth = box.worth if held else 0.0
            best = worth if best is None else pick(best, worth)
        if best is not None:  # a box that can change nothing any more is settled
            left = [(n, m) for n, m in left if pick(best, self.group.boxes[n].worth) != best or pick(best, 0.0) != best]
        return ((best, tuple(left)), 0.0) if left else (None, float(best or 0.0))


def _parts(problem: Problem) -> list[_Part]:
    found: list[_Part] = []
    for pattern in problem.forbidden:
        share = math.prod(len(set(places)) / len(problem.issues[i].values) for i, places in pattern.items())
        size = math.prod(len(set(pattern.get(i, issue.values))) for i, issue in enumerate(problem.issues))
        found.append(
            _Boxed(
                issues=frozenset(pattern), party=None, low=0.0, high=0.0, effect=share, size=size,
                places={i: frozenset(places) for i, places in pattern.items()}, worth=-math.inf,
            )
        )  # fmt: skip
    for at, utility in enumerate(problem.utilities):
        own: list[_Part] = [_tied(at, part) for part in utility.interactions]
        own += [_boxed(at, box) for box in utility.boxes]
        own += [_grouped(at, group) for group in utility.extremes]
        span = sum(float(np.ptp(np.asarray(t))) for t in utility.tables) + sum(one.high - one.low for one in own)
        for one in own:
            one.effect = (one.high - one.low) / span if span > 0 else 0.0
        found += own
    return found


def _tied(party: int, part: Interaction) -> _Part:
    table = np.ascontiguousarray(part.table, dtype=float)
    return _Tied(
        issues=frozenset(part.issues), party=party, low=float(table.min()), high=float(table.max()), effect=0.0,
        table=table, order=part.issues,
    )  # fmt: skip


def _boxed(party: int, box: Box) -> _Part:
    always = not box.places
    return _Boxed(
        issues=frozenset(box.places), party=party, low=box.worth if always else min(0.0, box.worth),
        high=box.worth if always else max(0.0, box.worth), effect=0.0,
        places={i: frozenset(places) for i, places in box.places.items()}, worth=box.worth,
    )  # fmt: skip


def _grouped(party: int, group: Extreme) -> _Part:
    pick = max if group.how == "max" else min
    always = [box.worth for box in group.boxes if not box.places]
    rest = Extreme(how=group.how, boxes=tuple(box for box in group.boxes if box.places))
    ends = [0.0, *(box.worth for box in rest.boxes)] if rest.boxes or not always else []
    if always:
        ends = [pick(always), *(pick(pick(always), end) for end in ends)]
    return _Grouped(
        issues=_of(rest), party=party, low=min(ends), high=max(ends), effect=0.0, group=rest,
        fixed=pick(always) if always else None,
    )  # fmt: skip


def _of(group: Extreme) -> frozenset[int]:
    return frozenset(i for box in group.boxes for i in box.places)


def _order(sizes: Sequence[int], parts: Sequence[_Part]) -> list[int]:
    """Tied issues first and last, where few sums are told apart, those that nothing ties between them."""
    groups: list[set[int]] = []
    for part in parts:
        met = [group for group in groups if group & part.issues]
        groups = [group for group in groups if not any(group is one for one in met)]
        groups.append(set(part.issues).union(*met))
    groups.sort(key=lambda group: (-len(group), min(group)))
    tied = [_little_open(group, sizes, [part for part in parts if part.issues <= group]) for group in groups]
    free = sorted(set(range(len(sizes))).difference(*groups))
    return [k for own in (*tied[::2], free, *tied[1::2]) for k in own]


def _little_open(group: set[int], sizes: Sequence[int], parts: Sequence[_Part]) -> list[int]:
    """Issues tied to each other, so that little is open at a time: next is always the one after which least is."""
    left, done, found = set(group), set[int](), list[int]()

    def opened(part: _Part, seen: set[int]) -> float:
        met = part.issues & seen
        if not met or met == part.issues:
            return 0.0
        return sum(math.log(sizes[i]) for i in met) if isinstance(part, _Tied) else math.log(2)

    while left:
        grown = {
            k: sum(opened(part, done | {k}) - opened(part, done) for part in parts if k in part.issues) for k in left
        }
        best = min(left, key=lambda k: (grown[k], k))
        left.discard(best)
        done.add(best)
        found.append(best)
    return found


def _untied(issue: int, nodes: int, tables: Array) -> Layer:
    """An issue that nothing ties: every option from each node to the same node. tables (parties, options)"""
    node = np.repeat(np.arange(nodes), tables.shape[1])
    return Layer(
        issue=issue, before=nodes, after=nodes, source=node, target=node,
        place=np.tile(np.arange(tables.shape[1]), nodes), worth=np.tile(tables, nodes),
    )  # fmt: skip


def _built(problem: Problem, parts: Sequence[_Part]) -> tuple[tuple[Layer, ...] | None, list[_Part]]:
    """The layers; None where there are too many edges, with the parts that were open there."""
    sizes, n = problem.shape, len(problem.parties)
    tables = [[np.asarray(u.tables[k], dtype=float) for u in problem.utilities] for k in range(len(sizes))]
    seen: set[int] = set()
    nodes: dict[tuple[State, ...], int] = {(): 0}
    active: list[_Part] = []
    layers: list[Layer] = []
    tied = 0  # edges beyond those that the issues would have by themselves
    for k in _order(sizes, parts):
        seen.add(k)
        touched = [part for part in parts if k in part.issues]
        if not touched:  # nodes stay as they are
            layer = _untied(k, len(nodes), np.array(tables[k]))
            tied += len(layer.source) - sizes[k]
            if tied > MOST_EDGES:
                return None, active
            layers.append(layer)
            continue
        every = active + [part for part in touched if not any(part is one for one in active)]
        kept = [at for at, part in enumerate(every) if not part.issues <= seen]
        here = [at for at, part in enumerate(every) if k in part.issues]
        extra = tuple(part.first() for part in every[len(active) :])
        after: dict[tuple[State, ...], int] = {}
        source, target, places = [], [], []
        added: list[list[float]] = [[] for _ in range(n)]
        for states, node in nodes.items():
            full = states + extra
            for place in range(sizes[k]):
                now = list(full)
                more = [0.0] * n
                ruled_out = False
                for at in here:
                    if now[at] is None:
                        continue
                    now[at], settled = every[at].after(now[at], k, place)
                    party = every[at].party
                    if party is None:
                        ruled_out |= settled == -math.inf
                    else:
                        more[party] += settled
                if ruled_out:
                    continue
                to = after.setdefault(tuple(now[at] for at in kept), len(after))
                source.append(node)
                target.append(to)
                places.append(place)
                for own, value in zip(added, more, strict=True):
                    own.append(value)
            if tied + len(source) - sizes[k] > MOST_EDGES:
                return None, [every[at] for at in kept] or every
        tied += max(0, len(source) - sizes[k])
        chosen = np.array(places, dtype=np.intp)
        worth = np.array([t[chosen] + np.array(a) for t, a in zip(tables[k], added, strict=True)]).reshape(n, -1)
        layers.append(
            Layer(
                issue=k, before=len(nodes), after=len(after), source=np.array(source, dtype=np.intp),
                target=np.array(target, dtype=np.intp), place=chosen, worth=worth,
            )
        )  # fmt: skip
        if not after:
            return (), []
        nodes, active = after, [every[at] for at in kept]
    return tuple(layers), []
