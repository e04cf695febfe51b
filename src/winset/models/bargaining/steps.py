"""A deal carried out in steps: what each has if the others stop, and where each would stop itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from winset.errors import ModelError
from winset.models.bargaining.problem import Problem

_MOST_ORDERS = 6  # steps of which all orders are tried
_LEAST = 1e-9
Plan = tuple[tuple[str, ...], ...]
Worths = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """steps         names of the issues settled in each step, in order
    worth         what each party has if everything stops after 0, 1, ... steps; the last is the whole deal
    ahead         what each may expect at each of these points if it goes on; at the last, what it has
    stops         for each of these points but the last, the parties that would stop there
    ends_after    how many steps are carried out, if their conditions are met; all of them where nobody stops
    chances       of each step, the chance that what it waits for comes about; 1 where it waits for nothing
    least_chances of each step with a condition, the least chance at which nobody would stop, the other chances being as
                  they are; None for the others and where no chance is enough
    holding       an order of the same steps in which nobody stops; None where there is none or it was not looked for
    """

    steps: Plan
    worth: Worths
    ahead: Worths
    stops: Plan
    ends_after: int
    chances: tuple[float, ...]
    least_chances: tuple[float | None, ...]
    holding: Plan | None

    @property
    def carried_through(self) -> bool:
        """Whether nobody stops."""
        return self.ends_after == len(self.steps)

    def first_stop(self, party: int) -> int | None:
        """After how many steps the party would first stop by itself; None where it never would."""
        worths = zip(self.worth[:-1], self.ahead[:-1], strict=True)
        return next((k for k, (have, next_) in enumerate(worths) if have[party] > next_[party] + _LEAST), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """walk_away  (party, step): what the party has if it ends after that many steps, where that is known otherwise
    conditions step, from 1: the chance that what it waits for from outside of the deal comes about, above 0, at most 1
    """

    walk_away: Mapping[tuple[str, int], float] = field(default_factory=dict)
    conditions: Mapping[int, float] = field(default_factory=dict)


NOTHING = Known()


def in_steps(
    problem: Problem, choice: Sequence[float], now: Sequence[float], steps: Sequence[Sequence[str]],
    known: Known = NOTHING,
) -> Steps:  # fmt: skip
    """Where a deal in steps would end.

    choice  the deal; now, where things stand before it; issues in no step come last, in a step of their own
    Without a walk-away value, what is settled by then stays settled and the rest stays as it is now; before the first
    step it is the reservation value. Where a step's condition is not met everything ends before it. Found from the last
    step back: a party stops where it then has more than it may expect from what follows. Raises ModelError on a name that
    is no issue, an issue in two steps, a point or a step that is none, or a forbidden combination on the way.
    """
    plan = _plan(problem, choice, now, steps)
    for party, step in known.walk_away:
        if party not in problem.parties:
            raise ModelError(f"no party {party!r}; there are {', '.join(problem.parties)}")
        if not 0 <= step < len(plan):
            raise ModelError(f"{party}: no point after {step} steps; there are 0 to {len(plan) - 1}")
    for step, chance in known.conditions.items():
        if not 1 <= step <= len(plan):
            raise ModelError(f"no step {step} to wait for something; there are 1 to {len(plan)}")
        if not 0 < chance <= 1:
            raise ModelError(f"step {step}: a chance of {chance:g}; chances are above 0, at most 1")
    chances = [known.conditions.get(step, 1.0) for step in range(1, len(plan) + 1)]
    worth = _worths(problem, choice, now, plan)
    for (party, point), value in known.walk_away.items():
        worth[point][problem.parties.index(party)] = value
    found = _from_the_end(problem, plan, worth, chances)
    found = replace(
        found,
        least_chances=tuple(
            _least_chance(worth, chances, step - 1) if step in known.conditions else None
            for step in range(1, len(plan) + 1)
        ),
    )
    if found.carried_through or known.walk_away or len(plan) > _MOST_ORDERS:
        return found
    chance_of = dict(zip(plan, chances, strict=True))
    for order in permutations(plan):
        try:
            there = _worths(problem, choice, now, order)
        except ModelError:  # a combination on the way is forbidden
            continue
        if _from_the_end(problem, order, there, [chance_of[step] for step in order]).carried_through:
            return replace(found, holding=order)
    return found


def _plan(problem: Problem, choice: Sequence[float], now: Sequence[float], steps: Sequence[Sequence[str]]) -> Plan:
    names = [issue.name for issue in problem.issues]
    listed = [name for step in steps for name in step]
    for name in listed:
        if name not in names:
            raise ModelError(f"no issue {name!r} for a step; there are {', '.join(names)}")
        if listed.count(name) > 1:
            raise ModelError(f"the issue {name!r} is in two steps; leave it in one")
    left = tuple(name for name, a, b in zip(names, choice, now, strict=True) if name not in listed and a != b)
    return tuple(tuple(step) for step in (*steps, left) if step)


def _worths(problem: Problem, choice: Sequence[float], now: Sequence[float], plan: Plan) -> list[list[float]]:
    """What each has after 0, 1, ... steps."""
    at = {issue.name: k for k, issue in enumerate(problem.issues)}
    here = list(now)
    worth = [problem.reservation.tolist()]
    for step in plan:
        for name in step:
            here[at[name]] = choice[at[name]]
        if not problem.allows(here):
            raise ModelError(
                f"after the step {', '.join(step)} stands a forbidden combination; settle more in that step"
            )
        worth.append(problem.worth(here))
    return worth


def _from_the_end(problem: Problem, plan: Plan, worth: Sequence[Sequence[float]], chances: Sequence[float]) -> Steps:
    ahead, ends = list(worth[-1]), len(plan)
    expected, stops = [tuple(ahead)], list[tuple[str, ...]]()
    for point in range(len(plan) - 1, -1, -1):
        chance, have = chances[point], worth[point]
        ahead = [chance * a + (1 - chance) * b for a, b in zip(ahead, have, strict=True)]
        expected.append(tuple(ahead))
        gone = tuple(p for p, a, b in zip(problem.parties, have, ahead, strict=True) if a > b + _LEAST)
        stops.append(gone)
        if gone:
            ahead, ends = list(have), point
    return Steps(
        steps=plan, worth=tuple(tuple(w) for w in worth), ahead=tuple(reversed(expected)), stops=tuple(reversed(stops)),
        ends_after=ends, chances=tuple(chances), least_chances=(None,) * len(plan), holding=None,
    )  # fmt: skip


def _least_chance(worth: Sequence[Sequence[float]], chances: Sequence[float], step: int) -> float | None:
    """The least chance of that step at which nobody stops: what each may expect at each point, were all carried
    through, is a straight line in it."""

    def ahead(chance: float) -> list[list[float]]:
        value, found = list(worth[-1]), []
        for point in range(len(chances) - 1, -1, -1):
            own = chance if point == step else chances[point]
            value = [own * a + (1 - own) * b for a, b in zip(value, worth[point], strict=True)]
            found.append(value)
        return found[::-1]

    least = 0.0
    for have, never, always in zip(worth, ahead(0.0), ahead(1.0), strict=False):
        for x, low, high in zip(have, never, always, strict=True):
            if high < x - _LEAST:
                return None
            if low < x - _LEAST:
                least = max(least, (x - low) / (high - low))
    return least
