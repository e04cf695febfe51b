"""Proposals, precedents, deals, ratifiers and rules as plain JSON values."""

from collections.abc import Iterable
from typing import Any, cast, get_args

from winset.domain.estimates import Estimate
from winset.domain.plain.estimates import estimate_from, estimate_to
from winset.domain.plain.fields import Fields, checked_text, number, plain_day, plain_number
from winset.domain.plain.texts import grounds_from, grounds_to
from winset.domain.positions import PositionVoice
from winset.domain.terms import (
    Acceptance,
    Deal,
    Fate,
    Forbidden,
    Invocation,
    Precedent,
    Proposal,
    Ratifier,
    Rule,
    Scope,
    Term,
    TermGrounds,
    Terms,
)


def terms_to(terms: Terms) -> dict[str, Any]:
    """`{issue: option or point}`."""
    return {issue: term if isinstance(term, str) else plain_number(term) for issue, term in terms}


def terms_from(fields: Fields, key: str = "terms") -> Terms:
    """Terms under `key`, empty where absent."""
    return tuple((issue, _term(value, f"{fields.at(key)}.{issue}")) for issue, value in fields.mapping(key).items())


def _term(value: object, path: str) -> Term:
    return checked_text(value, path) if isinstance(value, str) else number(value, path)


def _term_grounds_to(found: TermGrounds) -> dict[str, Any]:
    return {issue: grounds_to(grounds) for issue, grounds in found}


def _term_grounds_from(fields: Fields) -> TermGrounds:
    key = "term_grounds"
    return tuple(
        (issue, grounds_from(Fields({"grounds": value}, f"{fields.at(key)}.{issue}", fields.remarks)))
        for issue, value in fields.mapping(key).items()
    )


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    """Without the fields that say nothing, which older cases do not have."""
    return {key: one for key, one in value.items() if one not in (None, [], {})}


def acceptance_to(one: Acceptance) -> dict[str, Any]:
    """What one party said of one version."""
    return {
        "party": one.party, "accepts": one.accepts, "reservations": list(one.reservations),
        "date": plain_day(one.date), "grounds": grounds_to(one.grounds),
        **_filled(
            {
                "scope": None if one.scope == "whole" else one.scope, "issues": list(one.issues),
                "condition": one.condition, "voice": None if one.voice == "own" else one.voice,
                "ascribed_by": one.ascribed_by, "by": one.by, "score": one.score, "why": list(one.why),
            }
        ),
    }  # fmt: skip


ANSWER_FIELDS = (
    "party", "accepts", "reservations", "date", "grounds", "scope", "issues", "condition", "voice", "ascribed_by", "by",
    "score", "why",
)  # fmt: skip
"""What an answer to a proposal may hold; the later ones are left out where they say nothing."""


def acceptance_from(one: Fields) -> Acceptance:
    """What one party said of one version."""
    scope, voice = one.text("scope", "whole"), one.text("voice", "own")
    if scope not in get_args(Scope):
        raise one.wrong("scope", '"whole" or "part"')
    if voice not in get_args(PositionVoice):
        raise one.wrong("voice", f"one of {', '.join(get_args(PositionVoice))}")
    return Acceptance(
        party=one.id("party"), accepts=one.flag("accepts"), reservations=one.texts("reservations"),
        date=one.day("date"), grounds=grounds_from(one), scope=cast(Scope, scope), issues=one.texts("issues"),
        condition=one.text("condition", None), voice=cast(PositionVoice, voice),
        ascribed_by=one.text("ascribed_by", None), by=one.text("by", None), score=_score(one), why=one.texts("why"),
    )  # fmt: skip


def _score(fields: Fields) -> float | None:
    score: float | None = fields.number("score", None)
    if score is not None and not 0 <= score <= 1:
        raise fields.wrong("score", "a score in 0..1")
    return score


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
        "acceptances": [acceptance_to(one) for one in proposal.acceptances],
        "grounds": grounds_to(proposal.grounds),
        **_filled(
            {
                "kind": proposal.kind, "authors": list(proposal.authors), "to": list(proposal.to),
                "revises": proposal.revises, "answers": proposal.answers, "dropped": list(proposal.dropped),
                "withdrawn": plain_day(proposal.withdrawn), "term_grounds": _term_grounds_to(proposal.term_grounds),
                "by": proposal.by, "score": proposal.score, "why": list(proposal.why), "note": proposal.note,
            }
        ),
    }  # fmt: skip


PROPOSAL_FIELDS = (
    "id", "name", "version", "author", "mediator", "date", "terms", "acceptances", "grounds", "kind", "authors", "to",
    "revises", "answers", "dropped", "withdrawn", "term_grounds", "by", "score", "why", "note",
)  # fmt: skip
"""What a proposal may hold; the later ones are left out where they say nothing."""


def proposal_from(fields: Fields) -> Proposal:
    """One version of one proposal; the version is "1" where not given."""
    name = fields.id("id")
    return Proposal(
        id=name,
        name=fields.text("name", name),
        version=fields.text("version", "1"),
        author=fields.text("author", None),
        mediator=fields.text("mediator", None),
        date=fields.day("date"),
        terms=terms_from(fields),
        acceptances=fields.records("acceptances", acceptance_from),
        grounds=grounds_from(fields),
        kind=fields.text("kind", None),
        authors=fields.texts("authors"),
        to=fields.texts("to"),
        revises=fields.text("revises", None),
        answers=fields.text("answers", None),
        dropped=fields.texts("dropped"),
        withdrawn=fields.day("withdrawn"),
        term_grounds=_term_grounds_from(fields),
        by=fields.text("by", None),
        score=_score(fields),
        why=fields.texts("why"),
        note=fields.text("note", None),
    )


def fates_to(told: Iterable[Fate]) -> list[dict[str, Any]]:
    """Who is said to have kept or broken an earlier deal, and by whom."""
    return [{"party": one.party, "kept": one.kept, "by": one.by, "grounds": grounds_to(one.grounds)} for one in told]


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
        **_filled(
            {
                "broken_on": plain_day(precedent.broken_on), "told": fates_to(precedent.told),
                "grounds": grounds_to(precedent.grounds),
                "term_grounds": _term_grounds_to(precedent.term_grounds), "by": precedent.by,
                "score": precedent.score, "why": list(precedent.why),
            }
        ),
    }  # fmt: skip


PRECEDENT_FIELDS = (
    "name", "parties", "date", "terms", "kept", "broken_by", "invoked_by", "invocations", "source", "note",
    "broken_on", "told", "grounds", "term_grounds", "by", "score", "why",
)  # fmt: skip
"""What a precedent may hold; the later ones are left out where they say nothing."""


def precedent_from(fields: Fields) -> Precedent:
    """One precedent."""

    def invocation(one: Fields) -> Invocation:
        return Invocation(by=one.id("by"), purpose=one.text("for", None), grounds=grounds_from(one))

    def fate(one: Fields) -> Fate:
        return Fate(party=one.id("party"), kept=one.flag("kept"), by=one.text("by", None), grounds=grounds_from(one))

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
        broken_on=fields.day("broken_on"),
        told=fields.records("told", fate),
        grounds=grounds_from(fields),
        term_grounds=_term_grounds_from(fields),
        by=fields.text("by", None),
        score=_score(fields),
        why=fields.texts("why"),
    )


def deal_to(deal: Deal) -> dict[str, Any]:
    """One deal."""
    return {"name": deal.name, "terms": terms_to(deal.terms), "note": deal.note}


def deal_from(fields: Fields) -> Deal:
    """One deal."""
    return Deal(name=fields.id("name"), terms=terms_from(fields), note=fields.text("note", None))


def forbidden_to(one: Forbidden) -> dict[str, Any]:
    """One combination that cannot be: `{issue: [options or points]}`."""
    return {
        "terms": {
            issue: [term if isinstance(term, str) else plain_number(term) for term in options]
            for issue, options in one.terms
        },
        "by": one.by, "note": one.note, "grounds": grounds_to(one.grounds),
    }  # fmt: skip


def forbidden_from(fields: Fields) -> Forbidden:
    """One combination that cannot be; one option of an issue may stand without a list."""

    def options(value: object, path: str) -> tuple[Term, ...]:
        if not isinstance(value, list | tuple):
            return (_term(value, path),)
        return tuple(_term(one, f"{path}[{n}]") for n, one in enumerate(value))

    terms = tuple(
        (name, options(value, f"{fields.at('terms')}.{name}")) for name, value in fields.mapping("terms").items()
    )
    return Forbidden(
        terms=terms, by=fields.text("by", None), note=fields.text("note", None), grounds=grounds_from(fields)
    )


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
        **({"by": ratifier.by} if ratifier.by else {}),
        **({"grounds": grounds_to(ratifier.grounds)} if ratifier.grounds else {}),
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
        by=fields.text("by", None),
        grounds=grounds_from(fields),
    )


def rule_to(rule: Rule) -> dict[str, Any]:
    """One chamber's rule."""
    quota = None if rule.quota is None else plain_number(rule.quota)
    return {"chamber": rule.chamber, "kind": rule.kind, "quota": quota}


def rule_from(fields: Fields) -> Rule:
    """One chamber's rule."""
    return Rule(chamber=fields.id("chamber"), kind=fields.text("kind"), quota=fields.number("quota", None))
