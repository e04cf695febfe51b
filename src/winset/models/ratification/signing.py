"""What changes if somebody else signs for a party: one of those who must consent at home, or a party without a signature."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from winset.models.ratification.problem import RatificationInputs, chances, gains_of, settled, utility

Floats = NDArray[np.float64]
Who = Literal["ratifier", "outsider", "nobody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """The deal if `by` signed in the place of the party `of` (None: nobody did, and the deal needs one signature less).

    who          what `by` is; a ratifier signs with its own position, salience and reservation utility
    agreement    None where the new signers gain from no deal that passes
    probability  that it is ratified; the ratifiers of a party that no longer signs are not asked
    gains        over no deal, of everybody who signs now and of a party that would sign then
    """

    of: str
    by: str | None
    who: Who
    agreement: tuple[float, ...] | None
    probability: float | None
    gains: dict[str, float] | None


def signings(x: RatificationInputs, *, draws: int, rng: np.random.Generator) -> tuple[Signing, ...]:
    """Every party at the table replaced by each of its ratifiers, by each outsider, and, of three or more, by nobody."""
    found = []
    for i, party in enumerate(x.parties):
        for r in (r for r, home in enumerate(x.home) if home == party):
            signs = _signer(x, i, x.likely[r], x.weight[r], _no_deal(x, r))
            found.append(_asked(x, signs, party, x.ratifiers[r], "ratifier", draws, rng))
        left = x.outsiders
        for o, name in enumerate(left.parties if left is not None else ()):
            assert left is not None
            signs = _signer(_unasked(x, party), i, left.position[o], left.salience[o], float(left.reserve[o]))
            found.append(_asked(x, signs, party, name, "outsider", draws, rng))
        if len(x.parties) > 2:
            kept = [k for k in range(len(x.parties)) if k != i]
            signs = replace(_unasked(x, party), parties=tuple(x.parties[k] for k in kept), position=x.position[kept],
                            salience=x.salience[kept], reserve=x.reserve[kept])  # fmt: skip
            found.append(_asked(x, signs, party, None, "nobody", draws, rng))
    return tuple(found)


def _signer(x: RatificationInputs, i: int, position: Floats, salience: Floats, reserve: float) -> RatificationInputs:
    there, cares, least = x.position.copy(), x.salience.copy(), x.reserve.copy()
    there[i], cares[i], least[i] = position, salience, reserve
    return replace(x, position=there, salience=cares, reserve=least)


def _unasked(x: RatificationInputs, party: str) -> RatificationInputs:
    """Without the chambers in which only this party's ratifiers sit."""
    return replace(x, chambers=tuple(c for c in x.chambers if any(x.home[m] != party for m in c.members)))


def _no_deal(x: RatificationInputs, r: int) -> float:
    """What no deal is worth to a ratifier at its likely values."""
    if not x.from_quo[r]:
        return float(x.floor[r, 1])
    quo = np.where(np.isnan(x.quo), 0.0, x.quo)
    return float(utility(quo[None, :], x.likely[r : r + 1], x.weight[r : r + 1], x.span)[0, 0])


def _asked(
    x: RatificationInputs, then: RatificationInputs, of: str, by: str | None, who: Who, draws: int,
    rng: np.random.Generator,
) -> Signing:  # fmt: skip
    deal = settled(then)
    if deal is None:
        return Signing(of=of, by=by, who=who, agreement=None, probability=None, gains=None)
    gains = dict(zip(x.parties, gains_of(x, deal), strict=True))
    if who == "outsider" and by is not None:
        gains[by] = gains_of(then, deal)[then.parties.index(of)]
    passes = float(chances(then, deal[None, :], draws, rng)[0])
    return Signing(of=of, by=by, who=who, agreement=tuple(deal.tolist()), probability=passes, gains=gains)
