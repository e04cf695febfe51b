"""Who could be peeled away from whom."""

from datetime import date
from pathlib import Path

from winset.formulation.base import Formulated
from winset.formulation.peeling import formulate
from winset.models.coalitions.peeling import Peel, Ties, peeling
from winset.services.sources import reviewed_case


def solve(source: Path, *, as_of: date | None = None) -> tuple[tuple[Peel, ...], Formulated[Ties]]:
    """Every member's bids as of a date, and what they rest on."""
    asked = formulate(reviewed_case(source), as_of)
    return peeling(asked.inputs), asked
