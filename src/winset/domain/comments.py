"""A person's own words for the brief, kept apart from all that is computed."""

from dataclasses import dataclass
from datetime import datetime

LONGEST = 4_000
"""Code points that one comment may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a person says in front of one part of a brief, or of a dossier of a party, an issue or both."""

    part: str  # the id of a section: "positions", "moves", ...
    text: str
    by: str
    at: datetime
    party: str | None = None
    issue: str | None = None

    @property
    def place(self) -> tuple[str, str | None, str | None]:
        """Where it stands; a case holds one comment at a place."""
        return self.part, self.party, self.issue
