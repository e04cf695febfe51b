"""The packaged weights: pinned, the same for any batch and number of threads, at home on any text."""

import json
import shutil
import threading
import zlib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.domain.text import Document
from winset.errors import ResourceError
from winset.language import weights
from winset.language.neural import ModelAnnotator

NEWS = (
    """“We will not sign,” Foreign Minister Ana Marr told reporters on Tuesday. The talks, she added, could go on.

Velmara demanded that the port be opened, according to two officials.""",
    "It rained. A mediator said that both sides had agreed to “pause” the talks until May.\n\nNobody else spoke.",
)


def document(text: str, id: str = "d") -> Document:
    return Document(id=id, text=text, sha256="0" * 64, language="en")


@pytest.fixture(scope="module")
def annotator() -> ModelAnnotator:
    return ModelAnnotator()


def test_who_says_what(annotator: ModelAnnotator) -> None:
    (found,) = annotator.annotate([document(NEWS[0])])
    told = {
        (" ".join(s.of(NEWS[0]) for s in a.source), " ".join(s.of(NEWS[0]) for s in a.content))
        for a in found.attributions
    }
    assert ("Foreign Minister Ana Marr", "“We will not sign,”") in told
    assert ("she", "The talks could go on") in told
    assert any(source == "two officials" for source, _ in told)
    assert [span.of(NEWS[0])[:5] for span in found.sentences] == ["“We w", "The t", "Velma"]


def test_with_one_thread_everything_is_read_on_the_callers(monkeypatch: pytest.MonkeyPatch) -> None:
    there: set[str] = set()
    real = weights.Weights.run

    def noted(self: weights.Weights, *asked: Any, **more: Any) -> Any:
        there.add(threading.current_thread().name)
        return real(self, *asked, **more)

    monkeypatch.setattr(weights.Weights, "run", noted)
    assert list(ModelAnnotator(threads=1).annotate([document(text) for text in NEWS]))
    assert there == {threading.current_thread().name}


def test_the_same_for_any_batch_and_any_number_of_threads(annotator: ModelAnnotator) -> None:
    documents = [document(text, str(n)) for n, text in enumerate(NEWS * 3)]
    together = list(annotator.annotate(documents))
    alone = [found for one in documents for found in annotator.annotate([one])]
    single = ModelAnnotator(threads=1).annotate(documents)
    for other in (alone, single):
        for one, two in zip(together, other, strict=True):
            assert (one.sentences, one.names) == (two.sentences, two.names)
            assert [(a.source, a.cue, a.content) for a in one.attributions] == [
                (a.source, a.cue, a.content) for a in two.attributions
            ]
            assert all(abs(a.score - b.score) <= 1e-4 for a, b in zip(one.attributions, two.attributions, strict=True))


PARTS = ("reader.onnx", "words.npz", "tokenizer.json", "labels.json")


@pytest.mark.parametrize("name", PARTS)
def test_altered_weights_are_refused_with_the_way_out(name: str, tmp_path: Path) -> None:
    packaged = files("winset.language.weights")
    for part in PARTS:
        shutil.copy(str(packaged / part), tmp_path / part)
    if name == "labels.json":
        (tmp_path / name).write_text("{", encoding="utf-8")
    else:
        with (tmp_path / name).open("r+b") as file:
            file.seek(100)
            file.write(b"\x00\x01")
    with pytest.raises(ResourceError, match="--annotator rules"):
        weights.load(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(ResourceError, match="--annotator rules"):
        weights.load(tmp_path)


def test_the_labels_name_what_they_pin() -> None:
    about = json.loads((files("winset.language.weights") / "labels.json").read_text(encoding="utf-8"))
    assert set(about["sha256"]) == {"reader.onnx", "meaning.onnx", "words.npz", "tokenizer.json"}
    size = sum(len(zlib.compress((files("winset.language.weights") / name).read_bytes())) for name in about["sha256"])
    assert size <= 30_000_000  # in the wheel


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from("“”\"'«»‘’ \n.said\ud800"), max_size=400))
def test_spans_lie_in_any_text(annotator: ModelAnnotator, text: str) -> None:
    (found,) = annotator.annotate([document(text)])
    spans = [*found.sentences, *(name.span for name in found.names)]
    for one in found.attributions:
        spans += one.source + one.cue + one.content
        assert one.content
        assert 0.0 <= one.score <= 1.0
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "“" * 3_000,
        "a" * 20_000,
        "said " * 3_000,
        "\u202eקול " * 2_000,
        "😀" * 4_000,
        "\x00\x07\r\n" * 2_000,
        "字" * 6_000,
    ],
    ids=["quotes", "one word", "cues", "right to left", "emoji", "controls", "ideographs"],
)
def test_strange_texts_are_read_to_their_end(annotator: ModelAnnotator, text: str) -> None:
    (found,) = annotator.annotate([document(text)])
    assert all(span.end <= len(text) for span in found.sentences)
