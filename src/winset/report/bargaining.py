"""What the bargaining solutions say, as JSON values and in words."""

from typing import Any

from winset.errors import NoBargainingZone
from winset.models.bargaining.deals import Deals, Solution
from winset.models.bargaining.lotteries import hull_solutions
from winset.models.bargaining.next_best import next_best
from winset.models.bargaining.opposition import opposition
from winset.models.bargaining.problem import Problem, Value
from winset.models.bargaining.proposal import Proposal

NAMES = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")


def as_json(deals: Deals, proposal: Proposal | None = None) -> dict[str, Any]:
    """The value that `winset solve bargaining --json` prints; `proposal` is a deal looked at closely."""
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
        "next_best": _deal(problem, next_best(deals)),
        "lotteries": _lotteries(deals),
        "opposition": opposition(deals),
        "no_zone": deals.no_zone,
        "proposal": None if proposal is None else _proposal(problem, proposal),
        "certificate": deals.certificate,
    }


def _deal(problem: Problem, choice: tuple[float, ...] | None) -> dict[str, Any] | None:
    return None if choice is None else {"outcome": problem.outcome(choice), "utilities": problem.worth(choice)}


def _proposal(problem: Problem, proposal: Proposal) -> dict[str, Any]:
    return {
        "outcome": problem.outcome(proposal.choice),
        "utilities": list(proposal.utilities),
        "refused_by": list(proposal.refused_by),
        "distances": proposal.distances,
        "improvement": _deal(problem, proposal.improvement),
        "answers": [
            {"by": party, "deal": _deal(problem, choice)}
            for party, choice in zip(problem.parties, proposal.answers, strict=True)
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


def _proposal_lines(result: dict[str, Any]) -> list[str]:
    """The proposal in words: how far off, and who would give what for what."""
    found, parties = result["proposal"], result["parties"]
    worth = ", ".join(f"{p} {u:.4g}" for p, u in zip(parties, found["utilities"], strict=True))
    lines = [f"Looked at: {_terms(found['outcome'])}  ({worth})"]
    if found["refused_by"]:
        lines.append(f"  worth less than no deal to {', '.join(found['refused_by'])}")
    if found["improvement"] is None:
        lines.append("  no known deal is better for one without loss to another")
    else:
        lines.append(f"  better for all: {_terms(found['improvement']['outcome'])}")
    for trade in found["trades"][:5]:
        said = []
        for party, gain in zip(parties, trade["gains"], strict=True):
            gives, gets = (", ".join(trade[side][party]) for side in ("gives", "gets"))
            terms = " and ".join(
                part for part in (f"gives on {gives}" if gives else "", f"gets {gets}" if gets else "") if part
            )
            said.append(f"{party} {terms or 'is not touched'} (+{gain:.4g})")
        moved = ", ".join(f"{c['issue']}: {c['from']} -> {c['to']}" for c in trade["changes"])
        lines.append(f"  trade {moved}: {'; '.join(said)}")
    return lines


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
    if result["proposal"] is not None:
        lines += _proposal_lines(result)
    for note in result.get("assumptions", []):
        lines.append(f"  assumed: {note['text']}")
    return "\n".join(lines)


def _terms(outcome: dict[str, Value]) -> str:
    return ", ".join(f"{issue}: {value}" for issue, value in outcome.items())
