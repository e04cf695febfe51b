"""A corpus on a local cluster of one-threaded workers: articles a second, speed-up of a second worker, memory a worker.

    uv run python benchmarks/corpus.py [ARTICLES [ANNOTATOR]]

Prints one row a number of workers. Start-up is what the first articles take longer on workers that have only just begun: they
import and load the reader. Opener is processor time of the process that opens the corpus and keeps its parts. Memory is the
largest resident size that a worker process has had (VmHWM), half way and at the end. On a machine that does other work too the
wall clock says little; `cores` is the processor time that the workers and the opener had a second.
"""

import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.clusters import Machines, machines

from winset.services import corpus_runs

FEW = 128
NAMES = ("Norland", "Sudia", "Velmara", "Korsund", "Estmark")
VOICES = ("Foreign Minister Anna Berg", "envoy Karl Stein", "President Oto Marin", "a senior official", "two diplomats")
TOPICS = ("the ceasefire", "the water treaty", "the border post", "the prisoner exchange", "the guarantee force")


def article(draw: random.Random) -> str:
    """Some 120 words of a report."""
    said = []
    for _ in range(draw.randint(4, 8)):
        a, b = draw.sample(NAMES, 2)
        who, what = draw.choice(VOICES), draw.choice(TOPICS)
        said.append(draw.choice((
            f"{who} of {a} said on Monday that it would not accept {what} without {b}'s signature.",
            f'"We are ready to discuss {what}," {who} insisted. {b} has long demanded {draw.randint(5, 95)} percent.',
            f"{a} rejected {b}'s proposal on {what}, {who} said. It may return to the table in {draw.randint(2, 9)} weeks.",
            f"Rain fell over the capital while delegations from {a} and {b} met for round {draw.randint(1, 30)}.",
        )))  # fmt: skip
    return "\n\n".join(said)


def memory(cluster: Machines) -> tuple[float, float]:
    """(MB at most, seconds of processor time) of the workers."""
    most, spent = 0.0, 0.0
    for one in cluster.workers:
        status = Path(f"/proc/{one.pid}/status").read_text()
        most = max(most, next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")))
        times = Path(f"/proc/{one.pid}/stat").read_text().rpartition(")")[2].split()
        spent += (int(times[11]) + int(times[12])) / 100
    return most, spent


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    annotator = sys.argv[2] if len(sys.argv) > 2 else "model"
    with tempfile.TemporaryDirectory(prefix="winset-corpus-") as name:
        folder = Path(name)
        draw = random.Random(1)
        with (folder / "news.jsonl").open("w") as file:
            file.writelines(json.dumps({"text": article(draw)}) + "\n" for _ in range(count))
        print(f"{count:,} articles, {annotator}")
        few = folder / "few.jsonl"
        few.write_text("".join((folder / "news.jsonl").read_text().splitlines(keepends=True)[:FEW]))
        print(
            "| workers | start-up, s | wall, s | articles/s | workers, s | ms an article | opener, s | cores | MB half way | MB |"
        )
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        walls, starts = [], []
        for workers in (1, 2):
            with machines(workers, folder) as cluster:
                began = time.monotonic()
                corpus_runs.read_into(
                    (str(few),), folder / f"few{workers}", annotator=annotator, cluster=cluster.address
                )
                cold = time.monotonic() - began
                row = timed(cluster, folder / "news.jsonl", folder / f"out{workers}", annotator, count)
                walls.append(row[0])
                starts.append(max(0.0, cold - FEW * row[0] / count))
                wall, spent, opener, half, most = row
                print(f"| {workers} | {starts[-1]:.1f} | {wall:.1f} | {count / wall:.1f} | {spent:.1f} | {1000 * spent / count:.1f} "
                      f"| {opener:.1f} | {(spent + opener) / wall:.2f} | {half:.0f} | {most:.0f} |", flush=True)  # fmt: skip
        whole = [start + wall for start, wall in zip(starts, walls, strict=True)]
        print(
            f"two workers are {walls[0] / walls[1]:.2f} times one; start-up included, {whole[0] / whole[1]:.2f} times"
        )


def timed(cluster: Machines, corpus: Path, into: Path, annotator: str, count: int) -> tuple[float, ...]:
    """(wall, processor time of the workers, of this process, largest MB of a worker half way, at the end)."""
    half: list[float] = []

    def tell(totals: dict[str, Any]) -> None:
        if not half and 2 * totals["documents"] >= count:
            half.append(memory(cluster)[0])

    before, here, start = memory(cluster)[1], time.process_time(), time.monotonic()
    corpus_runs.read_into((str(corpus),), into, annotator=annotator, cluster=cluster.address, tell=tell)
    wall, opener = time.monotonic() - start, time.process_time() - here
    most, spent = memory(cluster)
    return wall, spent - before, opener, *half, most


if __name__ == "__main__":
    main()
