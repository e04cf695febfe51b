"""`winset read` through the command line: every line fits its schema, and what cannot be read says why in its place."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.reading import makers

from winset.services.schemas import schema

SAID = "“We will not sign anything,” the minister said on Tuesday, and he left the room with his whole delegation."


def winset(*arguments: str, given: bytes = b"") -> tuple[int, bytes, str]:
    done = subprocess.run([sys.executable, "-m", "winset", *arguments], input=given, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def lines(out: bytes) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in out.decode().splitlines()]
    validator = Draft202012Validator(schema("read"))
    for line in found:
        validator.validate(line)
    return found


def test_every_source_has_its_line_in_the_order_given(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a.txt").write_text(f"Talks open\n\n18 February 2025\n\n{SAID}\n")
    (tmp_path / "a" / "a.html").write_bytes(makers.page([SAID, SAID.replace("Tuesday", "Friday")]))
    (tmp_path / "a" / "b.pdf").write_bytes(b"%PDF-1.7 no more")
    (tmp_path / "ru.txt").write_text("Министр заявил, что обе стороны не подпишут соглашение до конца месяца.")
    code, out, said = winset(
        "read",
        "--json",
        *(str(tmp_path / name) for name in ("a.txt", "a", "none.txt", "ru.txt")),
        "-",
        given=SAID.encode(),
    )
    found = lines(out)
    assert code == 6
    assert [line["doc"] for line in found] == ["a", "a-2", "b", "none", "ru", "stdin"]
    assert [line.get("extraction", "none") for line in found][2:5] == ["none", "none", "skipped"]
    assert (found[0]["title"], found[0]["date"]) == ("Talks open", "2025-02-18")
    assert found[4]["reason"].startswith("language ru is not handled")
    assert found[5]["file"] is None
    assert "none.txt: cannot be opened: No such file or directory" in said
    assert "Traceback" not in said


def test_a_document_in_another_language_is_no_failure(tmp_path: Path) -> None:
    code, out, _ = winset("read", "--json", "-", given=b"Der Minister sagte, dass er nicht unterschreiben wird.")
    assert code == 0
    assert lines(out)[0]["statements"] == []


def test_line_ends_and_markup_of_a_txt_file_stay(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfOne &amp; <b>two</b>\r\nthree \xf0\x9f\x98\x80\r\n")
    _, out, _ = winset("read", "--json", str(file))
    assert lines(out)[0]["text"] == "One &amp; <b>two</b>\r\nthree 😀\r\n"


def test_people_get_words_and_no_terminal_is_steered(tmp_path: Path) -> None:
    code, out, _ = winset("read", "-", given=b"\x1b[2JTalks open\n\nThe two sides met for a long time and then left.\n")
    assert code == 0
    assert b"\x1b" not in out
    assert "Talks open" in out.decode()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["read"], 2, "Missing argument"),
        (["read", "--limit", "pages=3", "-"], 2, "pdf-pages"),
        (["read", "--limit", "pdf-pages=3", "-"], 2, "can only be raised"),
        (["read", "--annotator", "oracle", "-"], 2, "oracle"),
    ],
)
def test_a_wrong_call_is_explained(arguments: list[str], code: int, words: str) -> None:
    got, _, said = winset(*arguments, given=b"x")
    assert got == code
    assert words in said


def test_a_limit_can_be_raised(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html><body>" + b"<div>" * 600 + SAID.encode() * 3 + b"</div>" * 600)
    code, out, _ = winset("read", "--json", str(tmp_path / "a.html"))
    assert (code, lines(out)[0]["error"]["limit"]) == (6, "html-depth")
    code, out, _ = winset("read", "--json", "--limit", "html-depth=700", str(tmp_path / "a.html"))
    assert code == 0
    assert SAID in lines(out)[0]["text"]


def test_links_pipes_and_devices_in_a_folder_are_passed_over_with_a_note(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("canary")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "good.txt").write_text(SAID)
    (folder / "link.txt").symlink_to(outside)
    (folder / "inner.txt").symlink_to(folder / "good.txt")
    (folder / "up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.txt")
    code, out, said = winset("read", "--json", str(folder))
    assert code == 0
    assert [line["doc"] for line in lines(out)] == ["good"]
    assert b"canary" not in out
    for words in ("leaves the folder", "within the folder", "a link to a folder", "a named pipe"):
        assert words in said


def test_a_pipe_or_device_given_by_name_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    code, out, _ = winset("read", "--json", str(tmp_path / "pipe"), "/dev/zero")
    assert code == 6
    pipe, device = [line["error"]["reason"] for line in lines(out)]
    assert "named pipe" in pipe
    assert "device" in device
