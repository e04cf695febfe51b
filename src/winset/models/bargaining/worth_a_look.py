"""A handful of deals worth looking at, each for a reason."""

from dataclasses import dataclass

import numpy as np

from winset.models.bargaining.deals import Deals
from winset.models.bargaining.next_best import next_best
from winset.models.bargaining.proposal import Proposal, choice_of
from winset.models.bargaining.trades import Choice

MOST = 10
_LEAST = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """A deal and why: (kind, party or None), the weightiest first.

    nash, kalai_smorodinsky, egalitarian, utilitarian, next_best
    better, trade                what would improve the proposal for all
    answer (party)               keeps what the proposal gives the party and gives the others most
    best_for (party)             its best that nobody refuses
    between                      on the frontier and unlike the others here
    nearest, concession, side_payment, linkage, one_reservation (party)
                                 what comes nearest, or is opened by least, where there is no zone
    """

    choice: Choice
    why: tuple[tuple[str, str | None], ...]


def worth_a_look(deals: Deals, proposal: Proposal | None = None) -> tuple[Worth, ...]:
    """At most ten deals: what the solutions pick, what a proposal leads to, each party's best, and others far from those."""
    found: dict[Choice, list[tuple[str, str | None]]] = {}

    def add(choice: Choice | None, kind: str, party: str | None = None) -> None:
        if choice is not None and (choice in found or len(found) < MOST):
            found.setdefault(choice, []).append((kind, party))

    problem = deals.problem
    for name in ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian"):
        if name in deals.solutions:
            add(deals.solutions[name].choice, name)
    if deals.no_zone is not None:
        _without_a_zone(deals, add)
    if proposal is not None:
        add(proposal.improvement, "better")
        if proposal.trades:
            add(proposal.trades[0].choice, "trade")
        for party, answer in zip(problem.parties, proposal.answers, strict=True):
            add(answer, "answer", party)
    inside = np.flatnonzero((deals.frontier >= problem.reservation - _LEAST).all(axis=1))
    if not (inside.size and deals.frontier_choices):
        return tuple(Worth(choice=choice, why=tuple(why)) for choice, why in found.items())
    u = deals.frontier[inside]
    for i, party in enumerate(problem.parties):
        add(deals.frontier_choices[int(inside[np.lexsort((u.sum(axis=1), u[:, i]))[-1]])], "best_for", party)
    add(next_best(deals), "next_best")
    spread = np.where(np.ptp(u, axis=0) > 0, np.ptp(u, axis=0), 1.0)
    here = u / spread
    taken = [np.array(problem.worth(choice)) / spread for choice in found]
    while len(found) < MOST:
        away = np.min([((here - t) ** 2).sum(axis=1) for t in taken], axis=0)
        at = int(away.argmax())
        if away[at] <= _LEAST:
            break
        add(deals.frontier_choices[int(inside[at])], "between")
        taken.append(here[at])
    return tuple(Worth(choice=choice, why=tuple(why)) for choice, why in found.items())


def _without_a_zone(deals: Deals, add) -> None:  # type: ignore[no-untyped-def]  # the adding function of above
    told = deals.no_zone or {}

    def choice(deal: dict[str, object] | None) -> Choice | None:
        terms = None if deal is None else deal["outcome"]
        return choice_of(deals.problem, terms) if isinstance(terms, dict) else None

    for deal in told.get("nearest", [])[:1]:
        add(choice(deal), "nearest")
    add(choice(told.get("concession")), "concession")
    for one in told.get("one_reservation", []):
        add(choice(one["deal"]), "one_reservation", one["party"])
    for kind in ("side_payment", "linkage"):
        add(choice((told.get(kind) or {}).get("deal")), kind)
