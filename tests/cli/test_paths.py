"""Paths as people write them: new folders, `~`, patterns, one name for the file to write; and no case is ever overwritten."""

import json
from pathlib import Path

import pytest
from tests.cli.running import run

REPORT = "Velmara, 3 March 2031.\n\nVelmara will not open the strait before the inspectors leave, Prime Minister Ada Corr said.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "reports").mkdir()
    for day, name in enumerate(("one", "two"), 3):
        (tmp_path / "reports" / f"{name}.txt").write_text(REPORT.replace("3 March", f"{day} March"), "utf-8")
    return tmp_path


@pytest.mark.parametrize("option", ["-o", "--out", "--output"])
def test_every_command_that_writes_a_file_takes_the_same_option(folder: Path, option: str) -> None:
    assert run("brief", "reports", option, "new/place/brief.html").exit_code == 0
    assert (folder / "new" / "place" / "brief.html").is_file()
    assert run("new", "kept/talks.winset").exit_code == 0
    assert run("export", "kept/talks.winset", option, "new/other/talks.json").exit_code == 0
    assert json.loads((folder / "new" / "other" / "talks.json").read_text("utf-8"))["title"] == "talks"


def test_the_sign_for_home_is_understood_where_no_shell_has_seen_to_it(folder: Path) -> None:
    assert run("brief", "reports", "--out=~/brief.html").exit_code == 0
    assert (folder / "home" / "brief.html").is_file()
    assert not (folder / "~").exists()


def test_a_pattern_that_no_shell_has_replaced_names_its_files(folder: Path) -> None:
    done = run("read", "reports/*.txt", "--json")
    assert done.exit_code == 0
    assert [json.loads(line)["doc"] for line in done.stdout.splitlines()] == ["one", "two"]
    assert run("read", "reports/*.pdf").exit_code == 6, "a pattern that fits nothing is set aside by its name"


def test_what_winset_wrote_into_the_folder_of_articles_is_no_article(folder: Path) -> None:
    assert run("brief", "reports", "--out", "reports/brief.html").exit_code == 0
    assert run("brief", "reports", "--out", "reports/brief.md").exit_code == 0
    assert run("new", "reports/talks.winset").exit_code == 0
    done = run("brief", "reports", "--json")
    assert done.exit_code == 0
    assert [one["doc"] for one in json.loads(done.stdout)["documents"]] == ["one", "two"]
    assert done.stderr.count("passed over") == 3


def test_a_case_is_never_overwritten(folder: Path) -> None:
    assert run("new", "talks.winset").exit_code == 0
    assert run("add", "talks.winset", "reports").exit_code == 0
    assert run("export", "talks.winset", "--out", "talks.json").exit_code == 0
    before = {name: (folder / name).read_bytes() for name in ("talks.winset", "talks.json")}
    for words in (
        ["export", "talks.winset", "--out", "talks.winset"],
        ["export", "talks.winset", "--format", "csv", "--out", "talks.json"],
        ["brief", "talks.winset", "--out", "talks.json"],
        ["new", "talks.winset"],
    ):
        done = run(*words)
        assert done.exit_code != 0, words
        assert str(done.exception).split(": ")[0].count("talks.") == 1
        assert before == {name: (folder / name).read_bytes() for name in before}, words
    assert run("export", "talks.winset", "--out", "talks.json").exit_code == 0, "the text form itself is written anew"


def test_a_case_without_an_ending_is_told_by_its_content(folder: Path) -> None:
    assert run("new", "talks").exit_code == 0
    assert run("add", "talks", "reports").exit_code == 0
    done = run("brief", "talks", "--json")
    assert [one["doc"] for one in json.loads(done.stdout)["documents"]] == ["one", "two"]


def test_the_example_makes_its_folder(folder: Path) -> None:
    done = run("demo", "--episode", "lorn-strait", "--into", "quite/new", "--json")
    assert done.exit_code == 0, done.output
    assert Path(json.loads(done.stdout)["brief"]).is_file()
