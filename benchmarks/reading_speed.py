"""Words a second of reading, start-up excluded; the engine's start; peak memory of the process.

python benchmarks/reading_speed.py FOLDER_OF_TEXTS [rules|model]     (taskset -c 0 python ... for one core)

Promised: rules 20,000 words a second on one core; the trained reader 8,000 on two cores and 5,000 on one, started in a
second, with a peak of at most 400 MB.
"""

import os
import resource
import sys
import time

from winset.language.annotation import Annotator
from winset.services.annotators import choose
from winset.services.extraction import Read, read_statements
from winset.services.files import sources
from winset.services.reading import read_sources

ROUNDS = 3


def main() -> None:
    """Reads everything once to warm up, then a few times; prints the best round."""
    folder, name = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "model"
    began = time.perf_counter()
    annotator = choose(name)
    started = time.perf_counter() - began
    words, best = read(folder, annotator), float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        read(folder, annotator)
        best = min(best, time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    cores = len(os.sched_getaffinity(0))
    print(
        f"{name}: started in {started:.2f} s; {words} words in {best:.2f} s on {cores} core{'s' if cores > 1 else ''}: "
    )
    print(f"{words / best:,.0f} words/s; peak {peak:.0f} MB")


def read(folder: str, annotator: Annotator | None) -> int:
    """Reads a folder as `winset read --json` does; its number of words."""
    words = 0
    for one in read_statements(read_sources(sources((folder,), print)), annotator):
        if isinstance(one, Read):
            words += len(one.document.text.split())
            one.as_json()
    return words


if __name__ == "__main__":
    main()
