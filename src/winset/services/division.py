"""Items divided between two parties by the points they put on each."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Table
from winset.errors import FormulationError
from winset.formats.point_table import read_point_csv, read_point_json
from winset.models.bargaining.adjusted_winner import Points, adjusted_winner, proportional
from winset.report.division import as_json
from winset.services.sources import read_bytes, reviewed_case


def division(source: Path) -> dict[str, Any]:
    """Adjusted winner and the proportional allocation for a table of points (.csv), JSON, or a case's saliences."""
    notes: list[str] = []
    if source.suffix.lower() in {".csv", ".tsv"}:
        given = read_point_csv(read_bytes(source), source.name)
    elif source.suffix.lower() == ".json" and b"points_first" in (data := read_bytes(source)):
        given = read_point_json(data, source.name)
    else:
        given, notes = _of_case(reviewed_case(source))
    result = as_json(given, adjusted_winner(given.first, given.second), proportional(given.first, given.second))
    return result | {"assumptions": [{"text": note} for note in notes]}


def _of_case(case: Case) -> tuple[Points, list[str]]:
    """Saliences as points: each issue an item that one side or the other may have its way on."""
    if len(case.parties) != 2:
        raise FormulationError(f"dividing by points is for two parties; the case has {len(case.parties)}")
    tables: list[dict[str, Fraction]] = []
    for party in case.parties:
        own = {}
        for issue in case.issues:
            judged = case.judgement("salience", party.id, issue.id, case.as_of)
            if judged is None or isinstance(judged.value, Table):
                raise FormulationError(f"no salience of {party.id} on {issue.id} is judged; judge it or give a table")
            own[issue.id] = Fraction(repr(float(judged.value.best)))
        tables.append(own)
    note = "saliences are taken for points, and each issue for something that can be divided between having one's way or not"
    return Points(parties=(case.parties[0].id, case.parties[1].id), first=tables[0], second=tables[1]), [note]
