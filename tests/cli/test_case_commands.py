"""The case through the command line: a journey, and what is said when something is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from winset.cli.main import COMMANDS


def winset(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "winset", *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


def ok(*arguments: object, cwd: Path) -> str:
    done = winset(*arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_case_is_made_filled_undone_exported_and_restored(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('{"schema": "winset-case/1", "title": "T", "parties": [{"id": "a"}]}')
    assert json.loads(ok("new", "a.winset", "--title", "First", "--json", cwd=tmp_path))["title"] == "First"
    assert json.loads(ok("import", "a.winset", "t.json", "--json", cwd=tmp_path))["counts"]["parties"] == 1
    text = ok("export", "a.winset", cwd=tmp_path)
    assert json.loads(text)["title"] == "T"
    ok("undo", "a.winset", cwd=tmp_path)
    assert json.loads(ok("show", "a.winset", "--json", cwd=tmp_path))["counts"]["parties"] == 0
    ok("redo", "a.winset", cwd=tmp_path)
    ok("export", "a.winset", "-o", "out.json", cwd=tmp_path)
    assert (tmp_path / "out.json").read_text() == text
    ok("import", "b.winset", "out.json", cwd=tmp_path)
    ok("import", "c.winset", "b.winset", cwd=tmp_path)
    assert ok("export", "c.winset", cwd=tmp_path) == text
    assert [line["kind"] for line in json.loads(ok("history", "a.winset", "--json", cwd=tmp_path))] == [
        "redo", "undo", "import", "new",
    ]  # fmt: skip
    assert json.loads(ok("doctor", "a.winset", "--json", cwd=tmp_path))["ok"] is True
    ok("restore", "a.winset", cwd=tmp_path)
    assert json.loads(ok("show", "a.winset", "--json", cwd=tmp_path))["title"] == "First"


@pytest.mark.parametrize(
    ("content", "arguments", "code", "message"),
    [
        (None, ["show", "x.winset"], 5, "does not exist"),
        (b"hello", ["show", "x.winset"], 4, "not a case file"),
        (b"{", ["export", "x.winset"], 4, "line 1, column 2"),
        (b"", ["export", "x.winset"], 4, "is empty"),
        (b"hello", ["new", "x.winset"], 5, "there already"),
        (b"{}", ["export", "x.winset", "--format", "doc"], 2, "there are json, csv, xlsx"),
        (None, ["schema", "nothing"], 2, "winset-case/1"),
    ],
)
def test_what_is_wrong_is_said_with_the_exit_code_of_the_contract(
    tmp_path: Path, content: bytes | None, arguments: list[str], code: int, message: str
) -> None:
    if content is not None:
        (tmp_path / "x.winset").write_bytes(content)
    done = winset(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['winset', '--help']\n"
        "from winset.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit: pass\n"
        "heavy = {'numpy', 'scipy', 'sqlalchemy', 'pydantic', 'lxml', 'sqlite3'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in COMMANDS)


def test_a_case_goes_out_as_a_folder_and_comes_back_with_its_sources(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We will not sign,” Foreign Minister Ana Marr said on Friday.", encoding="utf-8")
    ok("new", "a.winset", cwd=tmp_path)
    ok("add", "a.winset", "a.txt", "--annotator", "rules", cwd=tmp_path)
    made = json.loads(ok("export", "a.winset", "--format", "folder", "-o", "out", "--json", cwd=tmp_path))
    assert made["originals"] == 1
    (kept,) = (tmp_path / "out" / "originals").iterdir()
    assert kept.read_bytes() == (tmp_path / "a.txt").read_bytes()
    assert kept.suffix == ".txt"
    ok("import", "b.winset", "out", cwd=tmp_path)
    assert ok("export", "b.winset", cwd=tmp_path) == ok("export", "a.winset", cwd=tmp_path)
    ok("export", "b.winset", "--format", "folder", "-o", "again", cwd=tmp_path)
    assert [one.read_bytes() for one in (tmp_path / "again" / "originals").iterdir()] == [kept.read_bytes()]
    taken = winset("export", "b.winset", "--format", "folder", "-o", "again", cwd=tmp_path)
    assert taken.returncode == 5
    assert "is there already" in taken.stderr
    assert winset("export", "b.winset", "--format", "folder", cwd=tmp_path).returncode == 2
    (tmp_path / "empty").mkdir()
    assert "holds no case.json" in winset("import", "c.winset", "empty", cwd=tmp_path).stderr


def test_a_damaged_case_is_recovered_into_a_new_one(tmp_path: Path) -> None:
    ok("demo", "--episode", "lorn-strait", cwd=tmp_path)
    path = tmp_path / "lorn-strait.winset"
    sound = json.loads(ok("show", path, "--json", cwd=tmp_path))["counts"]
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = bytes(range(256)) * 16
    path.write_bytes(data)
    done = json.loads(ok("doctor", path, "--recover", "new.winset", "--json", cwd=tmp_path))
    assert sum(done["counts"].values()) >= 0.99 * sum(sound.values()) - len(done["lost"])
    assert json.loads(ok("doctor", "new.winset", "--json", cwd=tmp_path))["ok"]
    assert path.read_bytes() == bytes(data), "the damaged file is not touched"
    assert "is there already" in winset("doctor", path, "--recover", "new.winset", cwd=tmp_path).stderr
    assert winset("doctor", "--recover", "x.winset", cwd=tmp_path).returncode == 2
    assert "does not exist" in winset("doctor", "none.winset", "--recover", "y.winset", cwd=tmp_path).stderr


@pytest.mark.parametrize("command", ["show", "doctor", "undo", "history", "export", "positions", "brief", "serve"])
def test_an_empty_file_is_called_empty_by_every_command(tmp_path: Path, command: str) -> None:
    (tmp_path / "empty.winset").touch()
    from click.testing import CliRunner

    from winset.cli.main import winset as commands

    done = CliRunner().invoke(commands, [command, str(tmp_path / "empty.winset")])
    assert "is empty; make a case with" in str(done.exception)
