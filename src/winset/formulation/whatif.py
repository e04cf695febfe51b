"""A case as it would be if some of its judgements, parties or signatories were others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from winset.domain.actors import Table
from winset.domain.case import Case
from winset.domain.estimates import Judgement
from winset.domain.plain.estimates import estimate_from
from winset.errors import FormulationError, WinsetError

CHANGES = ("set", "leaves", "must_sign")


def with_changes(case: Case, changes: list[Mapping[str, Any]], at: date | None) -> Case:
    """The case after each change in turn. A change is one of

    {"quantity", "party", "issue" or null, "value"}   that judgement takes another value: a number, {"range": [a, b]},
                                                      {"likely": [a, m, b]} ...
    {"leaves": party}                                 the party and all that is judged of it is gone
    {"must_sign": [parties]}                          these sign a deal, and sit at the table

    Raises FormulationError naming the change and what it could be.
    """
    for n, change in enumerate(changes, 1):
        where = f"change {n}"
        try:
            if "leaves" in change:
                case = _without(case, str(change["leaves"]))
            elif "must_sign" in change:
                case = _signed_by(case, tuple(map(str, change["must_sign"])), at)
            elif "quantity" in change:
                case = _judged(case, change, at)
            else:
                raise FormulationError(
                    f'a change sets a judgement ("quantity", "party", "issue", "value"), or is "leaves" or "must_sign"; '
                    f"got {sorted(change)}"
                )
        except (WinsetError, ValueError) as error:
            raise FormulationError(f"{where}: {error}") from None
    return case


def _judged(case: Case, change: Mapping[str, Any], at: date | None) -> Case:
    party = case.party(str(change.get("party"))).id
    issue = change.get("issue")
    if issue is not None:
        issue = case.issue(str(issue)).id
    value = estimate_from(change.get("value"), "value", [])
    made = Judgement(
        quantity=str(change["quantity"]), party=party, issue=issue, value=value, by="scenario", as_of=at or date.max
    )
    kept = tuple(
        one for one in case.judgements
        if (one.quantity, one.party, one.issue) != (made.quantity, party, issue)
        or not (at is None or one.as_of is None or one.as_of <= at)
    )  # fmt: skip
    return case.with_(judgements=(*kept, made))


def _without(case: Case, party: str) -> Case:
    case.party(party)
    return case.with_(
        parties=tuple(one for one in case.parties if one.id != party),
        tables=tuple(
            replace(
                one, seats=tuple(s for s in one.seats if s != party),
                must_sign=tuple(s for s in one.must_sign if s != party),
            )
            for one in case.tables
        ),
        judgements=tuple(one for one in case.judgements if one.party != party),
        ratifiers=tuple(one for one in case.ratifiers if one.party != party),
        relations=tuple(one for one in case.relations if party not in (one.of, one.to)),
        proposals=(), precedents=(), statements=(), reviews=(), documents=(),
        correlations=tuple(one for one in case.correlations if party not in str(one)),
    )  # fmt: skip


def _signed_by(case: Case, signers: tuple[str, ...], at: date | None) -> Case:
    for one in signers:
        case.party(one)
    if not signers:
        raise FormulationError('"must_sign" names one party or more')
    seats = tuple(dict.fromkeys((*case.seats(at), *signers)))
    day = at or max((one.date for one in case.tables if one.date), default=None)
    kept = tuple(one for one in case.tables if one.date != day)
    taken = {one.id for one in kept}
    id = next(f"scenario-{n}" for n in range(1, len(taken) + 2) if f"scenario-{n}" not in taken)
    return case.with_(tables=(*kept, Table(id=id, date=day, seats=seats, must_sign=signers)))
