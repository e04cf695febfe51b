"""Codebooks: the packaged ones and those in files; what they hold, how they are changed, what a change touches."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.codebooks import codebook_from, codebook_to
from winset.domain.vocabulary import Codebook, CodebookIssue, CodePoint
from winset.errors import CaseError, StoreError, UsageError
from winset.evidence import coding
from winset.evidence.phrases import PhraseIndex
from winset.formats.codebook_files import ENDINGS, left_out, read_codebook, write_codebook
from winset.services import case_codebooks
from winset.services.cases import write_whole
from winset.services.sources import is_case_file, is_text_form


def listed() -> list[dict[str, Any]]:
    """One line a packaged codebook: id, title, version, its issues."""
    return [
        {"id": one.id, "title": one.title, "version": one.version, "issues": [issue.id for issue in one.issues]}
        for one in map(coding.packaged, coding.PACKAGED)
    ]


def load(source: str) -> Codebook:
    """A packaged codebook by its id, one from a file, or that of a case file. Raises UsageError on another name,
    StoreError on a file that cannot be read, CaseError on a damaged one."""
    if source in coding.PACKAGED:
        return coding.packaged(source)
    path = Path(source)
    if is_case_file(path) or is_text_form(path):
        return case_codebooks.of_case(path)
    known = f"packaged codebooks are {', '.join(coding.PACKAGED)}"
    if path.suffix.lower() not in ENDINGS:
        if path.is_file():
            raise CaseError(f"{source}: neither a case file nor a codebook in {', '.join(ENDINGS)}; {known}")
        if path.is_dir() or path.suffix.lower() == ".winset":
            raise StoreError(f"{source} {'is a folder' if path.is_dir() else 'does not exist'}; {known}")
        raise UsageError(f"no codebook {source!r}: no file of that name, and {known}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{source}: {error.strerror or error}; {known}") from None
    return _checked(read_codebook(data, path.suffix.lower(), name=path.name))


def _checked(codebook: Codebook) -> Codebook:
    """With phrases that can be read. Raises CaseError for one that cannot."""
    for issue in codebook.issues:
        phrases = [*issue.topics, *issue.excludes, *(p for point in issue.points for p in point.phrases)]
        try:
            PhraseIndex((phrase, issue.id) for phrase in phrases)
        except CaseError as error:
            raise CaseError(f"codebook {codebook.id}, issue {issue.id}: {error}") from None
    return codebook


def save(codebook: Codebook, target: Path) -> None:
    """Writes a codebook; the ending of the file says in which form."""
    write_whole(target, write_codebook(_checked(codebook), target.suffix.lower()), force=True)


def shown(source: str, issue: str | None = None) -> dict[str, Any]:
    """A codebook as its file has it, or one issue of it. Raises CaseError, naming those there are."""
    codebook = load(source)
    whole = codebook_to(codebook)
    if issue is None:
        return whole
    codebook.issue(issue)
    return next(one for one in whole["issues"] if one["id"] == issue)


def _own(file: Path) -> Codebook:
    if str(file) in coding.PACKAGED:
        raise UsageError(
            f"{file} is packaged and stays as it is; `winset codebook export {file} my.toml` makes a copy to edit"
        )
    return load(str(file))


def changed(before: Codebook, after: Codebook, file: Path) -> dict[str, Any]:
    """Writes the codebook and says which issues the change touches; all others are read as before. In a case file it is an
    operation that can be undone, and reviews follow."""
    if is_case_file(file):
        return {"file": str(file), **case_codebooks.put(file, _checked(after))}
    save(after, file)
    return {"file": str(file), "touched": list(before.changed(after)), "issues": [issue.id for issue in after.issues]}


def put(file: Path, issue: dict[str, Any], *, new: bool) -> dict[str, Any]:
    """Adds an issue given as in the JSON form, or puts it in the place of the one with its id."""
    before = _own(file) if file.exists() else Codebook(id=file.stem, title=file.stem)
    made = codebook_from({"id": before.id, "issues": [issue]}).issues[0]
    there = any(one.id == made.id for one in before.issues)
    if new and there:
        raise UsageError(f"{file}: there is an issue {made.id!r} already; `winset codebook edit` changes it")
    if not new and not there:
        before.issue(made.id)
    return changed(before, before.put(made), file)


def edit(
    file: Path, issue: str, *, question: str | None = None, phrases: Sequence[tuple[float, str]] = (), without: Sequence[str] = (),
    labels: Sequence[tuple[float, str]] = (), topics: Sequence[str] = (), status_quo: float | None = None,
    excludes: Sequence[str] = (), examples: Sequence[tuple[float, str]] = (), counts: str | None = None, counts_not: str | None = None,
    gone: Sequence[float] = (),
) -> dict[str, Any]:  # fmt: skip
    """Changes one issue: its question, status quo, topics and exclusions, labels of points (a new value makes a new point), phrases,
    examples, what counts and what does not. `without` are words to take out, `gone` points. Raises UsageError for what is not there."""
    before = _own(file)
    old = _there(before, issue).issue(issue)
    points = {point.value: point for point in old.points}
    for value, label in labels:
        points[value] = replace(points[value], label=label) if value in points else CodePoint(value=value, label=label)

    def at(value: float) -> CodePoint:
        if value not in points:
            raise UsageError(f"{issue}: no point {value:g}; there are {', '.join(f'{v:g}' for v in sorted(points))}")
        return points[value]

    for value, phrase in phrases:
        points[value] = replace(at(value), phrases=tuple(dict.fromkeys((*at(value).phrases, phrase))))
    for value, example in examples:
        points[value] = replace(at(value), examples=tuple(dict.fromkeys((*at(value).examples, example))))
    for value in gone:
        at(value)
        del points[value]
    words = {word for point in points.values() for word in (*point.phrases, *point.examples)}
    unknown = set(without) - {*old.topics, *old.excludes, *words}
    if unknown:
        raise UsageError(
            f"{issue}: {sorted(unknown)[0]!r} is none of its phrases; see `winset codebook show {file} {issue}`"
        )
    made: CodebookIssue = replace(
        old, question=question or old.question,
        points=tuple(
            replace(
                points[v], phrases=tuple(p for p in points[v].phrases if p not in without),
                examples=tuple(e for e in points[v].examples if e not in without),
            )
            for v in sorted(points)
        ),
        excludes=tuple(e for e in dict.fromkeys((*old.excludes, *excludes)) if e not in without),
        counts=old.counts if counts is None else counts, counts_not=old.counts_not if counts_not is None else counts_not,
        topics=tuple(t for t in dict.fromkeys((*old.topics, *topics)) if t not in without),
        status_quo=old.status_quo if status_quo is None else status_quo,
    )  # fmt: skip
    return changed(before, before.put(made), file)


def remove(file: Path, issue: str) -> dict[str, Any]:
    """Takes an issue out. Reviews of positions on it stay in the case."""
    before = _own(file)
    return changed(before, _there(before, issue).without(issue), file)


def merge(file: Path, keep: str, drop: str) -> dict[str, Any]:
    """Folds one issue into another of the same scale."""
    before = _own(file)
    return changed(before, _there(before, keep, drop).merged(keep, drop), file)


def split(file: Path, issue: str, new: str, question: str, phrases: Sequence[str]) -> dict[str, Any]:
    """Moves phrases of an issue to a new one with the same scale."""
    before = _own(file)
    return changed(before, _there(before, issue).split(issue, new, question, phrases), file)


def convert(source: str, target: Path, *, force: bool = False) -> dict[str, Any]:
    """Writes a codebook, packaged or from a file, to another file of any of the forms; `left_out` names what a codebook has no place for."""
    codebook = load(source)
    data = write_codebook(codebook, target.suffix.lower())
    path = Path(source)
    lost = (
        left_out(path.read_bytes(), path.suffix.lower(), name=path.name)
        if source not in coding.PACKAGED and path.suffix.lower() in ENDINGS
        else []
    )
    write_whole(target, data, force=force)
    return {"file": str(target), "id": codebook.id, "issues": [issue.id for issue in codebook.issues], "left_out": lost}


def difference(a: str, b: str) -> dict[str, Any]:
    """Which issues differ between two codebooks: only these are suggested anew."""
    one, other = load(a), load(b)
    return {"a": one.id, "b": other.id, "touched": list(one.changed(other))}


def use(case: Path, source: str | None) -> dict[str, Any]:
    """Keeps a codebook in a case, by which its record is read from now on; None goes back to the packaged ones that fit.

    One operation that can be undone; see `case_codebooks.put`.
    """
    return case_codebooks.put(case, None if source is None else load(source))


def of_case(path: Path) -> dict[str, Any]:
    """What the record of a case is read by; see `case_codebooks.described`."""
    return case_codebooks.described(path)


def used(case: Case, source: str) -> Case:
    """The case as read by another codebook, its reviews following; nothing is written."""
    return case_codebooks.used(case, load(source))


def _there(book: Codebook, *issues: str) -> Codebook:
    """The codebook, where it has these issues. Raises UsageError, naming those there are."""
    known = [one.id for one in book.issues]
    for issue in issues:
        if issue not in known:
            raise UsageError(f"codebook {book.id}: no issue {issue!r}; there are {', '.join(known) or 'none'}")
    return book
