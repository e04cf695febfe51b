"""Nothing leaves the machine: no command opens a connection or looks up a name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SILENT = """
import sys
def listen(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        print(f"NETWORK {event} {arguments}", file=sys.stderr, flush=True)
        import os
        os._exit(77)
sys.addaudithook(listen)
sys.argv = ["winset", *sys.argv[1:]]
from winset.cli.main import main
main()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("quiet")
    (made / "a.html").write_text(
        "<html><head><title>Talks</title><link rel=stylesheet href='http://192.0.2.1/x.css'></head><body>"
        "<img src='http://192.0.2.1/x.png'><p>“We will not sign,” Foreign Minister Ana Marr said on Friday, and added "
        "that the talks in Geneva would go on for another week at least.</p></body></html>",
        encoding="utf-8",
    )
    return made


@pytest.mark.parametrize(
    "command",
    ["demo", "read a.html --json", "brief a.html --out b.html", "brief riyadh-2025.winset --out b.docx", "doctor"],
)
def test_no_command_speaks_to_the_network(folder: Path, command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SILENT, *command.split()], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_readers_library_keeps_no_count_of_its_use(folder: Path, tmp_path: Path) -> None:
    """Not even a file: its identifier of the device would stand in the user's cache."""
    done = subprocess.run(
        [sys.executable, "-m", "winset", "read", "a.html", "--json"],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert [one for one in tmp_path.rglob("*") if "onnx" in one.name.lower() or "device" in one.name.lower()] == []
