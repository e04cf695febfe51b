"""Whole texts of many kinds through the trained reader: who says what, in whose words, within whose telling.

A block of `texts/*.txt` is `### name`, a text, and lines `= words of a content => field=value ; ...`; `=> nothing` where
no statement may hold them. Everybody in them is invented.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.extraction.tables import DAY

from winset.domain.plain.statements import read_statement_to
from winset.domain.text import Document
from winset.evidence.extract import extract
from winset.language.annotation import Annotator
from winset.services.annotators import choose

FOLDER = Path(__file__).parent / "texts"
VOICE = ("party", "standing", "role", "description", "id")


@cache
def annotator() -> Annotator:
    return choose("model")


def blocks() -> list[tuple[str, str, list[str]]]:
    """Name, text and expectations of each text."""
    found = []
    for file in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"^### ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, rest = block.split("\n", 1)
            lines = rest.splitlines()
            text = "\n".join(line for line in lines if not line.startswith("= ")).strip() + "\n"
            found.append((name, text, [line[2:] for line in lines if line.startswith("= ")]))
    return found


def value(key: str, one: dict[str, Any], got: list[dict[str, Any]], text: str) -> str:
    voice = one["speaker"]
    if key == "who":
        return str(voice["name"])
    if key == "kindof":
        return str(voice["kind"])
    if key in VOICE:
        return str(voice[key])
    if key == "members":
        return ",".join(sorted(voice["members"]))
    if key == "within":
        outer = next((other["speaker"] for other in got if other["id"] == one["within"]), None)
        return str(outer and (outer["name"] or outer["description"]))
    if key == "span":
        return " | ".join(" ".join(text[a:b].split()) for a, b in one["content"])
    return str(one[key])


@pytest.mark.parametrize(("name", "text", "lines"), blocks(), ids=[name for name, _, _ in blocks()])
def test_a_text_is_read_as_an_analyst_reads_it(name: str, text: str, lines: list[str]) -> None:
    document = Document(id=name, text=text, sha256="0" * 64, language="en", date=DAY)
    got = [read_statement_to(one) for one in extract(document, next(iter(annotator().annotate([document]))))]

    def held(words: str) -> list[dict[str, Any]]:
        at = text.index(words)
        here = [one for one in got if any(a <= at < b for a, b in one["content"])]
        return sorted(here, key=lambda one: sum(b - a for a, b in one["content"]))

    faults = []
    for line in lines:
        words, wanted = line.split(" => ")
        here = held(words)
        if wanted == "nothing":
            faults += [f"{words}: {value('who', here[0], got, text)} says it"] if here else []
            continue
        if not here:
            faults.append(f"{words}: nobody says it")
            continue
        fields = wanted.split(" ; ")
        one = here[-1] if "outer" in fields else here[0]
        for field in fields:
            if field == "outer":
                continue
            key, want = field.split("=", 1)
            if key in ("same", "differs"):
                ids = {other["speaker"]["id"] for other in held(want)}
                if (one["speaker"]["id"] in ids) != (key == "same"):
                    faults.append(f"{words}: {key} {want}, {one['speaker']['id']} and {ids}")
            elif key == "told":
                if len(here) != int(want):
                    faults.append(f"{words}: told {len(here)} times")
            elif (found := value(key, one, got, text)) != want and not (want[:1] == "~" and want[1:] in found):
                faults.append(f"{words}: {key} is {found}, not {want}")
    assert faults == []
