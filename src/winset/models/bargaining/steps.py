"""A deal carried out in steps: what each has if the others stop, and where each would stop itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from winset.errors import ModelError
from winset.models.bargaining.problem import Problem

_MOST_ORDERS = 6  # steps of which all orders are tried
_LEAST = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """steps         names of the issues settled in each step, in order
    worth         what each party has if everything stops after 0, 1, ... steps; the last is the whole deal
    stops         for each of these points but the last, the parties that would stop there
    ends_after    how many steps are carried out; all of them where nobody stops
    holding       an order of the same steps in which nobody stops; None where there is none or it was not looked for
    """

    steps: tuple[tuple[str, ...], ...]
    worth: tuple[tuple[float, ...], ...]
    stops: tuple[tuple[str, ...], ...]
    ends_after: int
    holding: tuple[tuple[str, ...], ...] | None

    @property
    def carried_through(self) -> bool:
        """Whether nobody stops."""
        return self.ends_after == len(self.steps)


def in_steps(
    problem: Problem,
    choice: Sequence[float],
    now: Sequence[float],
    steps: Sequence[Sequence[str]],
    walk_away: Mapping[tuple[str, int], float] | None = None,
) -> Steps:
    """Where a deal in steps would end.

    choice     the deal; now, where things stand before it; issues in no step come last, in a step of their own
    walk_away  (party, step): what the party has if it ends after that many steps, where that is known otherwise;
               without it, what is settled by then stays settled and the rest stays as it is now; before the first step
               it is the reservation value
    Found from the last step back: a party stops where it then has more than from what follows. Raises ModelError on a
    name that is no issue, or an issue in two steps.
    """
    names = [issue.name for issue in problem.issues]
    plan = [tuple(step) for step in steps]
    listed = [name for step in plan for name in step]
    for name in listed:
        if name not in names:
            raise ModelError(f"no issue {name!r} for a step; there are {', '.join(names)}")
        if listed.count(name) > 1:
            raise ModelError(f"the issue {name!r} is in two steps; leave it in one")
    left = tuple(name for name, a, b in zip(names, choice, now, strict=True) if name not in listed and a != b)
    plan = [step for step in plan if step] + ([left] if left else [])
    known = dict(walk_away or {})
    for party, step in known:
        if party not in problem.parties:
            raise ModelError(f"no party {party!r}; there are {', '.join(problem.parties)}")
        if not 0 <= step < len(plan):
            raise ModelError(f"{party}: no point after {step} steps; there are 0 to {len(plan) - 1}")
    found = _found(problem, choice, now, plan, known)
    if found.carried_through or known or len(plan) > _MOST_ORDERS:
        return found
    for order in permutations(plan):
        other = _found(problem, choice, now, list(order), {})
        if other.carried_through:
            return Steps(
                steps=found.steps,
                worth=found.worth,
                stops=found.stops,
                ends_after=found.ends_after,
                holding=other.steps,
            )
    return found


def _found(
    problem: Problem, choice: Sequence[float], now: Sequence[float], plan: Sequence[tuple[str, ...]],
    known: Mapping[tuple[str, int], float],
) -> Steps:  # fmt: skip
    at = {issue.name: k for k, issue in enumerate(problem.issues)}
    here = list(now)
    worth = [problem.reservation.tolist()]
    for step in plan:
        for name in step:
            here[at[name]] = choice[at[name]]
        worth.append(problem.worth(here))
    for (party, point), value in known.items():
        worth[point][problem.parties.index(party)] = value
    ahead, ends = worth[-1], len(plan)
    stops: list[tuple[str, ...]] = []
    for point in range(len(plan) - 1, -1, -1):
        gone = tuple(p for p, a, b in zip(problem.parties, worth[point], ahead, strict=True) if a > b + _LEAST)
        stops.append(gone)
        if gone:
            ahead, ends = worth[point], point
    return Steps(
        steps=tuple(plan), worth=tuple(tuple(w) for w in worth), stops=tuple(reversed(stops)), ends_after=ends,
        holding=None,
    )  # fmt: skip
