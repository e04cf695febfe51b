"""What an answer about consent looks like: the contract's JSON, and lines of text."""

from typing import Any

import numpy as np

from winset.models.ratification.hands import STEP, Home
from winset.models.ratification.problem import Ratification, RatificationInputs
from winset.models.ratification.signing import Signing

VERSION = "1"
LISTED = 200


def as_json(found: Ratification, asked: RatificationInputs) -> dict[str, Any]:
    """As the contract of `solve ratification` says; further figures beside it."""

    def deal(values: Any) -> dict[str, float]:
        return {issue: float(v) for issue, v in zip(asked.issues, values, strict=True)}

    pieces = found.overlap
    if isinstance(pieces, tuple):
        overlap: Any = list(pieces[0]) if len(pieces) == 1 else ([list(one) for one in pieces] or None)
    else:
        overlap = pieces
    shown = np.sort(np.argsort(-found.by_deal, kind="stable")[:LISTED])  # the likeliest, in the order of the deals
    free = None
    if found.free is not None:
        free = {"agreement": deal(found.free[0]), "gains": _named(asked.parties, found.free[1])}
    return {
        "method": "ratification", "version": VERSION,
        "win_sets": {
            name: list(cut) if isinstance(cut, tuple) else cut
            for name, cut in zip(asked.ratifiers, found.win_sets, strict=True)
        },
        "overlap": overlap,
        "probability": found.probability,
        "interval": None if found.interval is None else list(found.interval),
        "by_deal": [{"deal": deal(asked.deals[i]), "probability": float(found.by_deal[i])} for i in shown],
        "by_deal_total": len(asked.deals),
        "pivotal": list(found.pivotal),
        "agreement": None if found.agreement is None else deal(found.agreement),
        "gains": None if found.gains is None else _named(asked.parties, found.gains),
        "without_ratifiers": free,
    }  # fmt: skip


def home_json(found: Home, asked: RatificationInputs) -> dict[str, Any]:
    """What consent at home does at the table, as plain values beside the contract's keys."""

    def deal(values: tuple[float, ...] | None) -> dict[str, float] | None:
        return None if values is None else {issue: float(v) for issue, v in zip(asked.issues, values, strict=True)}

    return {
        "hands": [
            {
                "party": one.party, "ratifiers": list(one.ratifiers), "agreement_without": deal(one.free),
                "gain": one.gain, "defection": one.defection,
                "narrower": None if one.narrower is None else
                {"step": STEP, "gain": one.narrower[0], "probability": one.narrower[1]},
            }
            for one in found.hands
        ],
        "without": [
            {
                "ratifier": one.ratifier, "agreement": deal(one.agreement), "probability": one.probability,
                "gains": None if one.gains is None else _named(asked.parties, one.gains),
            }
            for one in found.without
        ],
        "side_payments": None if found.payments is None else
        [{"ratifier": one.ratifier, "amount": one.amount} for one in found.payments],
        "outsiders": [
            {
                "party": one.party, "loss": one.loss, "share": one.share,
                "worse_at": [list(ends) for ends in one.stretches] if asked.line is not None else
                [deal(tuple(asked.deals[row])) for row in one.rows[:LISTED]],
            }
            for one in found.outsiders
        ],
    }  # fmt: skip


def signing_json(found: tuple[Signing, ...], asked: RatificationInputs) -> list[dict[str, Any]]:
    """What changes if another signs, as plain values beside the contract's keys."""
    return [
        {
            "instead_of": one.of, "by": one.by, "who": one.who,
            "agreement": None if one.agreement is None else dict(zip(asked.issues, one.agreement, strict=True)),
            "probability": one.probability, "gains": one.gains,
        }
        for one in found
    ]  # fmt: skip


def _signing_lines(value: dict[str, Any]) -> list[str]:
    """A line for everybody whose signature would change the deal; one line where nobody's would."""
    lines = []
    asked = value.get("signing", [])
    for one in asked:
        same = (one["agreement"] is None) == (value["agreement"] is None) and all(
            abs(v - value["agreement"][k]) < 1e-6 for k, v in (one["agreement"] or {}).items()
        )
        if same:
            continue
        cause = f"If {one['by'] or 'nobody'} signed in the place of {one['instead_of']}"
        if one["agreement"] is None:
            lines.append(f"{cause}, no deal that passes would be left.")
            continue
        terms = ", ".join(f"{k} {v:g}" for k, v in one["agreement"].items())
        gains = ", ".join(f"{name} {gain:+.3f}" for name, gain in one["gains"].items())
        lines.append(f"{cause}: {terms}; ratified with probability {one['probability']:.3g}; over no deal {gains}.")
    if asked and not lines:
        lines.append("Whoever else might sign, the deal would be the same.")
    return lines


def as_text(value: dict[str, Any]) -> str:
    """The same in lines for the terminal."""
    lines = [f"  {name:<24} {cut}" for name, cut in value["win_sets"].items()]
    lines.append(f"Passes everywhere: {value['overlap'] if value['overlap'] is not None else 'nothing'}")
    if value["agreement"] is None:
        lines.append("No deal that passes is better than none for those at the table.")
    else:
        terms = ", ".join(f"{k} {v:g}" for k, v in value["agreement"].items())
        lines.append(f"Agreement {terms}; ratified with probability {value['probability']:.3g}.")
        lines.append(f"Decided by: {', '.join(value['pivotal']) or 'nobody alone'}")
    for one in value.get("hands", []):
        if one["gain"] is not None:
            lines.append(
                f"Having to ask at home is worth {one['gain']:+.3f} to {one['party']} at the table; "
                f"the agreement fails there with probability {one['defection']:.3g}."
            )
    lines += _signing_lines(value)
    if value.get("side_payments"):
        owed = ", ".join(f"{one['ratifier']} {one['amount']:.3f}" for one in value["side_payments"])
        lines.append(f"What the table alone would choose passes with side payments worth: {owed}.")
    for one in value.get("outsiders", []):
        if one["loss"]:
            lines.append(f"{one['party']} signs nothing and is left {one['loss']:.3f} worse off than without a deal.")
        if one["share"] > 0:
            lines.append(
                f"{one['party']} has reason to stand in the way at {100 * one['share']:.0f} of 100 deals that pass."
            )
    lines += [f"Assumed: {one['text']}" for one in value.get("assumptions", [])]
    return "\n".join(lines)


def _named(names: tuple[str, ...], values: tuple[float, ...]) -> dict[str, float]:
    return dict(zip(names, values, strict=True))
