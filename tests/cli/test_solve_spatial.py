"""`winset solve spatial` from its sources to its answer."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.errors import WinsetError

TABLE = "Actor,Capability,Position,Salience\nA,1,0,1\nB,1,40,0.5\nC,2,100,0.5\n"
KTAB = (
    '"Talks",made up,2,2,\nActor,Description,Influence,Border Position,Border Salience,Trade Position,Trade Salience,\n'
    "A,first,10,0,50,100,50\nB,second,20,60,30,20,10\n"
)


def solve(path: Path) -> dict[str, Any]:
    ran = CliRunner().invoke(winset, ["solve", "spatial", str(path), "--json"], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    value: dict[str, Any] = json.loads(ran.stdout)
    return value


def test_a_table_of_actors_gives_every_forecast(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(TABLE)
    issue = solve(path)["issues"][0]
    forecasts = issue["forecasts"]
    # by hand: weights c s are 1, 0.5, 1, so the half of 2.5 is reached at 40
    assert forecasts["compromise"] == pytest.approx((0.5 * 40 + 100) / 2.5)
    assert forecasts["salience_weighted_mean"] == pytest.approx((20 + 50) / 2)
    assert forecasts["power_weighted_median"] == 40
    assert forecasts["condorcet"] == 40
    # saliences are 1, 0.5, 0.5: an exact half at 0, the other end is 40
    assert forecasts["salience_weighted_median"] == 0
    assert issue["ties"] == {"salience_weighted_median": [40]}
    assert [p["variant"] for p in forecasts["challenge"]] == ["scholz-code", "scholz-printed"]
    assert forecasts["challenge"][0]["rounds"][0]["positions"] == [0, 40, 100]


def test_ktab_gives_one_issue_a_dimension(tmp_path: Path) -> None:
    path = tmp_path / "talks.csv"
    path.write_text(KTAB)
    found = solve(path)
    assert [i["issue"] for i in found["issues"]] == ["border", "trade"]
    assert found["issues"][0]["forecasts"]["compromise"] == pytest.approx(60 * 600 / 1100)


def test_what_is_not_stated_is_assumed_openly(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps({
        "schema": "winset-case/1", "title": "T", "parties": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
        "issues": [{"id": "x", "question": "?", "kind": "continuous", "range": [0, 100]}],
        "judgements": [
            {"quantity": "position", "party": "a", "issue": "x", "value": 10, "by": "me"},
            {"quantity": "position", "party": "b", "issue": "x", "value": 30, "by": "me"},
            {"quantity": "salience", "party": "a", "issue": "x", "value": 50, "by": "me"},
        ],
    }))  # fmt: skip
    found = solve(path)
    assert found["issues"][0]["forecasts"]["compromise"] == 20
    said = {(a["quantity"], a["party"], a["value"]) for a in found["assumptions"]}
    assert said == {("salience", "b", 50), ("capability", "a", 1), ("capability", "b", 1)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TABLE.replace("B,1,40,0.5", "B,1,,0.5"), "line 3, column position: is empty"),
        (TABLE.replace("B,1", "A,1"), "line 3: 'A' is also in line 2"),
        (TABLE.replace("B,1,40,0.5", "B,-1,40,0.5"), "line 3: capability of B is -1"),
        (TABLE.replace("2,100,0.5", "2,100,500"), "line 4: salience of C is 500"),
        (KTAB.replace("60,30", ",30"), "line 4, column Border Position: is empty"),
        (KTAB.replace("60,30", "160,30"), "line 4: position of B is 160"),
        ("Actor,Capability,Position,Salience\nA,1,0,0\nB,1,1,0\n", "lines 2 to 3: every salience is 0"),
        (
            KTAB.replace(",50", ",0").replace(",30,", ",0,").replace(",10\n", ",0\n"),
            "border: nobody has both capability",
        ),
    ],
)
def test_a_wrong_table_is_refused_with_place_value_and_way_out(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text)
    ran = CliRunner().invoke(winset, ["solve", "spatial", str(path)])
    assert isinstance(ran.exception, WinsetError)
    assert words in str(ran.exception)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_cells_may_be_divided_by_semicolons_or_tabs(tmp_path: Path, mark: str) -> None:
    for name, text in (("t", TABLE), ("k", KTAB)):
        plain, other = tmp_path / f"{name}.csv", tmp_path / f"{name}.tsv"
        plain.write_text(text)
        other.write_text(text.replace(",", mark))
        assert [i["forecasts"] for i in solve(other)["issues"]] == [i["forecasts"] for i in solve(plain)["issues"]]


def test_a_table_of_positions_gives_every_issue_it_names(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("party,issue,position,salience,capability\nA,x,10,50,1\nB,x,90,50,3\nA,y,5,50,\nB,y,15,50,\n")
    found = {i["issue"]: i["forecasts"]["compromise"] for i in solve(path)["issues"]}
    assert found == {"x": pytest.approx(70), "y": pytest.approx(12.5)}


def test_a_table_of_decisions_is_asked_without_its_outcomes(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    rows = [("i1", "a", 0, 50, 1), ("i1", "b", 50, 50, 1), ("i1", "c", 100, 50, 2), ("i2", "a", 0, 50, 1)]
    path.write_text("issue,actor,position,salience,capability,reference,outcome\n"
                    + "".join(f"{','.join(map(str, row))},20,90\n" for row in rows))  # fmt: skip
    found = solve(path)
    assert [i["issue"] for i in found["issues"]] == ["i1"]  # one actor is too few to be kept
    assert found["issues"][0]["forecasts"]["compromise"] == 62.5
    assert {p["status_quo"] for p in found["issues"][0]["procedures"]} == {20}


def test_a_scenario_of_a_later_toolkit_is_solved_with_what_is_known_of_it(tmp_path: Path) -> None:
    path = tmp_path / "s.xml"
    stated = "<ModelParameters><VotingRule>PropCbc</VotingRule><BigRRange>Max</BigRRange><New>1</New></ModelParameters>"
    path.write_text(XML.replace("<Dimensions>", stated + "<Dimensions>"))
    found = solve(path)
    assert found["joint"]["parameters"]["BigRRange"] == "Max"
    assert found["joint"]["parameters"]["VotingRule"] == "Prop"
    assert any("VotingRule is 'PropCbc'" in gap and "Prop is taken" in gap for gap in found["gaps"])
    assert any("New is no parameter" in gap for gap in found["gaps"])


XML = (
    "<Scenario><name>T</name><Dimensions><dName>Border</dName></Dimensions><Actors>"
    "<Actor><name>A</name><capability>10</capability><Position><dCoord>0</dCoord></Position>"
    "<Salience><dSal>50</dSal></Salience></Actor>"
    "<Actor><name>B</name><capability>20</capability><Position><dCoord>60</dCoord></Position>"
    "<Salience><dSal>30</dSal></Salience></Actor></Actors></Scenario>"
)


def test_ktab_xml_says_the_same_as_its_table(tmp_path: Path) -> None:
    path = tmp_path / "talks.xml"
    path.write_text(XML)
    issue = solve(path)["issues"][0]
    assert issue["issue"] == "border"
    assert issue["forecasts"]["compromise"] == pytest.approx(60 * 600 / 1100)


def test_an_empty_coordinate_is_named(tmp_path: Path) -> None:
    path = tmp_path / "talks.xml"
    path.write_text(XML.replace("<dCoord>60</dCoord>", "<dCoord/>"))
    ran = CliRunner().invoke(winset, ["solve", "spatial", str(path)])
    assert "position (dCoord) of B on Border is empty" in str(ran.exception)


def test_a_sheet_says_the_same_as_its_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in TABLE.splitlines():
        sheet.append([float(c) if c.replace(".", "").isdigit() else c for c in line.split(",")])
    book.save(tmp_path / "t.xlsx")
    (tmp_path / "t.csv").write_text(TABLE)
    assert solve(tmp_path / "t.xlsx")["issues"][0]["forecasts"] == solve(tmp_path / "t.csv")["issues"][0]["forecasts"]


def test_a_file_that_is_no_sheet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"not a sheet")
    ran = CliRunner().invoke(winset, ["solve", "spatial", str(tmp_path / "t.xlsx")])
    assert isinstance(ran.exception, WinsetError)
    assert "t.xlsx" in str(ran.exception)


def asked(tmp_path: Path, *options: str) -> Any:
    path = tmp_path / "table.csv"
    path.write_text("Actor,Capability,Position,Salience\nA,1,20,1\nB,1,50,0.5\nC,1,90,0.5\n")
    ran = CliRunner().invoke(winset, ["solve", "spatial", str(path), *options, "--json"], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)["issues"][0]


def test_a_setter_and_a_veto_change_what_passes(tmp_path: Path) -> None:
    found = asked(tmp_path, "--status-quo", "40", "--setter", "C")["procedures"]
    assert found[0]["name"] == "as asked"
    assert (found[0]["outcome"], found[0]["win_set"], found[0]["blockers"]) == (60, [40, 60], ["B", "C"])
    vetoed = asked(tmp_path, "--status-quo", "40", "--setter", "C", "--veto", "A")["procedures"][0]
    assert (vetoed["outcome"], vetoed["win_set"], vetoed["vetoes"]) == (40, [40, 40], ["A"])
    assert asked(tmp_path)["procedures"] == []


def test_the_distribution_may_be_an_election_and_says_which(tmp_path: Path) -> None:
    found = asked(tmp_path, "--distribution", "markov-incentive", "--victory", "linear")
    assert found["distribution"]["method"].startswith("probabilistic Condorcet election, markov-incentive, linear")
    assert set(found["distribution"]["quantiles"].values()) <= set(found["elections"][0]["options"])
    assert sum(found["elections"][1]["probability"]) == pytest.approx(1)


def test_trades_across_issues_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "talks.csv"
    path.write_text(
        "Talks,x,2,2\nActor,Description,Power,Border Position,Border Salience,Trade Position,Trade Salience\n"
        "A,a,1,0,80,0,20\nB,b,1,100,20,100,80\n"
    )
    assert solve(path)["exchange"]["after"] == pytest.approx({"border": 0, "trade": 100})
    ran = CliRunner().invoke(winset, ["solve", "spatial", str(path)], catch_exceptions=False)
    assert "Trade: B gives on border" in ran.stdout or "Trade: A gives on trade" in ran.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--quota", "0.6"], "none is stated; give one"),
        (["--quota", "1.5", "--status-quo", "40"], "the quota is 1.5; it is a share"),
        (["--status-quo", "1000"], "off the scale"),
        (["--setter", "Z", "--status-quo", "40"], "'Z' holds no position"),
    ],
)
def test_a_procedure_that_cannot_be_is_refused(tmp_path: Path, options: list[str], message: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Actor,Capability,Position,Salience\nA,1,20,1\nB,1,50,0.5\nC,1,90,0.5\n")
    with pytest.raises(WinsetError, match=message):
        CliRunner().invoke(winset, ["solve", "spatial", str(path), *options], catch_exceptions=False)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("A,1e308,5,1", "capability of A is beyond 1e"),
        ("A,1,-1e300,1", "position of A is beyond 1e"),
    ],
)
def test_numbers_too_large_to_compute_with_are_refused(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"Actor,Capability,Position,Salience\n{row}\nB,1,6,1\n")
    with pytest.raises(WinsetError, match=message):
        CliRunner().invoke(winset, ["solve", "spatial", str(path)], catch_exceptions=False)


@pytest.mark.parametrize("rows", ["A,1,5,1\n", "A,1,5,1\nB,2,5,0.5\n"])
def test_one_actor_or_one_point_is_an_answer(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Actor,Capability,Position,Salience\n" + rows)
    issue = solve(path)["issues"][0]
    assert issue["forecasts"]["compromise"] == issue["elections"][0]["mean"] == issue["bargaining"][0]["nash"] == 5
    assert issue["disagreement"] == ["All methods agree within 0 % of the scale."]


def test_an_empty_cell_of_a_scenario_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "s.xml"
    actor = ("<Actor><name>{}</name><capability>1</capability>\n<Position><dCoord>{}</dCoord></Position>\n"
             "<Salience><dSal>5</dSal></Salience></Actor>\n")  # fmt: skip
    path.write_text("<Scenario><Dimensions><dName>d</dName></Dimensions>\n<Actors>\n" + actor.format("A", "7")
                    + actor.format("B", "") + "</Actors></Scenario>")  # fmt: skip
    with pytest.raises(WinsetError, match=r"s.xml, line 7: position \(dCoord\) of B on d is empty; write a number"):
        CliRunner().invoke(winset, ["solve", "spatial", str(path)], catch_exceptions=False)
