"""Communiqués and joint statements: documents in which the issuing bodies themselves speak."""

import re
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
_NEWS = re.compile(r"\b(?:said|told|according to|reported|reporters)\b", re.I)
_REPORTS = re.compile(
    r"[”\"] (?:[A-ZÀ-Þ][\w.’'-]+ ){1,4}(?:said|says|added|told)\b|[”\"] (?:said|says|added) [A-ZÀ-Þ]|\b(?:said|says|added)[:,] [“\"]"
)
_PLACE_DATE = re.compile(
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


_DEAR = re.compile(r"(?:\A|\n)[ \t]*(?P<dear>Dear [^\n.!?]{2,60}?)[,:]?[ \t]*\n")
_SIGNED = re.compile(r"(?P<who>[A-ZÀ-Þ][^\n,.!?:;]{2,60})(?:, [^\n.!?:;]{2,60})?")


def letter(text: str, sentences: Spans) -> Communique | None:
    """A letter from its greeting to the name that it is signed with, as the text of whoever signs; None where it has not both."""
    dear = _DEAR.search(text[: 2 * HEAD])
    lines = paragraphs(text)
    if dear is None or not lines or lines[-1].start <= dear.end():
        return None
    signed = _SIGNED.fullmatch(lines[-1].of(text).strip())
    if signed is None:
        return None
    start = lines[-1].start + lines[-1].of(text).index(signed["who"])
    body = tuple(one for one in sentences if one.start >= dear.end() and one.end <= lines[-1].start and len(one) > 12)
    heading = Span(*dear.span("dear"))
    return Communique(Span(start, start + len(signed["who"].rstrip())), heading, body) if body else None


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
        named = _ISSUER.search(after) if after.strip() else None
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
        if one.start >= max(head.end, issuers.end) and not _PLACE_DATE.match(one.of(text)) and len(one) > 12
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
            and not _PLACE_DATE.match(words)
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
