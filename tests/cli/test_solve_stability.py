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
    raw = content if isinstance(content, bytes) else content.encode() if isinstance(content, str) else None
    path.write_bytes(json.dumps(content).encode() if raw is None else raw)
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


@pytest.mark.parametrize("ending", ["gmcr", "json", "csv", "xlsx"])
def test_what_is_saved_reads_back_as_the_same_conflict(tmp_path: Path, ending: str) -> None:
    copy = tmp_path / f"copy.{ending}"
    first = json.loads(run(tmp_path / "f.gmcr", FILE, "--json", "--save", str(copy)).stdout)
    again = json.loads(run(tmp_path / f"again.{ending}", copy.read_bytes(), "--json").stdout)
    assert again["equilibria"] == first["equilibria"]
    assert again["stability"] == first["stability"]
    assert run(tmp_path / "f.gmcr", FILE, "--save", str(copy)).exit_code == 2


@pytest.mark.parametrize("ending", ["gmcr", "json"])
def test_unknown_pairs_beliefs_coalitions_strength_and_the_status_quo_are_saved_too(
    tmp_path: Path, ending: str
) -> None:
    rich = changed(
        FILE, useManualPreferenceRanking=True, status_quo=2, coalitions=[[0, 1]], unknown={"upstream": [[1, 4], [2, 3]]},
        beliefs={"downstream": {"upstream": [6, [5, 4], 3, 2, 1]}},
        decisionMakers=[
            {**FILE["decisionMakers"][0], "preferenceRanking": [3, 1, ">>", [2, 4], 5, 6]},
            {**FILE["decisionMakers"][1], "preferenceRanking": [[1, 2], 3, ">>", 4, ">>", 6, 5]},
        ],
    )  # fmt: skip
    copy = tmp_path / f"copy.{ending}"
    first = json.loads(run(tmp_path / "f.gmcr", rich, "--json", "--save", str(copy)).stdout)
    again = json.loads(run(tmp_path / f"again.{ending}", copy.read_bytes(), "--json").stdout)
    for key in ("equilibria", "stability", "strength", "unknown", "beliefs", "coalitions", "status_quo"):
        assert again[key] == first[key], key


def test_a_conflict_of_many_options_and_few_states_is_saved(tmp_path: Path) -> None:
    only = {
        "options": [{"name": f"o{k}"} for k in range(40)], "infeasibles": [[[k, "Y"]] for k in range(2, 40)],
        "decisionMakers": [
            {"name": "a", "options": [0, *range(2, 40)], "preferences": ["1"]},
            {"name": "b", "options": [1], "preferences": ["1 & 2"]},
        ],
    }  # fmt: skip
    copy = tmp_path / "copy.gmcr"
    first = json.loads(run(tmp_path / "f.gmcr", only, "--json", "--save", str(copy)).stdout)
    again = json.loads(run(tmp_path / "again.gmcr", copy.read_bytes(), "--json").stdout)
    assert again["states"] == first["states"] == 4
    assert again["stability"] == first["stability"]


def test_charts_are_drawn_into_a_folder(tmp_path: Path) -> None:
    done = run(tmp_path / "f.gmcr", FILE, "--from", "1", "--charts", str(tmp_path / "drawn"), "--json")
    assert done.exit_code == 0
    made = {path.name for path in (tmp_path / "drawn").iterdir()}
    assert made == {f"{stem}.{e}" for stem in ("1-option-table", "2-move-graph") for e in ("svg", "png", "pdf", "csv")}
    assert "release water" in (tmp_path / "drawn" / "1-option-table.csv").read_text()


SAYS: dict[str, Any] = {
    "schema": "winset-case/1", "title": "t", "as_of": "2031-07-04",
    "parties": [{"id": "korsund", "name": "Korsund"}, {"id": "velmara", "name": "Velmara"}],
    "tables": [{"id": "t", "seats": ["korsund", "velmara"]}],
    "documents": [{"doc": "d", "text": "Korsund threatened to close the strait. Velmara rejected foreign troops on its soil.",
                   "sha256": "0" * 64, "date": "2031-07-03"}],
    "statements": [
        {"id": "d#1", "doc": "d", "source": [[0, 7]], "cue": [[8, 18]], "content": [[19, 38]], "kind": "indirect",
         "speaker": {"id": "k", "kind": "collective", "party": "korsund"}, "act": "threat", "acts": ["threat"],
         "modality": "asserted", "negated": False, "tense": None, "score": 0.9},
        {"id": "d#2", "doc": "d", "source": [[40, 47]], "cue": [[48, 56]], "content": [[57, 83]], "kind": "indirect",
         "speaker": {"id": "v", "kind": "collective", "party": "velmara"}, "act": "refusal", "acts": ["refusal"],
         "modality": "asserted", "negated": False, "tense": None, "score": 0.9},
    ],
}  # fmt: skip


def test_a_threat_is_an_option_and_a_refusal_a_preference_with_their_grounds(tmp_path: Path) -> None:
    kept = tmp_path / "kept.gmcr"
    done = run(tmp_path / "c.json", SAYS, "--suggest", "--json", "--save", str(kept))
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    validate(found, schema("solve-stability"))
    inputs = found["inputs"]
    assert inputs["suggested"]
    assert [(o["decision_maker"], o["option"]) for o in inputs["options"]] == [
        ("Korsund", "close the strait"), ("Velmara", "accept: foreign troops on its soil"),
    ]  # fmt: skip
    assert [o["grounds"][0]["statement"] for o in inputs["options"]] == ["d#1", "d#2"]
    assert found["states"] == 4  # nothing is ruled out
    again = json.loads(run(tmp_path / "again.gmcr", kept.read_bytes(), "--json").stdout)
    assert again["stability"] == found["stability"]
    assert "d#1" in run(tmp_path / "c.json", SAYS, "--suggest").stdout


def test_a_case_without_a_conflict_is_told_of_suggestions(tmp_path: Path) -> None:
    done = run(tmp_path / "c.json", SAYS)
    assert done.exit_code == 1
    assert "--suggest" in done.output
    done = run(tmp_path / "g.json", GRAPH, "--suggest")
    assert done.exit_code == 2
    assert "a conflict already" in done.output


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
        ([], ["JSON object"]), ("{", ["not JSON"]), ('{"options": NaN}', ["NaN is not a number"]),
        (changed(FILE, decisionMakers=maker(0, name=3)), ["the name of decisionMakers[0] is 3"]),
        ({"schema": "winset-case/1", "conflict": {"decisionMakers": 1, "options": [], "outcomes": {}}}, ["decisionMakers"]), ({"arcs": 3}, ["stability page"]), ({}, ["stability page"]),
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
