"""One call from a problem to its checked answer."""

from dataclasses import replace

from winset.errors import TooLarge
from winset.models.bargaining import additive, zone_count
from winset.models.bargaining.certificate import certificate
from winset.models.bargaining.deals import Deals, solve_listed
from winset.models.bargaining.empty_zone import empty_zone
from winset.models.bargaining.outcomes import MOST
from winset.models.bargaining.problem import Problem

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

    if not additive.fits(problem):
        return _counted(solve_unlisted(problem))
    try:
        deals = additive.solve_additive(problem)
    except TooLarge:
        return _counted(solve_unlisted(problem))
    other = solve_unlisted(problem, seconds=_CHECK, frontier=False)
    return _counted(additive.certified(replace(deals, no_zone=other.no_zone), other))


def _counted(deals: Deals) -> Deals:
    """With the number of outcomes of the zone where it can be counted without listing them, or bounds for it."""
    if deals.zone is not None or not zone_count.fits(deals.problem):
        return deals
    counted = zone_count.count_zone(deals.problem)
    if counted is None:
        return deals
    told = dict(deals.certificate)
    there = bool(deals.solutions)
    told["zone_between"] = [counted.low, counted.high]
    told["zone"] = counted.high > 0 if there else counted.low == 0
    told["holds"] = told["holds"] and told["zone"]
    if counted.low < counted.high:
        return replace(deals, certificate=told)
    if deals.frontier_outcomes is not None:
        del told["not_counted"]  # then everything is
    else:
        told["not_counted"] = (
            "outcomes of the frontier and ties are not counted: there are too many combinations to list"
        )
    return replace(deals, zone=counted.low, certificate=told)
