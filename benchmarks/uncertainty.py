"""Draws and indices within their time: 10,000 draws through four methods, a 14-option conflict, Sobol indices of 20 inputs.

    uv run python benchmarks/uncertainty.py

Wall and processor seconds of each, starting with the case in memory; promised are 5, 20 and 5 s of wall on two processors that do
nothing else.
"""

import json
import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from winset.services import propagation, sensitivity
from winset.store.textform import case_from_json

DRAWS = 10_000


def case() -> dict[str, Any]:
    """Five parties, 5,000 outcomes (10 x 10 x 10 x 5), two ratifiers a signatory of two; everything that can be is a range."""
    draw = random.Random(1)
    parties, sizes = [f"p{n}" for n in range(5)], (10, 10, 10, 5)
    issues = [{"id": f"i{k}", "question": f"Issue {k}?", "kind": "integer", "range": [0, size - 1], "status_quo": size // 2}
              for k, size in enumerate(sizes)]  # fmt: skip
    judgements: list[dict[str, Any]] = []
    for party in parties:
        for k, size in enumerate(sizes):
            at = draw.uniform(0.1, 0.9) * (size - 1)
            judgements.append(
                {"quantity": "position", "party": party, "issue": f"i{k}", "range": [0.9 * at, min(size - 1, 1.1 * at)]}
            )
            judgements.append(
                {"quantity": "salience", "party": party, "issue": f"i{k}", "likely": [20, draw.uniform(30, 80), 90]}
            )
        judgements.append({"quantity": "capability", "party": party, "issue": None, "range": [10, 60]})
        judgements.append({"quantity": "reservation", "party": party, "issue": None, "range": [0.2, 0.4]})
        judgements.append({"quantity": "discount", "party": party, "issue": None, "range": [0.8, 0.95]})
    ratifiers = [
        {"name": f"house of {party}", "party": party, "chamber": f"house of {party}", "weight": 1, "reservation": {"range": [0.2, 0.5]},
         "position": {f"i{k}": {"range": [0, size - 1]} for k, size in enumerate(sizes)},
         "salience": {f"i{k}": {"range": [30, 70]} for k in range(len(sizes))}}
        for party in parties[:2]
    ]  # fmt: skip
    return {
        "schema": "winset-case/1", "title": "Drawn", "parties": [{"id": p, "name": p} for p in parties], "issues": issues,
        "judgements": judgements, "ratifiers": ratifiers,
        "rules": [{"chamber": f"house of {p}", "kind": "majority"} for p in parties[:2]],
    }  # fmt: skip


def twenty() -> dict[str, Any]:
    """Ten parties whose position and capability are ranges."""
    parties = [f"p{n}" for n in range(10)]
    judgements = [{"quantity": q, "party": p, "issue": "x", "range": [5 * n + 1, 5 * n + 40]}
                  for n, p in enumerate(parties) for q in ("position", "capability")]  # fmt: skip
    return {"schema": "winset-case/1", "title": "Twenty", "parties": [{"id": p, "name": p} for p in parties],
            "issues": [{"id": "x", "question": "How much?", "kind": "integer", "range": [0, 100]}],
            "judgements": judgements}  # fmt: skip


def conflict(options: int) -> dict[str, Any]:
    """Three parties that take the options in turn, with weighted statements, every weight a range."""
    draw = random.Random(options)
    makers = []
    for i in range(3):
        wishes = [[[k, draw.choice("YN")] for k in sorted(draw.sample(range(options), 2))] for _ in range(options)]
        low = [draw.random() for _ in wishes]
        makers.append({"name": f"p{i}", "options": list(range(i, options, 3)), "preferences": wishes,
                       "preferenceWeights": [{"range": [w, w + 0.5]} for w in low]})  # fmt: skip
    return {"options": [{"name": f"o{k}"} for k in range(options)], "infeasibles": [], "decisionMakers": makers}


def timed(name: str, work: Callable[[], Any], promised: float) -> tuple[float, float]:
    wall, spent = time.monotonic(), time.process_time()
    work()
    wall, spent = time.monotonic() - wall, time.process_time() - spent
    print(f"| {name} | {wall:.1f} | {spent:.1f} | {promised:g} |", flush=True)
    return wall, spent


def main() -> None:
    drawn, inputs = case_from_json(case()), case_from_json(twenty())
    print("| what | wall, s | processor, s | promised, s |\n| --- | --- | --- | --- |")
    total = [0.0, 0.0]
    for method in ("bargaining", "spatial", "offers", "ratification"):
        q = propagation.question(drawn, method)
        assert q.together is not None, q.why
        found = timed(f"10,000 draws, {method}", partial(propagation.propagate, q, draws=DRAWS), 5)
        total = [a + b for a, b in zip(total, found, strict=True)]
    print(f"| 10,000 draws, all four | {total[0]:.1f} | {total[1]:.1f} | 5 |")
    timed("Sobol indices, 20 inputs, 4,096 base points", lambda: sensitivity.sensitivity_case(
        inputs, "spatial", output="outcome:x", base=4_096), 5)  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        (path := Path(folder) / "c.gmcr").write_text(json.dumps(conflict(14)))
        timed("10,000 draws, Nash states of 14 options", lambda: propagation.run("stability", path, draws=DRAWS), 20)


if __name__ == "__main__":
    main()
