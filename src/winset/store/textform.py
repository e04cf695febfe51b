"""The text form of a case: one JSON file that people edit and version control understands."""

import json
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.cases import LISTS, case_from, case_to
from winset.errors import CaseError

LARGEST = 1 << 30
"""Bytes; a larger file is refused before it is read."""

_DEEPEST = 64


def case_from_json(value: dict[str, Any], remarks: list[str] | None = None) -> Case:
    """The case that a `winset-case/1` value describes.

    A value with only the parts a method needs is valid. What was odd but harmless (a key nobody knows) is appended
    to `remarks`. Raises CaseError naming the JSON path, the value seen and the way out.
    """
    return case_from(value, [] if remarks is None else remarks)


def case_to_json(case: Case) -> dict[str, Any]:
    """A case as a `winset-case/1` value of plain dicts, lists, strings, numbers, booleans and None."""
    return case_to(case)


def parse(data: bytes) -> Any:
    """The JSON value in `data`, UTF-8. Raises CaseError with line and column, also on NaN and on a repeated key."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseError(f"byte {error.start}: not UTF-8; save the file as UTF-8") from None

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise CaseError(f"the key {twice!r} occurs twice in one object; join the two or remove one")
        return made

    def refuse(word: str) -> Any:
        raise CaseError(f"{word} is not a number in JSON; leave the key out where the value is unknown")

    try:
        value = json.loads(text, object_pairs_hook=once, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise CaseError(f"line {error.lineno}, column {error.colno}: {error.msg}; not JSON from here on") from None
    except RecursionError:
        raise CaseError("lists and objects are nested too deeply to be a case") from None
    except ValueError:  # digits beyond Python's limit for integers
        raise CaseError("a number cannot be read: it has more than 4,300 digits; write it shorter") from None
    if _depth_exceeds(value, _DEEPEST):
        raise CaseError(f"lists and objects are nested more than {_DEEPEST} deep; that is no case")
    return value


def dump(case: Case) -> str:
    """The text form as it lies in a file: one record a line in long lists, so that a change is one changed line."""
    value = case_to_json(case)
    lines = []
    for key, part in value.items():
        name = json.dumps(key)
        if key in LISTS and part:
            records = ",\n    ".join(json.dumps(one, ensure_ascii=False, allow_nan=False) for one in part)
            lines.append(f"  {name}: [\n    {records}\n  ]")
        else:
            lines.append(f"  {name}: {json.dumps(part, ensure_ascii=False, allow_nan=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _depth_exceeds(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True
