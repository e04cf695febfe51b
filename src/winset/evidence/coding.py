"""Codebooks from TOML and JSON values, and back; the packaged ones; a makeshift one for the issues of a case."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from winset.domain.case import Case
from winset.domain.issues import Issue
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


def codebook_from(value: Mapping[str, Any]) -> Codebook:
    """A codebook from the values of its TOML or JSON form. Raises CaseError, naming the place."""
    if not isinstance(value, Mapping):
        raise CaseError(f"a codebook is a table of id, title and issues, got {type(value).__name__}")
    id = _text(value, "id", "the codebook")
    return Codebook(
        id=id, title=str(value.get("title", id)), version=str(value.get("version", "1")),
        about=str(value.get("about", "")),
        issues=tuple(_issue_from(one, f"codebook {id}, issue {n}") for n, one in enumerate(_list(value, "issues"), 1)),
    )  # fmt: skip


def _issue_from(value: Mapping[str, Any], where: str) -> CodebookIssue:
    if not isinstance(value, Mapping):
        raise CaseError(f"{where}: expected a table, got {value!r}")
    id = _text(value, "id", where)
    where = f"{where} ({id})"
    ends = value.get("range")
    if ends is not None and not (isinstance(ends, list) and len(ends) == 2):
        raise CaseError(f"{where}: range needs [low, high], got {ends!r}")
    return CodebookIssue(
        id=id, question=_text(value, "question", where),
        points=tuple(_point_from(one, f"{where}, point {n}") for n, one in enumerate(_list(value, "points"), 1)),
        status_quo=_number(value.get("status_quo"), f"{where}: status_quo"),
        topics=_words(value, "topics", where), excludes=_words(value, "excludes", where),
        units=_words(value, "units", where),
        range=None if ends is None else (_sure(ends[0], f"{where}: range"), _sure(ends[1], f"{where}: range")),
        counts=str(value.get("counts", "")), counts_not=str(value.get("counts_not", "")),
    )  # fmt: skip


def _point_from(value: Mapping[str, Any], where: str) -> CodePoint:
    if not isinstance(value, Mapping):
        raise CaseError(f"{where}: expected a table, got {value!r}")
    return CodePoint(
        value=_sure(value.get("value"), f"{where}: value"), label=_text(value, "label", where),
        phrases=_words(value, "phrases", where), examples=_words(value, "examples", where),
        opposed=_number(value.get("opposed"), f"{where}: opposed"),
    )  # fmt: skip


def codebook_to(codebook: Codebook) -> dict[str, Any]:
    """The plain values of a codebook, as its JSON and TOML forms hold them; empty fields are left out."""

    def bare(**fields: Any) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if value not in (None, "", [], ())}

    return {
        "id": codebook.id, "title": codebook.title, "version": codebook.version, **bare(about=codebook.about),
        "issues": [
            {
                "id": issue.id, "question": issue.question,
                **bare(
                    status_quo=issue.status_quo, topics=list(issue.topics), excludes=list(issue.excludes),
                    units=list(issue.units), range=list(issue.range) if issue.range else None,
                    counts=issue.counts, counts_not=issue.counts_not,
                    points=[
                        {"value": p.value, "label": p.label,
                         **bare(opposed=p.opposed, phrases=list(p.phrases), examples=list(p.examples))}
                        for p in issue.points
                    ],
                ),
            }
            for issue in codebook.issues
        ],
    }  # fmt: skip


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
    return CodebookIssue(
        id=issue.id, question=issue.question, points=tuple(points), range=bounds if not points else issue.range,
        status_quo=status_quo, topics=topics,
    )  # fmt: skip


def _content_words(text: str) -> list[str]:
    words = [w for w in re.findall(r"[^\W_]+", text.casefold()) if w not in _COMMON and len(w) > 2]
    return [w[: max(4, len(w) - 2)] + "*" if len(w) > 5 else w for w in words]


def _text(value: Mapping[str, Any], key: str, where: str) -> str:
    found = value.get(key)
    if not isinstance(found, str) or not found.strip():
        raise CaseError(f"{where}: needs a text {key!r}, got {found!r}")
    return found


def _list(value: Mapping[str, Any], key: str) -> list[Any]:
    found = value.get(key, [])
    if not isinstance(found, list):
        raise CaseError(f"{key} is a list, got {found!r}")
    return found


def _words(value: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = _list(value, key)
    if not all(isinstance(one, str) for one in found):
        raise CaseError(f"{where}: {key} is a list of texts, got {found!r}")
    return tuple(found)


def _sure(value: object, where: str) -> float:
    number = _number(value, where)
    if number is None:
        raise CaseError(f"{where} needs a number, got {value!r}")
    return number


def _number(value: object, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) == float("inf"):
        raise CaseError(f"{where}: a finite number is needed, got {value!r}")
    return float(value)
