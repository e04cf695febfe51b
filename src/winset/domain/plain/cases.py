"""A whole case as one plain JSON value: `winset-case/1`."""

from itertools import islice
from typing import Any

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.plain.actors import (
    party_from,
    party_to,
    relation_from,
    relation_to,
    table_from,
    table_to,
)
from winset.domain.plain.codebooks import codebook_from, codebook_to
from winset.domain.plain.comments import comment_from, comment_to
from winset.domain.plain.estimates import judgement_from, judgement_to
from winset.domain.plain.fields import Fields, plain_day, record, shown
from winset.domain.plain.issues import issue_from, issue_to
from winset.domain.plain.quick import judgement_as_written, statement_as_written
from winset.domain.plain.references import problems
from winset.domain.plain.reviews import review_from, review_to
from winset.domain.plain.runs import run_from, run_to
from winset.domain.plain.statements import statement_from, statement_to
from winset.domain.plain.terms import (
    deal_from,
    deal_to,
    forbidden_from,
    forbidden_to,
    precedent_from,
    precedent_to,
    proposal_from,
    proposal_to,
    ratifier_from,
    ratifier_to,
    rule_from,
    rule_to,
)
from winset.domain.plain.texts import document_from, document_to
from winset.errors import CaseError

SCHEMA = "winset-case/1"

LISTS = (
    "parties", "tables", "issues", "judgements", "ratifiers", "rules", "relations", "proposals", "precedents",
    "deals", "forbidden", "documents", "statements", "reviews", "correlations", "scenarios", "forecasts", "runs", "comments",
)  # fmt: skip
"""The lists of records of a case, in the order of the file."""

HEAD = ("title", "as_of", "conflict", "codebook")
"""What a case has one of."""

_SHOWN_PROBLEMS = 12


def case_to(case: Case) -> dict[str, Any]:
    """A case as `winset-case/1`: every key present, empty lists where there is nothing."""
    return {
        "schema": SCHEMA,
        "title": case.title,
        "as_of": plain_day(case.as_of),
        "parties": [party_to(one) for one in case.parties],
        "tables": [table_to(one) for one in case.tables],
        "issues": [issue_to(one) for one in case.issues],
        "judgements": [judgement_to(one) for one in case.judgements],
        "ratifiers": [ratifier_to(one) for one in case.ratifiers],
        "rules": [rule_to(one) for one in case.rules],
        "relations": [relation_to(one) for one in case.relations],
        "proposals": [proposal_to(one) for one in case.proposals],
        "precedents": [precedent_to(one) for one in case.precedents],
        "deals": [deal_to(one) for one in case.deals],
        "forbidden": [forbidden_to(one) for one in case.forbidden],
        "codebook": codebook_to(case.codebook) if case.codebook else None,
        "conflict": case.conflict,
        "documents": [document_to(one) for one in case.documents],
        "statements": [statement_to(one) for one in case.statements],
        "reviews": [review_to(one) for one in case.reviews],
        "correlations": list(case.correlations),
        "scenarios": list(case.scenarios),
        "forecasts": list(case.forecasts),
        "runs": [run_to(one) for one in case.runs],
        "comments": [comment_to(one) for one in case.comments],
    }


def case_from(value: Any, remarks: list[str]) -> Case:
    """A case from a `winset-case/1` value; what was odd but harmless is appended to `remarks`.

    Only the parts that a method needs have to be there. Where `parties` is left out altogether, the parties are
    those that the other records name, by their ids. Raises CaseError that names path, value and way out.
    """
    fields = Fields(value, "", remarks)
    schema = fields.any("schema")
    if schema is None:
        remarks.append(f'no "schema"; read as {SCHEMA}')
    elif schema != SCHEMA:
        newer = isinstance(schema, str) and schema.startswith("winset-case/")
        way_out = "a newer winset wrote it: update winset" if newer else f"this reads {SCHEMA}"
        raise CaseError(f"schema: expected {SCHEMA!r}, got {shown(schema)}; {way_out}")
    conflict, codebook = fields.child("conflict"), fields.any("codebook")

    def free(one: Fields) -> dict[str, Any]:
        return {key: one.any(key) for key in one.value}

    def make(fields: Fields) -> Case:
        return Case(
            title=fields.text("title", "Untitled case"),
            as_of=fields.day("as_of"),
            parties=fields.records("parties", party_from),
            tables=fields.records("tables", table_from),
            issues=fields.records("issues", issue_from),
            judgements=fields.records("judgements", judgement_from, judgement_as_written),
            ratifiers=fields.records("ratifiers", ratifier_from),
            rules=fields.records("rules", rule_from),
            relations=fields.records("relations", relation_from),
            proposals=fields.records("proposals", proposal_from),
            precedents=fields.records("precedents", precedent_from),
            deals=fields.records("deals", deal_from),
            forbidden=fields.records("forbidden", forbidden_from),
            codebook=None if codebook is None else codebook_from(codebook),
            conflict=dict(conflict.value) if conflict else None,
            documents=fields.records("documents", document_from),
            statements=fields.records("statements", statement_from, statement_as_written),
            reviews=fields.records("reviews", review_from),
            correlations=fields.records("correlations", free),
            scenarios=fields.records("scenarios", free),
            forecasts=fields.records("forecasts", free),
            runs=fields.records("runs", run_from),
            comments=fields.records("comments", comment_from),
        )

    case = record(fields, make)
    if not fields.has("parties"):
        case = _with_named_parties(case, remarks)
    wrong = list(islice(problems(case), _SHOWN_PROBLEMS + 1))
    if wrong:
        more = ["..."] if len(wrong) > _SHOWN_PROBLEMS else []
        raise CaseError("\n".join(wrong[:_SHOWN_PROBLEMS] + more))
    _remark_on_shares(case, remarks)
    return case


def _with_named_parties(case: Case, remarks: list[str]) -> Case:
    named = dict.fromkeys(
        [seat for table in case.tables for seat in table.seats + table.must_sign]
        + [judgement.party for judgement in case.judgements]
        + [ratifier.party for ratifier in case.ratifiers]
        + [end for relation in case.relations for end in (relation.of, relation.to)]
        + [acceptance.party for proposal in case.proposals for acceptance in proposal.acceptances]
    )
    if not named:
        return case
    remarks.append(f'no "parties"; taken from the other records: {", ".join(named)}')
    return case.with_(parties=tuple(Party(id=one, name=one) for one in named))


def _remark_on_shares(case: Case, remarks: list[str]) -> None:
    highs = [j.value.ends[1] for j in case.judgements if j.quantity == "salience" and hasattr(j.value, "ends")]
    if len(highs) > 1 and max(highs) <= 1:
        remarks.append(
            f"judgements: every salience is at most {max(highs):g}; the scale runs from 0 to 100, not 0 to 1"
        )
