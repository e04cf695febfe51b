"""Whose stance a sign in a statement is, and in which voice: the speaker's own, or one ascribed, foretold or past."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from winset.domain.actors import slug
from winset.domain.positions import PositionVoice
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document
from winset.evidence import times
from winset.evidence.frames import ASKING, INTENDING, NEGATION, OBLIGING
from winset.evidence.signs import Sign

Place = tuple[int, int, str]  # start, end, party

_FORETOLD = re.compile(
    r"\b(?:likely|unlikely|probably|expected to|bound to|sure to|certain to|may|might|could|would|will|eventually|in the end|sooner or later)\b"
)
_FORETELLING = re.compile(
    r"\b(?:expect\w*|predict\w*|foresee\w*|forecast\w*|foretell\w*|bet\w*|speculat\w*|reckon\w*|anticipat\w*)\b"
)
_OUTSIDE = re.compile(
    r"\b(?:opposition|former|ex-\w+|dissident|backbench\w*|rebel (?:lawmaker|member)|critics?)\b", re.IGNORECASE
)
_OWN_WORDS = re.compile(
    r"\b(?:(?:his|her|their|its|the) (?:own )?(?:country|government|party|union|side|cabinet|nation|company|members|bloc)|it|they|we)\b"
)
_WE = re.compile(r"\b(?:we|our|us)\b")
THINKING = re.compile(
    r"\b(?:i|we) (?:\w+ly |now |still )?(?:think|believe|expect|fear|guess|suspect|predict|reckon|doubt|suppose|would not be surprised)\b"
)
_OWN_STANDINGS = frozenset({None, "official", "diplomat", "other"})  # whose words are their party's own
_TERMS_OF = re.compile(
    r"\b(?:plan|proposal|draft|framework|offer|deal|package|text|blueprint|roadmap|road map|agreement|accord|truce|treaty|document)s?\b[^.;:]{0,60}?"
    r"\b(?:under which|whereby|by which|in which|that would|which would|that provides?|which provides?|that foresees?|which foresees?)\b[^.;:]*\Z",
    re.IGNORECASE,
)
TOLD_TO = re.compile(
    r"\b(?:told|order(?:ed|s)|instruct(?:ed|s)|advis(?:ed|es)|warned|forbade|forbidden|asked|urged|pressed) (?:[\w’'-]+ ){1,4}?(?:not )?to\b"
)  # "ministers had told the company not to go above 5 per cent"
_CALLED_ON = re.compile(r"(?:call(?:s|ed|ing)?|appeal(?:s|ed|ing)?|press(?:es|ed|ing)?) (?:on|upon|to)\b")


def speaks_for_itself(voice: Voice) -> bool:
    """Whether somebody's words are their party's own: a party's always, be it a Centre Union or a People's Party; no expert's and no insider's."""
    return voice.standing in _OWN_STANDINGS or (
        voice.kind == "collective" and voice.party in (voice.id, slug(voice.name or ""))
    )


def whose(
    statement: Statement, document: Document, places: Sequence[Place], cue: str, sign: Sign
) -> tuple[str, PositionVoice, str, times.Past | None] | None:
    """Whose stance it is, in which voice, why, and when it was held if that is past."""
    speaker = statement.speaker
    source = " ".join(span.of(document.text) for span in statement.source)
    outsider = _OUTSIDE.search(f"{speaker.role or ''} {speaker.description or ''} {source}")
    own = speaker.party if speaks_for_itself(speaker) and speaker.kind != "author" and not outsider else None
    foretelling = bool(_FORETELLING.search(cue))
    about, verb = _subject(sign, document, places)
    if sign.asked_of_others and own is not None and not foretelling and statement.about in (None, own):
        past = times.past(document, *sign.place, cue=f"{cue} {sign.before}", lead=lead_of(statement, document))
        return own, "past" if past else "own", "it asks for it in return", past
    if about is None and statement.about != speaker.party:
        about = statement.about
    if about is None and own is None and speaker.kind == "anonymous" and _ITSELF.search(sign.before):
        about = _within_source(statement, places)
    if about is None and own is None:
        about = _first_subject(statement, document, places, sign)
        if about is None and speaker.party is not None and _OWN_WORDS.search(sign.before):
            about = speaker.party
    hedged = statement.modality in ("likely", "possible") or speaker.kind == "anonymous"
    thinks = bool(THINKING.search(sign.before))
    foretells = (
        (hedged or thinks) and "forecast" in statement.acts and (statement.about is None or statement.about != own)
    )
    foretold = foretelling or foretells or statement.modality in ("likely", "possible")
    past = times.past(document, *sign.place, cue=f"{cue} {sign.before}", lead=lead_of(statement, document))
    on = document.text[statement.cue[-1].start : statement.content[0].start + 3].lower() if statement.cue else ""
    commands = not foretelling and bool(ASKING.search(cue) or NEGATION.search(cue) or _CALLED_ON.match(on))
    if own is not None and commands and not _reports(cue):
        about = own  # "demanded that the other side stay out": the cue is the speaker's own
    if (
        about is not None
        and own is None
        and (sign.frame.directed or OBLIGING.search(sign.before) or _commanding(cue) or TOLD_TO.search(sign.before))
        and about != speaker.party
    ):
        return None  # what somebody says that it must do is not what it asks for
    if (
        about is not None
        and about != own
        and not (commands and own is not None)
        and _TERMS_OF.search(document.text, max(0, sign.place[0] - 240), sign.place[0])
    ):
        return None  # a term of a plan
    if about is not None and about != own and _plan_of(about, sign, document, places):
        return None  # what a party's plan holds: read with the plan
    if about is not None and (about != own or foretelling):
        if (
            own is not None
            and about != own
            and not foretelling
            and (sign.frame.directed or (OBLIGING.search(f"{sign.before} {_phrase(sign)}") and not ASKING.search(verb)))
        ):
            return own, "own", "it says what the other side must do", past
        if past is not None and not foretelling:
            return about, "past", "somebody else tells what it asked for earlier", past
        if foretold or _FORETOLD.search(verb) or (own is None and INTENDING.search(sign.before)):
            return about, "forecast", "somebody else foretells what it would ask for", None
        return about, "ascribed", "somebody else says what it asks for", None
    if own is None or foretelling:
        return None
    if _OF_ITSELF.search(sign.before) and not commands:
        return own, "forecast", "it foretells what it would ask for itself", None
    if foretells and not ASKING.search(f"{cue} {sign.before}") and (thinks or not _WE.search(sign.before)):
        return None  # a prediction of what will happen is nobody's position
    if past is not None and not (past.day is None and _SHIFTED.search(f"{cue} {sign.before}")):
        return own, "past", "it tells what it asked for earlier", past
    return own, "own", "in its own words" if statement.kind == "direct" else "by its own account", None


_SHIFTED = re.compile(
    r"\b(?:said|says|countered|replied|announced|confirmed|stressed|added|noted|insisted|stated|told \w+)(?: that)? (?:(?:it|he|she|they|its side)|the [\w’' -]{2,40}?) had (?!(?:once|originally|initially|long|first|earlier|then|at first|previously|until)\b)"
)  # "said it had offered 4 per cent": no more than what it has offered, in the tense of the saying
_ITSELF = re.compile(r"\A(?:\w+ )?(?:that )?(?:it|they) (?:would|will|could|might|may|was|were|is|are|had|has)\b")
_OF_ITSELF = re.compile(
    r"\b(?:(?:would|will|could|may) (?:probably|likely|eventually|ultimately)|probably|may well|is likely to|are likely to|sooner or later)\b"
)


def _within_source(statement: Statement, places: Sequence[Place]) -> str | None:
    """The party of which an unnamed source is said to be: "two people close to the trust"."""
    for span in statement.source:
        at = bisect_left(places, (span.start, 0, ""))
        if at < len(places) and places[at][1] <= span.end:
            return places[at][2]
    return None


def _phrase(sign: Sign) -> str:
    return " ".join(sign.words.lower[sign.start : sign.end])


def _plan_of(party: str, sign: Sign, document: Document, places: Sequence[Place]) -> bool:
    """Whether it is a plan, and no party, of which the words ahead of a sign tell: "Arden's plan would", "the plan by Arden would"."""
    text, at = document.text, sign.place[0]
    for start, end, id in places[bisect_left(places, (max(0, at - 160), 0, "")) : bisect_left(places, (at, 0, ""))]:
        if id != party or re.search(r"[.!?;\n](?:\s|\Z)", text[end:at]):
            continue
        if _PLAN.match(text, end, at) or _PLAN_BY.search(text, max(0, start - 60), start):
            return True
    return False


_PLANS = r"(?:plan|proposal|draft|framework|package|text|blueprint|roadmap|road map|formula|initiative)"
_PLAN = re.compile(
    rf"[’']s? (?:[\w-]+ ){{0,3}}?{_PLANS}(?: (?:would|will|could|also|calls|lifts|ends|keeps|provides|includes|sets|requires|foresees|envisages|drops|freezes|bars|allows)\b|, )"
)
_PLAN_BY = re.compile(
    rf"\b{_PLANS}(?: (?:drawn up|drafted|written|put forward|presented|tabled|proposed|circulated|floated|submitted))? (?:by|from) (?:the )?\Z"
)


def _commanding(cue: str) -> bool:
    return bool(re.search(r"\b(?:demand\w*|urg\w+|order\w*|command\w*|insist\w*|require\w*)\b", cue))


def _reports(cue: str) -> bool:
    """Verbs that tell rather than ask, though they are among those of asking elsewhere."""
    return bool(
        re.search(
            r"\b(?:claim\w*|suggest\w*|confirm\w*|announc\w*|hope\w*|conced\w*|insist(?:s|ed)? that (?:\w+ ){0,3}(?:is|was|were|had)|present\w*)\b",
            cue,
        )
    )


def _subject(sign: Sign, document: Document, places: Sequence[Place]) -> tuple[str | None, str]:
    """The party named ahead of the verb of the clause, and the clause from there on."""
    before = sign.before
    verb = min(
        (m.start() for m in (ASKING.search(before), OBLIGING.search(before), INTENDING.search(before), NEGATION.search(before)) if m),
        default=len(before),
    )  # fmt: skip
    start, end = sign.words.starts[sign.start] - len(before) - 40, sign.words.starts[sign.start]
    count = before[:verb].count(" ") + (0 if verb == 0 else 1)
    total = before.count(" ") + 1 if before else 0
    first = sign.start - total
    limit = sign.words.starts[min(max(first, 0) + count, sign.start)] if total else end
    start = sign.words.starts[max(first, 0)]
    lo, hi = bisect_left(places, (start, 0, "")), bisect_left(places, (limit, 0, ""))
    if hi <= lo:
        return None, before
    ahead = [
        one for one in places[lo:hi] if not re.match(r"[’']s?\b", document.text[one[1] : one[1] + 2]) or hi - lo == 1
    ]
    chosen = (ahead or list(places[lo:hi]))[0]
    return chosen[2], before[verb:] if verb < len(before) else before


def owner(statement: Statement, document: Document, places: Sequence[Place], at: int) -> str | None:
    """Who does what is told at a place of a statement: the party named last before it in its content, else the speaker."""
    start = min(span.start for span in (*statement.source, *statement.content))
    lo, hi = bisect_left(places, (start, 0, "")), bisect_left(places, (at, 0, ""))
    named = [one for one in places[lo:hi] if document.text[one[1] : one[1] + 2] not in ("’s", "'s")]
    if named:
        return named[-1][2]
    return statement.speaker.party


def _first_subject(statement: Statement, document: Document, places: Sequence[Place], sign: Sign) -> str | None:
    """The party that the content begins with, for clauses that go on without naming it again."""
    start = min(span.start for span in statement.content)
    lo = bisect_left(places, (start, 0, ""))
    if lo < len(places) and places[lo][0] - start <= 40 and places[lo][0] < sign.place[0]:
        return places[lo][2]
    return None


def teller(statement: Statement) -> str:
    voice = statement.speaker
    party = voice.party if speaks_for_itself(voice) else None
    return party or voice.name or voice.description or "nobody named"


def lead_of(statement: Statement, document: Document) -> str:
    """What stands before a statement in its sentence."""
    start = min((span.start for span in (*statement.source, *statement.cue, *statement.content)), default=0)
    return re.split(r"[.!?\n;]", document.text[max(0, start - 120) : start])[-1].lower()
