"""General retreats: "has dropped most of its list" gives something up on several issues, without saying which."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from winset.domain.positions import Move, Position
from winset.domain.statements import Statement
from winset.domain.text import Document, Grounds
from winset.evidence.sides import Sides
from winset.evidence.stances import owner

_RETREAT = re.compile(
    r"\b(?:drop(?:s|ped|ping)?|g(?:ive|ives|ave|iven|iving) up(?: on)?|abandon(?:s|ed|ing)?|scal(?:e|es|ed|ing) (?:back|down)|soften(?:s|ed|ing)?|"
    r"shorten(?:s|ed|ing)?|water(?:s|ed|ing)? down|whittl(?:e|es|ed|ing) down|trim(?:s|med|ming)?|withdr[ae]w(?:s|n|ing)?|back(?:s|ed|ing)? (?:away|off|down) (?:from|on)|"
    r"walk(?:s|ed|ing)? (?:back|away from)|shelv(?:e|es|ed|ing)|relinquish\w*|retreat(?:s|ed|ing)? from) "
    r"(?:(?:most|much|many|several|some|part|half|nearly all|almost all|all|the bulk|a number|a string|the lion’s share|two thirds)(?: of)? )?"
    r"(?P<whose>its|their|his|her|the|these|those|opening|earlier|maximal\w*)(?: (?!\w+ing\b)\w+){0,2}? ?"
    r"(?P<what>list|demands|conditions|claims|programme|wish list|wishes|red lines|requests|objections|maximalist position|positions)\b(?! for| that| to\b| on\b| about)",
    re.IGNORECASE,
)
_ALREADY = re.compile(
    r"\b(?:has|have|had|after|having|already|dropped|gave|abandoned|gave up|withdrew)\b", re.IGNORECASE
)
_NEGATED = re.compile(
    r"\b(?:not|never|refus\w+|without|denie[sd]|denied|would|will|may|might|could|n[’']t)\b[^.]{0,30}\Z", re.IGNORECASE
)
SCORE = 0.3
WINDOW = 80


def general(
    statements: Sequence[Statement], documents: Mapping[str, Document], sides: Sides, own: Sequence[Position],
    days: Mapping[str, date | None],
) -> list[Move]:  # fmt: skip
    """A move of unknown size on every issue on which the party held a position before; `own` are positions over time."""
    held: dict[str, list[Position]] = {}
    for position in own:
        held.setdefault(position.party, []).append(position)
    found: list[Move] = []
    done: set[tuple[str, str]] = (
        set()
    )  # document and sentence: one retreat is told once by the cue and once by its content
    for one in statements:
        document = documents[one.doc]
        start, end = one.extent.start, one.extent.end
        match = _RETREAT.search(document.text, start, end)
        if match is None or one.modality in ("denied", "likely", "possible") or (one.doc, str(match.start())) in done:
            continue
        if _NEGATED.search(document.text[max(start - 30, match.start() - WINDOW, 0) : match.start()]):
            continue
        party = owner(one, document, sides.places.get(one.doc, ()), match.start())
        if party is None:
            continue
        done.add((one.doc, str(match.start())))
        day = days[one.id]
        issues = {p.issue: p for p in held.get(party, ()) if p.valid_from is None or day is None or p.valid_from < day}
        spent = bool(_ALREADY.search(document.text, max(start, match.start() - 12), match.end()))
        for issue, position in issues.items():
            found.append(
                Move(
                    id=f"g{len(found) + 1}", party=party, issue=issue, start=position.value.best, end=None, date=day, toward=None,
                    status="spent" if spent else "offered", score=SCORE,
                    grounds=(Grounds(doc=one.doc, statement=one.id, spans=one.content),),
                    why=(f"“{match.group()}” speaks of several issues and names none",),
                )
            )  # fmt: skip
    return found
