"""The packaged codebooks, and a makeshift one for the issues of a case."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from winset.domain.case import Case
from winset.domain.issues import Issue
from winset.domain.plain.codebooks import codebook_from
from winset.domain.vocabulary import Codebook, CodebookIssue, CodePoint
from winset.errors import CaseError, ResourceError

PACKAGED = ("conflict-and-peace", "trade-and-tariffs", "climate", "labour-and-pay", "budget-and-coalition")


@cache
def packaged(id: str) -> Codebook:
    """A packaged codebook. Raises CaseError for an unknown name, ResourceError for a missing file."""
    if id not in PACKAGED:
        raise CaseError(f"no packaged codebook {id!r}; there are {', '.join(PACKAGED)}")
    try:
        text = files("winset.evidence.codebooks").joinpath(f"{id}.toml").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ResourceError(f"the packaged codebook {id}.toml is missing; install winset again") from None
    return codebook_from(tomllib.loads(text))


def everything() -> Codebook:
    """All packaged codebooks as one, for a record whose subject is not known yet."""
    whole = Codebook(id="packaged", title="All packaged codebooks")
    for id in PACKAGED:
        whole = whole.joined(packaged(id))
    return whole


def codebook_for(case: Case, base: Codebook | None = None) -> Codebook:
    """Codes for the issues of `case`: those of `base` where the ids agree, else made of each issue's own words."""
    base = base or everything()
    known = {issue.id: issue for issue in base.issues}
    issues = []
    for issue in case.issues:
        code = known.get(issue.id)
        if code is not None and issue.bounds == code.bounds:
            issues.append(code)
        elif issue.bounds is not None:
            issues.append(makeshift(issue))
    return Codebook(id="case", title=case.title, issues=tuple(issues))


_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "could",
        "do",
        "does",
        "for",
        "from",
        "get",
        "has",
        "have",
        "how",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "might",
        "more",
        "most",
        "must",
        "no",
        "not",
        "of",
        "off",
        "on",
        "or",
        "other",
        "out",
        "over",
        "own",
        "shall",
        "should",
        "side",
        "sides",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "these",
        "this",
        "to",
        "under",
        "until",
        "up",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "without",
        "would",
        "yes",
        "much",
        "many",
        "full",
        "part",
        "all",
        "none",
        "level",
        "point",
        "party",
        "parties",
        "state",
        "states",
        "country",
        "high",
        "low",
        "middle",
    ]
)


def makeshift(issue: Issue) -> CodebookIssue:
    """A code made of an issue's own id, question and labels, for issues that no codebook knows."""
    bounds = issue.bounds
    assert bounds is not None, issue.id
    topics = tuple(dict.fromkeys(_content_words(f"{issue.id} {issue.question}")))
    points, taken = [], set(topics)
    for point in issue.scale:
        words = _content_words(point.label)
        phrase = " ~ ".join(words[:4])
        fresh = (phrase,) if phrase and phrase not in taken else ()
        taken.update(fresh)
        points.append(CodePoint(value=point.value, label=point.label, phrases=fresh))
    status_quo = issue.status_quo if isinstance(issue.status_quo, int | float) else None
    from winset.evidence import quantities  # loads many patterns, which packaged codebooks need not wait for

    units, named = (quantities.of_question(issue.question) if issue.range is not None else None) or ((), ())
    return CodebookIssue(
        id=issue.id, question=issue.question, points=tuple(points), range=bounds if not points else issue.range,
        status_quo=status_quo, topics=tuple(dict.fromkeys((*topics, *named))), units=units,
    )  # fmt: skip


def _content_words(text: str) -> list[str]:
    words = [w for w in re.findall(r"[^\W_]+", text.casefold()) if w not in _COMMON and len(w) > 2]
    return [w[: max(4, len(w) - 2)] + "*" if len(w) > 5 else w for w in words]
