"""The page on the text form tells the truth."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from winset.errors import CaseError
from winset.services.schemas import schema
from winset.store.textform import case_from_json

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "text-form.md").read_text(encoding="utf-8")
EXAMPLE = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0])


def test_the_example_is_a_case_without_remarks() -> None:
    remarks: list[str] = []
    assert len(case_from_json(EXAMPLE, remarks).judgements) == 3
    assert remarks == []
    jsonschema.validate(EXAMPLE, schema("winset-case/1"))


@pytest.mark.parametrize(("number", "change", "line"), [(1, {"party": "nort"}, 0), (2, {"likely": None, "value": "75%"}, 1)])  # fmt: skip
def test_the_errors_shown_are_those_given(number: int, change: dict[str, object], line: int) -> None:
    wrong = json.loads(json.dumps(EXAMPLE))
    wrong["judgements"][number].update(change)
    shown = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0].splitlines()[line]
    with pytest.raises(CaseError, match=f"^{re.escape(shown)}$"):
        case_from_json(wrong)
