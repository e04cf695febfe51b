"""Draws through alternating offers: who gets which share."""

import numpy as np

from winset.errors import FormulationError
from winset.formulation.drawn.numbers import Columns
from winset.formulation.offers import formulate
from winset.formulation.uncertainty import UncertainCase
from winset.models.offers.many import shares_in_turn
from winset.models.uncertainty.marginals import Floats


class Offers:
    """`agreement` whether there is a deal, `share:PARTY` of the pie where there is one."""

    def __init__(self, asked: UncertainCase) -> None:
        base = formulate(asked.case, asked.at)
        self.asked, self.parties = asked, base.inputs.parties
        self.assumptions, self.gaps = base.assumptions, base.gaps
        self.names = ("agreement", *(f"share:{party}" for party in self.parties))

    def __call__(self, x: Floats) -> Floats:
        columns = Columns(self.asked, x)
        patience, outside = [], []
        for party in self.parties:
            factor = columns.get("discount", party, None)
            if factor is None:
                haste = columns.get("haste", party, None)
                if haste is None:
                    raise FormulationError(f"no discount factor is judged for {party}")
                factor = 1 - haste
            patience.append(columns.whole(factor))
            way_out = columns.get("outside option", party, None)
            outside.append(columns.whole(np.zeros(1) if way_out is None else way_out))
        shares = shares_in_turn(np.stack(patience, axis=1), np.stack(outside, axis=1))
        agreed = np.asarray(~np.isnan(shares).any(axis=1), dtype=float)
        return np.concatenate((agreed[:, None], shares), axis=1)
