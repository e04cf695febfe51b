"""Draws through the bargaining solutions: whether a zone exists, which deal is picked, who gains what."""

import numpy as np

from winset.domain.estimates import Table
from winset.formulation.bargaining import formulate
from winset.formulation.drawn.numbers import Columns, NotTogether
from winset.formulation.uncertainty import UncertainCase
from winset.models.bargaining.many import Rule, solve_many
from winset.models.bargaining.outcomes import STEP, allowed, unit_of
from winset.models.uncertainty.marginals import Floats


class Bargaining:
    """`zone` whether an agreement zone exists; `gain:PARTY` over no deal (0 without a zone); `outcome:ISSUE` the point
    picked, or `outcome:ISSUE=OPTION` whether the option is, where there is a zone."""

    def __init__(self, asked: UncertainCase, *, rule: Rule = "nash") -> None:
        base = formulate(asked.case, asked.at)
        problem = base.inputs
        self.asked, self.rule, self.problem = asked, rule, problem
        self.assumptions, self.gaps = base.assumptions, base.gaps
        if problem.continuous:
            raise NotTogether("a continuous issue has no list of outcomes")
        odd = any(not u.additive or u.constant or np.isfinite(u.most) for u in problem.utilities)
        if odd or problem.power is not None or unit_of(problem) != STEP:
            raise NotTogether("utilities are not plain sums over issues")
        names = ["zone", *(f"gain:{party}" for party in problem.parties)]
        self.allowed = allowed(problem)
        self.numeric = []
        for issue in problem.issues:
            numeric = not isinstance(issue.values[0], str)
            self.numeric.append(numeric)
            names += [f"outcome:{issue.name}"] if numeric else [f"outcome:{issue.name}={v}" for v in issue.values]
        self.names = tuple(names)

    def __call__(self, x: Floats) -> Floats:
        tables, floors = self.worths(x)
        deals = solve_many(tables, floors, rule=self.rule, allowed=self.allowed)
        places = []
        index = deals.outcome.copy()
        for n in reversed(self.problem.shape):
            index, place = np.divmod(index, n)
            places.append(place)
        zone = deals.outcome >= 0
        found = [zone.astype(float), *deals.gains.T]
        for issue, numeric, place in zip(self.problem.issues, self.numeric, reversed(places), strict=True):
            if numeric:
                points = np.array(issue.values, dtype=float)
                found.append(np.where(zone, points[place], np.nan))
            else:
                found += [np.where(zone, (place == v).astype(float), np.nan) for v in range(len(issue.values))]
        return np.stack(found, axis=1)

    def worths(self, x: Floats) -> tuple[list[list[Floats]], Floats]:
        """Each party's worth of the values of each issue, weights multiplied in, and (draws, parties) reservation values."""
        columns = Columns(self.asked, x)
        tables = [self._tables(columns, i) for i in range(len(self.problem.parties))]
        floors = [columns.whole(self._reservation(columns, i, tables[i])) for i in range(len(tables))]
        return tables, np.stack(floors, axis=1)

    def _tables(self, columns: Columns, i: int) -> list[Floats]:
        """One (draws or 1, values) array an issue, weights multiplied in."""
        party, case = self.problem.parties[i], self.asked.case
        pieces: list[Floats] = []
        placed = False
        for k, issue in enumerate(self.problem.issues):
            judged = case.judgement("utility", party, issue.name, self.asked.at)
            if judged is not None and isinstance(judged.value, Table):
                pieces.append(self._stated(i, k))
                continue
            placed = True
            position = columns.get("position", party, issue.name)
            assert position is not None
            numeric = self.numeric[k]
            points = np.array(issue.values if numeric else range(len(issue.values)), dtype=float)
            span = points[-1] - points[0] or 1.0
            inside = np.clip(position, points[0], points[-1])
            pieces.append(1 - np.abs(points[None, :] - inside[:, None]) / span)
        weights = self._weights(columns, party, placed)
        return [piece * w[:, None] for piece, w in zip(pieces, weights, strict=True)]

    def _stated(self, i: int, k: int) -> Floats:
        """The table as judged, in the order of the issue's values."""
        party = self.problem.parties[i]
        issue = self.problem.issues[k]
        judged = self.asked.case.judgement("utility", party, issue.name, self.asked.at)
        assert judged is not None
        assert isinstance(judged.value, Table)
        asked = self.asked.case.issue(issue.name)
        labels = {point.label: point.value for point in asked.scale}
        worth: dict[float | str, float] = {}
        for name, value in judged.value.options:
            worth[name if asked.options else labels[name] if name in labels else float(name)] = value
        return np.array([[worth[v] for v in issue.values]], dtype=float)

    def _weights(self, columns: Columns, party: str, placed: bool) -> list[Floats]:
        given = [columns.get("salience", party, issue.name) for issue in self.problem.issues]
        known = [g for g in given if g is not None]
        if not placed and not known:
            return [np.ones(1)] * len(given)
        mean = np.ones(1)
        if known:
            mean = known[0]
            for one in known[1:]:
                mean = mean + one
            mean = mean / len(known)
        filled = [mean if g is None else g for g in given]
        total = filled[0]
        for one in filled[1:]:
            total = total + one
        return [np.divide(f, total, out=np.full(np.broadcast(f, total).shape, np.nan), where=total > 0) for f in filled]

    def _reservation(self, columns: Columns, i: int, tables: list[Floats]) -> Floats:
        """As `formulation.bargaining`: judged; else of the least acceptable points; else outside; else the status quo."""
        party = self.problem.parties[i]
        judged = columns.get("reservation", party, None)
        if judged is not None:
            return judged
        least = [columns.get("reservation", party, issue.name) for issue in self.problem.issues]
        if least and all(one is not None for one in least):
            return self._worth([columns.whole(one) for one in least if one is not None], tables)
        outside = columns.get("outside option", party, None)
        if outside is not None:
            return outside
        points: list[Floats] = []
        for issue, asked in zip(self.problem.issues, self.asked.case.issues, strict=True):
            quo = asked.status_quo
            if isinstance(quo, str) and quo in issue.values:
                points.append(np.array([float(list(issue.values).index(quo))]))
            elif isinstance(quo, int | float) and not isinstance(issue.values[0], str):
                points.append(np.array([float(quo)]))
            else:
                return np.zeros(1)
        return self._worth(points, tables)

    def _worth(self, points: list[Floats], tables: list[Floats]) -> Floats:
        total: Floats = np.zeros(1)
        for k, (point, table) in enumerate(zip(points, tables, strict=True)):
            issue = self.problem.issues[k]
            if isinstance(issue.values[0], str):
                place = point.astype(int)
            else:
                numbers = np.array(issue.values, dtype=float)
                place = np.abs(numbers[None, :] - point[:, None]).argmin(axis=1)
            draws = max(len(place), table.shape[0])
            rows = np.broadcast_to(np.arange(table.shape[0]), (draws,)) if table.shape[0] > 1 else np.zeros(draws, int)
            total = total + table[rows, np.broadcast_to(place, (draws,))]
        return total
