"""The pages' scripts: typed, and without the ways by which text becomes markup or code."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import winset

TYPES = Path(__file__).parent / "types"  # the checker, pinned
SCRIPTS = sorted((Path(winset.__file__).parent / "web" / "static").glob("*.js"))


def test_no_text_becomes_markup_or_code() -> None:
    assert len(SCRIPTS) > 3
    source = "\n".join(one.read_text("utf-8") for one in SCRIPTS)
    found = re.findall(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function)\b", source)
    assert found == []
    assert not re.search(r"set(?:Timeout|Interval)\(\s*[\"'`]", source)


def test_their_types_hold() -> None:
    node, tsc = shutil.which("node"), TYPES / "node_modules" / "typescript" / "bin" / "tsc"
    if node is None or not tsc.exists():
        pytest.skip("no TypeScript; `uv run --group scripts npm ci --prefix tests/web/types` brings it")
    checked = subprocess.run([node, tsc, "-p", TYPES], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_a_mistake_of_type_would_be_found(tmp_path: Path) -> None:
    node, tsc = shutil.which("node"), TYPES / "node_modules" / "typescript" / "bin" / "tsc"
    if node is None or not tsc.exists():
        pytest.skip("no TypeScript, see above")
    (tmp_path / "wrong.js").write_text("const n = /** @type {number} */ (1); n.trim();")
    told = json.dumps({"extends": str(TYPES / "tsconfig.json"), "include": ["wrong.js"]})
    (tmp_path / "tsconfig.json").write_text(told)
    checked = subprocess.run([node, tsc, "-p", tmp_path], capture_output=True, text=True, check=False)
    assert "'trim' does not exist" in checked.stdout


def test_the_lock_of_the_checker_names_no_address_and_pins_every_file() -> None:
    lock = json.loads((TYPES / "package-lock.json").read_text("utf-8"))
    for name, one in lock["packages"].items():
        assert "resolved" not in one, name
        assert not name or one["integrity"].startswith("sha512-"), name
    assert "http" not in json.dumps(lock)
