"""What the bargaining solutions say, as JSON values."""

from typing import TYPE_CHECKING, Any

from winset.errors import NoBargainingZone
from winset.models.bargaining.deals import Deals, Solution
from winset.models.bargaining.lotteries import Mixed, hull_solutions
from winset.models.bargaining.next_best import next_best
from winset.models.bargaining.opposition import opposition
from winset.models.bargaining.problem import Problem
from winset.models.bargaining.proposal import Proposal
from winset.models.bargaining.steps import Steps
from winset.models.bargaining.worth_a_look import worth_a_look

if TYPE_CHECKING:
    from winset.models.bargaining.lotteries_of_many import MixedOfMany

NAMES = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")


def as_json(
    deals: Deals, proposal: Proposal | None = None, steps: Steps | None = None, *, lots: bool = True
) -> dict[str, Any]:
    """The value that `winset solve bargaining --json` prints; `proposal` is a deal looked at, `steps` one in steps.

    lots  with `lotteries`, which for three parties and more take a second to load
    """
    problem = deals.problem
    return {
        "method": "bargaining",
        "version": "1",
        "parties": list(problem.parties),
        "issues": [issue.name for issue in problem.issues],
        "forbidden": [
            {problem.issues[i].name: [problem.issues[i].values[place] for place in places] for i, places in one.items()}
            for one in problem.forbidden
        ],
        "outcomes": deals.outcomes,
        "reservation": [float(r) for r in problem.reservation],
        "zone": deals.zone,
        "frontier": {
            "size": len(deals.frontier)
            if deals.frontier_outcomes or deals.certificate.get("frontier_complete")
            else None,
            "outcomes": deals.frontier_outcomes,
            "utilities": [[float(x) for x in vector] for vector in deals.frontier],
        },
        "solutions": {name: _solution(problem, deals.solutions[name]) for name in NAMES} if deals.solutions else None,
        "next_best": _deal(problem, next_best(deals)),
        **({"lotteries": lotteries(deals)} if lots else {}),
        "opposition": opposition(deals),
        "no_zone": deals.no_zone,
        "worth_a_look": [
            {
                "outcome": problem.outcome(one.choice),
                "utilities": problem.worth(one.choice),
                "why": [{"kind": kind, "party": party} for kind, party in one.why],
            }
            for one in worth_a_look(deals, proposal)
        ],
        "steps": None if steps is None else _steps(problem, steps),
        "proposal": None if proposal is None else _proposal(problem, proposal),
        "certificate": deals.certificate,
    }


def _deal(problem: Problem, choice: tuple[float, ...] | None) -> dict[str, Any] | None:
    return None if choice is None else {"outcome": problem.outcome(choice), "utilities": problem.worth(choice)}


def _proposal(problem: Problem, proposal: Proposal) -> dict[str, Any]:
    return {
        "outcome": problem.outcome(proposal.choice),
        "utilities": list(proposal.utilities),
        "possible": problem.allows(proposal.choice),
        "refused_by": list(proposal.refused_by),
        "distances": proposal.distances,
        "improvement": _deal(problem, proposal.improvement),
        "improvements": [{"for": party, "deal": _deal(problem, choice)} for party, choice in proposal.improvements],
        "answers": [
            {"by": party, "deal": _deal(problem, choice)}
            for party, choice in zip(problem.parties, proposal.answers, strict=True)
        ],
        "counter_offers": [
            {"by": party, "deals": [_deal(problem, choice) for choice in choices]}
            for party, choices in zip(problem.parties, proposal.counters, strict=True)
        ],
        "trades": [
            {
                "changes": [{"issue": name, "from": before, "to": after} for name, before, after in trade.changes],
                "gains": list(trade.gains),
                "gives": {p: list(names) for p, names in zip(problem.parties, trade.gives, strict=True)},
                "gets": {p: list(names) for p, names in zip(problem.parties, trade.gets, strict=True)},
                "outcome": problem.outcome(trade.choice),
            }
            for trade in proposal.trades
        ],
    }


def lotteries(deals: Deals) -> dict[str, Any] | None:
    """Solutions where the parties may draw lots between deals, where the whole frontier is known."""
    problem, n = deals.problem, len(deals.problem.parties)
    whole = deals.frontier_outcomes is not None or deals.certificate.get("frontier_complete") is True
    if n < 2 or not whole or not deals.frontier_choices:
        return None
    found: dict[str, Mixed | MixedOfMany | None]
    try:
        if n == 2:
            two = hull_solutions(deals.frontier, problem.reservation, power=problem.power)
            found = {
                "nash": two.nash, "kalai_smorodinsky": two.kalai_smorodinsky, "egalitarian": two.egalitarian,
                "raiffa": two.raiffa,
            }  # fmt: skip
        else:
            from winset.models.bargaining.lotteries_of_many import hull_of_many  # scipy.optimize loads slowly

            many = hull_of_many(deals.frontier, problem.reservation, power=problem.power)
            found = {
                "nash": many.nash, "kalai_smorodinsky": many.kalai_smorodinsky, "egalitarian": many.egalitarian,
                "raiffa": None,
            }  # fmt: skip
    except NoBargainingZone:
        return None
    return {
        name: None if mixed is None else {
            "utilities": list(mixed.utilities),
            "mix": [{"outcome": problem.outcome(deals.frontier_choices[row]), "share": p} for row, p in mixed.mix],
        } for name, mixed in found.items()
    }  # fmt: skip


def _solution(problem: Problem, solution: Solution) -> dict[str, Any]:
    return {
        "outcome": problem.outcome(solution.choice),
        "utilities": list(solution.utilities),
        "ties": solution.ties,
        "tied": [problem.outcome(choice) for choice in solution.tied],
    }


def _steps(problem: Problem, steps: Steps) -> dict[str, Any]:
    return {
        "steps": [list(step) for step in steps.steps],
        "worth_if_stopped": [list(worth) for worth in steps.worth],
        "worth_ahead": [list(worth) for worth in steps.ahead],
        "stops": [list(parties) for parties in steps.stops],
        "first_stop": {party: steps.first_stop(i) for i, party in enumerate(problem.parties)},
        "ends_after": steps.ends_after,
        "carried_through": steps.carried_through,
        "conditions": list(steps.chances),
        "least_conditions": list(steps.least_chances),
        "order_that_holds": None if steps.holding is None else [list(step) for step in steps.holding],
    }
