"""The deal space of two parties: outcomes as faint dots, the frontier as a line, the zone shaded, points by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 640.0, 440.0, 58.0, 24.0, 34.0, 48.0
MOST_DOTS = 1_500
Point = tuple[float, float]
Window = tuple[Point, Point]
"""What is shown of each axis: (low, high) across, (low, high) up."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The plane of a picture: which worths it shows, and where on the drawing they lie."""

    across: Point
    up: Point

    @classmethod
    def of(cls, points: Sequence[Point], window: Window | None = None) -> "Frame":
        """One that holds all the points, or just the window."""
        return cls(*window) if window else cls(_ends([p[0] for p in points]), _ends([p[1] for p in points]))

    def x(self, value: float) -> float:
        low, high = self.across
        return LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / (high - low)

    def y(self, value: float) -> float:
        low, high = self.up
        return TOP + (HEIGHT - TOP - FOOT) * (1 - (value - low) / (high - low))

    def holds(self, point: Point) -> bool:
        return self.across[0] <= point[0] <= self.across[1] and self.up[0] <= point[1] <= self.up[1]


def deal_space(
    names: tuple[str, str], outcomes: Sequence[Point], frontier: Sequence[Point], reservation: Point,
    named: Mapping[str, Point], chosen: Point | None, *, more_parties: bool, chosen_as: str = "looked at",
    window: Window | None = None,
) -> Chart:  # fmt: skip
    """What deals are worth to two parties; `named` are the deals that rules pick, `chosen` the deal looked at,
    labelled `chosen_as`. Of the picture only what lies in `window`; the numbers are those of the whole."""
    every = [*outcomes, *frontier, reservation, *named.values(), *([chosen] if chosen else [])]
    frame = Frame.of(every, window)
    (x0, x1), (y0, y1) = frame.across, frame.up
    x, y = frame.x, frame.y
    body: list[str] = []
    left, low = max(reservation[0], x0), max(reservation[1], y0)
    if left < x1 and low < y1:
        zone = [(x(left), y(low)), (x(x1), y(low)), (x(x1), y(y1)), (x(left), y(y1))]
        body.append(svg.path(zone, tone="content", fill="content", opacity=0.55))
    body += [svg.dot(x(a), y(b), 1.7, tone="soft", opacity=0.45) for a, b in filter(frame.holds, outcomes[:MOST_DOTS])]
    if x0 <= reservation[0] <= x1:
        rx = x(reservation[0])
        body.append(svg.line(rx, TOP, rx, HEIGHT - FOOT, tone="soft", dash="4 3"))
        body.append(svg.text(rx + 4, HEIGHT - FOOT - 6, "no deal", size=11, tone="soft"))
    if y0 <= reservation[1] <= y1:
        body.append(svg.line(LEFT, y(reservation[1]), WIDTH - RIGHT, y(reservation[1]), tone="soft", dash="4 3"))
    edge = sorted(set(frontier))
    inside = [point for point in edge if frame.holds(point)]
    if not more_parties and len(inside) > 1:
        body.append(svg.path([(x(a), y(b)) for a, b in inside], tone="ink", width=1.6))
    body += [svg.dot(x(a), y(b), 2.6, tone="ink") for a, b in inside[:MOST_DOTS]]
    for at, side in ((x0, "start"), (x1, "end")):
        body.append(svg.text(x(at), HEIGHT - FOOT + 16, words.number(at), size=11, tone="soft", anchor=side))
    for at in (y0, y1):
        body.append(svg.text(LEFT - 6, y(at) + 4, words.number(at), size=11, tone="soft", anchor="end"))
    body.append(svg.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, f"worth to {names[0]} →", size=12, anchor="middle"))
    body.append(svg.text(8, 16, f"↑ worth to {names[1]}", size=12))
    shown = {name: point for name, point in named.items() if frame.holds(point)}
    _label(body, shown, chosen if chosen and frame.holds(chosen) else None, chosen_as, frame)
    title = f"What deals are worth to {names[0]} and {names[1]}"
    rows = [("No deal", reservation), *((name, point) for name, point in named.items())]
    if chosen:
        rows.append((chosen_as[:1].upper() + chosen_as[1:], chosen))
    rows += [("Frontier", point) for point in edge]
    return Chart(
        id="deal-space", title=title,
        reading="Each faint dot is a possible deal; dark ones cannot be improved for one party without loss to another. "
        "Beyond both dashed lines (shaded) a deal is worth more than none to both. "
        + ("Other parties have to agree too, so a shaded dot is not always a possible agreement. " if more_parties else "")
        + "Worths of different parties cannot be compared.",
        description=f"{len(outcomes)} outcomes, {len(edge)} of them on the frontier; "
        + "; ".join(f"{name} at {words.number(a)} and {words.number(b)}" for name, (a, b) in rows[: len(named) + 2]),
        svg=svg.frame(WIDTH, HEIGHT, body, label=title),
        data=Table(
            caption="Worth in each party's own units", head=("Deal", *names),
            rows=tuple(
                (Cell(line=(name,)), Cell(line=(words.number(a),)), Cell(line=(words.number(b),)))
                for name, (a, b) in rows[:200]
            ),
            numeric=frozenset({1, 2}),
        ),
    )  # fmt: skip


def _label(
    body: list[str],
    named: Mapping[str, Point],
    chosen: Point | None,
    chosen_as: str,
    frame: Frame,
) -> None:
    """Names beside their points; those at one point share a label, the deal looked at too."""
    x, y = frame.x, frame.y
    at: dict[Point, list[str]] = {}
    for name, point in named.items():
        at.setdefault(point, []).append(name)
    rules = frozenset(at)
    if chosen:
        at.setdefault(chosen, []).append(chosen_as)
    order = sorted(at, key=lambda point: y(point[1]))
    places = svg.spread([y(point[1]) for point in order], 15.0, TOP + 8, HEIGHT - FOOT - 8)
    for n, (point, place) in enumerate(zip(order, places, strict=True)):
        px, py = x(point[0]), y(point[1])
        text = ", ".join(at[point])
        tone = "accent" if point in rules else "warn"
        left = px + 14 + 7.6 * len(text) > WIDTH - RIGHT
        body.append(svg.line(px, py, px + (-10 if left else 10), place, tone="line"))
        if point in rules:
            body.append(svg.mark(px, py, svg.SHAPES[n % 5], tone="accent"))
        body.append(
            svg.text(px + (-13 if left else 13), place + 4, text, size=12, weight=600, tone=tone,
                     anchor="end" if left else "start")
        )  # fmt: skip
    if chosen:
        body.append(svg.mark(x(chosen[0]), y(chosen[1]), "circle", tone="warn", hollow=True, size=7))


def _ends(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, high + 0.5)
