"""Sentences and paragraphs of English prose, by rules, in time linear in the text."""

import re

from winset.domain.text import Span

LONGEST = 2_000  # characters of one sentence
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}(?=\s)")
_SHORT = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "jr",
        "sr",
        "prof",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "cmdr",
        "adm",
        "maj",
        "sen",
        "rep",
        "gov",
        "pres",
        "amb",
        "hon",
        "rev",
        "no",
        "vs",
        "etc",
        "inc",
        "corp",
        "co",
        "ltd",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "u.s",
        "u.k",
        "u.n",
        "e.u",
        "a.m",
        "p.m",
        "d.c",
        "e.g",
        "i.e",
    ]
)


def paragraphs(text: str) -> list[Span]:
    """The lines that hold anything but white space, without surrounding white space."""
    found = []
    for line in _LINE.finditer(text):
        body = line.group()
        kept = body.strip()
        if kept:
            start = line.start() + body.index(kept[0]) if body[0].isspace() else line.start()
            found.append(Span(start, start + len(kept)))
    return found


def sentences(text: str, within: Span) -> list[Span]:
    """The sentences of one paragraph; together they cover it but for the white space between them."""
    found, start = [], within.start
    for end in _END.finditer(text, within.start, within.end):
        at = end.end()
        if at >= within.end:
            break
        after = at
        while after < within.end and text[after].isspace():
            after += 1
        if after >= within.end or text[after].islower():
            continue
        if text[end.start()] == "." and end.end() == end.start() + 1 and _shortened(text, start, end.start()):
            continue
        found.append(Span(start, at))
        start = after
    if start < within.end:
        found.append(Span(start, within.end))
    return [part for sentence in found for part in _bounded(text, sentence)]


def _bounded(text: str, sentence: Span) -> list[Span]:
    """A sentence of sane length stays whole; a longer run of text is cut at blanks, so that cost stays linear."""
    parts, start = [], sentence.start
    while sentence.end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        parts.append(Span(start, cut))
        start = cut + 1 if text[cut : cut + 1] == " " else cut
        if start >= sentence.end:
            return parts
    return [*parts, Span(start, sentence.end)]


def _shortened(text: str, start: int, dot: int) -> bool:
    at = dot
    while at > start and dot - at < 12 and (text[at - 1].isalpha() or text[at - 1] == "."):
        at -= 1
    word = text[at:dot].lower()
    return word in _SHORT or (len(word) == 1 and word.isalpha() and word not in "i")
