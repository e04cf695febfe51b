"""Force between two parties of a case: what war is worth to each, and whether that leaves a deal."""

import itertools
from dataclasses import dataclass

from winset.models.crisis.ranges import BargainingRange, bargaining_range

Three = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisInputs:
    """parties  two, the first one's share is asked for
    p        chance that the first prevails: low, likely, high, each in 0..1
    costs    of war to each: low, likely, high, >= 0, as shares of the stake
    """

    parties: tuple[str, str]
    p: Three
    costs: tuple[Three, Three]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisAnswer:
    """likely   the range at the likely values;  sure  the part of it that holds at every corner of the judgements, None
    where there is none;  outside  (low, likely, high) of what war is worth to each
    """

    parties: tuple[str, str]
    likely: BargainingRange
    sure: tuple[float, float] | None
    outside: tuple[Three, Three]


def solve(inputs: CrisisInputs, *, seed: int | None = None) -> CrisisAnswer:
    """The range at the likely values and over all corners; nothing is drawn, so `seed` changes nothing.

    Both ends are monotone in p and the costs, so the corners bound every value between them.
    """
    corners = [bargaining_range(p, (a, b)) for p, a, b in itertools.product(inputs.p, *inputs.costs)]
    ranges = [one.range for one in corners]
    lows, highs = [r[0] for r in ranges if r], [r[1] for r in ranges if r]
    sure = (max(lows), min(highs)) if len(lows) == len(ranges) and max(lows) <= min(highs) else None
    likely = bargaining_range(inputs.p[1], (inputs.costs[0][1], inputs.costs[1][1]))
    outside = []
    for side in (0, 1):
        worth = sorted(one.war[side] for one in corners)
        outside.append((worth[0], likely.war[side], worth[-1]))
    return CrisisAnswer(parties=inputs.parties, likely=likely, sure=sure, outside=(outside[0], outside[1]))
