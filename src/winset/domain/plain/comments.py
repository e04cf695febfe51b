"""Comments as plain JSON values."""

from typing import Any

from winset.domain.comments import Comment
from winset.domain.plain.fields import Fields


def comment_to(comment: Comment) -> dict[str, Any]:
    """One comment."""
    return {
        "part": comment.part, "party": comment.party, "issue": comment.issue, "text": comment.text,
        "by": comment.by, "at": comment.at.isoformat(),
    }  # fmt: skip


def comment_from(fields: Fields) -> Comment:
    """One comment."""
    return Comment(
        part=fields.id("part"), party=fields.id("party", None), issue=fields.id("issue", None),
        text=fields.text("text"), by=fields.id("by"), at=fields.moment("at"),
    )  # fmt: skip
