"""Who said what, by which words, on what day."""

from dataclasses import dataclass
from typing import Literal, get_args

from winset.domain.text import Period, Span, Spans, tidy

Kind = Literal["direct", "indirect", "mixed"]
VoiceKind = Literal["named", "collective", "anonymous", "author", "none"]
Standing = Literal["official", "former official", "diplomat", "expert", "person familiar", "other"]
Act = Literal[
    "demand", "offer", "concession", "commitment", "refusal", "threat",
    "accusation", "praise", "forecast", "assessment", "report",
]  # fmt: skip
Modality = Literal["asserted", "likely", "possible", "conditional", "denied"]
Tense = Literal["past", "present", "future"]
ACTS: tuple[Act, ...] = get_args(Act)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody a source may refer to, with the reason."""

    name: str
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whoever a statement is attributed to, within one document.

    named       an individual named in the text
    collective  a state, body, office or its metonym
    anonymous   unnamed individuals; `id` is the same for one voice within a document
    author      the reporter's own claim
    none        no source is given
    """

    id: str
    kind: VoiceKind
    name: str | None = None
    description: str | None = None
    standing: Standing | None = None
    role: str | None = None
    party: str | None = None
    members: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One attribution. Spans are code points of the document `doc`; `id` is `doc#n`."""

    id: str
    doc: str
    source: Spans
    cue: Spans
    content: Spans
    kind: Kind
    speaker: Voice
    acts: tuple[Act, ...]
    modality: Modality = "asserted"
    negated: bool = False
    tense: Tense | None = None
    about: str | None = None
    within: str | None = None
    condition: str | None = None
    event: str | None = None  # PLOVER class
    date: Period | None = None
    score: float = 1.0
    why: tuple[str, ...] = ()  # reasons for speaker and act, for `--explain`
    by: str = "rules"  # annotator with version, or a person
    translation: str | None = None  # of the content, where a person gave one
    translator: str | None = None

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError(f"{self.id}: a statement needs content")
        if not self.acts:
            raise ValueError(f"{self.id}: a statement needs at least one act")
        for role in (self.source, self.cue, self.content):
            if role != tidy(role):
                raise ValueError(f"{self.id}: spans must be sorted and apart, got {list(role)}")
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"{self.id}: a score lies in 0..1, got {self.score}")

    @property
    def act(self) -> Act:
        return self.acts[0]

    @property
    def extent(self) -> Span:
        """The smallest span that holds source, cue and content."""
        spans = self.source + self.cue + self.content
        return Span(min(s.start for s in spans), max(s.end for s in spans))
