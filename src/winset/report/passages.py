"""Stretches of a source around statements, cut into pieces by what each character is."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from winset.domain.statements import Statement
from winset.domain.text import Document, Span, Spans
from winset.report.blocks import Note, Piece, Role, Source


def anchor(statement_id: str) -> str:
    """The address of a statement within a page: stable as long as its id is."""
    return "s-" + "".join(c if c.isalnum() or c in "-_" else f".{ord(c):x}." for c in statement_id)


def place_anchor(doc: str, start: int) -> str:
    """The address of a place of a document within a page, where no statement stands."""
    return f"{anchor(doc)}-at-{start}"


def marked(
    text: str, window: Span, statements: Iterable[Statement], *, anchors: bool = False, places: Mapping[int, str] | None = None
) -> tuple[Piece, ...]:  # fmt: skip
    """`window` of `text` cut at the ends of all spans of `statements`; joined again it is the text, exactly.

    places  where in the text an address begins besides those of the statements
    """
    spans: list[tuple[Span, Role]] = []
    starts: dict[int, list[str]] = {}
    for statement in statements:
        roles: tuple[tuple[Role, Spans], ...] = (
            ("source", statement.source),
            ("cue", statement.cue),
            ("content", statement.content),
        )
        for role, group in roles:
            spans.extend((span, role) for span in group if span.overlaps(window))
        if anchors:
            at = statement.content[0].start
            if window.start <= at < window.end:
                starts.setdefault(at, []).append(anchor(statement.id))
    for at, name in (places or {}).items():
        if window.start <= at < window.end:
            starts.setdefault(at, []).append(name)
    cuts = {window.start, window.end, *starts}
    for span, _ in spans:
        cuts |= {max(span.start, window.start), min(span.end, window.end)}
    edges = sorted(cuts)
    opening: dict[int, list[tuple[int, Role]]] = {}
    for span, role in spans:
        opening.setdefault(max(span.start, window.start), []).append((span.end, role))
    pieces: list[Piece] = []
    live: list[tuple[int, Role]] = []
    for start, end in pairwise(edges):
        live = [one for one in live if one[0] > start] + opening.get(start, [])
        pieces.append(Piece(text[start:end], frozenset(role for _, role in live), tuple(starts.get(start, ()))))
    return tuple(pieces)


def paragraphs(text: str) -> list[Span]:
    """Spans of the text's paragraphs, without the line ends that part them."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        if body.strip():
            found.append(Span(at, at + len(body)))
        at += len(line)
    return found


def sentence_around(sentences: Sequence[Span], extent: Span) -> Span:
    """From the start of the sentence in which `extent` begins to the end of the one in which it ends."""
    starts = [sentence.start for sentence in sentences]
    first = max(bisect_right(starts, extent.start) - 1, 0)
    last = max(bisect_right(starts, max(extent.end - 1, extent.start)) - 1, 0)
    if not sentences:
        return extent
    return Span(min(sentences[first].start, extent.start), max(sentences[last].end, extent.end))


def note(
    number: int, document: Document, statement: Statement, sentences: Sequence[Span], *, where: str, voice: str
) -> Note:
    """The sentence of `statement` with its words marked."""
    return Note(
        number=number,
        statement=statement.id,
        pieces=marked(document.text, sentence_around(sentences, statement.extent), [statement]),
        where=where,
        voice=voice,
        doc=document.id,
        anchor=anchor(statement.id),
        language=document.language,
    )


def passage(number: int, document: Document, span: Span, sentences: Sequence[Span], *, where: str) -> Note:
    """The sentence around a stretch that the report tells by itself, with that stretch marked."""
    whole = sentence_around(sentences, span)
    cut = [(whole.start, span.start, False), (span.start, span.end, True), (span.end, whole.end, False)]
    content: frozenset[Role] = frozenset({"content"})
    return Note(
        number=number, statement="",
        pieces=tuple(
            Piece(document.text[start:end], content if told else frozenset()) for start, end, told in cut if end > start
        ),
        where=where, voice="The report", doc=document.id, anchor=place_anchor(document.id, span.start),
        language=document.language,
    )  # fmt: skip


def source(
    document: Document, statements: Sequence[Statement], *, title: str, where: str, places: Iterable[int] = ()
) -> Source:
    """A whole document with every statement marked and anchored, and an address at each of `places`."""
    parts = paragraphs(document.text)
    addresses = {at: place_anchor(document.id, at) for at in places}
    by_paragraph: list[list[Statement]] = [[] for _ in parts]
    starts = [part.start for part in parts]
    for statement in statements:
        extent = statement.extent
        at = max(bisect_right(starts, extent.start) - 1, 0)
        while at < len(parts) and parts[at].start < extent.end:
            by_paragraph[at].append(statement)
            at += 1
    return Source(
        doc=document.id,
        title=title,
        where=where,
        sha256=document.sha256,
        language=document.language,
        paragraphs=tuple(
            marked(document.text, part, said, anchors=True, places=addresses)
            for part, said in zip(parts, by_paragraph, strict=True)
        ),
    )
