"""Training that is killed in the middle of a step and started again ends in the same weights, byte for byte.

Run where PyTorch is (`training/requirements.txt`), or with WINSET_TRAINING_PYTHON naming that environment's interpreter;
elsewhere it is skipped. Articles and the encoder that training starts from are invented, so nothing else is needed.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = os.environ.get("WINSET_TRAINING_PYTHON", sys.executable)
ENCODER = """
import sys
from pathlib import Path
import torch
from safetensors.torch import save_file
from training.encoder import HIDDEN, INNER, LAYERS
torch.manual_seed(1)
def dense(there, rows, columns):
    return {f"{there}.weight": torch.randn(rows, columns) * .02, f"{there}.bias": torch.zeros(rows)}
def norm(there):
    return {f"{there}.weight": torch.ones(HIDDEN), f"{there}.bias": torch.zeros(HIDDEN)}
state = norm("embeddings.LayerNorm")
for name, rows in (("word", 30522), ("position", 512), ("token_type", 2)):
    state[f"embeddings.{name}_embeddings.weight"] = torch.randn(rows, HIDDEN) * .02
for at in range(LAYERS):
    there = f"encoder.layer.{at}."
    for name in ("query", "key", "value"):
        state |= dense(f"{there}attention.self.{name}", HIDDEN, HIDDEN)
    state |= dense(f"{there}attention.output.dense", HIDDEN, HIDDEN) | norm(f"{there}attention.output.LayerNorm")
    state |= dense(f"{there}intermediate.dense", INNER, HIDDEN) | dense(f"{there}output.dense", HIDDEN, INNER)
    state |= norm(f"{there}output.LayerNorm")
save_file(state, Path(sys.argv[1]) / "model.safetensors")
"""
# Kills its own process, as the kernel would: at the n-th gradient (after it is computed, before weights move) or in the
# middle of writing the n-th checkpoint.
DYING = """
import os, runpy, signal, sys
import torch
where, left = sys.argv[1], int(sys.argv[2])
def dying(real, half):
    def call(*asked, **more):
        global left
        left -= 1
        if left:
            return real(*asked, **more)
        half(*asked)
        os.kill(os.getpid(), signal.SIGKILL)
    return call
if where == "step":
    torch.nn.utils.clip_grad_norm_ = dying(torch.nn.utils.clip_grad_norm_, lambda *asked: None)
if where == "checkpoint":
    torch.save = dying(torch.save, lambda state, path: path.write_bytes(b"PK half of it"))
if where == "put":
    from pathlib import Path
    Path.replace = dying(Path.replace, lambda *asked: None)
sys.argv = sys.argv[2:]
runpy.run_module("training.make", run_name="__main__", alter_sys=True)
"""
STEPS = 2 * 3 + 5  # two epochs of three steps, then five of the second stage
WRITTEN = ("labels.json", "meaning.onnx", "reader.onnx", "tokenizer.json", "words.npz")


def python(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
    )  # fmt: skip


def article(number: int) -> dict[str, object]:
    """A few sentences with two attributions each, of different lengths."""
    text, attributions = "", []
    for line in range(1 + number % 4):
        who, cue, what = f"The envoy of Sector {number}", "said", f"“we will open port {line} before May”"
        at = len(text)
        text += f"{who} {cue} {what}.\n\n"
        mark = at + len(who) + 1
        begin = mark + len(cue) + 1
        attributions.append(
            {"source": [[at, at + len(who)]], "cue": [[mark, mark + 4]], "content": [[begin, begin + len(what)]]}
        )
    return {"doc": f"a{number}", "rater": "r", "text": text, "attributions": attributions}


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs `training.make` over an invented corpus in a folder; with `dying`, until it is killed there."""
    needed = python("-c", "import torch, onnx, onnxruntime, safetensors, tokenizers")
    if needed.returncode:
        pytest.skip(f"needs training/requirements.txt (set WINSET_TRAINING_PYTHON): {needed.stderr.splitlines()[-1]}")
    ground = tmp_path_factory.mktemp("ground")
    gold = "".join(json.dumps(article(number)) + "\n" for number in range(18))
    (ground / "train.jsonl").write_text(gold, encoding="utf-8")
    shutil.copy(str(files("winset.language.weights") / "tokenizer.json"), ground / "tokenizer.json")
    made = python("-c", ENCODER, ground)
    assert made.returncode == 0, made.stderr

    def run(folder: Path, *dying: str, seed: int = 7) -> subprocess.CompletedProcess[str]:
        program = ("-c", DYING, *dying) if dying else ("-m", "training.make")
        return python(
            *program, "--data", ground, "--minilm", ground, "--work", folder / "work", "--into", folder / "into",
            "--epochs", "2", "--steps", "5", "--keep", "2", "--texts", "20", "--threads", "1", "--seed", str(seed),
        )  # fmt: skip

    return run


def digests(folder: Path) -> dict[str, str]:
    """What the weights of a folder are, by the files that hold them."""
    held = [
        folder / "work" / name
        for name in ("reader-1.safetensors", "reader-2.safetensors", "refined.safetensors", "stances.safetensors")
    ]
    held += [folder / "into" / name for name in WRITTEN]
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in held}


@pytest.fixture(scope="module")
def undisturbed(make: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("undisturbed")
    done = make(folder)
    assert done.returncode == 0, done.stderr
    assert "3 steps an epoch" in done.stdout
    return digests(folder)


@pytest.mark.parametrize(
    "deaths",
    [
        [("step", "1")],
        [("step", "3")],
        [("step", "4"), ("step", "1"), ("step", "3")],
        [("step", str(STEPS))],
        [("checkpoint", "1")],
        [("checkpoint", "3"), ("checkpoint", "2")],
        [("put", "2"), ("put", "1"), ("put", "7")],
    ],
    ids=lambda deaths: ", ".join(" ".join(death) for death in deaths),
)
def test_killed_and_started_again_it_ends_in_the_same_bytes(
    make: Run, undisturbed: dict[str, str], deaths: list[tuple[str, str]], tmp_path: Path
) -> None:
    for death in deaths:
        assert make(tmp_path, *death).returncode == -signal.SIGKILL
    done = make(tmp_path)
    assert done.returncode == 0, done.stderr
    assert digests(tmp_path) == undisturbed
    assert make(tmp_path).returncode == 0  # what is finished is not done again
    assert digests(tmp_path) == undisturbed


def test_what_was_begun_for_another_question_is_not_gone_on_with(make: Run, tmp_path: Path) -> None:
    assert make(tmp_path, "step", "4").returncode == -signal.SIGKILL
    done = make(tmp_path, seed=8)
    assert done.returncode == 1
    assert (
        "checkpoint.pt was begun with seed 7, now 8: ask for the same, use another folder, or delete it" in done.stderr
    )
    assert "Traceback" not in done.stderr
