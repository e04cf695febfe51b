"""What the bargaining solutions say, as JSON values and in words."""

from typing import Any

from winset.errors import NoBargainingZone
from winset.models.bargaining.deals import Deals, Solution
from winset.models.bargaining.lotteries import hull_solutions
from winset.models.bargaining.opposition import opposition
from winset.models.bargaining.problem import Problem, Value

NAMES = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")


def as_json(deals: Deals) -> dict[str, Any]:
    """The value that `winset solve bargaining --json` prints."""
    problem = deals.problem
    return {
        "method": "bargaining",
        "version": "1",
        "parties": list(problem.parties),
        "issues": [issue.name for issue in problem.issues],
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
        "lotteries": _lotteries(deals),
        "opposition": opposition(deals),
        "no_zone": deals.no_zone,
        "certificate": deals.certificate,
    }


def _lotteries(deals: Deals) -> dict[str, Any] | None:
    """Solutions where the parties may draw lots between deals; for two parties whose whole frontier is known."""
    if len(deals.problem.parties) != 2 or not deals.frontier_choices:
        return None
    try:
        found = hull_solutions(deals.frontier, deals.problem.reservation, power=deals.problem.power)
    except NoBargainingZone:
        return None
    return {
        name: {
            "utilities": list(mixed.utilities),
            "mix": [
                {"outcome": deals.problem.outcome(deals.frontier_choices[row]), "share": share}
                for row, share in mixed.mix
            ],
        }
        for name, mixed in (
            ("nash", found.nash),
            ("kalai_smorodinsky", found.kalai_smorodinsky),
            ("egalitarian", found.egalitarian),
            ("raiffa", found.raiffa),
        )
    }  # fmt: skip


def _solution(problem: Problem, solution: Solution) -> dict[str, Any]:
    return {
        "outcome": problem.outcome(solution.choice),
        "utilities": list(solution.utilities),
        "ties": solution.ties,
        "tied": [problem.outcome(choice) for choice in solution.tied],
    }


def as_text(result: dict[str, Any]) -> str:
    """The same for a person at a terminal."""
    lines = [f"Parties: {', '.join(result['parties'])}.  Issues: {', '.join(result['issues'])}."]
    if result["zone"] is not None:
        frontier = result["frontier"]
        lines.append(
            f"{result['outcomes']:,} possible deals; {result['zone']:,} are worth no less than no deal to everybody; "
            f"{frontier['outcomes']:,} cannot be improved for one without loss to another."
        )
    if result["solutions"] is None:
        lines.append("There is no deal that everybody prefers to no deal.")
        for near in result["no_zone"]["nearest"][:3]:
            short = [
                f"{p} short by {s:.4g}" for p, s in zip(result["parties"], near["shortfall"], strict=True) if s > 0
            ]
            lines.append(f"  nearest: {_terms(near['outcome'])} ({', '.join(short)})")
    else:
        for name in NAMES:
            one = result["solutions"][name]
            worth = ", ".join(f"{p} {u:.4g}" for p, u in zip(result["parties"], one["utilities"], strict=True))
            ties = f"; {one['ties']} deals tie" if (one["ties"] or 1) > 1 else ""
            lines.append(f"  {name.replace('_', '-').title():<20} {_terms(one['outcome'])}  ({worth}{ties})")
    for note in result.get("assumptions", []):
        lines.append(f"  assumed: {note['text']}")
    return "\n".join(lines)


def _terms(outcome: dict[str, Value]) -> str:
    return ", ".join(f"{issue}: {value}" for issue, value in outcome.items())
