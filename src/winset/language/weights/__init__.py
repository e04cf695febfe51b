"""The packaged weights: an ONNX graph, the tokenizer and the labels, each pinned by its hash. Nothing here is code.

How they were made is in `training/`; what they can and cannot do is in `docs/evidence/model-card.md`.
"""

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np

from winset.errors import ResourceError
from winset.language.decode import Biases, Scores, Settings
from winset.language.pieces import Pieces
from winset.language.windows import Window

LABELS, GRAPH, TOKENIZER = "labels.json", "reader.onnx", "tokenizer.json"
WAY_OUT = "install winset again, or read with --annotator rules"
OUTPUTS = ("tags", "cue", "other", "alone", "sentence", "name")


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that reading needs, loaded: the graph's session, the tokenizer, and what was learnt beside them."""

    session: Any
    tokenizer: Any
    biases: Biases
    settings: Settings
    version: int

    def run(self, found: Pieces, window: Window) -> Scores:
        """The scores of one window's words. May be called from several threads."""
        begin, end = int(found.first[window.start]), int(found.first[window.end])
        words = slice(window.start, window.end)
        pieces_of = np.diff(found.first[window.start : window.end + 1])
        tags, cue, other, alone, sentence, name = self.session.run(
            OUTPUTS,
            {
                "ids": found.ids[begin:end],
                "shape": np.repeat(found.shape[words], pieces_of),
                "quote": np.repeat(found.quote[words], pieces_of),
                "first": found.first[words] - begin,
            },
        )
        count = window.end - window.start
        return Scores(
            tags.reshape(count, 3, 3), cue.reshape(count, 5, -1), other.reshape(count, 5, -1), alone, sentence, name
        )


def load(folder: Traversable | None = None) -> Weights:
    """The weights in a folder, by default the packaged ones.

    Raises ResourceError where a file is missing or is not the one that its hash pins, or a library is not installed.
    """
    folder = files(__name__) if folder is None else folder
    try:
        about = json.loads(_bytes(folder, LABELS))
        hashes = dict(about["sha256"])
        biases = Biases(np.asarray(about["distance"], dtype=np.float32), np.asarray(about["apart"], dtype=np.float32))
        settings, version = Settings(**about["settings"]), int(about["version"])
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceError(f"the weights' {LABELS} is damaged ({error}); {WAY_OUT}") from error
    graph, tokenizer = (_pinned(folder, name, hashes.get(name)) for name in (GRAPH, TOKENIZER))
    try:
        import onnxruntime
        import tokenizers
    except ImportError as error:
        raise ResourceError(f"the trained reader needs {error.name}, which is not installed; {WAY_OUT}") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # windows are read side by side instead
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    return Weights(session, tokenizers.Tokenizer.from_buffer(tokenizer), biases, settings, version)


def _pinned(folder: Traversable, name: str, expected: object) -> bytes:
    data = _bytes(folder, name)
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise ResourceError(
            f"the weights' {name} has been altered (SHA-256 {found[:12]}..., expected {str(expected)[:12]}...); {WAY_OUT}"
        )
    return data


def _bytes(folder: Traversable, name: str) -> bytes:
    try:
        return folder.joinpath(name).read_bytes()
    except OSError as error:
        raise ResourceError(f"the trained reader's {name} is not part of this installation; {WAY_OUT}") from error
