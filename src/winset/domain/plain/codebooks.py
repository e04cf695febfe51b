"""Codebooks as plain values: those of their TOML and JSON forms, and of the case that keeps one."""

from collections.abc import Mapping
from typing import Any

from winset.domain.vocabulary import Codebook, CodebookIssue, CodePoint
from winset.errors import CaseError


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
        was=_words(value, "was", where), part_of=_words(value, "part_of", where),
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
                    counts=issue.counts, counts_not=issue.counts_not, was=list(issue.was), part_of=list(issue.part_of),
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


_FIELDS = frozenset(("schema", "id", "title", "version", "about", "issues"))
_OF_ISSUE = frozenset((
    "id", "question", "points", "status_quo", "topics", "excludes", "units", "range", "counts", "counts_not", "was", "part_of",
))  # fmt: skip
_OF_POINT = frozenset(("value", "label", "phrases", "examples", "opposed"))


def strange_fields(value: Mapping[str, Any]) -> list[str]:
    """Fields of a codebook's plain values that nobody knows, each with its place; they are left out in reading."""
    said = [f"the field {one!r}" for one in value if one not in _FIELDS]
    for issue in value.get("issues", ()):
        said += [f"the field {one!r} of issue {issue['id']}" for one in issue if one not in _OF_ISSUE]
        for point in issue.get("points", ()):
            said += [
                f"the field {one!r} of point {point['value']:g} of issue {issue['id']}"
                for one in point
                if one not in _OF_POINT
            ]
    return said
