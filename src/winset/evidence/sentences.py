"""Sentences and paragraphs of English prose, by rules, in time linear in the text."""

import re

from winset.domain.text import Span

LONGEST = 2_000  # characters of one sentence
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?"
_DATELINE = re.compile(
    rf"(?:[A-ZÀ-Þ][A-ZÀ-Þ'’. ,/-]{{2,40}}(?:,? ?{_DAY})?(?: ?\([^()]{{1,30}}\))?|[A-ZÀ-Þ][\w'’. -]{{2,30}}(?:, {_DAY})? ?\([A-Z][^()]{{1,28}}\)|"
    rf"[A-ZÀ-Þ][\w'’. -]{{2,30}}, {_DAY}) ?[—–-]{{1,2}} (?=[\"“‘'«]?[A-ZÀ-Þ])"
)
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
        "sens",
        "reps",
        "govs",
        "messrs",
        "mme",
        "sec",
        "dept",
        "univ",
        "bros",
        "cf",
        "al",
        "nos",
        "vol",
        "pp",
        "ed",
        "eds",
        "fig",
        "approx",
        "est",
        "tues",
        "thurs",
        "ala",
        "ariz",
        "ark",
        "calif",
        "colo",
        "conn",
        "fla",
        "ga",
        "ill",
        "ind",
        "kan",
        "ky",
        "la",
        "md",
        "mass",
        "mich",
        "minn",
        "mo",
        "mont",
        "neb",
        "nev",
        "okla",
        "ore",
        "pa",
        "tenn",
        "tex",
        "va",
        "vt",
        "wash",
        "wis",
        "wyo",
    ]
)
_SMALL = frozenset(["vs", "approx", "vol", "pp", "cf", "al"])  # short also where they begin with a small letter
_ENDING = frozenset(["inc", "corp", "co", "ltd", "jr", "sr", "etc"])  # short forms that may well end a sentence
_HEAD = 1_000  # characters of a text in which the place stands from where it was sent
_PLACE = re.compile(r"[A-ZÀ-Þ][\w’'-]{1,30}(?: [A-ZÀ-Þ][\w’'-]{0,30}){0,3}(?=,| \(| ?[—–-])")
_NEW = re.compile(
    r"[\"“‘'(]?(?:The|He|She|It|They|But|In|On|At|A|An|And|We|I|This|That|There|His|Her|Their|As|If|So)\b"
)


def without_dateline(text: str, span: Span) -> Span:
    """A stretch without the place and day of a report that open it ("GENEVA, 14 November 2027 (Agency) - ")."""
    found = _DATELINE.match(text, span.start, min(span.end, span.start + 120))
    return Span(found.end(), span.end) if found is not None and found.end() < span.end else span


def places_of_report(text: str) -> set[str]:
    """The places that a text says it is sent from ("MELK, Feb 14 - ..."), as written there and as elsewhere ("Melk")."""
    found: set[str] = set()
    for line in paragraphs(text[:_HEAD]):
        bare = without_dateline(text, line)
        place = _PLACE.match(text, line.start, bare.start) if bare.start > line.start else None
        if place is not None:
            found.update((place.group(), place.group().title()))
    return found


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


def of_text(text: str) -> tuple[Span, ...]:
    """The sentences of a whole text, in order; a line break always ends one."""
    return tuple(sentence for paragraph in paragraphs(text) for sentence in sentences(text, paragraph))


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
        if text[end.start()] == "." and end.end() == end.start() + 1 and _shortened(text, start, end.start(), after):
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


def _shortened(text: str, start: int, dot: int, after: int) -> bool:
    """Whether the stop at `dot` belongs to a short form ("Sen.", "J.", "U.S.") and the sentence goes on at `after`."""
    at = dot
    while at > start and dot - at < 12 and (text[at - 1].isalpha() or text[at - 1] == "."):
        at -= 1
    word = text[at:dot]
    low = word.lower()
    if "." in word or low in _ENDING:
        return _NEW.match(text, after, after + 12) is None
    if low == "no":
        return text[after].isdigit()
    if len(word) == 1:
        return word.isupper() and word != "I"
    return low in _SHORT and (word[0].isupper() or low in _SMALL)
