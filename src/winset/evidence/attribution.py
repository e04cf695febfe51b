"""Attributions by rules: which words are whose, read off quotation marks, cues and the order of clauses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from winset.domain.text import Span, Spans, tidy
from winset.evidence import cues, quotes, sentences
from winset.evidence.quotes import Quotation
from winset.language.annotation import Annotation, Attribution

NAME = "rules 1"
_BREAK = re.compile(
    r"[,;:—–()\"“”„«»]|\b(?:and|but|because|that|while|after|before|when|as|if|which|who|where|since|although|though|so|yet|or)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.?!—–(\"“„«]| (?:who|that|in|on|at|during|after|before|when|as|while|to|and then) ")
_LATE = re.compile(
    r"[\s,]*(?:(?:on|late|early|last|this|in|during|at|to|after|before|by|through|via|of|about|from)\b[^.\"“„«:;,]{0,90}|later|again|yesterday|today|recently|earlier)?(?:[.,!?]|$)",
    re.IGNORECASE,
)
_NOT_A_SOURCE = re.compile(
    r"^(?:it|there|this|that|what|which|to|not|also|never|be|been|being|is|are|was|were|would|could|will|should|may|might|must|can)$",
    re.IGNORECASE,
)
_WORD = r"[^\s,:;.“”\"]{1,30}"
_LISTENER = re.compile(
    rf"\A (?!that\b){_WORD}(?: (?!(?:that|he|she|they|it|there|his|her)\b){_WORD}){{0,5}}?"
    r"(?= (?:that|he|she|they|it|there|the|his|her|a)\b| ?[,:“\"])"
)
_DATELINE = re.compile(
    r"\A[A-ZÀ-Þ][A-ZÀ-Þ'’. ,/-]{2,40}(?:,? ?[A-Z][\w.]{0,12} \d{1,2})?(?: ?\([^()]{1,30}\))? ?[—–-]{1,2} "
)
_PLAIN_END = " \t,;:.—–-\u00a0"


@dataclass(slots=True)
class _Draft:
    source: Spans
    cue: Span
    content: list[Span]
    why: str

    def done(self) -> Attribution:
        return Attribution(source=self.source, cue=(self.cue,), content=tidy(self.content), score=0.6, why=(self.why,))


def annotate(text: str) -> Annotation:
    """Sentences and attributions of a whole text."""
    all_sentences: list[Span] = []
    drafts: list[_Draft] = []
    last: _Draft | None = None
    for paragraph in sentences.paragraphs(text):
        parts = sentences.sentences(text, paragraph)
        all_sentences += parts
        marks = quotes.quotations(text, paragraph)
        found = _paragraph(text, parts, marks)
        if found:
            last = found[-1]
        elif marks and last is not None and _is_all_quotation(text, paragraph, marks):
            last.content += [mark.span for mark in marks]
        drafts += found
    return Annotation(by=NAME, sentences=tuple(all_sentences), attributions=tuple(draft.done() for draft in drafts))


def _is_all_quotation(text: str, paragraph: Span, marks: list[Quotation]) -> bool:
    return sum(len(mark.span) for mark in marks) >= 0.9 * len(paragraph)


def _paragraph(text: str, parts: list[Span], marks: list[Quotation]) -> list[_Draft]:
    found: list[_Draft] = []
    first = 0
    for sentence in parts:
        while first < len(marks) and marks[first].span.end <= sentence.start:
            first += 1
        last = first
        while last < len(marks) and marks[last].span.start < sentence.end:
            last += 1
        outside = marks[first:last]
        here = list(_sentence(text, sentence, outside))
        spoken = [span for draft in found[-3:] + here for span in draft.content]
        for mark in outside:
            if sentence.start <= mark.span.end - 1 < sentence.end and not any(mark.span.overlaps(s) for s in spoken):
                guess = _uncued(text, sentence, mark)
                if guess is not None:
                    here.append(guess)
        if here:
            found += here
        elif found and outside and _starts_in(outside, sentence) and _quoted_share(sentence, outside) > 0.85:
            found[-1].content.append(Span(max(outside[0].span.start, sentence.start), outside[-1].span.end))
    return found


def _starts_in(marks: list[Quotation], sentence: Span) -> bool:
    return marks[0].span.start <= sentence.start + 1


def _quoted_share(sentence: Span, marks: list[Quotation]) -> float:
    covered = sum(min(m.span.end, sentence.end) - max(m.span.start, sentence.start) for m in marks)
    return covered / len(sentence)


def _sentence(text: str, sentence: Span, marks: list[Quotation]) -> Iterator[_Draft]:
    dateline = _DATELINE.match(text[sentence.start : min(sentence.start + NEAR, sentence.end)])
    if dateline and sentence.start + dateline.end() < sentence.end:
        sentence = Span(sentence.start + dateline.end(), sentence.end)
    taken = -1
    matches = [
        match
        for match in cues.pattern().finditer(text, sentence.start, sentence.end)
        if not any(m.span.start < match.start() < m.span.end for m in marks)
    ]
    if matches and (closing := _closing(text, sentence, matches[-1], marks)) is not None:
        yield closing
        return
    for match in matches:
        if match.start() < taken:
            continue
        if match.group("verb") is None:
            draft = _according(text, sentence, match)
        else:
            draft = _verb(text, sentence, match, marks)
        if draft is not None:
            taken = max(span.end for span in [draft.cue, *draft.content] if span.start >= draft.cue.start)
            yield draft


def _closing(text: str, sentence: Span, match: re.Match[str], marks: list[Quotation]) -> _Draft | None:
    """A whole sentence whose last clause says who said it: "They may settle by May, a Western official said."."""
    if match.group("verb") is None or cues.lexicon()[match.group("verb").lower()].frame == "to":
        return None
    span = Span(match.start("help"), match.end())
    if marks or not _LATE.fullmatch(text[span.end : sentence.end]):
        return None
    source = _left_source(text, sentence.start, span.start)
    if source is None or text[sentence.start : source.start].rstrip()[-1:] != "," or source.start - sentence.start < 12:
        return None
    content = trimmed(text, sentence.start, source.start)
    return None if content is None else _Draft((source,), span, [content], "a sentence, then who said it")


def _according(text: str, sentence: Span, match: re.Match[str]) -> _Draft | None:
    source = _right_source(text, match.end(), sentence.end)
    if source is None:
        return None
    content = []
    before = trimmed(text, sentence.start, match.start())
    if before:
        content.append(before)
    after = trimmed(text, source.end, sentence.end)
    if after and (not before or len(after) > 25):
        content.append(after)
    if not content:
        return None
    return _Draft((source,), Span(match.start(), match.end()), content, "“according to” a source")


def _verb(text: str, sentence: Span, match: re.Match[str], marks: list[Quotation]) -> _Draft | None:
    cue = cues.lexicon()[match.group("verb").lower()]
    span = Span(match.start("help"), match.end())
    before, after = text[sentence.start : span.start], text[span.end : sentence.end]
    said_before = _content_before(text, sentence, span.start, marks)
    inverted = bool(re.search(r"[,?!\"”»]\s*$", before)) and cue.frame != "to"
    if inverted and said_before is not None:
        source = _right_source(text, span.end, sentence.end)
        if source is not None and _NOT_A_SOURCE.match(text[source.start : source.end].split()[0]) is None:
            content = [said_before, *_quote_after(text, source.end, sentence, marks)]
            return _Draft((source,), span, content, "words, cue, then who said them")
    source = _left_source(text, sentence.start, span.start)
    closed = source is not None and _quote_ends(text, source.start, marks)
    if cue.frame != "to" and (
        closed or _LATE.fullmatch(after.split('"')[0].split("“")[0] + ("," if "“" in after or '"' in after else ""))
    ):
        held = _content_before(text, sentence, source.start, marks) if source else None
        if source is not None and held is not None:
            return _Draft(
                (source,), span, [held, *_quote_after(text, span.end, sentence, marks)], "words, then who said them"
            )
    start = span.end
    if cue.frame == "hear" or match.group("verb").lower() in ("assured", "reminded"):
        listener = _LISTENER.match(text[start : min(start + NEAR, sentence.end)])
        if listener:
            start += listener.end()
    if source is None:
        return None
    content_span = _content_after(text, start, sentence, marks)
    if content_span is None or len(content_span) < 8:
        return None
    return _Draft((source,), span, [content_span], "who, cue, then what")


def _quote_ends(text: str, at: int, marks: list[Quotation]) -> bool:
    """Whether nothing but white space stands between a quotation's closing comma and `at`."""
    return any(m.span.end <= at and not text[m.span.end : at].strip() and text[m.span.end - 2] in ",?!" for m in marks)


_VERB = r"[a-z]{1,12}(?:ed|s|id|ad|ote|old|ing)"
_AFTER_QUOTE = re.compile(rf"\A (?P<source>{_WORD}(?: {_WORD}){{0,8}}?) (?P<cue>{_VERB}(?: (?:out|on|up|in))?)\b")
_BEFORE_QUOTE = re.compile(
    rf"\A(?P<source>{_WORD}(?: {_WORD}){{0,8}}?) (?P<cue>{_VERB}(?: [a-z]{{1,14}}){{0,3}})[,:]? ?\Z"
)
NEAR = 220  # characters beside a cue or a quotation in which its words are looked for


def _uncued(text: str, sentence: Span, mark: Quotation) -> _Draft | None:
    """A whole clause between marks beside somebody and a verb that no lexicon knows."""
    words = text[mark.span.start : mark.span.end].split()
    if len(words) < 4 or mark.open:
        return None
    if text[mark.span.end - 2] in ",?!":
        at = mark.span.end
        found = _AFTER_QUOTE.match(text[at : min(at + NEAR, max(sentence.end, at))])
        if found and not _NOT_A_SOURCE.match(found.group("source").split()[0]):
            source = Span(at + found.start("source"), at + found.end("source"))
            cue = Span(at + found.start("cue"), at + found.end("cue"))
            return _Draft((source,), cue, [mark.span], "a quotation, then somebody and a verb")
    if text[max(mark.span.start - 2, sentence.start) : mark.span.start].strip()[-1:] in (":", ","):
        left = text[max(sentence.start, mark.span.start - 120) : mark.span.start]
        found = _BEFORE_QUOTE.match(left[_last_break(left.rstrip().rstrip(",:")) :].lstrip())
        if found:
            base = mark.span.start - len(found.string)
            source_span = trimmed(text, base + found.start("source"), base + found.end("source"))
            if source_span and not _NOT_A_SOURCE.match(text[source_span.start : source_span.end].split()[0]):
                cue = Span(base + found.start("cue"), base + found.end("cue"))
                return _Draft((source_span,), cue, [mark.span], "somebody and a verb, then a quotation")
    return None


def _content_before(text: str, sentence: Span, end: int, marks: list[Quotation]) -> Span | None:
    found = trimmed(text, sentence.start, end)
    if found is None or len(found) < 6:
        return None
    for mark in marks:
        if mark.span.start <= found.start and mark.span.end <= end + 1 and mark.span.end > found.start:
            return Span(mark.span.start, max(mark.span.end, found.end))
    return found


def _quote_after(text: str, start: int, sentence: Span, marks: list[Quotation]) -> list[Span]:
    return [Span(m.span.start, m.span.end) for m in marks if m.span.start >= start and len(m.span) > 12]


def _content_after(text: str, start: int, sentence: Span, marks: list[Quotation]) -> Span | None:
    found = trimmed(text, start, sentence.end)
    if found is None:
        return None
    end = found.end
    for mark in marks:
        if found.start <= mark.span.start < sentence.end and mark.span.end >= sentence.end - 1:
            end = mark.span.end
    return Span(found.start, end)


def _left_source(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that ends right before the cue, with an apposition between commas."""
    left = text[start:end]
    kept = left.rstrip()
    if not kept:
        return None
    if kept.endswith(","):
        inner = kept[:-1]
        comma = inner.rfind(",")
        if comma < 0 or len(kept) - comma > 140:
            return None
        head_start = _last_break(inner[:comma])
        found = trimmed(text, start + head_start, start + len(kept) - 1)
    else:
        found = trimmed(text, start + _last_break(kept), start + len(kept))
    if found is None:
        return None
    words = text[found.start : found.end].split()
    if len(words) > 24 or _NOT_A_SOURCE.match(words[0]) or _NOT_A_SOURCE.match(words[-1]):
        return None
    return found


def _last_break(left: str) -> int:
    at = 0
    for found in _BREAK.finditer(left):
        word = found.group().lower()
        if (
            word == "and"
            and re.search(r"[A-Z]\w+ $", left[: found.start()])
            and left[found.end() : found.end() + 2].strip()[:1].isupper()
        ):
            continue
        at = found.end()
    return at


def _right_source(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    stop = _CLAUSE_END.search(text, start, end)
    limit = stop.start() if stop else end
    found = trimmed(text, start, limit)
    if found is None or len(text[found.start : found.end].split()) > 14:
        return None
    if stop and stop.group() == ",":
        apposition = re.compile(r",\s*(?:an?|the|who|whose|[a-z]+ of)\s[^,.;:“\"]{2,90}(?=[,.])").match(
            text, limit, end
        )
        if apposition:
            found = Span(found.start, apposition.end())
    return found


def trimmed(text: str, start: int, end: int) -> Span | None:
    """[start, end) without white space and clause marks at its ends, None where nothing is left."""
    while start < end and (text[start].isspace() or text[start] in _PLAIN_END):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _PLAIN_END):
        end -= 1
    return Span(start, end) if start < end else None
