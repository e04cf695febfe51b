"""Communiqués and joint statements: documents in which the issuing bodies themselves speak."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from winset.domain.text import Span, Spans
from winset.evidence.sentences import paragraphs

HEAD = 700  # characters in which the heading stands
_HEADING = re.compile(
    r"(?P<what>\b(?:joint |final |press |official |ministerial |trilateral |bilateral |summit |leaders[’'] |presidential |common |unilateral )*(?:statement|communiqu[eé]|declaration|press release|readout|chair[’']s summary|joint text|"
    r"memorandum of understanding|note verbale|agreed minutes|conclusions)\b)(?P<rest>[^\n]*)",
    re.I,
)
_CAPS = re.compile(r"\A[^a-z]*\Z")
_ISSUER = re.compile(r"\b(?:of|by|from|between|issued by|adopted by|the)\s+(?P<who>[^\n]{2,200})", re.I)
_BOUND = re.compile(
    r" (?:on the (?:occasion|situation|outcome|results?|implementation|conflict|war|talks|crisis|visit)|following|after the|regarding|concerning|about|in response to|on (?=[A-Z]?[a-z]+ (?:talks|situation))|dated|,? \d{1,2} \w+ \d{4})\b",
    re.I,
)
_MATTER = re.compile(
    r"[\s:–—-]{0,4}(?:on|about|regarding|concerning|following|after) ", re.IGNORECASE
)  # what a statement is about
_NEWS = re.compile(r"\b(?:said|told|according to|reported|reporters)\b", re.I)
_REPORTS = re.compile(
    r"[”\"] (?:[A-ZÀ-Þ][\w.’'-]+ ){1,4}(?:said|says|added|told)\b|[”\"] (?:said|says|added) [A-ZÀ-Þ]|\b(?:said|says|added)[:,] [“\"]"
)
PLACE_DATE = re.compile(
    r"\A[^.]{0,60}\b(?:19|20)\d\d[^\w.]{0,3}\Z|\A(?:for immediate release|press office|embargoed).{0,60}\Z", re.I
)
_FIRST = re.compile(r"\b(?:we|our|us)\b", re.I)
_SELVES = re.compile(
    r"\A(?:\W*\d{1,2}[.)]\s*|\W*\([a-z0-9]{1,3}\)\s*|\W*[-•–—*]\s*)?(?P<who>(?:both|the|two) (?:two |three |four |high contracting |participating |undersigned )?(?:sides|parties|ministers|foreign ministers|presidents|leaders|heads of (?:state|government)|delegations|governments|"
    r"states|countries|council|conference|participants|signatories|members|commission|group|heads|envoys)|they|we|the (?:ministry|spokesperson|government|office))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Communique:
    """Where the issuing bodies are named, and the sentences that are theirs."""

    issuers: Span
    heading: Span
    sentences: Spans
    written: bool = False  # whether it is a letter, in which only "we" is whoever writes


_DEAR = re.compile(
    r"(?:\A|\n)[ \t]*(?P<dear>(?:Dear|Madam|Sir|Ladies and|To the|To our|To all|To Mr|To Ms|To Mrs|To Dr) ?[^\n.!?]{2,120}?)[,:]?[ \t]*\n"
)
_LETTER = re.compile(r"\b(?:letter|message|appeal|open note)\b", re.IGNORECASE)
_SIGNED = re.compile(r"(?P<who>[A-ZÀ-Þ][^\n.!?:;]{2,120})")
_CLOSING = re.compile(
    r"(?:With |Yours|In hope|In solidarity|Sincerely|Respectfully|Kind regards|Best regards|Signed|Faithfully)[^\n]{0,40}",
    re.IGNORECASE,
)
_AND_MORE = r"(?:(?:, (?-i:[A-ZÀ-Þ])[\w’'-]{1,40}){1,4},? and (?-i:[A-ZÀ-Þ])[^\n:,.]{2,60})?"  # of "the Haulage, Rail and Storage Union"
_SIGNED_FROM = re.compile(rf"(?:^|\n)From (?:the )?(?P<who>[A-ZÀ-Þ][^\n,.]{{2,90}}{_AND_MORE})")
_LETTER_FROM = re.compile(
    rf"\b(?:letter|message|appeal|open note) (?:from|by|of) (?P<who>[^\n:,]{{2,90}}{_AND_MORE})", re.IGNORECASE
)
_OWNER_OF_LETTER = re.compile(r"(?P<who>[A-ZÀ-Þ][\w’'& -]{1,60}?)[’']s? (?:open )?(?:letter|message|appeal) to\b")
_WE_THE = re.compile(r"\bWe, (?P<who>[^\n.]{4,140}?), ")
_OURS = 0.2  # of the sentences of a letter speak in the first person
_LEAST_OURS = 2


def letter(text: str, sentences: Spans) -> Communique | None:
    """A letter, from its greeting or its heading, as the text of whoever it says it is from or is signed by; None where it is none or says
    neither."""
    lines = paragraphs(text)
    greeting = _DEAR.search(text[: 2 * HEAD])
    head = next((line for line in lines[:2] if len(line) < _LONG_HEAD and _LETTER.search(line.of(text))), None)
    if (greeting is None and head is None) or len(lines) < _FEWEST_LINES:
        return None
    begin = greeting.end() if greeting is not None else head.end if head is not None else 0
    ends = _signature(text, lines)
    stop = ends.start if ends is not None else len(text)
    body = [one for one in sentences if one.start >= begin and one.end <= stop and len(one) > 12]
    ours = sum(1 for one in body if _FIRST_PERSON.search(one.of(text)))
    if ours < max(_LEAST_OURS, _OURS * len(body)) or _REPORTS.search(text, begin):
        return None
    who = _from(text, lines[0].end if lines else 0, begin, body[0].end) or ends
    if who is None:
        return None
    heading = Span(*greeting.span("dear")) if greeting is not None else head
    assert heading is not None
    return Communique(who, heading, tuple(body), written=True)


_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I|[Mm]y)\b")
_DESK = re.compile(r", (?:[A-Z]\w+ )?(?:Desk|Office|Services?|Team|Department|Relations|Communications)\Z")
_LONG_HEAD = 200
_FEWEST_LINES = 3


def _from(text: str, heading: int, begin: int, opened: int) -> Span | None:
    """Who a letter's own words say it is from: "We, the members of ...", "From the Guild", "a letter from the Guild", "the Guild's letter"."""
    places = (
        (_WE_THE, begin, opened + HEAD),
        (_SIGNED_FROM, 0, begin),
        (_LETTER_FROM, 0, heading),
        (_OWNER_OF_LETTER, 0, heading),
    )
    for pattern, start, end in places:
        found = pattern.search(text, start, end)
        if found is not None and re.search(r"[A-ZÀ-Þ]", found["who"]):
            name = found["who"].partition(" to ")[0]  # whom it is written to is not who writes
            return Span(found.start("who"), found.start("who") + len(name))
    return None


def _signature(text: str, lines: Sequence[Span]) -> Span | None:
    """The names that end a letter; None where nobody signs it."""
    last = lines[-1]
    words = last.of(text).rstrip()
    if _CLOSING.match(words):
        after = words.find("\n")
        words = words[after + 1 :] if after >= 0 else words.partition(":")[2].strip() or words
    elif "\n" in words:
        words = words[words.rfind("\n") + 1 :]
    words = words.strip()
    words = _DESK.sub("", words)
    signed = _SIGNED.fullmatch(words)
    if signed is None:
        return None
    start = last.start + last.of(text).rindex(words)
    return Span(start, start + len(words))


def communique(text: str, sentences: Spans) -> Communique | None:
    """The document as a communiqué, None where it is none: its heading says so, and nothing in it is reported by others."""
    head: Span | None = None
    issuers: Span | None = None
    for number, line in enumerate(paragraphs(text[:HEAD])[:6]):
        found = _HEADING.search(line.of(text))
        words = line.of(text)
        if found is None or len(words) > 260 or words.rstrip().endswith((".", "”", '"')) or _NEWS.search(words):
            continue
        before = words[: found.start()].strip(" –—-,:")
        after = found.group("rest")
        named = _ISSUER.search(after) if after.strip() and not _MATTER.match(after) else None
        if named is not None and re.search(r"[A-ZÀ-Þ]", named.group("who")):
            who = named.group("who")
            bound = _BOUND.search(who)
            end = bound.start() if bound else len(who)
            start = line.start + found.start("rest") + named.start("who")
            issuers = Span(start, start + max(len(who[:end].rstrip(" ,.:;")), 1))
        elif (
            before
            and len(before) > 3
            and not re.fullmatch(r"(?:the|a|full text of the|text of the|text:?|full text:?)", before, re.I)
        ):
            start = line.start + words.index(before)
            issuers = Span(start, start + len(before))
        else:
            issuers = _next_line(text, number)
        head = line
        break
    if head is None or issuers is None:
        return None
    body = tuple(
        one for one in sentences
        if one.start >= max(head.end, issuers.end) and not PLACE_DATE.match(one.of(text)) and len(one) > 12
    )  # fmt: skip
    if not body:
        return None
    if re.search(r"press release", head.of(text), re.I) and _REPORTS.search(text, head.end):
        return None  # told like news, with people who are quoted
    told = sum(
        1
        for one in body
        if re.search(r"\b(?:told reporters|told journalists|said on \w+day|according to)\b", one.of(text))
    )
    if told * 5 > len(body):
        return None
    return Communique(issuers, head, body)


def _next_line(text: str, number: int) -> Span | None:
    """The line under a bare heading, where it names the issuers."""
    lines = paragraphs(text[: HEAD * 2])
    for line in lines[number + 1 : number + 3]:
        words = line.of(text)
        if (
            len(words) < 200
            and re.search(r"[A-Z]", words)
            and not words.rstrip().endswith(".")
            and not re.search(r"[“”\"]", words)
            and not PLACE_DATE.match(words)
        ):
            return line
    opening = lines[number + 1] if len(lines) > number + 1 else None
    if opening is not None:
        named = re.match(
            r"(?:\W*(?:we|we,|the)[, ]+)?(?P<who>[^.;:\n]{4,160}?),?\s+(?:met|held|meeting|having met|gathered|agreed|issued|convened|today|on \d)",
            opening.of(text),
            re.I,
        )
        if named:
            return Span(opening.start + named.start("who"), opening.start + named.end("who"))
    return None


def spoken_by_itself(text: str, sentence: Span) -> Span | None:
    """The words in a sentence that name the issuing bodies themselves ("The two sides", "We"); None where it has none."""
    found = _SELVES.match(sentence.of(text))
    return Span(sentence.start + found.start("who"), sentence.start + found.end("who")) if found else None


def parts(text: str, sentence: Span) -> tuple[Span, ...]:
    """The clauses of a sentence that semicolons part, without its number and full stop; none for a heading or a signature."""
    lead = _NUMBER.match(sentence.of(text))
    start = sentence.start + (lead.end() if lead else 0)
    ends = [*(one.span() for one in _SEMICOLON.finditer(text, start, sentence.end)), (sentence.end, sentence.end)]
    found = []
    for stop, then in ends:
        end = stop
        while end > start and text[end - 1] in ".;: ":
            end -= 1
        words = text[start:end]
        if len(words.split()) >= _FEWEST_WORDS and re.search(r"[a-z]", words):
            found.append(Span(start, end))
        start = then
    return tuple(found)


_NUMBER = re.compile(r"\W{0,8}(?:\d{1,2}[.)]\s{1,4}|\([a-z0-9ivx]{1,4}\)\s{1,4}|[-•–—*]\s{1,4})?")
_SEMICOLON = re.compile(r";\s{1,4}(?:and |but )?")
_FEWEST_WORDS = 4
