"""Whose an offer is that nobody's name stands by, told by who speaks of it and by the numbers in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from winset.domain.text import Span
from winset.evidence.plan_lines import Line, Version
from winset.evidence.plan_mentions import Mention
from winset.evidence.scenes import Scene

OFFERS = frozenset({"offer", "bid", "counter-proposal", "proposal"})
_STANDS = re.compile(
    r"(?: of [^,;.“”]{2,60}?)? (?:still |therefore |nevertheless )?(?:stands|stood|remains? (?:valid|open|on the table|unchanged)|remained (?:valid|open|on the table|unchanged)|(?:is|was) (?:still )?(?:valid|open|on the table))\b"
)


_OFFERING = re.compile(
    r"\b(?<!was )(?<!were )(?<!been )(?<!is )(?<!are )(?:offered|proposed|bid)\b(?! (?:talks|help|assistance|aid|mediation|condolences|no\b|little\b|by\b|in\b|its (?:help|services)|to (?:talk|meet|resign|mediate|help|host|negotiate)))"
)
BACK = 2  # sentences: an offer made in words that name none ("offered 4 per cent") so far ahead is "the offer"


@dataclass(frozen=True, slots=True)
class Offered:
    """A number that a party named as its own on an issue, and when."""

    party: str
    issue: str
    value: float
    day: date | None


def offered_by(
    scene: Scene, mention: Mention, terms: Mapping[str, float], actors: set[str], offered: Sequence[Offered]
) -> tuple[str, ...]:  # fmt: skip
    """Whose an offer is that nobody's name stands by: of who says that it stands, or of the one party that offered the same."""
    if mention.kind not in OFFERS or not mention.given:
        return ()
    said = scene.saying(mention.start, mention.end)
    speaker = said.speaker.party if said is not None else None
    if speaker is not None and _STANDS.match(scene.text, mention.end, said.extent.end if said else mention.end):
        return (speaker,)
    day = scene.document.date
    same = {
        one.party for one in offered
        if terms.get(one.issue) == one.value and one.party not in actors and (day is None or one.day is None or one.day <= day)
    }  # fmt: skip
    return tuple(same) if len(same) == 1 else ()


def offered_before(
    scene: Scene, number: int, mention: Mention, actors: set[str]
) -> tuple[tuple[str, ...], Span] | None:
    """Who "offered 4 per cent" in the sentence `number` or those before it, which a mention then calls "the offer", and in which words.

    None where nobody did, or only those who answer it.
    """
    if mention.kind not in OFFERS or not mention.given or mention.own:
        return None
    for sentence in reversed(scene.sentences[max(0, number - BACK) : number + 1]):
        for verb in reversed(list(_OFFERING.finditer(scene.text, sentence.start, min(sentence.end, mention.start)))):
            who = scene.subject(sentence, verb.start())
            if who is None or set(who.parties) & actors or scene.done(sentence, who, verb.start()) != "done":
                continue
            return who.parties, Span(verb.start(), min(sentence.end, mention.start))
    return None


def version_differs(version: Version, terms: Mapping[str, float]) -> bool:
    """Whether a version says something else on an issue than `terms`."""
    return any(issue in version.terms and version.terms[issue][0] != value for issue, value in terms.items())


def line_differs(line: Line, terms: Mapping[str, float]) -> bool:
    """Whether every version of a proposal that speaks of one of these issues says something else on it."""
    speaking = [one for one in line.versions if any(issue in one.terms for issue in terms)]
    return bool(speaking) and all(version_differs(one, terms) for one in speaking)
