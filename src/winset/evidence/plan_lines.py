"""A proposal through its versions while a record is read, and how well a mention fits one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from winset.domain.actors import slug
from winset.domain.terms import Acceptance, Proposal
from winset.domain.text import Grounds, Span
from winset.evidence.plan_mentions import Mention, kind_of

BY = "reader 1"
_TITLE = re.compile(
    r"\A(?:[Tt]he |[Aa] )?(?:[A-Za-z-]+ ){0,2}?(?:[Mm]ediator|[Ff]acilitator|[Gg]o-between|[Ii]ntermediary|[Ss]pecial [Ee]nvoy)"
    r"(?: (?:of|from) (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?=,))?,? (?=[A-Z])"
)
SAME_NEWS = timedelta(days=3)  # reports of one putting forward that appear so close together are of one
_FAMILIES = {
    "draft": "text", "text": "text", "document": "text", "paper": "text", "agreement": "text", "accord": "text", "deal": "text",
    "treaty": "text", "version": "text", "non-paper": "text", "memorandum": "text", "offer": "offer", "bid": "offer",
}  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip


@dataclass(slots=True)
class Version:
    number: str
    day: date | None
    marker: str | None
    grounds: list[Grounds] = field(default_factory=list)
    terms: dict[str, tuple[float, Grounds, str]] = field(default_factory=dict)
    dropped: dict[str, Grounds] = field(default_factory=dict)
    acceptances: list[Acceptance] = field(default_factory=list)
    to: dict[str, None] = field(default_factory=dict)
    put: bool = False  # somebody put it forward
    withdrawn: date | None = None
    why: list[str] = field(default_factory=list)
    spoken: tuple[Grounds, str] | None = (
        None  # where it is first spoken of, or of the next where nobody speaks of it; and how
    )
    score: float = 0.5
    written: Proposal | None = None


@dataclass(slots=True)
class Line:
    """One proposal through its versions."""

    kind: str
    name: str | None
    points: str | None
    topic: str | None
    authors: tuple[str, ...]
    mediator: str | None
    dated: str | None
    first: str  # as the text speaks of it first
    answers: "Line | None" = None
    versions: list[Version] = field(default_factory=list)
    seen: dict[str, tuple[int, int]] = field(
        default_factory=dict
    )  # document -> sentence and place where it was spoken of last


def lines_of(written: Sequence[Proposal]) -> list[Line]:
    """Proposals that somebody wrote down, those of one name as versions of one."""
    lines: dict[str, Line] = {}
    for one in written:
        line = lines.get(one.name)
        if line is None:
            name, kind, points, topic = kind_of(one.name)
            line = lines[one.name] = Line(
                kind=(one.kind or kind), name=name, points=points, topic=topic, authors=one.everybody,
                mediator=one.mediator, dated=None, first=one.name,
            )  # fmt: skip
        version = Version(one.version, one.date, "revised" if line.versions else None, put=True, written=one)
        version.grounds, version.acceptances = list(one.grounds), list(one.acceptances)
        for issue, term in one.terms:
            ground = next(iter(one.stated_by(issue)), None)
            if not isinstance(term, str) and ground is not None:
                version.terms[issue] = (term, ground, "")
        line.versions.append(version)
    return list(lines.values())


def fit_of(line: Line, mention: Mention, day: date | None, here: bool) -> float | None:
    """How well a mention fits a proposal; None where something it says of itself speaks against it."""
    for mine, other in ((line.name, mention.name), (line.points, mention.points), (line.topic, mention.topic)):
        if mine and other and mine != other:
            return None
    if mention.name and not line.name and not (here and mention.given and line.kind == mention.kind):
        return None
    if not line.seen and any(one.written for one in line.versions) and not _written_of(line, mention, day):
        return None
    fit = 0.0
    if mention.authors and line.authors:
        if not set(mention.authors) & set(line.authors):
            return None
        fit += 1.0 if set(mention.authors) == set(line.authors) else 0.5
    elif mention.authors and not here:
        return None
    if mention.mediator and line.mediator and not mention.authors:
        fit += 0.5
    if mention.dated and not _of_its_time(line, mention.dated, day):
        return None
    fit += 1.0 if mention.name and mention.name == line.name else 0.0
    fit += 0.5 if mention.points and mention.points == line.points else 0.0
    fit += 0.4 if mention.topic and mention.topic == line.topic else 0.0
    mine, other = _FAMILIES.get(line.kind, "plan"), _FAMILIES.get(mention.kind, "plan")
    if line.kind == mention.kind:
        fit += 1.0
    elif "counter-proposal" in (line.kind, mention.kind) and mention.kind not in ("proposal", "offer"):
        return None
    elif mine == other or "proposal" in (line.kind, mention.kind):
        fit += 0.4
    elif "offer" in (mine, other) and not mention.authors:
        return None
    else:
        fit += 0.1
    return fit


def _written_of(line: Line, mention: Mention, day: date | None) -> bool:
    """Whether a proposal that somebody wrote down can be the one that a record speaks of for the first time: by what it is called,
    or by its day; one with neither name nor day is whichever is spoken of."""
    own = [(line.name, mention.name), (line.points, mention.points), (line.topic, mention.topic)]
    if any(mine and mine == other for mine, other in own):
        return True
    days = [one.day for one in line.versions if one.day is not None]
    if days and day is not None:
        return any(abs(day - one) <= SAME_NEWS for one in days) or (not mention.authors and min(days) <= day)
    return not line.name


def _of_its_time(line: Line, dated: str, day: date | None) -> bool:
    days = [one.day for one in line.versions if one.day]
    if line.dated == dated or len(days) < len(line.versions):
        return True
    if dated.isdigit():
        return any(one.year == int(dated) for one in days)
    return any(MONTHS[one.month - 1] == dated for one in days)


def title(line: Line, names: Mapping[str, str], *, shared: bool = False) -> str:
    """What a proposal is called: whose it is, its name or points, its kind. `shared`: another has the same name."""
    name = line.name
    if name:
        name = f"{name} {line.kind}" if line.kind.lower() not in name.lower() else name
        if not shared:
            return name
    whose = " and ".join(names.get(one, one.replace("-", " ").title()) for one in line.authors)
    if line.mediator and not any(one in names for one in line.authors):
        person = _TITLE.sub("", line.mediator)
        whose = re.sub(r"\A(?:[Tt]he|[Aa]) ", "", person)
        if names and person == line.mediator:
            whose = f"the {whose}"
        whose = whose[:1].upper() + whose[1:] if names else whose
    if whose and names:
        whose += "’" if whose.endswith("s") else "’s"
    if name:
        return f"{whose} {name}".strip()
    parts = re.search(rf"\b{line.points}-\w+", line.first) if line.points else None  # a three-phase plan has no points
    numbered = parts.group() if parts else f"{line.points}-point" if line.points else ""
    words = [whose, numbered, line.dated or "", line.topic or "", line.kind]
    return " ".join(word for word in words if word)


def records(
    line: Line, ids: Mapping[int, str], names: Mapping[str, str], *, shared: bool = False
) -> Iterable[Proposal]:  # fmt: skip
    """The versions of a proposal; `shared`: another has the same name."""
    base, called = ids[id(line)], title(line, names, shared=shared)
    before: str | None = None
    for version in line.versions:
        if version.written is not None:
            yield replace(version.written, acceptances=tuple(version.acceptances))
            before = version.written.id
            continue
        id_ = base if before is None else f"{base}-v{slug(version.number)}"
        spoken = [version.spoken] if version.spoken else []
        grounds = version.grounds or [ground for _, ground, _ in version.terms.values()] or [
            ground for one in version.acceptances for ground in one.grounds
        ] or [ground for ground, _ in spoken]  # fmt: skip
        why = [*version.why, *(f"{i}: {why}" for i, (_, _, why) in version.terms.items())] or [why for _, why in spoken]
        yield Proposal(
            id=id_, name=called, version=version.number, author=line.authors[0] if line.authors else None,
            mediator=_TITLE.sub("", line.mediator) if line.mediator else None, date=version.day, terms=tuple((i, value) for i, (value, _, _) in version.terms.items()),
            acceptances=tuple(version.acceptances), grounds=tuple(dict.fromkeys(grounds)), kind=line.kind,
            authors=line.authors if len(line.authors) > 1 else (), to=tuple(version.to), revises=before,
            answers=ids.get(id(line.answers)) if line.answers is not None and before is None else None,
            dropped=tuple(version.dropped), withdrawn=version.withdrawn,
            term_grounds=tuple((i, (ground,)) for i, (_, ground, _) in version.terms.items()), by=BY,
            score=round(version.score, 4),
            why=tuple(dict.fromkeys(why)),
        )  # fmt: skip
        before = id_


def told_before(version: Version, new: Acceptance) -> bool:
    """Whether the same answer of the same party was told within a few days: then only its grounds are added."""
    for at, one in enumerate(version.acceptances):
        same = (one.party, one.accepts, one.scope, one.voice, one.reservations) == (
            new.party,
            new.accepts,
            new.scope,
            new.voice,
            new.reservations,
        )
        if same and (one.date is None or new.date is None or abs(new.date - one.date) <= SAME_NEWS):
            version.acceptances[at] = replace(
                one, grounds=(*one.grounds, *new.grounds), condition=one.condition or new.condition
            )
            return True
    return False


_SILENT = re.compile(
    r"\b(?:says? nothing (?:of|about|on)|(?:is|are) silent (?:on|about)|(?:does|did|do) not (?:mention|address|deal with|touch)|makes? no mention of|leaves? (?:out|open|aside|unanswered)|without (?:mentioning|addressing)|"
    r"leaves? (?:the )?(?:question|issue|matter|status|membership|future|fate)s?(?: (?!and\b|but\b)[\w’'-]+){0,6} (?:open|unanswered|aside))\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\b(?:drop(?:s|ped|ping)?|omit(?:s|ted|ting)?|delet(?:es|ed|ing)|remov(?:es|ed|ing)|scrap(?:s|ped|ping)?|strik(?:es|ing) out|struck out|tak(?:es|ing) out|took out|leav(?:es|ing) out|left out|cut(?:s|ting)? out|no longer (?:\w+)|without|abandon(?:s|ed)?)\b",
    re.IGNORECASE,
)
_TAKEN_UP = re.compile(
    r"\b(?:add(?:s|ed|ing)?|keep(?:s|ing)?|kept|retain(?:s|ed|ing)?|include(?:s|d)?|introduc(?:es|ed|ing)|call(?:s|ed|ing)? for|would|provid(?:es|ed|ing) for|insert(?:s|ed|ing)?|replac(?:es|ed|ing)|instead|offers?|rais(?:es|ed)|lowers?|puts?|set(?:s|ting)?)\b",
    re.IGNORECASE,
)


def segments(text: str, span: Span) -> list[tuple[Span, bool]]:
    """Stretches of a predicate, each with whether it tells what is left out."""
    marks = sorted(
        [(one.start(), True) for pattern in (_LEFT_OUT, _SILENT) for one in pattern.finditer(text, span.start, span.end)]
        + [(one.start(), False) for one in _TAKEN_UP.finditer(text, span.start, span.end)]
    )  # fmt: skip
    if not any(out for _, out in marks):
        return [(span, False)]
    found: list[tuple[Span, bool]] = []
    start, out = span.start, False
    for at, left in marks:
        if left != out and at > start:
            found.append((Span(start, at), out))
            start = at
        out = left
    found.append((Span(start, span.end), out))
    return [(part, out) for part, out in found if len(part) > 3]
