"""What an answer was computed from, as digests part by part: what has changed since can be named."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.runs import digest
from winset.errors import FormulationError, UsageError
from winset.formulation.whatif import with_changes
from winset.services.sources import reviewed_case
from winset.store.textform import case_to_json

PARTS = (
    "parties",
    "tables",
    "issues",
    "ratifiers",
    "rules",
    "relations",
    "correlations",
    "conflict",
    "deals",
    "forbidden",
)
_FREE = {"grounds", "note", "score"}  # of a judgement: what no number depends on


def parts(case: Case, at: date | None, *, ledger: bool = False) -> dict[str, str]:
    """Digests of all that answers about a case at a date can depend on; documents and statements are none of it.

    Judgements stand apart by quantity, those of later days left out; forecasts are one only where their record counts.
    """
    value = case_to_json(case)
    found: dict[str, Any] = {part: value[part] for part in PARTS if value[part]}
    if ledger:
        found["forecasts"] = value["forecasts"]
    for judgement, plain in zip(case.judgements, value["judgements"], strict=True):
        if at is None or judgement.as_of is None or judgement.as_of <= at:
            kept = {key: one for key, one in plain.items() if key not in _FREE}
            found.setdefault(f"judgements of {judgement.quantity}", []).append(kept)
    return {name: digest(one) for name, one in found.items()}


def whole(method: str, at: date | None, found: Mapping[str, str]) -> str:
    """One digest of a question: method, day and all parts."""
    return digest({"method": method, "at": at.isoformat() if at else None, "parts": dict(found)})


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The names of parts that differ, in order."""
    return [name for name in dict.fromkeys((*before, *now)) if before.get(name) != now.get(name)]


def split(source: str) -> tuple[Path, str | None]:
    """`CASE@NAME` as path and scenario; a file whose own name holds an @ is that file."""
    path, at, name = source.rpartition("@")
    if not at or Path(source).exists() or not Path(path).exists():
        return Path(source), None
    return Path(path), name


def under(case: Case, name: str | None, source: str = "the case") -> tuple[Case, date | None]:
    """A case and its day as it stands, or as its scenario `name` has it. Raises UsageError where there is none."""
    if name is None:
        return case, case.as_of
    found = next((one for one in case.scenarios if one.get("name") == name), None)
    if found is None:
        names = ", ".join(repr(one.get("name")) for one in case.scenarios) or "none; `winset scenario add` makes one"
        raise UsageError(f"{source} has no scenario {name!r}; there are {names}")
    try:
        day = date.fromisoformat(found["as_of"]) if found.get("as_of") else case.as_of
        return with_changes(case, list(found.get("changes", ())), day), day
    except FormulationError as error:
        raise FormulationError(f"scenario {name!r}: {error}") from None
    except (ValueError, TypeError):
        raise FormulationError(f"scenario {name!r}: as_of is a date YYYY-MM-DD, got {found['as_of']!r}") from None


def load(source: str) -> tuple[Case, date | None]:
    """`CASE` or `CASE@NAME` with its reviews laid over it, and its day."""
    path, name = split(source)
    return under(reviewed_case(path), name, str(path))
