"""What a group would settle on, from a case or from another tool's table."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from winset.domain.case import Case
from winset.domain.runs import Assumption
from winset.formats.actors import read_actor_sheet, read_actors
from winset.formats.ktab_xml import read_ktab_xml
from winset.formulation.spatial import formulate
from winset.models.spatial.exchange import Exchange, exchange
from winset.models.spatial.forecasts import ROUNDS, Forecasts, Rules, forecasts
from winset.services.sources import read_bytes, reviewed_case

TABLES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """Forecasts by issue, and what they rest on."""

    issues: dict[str, Forecasts]
    exchange: Exchange | None  # None where there is one issue only
    assumptions: tuple[Assumption, ...]
    gaps: tuple[str, ...]


def load(source: Path) -> Case:
    """The case at `source`: a case file or text form, KTAB XML, or an actor table."""
    if source.suffix.casefold() == ".xml":
        return read_ktab_xml(read_bytes(source), source.name)
    if source.suffix.casefold() == ".xlsx":
        return read_actor_sheet(read_bytes(source), source.name)
    if source.suffix.casefold() in TABLES:
        return read_actors(read_bytes(source), source.name)
    return reviewed_case(source)


def spatial(source: Path, *, as_of: date | None = None, rounds: int = ROUNDS, rules: Rules | None = None) -> Answer:
    """Every forecast of every issue of `source` as of a date, and the trades across issues."""
    asked = formulate(load(source), as_of)
    return Answer(
        issues={issue: forecasts(x, rounds=rounds, rules=rules) for issue, x in asked.inputs.items()},
        exchange=exchange(asked.inputs) if len(asked.inputs) > 1 else None,
        assumptions=asked.assumptions,
        gaps=asked.gaps,
    )
