"""Records that a person writes may name what so far is only drafted: a party of the articles, an issue of the codebook in use."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from winset.domain.case import Case
from winset.domain.issues import Issue
from winset.domain.plain.actors import party_to
from winset.domain.plain.issues import issue_to
from winset.domain.plain.references import Names, terms_problems
from winset.errors import UsageError
from winset.services.drafting import codebook_of


def needed(
    case: Case, drafted: Case, parties: Iterable[str], issues: Iterable[str], terms: Mapping[str, Any] | None = None
) -> list[tuple[str, dict[str, Any]]]:  # fmt: skip
    """The records (kind, body) to write beside one that names these parties and issues, so that the case holds what it names.

    terms  issue -> the point or option that a deal sets on it; its issues count among those named

    An issue that is taken over says from which codebook, and narrows nothing that is drafted. Raises UsageError, naming those
    there are, for a party or an issue that neither the case nor its draft has, and for a term that its issue does not know.
    """
    issues = dict.fromkeys((*issues, *(terms or {})))
    found: list[tuple[str, dict[str, Any]]] = []
    there = {one.id for one in case.parties}
    known = {one.id: one for one in drafted.parties}
    for id in dict.fromkeys(parties):
        if id in there:
            continue
        if id not in known:
            raise UsageError(f"no party {id!r} in this case; there are {', '.join(known) or 'none'}")
        found.append(("parties", party_to(known[id])))
    held = {one.id for one in case.issues}
    wanted = [id for id in dict.fromkeys(issues) if id not in held]
    book = codebook_of(case) if wanted else None
    taken: list[Issue] = []
    for id in wanted:
        code = next((one.issue() for one in book.issues if one.id == id), None) if book else None
        code = code or next((one for one in drafted.issues if one.id == id), None)
        if code is None or book is None:
            there_are = dict.fromkeys([*held, *(one.id for one in book.issues)] if book else held)
            raise UsageError(f"no issue {id!r} in this case; there are {', '.join(there_are) or 'none'}")
        taken.append(replace(code, codebook=book.id))
    names = Names(frozenset(), {one.id: one for one in (*case.issues, *taken)})
    asked = tuple(
        (id, float(term) if isinstance(term, int | float) else str(term)) for id, term in (terms or {}).items()
    )
    if wrong := next(terms_problems(asked, names, "terms"), None):
        raise UsageError(wrong)
    return [*found, *(("issues", issue_to(one)) for one in taken)]
