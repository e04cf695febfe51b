"""Check sentence vectors: the headline of each of 40 articles asks for that article's sentences among those of all.

    python -m training.meaning --gold dev.jsonl [--minilm DIR]

With --minilm (and PyTorch) also what the untouched encoder does. The headline's paragraph is left out, and sentences of
fewer than four words.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from training.score import document

from winset.language.annotation import Annotator
from winset.language.meaning import LONGEST, SentenceVectors
from winset.language.neural import ModelAnnotator

ARTICLES, LEAST = 40, 4
Vectors = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """`own[i]` is the number of the headline whose article holds sentence i."""

    headlines: list[str]
    sentences: list[str]
    own: NDArray[np.int64]

    def figures(self, vectors: Vectors) -> tuple[float, float]:
        """Mean reciprocal rank of the first sentence of one's own; mean share of one's own among the first ten."""
        scores = vectors(self.headlines) @ vectors(self.sentences).T
        order = np.argsort(-scores, axis=1, kind="stable")
        hits = self.own[order] == np.arange(len(self.headlines))[:, None]
        return float((1 / (1 + hits.argmax(axis=1))).mean()), float(hits[:, :10].mean())


def of(gold: Path, annotator: Annotator) -> Check:
    """The check on the first articles of a gold file, their sentences as the annotator cuts them."""
    with gold.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(ARTICLES), lines, strict=False)]
    headlines, sentences, own = [], [], []
    documents = [document(str(number), text) for number, text in enumerate(texts)]
    for number, (text, found) in enumerate(zip(texts, annotator.annotate(documents), strict=True)):
        first = text.strip().split("\n")[0]
        after = text.index(first) + len(first)
        headlines.append(first)
        for span in found.sentences:
            if span.start >= after and len(span.of(text).split()) >= LEAST:
                sentences.append(span.of(text))
                own.append(number)
    return Check(headlines, sentences, np.asarray(own))


def untouched(minilm: Path) -> Vectors:
    """The mean of MiniLM's last layer, 32-bit weights."""
    import torch
    from tokenizers import Tokenizer
    from training.encoder import from_minilm

    model = from_minilm(minilm).eval()
    tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def vectors(sentences: Sequence[str]) -> NDArray[np.float32]:
        found = np.empty((len(sentences), 384), dtype=np.float32)
        with torch.no_grad():
            for at, encoding in enumerate(tokenizer.encode_batch(list(sentences))):
                ids = torch.tensor(encoding.ids[: LONGEST - 1] + encoding.ids[-1:] * (len(encoding.ids) >= LONGEST))
                x = model.norm(model.word(ids) + model.place(torch.arange(len(ids))))[None]
                for layer in model.layers:
                    x = layer(x, None)
                found[at] = torch.nn.functional.normalize(x[0].mean(dim=0), dim=0).numpy()
        return found

    return vectors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--minilm", type=Path)
    given = parser.parse_args()
    check = of(given.gold, ModelAnnotator())
    print(f"{len(check.headlines)} headlines, {len(check.sentences)} sentences")
    ways: dict[str, Vectors] = {"packaged": SentenceVectors().vectors}
    if given.minilm:
        ways["untouched"] = untouched(given.minilm)
    for name, vectors in ways.items():
        print(name, *(f"{value:.3f}" for value in check.figures(vectors)))


if __name__ == "__main__":
    main()
