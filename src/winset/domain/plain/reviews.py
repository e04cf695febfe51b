"""Reviews as plain JSON values."""

from typing import Any, get_args

from winset.domain.plain.fields import Fields
from winset.domain.reviews import Review, Verdict


def review_to(review: Review) -> dict[str, Any]:
    """One review."""
    return {
        "target": review.target,
        "verdict": review.verdict,
        "by": review.by,
        "at": review.at.isoformat(),
        "why": review.why,
        "changes": dict(review.changes),
        **{key: value for key, value in (("made_on", review.made_on), ("unsettled", review.unsettled)) if value},
    }


def review_from(fields: Fields) -> Review:
    """One review."""
    return Review(
        target=fields.id("target"),
        verdict=fields.one_of("verdict", get_args(Verdict)),
        by=fields.id("by"),
        at=fields.moment("at"),
        why=fields.text("why", None),
        changes=tuple(fields.mapping("changes").items()),
        made_on=fields.text("made_on", None),
        unsettled=fields.text("unsettled", None),
    )
