"""Deals within their time: listed spaces, many parties, spaces too large to list, one weight changed, the whole command.

Prints CPU seconds, best of three, and for the million outcomes the memory above start-up. Large spaces have to be proven
within their processor time. The solver's own limits are by the clock on the wall, which runs on while others use the
machine: here they are PATIENCE, so that only processor time decides.
"""

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from winset.models.bargaining.deals import solve_listed
from winset.models.bargaining.problem import Issue, Problem, Utility
from winset.models.bargaining.summed import solve_summed
from winset.models.bargaining.unlisted import solve_unlisted

PATIENCE = 600.0  # seconds by the clock for one problem
PROVEN = 5.0  # processor seconds within which a space too large to list is to be proven
COMMAND = f"""
from winset.cli.main import main
from winset.models.bargaining import solve, unlisted
solve._CHECK = unlisted.solve_unlisted.__kwdefaults__["seconds"] = {PATIENCE}
main()
"""  # as `python -m winset`, with that patience


def problem(seed: int, parties: int, sizes: list[int], *, whole: bool = False, opposed: bool = False) -> Problem:
    rng = np.random.default_rng(seed)
    first = [rng.random(n) for n in sizes]
    utilities = []
    for i in range(parties):
        tables = []
        for k, n in enumerate(sizes):
            own = rng.integers(0, 101, n).astype(float) if whole else rng.random(n)
            tables.append(0.5 * own + 0.5 * (1 - first[k]) if opposed and i else own)
        utilities.append(Utility(tables=tuple(tables)))
    return Problem(
        parties=tuple(f"p{i}" for i in range(parties)),
        issues=tuple(Issue(name=f"i{k}", values=tuple(range(n))) for k, n in enumerate(sizes)),
        utilities=tuple(utilities),
        reservation=np.zeros(parties),
    )


def best(call: Callable[[], object], times: int = 3) -> float:
    found = []
    for _ in range(times):
        start = time.process_time()
        call()
        found.append(time.process_time() - start)
    return min(found)


before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
million = problem(1, 2, [10] * 6)
spent = best(lambda: solve_listed(million))
grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
print(f"1e6 outcomes, 2 parties: {spent:.3f} s (promised 0.1), {grown:.0f} MB above start-up (promised 150)")
small = problem(2, 2, [10] * 4)
print(f"1e4 outcomes, 2 parties: {1000 * best(lambda: solve_listed(small), 20):.2f} ms (promised 1)")
changed = million.utilities[0]
heavier = replace(
    million,
    utilities=(
        replace(changed, tables=(1.5 * np.asarray(changed.tables[0]), *changed.tables[1:])),
        million.utilities[1],
    ),
)
print(f"1e6 outcomes, one weight changed: {1000 * best(lambda: solve_listed(heavier)):.0f} ms (promised 50)")
five = problem(3, 5, [10] * 5, opposed=True)
size = len(solve_listed(five).frontier)
print(f"5 parties, 1e5 outcomes, frontier of {size:,}: {best(lambda: solve_listed(five)):.2f} s (promised 2)")
rng = np.random.default_rng(3)
chained = [[rng.random(10) for _ in range(5)]]
for _ in range(4):  # each half opposed to the one before
    chained.append([0.5 * (1 - t) + 0.5 * rng.random(10) for t in chained[-1]])
five = replace(five, utilities=tuple(Utility(tables=tuple(t)) for t in chained))
size = len(solve_listed(five).frontier)
print(f"5 parties, 1e5 outcomes, frontier of {size:,}: {best(lambda: solve_listed(five)):.2f} s (promised 2)")
for whole in (True, False):
    kind = "whole" if whole else "real"
    large = problem(4, 2, [7] * 30, whole=whole)
    points = len(solve_summed(large).frontier)
    spent = best(partial(solve_summed, large))
    print(f"30 x 7, 2 parties, {kind}: frontier of {points:,} in {spent:.2f} s (promised 10)")
    for parties in (2, 3):
        many = partial(solve_unlisted, problem(4, parties, [7] * 30, whole=whole), seconds=PATIENCE, bounds_only=True)
        deals = many()
        assert deals.certificate["holds"], deals.certificate
        spent = best(many)
        print(f"30 x 7, {parties} parties, {kind}, proven: {spent:.2f} s (promised {PROVEN:g})")
        assert spent <= PROVEN, "not proven within its processor time"


def command(problem: Problem, reservation: float) -> tuple[float, dict[str, Any]]:
    """Processor seconds of `winset solve bargaining TABLE --json`, start of the program included, and its answer."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "options.csv"
        with table.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["issue", "option", *problem.parties])
            for k, issue in enumerate(problem.issues):
                for place in range(len(issue.values)):
                    rows.writerow(
                        [issue.name, place, *(repr(float(np.asarray(u.tables[k])[place])) for u in problem.utilities)]
                    )
            rows.writerow(["reservation", "", *([reservation] * len(problem.parties))])
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "solve", "bargaining", str(table), "--json"],
            capture_output=True,
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, json.loads(done.stdout)


for parties in (2, 3):
    for whole in (True, False):
        runs = [command(problem(4, parties, [7] * 30, whole=whole), 1500 if whole else 15) for _ in range(3)]
        for _took, answer in runs:
            assert answer["certificate"]["holds"], answer["certificate"]
        spent = min(took for took, _ in runs)
        kind = "whole" if whole else "real"
        print(f"30 x 7, {parties} parties, {kind}, the whole command: {spent:.2f} s (promised {PROVEN:g})")
        assert spent <= PROVEN, "the command does not answer within its processor time"
