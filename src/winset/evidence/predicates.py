"""Further predicates of one subject: "has dismissed the draft, attacked its authors and praised the mediators", and what is said on
behind a joint at which the reader stopped: "said her side liked the patrols but | still insisted on a quota"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from winset.domain.text import Span
from winset.evidence.lexicon import cue_verbs
from winset.language.annotation import Attribution

_NEXT = re.compile(
    r"(?P<joint>, (?:and |but |yet |then )?| (?:and|but|yet|then) )(?P<adverb>(?:also|still|then|again|later|instead|even|now|firmly|flatly) )?"
    r"(?P<verb>[a-z]{3,15}) (?=[\w“\"'‘])"
)
_OUT = re.compile(r"(?:rul(?:ed|es) out|turn(?:ed|s) down)\b ?")
_TRAILING = re.compile(r"(?P<comma>,)? (?:but|and|or|yet|while)\Z")
_PARTICLE = re.compile(r" [a-z]{2,4}(?= )")
_NAMED = re.compile(
    r"(?:the |a |his |her |its )?[^\W\d_a-z][\w’'-]+|(?:he|she|it|they|we|I|there|the|an?|no|its|his|her|their|this|that)\b"
)
_STOP = re.compile(r"[,;:\n“”\"]|\.(?=\s|\Z)")
_END = re.compile(
    r"[,;:\n“”\"]|\.(?=\s|\Z)| (?:and|but|then) (?=[a-z]{2,14}(?:ed|ew|aid)\b)| (?:after|before|while|when|because|as he|as she|as it|during|but)\b"
)
MOST = 4  # further predicates of one subject
LONGEST = 240  # characters of what one of them is about


def rejoined(text: str, one: Attribution, cues: Sequence[int]) -> Attribution:
    """An attribution whose content stops at "but" or "and": with the rest of the clause where none is between, else without the joint.

    cues  where the cues of all attributions begin, in order
    """
    last = one.content[-1]
    joint = _TRAILING.search(text, last.start, last.end)
    if joint is None:
        return one
    end = _STOP.search(text, last.end, last.end + LONGEST)
    stop = end.start() if end else last.end
    near = bisect_left(cues, last.end)
    goes_on = (
        text[last.end : last.end + 1] == " " and text[last.end + 1 : last.end + 2].islower() and joint["comma"] is None
    )
    if not goes_on or stop - last.end < 4 or (near < len(cues) and cues[near] < stop):
        stop = joint.start()
    return replace(one, content=(*one.content[:-1], Span(last.start, stop))) if stop > last.start else one


def further(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Predicates in "..., VERBED something" behind an attribution whose subject they share, where nothing has them yet.

    Verbs that do something to a thing (attack, praise, reject), that ask or refuse with a particle (called for, ruled out), and
    behind "but" those of saying and promising are taken, in the form of the verb before them.
    """
    cues = sorted((one.cue[0].start, one.content[-1].end) for one in found if one.cue)
    starts = [start for start, _ in cues]
    taken = sorted((span.start, span.end) for one in found for span in (*one.cue, *one.content))
    begins = [start for start, _ in taken]
    more: list[Attribution] = []
    for one in found:
        if (
            not one.source
            or not one.cue
            or not one.source[-1].end <= one.cue[0].start
            or one.content[0].start < one.cue[-1].end
        ):
            continue
        if not _finite(one.cue[-1].of(text)):
            continue
        at = one.content[-1].end
        for _ in range(MOST):
            match = _NEXT.match(text, at)
            cue = _cue(text, match) if match else None
            if match is None or cue is None:
                break
            known = bisect_left(starts, match.start("verb"))
            if known < len(starts) and starts[known] == match.start("verb"):
                at = cues[known][1]
                continue
            begin = cue.end + 1
            end = _END.search(text, begin, begin + LONGEST)
            stop = end.start() if end else min(begin + LONGEST, len(text))
            near = bisect_right(begins, stop) - 1
            if stop - begin < 3 or (near >= 0 and taken[near][1] > match.start("verb")):
                break
            more.append(
                Attribution(
                    source=one.source, cue=(cue,), content=(Span(begin, stop),),
                    score=round(0.8 * one.score, 4), why=("a further predicate of the same subject",),
                )
            )  # fmt: skip
            at = stop
    return more


def _cue(text: str, match: re.Match[str]) -> Span | None:
    """The cue that a verb behind a joint makes, with its particle; None where the subject need not be the same."""
    begin, end = match.span("verb")
    out = _OUT.match(text, begin)
    if out:
        return Span(begin, out.end() - out.group().endswith(" "))
    known = cue_verbs().get(match["verb"])
    if known is None or known[1] not in ("past", "third"):
        return None
    verb = known[0]
    particle = _PARTICLE.match(text, end)
    if particle and particle.group().strip() in verb.particles:
        return Span(begin, particle.end())
    if verb.frame == "object":
        return Span(begin, end) if verb.act else None
    if "but" not in match["joint"] and "yet" not in match["joint"]:
        return None
    behind = text[end + 1 : end + 40]
    if verb.frame == "infinitive":
        return Span(begin, end) if behind.startswith("to ") else None
    return Span(begin, end) if verb.frame == "clause" and _NAMED.match(behind) else None


def _finite(cue: str) -> bool:
    """Whether the last verb of a cue has its subject's tense, so that another can follow it."""
    for word in reversed(re.findall(r"[^\W\d_]+", cue.lower())):
        known = cue_verbs().get(word)
        if known is not None:
            return known[1] in ("past", "third", "participle")
    return False
