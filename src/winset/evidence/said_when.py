"""The day of saying: the words around a clause of saying that tell it, and the days of statements once more where a document's own
day turns out to be another."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from winset.domain.statements import Statement
from winset.domain.text import Document, Period, Span
from winset.evidence import dates
from winset.evidence.sentences import of_text

AROUND = 120  # characters around the clause of saying in which its day stands
_OPENS = re.compile(
    r"(?:[Ii]n|[Oo]n|[Ll]ast|[Ee]arlier|[Ll]ate|[Ee]arly|[Aa]t|[Dd]uring|[Yy]esterday|[Tt]oday|[Tt]his|[Bb]ack in|[Oo]ver the|[Aa]s (?:late|early|recently) as|[Tt]he (?:previous|same|day|week|month|year)|"
    r"(?:(?:[Ss]ome|[Oo]nly|[Jj]ust|[Nn]early|[Aa]lmost|[Aa]bout) )?(?:[Aa] |[A-Z]?[a-z]{2,8} |\d{1,2} )?(?:hours?|days?|weeks?|months?|years?) (?:ago|earlier|before))\b"
)
_ASIDE = re.compile(r"\A,? (?:which|who|whose|where)\b[^,]*,")  # "..., which caught less last year, has proposed"


def around(
    text: str, cue: Sequence[Span], source: Sequence[Span], content: Sequence[Span], sentence: Span, starts: Sequence[int]
) -> list[str]:  # fmt: skip
    """After the cue, between source and cue, and the opening of the sentence, each up to what is said.

    sentence  that in which the cue begins
    starts    where what is said begins, of every statement of the document, in order
    """
    first, last = cue[0], cue[-1]
    stop = min(max(sentence.end, last.end), last.end + AROUND)
    for span in content:
        if last.end <= span.start < stop:
            stop = span.start
    index = bisect_left(starts, last.end)
    if index < len(starts):  # what is said next has days of its own
        stop = min(stop, starts[index])
    after = text[last.end : stop]
    end = re.search(r"[;\n“\"]|\.(?=\s)", after)
    after = after[: end.start()] if end else after
    found = [" ".join(span.of(text) for span in cue) + after]
    whose = source[-1] if source else None
    if whose is not None and whose.end <= first.start <= whose.end + 60:
        found.append(_ASIDE.sub(" ", text[whose.end : first.start]))
    elif whose is not None and whose.start >= last.end:
        tail = text[whose.end : min(whose.end + 60, len(text))]
        end = re.search(r"[.;\n“\"]", tail)
        found.append(tail[: end.start()] if end else tail)
    begin = min([span.start for span in (*source, *cue)])
    if whose is not None and _OPENS.match(whose.of(text)):
        found.append(whose.of(text)[:60])
    opening = text[max(sentence.start, begin - AROUND) : begin]
    for span in content:
        if span.start < begin and span.end > sentence.start:
            opening = opening[max(0, span.end - max(sentence.start, begin - AROUND)) :]
    if opening.rstrip().endswith(",") or (len(opening) <= 60 and _OPENS.match(opening)):
        found.append(opening)
    return found


def first_of(windows: Iterable[str], article: date | None) -> Period | None:
    """What the first of the windows says that says something."""
    return next((found for words in windows if (found := dates.said_on(words, article)) is not None), None)


def dated_anew(document: Document, statements: Sequence[Statement], day: date | None) -> dict[str, Period | None]:
    """Statement -> its day where the document is of `day` and not of its own date, of those for which that makes a difference.

    A day that does not come from the words around the clause of saying (somebody set it) stays.
    """
    sentences = of_text(document.text)
    begins = [one.start for one in sentences]
    starts = sorted(one.content[0].start for one in statements)
    found: dict[str, Period | None] = {}
    for one in statements:
        if not one.cue:
            continue
        at = bisect_right(begins, one.cue[0].start) - 1
        sentence = sentences[at] if at >= 0 else Span(0, max(len(document.text), 1))
        windows = around(document.text, one.cue, one.source, one.content, sentence, starts)
        then, now = first_of(windows, document.date), first_of(windows, day)
        if then == one.date and now != then:
            found[one.id] = now
    return found
