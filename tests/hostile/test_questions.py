"""Questions with anything in the place of a number: an answer or a message, never a traceback, never NaN."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.errors import WinsetError
from winset.services import crisis, offers

ANYTHING: list[Any] = [
    "x", -1, 0, 0.5, 2, 1e308, 10**60, True, [], {}, [1], [0.5, 0.5], ["a", "b"], [None, None], [[0, 1], [2]],
    [[0, 1], [1, 0]],
]  # fmt: skip
FORCE = {
    "range": {"p": 0.5, "costs": [0.1, 0.1]},
    "screening": {"p": 0.5, "cost": 0.1, "kinds": [0.1, 0.2], "chances": [0.5, 0.5]},
    "preventive": {"discount": 0.9, "p1": 0.3, "p2": 0.6, "cost": 0.5},
    "guarantee": {"deal": 0.5, "discount": 0.9, "path": [0.5, 0.6], "costs": [0.5, 0.5]},
}


def asked(path: Path, words: list[str], questions: list[dict[str, Any]]) -> None:
    for question in questions:
        path.write_text(json.dumps(question))
        done = CliRunner().invoke(winset, ["solve", *words, str(path), "--json"])
        assert done.exception is None or isinstance(done.exception, WinsetError), (question, done.exception)
        assert "NaN" not in done.output
        assert "Infinity" not in done.output


@pytest.mark.parametrize("base", [{"discounts": [0.9, 0.8]}, {"discounts": [0.9, 0.8, 0.7]}, {"breakdown": 0.1}])
def test_offers(tmp_path: Path, base: dict[str, Any]) -> None:
    asked(tmp_path / "q.json", ["offers"], [base | {key: value} for key in offers.KINDS for value in ANYTHING])


@pytest.mark.parametrize("which", FORCE)
def test_crisis(tmp_path: Path, which: str) -> None:
    keys = [*FORCE[which], *crisis.QUESTIONS[which][1], "unheard of"]
    asked(tmp_path / "q.json", ["crisis", which], [FORCE[which] | {k: v} for k in keys for v in ANYTHING])


def test_talks(tmp_path: Path) -> None:
    path = tmp_path / "q.json"
    tables = [{"utilities": value} for value in ANYTHING]
    tables += [{"utilities": [[1, 2]], key: v} for key in ("parties", "reservation", "outcomes") for v in ANYTHING]
    for table in tables:
        path.write_text(json.dumps(table))
        words = ["solve", "talks", str(path), "--tactics", "linear,linear", "--runs", "2", "--rounds", "3", "--json"]
        done = CliRunner().invoke(winset, words)
        assert done.exception is None or isinstance(done.exception, WinsetError), (table, done.exception)
