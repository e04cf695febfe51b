"""Charts of collective choice say in marks and numbers what the result says."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from defusedxml.ElementTree import fromstring

from winset.cli.main import winset
from winset.errors import UsageError

TABLE = "Actor,Capability,Position,Salience\n=Risk,1,0,1\nB,1,40,0.5\nC,2,100,0.5\nD,3,70,0.9\n"


def test_charts_and_their_numbers_are_written(tmp_path: Path) -> None:
    source, into = tmp_path / "t.csv", tmp_path / "out"
    source.write_text(TABLE)
    asked = ["solve", "spatial", str(source), "--charts", str(into)]
    ran = CliRunner().invoke(winset, asked, catch_exceptions=False)
    assert ran.exit_code == 0
    names = {path.name for path in into.iterdir()}
    assert {"1-position-standing.svg", "1-position-movement-scholz-code.svg",
            "1-position-pressure-scholz-code.csv"} <= names  # fmt: skip
    drawing = fromstring((into / "1-position-standing.svg").read_bytes())
    radii = sorted(float(mark.get("r", "")) for mark in drawing.iter("{http://www.w3.org/2000/svg}circle"))
    # by hand: weights are 100, 50, 100 and 270, so areas beyond the smallest mark go as 50 : 100 : 100 : 270
    assert [(r - 2) ** 2 / 49 for r in radii] == pytest.approx([50 / 270, 100 / 270, 100 / 270, 1], abs=1e-3)
    rows = list(csv.reader(io.StringIO((into / "1-position-movement-scholz-code.csv").read_text())))
    assert rows[0] == ["Round", "'=Risk", "B", "C", "D", "Median"]
    assert rows[1] == ["0", "0", "40", "100", "70", "70"]
    assert len(rows) == 12
    pressed = list(csv.DictReader(io.StringIO((into / "1-position-pressure-scholz-code.csv").read_text())))
    first = {row["Moved"] for row in pressed if row["Round"] == "1"}
    moved = {name for name, a, b in zip(rows[0], rows[1], rows[2], strict=True) if a != b and name != "Median"}
    assert first >= moved - {"Round"}
    with pytest.raises(UsageError, match="is there already"):
        CliRunner().invoke(winset, asked, catch_exceptions=False)
