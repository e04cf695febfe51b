"""Train a reader further, on what needs it: windows with quotation marks, the upper layers and the heads.

    python -m training.refine --data DIR --minilm DIR --reader READER.safetensors|reader.onnx --out DIR
                              [--steps 260] [--seed 7] [--layouts 0.5]

With --layouts a share of the articles is read in another layout (`training.layouts`). The lower layers stay as they are. What is written is the running mean of the weights over the steps, which is steadier
than the last ones. DIR/refine.pt is the checkpoint to go on from, DIR/refined.safetensors the reader.
"""

import argparse
import json
import math
import os
import random
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from training.encoder import Reader
from training.examples import Article, Batch, article, articles, batch, beside, windows
from training.layouts import varied
from training.resuming import digest, keep, taken_up, whole
from training.train import KEEP, losses

from winset.language.pieces import DIGITS, MASK_ID, OUTSIDE
from winset.language.windows import Plan, Window

PLAN = Plan()
FROZEN = 3  # layers, counted from below; the embeddings with them
CUES_HIDDEN, WORDS_HIDDEN = 0.25, 0.03  # shares of words made unreadable while training
MEMORY = 0.99  # of the running mean of the weights


def state_of(path: Path) -> dict[str, Tensor]:
    """A reader's weights from a checkpoint, or from a packaged graph (as exact as its 7 or 8 bits)."""
    if path.suffix != ".onnx":
        return load_file(path)
    model = onnx.load(str(path))
    held = {one.name: one for one in model.graph.initializer}
    state = dict(Reader().state_dict())
    for name, value in state.items():
        stem, part = name.rsplit(".", 1)
        if f"constant.{stem}.w" in held:
            if part == "bias":
                array = numpy_helper.to_array(held[f"constant.{stem}.b"])
            else:
                scale = numpy_helper.to_array(held[f"constant.{stem}.s"])
                array = (numpy_helper.to_array(held[f"constant.{stem}.w"]) * scale).T
        elif f"constant.{stem}.g" in held:
            array = numpy_helper.to_array(held[f"constant.{stem}.{'g' if part == 'weight' else 'b'}"])
        elif stem == "word":
            with np.load(path.with_name("words.npz"), allow_pickle=False) as table:
                array = table["rows"].astype(np.float32) * table["scales"]
        elif f"constant.{stem}.scale" in held:
            array = numpy_helper.to_array(held[f"constant.{stem}"]) * numpy_helper.to_array(
                held[f"constant.{stem}.scale"]
            )
        else:
            continue  # the distances' biases, which lie in labels.json
        fresh = torch.tensor(array.copy(), dtype=value.dtype)
        state[name] = fresh if fresh.shape == value.shape else torch.cat([fresh, value[len(fresh) :]])
    labels = json.loads(path.with_name("labels.json").read_text(encoding="utf-8"))
    return state | {f"{name}.weight": torch.tensor(labels[name]) for name in ("distance", "apart")}


def quoting(pair: tuple[Article, Window]) -> bool:
    """Whether a window holds any quotation mark."""
    one, window = pair
    return bool((one.pieces.quote[window.start : window.end] != OUTSIDE).any())


def hidden(b: Batch, chance: np.random.Generator, vocabulary: list[int]) -> Batch:
    """The same with some words made unreadable or other words, those of cues most, so that unknown cues are read too."""
    rows, words = b.words.shape
    rate = np.where(b.tags[:, :, 0] > 0, CUES_HIDDEN, WORDS_HIDDEN)
    letters = np.take_along_axis(b.shape, b.first, axis=1) < DIGITS
    chosen = (chance.random((rows, words)) < rate) & b.words & letters
    ids = b.ids.copy()
    for row, word in zip(*np.nonzero(chosen), strict=True):
        begin = b.first[row, word]
        stop = b.first[row, word + 1] if word + 1 < words and b.words[row, word + 1] else begin + 1
        ids[row, begin:stop] = MASK_ID if chance.random() < 0.6 else chance.choice(vocabulary)
    return replace(b, ids=ids)


def schedule(
    seen: list[Article], vary: Callable[[int, random.Random], Article | None], epoch: int, seed: int, rows: int
) -> list[list[tuple[Article, Window]]]:
    """One epoch: the quoting windows of every article, cut anew, those of similar length put together.

    `vary` gives an article (by number) in another layout, or None where it is to be read as it is.
    """
    chance = random.Random(f"refine-{seed}-{epoch}")
    chosen = [vary(number, chance) or one for number, one in enumerate(seen)]
    cuts = [pair for one in chosen for pair in windows(one, PLAN, chance.randrange(60, 280)) if quoting(pair)]
    chance.shuffle(cuts)
    groups = []
    for start in range(0, len(cuts), rows * 32):
        some = sorted(cuts[start : start + rows * 32], key=lambda pair: pair[1].end - pair[1].start)
        groups += [some[at : at + rows] for at in range(0, len(some), rows)]
    chance.shuffle(groups)
    return groups


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--reader", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=260)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rows", type=int, default=6, help="windows a step")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--layouts", type=float, default=0.0, help="share of articles in another layout")
    parser.add_argument("--articles", type=int, default=0, help="only the first so many; all where not given")
    parser.add_argument("--keep", type=int, default=KEEP, help="steps between checkpoints")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    given = parser.parse_args()

    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    given.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(given.minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    gold = given.data / "train.jsonl"
    seen = list(islice(articles(gold, tokenizer), given.articles or None))
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]

    def vary(number: int, chance: random.Random) -> Article | None:
        if not given.layouts or chance.random() >= given.layouts:
            return None
        return article(varied(records[number], chance), None, tokenizer)

    model = Reader()
    model.load_state_dict(state_of(given.reader))
    below = ("word", "place", "norm", "shape", "quote", *(f"layers.{at}" for at in range(FROZEN)))
    for name, parameter in model.named_parameters():
        parameter.requires_grad = not name.startswith(tuple(f"{one}." for one in below))
    layers = [p for name, p in model.named_parameters() if p.requires_grad and name.startswith("layers.")]
    heads = [p for name, p in model.named_parameters() if p.requires_grad and not name.startswith("layers.")]
    optimizer = torch.optim.AdamW(
        [{"params": layers, "lr": given.rate}, {"params": heads, "lr": 3 * given.rate}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    plan: list[list[tuple[Article, Window]]] = []
    for epoch in count():
        fresh = schedule(seen, vary, epoch, given.seed, given.rows)
        if not fresh:
            raise SystemExit(f"{gold}: none of {len(seen)} articles holds a quotation mark; take more of them")
        plan += fresh[: given.steps - len(plan)]
        if len(plan) == given.steps:
            break
    # in one order: the tokenizer gives its words in another one in every process
    vocabulary = sorted(at for piece, at in tokenizer.get_vocab().items() if piece.isascii() and piece.isalpha())

    def share(step: int) -> float:
        warm = 0.06 * len(plan)
        return (
            step / warm
            if step < warm
            else max(0.02, 0.5 * (1 + math.cos(math.pi * (step - warm) / (len(plan) - warm))))
        )

    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, share)
    mean = {name: value.clone() for name, value in model.state_dict().items()}
    asked = {name: getattr(given, name) for name in ("seed", "articles", "steps", "rows", "rate", "layouts")}
    asked |= {"data": digest(gold, beside(gold)), "reader": digest(given.reader)}
    held = {"model": model, "optimizer": optimizer, "scheduler": scheduler}
    checkpoint = given.out / "refine.pt"
    before = taken_up(checkpoint, asked, held, torch.device("cpu")) or {"mean": mean, "done": 0}
    mean, done = before["mean"], before["done"]
    print(f"{len(plan)} steps, from step {done}", flush=True)
    log = (given.out / "refine.jsonl").open("a", encoding="utf-8")
    model.train()
    began, sums, since = time.time(), dict[str, float](), 0
    for at in range(done, len(plan)):
        chance = np.random.default_rng([given.seed, at])
        parts = losses(model, hidden(batch(plan[at]), chance, vocabulary), torch.device("cpu"))
        optimizer.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(layers + heads, 1.0)
        optimizer.step()
        scheduler.step()
        memory = min(MEMORY, at / (at + 10))
        for name, value in model.state_dict().items():
            mean[name].lerp_(value, 1 - memory)
        since += 1
        for name, part in parts.items():
            sums[name] = sums.get(name, 0.0) + part.item()
        if (at + 1) % given.keep == 0 or at + 1 == len(plan):
            keep(checkpoint, asked, held, mean=mean, done=at + 1)
            line = {"step": at + 1, "seconds": round(time.time() - began, 1)}
            log.write(json.dumps(line | {name: round(value / since, 4) for name, value in sums.items()}) + "\n")
            log.flush()
            sums.clear()
            since = 0
    whole(given.out / "refined.safetensors", lambda fresh: save_file(mean, fresh))


if __name__ == "__main__":
    main()
