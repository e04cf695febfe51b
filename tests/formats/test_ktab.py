"""KTAB files out of a case and back, and what their reader refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.cli.main import winset
from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Estimate, Exact, Judgement
from winset.domain.issues import Issue
from winset.errors import FormatError
from winset.formats.actors import read_actors
from winset.formats.ktab_writer import write_ktab_csv, write_ktab_xml
from winset.formats.ktab_xml import read_ktab_xml, read_parameters

NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)


def case(names: list[str], dimensions: int, numbers: list[int]) -> Case:
    issues = tuple(Issue(id=f"d{k}", question=f"Matter {k}", kind="continuous", range=(0.0, 100.0))
                   for k in range(dimensions))  # fmt: skip
    judgements = []
    for a, name in enumerate(names):
        judgements.append(Judgement(quantity="capability", party=name, issue=None, value=Exact(1.5 + a), by="me"))
        for k, issue in enumerate(issues):
            x = float(numbers[(a + 3 * k) % len(numbers)])
            for quantity, value in (("position", x), ("salience", x / dimensions)):
                judgements.append(Judgement(quantity=quantity, party=name, issue=issue.id, value=Exact(value), by="me"))
    return Case(title="Talks", parties=tuple(Party(id=n, name=n) for n in names), issues=issues,
                judgements=tuple(judgements))  # fmt: skip


def table(of: Case) -> dict[tuple[str, str, str | None], float]:
    ids = {issue.id: str(k) for k, issue in enumerate(of.issues)}
    return {(j.quantity, j.party, None if j.issue is None else ids[j.issue]): j.value.best
            for j in of.judgements if isinstance(j.value, Estimate)}  # fmt: skip


@given(st.lists(NAMES, min_size=3, max_size=5, unique=True), st.integers(1, 3),
       st.lists(st.integers(0, 100), min_size=1, max_size=7))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_both_files_say_what_the_case_says(names: list[str], dimensions: int, numbers: list[int]) -> None:
    ours = case(names, dimensions, numbers)
    for data, read in ((write_ktab_csv(ours)[0], read_actors), (write_ktab_xml(ours)[0], read_ktab_xml)):
        assert table(read(data, "f")) == pytest.approx(table(ours), abs=1e-9)
        assert [i.question for i in read(data, "f").issues] == [i.question for i in ours.issues]


def test_parameters_come_with_the_scenario() -> None:
    data, _ = write_ktab_xml(case(["a", "b", "c"], 1, [0, 50, 100]), None, {"BigRRange": "Max"})
    found = read_parameters(data, "f")
    assert (found["BigRRange"], found["VotingRule"], len(found)) == ("Max", "Prop", 9)


def test_what_the_format_cannot_hold_is_said() -> None:
    long = "A very long name of a party indeed"
    ours = case([long, "b"], 2, [40, 90])
    heavy = ours.with_(judgements=tuple(
        Judgement(quantity=j.quantity, party=j.party, issue=j.issue, value=Exact(80.0), by="me")
        if j.quantity == "salience" else j for j in ours.judgements
    ))  # fmt: skip
    data, remarks = write_ktab_csv(heavy)
    assert any("sum to 160" in r for r in remarks)
    assert any("cut to 25" in r for r in remarks)
    assert any("2 actors; KTAB itself takes 3 to 250" in r for r in remarks)
    assert table(read_actors(data, "f"))[("salience", "b", "0")] == 50
    with pytest.raises(FormatError, match="no party has a position"):
        write_ktab_csv(ours.with_(judgements=()))


def solve(*args: str) -> Any:
    ran = CliRunner().invoke(winset, [*args, "--json"], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def test_a_table_of_actors_becomes_a_scenario_with_the_same_answer(tmp_path: Path) -> None:
    source = tmp_path / "talks.csv"
    source.write_bytes(write_ktab_csv(case(["a", "b", "c"], 2, [0, 70, 30, 100]))[0])
    done = solve("convert", str(source), "--to", "ktab-xml", "--into", str(tmp_path / "out"))
    ours, theirs = solve("solve", "spatial", str(source)), solve("solve", "spatial", done["files"][0])
    assert [i["forecasts"] for i in ours["issues"]] == [i["forecasts"] for i in theirs["issues"]]
    assert ours["joint"]["rounds"] == theirs["joint"]["rounds"]
    assert len(ours["joint"]["rounds"][1]["offers"]) > 0
    other = solve("solve", "spatial", str(source), "--ktab", "BigRRange=Max")
    assert other["joint"]["parameters"]["BigRRange"] == "Max"


def test_a_table_with_capability_in_its_rows_becomes_a_scenario_on_ktabs_scale(tmp_path: Path) -> None:
    source = tmp_path / "emissions.csv"
    source.write_text("actor,position,salience,capability\na,4,80,8\nb,7,40,8\nc,150,60,16\n")
    for form in ("ktab-csv", "ktab-xml"):
        done = solve("convert", str(source), "--to", form, "--into", str(tmp_path / form))
        assert any("states no scale; 4 to 150, as far as positions reach" in r for r in done["remarks"])
        data = Path(done["files"][0]).read_bytes()
        found = table(read_actors(data, "f") if form == "ktab-csv" else read_ktab_xml(data, "f"))
        assert [found["position", p, "0"] for p in "abc"] == pytest.approx([0, 100 * 3 / 146, 100])
        assert [found["capability", p, None] for p in "abc"] == [8, 8, 16]
