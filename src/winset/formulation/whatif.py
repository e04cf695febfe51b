"""A case as it would be if some of its judgements, parties or signatories were others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from winset.domain.actors import Table
from winset.domain.case import Case
from winset.domain.estimates import Judgement
from winset.domain.plain.cases import case_from, case_to
from winset.domain.plain.estimates import estimate_from
from winset.errors import FormulationError, WinsetError

_ADDED = ("parties", "issues", "judgements", "tables", "ratifiers", "rules", "relations", "forbidden")


def with_changes(case: Case, changes: list[Mapping[str, Any]], at: date | None) -> Case:
    """The case after each change in turn. A change is one of

    {"quantity", "party", "issue" or null, "value"}   that judgement takes another value: a number, {"range": [a, b]},
                                                      {"likely": [a, m, b]} ...
    {"leaves": party}                                 the party and all that is judged of it is gone
    {"must_sign": [parties]}                          these sign a deal, and sit at the table
    {"drops": issue}                                  the issue is off the table, with all that is judged on it
    {"status_quo": value, "issue": issue}             without a deal this is how the issue stands
    {"adds": parts of a case}                         parties, issues and judgements that come to the table: an issue linked

    Raises FormulationError naming the change and what it could be.
    """
    for n, change in enumerate(changes, 1):
        where = f"change {n}"
        try:
            if "leaves" in change:
                case = _without(case, str(change["leaves"]))
            elif "must_sign" in change:
                case = _signed_by(case, tuple(map(str, change["must_sign"])), at)
            elif "drops" in change:
                case = _without_issue(case, str(change["drops"]))
            elif "status_quo" in change:
                case = _stands(case, str(change.get("issue")), change["status_quo"])
            elif "adds" in change:
                case = _with_more(case, change["adds"])
            elif "quantity" in change:
                case = _judged(case, change, at)
            else:
                raise FormulationError(
                    f'a change sets a judgement ("quantity", "party", "issue", "value"), or is "leaves", "must_sign", "drops", '
                    f'"status_quo" or "adds"; '
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


def _without_issue(case: Case, issue: str) -> Case:
    case.issue(issue)
    if len(case.issues) == 1:
        raise FormulationError(f"{issue} is the only issue; nothing would be left to agree on")

    def kept(pairs: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, Any], ...]:
        return tuple(pair for pair in pairs if pair[0] != issue)

    return case.with_(
        issues=tuple(one for one in case.issues if one.id != issue),
        judgements=tuple(one for one in case.judgements if one.issue != issue),
        ratifiers=tuple(replace(r, position=kept(r.position), salience=kept(r.salience)) for r in case.ratifiers),
        deals=tuple(replace(one, terms=kept(one.terms)) for one in case.deals),
        forbidden=tuple(one for one in case.forbidden if issue not in dict(one.terms)),
        proposals=(), precedents=(), statements=(), reviews=(), documents=(),
        correlations=tuple(one for one in case.correlations if issue not in str(one)),
    )  # fmt: skip


def _stands(case: Case, issue: str, value: Any) -> Case:
    ends, options = case.issue(issue).bounds, case.issue(issue).options
    inside = value in options if options else (
        isinstance(value, int | float) and (ends is None or ends[0] <= value <= ends[1])
    )  # fmt: skip
    if not inside:
        wanted = ", ".join(options) if options else f"{ends[0]:g} to {ends[1]:g}" if ends else "a number"
        raise FormulationError(f"the status quo of {issue} is one of {wanted}, got {value!r}")
    changed = tuple(replace(one, status_quo=value) if one.id == issue else one for one in case.issues)
    plain = case_to(case.with_(issues=changed, proposals=(), precedents=(), statements=(), reviews=(), documents=()))
    for judgement in plain["judgements"]:
        judgement["grounds"] = []
    return case_from(plain, [])


def _with_more(case: Case, parts: Any) -> Case:
    """The records of some parts of a case behind its own; a party or issue that is there already is named as such."""
    if not isinstance(parts, Mapping) or not set(parts) <= set(_ADDED):
        raise FormulationError(f'"adds" holds some of {", ".join(_ADDED)}, each a list as in a case')
    plain = case_to(case.with_(proposals=(), precedents=(), statements=(), reviews=(), documents=()))
    for judgement in plain["judgements"]:
        judgement["grounds"] = []
    for part, records in parts.items():
        if not isinstance(records, list):
            raise FormulationError(f'{part} of "adds" is a list of records as in a case')
        plain[part] = plain[part] + records
    return case_from(plain, [])


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
