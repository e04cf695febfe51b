"""Deals worth a look as blocks of a report, for two parties and for more, with and without a zone."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.reading.xml import parse_xml
from winset.report.blocks import Chart, Items, Paragraph, Table
from winset.report.charts.pairs import deals_by_pair
from winset.report.charts.parallel import deals_across
from winset.report.deals_worth import blocks

TWO = "issue,option,A,B\npay,low,0,2\n,mid,4,1\n,high,8,0\ndays,few,0,8\n,some,1,4\n,many,2,0\n"
THREE = "issue,option,A,B,C\npay,low,0,2,1\n,mid,4,1,2\n,high,8,0,0\ndays,few,0,8,1\n,some,1,4,5\n,many,2,0,3\n"


def solved(tmp_path: Path, table: str, *words: str) -> dict[str, Any]:
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    told = CliRunner().invoke(winset, ["solve", "bargaining", str(tmp_path / "t.csv"), *words, "--json"])
    result: dict[str, Any] = json.loads(told.stdout)
    return result


def made(result: dict[str, Any]) -> list[Any]:
    names = {"A": "Alba <b>", "B": "Bora"}
    return list(blocks(result, names, {"pay": "Pay?"}, lambda issue, value: f"«{value}»"))


def words_of(items: Items) -> str:
    return " ".join(str(part) for line in items.lines for part in line)


def test_two_parties_have_a_table_and_trades_in_words(tmp_path: Path) -> None:
    found = made(solved(tmp_path, TWO, "--deal", "pay=mid", "--deal", "days=some"))
    table, said, trades = found
    assert isinstance(table, Table)
    assert isinstance(said, Paragraph)
    assert isinstance(trades, Items)
    assert table.head[:3] == ("", "Deal", "Worth to Alba <b>")
    assert table.rows[0][1].line == ("Pay: «high»; days: «few»",)
    assert str(table.rows[1][1].line[0]).startswith("As deal 1, but: ")
    assert "Alba <b> gives on days and gets Pay (+3)" in words_of(trades)
    assert "Bora gives on Pay and gets days (+3)" in words_of(trades)


def test_more_parties_have_a_line_each_across_their_scales(tmp_path: Path) -> None:
    found = made(solved(tmp_path, THREE))
    chart = next(one for one in found if isinstance(one, Chart))
    root = parse_xml(chart.svg.encode(), name="chart")
    assert root.get("aria-label") == chart.title
    said = " ".join(root.itertext())
    assert "Alba <b>" in said
    assert "Deal 1" in said
    assert "no deal" in said
    assert len(chart.data.rows) >= 3
    assert "Deal 1: Alba <b>" in chart.description
    drawn = [float(x) for x in re.findall(r'(?:cx|x1|x2|x)="([-\d.]+)"', chart.svg)]
    assert min(drawn) >= 0
    assert max(drawn) <= 720


def test_an_empty_zone_says_what_would_open_it(tmp_path: Path) -> None:
    found = made(solved(tmp_path, TWO, "--reservation", "A=9", "--reservation", "B=7"))
    told = words_of(next(one for one in found if isinstance(one, Items)))
    assert "Alba <b> alone asks for 1 less." in told
    assert "worth at least 1 to Alba <b>, that costs at most 1 to Bora." in told
    assert made(solved(tmp_path, TWO, "--reservation", "A=99"))


@pytest.mark.parametrize("table", ["issue,option,A,B\nx,a,1,1\n", "issue,option,A,B,C\nx,a,1,1,1\n"])
def test_a_single_outcome_can_be_shown(table: str, tmp_path: Path) -> None:
    assert made(solved(tmp_path, table))


def test_each_two_of_more_parties_have_a_panel(tmp_path: Path) -> None:
    result = solved(tmp_path, THREE)
    chart = next(one for one in made(result) if isinstance(one, Chart) and one.id == "deals-by-pair")
    root = parse_xml(chart.svg.encode(), name="chart")
    said = list(root.itertext())
    assert root.get("aria-label") == chart.title == "What deals are worth to each two of 3 parties"
    assert said.count("\u2191 Bora") == 1  # against the first
    assert said.count("\u2191 C") == 2  # against the first and the second
    assert said.count("Alba <b> \u2192") == 2
    first = result["worth_a_look"][0]["utilities"]
    assert f"Alba <b> and Bora: Deal 1 {first[0]:g} and {first[1]:g}" in chart.description
    assert [row[0].line[0] for row in chart.data.rows][: len(result["worth_a_look"])] == [
        f"Deal {n}" for n in range(1, len(result["worth_a_look"]) + 1)
    ]
    width, height = (float(x) for x in (root.get("viewBox") or "").split()[2:])
    for end, most in (("x", width), ("y", height)):
        drawn = [float(x) for x in re.findall(rf'(?:c{end}|{end}1|{end}2|{end})="([-\d.]+)"', chart.svg)]
        assert min(drawn) >= 0
        assert max(drawn) <= most


def test_ten_parties_have_panels_for_the_first_pairs_and_say_so() -> None:
    names = [f"Party number {n}" for n in range(10)]
    deals = [("Deal 1", [float(n) for n in range(10)]), ("Deal 2", [float(9 - n) for n in range(10)])]
    chart = deals_by_pair(names, deals, [vector for _, vector in deals], [0.0] * 10)
    assert "Of 45 pairs the first 15 are drawn." in chart.reading
    across = deals_across(names, deals, [vector for _, vector in deals], [0.0] * 10)
    assert "Party \u2026" in across.svg or "Part\u2026" in across.svg or "Party n" in across.svg
    flat = deals_by_pair(names[:3], [("Deal 1", [1.0, 1.0, 1.0])], [[1.0, 1.0, 1.0]], [1.0, 1.0, 1.0])
    assert "nan" not in flat.svg
