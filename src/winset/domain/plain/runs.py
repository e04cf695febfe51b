"""Kept answers of methods as plain JSON values."""

from typing import Any

from winset.domain.plain.fields import Fields, plain_day, plain_number
from winset.domain.runs import Assumption, Run


def run_to(run: Run) -> dict[str, Any]:
    """One run with its question, assumptions and result."""
    return {
        "method": run.method,
        "version": run.version,
        "inputs_digest": run.inputs_digest,
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
    """One run."""

    def assumption(one: Fields) -> Assumption:
        return Assumption(
            text=one.text("text"), quantity=one.text("quantity", None), party=one.text("party", None),
            issue=one.text("issue", None), value=one.number("value", None),
        )  # fmt: skip

    return Run(
        method=fields.id("method"),
        version=fields.id("version"),
        inputs_digest=fields.id("inputs_digest"),
        result=fields.any("result"),
        as_of=fields.day("as_of"),
        assumptions=fields.records("assumptions", assumption),
        parameters=fields.mapping("parameters"),
        seed=fields.whole("seed", None),
    )
