"""Alignment as published JSON and in words."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.evidence.adoption import Adopted
from winset.models.similarity.distances import Alignment


def as_json(result: Alignment) -> dict[str, Any]:
    """`{"parties", "issues", "distance", "basis", "blocs"}`; a distance without a shared issue is null, `issues` how many `basis` are shares of."""
    names = result.stands.parties
    return {
        "parties": list(names),
        "issues": len(result.stands.issues),
        "distance": _rows(result.distances.distance),
        "basis": _rows(result.distances.basis),
        "blocs": [[names[member] for member in bloc] for bloc in result.blocs],
    }


def _rows(matrix: NDArray[np.float64]) -> list[list[float | None]]:
    return [[None if np.isnan(x) else round(float(x), 12) for x in row] for row in matrix]


def adopted_to(point: Adopted, statements: dict[str, Statement], documents: dict[str, Document]) -> dict[str, Any]:
    """One point taken over: who from whom, both statements by id and by their words, wording and meaning apart."""

    def words(id: str) -> str:
        statement = statements[id]
        text = documents[statement.doc].text
        return " … ".join(span.of(text) for span in statement.content)

    return {
        "by": point.by, "from": point.origin, "earlier": point.earlier, "later": point.later,
        "wording": point.wording, "meaning": point.meaning,
        "earlier_words": words(point.earlier), "later_words": words(point.later),
    }  # fmt: skip
