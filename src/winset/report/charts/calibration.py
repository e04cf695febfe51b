"""What was said beside how often it came: one mark a bin with its interval, on the line where both are the same."""

from collections.abc import Sequence
from typing import Any

from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg

SIZE, LEFT, TOP = 300.0, 60.0, 22.0
WIDTH = 720.0


def calibration(bins: Sequence[dict[str, Any]], *, options: bool = False) -> Chart | None:
    """`bins` as `winset forecast score` prints them, of yes/no questions or of `options`; None where there are none."""
    if not bins:
        return None

    def x(share: float) -> float:
        return LEFT + SIZE * share

    def y(share: float) -> float:
        return TOP + SIZE * (1 - share)

    body = [
        svg.line(x(0), y(0), x(1), y(0), tone="line"), svg.line(x(0), y(0), x(0), y(1), tone="line"),
        svg.line(x(0), y(0), x(1), y(1), tone="soft", dash="4 4"),
    ]  # fmt: skip
    for share in (0.0, 0.5, 1.0):
        body.append(svg.text(x(share), y(0) + 16, f"{100 * share:.0f} %", size=10.5, tone="soft", anchor="middle"))
        body.append(svg.text(x(0) - 8, y(share) + 4, f"{100 * share:.0f} %", size=10.5, tone="soft", anchor="end"))
    body.append(svg.text(x(0.5), y(0) + 34, "said", size=11.5, anchor="middle"))
    body.append(svg.text(x(1) + 12, y(1) + 4, "came as often as said", size=10.5, tone="soft"))
    for one in bins:
        low, high = one["interval"]
        at = x(one["forecast"])
        body.append(svg.line(at, y(low), at, y(high), tone="accent", width=1.6))
        body.append(svg.dot(at, y(one["observed"]), 4.5, tone="accent"))
        body.append(svg.text(at, y(one["observed"]) - 9, str(one["n"]), size=10.5, tone="soft", anchor="middle"))
    total = sum(one["n"] for one in bins)
    off = sum(not one["interval"][0] <= one["forecast"] <= one["interval"][1] for one in bins)
    title = (
        f"What was said fits what came in {len(bins) - off} of {len(bins)} groups of {'options' if options else 'forecasts'}"
        if off else f"What was said {'of options ' if options else ''}fits what came, as far as so few forecasts can tell"
    )  # fmt: skip
    counted = "chances, one for each option of each forecast," if options else "forecasts"
    return Chart(
        id="calibration-options" if options else "calibration", title=title,
        reading=f"A dot a group of like forecasts, at how often it came, with its number and 95 % interval; {total} {counted} "
        "in all. On the dashed line both are the same. With few forecasts the intervals are wide and say little.",
        description="; ".join(
            f"said {100 * b['forecast']:.0f} %, came {100 * b['observed']:.0f} % of {b['n']}" for b in bins
        ),
        svg=svg.frame(WIDTH, TOP + SIZE + 46, body, label=title),
        data=Table(
            caption=f"{'Options' if options else 'Forecasts'} by what was said", head=("Said", "Came", "Of", "95 % interval"), numeric=frozenset(range(4)),
            rows=tuple(
                tuple(Cell(line=(text,)) for text in (
                    f"{100 * b['forecast']:.0f} %", f"{100 * b['observed']:.0f} %", words.number(b["n"]),
                    f"{100 * b['interval'][0]:.0f} to {100 * b['interval'][1]:.0f} %",
                )) for b in bins
            ),
        ),
    )  # fmt: skip
