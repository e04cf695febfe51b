"""A corpus on a local cluster of one-threaded workers: articles a second, speed-up of a second worker, memory a worker.

    uv run python benchmarks/corpus.py [ARTICLES [ANNOTATOR]]

Prints one row a number of workers. Memory is the largest resident size that a worker process has had (VmHWM). On a machine that
does other work too, compare processor time: it is given beside the wall clock.
"""

import json
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.clusters import Machines, machines

from winset.services import corpus_runs

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
        print("| workers | wall, s | articles/s | processor, s | ms an article | memory a worker, MB |")
        print("| --- | --- | --- | --- | --- | --- |")
        walls = []
        for workers in (1, 2):
            with machines(workers, folder) as cluster:
                warm = folder / f"warm{workers}"
                (folder / "few.jsonl").write_text(
                    "".join((folder / "news.jsonl").read_text().splitlines(keepends=True)[:130])
                )
                corpus_runs.read_into((str(folder / "few.jsonl"),), warm, annotator=annotator, cluster=cluster.address)
                before, start = memory(cluster)[1], time.monotonic()
                corpus_runs.read_into(
                    (str(folder / "news.jsonl"),),
                    folder / f"out{workers}",
                    annotator=annotator,
                    cluster=cluster.address,
                )
                walls.append(time.monotonic() - start)
                most, spent = memory(cluster)
                print(f"| {workers} | {walls[-1]:.1f} | {count / walls[-1]:.1f} | {spent - before:.1f} "
                      f"| {1000 * (spent - before) / count:.1f} | {most:.0f} |", flush=True)  # fmt: skip
        print(f"two workers are {walls[0] / walls[1]:.2f} times one")


if __name__ == "__main__":
    main()
