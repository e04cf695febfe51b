"""How well words that bear on judgements are read, against the labelled sentences of `tests/extraction/indications`.

`python -m benchmarks.pointing` prints the table of `docs/evidence/quality.md`; with names of files, what is wrong in these.
"""

import math
import sys

from tests.extraction import pointing

from winset.services.annotators import choose

FILES = ("known", "held", "looked-1", "looked-2", "looked-3", "looked-4")


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


if __name__ == "__main__":
    main()
