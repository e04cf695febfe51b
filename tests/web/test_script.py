"""The pages' scripts: typed, and without the ways by which text becomes markup or code."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import winset

SCRIPTS = sorted((Path(winset.__file__).parent / "web" / "static").glob("*.js"))


def test_no_text_becomes_markup_or_code() -> None:
    assert len(SCRIPTS) > 3
    source = "\n".join(one.read_text("utf-8") for one in SCRIPTS)
    found = re.findall(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function)\b", source)
    assert found == []
    assert not re.search(r"set(?:Timeout|Interval)\(\s*[\"'`]", source)


def test_its_types_hold() -> None:
    tsc = shutil.which("tsc")
    if tsc is None:
        pytest.skip("no TypeScript on the path")
    checked = subprocess.run(
        [tsc, "--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2023", "--lib", "es2023,dom,dom.iterable", *SCRIPTS],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout
