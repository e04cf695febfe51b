"""How single consents add up to ratification."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Chamber:
    """members are columns of the consents; `weights` their votes.

    majority, referendum  more than half the weight (a referendum at `quota` or more where one is given)
    supermajority         at least `quota`: a share of the weight up to 1, a weight above 1
    unanimity, leader     every member
    """

    name: str
    kind: str
    members: tuple[int, ...]
    weights: tuple[float, ...]
    quota: float | None = None

    def __post_init__(self) -> None:
        if not self.members:
            raise ModelError(f"chamber {self.name} has no members")
        if min(self.weights) < 0 or sum(self.weights) <= 0:
            raise ModelError(f"chamber {self.name}: weights are not negative and not all nil, got {list(self.weights)}")

    def consents(self, yes: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(deals,) whether the chamber passes each deal, from (deals, ratifiers) consents."""
        mine = yes[:, list(self.members)]
        if self.kind in ("unanimity", "leader"):
            return np.asarray(mine.sum(axis=1) == mine.shape[1])
        return self.enough(mine @ np.array(self.weights))

    def enough(self, weight: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether these sums of consenting weight pass, where the rule counts weights."""
        total = float(sum(self.weights))
        if self.quota is None:
            return np.asarray(weight > total / 2 + 1e-12 * total)
        needed = self.quota if self.quota > 1 else self.quota * total
        return np.asarray(weight >= needed - 1e-12 * total)


def ratified(yes: NDArray[np.bool_], chambers: tuple[Chamber, ...]) -> NDArray[np.bool_]:
    """(deals,) whether every chamber passes each deal; without chambers every deal passes."""
    done = np.ones(len(yes), dtype=bool)
    for chamber in chambers:
        done &= chamber.consents(yes)
    return done


def pivotal(yes: NDArray[np.bool_], chambers: tuple[Chamber, ...]) -> list[int]:
    """Ratifiers whose own consent decides the one deal of `yes` (1, ratifiers): it passes with it, fails without."""
    found = []
    for one in range(yes.shape[1]):
        with_it, without = yes.copy(), yes.copy()
        with_it[0, one], without[0, one] = True, False
        if ratified(with_it, chambers)[0] and not ratified(without, chambers)[0]:
            found.append(one)
    return found
