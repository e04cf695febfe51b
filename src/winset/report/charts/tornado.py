"""What an answer depends on: a bar an input, from its low to its high end, the widest swing first."""

from collections.abc import Sequence
from typing import Any

from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg

WIDTH, ROW, LEFT, RIGHT, TOP = 720.0, 30.0, 320.0, 60.0, 20.0
MOST = 16


def tornado(output: str, rows: Sequence[dict[str, Any]], middle: float | None) -> Chart | None:
    """`rows` are `{"input", "low", "high"}` as `winset sensitivity` prints them, `link` beside it where a bar leads to what
    its input rests on; None where nothing swings."""
    shown = [one for one in rows if one["low"] is not None and one["high"] is not None]
    ends = [one[k] for one in shown for k in ("low", "high")] + ([middle] if middle is not None else [])
    if not shown or max(ends) - min(ends) < 1e-12:
        return None
    low, high = min(ends), max(ends)
    swinging = [one for one in shown if abs(one["high"] - one["low"]) > 1e-6 * (high - low)]
    still = len(shown) - len(swinging)
    shown = swinging[:MOST]

    def x(value: float) -> float:
        return float(LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / (high - low))

    body: list[str] = []
    height = TOP + ROW * len(shown) + 24
    if middle is not None:
        body.append(svg.line(x(middle), TOP - 6, x(middle), height - 20, tone="soft", dash="3 3"))
    for n, one in enumerate(shown):
        y = TOP + ROW * n + 9
        a, b = x(one["low"]), x(one["high"])
        bar = [
            svg.text(LEFT - 60, y + 4, _short(one["input"]), size=11.5, anchor="end"),
            svg.line(a, y, b, y, tone="accent", width=11),
            svg.ring(a, y, 4, tone="accent", fill="paper"),
            svg.dot(b, y, 4, tone="accent"),
        ]
        left, right = (a, b) if a <= b else (b, a)
        first, second = (one["low"], one["high"]) if a <= b else (one["high"], one["low"])
        bar.append(svg.text(left - 9, y + 4, words.number(first), size=11, tone="soft", anchor="end"))
        bar.append(svg.text(right + 9, y + 4, words.number(second), size=11, tone="soft"))
        drawn, link = "".join(bar), one.get("link")
        told = f"{one['input']}: {words.number(one['low'])} to {words.number(one['high'])}; what it rests on"
        body.append(svg.linked_row(drawn, link, y, WIDTH, ROW - 4, label=told) if link else drawn)
    title = f"{output[:1].upper()}{output[1:]} depends most on {shown[0]['input']}"
    return Chart(
        id="tornado", title=title,
        reading="Each input goes from low (hollow end, its 5 % quantile) to high (filled, 95 %) while all others stay "
        "at their medians. What inputs do together is not in the picture."
        + (f" {still} other input{'s move nothing by themselves' if still > 1 else ' moves nothing by itself'}." if still else ""),
        description="; ".join(f"{o['input']}: {words.number(o['low'])} to {words.number(o['high'])}" for o in shown),
        svg=svg.frame(WIDTH, height, body, label=title, links=any(one.get("link") for one in shown)),
        data=Table(
            caption=f"{output} with each input low and high", head=("Input", "Low", "High"),
            rows=tuple(
                (Cell(line=(str(o["input"]),)), Cell(line=(words.number(o["low"]),)), Cell(line=(words.number(o["high"]),)))
                for o in shown
            ),
            numeric=frozenset({1, 2}),
        ),
    )  # fmt: skip


def _short(text: str, most: int = 42) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
