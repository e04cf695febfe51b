"""A person's own words for the brief: kept in the case, apart from all that is computed, and undone like anything else."""

from pathlib import Path
from typing import Any

from winset.domain.comments import LONGEST, Comment
from winset.domain.plain.comments import comment_to
from winset.errors import ConflictError, UsageError
from winset.services import cases
from winset.store.casefile import CaseFile

KIND = "comments"


def listed(path: Path) -> list[dict[str, Any]]:
    """The comments of a case, in the order in which they were first written, each with its `version`."""
    with CaseFile.open(path) as file:
        return [{**body, "version": version} for _, version, body in file.keyed(KIND)]


def write(
    path: Path, part: str, text: str, *, party: str | None = None, issue: str | None = None, expected: int | None = None
) -> dict[str, Any] | None:  # fmt: skip
    """Writes the comment on one part of the brief, or of a dossier, in place of an earlier one; None where an empty
    `text` takes it away, or where nothing is different.

    expected  the version of the comment that was shown, 0 for none; None means whatever there is now

    Raises UsageError for an unknown part, party or issue or a text that is too long, ConflictError where somebody else
    was faster.
    """
    from winset.report.brief.compose import PARTS  # loads every report, which listing need not wait for

    if part not in PARTS:
        raise UsageError(f"the brief has no part {part!r}; there are {', '.join(PARTS)}")
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise UsageError(f"a comment has at most {LONGEST:,} characters, not {len(text):,}")
    by, at = cases.author(), cases.now()
    made = Comment(part=part, party=party, issue=issue, text=text, by=by, at=at)
    body = comment_to(made)
    with CaseFile.open(path, at=at) as file:
        for kind, id in (("parties", party), ("issues", issue)):
            if id is not None and file.get(kind, id) is None:
                known = ", ".join(str(one["id"]) for one in file.page(kind, count=20)) or "none"
                raise UsageError(f"no {kind} {id!r} in this case; there are {known}")
        key, version, there = next(
            (one for one in file.keyed(KIND) if (one[2]["part"], one[2]["party"], one[2]["issue"]) == made.place),
            (None, 0, None),
        )
        if (there["text"] if there else "") == text:
            return None
        if expected is not None and expected != version:
            raise ConflictError(
                f"the words on {part} were changed by {there['by'] if there else 'somebody who took them away'} since you "
                "read them; nothing was written",
                there, version,
            )  # fmt: skip
        if text:
            file.put(KIND, body, key=key, expected=version if key else None, at=at, author=by, label=f"wrote on {part}")
            return body
        file.remove(KIND, str(key), at=at, author=by, label=f"took back the words on {part}")
    return None
