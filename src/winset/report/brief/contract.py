"""The brief as other programs read it: `winset-brief/1`."""

from typing import Any

from winset.domain.plain.comments import comment_to
from winset.domain.plain.estimates import judgement_to
from winset.domain.plain.issues import issue_to
from winset.domain.plain.pointers import pointer_to
from winset.domain.plain.positions import inducement_to, move_to, position_to
from winset.domain.plain.statements import read_statement_to
from winset.domain.reviews import statement_target
from winset.domain.statements import Statement
from winset.report import coalitions, spatial, words
from winset.report.bargaining import lotteries
from winset.report.brief.content import Brief
from winset.report.brief.forecasts import voiced
from winset.report.brief.parties import at_table

SCHEMA = "winset-brief/1"


def as_json(brief: Brief) -> dict[str, Any]:
    """Plain JSON values; lists of what is not known are empty, single values null."""
    return {
        "schema": SCHEMA,
        "as_of": brief.as_of.isoformat() if brief.as_of else None,
        "since": brief.since.isoformat() if brief.since else None,
        "changes": brief.changes,
        "documents": [
            {
                "doc": d.id, "title": d.title, "date": d.date.isoformat() if d.date else None,
                "sha256": d.sha256, "text": d.text,
            }
            for d in brief.case.documents
        ],
        "parties": [
            {
                "id": p.id, "name": p.name, "people": [{"name": q.name, "role": q.role} for q in p.people],
                "at_table": at_table(brief, p.id),
            }
            for p in brief.case.parties
        ],
        "absent": list(brief.absent),
        "issues": [
            {
                "id": one.id, "question": one.question, "scale": issue_to(one).get("scale") or [],
                "status_quo": one.status_quo,
            }
            for one in brief.case.issues
        ],
        "positions": [position_to(p) for p in (*brief.positions, *brief.beside)],
        "rejected": [target for target, review in brief.reviews.items() if review.verdict == "reject"],
        "moves": [move_to(m) for m in brief.moves],
        "inducements": [inducement_to(one) for one in brief.inducements],
        "proposals": brief.proposals["proposals"] if brief.proposals else [],
        "unresolved": brief.proposals["unresolved"] if brief.proposals else [],
        "precedents": list(brief.precedents),
        "attention": brief.attention,
        "pointers": [pointer_to(one) for one in brief.pointers],
        "alignment": brief.alignment,
        "statements": [
            {
                **read_statement_to(s), "doc": s.doc,
                "review": _review(brief, s.id),
                "also": [
                    {"doc": r.doc, "statement": r.statement, "differs": list(r.differs)} for r in brief.also.get(s.id, ())
                ],
            }
            for s in brief.statements
        ],
        "deals": _deals(brief),
        "waiting": brief.patience.result if brief.patience else None,
        "collective": spatial.issues_json(brief.collective) if brief.collective else None,
        "power": coalitions.as_json(brief.power) if brief.power else None,
        "leverage": brief.leverage.result if brief.leverage else None,
        "forecasts": [*(_voiced(brief, one) for one in voiced(brief)), *brief.forecasts],
        "suggested": [judgement_to(j) for j in brief.suggested],
        "comments": [comment_to(one) for one in brief.comments],
        "assumptions": [a.as_json() for a in brief.assumptions],
        "gaps": list(brief.gaps) + [f"{file} was set aside: {reason}" for file, reason in brief.set_aside],
    }  # fmt: skip


def _deals(brief: Brief) -> dict[str, Any] | None:
    """As `winset solve bargaining` prints them, lotteries included."""
    if brief.deals is None:
        return None
    return {**brief.deals.result, **({"lotteries": lotteries(brief.solved)} if brief.solved else {})}


def _voiced(brief: Brief, statement: Statement) -> dict[str, Any]:
    """A forecast that somebody voices in a source, in the source's words; not yet a question of the ledger."""
    document = next(one for one in brief.case.documents if one.id == statement.doc)
    day = statement.date.start if statement.date else document.date
    return {
        "kind": "voiced", "doc": statement.doc, "statement": statement.id, "by": words.speaker(statement.speaker),
        "party": statement.speaker.party, "about": statement.about, "modality": statement.modality,
        "negated": statement.negated, "condition": statement.condition, "date": day.isoformat() if day else None,
        "words": [span.of(document.text) for span in statement.content],
        "spans": [[span.start, span.end] for span in statement.content],
    }  # fmt: skip


def _review(brief: Brief, id: str) -> dict[str, Any] | None:
    """What a person decided about a statement; null where nobody has."""
    review = brief.reviews.get(statement_target(id))
    return {"verdict": review.verdict, "by": review.by, "at": review.at.isoformat()} if review else None
