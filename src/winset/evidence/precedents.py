"""Earlier deals beside where parties stand today, and a party beside its own earlier round."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from winset.domain.issues import Issue
from winset.domain.positions import Position
from winset.domain.terms import Precedent
from winset.evidence.steps import Scales
from winset.evidence.timeline import as_of

Comparison = Literal["tougher", "same", "softer"]
SAME = 0.1  # of a scale: nearer counts as the same


def against_today(
    precedent: Precedent, issues: Iterable[Issue], held: Sequence[Position], ends: Scales
) -> dict[str, Comparison]:
    """Per issue the precedent's parties together against its term.

    "same" where all of them stand within a tenth of the scale of the term, "softer" where they are all nearer to each
    other than to the term, else "tougher": somebody now asks for more than was agreed. Only issues on a numeric scale
    on which one of the parties has a known own position are compared. `ends` are those of the scales.
    """
    compared: dict[str, Comparison] = {}
    for issue, term, width in _terms(precedent, issues, ends):
        stands = [one.value.best for one in held if _own(one, issue) and one.party in precedent.parties]
        if not stands:
            continue
        nearest, farthest = (pick(abs(x - term) for x in stands) / width for pick in (min, max))
        apart = (max(stands) - min(stands)) / width
        if farthest <= SAME:
            compared[issue] = "same"
        else:
            compared[issue] = "softer" if len(stands) > 1 and apart < nearest else "tougher"
    return compared


def by_party(
    precedent: Precedent, issues: Iterable[Issue], histories: Sequence[Position], held: Sequence[Position], ends: Scales
) -> dict[str, dict[str, dict[str, Comparison | None]]]:
    """Party -> issue -> `{"term", "own_round"}`: where it stands today against the deal, and against itself in that round.

    Tougher than the deal is beyond its term on the party's own side of the others, tougher than its own round is farther from
    the others than it stood then, each by more than a tenth of the scale. None where that cannot be told: no position then, or nobody else whose position shows a direction.
    """
    then = _then(precedent, histories)
    terms = {issue: term for issue, term, _ in _terms(precedent, issues, ends)}
    found: dict[str, dict[str, dict[str, Comparison | None]]] = {}
    for party in precedent.parties:
        for issue, (low, high) in ends.items():
            now = _stand(held, party, issue)
            if now is None:
                continue
            others = [p for p in held if _own(p, issue) and p.party != party]
            rivals = [p.value.best for p in others if p.party in precedent.parties]
            facing, least = rivals or [p.value.best for p in others], SAME * (high - low)
            against: dict[str, Comparison | None] = {
                "term": _asks_more(now, terms.get(issue), facing, least),
                "own_round": _farther(now, _stood(then, party, issue), facing, least),
            }
            if any(against.values()):
                found.setdefault(party, {})[issue] = against
    return found


def _then(precedent: Precedent, histories: Sequence[Position]) -> tuple[Position, ...]:
    """What held on the day of the deal; after it what the words tell of that year, as "in 2019 X demanded ..."."""
    if precedent.date is None:
        return ()
    told = [
        one for one in histories
        if one.voice == "past" and one.valid_from is not None and one.valid_from.year == precedent.date.year
    ]  # fmt: skip
    return (*as_of(histories, precedent.date), *told)


def _asks_more(now: float, term: float | None, others: Sequence[float], least: float) -> Comparison | None:
    """Whether a party asks for more than was agreed: more is where it stands away from the others. Where it stands with them it asks
    for less than a term that divided them."""
    if term is None:
        return None
    if abs(now - term) <= least:
        return "same"
    if not others:
        return None
    side = now - sum(others) / len(others)
    return "tougher" if side * (now - term) > 0 else "softer"


def _farther(now: float, then: float | None, others: Sequence[float], least: float) -> Comparison | None:
    if then is None:
        return None
    if abs(now - then) <= least:
        return "same"
    if not others:
        return None
    gone = sum(abs(now - x) - abs(then - x) for x in others)
    return None if gone == 0 else "tougher" if gone > 0 else "softer"


def _terms(precedent: Precedent, issues: Iterable[Issue], ends: Scales) -> Iterable[tuple[str, float, float]]:
    """(issue, term as a number, width of its scale); a label of the scale counts as its point."""
    terms: Mapping[str, str | float] = dict(precedent.terms)
    for issue in issues:
        term = terms.get(issue.id)
        if isinstance(term, str):
            term = next((point.value for point in issue.scale if point.label == term), None)
        if term is not None and issue.id in ends:
            yield issue.id, term, ends[issue.id][1] - ends[issue.id][0]


def _own(position: Position, issue: str) -> bool:
    return position.issue == issue and position.voice == "own"


def _stood(then: Sequence[Position], party: str, issue: str) -> float | None:
    """The party's own position in that round; without one, what the words tell of it."""
    own = _stand(then, party, issue)
    told = (one for one in then if one.party == party and one.issue == issue and one.voice == "past")
    return own if own is not None else next((one.value.best for one in told), None)


def _stand(held: Iterable[Position], party: str, issue: str) -> float | None:
    return next((one.value.best for one in held if one.party == party and _own(one, issue)), None)
