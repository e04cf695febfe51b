"""Answers kept in a case, each with its question: kept, listed, marked where the case has moved on, and asked again."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.runs import run_to
from winset.domain.runs import Run
from winset.errors import UsageError, WinsetError
from winset.services import cases, inputs, propagation, sensitivity
from winset.services.sources import is_case_file, reviewed_case
from winset.store.casefile import CaseFile

VERSIONS = {"run": propagation.VERSION, "sensitivity": sensitivity.VERSION}
SAME = 1e-9
"""Numbers closer than this, relatively, are the same: machines differ in the last digits."""
LEAST_PREFIX = 4
LONGEST_NAME = 200


def keep(source: str | Path, run: Run, *, name: str | None = None) -> str | None:
    """Keeps a run in the case file that it was asked of; its id. None where the source is no case file.

    Raises StoreError where the disk refuses, UsageError on an overlong name.
    """
    path, _ = inputs.split(str(source))
    if not is_case_file(path):
        return None
    if name is not None and not 0 < len(name.strip()) <= LONGEST_NAME:
        raise UsageError(f"a run's name has 1 to {LONGEST_NAME} characters, got {len(name.strip())}")
    named = run if name is None else replace(run, name=name.strip())
    with CaseFile.open(path, at=cases.now()) as file:
        return file.keep_run(named, at=cases.now(), author=cases.author())


def listed(source: Path) -> list[dict[str, Any]]:
    """The runs kept, in order, without their results; `out_of_date` says what is no longer as it was."""
    case = reviewed_case(source)
    found = []
    for run in case.runs:
        plain = run_to(run)
        del plain["result"], plain["parts"]
        found.append({**plain, "assumptions": len(run.assumptions), "out_of_date": out_of_date(run, case)})
    return found


def one(source: Path, wanted: str) -> dict[str, Any]:
    """One run whole. Raises UsageError where there is none, or more than one begins like that."""
    case = reviewed_case(source)
    run = chosen(case, wanted)
    return {**run_to(run), "out_of_date": out_of_date(run, case)}


def chosen(case: Case, wanted: str) -> Run:
    """The run of this id (or its first letters), this name, or `last`. Raises UsageError, naming those there are."""
    if wanted == "last" and case.runs:
        return case.runs[-1]
    found = [run for run in case.runs if wanted in (run.id, run.name)]
    if not found and len(wanted) >= LEAST_PREFIX:
        found = [run for run in case.runs if run.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{wanted!r} is {' and '.join(run.id for run in found)}; say which")
    there = ", ".join(run.id for run in case.runs[-20:]) or "none; `winset run METHOD CASE` keeps one"
    raise UsageError(f"no run {wanted!r} is kept; there are {there}")


def out_of_date(run: Run, case: Case) -> list[str]:
    """What differs between then and now, empty where the run still answers the case as it is."""
    told = []
    kind, _, _ = run.method.partition(" ")
    if kind in VERSIONS and run.version != VERSIONS[kind]:
        told.append(f"the method: version {run.version} then, {VERSIONS[kind]} now")
    try:
        as_asked, _ = inputs.under(case, run.parameters.get("scenario"))
    except WinsetError as error:
        return [*told, str(error)]
    return told + inputs.changed(
        run.parts,
        inputs.parts(as_asked, run.as_of, ledger=bool(run.parameters.get("ledger", run.parameters.get("by_record")))),
    )


def rerun(source: Path, wanted: str, *, workers: int | None = None, keep_it: bool = True) -> dict[str, Any]:
    """The same question asked of the case as it is now: whether the inputs and the numbers are still the same.

    A new answer is kept beside the old one. Raises UsageError where there is no such run or no way to repeat it.
    """
    case = reviewed_case(source)
    before = chosen(case, wanted)
    after = _again(source, before, workers)
    moved = inputs.changed(before.parts, after.parts)
    differences = list(_differences(before.result, after.result))
    same_version = before.version == after.version
    kept = keep(source, after, name=before.name) if keep_it and differences else None
    return {
        "id": before.id, "again": after.id, "kept": kept, "same_inputs": not moved, "changed_inputs": moved,
        "same_version": same_version, "same_result": not differences, "differences": differences,
        "reproduced": None if moved or not same_version else not differences, "result": after.result,
    }  # fmt: skip


def _again(source: Path, run: Run, workers: int | None) -> Run:
    kind, _, method = run.method.partition(" ")
    asked = run.parameters
    at = f"{source}@{asked['scenario']}" if asked.get("scenario") else str(source)
    shared: dict[str, Any] = {
        "at": run.as_of, "seed": run.seed or 0, "workers": workers, "pool": asked.get("pool"),
        "weights": asked.get("weights") or {}, "rule": asked.get("rule") or "nash",
        "by_record": bool(asked.get("by_record")),
        "rounds": asked.get("rounds") or 0,
    }  # fmt: skip
    if kind == "run":
        return propagation.run(
            method,
            at,
            draws=asked["draws"],
            tolerance=asked.get("tolerance"),
            time_limit=0,
            record=asked.get("record"),
            **shared,
        )
    if kind == "sensitivity":
        target = asked.get("target")
        return sensitivity.sensitivity(
            method, at, output=asked["output"], base=asked["base"], target=tuple(target) if target else None, **shared
        )
    raise UsageError(f"a run of {run.method!r} cannot be repeated by this version")


_COMPARED = ("outputs", "model_error", "first", "total", "tornado", "morris", "target")


def _differences(before: Any, after: Any) -> Iterator[dict[str, Any]]:
    """Every number that is not the same, named by its place."""
    a, b = (dict(_numbers({k: one.get(k) for k in _COMPARED}, "")) for one in (before, after))
    for place in dict.fromkeys((*a, *b)):
        x, y = a.get(place), b.get(place)
        if x is None or y is None or not math.isclose(x, y, rel_tol=SAME, abs_tol=SAME):
            yield {"what": place, "before": x, "after": y}


def _numbers(value: Any, place: str) -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        label = value.get("input")
        for key, inner in value.items():
            yield from _numbers(inner, f"{place}{' ' + label if label and key != 'input' else ''}.{key}".lstrip("."))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            where = place if isinstance(inner, dict) and "input" in inner else f"{place}[{n}]"
            yield from _numbers(inner, where)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield place, float(value)
