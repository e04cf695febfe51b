"""Uncertain answers as the contract's JSON, in lines for the terminal, and in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from winset.domain.runs import Assumption
from winset.models.uncertainty.draws import SCRAMBLINGS, Inputs
from winset.models.uncertainty.marginals import levels_of
from winset.models.uncertainty.summary import Summary

LISTED = 60
"""Outputs listed where a method has very many (states of a conflict), the most frequent first."""

UNKNOWN = "unknown: this method has no backtest here; the spread below is only that of the inputs"


def as_json(
    *, method: str, inputs: Inputs, names: Sequence[str], summaries: Mapping[str, Summary], draws: int, seed: int,
    converged: bool, stopped_by: str | None, tolerance: float, one_by_one: str | None,
    error: dict[str, Any] | None, unknown: str | None, assumptions: Sequence[Assumption], gaps: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    """The value that `winset run --json` prints."""
    shown = list(names)
    if len(shown) > LISTED:
        shown = sorted(shown, key=lambda name: -(summaries[name].mean or 0.0))[:LISTED]
        shown = [name for name in names if name in set(shown) and (summaries[name].mean or 0.0) > 0]
    return {
        "method": method, "draws": draws, "seed": seed,
        "input_noise": {
            "inputs": [_input(inputs, n) for n in range(len(inputs.names))],
            "groups": [[inputs.names[c] for c in group] for group in inputs.groups if len(group) > 1],
            "scramblings": SCRAMBLINGS,
            "means": "the spread of the answers that comes from not knowing the inputs; not a forecast's uncertainty",
        },
        "model_error": error,
        "model_error_note": None if error else unknown or UNKNOWN,
        "outputs": {name: _summary(summaries[name]) for name in shown},
        "outputs_in_all": len(names),
        "converged": converged, "tolerance": tolerance, "stopped_by": stopped_by,
        "one_by_one": one_by_one,
        "assumptions": [one.as_json() for one in assumptions],
        "gaps": list(gaps),
    }  # fmt: skip


def _input(inputs: Inputs, n: int) -> dict[str, Any]:
    marginal = inputs.marginals[n]
    low, high = marginal.ends
    middle = levels_of(marginal, [0.1, 0.5, 0.9])
    return {"name": inputs.names[n], "low": low, "high": high, "q10": middle[0], "median": middle[1], "q90": middle[2]}


def _summary(one: Summary) -> dict[str, Any]:
    return {
        "mean": one.mean, "sd": one.sd, "quantiles": {f"{q:g}": v for q, v in one.quantiles.items()},
        "standard_error": one.standard_error,
        "quantile_errors": {f"{q:g}": v for q, v in one.quantile_errors.items()}, "share_of_draws": one.share,
    }  # fmt: skip


def as_text(value: dict[str, Any]) -> str:
    """The same in lines."""
    noise = value["input_noise"]["inputs"]
    lines = [f"{value['draws']:,} draws of {len(noise)} uncertain inputs, seed {value['seed']}."]
    if not noise:
        lines.append("No judgement that this method uses is uncertain: every draw is the same.")
    for name, one in value["outputs"].items():
        lines.append("  " + said(name, one))
    lines += (
        _error(value["model_error"]) if value["model_error"] else [f"Error of the method: {value['model_error_note']}."]
    )
    lines.append("Converged." if value["converged"] else "Not converged: ask for more --draws.")
    if value["stopped_by"]:
        lines.append(f"Stopped by {value['stopped_by']}.")
    lines += [f"Assumed: {one['text']}" for one in value["assumptions"]]
    lines += [f"Left out: {one}" for one in value["gaps"]]
    return "\n".join(lines)


def _error(known: Mapping[str, Any]) -> list[str]:
    record, lines = known["record"], []
    if record:
        lines.append("With the method's own error added:")
        for name, one in known["outputs"].items():
            q = one["quantiles_with_inputs"]
            lines.append(f"  {name:28} 8 in 10 between {q['0.1']:.4g} and {q['0.9']:.4g}")
        lines.append(
            f"  Record: on {record['issues']} decisions ({record['data']}) such 8-in-10 intervals held "
            f"{100 * record['coverage']['0.8']:.0f} % of outcomes; mean absolute error {record['mae']:.4g} hundredths."
        )
    for kind, point in known["points"].items():
        if kind != "compromise":
            low, high = point["interval"]
            lines.append(f"  {kind} (two rounds) missed the same decisions by {point['mae']:.1f} on average, "
                         f"{low:.1f} to {high:.1f}.")  # fmt: skip
    if chances := known.get("chances"):
        lines.append(
            f"  Chances that this method forecast: {chances['n']} graded, {100 * chances['said']:.0f} % said on average, "
            f"{100 * chances['came']:.0f} % came; Brier score {chances['brier']:.3f}."
        )
    return lines


def is_chance(output: str) -> bool:
    """Whether an output is 0 or 1 in each draw, so that its mean is a probability."""
    return output in ("zone", "agreement", "ratified") or "=" in output or output.startswith("nash:")


def said(name: str, one: Mapping[str, Any]) -> str:
    """One output in words."""
    if one["mean"] is None:
        return f"{name:28} has no value in any draw"
    q = one["quantiles"]
    tail = "" if one["share_of_draws"] == 1 else f"  (in {100 * one['share_of_draws']:.0f} % of draws)"
    if name in ("zone", "agreement", "ratified") or "=" in name or name.startswith(("nash:", "gmr:", "smr:", "seq:")):
        error = one["standard_error"] or 0.0
        return f"{name:28} in {100 * one['mean']:.1f} % of draws (+- {100 * error:.1f}){tail}"
    return f"{name:28} {one['mean']:.4g}, in 8 of 10 draws between {q['0.1']:.4g} and {q['0.9']:.4g}{tail}"
