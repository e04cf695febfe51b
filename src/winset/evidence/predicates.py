"""Further predicates of one subject: "has dismissed the draft, attacked its authors and praised the mediators"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from winset.domain.text import Span
from winset.evidence.lexicon import cue_verbs
from winset.language.annotation import Attribution

_NEXT = re.compile(r"(?P<joint>, (?:and |but |then )?| (?:and|but|then) )(?P<verb>[a-z]{3,15}) (?=[\w“\"'‘])")
_END = re.compile(
    r"[,;:\n“”\"]|\.(?=\s|\Z)| (?:and|but|then) (?=[a-z]{2,14}(?:ed|ew|aid)\b)| (?:after|before|while|when|because|as he|as she|as it|during|but)\b"
)
MOST = 4  # further predicates of one subject
LONGEST = 240  # characters of what one of them is about


def further(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Predicates in "..., VERBED something" behind an attribution whose subject they share, where nothing has them yet.

    Only verbs that do something to a thing (attack, praise, reject) are taken, in the form of the verb before them.
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
            verb = cue_verbs().get(match.group("verb")) if match else None
            if (
                match is None
                or verb is None
                or verb[1] not in ("past", "third")
                or verb[0].frame != "object"
                or verb[0].act is None
            ):
                break
            known = bisect_left(starts, match.start("verb"))
            if known < len(starts) and starts[known] == match.start("verb"):
                at = cues[known][1]
                continue
            begin = match.end()
            end = _END.search(text, begin, begin + LONGEST)
            stop = end.start() if end else min(begin + LONGEST, len(text))
            near = bisect_right(begins, stop) - 1
            if stop - begin < 3 or (near >= 0 and taken[near][1] > match.start("verb")):
                break
            more.append(
                Attribution(
                    source=one.source, cue=(Span(match.start("verb"), match.end("verb")),), content=(Span(begin, stop),),
                    score=round(0.8 * one.score, 4), why=("a further predicate of the same subject",),
                )
            )  # fmt: skip
            at = stop
    return more


def _finite(cue: str) -> bool:
    """Whether the last verb of a cue has its subject's tense, so that another can follow it."""
    for word in reversed(re.findall(r"[^\W\d_]+", cue.lower())):
        known = cue_verbs().get(word)
        if known is not None:
            return known[1] in ("past", "third", "participle")
    return False
