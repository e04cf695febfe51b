"""What is bargained over, what it is worth to whom, and what each has without a deal."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError

Array = NDArray[np.float64]
Value = str | int | float
MOST_PARTIES = 10
LARGEST = 1e100
"""Numbers that are compared, up to this and down to its negative: beyond, their products leave what a double holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue: `values` in order, or, for a continuous issue, no values and the ends `low` and `high`."""

    name: str
    kind: Literal["discrete", "ordered", "integer", "continuous"] = "discrete"
    values: Sequence[Value] = ()
    low: float = 0.0
    high: float = 0.0

    def __post_init__(self) -> None:
        if self.kind == "continuous":
            if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
                raise ModelError(f"issue {self.name}: a continuous issue needs finite low <= high")
        elif not len(self.values):
            raise ModelError(f"issue {self.name}: no options; an issue needs at least one")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """Utility over a continuous issue: straight lines between the points (x, y); x rises."""

    x: Array
    y: Array

    def at(self, x: float) -> float:
        """The utility of one point of the issue."""
        return float(np.interp(x, self.x, self.y))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Interaction:
    """Utility of several issues taken together, added to the rest.

    issues  positions of the issues in the problem, rising
    table   one axis an issue, utility of each combination
    """

    issues: tuple[int, ...]
    table: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Utility added to every outcome that has one of the `places` on each issue named: {issue: places}.

    ranges  of continuous issues: {issue: (low, high)}, both ends in the box
    """

    places: dict[int, tuple[int, ...]]
    worth: float
    ranges: dict[int, tuple[float, float]] = field(default_factory=dict)

    def holds(self, choice: Sequence[float]) -> bool:
        """Whether the outcome lies in the box."""
        return all(int(choice[i]) in places for i, places in self.places.items()) and all(
            low <= choice[i] <= high for i, (low, high) in self.ranges.items()
        )

    def over(self, places: NDArray[np.int64]) -> Array:
        """(outcomes,) what the box adds to outcomes of options, given as places (issues, outcomes)."""
        inside = np.ones(places.shape[1], dtype=bool)
        for i, those in self.places.items():
            inside &= np.isin(places[i], those)
        return self.worth * inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Extreme:
    """The largest or the smallest of some boxes' worths; a box that does not hold the outcome counts 0."""

    how: Literal["max", "min"]
    boxes: tuple[Box, ...]

    def at(self, choice: Sequence[float]) -> float:
        """What it adds to an outcome; nothing where there are no boxes."""
        worths = [box.worth if box.holds(choice) else 0.0 for box in self.boxes]
        return (max if self.how == "max" else min)(worths, default=0.0)

    def over(self, places: NDArray[np.int64]) -> Array:
        """(outcomes,) the same for outcomes of options, given as places (issues, outcomes)."""
        if not self.boxes:
            return np.zeros(places.shape[1])
        worths = [box.over(places) for box in self.boxes]
        return np.asarray((np.max if self.how == "max" else np.min)(worths, axis=0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Utility:
    """Additive utility of one party, with interactions.

    tables        one an issue: utilities of its values in order, or a Curve where the issue is continuous;
                  weights are already multiplied in
    constant      added to every outcome
    interactions  added where issues count together
    boxes         added where an outcome lies in them
    extremes      added: of each group of boxes, the largest or the smallest
    most          larger totals are cut to this
    """

    tables: tuple[Array | Curve, ...]
    constant: float = 0.0
    interactions: tuple[Interaction, ...] = ()
    boxes: tuple[Box, ...] = ()
    extremes: tuple[Extreme, ...] = ()
    most: float = math.inf

    def at(self, choice: Sequence[float]) -> float:
        """The utility of one outcome: a value's place for each issue, or the point of a continuous one."""
        total = self.constant
        for table, chosen in zip(self.tables, choice, strict=True):
            total += table.at(chosen) if isinstance(table, Curve) else float(table[int(chosen)])
        for part in self.interactions:
            total += float(part.table[tuple(int(choice[i]) for i in part.issues)])
        total += sum(box.worth for box in self.boxes if box.holds(choice))
        total += sum(group.at(choice) for group in self.extremes)
        return min(total, self.most)

    def over(self, choices: NDArray[np.int64]) -> Array:
        """(outcomes,) the utility of each outcome of options, given as places (outcomes, issues)."""
        places = np.asarray(choices).T
        total = np.full(places.shape[1], self.constant)
        for table, own in zip(self.tables, places, strict=True):
            total += np.asarray(table)[own]
        for part in self.interactions:
            total += part.table[tuple(places[i] for i in part.issues)]
        for box in self.boxes:
            total += box.over(places)
        for group in self.extremes:
            total += group.over(places)
        return np.asarray(np.minimum(total, self.most))

    @property
    def additive(self) -> bool:
        """Whether nothing counts together."""
        return not (self.interactions or self.boxes or self.extremes)

    @property
    def bounds(self) -> tuple[float, float]:
        """No deal is worth less than the first nor more than the second, before a largest total cuts it."""
        low = high = self.constant
        numbers = [t.y if isinstance(t, Curve) else np.asarray(t) for t in self.tables]
        for part in [*numbers, *(part.table for part in self.interactions)]:
            low, high = low + float(part.min()), high + float(part.max())
        for box in self.boxes:
            low, high = low + min(0.0, box.worth), high + max(0.0, box.worth)
        for group in self.extremes:
            worths = [0.0, *(box.worth for box in group.boxes)]
            low, high = low + min(worths), high + max(worths)
        return low, high


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """A bargaining problem: parties and issues in the order given.

    reservation  (parties,), what no deal is worth, in each party's own units; any finite number
    power        (parties,), > 0; only ratios matter
    forbidden    combinations ruled out: {issue: values} as places; an outcome that has one of the places on every
                 issue named is not possible
    """

    parties: tuple[str, ...]
    issues: tuple[Issue, ...]
    utilities: tuple[Utility, ...]
    reservation: Array
    power: Array | None = None
    forbidden: tuple[dict[int, tuple[int, ...]], ...] = field(default=())

    def __post_init__(self) -> None:
        if not 1 <= len(self.parties) <= MOST_PARTIES:
            raise ModelError(f"{len(self.parties)} parties; bargaining is solved for 1 to {MOST_PARTIES}")
        for kind, names in (("party", self.parties), ("issue", tuple(i.name for i in self.issues))):
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice is not None:
                raise ModelError(f"the {kind} {twice!r} occurs twice; give the second another name")
        if not self.issues:
            raise ModelError("no issues; there is nothing to bargain over")
        if len(self.utilities) != len(self.parties) or self.reservation.shape != (len(self.parties),):
            raise ModelError(f"{len(self.parties)} parties need as many utilities and reservation values")
        for party, value, utility in zip(self.parties, self.reservation, self.utilities, strict=True):
            if not abs(value) <= LARGEST:
                raise ModelError(f"{party}: the reservation value is {value:g}; give a number up to {LARGEST:g}")
            for issue, table in zip(self.issues, utility.tables, strict=True):
                numbers = table.y if isinstance(table, Curve) else table
                if isinstance(table, Curve) != (issue.kind == "continuous"):
                    raise ModelError(f"{party}, {issue.name}: a continuous issue needs a curve, any other a table")
                if not isinstance(table, Curve) and len(table) != len(issue.values):
                    raise ModelError(f"{party}, {issue.name}: {len(table)} utilities for {len(issue.values)} values")
                if not (np.abs(numbers) <= LARGEST).all():
                    wrong = np.asarray(numbers)[~(np.abs(numbers) <= LARGEST)][0]
                    raise ModelError(f"{party}, {issue.name}: a utility is {wrong:g}; give numbers up to {LARGEST:g}")
        flowing = {k for k, issue in enumerate(self.issues) if issue.kind == "continuous"}
        for party, utility in zip(self.parties, self.utilities, strict=True):
            for part in utility.interactions:
                if flowing & set(part.issues):
                    name = self.issues[min(flowing & set(part.issues))].name
                    raise ModelError(
                        f"{party}: a table of combinations over the continuous issue {name}; give it points"
                    )
        for pattern in self.forbidden:
            if flowing & set(pattern):
                name = self.issues[min(flowing & set(pattern))].name
                raise ModelError(f"a forbidden combination names the continuous issue {name}; give it points instead")
        if self.power is not None and self.power.shape != (len(self.parties),):
            raise ModelError(f"{len(self.parties)} parties need as many powers, not {self.power.size}")
        if self.power is not None and not (np.isfinite(self.power).all() and (self.power > 0).all()):
            raise ModelError(f"power must be finite and above 0, got {self.power.tolist()}")

    @property
    def continuous(self) -> bool:
        """Whether some issue is continuous, so that outcomes cannot be counted."""
        return any(issue.kind == "continuous" for issue in self.issues)

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of values of each issue; 0 for a continuous one."""
        return tuple(len(issue.values) for issue in self.issues)

    @property
    def size(self) -> int:
        """Number of combinations of values, forbidden ones included. Only where no issue is continuous."""
        return math.prod(self.shape)

    def choice(self, index: int) -> tuple[int, ...]:
        """The place of the value on each issue in outcome `index`; the last issue runs fastest."""
        places = []
        for n in reversed(self.shape):
            index, place = divmod(index, n)
            places.append(place)
        return tuple(reversed(places))

    def index(self, choice: Sequence[int]) -> int:
        """The number of the outcome with these places."""
        total = 0
        for n, place in zip(self.shape, choice, strict=True):
            total = total * n + int(place)
        return total

    def outcome(self, choice: Sequence[float]) -> dict[str, Value]:
        """{issue: value} of the places (points, where continuous) chosen."""
        return {
            issue.name: float(chosen) if issue.kind == "continuous" else issue.values[int(chosen)]
            for issue, chosen in zip(self.issues, choice, strict=True)
        }

    def allows(self, choice: Sequence[float]) -> bool:
        """Whether no forbidden combination is in the outcome."""
        return not any(all(int(choice[i]) in places for i, places in p.items()) for p in self.forbidden)

    def worth(self, choice: Sequence[float]) -> list[float]:
        """What the outcome is worth to each party, in its own units."""
        return [utility.at(choice) for utility in self.utilities]
