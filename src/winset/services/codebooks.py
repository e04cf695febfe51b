"""The packaged codebooks: which there are, and what they hold."""

from typing import Any

from winset.domain.vocabulary import Codebook
from winset.evidence import coding


def listed() -> list[dict[str, Any]]:
    """One line a codebook: id, title, version, its issues."""
    return [
        {"id": one.id, "title": one.title, "version": one.version, "issues": [issue.id for issue in one.issues]}
        for one in map(coding.packaged, coding.PACKAGED)
    ]


def shown(id: str, issue: str | None = None) -> dict[str, Any]:
    """A codebook as its file has it, or one issue of it. Raises CaseError, naming those there are."""
    codebook: Codebook = coding.packaged(id)
    whole = coding.codebook_to(codebook)
    if issue is None:
        return whole
    codebook.issue(issue)
    return next(one for one in whole["issues"] if one["id"] == issue)
