"""`winset find`: statements by meaning."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset
from winset.errors import UsageError

TEXT = """“The port must be open to every ship by the spring,” Foreign Minister Ana Marr of Kenya said.

President Tomas Toll of Finland said that prisoners should be exchanged all for all.

“Wages will rise in June,” said Ilse Brandt, the finance minister of Finland.
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(winset, list(words), catch_exceptions=False)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("find")
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"{TEXT}\nSent by desk {name}.\n", encoding="utf-8")
    made = folder / "talks.winset"
    assert run("new", str(made)).exit_code == 0
    assert run("add", str(made), str(folder / "a.txt"), str(folder / "b.txt")).exit_code == 0
    return made


def test_the_nearest_statement_comes_first_and_repeats_once(case: Path) -> None:
    found = json.loads(run("find", str(case), "Let all vessels into the harbour before April.", "--json").stdout)
    jsonschema.validate(found, json.loads(run("schema", "find").stdout), format_checker=jsonschema.FormatChecker())
    assert found[0]["words"].startswith("“The port must be open")
    assert found[0]["also"] == ["b#1"]
    assert [one["likeness"] for one in found] == sorted((one["likeness"] for one in found), reverse=True)
    assert len(found) == 3


def test_a_statement_is_found_by_its_like_and_not_by_itself(case: Path) -> None:
    found = json.loads(run("find", str(case), "a#2", "--most", "1", "--json").stdout)
    assert [one["statement"] for one in found] == ["b#2"]
    assert found[0]["likeness"] == pytest.approx(1, abs=1e-4)


def test_words_and_party_are_asked_for_in_plain_words(case: Path) -> None:
    with pytest.raises(UsageError, match="no words to look for"):
        run("find", str(case), "  ")
    with pytest.raises(UsageError, match="finland, kenya"):
        run("find", str(case), "ships", "--party", "nobody")
    with pytest.raises(UsageError, match="document a has no statement a#99"):
        run("find", str(case), "a#99")
    text = run("find", str(case), "ships in the harbour", "--party", "kenya").stdout
    assert "Ana Marr" in text
    assert "Toll" not in text


def test_asked_again_the_answer_is_the_same_and_a_party_loses_nothing_that_was_kept(case: Path, tmp_path: Path) -> None:
    asked = ("find", str(case), "ships in the harbour", "--json")
    first = run(*asked).stdout
    (kept,) = (tmp_path / "winset" / "meanings").iterdir()
    written = kept.stat().st_mtime_ns
    run(*asked, "--party", "kenya")
    assert run(*asked).stdout == first
    assert kept.stat().st_mtime_ns == written
