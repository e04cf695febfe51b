"""How far an outcome may lie from its middle: bands of draws, and around them the method's own error."""

from collections.abc import Sequence
from dataclasses import dataclass

from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg

WIDTH, ROW, LEFT, RIGHT, TOP = 720.0, 46.0, 250.0, 40.0, 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One answer on a scale from `low` to `high`: quantiles by level, and those with the method's own error if known."""

    label: str
    method: str
    low: float
    high: float
    quantiles: dict[str, float]
    wide: dict[str, float] | None = None


def fan(bands: Sequence[Band]) -> Chart | None:
    """A row an answer, each on its issue's own scale; None where there is none."""
    if not bands:
        return None
    body: list[str] = []
    for n, one in enumerate(bands):
        y = TOP + ROW * n + 16

        def x(value: float, one: Band = one) -> float:
            inside = min(max(value, one.low), one.high)
            return float(LEFT + (WIDTH - LEFT - RIGHT) * (inside - one.low) / ((one.high - one.low) or 1.0))

        if n == 0 or bands[n - 1].label != one.label:
            body.append(svg.text(LEFT - 14, y + 1, _short(one.label), size=12, anchor="end"))
        body.append(svg.text(LEFT - 14, y + 15, one.method, size=10.5, tone="soft", anchor="end"))
        body.append(svg.line(LEFT, y, WIDTH - RIGHT, y, tone="line"))
        body.append(svg.text(LEFT, y + 17, words.number(one.low), size=10, tone="soft", anchor="middle"))
        body.append(svg.text(WIDTH - RIGHT, y + 17, words.number(one.high), size=10, tone="soft", anchor="middle"))
        if one.wide:
            a, b = x(one.wide["0.1"]), x(one.wide["0.9"])
            body.append(svg.line(a, y, b, y, tone="gap", width=2, dash="4 3"))
            body += [svg.line(end, y - 6, end, y + 6, tone="gap", width=1.6) for end in (a, b)]
        q = one.quantiles
        body.append(svg.line(x(q["0.1"]), y, max(x(q["0.9"]), x(q["0.1"]) + 1), y, tone="accent", width=5))
        body.append(svg.line(x(q["0.25"]), y, max(x(q["0.75"]), x(q["0.25"]) + 1), y, tone="accent", width=10))
        body.append(svg.ring(x(q["0.5"]), y, 5, tone="accent", fill="paper"))
    widest = max(bands, key=lambda one: (one.quantiles["0.9"] - one.quantiles["0.1"]) / ((one.high - one.low) or 1.0))
    title = (
        f"The outcome on {widest.label} is the least sure: 8 in 10 draws lie between "
        f"{words.number(widest.quantiles['0.1'])} and {words.number(widest.quantiles['0.9'])}"
    )
    return Chart(
        id="fan", title=title,
        reading="Ring: the middle of all draws; thick bar: half of them; thin bar: 8 in 10. The bars show only how little is "
        "known of the inputs. Where a method's own error is known, the dashed line with end marks has it added (8 in 10); "
        "where there is none, that error is unknown, not nil.",
        description="; ".join(
            f"{one.label}, {one.method}: {words.number(one.quantiles['0.1'])} to {words.number(one.quantiles['0.9'])}" for one in bands
        ),
        svg=svg.frame(WIDTH, TOP + ROW * len(bands) + 6, body, label=title),
        data=Table(
            caption="Outcomes with their intervals", numeric=frozenset(range(2, 6)),
            head=("Issue", "Method", "Middle", "Half of draws", "8 in 10 draws", "With the method's error, 8 in 10"),
            rows=tuple(_row(one) for one in bands),
        ),
    )  # fmt: skip


def _row(one: Band) -> tuple[Cell, ...]:
    q = one.quantiles
    wide = f"{words.number(one.wide['0.1'])} to {words.number(one.wide['0.9'])}" if one.wide else "unknown"
    told = (one.label, one.method, words.number(q["0.5"]), f"{words.number(q['0.25'])} to {words.number(q['0.75'])}",
            f"{words.number(q['0.1'])} to {words.number(q['0.9'])}", wide)  # fmt: skip
    return tuple(Cell(line=(text,)) for text in told)


def _short(text: str, most: int = 34) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
