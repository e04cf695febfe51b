"""From the command to its answer in a fresh interpreter: wall and processor seconds, the best of a few tries.

python -m benchmarks.cold_start [FOLDER_OF_ARTICLES]     (else the reports of the packaged episodes)

Promised on two cores: `winset --help` 0.3 s, the example from its reports to its brief 5 s, the brief of ten articles 5 s. Questions to an
empty case show what only starting takes.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path

ROUNDS = 5
ARTICLES = 10
NOTHING = 3  # exit code of a list that is empty


def main() -> None:
    """One line a command."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        articles = home / "articles"
        articles.mkdir()
        for one in _articles()[:ARTICLES]:
            shutil.copy(one, articles)
        case = home / "kept" / "riyadh-2025.winset"
        _run("demo", "--into", str(case.parent))
        empty = home / "empty.winset"
        _run("new", str(empty))
        for name, command in (
            ("--help", ["--help"]),
            ("codebook list", ["codebook", "list"]),
            *((f"{one} of an empty case", [one, str(empty)]) for one in ("show", "positions", "ledger")),
            ("demo", ["demo", "--into", "{new}"]),
            ("brief of a case", ["brief", str(case), "--out", str(home / "case.html")]),
            (f"brief of {len(list(articles.iterdir()))} articles", ["brief", str(articles), "--out", str(home / "a.html")]),
        ):  # fmt: skip
            tries = [_run(*(part.format(new=home / f"{n}") for part in command)) for n in range(ROUNDS)]
            print(f"{name}: {min(w for w, _ in tries):.2f} s wall, {min(c for _, c in tries):.2f} s processor")


def _articles() -> list[Path]:
    if len(sys.argv) > 1:
        return sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_file())
    episodes = Path(str(files("winset.catalog").joinpath("episodes")))
    return sorted(episodes.glob("*/reports/*.txt"))


def _run(*arguments: str) -> tuple[float, float]:
    """Wall and processor seconds of one command."""
    before, began = os.times(), time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "winset", *arguments], check=False, capture_output=True, text=True)
    if done.returncode not in (0, NOTHING):
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr}")
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, spent


if __name__ == "__main__":
    main()
