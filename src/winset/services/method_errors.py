"""How wrong a method itself tends to be: from the user's own backtest, from graded forecasts in the ledger, else as packaged."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from winset.domain.case import Case
from winset.domain.forecasts import Entry, Ledger, broken, levels, rule_came_later
from winset.errors import FormatError, ModelError
from winset.models.scoring import binary
from winset.models.scoring.misses import FEWEST, Misses, pooled
from winset.models.uncertainty.marginals import Floats, Piecewise, levels_of
from winset.report.uncertainty import UNKNOWN, is_chance
from winset.services.sources import read_bytes

BACKTESTED = {"outcome": "compromise"}
"""Which forecast of a backtest an output of `winset run spatial` is; answers of the challenge model have their own name."""


def of_file(path: Path) -> dict[str, Any]:
    """The misses in a file that `winset backtest DATA --forecasts FILE` wrote: by method, with the file's name and digest.

    Raises FormatError where it is another file or holds too few issues.
    """
    raw = read_bytes(path)
    errors: dict[str, list[tuple[float, str]]] = {}
    for n, line in enumerate(raw.decode("utf-8-sig", "replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
            for name, said in one["methods"].items():
                errors.setdefault(name, []).append((float(one["outcome"]) - float(said["point"]), str(one["group"])))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise FormatError(
                f"{path}, line {n}: not a line of forecasts; --record wants what winset backtest DATA --forecasts FILE wrote"
            ) from None
    known: dict[str, Any] = {}
    try:
        for name, pairs in errors.items():
            misses = pooled(pairs)
            known[name] = {"errors": misses.errors.tolist(), "groups": list(misses.groups)}
    except ModelError as error:
        raise FormatError(f"{path}: {error}") from None
    if not known:
        raise FormatError(f"{path} holds no forecasts; --record wants what winset backtest DATA --forecasts FILE wrote")
    return {"data": path.name, "sha256": hashlib.sha256(raw).hexdigest(), "methods": known}


def of_record(
    record: Mapping[str, Any], names: tuple[str, ...], y: Floats, scales: Mapping[str, tuple[float, float]]
) -> dict[str, Any]:
    """A user's backtest carried into the draws; y (draws, outputs), scales by issue."""
    found: dict[str, Any] = {}
    points: dict[str, Any] = {}
    for n, name in enumerate(names):
        kind, _, issue = name.partition(":")
        tried = BACKTESTED.get(kind, kind)
        known = record["methods"].get(tried)
        if known is None or issue not in scales:
            continue
        misses = Misses(errors=np.array(known["errors"], float), groups=tuple(known["groups"]))
        found[name] = _carried(misses, y[:, n], scales[issue])
        size, interval = misses.mae
        points[tried] = {"mae": size, "interval": list(interval)}
    main = record["methods"].get(BACKTESTED["outcome"])
    if main is None or not found:
        raise FormatError(f"{record['data']} holds no forecasts of the compromise, which is what spatial says")
    misses = Misses(errors=np.array(main["errors"], float), groups=tuple(main["groups"]))
    said = _record(misses, "compromise", f"your backtest {record['data']}")
    return {"outputs": found, "record": said, "points": points, "learnt_from": "backtest"}


def of_ledger(
    case: Case, method: str, names: tuple[str, ...], y: Floats, scales: Mapping[str, tuple[float, float]]
) -> tuple[dict[str, Any] | None, str]:
    """(what graded forecasts by runs of this method say, or None; the note why not)."""
    entries = [dict(one) for one in case.forecasts]
    if broken(entries) is not None:
        return None, "unknown: the ledger of forecasts is not as it was sealed, so no record is taken from it"
    ledger = Ledger.of(entries)
    last = {
        f["question"]: f
        for f in ledger.forecasts
        if f.get("method") == f"run {method}" and f["question"] in ledger.outcomes
    }
    graded = [(ledger.questions[id], f, ledger.outcomes[id]["outcome"]) for id, f in last.items()]
    graded = [(q, f, o) for q, f, o in graded if o is not None and not rule_came_later(q, f)]
    missed = [(e, q["id"]) for q, f, o in graded if (e := _miss(f, o, scales)) is not None]
    chances = [
        (float(f["probability"]), float(o))
        for q, f, o in graded
        if q["type"] == "yes/no" and f.get("probability") is not None
    ]
    if len(missed) < FEWEST and len(chances) < FEWEST:
        count = len(missed) + len(chances)
        return None, UNKNOWN if not count else (
            f"unknown: {count} forecasts of this method are graded in the ledger, and an error is learnt from {FEWEST} or more; "
            "the spread below is only that of the inputs"
        )
    found: dict[str, Any] = {"outputs": {}, "record": None, "points": {}, "learnt_from": "ledger"}
    if len(missed) >= FEWEST:
        misses = pooled(missed)
        found["record"] = _record(misses, f"run {method}", "graded forecasts in the case's ledger")
        for n, name in enumerate(names):
            kind, _, issue = name.partition(":")
            if kind == "outcome" and issue in scales:
                found["outputs"][name] = _carried(misses, y[:, n], scales[issue])
    if len(chances) >= FEWEST:
        p, o = np.array([a for a, _ in chances]), np.array([b for _, b in chances])
        found["chances"] = {
            "n": len(chances), "brier": float(binary.brier(p, o).mean()), "said": float(p.mean()), "came": float(o.mean()),
            "of": [name for name in names if is_chance(name)],
        }  # fmt: skip
    return found, ""


def _miss(forecast: Entry, outcome: Any, scales: Mapping[str, tuple[float, float]]) -> float | None:
    """Outcome less the forecast's median in hundredths of the scale of its issue; None where it is not of an issue here."""
    kind, _, issue = str(forecast.get("output")).partition(":")
    if kind != "outcome" or issue not in scales:
        return None
    if forecast.get("normal") is not None:
        median = float(forecast["normal"][0])
    elif forecast.get("quantiles") is not None:
        points = levels(forecast["quantiles"])
        median = levels_of(Piecewise(tuple(p for p, _ in points), tuple(float(x) for _, x in points)), [0.5])[0]
    else:
        return None
    low, high = scales[issue]
    return float(np.clip(100 * (float(outcome) - median) / (high - low), -100, 100))


def _carried(misses: Misses, centre: Floats, scale: tuple[float, float]) -> dict[str, Any]:
    span = (scale[1] - scale[0]) / 100
    return {
        "sd": misses.rmse * span,
        "quantiles_with_inputs": {f"{q:g}": v for q, v in misses.quantiles_with(centre, scale).items()},
    }


def _record(misses: Misses, method: str, data: str) -> dict[str, Any]:
    size, interval = misses.mae
    return {
        "method": method, "data": data, "issues": len(misses.errors), "mae": size, "mae_interval": list(interval),
        "rmse": misses.rmse, "coverage": {f"{q:g}": share for q, share in misses.coverage().items()},
        "unit": "hundredths of the issue's scale",
    }  # fmt: skip


def scales_of(case: Case) -> dict[str, tuple[float, float]]:
    """The ends of every issue that has any."""
    found = {issue.id: issue.bounds for issue in case.issues}
    return {
        id: (float(ends[0]), float(ends[1])) for id, ends in found.items() if ends is not None and ends[1] > ends[0]
    }
