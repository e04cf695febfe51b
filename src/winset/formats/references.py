"""The documents of a case as references: RIS, BibTeX, CSL-JSON."""

import json
import re
from typing import Any

from winset.domain.case import Case
from winset.domain.text import Document

_LATEX = {
    "\\": r"\textbackslash{}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


_PAIRED = {"{": r"\{", "}": r"\}"}
_NAMED = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_LIGATURE = re.compile(r"([-'`])(?=\1)|([?!])(?=`)")


def as_ris(case: Case) -> bytes:
    """One `GEN` record a document; the hash of its bytes stands in a note, so that the same source is known again."""
    lines: list[str] = []
    for one in case.documents:
        lines += ["TY  - GEN", f"ID  - {_line(one.id)}", f"TI  - {_line(one.title or one.id)}"]
        if one.date:
            day = one.date.isoformat()  # with four digits of the year, also before 1000
            lines += [f"DA  - {day.replace('-', '/')}", f"PY  - {day[:4]}"]
        if one.language != "und":
            lines.append(f"LA  - {_line(one.language)}")
        lines += [*([f"L1  - {_line(one.file)}"] if one.file else []), f"N1  - SHA-256 {one.sha256}", "ER  - ", ""]
    return "\r\n".join(lines).encode("utf-8", "replace")


def as_bibtex(case: Case) -> bytes:
    """One `@misc` entry a document, under a key made of its id."""
    made, taken = [], set[str]()
    for one in case.documents:
        key = stem = re.sub(r"[^A-Za-z0-9:._-]+", "-", one.id).strip("-") or "source"
        n = 2
        while key.casefold() in taken:
            key, n = f"{stem}-{n}", n + 1
        taken.add(key.casefold())
        fields = {"title": f"{{{_latex(one.title or one.id)}}}"}
        if one.date:
            fields |= {"date": f"{{{one.date.isoformat()}}}", "year": f"{{{one.date.year}}}"}
        if one.language != "und":
            fields["langid"] = f"{{{_latex(one.language)}}}"
        fields["note"] = f"{{SHA-256 {one.sha256}}}"
        inner = "".join(f",\n  {name} = {value}" for name, value in fields.items())
        made.append(f"@misc{{{key}{inner}\n}}\n")
    return "\n".join(made).encode("utf-8", "replace")


def as_csl(case: Case) -> bytes:
    """CSL-JSON, one item a document."""
    return (json.dumps([_item(one) for one in case.documents], ensure_ascii=False, indent=1) + "\n").encode(
        "utf-8", "replace"
    )


def _item(one: Document) -> dict[str, Any]:
    item: dict[str, Any] = {"id": one.id, "type": "article", "title": one.title or one.id}
    if one.date:
        item["issued"] = {"date-parts": [[one.date.year, one.date.month, one.date.day]]}
    if one.language != "und":
        item["language"] = one.language
    return item | {"note": f"SHA-256 {one.sha256}"}


def _line(text: str) -> str:
    return " ".join(text.split())


def _latex(text: str) -> str:
    """As LaTeX that shows the same letters: no ligatures of signs, and braces by name where they do not pair."""
    line = _line(text)
    braces = _PAIRED if _pairs(line) else _NAMED
    return _LIGATURE.sub(r"\g<0>{}", "".join({**_LATEX, **braces}.get(letter, letter) for letter in line))


def _pairs(text: str) -> bool:
    """Whether each brace that opens is closed: BibTeX counts them, with a backslash before them or without."""
    depth = 0
    for letter in text:
        depth += (letter == "{") - (letter == "}")
        if depth < 0:
            return False
    return depth == 0
