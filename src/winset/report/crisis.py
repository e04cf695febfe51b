"""What answers about force look like: the contract's JSON, and a sentence each."""

import math
from typing import Any

from winset.models.crisis.commitment import Shift
from winset.models.crisis.guarantee import Holding
from winset.models.crisis.information import Ultimatum
from winset.models.crisis.question import CrisisAnswer, Three
from winset.models.crisis.ranges import BargainingRange
from winset.models.crisis.search import ENDLESS, Least

VERSION = "1"


def range_json(found: BargainingRange) -> dict[str, Any]:
    """Range of shares of the first side that both prefer to war."""
    value: dict[str, Any] = {
        "range": None if found.range is None else list(found.range),
        "peaceful": found.peaceful,
        "width": 0.0 if found.range is None else found.range[1] - found.range[0],
        "empty": found.range is None,
        "war": list(found.war),
    }
    if found.divisions is not None:
        value["divisions"] = list(found.divisions)
    return value


def case_json(found: CrisisAnswer) -> dict[str, Any]:
    """The range between two parties of a case; `sure` is what holds wherever the judgements lie in their ranges."""
    return {
        "parties": list(found.parties),
        **range_json(found.likely),
        "sure": None if found.sure is None else list(found.sure),
        "outside": [
            {"party": name, "low": low, "likely": likely, "high": high}
            for name, (low, likely, high) in zip(found.parties, found.outside, strict=True)
        ],
    }


def ultimatum_json(found: Ultimatum) -> dict[str, Any]:
    """The share demanded, and the risk of war it runs."""
    return {"offer": found.offer, "war_probability": found.war_probability, "value": found.value}


def shift_json(found: Shift) -> dict[str, Any]:
    """War exactly where lhs > rhs."""
    return {"war": found.war, "lhs": found.lhs, "rhs": found.rhs, "threshold_p2": found.threshold}


def guarantee_json(
    found: Holding, within: Least, needed: tuple[float | None, float | None],
    trust: tuple[Three | None, Three | None], holds: Three | None,
) -> dict[str, Any]:  # fmt: skip
    """Whether the deal enforces itself, what it would need, and what trust does in the place of a guarantee."""
    breaks = None if found.breaks is None else {"side": found.breaks[0] + 1, "period": found.breaks[1]}
    endless = found.needed_duration == -1
    if found.sufficient:
        words = "The deal enforces itself under this guarantee: breaking it never pays either side."
    elif not within.enough:
        words = f"No guarantee in the stated range suffices{_short_of(within)}."
    else:
        stands = "without end" if within.duration == ENDLESS else f"for {within.duration} periods"
        words = f"A guarantee would have to cost a breaker {within.cost:g} and stand {stands}."
    believed = []
    for i in (0, 1):
        held = trust[1 - i]
        believed.append({
            "side": i + 1, "in": 2 - i, "needed": needed[i],
            "held": None if held is None else held[1], "interval": None if held is None else [held[0], held[2]],
            "enough": None if held is None else needed[i] is not None and held[1] >= (needed[i] or 0.0) - 1e-12,
        })  # fmt: skip
    if not found.sufficient:
        words += _in_words(believed, holds)
    return {
        "sufficient": found.sufficient,
        "needed": found.needed if found.needed is None or math.isfinite(found.needed) else None,
        "needed_probability": found.needed_probability,
        "needed_duration": "without end" if endless else found.needed_duration,
        "breaks": breaks,
        "temptation": found.temptation.tolist(),
        "least": {
            "enough": within.enough,
            "cost": within.cost,
            "probability": within.probability,
            "expected_cost": within.expected,
            "duration": "without end" if within.duration == ENDLESS else within.duration,
        },
        "trust": believed,
        "holds": None if holds is None else {"probability": holds[1], "interval": [holds[0], holds[2]]},
        "words": words,
    }


def _short_of(within: Least) -> str:
    """What the range lacks."""
    told = []
    if within.too_weak:
        told.append(f"cost a breaker {within.expected:g} in expectation")
    if within.too_short:
        told.append("stand without end" if within.duration == ENDLESS else f"stand for {within.duration} periods")
    return f": it would have to {' and '.join(told)}" if told else ""


def _in_words(believed: list[dict[str, Any]], holds: Three | None) -> str:
    """What trust would have to be in the place of a guarantee, and the chance that the deal holds on trust alone."""
    told = []
    for one in believed:
        if one["needed"] is None:
            told.append(
                f" Side {one['side']} would rather fight now than rely on side {one['in']}, whatever its trust."
            )
        elif one["needed"] > 0:
            verdict = (
                ""
                if one["enough"] is None
                else (f"; it is {one['held']:.2g}, which is {'enough' if one['enough'] else 'too little'}")
            )
            told.append(
                f" Without it side {one['side']} must trust side {one['in']} with at least {one['needed']:.2g}{verdict}."
            )
    if holds is not None:
        doubt = "" if holds[0] == holds[2] else f" ({holds[0]:.2g} to {holds[2]:.2g})"
        told.append(f" On trust alone it holds with chance {holds[1]:.2g}{doubt}.")
    return "".join(told)


def reference_words(found: dict[str, Any]) -> str:
    """Where trust comes from, in a sentence."""
    low, high = found["interval"]
    return (f" Trust is that of the reference class {found['reference_class']}, of whose deals {100 * found['probability']:.0f} "
            f"in 100 ({100 * low:.0f} to {100 * high:.0f}) still stand after {found['years']:g} years.")  # fmt: skip


def trust_json(
    *, n: int, ended: int, reference_class: str, points: list[tuple[float, float, tuple[float, float]]],
    precedents: dict[str, Any] | None, observed_to: str, warnings: list[str],
) -> dict[str, Any]:  # fmt: skip
    """Chance that a deal of the class still stands after each number of years, with its 95 % interval."""
    told = [
        f"After {time:g} year{'' if time == 1 else 's'} {100 * chance:.0f} of 100 such deals still stand "
        f"({100 * low:.0f} to {100 * high:.0f})."
        for time, chance, (low, high) in points
    ]
    if precedents is not None:
        told.append(
            f"Of the case's own precedents {len(precedents['kept'])} were kept and {len(precedents['broken'])} broken."
        )
    return {
        "n": n, "ended": ended, "reference_class": reference_class, "observed_to": observed_to,
        "points": [{"time": t, "probability": p, "interval": list(ends)} for t, p, ends in points],
        "precedents": precedents, "warnings": warnings, "words": " ".join(told),
    }  # fmt: skip


def as_text(value: dict[str, Any]) -> str:
    """The answer in a few lines for the terminal."""
    if "range" in value:
        if value["range"] is None:
            return "No division is better than war for both sides."
        low, high = value["range"]
        tail = "" if value["peaceful"] else ", but no division that can be made lies there"
        lines = [f"The first side's share may lie between {low:.4g} and {high:.4g}{tail}."]
        if "parties" in value:
            lines = [f"The share of {value['parties'][0]} may lie between {low:.4g} and {high:.4g}."]
            if value["sure"] is None:
                lines.append("No share is better than war for both wherever the judgements lie in their ranges.")
            else:
                lines.append("Wherever the judgements lie: {:.4g} to {:.4g}.".format(*value["sure"]))
            lines += [f"Assumed: {one['text']}" for one in value.get("assumptions", [])]
        return "\n".join(lines)
    if "offer" in value:
        return f"Best demand {value['offer']:.4g}; war with probability {value['war_probability']:.4g}."
    if "reference_class" in value:
        class_ = f"{value['n']} deals, {value['ended']} of them ended: {value['reference_class']}"
        return "\n".join([class_, value["words"], *value["warnings"]])
    if "words" in value:
        return "\n".join([str(value["words"]), *value.get("reference", {}).get("warnings", [])])
    if "lhs" in value:
        sign = ">" if value["war"] else "<="
        return f"{'War' if value['war'] else 'No war'} before the shift: {value['lhs']:.6g} {sign} {value['rhs']:.6g}."
    return f"War in period {value['period']}." if value["war"] else "No war at any point of the path."
