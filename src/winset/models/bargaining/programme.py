"""A bargaining problem as a mixed integer programme: deals as its points, gains as linear rows of it.

An issue of options has one binary a value. A continuous issue has its stretches between neighbouring points of any
party's curve: filled one after another where every curve is concave (then no binary is needed: filling them out of
order is worth less to all), else a binary that picks the stretch and how far along it the deal lies. What counts
together (tables over several issues, boxes, the largest or smallest of boxes, a largest total) has columns of its own
that its issues' columns settle, so that the programme says exactly what the tables say: of what is made large or must
reach something, and with `from_above` also of what must not pass something. HiGHS solves it.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from winset.errors import TooLarge
from winset.models.bargaining.outcomes import in_units, unit_of
from winset.models.bargaining.problem import Array, Box, Curve, Problem, Utility
from winset.models.quiet import quietly

SLACK = 1e-9
_COLUMNS = 200_000
_LARGE = 100.0
_RETRIES = 60  # deals a hair below a reservation value that are set aside before the search ends
Rows = list[tuple[Array, float]]
Row = dict[int, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """A deal: its gains recomputed from the tables, what was made largest, and the bound that no deal exceeds."""

    choice: tuple[float, ...]
    gains: Array  # (parties,)
    value: float
    bound: float


class Programme:
    """The programme of one problem; every question to it ends by the same time.

    columns  number of columns; kinds (columns,) 1 where whole
    gain     (parties, columns) and base (parties,): the gains over reservation, linear in the columns
    """

    def __init__(self, problem: Problem, seconds: float, *, from_above: bool = False) -> None:
        """from_above  gains may be bounded from above too, which takes more whole columns"""
        self._from_above = from_above
        self.problem, self.until, self.seconds = problem, time.monotonic() + seconds, seconds
        self.knots: list[Array] = []  # of each issue; empty where it is not continuous
        self.first: list[int] = []  # first column of each issue
        self.filled: list[bool] = []  # whether a continuous issue's stretches are filled in turn, without binaries
        self._gains: list[dict[int, float]] = [{} for _ in problem.parties]
        self._kinds: list[int] = []
        self._rows: list[tuple[Row, float, float]] = []
        shift = np.array([u.constant for u in problem.utilities], dtype=float)
        for k in range(len(problem.issues)):
            shift += self._issue(k)
        for pattern in problem.forbidden:
            row = {self.first[i] + place: 1.0 for i, places in pattern.items() for place in places}
            self._rows.append((row, -np.inf, len(pattern) - 1.0))
        for i, utility in enumerate(problem.utilities):
            shift[i] += self._together(i, utility)
        self.columns, self.kinds = len(self._kinds), np.array(self._kinds)
        self.gain = np.zeros((len(problem.parties), self.columns))
        for own, worth in zip(self.gain, self._gains, strict=True):
            own[list(worth)] = list(worth.values())
        self.base = shift - problem.reservation
        self._outside: Rows = []  # deals found to lie just outside the zone
        self._unit = unit_of(problem)
        self._matrix = _matrix([row for row, _, _ in self._rows], self.columns)
        self._low, self._high = [low for _, low, _ in self._rows], [high for _, _, high in self._rows]

    def _new(self, kind: int, worth: Iterable[float] = ()) -> int:
        """A further column between 0 and 1, and what it is worth to each."""
        at = len(self._kinds)
        if at >= _COLUMNS:
            raise TooLarge(f"more than {_COLUMNS:,} options and combinations in all; give fewer")
        self._kinds.append(kind)
        for own, value in zip(self._gains, worth, strict=False):
            own[at] = value
        return at

    def _issue(self, k: int) -> Array:
        """Columns of one issue; what its empty columns leave each party with."""
        problem, issue = self.problem, self.problem.issues[k]
        self.first.append(len(self._kinds))
        nothing = np.zeros(len(problem.parties))
        if issue.kind != "continuous":
            self.knots.append(np.empty(0))
            self.filled.append(False)
            n = len(issue.values)
            if len(self._kinds) + n > _COLUMNS:
                raise TooLarge(f"more than {_COLUMNS:,} options in all (issue {issue.name} has {n:,}); give fewer")
            tables = np.array([np.asarray(u.tables[k], float) for u in problem.utilities])
            columns = [self._new(1, tables[:, place]) for place in range(n)]
            self._rows.append((dict.fromkeys(columns, 1.0), 1.0, 1.0))
            return nothing
        curves = [c for u in problem.utilities if isinstance(c := u.tables[k], Curve)]
        ends = [end for box in _boxes(problem) if k in box.ranges for end in box.ranges[k]]
        x = _knots(issue.low, issue.high, curves, ends)
        y = np.array([np.interp(x, c.x, c.y) for c in curves])
        self.knots.append(x)
        with np.errstate(divide="ignore", invalid="ignore"):
            bends = np.diff(np.diff(y, axis=1) / np.diff(x), axis=1)
        self.filled.append(
            not self._from_above and not ends and bool((bends <= 1e-12 * max(1.0, float(np.abs(y).max()))).all())
        )
        if self.filled[-1]:
            for step in np.diff(y, axis=1).T:
                self._new(0, step)
            return np.asarray(y[:, 0])
        stretches = [self._new(1, y[:, s]) for s in range(len(x) - 1)]
        for s, stretch in enumerate(stretches):
            along = self._new(0, y[:, s + 1] - y[:, s])
            self._rows.append(({along: 1.0, stretch: -1.0}, -np.inf, 0.0))
        self._rows.append((dict.fromkeys(stretches, 1.0), 1.0, 1.0))
        return nothing

    def _together(self, i: int, utility: Utility) -> float:
        """Columns of what counts together for party `i`; what they leave it with when they are 0."""
        shift = 0.0
        for part in utility.interactions:
            self._table(i, part.issues, part.table)
        for box in utility.boxes:
            self._gains[i][self._inside(box)] = box.worth
        for group in utility.extremes:
            if not group.boxes:
                continue
            inside = [self._inside(box) for box in group.boxes]
            if group.how == "max":
                # one of the boxes that hold the deal counts, or nothing where one does not hold it
                picks = [self._new(0) for _ in inside]
                none = self._new(0)
                for pick, column, box in zip(picks, inside, group.boxes, strict=True):
                    self._gains[i][pick] = box.worth
                    self._rows.append(({pick: 1.0, column: -1.0}, -np.inf, 0.0))
                self._rows.append(({none: 1.0} | dict.fromkeys(inside, 1.0), -np.inf, float(len(inside))))
                self._rows.append((dict.fromkeys([*picks, none], 1.0), 1.0, 1.0))
                if self._from_above:
                    best = {pick: box.worth for pick, box in zip(picks, group.boxes, strict=True)}
                    for column, box in zip(inside, group.boxes, strict=True):
                        self._rows.append((best | {column: -box.worth}, 0.0, np.inf))
                continue
            worths = [box.worth for box in group.boxes]
            low, high = min(0.0, *worths), max(0.0, *worths)
            least = self._new(0)
            self._gains[i][least] = high - low
            shift += low
            for column, worth in zip(inside, worths, strict=True):
                self._rows.append(({least: high - low, column: -worth}, -np.inf, -low))
            if self._from_above:  # some box is the least
                which = [self._new(1) for _ in inside]
                self._rows.append((dict.fromkeys(which, 1.0), 1.0, np.inf))
                for one, column, worth in zip(which, inside, worths, strict=True):
                    row = {least: high - low, column: -worth, one: low - high}
                    self._rows.append((row, -high, np.inf))
        over = utility.bounds[1] - utility.most
        if over > SLACK:
            excess = self._new(0)
            self._gains[i][excess] = -over
            room = utility.most - utility.constant - shift - self._start(i)
            total = dict(self._gains[i])
            self._rows.append((total, -np.inf, room))
            if self._from_above:  # either nothing is cut, or all that is over
                cut = self._new(1)
                under = utility.most - utility.bounds[0]
                self._rows.append(({excess: 1.0, cut: -1.0}, -np.inf, 0.0))
                self._rows.append((total | {cut: -max(under, 0.0)}, room - max(under, 0.0), np.inf))
        return shift

    def _start(self, i: int) -> float:
        """What the continuous issues without binaries are worth at their low ends."""
        utility = self.problem.utilities[i]
        tables = [t for t, filled in zip(utility.tables, self.filled, strict=True) if filled]
        return sum(float(t.at(float(t.x[0]))) for t in tables if isinstance(t, Curve))

    def _table(self, i: int, issues: tuple[int, ...], table: Array) -> None:
        """A column for each combination; its issues' columns are the sums over the others."""
        if len(self._kinds) + table.size > _COLUMNS:
            names = ", ".join(self.problem.issues[k].name for k in issues)
            raise TooLarge(f"more than {_COLUMNS:,} options and combinations in all (a table over {names}); give fewer")
        start = len(self._kinds)
        for worth in table.reshape(-1).tolist():
            self._gains[i][self._new(0)] = worth
        cells = np.arange(start, start + table.size).reshape(table.shape)
        for axis, k in enumerate(issues):
            for place in range(table.shape[axis]):
                row = dict.fromkeys(np.take(cells, place, axis=axis).reshape(-1).tolist(), 1.0)
                row[self.first[k] + place] = -1.0
                self._rows.append((row, 0.0, 0.0))

    def _inside(self, box: Box) -> int:
        """A column that is 1 where the deal lies in the box and 0 elsewhere."""
        column = self._new(0)  # whole by itself once the places are
        sides = [[self.first[k] + place for place in places] for k, places in box.places.items()]
        for k, (low, high) in box.ranges.items():
            x = self.knots[k]
            sides.append([self.first[k] + s for s in range(len(x) - 1) if low <= x[s] and x[s + 1] <= high])
        whole: Row = {column: -1.0}
        for side in sides:
            self._rows.append((dict.fromkeys(side, 1.0) | {column: -1.0}, 0.0, 1.0))
            for one in side:
                whole[one] = whole.get(one, 0.0) + 1.0
        self._rows.append((whole, -np.inf, len(sides) - 1.0))
        return column

    def zone(self, margin: float = 0.0) -> Rows:
        """Rows that hold where nobody is below its reservation value, but for rounding."""
        return [
            (row, -base - (SLACK - margin) * max(1.0, abs(float(base))))
            for row, base in zip(self.gain, self.base, strict=True)
        ]

    def accepts(self, choice: Sequence[float]) -> bool:
        """Whether the deal is worth no less than no deal to all, exactly as elsewhere: rounded to 1e-9."""
        worth, least = np.array(self.problem.worth(choice)), self.problem.reservation
        return bool((in_units(worth, self._unit) >= in_units(least, self._unit)).all())

    def best_inside(
        self, objective: Array, constant: float, extra: Sequence[tuple[Array, float]] = (), free: int = 0
    ) -> Found | None:
        """The deal of the zone with the largest objective; the zone is met exactly, not within the solver's tolerance.

        A deal that the solver's tolerance let in is set aside and the question put again. Where an issue is continuous,
        points are moved by less than 1e-6 of their range into the zone; a deal that stays a hair outside is returned,
        and the certificate says so.
        """
        margins = (0.0, 1e-8, 1e-7, 1e-6) if self.problem.continuous else (0.0,) * _RETRIES
        last: Found | None = None
        for margin in margins:
            rows = [*extra, *((np.r_[row, np.zeros(free)], least) for row, least in self.zone(margin))]
            rows += [(np.r_[row, np.zeros(free)], least) for row, least in self._outside]
            found = self.best(objective, constant, rows, free)
            if found is None:
                return last
            if self.accepts(found.choice):
                return found
            near = self._moved_in(found)
            if near is not None:
                return near
            if self.problem.continuous:
                last = last or found
                continue
            self._outside.append((self.out(found.choice), 1.0 - len(found.choice)))
        return last

    def out(self, choice: Sequence[float]) -> Array:
        """(columns,) a row of at least 1 - issues unless the deal, over options alone, is this one."""
        row = np.zeros(self.columns)
        row[[self.first[k] + int(place) for k, place in enumerate(choice)]] = -1.0
        return row

    def _moved_in(self, found: Found) -> Found | None:
        """The deal with its continuous points rounded, where that lies in the zone."""
        if not self.problem.continuous:
            return None
        for digits in (6, 8, 10, 12):
            choice = tuple(
                min(max(round(place, digits), issue.low), issue.high) if issue.kind == "continuous" else place
                for place, issue in zip(found.choice, self.problem.issues, strict=True)
            )
            if self.accepts(choice):
                gains = np.array(self.problem.worth(choice)) - self.problem.reservation
                return Found(choice=choice, gains=gains, value=found.value, bound=found.bound)
        return None

    def best(self, objective: Array, constant: float, extra: Rows, free: int = 0, whole: int = 0) -> Found | None:
        """The deal with the largest objective, None where nothing fits.

        objective  (columns + free,); `free` further variables follow the columns, the last `whole` of them whole
        extra      rows and the least each must reach
        """
        width = self.columns + free
        matrix = self._matrix
        body = csr_array((matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], width))
        low, high = list(self._low), list(self._high)
        if extra:
            # rows are met within an absolute 1e-6: made large, that is little in the parties' own units
            sizes = [_LARGE / max(float(np.abs(row).max()), 1e-30) for row, _ in extra]
            body = vstack(
                [body, csr_array(np.array([row * k for (row, _), k in zip(extra, sizes, strict=True)]))], format="csr"
            )
            low += [least * k for (_, least), k in zip(extra, sizes, strict=True)]
            high += [np.inf] * len(extra)
        bounds = Bounds(
            np.r_[np.zeros(self.columns), np.full(free, -np.inf)], np.r_[np.ones(self.columns), np.full(free, np.inf)]
        )
        with quietly():
            answer = milp(
                -objective, constraints=LinearConstraint(body, low, high) if body.shape[0] else None, bounds=bounds,
                integrality=np.r_[self.kinds, np.zeros(free - whole), np.ones(whole)],
                options={"mip_rel_gap": 0.0, "time_limit": self._time()},
            )  # fmt: skip
        if answer.x is None:
            if answer.status == 2:
                return None
            raise TooLarge(f"no deal found in time over {self.columns:,} options; give fewer points")
        bound = -answer.mip_dual_bound if answer.mip_dual_bound is not None else -answer.fun
        choice = self._choice(answer.x)
        return Found(
            choice=choice, gains=np.array(self.problem.worth(choice)) - self.problem.reservation,
            value=-float(answer.fun) + constant, bound=float(bound) + constant,
        )  # fmt: skip

    def _time(self) -> float:
        """Seconds for one question: what is left, but never more than a quarter of all."""
        return max(0.5, min(self.until - time.monotonic(), self.seconds / 4))

    def _choice(self, x: Array) -> tuple[float, ...]:
        places: list[float] = []
        for k, (issue, start, knots) in enumerate(zip(self.problem.issues, self.first, self.knots, strict=True)):
            n = len(knots) - 1 if len(knots) else len(issue.values)
            if self.filled[k]:
                lengths = np.diff(knots)
                full = float(np.clip(x[start : start + n], 0.0, 1.0) @ lengths)
                places.append(float(np.clip(knots[0] + full, knots[0], knots[-1])))
                continue
            place = int(x[start : start + n].argmax())
            if not len(knots):
                places.append(place)
                continue
            along = float(np.clip(x[start + n + place], 0.0, 1.0))
            if any(k in box.ranges for box in _boxes(self.problem)):
                along = _off_the_edge(along, knots, place, [b.ranges[k] for b in _boxes(self.problem) if k in b.ranges])
            places.append(float(knots[place] + along * (knots[place + 1] - knots[place])))
        return tuple(places)


def _boxes(problem: Problem) -> list[Box]:
    """All boxes of all parties."""
    found = [box for utility in problem.utilities for box in utility.boxes]
    return found + [box for utility in problem.utilities for group in utility.extremes for box in group.boxes]


def _knots(low: float, high: float, curves: Sequence[Curve], ends: Sequence[float]) -> Array:
    """Where some curve bends or a box begins or ends; a box of one point has it twice, as a stretch without length."""
    inner = np.concatenate([*(c.x for c in curves), np.array(ends, dtype=float)])
    x = np.unique(np.concatenate((inner[(inner > low) & (inner < high)], [low, high])))
    points = {end for end in ends if list(ends).count(end) > 1 and low <= end <= high}
    x = np.sort(np.concatenate((x, np.array(sorted(points), dtype=float))))
    return np.repeat(x, 2) if len(x) == 1 else x


def _off_the_edge(along: float, knots: Array, place: int, ranges: Sequence[tuple[float, float]]) -> float:
    """How far along a stretch that lies outside a box: never onto the box's own end, which belongs to the box."""
    left, right = float(knots[place]), float(knots[place + 1])
    if left == right:
        return along
    for low, high in ranges:
        if left == high and not (low <= left and right <= high):
            along = max(along, 1e-9)
        if right == low and not (low <= left and right <= high):
            along = min(along, 1.0 - 1e-9)
    return along


def _matrix(rows: Sequence[Row], columns: int) -> csr_array:
    pointers = np.cumsum([0, *(len(row) for row in rows)])
    indices = np.fromiter((at for row in rows for at in row), dtype=np.int64, count=int(pointers[-1]))
    data = np.fromiter((value for row in rows for value in row.values()), dtype=float, count=int(pointers[-1]))
    return csr_array((data, indices, pointers), shape=(len(rows), columns))
