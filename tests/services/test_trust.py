"""Trust from a record of deals: a published curve, a plain second count, the class, the warnings, refusals."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import shared

from winset.cli.main import winset
from winset.errors import FormatError, UsageError
from winset.models.crisis.trust import survival
from winset.services.crisis import solve
from winset.services.schemas import schema
from winset.services.trust import trust

CASE = Path(__file__).parents[2] / "src" / "winset" / "catalog" / "episodes" / "lorn-strait" / "case.json"


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=30), st.integers(0, 14))
def test_the_curve_is_the_product_of_what_is_left(rows: list[tuple[int, bool]], asked: int) -> None:
    left = Fraction(1)
    for time in sorted({t for t, ended in rows if ended and t <= asked}):
        at_risk = sum(t >= time for t, _ in rows)
        left *= 1 - Fraction(sum(t == time and ended for t, ended in rows), at_risk)
    assert survival([t for t, _ in rows], [e for _, e in rows]).at(asked)[0] == pytest.approx(float(left), abs=1e-12)


def table(tmp_path: Path, rows: int = 40) -> Path:
    lines = ["name,signed,ended,region"]
    for i in range(rows):
        ended = f"{2001 + i % 4}-01-01" if i % 2 else ""
        lines.append(f"deal {i},2000-01-01,{ended},{'east' if i % 3 else 'west'}")
    path = tmp_path / "deals.csv"
    path.write_text("\n".join(lines))
    return path


def test_a_class_is_named_and_changeable(tmp_path: Path) -> None:
    path = table(tmp_path)
    whole = trust(path, years=(1.5, 3.5)).result
    # half of 40 end: i odd, after 2 or 4 years' turn (2002 and 2004), none in the first year and a half
    assert whole["n"] == 40
    assert whole["ended"] == 20
    assert whole["points"][0]["probability"] == 1.0
    assert whole["points"][1]["probability"] == pytest.approx(0.75)
    part = trust(path, where=("region=west",), years=(1.5,)).result
    assert "region=west (14 of 40)" in part["reference_class"]
    assert any("Jeffreys" in one for one in part["warnings"])
    low, high = part["points"][0]["interval"]
    assert low < 0.9 < high


def test_the_case_and_its_precedents_stand_beside_the_class(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        winset,
        ["solve", "crisis", "trust", str(table(tmp_path)), "--case", str(CASE), "--json"],
        catch_exceptions=False,
    )
    value = json.loads(done.stdout)
    jsonschema.validate(value, schema("solve-crisis"))
    assert value["precedents"]["broken"] == ["The harbour rules of 2019 (fiction)"]
    assert any("lies outside this class" in one for one in value["warnings"])


def test_peace_agreements_of_ucdp() -> None:
    path = shared("data", "ucdp-peace-agreements", "ucdp_peace_agreements_22_1.csv")
    found = trust(path, years=(1.0, 5.0)).result
    assert found["n"] + 5 == 341  # five ended on a day that is not given
    assert found["ended"] == 116
    assert any("inside one state" in one for one in found["warnings"])
    assert found["points"][0]["probability"] > found["points"][1]["probability"] > 0.5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,signed\na,2000-01-01\n", "no column for the end"),
        ("name,signed,ended\na,soon,\n", "line 2, column signed: 'soon' is no day"),
        ("name,signed,ended\na,2000-01-01,1999-01-01\n", "before it was signed"),
        ("name,signed,ended\n", "no deals"),
    ],
)
def test_a_table_that_is_none(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(text)
    with pytest.raises(FormatError, match=says):
        trust(path)


def test_a_class_without_deals_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="region is east, west"):
        trust(table(tmp_path), where=("region=north",))
    with pytest.raises(UsageError, match="columns name, signed"):
        trust(table(tmp_path), where=("continent=north",))


def guarantee(*more: str) -> dict[str, Any]:
    done = CliRunner().invoke(
        winset, ["solve", "crisis", "guarantee", "--deal", "0.5", "--discount", "0.9", "--path", "0.5,0.56",
                 "--costs", "0.1,0.1", *more, "--json"], catch_exceptions=False,
    )  # fmt: skip
    value: dict[str, Any] = json.loads(done.stdout)
    jsonschema.validate(value, schema("solve-crisis"))
    return value


def test_trust_flows_from_a_record_into_a_guarantee(tmp_path: Path) -> None:
    path = str(table(tmp_path))
    alone = trust(Path(path), years=(3.5,)).result["points"][0]
    found = guarantee("--record", path, "--years", "3.5")
    assert [one["held"] for one in found["trust"]] == [alone["probability"]] * 2 == [pytest.approx(0.75)] * 2
    # a deal's end is the record's unit: where anybody is tempted, both keep it as often as deals of the class stood
    assert found["holds"] == {"probability": alone["probability"], "interval": alone["interval"]}
    assert found["reference"]["reference_class"].startswith("deals.csv: all deals (40 of 40)")
    narrow = guarantee("--record", path, "--years", "3.5", "--where", "region=west")["reference"]
    assert narrow["n"] == 14
    assert narrow["interval"][1] - narrow["interval"][0] > alone["interval"][1] - alone["interval"][0]
    assert any("Jeffreys" in one for one in narrow["warnings"])
    assert "region=west" in guarantee("--record", path, "--where", "region=west")["words"]


def test_a_record_named_for_a_case_warns_outside_its_class_and_comes_before_judged_trust(tmp_path: Path) -> None:
    run = solve("guarantee", CASE, {"deal": 0.5, "discount": 0.9, "record": table(tmp_path), "between": None})
    assert not isinstance(run, list)
    jsonschema.validate(run.result, schema("solve-crisis"))
    assert {one["held"] for one in run.result["trust"]} == {run.result["reference"]["probability"]}
    assert any("lies outside this class" in one for one in run.result["reference"]["warnings"])
    assert run.result["reference"]["precedents"]["broken"] == ["The harbour rules of 2019 (fiction)"]
    assert any("that of the record is used" in one["text"] for one in run.result["assumptions"])


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--where", "region=west"), "give --record TABLE"),
        (("--record", "deals.csv", "--trust", "0.5,0.5"), "not both"),
        (("--record", "deals.csv", "--where", "region=north"), "region is east, west"),
    ],
)
def test_a_record_that_cannot_be_asked(
    more: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=says):
        guarantee(*more)
