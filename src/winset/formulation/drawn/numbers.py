"""The judgements of a case as columns of draws."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from winset.domain.estimates import Estimate, Table
from winset.errors import FormulationError
from winset.formulation.uncertainty import UncertainCase
from winset.models.uncertainty.marginals import Floats


class NotTogether(FormulationError):
    """These draws cannot be answered all at once, only one by one."""


class Drawn(Protocol):
    """Answers of one method to many draws."""

    names: tuple[str, ...]

    def __call__(self, x: Floats) -> Any:
        """(draws, outputs) of (draws, inputs): numbers, or whether something holds."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What each quantity is in each draw; x (draws, inputs)."""

    asked: UncertainCase
    x: Floats

    def get(self, quantity: str, party: str, issue: str | None) -> Floats | None:
        """(draws,) where the input is uncertain, (1,) where it is one number, None where nothing is judged."""
        key = (quantity, party, issue)
        if key in self.asked.keys:
            found: Floats = self.x[:, self.asked.keys.index(key)]
            return found
        held = self.asked.case.judgement(quantity, party, issue, self.asked.at)
        if held is None or isinstance(held.value, Table):
            return None
        return np.array([held.value.best])

    def estimate(self, quantity: str, who: str, issue: str | None, value: Estimate) -> Floats:
        """(draws,) or (1,) of a value that is no judgement: a ratifier's."""
        key = (quantity, who, issue)
        if key in self.asked.keys:
            found: Floats = self.x[:, self.asked.keys.index(key)]
            return found
        return np.array([value.best])

    def whole(self, values: Floats) -> Floats:
        """(draws,) of (draws,) or (1,)."""
        return np.broadcast_to(values, (len(self.x),))
