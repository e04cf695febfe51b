"""What the table would decide, who has power at it, and who has leverage: the collective part of a brief."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from winset.domain.case import Case
from winset.domain.runs import Assumption, Run
from winset.errors import WinsetError

if TYPE_CHECKING:
    from winset.models.coalitions.power import Power
    from winset.models.spatial.forecasts import Forecasts

ROUNDS = 3  # of the challenge model: more is read by nobody in a brief
MOST = 22  # voters whose power takes less than a second
FEWEST = 3  # voters: of two either can block, which nobody needs a table for


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AtTable:
    """Forecasts by issue, power under the rule of the case, power given positions by issue, leverage; what they rest on."""

    collective: "dict[str, Forecasts]" = field(default_factory=dict)
    power: "Power | None" = None
    placed: dict[str, tuple[Fraction, ...]] = field(default_factory=dict)
    leverage: Run | None = None
    assumptions: tuple[Assumption, ...] = ()
    gaps: tuple[str, ...] = ()


def at_table(case: Case, at: date | None) -> AtTable:
    """On the judgements of a case; where all are only suggested, nothing. What could not be computed is a gap."""
    judged = {one.quantity for one in case.judgements if not one.suggested}
    notes: list[Assumption] = []
    gaps: list[str] = []
    found: dict[str, Forecasts] = {}
    voters: Power | None = None
    shares: dict[str, tuple[Fraction, ...]] = {}
    moved: Run | None = None
    if "position" in judged:
        from winset.formulation import spatial  # what nobody judged need not be loaded
        from winset.models.spatial.forecasts import forecasts

        try:
            asked = spatial.formulate(case, at)
            found = {issue: forecasts(x, rounds=ROUNDS) for issue, x in asked.inputs.items() if len(x.parties) > 1}
            notes += [one for one in asked.assumptions if one.issue in found]
            gaps += [f"Collective choice: {gap}." for gap in asked.gaps]
        except WinsetError as error:
            gaps.append(f"Collective choice: {error}")
    if "capability" in judged:
        import numpy as np

        from winset.formulation import coalitions  # as above
        from winset.models.coalitions.placed import placed
        from winset.models.coalitions.power import power

        try:
            rule = coalitions.formulate(case, at)
            if len(rule.inputs.players) > MOST:
                gaps.append(
                    f"Power of {len(rule.inputs.players)} parties takes a while; ask `winset solve coalitions`."
                )
            elif len(rule.inputs.players) >= FEWEST:
                voters = power(rule.inputs, rng=np.random.default_rng(0))
                places, _ = coalitions.located(case, at, rule.inputs.players)
                by_place = {i: placed(rule.inputs, p.position, p.scale) for i, p in places.items()}
                shares = {issue: p.proposals or p.ends for issue, p in by_place.items()}
                notes += rule.assumptions
                gaps += [f"Power: {gap}." for gap in rule.gaps]
        except WinsetError as error:
            gaps.append(f"Power: {error}")
    if judged & {"discount", "haste"}:
        from winset.services import leverage  # as above

        try:
            moved = leverage.of_case(case, at)
            notes += moved.assumptions
            gaps += [f"Leverage, {gap}." for gap in moved.result["gaps"]]
        except WinsetError as error:
            gaps.append(f"Leverage: {error}")
    return AtTable(collective=found, power=voters, placed=shares, leverage=moved, assumptions=tuple(notes),
                   gaps=tuple(gaps))  # fmt: skip
