"""What a report is made of before it is a page, a Word file or Markdown: sections of words, tables, charts, notes.

One content, many renderings: nothing here knows HTML. Text is plain text throughout; each renderer escapes it.
"""

from dataclasses import dataclass
from typing import Literal

State = Literal["suggested", "reviewed", "computed", "missing"]
Role = Literal["source", "cue", "content"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters that stand in a source, exactly; shown in the source's own marks or between ours."""

    text: str
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Ref:
    """The number of a note that shows the words something rests on."""

    number: int


@dataclass(frozen=True, slots=True)
class Strong:
    text: str


@dataclass(frozen=True, slots=True)
class Faint:
    """An aside: a date, a voice, a score."""

    text: str


Inline = str | Quote | Ref | Strong | Faint
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line
    kind: Literal["normal", "lead", "remark", "caution", "comment"] = "normal"  # a comment is a person's own words


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `ordered` where the order says something."""

    lines: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    line: Line = ()
    state: State | None = None
    changed: bool = False
    head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a caption that says the finding; `numeric` columns are aligned at the right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawn chart: its title is a sentence, `reading` says what to see and what not to conclude."""

    id: str
    title: str
    reading: str
    description: str
    svg: str
    data: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One statement of the record as a reader sees it."""

    statement: str
    when: str
    act: str
    words: Line
    remarks: tuple[str, ...] = ()
    number: int | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one speaker said, in order of time."""

    speaker: str
    described: str
    sayings: tuple[Saying, ...]


Block = Paragraph | Items | Table | Chart | Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report under a heading that says the finding."""

    id: str
    title: str
    blocks: tuple["Block | Section", ...] = ()
    nav: str | None = None  # a short name for the list of parts


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a source's text and what it is within a statement."""

    text: str
    roles: frozenset[Role] = frozenset()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The sentence that a number rests on, with its words marked."""

    number: int
    statement: str
    pieces: tuple[Piece, ...]
    where: str  # "Report title, 18 Feb 2025, byte 1042"
    voice: str
    doc: str
    anchor: str
    language: str = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document with its statements marked."""

    doc: str
    title: str
    where: str
    sha256: str
    language: str
    paragraphs: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report, ready to be rendered."""

    title: str
    subtitle: str
    made: str  # what made it: winset's version, the case, "as of"
    sections: tuple[Section, ...]
    notes: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = ()
