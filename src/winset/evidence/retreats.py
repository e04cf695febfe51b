"""Retreats told in so many words: of everything at once ("has dropped most of its list"), and of one demand that no issue covers."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from winset.domain.positions import Move, Position
from winset.domain.statements import Statement
from winset.domain.text import Document, Grounds, Span
from winset.evidence.naming import subject
from winset.evidence.sides import Sides
from winset.evidence.whose import owner

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
_NAMED = re.compile(
    r"\b(?:"
    r"(?:drop(?:s|ped|ping)?|abandon(?:s|ed|ing)?|g(?:ive|ives|ave|iven|iving) up(?: on)?|waiv(?:e|es|ed|ing)|shelv(?:e|es|ed|ing)|relinquish\w*|"
    r"set(?:s|ting)? aside|renounc\w+|withdr[ae]w(?:s|n|ing)?|back(?:s|ed|ing)? (?:away|off|down|out) (?:from|on|of)|walk(?:s|ed|ing)? (?:back|away from)|"
    r"retreat(?:s|ed|ing)? from|mov(?:e|es|ed|ing) (?:away|off) from|soften(?:s|ed|ing)?|lower(?:s|ed|ing)?|reduc(?:e|es|ed|ing)|cuts?|cutting|trim(?:s|med|ming)?|"
    r"narrow(?:s|ed|ing)?|scal(?:e|es|ed|ing) (?:back|down)|water(?:s|ed|ing)? down|relax(?:es|ed|ing)?|eas(?:es|ed|ing)) "
    r"(?:its|their|his|her|our|the|an?|any|all|earlier|long-standing)(?: [\w-]+){0,3}? "
    r"(?:demands?|insistence|claims?|objections?|conditions?|preconditions?|veto|opposition|ultimatum|red lines?|requests?|refusal)\b"
    r"|no longer (?:\w+ly )?(?:insist\w*|demand\w*|requir\w+|ask(?:s|ed|ing)?|seek(?:s|ing)?|oppos\w+|object\w*|call(?:s|ing)? for|claim\w*|rul\w+ out)\b"
    r"|(?:takes?|took|taken|taking) (?:(?!\boff\b)[^.;:!?”\"\n]){3,80} off the table"
    r")",
    re.IGNORECASE,
)
_ASKED_OF = re.compile(
    r"\b(?:if|unless|until|provided|as long as|so long as|once|whether|should|in case|on condition|in the event|before|were)\b[^,;:]*\Z",
    re.IGNORECASE,
)
_TO = re.compile(r"\bto (?:\w+ly )?\Z", re.IGNORECASE)
_WILLING = re.compile(
    r"\b(?:agree[sd]?|agreeing|offer\w*|decid\w+|chose|chosen|promis\w+|pledg\w+|consent\w+|ready|willing|prepared|undert\w+|mov(?:ed|ing)|beg[aiu]n\w*)"
    r"(?: \w+){0,2}? to (?:\w+ly )?\Z", re.IGNORECASE
)  # fmt: skip
_REST = re.compile(r"[^.;:!?”\"\n]{0,160}")
_MORE = re.compile(r"\w")  # any word of what a demand is about
SCORE = 0.3
NAMED_SCORE = 0.5
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
        before = document.text[max(start - 30, match.start() - WINDOW, 0) : match.start()]
        if _NEGATED.search(before) or _only_asked(before):
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


def named(
    statements: Sequence[Statement], documents: Sequence[Document], sides: Sides, days: Mapping[str, date | None],
    moves: Sequence[Move], seated: Sequence[str],
) -> list[Move]:  # fmt: skip
    """One demand given up in so many words, on no issue: told in a statement or by the source itself, each once.

    moves   those known already; what their statements tell is not told again, nor is a bare "lowers its demand" of a document that tells
            of a step of the party, as a heading does
    seated  parties at the table: a retreat is toward the one party that its words name further on, else the one across
    """
    told = {ground.statement for move in moves for ground in move.grounds if ground.statement is not None}
    shown = [(g.doc, span) for move in moves for g in move.grounds if g.statement is None for span in g.spans]
    stepped = {(move.party, g.doc) for move in moves if move.end is not None for g in move.grounds}
    found: dict[tuple[str, str], Move] = {}
    by_document: dict[str, list[Statement]] = {document.id: [] for document in documents}
    for one in statements:
        by_document[one.doc].append(one)
    for document in documents:
        text, places = document.text, sides.places.get(document.id, ())
        for match in _NAMED.finditer(text):
            rest = _REST.match(text, match.end())
            end = rest.end() if rest else match.end()
            start = max(text.rfind(mark, 0, match.start()) for mark in (". ", "! ", "? ", ": ", "\n", "“")) + 1
            around = [one for one in by_document[document.id] if one.extent.start < end and start < one.extent.end]
            over = [one for one in around if match.start() < one.extent.end]
            inside = [one for one in over if any(s.start <= match.start() < s.end for s in one.content)]
            if text[end : end + 1] == "?" or any(one.id in told for one in over):
                continue
            if any(doc == document.id and match.start() < span.end and span.start < end for doc, span in shown):
                continue
            if any(one.modality in ("denied", "likely", "possible") for one in inside):
                continue
            before = text[max(start, match.start() - WINDOW) : match.start()]
            if _NEGATED.search(before) or _only_asked(before):
                continue
            teller = min(inside or over or around, key=lambda one: one.extent.end - one.extent.start, default=None)
            if teller is not None:  # "..., two officials said" tells who says it, not what is given up
                marks = [span.start for span in (*teller.source, *teller.cue) if span.start > match.end()]
                end = min([end, *marks])
            party = _retreating(places, text, start, match.start(), teller if inside else None)
            if party is None or (not _MORE.search(text, match.end(), end) and (party, document.id) in stepped):
                continue
            others = {id for at, _, id in places if match.end() <= at < end and id != party}
            across = sorted(others) if len(others) == 1 else [id for id in seated if id != party]
            gist = " ".join(text[match.start() : end].lower().split()[-6:])
            words = Span(match.start(), max(match.end(), match.start() + len(text[match.start() : end].rstrip(" ,"))))
            day = days.get(teller.id) if teller else None
            spent = bool(_ALREADY.search(text, max(start, match.start() - 12), match.end()))
            found.setdefault(
                (party, gist),
                Move(
                    id=f"r{len(found) + 1}", party=party, issue=None, start=None, end=None, date=day or document.date,
                    toward=across[0] if len(across) == 1 else None, status="spent" if spent else "offered",
                    score=NAMED_SCORE, grounds=(Grounds(doc=document.id, statement=teller.id if teller else None, spans=(words,)),),
                    why=(f"“{match.group()}” gives a demand up",),
                ),
            )  # fmt: skip
    return list(found.values())


def _only_asked(before: str) -> bool:
    """Whether the words ahead of a retreat make it a condition or a wish: "if they drop", "urged them to drop"."""
    return _ASKED_OF.search(before) is not None or (_TO.search(before) is not None and not _WILLING.search(before))


def _retreating(
    places: Sequence[tuple[int, int, str]], text: str, start: int, at: int, teller: Statement | None
) -> str | None:
    """Who gives up what is told at a place: the first party that its sentence names ahead of it; for "we" the speaker."""
    ahead = text[start:at]
    if teller is not None and _OURS.search(ahead[-24:]):
        return teller.speaker.party or subject(text, places, at, 5)
    named = [id for a, b, id in places if start <= a < at and text[b : b + 2] not in ("’s", "'s")]
    if named:
        return named[0] if _TRAILING.search(ahead) else named[-1]
    return teller.speaker.party or subject(text, places, at, 3) if teller is not None else None


_OURS = re.compile(r"\b(?:we|i)\b", re.IGNORECASE)
_TRAILING = re.compile(r", \Z")
