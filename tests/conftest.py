"""Shared ground of all tests: where outside data lies, and skipping with a reason where it does not."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "winset", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.load_profile("winset")

SHARED = Path(os.environ.get("WINSET_SHARED", Path(__file__).parents[2] / "shared"))


def shared(*parts: str) -> Path:
    """A path in the shared data, or a skip that says what is missing."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs {'/'.join(parts)} (set WINSET_SHARED)")
    return path


def oracle_cases(family: str) -> list[dict[str, Any]]:
    """Cases of one family of published numbers; empty where they are absent."""
    path = SHARED / "oracles" / f"{family}.json"
    return json.loads(path.read_text(encoding="utf-8"))["cases"] if path.exists() else []


@pytest.fixture(scope="session")
def shared_path() -> Any:
    return shared
