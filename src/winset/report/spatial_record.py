"""How each spatial method has done on real decisions, and where and why the methods disagree on this one."""

from typing import Any

import numpy as np

from winset.models.spatial.forecasts import Forecasts
from winset.models.spatial.record import POINTS, RECORD

NEAR = 0.05  # of the scale: closer than this is agreement
NAMES = {
    "mean": "mean", "salience_weighted_mean": "salience-weighted mean", "compromise": "compromise", "median": "median",
    "salience_weighted_median": "salience-weighted median", "power_weighted_median": "power-weighted median",
    "nash, linear loss": "Nash, linear loss", "nash, quadratic loss": "Nash, quadratic loss",
    "kalai_smorodinsky, linear loss": "Kalai-Smorodinsky, linear loss",
    "kalai_smorodinsky, quadratic loss": "Kalai-Smorodinsky, quadratic loss",
}  # fmt: skip


def as_json() -> dict[str, Any]:
    """The key `record` of what `winset solve spatial --json` prints."""
    return {
        "data": RECORD.data, "issues": RECORD.issues, "unit": "hundredths of the issue's scale",
        "mae": {name: {"value": mae, "interval": [low, high]} for name, (mae, low, high) in POINTS.items()},
        "distribution": RECORD.as_json(),
        "carries_over": "EU legislation only; no record of other arenas",
    }  # fmt: skip


def beside(name: str) -> str:
    """The record of one method in a few words, empty where it has none."""
    if name not in POINTS:
        return ""
    mae, low, high = POINTS[name]
    return f"  [{mae:.1f}, {low:.1f} to {high:.1f}]"


def points(found: Forecasts) -> dict[str, float]:
    """Every point forecast of one issue by its name in the record."""
    named = {name: v for name, v in found.points.items() if v is not None and name != "condorcet"}
    for path in found.challenge:
        named[f"challenge {path.variant}"] = path.median[-1]
    for b in found.bargains:
        named[f"nash, {b.loss} loss"] = b.nash
        named[f"kalai_smorodinsky, {b.loss} loss"] = b.kalai_smorodinsky
    for e in found.elections:
        named[f"election {e.chain}"] = e.mean
    return named


def disagreement(found: Forecasts) -> list[str]:
    """Sentences: how far the methods lie apart, what draws them apart, and how to read it."""
    x, named = found.inputs, points(found)
    width = (x.scale[1] - x.scale[0]) or 1.0
    low, high = min(named, key=lambda k: named[k]), max(named, key=lambda k: named[k])
    gap = (named[high] - named[low]) / width
    if gap <= NEAR:
        return [f"All methods agree within {100 * gap:.2g} % of the scale."]
    words = [(f"The methods range from {named[low]:.4g} ({NAMES.get(low, low)}) to {named[high]:.4g} "
             f"({NAMES.get(high, high)}), {100 * gap:.0f} % of the scale.")]  # fmt: skip
    w = x.weight / x.weight.sum()
    middle = named["power_weighted_median"]
    apart = named["compromise"] - middle
    if abs(apart) > NEAR * width:
        pull = w * (x.position - middle) * np.sign(apart)
        who = x.parties[int(pull.argmax())]
        words.append(f"Means lie {'above' if apart > 0 else 'below'} medians by {abs(apart):.4g}: a mean feels how far "
                     f"{who} stands from the middle, a vote only on which side.")  # fmt: skip
    for name, other, weights, what in (
        ("salience_weighted_mean", "mean", x.salience, "how much each cares"),
        ("compromise", "salience_weighted_mean", x.weight, "what each can bring to bear"),
    ):
        shift = named[name] - named[other]
        if abs(shift) > NEAR * width:
            before = np.ones(len(w)) if other == "mean" else x.salience
            change = weights / weights.sum() - before / before.sum()
            who = x.parties[int((change * (x.position - named[other]) * np.sign(shift)).argmax())]
            words.append(f"Counting {what} moves the mean by {shift:+.4g}, most of all through {who}.")
    for path in found.challenge:
        shift = path.median[-1] - path.median[0]
        if abs(shift) > NEAR * width:
            words.append(f"In the challenge model ({path.variant}) {int((path.rounds[1].kind > 0).sum())} of "
                         f"{len(w)} give way in round 1, and the median moves by {shift:+.4g}.")  # fmt: skip
    return words
