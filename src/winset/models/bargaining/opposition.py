"""How opposed the parties of a problem are."""

import numpy as np

from winset.models.bargaining.deals import Deals


def opposition(deals: Deals) -> float | None:
    """The smallest distance of a deal from everybody's best, where a party's best deal is 1 and nothing is 0.

    0 where one deal is best for all, up to the root of the number of parties; None where a party's best is worth 0 or
    less, or the whole frontier is not known. Source: Baarslag et al. 2013, Artificial Intelligence 198, section 4.
    """
    if deals.frontier_outcomes is None and not deals.certificate.get("frontier_complete"):
        return None
    best = deals.frontier.max(axis=0)
    if not (best > 0).all():
        return None
    return float(np.sqrt(((1.0 - deals.frontier / best) ** 2).sum(axis=1)).min())
