"""Who could be peeled away, in words and the published JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from winset.domain.runs import Assumption
from winset.models.coalitions.peeling import Peel


def as_json(rows: Sequence[Peel], assumptions: Sequence[Assumption], gaps: Sequence[str]) -> dict[str, Any]:
    """The value that `winset solve peeling --json` prints."""
    return {
        "unit": "share of what a party has at stake in a round",
        "ties": [{**asdict(row), "bids": [asdict(bid) for bid in row.bids]} for row in rows],
        "assumptions": [a.as_json() for a in assumptions],
        "gaps": list(gaps),
    }


def as_text(rows: Sequence[Peel], assumptions: Sequence[Assumption], gaps: Sequence[str]) -> str:
    """A sentence a tie and a line a rival, the cheapest first."""
    lines: list[str] = []
    for row in rows:
        lines.append(
            f"{row.member} with {row.side}: gets {row.backing:.3g}, gives {row.loss:.3g} of the other's stakes."
        )
        for bid in row.bids:
            if bid.price == 0:
                lines.append(f"  {bid.rival}: would get it for nothing; the side would lose {bid.costs_side:.3g} more")
                continue
            worth = "worth it" if bid.pays else "more than it would gain"
            total = "" if bid.total is None else f", {bid.total:.3g} in all"
            lines.append(f"  {bid.rival}: {bid.price:.3g} a round{total}, {worth} ({bid.gain:.3g}); paid once, "
                         f"{row.member} could keep it and return")  # fmt: skip
    lines += [f"Assumed: {a.text}." for a in assumptions] + [f"Left out: {gap}." for gap in gaps]
    return "\n".join(lines)
