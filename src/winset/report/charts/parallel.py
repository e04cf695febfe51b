"""A few deals over several parties: one upright scale a party, one line a deal."""

from collections.abc import Sequence

from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720.0, 360.0, 70.0, 150.0, 40.0, 40.0
MOST_FAINT = 300
MOST_NAMED = 10
_LETTER = 7.5  # width of one of a party's name


def deals_across(
    names: Sequence[str], named: Sequence[tuple[str, Sequence[float]]], frontier: Sequence[Sequence[float]],
    reservation: Sequence[float],
) -> Chart:  # fmt: skip
    """What deals are worth to more than two parties, each on its own scale.

    named        deals by name, at most MOST_NAMED drawn; frontier, others that cannot be improved, drawn faintly
    reservation  what no deal is worth to each
    """
    sides = [[*(v[i] for v in frontier), *(v[i] for _, v in named), reservation[i]] for i in range(len(names))]
    ends = [(min(side), max(side)) if max(side) > min(side) else (side[0] - 0.5, side[0] + 0.5) for side in sides]
    step = (WIDTH - LEFT - RIGHT) / max(1, len(names) - 1)

    def point(i: int, value: float) -> tuple[float, float]:
        low, high = ends[i]
        return LEFT + i * step, TOP + (HEIGHT - TOP - FOOT) * (1 - (value - low) / (high - low))

    body: list[str] = []
    every = max(1, -(-len(frontier) // MOST_FAINT))
    for vector in frontier[::every]:
        body.append(svg.path([point(i, x) for i, x in enumerate(vector)], tone="gap", width=0.8, opacity=0.5))
    for i, name in enumerate(names):
        x = LEFT + i * step
        body.append(svg.line(x, TOP, x, HEIGHT - FOOT, tone="soft"))
        long = max(4, int(step / _LETTER))  # names of many parties are cut, so that none runs into the next
        told = name if len(name) <= long else f"{name[: long - 1]}…"
        body.append(svg.text(x, TOP - 16, told, size=12, weight=600, anchor="middle"))
        for y, value in ((TOP - 4, ends[i][1]), (HEIGHT - FOOT + 14, ends[i][0])):
            body.append(svg.text(x, y, words.number(value), size=10.5, tone="soft", anchor="middle"))
        _, y = point(i, reservation[i])
        body.append(svg.line(x - 10, y, x + 10, y, tone="warn", width=2.5))
    body.append(svg.text(LEFT - 14, point(0, reservation[0])[1] + 4, "no deal", size=11, tone="warn", anchor="end"))
    shown = list(named)[:MOST_NAMED]
    last = len(names) - 1
    places = svg.spread([point(last, v[last])[1] for _, v in shown], 15.0, TOP, HEIGHT - FOOT)
    for n, ((name, vector), place) in enumerate(zip(shown, places, strict=True)):
        tone, corners = f"p{n % 8}", [point(i, x) for i, x in enumerate(vector)]
        body.append(svg.path(corners, tone=tone, width=1.8, dash="" if n < 4 else "6 3"))
        body += [svg.mark(x, y, svg.SHAPES[n % 8], tone=tone, size=4, hollow=n > 7) for x, y in corners]
        body.append(svg.line(corners[-1][0] + 6, corners[-1][1], corners[-1][0] + 16, place, tone="line"))
        body.append(svg.text(corners[-1][0] + 20, place + 4, name, size=12, tone=tone, weight=600))
    title = f"What deals are worth to each of {len(names)} parties"
    return Chart(
        id="deals-across", title=title,
        reading="Each upright line is one party's own scale, from the least to the most that a deal shown is worth to it; "
        "each deal is a line across. The bar marks what no deal is worth: where a line passes below it, that party would "
        "refuse. Heights on different scales cannot be compared.",
        description="; ".join(
            f"{name}: " + ", ".join(f"{p} {words.number(x)}" for p, x in zip(names, vector, strict=True))
            for name, vector in (*shown, ("No deal", reservation))
        ),
        svg=svg.frame(WIDTH, HEIGHT, body, label=title),
        data=Table(
            caption="Worth in each party's own units", head=("Deal", *names),
            rows=tuple(
                (Cell(line=(name,), head=True), *(Cell(line=(words.number(x),)) for x in vector))
                for name, vector in (*shown, ("No deal", reservation))
            ),
            numeric=frozenset(range(1, len(names) + 1)),
        ),
    )  # fmt: skip
