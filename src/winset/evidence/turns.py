"""Answers to a proposal that their party has left behind: "had rejected it in March but accepts it now"."""

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import date

from winset.domain.terms import Acceptance
from winset.domain.text import Span
from winset.evidence import dates, times
from winset.evidence.plan_events import Event
from winset.evidence.scenes import Scene

_HAD = re.compile(r"\bhad\b(?! (?:to|no|been (?:asked|told|urged|expected|ready))\b)", re.IGNORECASE)
_HAD_BEEN = re.compile(r"\bhad (?:\w+ly |once |first |at first )?been (?:\w+ly )?\Z", re.IGNORECASE)
_ONCE = re.compile(r"\b(?:initially|originally|at first|once|formerly|until recently)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"\b(?:after|despite)(?: (?:first|initially|at first|having|once|earlier|previously|\w+ly))* \Z", re.IGNORECASE
)
_WITHIN = re.compile(
    r"\b(?:after|as|because|since|when|once|that|which|who|although|though|whether|if|where)(?: the)? \Z", re.IGNORECASE
)
_RECENT = re.compile(
    r"\b(?:on (?:\w+ )?\w+day|yesterday|today|this (?:week|morning|afternoon|evening)|(?:hours?|a day|\w+ (?:hours|days)) (?:earlier|before|ago)|earlier (?:on|in the day|this week|today))\b",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\b(?:now|since|later|then|today|finally|eventually|at last|in the end|this time|after all|no longer|meanwhile|in the meantime)\b",
    re.IGNORECASE,
)
_MIND = re.compile(
    r"\b(?:changed (?:its|their|his|her) mind|reversed|about-face|about-turn|u-turn|gave way|relented)\b", re.IGNORECASE
)
_BUT = re.compile(r"\b(?:but|yet)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:.!?“”\n]| (?:but|and|while|yet)\b")


def left_behind(scene: Scene, event: Event) -> times.Past | None:
    """The earlier time in which the words put an answer; None where they tell of one that stands.

    The pluperfect of the report itself, "initially" and "after rejecting it" tell of one that was left. In what somebody is said
    to have said ("it said that it had accepted") and in a subordinate clause the pluperfect is no more than the form.
    """
    text, sentence = scene.text, _sentence(scene, event.verb)
    tail = _clause(scene, event, sentence)
    once = _AFTER.search(event.hedge) or _ONCE.search(event.hedge)
    if once is None:
        said = scene.saying(event.place.start, event.place.end)
        if not _HAD.search(event.hedge) and not _HAD_BEEN.search(text, sentence.start, event.verb):
            return None
        if said is not None and said.kind != "direct":
            return None
        if _WITHIN.search(text, sentence.start, event.place.start) or _RECENT.search(f"{event.hedge} {tail}"):
            return None
    return times.Past(_day(f"{event.hedge} {tail}", scene.document.date))


def overtake(scene: Scene, event: Event, known: list[Acceptance], new: Acceptance) -> None:
    """Makes an earlier answer of the same document, that `new` turns round, one of the past: "rejected it, but now accepts it"."""
    if new.voice != "own" or new.scope != "whole":
        return
    sentence = _sentence(scene, event.verb)
    lead = scene.text[max(sentence.start, event.verb - 60) : event.verb]
    tail = scene.text[event.place.end : min(sentence.end, event.place.end + 24)]
    for at, one in enumerate(known):
        opposite = one.party == new.party and one.accepts != new.accepts and one.date == new.date
        places = [span for ground in one.grounds if ground.doc == scene.document.id for span in ground.spans]
        if not opposite or one.voice != "own" or one.scope != "whole" or not places:
            continue
        end = max(span.end for span in places)
        if end > event.verb:
            continue
        here = end >= sentence.start
        between = scene.text[max(end, sentence.start) : event.verb]
        if not (
            _TURN.search(between if here else lead)
            or _TURN.match(tail.lstrip())
            or _MIND.search(lead)
            or (here and _BUT.search(between))
        ):
            continue
        stop = _CLAUSE.search(scene.text, end, end + 60)
        words = scene.text[min(span.start for span in places) : stop.start() if stop else end]
        known[at] = replace(one, voice="past", date=_day(words, scene.document.date))


def _day(words: str, today: date | None) -> date | None:
    """The day that the words of an answer give, where it lies before the report."""
    period = dates.said_on(words, today)
    return period.start if period is not None and today is not None and period.start < today else None


def _clause(scene: Scene, event: Event, sentence: Span) -> str:
    stop = _CLAUSE.search(scene.text, event.place.end, sentence.end)
    return scene.text[event.place.end : stop.start() if stop else sentence.end]


def _sentence(scene: Scene, at: int) -> Span:
    index = bisect_right([span.start for span in scene.sentences], at) - 1
    return scene.sentences[max(index, 0)]
