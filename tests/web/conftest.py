"""An example case, made once, and a browser on it that has been through the launch link."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from winset.services import adding, annotators, cases, demo
from winset.services.files import Source
from winset.web.app import make_app
from winset.web.guard import Guard

HOST = "127.0.0.1:4711"
OURS = {"origin": f"http://{HOST}"}


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The packaged examples as case files."""
    folder = tmp_path_factory.mktemp("examples")
    annotator = annotators.choose_or_say(None, print)
    return {name: demo.demo(folder, annotator, name).case.read_bytes() for name in demo.EPISODES}


def opened(path: Path) -> TestClient:
    """A browser on the case at `path`."""
    guard = Guard(make_app(path), port=4711)
    client = TestClient(guard, base_url=f"http://{HOST}", follow_redirects=False)
    assert client.get(f"/launch?token={guard.token}").status_code == 303
    return client


@pytest.fixture
def lorn(tmp_path: Path, examples: dict[str, bytes]) -> Path:
    """The Lorn Strait, where positions rest on words."""
    path = tmp_path / "lorn.winset"
    path.write_bytes(examples["lorn-strait"])
    return path


@pytest.fixture
def riyadh(tmp_path: Path, examples: dict[str, bytes]) -> Path:
    """Riyadh in February 2025, four parties at odds."""
    path = tmp_path / "riyadh.winset"
    path.write_bytes(examples["riyadh-2025"])
    return path


REPORTS = {
    "first.txt": """Dockers' union turns down the port's offer
4 March 2026

HALVEN - The Dockers' Union said on Wednesday that it would not accept a pay rise below 6 percent. "We have been patient for eleven months and we will strike on Monday if nothing changes," said union president Marta Oyelaran.

The Halven Port Authority said it was prepared to raise wages by 3 percent. Its chief executive, Jonas Lind, told reporters that the authority "cannot go beyond 4 percent without cutting jobs".
""",
    "second.txt": """Port authority raises its offer
11 March 2026

HALVEN - The Halven Port Authority offered a pay rise of 4 percent on Tuesday, up from 3 percent. Jonas Lind said the authority would accept a review of night shifts. Its chairman, Pavel Orsini, said the talks would go on.

He said the strike would cost the city 12 million crowns a day. "We have been patient for eleven months and we will strike on Monday if nothing changes," said the union's secretary, Tomas Brandt.
""",
    "third.txt": """Strike called off in Halven
18 March 2026

HALVEN - The Dockers' Union called off its strike on Wednesday after the Halven Port Authority offered 5 percent. Oyelaran presented a second version of the union's plan. The Halven Port Authority accepted the plan on Wednesday.
""",
}
"""A dispute in three invented reports: two who may be "he", words laid to two people, a plan in its second version."""


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The reports as a case, as they are read, without anybody's judgement."""
    folder = tmp_path_factory.mktemp("harbour")
    path = folder / "harbour.winset"
    for name, text in REPORTS.items():
        (folder / name).write_text(text)
    cases.new(path)
    adding.add(path, [Source(file=str(folder / name)) for name in REPORTS], annotators.choose_or_say(None, print))
    return path.read_bytes()


@pytest.fixture
def harbour(tmp_path: Path, read_once: bytes) -> Path:
    """A dispute in three reports that nobody has looked at yet."""
    path = tmp_path / "harbour.winset"
    path.write_bytes(read_once)
    return path
