"""From text to what the encoder reads: word pieces, the words they make up, and two visible marks on each word.

A *word* here is what BERT's pre-tokenizer makes of a text (a run of letters and digits, or one punctuation mark), and
a run of line breaks is a word of its own, the paragraph mark. The encoder's vocabulary has no capitals, so each word
carries its shape; and whether it stands inside double quotation marks, which a rule reads off more surely than an encoder.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.language import marks

Ints = NDArray[np.int64]

PARAGRAPH_ID = 102  # [SEP]: the mark that the encoder has always seen between two texts
MASK_ID = 103
SHAPES = ("lower", "capital", "capitals", "mixed", "digits", "mark", "paragraph")
QUOTES = ("outside", "inside", "opening", "closing")
LOWER, CAPITAL, CAPITALS, MIXED, DIGITS, MARK, PARAGRAPH = range(7)
OUTSIDE, INSIDE, OPENING, CLOSING = range(4)

BLOCK = 40_000  # code points tokenised at once: bounds memory on a text of any length
_PARAGRAPH = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_SEEN = {
    OPENING: frozenset(["“", '"', "''", "``"]),
    CLOSING: frozenset(["”", '"', "''"]),
}  # by the encoder, in these places
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A stretch of text as the encoder reads it.

    `ids` has one entry a word piece; `first` gives each word's first piece and, at its end, the number of pieces.
    `starts`, `ends` are the words' places in the text in code points; `shape`, `quote` index SHAPES and QUOTES.
    """

    ids: Ints
    first: Ints
    starts: Ints
    ends: Ints
    shape: Ints
    quote: Ints

    @property
    def words(self) -> int:
        """Number of words, paragraph marks among them."""
        return len(self.starts)


def quotations(quote: Ints) -> list[tuple[int, int]]:
    """[start, end) of every quotation in words, marks included, in order; one left open ends with its paragraph."""
    marked: list[tuple[int, int]] = []
    for at in np.flatnonzero(quote != OUTSIDE).tolist():
        if quote[at] == OPENING or not marked or marked[-1][1] != at or quote[at - 1] == CLOSING:
            marked.append((at, at + 1))
        else:
            marked[-1] = (marked[-1][0], at + 1)
    return marked


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of each paragraph, cut after at most BLOCK code points, at white space where there is any."""
    for found in _PARAGRAPH.finditer(text):
        start, end = found.span()
        while end - start > BLOCK:
            cut = max(
                text.rfind(" ", start + BLOCK // 2, start + BLOCK), text.rfind("\t", start + BLOCK // 2, start + BLOCK)
            )
            cut = cut + 1 if cut > 0 else start + BLOCK
            yield start, cut
            start = cut
        yield start, end


def stretches(text: str) -> Iterator[list[tuple[int, int]]]:
    """The paragraphs in groups of about BLOCK code points: what is held in memory at a time."""
    group: list[tuple[int, int]] = []
    size = 0
    for start, end in paragraphs(text):
        if group and size + end - start > BLOCK:
            yield group
            group, size = [], 0
        group.append((start, end))
        size += end - start
    if group:
        yield group


def read(text: str, tokenizer: Any, group: list[tuple[int, int]]) -> Pieces:
    """The pieces of some paragraphs of `text`; places count from the start of the whole text.

    Tokenisation never looks across a paragraph's end, so the grouping does not change a piece.
    """
    clean = [_SURROGATE.sub("\ufffd", text[start:end]) for start, end in group]
    ids: list[int] = []
    first: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    shape: list[int] = []
    quote: list[int] = []
    usual = {flag: tokenizer.token_to_id(mark) for flag, mark in ((OPENING, "“"), (CLOSING, "”"))}
    closed_at = group[0][0] if group else 0
    for (start, _), paragraph, encoding in zip(
        group, clean, tokenizer.encode_batch(clean, add_special_tokens=False), strict=True
    ):
        if start > closed_at or (start > 0 and start == group[0][0] and text[start - 1] in "\r\n"):
            mark_start = closed_at if start > closed_at else start - 1
            first.append(len(ids))
            ids.append(PARAGRAPH_ID)
            starts.append(mark_start)
            ends.append(start)
            shape.append(PARAGRAPH)
            quote.append(OUTSIDE)
        closed_at = start + len(paragraph)
        before = None
        begin = len(starts)
        offset = len(ids)
        for at, (word, (a, b)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True), offset):
            if word != before:
                before = word
                first.append(at)
                starts.append(start + a)
                ends.append(start + b)
            else:
                ends[-1] = start + b
        ids.extend(encoding.ids)
        words = [text[a:b] for a, b in zip(starts[begin:], ends[begin:], strict=True)]
        shape.extend(map(shape_of, words))
        flags, foreign = quotation(text, (start, closed_at), starts[begin:], ends[begin:])
        quote.extend(flags)
        for at in foreign:
            ids[first[begin + at]] = usual.get(flags[at], ids[first[begin + at]])
    first.append(len(ids))
    return Pieces(*(np.asarray(column, dtype=np.int64) for column in (ids, first, starts, ends, shape, quote)))


def shape_of(word: str) -> int:
    """Which of SHAPES a word has."""
    if word.islower():
        return LOWER
    if word.isalpha():
        if word.istitle():
            return CAPITAL
        if word.isupper():
            return CAPITALS
        return MIXED if any(letter.isupper() for letter in word) else LOWER
    if any(letter.isdigit() for letter in word):
        return DIGITS
    return LOWER if any(letter.isalpha() for letter in word) else MARK


def quotation(text: str, paragraph: tuple[int, int], starts: list[int], ends: list[int]) -> tuple[list[int], list[int]]:
    """For the words of one paragraph which of QUOTES each is, and which are marks that the encoder never saw there.

    A mark of two characters is two words. A quotation left open runs to the paragraph's end, as in news style.
    """
    flags, foreign = [OUTSIDE] * len(starts), []
    for pair in marks.pairs(text, *paragraph):
        begin, stop = bisect_right(ends, pair.start), bisect_left(starts, pair.end)
        if begin >= stop:
            continue
        flags[begin:stop] = [INSIDE] * (stop - begin)
        flags[begin] = OPENING
        if text[pair.start : pair.first] not in _SEEN[OPENING]:
            foreign.append(begin)
        if pair.closed and stop - begin > 1:
            flags[stop - 1] = CLOSING
            if text[pair.last : pair.end] not in _SEEN[CLOSING]:
                foreign.append(stop - 1)
    return flags, foreign
