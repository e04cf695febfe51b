"""Write a trained reader as the packaged weights: an ONNX graph with int8 weights, the tokenizer and the labels.

    python -m training.export --reader reader-3.safetensors --minilm DIR --into DIR [--float] [--settings JSON]

The graph is built by hand, operator by operator, so that it holds what is used and nothing else. It reads one window at
a time, without a batch axis: the range of a layer's activations, by which they are quantised, is then the window's own
and a window's scores do not depend on what else is read. Weights keep 7 bits, so that no processor's 16-bit sums overflow.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file
from training.encoder import HEADS, HIDDEN, LAYERS
from training.examples import LINKS, NAMES, ROLES

VERSION = 2  # of the weights; part of the name that statements bear
LONGEST = 384  # pieces in a window
LARGEST = 63  # of a 7-bit weight
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


def graph(weights: dict[str, NDArray[np.float32]], *, quantised: bool) -> onnx.ModelProto:
    """The whole reader: ids, shape, quote (pieces) and first (words) in; each head's scores of the words out."""
    g = Graph({**weights, "place.weight": weights["place.weight"][:LONGEST]}, quantised=quantised)
    zero, one = g.constant("zero", np.int64(0)), g.constant("one", np.int64(1))
    axis = g.constant("axis", np.array([0], dtype=np.int64))
    length = g.op("Squeeze", g.op("Shape", "ids"))
    place = g.op("Range", zero, length, one)
    word = g.op("Add", g.table("word", "ids"), g.table("place", place))
    marks = g.op("Add", g.table("shape", "shape"), g.table("quote", "quote"))
    x = g.normalised("norm", g.op("Unsqueeze", word, axis), g.op("Unsqueeze", marks, axis))
    for at in range(LAYERS):
        layer = f"layers.{at}."
        parts = g.op("Split", g.dense(f"{layer}qkv", x), outputs=3, axis=2, num_outputs=3)
        seen = g.op("MultiHeadAttention", *(f"{parts}_{n}" for n in range(3)), domain="com.microsoft", num_heads=HEADS)
        x = g.normalised(f"{layer}norm1", g.dense(f"{layer}out", seen), x)
        inner = g.op("Gelu", g.dense(f"{layer}up", x), domain="com.microsoft")
        x = g.normalised(f"{layer}norm2", g.dense(f"{layer}down", inner), x)
    words = g.op("Gather", g.op("Squeeze", x, axis), "first")
    for head in HEADS_OF_WORDS:
        g.dense(head, words, out=head)
    width = {head: int(weights[f"{head}.bias"].shape[0]) for head in HEADS_OF_WORDS}
    made = helper.make_graph(
        g.nodes,
        "reader",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["pieces"]) for name in ("ids", "shape", "quote")]
        + [helper.make_tensor_value_info("first", TensorProto.INT64, ["words"])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["words", width[name]]) for name in HEADS_OF_WORDS],
        g.constants,
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="winset")


def write(reader: Path, minilm: Path, into: Path, *, quantised: bool, settings: dict[str, float]) -> None:
    """The three files of the package."""
    weights = load_file(reader)
    into.mkdir(parents=True, exist_ok=True)
    model = graph(weights, quantised=quantised)
    (into / "reader.onnx").write_bytes(model.SerializeToString())
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
            name: hashlib.sha256((into / name).read_bytes()).hexdigest() for name in ("reader.onnx", "tokenizer.json")
        },
    }
    (into / "labels.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="32-bit weights, to measure what int8 loses")
    parser.add_argument("--settings", type=json.loads, default={}, help="of the decoder, as JSON")
    given = parser.parse_args()
    write(given.reader, given.minilm, given.into, quantised=not given.float, settings=given.settings)


if __name__ == "__main__":
    main()
