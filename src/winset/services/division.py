"""Items divided between two parties by the points they put on each."""

from pathlib import Path
from typing import Any

from winset.domain.runs import Assumption
from winset.formats.point_table import read_point_csv, read_point_json
from winset.formulation.division import formulate
from winset.models.bargaining.adjusted_winner import Points, solve
from winset.report.division import as_json
from winset.services.sources import read_bytes, reviewed_case


def division(source: Path) -> dict[str, Any]:
    """Adjusted winner and the proportional allocation for a table of points (.csv), JSON, or a case's saliences."""
    given, notes = _points(source)
    return as_json(solve(given)) | {"assumptions": notes}


def _points(source: Path) -> tuple[Points, list[dict[str, Any]]]:
    if source.suffix.lower() in {".csv", ".tsv"}:
        points = read_point_csv(read_bytes(source), source.name)
        return points, _scaled(points)
    if source.suffix.lower() == ".json" and b"points_first" in (data := read_bytes(source)):
        points = read_point_json(data, source.name)
        return points, _scaled(points)
    case = reviewed_case(source)
    formulated = formulate(case, case.as_of)
    return formulated.inputs, [note.as_json() for note in formulated.assumptions]


def _scaled(points: Points) -> list[dict[str, Any]]:
    """What is told of points that do not sum to 100."""
    sums = zip(points.parties, (sum(points.first.values()), sum(points.second.values())), strict=True)
    return [
        Assumption(text=f"points of {party} sum to {float(total):g}; they are counted as shares of 100").as_json()
        for party, total in sums if total != 100
    ]  # fmt: skip
