"""One call from a problem to its checked answer."""

from dataclasses import replace

from winset.errors import TooLarge
from winset.models.bargaining import summed, zone_count
from winset.models.bargaining.certificate import certificate
from winset.models.bargaining.deals import Deals, solve_listed
from winset.models.bargaining.empty_zone import empty_zone
from winset.models.bargaining.outcomes import MOST
from winset.models.bargaining.problem import Problem
from winset.models.bargaining.zone_count import Counted

_CHECK = 10.0  # seconds for the second routine


def solve(problem: Problem, *, seed: int | None = None) -> Deals:
    """Deals of a problem, with what would open an empty zone and a certificate. `seed` is not used: nothing is drawn."""
    if problem.continuous or len(problem.parties) * problem.size > MOST:
        return _without_listing(problem)
    deals = solve_listed(problem)
    if deals.listed is not None and not deals.zone:
        deals = replace(deals, no_zone=empty_zone(problem, deals.listed))
    return replace(deals, certificate=certificate(deals))


def _without_listing(problem: Problem) -> Deals:
    from winset.models.bargaining.unlisted import solve_unlisted  # scipy.optimize loads slowly

    if problem.continuous:
        return _counted(solve_unlisted(problem))
    try:
        deals = summed.solve_summed(problem)
    except TooLarge:
        return _counted(solve_unlisted(problem))
    other = solve_unlisted(problem, seconds=_CHECK, bounds_only=True)
    return _counted(summed.certified(replace(deals, no_zone=other.no_zone), other))


def _counted(deals: Deals) -> Deals:
    """With the number of outcomes, and of those in the zone, where they can be counted without listing them, or bounds."""
    problem = deals.problem
    if problem.continuous or (deals.zone is not None and deals.outcomes is not None):
        return deals
    told = dict(deals.certificate)
    least, most = zone_count.count_allowed(problem)
    counted = (
        zone_count.count_zone(problem) if deals.zone is None else Counted(low=deals.zone, high=deals.zone, unit=())
    )
    there = bool(deals.solutions)
    low = max(counted.low, int(there))
    told["zone_between"] = [low, counted.high]
    told["zone"] = counted.high > 0 if there else counted.low == 0
    told["holds"] = told["holds"] and told["zone"]
    if least < most:
        told["outcomes_between"] = [least, most]
    uncounted = [
        *(["outcomes"] if least < most else []),
        *(["outcomes of the zone"] if low < counted.high else []),
        *(["outcomes of the frontier and ties"] if deals.frontier_outcomes is None else []),
    ]
    if uncounted:
        told["not_counted"] = (
            f"{', '.join(uncounted)} are not counted: there are {problem.size:,} combinations, too many to list"
        )
    else:
        told.pop("not_counted", None)
    no_zone = deals.no_zone
    if no_zone is not None and counted.high == 0:
        no_zone = no_zone | {"proven": True}  # by counting, where the programme's time was out
    return replace(
        deals,
        no_zone=no_zone,
        outcomes=least if least == most else None,
        zone=low if low == counted.high else None,
        certificate=told,
    )
