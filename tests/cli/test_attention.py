"""`winset attention`: shares with their interval, wire copies counted once, who is absent and who could block from outside."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.running import run

from winset.services import attention as service

FIRST = (
    "Arden and Belmar held talks on Monday. Arden's foreign minister, Mara Quill, said Arden demanded a ceasefire now. "
    "Belmar's foreign minister, Ilan Dorvath, said Belmar demanded that all prisoners be exchanged. "
    "Corvia's president received Corvia's envoy. Mara Quill said that Corvia must lift its sanctions. Corvia supplies Belmar with missiles, Arden's envoy said."
)
COPY = "Wire copy.\n\nArden's foreign minister, Mara Quill, said Arden demanded a ceasefire now."


def made(tmp_path: Path, *texts: str) -> Path:
    path = tmp_path / "c.winset"
    run("new", str(path))
    for n, text in enumerate(texts):
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
        assert run("add", str(path), str(tmp_path / f"{n}.txt")).exit_code == 0
    return path


def test_json_fits_the_schema_and_is_the_services_answer(tmp_path: Path) -> None:
    path = made(tmp_path, FIRST)
    found = json.loads(run("attention", str(path), "--json").stdout)
    jsonschema.validate(found, json.loads(run("schema", "attention").stdout))
    assert found == service.attention(path) == service.attention(path), "same seed, same numbers"
    for row in found["parties"]:
        assert sum(one["share"] for one in row["issues"]) == pytest.approx(1, abs=1e-3)
        for one in row["issues"]:
            low, likely, high = one["suggested_salience"]
            assert 0 <= low <= likely <= high <= 100
            assert one["interval"][0] <= one["share"] <= one["interval"][1]
    assert (
        "prisoners-and-displaced-people"
        in next(row for row in found["parties"] if row["party"] == "arden")["silent_on"]
    )
    text = run("attention", str(path)).stdout
    assert "not what the issue is worth" in text


def test_a_wire_copy_counts_once(tmp_path: Path) -> None:
    once, twice = made(tmp_path, FIRST), made(tmp_path / "b", FIRST, COPY) if (tmp_path / "b").mkdir() is None else None
    assert twice is not None
    arden = [
        next(row for row in service.attention(path)["parties"] if row["party"] == "arden") for path in (once, twice)
    ]
    assert arden[0]["statements"] == arden[1]["statements"]


def test_who_is_absent_and_could_block(tmp_path: Path) -> None:
    found = service.attention(made(tmp_path, FIRST))
    assert set(found["seated"]) == {"arden", "belmar"}
    assert [one["party"] for one in found["affected"]][:1] == ["corvia"]
    (block,) = found["can_block"]
    assert (block["party"], block["why"], block["suggested"]) == ("corvia", "arms belmar", True)
    assert block["words"]


def test_without_a_table_nobody_is_absent_and_without_statements_nothing_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "c.winset"
    run("new", str(path))
    found = service.attention(path)
    assert (found["parties"], found["affected"], found["unspoken"], found["statements"]) == ([], [], [], 0)
    done = run("attention", str(path))
    assert done.exit_code == 0
    assert "nothing can be counted" in done.stdout


def test_where_no_issue_is_known_it_says_so(tmp_path: Path) -> None:
    path = made(tmp_path, "The lamps are lit, said Ann Berg, a harbour pilot. She said that it rained.")
    assert "nothing can be divided" in run("attention", str(path)).stdout
