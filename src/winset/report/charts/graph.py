"""The move graph of a conflict: the status quo at the left, states by how many moves lead there, equilibria ringed."""

import math
from collections.abc import Collection, Mapping, Sequence

from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg

WIDTH, ROW, SIDE = 720.0, 58.0, 46.0
MOST = 40
Move = tuple[int, int, int]  # from state, to state, party


def move_graph(
    labels: Sequence[str], moves: Sequence[Move], parties: Sequence[str], start: int, equilibria: Collection[int]
) -> Chart | None:
    """The states that moves lead to from `start`, and the moves that improve on where they begin.

    None where there are more than `MOST` such states: a drawing of them says nothing.
    """
    layers = _layers(moves, start)
    count = sum(map(len, layers))
    if count > MOST:
        return None
    place: dict[int, tuple[float, float]] = {}
    height = max(len(layer) for layer in layers) * ROW + 20
    for n, layer in enumerate(layers):
        x = SIDE + (WIDTH - 2 * SIDE) * (n / max(len(layers) - 1, 1))
        ordered = sorted(layer, key=lambda s: _middle(s, moves, place))
        for k, state in enumerate(ordered):
            place[state] = (x, height * (k + 1) / (len(ordered) + 1))
    drawn = [move for move in moves if move[0] in place and move[1] in place]
    both = {(a, b) for a, b, _ in drawn}
    body = [
        _arrow(place[a], place[b], party, bent=(b, a) in both or abs(_at(layers, a) - _at(layers, b)) != 1)
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
        "would leave. It says what lasts, not what will happen.",
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


def _middle(state: int, moves: Sequence[Move], place: Mapping[int, tuple[float, float]]) -> float:
    """The mean height of what leads here: few crossings."""
    heights = [place[a][1] for a, b, _ in moves if b == state and a in place]
    return sum(heights) / len(heights) if heights else 0.0


def _at(layers: list[list[int]], state: int) -> int:
    return next(n for n, layer in enumerate(layers) if state in layer)


def _arrow(a: tuple[float, float], b: tuple[float, float], party: int, *, bent: bool) -> str:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    bow = min(34.0, 0.22 * length) if bent else 0.0
    middle = ((a[0] + b[0]) / 2 - uy * bow, (a[1] + b[1]) / 2 + ux * bow)
    start, end = _off(a, middle, 17), _off(b, middle, 21)
    tone = f"p{party % 8}"
    return svg.curve(start, middle, end, tone=tone, dash=DASHES[party % 4]) + svg.tip(middle, end, tone=tone)


def _off(point: tuple[float, float], toward: tuple[float, float], by: float) -> tuple[float, float]:
    dx, dy = toward[0] - point[0], toward[1] - point[1]
    length = math.hypot(dx, dy) or 1.0
    return point[0] + dx / length * by, point[1] + dy / length * by
