"""Which reader reads: the trained one, or rules by name or where weights or libraries are missing, altered or too old."""

import json
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from tests.cli.running import run

from winset.errors import ResourceError
from winset.language import weights

SAID = "“We will not sign,” the minister said on Tuesday.\n"


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "a.txt"
    path.write_text(SAID, encoding="utf-8")
    return str(path)


def altered(folder: Path) -> None:
    with (folder / "reader.onnx").open("r+b") as file:
        file.seek(1000)
        file.write(b"\x00\x01\x02")


DAMAGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (lambda folder: (folder / "reader.onnx").unlink(), "reader.onnx is not part of this installation"),
    "all missing": (lambda folder: shutil.rmtree(folder), "labels.json is not part of this installation"),
    "altered": (altered, "reader.onnx has been altered (SHA-256 "),
    "empty": (
        lambda folder: (folder / "words.npz").write_bytes(b""),
        "words.npz has been altered (SHA-256 e3b0c44298fc",
    ),
    "no labels": (lambda folder: (folder / "labels.json").write_bytes(b"\xff"), "labels.json is damaged"),
}


@pytest.fixture(params=DAMAGE)
def why(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Damages a copy of the weights; gives what is to be said of it."""
    folder = tmp_path / "weights"
    folder.mkdir()
    for name in ("reader.onnx", "meaning.onnx", "words.npz", "tokenizer.json", "labels.json"):
        shutil.copy(str(files("winset.language.weights") / name), folder / name)
    damage, said = DAMAGE[request.param]
    damage(folder)
    monkeypatch.setattr(weights, "files", lambda name: folder)
    return said


@pytest.fixture
def no_onnxruntime(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    return "needs onnxruntime, which is not installed"


def asked_for(article: str, why: str) -> None:
    """By itself rules read and a remark says why; the model asked for by name is refused with exit code 1 and the way out."""
    done = run("read", "--json", article)
    (line,) = (json.loads(one) for one in done.stdout.splitlines())
    assert (done.exit_code, line["extraction"], len(line["statements"])) == (0, "rules", 1)
    assert "statements are found by rules: " in done.stderr
    assert why in done.stderr
    named = run("read", "--json", "--annotator", "model", article)
    assert isinstance(named.exception, ResourceError)
    assert named.exception.exit_code == 1
    assert why in str(named.exception)
    assert str(named.exception).endswith("install winset again, or read with --annotator rules")
    rules = run("read", "--json", "--annotator", "rules", article)
    assert rules.exit_code == 0
    assert rules.stdout == done.stdout
    assert rules.stderr == ""


def test_damaged_weights(article: str, why: str) -> None:
    asked_for(article, why)


def test_a_missing_library(article: str, no_onnxruntime: str) -> None:
    asked_for(article, no_onnxruntime)


def test_looking_by_meaning_names_its_own_way_out(article: str, tmp_path: Path, no_onnxruntime: str) -> None:
    case = str(tmp_path / "c.winset")
    run("new", case)
    run("add", case, article)
    done = run("find", case, "nobody signs")
    assert isinstance(done.exception, ResourceError)
    assert no_onnxruntime in str(done.exception)
    assert "--annotator" not in str(done.exception)


def test_a_library_too_old_for_the_graph_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import onnxruntime

    def refuse(*asked: object, **more: object) -> None:
        raise RuntimeError("unknown operator")

    monkeypatch.setattr(onnxruntime, "InferenceSession", refuse)
    with pytest.raises(
        ResourceError, match=r"onnxruntime [\d.]+ cannot load the weights' reader.onnx \(unknown operator\)"
    ):
        weights.load()
