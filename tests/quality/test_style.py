"""The rules that tools can check: style, types, the direction of imports, the lock."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
    ],
    ids=" ".join,
)
def test_the_code_passes(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_holds_both_sides_of_a_merge() -> None:
    """Templates, words and scripts too, which no other tool here reads."""
    sides = re.compile(r"^(<{7} |>{7} |={7}$)", re.MULTILINE)
    kinds = {".py", ".html", ".css", ".js", ".md", ".toml", ".json", ".typ"}
    files = [one for folder in ("src", "tests", "docs") for one in (ROOT / folder).rglob("*") if one.suffix in kinds]
    assert len(files) > 300
    found = [
        str(one) for one in [*files, ROOT / "CHANGELOG.md", ROOT / "README.md"] if sides.search(one.read_text("utf-8"))
    ]
    assert not found


def test_imports_point_down_only() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
