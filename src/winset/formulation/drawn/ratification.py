"""Draws through ratification: which deal the table would choose, and whether it passes at home."""

import numpy as np

from winset.domain.estimates import Estimate
from winset.formulation.drawn.numbers import Columns, NotTogether
from winset.formulation.ratification import formulate
from winset.formulation.uncertainty import UncertainCase
from winset.models.ratification.chambers import ratified
from winset.models.ratification.many import choose_many, ratified_many
from winset.models.uncertainty.marginals import Floats


class Ratification:
    """`ratified` whether the deal chosen passes; `agreement` whether there is one; `gain:PARTY`, `outcome:ISSUE`.

    The table does not know the draw of its ratifiers: it chooses the Nash deal among those that would pass at their
    likely values, which then passes or not at the values drawn. On one continuous issue the deals are 101 points.
    """

    def __init__(self, asked: UncertainCase) -> None:
        base = formulate(asked.case, asked.at)
        x = base.inputs
        if asked.case.forbidden:
            raise NotTogether("deals that are forbidden leave gaps between the points of issues")
        self.asked, self.base = asked, x
        self.assumptions, self.gaps = base.assumptions, base.gaps
        floor = self._floors(x.likely[None], x.weight[None], x.floor[None, :, 1])[0]
        worth = np.ones((len(x.deals), len(x.ratifiers)))
        for k in range(len(x.issues)):
            worth -= x.weight[:, k] * np.abs(x.deals[:, k, None] - x.likely[:, k]) / x.span[k]
        self.expected = ratified(np.round(worth, 9) >= np.round(floor, 9), x.chambers)
        self.points = tuple(np.unique(x.deals[:, k]) for k in range(len(x.issues)))
        self.exact = x.line is None
        self.names = (
            "agreement", "ratified", *(f"gain:{p}" for p in x.parties), *(f"outcome:{i}" for i in x.issues),
        )  # fmt: skip

    def _floors(self, position: Floats, weight: Floats, floor: Floats) -> Floats:
        """(draws, ratifiers) what no deal is worth: as judged, or that of the status quo."""
        x = self.base
        if not x.from_quo.any():
            return floor
        quo = np.where(np.isnan(x.quo), 0.0, x.quo)
        worth = np.ones(position.shape[:2])
        for k in range(len(x.issues)):
            worth = worth - weight[:, :, k] * np.abs(quo[k] - position[:, :, k]) / x.span[k]
        return np.where(x.from_quo, worth, floor)

    def __call__(self, x: Floats) -> Floats:
        base, columns = self.base, Columns(self.asked, x)
        position, salience = self._parties(columns)
        reserve = self._reserve(columns, position, salience)
        chosen = choose_many(self.points, base.span, self.expected, position, salience, reserve)
        there = chosen.deal >= 0
        deal = base.deals[np.maximum(chosen.deal, 0)]
        at, weight, floor = self._ratifiers(columns)
        passes = ratified_many(deal, base.span, at, weight, self._floors(at, weight, floor), base.chambers)
        found = [there.astype(float), (there & passes).astype(float), *chosen.gains.T]
        found += [np.where(there, deal[:, k], np.nan) for k in range(len(base.issues))]
        return np.stack(found, axis=1)

    def _parties(self, columns: Columns) -> tuple[Floats, Floats]:
        """(draws, parties, issues) positions, and saliences adding to 1."""
        draws, base = len(columns.x), self.base
        shape = (draws, len(base.parties), len(base.issues))
        position, salience = np.zeros(shape), np.zeros(shape)
        for i, party in enumerate(base.parties):
            for k, issue in enumerate(base.issues):
                held = columns.get("position", party, issue)
                if held is not None:
                    weight = columns.get("salience", party, issue)
                    position[:, i, k] = held
                    salience[:, i, k] = 1.0 if weight is None else weight
        return position, _to_one(salience)

    def _reserve(self, columns: Columns, position: Floats, salience: Floats) -> Floats:
        base, found = self.base, []
        known = not np.isnan(base.quo).any()
        for i, party in enumerate(base.parties):
            least = columns.get("reservation", party, None)
            if least is None:
                least = columns.get("outside option", party, None)
            if least is None and known:
                least = np.ones(len(columns.x))
                for k in range(len(base.issues)):
                    least = least - salience[:, i, k] * np.abs(base.quo[k] - position[:, i, k]) / base.span[k]
            found.append(columns.whole(np.zeros(1) if least is None else least))
        return np.stack(found, axis=1) if found else np.zeros((len(columns.x), 0))

    def _ratifiers(self, columns: Columns) -> tuple[Floats, Floats, Floats]:
        """(draws, ratifiers, issues) positions and weights adding to 1, and (draws, ratifiers) floors."""
        base, draws = self.base, len(columns.x)
        at = np.broadcast_to(base.likely, (draws, *base.likely.shape)).copy()
        weight = np.zeros(at.shape)
        floor = np.broadcast_to(base.floor[:, 1], (draws, len(base.ratifiers))).copy()
        for i, one in enumerate(self.asked.case.ratifiers):
            stands: dict[str, Estimate] = dict(one.position)
            cares: dict[str, Estimate] = dict(one.salience)
            for k, issue in enumerate(base.issues):
                if issue in stands:
                    at[:, i, k] = columns.estimate("ratifier's position", one.name, issue, stands[issue])
                    weight[:, i, k] = (
                        columns.estimate("ratifier's salience", one.name, issue, cares[issue])
                        if issue in cares
                        else 1.0
                    )
            if one.reservation is not None:
                floor[:, i] = columns.estimate("ratifier's reservation", one.name, None, one.reservation)
        return at, _to_one(weight), floor


def _to_one(weights: Floats) -> Floats:
    """Each row of the last axis divided by its sum, summed in order."""
    total = np.zeros(weights.shape[:-1])
    for k in range(weights.shape[-1]):
        total = total + weights[..., k]
    return np.divide(weights, total[..., None], out=np.zeros_like(weights), where=total[..., None] > 0)
