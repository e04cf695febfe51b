"""What can be asked about patience, and the answer."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError

Rule = Literal["unanimity", "majority", "open"]
Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OffersQuestion:
    """Numbers are (parties,), in their order; the first party makes the first offer.

    discounts       a round, 0 to 1
    ranges          low and high end of each discount factor where it is not known exactly
    breakdown       chance of breakdown after each rejection; it takes the place of discounting unless `both`
    horizon         last round, or None;  deadline  ((round, chance), ...) instead, where it is uncertain
    final           what each gets when the last round passes without a deal
    rates, period   discounts as exp(-rate * period) instead; period 0 asks for the limit
    rule            unanimity; majority (closed rule, `quota`); open (amendments);  `recognition` chances to propose,
                    None: in turn under unanimity, equal under the others; `random` draws the proposer
    utilities       (outcomes, 2) of the deals to be had, None for a pie of 1; with lotteries between them or without
    """

    parties: tuple[str, ...]
    discounts: Numbers | None = None
    ranges: tuple[tuple[float, float], ...] | None = None
    outside: Numbers | None = None
    inside: Numbers | None = None
    breakdown: float | None = None
    payoffs: Numbers | None = None
    both: bool = False
    cost: Numbers | None = None
    horizon: int | None = None
    deadline: tuple[tuple[int, float], ...] | None = None
    final: Numbers | None = None
    rates: Numbers | None = None
    period: float = 1.0
    rule: Rule = "unanimity"
    random: bool = False
    recognition: Numbers | None = None
    quota: int | None = None
    utilities: NDArray[np.float64] | None = None
    lotteries: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OffersAnswer:
    """shares            (parties,) of the pie, or utilities of the deal where there is a frontier; None without a deal
    agreement_round   from 1; None without a deal
    price_of_haste    (parties,) what each would get with the other's discount factor, less what it gets
    details           further figures of the protocol asked for, as plain values
    notes             how the numbers must be read, in words
    """

    parties: tuple[str, ...]
    shares: Numbers | None
    agreement_round: int | None
    price_of_haste: tuple[float | None, ...]
    details: dict[str, Any]
    notes: tuple[str, ...] = ()


def matching(name: str, values: Numbers, q: OffersQuestion) -> None:
    """Raises ModelError where a field has not one number a party."""
    if len(values) != len(q.parties):
        raise ModelError(f"{name} has {len(values)} numbers for {len(q.parties)} parties; give one for each")
