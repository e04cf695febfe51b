"""What an answer about patience looks like: the contract's JSON, and lines of text."""

from typing import Any

from winset.models.offers.inputs import OffersAnswer

VERSION = "1"


def as_json(found: OffersAnswer) -> dict[str, Any]:
    """As the contract of `solve offers` says; further figures beside it."""
    return {
        "method": "offers", "version": VERSION, "parties": list(found.parties),
        "shares": None if found.shares is None else [float(x) for x in found.shares],
        "first_proposer": 1,
        "agreement_round": found.agreement_round,
        "price_of_haste": [None if x is None else float(x) for x in found.price_of_haste],
        **found.details,
        "notes": list(found.notes),
    }  # fmt: skip


def as_text(value: dict[str, Any]) -> str:
    """The same in lines for the terminal."""
    lines = []
    if value["shares"] is None:
        lines.append("No agreement.")
    else:
        lines.append(f"Agreement in round {value['agreement_round']}; {value['parties'][0]} makes the first offer.")
        for name, share, haste in zip(value["parties"], value["shares"], value["price_of_haste"], strict=True):
            tail = "" if haste is None else f"   with the other's patience {haste:+.4f}"
            lines.append(f"  {name:<24} {share:.4f}{tail}")
    lines += value["notes"]
    lines += [f"Assumed: {one['text']}" for one in value.get("assumptions", [])]
    return "\n".join(lines)
