"""From PolNeAR's JSON Lines to arrays: an article's word pieces, and for each word what the encoder is to say of it."""

import gzip
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.language import pieces as reading
from winset.language.pieces import Ints, Pieces
from winset.language.windows import Plan, Window, cut

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
ROLES = ("cue", "source", "content")
LINKS = ("none", "B-source", "I-source", "B-content", "I-content")
NAMES = (
    "O",
    "B-person",
    "I-person",
    "B-organisation",
    "I-organisation",
    "B-place",
    "I-place",
    "B-nationality",
    "I-nationality",
)
IGNORED = -100
_CLASSES = {"PERSON": 1, "ORGANIZATION": 3, "LOCATION": 5}
_PARTISAN = {
    "democratic",
    "republican",
    "democrats",
    "republicans",
    "gop",
    "libertarian",
    "evangelical",
    "christian",
    "muslim",
    "jewish",
    "catholic",
    "hispanic",
    "latino",
    "latinos",
    "hispanics",
    "muslims",
    "christians",
}


@dataclass(frozen=True, slots=True)
class Article:
    """One article in words: `tags` (words x roles), `cues` with their link labels, silver `sentence` and `name` labels."""

    doc: str
    rater: str
    pieces: Pieces
    tags: Ints
    cues: tuple[int, ...]  # word at which each cue begins
    links: tuple[Ints, ...]  # for each cue, one of LINKS a word
    sentence: Ints
    name: Ints


def beside(gold: Path) -> Path:
    """Where the silver layers of a PolNeAR file lie, if they are there."""
    return gold.with_name(gold.name.replace(".jsonl", ".layers.jsonl.gz"))


def articles(gold: Path, tokenizer: Any) -> Iterator[Article]:
    """The articles of a PolNeAR file, with the silver layers that lie beside it where they are, in the same order."""
    layers = beside(gold)
    with ExitStack() as opened:
        silver = iter(opened.enter_context(gzip.open(layers, "rt", encoding="utf-8"))) if layers.exists() else iter(())
        following = next(map(json.loads, silver), None)
        for line in opened.enter_context(gold.open(encoding="utf-8")):
            record = json.loads(line)
            mine = following if following is not None and following["doc"] == record["doc"] else None
            if mine is not None:
                following = next(map(json.loads, silver), None)
            yield article(record, mine, tokenizer)
    if following is not None:
        raise SystemExit(f"{layers}: {following['doc']} is not in the order of {gold}")


def whole(text: str, tokenizer: Any) -> Pieces:
    """All pieces of a text at once (an article is short)."""
    return reading.read(text, tokenizer, list(reading.paragraphs(text)))


def article(record: dict[str, Any], silver: dict[str, Any] | None, tokenizer: Any) -> Article:
    """One article's labels; a span stands for every word that it touches, paragraph marks left out."""
    found = whole(record["text"], tokenizer)
    tags = np.zeros((found.words, len(ROLES)), dtype=np.int64)
    cues, links = [], []

    def words(start: int, end: int) -> Ints:
        first = int(np.searchsorted(found.ends, start, side="right"))
        last = int(np.searchsorted(found.starts, end, side="left"))
        at = np.arange(first, last)
        return at[found.shape[at] != reading.PARAGRAPH]

    for attribution in record["attributions"]:
        spans = {role: [words(*span) for span in attribution[role]] for role in ROLES}
        for column, role in enumerate(ROLES):
            for at in spans[role]:
                inner = at[tags[at, column] != BEGIN]
                tags[inner, column] = INSIDE
                tags[at[:1], column] = BEGIN
        if not any(len(at) for at in spans["cue"]):
            continue
        link = np.zeros(found.words, dtype=np.int64)
        for label, role in ((1, "source"), (3, "content")):
            for at in spans[role]:
                link[at] = label + 1
                link[at[:1]] = label
        cues.append(int(min(at[0] for at in spans["cue"] if len(at))))
        links.append(link)
    sentence = np.full(found.words, IGNORED, dtype=np.int64)
    name = np.full(found.words, IGNORED, dtype=np.int64)
    if silver is not None:
        sentence[:] = 0
        for start, _ in silver["sentences"]:
            first = int(np.searchsorted(found.ends, start, side="right"))
            if first < found.words:
                sentence[first] = 1
        name[:] = 0
        _names(silver["tokens"], found, name)
    return Article(record["doc"], record["rater"], found, tags, tuple(cues), tuple(links), sentence, name)


def _names(tokens: dict[str, list[Any]], found: Pieces, name: Ints) -> None:
    """Write CoreNLP's runs of one class as B and I labels."""
    before = (None, None)
    for start, end, pos, lemma, kind, sentence in zip(
        *(tokens[key] for key in ("start", "end", "pos", "lemma", "ner", "sentence")), strict=True
    ):
        label = _CLASSES.get(kind, 0)
        if kind == "MISC" and pos in ("JJ", "NNPS") and lemma.lower() not in _PARTISAN:
            label = 7
        if label:
            first = int(np.searchsorted(found.ends, start, side="right"))
            last = int(np.searchsorted(found.starts, end, side="left"))
            goes_on = before == (kind, sentence)
            name[first:last] = label + 1
            if not goes_on:
                name[first : first + 1] = label
        before = (kind, sentence) if label else (None, None)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of similar length, padded; the word axis is padded likewise. `cue` rows are (window, word)."""

    ids: Ints
    shape: Ints
    quote: Ints
    mask: NDArray[np.bool_]
    first: Ints
    words: NDArray[np.bool_]
    paragraph: Ints
    tags: Ints
    sentence: Ints
    name: Ints
    cue: Ints
    links: Ints


def windows(of: Article, plan: Plan, first_core: int | None) -> list[tuple[Article, Window]]:
    """An article's windows, as at reading time; `first_core` moves all later cuts."""
    return [(of, window) for window in cut(of.pieces, plan, first_core)]


def batch(chosen: list[tuple[Article, Window]]) -> Batch:
    """Pad some windows into one batch."""
    lengths = [int(one.pieces.first[w.end] - one.pieces.first[w.start]) for one, w in chosen]
    counts = [w.end - w.start for _, w in chosen]
    length, most, rows = max(lengths), max(counts), len(chosen)
    ids, shape, quote = (np.zeros((rows, length), dtype=np.int64) for _ in range(3))
    mask = np.zeros((rows, length), dtype=bool)
    first, paragraph = (np.zeros((rows, most), dtype=np.int64) for _ in range(2))
    words = np.zeros((rows, most), dtype=bool)
    tags = np.full((rows, most, len(ROLES)), IGNORED, dtype=np.int64)
    sentence, name = (np.full((rows, most), IGNORED, dtype=np.int64) for _ in range(2))
    cue, links = [], []
    for row, (one, w) in enumerate(chosen):
        begin, end = int(one.pieces.first[w.start]), int(one.pieces.first[w.end])
        here, inside = slice(w.start, w.end), slice(0, w.end - w.start)
        reps = np.diff(one.pieces.first[w.start : w.end + 1])
        ids[row, : end - begin] = one.pieces.ids[begin:end]
        shape[row, : end - begin] = np.repeat(one.pieces.shape[here], reps)
        quote[row, : end - begin] = np.repeat(one.pieces.quote[here], reps)
        mask[row, : end - begin] = True
        first[row, inside] = one.pieces.first[here] - begin
        words[row, inside] = True
        paragraph[row, inside] = np.cumsum(one.pieces.shape[here] == reading.PARAGRAPH)
        tags[row, inside] = one.tags[here]
        sentence[row, inside] = one.sentence[here]
        name[row, inside] = one.name[here]
        for at, link in zip(one.cues, one.links, strict=True):
            if w.start <= at < w.end:
                cue.append((row, at - w.start))
                links.append(np.pad(link[here], (0, most - (w.end - w.start)), constant_values=IGNORED))
    return Batch(
        ids,
        shape,
        quote,
        mask,
        first,
        words,
        paragraph,
        tags,
        sentence,
        name,
        np.asarray(cue, dtype=np.int64).reshape(-1, 2),
        np.asarray(links, dtype=np.int64).reshape(-1, most),
    )
