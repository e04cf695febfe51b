"""Power drawn: bars of two indices beside each other, and which parties win together without one too many."""

from collections.abc import Sequence
from fractions import Fraction

from winset.models.coalitions.power import Power
from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg

WIDTH, LEFT, RIGHT, ROW = 720.0, 170.0, 60.0, 22.0
MOST = 40  # parties in one drawing
SHOWN = 24  # coalitions in one map
BARS = (("shapley_shubik", "Shapley-Shubik", "ink"), ("banzhaf", "Banzhaf", "soft"))


def _cells(*parts: str) -> tuple[Cell, ...]:
    return tuple(Cell(line=(part,)) for part in parts)


def _share(value: Fraction | float) -> str:
    return f"{100 * float(value):.1f}"


def bars(power: Power, names: Sequence[str]) -> Chart | None:
    """Two bars a party, the most powerful first; None where there are too many parties or no index."""
    known = [(key, name, tone) for key, name, tone in BARS if power.indices[key].values is not None]
    if not known or len(names) > MOST:
        return None
    values = {key: [float(v) for v in power.indices[key].values or ()] for key, _, _ in known}
    order = sorted(range(len(names)), key=lambda i: (-values[known[0][0]][i], i))
    largest = max(max(v) for v in values.values()) or 1.0
    height = ROW * len(order) + 34
    body = []
    for n, i in enumerate(order):
        y = ROW * n + 14
        body.append(svg.text(LEFT - 10, y + 5, svg.cut(names[i], 24), size=11.5, anchor="end"))
        for k, (key, _, tone) in enumerate(known):
            long = (WIDTH - LEFT - RIGHT) * values[key][i] / largest
            body.append(svg.line(LEFT, y - 3 + 8 * k, LEFT + max(long, 0.5), y - 3 + 8 * k, tone=tone, width=7 - 3 * k))
        body.append(svg.text(LEFT + (WIDTH - LEFT - RIGHT) * values[known[0][0]][i] / largest + 6, y + 4,
                             f"{_share(values[known[0][0]][i])} %", size=11))  # fmt: skip
    told = " and ".join(f"{'thick' if k == 0 else 'thin'} bars {name}" for k, (_, name, _) in enumerate(known))
    body.append(svg.text(LEFT, height - 6, told, size=11, tone="soft"))
    first = names[order[0]]
    title = f"{first} is decisive most often: in {_share(values[known[0][0]][order[0]])} of 100 orders of joining"
    tied = [i for i in order if abs(values[known[0][0]][i] - values[known[0][0]][order[0]]) < 1e-9]
    if len(tied) > 1:
        title = f"{words.several([names[i] for i in tied[:4]])} are decisive equally often" + (
            f", as are {len(tied) - 4} more" if len(tied) > 4 else ""
        )
    return Chart(
        id="power", title=title,
        reading="Power here is how often a party turns a losing coalition into a winning one when all orders, or all "
        "coalitions, are equally likely. It says nothing about who would rather not meet whom.",
        description="; ".join(f"{names[i]} {_share(values[known[0][0]][i])} %" for i in order),
        svg=svg.frame(WIDTH, height, body, label=title),
        data=Table(
            caption="Power in per cent", head=("Party", *(name for _, name, _ in known)),
            numeric=frozenset(range(1, 1 + len(known))),
            rows=tuple(_cells(names[i], *(_share(values[key][i]) for key, _, _ in known)) for i in order),
        ),
    )  # fmt: skip


def coalition_map(power: Power, names: Sequence[str]) -> Chart | None:
    """A row a smallest winning coalition, a column a party, a dot where it is needed; None where there are too many."""
    if power.listed is None or not 0 < len(power.listed) <= SHOWN or len(names) > MOST:
        return None
    at = {player: i for i, player in enumerate(power.players)}
    members = [[at[p] for p in one] for one in power.listed]
    often = [sum(i in one for one in members) for i in range(len(names))]
    columns = sorted((i for i in range(len(names)) if often[i]), key=lambda i: (-often[i], i))
    rows = sorted(members, key=lambda one: (len(one), one))
    step = min(64.0, (WIDTH - 60) / max(len(columns), 1))
    top = 96.0
    height = top + ROW * len(rows) + 10
    body = []
    for c, i in enumerate(columns):
        x = 40 + step * (c + 0.5)
        body.append(
            f'<g transform="rotate(-35 {x:.1f} {top - 14:.1f})">{svg.text(x, top - 14, svg.cut(names[i], 18), size=11)}</g>'
        )
        body.append(svg.line(x, top - 6, x, height - 10))
    for r, one in enumerate(rows):
        y = top + ROW * (r + 0.5)
        places = [40 + step * (c + 0.5) for c, i in enumerate(columns) if i in one]
        body.append(svg.line(min(places), y, max(places), y, tone="soft", width=1.2))
        body += [svg.dot(x, y, 5, tone="ink") for x in places]
    alone = [names[i] for i in columns if often[i] == len(rows)]
    title = ("One smallest coalition wins" if len(rows) == 1 else f"{len(rows)} smallest coalitions win") + (
        f"; {words.several(alone[:4])} {'is' if len(alone) == 1 else 'are'} in every one" if alone else ""
    )
    return Chart(
        id="coalitions", title=title,
        reading="Each row is a coalition that wins and would lose with any of its members gone. That it could win does not "
        "say that it will form.",
        description="; ".join(words.several([names[i] for i in one]) for one in rows),
        svg=svg.frame(WIDTH, height, body, label=title),
        data=Table(
            caption="Smallest winning coalitions", head=("Coalition",),
            rows=tuple(_cells(words.several([names[i] for i in one])) for one in rows),
        ),
    )  # fmt: skip


def charts(power: Power, names: Sequence[str] | None = None) -> dict[str, Chart]:
    """Every chart by a name for its file."""
    drawn = {"power": bars(power, names or power.players), "coalitions": coalition_map(power, names or power.players)}
    return {name: chart for name, chart in drawn.items() if chart is not None}
