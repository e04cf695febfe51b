"""One side of simulated talks: how much it asks for next, which outcome it names, and when it accepts.

A side's target is a utility between its reservation value and its best outcome. Tactics differ in what moves it:

time           the clock: alpha(t) of its range given up (Faratin, Sierra & Jennings 1998, section 4.1)
resource       what is left of a resource that every round uses up: alpha = k + (1 - k) exp(-left / scale) (4.2)
relative, random, averaged   the other's concessions, measured in own utility (4.3, tit for tat): what the other's last
               offers brought it more is given back, in proportion, absolutely with a random error, or over a window
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.talks.space import Space
from winset.models.talks.tactics import concession

Kind = Literal["time", "resource", "relative", "random", "averaged", "climber", "annealer"]
SCALE = 1e9  # utilities as whole numbers of 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Tactic:
    """kind       as above; climber and annealer vote on a mediator's text
    low, high  of its parameter, drawn anew for each run: beta of the clock, scale of the resource in rounds, largest
               random error, window of the average, first temperature of the annealer
    learns     whether it names, among outcomes worth nearly the same to it, what the other seems to like best
    """

    name: str
    kind: Kind = "time"
    low: float = 1.0
    high: float = 1.0
    learns: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high < float("inf") or (self.kind in ("time", "resource") and self.low <= 0):
            raise ModelError(
                f"{self.name}: its number is above 0 (from low to high), got {self.low:g} to {self.high:g}"
            )


class Side:
    """One side during one session. All utilities are compared as whole numbers of 1e-9."""

    def __init__(
        self, space: Space, seat: int, tactic: Tactic, utilities: NDArray[np.float64], rounds: int, k: float,
        rng: np.random.Generator,
    ) -> None:  # fmt: skip
        self.tactic, self.rounds, self.k, self.rng = tactic, rounds, k, rng
        self.parameter = float(rng.uniform(tactic.low, tactic.high))
        self.exact = utilities
        self.key = np.rint(utilities * SCALE).astype(np.int64)
        self.floor = float(space.reservation[seat])
        self.best = float(utilities.max())
        order = np.argsort(self.key, kind="stable")
        self.order, self.rising = order, self.key[order]
        self.features = space.features
        self.counts: list[dict[int, int]] = [{} for _ in range(0 if self.features is None else self.features.shape[1])]
        self.asked: list[float] = []  # own targets
        self.brought: list[float] = []  # what the other's offers would bring
        alpha = concession(np.arange(rounds) / max(rounds - 1, 1), max(self.parameter, 1e-12), k=k)
        self.clock = alpha if tactic.kind == "time" else None

    def target(self, at: int) -> float:
        """The utility asked for in round `at` (from 1); kept as its last."""
        kind, span = self.tactic.kind, self.best - self.floor
        if self.clock is not None:
            asked = self.best - float(self.clock[at - 1]) * span
        elif kind == "resource":
            alpha = self.k + (1 - self.k) * float(np.exp(-(self.rounds - at) / self.parameter))
            asked = self.best - alpha * span
        else:
            asked = self._in_kind(kind)
        self.asked.append(asked)
        return asked

    def _in_kind(self, kind: Kind) -> float:
        last = self.asked[-1] if self.asked else self.best
        window = max(1, int(self.parameter)) if kind == "averaged" else 1
        if len(self.brought) < window + 1:
            return last
        before, now = self.brought[-1 - window], self.brought[-1]
        if kind == "random":
            asked = last - (now - before) + float(self.rng.uniform(-self.parameter, self.parameter))
        else:  # in proportion to what is still wanted from the other: own gains over no deal
            gain, had = now - self.floor, before - self.floor
            asked = self.floor + (last - self.floor) * (had / gain if gain > 0 and had > 0 else 1.0)
        return min(max(asked, self.floor), self.best)

    def offer(self, asked: float) -> int | None:
        """The outcome of the lowest own utility at or above `asked`, the first of equals; None where there is none."""
        want = round(asked * SCALE)
        place = int(np.searchsorted(self.rising, want))
        if place == len(self.rising):
            return None
        if not self.tactic.learns or self.features is None:
            return int(self.order[place])
        near = int(np.searchsorted(self.rising, want + round(0.03 * (self.best - self.floor) * SCALE), side="right"))
        rows = self.order[place : max(near, place + 1)]
        liked = np.zeros(len(rows))
        for issue, seen in enumerate(self.counts):
            liked += [seen.get(int(v), 0) for v in self.features[rows, issue]]
        return int(rows[int(liked.argmax())])

    def hears(self, outcome: int) -> None:
        """Another's offer: what it would bring, and which options it names."""
        self.brought.append(float(self.exact[outcome]))
        if self.features is not None:
            for issue, seen in enumerate(self.counts):
                value = int(self.features[outcome, issue])
                seen[value] = seen.get(value, 0) + 1

    def accepts(self, standing: int, own: int | None) -> bool:
        """Whether the standing offer is worth at least its own next one, or its reservation value without one."""
        least = round(self.floor * SCALE) if own is None else int(self.key[own])
        return int(self.key[standing]) >= least

    def votes(self, text: int, changed: int, at: int) -> bool:
        """On a mediator's change of the text: a climber takes no loss, an annealer ever smaller ones."""
        gain = float(self.exact[changed] - self.exact[text])
        if gain >= 0 or self.tactic.kind != "annealer":
            return gain >= 0
        heat = self.parameter * (1 - (at - 1) / max(self.rounds - 1, 1))
        return heat > 0 and float(self.rng.random()) < float(np.exp(gain / heat))
