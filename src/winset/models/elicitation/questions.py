"""Which trade-off to ask about next, and when to stop asking."""

from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from winset.models.elicitation.weights import Answers, Array, Weights

NARROW = 0.1
"""Weights known this closely are known well enough."""
MOST = 12
"""Trade-offs asked at most."""
_SAMPLE = 400
_LEAST_SPLIT = 0.1
_STEPS = 10  # options of an issue that are asked about


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Two deals that differ in two issues, {issue: option}; everything else is equal. `split` is the share of the
    fitting weights under which the first is better."""

    first: dict[int, int]
    second: dict[int, int]
    split: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The next question, or why there is none."""

    question: Question | None
    stop: str | None


def next_question(answers: Answers, known: Weights, *, seed: int = 0) -> Next:
    """The trade-off whose answer rules out most of what still fits.

    One issue at some option with another at its worst, against the reverse: of all such pairs that which splits the
    fitting weights most evenly and widest, over a seeded sample of them. Asking stops when every
    weight is known within NARROW, after MOST trade-offs, or when no pair splits what fits.
    """
    if len(answers.worths) < 2:
        return Next(question=None, stop="there is one issue, so nothing to weigh")
    if known.width <= NARROW:
        return Next(question=None, stop=f"every weight is known within {NARROW:g}")
    if len(answers.trade_offs) >= MOST:
        return Next(question=None, stop=f"{MOST} trade-offs were asked")
    rng = np.random.default_rng(seed)
    mix = rng.dirichlet(np.full(len(known.corners), 0.5), _SAMPLE)
    sample = np.r_[mix @ known.corners, known.corners]
    asked = [(first, second) for first, second, _ in answers.trade_offs]
    best: tuple[float, Question] | None = None
    for j, k in combinations(range(len(answers.worths)), 2):
        mine, other = answers.worths[j], answers.worths[k]
        for up, across in product(_steps(mine), _steps(other)):
            first = {j: up, k: int(other.argmin())}
            second = {j: int(mine.argmin()), k: across}
            if (first, second) in asked or (second, first) in asked:
                continue
            more = sample[:, j] * float(mine[up]) - sample[:, k] * float(other[across])
            split = float((more > 0).mean())
            score = min(split, 1 - split) * float(more.std())
            if min(split, 1 - split) >= _LEAST_SPLIT and (best is None or score > best[0] + 1e-12):
                best = score, Question(first=first, second=second, split=split)
    if best is None:
        return Next(question=None, stop="no trade-off between two issues would tell more")
    return Next(question=best[1], stop=None)


def _steps(worths: Array) -> list[int]:
    """Options better than the worst, evenly spread in worth where there are many; of equal ones the first."""
    values, first = np.unique(worths, return_index=True)
    found = first[1:] if len(values) > 1 else first[:0]
    if len(found) > _STEPS:
        wanted = np.linspace(0, 1, _STEPS + 1)[1:]
        found = np.unique([found[np.abs(worths[found] - at).argmin()] for at in wanted])
    return [int(place) for place in found]
