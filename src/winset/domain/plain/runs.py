"""Kept answers of methods as plain JSON values."""

from typing import Any

from winset.domain.plain.fields import Fields, plain_day, plain_number
from winset.domain.runs import Assumption, Run
from winset.errors import CaseError


def run_to(run: Run) -> dict[str, Any]:
    """One run with its question, assumptions and result."""
    return {
        "id": run.id,
        "name": run.name,
        "at": run.at.isoformat() if run.at else None,
        "by": run.by,
        "method": run.method,
        "version": run.version,
        "inputs_digest": run.inputs_digest,
        "parts": run.parts,
        "as_of": plain_day(run.as_of),
        "seed": run.seed,
        "parameters": run.parameters,
        "assumptions": [
            {**one.as_json(), "value": None if one.value is None else plain_number(one.value)}
            for one in run.assumptions
        ],
        "result": run.result,
    }


def run_from(fields: Fields) -> Run:
    """One run. Raises CaseError where it has an id that is not that of its content."""

    def assumption(one: Fields) -> Assumption:
        return Assumption(
            text=one.text("text"), quantity=one.text("quantity", None), party=one.text("party", None),
            issue=one.text("issue", None), value=one.number("value", None),
        )  # fmt: skip

    id = fields.id("id", None)
    run = Run(
        method=fields.id("method"),
        version=fields.id("version"),
        inputs_digest=fields.id("inputs_digest"),
        result=fields.any("result"),
        as_of=fields.day("as_of"),
        assumptions=fields.records("assumptions", assumption),
        parameters=fields.mapping("parameters"),
        seed=fields.whole("seed", None),
        parts=fields.mapping("parts"),
        at=fields.moment("at", None),
        by=fields.text("by", None),
        name=fields.text("name", None),
    )
    if id is not None and id != run.id:
        raise CaseError(
            f"{fields.at('id')}: {id} is not the id of this run's content, {run.id}: it was altered; leave `id` out to take it as it is"
        )
    return run
