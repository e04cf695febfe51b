"""Where a statement puts a party: on which point of which issue, for or against it, in whose name, how sure.

A codebook says which point is spoken of. The words around it say whether somebody asks for it, turns it down or drops it;
the subject of the clause says who. What another party would probably ask for is a forecast about it, what it is said to
ask for is ascribed to it, and neither is ever its own position.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from winset.domain.estimates import Estimate, Exact, Range
from winset.domain.positions import PositionVoice
from winset.domain.statements import Statement
from winset.domain.text import Document, Grounds, Span
from winset.domain.vocabulary import Codebook, CodebookIssue, CodePoint
from winset.evidence.phrases import Found, PhraseIndex, Words, longest

Stand = Literal["for", "against", "drops"]

_NEGATION = re.compile(
    r"\b(?:not|never|no(?! (?:objections?|longer))|none|nothing|neither|nor|without|against|cannot|\w+n't|won't|oppos\w+|"
    r"reject\w*|refus\w+|rul(?:e|es|ed|ing) out|dismiss\w*|exclud\w+|object(?:s|ed)? to|resist\w*|block(?:s|ed|ing)?|"
    r"veto(?:es|ed)?|turn(?:s|ed|ing)? down|unrealistic|instead of|rather than|declin\w+|stay\w* out of|stop\w*)\b"
)
_ASKING = re.compile(
    r"\b(?:want(?:s|ed|ing)?|demand(?:s|ed|ing)?|insist(?:s|ed|ing)?|accept\w*|ready|willing|prepared|open to|support\w*|"
    r"back(?:s|ed|ing)?|agree(?:s|d|ing)?|offer(?:s|ed|ing)?|propos\w+|call(?:s|ed|ing)? for|urg(?:e|es|ed|ing)|seek\w*|"
    r"sought|ask(?:s|ed|ing)? (?:for|that|to)|asks|asked|can live with|live with|commit\w*|pledg\w+|promis\w+|vow\w*|favou?r\w*|requir\w+|"
    r"expect(?:s|ed)?|no objections?|condition\w*|aim(?:s|ed)? (?:at|to)|push(?:es|ed|ing)? for|press(?:es|ed|ing)? for|"
    r"prefer\w*|request\w*|free to|intend\w*|determined to)\b"
)
_OBLIGING = re.compile(r"\b(?:must|should|shall|has to|have to|had to|needs? to|ought to|needed to)\b")
_INTENDING = re.compile(r"\b(?:will|would|could|can|may|might|'ll)\b")
_DROPPING = re.compile(
    r"\b(?:drop(?:s|ped|ping)?|abandon(?:s|ed|ing)?|no longer (?:\w+ )?(?:insist|demand|ask|seek|requir|want|call)\w*|"
    r"g(?:ive|ives|ave|iven|iving) up (?:\w+ ){0,2}(?:demand|claim|insistence|objection|opposition|call)s?|"
    r"back(?:s|ed|ing)? (?:down|away|off) (?:from|on)|walk(?:s|ed|ing)? back|soften(?:s|ed|ing)?|withdr[ae]w(?:s|n|ing)? (?:\w+ )?(?:demand|objection|claim)s?|"
    r"conced(?:e|es|ed|ing)|relax(?:es|ed|ing)?)\b"
)
_TAKING = re.compile(r"\b(?:tak(?:e|es|en|ing)|took|put(?:s|ting)?)\b")
_GONE = re.compile(r"\A(?:\W*\w+\W+){0,4}?\W*(?:off the table|aside)\b")
_TURNED_DOWN = re.compile(
    r"\A(?:\W*\w+\W+){0,5}?\W*(?:unrealistic|unacceptable|out of the question|impossible|off the table|not an option|not acceptable|"
    r"(?:is|are|was|were|be|been) (?:not |ruled out|rejected|excluded|refused))"
)
_ALREADY = re.compile(r"\b(?:after|having|since|already|had)\b")
_FORETOLD = re.compile(r"\b(?:likely|probably|expected to|bound to|sure to|certain to|may|might|could|would|will)\b")
_ACCUSING = re.compile(r"\b(?:accus\w+|blam\w+|charg\w+ )")
_DENYING = re.compile(r"\b(?:den(?:y|ies|ied|ying)|declin\w+ to (?:say|comment|confirm)|not confirm)\b")
_ELSE = re.compile(r"\b(?:as saying|said that|told)\b")
_YEAR = re.compile(r"\b(?:in|of|since|back in|spring of|during) (?:\w+ )?((?:19|20)\d\d)\b")
_CONDITION = re.compile(
    r"\b(?:before|until|unless|only if|if|provided(?: that)?|as long as|on condition that|in exchange for|in return for)\b"
)
_NEXT = re.compile(r"\band (?=(?:that|it|he|she|they|we|to)\b|\w+ed\b)")
_LEAD = 120  # characters ahead of a content in which a year can stand
_SHOWN = 12  # words before a phrase that can turn its sense
_SPEAKS_FOR_ITSELF = frozenset({None, "official", "diplomat", "other"})  # standings whose words are their party's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """One party on one issue by one statement. `stand` "drops": it no longer asks for the point, and no more is known."""

    issue: str
    party: str
    voice: PositionVoice
    stand: Stand
    value: Estimate
    score: float
    statement: str
    grounds: Grounds
    ascribed_by: str | None = None
    condition: str | None = None
    year: int | None = None  # of a past position
    spent: bool = False  # told as something that has happened, not as something on offer
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sign:
    """A phrase of the codebook in a statement, and what is done about it."""

    found: Found[tuple[CodebookIssue, CodePoint]]
    words: Words
    stand: Stand
    because: str
    before: str  # the clause up to the phrase, lower-case
    spent: bool


class StanceReader:
    """Reads stances by one codebook. `names` gives the party that each lower-case name or adjective stands for."""

    def __init__(self, codebook: Codebook, names: Mapping[str, str]) -> None:
        self._points = PhraseIndex(
            (phrase, (issue, point)) for issue in codebook.issues for point in issue.points for phrase in point.phrases
        )
        self._excludes = PhraseIndex((phrase, issue.id) for issue in codebook.issues for phrase in issue.excludes)
        self._names = dict(names)
        longest_first = sorted(map(re.escape, names), key=len, reverse=True)
        self._mention = re.compile(rf"\b(?:{'|'.join(longest_first)})\b") if names else None

    def read(self, statement: Statement, document: Document) -> tuple[Stance, ...]:
        """Every stance of a statement, at most one an issue. None for denials, accusations, questions and forecasts about nobody."""
        cue = " ".join(span.of(document.text) for span in statement.cue).lower()
        if statement.within is not None:  # told by somebody else, whose own statement says it
            return ()
        if statement.modality == "denied" or _DENYING.search(cue) or _ACCUSING.search(cue):
            return ()
        signs: dict[str, list[_Sign]] = {}
        for span in statement.content:
            for sign in self._signs(document.text, span, cue, statement):
                signs.setdefault(sign.found.what[0].id, []).append(sign)
        found = (self._stance(statement, document, each) for each in signs.values())
        return tuple(one for one in found if one is not None)

    def _signs(self, text: str, span: Span, cue: str, statement: Statement) -> Iterable[_Sign]:
        words = Words(span.of(text), span.start)
        if not self._points.touches(words.lower):
            return
        barred = [(one.what, one.start, one.end) for one in self._excludes.find(words.lower)]
        by_issue: dict[str, list[Found[tuple[CodebookIssue, CodePoint]]]] = {}
        for one in self._points.find(words.lower):
            by_issue.setdefault(one.what[0].id, []).append(one)
        for issue, each in by_issue.items():
            for one in longest(each):
                if any(_within(one, other) for name, others in by_issue.items() if name != issue for other in others):
                    continue
                if any(issue == b and start < one.end and one.start < end for b, start, end in barred):
                    continue
                sign = _sign(one, words, cue, statement)
                if sign is not None:
                    yield sign

    def _stance(self, statement: Statement, document: Document, signs: Sequence[_Sign]) -> Stance | None:
        """The stance of the sign with the most words; signs as long that agree with it widen it to a range."""
        best = max(signs, key=lambda sign: (sign.stand == "drops", len(sign.found.matched)))
        issue = best.found.what[0]
        whose = self._whose(statement, document, best)
        if whose is None:
            return None
        party, voice, reason = whose
        values = [
            _value(sign) for sign in signs if sign.stand == best.stand and len(sign.found.matched) == len(best.found.matched)
        ]  # fmt: skip
        value: Estimate = Exact(values[0]) if len(set(values)) == 1 else Range(min(values), max(values))
        spans = [(best.words.starts[best.found.start], best.words.ends[best.found.end - 1])]
        said = document.text[spans[0][0] : spans[0][1]]
        label = best.found.what[1].label
        sure = 0.5 + 0.1 * min(len(best.found.matched), 3) + (0.1 if statement.kind != "indirect" else 0.0)
        sure *= {"own": 1.0, "ascribed": 0.8, "past": 0.8, "forecast": 0.6}[voice]
        sure *= 0.85 if statement.speaker.kind == "anonymous" else 1.0
        return Stance(
            issue=issue.id, party=party, voice=voice, stand=best.stand, value=value,
            score=round(min(sure, 1.0) * statement.score, 4), statement=statement.id,
            grounds=Grounds(doc=document.id, statement=statement.id, spans=statement.content),
            ascribed_by=None if voice == "own" else _by(statement),
            condition=statement.condition, spent=best.spent,
            year=_earlier(best, document) if voice == "past" else None,
            why=(f"“{said}” names “{label}”", best.because, reason),
        )  # fmt: skip

    def _whose(self, statement: Statement, document: Document, sign: _Sign) -> tuple[str, PositionVoice, str] | None:
        speaker = statement.speaker
        own = speaker.party if speaker.standing in _SPEAKS_FOR_ITSELF and speaker.kind != "author" else None
        about, verb = self._subject(sign.before)
        if about is None and statement.about != speaker.party:
            about = statement.about
        foretold = statement.modality in ("likely", "possible") or "forecast" in statement.acts
        if own is not None and _of_itself(statement, document) and not _ASKING.search(sign.before):
            about = own  # "demanded that the other side stay out": the cue is the speaker's own
        if about is not None and about != own:
            if own is not None and _OBLIGING.search(sign.before) and not _ASKING.search(verb):
                return own, "own", "it says what the other side must do"
            if _earlier(sign, document):
                return about, "past", "somebody else tells what it asked for earlier"
            if foretold or _FORETOLD.search(verb):
                return about, "forecast", "somebody else foretells what it would ask for"
            return about, "ascribed", "somebody else says what it asks for"
        if own is None:
            return None
        if foretold and "forecast" in statement.acts and not _ASKING.search(sign.before):
            return None  # a prediction of what will happen is nobody's position
        if _earlier(sign, document):
            return own, "past", "it tells what it asked for earlier"
        return own, "own", "in its own words" if statement.kind == "direct" else "by its own account"

    def _subject(self, before: str) -> tuple[str | None, str]:
        """The party named ahead of the verb of the clause, and the clause from there on."""
        if self._mention is None:
            return None, before
        verb = next(
            (m for m in (_ASKING.search(before), _DROPPING.search(before), _OBLIGING.search(before),
                         _INTENDING.search(before), _NEGATION.search(before)) if m), None
        )  # fmt: skip
        ahead = before if verb is None else before[: verb.start()]
        found = list(self._mention.finditer(ahead))
        if not found:
            return None, before
        return self._names[found[-1].group()], before[found[-1].end() :]


def _within(one: Found[tuple[CodebookIssue, CodePoint]], other: Found[tuple[CodebookIssue, CodePoint]]) -> bool:
    """Whether the words of `one` are part of a longer phrase of another issue: then that issue is meant."""
    return other.start <= one.start and one.end <= other.end and len(other.matched) > len(one.matched)


def _sign(found: Found[tuple[CodebookIssue, CodePoint]], words: Words, cue: str, statement: Statement) -> _Sign | None:
    """What is done about a phrase: asked for, turned down or dropped; None where it is only mentioned."""
    clause = words.clauses[found.start]
    start = found.start
    while start > 0 and words.clauses[start - 1] == clause and found.start - start < _SHOWN:
        start -= 1
    before = _NEXT.split(" ".join(words.lower[start : found.start]))[-1]
    conditions = list(_CONDITION.finditer(before))
    if conditions and statement.acts[0] != "threat":
        opened = conditions[-1].group()
        stand: Stand = "against" if _NEGATION.search(before, conditions[-1].end()) else "for"
        return _Sign(found, words, stand, f"“{opened}” makes it a condition", before[conditions[-1].end() :], False)
    end = found.end
    while end < len(words) and words.clauses[end] == clause and end - found.end < 8:
        end += 1
    after = " ".join(words.lower[found.end : end])
    if "?" in words.lower[found.end : found.end + _SHOWN] and statement.kind == "direct" and not _GONE.search(after):
        return None
    whole = f"{cue} {before}"
    dropping = _DROPPING.search(whole)
    taken = _TAKING.search(before) if _GONE.search(after) else None
    if dropping or taken:
        spent = bool(_ALREADY.search(before)) or (
            dropping is not None and bool(re.search(r"\b(?:has|have|had)\b", before))
        )
        word = (dropping or taken).group()  # type: ignore[union-attr]  # one of the two was found
        return _Sign(found, words, "drops", f"“{word}” says that it is no longer asked for", before, spent)
    negations = len(_NEGATION.findall(before)) + bool(_NEGATION.search(cue))
    if _TURNED_DOWN.search(after):
        negations += 1
    asked = _ASKING.search(whole) or _OBLIGING.search(before) or _INTENDING.search(before)
    if negations % 2:
        word = _NEGATION.search(before) or _NEGATION.search(cue) or _TURNED_DOWN.search(after)
        assert word is not None
        return _Sign(found, words, "against", f"“{word.group().strip()}” turns it down", before, False)
    if asked is None:
        return None
    return _Sign(found, words, "for", f"“{asked.group()}” asks for it or takes it", before, False)


def _of_itself(statement: Statement, document: Document) -> bool:
    """Whether the cue itself asks or refuses ("demanded", "ruled out") and does not merely say."""
    cue = " ".join(span.of(document.text) for span in statement.cue).lower()
    return bool(_ASKING.search(cue) or _NEGATION.search(cue) or _DROPPING.search(cue))


def _value(sign: _Sign) -> float:
    issue, point = sign.found.what
    return issue.opposed(point) if sign.stand == "against" else point.value


def _earlier(sign: _Sign, document: Document) -> int | None:
    """The year before the document's that the clause, what leads to it or what follows puts it in."""
    if document.date is None:
        return None
    first, last = sign.words.starts[0], sign.words.ends[min(sign.found.end + 8, len(sign.words)) - 1]
    lead = re.split(r"[.!?\n]", document.text[max(0, first - _LEAD) : first])[-1]
    near = f"{lead}{document.text[first:last]}".lower()
    return next((int(year) for year in _YEAR.findall(near) if int(year) < document.date.year), None)


def _by(statement: Statement) -> str:
    voice = statement.speaker
    party = voice.party if voice.standing in _SPEAKS_FOR_ITSELF else None
    return party or voice.name or voice.description or "nobody named"
