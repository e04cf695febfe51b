"""A person's decision about a suggestion; it is laid over the suggestion and never overwrites it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Verdict = Literal["accept", "correct", "reject", "skip"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who decided what about which record, when and why. `changes` holds the corrected fields, as in the text form."""

    target: str  # "statement:doc#3", "position:russia/nato/2025-02-12/doc#3", ...
    verdict: Verdict
    by: str
    at: datetime
    why: str | None = None
    changes: tuple[tuple[str, object], ...] = ()
