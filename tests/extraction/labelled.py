"""The labelled negotiations of `tests/extraction/negotiations`, and how far what is drafted agrees with them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from winset.domain.actors import slug
from winset.domain.case import Case
from winset.domain.text import Document
from winset.evidence.drafts import Draft
from winset.language.annotation import Annotator
from winset.services.extraction import Read, read_statements
from winset.services.reading import Taken

FOLDER = Path(__file__).parent / "negotiations"
_HEAD = re.compile(r"^=== (\d{4}-\d\d-\d\d) (.*)$", re.M)
_MARK = re.compile(r"\{([^{}:]+): ([^{}]*)\}")


@dataclass(frozen=True)
class Label:
    doc: str
    start: int
    end: int
    issue: str
    party: str
    value: float
    voice: str


@dataclass
class Negotiation:
    name: str
    title: str
    codebook: str
    parties: dict[str, set[str]]  # label's name -> ids that mean it
    documents: list[Document] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def negotiation(name: str) -> Negotiation:
    raw = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    head, *rest = _HEAD.split(raw)
    facts = dict(re.findall(r"^# ([\w-]+): (.*)$", head, re.M))
    found = Negotiation(
        name, facts.pop("negotiation"), facts.pop("codebook"),
        {key: {key, *map(slug, names.split("|"))} for key, names in facts.items()},
    )  # fmt: skip
    for number, (day, title, marked) in enumerate(zip(rest[::3], rest[1::3], rest[2::3], strict=True), 1):
        doc, text, at = f"{name}-{number:02}", title + "\n\n", 0
        marked = marked.strip()
        for mark in _MARK.finditer(marked):
            text += marked[at : mark.start()]
            for one in mark.group(1).split(";"):
                issue, party, value, voice = one.split()
                assert party in found.parties, (doc, one)
                assert voice in ("own", "ascribed", "forecast", "past", "drops"), (doc, one)
                found.labels.append(
                    Label(doc, len(text), len(text) + len(mark.group(2)), issue, party, float(value), voice)
                )
            text += mark.group(2)
            at = mark.end()
        text += marked[at:]
        assert "{" not in text, doc
        found.documents.append(
            Document(id=doc, text=text, sha256=sha256(text.encode()).hexdigest(), language="en", date=date.fromisoformat(day), title=title)
        )  # fmt: skip
    return found


def read(found: Negotiation, annotator: Annotator) -> Case:
    taken = [Taken(document=one, data=one.text.encode()) for one in found.documents]
    done = [one for one in read_statements(taken, annotator) if isinstance(one, Read)]
    return Case(
        documents=tuple(one.document for one in done), statements=tuple(s for one in done for s in one.statements)
    )  # fmt: skip


@dataclass(frozen=True)
class Suggestion:
    doc: str
    start: int
    end: int
    issue: str
    party: str
    low: float
    high: float
    voice: str
    score: float
    statement: str


def suggestions(drafted: Draft) -> list[Suggestion]:
    """What was drafted, one a statement and issue."""
    found = []
    for one in drafted.stances:
        found.append(
            Suggestion(
                one.grounds.doc, *one.words, one.issue, one.party, *one.value.ends, "drops" if one.stand == "drops" else one.voice, one.score, one.statement
            )
        )  # fmt: skip
    return found


@dataclass
class Agreement:
    labels: int = 0
    suggested: int = 0
    found: int = 0
    near: int = 0
    voices: int = 0
    parties: int = 0
    right: int = 0  # issue, party, point and voice
    missed: list[Label] = field(default_factory=list)
    extra: list[Suggestion] = field(default_factory=list)
    wrong: list[tuple[Label, Suggestion]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.found / (self.labels + self.suggested) if self.labels + self.suggested else 0.0


def steps(codebook: Iterable[object]) -> dict[str, float]:
    """Issue -> what counts as one step: the widest gap between labelled points next to each other; of a range a tenth."""
    found = {}
    for issue in codebook:
        values = [point.value for point in issue.points]  # type: ignore[attr-defined]
        low, high = issue.bounds  # type: ignore[attr-defined]
        gaps = [b - a for a, b in pairwise(values)]
        found[issue.id] = min(gaps) if gaps and not issue.units else (high - low) * 0.02  # type: ignore[attr-defined]
    return found


def same(label: Label, one: Suggestion) -> bool:
    return label.doc == one.doc and label.issue == one.issue and one.start < label.end and label.start < one.end


def agreement(found: Negotiation, drawn: list[Suggestion], step: dict[str, float]) -> Agreement:
    result = Agreement(labels=len(found.labels), suggested=len(drawn))
    left = list(drawn)
    for label in found.labels:
        fits = [one for one in left if same(label, one)]
        if not fits:
            result.missed.append(label)
            continue
        one = max(fits, key=lambda s: (s.party in found.parties[label.party], s.voice == label.voice, s.score))
        left.remove(one)
        result.found += 1
        near = one.low - step[label.issue] <= label.value <= one.high + step[label.issue]
        voice = one.voice == label.voice
        party = one.party in found.parties[label.party]
        result.near += near
        result.voices += voice
        result.parties += party
        right = near and voice and party
        result.right += right
        if not right or not one.low <= label.value <= one.high:
            result.wrong.append((label, one))
    result.extra = left
    return result
