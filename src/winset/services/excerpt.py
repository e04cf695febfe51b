"""The latest part of a large record as a case of its own: what can be said of it while the whole is being read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.cases import case_from
from winset.services import cases
from winset.store.casefile import CaseFile

READ = 1_000
"""Statements of an excerpt; more where the last document has more."""
NOT_HELD = ("documents", "statements", "reviews", "runs", "forecasts")


def answer(path: Path, *, folder: Path, function: Callable[..., Any], asked: dict[str, Any]) -> tuple[int, Any]:
    """(statements read, what `function` says of them): of the latest documents of the case at `path`, with its reviews.

    The excerpt lies in `folder` for as long as the case does not change. Raises what the function raises.
    """
    with CaseFile.open(path) as file:
        last = file.history(1)
        made = folder / f"{last[0].id if last else 0}.winset"
        if not made.exists():
            case = latest(file)
            part = folder / f"{made.stem}-{id(case)}.part.winset"
            cases.new(part)
            with CaseFile.open(part, at=cases.now()) as kept:
                kept.replace(case, at=cases.now(), author=cases.author(), label="excerpt")
            part.replace(made)
    with CaseFile.open(made) as kept:
        read = kept.counts()["statements"]
    return read, function(made, **asked)


def latest(file: CaseFile, most: int = READ) -> Case:
    """The case with its latest documents only, until they have `most` statements."""
    documents: list[dict[str, Any]] = []
    statements: list[dict[str, Any]] = []
    reviews: list[dict[str, Any]] = []
    for doc in file.docs_by_day():
        if len(statements) >= most:
            break
        found = file.get("documents", doc)
        if found is not None:
            documents.append(found[0])
            statements += [one for one in file.within("statements", f"{doc}#") if one["doc"] == doc]
            reviews += [one for one, _ in file.reviews_of(f"statement:{doc}#").values()]
    rest = file.plain(without=NOT_HELD)
    return case_from({**rest, "documents": documents[::-1], "statements": statements, "reviews": reviews}, [])
