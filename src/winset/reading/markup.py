"""One linear pass over HTML: how deep it nests, how many attributes a tag has, and where its visible text lies.

Runs before any parser sees the page, because parsers need quadratic time for some pages. Every step moves forward,
and a search that found nothing is never repeated, so the time grows with the length and nothing else.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from winset.errors import LimitExceeded
from winset.reading.limits import Limits


def _names(text: str) -> frozenset[str]:
    """The words of a text, as a set to look up in."""
    return frozenset(text.split())


# Elements that have no end tag, or whose end tag may be left out: they do not add to the depth.
_SHALLOW = _names(
    "area base br col embed hr img input link meta param source track wbr keygen frame basefont "
    "bgsound html head body p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rp "
    "rt"
)
_RAW = ("script", "style", "title")  # whose contents are not markup, for every parser
_BLOCKS = _names(
    "p div li h1 h2 h3 h4 h5 h6 tr td th table ul ol dl dt dd blockquote article section main header "
    "footer nav aside br hr pre figure figcaption form address body"
)
_ASIDE = _names("nav header footer aside form button select textarea iframe noscript template svg math")
_PIECE = 1024  # characters after which a long stretch of text is cut at the next blank
_NAME = re.compile(r"[A-Za-z][^\s/>]{0,63}")
_GAP = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*)?)?""")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")
_COMMENT_END = re.compile("--!?>")
_BLANK = re.compile(r"\s+")
_UNSEEN = re.compile("[\\s\x00-\x1f\u00ad\u200b-\u200f\u2060\ufeff]+")  # blanks, and what cleaning may drop


@dataclass(slots=True)
class Piece:
    """One stretch of visible text between two tags: where it starts in the page, and its characters there."""

    start: int
    raw: str
    block: int  # number of the block-level stretch it belongs to
    aside: bool  # within navigation, a header, a footer or a form


@dataclass(slots=True)
class Markup:
    """What the pass found."""

    pieces: list[Piece] = field(default_factory=list)
    deepest: int = 0
    tags: int = 0


def scan(page: str, *, limits: Limits) -> Markup:
    """Goes through `page` once. Raises LimitExceeded (html-depth, html-attributes)."""
    found = Markup()
    depth = aside = block = at = 0
    size = len(page)
    while at < size:
        opening = page.find("<", at)
        if opening < 0:
            opening = size
        if opening > at:
            _keep(found, page, at, opening, block, aside)
        if opening == size:
            break
        at = opening
        if page.startswith("<!--", at):
            ended = _COMMENT_END.search(page, at + 2)
            at = ended.end() if ended else size
            continue
        if page.startswith(("<!", "<?"), at):
            at = _after(page, ">", at + 2)
            continue
        closing = page.startswith("</", at)
        name_at = at + 2 if closing else at + 1
        named = _NAME.match(page, name_at)
        if not named:  # a bare "<" is text
            if closing:
                at = _after(page, ">", at + 2)
            else:
                _keep(found, page, at, at + 1, block, aside)
                at += 1
            continue
        name = named[0].lower()
        found.tags += 1
        at, empty = _tag_end(page, named.end(), limits)
        if name in _BLOCKS:
            block += 1
        if closing:
            depth -= name not in _SHALLOW and depth > 0
            aside -= name in _ASIDE and aside > 0
            continue
        if empty or name in _SHALLOW:
            continue
        if name in _RAW:
            at = _after_raw(page, name, at)
            continue
        depth += 1
        aside += name in _ASIDE
        if depth > found.deepest:
            found.deepest = depth
            if depth > limits.html_depth:
                raise LimitExceeded(
                    f"HTML nested deeper than {limits.html_depth} elements; parsers lose the text below",
                    limit="html-depth",
                )
    return found


def blocks(markup: Markup, *, aside: bool = False) -> Iterator[tuple[int, str]]:
    """The visible text, a block at a time: where it starts in the page and its words with single blanks."""
    start, number, parts = 0, -1, [""]
    for piece in markup.pieces:
        if piece.aside and not aside:
            continue
        if piece.block != number:
            text = _BLANK.sub(" ", "".join(parts)).strip()
            if text:
                yield start, text
            start, number, parts = piece.start, piece.block, []
        parts.append(unescape(piece.raw))
    text = _BLANK.sub(" ", "".join(parts)).strip()
    if text:
        yield start, text


class Places:
    """Finds where in the page a line of extracted text came from, by its characters other than blanks."""

    def __init__(self, markup: Markup) -> None:
        self._pieces = markup.pieces
        self._starts: list[int] = []
        parts, total = [], 0
        for piece in self._pieces:
            solid = _UNSEEN.sub("", unescape(piece.raw))
            self._starts.append(total)
            parts.append(solid)
            total += len(solid)
        self._stream = "".join(parts)
        self._at = 0
        self._budget = 40 * total + 10**7  # characters that searches may still look at

    def find(self, line: str) -> tuple[int, int] | None:
        """Half-open range of the page that holds `line`; None where it cannot be told."""
        wanted = _UNSEEN.sub("", line)
        if not wanted or self._budget <= 0:
            return None
        place = self._stream.find(wanted, self._at)
        self._budget -= (place if place >= 0 else len(self._stream)) - self._at
        if place < 0:  # not in the order of the page
            place = self._stream.find(wanted)
            self._budget -= place if place >= 0 else len(self._stream)
        if place < 0:
            return None
        self._at = place + len(wanted)
        return self._source(place), self._source(self._at - 1) + 1

    def _source(self, place: int) -> int:
        """Where in the page the stream's character number `place` stands."""
        number = bisect_right(self._starts, place) - 1
        piece, wanted = self._pieces[number], place - self._starts[number]
        at = 0
        while at < len(piece.raw):
            entity = _ENTITY.match(piece.raw, at) if piece.raw[at] == "&" else None
            source = entity[0] if entity else piece.raw[at]
            length = len(_UNSEEN.sub("", unescape(source)))
            if wanted < length:
                return piece.start + at
            wanted -= length
            at += len(source)
        return piece.start + max(0, len(piece.raw) - 1)


def _keep(found: Markup, page: str, start: int, end: int, block: int, aside: int) -> None:
    while end - start > 2 * _PIECE:
        blank = _BLANK.search(page, start + _PIECE, end)
        if not blank:
            break
        found.pieces.append(Piece(start, page[start : blank.end()], block, aside > 0))
        start = blank.end()
    if end > start:
        found.pieces.append(Piece(start, page[start:end], block, aside > 0))


def _tag_end(page: str, at: int, limits: Limits) -> tuple[int, bool]:
    """Where the tag ends, and whether it closes itself. Counts its attributes."""
    count = 0
    while found := _ATTRIBUTE.match(page, _after_gap(page, at)):
        at, count = found.end(), count + 1
        if count > limits.html_attributes:
            raise LimitExceeded(
                f"an HTML tag with more than {limits.html_attributes} attributes, as bombs have",
                limit="html-attributes",
            )
    end = page.find(">", at)
    if end < 0:
        return len(page), False
    return end + 1, page[end - 1] == "/"


def _after_gap(page: str, at: int) -> int:
    """Behind the blanks and slashes that stand in front of an attribute."""
    gap = _GAP.match(page, at)
    return gap.end() if gap else at


def _after(page: str, mark: str, at: int) -> int:
    """Behind the next `mark`; the end where there is none (then nothing is left to search)."""
    found = page.find(mark, at)
    return len(page) if found < 0 else found + len(mark)


def _after_raw(page: str, name: str, at: int) -> int:
    end = _RAW_ENDS[name].search(page, at)
    return _after(page, ">", end.end()) if end else len(page)


_RAW_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW}
