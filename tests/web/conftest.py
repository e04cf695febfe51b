"""An example case, made once, and a browser on it that has been through the launch link."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from winset.services import annotators, demo
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
