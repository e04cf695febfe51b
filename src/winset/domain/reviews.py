"""A person's decision about a suggestion; it is laid over the suggestion and never overwrites it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from winset.domain.estimates import Judgement

Verdict = Literal["accept", "correct", "reject", "skip"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who decided what about which record, when and why. `changes` holds the corrected fields, as in the text form."""

    target: str  # "statement:doc#3", "position:russia/nato/2025-02-12/doc#3", ...
    verdict: Verdict
    by: str
    at: datetime
    why: str | None = None
    changes: tuple[tuple[str, object], ...] = ()


def statement_target(id: str) -> str:
    """How a review names a statement."""
    return f"statement:{id}"


def judgement_target(judgement: Judgement) -> str:
    """How a review names a judgement: quantity, party, issue, day and the first statement it rests on."""
    day = judgement.as_of.isoformat() if judgement.as_of else ""
    ground = next((one.statement for one in judgement.grounds if one.statement), "")
    return f"{judgement.quantity}:{judgement.party}/{judgement.issue or ''}/{day}/{ground}"
