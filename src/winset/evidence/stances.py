"""Where a statement puts a party: on which point of which issue, for or against it, in whose name, how sure.

A codebook says which point is spoken of. The words around it say whether somebody asks for it, turns it down or drops it
(`frames`); the subject of the clause says who. What another party would probably ask for is a forecast about it, what it is
said to ask for is ascribed to it, and neither is ever its own position.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from winset.domain.estimates import Estimate, Exact, Range
from winset.domain.positions import PositionVoice
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Grounds, Span
from winset.domain.vocabulary import Codebook, CodebookIssue, CodePoint
from winset.evidence import times
from winset.evidence.amounts import NUMBER_WORDS, YEAR, Amount, amounts
from winset.evidence.frames import Stand
from winset.evidence.lexicon import load
from winset.evidence.phrase_forms import all_forms
from winset.evidence.phrases import Found, PhraseIndex, Words, longest
from winset.evidence.signs import NEXT, Sign, sign_of, value_of
from winset.evidence.whose import Place, lead_of, teller, whose

_ACCUSING = re.compile(r"\b(?:accus\w+|blam\w+|charg\w+ (?:with|that)|alleg\w+)\b")
_DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|declin\w+ to (?:say|comment|confirm)|refus\w+ to (?:say|comment|confirm)|(?:not|nobody|no one) (?:\w+ ){0,4}confirm|"
    r"never (?:said|promised|offered|agreed|asked|demanded|claimed)|(?:did|has|had|have) not (?:said?|offered?|asked?|agreed?)|didn't (?:say|offer|ask|agree))\b"
)
_RUMOUR = re.compile(
    r"\b(?:reports?|rumou?rs?|claims?|speculation|suggestions?|allegations?|talk|gossip) (?:that|of)\b|\bwhether\b|\b(?:confirm|deny|denied|denies)\b"
)
_BARGAIN = re.compile(
    r"\b(?P<word>unless|only if|if|provided(?: that)?|providing(?: that)?|as long as|so long as|on (?:the )?condition that(?! (?:he|she|they) not\b)|on condition of(?! (?:strict )?anonymity)|in exchange for|in return for|only (?:after|when)|as soon as(?! (?:possible|practicable|feasible|they can|it can|we can))|once)\s+"
    r"(?P<what>[^.;:”\"?!]{4,200})",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:cut|cuts|cutting|lower\w*|reduc\w+|trim\w*|slash\w*|rais\w+|increas\w+|improv\w+|sweeten\w*|lift\w*|scal\w+ (?:back|down)|br(?:ing|ings|ought) (?:down|up)|"
    r"c[ao]mes? down|went (?:down|up)|mov\w+|shift\w*|rose|dropp?\w*|fell|climb\w*|narrow\w*|halv\w+|doubl\w+)\b"
)
_BARS_WITHIN = 5  # words from a number or topic within which what shows another matter bars it
_NEAR = 12  # words between a number and what shows its issue
_NAMES_IT = 3000  # characters of a text from which it names what its numbers are about, where it is about that
_RECALL = 1500  # characters for which a number stays one of the issue last spoken of


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
    words: tuple[int, int]  # the place of the phrase
    ascribed_by: str | None = None
    condition: str | None = None
    past: times.Past | None = None  # when a past position was held
    since: float | None = None  # the number that it was before, where the words tell of a change from it
    spent: bool = False  # told as something that has happened, not as something on offer
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """One point of a plan. `left_out`: it says that this is no longer part of it."""

    issue: str
    value: float
    left_out: bool
    place: Span
    why: str


class _Phrased(NamedTuple):
    """The phrases of a codebook: by issue and point, those that bar an issue, and the topics of each issue."""

    points: PhraseIndex[tuple[CodebookIssue, CodePoint]]
    excludes: PhraseIndex[str]
    topics: Mapping[str, PhraseIndex[str]]


@lru_cache(maxsize=4)
def _phrased(codebook: Codebook) -> _Phrased:
    """Made once while a codebook is in use."""
    return _Phrased(
        PhraseIndex(
            (phrase, (issue, point))
            for issue in codebook.issues
            for point in issue.points
            for phrase in all_forms(point.phrases)
        ),
        PhraseIndex((phrase, issue.id) for issue in codebook.issues for phrase in issue.excludes),
        {issue.id: PhraseIndex((phrase, issue.id) for phrase in issue.topics) for issue in codebook.issues},
    )


class StanceReader:
    """Reads stances by one codebook. Keeps, within a document, the issue that numbers without a name of their own belong to."""

    def __init__(self, codebook: Codebook) -> None:
        by = _phrased(codebook)
        self._points, self._excludes, self._all_topics = by.points, by.excludes, by.topics
        self._numbered = tuple(issue for issue in codebook.issues if issue.units)
        self._topics = {issue.id: self._all_topics[issue.id] for issue in self._numbered}
        shared = Counter(unit.split()[0] for issue in self._numbered for unit in issue.units)
        self._only = frozenset(
            i.id for i in self._numbered if all(unit != YEAR and shared[unit.split()[0]] == 1 for unit in i.units)
        )
        self._met: set[str] = set()  # issues with numbers whose topics the record has spoken of
        self._topics_of: tuple[str, frozenset[str]] = "", frozenset()
        self._recalled: dict[str, tuple[str, int]] = {}  # issue -> document and place where it was last spoken of

    def read(self, statement: Statement, document: Document, places: Sequence[Place]) -> tuple[Stance, ...]:
        """Every stance of a statement, at most one an issue; none for denials, accusations, questions and forecasts about nobody.

        places  where the document names parties, in order
        """
        cue = cue_of(statement, document.text)
        if silenced(statement, document):
            return ()
        signs: dict[str, list[Sign]] = {}
        for span in _stretches(statement, document.text):
            for sign in self._signs(document, span, cue, statement):
                if not _in_a_name(sign, places):
                    signs.setdefault(sign.issue.id, []).append(sign)
        found = [self._stance(statement, document, places, cue, each) for each in signs.values()]
        return tuple(one for one in found if one is not None)

    def stated(self, document: Document, span: Span) -> tuple["Stated", ...]:
        """What a plan says by the words of `span`, its predicate: the points that it takes up, and those that it leaves out.

        Each member of a list is read by itself first, so that what stops one thing does not turn down the next.
        """
        found: dict[str, Stated] = {}
        for part, lead in [*_parts_of(document.text, span), (span, "")]:
            plain = Statement(
                id=f"{document.id}#stated", doc=document.id, source=(), cue=(), content=(part,), kind="indirect",
                speaker=Voice(id="plan", kind="collective", party="plan"), acts=("offer",),
            )  # fmt: skip
            best: dict[str, Sign] = {}
            for sign in self._signs(document, part, f"proposes {lead}".strip(), plain):
                known = best.get(sign.issue.id)
                if not sign.asked_of_others and (known is None or sign.weight > known.weight):
                    best[sign.issue.id] = sign
            for issue, sign in best.items():
                if issue not in found:
                    start, end = sign.place
                    label = sign.point.label if sign.point else f"{sign.value.best:g}"
                    found[issue] = Stated(
                        issue=issue, value=value_of(sign).best, left_out=sign.frame.stand == "drops", place=Span(start, end),
                        why=f"“{document.text[start:end]}” names “{label}”; {sign.frame.because}",
                    )  # fmt: skip
        return tuple(found.values())

    def spoken_of(self, text: str) -> tuple[str, ...]:
        """The issues that a few words are about, by points and topics, in the order of the codebook."""
        words = Words(text).lower
        by_point = {one.what[0].id for one in self._points.find(words)}
        return tuple(
            id for id, index in self._all_topics.items() if id in by_point or index.find(words)
        )  # fmt: skip

    def _signs(self, document: Document, span: Span, cue: str, statement: Statement) -> Iterable[Sign]:
        last = statement.cue[-1] if statement.cue else None
        joined = last is not None and 0 <= span.start - last.end <= 1
        start = last.start if joined and last is not None else span.start
        words = Words(document.text[start : span.end], start)
        inside = sum(1 for end in words.ends if joined and last is not None and end <= last.end)
        barred = [(one.what, one.start, one.end) for one in self._excludes.find(words.lower)]
        by_issue: dict[str, list[Found[tuple[CodebookIssue, CodePoint]]]] = {}
        if self._points.touches(words.lower):
            for one in self._points.find(words.lower):
                if one.end > inside:
                    by_issue.setdefault(one.what[0].id, []).append(one)
        counted = list(self._numbers(words, document, barred))
        taken = {issue.id for issue, _ in counted}
        for issue, amount in counted:
            low, high = amount.low, amount.high
            value: Estimate = Exact(low) if low == high else Range(low, high)
            sign = sign_of(issue, None, value, amount.start, amount.end, (), words, cue, inside, statement)
            if sign is not None and sign.frame.stand != "against":
                self._recalled[issue.id] = document.id, words.starts[amount.start]
                moved = amount.since is not None and _CHANGED.search(f"{cue} {sign.before}") is not None
                yield replace(sign, since=amount.since) if moved else sign
        for issue_id, each in by_issue.items():
            for hit in longest(each):
                issue, point = hit.what
                if any(
                    _within(hit, other) for name, others in by_issue.items() if name != issue_id for other in others
                ):
                    continue
                if any(issue_id == b and begin < hit.end and hit.start < end for b, begin, end in barred):
                    continue
                if issue_id in taken and not hit.phrase.startswith("no "):
                    continue
                sign = sign_of(
                    issue, point, Exact(point.value), hit.start, hit.end, hit.matched, words, cue, inside, statement
                )
                if sign is not None:
                    if issue.units:
                        self._recalled[issue.id] = document.id, words.starts[hit.start]
                    yield sign

    def _numbers(
        self, words: Words, document: Document, barred: Sequence[tuple[str, int, int]]
    ) -> Iterable[tuple[CodebookIssue, Amount]]:
        """Numbers that are values of an issue: one of its topics stands near, or it was spoken of just before."""
        if not any(word[0].isdigit() or word in NUMBER_WORDS for word in words.lower):
            return
        shown: dict[int, list[tuple[int, CodebookIssue, Amount]]] = {}
        for issue in self._numbered:
            low, high = issue.bounds
            topics = None
            for amount in amounts(words.lower, issue.units):
                if not (low <= amount.low and amount.high <= high):
                    continue
                if any(
                    b == issue.id
                    and begin - _BARS_WITHIN < amount.end
                    and amount.start < end + _BARS_WITHIN
                    and words.clauses[begin] == words.clauses[amount.start]
                    for b, begin, end in barred
                ):
                    continue
                if topics is None:
                    topics = self._topics[issue.id].find(words.lower)
                near = min(
                    (max(one.start - amount.end, amount.start - one.end, 0) for one in topics if words.clauses[one.start] == words.clauses[amount.start]),
                    default=_NEAR + 1,
                )  # fmt: skip
                if near <= _NEAR:
                    self._met.add(issue.id)
                    shown.setdefault(amount.start, []).append((near, issue, amount))
                    continue
                doc, place = self._recalled.get(issue.id, ("", 0))
                if doc == document.id and 0 <= words.starts[amount.start] - place <= _RECALL:
                    shown.setdefault(amount.start, []).append((_NEAR + 1, issue, amount))
                elif YEAR not in issue.units and (
                    (issue.id in self._only and issue.id in self._met and len(document.text) < _NAMES_IT)
                    or issue.id in self._spoken_of(document)
                ):
                    shown.setdefault(amount.start, []).append((_NEAR + 2, issue, amount))
        best: dict[str, tuple[int, CodebookIssue, Amount]] = {}
        for each in shown.values():
            near, issue, amount = min(each, key=lambda one: (one[0], one[2].start - one[2].end))
            if issue.id not in best or near < best[issue.id][0]:
                best[issue.id] = (near, issue, amount)
        for _, issue, amount in best.values():
            yield issue, amount

    def _spoken_of(self, document: Document) -> frozenset[str]:
        """The issues with numbers whose topics a document mentions anywhere."""
        if self._topics_of[0] != document.id:
            words = Words(document.text)
            barred = self._excludes.find(words.lower)
            self._topics_of = document.id, frozenset(
                id for id, index in self._topics.items()
                if any(not any(one.what == id and _near(hit, one, words) for one in barred) for hit in index.find(words.lower))
            )  # fmt: skip
        return self._topics_of[1]

    def _stance(
        self, statement: Statement, document: Document, places: Sequence[Place], cue: str, signs: Sequence[Sign]
    ) -> Stance | None:
        """The stance of the sign with the most words; signs as long that agree with it widen it to a range."""
        best = max(
            signs,
            key=lambda sign: (not sign.asked_of_others, sign.frame.stand != "drops", sign.weight, sign.frame.firm),
        )
        held_by = whose(statement, document, places, cue, best)
        if held_by is None:
            return None
        party, voice, reason, past = held_by
        alike = [
            s
            for s in signs
            if s.frame.stand == best.frame.stand
            and s.weight == best.weight
            and s.asked_of_others == best.asked_of_others
        ]
        values = [value_of(sign) for sign in (alike if best.weight > 1 else alike[:1])]
        ends = [end for value in values for end in value.ends]
        value: Estimate = values[0] if all(v == values[0] for v in values) else Range(min(ends), max(ends))
        start, end = best.place
        said = document.text[start:end]
        label = best.point.label if best.point else f"{best.value.best:g}"
        sure = 0.5 + 0.1 * min(best.weight, 3) + (0.1 if statement.kind != "indirect" else 0.0)
        sure *= {"own": 1.0, "ascribed": 0.8, "past": 0.8, "forecast": 0.6}[voice] * best.frame.firm
        sure *= 0.85 if statement.speaker.kind == "anonymous" else 1.0
        return Stance(
            issue=best.issue.id, party=party, voice=voice, stand=best.frame.stand, value=value,
            score=round(min(sure, 1.0) * statement.score, 4), statement=statement.id,
            grounds=Grounds(doc=document.id, statement=None if "#told-" in statement.id else statement.id, spans=statement.content), words=(start, end),
            ascribed_by=None if voice == "own" else teller(statement), condition=_condition(statement, document, best),
            spent=best.frame.spent, since=best.since, past=past if voice == "past" else None,
            why=(f"“{said}” names “{label}”", best.frame.because, reason),
        )  # fmt: skip


def _in_a_name(sign: Sign, places: Sequence[Place]) -> bool:
    """Whether the words of a point are a part of a party's name: "Federation" of "the Selt Federation"."""
    start, end = sign.place
    at = bisect_left(places, (start + 1, 0, "")) - 1
    return sign.point is not None and at >= 0 and end <= places[at][1] and end - start < places[at][1] - places[at][0]


def silenced(statement: Statement, document: Document) -> bool:
    """Whether nothing of what is said is where anybody stands: denials, accusations, rumours, and what another's own statement says."""
    cue = cue_of(statement, document.text)
    return (
        statement.within is not None
        or statement.modality == "denied"
        or bool(_DENYING.search(cue) or _ACCUSING.search(cue) or _RUMOUR.search(lead_of(statement, document)))
    )


_PARTICLE = re.compile(r"\A (?:[a-z][a-z'’-]{0,15} ){1,3}\Z")
_APART = re.compile(r"[.;:!?“”\"\n]")
_NARROW = 30  # characters between two stretches of what is said that still are one


def cue_of(statement: Statement, text: str) -> str:
    """The verb of saying in lower case, with the few words that stand between it and what is said: "called" and "for"."""
    cue = " ".join(span.of(text) for span in statement.cue).lower()
    if (
        statement.cue
        and statement.content
        and _PARTICLE.match(text[statement.cue[-1].end : statement.content[0].start])
    ):
        return cue + text[statement.cue[-1].end : statement.content[0].start].rstrip()
    return cue


def _stretches(statement: Statement, text: str) -> Iterable[Span]:
    """What is said, with what stands between two parts of one clause: "Meridia, according to Ms Holm, refuses to ..."."""
    taken: Span | None = None
    told = max((span.end - span.start for span in (*statement.source, *statement.cue)), default=0)
    for span in statement.content:
        if taken is not None and taken.end <= span.start:
            gap = text[taken.end : span.start]
            aside = any(taken.end <= one.start and one.end <= span.start for one in (*statement.source, *statement.cue))
            if not _APART.search(gap) and len(gap) <= _NARROW + (2 * told if aside else 0):
                taken = Span(taken.start, span.end)
                continue
        if taken is not None:
            yield taken
        taken = span
    if taken is not None:
        yield taken


_MEMBER = re.compile(r",? and (?:also |then )?|, (?:also |then )?|; ")
_DOING = frozenset(load("plans")["doing"].split())
_BARS = re.compile(
    r"\b(?:rul\w+ out|exclud\w+|reject\w*|bars?|barring|bans?|banning|forbids?|no|not|without|neither|drop\w*|omit\w*|leav\w+ out|remov\w+|delet\w+|no longer)\b",
    re.IGNORECASE,
)


def _parts_of(text: str, span: Span) -> list[tuple[Span, str]]:
    """The members of a list, each with the barring words of the one before that go on over it."""
    starts = [span.start]
    ends = []
    for cut in _MEMBER.finditer(text, span.start, span.end):
        ends.append(cut.start())
        starts.append(cut.end())
    ends.append(span.end)
    found: list[tuple[Span, str]] = []
    bars = ""
    for start, end in zip(starts, ends, strict=True):
        if end <= start:
            continue
        first = text[start:end].split(" ", 1)[0].lower()
        barred = _BARS.search(text, start, end)
        verbal = first in _DOING or first.removesuffix("s") in _DOING or first in ("would", "will", "calls", "it")
        lead = "" if verbal or barred else bars
        bars = barred.group() if barred else lead
        found.append((Span(start, end), lead))
    return found if len(found) > 1 else []


def _near(one: Found[str], other: Found[str], words: Words) -> bool:
    """Whether two phrases stand in one clause, a few words apart."""
    apart = max(one.start - other.end, other.start - one.end)
    return apart < _BARS_WITHIN and words.clauses[one.start] == words.clauses[other.start]


def _within(one: Found[tuple[CodebookIssue, CodePoint]], other: Found[tuple[CodebookIssue, CodePoint]]) -> bool:
    """Whether the words of `one` are part of a longer phrase of another issue: then that issue is meant."""
    return other.start <= one.start and one.end <= other.end and len(other.matched) > len(one.matched)


def _condition(statement: Statement, document: Document, sign: Sign) -> str | None:
    """What the stance hangs on. For the asked side of an exchange that is the side given."""
    start, end = sign.place
    for span in statement.content:
        if not span.start <= start < span.end:
            continue
        text = span.of(document.text)
        for found in _BARGAIN.finditer(text):
            begin, stop = found.start() + span.start, found.end() + span.start
            if begin <= start < stop:
                if sign.asked_of_others:
                    given = re.sub(r"\A(?:that |to )", "", text[: found.start()].strip(' ,“"'))
                    return f"in exchange for: {given}" if len(given) > 8 else None
                continue
            return found.group("what").strip(" ,")
    after = document.text[end : min(len(document.text), end + 200)]
    within = re.split(r"[.!?\n]", after)[0]
    follows = _BARGAIN.search(within)
    if follows is not None and NEXT.search(within, 0, follows.start()):
        return None  # of what comes after "and": "demanded 9 per cent and threatened to strike if ..."
    if follows is not None and not sign.asked_of_others:
        return follows.group("what").strip(" ,")
    return statement.condition if not sign.asked_of_others else None
