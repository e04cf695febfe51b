"""REFI-QDA projects (`.qdpx`): the exchange format of programs for qualitative analysis, out and in.

A project is a ZIP archive with `project.qde` and the sources as plain text. Statements are coded selections; their acts and
the issues that rest on them are codes. What the format has no place for stands as JSON in descriptions, so that a
project of ours comes back equal; one from elsewhere gives documents and selections with what it says.
"""

import hashlib
import io
import json
import re
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from winset.domain.actors import slug
from winset.domain.case import Case
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.statements import statement_from, statement_to
from winset.domain.plain.texts import document_from, document_to
from winset.domain.statements import ACTS, Act, Statement, Voice
from winset.domain.text import Document, Span
from winset.errors import CaseError, FormatError, ReadingError
from winset.reading.archive import open_archive
from winset.reading.limits import Limits
from winset.reading.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

SPACE = "urn:QDA-XML:project:1.0"
PROJECT, SOURCES, INSIDE = "project.qde", "sources", "internal://"
_OURS = "winset "  # what a description of ours begins with
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MEMBER = re.compile(r"[\w.-]+(?:\.txt)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What a project holds, and in words what of it has no place in a case."""

    name: str
    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    remarks: tuple[str, ...] = ()


def write_qdpx(case: Case) -> bytes:
    """The documents and statements of a case as a project, the same bytes for the same case."""
    from lxml import etree

    root = etree.Element(f"{{{SPACE}}}Project", nsmap={None: SPACE})
    root.set("name", _clean(case.title))
    root.set("origin", "winset")

    def child(parent: Any, tag: str, /, **attributes: str) -> Any:
        made = etree.SubElement(parent, f"{{{SPACE}}}{tag}")
        for key, value in attributes.items():
            made.set(key, _clean(value))
        return made

    people = dict.fromkeys(one.by for one in case.statements)
    users = child(root, "Users") if people else None  # the schema knows no list without members
    for by in people:
        child(users, "User", guid=_guid("user", by), name=by)
    codes = child(child(root, "CodeBook"), "Codes") if case.statements or case.issues else None
    for act in dict.fromkeys(act for one in case.statements for act in one.acts):
        child(codes, "Code", guid=_guid("act", act), name=act, isCodable="true")
    for issue in case.issues:
        child(
            child(codes, "Code", guid=_guid("issue", issue.id), name=issue.id, isCodable="true"), "Description"
        ).text = _clean(issue.question)
    issues: dict[str, dict[str, None]] = {}
    for judgement in case.judgements:
        for ground in judgement.grounds:
            if ground.statement and judgement.issue:
                issues.setdefault(ground.statement, {})[judgement.issue] = None
    of_document: dict[str, list[Statement]] = {}
    for said in case.statements:
        of_document.setdefault(said.doc, []).append(said)
    texts: dict[str, bytes] = {}
    sources = child(root, "Sources") if case.documents else None
    for document in case.documents:
        guid = _guid("source", document.id)
        texts[f"{SOURCES}/{guid}.txt"] = document.text.encode("utf-8", "surrogatepass")
        source = child(
            sources, "TextSource", guid=guid, name=document.title or document.id, plainTextPath=f"{INSIDE}{guid}.txt"
        )
        kept = {key: value for key, value in document_to(document).items() if key != "text"}
        child(source, "Description").text = _OURS + json.dumps(kept)
        for one in of_document.get(document.id, ()):
            _select(child, source, one, issues.get(one.id, {}))
    out = io.BytesIO()
    xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in ((PROJECT, xml), *texts.items()):
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def _select(child: Any, source: Any, one: Statement, issues: Iterable[str]) -> None:
    """One selection a stretch of content; the whole reading stands with the first."""
    for n, span in enumerate(one.content):
        selection = child(
            source, "PlainTextSelection", guid=_guid("selection", f"{one.id}/{n}"), name=f"{one.id}: {one.act}",
            startPosition=str(span.start), endPosition=str(span.end), creatingUser=_guid("user", one.by),
        )  # fmt: skip
        if n == 0:
            child(selection, "Description").text = _OURS + json.dumps(statement_to(one))
        else:
            child(selection, "Description").text = _OURS + json.dumps({"part of": one.id})
        for kind, names in (("act", one.acts), ("issue", issues)):
            for name in names:
                coding = child(
                    selection,
                    "Coding",
                    guid=_guid("coding", f"{one.id}/{n}/{kind}/{name}"),
                    creatingUser=_guid("user", one.by),
                )
                child(coding, "CodeRef", targetGUID=_guid(kind, name))


def _guid(kind: str, name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:winset:{kind}:{name}")).upper()


def _clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def read_qdpx(data: bytes, name: str, *, limits: Limits | None = None) -> Project:
    """A project's documents and coded selections. Nothing is written anywhere, no member is looked for outside the archive.

    Raises FormatError, naming what is broken, for anything that is not such a project.
    """
    try:
        with open_archive(data, limits=limits or Limits()) as archive:
            members = {one.filename: one for one in archive.infolist()}
            project = next((one for key, one in members.items() if key.casefold() == PROJECT), None)
            if project is None:
                raise FormatError(f"{name}: holds no {PROJECT}; export it again as a REFI-QDA project (.qdpx)")
            root = parse_xml(archive.read(project), name=PROJECT)
            if root.tag != f"{{{SPACE}}}Project":
                raise FormatError(f"{name}: {PROJECT} is no REFI-QDA project but {str(root.tag)[:80]!r}")
            texts = {key: archive.read(member) for key, member in members.items() if key.casefold().endswith(".txt")}
    except FormatError:
        raise
    except (ReadingError, zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise FormatError(f"{name}: {error}") from None
    return _project(root, texts, name)


def _project(root: Element, texts: dict[str, bytes], name: str) -> Project:
    codes = {_same(one.get("guid", "")): one.get("name", "") for one in root.iter(f"{{{SPACE}}}Code")}
    users = {_same(one.get("guid", "")): one.get("name", "") for one in root.iter(f"{{{SPACE}}}User")}
    documents: list[Document] = []
    statements: list[Statement] = []
    remarks: list[str] = []
    taken: set[str] = set()
    for source in root.iterfind(f"{{{SPACE}}}Sources/*"):
        title = source.get("name", "")
        kind = str(source.tag).rpartition("}")[2]
        if kind == "PDFSource":  # its text stands beside it, with selections of its own
            if on_pages := len(source.findall(f"{{{SPACE}}}PDFSelection")):
                remarks.append(f"{title or 'a source'}: {on_pages} selections of areas on its pages are left out")
            source = source.find(f"{{{SPACE}}}Representation")
        elif kind != "TextSource":
            source = None
        if source is None:
            remarks.append(f"{title or 'a source'}: {kind} is not text; left out")
            continue
        if outside := _outside(source):
            remarks.append(
                f"{title or 'a source'}: {outside}; left out: export it again with its sources as plain text"
            )
            continue
        text = _text_of(source, texts, f"{name}: source {title[:60]!r}")
        document = _document(source, text, title, taken, f"{name}: source {title[:60]!r}")
        taken.add(document.id)
        documents.append(document)
        statements += _statements(source, document, codes, users, f"{name}: source {title[:60]!r}", remarks)
    return Project(
        name=root.get("name", "") or "Untitled case", documents=tuple(documents), statements=tuple(statements),
        remarks=tuple(remarks),
    )  # fmt: skip


def _same(guid: str) -> str:
    """A GUID in one form: programs write it in capitals or not, and in braces or not."""
    return guid.strip().strip("{}").upper()


def _outside(source: Element) -> str | None:
    """Where the text of a source is, if the project says that it does not hold it; None where it does."""
    path = source.get("plainTextPath", "")
    if source.find(f"{{{SPACE}}}PlainTextContent") is not None:
        return None
    if not path:
        return "the project holds no plain text of it"
    return f"its text {path[:80]!r} is not in the project" if path.startswith(("relative://", "absolute://")) else None


def _text_of(source: Element, texts: dict[str, bytes], where: str) -> str:
    inline = source.findtext(f"{{{SPACE}}}PlainTextContent")
    if inline is not None:
        return str(inline)
    path = source.get("plainTextPath", "")
    member = path.removeprefix(INSIDE)
    if not path.startswith(INSIDE) or not _MEMBER.fullmatch(member):
        raise FormatError(
            f"{where}: its text {path[:80]!r} is not inside the project; export it again with its sources"
        )
    held = {key.casefold(): data for key, data in texts.items()}
    found = held.get(f"{SOURCES}/{member}".casefold())
    if found is None:
        raise FormatError(f"{where}: its text {member[:80]!r} is missing from the project")
    try:
        return found.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise FormatError(f"{where}: its text is not UTF-8 at byte {error.start}") from None


def _ours(element: Element) -> dict[str, Any] | None:
    """What a description of ours says; None where it is somebody else's."""
    said = element.findtext(f"{{{SPACE}}}Description") or ""
    if not said.startswith(_OURS):
        return None
    try:
        found = json.loads(said.removeprefix(_OURS))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _document(source: Element, text: str, title: str, taken: set[str], where: str) -> Document:
    kept = _ours(source)
    if kept is not None:
        try:
            return record(Fields({**kept, "text": text}, where), document_from)
        except CaseError as error:
            raise FormatError(str(error)) from None
    stem = id = slug(title.rpartition(".")[0] or title or "source")
    n = 2
    while id in taken:
        id, n = f"{stem}-{n}", n + 1
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(id=id, text=text.removeprefix("\ufeff"), sha256=sha256, title=title or None)


def _statements(
    source: Element, document: Document, codes: dict[str, str], users: dict[str, str], where: str, remarks: list[str]
) -> Iterator[Statement]:
    number = 0
    known: dict[str, Act] = {act: act for act in ACTS}
    for selection in source.iterfind(f"{{{SPACE}}}PlainTextSelection"):
        kept = _ours(selection)
        if kept is not None and "part of" in kept:
            continue
        if kept is not None:
            try:
                made = record(Fields({**kept, "doc": document.id}, where), statement_from)
            except CaseError as error:
                raise FormatError(str(error)) from None
            if made.extent.end > len(document.text):
                raise FormatError(f"{where}: a selection reaches past its {len(document.text)} characters")
            yield made
            continue
        number += 1
        if (place := selection.get("startPosition")) is not None and place == selection.get("endPosition"):
            remarks.append(f"{document.id}: selection {number} at {place} selects nothing; left out")
            continue
        asked = [_same(one.get("targetGUID", "")) for one in selection.iter(f"{{{SPACE}}}CodeRef")]
        said = [codes.get(one, "") for one in asked]
        remarks += [
            f"{document.id}#{number}: coded {guid[:60] or 'nothing'}, which is no code of the project"
            for guid in asked if guid not in codes
        ]  # fmt: skip
        acts = tuple(dict.fromkeys(known[code.casefold()] for code in said if code.casefold() in known))
        others = [code for code in dict.fromkeys(said) if code and code.casefold() not in known]
        try:
            span = Span(int(selection.get("startPosition", "")), int(selection.get("endPosition", "")))
            document.quote(span)
        except ValueError as error:
            raise FormatError(f"{where}: selection {number}: {error}") from None
        id = f"{document.id}#{number}"
        if others:
            remarks.append(f"{id}: coded {', '.join(others)}, which names no act; kept as a reason of the statement")
        yield Statement(
            id=id, doc=document.id, source=(), cue=(), content=(span,), kind="indirect",
            speaker=Voice(id="none", kind="none"), acts=acts or ("report",),
            by=users.get(_same(selection.get("creatingUser", "")), "") or "another program",
            why=tuple(f"coded {code}" for code in others),
        )  # fmt: skip
