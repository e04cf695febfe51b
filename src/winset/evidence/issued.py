"""Texts in which one body speaks of itself: press releases, resolutions, manifestos, position papers, messages to members."""

import re
from collections.abc import Sequence

from winset.domain.text import Span, Spans
from winset.evidence.communiques import PLACE_DATE, Communique, communique, letter
from winset.evidence.sentences import paragraphs, without_dateline

_KIND = (
    r"(?:(?:press|media|news|public|official|written|joint|open|short) )?(?:release|statement|notice|communiqu[eé]|declaration)|resolution|manifesto|"
    r"(?:position|policy|discussion) (?:paper|statement|note)|(?:election |electoral |party |negotiating |government |action )?(?:programme|platform)|(?:open |public )?appeal|"
    r"message|leaflet|flyer|pamphlet|bulletin|circular|newsletter|charter|motion|memorandum|(?:list|statement) of (?:demands|claims|conditions)"
)
_LINE = re.compile(
    rf"\A\W{{0,8}}(?:(?:for immediate (?:release|use|publication)|(?:press|media|news|public affairs|information) (?:office|service|department|desk|team|unit))\b[^\n]{{0,80}}|"
    rf"(?:{_KIND})(?:\W{{0,8}}\Z|\W{{1,4}}\d[^\n]{{0,160}}|(?:[,:|/]| [–—-]) [^\n]{{0,160}}| (?:of|by|from|issued|adopted|on|to|for|no\.?|concerning|regarding)\b[^\n]{{0,160}}))",
    re.IGNORECASE,
)  # a line that says what the text is
_INLINE = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'& -]{1,50} )?(?:PRESS|MEDIA|NEWS|Press|Media|News) (?:RELEASE|STATEMENT|NOTICE|NOTE|OFFICE|SERVICE|DEPARTMENT|[Rr]elease|[Ss]tatement|[Nn]otice|[Nn]ote|[Oo]ffice|[Ss]ervice)\b[^.\n]{0,60}[.–—] "
)  # a line that goes on with the text behind what it is
_OFFICE_LINE = re.compile(
    r"[^\n.]{2,60} (?:PRESS OFFICE|Press Office|Press Service|Press Department|Communications|COMMUNICATIONS)\b"
)
_OF = re.compile(
    rf"(?:\b(?:{_KIND})|\boffice) (?:of|by|from|issued by|adopted by) (?:the )?(?P<who>[^\n,:.]{{2,90}})", re.IGNORECASE
)
_FROM = re.compile(r"\b(?i:from|by) (?:the )?(?P<who>[A-ZÀ-Þ][^\n,:.]{2,90})")
_HIS = re.compile(rf"^(?P<who>[A-ZÀ-Þ][\w’'& .-]{{1,60}}?)(?:[’']s?)? (?:{_KIND})\b", re.IGNORECASE | re.MULTILINE)
_OURS = re.compile(
    r"(?P<who>[A-ZÀ-Þ][^\n:]{2,70}): (?:what (?:we|our)|why we|how we|where we|our |we |no |not |yes |for |against |five|six|seven|eight|nine|ten|twelve|\d)",
)  # "Free List: our eight conditions"
_WE_TITLE = re.compile(
    r"\A(?:[Oo]ur|[Ww]hat we|[Ww]hy we|[Ww]here we|[Ww]e) [^\n]{3,100}\Z|\A[^\n:]{0,40}\b(?:demands|programme|platform|conditions|claims|terms|offer|position)\b[^\n]{0,60}\Z"
)
_ADOPTED = re.compile(
    r"\A(?:adopted|approved|passed|agreed|decided|issued|voted|published|distributed|printed) (?:\w+ly )?(?:at|by|in|on)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:[Ww]e, )?(?:[Tt]he |[Aa]t (?:the )?)?(?:[a-z][\w-]{0,30} (?:[a-z][\w-]{0,30} ){0,3}of (?:the )?)?(?P<who>[A-ZÀ-Þ][\w’'&-]{0,40}(?:,? (?:(?:of|for|and|the|de|og|und|et|y|&) ){0,2}[A-ZÀ-Þ][\w’'&-]{0,40}){0,8})"
)
_PAPER = re.compile(
    r"\A\W{0,3}live\b|\b(?:editorial|leader article|opinion|comment(?:ary)?|column|analysis|viewpoint|explainer|interview|feature|by our|correspondent|newsletter)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:told reporters|told journalists|according to|reported|a source|sources|spokes\w+ for|declined to comment|reporters)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
_CLOSES = re.compile(
    r"\W{0,8}(?:about (?:the )?[A-ZÀ-Þ]|notes? (?:to|for) (?:the )?editors?|(?:press |media )?contacts?\b|for (?:further|more) information|further information|ends?\W{0,8}\Z|for enquiries|enquiries|photos?\b|pictures?\b)",
    re.IGNORECASE,
)
_HEADING = 4  # lines in which a text says what it is
_LONG = 220  # characters of the longest of them
_REACH = 160  # characters of a text's first sentence in which its issuer is named
_SHARE = 0.3  # of the sentences of a text that says so nowhere speak in the first person
_FEWEST = 3  # such sentences


def form(text: str, sentences: Spans) -> Communique | None:
    """A letter, a communiqué, or another text that somebody issues; None where it is none."""
    joint = None if _of_a_paper(text) else communique(text, sentences)
    return letter(text, sentences) or joint or issued(text, sentences)


def issued(text: str, sentences: Spans) -> Communique | None:
    """The text as one that a body issues about itself, None where it is none: its heading says so, or its sentences say "we" and
    nothing in it is told as news is."""
    lines = paragraphs(text)
    if len(lines) < _HEADING - 1:
        return None
    head = [line for line in lines[:_HEADING] if len(line) < _LONG and not _sentence(text, line)]
    says = next((line for line in head if _says(text, line)), None) or next(
        (Span(*found.span()) for line in lines[:_HEADING] if (found := _INLINE.match(text, line.start, line.end))), None
    )
    begin = max((line.end for line in (head if says is None else [says]) if line.end), default=0)
    body = _body(text, sentences, lines, begin)
    if not body or _of_a_paper(text):
        return None
    told = sum(_TELLS.search(one.of(text)) is not None for one in body)
    if told * 5 > len(body):
        return None
    if says is None:
        first = lines[0]
        ours = sum(
            _WE.search(one.of(text)) is not None for one in body if "“" not in one.of(text) and '"' not in one.of(text)
        )
        titled = _WE_TITLE.search(first.of(text)) or _OURS.match(first.of(text))
        if ours < max(_FEWEST, _SHARE * len(body)) and not (titled and ours >= _FEWEST - 1):
            return None
    who = issuer(text, lines, body[0])
    return Communique(who, says or lines[0], body, written=True) if who is not None else None


def _of_a_paper(text: str) -> bool:
    """Whether the heading says that a newspaper's own words follow."""
    return any(
        _PAPER.search(line.of(text))
        for line in paragraphs(text)[:_HEADING]
        if len(line) < _LONG and not _sentence(text, line)
    )


def issuer(text: str, lines: Sequence[Span], first: Span) -> Span | None:
    """Where a text names who issues it: in its heading, else as the subject of its first sentence.

    first  the first sentence of the text below its heading
    """
    for line in lines[:_HEADING]:
        if line.start >= first.start:
            break
        for pattern in (_OF, _OFFICE_NAME, _OURS, _HIS):
            found = pattern.search(text, line.start, line.end)
            if found is not None and re.search(r"[A-ZÀ-Þ]", found["who"]) and not _NO_NAME.fullmatch(found["who"]):
                return Span(*found.span("who"))
    start = opening(text, first)
    found = _SUBJECT.match(text, start, min(first.end, start + _REACH))
    if found is not None:
        return Span(*found.span("who"))
    return None


_NO_NAME = re.compile(
    r"(?:(?:joint|press|media|news|public|for immediate|final|official|open|written|short|common|draft|the|a|an)\b ?)+",
    re.IGNORECASE,
)
_OFFICE_NAME = re.compile(
    r"(?P<who>[A-ZÀ-Þ][\w’'& -]{1,50}?) (?:PRESS OFFICE|Press Office|Press Service|Press Department|Communications|COMMUNICATIONS)\b"
)
_NUMBER = re.compile(r"\W{0,3}\d{1,2}[.)] ")
_DATE = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w’'-]{0,30}(?: [A-ZÀ-Þ][\w’'-]{0,30}){0,2}), )?(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{1,2})(?:,? \d{4})?\s?[.:–—-]{1,3}\s{1,4}"
)


def opening(text: str, first: Span) -> int:
    """Where a first sentence begins behind its number, its place and its day."""
    bare = without_dateline(text, first)
    found = _DATE.match(text, bare.start, bare.end)
    start = found.end() if found is not None else bare.start
    number = _NUMBER.match(text, start, bare.end)
    return number.end() if number is not None else start


def _says(text: str, line: Span) -> bool:
    words = line.of(text)
    return (
        _LINE.fullmatch(words) is not None
        or _OFFICE_LINE.match(words) is not None
        or _ADOPTED.match(words) is not None
        or (
            _OF.search(words) is not None
            and not re.search(r"\b(?:said|says|told|angers|draws|falls|reject\w*|welcom\w*)\b", words)
        )
    )


def _sentence(text: str, line: Span) -> bool:
    """Whether a line is prose and no heading."""
    return text[line.end - 1] == "." and len(line) > 90


def _body(text: str, sentences: Spans, lines: Sequence[Span], begin: int) -> Spans:
    """The sentences below the heading, without those that tell of the issuer behind the text."""
    over = next(
        (line.start for line in lines[_HEADING:] if line.start > begin and _CLOSES.match(text, line.start, line.end)),
        len(text),
    )
    return tuple(
        one
        for one in sentences
        if one.start >= begin and one.end <= over and len(one) > 12 and not _dateline(one.of(text))
    )


def _dateline(words: str) -> bool:
    return PLACE_DATE.match(words) is not None or _DATE.fullmatch(f"{words} ") is not None
