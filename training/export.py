"""Write a trained reader as the packaged weights: ONNX graphs, the table of word vectors, the tokenizer and the labels.

    python -m training.export --reader READER.safetensors|reader.onnx --minilm DIR --stances STANCES.safetensors --into DIR [--float] [--settings JSON]

There are two graphs over one table of word vectors: the reader's layers with 8-bit weights, and those of the untouched
MiniLM with 4-bit ones, for what sentences mean, with a second set of upper layers for what stances are about. The reader's graph is built by hand, operator by operator, so that it holds what is used and nothing else. It reads one window at
a time, without a batch axis: the range of a layer's activations, by which they are quantised, is then the window's own
and a window's scores do not depend on what else is read. Weights keep 7 bits, so that no processor's 16-bit sums overflow.
"""

import argparse
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import load_file
from training.encoder import HEADS, HIDDEN, LAYERS, from_minilm
from training.examples import LINKS, NAMES, ROLES
from training.refine import state_of
from training.stances import SHARED

VERSION = 2  # of the weights; part of the name that statements bear
LONGEST = 384  # pieces in a window
LARGEST = 63  # of a 7-bit weight
LONGEST_SENTENCE = 256  # pieces, as MiniLM was trained
BLOCK = 128  # weights of a row that share a scale where they have 4 bits
HEADS_OF_WORDS = ("tags", "sentence", "name", "cue", "other", "alone")


class Graph:
    """Operators and constants as they are added."""

    def __init__(self, weights: dict[str, NDArray[np.float32]], *, quantised: bool) -> None:
        self.weights, self.quantised = weights, quantised
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.count = 0

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), f"constant.{name}"))
        return f"constant.{name}"

    def op(
        self, kind: str, *inputs: str, out: str | None = None, outputs: int = 1, domain: str = "", **more: object
    ) -> str:
        self.count += 1
        name = out or f"{kind.lower()}{self.count}"
        names = [name] if outputs == 1 else [f"{name}_{n}" for n in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"n{self.count}", domain=domain, **more))
        return names[0] if outputs == 1 else name

    def dense4(self, name: str, x: str) -> str:
        """x times a weight matrix, plus its bias; 4 bits with a scale and a zero for BLOCK weights of an output's row."""
        weight = self.weights[f"{name}.weight"]
        rows, columns = weight.shape
        cut = weight.reshape(rows, columns // BLOCK, BLOCK)
        least, most = cut.min(axis=2, keepdims=True), cut.max(axis=2, keepdims=True)
        scale = np.maximum(most - least, 1e-8) / 15
        zero = np.clip(np.rint(-least / scale), 0, 15)
        value = np.clip(np.rint(cut / scale + zero), 0, 15).astype(np.uint8)
        zeros = zero[:, :, 0].astype(np.uint8)
        zeros = np.pad(zeros, ((0, 0), (0, zeros.shape[1] % 2)))
        product = self.op(
            "MatMulNBits",
            x,
            self.constant(f"{name}.w", value[:, :, ::2] | value[:, :, 1::2] << 4),
            self.constant(f"{name}.s", scale.astype(np.float32).ravel()),
            self.constant(f"{name}.z", (zeros[:, ::2] | zeros[:, 1::2] << 4).ravel()),
            domain="com.microsoft",
            K=columns,
            N=rows,
            bits=4,
            block_size=BLOCK,
            accuracy_level=4,
        )
        return self.op("Add", product, self.constant(f"{name}.b", self.weights[f"{name}.bias"]))

    def table(self, name: str, index: str) -> str:
        """Rows of an embedding, kept as int8 with a scale a row."""
        value = self.weights[f"{name}.weight"]
        if not self.quantised:
            return self.op("Gather", self.constant(name, value), index)
        scale = np.maximum(np.abs(value).max(axis=1, keepdims=True), 1e-8) / 127
        rows = self.op("Gather", self.constant(name, np.rint(value / scale).astype(np.int8)), index)
        scales = self.op("Gather", self.constant(f"{name}.scale", scale.astype(np.float32)), index)
        return self.op("Mul", self.op("Cast", rows, to=TensorProto.FLOAT), scales)

    def dense(self, name: str, x: str, out: str | None = None) -> str:
        """x times a weight matrix, plus its bias; int8 with a scale a column."""
        weight, bias = self.weights[f"{name}.weight"].T, self.weights[f"{name}.bias"]
        if not self.quantised:
            product = self.op("MatMul", x, self.constant(f"{name}.w", weight))
            return self.op("Add", product, self.constant(f"{name}.b", bias), out=out)
        scale = (np.maximum(np.abs(weight).max(axis=0), 1e-8) / LARGEST).astype(np.float32)
        return self.op(
            "DynamicQuantizeMatMul",
            x,
            self.constant(f"{name}.w", np.rint(weight / scale).astype(np.int8)),
            self.constant(f"{name}.s", scale),
            "",
            self.constant(f"{name}.b", bias),
            out=out,
            domain="com.microsoft",
        )

    def normalised(self, name: str, x: str, skip: str) -> str:
        """Layer normalisation of x + skip (the fused operator measured three times slower)."""
        return self.op(
            "LayerNormalization",
            self.op("Add", x, skip),
            self.constant(f"{name}.g", self.weights[f"{name}.weight"]),
            self.constant(f"{name}.b", self.weights[f"{name}.bias"]),
            axis=-1,
            epsilon=1e-12,
        )


def layers(g: Graph, dense: Callable[[str, str], str], x: str, names: Sequence[str]) -> str:
    """Transformer layers one on the other; `dense` multiplies with a matrix of weights by its name."""
    for layer in names:
        parts = g.op("Split", dense(f"{layer}qkv", x), outputs=3, axis=2, num_outputs=3)
        seen = g.op("MultiHeadAttention", *(f"{parts}_{n}" for n in range(3)), domain="com.microsoft", num_heads=HEADS)
        x = g.normalised(f"{layer}norm1", dense(f"{layer}out", seen), x)
        inner = g.op("Gelu", dense(f"{layer}up", x), domain="com.microsoft")
        x = g.normalised(f"{layer}norm2", dense(f"{layer}down", inner), x)
    return x


def named(which: Iterable[int], of: str = "layers") -> list[str]:
    """How the weights of layers are named."""
    return [f"{of}.{at}." for at in which]


def places(g: Graph) -> str:
    """The vectors of the pieces' places, as many as there are pieces."""
    zero, one = g.constant("zero", np.int64(0)), g.constant("one", np.int64(1))
    length = g.op("Squeeze", g.op("Shape", "word", start=0, end=1))
    return g.table("place", g.op("Range", zero, length, one))


def finished(
    g: Graph, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
) -> onnx.ModelProto:
    """The model of a graph; its first input is always the pieces' word vectors."""
    word = helper.make_tensor_value_info("word", TensorProto.FLOAT, ["pieces", HIDDEN])
    made = helper.make_graph(g.nodes, name, [word, *inputs], outputs, g.constants)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="winset")


def graph(weights: dict[str, NDArray[np.float32]], *, quantised: bool) -> onnx.ModelProto:
    """The whole reader: word, shape, quote (pieces) and first (words) in; each head's scores of the words out."""
    g = Graph({**weights, "place.weight": weights["place.weight"][:LONGEST]}, quantised=quantised)
    axis = g.constant("axis", np.array([0], dtype=np.int64))
    word = g.op("Add", "word", places(g))
    marks = g.op("Add", g.table("shape", "shape"), g.table("quote", "quote"))
    x = g.normalised("norm", g.op("Unsqueeze", word, axis), g.op("Unsqueeze", marks, axis))
    x = layers(g, g.dense, x, named(range(LAYERS)))
    words = g.op("Gather", g.op("Squeeze", x, axis), "first")
    for head in HEADS_OF_WORDS:
        g.dense(head, words, out=head)
    width = {head: int(weights[f"{head}.bias"].shape[0]) for head in HEADS_OF_WORDS}
    return finished(
        g,
        "reader",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["pieces"]) for name in ("shape", "quote")]
        + [helper.make_tensor_value_info("first", TensorProto.INT64, ["words"])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["words", width[name]]) for name in HEADS_OF_WORDS],
    )


def meaning(
    weights: dict[str, NDArray[np.float32]], stances: dict[str, NDArray[np.float32]], *, quantised: bool
) -> onnx.ModelProto:
    """Two readings of one sentence over the same lower layers: word (its pieces, its two marks included) in; out, each of length one,
    "vector", the mean of MiniLM's pieces as it came, and "stance", that of the layers trained to tell issues apart, made narrower."""
    upper = {f"stances.{name}": value for name, value in stances.items()}
    g = Graph({**weights, **upper, "place.weight": weights["place.weight"][:LONGEST_SENTENCE]}, quantised=quantised)
    axis = g.constant("axis", np.array([0], dtype=np.int64))
    both = g.op("Unsqueeze", "word", axis), g.op("Unsqueeze", places(g), axis)
    dense = g.dense4 if quantised else g.dense
    shared = layers(g, dense, g.normalised("norm", *both), named(range(SHARED)))
    own, told = named(range(SHARED, LAYERS)), named(range(SHARED, LAYERS), "stances.layers")
    g.op("LpNormalization", mean(g, layers(g, dense, shared, own), axis), out="vector", axis=0, p=2)
    narrow = g.op(
        "MatMul", mean(g, layers(g, dense, shared, told), axis), g.constant("narrow", upper["stances.narrow.weight"].T)
    )
    g.op("LpNormalization", narrow, out="stance", axis=0, p=2)
    width = {"vector": HIDDEN, "stance": len(upper["stances.narrow.weight"])}
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [size]) for name, size in width.items()]
    return finished(g, "meaning", [], outputs)


def mean(g: Graph, x: str, axis: str) -> str:
    """The mean of a sentence's pieces."""
    return g.op("ReduceMean", g.op("Squeeze", x, axis), axis, keepdims=0)


def write(
    reader: Path, minilm: Path, stances: Path, into: Path, *, quantised: bool, settings: dict[str, float]
) -> None:
    """The files of the package."""
    weights = {name: value.numpy() for name, value in state_of(reader).items()}
    untouched = {name: value.numpy() for name, value in from_minilm(minilm).state_dict().items()}
    upper = {name: value.numpy() for name, value in load_file(stances).items()}
    into.mkdir(parents=True, exist_ok=True)
    word = weights.pop("word.weight")
    scales = np.maximum(np.abs(word).max(axis=1, keepdims=True), 1e-8) / 127
    if quantised:
        np.savez(into / "words.npz", rows=np.rint(word / scales).astype(np.int8), scales=scales.astype(np.float32))
    else:
        np.savez(into / "words.npz", rows=word, scales=np.ones((len(word), 1), dtype=np.float32))
    for name, model in (
        ("reader.onnx", graph(weights, quantised=quantised)),
        ("meaning.onnx", meaning(untouched, upper, quantised=quantised)),
    ):
        (into / name).write_bytes(model.SerializeToString())
    tokenizer = json.loads((minilm / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer |= {"truncation": None, "padding": None, "post_processor": None}
    (into / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    about = {
        "version": VERSION,
        "longest": LONGEST,
        "roles": list(ROLES),
        "links": list(LINKS),
        "names": list(NAMES),
        "hidden": HIDDEN,
        "distance": np.round(weights["distance.weight"].astype(float), 5).tolist(),
        "apart": np.round(weights["apart.weight"].astype(float), 5).tolist(),
        "settings": settings,
        "sha256": {
            name: hashlib.sha256((into / name).read_bytes()).hexdigest()
            for name in ("reader.onnx", "meaning.onnx", "words.npz", "tokenizer.json")
        },
    }
    (into / "labels.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--stances", type=Path, required=True, help="what training.stances made")
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="32-bit weights, to measure what int8 loses")
    parser.add_argument("--settings", type=json.loads, default={}, help="of the decoder, as JSON")
    given = parser.parse_args()
    write(given.reader, given.minilm, given.stances, given.into, quantised=not given.float, settings=given.settings)


if __name__ == "__main__":
    main()
