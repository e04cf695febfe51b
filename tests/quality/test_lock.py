"""`requirements.lock` says what everybody gets: it is current, every file in it is known by its hash, no address."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
ASKED = [
    "--all-extras",
    "--group",
    "dev",
    "--group",
    "browser",
    "--group",
    "frames",
    "--group",
    "oracles",
    "--group",
    "scripts",
]
COMMAND = ["uv", "pip", "compile", "--universal", "--generate-hashes", "--no-emit-index-url", "pyproject.toml", *ASKED]


def test_no_address_and_a_hash_for_every_package() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert not re.search(r"https?://|file://|--(extra-)?index-url|--find-links", text)
    packages = re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]
    assert len(packages) > 50
    for package in packages:
        assert re.match(r"[a-z0-9-]+==\S+", package), package[:60]
        assert "--hash=sha256:" in package, f"{package[:60]} has no hash"


def test_every_dependency_is_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"]]
    for more in (project["project"]["optional-dependencies"], project["dependency-groups"]):
        asked += [one for group in more.values() for one in group]
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCK.read_text(encoding="utf-8"), flags=re.M))
    assert {re.split(r"[<>=!~;\[ ]", one)[0].lower() for one in asked} - locked == set(), f"make it anew: {COMMAND}"


def test_the_lock_is_what_the_project_file_resolves_to(tmp_path: Path) -> None:
    if shutil.which("uv") is None:
        pytest.skip("uv is not on the path")
    again = tmp_path / "requirements.lock"
    shutil.copy(LOCK, again)  # what is pinned stays, as long as the project file allows it
    done = subprocess.run(
        [*COMMAND, "--output-file", str(again), "--quiet"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode and re.search(r"connect|network|offline|fetch", done.stderr):
        pytest.skip("the package registry cannot be reached")
    assert done.returncode == 0, done.stderr
    assert _packages(again) == _packages(LOCK), f"make it anew: {' '.join(COMMAND)} --output-file requirements.lock"


def _packages(lock: Path) -> list[str]:
    return [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
