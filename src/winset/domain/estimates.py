"""Values that somebody judged, with how sure they were and what it rests on."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from winset.domain.text import Grounds

Quantity = Literal[
    "position", "opening", "reservation", "salience", "capability", "utility", "discount", "haste",
    "outside option", "trust", "power path", "war probability", "war cost", "guarantee",
]  # fmt: skip
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)


@dataclass(frozen=True, slots=True)
class Exact:
    """One number."""

    value: float

    def __post_init__(self) -> None:
        _finite(self.value)

    @property
    def best(self) -> float:
        return self.value

    @property
    def ends(self) -> tuple[float, float]:
        return self.value, self.value


@dataclass(frozen=True, slots=True)
class Range:
    """Somewhere from low to high, nothing said about where."""

    low: float
    high: float

    def __post_init__(self) -> None:
        _finite(self.low, self.high)
        if self.low > self.high:
            raise ValueError(f"a range needs low <= high, got [{self.low}, {self.high}]")

    @property
    def best(self) -> float:
        return (self.low + self.high) / 2

    @property
    def ends(self) -> tuple[float, float]:
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Likely:
    """Low, most likely, high."""

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        _finite(self.low, self.likely, self.high)
        if not self.low <= self.likely <= self.high:
            raise ValueError(f"needs low <= likely <= high, got [{self.low}, {self.likely}, {self.high}]")

    @property
    def best(self) -> float:
        return self.likely

    @property
    def ends(self) -> tuple[float, float]:
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Table:
    """A number for each option of a discrete issue."""

    options: tuple[tuple[str, float], ...]

    def __post_init__(self) -> None:
        _finite(*(value for _, value in self.options))
        names = [name for name, _ in self.options]
        if not names or len(set(names)) != len(names):
            raise ValueError(f"a table needs each option once, got {names}")


Estimate = Exact | Range | Likely
Value = Estimate | Table


def _finite(*values: float) -> None:
    for value in values:
        if not math.isfinite(value):
            raise ValueError(f"a judgement is a finite number, got {value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A value of one quantity of one party, on one issue where it applies, as of a date.

    `by` is a person's name, or `reader` (with version) for a suggestion that nobody has reviewed.
    """

    quantity: str
    party: str
    issue: str | None
    value: Value
    by: str
    as_of: date | None = None
    grounds: tuple[Grounds, ...] = ()
    note: str | None = None
    score: float | None = None  # of a suggestion, 0..1

    def __post_init__(self) -> None:
        where = f"{self.quantity} of {self.party}" + (f" on {self.issue}" if self.issue else "")
        if self.quantity not in QUANTITIES:
            raise ValueError(f"unknown quantity {self.quantity!r}; one of {', '.join(QUANTITIES)}")
        if isinstance(self.value, Exact | Range | Likely):
            low, high = self.value.ends
            if self.quantity == "salience" and not (low >= 0 and high <= 100):
                raise ValueError(f"{where}: salience lies in 0..100, got {low:g} to {high:g}")
            if self.quantity == "capability" and low < 0:
                raise ValueError(f"{where}: capability is not negative, got {low:g}")
            if self.quantity in ("discount", "trust") and not (low >= 0 and high <= 1):
                raise ValueError(f"{where}: lies in 0..1, got {low:g} to {high:g}")

    @property
    def suggested(self) -> bool:
        """Whether a program set it and no person has taken it over."""
        return self.by.startswith("reader")
