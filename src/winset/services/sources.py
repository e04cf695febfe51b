"""Whatever a command may be pointed at, as a Case."""

import json
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.cases import SCHEMA
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.quick import statement_as_written
from winset.domain.plain.reviews import review_from
from winset.domain.plain.statements import statement_from
from winset.domain.plain.texts import document_from
from winset.domain.reviews import Review, statement_target
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.errors import CaseError, FormulationError, StoreError
from winset.evidence import reviewed
from winset.evidence.factions import Speaker, called, speaker
from winset.evidence.tellings import Telling, telling
from winset.evidence.tellings import tellings as of_statements
from winset.services.collecting import uncollected
from winset.store.casefile import CaseFile
from winset.store.connection import MAGIC
from winset.store.textform import LARGEST, case_from_json, parse

HEAD = 4096
"""Bytes in which a text form names its schema."""
OF_ARTICLES = "; to make a case of articles: winset new CASE.winset, then winset add CASE.winset {}"
_ONE_BY_ONE = 0.25
"""Share of the statements up to which they are looked up by their ids; where more are wanted all are looked through."""
_LOG = logging.getLogger(__name__)


@uncollected
def load_case(path: Path, remarks: list[str] | None = None) -> Case:
    """The case at `path`: a `.winset` case file or a `winset-case/1` text form, told apart by content.

    Odd but harmless things are appended to `remarks`; without a list they go to the log, which the command line
    shows on standard error. Raises CaseError where the content is damaged or foreign, StoreError where the file
    cannot be read.
    """
    noted: list[str] = []
    case = _load(path, noted)
    for remark in noted:
        if remarks is None:
            _LOG.warning("%s: %s", path, remark)
        else:
            remarks.append(remark)
    return case


def reviewed_case(path: Path, remarks: list[str] | None = None) -> Case:
    """The case at `path` with its reviews laid over it: what every answer is computed from. Raises as `load_case`."""
    return reviewed.lay(load_case(path, remarks))


def judged_case(path: Path) -> Case:
    """As `reviewed_case`, without documents and statements: all that positions and methods need, however many there are.

    The rejections of statements that judgements rest on count all the same.
    """
    if not is_case_file(path):
        return reviewed_case(path)
    with CaseFile.open(path) as file:
        case = file.case(without=("documents", "statements", "reviews", "runs"))
        grounds = {ground.statement for one in case.judgements for ground in one.grounds if ground.statement}
        # every target but those of statements, which lie between these two in the order of code points
        found = [
            one
            for one, _ in (
                *file.reviews_of("", "statement:").values(),
                *file.reviews_of("statement;", "\U0010ffff").values(),
            )
        ]
        if file.counts()["reviews"] < len(grounds):  # fewer questions the one way or the other
            of_statements = file.reviews_of(statement_target(""))
            found += [
                one for target, (one, _) in of_statements.items() if target[len(statement_target("")) :] in grounds
            ]
        else:
            for id in sorted(grounds):
                found += [one for one, _ in file.reviews_of(f"statement:{id}", f"statement:{id}\0").values()]
    reviews = tuple(record(Fields(one, f"review of {one['target']}"), review_from) for one in found)
    return reviewed.lay(replace(case, reviews=reviews))


def statements_named(path: Path, case: Case, ids: Iterable[str]) -> dict[str, Statement]:
    """Id -> statement, for those that are there: of `case` where it holds any, else one by one from the case file."""
    wanted = dict.fromkeys(ids)
    if case.statements or not is_case_file(path):
        return {one.id: one for one in case.statements if one.id in wanted}
    with CaseFile.open(path) as file:
        bodies = file.named("statements", wanted)
    found = {id: _statement(bodies[id], id) for id in wanted if id in bodies}
    return found | _corrected(path, found)


def _corrected(path: Path, statements: Mapping[str, Statement]) -> dict[str, Statement]:
    """Those of the statements that a person corrected, as corrected."""
    return {
        id: reviewed.corrected(statements[id], one)
        for one in reviews_of_statements(path, statements) if one.verdict == "correct"
        for id in [one.target.removeprefix(statement_target(""))]
    }  # fmt: skip


def tellings(path: Path, case: Case, ids: Collection[str]) -> dict[str, Telling]:
    """Id -> what the statement tells about a move, as `statements_named`, without reading statements whole; where most are
    wanted the others are there too."""
    if case.statements or not is_case_file(path):
        wanted = set(ids)
        return of_statements((one for one in case.statements if one.id in wanted), case.documents)
    with CaseFile.open(path) as file:
        rows = file.told(ids if file.holds_more("statements", int(len(ids) / _ONE_BY_ONE)) else None)
    alike = _Alike()
    found = {id: alike[text] for id, text in rows}
    closer = (
        {id for id in ids if id in found and found[id].may_be_done}
        if any(one.may_be_done for one in alike.values())
        else set()
    )
    statements = statements_named(path, case, closer | {*ids_corrected(path, ids)})
    if statements:
        with CaseFile.open(path) as file:
            bodies = file.named("documents", dict.fromkeys(one.doc for one in statements.values()))
        texts = {id: str(body["text"]) for id, body in bodies.items()}
        found |= {id: telling(one, texts.get(one.doc, "")) for id, one in statements.items()}
    return found


class _Alike(dict[str, Telling]):
    """What statements tell by how the store says it: one for the thousands that tell the same."""

    def __missing__(self, text: str) -> Telling:
        party, members, act, modality, tense, condition = json.loads(text)
        made = self[text] = Telling((party, *(members or ())), act, modality or "asserted", tense, bool(condition))
        return made


def speakers(path: Path, case: Case, ids: Iterable[str]) -> dict[str, Speaker]:
    """Id -> who speaks in the statement, as `statements_named`, without reading statements whole."""
    wanted = dict.fromkeys(ids)
    if case.statements or not is_case_file(path):
        return {one.id: speaker(one.speaker) for one in case.statements if one.id in wanted}
    with CaseFile.open(path) as file:
        found = {
            id: called(name, description, role, (party, *_members(members)))
            for id, name, description, role, party, members in file.speaking(wanted)
        }
    corrected = ids_corrected(path, found)
    return found | {id: speaker(one.speaker) for id, one in statements_named(path, case, corrected).items()}


def _members(written: str) -> list[str]:
    """The members of a joint voice; most voices have none, and of those there may be 100,000."""
    found: list[str] = [] if written == "[]" else json.loads(written)
    return found


def ids_corrected(path: Path, ids: Iterable[str]) -> list[str]:
    """Those of the statements in a case file that a person corrected."""
    return [
        one.target.removeprefix(statement_target(""))
        for one in reviews_of_statements(path, ids) if one.verdict == "correct"
    ]  # fmt: skip


def reviews_of_statements(path: Path, ids: Iterable[str]) -> tuple[Review, ...]:
    """The reviews of the statements with these ids in a case file."""
    with CaseFile.open(path) as file:
        found = file.reviews_on(statement_target(id) for id in ids)
    return tuple(record(Fields(one, f"review of {one['target']}"), review_from) for one in found)


def _statement(body: Any, id: str) -> Statement:
    return statement_as_written(body) or record(Fields(body, f"statement {id}"), statement_from)


def acting(path: Path, case: Case, acts: Iterable[str]) -> tuple[tuple[Document, ...], tuple[Statement, ...]]:
    """The statements whose first act is one of `acts`, with their documents; without reading the others of a case file."""
    wanted = set(acts)
    if case.statements or not is_case_file(path):
        return case.documents, tuple(one for one in case.statements if one.acts[0] in wanted)
    with CaseFile.open(path) as file:
        found = [_statement(one, "read") for one in file.statements_acting(wanted)]
        docs = {one.doc: file.get("documents", one.doc) for one in found}
    return tuple(record(Fields(one[0], f"document {id}"), document_from) for id, one in docs.items() if one), tuple(
        found
    )


def is_case_file(path: Path) -> bool:
    """Whether a case file lies there, told by its first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def is_text_form(path: Path) -> bool:
    """Whether a case's text form lies there, told by what it begins with."""
    try:
        with path.open("rb") as file:
            return f'"{SCHEMA}"'.encode() in file.read(HEAD)
    except OSError:
        return False


def no_case(path: Path, wanted: str) -> None:
    """Raises where a case lies at `path` and something else is asked for: FormulationError for a sound one, saying what is
    `wanted`, CaseError for a damaged one or another file that goes by a case file's name."""
    if is_case_file(path) or path.suffix == ".winset" or is_text_form(path):
        load_case(path)
        raise FormulationError(f"{path} is a case; give {wanted}")


def read_bytes(path: Path, most: int = LARGEST) -> bytes:
    """The bytes of a regular file of at most `most` bytes. Raises StoreError naming the file and the way out."""
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder; give a file in it")
        if path.exists() and not path.is_file():
            raise StoreError(f"{path} is not a regular file; copy its content to one first")
        size = path.stat().st_size
        if size > most:
            raise CaseError(f"{path} has {size:,} bytes, more than the {most:,} that a text form may have")
        return path.read_bytes()
    except FileNotFoundError:
        raise StoreError(f"{path} does not exist; check the name, or make a case with: winset new {path}") from None
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}") from None


def _load(path: Path, remarks: list[str]) -> Case:
    if path.is_dir():
        raise StoreError(f"{path} is a folder; give the case file in it{OF_ARTICLES.format(path)}")
    if is_case_file(path):
        with CaseFile.open(path) as file:
            return file.case()
    data = read_bytes(path)
    if not data.strip():
        raise CaseError(f"{path} is empty; make a case with: winset new CASE.winset")
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        raise CaseError(f"{path} is neither a case file nor a case's text form (JSON){OF_ARTICLES.format(path)}")
    try:
        return case_from_json(parse(data), remarks)
    except StoreError:
        raise
    except CaseError as error:
        raise CaseError(f"{path}: {error}") from None
