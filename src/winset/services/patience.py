"""What is said about waiting, as fields of a question about offers."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from winset.domain.runs import Assumption
from winset.errors import UsageError
from winset.formulation.patience import DAYS, said, span
from winset.models.offers.patience import Factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What was said about waiting, as fields of a question: factors a side, and the last day with its round."""

    factors: tuple[Factor, ...] = ()
    round_days: float = DAYS["month"]
    last: date | None = None
    rounds: int | None = None
    notes: tuple[Assumption, ...] = ()

    def fields(self) -> dict[str, Any]:
        """Fields of OffersQuestion. Raises UsageError where a last day has no first."""
        found: dict[str, Any] = {}
        if self.factors:
            found["discounts"] = tuple(one.likely for one in self.factors)
            found["ranges"] = tuple((one.low, one.high) for one in self.factors)
        if self.last is not None and self.rounds is None:
            raise UsageError(f"a last day ({self.last}) needs a first: say --as-of, the day of the first offer")
        if self.rounds is not None:
            found["horizon"] = self.rounds
        return found

    def counted(self, first: date | None) -> "Words":
        """With the rounds that fit between a first day and the last: one on the first day, and one a round after."""
        if first is None or self.last is None:
            return self
        days = (self.last - first).days
        if days < 0:
            raise UsageError(f"the last day {self.last} lies before the first, {first}")
        rounds = int(days // self.round_days) + 1
        note = Assumption(text=f"Talks end on {self.last}: {rounds} offers of one each {self.round_days:g} days.")
        return replace(self, rounds=rounds, notes=(*self.notes, note))


def from_words(sayings: tuple[str, ...], length: str | None, at: date | None) -> Words:
    """Sayings in the order of the parties, a last day among them wherever it stands; `length` of a round, a month."""
    if not sayings:
        return Words()
    days = span(length) if length else DAYS["month"]
    factors, notes, last = [], [], None
    for text in sayings:
        one = said(text)
        if one.kind == "deadline":
            last = one.day
            continue
        factor = one.factor(days)
        factors.append(factor)
        told = f"{text.strip()!r}: a round of {days:g} days leaves {factor.likely:.4g} ({factor.low:.4g} to {factor.high:.4g})."
        notes.append(Assumption(text=told, quantity="discount", value=factor.likely))
    return Words(factors=tuple(factors), round_days=days, last=last, notes=tuple(notes)).counted(at)
