"""Stability within its time and memory: all states feasible, three parties, random preferences; CPU seconds.

With a file name, also draws the cost against the number of states into it, as docs/images/stability-cost.svg.
"""

import math
import random
import resource
import sys
import time
from pathlib import Path
from typing import Any

from winset.formats.gmcr import conflict
from winset.models.stability.stability import solve
from winset.report.charts import svg


def drawn(options: int) -> dict[str, Any]:
    """A conflict of three parties that take the options in turn, with weighted statements."""
    draw = random.Random(options)
    makers = []
    for i in range(3):
        wishes = [[[k, draw.choice("YN")] for k in sorted(draw.sample(range(options), 2))] for _ in range(options)]
        weights = [draw.random() for _ in wishes]
        own = list(range(i, options, 3))
        makers.append({"name": f"p{i}", "options": own, "preferences": wishes, "preferenceWeights": weights})
    return {"options": [{"name": f"o{k}"} for k in range(options)], "infeasibles": [], "decisionMakers": makers}


def plot(rows: list[tuple[int, float, float, float]]) -> str:
    """Seconds against states, both on scales of powers of ten; rows (options, reading, plain, with SEQ)."""
    left, bottom, width, height = 70.0, 250.0, 480.0, 220.0
    low, high = -4.0, 1.0

    def place(options: int, seconds: float) -> tuple[float, float]:
        return left + width * (options - 4) / 17, bottom - height * (math.log10(max(seconds, 1e-4)) - low) / (
            high - low
        )

    edge = [(0.0, 0.0), (700.0, 0.0), (700.0, 305.0), (0.0, 305.0)]
    body = [
        svg.path(edge, tone="paper", fill="paper"),
        svg.text(left, 18, "CPU seconds, one core", size=12, tone="soft"),
    ]
    for power in range(-4, 2):
        y = bottom - height * (power - low) / (high - low)
        body += [svg.line(left, y, left + width, y), svg.text(left - 8, y + 4, f"{10.0**power:g}", anchor="end")]
    for options in (5, 10, 14, 20):
        body.append(svg.text(place(options, 1)[0], bottom + 20, f"{1 << options:,}", anchor="middle"))
    body.append(svg.text(left + width / 2, bottom + 42, "feasible states", anchor="middle", tone="soft"))
    for k in range(3):
        points = [place(row[0], row[k + 1]) for row in rows]
        body.append(svg.path(points, tone=f"p{k}", width=2, dash=("", "7 3", "2 3")[k]))
        body += [svg.mark(x, y, svg.SHAPES[k], tone=f"p{k}", size=3.5) for x, y in points]
    ends = svg.spread([place(rows[-1][0], rows[-1][k + 1])[1] for k in range(3)], 16, 30, bottom)
    for k, name in enumerate(("reading", "Nash, GMR, SMR", "with SEQ")):
        body.append(svg.text(left + width + 6, ends[k] + 4, name, tone=f"p{k}", weight=600))
    told = "Cost of stability against the number of states: nearly a straight line, so it grows with them and no faster"
    return svg.standalone(svg.frame(700, 305, body, label=told), title=told, description="; ".join(map(str, rows)))


measured = []
print("| options | states | reading | Nash, GMR, SMR | with SEQ | peak memory |\n| --- | --- | --- | --- | --- | --- |")
for m in (5, 10, 12, 14, 16, 18, 20):
    times = []
    for _ in range(3):
        start = time.process_time()
        given = conflict(drawn(m), "drawn")
        read = time.process_time()
        solve(given, concepts=("nash", "gmr", "smr"))
        plain = time.process_time()
        solve(given)
        times.append((read - start, plain - read, time.process_time() - plain))
    a, b, c = (min(column) for column in zip(*times, strict=True))
    measured.append((m, a, b, c))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"| {m} | {1 << m:,} | {a:.4f} s | {b:.4f} s | {c:.4f} s | {peak} MB |", flush=True)
    if m == 14:
        assert b <= 0.1, "promised: 0.1 s"
        assert c <= 1, "promised: 1 s with SEQ"
        assert peak <= 300, "promised: 300 MB"
assert b <= 10, "promised: 10 s"
assert c <= 90, "promised: 90 s with SEQ"
assert peak <= 1500, "promised: 1.5 GB"
for argument in sys.argv[1:]:
    Path(argument).write_text(plot(measured) + "\n", encoding="utf-8")
