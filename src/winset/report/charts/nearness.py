"""How far apart each two parties stand, now and on an earlier day: a row a pair, an arrow from a hollow dot."""

from collections.abc import Sequence
from dataclasses import dataclass

from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg

WIDTH, LEFT, RIGHT, ROW, TOP, FOOT = 720.0, 262.0, 118.0, 27.0, 10.0, 34.0
MOST = 15  # pairs drawn
_LONG = 33  # letters of a pair's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Two parties, their distance (0..1) now and then (None: not known, or no earlier day was asked), and on how many issues the
    former rests."""

    a: str
    b: str
    now: float
    then: float | None
    issues: int


def nearness(pairs: Sequence[Apart], of: int, since: str | None, enough: float) -> Chart:
    """The pairs in the order given; `of` issues in all. Those that rest on fewer than the share `enough` of them are drawn hollow and grey."""
    drawn = pairs[:MOST]
    height = TOP + ROW * len(drawn) + FOOT
    foot = height - FOOT + 4

    def at(distance: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * min(max(distance, 0.0), 1.0)

    body = [svg.line(at(x), TOP, at(x), foot, tone="line") for x in (0, 0.25, 0.5, 0.75, 1)]
    body += [
        svg.text(at(0), foot + 18, "agree on all they share", size=11, tone="soft"),
        svg.text(at(1), foot + 18, "opposite ends", size=11, tone="soft", anchor="end"),
    ]
    for n, pair in enumerate(drawn):
        y = TOP + ROW * (n + 0.5)
        thin = pair.issues < enough * of
        tone = "soft" if thin else "ink"
        body.append(svg.line(at(0), y, at(1), y, tone="line", dash="1 3"))
        body.append(
            svg.text(
                LEFT - 12,
                y + 4,
                svg.cut(_name(pair), _LONG),
                size=11,
                tone=tone,
                anchor="end",
                weight=400 if thin else 600,
            )
        )
        if pair.then is not None and abs(pair.then - pair.now) >= 0.005:
            body.append(svg.mark(at(pair.then), y, "circle", tone=tone, hollow=True, size=4))
            if abs(at(pair.then) - at(pair.now)) > 16:
                body.append(svg.arrow(at(pair.then), at(pair.now), y, tone=tone))
        body.append(svg.mark(at(pair.now), y, "diamond" if thin else "circle", tone=tone, hollow=thin, size=5))
        body.append(
            svg.text(WIDTH - RIGHT + 12, y + 4, f"on {pair.issues} of {words.count(of, 'issue')}", size=11, tone="soft")
        )
    nearer = sum(pair.then is not None and pair.now < pair.then - 0.005 for pair in pairs)
    farther = sum(pair.then is not None and pair.now > pair.then + 0.005 for pair in pairs)
    pairs_of = f"{words.count(len(pairs), 'pair')} of parties"
    title = (
        f"{nearer or 'None'} of {pairs_of} came nearer since {since}, {farther or 'none'} drew apart"
        if since else f"How far apart {pairs_of} {'stands' if len(pairs) == 1 else 'stand'}"
    )  # fmt: skip
    return Chart(
        id="chart-nearness", title=title,
        reading="Each dot is the distance between two parties over the issues on which both have a position, weighted by what these matter "
        f"to them. {f'An arrow starts where it was on {since}. ' if since else ''}"
        "Grey and hollow: it rests on less than half of the issues, and may be chance."
        + (f" Of {len(pairs)} pairs the first {MOST} are drawn." if len(pairs) > MOST else ""),
        description="; ".join(
            f"{_name(pair)} {pair.now:.2f}{f', before {pair.then:.2f}' if pair.then is not None else ''}, on {words.count(pair.issues, 'issue')}"
            for pair in drawn
        ),
        svg=svg.frame(WIDTH, height, body, label=title),
        data=Table(
            caption="Distance from 0 (the same on all shared issues) to 1 (opposite ends)",
            head=("Pair", *([f"On {since}"] if since else []), "Now", "Issues it rests on"),
            rows=tuple(
                tuple(
                    Cell(line=(one,), head=n == 0)
                    for n, one in enumerate(
                        (
                            _name(pair), *([_figure(pair.then)] if since else []), _figure(pair.now), f"{pair.issues} of {of}",
                        )
                    )
                )
                for pair in pairs
            ),
            numeric=frozenset({1, 2, 3} if since else {1, 2}),
        ),
    )  # fmt: skip


def _name(pair: Apart) -> str:
    return f"{pair.a} and {pair.b}"


def _figure(x: float | None) -> str:
    return "not known" if x is None else f"{x:.2f}"
