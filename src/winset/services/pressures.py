"""Time, force and consent of a case: what each party has judged of it, and what the methods make of that."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Judgement
from winset.errors import WinsetError
from winset.services import crisis, offers, ratification
from winset.services.sources import judged_case

QUANTITIES = (
    "discount",
    "haste",
    "outside option",
    "reservation",
    "capability",
    "war cost",
    "war probability",
    "trust",
)
DRAWS = 500


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leverage:
    """rows       party -> quantity -> the judgement that holds
    quantities    those of which anything is judged
    patience, consent   the methods' results, or None and why not
    """

    case: Case
    as_of: date | None
    quantities: tuple[str, ...]
    rows: dict[str, dict[str, Judgement]]
    patience: dict[str, Any] | None
    no_patience: str | None
    consent: dict[str, Any] | None
    no_consent: str | None


def leverage(path: Path, *, at: date | None = None) -> Leverage:
    """As of a day; the case's own without one."""
    case = judged_case(path)
    when = at or case.as_of
    rows = {
        party.id: {q: found for q in QUANTITIES if (found := case.judgement(q, party.id, None, when))}
        for party in case.parties
    }
    patience, no_patience = _tried(lambda: offers.solve(path, {}, at))
    consent, no_consent = _tried(lambda: ratification.solve(path, at=at, draws=DRAWS))
    return Leverage(
        case=case, as_of=when, rows=rows,
        quantities=tuple(q for q in QUANTITIES if any(q in row for row in rows.values())),
        patience=patience, no_patience=no_patience, consent=consent, no_consent=no_consent,
    )  # fmt: skip


def _tried(ask: Any) -> tuple[dict[str, Any] | None, str | None]:
    try:
        return ask().result, None
    except WinsetError as error:
        return None, str(error)


def war(p: float, first: float, second: float) -> dict[str, Any]:
    """The deals that both sides prefer to war, `p` the first side's chance in it. Raises UsageError, ModelError."""
    run = crisis.solve("range", None, {"p": p, "cost_first": first, "cost_second": second})
    return dict(run.result) if not isinstance(run, list) else {}
