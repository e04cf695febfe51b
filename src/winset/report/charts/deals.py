"""The deal space of a solved case as a chart."""

import numpy as np

from winset.domain.case import Case
from winset.models.bargaining.deals import Deals
from winset.models.bargaining.proposal import Proposal
from winset.report.blocks import Chart
from winset.report.charts.space import deal_space

NAMES = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai–Smorodinsky",
    "egalitarian": "Egalitarian",
    "utilitarian": "Utilitarian",
}
SHOWN = 1_500  # outcomes drawn at most


def deals_chart(
    case: Case, deals: Deals, proposal: Proposal | None, axes: tuple[str, str], *, chosen_as: str = "looked at"
) -> Chart:
    """What the deals are worth to the two parties on the axes, with the deals that rules pick and the one looked at."""
    problem = deals.problem
    a, b = (problem.parties.index(id) for id in axes)
    named = {
        NAMES[name]: (float(one.utilities[a]), float(one.utilities[b])) for name, one in deals.solutions.items()
    }  # fmt: skip
    return deal_space(
        (case.party(axes[0]).name, case.party(axes[1]).name),
        _points(deals, a, b),
        [(float(v[a]), float(v[b])) for v in deals.frontier],
        (float(problem.reservation[a]), float(problem.reservation[b])),
        named,
        None if proposal is None else (float(proposal.utilities[a]), float(proposal.utilities[b])),
        more_parties=len(problem.parties) > 2,
        chosen_as=chosen_as,
    )


def _points(deals: Deals, a: int, b: int) -> list[tuple[float, float]]:
    """Outcomes to draw: all of them where they were listed and are few, else an even choice."""
    if deals.listed is not None:
        u = deals.listed.utilities[[a, b]] * deals.listed.unit
        if deals.listed.allowed is not None:
            u = u[:, deals.listed.allowed]
        rows = np.unique(u, axis=1).T
        return [(float(x), float(y)) for x, y in rows[:: max(1, -(-len(rows) // SHOWN))]]
    rng = np.random.default_rng(0)
    found = []
    for _ in range(SHOWN // 2):
        choice = tuple(
            float(rng.uniform(i.low, i.high)) if i.kind == "continuous" else float(rng.integers(len(i.values)))
            for i in deals.problem.issues
        )
        worth = deals.problem.worth(choice)
        found.append((worth[a], worth[b]))
    return found
