"""How well words that bear on judgements are read, against the labelled sentences of `tests/extraction/indications`.

`python -m benchmarks.pointing` prints the table of `docs/evidence/quality.md`; with names of files, what is wrong in these; with
`learning`, what verdicts teach.
"""

import math
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from tests.extraction import pointing

from winset.domain.pointers import Pointer
from winset.domain.reviews import Review, pointer_target
from winset.evidence.ranking import ranked_pointers
from winset.services.annotators import choose

SEEDS = 10
FILES = (
    "known",
    "held",
    "looked-1",
    "looked-2",
    "looked-3",
    "looked-4",
    "looked-5",
    "looked-6",
    "looked-7",
    "looked-8",
)


def share(right: int, of: int) -> str:
    """right/of with Wilson's 95 % interval."""
    if not of:
        return "-"
    z, p = 1.96, right / of
    middle, half = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low, high = ((middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of))
    return f"{right}/{of} [{low:.2f}, {high:.2f}]"


def main() -> None:
    annotator = choose("model")
    assert annotator is not None
    total = {kind: pointing.Count() for kind in (*pointing.KINDS, "all")}
    for name in sys.argv[1:] or FILES:
        parties = pointing.parties(name)
        counts, wrong = pointing.counted(
            (row, pointing.read(row.text, parties, annotator)) for row in pointing.rows(name)
        )
        if sys.argv[1:]:
            print("\n".join(wrong))
        for kind, one in counts.items():
            for sum_ in (total[kind], total["all"]):
                for field in ("right", "read", "labels", "toward", "towards"):
                    setattr(sum_, field, getattr(sum_, field) + getattr(one, field))
    print("| kind | precision | recall | whom besides |\n| --- | --- | --- | --- |")
    for kind, one in total.items():
        print(
            f"| {kind} | {share(one.right, one.read)} | {share(one.right, one.labels)} | {share(one.toward, one.towards)} |"
        )


def learning() -> None:
    """What verdicts on pointers teach: as labelled, and as if all of one kind, or of one party, were read wrongly."""
    annotator = choose("model")
    assert annotator is not None
    found: list[Pointer] = []
    for name in FILES:
        parties = pointing.parties(name)
        for row_number, row in enumerate(pointing.rows(name)):
            for one in pointing.read(row.text, parties, annotator):
                ground = replace(one.grounds[0], doc=f"{name}-{row_number // 10}-{row_number}")
                found.append(replace(one, grounds=(ground,)))
    chance = np.random.default_rng(7).random(len(found)) < 0.1
    busiest = Counter(one.party for one in found).most_common(1)[0][0]
    for title, wrong in (
        ("by chance only", chance),
        ("one kind as well", chance | np.array([one.kind == "haste" for one in found])),
        ("one party as well", chance | np.array([one.party == busiest for one in found])),
    ):
        for count in (0, 25, 50, 100, 200):
            print(f"| {title} | {count} | {_after(found, ~wrong, count)} |")


def _after(found: list[Pointer], right: "np.ndarray", count: int) -> str:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    plain = np.array([one.score or 0.0 for one in found])
    halves, rules, wrong, in_order = [], [], [], []
    for seed in range(SEEDS):
        order = np.random.default_rng(seed).permutation(len(found))

        def scores(done: set[int]) -> "np.ndarray":
            verdicts = {
                pointer_target(found[n]): Review(
                    target=pointer_target(found[n]), verdict="accept" if right[n] else "reject", by="label", at=at
                )
                for n in done
            }
            return np.array([one.score or 0.0 for one in ranked_pointers(found, verdicts)[0]])

        rest = order[count:]
        half = len(rest) // 2
        now = scores(set(order[:count].tolist()))
        halves.append(right[rest[np.argsort(-now[rest], kind="stable")][:half]].mean())
        rules.append(right[rest[np.argsort(-plain[rest], kind="stable")][:half]].mean())
        read: set[int] = set()
        while len(read) < count:
            now = scores(read)
            left = sorted((int(n) for n in order if int(n) not in read), key=lambda n: now[n])
            read |= set(left[: min(10, count - len(read))])
        wrong.append((~right[sorted(read)]).sum() if read else 0)
        in_order.append((~right[order[:count]]).sum())
    low, high = np.percentile(halves, [2.5, 97.5])
    return (
        f"{np.mean(halves):.3f} [{low:.3f}, {high:.3f}] | {np.mean(rules):.3f} | {np.mean(wrong):.1f} | "
        f"{np.mean(in_order):.1f} | {(~right).sum()}"
    )


if __name__ == "__main__":
    learning() if sys.argv[1:] == ["learning"] else main()
