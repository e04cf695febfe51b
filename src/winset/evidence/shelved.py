"""What is given up or improved in the passive, by nobody who is named: "The call for a 36-hour week has been shelved", "The offer was raised to 4.5".

Whose it is the record shows: the party that asked for it last, or whose offer was nearest.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Span
from winset.evidence.stances import Stance
from winset.evidence.whose import Place

_ADVERBS = r"(?: (?:now|also|since|quietly|formally|already|therefore|finally|then|at last|for now|\w+ly))?"
_GONE = re.compile(
    rf"(?:The|That|This|Those|These|All|Any|Every|Talk of|Plans?|Calls?|Demands?)\b[^.,;:!?“”\"\n]{{2,90}}? (?:has|have|had|is|was|are|were){_ADVERBS}(?: been)?{_ADVERBS} "
    r"(?P<verb>shelved|dropped|withdrawn|abandoned|scrapped|put aside|set aside|given up|taken back|taken off the table|off the table|buried|struck out|removed|gone from the (?:list|draft|text|paper))\b"
)
_RAISED = re.compile(
    rf"(?:The|That|This) (?:[\w-]{{1,20}} ){{0,2}}?(?:offer|bid) (?:has|was|is|had){_ADVERBS}(?: been)?{_ADVERBS} (?P<verb>raised|improved|increased|lifted|sweetened|doubled|lowered|cut)\b"
)
_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?](?=[\w,])[^.!?;\n]+)*")
NOBODY = "nobody-who-is-named"  # the party until the record shows whose it is
SURE = 0.7  # of what the same words would be with whose it is


def told(document: Document, statements: Sequence[Statement], places: Sequence[Place]) -> Iterator[Statement]:
    """The sentences of a document that tell so, of which no statement has the verb and in which no party is named ahead of it."""
    text = document.text
    covered = sorted((span.start, span.end) for one in statements for span in (*one.cue, *one.content))
    starts = [start for start, _ in covered]
    for piece in _SENTENCE.finditer(text, text.find("\n") + 1):
        begin = piece.start() + len(piece.group()) - len(piece.group().lstrip())
        gone = _GONE.match(text, begin, piece.end()) or _RAISED.match(text, begin, piece.end())
        if gone is None:
            continue
        index = bisect_left(starts, gone.end())
        at = bisect_left(places, (begin, 0, ""))
        named = at < len(places) and places[at][0] < gone.end()
        if named or any(end > begin for _, end in covered[max(0, index - 8) : index]):
            continue
        yield Statement(
            id=f"{document.id}#told-{begin}", doc=document.id, source=(), cue=(Span(*gone.span("verb")),),
            content=(Span(begin, gone.start("verb") - 1),) if gone.re is _GONE else (Span(gone.end(), piece.end()),), kind="indirect",
            speaker=Voice(id=NOBODY, kind="collective", name=NOBODY, party=NOBODY), acts=("concession" if gone.re is _GONE else "offer",), tense="past", score=0.6, by="rules",
            why=("told by the report itself",),
        )  # fmt: skip


def with_whose(
    found: Iterable[Stance], sentences: Iterable[Statement], known: Sequence[Stance], days: Mapping[str, date | None]
) -> Iterator[Stance]:
    """Stances of `told` sentences as whose they are: whoever stood nearest before, by `known`; the last of these; none where nobody did."""
    better = {one.id for one in sentences if one.act == "offer"}
    for one in found:
        day = days.get(one.statement)
        before = [
            (abs(other.value.best - one.value.best), -at, other.party) for at, other in enumerate(known)
            if other.issue == one.issue and other.stand == "for" and other.voice in ("own", "ascribed", "past") and _before(days.get(other.statement), day, other, one)
        ]  # fmt: skip
        if before:
            gone = one.statement not in better
            yield replace(
                one, party=min(before)[2], stand="drops" if gone else "for", score=round(SURE * one.score, 4),
                why=(*one.why[:1], "given up by nobody who is named" if gone else "improved by nobody who is named", "whoever stood nearest before"),
            )  # fmt: skip


def _before(day: date | None, today: date | None, other: Stance, one: Stance) -> bool:
    if other.grounds.doc == one.grounds.doc:
        return other.words < one.words
    return day is None or today is None or day <= today
