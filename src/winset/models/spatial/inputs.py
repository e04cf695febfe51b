"""What every spatial model is asked about."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError

Floats = NDArray[np.float64]
LARGEST = 1e100  # squares and products of such numbers are still numbers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpatialInputs:
    """One issue at one date. Arrays are (parties,), in the order of `parties`. Raises ModelError on what cannot be."""

    parties: tuple[str, ...]
    position: Floats  # on the issue's scale
    capability: Floats  # ratio scale, >= 0
    salience: Floats  # 0 to 100
    scale: tuple[float, float]  # its two ends
    status_quo: float | None = None  # what holds without a decision; None where nobody said
    vetoes: tuple[str, ...] = ()  # parties whose consent is needed whatever the votes

    def __post_init__(self) -> None:
        n = len(self.parties)
        if n == 0:
            raise ModelError("no party holds a position; give at least one")
        low, high = self.scale
        for name, values in (
            ("position", self.position), ("capability", self.capability), ("salience", self.salience)
        ):  # fmt: skip
            if values.shape != (n,):
                raise ModelError(f"{name}: {values.size} values for {n} parties")
            if not np.isfinite(values).all():
                raise ModelError(f"{name} of {self._at(~np.isfinite(values))} is not a finite number")
            if (np.abs(values) > LARGEST).any():
                raise ModelError(
                    f"{name} of {self._at(np.abs(values) > LARGEST)} is beyond {LARGEST:g}; state it in a larger unit"
                )
        slack = 1e-9 * max(high - low, 1.0)
        outside = (self.position < low - slack) | (self.position > high + slack)
        if outside.any():
            at = int(np.flatnonzero(outside)[0])
            raise ModelError(
                f"position of {self.parties[at]} is {self.position[at]:g}, off the scale {low:g} to {high:g}; "
                "correct it or widen the scale"
            )
        if self.status_quo is not None and not low - slack <= self.status_quo <= high + slack:
            raise ModelError(f"the status quo is {self.status_quo:g}, off the scale {low:g} to {high:g}; correct it")
        if len(set(self.parties)) < n:
            twice = next(p for i, p in enumerate(self.parties) if p in self.parties[:i])
            raise ModelError(f"the party {twice!r} occurs twice; give the second another name")
        if (self.capability < 0).any():
            raise ModelError(f"capability of {self._at(self.capability < 0)} is negative; it is 0 or more")
        if ((self.salience < 0) | (self.salience > 100)).any():
            bad = (self.salience < 0) | (self.salience > 100)
            raise ModelError(f"salience of {self._at(bad)} is {self.salience[bad][0]:g}; it lies in 0 to 100")
        if not (self.weight > 0).any():
            raise ModelError("nobody has both capability and salience above 0, so nobody counts; set some above 0")

    def _at(self, where: NDArray[np.bool_]) -> str:
        return self.parties[int(np.flatnonzero(where)[0])]

    @property
    def weight(self) -> Floats:
        """Capability x salience."""
        return self.capability * self.salience


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Together:
    """Several issues as dimensions of one space. Arrays (parties, issues) on 0..1, saliences at most 1 a party."""

    issues: tuple[str, ...]
    parties: tuple[str, ...]
    position: NDArray[np.float64]
    salience: NDArray[np.float64]
    capability: NDArray[np.float64]  # (parties,)
    scales: tuple[tuple[float, float], ...]
