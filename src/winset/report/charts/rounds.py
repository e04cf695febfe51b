"""Collective choice drawn: where everybody stands and what is forecast, movement by round, and who pressed whom."""

import math
from collections import Counter

from winset.models.spatial.challenge import CONFRONTATION, STAYS
from winset.models.spatial.forecasts import Forecasts, Path
from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg
from winset.report.charts.graph import DASHES

WIDTH, LEFT, RIGHT, ROW = 720.0, 150.0, 150.0, 20.0
MOST = 40  # parties in one drawing


def _cells(*parts: str | float) -> tuple[Cell, ...]:
    return tuple(Cell(line=(part if isinstance(part, str) else words.number(part),)) for part in parts)


def standing(issue: str, found: Forecasts) -> Chart | None:
    """A dot a party, sized by capability x salience, over the forecast's middle and its 80 % interval."""
    x = found.inputs
    if len(x.parties) > MOST:
        return None
    low, width = x.scale[0], (x.scale[1] - x.scale[0]) or 1.0

    def at(value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / width

    a, b = (float(v) for v in found.distribution.quantile([0.1, 0.9]))
    middle = found.distribution.mean
    order = sorted(range(len(x.parties)), key=lambda i: (float(x.position[i]), i))
    height = ROW * len(order) + 70
    body = [svg.line(at(low), height - 34, at(low + width), height - 34), svg.line(at(middle), 8, at(middle), height - 34,
            tone="accent", dash="3 3"), svg.line(at(a), height - 34, at(b), height - 34, tone="accent", width=7)]  # fmt: skip
    largest = float(x.weight.max())
    for n, i in enumerate(order):
        y = ROW * n + 20
        size = 2 + 7 * math.sqrt(float(x.weight[i]) / largest)
        body += [svg.text(LEFT - 12, y + 4, svg.cut(x.parties[i], 21), size=11.5, anchor="end"),
                 svg.dot(at(float(x.position[i])), y, size, tone="ink", opacity=0.75)]  # fmt: skip
    body += [svg.text(at(low), height - 14, words.number(low), size=11, tone="soft", anchor="middle"),
             svg.text(at(low + width), height - 14, words.number(low + width), size=11, tone="soft", anchor="middle"),
             svg.text(at(middle), height - 14, words.number(middle), size=11.5, tone="accent", anchor="middle",
                      weight=600)]  # fmt: skip
    title = f"{issue}: about {words.number(middle)}, 8 in 10 between {words.number(a)} and {words.number(b)}"
    return Chart(
        id="standing", title=title,
        reading="The area of a dot is capability x salience; the bar is the forecast's 80 % interval. The record behind "
        "the interval is of EU legislation alone.",
        description="; ".join(f"{x.parties[i]} at {words.number(float(x.position[i]))}" for i in order),
        svg=svg.frame(WIDTH, height, body, label=title),
        data=Table(
            caption="Positions and power", head=("Party", "Position", "Capability x salience"), numeric=frozenset({1, 2}),
            rows=tuple(_cells(x.parties[i], float(x.position[i]), float(x.weight[i])) for i in order),
        ),
    )  # fmt: skip


def movement(issue: str, found: Forecasts, path: Path) -> Chart | None:
    """A line a party over the rounds of one variant of the challenge model."""
    x = found.inputs
    last = len(path.rounds) - 1
    if len(x.parties) > MOST or last < 1:
        return None
    low, width = x.scale[0], (x.scale[1] - x.scale[0]) or 1.0
    height = 320.0

    def place(r: int, value: float) -> tuple[float, float]:
        return 60 + (WIDTH - 60 - RIGHT) * r / last, height - 40 - (height - 70) * (value - low) / width

    # the median lies under the lines, so that nobody who stays with it is hidden
    body = [svg.path([place(r, m) for r, m in enumerate(path.median)], tone="line", width=9)]
    ends = svg.spread(
        [place(last, float(v))[1] for v in (*path.rounds[-1].position, path.median[-1])], 12, 10, height - 30
    )
    for i, party in enumerate(x.parties):
        line = [place(r, float(state.position[i])) for r, state in enumerate(path.rounds)]
        tone = f"p{i % 8}"
        body += [svg.path(line, tone=tone, dash=DASHES[i // 8 % 4]), svg.dot(*line[0], 3, tone=tone),
                 svg.text(line[-1][0] + 8, ends[i] + 4, svg.cut(party, 20), size=11, tone=tone)]  # fmt: skip
    body.append(svg.text(place(last, low)[0] + 8, ends[-1] + 4, "median (broad line)", size=11, tone="soft"))
    body.append(svg.text(52, height - 16, "round", size=11, tone="soft", anchor="end"))
    body += [svg.text(place(r, low)[0], height - 16, str(r), size=11, tone="soft", anchor="middle")
             for r in range(0, last + 1, max(1, last // 10))]  # fmt: skip
    body += [svg.text(52, place(0, v)[1] + 4, words.number(v), size=11, tone="soft", anchor="end")
             for v in (low, low + width)]  # fmt: skip
    start, end = words.number(path.median[0]), words.number(path.median[-1])
    goes = f"stays at {end}" if start == end else f"goes from {start} to {end}"
    title = f"{issue}, {path.variant}: the median {goes} in {words.count(last, 'round')}"
    return Chart(
        id="movement", title=title,
        reading="Each line is a party's position after each round of the challenge model; the broad one under them is the median. "
        "On decisions whose outcome is known these models did worse than the weighted mean.",
        description="; ".join(f"{p} from {words.number(float(path.rounds[0].position[i]))} to "
                              f"{words.number(float(path.rounds[-1].position[i]))}" for i, p in enumerate(x.parties)),
        svg=svg.frame(WIDTH, height, body, label=title),
        data=Table(
            caption="Positions by round", head=("Round", *x.parties, "Median"),
            numeric=frozenset(range(len(x.parties) + 2)),
            rows=tuple(_cells(str(r), *map(float, state.position), path.median[r]) for r, state in enumerate(path.rounds)),
        ),
    )  # fmt: skip


def pressure(issue: str, found: Forecasts, path: Path) -> Chart | None:
    """The network of who pressed whom into a move, over all rounds; None where nobody was pressed."""
    names = found.inputs.parties
    times: Counter[tuple[int, int]] = Counter()
    hard: Counter[tuple[int, int]] = Counter()
    rows = []
    for r, state in enumerate(path.rounds):
        for i, kind in enumerate(state.kind):
            if kind != STAYS:
                pair = int(state.pressed_by[i]), i
                times[pair] += 1
                hard[pair] += int(kind == CONFRONTATION)
                rows.append(_cells(str(r), names[pair[0]], names[i],
                                   "confrontation" if kind == CONFRONTATION else "compromise",
                                   float(path.rounds[r - 1].position[i]), float(state.position[i])))  # fmt: skip
    if not times or len(names) > MOST:
        return None
    size, middle = 560.0, 280.0
    turn = [2 * math.pi * i / len(names) - math.pi / 2 for i in range(len(names))]
    spot = [(WIDTH / 2 + 200 * math.cos(t), middle + 200 * math.sin(t)) for t in turn]
    body = []
    for (a, b), count in sorted(times.items()):
        (x1, y1), (x2, y2) = spot[a], spot[b]
        length = math.hypot(x2 - x1, y2 - y1) or 1.0
        ux, uy = (x2 - x1) / length, (y2 - y1) / length
        bow = 0.12 * length
        bend = ((x1 + x2) / 2 - uy * bow, (y1 + y2) / 2 + ux * bow)
        end = (x2 - 9 * ux, y2 - 9 * uy)
        tone, dash = ("warn", "") if hard[a, b] * 2 >= count else ("accent", "5 3")
        body += [svg.curve((x1, y1), bend, end, tone=tone, dash=dash), svg.tip(bend, end, tone=tone)]
        if count > 1:
            body.append(svg.text(bend[0], bend[1], str(count), size=10.5, tone="soft", anchor="middle"))
    for i, ((x, y), t) in enumerate(zip(spot, turn, strict=True)):
        side = "middle" if abs(math.cos(t)) < 0.3 else "start" if math.cos(t) > 0 else "end"
        body += [svg.ring(x, y, 6, tone="ink", fill="paper"),
                 svg.text(x + 14 * math.cos(t), y + 18 * math.sin(t) + 4, svg.cut(names[i], 22), size=11.5, anchor=side)]  # fmt: skip
    most = max(range(len(names)), key=lambda i: (sum(c for (a, _), c in times.items() if a == i), -i))
    title = f"{issue}, {path.variant}: {names[most]} presses others most often"
    return Chart(
        id="pressure", title=title,
        reading="An arrow goes from who pressed to who moved, with the number of rounds; whole lines are mostly lost "
        "confrontations, broken ones compromises. It is what the model says, not what was seen.",
        description="; ".join(f"{names[a]} on {names[b]}: {c}" for (a, b), c in sorted(times.items())[:30]),
        svg=svg.frame(WIDTH, size, body, label=title),
        data=Table(
            caption="Who pressed whom", head=("Round", "Pressed by", "Moved", "How", "From", "To"), rows=tuple(rows),
            numeric=frozenset({0, 4, 5}),
        ),
    )  # fmt: skip


def charts(issue: str, found: Forecasts) -> dict[str, Chart]:
    """Every chart of one issue by a name for its file."""
    drawn = {"standing": standing(issue, found)}
    for path in found.challenge:
        drawn[f"movement-{path.variant}"] = movement(issue, found, path)
        drawn[f"pressure-{path.variant}"] = pressure(issue, found, path)
    return {name: chart for name, chart in drawn.items() if chart is not None}
