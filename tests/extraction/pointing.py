"""The labelled sentences of `tests/extraction/indications`, and what is read off them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from winset.domain.actors import Party, Person
from winset.domain.pointers import Pointer
from winset.domain.text import Document
from winset.evidence import pointers, sides, speaking_for
from winset.language.annotation import Annotator
from winset.services.extraction import Read, read_statements
from winset.services.reading import Taken

FOLDER = Path(__file__).parent / "indications"
PEOPLE = {"belmar": "Ilan Dorvath", "arden": "Mara Quill"}


@dataclass(frozen=True)
class Label:
    kind: str
    direction: str
    party: str
    toward: str | None


@dataclass(frozen=True)
class Row:
    text: str
    labels: tuple[Label, ...]


def parties(name: str) -> tuple[Party, ...]:
    raw = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(
        Party(id=id, name=names.split("|")[0], aliases=tuple(names.split("|")[1:]), fictional=True,
              people=(Person(PEOPLE[id], None),) if id in PEOPLE else ())
        for id, names in re.findall(r"^# (\w+): (.*)$", raw, re.M)
    )  # fmt: skip


def rows(name: str) -> list[Row]:
    raw = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    found = []
    for block in re.split(r"\n\s*\n", raw):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        labels = [_label(line[2:]) for line in lines if line.startswith("= ") and line != "= nothing"]
        text = "\n".join(line for line in lines if not line.startswith("= "))
        if text:
            assert any(line.startswith("= ") for line in lines), text
            found.append(Row(text, tuple(labels)))
    return found


KINDS = ("haste", "no deal", "reward", "guarantee", "trust", "consent", "backing", "tactic")


def _label(line: str) -> Label:
    said, _, toward = line.partition(" > ")
    kind = next(one for one in KINDS if said.startswith(one + " "))
    direction, _, party = said[len(kind) + 1 :].rpartition(" ")
    return Label(kind, direction, party, toward.strip() or None)


def read(text: str, known: tuple[Party, ...], annotator: Annotator) -> tuple[Pointer, ...]:
    document = Document(
        id="d", text=text, sha256=sha256(text.encode()).hexdigest(), language="en", date=date(2026, 5, 14)
    )
    done = [
        o
        for o in read_statements([Taken(document=document, data=text.encode())], annotator, known)
        if isinstance(o, Read)
    ]
    documents, statements = [o.document for o in done], [s for o in done for s in o.statements]
    found = sides.read(documents, statements, known)
    return pointers.read(documents, speaking_for.resolved(found, documents, statements), found)


@dataclass
class Count:
    right: int = 0
    read: int = 0
    labels: int = 0
    toward: int = 0
    towards: int = 0


def counted(each: Iterable[tuple[Row, tuple[Pointer, ...]]]) -> tuple[dict[str, Count], list[str]]:
    """Per kind how many were read and right; and what was wrong, in words."""
    counts = {kind: Count() for kind in KINDS}
    wrong = []
    for row, found in each:
        left = list(row.labels)
        for label in row.labels:
            counts[label.kind].labels += 1
        for one in found:
            counts[one.kind].read += 1
            fits = next(
                (x for x in left if (x.kind, x.direction, x.party) == (one.kind, one.direction, one.party)), None
            )
            if fits is None:
                wrong.append(f"EXTRA {one.kind} {one.direction} {one.party} > {one.toward} {one.why}: {row.text}")
                continue
            left.remove(fits)
            counts[one.kind].right += 1
            if fits.toward is not None:
                counts[one.kind].towards += 1
                counts[one.kind].toward += fits.toward == one.toward
                if fits.toward != one.toward:
                    wrong.append(f"TOWARD {one.toward} for {fits.toward}: {row.text}")
        wrong += [f"MISSED {x.kind} {x.direction} {x.party}: {row.text}" for x in left]
    return counts, wrong
