"""From PolNeAR's JSON Lines to the packaged weights, in one command; started again, it goes on where it stopped.

    python -m training.make --data POLNEAR --minilm MODEL --work DIR --into src/winset/language/weights [--seed 7]
                            [--articles N --epochs N --steps N --texts N --keep N]

Four steps, each a program of its own: `training.train` (three epochs), `training.refine` (windows with quotation
marks, unknown cues), `training.stances` (the vectors of stances), `training.export` (8-bit weights). After them
`python -m training.wordings` packs what hangs on these weights. What a step has finished in `--work` is not done again: killed at
any moment and started again with the same arguments, it gives the same files, byte for byte, as one that was left alone
(on the processor, with the same number of threads); with other arguments or data it refuses to go on. With few articles,
epochs and steps it goes through all of it in minutes, to see that an environment works; such weights read badly.
"""

import argparse
import os
import runpy
import sys
from pathlib import Path

EPOCHS, STEPS, KEEP = 3, 260, 40


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
    parser.add_argument("--texts", type=int, default=0, help="of each codebook, in the third; all where not given")
    parser.add_argument("--articles", type=int, default=0, help="only the first so many; all where not given")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="of the first step")
    parser.add_argument("--steps", type=int, default=STEPS, help="of the second")
    parser.add_argument(
        "--keep", type=int, default=KEEP, help="steps between checkpoints: as much is done again at most"
    )
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    given = parser.parse_args()
    common = (
        *("--data", given.data, "--minilm", given.minilm, "--out", given.work),
        *("--seed", str(given.seed), "--articles", str(given.articles), "--threads", str(given.threads)),
        *("--keep", str(given.keep)),
    )
    first, refined = given.work / f"reader-{given.epochs}.safetensors", given.work / "refined.safetensors"
    run("training.train", *common, "--epochs", str(given.epochs))
    run("training.refine", *common, "--reader", first, "--steps", str(given.steps))
    stances = given.work / "stances.safetensors"
    if not stances.exists():
        much = ("--seed", str(given.seed), "--texts", str(given.texts), "--threads", str(given.threads))
        run("training.stances", "--minilm", given.minilm, "--out", stances, *much)
    run("training.export", "--reader", refined, "--minilm", given.minilm, "--stances", stances, "--into", given.into)


if __name__ == "__main__":
    main()
