"""The packaged weights: ONNX graphs, a table, the tokenizer and the labels, each pinned by its hash. Nothing here is code.

How they were made is in `training/`; what they can and cannot do is in `docs/evidence/model-card.md`.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.errors import ResourceError
from winset.language.decode import Biases, Floats, Scores, Settings
from winset.language.pieces import Ints, Pieces
from winset.language.windows import Window

LABELS, GRAPH, MEANING, WORDS, TOKENIZER = "labels.json", "reader.onnx", "meaning.onnx", "words.npz", "tokenizer.json"
WAY_OUT = "install winset again, or read with --annotator rules"
WAY_OUT_OF_MEANING = "install winset again, or look for the words as they stand (the search of `winset serve`)"
_SILENT = "ORT_DISABLE_TELEMETRY"  # without it onnxruntime keeps an identifier of the device and counts of its use
OUTPUTS = ("tags", "cue", "other", "alone", "sentence", "name")


@dataclass(frozen=True, slots=True, eq=False)
class WordVectors:
    """The vectors of all word pieces (pieces x 384), in 8 bits with a scale each."""

    rows: NDArray[np.int8]
    scales: NDArray[np.float32]

    def of(self, ids: Ints) -> Floats:
        return self.rows[ids].astype(np.float32) * self.scales[ids]


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that reading needs, loaded: the graph's session, the tokenizer, and what was learnt beside them."""

    session: Any
    tokenizer: Any
    words: WordVectors
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
                "word": self.words.of(found.ids[begin:end]),
                "shape": np.repeat(found.shape[words], pieces_of),
                "quote": np.repeat(found.quote[words], pieces_of),
                "first": found.first[words] - begin,
            },
        )
        count = window.end - window.start
        return Scores(
            tags.reshape(count, 3, 3), cue.reshape(count, 5, -1), other.reshape(count, 5, -1), alone, sentence, name
        )


@dataclass(frozen=True, slots=True)
class MeaningWeights:
    """What the vectors of sentences need, loaded."""

    session: Any
    tokenizer: Any
    words: WordVectors

    def run(self, output: str, ids: Ints) -> Floats:
        """One output of the graph for the pieces of a sentence; what only other outputs need is not computed."""
        import onnxruntime

        asked = onnxruntime.RunOptions()
        asked.only_execute_path_to_fetches = True
        (found,) = self.session.run((output,), {"word": self.words.of(ids)}, asked)
        return np.asarray(found)


def load(folder: Traversable | None = None) -> Weights:
    """The weights in a folder, by default the packaged ones.

    Raises ResourceError where a file is missing or is not the one that its hash pins, or a library is not installed.
    """
    folder = files(__name__) if folder is None else folder
    about = _labels(folder)
    try:
        biases = Biases(np.asarray(about["distance"], dtype=np.float32), np.asarray(about["apart"], dtype=np.float32))
        settings, version = Settings(**about["settings"]), int(about["version"])
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceError(f"the weights' {LABELS} is damaged ({error}); {WAY_OUT}") from error
    session, tokenizer, words = _loaded(folder, about, GRAPH)
    return Weights(session, tokenizer, words, biases, settings, version)


def load_meaning(folder: Traversable | None = None) -> MeaningWeights:
    """The weights of sentence vectors in a folder, by default the packaged ones. Raises as `load` does."""
    folder = files(__name__) if folder is None else folder
    return MeaningWeights(*_loaded(folder, _labels(folder, WAY_OUT_OF_MEANING), MEANING, WAY_OUT_OF_MEANING))


def meaning_identity(folder: Traversable | None = None) -> str:
    """A digest of all that the vectors of sentences hang on, without loading it. Raises as `load_meaning` does."""
    pinned = _labels(files(__name__) if folder is None else folder, WAY_OUT_OF_MEANING)["sha256"]
    return hashlib.sha256(" ".join(str(pinned.get(one)) for one in (MEANING, TOKENIZER, WORDS)).encode()).hexdigest()


def _labels(folder: Traversable, way_out: str = WAY_OUT) -> dict[str, Any]:
    try:
        about = json.loads(_bytes(folder, LABELS, way_out))
        dict(about["sha256"])
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceError(f"the weights' {LABELS} is damaged ({error}); {way_out}") from error
    return dict(about)


def _loaded(
    folder: Traversable, about: dict[str, Any], name: str, way_out: str = WAY_OUT
) -> tuple[Any, Any, WordVectors]:
    """A graph's session, the tokenizer and the word vectors."""
    pinned = about["sha256"]
    graph, tokenizer, table = (_pinned(folder, one, pinned.get(one), way_out) for one in (name, TOKENIZER, WORDS))
    os.environ[_SILENT] = "1"  # read when it is imported: later is too late
    try:
        import onnxruntime
        import tokenizers
    except ImportError as error:
        why = f"{error.name}, which is not installed" if error.name else f"a library that cannot be loaded ({error})"
        raise ResourceError(f"the trained reader needs {why}; {way_out}") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # windows are read side by side instead
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its own family; the graph is the pinned one, so the library is too old for it
        raise ResourceError(
            f"onnxruntime {onnxruntime.__version__} cannot load the weights' {name} ({error}); {way_out}"
        ) from error
    with np.load(BytesIO(table), allow_pickle=False) as arrays:
        words = WordVectors(arrays["rows"], arrays["scales"])
    return session, tokenizers.Tokenizer.from_buffer(tokenizer), words


def _pinned(folder: Traversable, name: str, expected: object, way_out: str) -> bytes:
    data = _bytes(folder, name, way_out)
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise ResourceError(
            f"the weights' {name} has been altered (SHA-256 {found[:12]}..., expected {str(expected)[:12]}...); {way_out}"
        )
    return data


def _bytes(folder: Traversable, name: str, way_out: str) -> bytes:
    try:
        return folder.joinpath(name).read_bytes()
    except OSError as error:
        raise ResourceError(f"the trained reader's {name} is not part of this installation; {way_out}") from error
