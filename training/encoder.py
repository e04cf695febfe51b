"""The network: MiniLM (BERT, 6 layers of 384) with two marks a word added to its input, and heads on each word.

Heads, all from one pass over a window:
- tags: outside / begin / inside for cue, source and content, each on its own;
- links: for a word that begins a cue and every other word, whether the word is nothing to it, or begins or goes on its
  source or its content. The score is a bilinear form of the two words' vectors, plus what the other word says on its
  own, plus a bias for the distance in words and in paragraphs;
- sentence starts and names (learnt from CoreNLP's output).
"""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional
from training.examples import LINKS, NAMES, ROLES

from winset.language.decode import DISTANCES, PARAGRAPHS_APART
from winset.language.pieces import QUOTES, SHAPES

LAYERS, HIDDEN, HEADS, INNER, RANK = 6, 384, 12, 1536, 64


class Layer(nn.Module):
    """One transformer layer as in BERT: attention, then two dense steps, normalised after each."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        rows, length, _ = x.shape
        q, k, v = (
            part.reshape(rows, length, HEADS, HIDDEN // HEADS).transpose(1, 2) for part in self.qkv(x).chunk(3, dim=-1)
        )
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = self.out(seen.transpose(1, 2).reshape(rows, length, HIDDEN))
        x = self.norm1(x + functional.dropout(seen, self.dropout, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(inner, self.dropout, self.training))


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, vocabulary: int = 30522, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, HIDDEN)
        self.place = nn.Embedding(512, HIDDEN)
        self.shape = nn.Embedding(len(SHAPES), HIDDEN)
        self.quote = nn.Embedding(len(QUOTES), HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.tags = nn.Linear(HIDDEN, 3 * len(ROLES))
        self.sentence = nn.Linear(HIDDEN, 2)
        self.name = nn.Linear(HIDDEN, len(NAMES))
        self.cue = nn.Linear(HIDDEN, RANK * len(LINKS))
        self.other = nn.Linear(HIDDEN, RANK * len(LINKS))
        self.alone = nn.Linear(HIDDEN, len(LINKS))
        self.distance = nn.Embedding(DISTANCES, len(LINKS))
        self.apart = nn.Embedding(2 * PARAGRAPHS_APART + 1, len(LINKS))
        self.dropout = dropout
        for fresh in (self.shape, self.quote, self.distance, self.apart):
            nn.init.zeros_(fresh.weight)

    def encode(self, ids: Tensor, shape: Tensor, quote: Tensor, mask: Tensor) -> Tensor:
        """Vectors of all pieces (windows x pieces x 384); `mask` is true where there is a piece."""
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.word(ids) + self.place(place) + self.shape(shape) + self.quote(quote))
        x = functional.dropout(x, self.dropout, self.training)
        bias = torch.zeros(mask.shape, dtype=x.dtype, device=x.device).masked_fill(~mask, -1e9)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def link(self, x: Tensor, window: Tensor, at: Tensor, steps: Tensor, apart: Tensor) -> Tensor:
        """Scores (cues x words x LINKS) of each cue's beginning `at` in its `window` with all words of that window."""
        cue = self.cue(x[window, at]).reshape(len(at), len(LINKS), RANK)
        other = self.other(x).reshape(*x.shape[:2], len(LINKS), RANK)[window]
        score = torch.einsum("clr,cwlr->cwl", cue, other) * RANK**-0.5
        return score + self.alone(x)[window] + self.distance(steps) + self.apart(apart)


def from_minilm(folder: Path, dropout: float = 0.1) -> Reader:
    """A Reader with MiniLM's weights in its encoder and fresh heads."""
    old = load_file(folder / "model.safetensors")
    old = {key.removeprefix("bert."): value for key, value in old.items()}
    model = Reader(old["embeddings.word_embeddings.weight"].shape[0], dropout)
    new = model.state_dict()
    new["word.weight"] = old["embeddings.word_embeddings.weight"]
    new["place.weight"] = old["embeddings.position_embeddings.weight"]
    new["place.weight"] = new["place.weight"] + old["embeddings.token_type_embeddings.weight"][0]
    for part in ("weight", "bias"):
        new[f"norm.{part}"] = old[f"embeddings.LayerNorm.{part}"]
        for at in range(LAYERS):
            there, here = f"encoder.layer.{at}.", f"layers.{at}."
            new[f"{here}qkv.{part}"] = torch.cat(
                [old[f"{there}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            for mine, theirs in (
                ("out", "attention.output.dense"),
                ("norm1", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                new[f"{here}{mine}.{part}"] = old[f"{there}{theirs}.{part}"]
    model.load_state_dict(new)
    return model
