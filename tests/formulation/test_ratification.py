"""Questions of consent that cannot be: named, with the way out."""

from typing import Any

import pytest

from winset.errors import FormulationError
from winset.formulation.ratification import formulate
from winset.store.textform import case_from_json


def asked(ratifiers: list[dict[str, Any]], rules: list[dict[str, Any]] | None = None, quo: float = 14) -> Any:
    return formulate(case_from_json({
        "schema": "winset-case/1", "parties": [{"id": p, "name": p} for p in ("home", "foreign")],
        "issues": [{"id": "x", "question": "Where?", "kind": "continuous", "range": [0, 30], "status_quo": quo}],
        "judgements": [{"quantity": "position", "party": p, "issue": "x", "value": v, "by": "me"}
                       for p, v in (("home", 0), ("foreign", 10))],
        "ratifiers": [{"name": "a", "party": "home", "chamber": "c", "position": {"x": 12}, **one} for one in ratifiers],
        "rules": rules or [],
    }))  # fmt: skip


def rule(quota: float) -> list[dict[str, Any]]:
    return [{"chamber": "c", "kind": "supermajority", "quota": quota}]


@pytest.mark.parametrize(
    ("ratifiers", "rules", "quo", "says"),
    [
        ([{}, {"name": "b"}, {"name": "d"}], rule(5), 14, "the quota of chamber c is 5; .* up to 3, all there are"),
        ([{}], rule(0), 14, "the quota of chamber c is 0"),
        ([{}], rule(-1), 14, "the quota of chamber c is -1"),
        ([{}, {}], None, 14, "two ratifiers are called 'a'; rename one"),
        ([{}], None, 99, "the status quo of x is 99, off its scale 0 to 30"),
        ([{"position": {}}], None, 14, "the ratifier a has no position on any issue"),
        ([{"salience": {"x": 0}}], None, 14, "the ratifier a cares for none of the issues"),
    ],
)
def test_what_cannot_be_asked_is_said(
    ratifiers: list[dict[str, Any]], rules: list[dict[str, Any]] | None, quo: float, says: str
) -> None:
    with pytest.raises(FormulationError, match=says):
        asked(ratifiers, rules, quo)


def test_shares_and_numbers_of_votes_are_both_quotas() -> None:
    for quota in (0.5, 1, 2, 3):
        made = asked([{}, {"name": "b"}, {"name": "d"}], rule(quota))
        assert made.inputs.chambers[0].quota == quota
