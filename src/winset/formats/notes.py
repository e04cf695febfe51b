"""A case as Markdown notes: one a party, an issue and a source, with front matter, links, and an anchor a statement."""

import hashlib
import re
from collections.abc import Iterable

from winset.domain.case import Case
from winset.domain.positions import Position
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.evidence.timeline import histories

_UNSAFE = re.compile(r'[\\/:*?"<>|#^\[\]\x00-\x1f]+')
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~^&$])")
_LIST = re.compile(r"^(\d*)([-+=.)])")


def anchors(case: Case) -> dict[str, str]:
    """Statement -> its block's name: made of the source's bytes and the place of the words, so it stays when a case is made anew.
    Of several statements in the same words the second ends in -2, and so on, by their numbers."""
    hashes = {document.id: document.sha256 for document in case.documents}
    found: dict[str, str] = {}
    taken: dict[tuple[str, str], int] = {}
    for one in sorted(case.statements, key=lambda s: (s.doc, len(s.id), s.id)):
        if one.doc not in hashes:
            continue
        place = ",".join(f"{span.start}-{span.end}" for span in one.content)
        name = "s" + hashlib.sha256(f"{hashes[one.doc]}:{place}".encode()).hexdigest()[:10]
        n = taken[one.doc, name] = taken.get((one.doc, name), 0) + 1
        found[one.id] = name if n == 1 else f"{name}-{n}"
    return found


def as_notes(case: Case) -> dict[str, str]:
    """File name -> note. A statement stands in its source's note, ends in `^anchor`, and is linked from the others."""
    statements = {one.id: one for one in case.statements}
    names = _Names()
    of_source = {document.id: names.give("sources", document.id) for document in case.documents}
    of_party = {party.id: names.give("parties", party.name) for party in case.parties}
    positions, named = histories(case.judgements), anchors(case)

    def link(id: str | None) -> str:
        one = statements.get(id or "")
        if one is None or one.id not in named:
            return ""
        return f" [[{of_source[one.doc].removesuffix('.md')}#^{named[one.id]}]]"

    def position(one: Position, head: str) -> str:
        low, high = one.value.ends
        span = f"{low:g}" if low == high else f"{low:g} to {high:g}"
        until = f" until {one.valid_to}" if one.valid_to else ""
        grounds = "".join(link(ground.statement) for ground in one.grounds)
        return (
            f"- {_plain(head)}: {span}, since {one.valid_from or 'an unknown day'}{until} ({_plain(one.by)}){grounds}"
        )

    notes: dict[str, str] = {}
    for document in case.documents:
        said = [one for one in case.statements if one.doc == document.id]
        front = {
            "title": document.title or document.id,
            "date": str(document.date or ""),
            "sha256": document.sha256,
            "kind": "source",
        }
        lines = [
            _statement(one, document, of_party, named[one.id]) for one in sorted(said, key=lambda s: s.content[0].start)
        ]
        notes[of_source[document.id]] = _note(front, [f"# {_plain(document.title or document.id)}", *lines])
    for party in case.parties:
        held = [position(one, one.issue) for one in positions if one.party == party.id]
        said = [one for one in case.statements if one.speaker.party == party.id]
        lines = [f"# {_plain(party.name)}"]
        lines += ["## Positions\n\n" + "\n".join(held)] if held else []
        lines += ["## Said\n\n" + "\n".join(f"- {_plain(one.act)}{link(one.id)}" for one in said)] if said else []
        front = {"title": party.name, "id": party.id, "kind": "party"}
        notes[of_party[party.id]] = _note(front, lines)
    party_names = {party.id: party.name for party in case.parties}
    for issue in case.issues:
        held = [position(one, party_names.get(one.party, one.party)) for one in positions if one.issue == issue.id]
        scale = [f"- {point.value:g}: {_plain(point.label)}" for point in issue.scale]
        scale += [f"- {_plain(option)}" for option in issue.options]
        lines = [f"# {_plain(issue.question)}"]
        lines += ["## Scale\n\n" + "\n".join(scale)] if scale else []
        lines += ["## Positions\n\n" + "\n".join(held)] if held else []
        front = {"title": issue.question, "id": issue.id, "kind": "issue"}
        notes[names.give("issues", issue.id)] = _note(front, lines)
    return notes


def _statement(one: Statement, document: Document, of_party: dict[str, str], name: str) -> str:
    who = _plain(one.speaker.name or one.speaker.description or "no source given")
    party = of_party.get(one.speaker.party or "")
    of = f" ([[{party.removesuffix('.md')}]])" if party else ""
    words = " … ".join(_plain(" ".join(span.of(document.text).split())) for span in one.content)
    return f"{who}{of}, {one.act}, {one.modality}: {words} ^{name}"


def _note(front: dict[str, str], blocks: Iterable[str]) -> str:
    head = "\n".join(f"{key}: {_quoted(value)}" for key, value in front.items())
    return f"---\n{head}\n---\n\n" + "\n\n".join(blocks) + "\n"


def _quoted(value: str) -> str:
    """A text as a double-quoted YAML scalar: nothing in it is read as markup."""
    inner = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in inner) + '"'


def _plain(text: str) -> str:
    """A text in which Markdown finds no markup."""
    return _LIST.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", " ".join(text.split())))


class _Names:
    """File names that any system takes, each once whatever its case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, folder: str, wanted: str) -> str:
        stem = (_UNSAFE.sub("-", wanted).strip(" .-") or "note")[:80]
        name, n = f"{folder}/{stem}.md", 2
        while name.casefold() in self._taken:
            name, n = f"{folder}/{stem}-{n}.md", n + 1
        self._taken.add(name.casefold())
        return name
