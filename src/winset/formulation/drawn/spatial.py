"""Draws through the spatial forecasts: compromise, power-weighted median and challenge model of each issue."""

import numpy as np

from winset.formulation.drawn.numbers import Columns
from winset.formulation.spatial import formulate
from winset.formulation.uncertainty import UncertainCase
from winset.models.spatial.many import VARIANT, after_challenges, means, medians, spreads
from winset.models.uncertainty.marginals import Floats

CHALLENGE = f"challenge {VARIANT}"


class Spatial:
    """`outcome:ISSUE` the compromise, `median:ISSUE` the power-weighted median, `spread:ISSUE` the standard deviation
    of the method's own forecast distribution around the compromise, and, with `rounds` of the challenge model,
    `challenge VARIANT:ISSUE` the median after them."""

    def __init__(self, asked: UncertainCase, rounds: int = 0) -> None:
        base = formulate(asked.case, asked.at)
        self.asked, self.issues = asked, base.inputs
        self.assumptions, self.gaps = base.assumptions, base.gaps
        self.shares = {
            one.issue for one in base.assumptions
            if one.quantity == "salience" and one.party is None and "shares of 1" in one.text
        }  # fmt: skip
        self.rounds = rounds
        kinds = ("outcome", "median", "spread", *((CHALLENGE,) if rounds else ()))
        self.names = tuple(f"{what}:{issue}" for issue in self.issues for what in kinds)

    def __call__(self, x: Floats) -> Floats:
        columns = Columns(self.asked, x)
        found = []
        for issue, base in self.issues.items():
            stated = {
                q: [self._one(columns, q, p, issue) for p in base.parties]
                for q in ("position", "capability", "salience")
            }
            position = np.clip(self._filled(columns, stated["position"], 0.0), *base.scale)
            capability = self._filled(columns, stated["capability"], 1.0)
            salience = self._filled(columns, stated["salience"], 100.0)
            if issue in self.shares:
                salience = 100 * salience
            weight = capability * salience
            found += [means(position, weight), medians(position, weight), spreads(position, weight)]
            if self.rounds:
                found.append(after_challenges(position, capability, salience, self.rounds))
        return np.stack(found, axis=1)

    def _one(self, columns: Columns, quantity: str, party: str, issue: str) -> Floats | None:
        own = columns.get(quantity, party, issue)
        return own if own is not None or quantity == "position" else columns.get(quantity, party, None)

    @staticmethod
    def _filled(columns: Columns, stated: list[Floats | None], default: float) -> Floats:
        """(draws, parties): what is not stated is the mean of what is, in each draw."""
        known = [columns.whole(v) for v in stated if v is not None]
        total = np.zeros(len(columns.x))
        for one in known:
            total = total + one
        rest = total / len(known) if known else np.full(len(columns.x), default)
        return np.stack([rest if v is None else columns.whole(v) for v in stated], axis=1)
