"""From PolNeAR's JSON Lines to the packaged weights, in one command; started again, it goes on where it stopped.

    python -m training.make --data POLNEAR --minilm MODEL --work DIR --into src/winset/language/weights [--seed 7]

Three steps, each a program of its own: `training.train` (three epochs), `training.refine` (windows with quotation
marks, unknown cues), `training.export` (8-bit weights). What a step has finished in `--work` is not done again.
"""

import argparse
import runpy
import sys
from pathlib import Path

EPOCHS = 3


def run(module: str, *arguments: str | Path) -> None:
    """One step, as from the command line."""
    sys.argv = [module, *map(str, arguments)]
    print(*sys.argv, flush=True)
    runpy.run_module(module, run_name="__main__")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--minilm", "--work", "--into"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    common = ("--data", given.data, "--minilm", given.minilm, "--out", given.work, "--seed", str(given.seed))
    first, refined = given.work / f"reader-{EPOCHS}.safetensors", given.work / "refined.safetensors"
    run("training.train", *common, "--epochs", str(EPOCHS))
    run("training.refine", *common, "--reader", first)
    run("training.export", "--reader", refined, "--minilm", given.minilm, "--into", given.into)


if __name__ == "__main__":
    main()
