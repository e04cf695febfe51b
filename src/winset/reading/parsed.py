"""What a parser hands back: text and what it could tell about it, before it becomes a Document."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from winset.domain.text import Origin
from winset.errors import LimitExceeded
from winset.reading.limits import Limits

FINEST = 20_000  # stretches of text that a document keeps apart by their origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """One document's text with its origins. `title` and `date` are what the format itself states, else None."""

    text: str
    origins: tuple[Origin, ...] = ()
    title: str | None = None
    date: dt.date | None = None
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "origins": [[origin.start, origin.place] for origin in self.origins],
            "title": self.title,
            "date": self.date.isoformat() if self.date else None,
            "remarks": list(self.remarks),
        }

    @staticmethod
    def from_json(value: dict[str, Any]) -> "Parsed":
        return Parsed(
            text=value["text"],
            origins=tuple(Origin(start, place) for start, place in value["origins"]),
            title=value["title"],
            date=dt.date.fromisoformat(value["date"]) if value["date"] else None,
            remarks=tuple(value["remarks"]),
        )


def sized(text: str, limits: Limits) -> str:
    """The same text, if it is not too long. Raises LimitExceeded."""
    if len(text) > limits.text_chars:
        raise LimitExceeded(
            f"{len(text):,} characters of text, more than {limits.text_chars:,}; split the document, "
            f"or raise the limit with --limit text-chars={len(text)}",
            limit="text-chars",
        )
    return text


class OriginList:
    """Collects origins in the order of the text, joining neighbours that say the same.

    Where a text has very many short stretches only every n-th is kept: a place then names where the
    first of several stretches came from, which stays true, and a long document stays small.
    """

    def __init__(self, length: int) -> None:
        self._apart = length // FINEST
        self._kept: list[Origin] = []
        self._unknown = 0
        self._all = 0

    def add(self, start: int, place: str | None) -> None:
        """From `start` on, the text came from `place`."""
        self._all += 1
        self._unknown += place is None
        if self._kept:
            last = self._kept[-1]
            if last.place == place or (start - last.start < self._apart and place is not None):
                return
        self._kept.append(Origin(start, place))

    def done(self) -> tuple[Origin, ...]:
        return tuple(self._kept)

    def remarks(self) -> tuple[str, ...]:
        """How much has no known origin, if any."""
        if not self._unknown:
            return ()
        return (f"{self._unknown} of {self._all} stretches of the text have no known place in the source",)
