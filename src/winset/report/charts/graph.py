"""The move graph of a conflict: the status quo at the left, states by how many moves lead there, equilibria ringed."""

import math
from collections.abc import Collection, Sequence

from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg

WIDTH, ROW, SIDE = 720.0, 58.0, 46.0
MOST = 40
_ROUNDS = 12
Move = tuple[int, int, int]  # from state, to state, party


def move_graph(
    labels: Sequence[str], moves: Sequence[Move], parties: Sequence[str], start: int, equilibria: Collection[int],
    way: Sequence[Move] = (),
) -> Chart | None:  # fmt: skip
    """The states that moves lead to from `start`, and the moves that improve on where they begin.

    way  moves drawn heavier: a path from `start`
    None where there are more than `MOST` such states: a drawing of them says nothing.
    """
    layers = _layers(moves, start)
    count = sum(map(len, layers))
    if count > MOST:
        return None
    place: dict[int, tuple[float, float]] = {}
    height = max(len(layer) for layer in layers) * ROW + 20
    for n, layer in enumerate(uncrossed(layers, moves)):
        x = SIDE + (WIDTH - 2 * SIDE) * (n / max(len(layers) - 1, 1))
        for k, state in enumerate(layer):
            place[state] = (x, height * (k + 1) / (len(layer) + 1))
    drawn = [move for move in moves if move[0] in place and move[1] in place]
    both = {(a, b) for a, b, _ in drawn}
    body = [
        _arrow(
            place[a],
            place[b],
            party,
            bent=(b, a) in both or abs(_at(layers, a) - _at(layers, b)) != 1,
            width=3.4 if (a, b, party) in way else 1.6,
        )
        for a, b, party in drawn
    ]
    for state, (x, y) in place.items():
        if state in equilibria:
            body.append(svg.ring(x, y, 19, tone="accent"))
        body.append(svg.ring(x, y, 15, tone="ink", fill="paper"))
        body.append(svg.text(x, y + 4, labels[state][:6], size=11.5, anchor="middle", weight=600))
    x, y = place[start]
    body.append(svg.text(x, y - 24, "now", size=11, tone="soft", anchor="middle"))
    for n, party in enumerate(parties):
        at = SIDE + n * (WIDTH - 2 * SIDE) / max(len(parties), 1)
        body.append(svg.line(at - 18, height + 14, at + 4, height + 14, tone=f"p{n % 8}", width=2, dash=DASHES[n % 4]))
        body.append(svg.text(at + 10, height + 18, party[:24], size=11.5, tone=f"p{n % 8}", weight=600))
    stable = [labels[s] for s in equilibria if s in place]
    title = (
        f"From where things stand, {words.count(count - 1, 'other state')} can be reached; "
        + (f"{words.several(stable)} would last" if stable else "none of them would last")
    )  # fmt: skip
    rows = tuple(
        tuple(Cell(line=(one,)) for one in (labels[a], labels[b], parties[party])) for a, b, party in sorted(drawn)
    )
    return Chart(
        id="move-graph", title=title,
        reading="An arrow is a move that the party making it prefers to staying; ringed twice are states that nobody "
        "would leave" + ("; heavy arrows are the shortest way to one" if way else "") + ". It says what lasts, not what "
        "will happen.",
        description="; ".join(f"{labels[a]} to {labels[b]} by {parties[p]}" for a, b, p in sorted(drawn)[:30]),
        svg=svg.frame(WIDTH, height + 30, body, label=title),
        data=Table(caption="Moves that the mover prefers", head=("From", "To", "By"), rows=rows),
    )  # fmt: skip


DASHES = ("", "7 3", "2 3", "9 3 2 3")


def _layers(moves: Sequence[Move], start: int) -> list[list[int]]:
    onward: dict[int, list[int]] = {}
    for a, b, _ in moves:
        onward.setdefault(a, []).append(b)
    seen, layers = {start}, [[start]]
    while True:
        nearer = [b for a in layers[-1] for b in onward.get(a, ())]
        found = [b for b in dict.fromkeys(nearer) if b not in seen]
        if not found:
            return layers
        seen.update(found)
        layers.append(found)


def uncrossed(layers: list[list[int]], moves: Sequence[Move]) -> list[list[int]]:
    """The layers with their states in an order that lets few moves between neighbouring layers cross.

    Each layer is ordered by the mean place of what its states are joined to, forth and back; the best round is kept.
    """
    joined = {frozenset((a, b)) for a, b, _ in moves if a != b}
    near: dict[int, list[int]] = {}
    for a, b in (tuple(one) for one in joined):
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    now = [list(layer) for layer in layers]
    best, fewest = now, crossings(now, moves)
    for turn in range(_ROUNDS):
        order = range(1, len(now)) if turn % 2 == 0 else range(len(now) - 2, -1, -1)
        now = [list(layer) for layer in now]
        for n in order:
            beside = now[n - 1] if turn % 2 == 0 else now[n + 1]
            at = {state: k for k, state in enumerate(beside)}
            now[n].sort(key=lambda s, at=at: _mean([at[t] for t in near.get(s, ()) if t in at]))  # type: ignore[misc]
        found = crossings(now, moves)
        if found < fewest:
            best, fewest = now, found
    return best


def crossings(layers: list[list[int]], moves: Sequence[Move]) -> int:
    """How many pairs of joined states of neighbouring layers cross."""
    at = {state: (n, k) for n, layer in enumerate(layers) for k, state in enumerate(layer)}
    found = 0
    pairs: dict[int, set[tuple[int, int]]] = {}
    for a, b, _ in moves:
        if a in at and b in at and abs(at[a][0] - at[b][0]) == 1:
            low, high = sorted((at[a], at[b]))
            pairs.setdefault(low[0], set()).add((low[1], high[1]))
    for ends in pairs.values():
        listed = list(ends)
        found += sum((a - c) * (b - d) < 0 for n, (a, b) in enumerate(listed) for c, d in listed[:n])
    return found


def _mean(places: Sequence[int]) -> float:
    return sum(places) / len(places) if places else 0.0


def _at(layers: list[list[int]], state: int) -> int:
    return next(n for n, layer in enumerate(layers) if state in layer)


def _arrow(a: tuple[float, float], b: tuple[float, float], party: int, *, bent: bool, width: float) -> str:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    bow = min(34.0, 0.22 * length) if bent else 0.0
    middle = ((a[0] + b[0]) / 2 - uy * bow, (a[1] + b[1]) / 2 + ux * bow)
    start, end = _off(a, middle, 17), _off(b, middle, 21)
    tone = f"p{party % 8}"
    return svg.curve(start, middle, end, tone=tone, dash=DASHES[party % 4], width=width) + svg.tip(
        middle, end, tone=tone
    )


def _off(point: tuple[float, float], toward: tuple[float, float], by: float) -> tuple[float, float]:
    dx, dy = toward[0] - point[0], toward[1] - point[1]
    length = math.hypot(dx, dy) or 1.0
    return point[0] + dx / length * by, point[1] + dy / length * by
