"""Who could be peeled away: what a party gets from the side it is tied to, and what a rival would have to offer.

Everything is a share of what a party has at stake in a round. A member gets its side's backing and lives with a policy
near the side; with a rival it gets the rival's offer and a policy near the rival. The price of a round away is
backing + distance to the rival - distance to the side. A single payment cannot buy a member whose price is above 0: it
takes the payment, is back next round, and the side, which lost by its absence, takes it back. Only payments that go on
for as long as it stays away hold it: the price every round, price / (1 - discount) in all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError

Floats = NDArray[np.float64]
SAME = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ties:
    """Arrays are (parties, parties) or (parties,), on 0..1. Raises ModelError on shapes and numbers that cannot be.

    gives     [a, b] what a gives b: backing, money, arms, a guarantee; 0 without a tie
    distance  [a, b] how far b's positions lie from a's, as a feels it; nan without a shared issue
    won       [b, a, c] how much nearer policy comes to c if b's weight goes from a's positions to c's, as c feels it
    lost      [b, a, c] how much farther it goes from a, as a feels it
    discount  what a round later is worth; nan where nobody said
    """

    parties: tuple[str, ...]
    gives: Floats
    distance: Floats
    won: Floats
    lost: Floats
    discount: Floats

    def __post_init__(self) -> None:
        n = len(self.parties)
        shapes = (self.gives.shape, self.distance.shape, self.won.shape, self.lost.shape, self.discount.shape)
        if shapes != ((n, n), (n, n), (n, n, n), (n, n, n), (n,)):
            raise ModelError(f"{n} parties and arrays of {shapes} do not fit together")
        if (self.gives < 0).any():
            raise ModelError("what a party gives is 0 or more")
        if ((self.discount < 0) | (self.discount >= 1)).any():
            at = int(np.flatnonzero((self.discount < 0) | (self.discount >= 1))[0])
            raise ModelError(f"the discount of {self.parties[at]} is {self.discount[at]:g}; it is 0 or more, below 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """What one rival would have to offer a member, every round."""

    rival: str
    policy: float  # what the member loses in policy by going over; below 0 it gains
    price: float  # the least offer a round, 0 where it would go for nothing
    gain: float  # what its coming is worth to the rival in policy, a share of the rival's own stakes
    costs_side: float  # what its going over costs the side in policy, a share of the side's stakes
    pays: bool  # whether the gain covers the price
    pockets: bool  # whether the member could take a single payment and return
    total: float | None  # the price over all rounds; None without a discount


@dataclass(frozen=True, slots=True, kw_only=True)
class Peel:
    """One member of one side: what holds it, what its leaving would cost the side, and every rival's bid."""

    member: str
    side: str
    backing: float
    loss: float  # what the member gives the side
    bids: tuple[Bid, ...]  # the cheapest first


def peeling(t: Ties) -> tuple[Peel, ...]:
    """One row for every party and everyone it is tied to by giving or getting, in the order of the parties.

    Rivals are all others with positions to compare. Sources: Riker 1962, The Theory of Political Coalitions, ch. 5;
    Snyder 1997, Alliance Politics, ch. 6; Crawford 2011, International Security 35(4), on wedge strategies.
    """
    n = len(t.parties)
    rows = []
    for b in range(n):
        for a in range(n):
            if a == b or not (t.gives[a, b] > 0 or t.gives[b, a] > 0):
                continue
            bids = []
            for c in range(n):
                if c in (a, b) or np.isnan(t.distance[b, c]) or np.isnan(t.distance[b, a]):
                    continue
                policy = float(t.distance[b, c] - t.distance[b, a])
                price = max(0.0, float(t.gives[a, b]) + policy)
                price = 0.0 if price <= SAME else price
                gain = float(t.won[b, a, c])
                later = float(t.discount[b])
                bids.append(Bid(
                    rival=t.parties[c], policy=policy, price=price, gain=gain, costs_side=float(t.lost[b, a, c]), pays=gain >= price - SAME,
                    pockets=price > 0, total=None if np.isnan(later) else price / (1 - later),
                ))  # fmt: skip
            order = sorted(range(len(bids)), key=lambda k: (round(bids[k].price, 9), -round(bids[k].gain, 9), k))
            rows.append(Peel(member=t.parties[b], side=t.parties[a], backing=float(t.gives[a, b]),
                             loss=float(t.gives[b, a]), bids=tuple(bids[k] for k in order)))  # fmt: skip
    return tuple(rows)
