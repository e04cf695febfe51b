"""Tellings inside a telling: "A said B had told him that ..." is A's, and in it B's; "quoted B as saying" is B's."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from winset.domain.text import Span, tidy
from winset.evidence.capitals import NAME
from winset.language.annotation import Attribution

SHARE = 0.6  # of the outer telling's score that an inner one keeps
MOST = 2_000  # characters of a content in which another telling is looked for
REACH = 140  # characters of a subject with what stands beside it
_CUE = re.compile(
    r"\b(?:(?:had|has|have) )?(?:also |then |earlier |later |once |already |repeatedly |privately |publicly |never |only |even )*"
    r"(?:(?P<tells>told|tells|informed|assured|warned|promised|reminded) (?P<whom>him|her|them|it|me|us|you|reporters|journalists|police|investigators|lawmakers|parliament|the [a-z-]+|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
    r"|(?P<says>said|says|claimed|claims|insisted|insists|denied|denies|argued|argues|acknowledged|admitted|admits|conceded|announced|maintained|complained|replied|answered|added|warned)"
    r"|(?P<does>promised|pledged|vowed|threatened)"
    r"|(?P<calls>called|described|denounced|dismissed))\b"
    r"(?: (?:late |early )?on [A-Z]\w+day\b| yesterday\b)?"
    r"(?: (?:in|on|at|during|over|last|late|earlier|yesterday)\b(?: (?!that\b|to\b)[\w’'-]+){0,5}(?=,? (?:that\b|to\b|[“\"‘'])|: ?[“\"‘']))?"
    r"(?P<gap>,? (?=that\b|to\b|[“\"‘'])|: ?(?=[“\"‘'])| )"
)
_DETERMINED = r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Mm]y|[A-Z][\w-]+[’']s)"
_SUBJECT = re.compile(
    rf"(?:\A|(?<=[,“\"‘'(;]) ?|(?<=[,;] )|(?<= )|(?<=[.!?] ))(?P<who>(?:{_DETERMINED} (?:[\w-]+ ){{0,5}}?)?{NAME}(?: {NAME}){{0,3}}(?:, (?:the|an?|its|his|her) [^,.;:“”\"]{{2,60}},)?"
    rf"|{_DETERMINED} (?:[\w-]+ ){{0,4}}?[\w-]+(?:, {NAME}(?: {NAME}){{1,3}},)?|[Hh]e|[Ss]he|[Tt]hey) \Z"
)
_BEFORE = re.compile(
    r"(?:\A|\b(?:that|and|but|because|after|while|although|though|whom|when)|[,;:.!?“\"‘'(–—-])\s*[“\"‘']?\Z"
)
_SUPPOSED = re.compile(r"\b(?:if|unless|whether|until|would|should|could|might)\b[^.;!?]*\Z")
_CLAUSE = re.compile(rf"(?:that\b|(?:he|she|it|they|we|I|there|the|an?|no|its|his|her|their|this|{NAME}) )")
_QUOTED = re.compile(r"[“\"‘'][^“”\"\n]{2,}")
_INFINITIVE = re.compile(r"(?:not )?to [a-z]")
_STOP = re.compile(r"[.!?](?=[”\"’']?\s+[“\"‘']?[A-ZÀ-Þ])|\n")
_AND = re.compile(r",? (?:and|but|then)(?: \w+ly)? ?\Z")
_AS_SAYING = re.compile(
    r"[\s,]{1,3}(?P<who>(?!as\b)\w[^.;:“”\"\n]{1,60}?),? (?P<cue>as (?:saying|telling (?:[\w’'-]+ ){1,4}?|having said|writing|warning|adding|calling (?:[\w’'-]+ ){1,4}?))(?:,? that)?[\s,:]*(?=\S)"
)
_AS_SAID = re.compile(r"[\s,]{1,3}(?P<who>(?!as\b)\w[^.;:“”\"\n]{1,60}?),? (?P<cue>as saying)\b")
_QUOTES = re.compile(r"\b(?:quot|cit)(?:e|es|ed|ing)\Z", re.IGNORECASE)


def within(text: str, found: Sequence[Attribution], marks: Sequence[Span]) -> list[Attribution]:
    """What somebody tells of somebody else's telling, where nothing has it yet; one in each content at most.

    Inside a quotation nothing is added: who is quoted there is told by the quotation itself.
    """
    cues = sorted(span.start for one in found for span in one.cue)
    begins = [mark.start for mark in marks]
    more = []
    for one in found:
        for span in one.content:
            made = _told_in(text, Span(span.start, min(span.end, span.start + MOST)), one, cues)
            at = bisect_right(begins, made.source[0].start) - 1 if made is not None else -1
            if made is not None and not (at >= 0 and marks[at].end > made.source[0].start):
                more.append(made)
                break
    return more


def _told_in(text: str, content: Span, outer: Attribution, cues: Sequence[int]) -> Attribution | None:
    for cue in _CUE.finditer(text, content.start, content.end):
        begin = bisect_right(cues, cue.start() - REACH)
        if any(
            content.start <= at < cue.end() + 4
            for at in cues[begin : bisect_right(cues, cue.end() + 4)]
            if at >= content.start
        ):
            continue  # somebody has it
        lead = text[max(content.start, cue.start() - REACH) : cue.start()]
        subject = _SUBJECT.search(lead)
        if subject is None or not _BEFORE.search(lead[: subject.start("who")].rstrip(" ")) or _SUPPOSED.search(lead):
            continue
        first = cue.start() - len(lead) + subject.start("who")
        who = Span(first, first + len(subject["who"].rstrip(" ,")))
        later = bisect_right(cues, cue.end())
        what = _what(text, cue, content, cues[later] if later < len(cues) else content.end)
        if what is None or who.start < content.start:
            continue
        return Attribution(
            source=(who,), cue=(Span(cue.start(), cue.end() - len(cue["gap"])),), content=(what,),
            score=round(SHARE * outer.score, 4), why=("told inside what somebody else says",),
        )  # fmt: skip
    return None


def _what(text: str, cue: re.Match[str], content: Span, later: int) -> Span | None:
    """What is told behind the cue, to the end of its sentence or quotation or the next cue; None where nothing is."""
    begin = cue.end()
    quoted = _QUOTED.match(text, begin, content.end)
    clause = _CLAUSE.match(text, begin, content.end)
    if cue["does"]:
        told = _INFINITIVE.match(text, begin, content.end) is not None
    elif cue["calls"]:
        told = quoted is not None or re.search(r"[“‘\"]", text[begin : min(begin + 60, content.end)]) is not None
    else:
        told = quoted is not None or clause is not None or (
            cue["tells"] in ("promised", "warned") and _INFINITIVE.match(text, begin, content.end) is not None
        )  # fmt: skip
    if not told:
        return None
    end = content.end
    if quoted is not None and not cue["calls"]:
        mark = text[begin]
        close = re.compile({"“": "”", '"': '"', "‘": "’(?!\\w)", "'": "'(?!\\w)"}[mark]).search(text, begin + 1, end)
        if close is None:
            return None
        return Span(begin, close.end())
    stop = _STOP.search(text, begin, end)
    end = min(stop.start() if stop else end, later)
    end -= len(text[begin:end]) - len(_AND.sub("", text[begin:end]))
    while end > begin and text[end - 1] in " .,;”\"’'" and not (cue["calls"] and text[end - 1] in "”\"’'"):
        end -= 1
    return Span(begin, end) if end - begin >= 4 else None


def handed_on(text: str, one: Attribution) -> Attribution:
    """ "The agency quoted the minister as saying: ..." is the minister's; whoever hands it on is no speaker of it."""
    if not one.cue or not _QUOTES.search(one.cue[-1].of(text)):
        return one
    if one.content[-1].end <= one.cue[0].start:
        behind = _AS_SAID.match(text, one.cue[-1].end, one.cue[-1].end + REACH)
        if behind is None:
            return one
        cue = (*one.cue, Span(*behind.span("cue")))
        return replace(one, source=(Span(*behind.span("who")),), cue=cue, why=_by_hand(text, one))
    if one.content[0].start < one.cue[-1].end:
        return one
    first = one.content[0]
    found = _AS_SAYING.match(text, one.cue[-1].end, max(first.end, min(first.start + 200, len(text))))
    if found is None:
        return one
    rest = [Span(max(span.start, found.end()), span.end) for span in one.content if span.end > found.end()]
    if not rest:
        return one
    cue = (*one.cue, Span(*found.span("cue")))
    return replace(one, source=(Span(*found.span("who")),), cue=cue, content=tidy(rest), why=_by_hand(text, one))


def _by_hand(text: str, one: Attribution) -> tuple[str, ...]:
    teller = " ".join(span.of(text) for span in one.source)
    return (*one.why, f"“{teller}” hands on somebody else's words") if teller else one.why
