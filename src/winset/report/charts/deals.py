"""The deal space of a solved case as a chart, and which deal lies where in it."""

from dataclasses import dataclass

import numpy as np

from winset.domain.case import Case
from winset.models.bargaining.deals import Deals
from winset.models.bargaining.proposal import Proposal
from winset.report.blocks import Chart
from winset.report.charts.space import Frame, Window, deal_space

NAMES = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai–Smorodinsky",
    "egalitarian": "Egalitarian",
    "utilitarian": "Utilitarian",
}
SHOWN = 1_500  # outcomes drawn at most
PICKED = 500  # deals that can be picked in the picture at most: those of rules, of the frontier, then others
Choice = tuple[float, ...]
Placed = tuple[tuple[float, float], Choice]
"""What a deal is worth to the two parties of the picture, and the deal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A deal that can be picked in the picture: where on the drawing it lies, its terms, its worth to every party."""

    at: tuple[float, float]
    terms: dict[str, str]
    worth: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plot:
    """The chart and the deals in it; `zone` is the part of the plane that both prefer to no deal, None where empty."""

    chart: Chart
    frame: Frame
    picks: tuple[Pick, ...]
    zone: Window | None


def deals_chart(
    case: Case, deals: Deals, proposal: Proposal | None, axes: tuple[str, str], *, chosen_as: str = "looked at"
) -> Chart:
    """What the deals are worth to the two parties on the axes, with the deals that rules pick and the one looked at."""
    return deals_plot(case, deals, proposal, axes, chosen_as=chosen_as).chart


def deals_plot(
    case: Case, deals: Deals, proposal: Proposal | None, axes: tuple[str, str], *, chosen_as: str = "looked at",
    window: Window | None = None,
) -> Plot:  # fmt: skip
    """As `deals_chart`, of a part of the plane where a `window` is given, with the deals that can be picked there."""
    problem = deals.problem
    a, b = (problem.parties.index(id) for id in axes)

    def placed(choice: Choice) -> Placed:
        worth = problem.worth(choice)
        return (float(worth[a]), float(worth[b])), choice

    rules = {NAMES[name]: placed(one.choice) for name, one in deals.solutions.items()}
    edge = [
        ((float(v[a]), float(v[b])), choice) for v, choice in zip(deals.frontier, deals.frontier_choices, strict=False)
    ]
    others = _others(deals, a, b)
    reservation = (float(problem.reservation[a]), float(problem.reservation[b]))
    chosen = None if proposal is None else (float(proposal.utilities[a]), float(proposal.utilities[b]))
    points = [point for point, _ in others]
    frontier = [(float(v[a]), float(v[b])) for v in deals.frontier]
    chart = deal_space(
        (case.party(axes[0]).name, case.party(axes[1]).name), points, frontier, reservation,
        {name: point for name, (point, _) in rules.items()}, chosen,
        more_parties=len(problem.parties) > 2, chosen_as=chosen_as, window=window,
    )  # fmt: skip
    named = [point for point, _ in rules.values()]
    whole = Frame.of([*points, *frontier, reservation, *named, *([chosen] if chosen else [])])
    frame = Frame(*window) if window else whole
    picks: dict[tuple[float, float], Pick] = {}
    for point, choice in (*rules.values(), *edge, *others):
        if len(picks) < PICKED and frame.holds(point) and point not in picks:
            picks[point] = Pick(
                at=(round(frame.x(point[0]), 1), round(frame.y(point[1]), 1)),
                terms={name: str(value) for name, value in problem.outcome(choice).items()},
                worth=tuple(float(x) for x in problem.worth(choice)),
            )
    zone = ((reservation[0], whole.across[1]), (reservation[1], whole.up[1]))
    open_ = all(low < high for low, high in zone)
    return Plot(chart=chart, frame=frame, picks=tuple(picks.values()), zone=zone if open_ else None)


def _others(deals: Deals, a: int, b: int) -> list[Placed]:
    """Outcomes to draw: all of them where they were listed and are few, else an even choice."""
    problem = deals.problem
    if deals.listed is not None:
        u = deals.listed.utilities[[a, b]] * deals.listed.unit
        rows = np.arange(u.shape[1]) if deals.listed.allowed is None else np.flatnonzero(deals.listed.allowed)
        worths, first = np.unique(u[:, rows], axis=1, return_index=True)
        step = max(1, -(-len(first) // SHOWN))
        return [
            ((float(x), float(y)), problem.choice(int(rows[at])))
            for (x, y), at in zip(worths.T[::step], first[::step], strict=True)
        ]
    rng = np.random.default_rng(0)
    found: list[Placed] = []
    for _ in range(SHOWN // 2):
        choice = tuple(
            float(rng.uniform(i.low, i.high)) if i.kind == "continuous" else float(rng.integers(len(i.values)))
            for i in problem.issues
        )
        worth = problem.worth(choice)
        found.append(((float(worth[a]), float(worth[b])), choice))
    return found
