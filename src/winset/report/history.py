"""The lines of a case's log in words."""

from collections.abc import Mapping
from typing import Any

from winset.report.forecasts import came, said

KINDS = {"undo": "took back: {}", "redo": "did again: {}", "mark": "undo point “{}”"}


def in_words(kind: str, label: str, sealed: Mapping[str, dict[str, Any]]) -> str:
    """What an operation did.

    kind, label  as the log has them; an entry of the ledger of forecasts is labelled by its seal
    sealed       the ledger's entries by their seals
    """
    if kind != "seal":
        return KINDS.get(kind, "{}").format(label)
    entry = sealed.get(label)
    if entry is None:
        return f"an entry of the ledger of forecasts that is no longer in it, sealed {label[:12]}"
    if entry["kind"] == "question":
        return f"asked: {entry['text']}"
    question = next(
        (one for one in sealed.values() if one["kind"] == "question" and one["id"] == entry["question"]), None
    )
    asked = question["text"] if question else entry["question"]
    if entry["kind"] == "outcome":
        return f"answer to “{asked}”: {came(question, entry) if question else entry['outcome']}"
    return f"forecast of “{asked}” by {entry['author']}: {said(entry)}"
