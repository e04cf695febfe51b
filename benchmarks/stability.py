"""Stability within its time and memory: all states feasible, three parties, random preferences; CPU seconds."""

import random
import resource
import time
from typing import Any

from winset.formats.gmcr import conflict
from winset.models.stability.stability import solve


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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"| {m} | {1 << m:,} | {a:.4f} s | {b:.4f} s | {c:.4f} s | {peak} MB |", flush=True)
    if m == 14:
        assert b <= 0.1, "promised: 0.1 s"
        assert c <= 1, "promised: 1 s with SEQ"
        assert peak <= 300, "promised: 300 MB"
assert b <= 10, "promised: 10 s"
assert c <= 90, "promised: 90 s with SEQ"
assert peak <= 1500, "promised: 1.5 GB"
