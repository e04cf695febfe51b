"""A few deals over several parties: one small deal space for each two of them."""

from collections.abc import Sequence
from itertools import combinations

from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg

WIDTH, ACROSS = 720.0, 3
PANEL, TALL = WIDTH / ACROSS, 212.0
LEFT, RIGHT, TOP, FOOT = 40.0, 16.0, 30.0, 38.0
KEY = 34.0
MOST_PANELS = 15  # six parties
MOST_DOTS = 300
MOST_NAMED = 10
_LONG = 26  # letters of a party's name beside an axis


def deals_by_pair(
    names: Sequence[str], named: Sequence[tuple[str, Sequence[float]]], frontier: Sequence[Sequence[float]],
    reservation: Sequence[float],
) -> Chart:  # fmt: skip
    """What deals are worth to each two of more than two parties; arguments as `deals_across` has them."""
    shown = list(named)[:MOST_NAMED]
    every = max(1, -(-len(frontier) // MOST_DOTS))
    faint = list(frontier)[::every]
    pairs = list(combinations(range(len(names)), 2))
    drawn = pairs[:MOST_PANELS]
    body: list[str] = []
    for n, (a, b) in enumerate(drawn):
        corner = (n % ACROSS * PANEL, n // ACROSS * TALL)
        body += _panel(corner, (names[a], names[b]), a, b, shown, faint, reservation)
    height = -(-len(drawn) // ACROSS) * TALL + KEY
    step = WIDTH / max(1, len(shown))
    for n, (name, _) in enumerate(shown):
        body.append(svg.mark(12 + n * step, height - 14, svg.SHAPES[n % 8], tone=f"p{n % 8}", size=4, hollow=n > 7))
        body.append(svg.text(20 + n * step, height - 10, name, size=11, tone=f"p{n % 8}", weight=600))
    title = f"What deals are worth to each two of {len(names)} parties"
    left_out = f" Of {len(pairs)} pairs the first {len(drawn)} are drawn." if len(drawn) < len(pairs) else ""
    return Chart(
        id="deals-by-pair", title=title,
        reading="Each panel sets two parties against each other, each on its own scale. Faint dots are deals that cannot be "
        "improved for one of all parties without loss to another; seen by two alone some lie behind others. Beyond both "
        "dashed lines (shaded) a deal is worth more than none to both, though others have to agree too." + left_out,
        description="; ".join(_told(names, a, b, shown, reservation) for a, b in drawn),
        svg=svg.frame(WIDTH, height, body, label=title),
        data=Table(
            caption="Worth in each party's own units", head=("Deal", *names),
            rows=tuple(
                (Cell(line=(name,), head=True), *(Cell(line=(words.number(x),)) for x in vector))
                for name, vector in (*shown, ("No deal", reservation), *(("Frontier", vector) for vector in faint[:100]))
            ),
            numeric=frozenset(range(1, len(names) + 1)),
        ),
    )  # fmt: skip


def _panel(
    corner: tuple[float, float], names: tuple[str, str], a: int, b: int, shown: Sequence[tuple[str, Sequence[float]]],
    frontier: Sequence[Sequence[float]], reservation: Sequence[float],
) -> list[str]:  # fmt: skip
    every = [*frontier, *(vector for _, vector in shown), reservation]
    (x0, x1), (y0, y1) = (_ends([float(vector[side]) for vector in every]) for side in (a, b))

    def point(vector: Sequence[float]) -> tuple[float, float]:
        return (
            corner[0] + LEFT + (PANEL - LEFT - RIGHT) * (vector[a] - x0) / (x1 - x0),
            corner[1] + TOP + (TALL - TOP - FOOT) * (1 - (vector[b] - y0) / (y1 - y0)),
        )

    left, right = corner[0] + LEFT, corner[0] + PANEL - RIGHT
    top, foot = corner[1] + TOP, corner[1] + TALL - FOOT
    rx, ry = point(reservation)
    body = [svg.path([(rx, ry), (right, ry), (right, top), (rx, top)], tone="content", fill="content", opacity=0.55)]
    body += [svg.line(left, foot, right, foot, tone="line"), svg.line(left, top, left, foot, tone="line")]
    body.append(svg.line(rx, top, rx, foot, tone="soft", dash="4 3"))
    body.append(svg.line(left, ry, right, ry, tone="soft", dash="4 3"))
    body += [svg.dot(*point(vector), 1.8, tone="soft", opacity=0.5) for vector in frontier]
    for n, (_, vector) in enumerate(shown):
        body.append(svg.mark(*point(vector), svg.SHAPES[n % 8], tone=f"p{n % 8}", size=4, hollow=n > 7))
    body.append(svg.text(left, corner[1] + 16, f"↑ {_short(names[1])}", size=11))
    body.append(svg.text(right, foot + 27, f"{_short(names[0])} →", size=11, anchor="end"))
    for at, side in ((x0, "start"), (x1, "end")):
        body.append(
            svg.text(left if side == "start" else right, foot + 13, words.number(at), size=10, tone="soft", anchor=side)
        )
    for at, y in ((y0, foot), (y1, top + 8)):
        body.append(svg.text(left - 4, y, words.number(at), size=10, tone="soft", anchor="end"))
    return body


def _told(
    names: Sequence[str], a: int, b: int, shown: Sequence[tuple[str, Sequence[float]]], reservation: Sequence[float]
) -> str:
    places = ", ".join(f"{name} {words.number(v[a])} and {words.number(v[b])}" for name, v in shown)
    return f"{names[a]} and {names[b]}: {places}; no deal {words.number(reservation[a])} and {words.number(reservation[b])}"


def _short(name: str) -> str:
    return name if len(name) <= _LONG else f"{name[: _LONG - 1]}…"


def _ends(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, high + 0.5)
