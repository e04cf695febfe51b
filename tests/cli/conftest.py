"""The Lorn Strait example with its reports read, made once; each test has a copy of its own."""

from pathlib import Path

import pytest

from winset.services import annotators
from winset.services.demo import demo


@pytest.fixture(scope="session")
def lorn_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("demo")
    return demo(folder, annotators.choose_or_say(None, print), "lorn-strait").case.read_bytes()


@pytest.fixture
def case(tmp_path: Path, lorn_bytes: bytes) -> Path:
    path = tmp_path / "lorn.winset"
    path.write_bytes(lorn_bytes)
    return path
