"""Codebooks as TOML, JSON and REFI-QDA codebooks (`.qdc`): bytes in, a Codebook out, and back equal."""

import json
import tomllib
from html import escape
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from winset.domain.actors import slug
from winset.domain.plain.codebooks import codebook_from, codebook_to, strange_fields
from winset.domain.vocabulary import Codebook
from winset.errors import CaseError, ReadingError, UsageError
from winset.reading.xml import parse_xml

ENDINGS = (".toml", ".json", ".qdc")
MOST = 64 * 2**20
if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACE = "urn:QDA-XML:codebook:1.0"
_ROOT = UUID("6e1a3f52-93c5-5a0e-9a52-0f6d3c1f7c11")  # ids of codes are made of it and of names, so they stay the same
_MARK = "winset-codebook/1 "  # before the machine's form of an issue in a code's description


def read_codebook(data: bytes, ending: str, *, name: str) -> Codebook:
    """A codebook by the ending of its file. Raises CaseError, naming the place."""
    if len(data) > MOST:
        raise CaseError(f"{name}: a codebook of {len(data)} bytes; at most {MOST} are read")
    if ending == ".qdc":
        return _from_qdc(data, name)
    try:
        text = data.decode("utf-8-sig")
        value = tomllib.loads(text) if ending == ".toml" else json.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise CaseError(f"{name}: not readable as {ending[1:].upper()}: {error}") from None
    return _named(value, name)


def left_out(data: bytes, ending: str, *, name: str) -> list[str]:
    """What a readable file holds that a codebook has no place for, in words: fields that nobody knows, colours, sets, links."""
    if ending == ".qdc":
        return _left_out(parse_xml(data, name=name))
    text = data.decode("utf-8-sig")
    value = tomllib.loads(text) if ending == ".toml" else json.loads(text)
    return strange_fields(value)


def write_codebook(codebook: Codebook, ending: str) -> bytes:
    """The codebook in the form of an ending; the same codebook gives the same bytes."""
    if ending not in ENDINGS:
        raise UsageError(f"a codebook is written as {', '.join(ENDINGS)}, not {ending!r}")
    value = codebook_to(codebook)
    if ending == ".json":
        return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
    return (_toml(value) if ending == ".toml" else _qdc(codebook, value)).encode()


def _toml(value: dict[str, Any]) -> str:
    def line(key: str, one: Any) -> str:
        return f"{key} = {json.dumps(one, ensure_ascii=False).replace(chr(127), chr(92) + 'u007F')}\n"

    lines = [line(key, one) for key, one in value.items() if key != "issues"]
    for issue in value["issues"]:
        lines.append("\n[[issues]]\n")
        lines += [line(key, one) for key, one in issue.items() if key != "points"]
        for point in issue.get("points", []):
            lines.append("[[issues.points]]\n")
            lines += [line(key, one) for key, one in point.items()]
    return "".join(lines)


def _qdc(codebook: Codebook, value: dict[str, Any]) -> str:
    """A code an issue, with a code below it for each labelled point; what only winset knows is in the description."""

    def code(kind: str, id: str, name: str, description: str, below: str = "") -> str:
        return (
            f'<Code guid="{uuid5(_ROOT, f"{codebook.id}/{kind}/{id}")}" name="{escape(_plain(name))}" '
            f'isCodable="true"><Description>{escape(_plain(description))}</Description>{below}</Code>\n'
        )

    codes = []
    for issue in value["issues"]:
        points = "".join(
            code("point", f"{issue['id']}/{p['value']:g}", f"{p['value']:g} {p['label']}", "; ".join(p.get("examples", [])))
            for p in issue.get("points", [])
        )  # fmt: skip
        words = "\n".join(filter(None, (issue.get("counts"), issue.get("counts_not"))))
        codes.append(code("issue", issue["id"], issue["question"], f"{words}\n{_MARK}{json.dumps(issue)}", points))
    head = {key: one for key, one in value.items() if key != "issues"}
    about = code("book", codebook.id, codebook.title, _MARK + json.dumps(head))
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="{_SPACE}" origin="winset">\n<Codes>\n'
        f"{about}{''.join(codes)}</Codes>\n</CodeBook>\n"
    )


def _plain(text: str) -> str:
    """Without characters that XML 1.0 cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or (" " <= c <= "\ud7ff") or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


def _from_qdc(data: bytes, name: str) -> Codebook:
    try:
        root = parse_xml(data, name=name)
    except ReadingError as error:
        raise CaseError(f"{error}; export the codebook again") from None
    if _local(root) != "CodeBook":
        raise CaseError(f"{name}: a REFI-QDA codebook begins with CodeBook, this file with {_local(root)[:40]}")
    head: dict[str, Any] = {}
    issues: list[dict[str, Any]] = []
    for codes in (one for one in root if _local(one) == "Codes"):
        for code in (one for one in codes if _local(one) == "Code"):
            known = _machine(code, name)
            if known is not None and "question" not in known:
                head = known
            elif known is not None:
                issues.append(_renamed(code, known))
            else:
                for one in _questions(code):
                    issues.append(_foreign(one, {issue["id"] for issue in issues}))
    if not issues:
        raise CaseError(f"{name}: no codes in this codebook")
    return _named({"id": "imported", "title": name, **head, "issues": issues}, name)


def _named(value: Any, name: str) -> Codebook:
    try:
        return codebook_from(value)
    except CaseError as error:
        raise CaseError(f"{name}: {error}") from None


def _local(element: "Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _description(code: "Element") -> str:
    return next((str(one.text or "") for one in code if _local(one) == "Description"), "")


def _machine(code: "Element", name: str) -> dict[str, Any] | None:
    _, found, text = _description(code).partition(_MARK)
    if not found:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CaseError(f"{name}: the description of {str(code.get('name'))[:60]!r} is damaged: {error}") from None
    if not isinstance(value, dict):
        raise CaseError(f"{name}: the description of {str(code.get('name'))[:60]!r} holds no issue")
    return value


def _renamed(code: "Element", issue: dict[str, Any]) -> dict[str, Any]:
    """An issue of ours as another program gave it back: a new name of its code is its question now."""
    question = str(code.get("name") or "").strip()
    same = not question or question == _plain(str(issue["question"])).strip()
    return issue if same else {**issue, "question": question}


def _codes(code: "Element") -> list["Element"]:
    return [one for one in code if _local(one) == "Code"]


def _questions(code: "Element") -> list["Element"]:
    """The codes that ask something: a code itself, or those in a folder, whose codes have codes of their own."""
    below = _codes(code)
    folder = str(code.get("isCodable", "true")).lower() in ("false", "0") and any(_codes(one) for one in below)
    return [deeper for one in below for deeper in _questions(one)] if folder else [code]


def _left_out(root: "Element") -> list[str]:
    said = []
    below = [one for one in root.iter() if _local(one) == "Code"]
    if coloured := sum(1 for one in below if one.get("color")):
        said.append(f"colours of {coloured} codes")
    for one in root.iter():
        if _local(one) == "Set":
            said.append(f"the set {str(one.get('name') or 'without a name')[:80]!r}")
    if notes := sum(1 for one in root.iter() if _local(one) == "NoteRef"):
        said.append(f"{notes} links to notes")
    for code in (one for one in below if _MARK in _description(one)):
        value = json.loads(_description(code).partition(_MARK)[2])
        known = {f"{p['value']:g} {p['label']}" for p in value.get("points", ())} if isinstance(value, dict) else set()
        said += [
            f"the code {str(one.get('name'))[:80]!r} below {str(code.get('name'))[:80]!r}: winset codebook edit --point adds a point"
            for one in _codes(code) if _plain(str(one.get("name"))) not in {_plain(label) for label in known}
        ]  # fmt: skip
    return said


def _told_below(code: "Element") -> str:
    """What is said of the codes below a code and deeper, which have no place in an issue, as words."""
    said = [f"{one.get('name')}: {text}" for one in _codes(code) if (text := _description(one).strip())]
    for one in _codes(code):
        if deeper := [str(each.get("name")) for each in one.iter() if _local(each) == "Code" and each is not one]:
            said.append(f"Under {one.get('name')}: {', '.join(deeper)}.")
    return "\n".join(said)


def _foreign(code: "Element", taken: set[str]) -> dict[str, Any]:
    """A code of another program as an issue: its name is the question, codes right below it are points at equal distances; what
    is said of these and stands deeper goes to what counts, in words."""
    question = str(code.get("name") or "").strip() or "unnamed code"
    id, number = slug(question), 2
    while id in taken:
        id, number = f"{slug(question)}-{number}", number + 1
    labels = [str(one.get("name") or "").strip() for one in code if _local(one) == "Code"]
    labels = list(dict.fromkeys(label for label in labels if label)) or ["no", "yes"]
    if len(labels) == 1:
        labels = ["no", *labels]
    step = 100 / (len(labels) - 1)
    return {
        "id": id, "question": question, "counts": "\n".join(filter(None, (_description(code).strip(), _told_below(code)))),
        "points": [{"value": round(step * n, 6), "label": label} for n, label in enumerate(labels)],
    }  # fmt: skip
