"""Proposals, precedents, deals, ratifiers and rules as plain JSON values."""

from typing import Any

from winset.domain.estimates import Estimate
from winset.domain.plain.estimates import estimate_from, estimate_to
from winset.domain.plain.fields import Fields, checked_text, number, plain_day, plain_number
from winset.domain.plain.texts import grounds_from, grounds_to
from winset.domain.terms import Acceptance, Deal, Invocation, Precedent, Proposal, Ratifier, Rule, Term, Terms


def terms_to(terms: Terms) -> dict[str, Any]:
    """`{issue: option or point}`."""
    return {issue: term if isinstance(term, str) else plain_number(term) for issue, term in terms}


def terms_from(fields: Fields, key: str = "terms") -> Terms:
    """Terms under `key`, empty where absent."""

    def term(value: object, path: str) -> Term:
        return checked_text(value, path) if isinstance(value, str) else number(value, path)

    return tuple((issue, term(value, f"{fields.at(key)}.{issue}")) for issue, value in fields.mapping(key).items())


def proposal_to(proposal: Proposal) -> dict[str, Any]:
    """One version of one proposal."""
    return {
        "id": proposal.id,
        "name": proposal.name,
        "version": proposal.version,
        "author": proposal.author,
        "mediator": proposal.mediator,
        "date": plain_day(proposal.date),
        "terms": terms_to(proposal.terms),
        "acceptances": [
            {
                "party": a.party,
                "accepts": a.accepts,
                "reservations": list(a.reservations),
                "date": plain_day(a.date),
                "grounds": grounds_to(a.grounds),
            }
            for a in proposal.acceptances
        ],
        "grounds": grounds_to(proposal.grounds),
    }


def proposal_from(fields: Fields) -> Proposal:
    """One version of one proposal; the version is "1" where not given."""

    def acceptance(one: Fields) -> Acceptance:
        return Acceptance(
            party=one.id("party"), accepts=one.flag("accepts"), reservations=one.texts("reservations"),
            date=one.day("date"), grounds=grounds_from(one),
        )  # fmt: skip

    name = fields.id("id")
    return Proposal(
        id=name,
        name=fields.text("name", name),
        version=fields.text("version", "1"),
        author=fields.text("author", None),
        mediator=fields.text("mediator", None),
        date=fields.day("date"),
        terms=terms_from(fields),
        acceptances=fields.records("acceptances", acceptance),
        grounds=grounds_from(fields),
    )


def precedent_to(precedent: Precedent) -> dict[str, Any]:
    """One precedent."""
    return {
        "name": precedent.name,
        "parties": list(precedent.parties),
        "date": plain_day(precedent.date),
        "terms": terms_to(precedent.terms),
        "kept": precedent.kept,
        "broken_by": list(precedent.broken_by),
        "invoked_by": list(precedent.invoked_by),
        "invocations": [
            {"by": one.by, "for": one.purpose, "grounds": grounds_to(one.grounds)} for one in precedent.invocations
        ],
        "source": precedent.source,
        "note": precedent.note,
    }


def precedent_from(fields: Fields) -> Precedent:
    """One precedent."""

    def invocation(one: Fields) -> Invocation:
        return Invocation(by=one.id("by"), purpose=one.text("for", None), grounds=grounds_from(one))

    return Precedent(
        name=fields.id("name"),
        parties=fields.texts("parties"),
        date=fields.day("date"),
        terms=terms_from(fields),
        kept=fields.flag("kept", None),
        broken_by=fields.texts("broken_by"),
        invoked_by=fields.texts("invoked_by"),
        invocations=fields.records("invocations", invocation),
        source=fields.text("source", None),
        note=fields.text("note", None),
    )


def deal_to(deal: Deal) -> dict[str, Any]:
    """One deal."""
    return {"name": deal.name, "terms": terms_to(deal.terms), "note": deal.note}


def deal_from(fields: Fields) -> Deal:
    """One deal."""
    return Deal(name=fields.id("name"), terms=terms_from(fields), note=fields.text("note", None))


def ratifier_to(ratifier: Ratifier) -> dict[str, Any]:
    """One ratifier."""
    return {
        "name": ratifier.name,
        "party": ratifier.party,
        "chamber": ratifier.chamber,
        "position": {issue: estimate_to(value) for issue, value in ratifier.position},
        "reservation": None if ratifier.reservation is None else estimate_to(ratifier.reservation),
        "salience": {issue: estimate_to(value) for issue, value in ratifier.salience},
        "weight": plain_number(ratifier.weight),
    }


def ratifier_from(fields: Fields) -> Ratifier:
    """One ratifier; without a chamber it decides alone, under its own name."""

    def by_issue(key: str) -> tuple[tuple[str, Estimate], ...]:
        return tuple(
            (issue, estimate_from(value, f"{fields.at(key)}.{issue}", fields.remarks))
            for issue, value in fields.mapping(key).items()
        )

    name = fields.id("name")
    salience = by_issue("salience")
    for issue, value in salience:
        if value.ends[0] < 0 or value.ends[1] > 100:
            raise fields.wrong("salience", f"0 to 100 on {issue}")
    weight = fields.number("weight", 1.0)
    if weight < 0:
        raise fields.wrong("weight", "a weight of 0 or more")
    given = fields.any("reservation")
    reservation = None if given is None else estimate_from(given, fields.at("reservation"), fields.remarks)
    return Ratifier(
        name=name,
        party=fields.id("party"),
        chamber=fields.id("chamber", name),
        position=by_issue("position"),
        salience=salience,
        reservation=reservation,
        weight=weight,
    )


def rule_to(rule: Rule) -> dict[str, Any]:
    """One chamber's rule."""
    quota = None if rule.quota is None else plain_number(rule.quota)
    return {"chamber": rule.chamber, "kind": rule.kind, "quota": quota}


def rule_from(fields: Fields) -> Rule:
    """One chamber's rule."""
    return Rule(chamber=fields.id("chamber"), kind=fields.text("kind"), quota=fields.number("quota", None))
