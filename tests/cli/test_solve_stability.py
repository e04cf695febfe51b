"""`winset solve stability`: what it prints is what its schema describes; what it refuses it refuses in words."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, validate

from winset.cli.main import winset
from winset.errors import WinsetError
from winset.services.schemas import names, schema

GRAPH: dict[str, Any] = {
    "decision_makers": ["1", "2"], "states": ["CC", "CD", "DC", "DD"],
    "arcs": {
        "1": [["CC", "DC"], ["DC", "CC"], ["CD", "DD"], ["DD", "CD"]],
        "2": [["CC", "CD"], ["CD", "CC"], ["DC", "DD"], ["DD", "DC"]],
    },
    "preferences": {"1": ["DC", "CC", "DD", "CD"], "2": ["CD", "CC", "DD", "DC"]},
}  # fmt: skip
FILE: dict[str, Any] = {
    "options": [{"name": "release water", "permittedDirection": "both"}, {"name": "escalate", "permittedDirection": "both"},
                {"name": "attack", "permittedDirection": "fwd"}],
    "decisionMakers": [
        {"name": "upstream", "options": [0, 1], "preferences": [[[2, "N"]], [[0, "N"], [1, "Y"]], "2 IF 3"]},
        {"name": "downstream", "options": [2],
         "preferences": [[[0, "Y"]], {"compound": True, "members": [[[2, "N"]], [[1, "Y"]]]}]},
    ],
    "infeasibles": [[[0, "Y"], [1, "Y"]]],
}  # fmt: skip
ELMIRA = """decision maker,option,direction,1,2,3,4,5,6,7,8,9
MoE,modify,fwd,N,Y,N,Y,N,Y,N,Y,-
UR,delay,back,Y,Y,N,N,Y,Y,N,N,-
UR,accept,fwd,N,N,Y,Y,N,N,Y,Y,-
UR,abandon,fwd,N,N,N,N,N,N,N,N,Y
LG,insist,both,N,N,N,N,Y,Y,Y,Y,-
rank,MoE,,6,7,2,3,5,8,1,4,9
rank,UR,,1,8,6,2,4,9,7,3,5
rank,LG,,4,8,2,7,3,6,1,5,9
"""


def run(path: Path, content: Any, *more: str) -> Any:
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    try:
        return CliRunner().invoke(winset, ["solve", "stability", str(path), *more], catch_exceptions=False)
    except WinsetError as error:  # `winset.cli.main` makes it a message and an exit code
        return SimpleNamespace(exit_code=error.exit_code, output=str(error), stdout="")


def changed(base: dict[str, Any], **parts: Any) -> dict[str, Any]:
    made = json.loads(json.dumps(base))
    made.update(parts)
    return dict(made)


def test_the_schema_is_listed_and_sound() -> None:
    assert "solve-stability" in names()
    Draft202012Validator.check_schema(schema("solve-stability"))


FULL = [
    "--explain", "CC", "--from", "CC", "--make-stable", "CC", "--coalitions", "--concept", "policy", "--concept",
    "symmetric_seq", "--concept", "maximin:4", "--concept", "limited_move:3",
]  # fmt: skip
RICH = changed(
    GRAPH, unknown={"2": [["CC", "DD"]]}, beliefs={"1": {"2": ["CC", "CD", "DD", "DC"]}},
    preferences={"1": ["DC", "CC", ">>", "DD", "CD"], "2": ["CD", ["CC", "DD"], "DC"]},
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "more"),
    [
        ("g.json", GRAPH, []), ("g.json", GRAPH, FULL), ("g.json", RICH, FULL), ("f.gmcr", FILE, ["--coalitions"]),
        ("f.gmcr", FILE, ["--make-stable", "2", "--from", "1"]), ("t.csv", ELMIRA, ["--from", "1"]),
        ("g.json", GRAPH, ["--variant", "single_step_sanctions"]), ("f.gmcr", changed(FILE, coalitions=[[0, 1]]), []),
        ("c.json", {"schema": "winset-case/1", "title": "t", "parties": [], "conflict": FILE}, []),
    ],
)  # fmt: skip
def test_what_is_printed_is_what_the_schema_says(tmp_path: Path, name: str, content: Any, more: list[str]) -> None:
    done = run(tmp_path / name, content, *more, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    validate(found, schema("solve-stability"))
    assert (found["equilibria"]["sim"] is None) == (len(found["decision_makers"]) != 2)
    plain = run(tmp_path / name, content, *more)
    assert plain.exit_code == 0
    assert "Nash" in plain.stdout


def test_the_prisoners_dilemma_and_elmira(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path / "g.json", GRAPH, "--json").stdout)
    assert found["equilibria"]["nash"] == ["DD"]
    assert found["equilibria"]["seq"] == ["CC", "DD"]
    found = json.loads(run(tmp_path / "t.csv", ELMIRA, "--json").stdout)
    assert found["equilibria"]["nash"] == [5, 8, 9]
    assert found["equilibria"]["gmr"] == [1, 4, 5, 8, 9]


def test_coalesced_states_are_one(tmp_path: Path) -> None:
    twin = changed(GRAPH, states=[*GRAPH["states"], "DD2"], coalesced=[["DD", "DD2"]])
    twin["arcs"]["1"].append(["CD", "DD2"])
    found = json.loads(run(tmp_path / "g.json", twin, "--json").stdout)
    assert found["states"] == 4
    assert found["equilibria"] == json.loads(run(tmp_path / "h.json", GRAPH, "--json").stdout)["equilibria"]


@pytest.mark.parametrize("ending", ["gmcr", "json", "csv"])
def test_what_is_saved_reads_back_as_the_same_conflict(tmp_path: Path, ending: str) -> None:
    copy = tmp_path / f"copy.{ending}"
    first = json.loads(run(tmp_path / "f.gmcr", FILE, "--json", "--save", str(copy)).stdout)
    again = json.loads(run(tmp_path / f"again.{ending}", copy.read_text(), "--json").stdout)
    assert again["equilibria"] == first["equilibria"]
    assert again["stability"] == first["stability"]
    assert run(tmp_path / "f.gmcr", FILE, "--save", str(copy)).exit_code == 2


def maker(n: int, **parts: Any) -> list[dict[str, Any]]:
    made = json.loads(json.dumps(FILE["decisionMakers"]))
    made[n].update(parts)
    return list(made)


def graph_with(**parts: Any) -> dict[str, Any]:
    return changed(GRAPH, **parts)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (graph_with(preferences={"1": ["DC", "CC", "DD"], "2": GRAPH["preferences"]["2"]}), ["ranking of 1", "'CD'"]),
        (graph_with(preferences={"1": ["DC", "CC", "DD", "XX"], "2": []}), ["ranking of 1", "'XX'", "CC"]),
        (graph_with(preferences={"1": ["DC", "DC", "CC", "DD", "CD"], "2": []}), ["ranking of 1", "twice"]),
        (graph_with(preferences={"1": GRAPH["preferences"]["1"]}), ["no ranking of 2"]),
        (graph_with(arcs={"1": [["CC", "ZZ"]]}), ["arc", "'ZZ'"]),
        (graph_with(arcs={"3": []}), ["'3'", "1, 2"]),
        (graph_with(states=[]), ["at least one state"]),
        (graph_with(states=["CC", "CC"]), ["'CC' comes twice"]),
        (graph_with(coalesced=[["CC", "QQ"]]), ["coalesced", "'QQ'"]),
        (graph_with(unknown={"1": [["CC"]]}), ["two different states"]),
        (graph_with(beliefs={"9": {}}), ["beliefs", "'9'"]),
        (graph_with(status_quo="here"), ["status_quo", "'here'"]),
        (changed(FILE, decisionMakers=maker(0, options=[0])), ["option 1 (escalate) is owned by nobody"]),
        (changed(FILE, decisionMakers=maker(1, options=[1, 2])), ["option 1 (escalate) is owned twice", "downstream"]),
        (changed(FILE, decisionMakers=maker(1, options=[2, 7])), ["option 7", "0 to 2"]),
        (changed(FILE, decisionMakers=maker(0, preferences=[[[0, "Y"]], [[0, "N"]]])),
         ["preference statement 2 of upstream", "contradicts statement 1", "take out"]),
        (changed(FILE, decisionMakers=maker(0, preferences=[[[0, "Y"], [0, "N"]]])),
         ["preference statement 1 of upstream", "contradicts itself"]),
        (changed(FILE, decisionMakers=maker(0, preferences=["1 & (2"])), ["preference statement 1", "bracket"]),
        (changed(FILE, decisionMakers=maker(0, preferences=["1 & 9"])), ["no option 9", "1 to 3"]),
        (changed(FILE, decisionMakers=maker(0, preferences=["(" * 400 + "1"])), ["brackets"]),
        (changed(FILE, infeasibles=[[[0, "Y"]], [[0, "N"]]]), ["no state is feasible", "take out"]),
        (changed(FILE, infeasibles=[[[9, "Y"]]]), ["infeasibles[0]", "option 9"]),
        (changed(FILE, useManualPreferenceRanking=True, decisionMakers=maker(0, preferenceRanking=[1, 2])),
         ["ranking of upstream", "misses"]),
        ({"options": [{"name": f"o{k}"} for k in range(40)], "infeasibles": [],
          "decisionMakers": [{"name": "a", "options": list(range(40)), "preferences": []}]},
         ["40 options", "1,099,511,627,776", "GiB", "infeasible patterns"]),
        ({"options": [{"name": f"o{k}"} for k in range(90)], "infeasibles": [],
          "decisionMakers": [{"name": "a", "options": list(range(90)), "preferences": []}]}, ["90 options"]),
        ([], ["JSON object"]), ("{", ["not JSON"]), ({"arcs": 3}, ["stability page"]), ({}, ["stability page"]),
    ],
)  # fmt: skip
def test_bad_input_is_named_with_a_way_out(tmp_path: Path, content: Any, said: list[str]) -> None:
    done = run(tmp_path / "bad.json", content)
    assert done.exit_code in (1, 2, 4)
    assert "Traceback" not in done.output
    for part in said:
        assert part in done.output, done.output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("option,1,2\n", "decision maker, option"), (ELMIRA.replace("fwd,N,Y", "fwd,N,maybe"), "row 2, state 2"),
        (ELMIRA.replace("rank,MoE,,6", "rank,MoE,,x"), "row 7, state 1"), (ELMIRA.replace("fwd", "up", 1), "direction"),
        (ELMIRA.replace("rank,UR", "rank,URI"), "URI"),
    ],
)  # fmt: skip
def test_bad_tables_name_the_cell(tmp_path: Path, text: str, said: str) -> None:
    done = run(tmp_path / "bad.csv", text)
    assert done.exit_code == 1
    assert said in done.output


def test_unknown_states_variants_and_concepts_are_said(tmp_path: Path) -> None:
    for more, said in (
        (["--explain", "XX"], "CC, CD"), (["--variant", "v"], "legal_sequences"), (["--concept", "c"], "symmetric_seq"),
        (["--concept", "maximin:0"], "horizon"), (["--concept", "maximin:x"], "horizon"),
    ):  # fmt: skip
        done = run(tmp_path / "g.json", GRAPH, *more)
        assert done.exit_code in (1, 2)
        assert said in done.output
