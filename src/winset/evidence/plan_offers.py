"""Whose an offer is that nobody's name stands by, told by who speaks of it and by the numbers in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from winset.evidence.plan_lines import Line, Version
from winset.evidence.plan_mentions import Mention
from winset.evidence.scenes import Scene

OFFERS = frozenset({"offer", "bid", "counter-proposal", "proposal"})
_STANDS = re.compile(
    r"(?: of [^,;.“”]{2,60}?)? (?:still |therefore |nevertheless )?(?:stands|stood|remains? (?:valid|open|on the table|unchanged)|remained (?:valid|open|on the table|unchanged)|(?:is|was) (?:still )?(?:valid|open|on the table))\b"
)


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


def version_differs(version: Version, terms: Mapping[str, float]) -> bool:
    """Whether a version says something else on an issue than `terms`."""
    return any(issue in version.terms and version.terms[issue][0] != value for issue, value in terms.items())


def line_differs(line: Line, terms: Mapping[str, float]) -> bool:
    """Whether every version of a proposal that speaks of one of these issues says something else on it."""
    speaking = [one for one in line.versions if any(issue in one.terms for issue in terms)]
    return bool(speaking) and all(version_differs(one, terms) for one in speaking)
