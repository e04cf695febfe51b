"""A text and places in it."""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open [start, end) in code points of one Document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether every code point of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]


Spans = tuple[Span, ...]


def tidy(spans: Spans | list[Span]) -> Spans:
    """Sorted, with overlapping and touching spans joined: what every published span list looks like."""
    done: list[Span] = []
    for span in sorted(spans):
        if done and span.start <= done[-1].end:
            done[-1] = Span(done[-1].start, max(done[-1].end, span.end))
        else:
            done.append(span)
    return tuple(done)


@dataclass(frozen=True, slots=True)
class Origin:
    """From `start` up to the next Origin, the text came from `place`."""

    start: int
    place: str | None  # "byte 1042", "page 3 box 72,90,410,102", "paragraph 17"; None where cleaning lost it


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source as read: its text, where each stretch came from, and the hash of the bytes it was read from."""

    id: str
    text: str
    sha256: str
    origins: tuple[Origin, ...] = ()
    file: str | None = None
    media_type: str = "text/plain"
    title: str | None = None
    date: dt.date | None = None
    language: str = "und"  # BCP 47; "und" where it could not be told
    remarks: tuple[str, ...] = ()  # what reading had to leave out or guess, in words

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a document needs an id")
        if len(self.sha256) != 64:
            raise ValueError(f"{self.id}: a SHA-256 has 64 hexadecimal digits, got {self.sha256!r}")
        starts = [origin.start for origin in self.origins]
        if starts != sorted(starts):
            raise ValueError(f"{self.id}: origins are not in the order of the text")

    def place_of(self, at: int) -> str | None:
        """Where the character at `at` came from, None where that is unknown."""
        found = bisect_right([origin.start for origin in self.origins], at) - 1
        return self.origins[found].place if found >= 0 else None

    def quote(self, span: Span) -> str:
        """The characters of `span`, exactly. Raises ValueError if it reaches past the end of the text."""
        if span.end > len(self.text):
            raise ValueError(f"{self.id}: span [{span.start}, {span.end}) reaches past {len(self.text)} characters")
        return span.of(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The words something rests on: spans of one statement, or of one document."""

    doc: str
    statement: str | None = None
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included; one day where they are equal."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends on or after its start, got {self.start} to {self.end}")
