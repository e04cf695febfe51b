"""Document + Annotation -> statements: whose words, what they do, when they were said."""

import re
from collections.abc import Sequence

from winset.domain.actors import Party
from winset.domain.statements import Kind, Statement, Voice
from winset.domain.text import Document, Period, Span, Spans, tidy
from winset.evidence import acts, dates, nesting, quotes
from winset.evidence.sources import Voices
from winset.language.annotation import Annotation, Attribution

OPENING = 300  # characters of a content in which its subject is looked for
MOST = 2_000  # characters of a content from which its act is read
_MODALS = (
    r"will|would|could|may|might|wants?|wanted|demand\w{0,3}|insist\w{0,3}|is|are|was|were|has|have|had|should|must|"
    r"seeks?|aims?|hopes?|expects?|intends?|plans?|probably|likely|never|cannot|no longer"
)
_START = r"\A[“\"'‘]{0,3}(?:that )?"
_SUBJECT = re.compile(rf"{_START}(?P<subject>\S{{1,40}}(?: \S{{1,40}}){{0,5}}?) (?:{_MODALS})\b", re.IGNORECASE)
_REQUEST = re.compile(
    rf"{_START}\S{{1,40}}(?: \S{{1,40}}){{0,6}}? (?:must|should|has to|have to|needs? to)\b", re.IGNORECASE
)


def extract(document: Document, annotation: Annotation, parties: Sequence[Party] = ()) -> list[Statement]:
    """The statements of one document, numbered `doc#n` by first content offset, then source, then cue.

    `parties` of a case give their own ids and names; without any, ids are slugs of names in the text. Never raises.
    """
    voices = Voices(tuple(parties))
    ordered = sorted(nesting.kept(document.text, annotation.attributions), key=_order)
    marks = [mark.span for mark in quotes.quotations(document.text)]
    found = []
    mark_at = 0
    for number, attribution in enumerate(ordered, 1):
        while mark_at < len(marks) and marks[mark_at].end <= attribution.content[0].start - 4000:
            mark_at += 1
        near = [m for m in marks[mark_at : mark_at + 400] if m.start < attribution.content[-1].end]
        found.append(_statement(document, annotation.by, f"{document.id}#{number}", attribution, voices, near))
    return found


def _order(attribution: Attribution) -> tuple[int, int, int]:
    def first(spans: Spans) -> int:
        return spans[0].start if spans else -1

    return first(attribution.content), first(attribution.source), first(attribution.cue)


def _statement(
    document: Document, by: str, id: str, attribution: Attribution, voices: Voices, marks: list[Span]
) -> Statement:
    text = document.text
    source = " ".join(span.of(text) for span in attribution.source)
    cue = " ".join(span.of(text) for span in attribution.cue)
    content = " ".join(span.of(text)[:MOST] for span in attribution.content[:20])[:MOST]
    voice, why = voices.resolve(source)
    about = _about(content, voice, voices)
    act = acts.done(cue, content, about_other=about is not None)
    return Statement(
        id=id, doc=document.id, source=tidy(attribution.source), cue=tidy(attribution.cue),
        content=tidy(attribution.content), kind=kind_of(text, attribution.content, marks), speaker=voice,
        acts=act.acts, modality=act.modality, negated=act.negated, tense=act.tense,
        about=about if act.acts[0] in ("forecast", "assessment", "accusation", "praise") else None,
        condition=act.condition, event=act.event, date=_said_on(document, attribution),
        score=min(max(attribution.score, 0.0), 1.0), why=(*attribution.why, *why, *act.why), by=by,
    )  # fmt: skip


def kind_of(text: str, content: Spans, marks: list[Span]) -> Kind:
    """Direct where every word stands between quotation marks, mixed where some do."""
    inside = outside = 0
    for span in content:
        for word in re.finditer(r"\w+", text[span.start : span.end]):
            at = span.start + word.start()
            if any(mark.start <= at < mark.end for mark in marks):
                inside += 1
            else:
                outside += 1
    if inside and not outside:
        return "direct"
    return "mixed" if inside else "indirect"


def _about(content: str, speaker: Voice, voices: Voices) -> str | None:
    """The other party that the content's subject is, where it is described rather than called upon."""
    if _REQUEST.match(content[:OPENING]):
        return None
    found = _SUBJECT.match(content[:OPENING])
    if found is None:
        return None
    subject = found.group("subject")
    party = voices.party_of(subject)
    if party is None:
        name = subject.split()[-1].strip("“\"'’")
        known = next((v for full, v in voices.people.items() if full.split()[-1] == name), None)
        party = known.party if known else None
    if party is None or party == speaker.party:
        return None
    return party


def _said_on(document: Document, attribution: Attribution) -> Period | None:
    if not attribution.cue:
        return None
    text, cue = document.text, attribution.cue[-1]
    stop = cue.end + 70
    for span in attribution.content:
        if cue.end <= span.start < stop:
            stop = span.start
    around = text[cue.end : min(stop, len(text))]
    end = re.search(r"[.;\n“\"]", around)
    return dates.said_on(around[: end.start()] if end else around, document.date)
