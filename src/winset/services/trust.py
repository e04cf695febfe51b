"""Trust from the record: how long deals of a named reference class lasted, and the case's own precedents beside it."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from winset.domain.case import Case
from winset.domain.runs import Run, digest
from winset.errors import ModelError, UsageError
from winset.formats.deal_record import PastDeal, Record, read_deal_record
from winset.models.crisis.trust import kept_share, survival
from winset.report.crisis import VERSION, trust_json
from winset.services.sources import no_case, read_bytes, reviewed_case

YEAR = 365.25
FEW = 20  # deals, below which a curve is not drawn and a wide prior speaks
_UCDP = (
    "UCDP's agreements were made between the sides of armed conflicts, almost all of them inside one state; "
    "a deal between states, or without a war, lies outside this class."
)


def trust(
    table: Path, *, where: tuple[str, ...] = (), years: tuple[float, ...] = (1.0, 2.0, 5.0, 10.0),
    observed_to: date | None = None, case: Path | None = None,
) -> Run:  # fmt: skip
    """Chance that a deal of the class still stands after so many years.

    where        `column=value` conditions that name the reference class; all of them hold
    observed_to  the last day that the table covers; by default the latest day in it
    case         a case whose precedents are counted beside the class, and whose parties are looked for in it
    Raises UsageError where a condition names no column or leaves no deal.
    """
    no_case(table, "a table of past deals (name, signed, ended); a case goes with --case")
    record = read_deal_record(read_bytes(table), table.name)
    if not years or min(years) < 0:
        raise UsageError(f"years are 0 or more, got {', '.join(f'{y:g}' for y in years) or 'none'}")
    chosen = _class(record, where, table.name)
    last = observed_to or max(max(d.signed, d.ended or d.signed) for d in record.deals)
    warnings = [_UCDP] if record.ucdp else []
    known = [d for d in chosen if not d.unknown and d.signed <= last]
    if len(known) < len(chosen):
        warnings.append(
            f"{len(chosen) - len(known)} deals left out: ended on a day that is not given, or signed later."
        )
    if not known:
        raise ModelError("no deal of this class has a known fate; name a wider class")
    ended = np.array([d.ended is not None and d.ended <= last for d in known])
    lasted = np.array(
        [((d.ended if e and d.ended else last) - d.signed).days / YEAR for d, e in zip(known, ended, strict=True)]
    )
    points = _few(lasted, ended, years) if len(known) < FEW else _curve(lasted, ended, years)
    if len(known) < FEW:
        warnings.append(f"Only {len(known)} deals: a wide prior (Jeffreys) speaks where they are silent.")
    beyond = [y for y in years if y > lasted.max()]
    if beyond:
        warnings.append(f"No deal was watched for longer than {lasted.max():.1f} years; {beyond[0]:g} lies beyond.")
    name = f"{table.name}: {' and '.join(where) or 'all deals'} ({len(known)} of {len(record.deals)})"
    own = None
    if case is not None:
        asked = reviewed_case(case)
        own = _precedents(asked)
        absent = _absent(asked, chosen)
        if absent:
            warnings.append(f"The case lies outside this class: {absent} made none of its deals.")
    result = trust_json(
        n=len(known), ended=int(ended.sum()), reference_class=name, points=points, precedents=own,
        observed_to=last.isoformat(), warnings=warnings,
    )  # fmt: skip
    return Run(
        method="crisis", version=VERSION, result={"method": "crisis/trust", "version": VERSION, **result},
        inputs_digest=digest([[d.name, str(d.signed), str(d.ended)] for d in known] + [list(years)]),
        parameters={"where": list(where), "years": list(years), "observed_to": last.isoformat()},
    )  # fmt: skip


def _class(record: Record, where: tuple[str, ...], source: str) -> list[PastDeal]:
    chosen = list(record.deals)
    for condition in where:
        column, sign, value = condition.partition("=")
        column, value = column.strip(), value.strip()
        if not sign or column not in record.columns:
            raise UsageError(
                f"{condition!r}: a class is column=value; {source} has the columns {', '.join(record.columns[:40])}"
            )
        left = [d for d in chosen if _same(d.columns.get(column, ""), value)]
        if not left:
            seen = sorted({d.columns.get(column, "") for d in chosen})
            raise UsageError(
                f"{condition!r} leaves no deal; {column} is {', '.join(s or '(empty)' for s in seen[:12])}"
            )
        chosen = left
    return chosen


def _same(cell: str, value: str) -> bool:
    if cell.casefold() == value.casefold():
        return True
    try:
        return float(cell) == float(value)
    except ValueError:
        return False


def _curve(lasted: Any, ended: Any, years: tuple[float, ...]) -> list[tuple[float, float, tuple[float, float]]]:
    found = survival(lasted, ended)
    return [(y, *found.at(y)) for y in years]


def _few(lasted: Any, ended: Any, years: tuple[float, ...]) -> list[tuple[float, float, tuple[float, float]]]:
    """Deals whose fate by then is known: kept as long, or ended before; those lost to sight earlier say nothing."""
    points = []
    for year in years:
        kept, broken = int((lasted >= year).sum()), int((ended & (lasted < year)).sum())
        points.append((year, *kept_share(kept, broken)))
    return points


def _precedents(case: Case) -> dict[str, Any] | None:
    told = [p for p in case.precedents if p.kept is not None]
    if not told:
        return None
    kept = sum(bool(p.kept) for p in told)
    mean, interval = kept_share(kept, len(told) - kept)
    return {
        "kept": [p.name for p in told if p.kept], "broken": [p.name for p in told if not p.kept],
        "probability": mean, "interval": list(interval),
    }  # fmt: skip


def _absent(case: Case, chosen: list[PastDeal]) -> str:
    """The case's parties, where none of them is named in any cell of the class."""
    names = [name for party in case.parties for name in (party.name, *party.aliases) if len(name) > 2]
    cells = " | ".join(cell for deal in chosen for cell in deal.columns.values() if len(cell) < 300).casefold()
    return "" if any(name.casefold() in cells for name in names) else " and ".join(p.name for p in case.parties[:3])
