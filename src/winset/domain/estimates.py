"""Values that somebody judged, with how sure they were and what it rests on."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from winset.domain.text import Grounds

Quantity = Literal[
    "position", "opening", "reservation", "salience", "capability", "utility", "discount", "haste",
    "outside option", "trust", "power path", "war probability", "war cost", "guarantee", "answer",
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


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Some quantiles, (level, number), levels rising in 0..1; straight lines between them and on to levels 0 and 1."""

    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        levels, numbers = [p[0] for p in self.points], [p[1] for p in self.points]
        _finite(*levels, *numbers)
        if len(levels) < 2 or levels != sorted(set(levels)) or levels[0] < 0 or levels[-1] > 1:
            raise ValueError(f"quantiles need two levels or more that rise within 0..1, got {levels}")
        if numbers != sorted(numbers):
            raise ValueError(f"quantiles do not fall as their level rises, got {numbers}")

    def at(self, level: float) -> float:
        """The quantile of a level in 0..1."""
        points = self.points
        upper = next((k for k in range(1, len(points) - 1) if points[k][0] >= level), len(points) - 1)
        (a, x), (b, y) = points[upper - 1], points[upper]
        return x + (y - x) * (level - a) / (b - a)

    @property
    def best(self) -> float:
        return self.at(0.5)

    @property
    def ends(self) -> tuple[float, float]:
        return self.at(0.0), self.at(1.0)


@dataclass(frozen=True, slots=True)
class Chances:
    """One of several numbers, (number, probability), probabilities adding to 1."""

    options: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        _finite(*(x for option in self.options for x in option))
        total = sum(p for _, p in self.options)
        if not self.options or any(p < 0 for _, p in self.options) or abs(total - 1) > 1e-9:
            raise ValueError(
                f"chances are not negative and add to 1, got {[p for _, p in self.options]}, sum {total:g}"
            )
        if len({x for x, _ in self.options}) != len(self.options):
            raise ValueError(f"chances name each number once, got {[x for x, _ in self.options]}")

    @property
    def best(self) -> float:
        """The most likely number; the first of equals."""
        return max(self.options, key=lambda option: option[1])[0]

    @property
    def ends(self) -> tuple[float, float]:
        possible = [x for x, p in self.options if p > 0]
        return min(possible), max(possible)


Estimate = Exact | Range | Likely | Quantiles | Chances
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
        if not isinstance(self.value, Table):
            low, high = self.value.ends
            given = f"{low:g}" if low == high else f"{low:g} to {high:g}"
            if self.quantity == "salience" and not (low >= 0 and high <= 100):
                raise ValueError(f"{where}: salience lies in 0..100, got {given}; correct it")
            if self.quantity == "capability" and low < 0:
                raise ValueError(f"{where}: capability is not negative, got {given}; correct it")
            if self.quantity in ("discount", "trust") and not (low >= 0 and high <= 1):
                raise ValueError(f"{where}: lies in 0..1, got {given}; correct it")

    @property
    def suggested(self) -> bool:
        """Whether a program set it and no person has taken it over."""
        return self.by.startswith("reader")
