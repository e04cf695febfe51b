"""How many wrongly read statements the first reviews find by the learned order; run as `python -m benchmarks.review_order`.

A synthetic reviewer judges 1,000 invented statements in 50 documents, whose reading scores tell nothing of what is wrong: by its
seed all of one kind are wrong, and one in ten of the others.
Orders compared: that of the case, that of the reading scores, and the learned one. Also the processor time of the next statement.
"""

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.workbench import big_case

from winset.services import cases, review_order, reviews
from winset.store.casefile import CaseFile
from winset.store.queue import Wanted

REVIEWS, SEEDS = 50, 10


def wrong_by(name: str, said: list[dict[str, Any]], seed: int) -> set[str]:
    """The ids of the statements that the reviewer of this seed rejects: by the named pattern, and one in ten of the others."""
    draw = np.random.default_rng(seed)
    chance = {one["id"] for one in said if draw.random() < 0.1}
    parts: dict[str, Callable[[dict[str, Any]], str]] = {
        "act": lambda one: str(one["act"]),
        "speaker": lambda one: str(one["speaker"]["party"] or one["speaker"]["name"]),
        "document": lambda one: str(one["doc"]),
    }
    if name not in parts:
        return chance
    counted = sorted(Counter(map(parts[name], said)).items(), key=lambda each: (-each[1], each[0]))
    kind = counted[int(draw.integers(1, min(4, len(counted))))][0]
    return chance | {one["id"] for one in said if parts[name](one) == kind}


def found(case: Path, wrong: set[str], order: str, learned: bool) -> tuple[int, list[float]]:
    """Wrong statements among the first reviewed, and the milliseconds of processor time each next one took."""
    hits, took, after = 0, [], None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.winset"
        shutil.copy(case, path)
        which = reviews.wanted(path, order=order)
        if not learned:
            with CaseFile.open(path) as file:
                given = [str(one["id"]) for one in file.waiting(which, count=REVIEWS)]
            return sum(one in wrong for one in given), []
        for _ in range(REVIEWS):
            start = time.process_time()
            after = reviews.following(path, which, after).id
            took.append((time.process_time() - start) * 1000)
            if after is None:
                break
            hits += after in wrong
            reviews.decide(path, after, "reject" if after in wrong else "accept")
    return hits, took


def main() -> None:
    """Prints a row for each pattern."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "invented.winset"
        with CaseFile.create(case, title="Invented", at=cases.now(), author="Ann") as file:
            made = big_case(50, 1000).with_(reviews=(), judgements=())
            file.replace(made, at=cases.now(), author="Ann", label="made")
        with CaseFile.open(case) as file:
            said = file.waiting(Wanted(), count=-1)
        _report(case, said)


def _report(case: Path, said: list[dict[str, Any]]) -> None:
    print(f"{len(said)} statements; window {review_order.WINDOW}; {SEEDS} seeds, {REVIEWS} reviews each")
    for name in ("none", "act", "speaker", "document"):
        rows, took = [], []
        for seed in range(SEEDS):
            wrong = wrong_by(name, said, seed)
            by_score, _ = found(case, wrong, "doubt", False)
            in_case, _ = found(case, wrong, "case", False)
            learned, times = found(case, wrong, "doubt", True)
            rows.append((len(wrong), in_case, by_score, learned))
            took += times
        means = np.mean(rows, axis=0)
        low, high = np.percentile([row[3] - row[2] for row in rows], [2.5, 97.5])
        print(
            f"{name:10} wrong {means[0]:6.1f}; in case order {means[1]:5.2f}, by score {means[2]:5.2f}, learned {means[3]:5.2f} "
            f"(less by score: {low:+.1f} to {high:+.1f}); next: p50 {np.median(took):.0f} ms, p95 {np.percentile(took, 95):.0f} ms"
        )


if __name__ == "__main__":
    main()
