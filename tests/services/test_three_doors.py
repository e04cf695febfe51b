"""What changed, who stands near whom, earlier deals, attention: the command, the Python API and the page say the same."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.web.conftest import opened

import winset
from winset.cli.main import winset as command
from winset.services.frames import Opened

ARTICLES = (
    """Dockers and port open talks

Date: 2026-05-04

The dockers' union Free Quays is demanding a pay rise of 8 per cent. The port operator Hallmark Ports said it could offer a pay rise of 4 per cent.

The 2021 pay deal gave dockers 3 per cent. Hallmark Ports broke the deal in 2023, the union says. Free Quays cited the 2021 pay deal to argue that only a written guarantee would do. The lorry drivers were not invited to the talks.
""",
    """Port raises its offer

Date: 2026-05-11

Hallmark Ports said on Monday it was ready to offer a pay rise of 5 per cent. Free Quays said it could accept a pay rise of 7 per cent.
""",
)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("port")
    case = folder / "port.winset"
    for n, text in enumerate(ARTICLES):
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    for words in (["new", str(case)], ["add", str(case), str(folder / "0.txt"), str(folder / "1.txt")]):
        assert CliRunner().invoke(command, words).exit_code == 0
    return case


def asked(*words: str) -> Any:
    done = CliRunner().invoke(command, [*words, "--json"])
    assert done.exit_code == 0, (done.output, done.exception)
    return json.loads(done.stdout)


def diff(case: Path, api: Opened, page: Callable[[str], str]) -> None:
    said = asked("diff", str(case), "--since", "2026-05-05")
    assert [(one["what"], one["before"], one["after"], one["why"]) for one in said["numbers"]] == [
        (one["what"], one["before"], one["after"], one["why"]) for one in api.changes(date(2026, 5, 5)).rows
    ]
    assert said["numbers"]
    assert {one["party"] for one in said["positions"]} == {"free-quays", "hallmark-ports"}
    text = page("/positions/changes?since=2026-05-05")
    assert f"{len(said['statements']['new'])} new statements" in text
    assert f"{len(said['numbers'])} number" in text
    assert all(f"{one['after']:.4g}" in text for one in said["numbers"])


def alignment(case: Path, api: Opened, page: Callable[[str], str]) -> None:
    said = asked("alignment", str(case))
    (row,) = api.alignment().rows
    a, b = (said["parties"].index(row[side]) for side in "ab")
    assert (row["distance"], row["basis"]) == (said["distance"][a][b], said["basis"][a][b])
    assert 0 < row["distance"] < 1, "over what is asked for, not over all that the codebook allows"
    assert f">{row['distance']:.2f}</a>" in page("/positions/alignment")


def precedents(case: Path, api: Opened, page: Callable[[str], str]) -> None:
    (said,) = asked("precedents", str(case))
    (row,) = api.precedents.rows
    assert (row["name"], row["kept"], row["broken_by"], row["issue"], row["against_today"]) == (
        said["name"], False, "hallmark-ports", "pay-rise", said["against_today"]["pay-rise"],
    )  # fmt: skip
    text = page("/positions/precedents")
    assert said["name"] in text
    assert "Broken by Hallmark Ports in 2023, Free Quays says" in text
    assert "to argue that only a written guarantee would do" in text


def attention(case: Path, api: Opened, page: Callable[[str], str]) -> None:
    said = asked("attention", str(case))
    assert [(one["party"], one["issue"], one["share"]) for one in api.attention().rows] == [
        (row["party"], one["issue"], one["share"]) for row in said["parties"] for one in row["issues"]
    ]
    assert [one["who"] for one in said["unheard"]] == ["The lorry drivers"]
    text = page("/positions/attention")
    assert "The lorry drivers" in text
    assert said["warning"].split(":")[0] in text


@pytest.mark.parametrize("door", [diff, alignment, precedents, attention])
def test_the_command_the_api_and_the_page_say_the_same(
    port: Path, door: Callable[[Path, Opened, Callable[[str], str]], None]
) -> None:
    client = opened(port)
    door(port, winset.open(port), lambda address: client.get(address).text)
