"""A question asked of a model by itself, without a case: a JSON object, or a list of them, in a file."""

from pathlib import Path
from typing import Any

from winset.errors import CaseError, UsageError
from winset.services.sources import is_case_file, read_bytes
from winset.store.textform import parse

CASE_KEYS = {"schema", "judgements", "issues"}


def is_case(path: Path) -> bool:
    """Whether the file holds a case rather than a bare question: by its content."""
    if is_case_file(path):
        return True
    value = _parsed(path, read_bytes(path))
    return isinstance(value, dict) and bool(CASE_KEYS & value.keys())


def questions(path: Path, order: tuple[str, ...]) -> tuple[list[dict[str, Any]], bool]:
    """(questions, whether they came as a list) from the file.

    An object is one question, a list many; {"cases": [[...], ...]} many whose numbers stand in `order`.
    Raises UsageError naming the entry that is none of these.
    """
    value = _parsed(path, read_bytes(path))
    if value == []:
        raise UsageError(f"{path}: an empty list; write a question, or a list of questions")
    if isinstance(value, dict) and isinstance(value.get("cases"), list):
        shared = {key: one for key, one in value.items() if key not in ("cases", "format")}
        return [shared | _row(row, order, path, n) for n, row in enumerate(value["cases"])], True
    if isinstance(value, list):
        return [_row(row, order, path, n) for n, row in enumerate(value)], True
    return [_row(value, order, path, 0)], False


def _parsed(path: Path, data: bytes) -> Any:
    try:
        return parse(data)
    except CaseError as error:
        raise CaseError(f"{path}: {error}") from None


def _row(row: Any, order: tuple[str, ...], path: Path, n: int) -> dict[str, Any]:
    if isinstance(row, dict):
        return row
    if isinstance(row, list) and len(row) == len(order):
        return dict(zip(order, row, strict=True))
    raise UsageError(f"{path}: entry {n} is neither an object nor a list of {len(order)} numbers ({', '.join(order)})")
