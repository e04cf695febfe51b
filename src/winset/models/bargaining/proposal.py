"""One deal looked at closely: how far from the best, what trades would improve it, what to answer to it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from winset.errors import ModelError
from winset.models.bargaining.counters import counters
from winset.models.bargaining.deals import Deals
from winset.models.bargaining.problem import Array, Issue, Problem, Value
from winset.models.bargaining.trades import Choice, Trade, trades

_LEAST = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Proposal:
    """utilities    of the deal
    refused_by   parties to which it is worth less than no deal
    distances    straight distance to the nearest frontier deal and to each solution, where a party's range over the
                 frontier counts 1
    improvement  the frontier deal that is no worse for anybody with the largest product of gains; None on the frontier
    improvements what could follow once the proposal is signed: (for whom, deal), none worse for anybody: the improvement
                 for all (None), then for each party the one best for it
    answers      for each party, the frontier deal that keeps what the proposal gives it and gives the others most
    counters     for each party, deals worth as much to it and more to others, as `counters` finds them
    trades       best first: largest smallest relative gain, then largest sum of relative gains
    """

    choice: Choice
    utilities: tuple[float, ...]
    refused_by: tuple[str, ...]
    distances: dict[str, float]
    improvement: Choice | None
    improvements: tuple[tuple[str | None, Choice], ...]
    answers: tuple[Choice | None, ...]
    counters: tuple[tuple[Choice, ...], ...]
    trades: tuple[Trade, ...]


def choice_of(problem: Problem, terms: Mapping[str, object]) -> Choice:
    """A deal given as {issue: value}; numbers may be given as text. Raises ModelError naming issue, value and way out."""
    unknown = next((name for name in terms if name not in {issue.name for issue in problem.issues}), None)
    if unknown is not None:
        raise ModelError(f"no issue {unknown!r}; there are {', '.join(issue.name for issue in problem.issues)}")
    found: list[float] = []
    for issue in problem.issues:
        if issue.name not in terms:
            raise ModelError(f"the deal says nothing on {issue.name!r}; give every issue a value")
        if issue.kind != "continuous":
            found.append(place_of(issue, terms[issue.name]))
            continue
        point = _number(terms[issue.name])
        if point is None or not issue.low <= point <= issue.high:
            raise ModelError(f"{issue.name}: {terms[issue.name]!r} is no number from {issue.low:g} to {issue.high:g}")
        found.append(point)
    return tuple(found)


def place_of(issue: Issue, given: object) -> int:
    """The place of a value among the options of an issue. Raises ModelError naming those there are."""
    if issue.kind == "continuous":
        raise ModelError(f"{issue.name}: a continuous issue has no options")
    place = next((k for k, value in enumerate(issue.values) if _same(value, given)), None)
    if place is None:
        shown = ", ".join(str(value) for value in issue.values[:12])
        raise ModelError(f"{issue.name}: no option {given!r}; there are {shown}")
    return place


def look_at(deals: Deals, choice: Choice) -> Proposal:
    """The deal `choice` beside the solved problem `deals`."""
    problem = deals.problem
    here = np.array(problem.worth(choice))
    scale = _scale(deals.frontier)
    away = np.sqrt((((deals.frontier - here) / scale) ** 2).sum(axis=1))
    distances = {"frontier": float(away.min())}
    for name, solution in deals.solutions.items():
        distances[name] = float(np.sqrt((((np.array(solution.utilities) - here) / scale) ** 2).sum()))
    whole = deals.frontier_outcomes is not None or deals.certificate.get("frontier_complete") is True
    if whole and deals.frontier_choices:
        improvements, answers = _among(deals, here, scale)
    else:
        improvements, answers = _searched(problem, choice, here, scale)
        if not improvements:
            distances["frontier"] = 0.0
    return Proposal(
        choice=choice,
        utilities=tuple(float(x) for x in here),
        refused_by=tuple(
            party
            for party, x, least in zip(problem.parties, here, problem.reservation, strict=True)
            if x < least - _LEAST
        ),
        distances=distances,
        improvement=improvements[0][1] if improvements else None,
        improvements=tuple(improvements),
        answers=tuple(answers),
        counters=counters(deals, here, scale),
        trades=trades(problem, choice, scale),
    )


def _among(deals: Deals, here: Array, scale: Array) -> tuple[list[tuple[str | None, Choice]], list[Choice | None]]:
    """Improvements and answers among the deals of a frontier that is known whole."""
    parties = deals.problem.parties
    improvements: list[tuple[str | None, Choice]] = []
    answers: list[Choice | None] = [None] * len(here)
    over = (deals.frontier - here) / scale
    better = np.flatnonzero((over >= -_LEAST).all(axis=1) & (over > _LEAST).any(axis=1))
    if better.size:
        most = better[np.lexsort((over[better].sum(axis=1), np.maximum(over[better], 0.0).prod(axis=1)))[-1]]
        improvements.append((None, deals.frontier_choices[int(most)]))
        for i, party in enumerate(parties):
            top = better[np.lexsort((over[better].sum(axis=1), over[better, i]))[-1]]
            improvements.append((party, deals.frontier_choices[int(top)]))
    for i in range(len(here)):
        kept = np.flatnonzero(over[:, i] >= -_LEAST)
        others = np.delete(over[kept], i, axis=1)
        if kept.size and others.size:
            best = kept[np.lexsort((over[kept, i], others.sum(axis=1), others.min(axis=1)))[-1]]
            answers[i] = deals.frontier_choices[int(best)]
    return improvements, answers


def _searched(
    problem: Problem, choice: Choice, here: Array, scale: Array
) -> tuple[list[tuple[str | None, Choice]], list[Choice | None]]:
    """The same where the frontier is not known whole, each by a programme: sums of relative gains stand for products."""
    from winset.models.bargaining.unlisted import best_above  # scipy.optimize loads slowly

    n = len(here)
    improvements: list[tuple[str | None, Choice]] = []
    answers: list[Choice | None] = []
    anything = here - 1e6 * scale - np.abs(here)
    for party, weights in [(None, np.ones(n)), *zip(problem.parties, np.eye(n) + 1e-4, strict=True)]:
        found = best_above(problem, here, weights / scale)
        if found is None or not ((np.array(problem.worth(found)) - here) / scale > 1e-7).any():
            break  # where the sum cannot grow nobody can gain
        improvements.append((party, found))
    for i in range(n):
        least = anything.copy()
        least[i] = here[i]
        answers.append(best_above(problem, least, (1.0 - np.eye(n)[i] + 1e-6) / scale))
    return improvements, answers


def _scale(frontier: Array) -> Array:
    spread = frontier.max(axis=0) - frontier.min(axis=0)
    size = np.maximum(np.abs(frontier).max(axis=0), 1e-9)
    return np.asarray(np.where(spread > 1e-9 * size, spread, size))


def _number(given: object) -> float | None:
    try:
        return float(str(given))
    except ValueError:
        return None


def _same(value: Value, given: object) -> bool:
    if str(value) == str(given):
        return True
    return not isinstance(value, str) and _number(given) == float(value)
