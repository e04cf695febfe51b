"""Train the reader on PolNeAR's training split: seeded, writes a checkpoint every so often and goes on from it.

    python -m training.train --data DIR --minilm DIR --out DIR [--epochs 3] [--seed 7]

Writes DIR/checkpoint.pt (to go on from), DIR/log.jsonl and, at the end of each epoch, DIR/reader-EPOCH.safetensors.
"""

import argparse
import json
import math
import os
import random
import time
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional
from training.encoder import Reader, from_minilm
from training.examples import IGNORED, Article, Batch, articles, batch, beside, windows
from training.resuming import digest, keep, taken_up, whole

from winset.language.decode import apart, steps
from winset.language.windows import Plan

KEEP = 40  # steps between checkpoints
PLAN = Plan(size=384, before=48, after=40, next=12, least=0.6)


def schedule(seen: list[Article], epoch: int, seed: int, rows: int) -> list[Batch]:
    """One epoch: every article cut anew, windows of similar length put together, batches shuffled."""
    chance = random.Random(f"{seed}-{epoch}")
    cuts = []
    for one in seen:
        cuts += windows(one, PLAN, chance.randrange(60, 280))
    chance.shuffle(cuts)
    pool = rows * 32
    groups = []
    for start in range(0, len(cuts), pool):
        some = sorted(cuts[start : start + pool], key=lambda pair: pair[1].end - pair[1].start)
        groups += [some[at : at + rows] for at in range(0, len(some), rows)]
    chance.shuffle(groups)
    return [batch(group) for group in groups]


def losses(model: Reader, b: Batch, device: torch.device) -> dict[str, Tensor]:
    """Negative log-likelihoods per word of tags, links, sentences and names."""

    def put(array: object) -> Tensor:
        return torch.as_tensor(array, device=device)

    x = model.encode(put(b.ids), put(b.shape), put(b.quote), put(b.mask))
    x = torch.gather(x, 1, put(b.first)[:, :, None].expand(-1, -1, x.shape[2]))
    total = float(b.words.sum())
    tags = model.tags(x).unflatten(-1, (3, 3))
    each = functional.cross_entropy(tags.flatten(0, 2), put(b.tags).flatten(), ignore_index=IGNORED, reduction="none")
    weight = torch.tensor([2.0, 0.5, 0.5], device=device)
    result = {"tags": (each.reshape(-1, 3) * weight).sum() / total}
    if len(b.cue):
        window, at = b.cue.T
        distance = steps(np.arange(b.first.shape[1])[None, :] - at[:, None])
        between = apart(b.paragraph[window] - b.paragraph[window, at][:, None])
        score = model.link(x, put(window), put(at), put(distance), put(between))
        result["links"] = (
            functional.cross_entropy(score.flatten(0, 1), put(b.links).flatten(), ignore_index=IGNORED, reduction="sum")
            / total
        )
    for name, head in (("sentence", model.sentence), ("name", model.name)):
        labels = put(getattr(b, name))
        each = functional.cross_entropy(head(x).flatten(0, 1), labels.flatten(), ignore_index=IGNORED, reduction="none")
        result[name] = 0.2 * each.sum() / total
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rows", type=int, default=6, help="windows a step")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--stop-after", type=int, default=0, help="steps; for a trial")
    parser.add_argument("--articles", type=int, default=0, help="only the first so many; all where not given")
    parser.add_argument("--keep", type=int, default=KEEP, help="steps between checkpoints")
    given = parser.parse_args()

    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    given.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(given.minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    gold = given.data / "train.jsonl"
    seen = list(islice(articles(gold, tokenizer), given.articles or None))
    model = from_minilm(given.minilm).to(device)
    known = {id(p) for name, p in model.named_parameters() if name.split(".")[0] in ("word", "place", "norm", "layers")}
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in model.parameters() if id(p) in known], "lr": given.rate},
            {"params": [p for p in model.parameters() if id(p) not in known], "lr": 5 * given.rate},
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    per_epoch = len(schedule(seen, 0, given.seed, given.rows))
    total = per_epoch * given.epochs

    def share(step: int) -> float:
        warm = 0.06 * total
        return step / warm if step < warm else max(0.02, 0.5 * (1 + math.cos(math.pi * (step - warm) / (total - warm))))

    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, share)
    asked = {name: getattr(given, name) for name in ("seed", "articles", "epochs", "rows", "rate")}
    asked |= {"data": digest(gold, beside(gold)), "minilm": digest(given.minilm / "model.safetensors")}
    held = {"model": model, "optimizer": optimizer, "scheduler": scheduler}
    checkpoint = given.out / "checkpoint.pt"
    before = taken_up(checkpoint, asked, held, device) or {"epoch": 0, "done": 0}
    epoch, done = before["epoch"], before["done"]
    print(f"{len(seen)} articles, {per_epoch} steps an epoch; from epoch {epoch} step {done}", flush=True)
    log = (given.out / "log.jsonl").open("a", encoding="utf-8")
    model.train()
    began, sums, count, since = time.time(), dict[str, float](), 0, 0
    while epoch < given.epochs:
        plan = schedule(seen, epoch, given.seed, given.rows)
        for at in range(done, len(plan)):
            parts = losses(model, plan[at], device)
            loss = torch.stack(list(parts.values())).sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            scheduler.step()
            count, since = count + 1, since + 1
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + value.item()
            if (at + 1) % given.keep == 0:
                keep(checkpoint, asked, held, epoch=epoch, done=at + 1)
                line = {"epoch": epoch, "step": at + 1, "seconds": round(time.time() - began, 1)}
                line |= {name: round(value / since, 4) for name, value in sums.items()}
                log.write(json.dumps(line) + "\n")
                log.flush()
                sums.clear()
                since = 0
            if given.stop_after and count >= given.stop_after:
                return
        epoch, done = epoch + 1, 0
        whole(given.out / f"reader-{epoch}.safetensors", lambda fresh: save_file(model.state_dict(), fresh))
        keep(checkpoint, asked, held, epoch=epoch, done=0)


if __name__ == "__main__":
    main()
