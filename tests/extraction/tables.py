"""Tables of sentences with marked spans and what must come out of them; the articles are of 14 May 2026."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from winset.domain.plain.statements import read_statement_to
from winset.domain.text import Document, Span
from winset.evidence import sentences
from winset.evidence.extract import extract
from winset.language.annotation import Annotation, Attribution

FOLDER = Path(__file__).parent / "tables"
DAY = date(2026, 5, 14)
_PAIRS = {"[": "]", "<": ">", "{": "}"}


@dataclass(frozen=True, slots=True)
class Row:
    """A marked text and a line of expectations for each statement in it."""

    table: str
    line: int
    text: str
    attributions: tuple[Attribution, ...]
    expected: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.table}:{self.line}"


def rows(name: str) -> list[Row]:
    """The rows of one table."""
    found = []
    blocks = re.split(r"\n\s*\n", (FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    line = 1
    for block in blocks:
        lines = [one for one in block.splitlines() if not one.startswith("#")]
        marked = "\n".join(one for one in lines if not one.startswith("= "))
        expected = tuple(one[2:] for one in lines if one.startswith("= "))
        if marked.strip() and "skip" not in expected:
            text, attributions = _unmarked(marked.strip())
            found.append(Row(name, line, text, attributions, expected))
        line += block.count("\n") + 2
    return found


def _unmarked(marked: str) -> tuple[str, tuple[Attribution, ...]]:
    """The text without marks, and its attributions: a new one begins where a role comes again or a sentence ends."""
    text = ""
    groups: list[dict[str, list[Span]]] = [{"[": [], "<": [], "{": []}]
    open_: tuple[str, int] | None = None
    for at, letter in enumerate(marked):
        if open_ is None and letter in _PAIRS:
            done = groups[-1]
            if (
                (letter != "{" and done[letter])
                or (letter == "{" and done["{"] and done["["] and done["<"])
                or (
                    letter == "["
                    and done["{"]
                    and done["<"]
                    and not done["["]
                    and "." in marked[:at].rsplit("}", 1)[-1]
                )
            ):
                groups.append({"[": [], "<": [], "{": []})
            open_ = (letter, len(text))
        elif open_ is not None and letter == _PAIRS[open_[0]]:
            groups[-1][open_[0]].append(Span(open_[1], len(text)))
            open_ = None
        else:
            text += letter
    return text, tuple(
        Attribution(source=tuple(one["["]), cue=tuple(one["<"]), content=tuple(one["{"])) for one in groups if one["{"]
    )


def wrong(row: Row) -> list[str]:
    """What does not come out as the row says; empty where all does."""
    document = Document(id="d", text=row.text, sha256="0" * 64, language="en", date=DAY)
    found = extract(
        document, Annotation(by="table", sentences=sentences.of_text(row.text), attributions=row.attributions)
    )
    spans = {one.content for one in row.attributions}
    got = [read_statement_to(one) for one in found if one.source or one.cue or one.content in spans]
    if len(got) != len(row.expected):
        return [f"{row}: {len(got)} statements for {len(row.expected)} lines"]
    faults = []
    for number, (one, line) in enumerate(zip(got, row.expected, strict=True)):
        for part in filter(None, (part.strip() for part in line.split(";"))):
            if not _holds(part, one, got):
                faults.append(f"{row} statement {number + 1}: {part}; got {_shown(part, one)} in {row.text[:80]!r}")
    return faults


_KEYS = {"mod": "modality", "neg": "negated", "if": "condition"}


def _value(key: str, one: dict) -> object:  # type: ignore[type-arg]
    speaker = one["speaker"]
    if key == "who":
        return speaker["name"]
    if key == "kindof":
        return speaker["kind"]
    if key in ("party", "standing", "role", "description", "id"):
        return speaker[key]
    if key == "members":
        return ",".join(sorted(speaker["members"]))
    if key == "candidates":
        return ",".join(one["name"] for one in speaker["candidates"])
    if key == "date":
        day = one["date"]
        return None if day is None else day["from"] if day["from"] == day["to"] else f"{day['from']}..{day['to']}"
    return one[_KEYS.get(key, key)]


def _shown(part: str, one: dict) -> object:  # type: ignore[type-arg]
    key = re.split(r"[=~]", part)[0]
    return one["speaker"]["id"] if key in ("same", "differs") else _value(key, one)


def _holds(part: str, one: dict, got: list[dict]) -> bool:  # type: ignore[type-arg]
    key, sign, wanted = re.match(r"(\w+)([=~])(.*)", part).groups()  # type: ignore[union-attr]
    if key in ("same", "differs"):
        return (one["speaker"]["id"] == got[int(wanted) - 1]["speaker"]["id"]) == (key == "same")
    value = _value(key, one)
    if sign == "~":
        return wanted.lower() in (" ".join(value) if isinstance(value, list) else str(value)).lower()
    if wanted in ("null", "true", "false"):
        return value is {"null": None, "true": True, "false": False}[wanted]
    return str(value) == wanted
