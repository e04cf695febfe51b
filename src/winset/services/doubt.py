"""What a case's answers depend on, for the workbench: a quick look at one output, and the methods side by side."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.errors import UsageError, WinsetError
from winset.report.blocks import Chart
from winset.report.charts.tornado import tornado
from winset.services import bargaining, propagation, sensitivity, spatial
from winset.services.sources import judged_case

METHODS = ("bargaining", "spatial", "offers", "ratification")
BASE, DRAWS = 256, 1_024  # a quick look; the commands take more


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Doubt:
    """What one output depends on; `found` is None, with `why_not`, where it cannot be told."""

    case: Case
    method: str
    found: dict[str, Any] | None = None
    spread: dict[str, Any] | None = None
    chart: Chart | None = None
    note: str | None = None
    why_not: str | None = None


def doubt(path: Path, method: str, output: str | None = None, *, seed: int = 1) -> Doubt:
    """A quick look. Raises UsageError where there is no such method."""
    if method not in METHODS:
        raise UsageError(f"no method {method!r} here; there are {', '.join(METHODS)}")
    case = judged_case(path)
    try:
        found = sensitivity.sensitivity(method, path, output=output or None, base=BASE, seed=seed).result
        drawn = propagation.run(method, path, draws=DRAWS, seed=seed, rounds=0).result
    except UsageError:
        raise
    except WinsetError as error:
        return Doubt(case=case, method=method, why_not=str(error))
    return Doubt(
        case=case, method=method, found=found, spread=drawn["outputs"].get(found["output"]),
        chart=tornado(found["output"], found["tornado"], None), note=_record(drawn),
    )  # fmt: skip


def _record(drawn: dict[str, Any]) -> str:
    """How far off the method has been, or that nobody knows."""
    error = drawn["model_error"]
    if not error:
        return f"Error of the method: {drawn['model_error_note']}."
    record = error["record"]
    return (
        f"Its record: on {record['issues']} decisions ({record['data']}) its 8-in-10 intervals held "
        f"{100 * record['coverage']['0.8']:.0f} % of outcomes; mean absolute error {record['mae']:g} hundredths."
    )


def side_by_side(path: Path) -> tuple[Case, tuple[str, ...], dict[str, dict[str, float | str | None]], list[str]]:
    """(case, models, issue -> model -> outcome, what could not be computed): every model's answer on every issue."""
    case = judged_case(path)
    answers: dict[str, dict[str, float | str | None]] = {issue.id: {} for issue in case.issues}
    models: list[str] = []
    missing: list[str] = []
    try:
        for issue, found in spatial.spatial(path).issues.items():
            for name, value in found.points.items():
                answers.setdefault(issue, {})[name] = value
                models += [name] if name not in models else []
    except WinsetError as error:
        missing.append(f"Collective choice: {error}")
    try:
        solutions = bargaining.of_case(case).result["solutions"] or {}
        if not solutions:
            missing.append("Bargaining: no deal is acceptable to everybody")
        for name, one in solutions.items():
            models.append(name)
            for issue, term in one["outcome"].items():
                answers.setdefault(issue, {})[name] = term
    except WinsetError as error:
        missing.append(f"Bargaining: {error}")
    return case, tuple(models), answers, missing
