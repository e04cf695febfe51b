"""One call from a problem to its checked answer."""

from dataclasses import replace

from winset.models.bargaining.certificate import certificate
from winset.models.bargaining.deals import Deals, solve_listed
from winset.models.bargaining.empty_zone import empty_zone
from winset.models.bargaining.outcomes import MOST
from winset.models.bargaining.problem import Problem


def solve(problem: Problem, *, seed: int | None = None) -> Deals:
    """Deals of a problem, with what would open an empty zone and a certificate. `seed` is not used: nothing is drawn."""
    if problem.continuous or len(problem.parties) * problem.size > MOST:
        from winset.models.bargaining.unlisted import solve_unlisted  # scipy.optimize loads slowly

        return solve_unlisted(problem)
    deals = solve_listed(problem)
    if deals.listed is not None and not deals.zone:
        deals = replace(deals, no_zone=empty_zone(problem, deals.listed))
    return replace(deals, certificate=certificate(deals))
