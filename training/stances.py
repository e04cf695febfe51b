"""Train the upper layers of the vectors of stances, so that sentences about one issue lie near each other.

    python -m training.stances --minilm DIR --out STANCES.safetensors [--seed 7 --epochs 2 --texts N --threads N]

From MiniLM and the packaged wordings alone. The lower layers stay as they are (both kinds of sentence vectors share them), so what they
give is made once. Each batch holds texts of one codebook; asked for is the issue of each, or that it is nobody's stance, and the point of
the issue that it is at, by heads that are thrown away afterwards, and that texts of an issue be nearer to each other than to the rest
(Khosla and others 2020, "Supervised contrastive learning"). Nobody's stances need not be near each other.
"""

import argparse
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from training.encoder import HIDDEN, LAYERS, Layer, Reader, from_minilm
from training.resuming import whole

from winset.evidence import coding, likeness
from winset.evidence.wordings import NONE
from winset.language.meaning import StanceVectors

SHARED = 2  # lower layers that stay MiniLM's
PIECES = 48  # of a text that is learned from
BATCH, CHUNK = 64, 512
RATE, RATE_OF_HEADS, WARM = 1e-4, 1e-3, 30
SHARPNESS, NEARNESS, WEIGHT = 20.0, 0.1, 0.3  # of the heads' vectors; temperature and weight of the contrast
EPOCHS = 2

AT_NONE = -100  # in place of a point, of a text at no one point

Text = tuple[
    str, int, int
]  # with the numbers of its issue, the last of which is nobody's stance, and of its point among those of all issues
Lower = tuple[Tensor, Tensor]


class Upper(nn.Module):
    """The layers above the shared ones, and what makes their mean narrower."""

    def __init__(self, minilm: Reader, dropout: float = 0.1) -> None:
        super().__init__()
        self.layers = nn.ModuleDict({str(at): Layer(dropout) for at in range(SHARED, LAYERS)})
        for at, layer in self.layers.items():
            layer.load_state_dict(minilm.layers[int(at)].state_dict())
        self.narrow = nn.Linear(HIDDEN, StanceVectors.width, bias=False)
        nn.init.orthogonal_(self.narrow.weight)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(texts, width), each of length one."""
        bias = torch.zeros(mask.shape).masked_fill(~mask, -1e9)[:, None, None, :]
        for layer in self.layers.values():
            x = layer(x, bias)
        there = mask[..., None].float()
        return functional.normalize(self.narrow((x * there).sum(1) / there.sum(1)), dim=-1)


def padded(rows: Sequence[Tensor]) -> Lower:
    """Rows of unlike lengths as one batch, with where there is something."""
    mask = nn.utils.rnn.pad_sequence([torch.ones(len(row), dtype=torch.bool) for row in rows], batch_first=True)
    return nn.utils.rnn.pad_sequence(list(rows), batch_first=True), mask


@torch.no_grad()
def lowered(minilm: Reader, tokenizer: Tokenizer, texts: Sequence[str]) -> dict[str, Tensor]:
    """What the shared layers give for each text (pieces x 384, 16 bits)."""
    minilm.eval()
    each = [
        one.ids[: PIECES - 1] + one.ids[-1:] if len(one.ids) > PIECES else one.ids
        for one in tokenizer.encode_batch(list(texts))
    ]
    found: dict[str, Tensor] = {}
    order = sorted(range(len(texts)), key=lambda n: len(each[n]))
    for begin in range(0, len(order), 2 * BATCH):
        some = order[begin : begin + 2 * BATCH]
        ids, mask = padded([torch.tensor(each[n]) for n in some])
        x = minilm.norm(minilm.word(ids) + minilm.place(torch.arange(ids.shape[1])))
        bias = torch.zeros(mask.shape).masked_fill(~mask, -1e9)[:, None, None, :]
        for at in range(SHARED):
            x = minilm.layers[at](x, bias)
        found.update({texts[n]: x[row, : len(each[n])].half() for row, n in enumerate(some)})
    return found


def batches(
    books: dict[str, list[Text]], lower: dict[str, Tensor], chance: random.Random
) -> list[tuple[str, list[Text]]]:
    """All texts once, but for an eighth of a batch or less left over, in batches of one codebook and about one length, in an order of chance."""
    found = []
    for id, texts in books.items():
        mixed = chance.sample(texts, len(texts))
        for begin in range(0, len(mixed), CHUNK):
            part = sorted(mixed[begin : begin + CHUNK], key=lambda one: len(lower[one[0]]) + 6 * chance.random())
            found += [(id, part[at : at + BATCH]) for at in range(0, len(part), BATCH) if len(part) - at > BATCH // 8]
    chance.shuffle(found)
    return found


def contrast(vectors: Tensor, of: Tensor, nobody: int) -> Tensor:
    """How far texts of one issue are from being nearer to each other than to the rest of a batch."""
    self = torch.eye(len(of), dtype=torch.bool)
    near = (vectors @ vectors.T / NEARNESS).masked_fill(self, -1e9)
    same = (of[:, None] == of[None]) & ~self & (of[:, None] != nobody)
    some = same.any(1)
    if not some.any():
        return vectors.sum() * 0
    odds = near - torch.logsumexp(near, 1, keepdim=True)
    return -((odds * same).sum(1) / same.sum(1).clamp(min=1))[some].mean()


def texts_of(id: str, most: int = 0) -> tuple[list[Text], int, int]:
    """The texts of a packaged codebook with their classes, at most so many of them where that is more than 0, and how many issues
    (nobody's stance included) and points there are."""
    found = likeness.texts_of(coding.packaged(id))
    issues = [*dict.fromkeys(issue for issue, _ in found.values() if issue != NONE), NONE]
    points = list(dict.fromkeys(one for one in found.values() if one[1] is not None))
    texts = [
        (text, issues.index(one[0]), AT_NONE if one[1] is None else points.index(one)) for text, one in found.items()
    ]
    return texts[: most or None], len(issues), len(points)


def steps(
    books: dict[str, list[Text]], lower: dict[str, Tensor], epochs: int, seed: int
) -> Iterator[tuple[float, str, list[Text]]]:
    """(share of all steps that is done, codebook, texts)."""
    chance = random.Random(seed)
    each = [one for _ in range(epochs) for one in batches(books, lower, chance)]
    for step, (id, texts) in enumerate(each):
        yield step / len(each), id, texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--texts", type=int, default=0, help="only so many of each codebook; all where not given")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    minilm = from_minilm(given.minilm)
    tokenizer = Tokenizer.from_file(str(given.minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    read = {id: texts_of(id, given.texts) for id in coding.PACKAGED}
    books = {id: texts for id, (texts, _, _) in read.items()}
    lower = lowered(minilm, tokenizer, list(dict.fromkeys(text for texts in books.values() for text, _, _ in texts)))
    upper = Upper(minilm)
    heads = nn.ModuleDict({
        id: nn.ModuleList([nn.Linear(StanceVectors.width, issues), nn.Linear(StanceVectors.width, points)])
        for id, (_, issues, points) in read.items()
    })  # fmt: skip
    groups = [{"params": upper.parameters(), "lr": RATE}, {"params": heads.parameters(), "lr": RATE_OF_HEADS}]
    learner = torch.optim.AdamW(groups, weight_decay=0.01)
    upper.train()
    total = 0.0
    for step, (done, id, texts) in enumerate(steps(books, lower, given.epochs, given.seed), 1):
        vectors = upper(*padded([lower[text].float() for text, _, _ in texts]))
        of, at = torch.tensor([one[1:] for one in texts]).T
        scores = [head(vectors * SHARPNESS) for head in heads[id]]
        loss = functional.cross_entropy(scores[0], of, label_smoothing=0.1)
        loss = loss + WEIGHT * contrast(vectors, of, scores[0].shape[1] - 1)
        if bool((at != AT_NONE).any()):
            loss = loss + functional.cross_entropy(scores[1], at, label_smoothing=0.1)
        for group, rate in zip(learner.param_groups, (RATE, RATE_OF_HEADS), strict=True):
            group["lr"] = rate * min(1.0, step / WARM) * (1 - done)
        learner.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*upper.parameters(), *heads.parameters()], 1.0)
        learner.step()
        total += loss.item()
        if step % 100 == 0:
            print(f"{done:.0%} {total / 100:.3f}", flush=True)
            total = 0.0
    whole(
        given.out, lambda fresh: save_file({name: one.contiguous() for name, one in upper.state_dict().items()}, fresh)
    )


if __name__ == "__main__":
    main()
