"""What an answer about consent looks like: the contract's JSON, and lines of text."""

from typing import Any

import numpy as np

from winset.models.ratification.problem import Ratification, RatificationInputs

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
    shown = np.argsort(-found.by_deal, kind="stable")[:LISTED]
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
    lines += [f"Assumed: {one['text']}" for one in value.get("assumptions", [])]
    return "\n".join(lines)


def _named(names: tuple[str, ...], values: tuple[float, ...]) -> dict[str, float]:
    return dict(zip(names, values, strict=True))
