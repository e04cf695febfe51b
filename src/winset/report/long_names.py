"""Names, titles, questions, labels and notes as far as a page has room for them; only what was read is shown whole."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from winset.domain.case import Case

LONGEST = 2_000
SHOWN = frozenset(["title", "name", "aliases", "role", "question", "label", "note"])
T = TypeVar("T")


def cut(text: str) -> str:
    """A text as far as there is room for it, and how long it is where that is not all."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text):,} characters)"


def shortened(case: Case) -> Case:
    """The case with what stands for parties, issues, points, documents and judgements cut; their ids stay whole."""
    return case.with_(
        title=cut(case.title), documents=_each(case.documents, deep=False), judgements=_each(case.judgements, deep=False),
        **{
            name: _each(getattr(case, name))
            for name in ("parties", "tables", "issues", "ratifiers", "rules", "relations", "proposals", "precedents", "deals")
        },
    )  # fmt: skip


def _each(those: tuple[T, ...], deep: bool = True) -> tuple[T, ...]:
    found = tuple(_short(one, deep) for one in those)
    return those if all(one is other for one, other in zip(found, those, strict=True)) else found


def _short(one: Any, deep: bool) -> Any:
    """One record with its own texts cut; with `deep` those of the records in it too. The same one where nothing is too long."""
    changed = {}
    for each in fields(one):
        value = before = getattr(one, each.name)
        if each.name in SHOWN and isinstance(value, str):
            value = cut(value)
        elif each.name in SHOWN and isinstance(value, tuple) and all(isinstance(part, str) for part in value):
            value = tuple(map(cut, value)) if any(len(part) > LONGEST for part in value) else value
        elif deep and isinstance(value, tuple) and value and is_dataclass(value[0]):
            value = _each(value)
        if value is not before:
            changed[each.name] = value
    return replace(one, **changed) if changed else one
