"""Positions as of a date, ready to be shown: which hold, and which differ from those of an earlier date."""

from collections.abc import Iterable
from datetime import date

from winset.domain.issues import Issue
from winset.domain.positions import Position
from winset.report.brief.content import Brief

WIDE, NEAR = 0.5, 0.1  # shares of a scale: so far apart is a wide gap, so near is none
Standing = dict[tuple[str, str], list[Position]]
ORDER = {"own": 0, "ascribed": 1, "past": 2, "forecast": 3}


def holds(position: Position, at: date | None) -> bool:
    """Whether a position holds on a day; without a day, whether it is the last known."""
    if at is None:
        return position.valid_to is None
    after = position.valid_from is None or position.valid_from <= at
    return after and (position.valid_to is None or at <= position.valid_to)


def standing(positions: Iterable[Position], at: date | None) -> Standing:
    """(party, issue) -> the positions that hold, a party's own before those that others ascribe or foretell."""
    found: Standing = {}
    for position in positions:
        if holds(position, at):
            found.setdefault((position.party, position.issue), []).append(position)
    for each in found.values():
        each.sort(key=lambda p: (ORDER[p.voice], -(p.valid_from or date.min).toordinal(), -p.score))
    return found


def first(positions: list[Position] | None) -> Position | None:
    """The one that counts as where the party stands: its own, else one ascribed to it; never a forecast."""
    return next((p for p in positions or [] if p.voice in ("own", "ascribed")), None)


def changed(brief: Brief, party: str, issue: str) -> bool:
    """Whether where a party stands differs between `since` and `as_of`."""
    if brief.since is None:
        return False
    now = first(standing(brief.positions, brief.as_of).get((party, issue)))
    then = first(standing(brief.positions, brief.since).get((party, issue)))
    return now is not None and (then is None or then.value != now.value)


def shown_parties(brief: Brief) -> list[str]:
    """Parties that hold a position on some issue, in the case's order."""
    with_positions = {position.party for position in (*brief.positions, *brief.beside)}
    return [party.id for party in brief.case.parties if party.id in with_positions]


def shown_issues(brief: Brief) -> list[str]:
    """Issues on which some party holds a position, the most contested first."""
    now = standing(brief.positions, brief.as_of)
    suggested = {issue for _, issue in standing(brief.beside, brief.as_of)}
    spread: dict[str, tuple[float, int]] = {}
    for issue in brief.case.issues:
        values = [found.value.best for (_, on), each in now.items() if on == issue.id and (found := first(each))]
        any_at_all = issue.id in suggested or any(on == issue.id for _, on in now)
        if any_at_all:
            low, high = ends(brief, issue)
            spread[issue.id] = (
                (max(values) - min(values)) / ((high - low) or 1.0) if len(values) > 1 else -1.0,
                len(values),
            )
    order = {issue.id: at for at, issue in enumerate(brief.case.issues)}
    return sorted(spread, key=lambda one: (-spread[one][0], -spread[one][1], order[one]))


def ends(brief: Brief, issue: Issue) -> tuple[float, float]:
    """Between which ends positions on an issue are compared (`Issue.measured_over`), 0 to 1 where nothing says so."""
    taken = [end for one in (*brief.positions, *brief.beside) if one.issue == issue.id for end in one.value.ends]
    return issue.measured_over((min(taken), max(taken)) if taken else None) or (0.0, 1.0)


def apart(brief: Brief, issue: str, parties: Iterable[str], now: Standing) -> float:
    """The share of its scale between the parties farthest apart on an issue; below zero where fewer than two have a position."""
    values = [found.value.best for party in parties if (found := first(now.get((party, issue)))) is not None]
    low, high = ends(brief, brief.case.issue(issue))
    return (max(values) - min(values)) / ((high - low) or 1.0) if len(values) > 1 else -1.0
