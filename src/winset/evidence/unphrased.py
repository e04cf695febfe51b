"""Stances whose content no phrase of a codebook matches: what they are about is found by likeness to the codebook's own words.

A clause in a party's voice is compared with every issue (`likeness`); what the text spoke of before and numbers with an issue's
unit join in. A score with a few fixed weights says how likely it is a stance on an issue; only the likeliest issue is taken, and only
from `LEAST` on. Such stances carry that score and say which words or which text of the codebook they rest on.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from winset.domain.estimates import Estimate, Exact, Range
from winset.domain.positions import PositionVoice
from winset.domain.statements import Statement
from winset.domain.text import Document, Grounds, Span
from winset.evidence import asides
from winset.evidence.amounts import NUMBER_WORDS, Amount, amounts
from winset.evidence.clause_acts import STRONG, read_clause
from winset.evidence.clauses import Whose, clause_of
from winset.evidence.frames import ASKING, DROPS_CLAIM, INTENDING, NEGATION, NO_OFFER, OBLIGING, Frame, framed
from winset.evidence.likeness import Alike, Likeness, direction, weighty
from winset.evidence.phrases import PhraseIndex, Words
from winset.evidence.quantities import COUNTS
from winset.evidence.signs import TO_BE_KEPT, Sign, value_of
from winset.evidence.stances import Stance, cue_of, silenced
from winset.evidence.times import Past
from winset.evidence.whose import THINKING, TOLD_TO, Place, speaks_for_itself, teller, whose

SubjectOf = Callable[[str, Sequence[Place], int], str | None]

_CUT = re.compile(
    r"(?<=[.!?;:])[”\"’')\]]{0,2}\s{1,4}|[”\"]\s{1,4}(?=[“\"])|\s[–—-]{1,2}\s|,?\s{1,4}(?:but|while|whereas|although|though|yet|because|since|so that)\s{1,4}|"
    r",?\s{1,4}and\s{1,4}(?=(?:that|it|he|she|they|we|would|will|could|must|wants?|demands?|rejects?|insists?|offers?|refuses?|calls?|asks?|seeks?|supports?|opposes?)\b)|"
    r",?\s{1,4}and\s{1,4}(?=\w{3,15}ed\s)|,\s{1,4}(?=(?:demanding|rejecting|refusing|insisting|offering|proposing|calling|opposing|asking|seeking|ruling)\b)"
)
_IF = re.compile(
    r"\b(?:if|unless|provided(?: that)?|providing|as long as|so long as|on (?:the )?condition that|in exchange for|in return for|once|until|before)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"[\s“\"'‘’”,;:–—-]*(?:(?:that|and|but|or|so|also|then) )*", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?](?=[\w,])[^.!?;\n]+)*")
_PRONOUN = re.compile(r"(?:It|They|He|She)\b(?=[ ,’'])")
_BARGAINS = re.compile(
    r"\b(?:price of|on the table|off the table|put(?:s|ting)? (?:forward|down)|undert(?:ake|akes|ook|aking)|prepared|float(?:s|ed)|reserv(?:e|es|ed)|c[ao]mes? (?:round|up|down|back)|(?:is|are|was|were|stands?|stood) at \d|put(?:s|ting)? (?:out|off|back)|start(?:s|ed)? (?:from|at|with)|beg[aiu]ns? (?:at|with)|moved?|content|swallow(?:s|ed)?|took back|takes back|mean(?:s|t)? to|looking to|"
    r"ready|willing\w*|insist\w*|hold(?:s|ing)? out|goes? (?:up|down)|edg(?:e|ed|es|ing)|lower(?:s|ed)?|rais(?:e|es|ed)|sights|preference|position|"
    r"least|most|longest|maximum|minimum|no more|no less|not a|never|nothing|nobody|single|price|red line|essential|vital|acceptable|unacceptable|enough|"
    r"satisf\w+|speaks? of|spoke of|regards?|in favou?r|against|won['’]t|plans?|press(?:es|ed)|push(?:es|ed)|wish\w*|hop(?:e|es|ed)|welcome[sd]?|guarantee\w*|assure[sd]?|promise\w*)\b"
)
_SUFFERED = re.compile(
    r"(?:was|were|is|are|has been|have been|had been) (?:not |never |being )?(?:\w+ly )?(?!(?:prepared|determined|inclined|resolved) to\b)\w+(?:ed|en)\b"
)  # what is done to a party
_WE = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_BACK = 1500  # characters for which what was spoken of stays in mind
_OFTEN = 3  # namings of an issue in a record from which it is surely spoken of
_FADES = 0.8  # what a clause adds to those after it, a clause
_HEAD = 40  # characters within which the party of a sentence is its subject
SHORTEST = 6  # characters of a clause that can say something
SCORE = 0.8
SURE = 0.85  # of its likelihood, beside a phrase that names a point

NAMES = (
    "nearest", "middle", "shared", "ahead of the next", "named before", "bargained before", "number in its unit", "in the unit of what was named",
    "bare number of what was named", "no number", "named in the record", "verb of saying asks", "asks", "turns down", "must", "will", "words of bargaining",
    "an act of bargaining", "guesses", "direct", "told", "we", "statement bargains", "party named", "no such word", "learned", "worded", "nobody's stance",
    "said before a few words", "bargained before a few words", "named before a few words", "few words",
)  # fmt: skip
_BARGAINING = [
    NAMES.index(name)
    for name in (
        "verb of saying asks",
        "asks",
        "turns down",
        "must",
        "will",
        "words of bargaining",
        "an act of bargaining",
        "statement bargains",
    )
]
# By logistic regression over labelled negotiations: for issues of which the packaged wordings tell, and for others.
TAUGHT = (
    4.45, -1.29, 0.68, 2.02, 0.47, 0.78, 1.50, -0.57, 0.97, -0.92, -0.51, 0.08, 0.29, -0.11, 0.16, 0.25, 0.15, 0.35, 0.16, -0.42, -0.30, 0.28, 0.15, 0.05, -0.46,
    1.45, 1.57, -3.55, 5.77, 1.09, 0.75, -0.86, -3.92,
)  # fmt: skip
UNTAUGHT = (
    2.37, 0.95, 1.33, 2.88, 0.57, 0.58, 2.36, -0.91, 2.00, -1.13, -0.34, 0.19, 0.33, -0.06, 0.24, 0.33, 0.17, 0.33, 0.10, -0.41, -0.52, 0.31, 0.07, 0.17, -0.55,
    0.00, 0.00, 0.00, 6.50, 1.22, 0.87, -1.07, -3.88,
)  # fmt: skip
LEAST = 0.25
# Shares of a record's clauses that are near some issue, and the likelihood asked for in between.
FITS, HARDLY, SURER = 0.26, 0.19, 0.6
INSTEAD = 0.4  # from which an issue of the codebook is read beside a number that only the record counts
BESIDE = 0.8  # from which one more issue is read in a clause in which a phrase names another
LEADS = 0.1  # ahead of the next issue from which a clause is of one for those after it
FAINT = 0.6  # what words of nothing in an issue come to, which the likeliest must be ahead of where a codebook has few issues
_FEW = 3  # clauses near nothing that a record is counted with, so that two or three near ones show little
CLOSE = 0.75  # likeness from which a clause is near an issue
_MANY = 5  # words that say something from which a clause says by itself what it is about
NEAR = 0.38  # likeness below which no word of an issue is spoken, unless it was bargained over just before


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a statement, the conditions that it hangs on left out."""

    statement: Statement
    span: Span
    governed: bool  # whether the verb of saying rules it
    condition: str | None = None

    def whole(self, text: str) -> str:
        """Its words with the verb of saying that rules it."""
        cue = " ".join(span.of(text) for span in self.statement.cue) if self.governed else ""
        return f"{cue} {self.span.of(text)}".strip()


def clauses_of(statement: Statement, text: str) -> Iterator[Clause]:
    """The clauses of what is said, in order; none for questions and conditions alone."""
    first = True
    for span in statement.content:
        start = span.start
        for stop, then in [
            *((one.start(), one.end()) for one in _CUT.finditer(text, span.start, span.end)),
            (span.end, span.end),
        ]:
            lead = _LEAD.match(text, start, stop)
            begin = lead.end() if lead else start
            end = stop
            while end > begin and not text[end - 1].isalnum() and text[end - 1] not in "%?":
                end -= 1
            start = then
            if end - begin < SHORTEST or "?" in text[end - 1 : stop + 1]:
                continue
            condition = None
            hangs = _IF.search(text, begin, end)
            if hangs is not None and hangs.start() - begin >= SHORTEST:
                condition, end = text[hangs.end() : end].strip(" ,"), hangs.start()
            elif hangs is not None:
                comma = text.find(", ", hangs.end(), end)
                if comma < 0 or end - comma < SHORTEST:
                    continue
                condition, begin = text[hangs.end() : comma].strip(" ,"), comma + 2
            while end > begin and not text[end - 1].isalnum() and text[end - 1] != "%":
                end -= 1
            if end - begin >= SHORTEST:
                yield Clause(statement, Span(begin, end), first, condition)
            first = False


def _unnamed(span: Span, text: str, places: Sequence[Place]) -> str:
    """The words of a clause without the names of parties, which say nothing of a matter."""
    at, parts = span.start, []
    for start, end, _ in places[bisect_left(places, (span.start, 0, "")) : bisect_left(places, (span.end, 0, ""))]:
        if at <= start and end <= span.end:
            parts.append(text[at:start])
            at = end
    parts.append(text[at : span.end])
    return " ".join("".join(parts).split()).strip(" ,") or span.of(text)


def _sorts(clause: Clause, text: str) -> list[float]:
    statement = clause.statement
    words = clause.span.of(text)
    low = words.lower()
    cue = " ".join(span.of(text) for span in statement.cue).lower()
    act = read_clause(clause_of(words), lambda s: Whose("own" if _WE.match(s) else "third")).act
    bargaining = STRONG - {"accusation", "praise"}
    return [
        float(clause.governed and bool(ASKING.search(cue) or NEGATION.search(cue) or DROPS_CLAIM.search(cue))),
        float(bool(ASKING.search(low))), float(bool(NEGATION.search(low))), float(bool(OBLIGING.search(low))),
        float(bool(INTENDING.search(low))), float(bool(_BARGAINS.search(low))), float(act in bargaining),
        float(act in ("forecast", "assessment")), float(statement.kind != "indirect"), float("#told-" in statement.id),
        float(bool(_WE.search(low))), float(clause.governed and statement.acts[0] in bargaining),
    ]  # fmt: skip


def _clauses(document: Document, statements: Sequence[Statement], places: Sequence[Place]) -> list[Clause]:
    """The clauses of a document that can be somebody's stance: a party says them, or they name one."""
    starts = [start for start, _, _ in places]
    return [
        clause for one in sorted(statements, key=lambda s: min(span.start for span in s.content))
        if one.within is None and not silenced(one, document) for clause in clauses_of(one, document.text)
        if one.speaker.party or one.speaker.members or one.about
        or bisect_left(starts, clause.span.start) < bisect_left(starts, clause.span.end)
    ]  # fmt: skip


def _taken(clause: Clause, known: Sequence[Stance]) -> frozenset[str]:
    """The issues on which phrases found a stance in a clause."""
    span = clause.span
    return frozenset(one.issue for one in known if one.words[0] < span.end and span.start < one.words[1])


def _bargains(sorts: Sequence[float]) -> bool:
    return any(sorts[:7]) or bool(sorts[11])


def least(fit: float) -> float:
    """How likely a stance must be by a codebook that nobody chose and that is about so much of a record: surer where that is little."""
    return LEAST if fit >= FITS else SURER if fit >= HARDLY else math.inf


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause with what tells for it being a stance on each issue: `features` is (issues, NAMES)."""

    clause: Clause
    alike: Alike
    features: NDArray[np.float64]
    numbers: tuple[Amount | None, ...]
    named: frozenset[
        str
    ]  # the issues of which phrases stand in it, those that were left out of the codebook among them

    @property
    def bargains(self) -> bool:
        """Whether its words can be more than news: those of somebody, or with a word of bargaining."""
        told = "#told-" in self.clause.statement.id and not self.clause.statement.cue
        asks = [at for at in _BARGAINING if NAMES[at] != "turns down"]
        return not told or bool(self.features[0, asks].any())


class Unphrased:
    """Reads the stances that phrases miss, by one codebook."""

    def __init__(self, likeness: Likeness, texts: Iterable[str]) -> None:
        """texts  the record, in which issues are named or not"""
        self.least = LEAST
        self._likeness = likeness
        self._weights = np.array(TAUGHT if likeness.taught else UNTAUGHT)
        self._issues = likeness.issues
        self._hits = PhraseIndex(
            (phrase, at)
            for at, issue in enumerate(self._issues)
            for phrase in (*issue.topics, *(one for point in issue.points for one in point.phrases))
        )
        named = Counter(hit.what for text in texts for hit in self._hits.find(Words(text).lower))
        self._named = np.array([min(1.0, named[at] / _OFTEN) for at in range(len(self._issues))])
        self._numbered = np.array([bool(issue.units) for issue in self._issues])
        # Issues that are made of the record's own numbers, and which are no codebook's.
        self._counted = frozenset(issue.id for issue in self._issues if issue.counts == COUNTS)
        self._mask = np.array([issue.id not in self._counted for issue in self._issues])

    def fit(self, heard: Iterable[tuple[Document, Sequence[Statement], Sequence[Place], Sequence[Stance]]]) -> float:
        """The share of the clauses of a record that are near some issue, by phrases or by likeness: how far the codebook is about what
        the record is about."""
        counted, mask = self._counted, self._mask
        if not mask.any():
            return 0.0
        each = [
            (clause, document, places, bool(_taken(clause, known) - counted))
            for document, said, places, known in heard for clause in _clauses(document, said, places)
        ]  # fmt: skip
        rest = [_unnamed(clause.span, document.text, places) for clause, document, places, taken in each if not taken]
        near = int((self._likeness.nearest(rest)[:, mask].max(axis=1) > CLOSE).sum())
        return (len(each) - len(rest) + near) / (len(each) + _FEW)

    def candidates(
        self, document: Document, statements: Sequence[Statement], places: Sequence[Place], known: Sequence[Stance]
    ) -> list[Candidate]:
        """The clauses of a document's statements in order, with what tells for each issue; `known` are the stances by phrases, which tell of
        what the clauses after them are about."""
        text = document.text
        words = Words(text)
        hits = sorted((words.starts[hit.start], hit.what) for hit in self._hits.find(words.lower))
        each = [
            (clause, _taken(clause, known) - self._counted | self._left_out(hits, clause.span))
            for clause in _clauses(document, statements, places)
        ]
        alike = iter(self._likeness.of([_unnamed(clause.span, text, places) for clause, _ in each]))
        back = self._before_few([clause for clause, taken in each if not taken], document)
        count = len(self._issues)
        nil = np.zeros(count)
        before = np.zeros(count)
        found = []
        for clause, taken in each:
            span = clause.span
            near = next(alike)
            mixed = near.nearest + near.middle + 0.3 * near.shared
            if self._likeness.taught:
                mixed = mixed + 0.3 * near.learned + 0.3 * near.worded
            order = np.sort(mixed[self._mask])[::-1] if self._mask.any() else np.sort(mixed)[::-1]
            second = max(float(order[1]), FAINT) if len(order) > 1 else FAINT
            lead = mixed - np.where(mixed == order[0], second, order[0])
            named = np.zeros(count)
            for at, issue in hits[bisect_left(hits, (span.start - _BACK, 0)) : bisect_left(hits, (span.start, 0))]:
                named[issue] = max(named[issue], 1 - (span.start - at) / _BACK)
            numbers, bare = self._numbers(span.of(text))
            unit = np.array([one is not None for one in numbers], dtype=float) * (1 - bare)
            own = np.column_stack(
                [near.nearest, near.middle, near.shared, lead, named, before, unit, unit * np.maximum(named, before), bare * np.maximum(named, before),
                 self._numbered * (1 - unit) * (1 - bare), self._named]
            )  # fmt: skip
            party = float(clause.statement.speaker.party is not None or clause.statement.about is not None)
            sorts = _sorts(clause, text)
            sorts += [party, float(not _bargains(sorts))]
            told = np.column_stack([near.learned, near.worded, np.full(count, near.idle)])
            few = max(0.0, 1 - len(near.stems) / _MANY)
            said = np.column_stack([few * back.get(span.start, nil), few * before, few * named, np.full(count, few)])
            features = np.hstack([own, np.tile(sorts, (count, 1)), told, said])
            found.append(Candidate(clause, near, features, numbers, taken))
            if taken:
                before = np.maximum(before * _FADES, [float(issue.id in taken) for issue in self._issues])
            else:
                before = np.maximum(before * _FADES, (lead > LEADS).astype(float))
        return found

    def _left_out(self, hits: Sequence[tuple[int, int]], span: Span) -> frozenset[str]:
        """The issues taken out of the codebook of which phrases stand in a clause; `hits` are begins and issues of phrases, in order."""
        here = hits[bisect_left(hits, (span.start, 0)) : bisect_left(hits, (span.end, 0))]
        return frozenset(self._issues[issue].id for _, issue in here) & self._likeness.left_out

    def _before_few(self, clauses: Sequence[Clause], document: Document) -> dict[int, NDArray[np.float64]]:
        """Begin of each clause of a few words -> (issues,): what the sentence before it is likely to be about, nil under `NEAR`."""
        text = document.text
        pieces = [piece.span() for piece in _SENTENCE.finditer(text, text.find("\n") + 1) if piece.group().strip()]
        ends = [end for _, end in pieces]
        asked = {}
        for clause in clauses:
            at = bisect_left(ends, clause.span.start + 1) - 1
            if at >= 0 and len(weighty(clause.span.of(text))) < _MANY:
                asked[clause.span.start] = text[slice(*pieces[at])].strip()
        before = list(dict.fromkeys(asked.values()))
        near = dict(zip(before, np.maximum(self._likeness.nearest(before) - NEAR, 0.0), strict=True))
        return {start: near[one] for start, one in asked.items()}

    def stances(
        self, document: Document, statements: Sequence[Statement], places: Sequence[Place], known: Sequence[Stance],
        authors: Callable[[Statement], Iterable[Statement]],
    ) -> list[Stance]:  # fmt: skip
        """The stances that phrases miss in one document, in the order of its words; also in clauses in which a phrase names another issue, or
        only a number that the record itself counts, where one is likely enough."""
        found: list[Stance] = []
        for one in self.candidates(document, statements, places, known):
            if not one.bargains or vetoed(one.clause.whole(document.text)):
                continue
            chances = 1.0 / (1.0 + np.exp(-(one.features @ self._weights[:-1] + self._weights[-1])))
            chances = np.where(self._mask, chances, 0.0)
            issue = int(np.argmax(chances))
            spoken_of = max(one.alike.nearest[issue], one.features[issue, NAMES.index("bargained before")])
            least = max(self.least, BESIDE if one.named else INSTEAD if _taken(one.clause, known) else 0.0)
            if self._issues[issue].id in one.named | self._likeness.left_out:
                continue
            if chances[issue] < least or spoken_of < NEAR:
                continue
            for author in authors(one.clause.statement):
                made = self._stance(
                    replace(one, clause=replace(one.clause, statement=author)),
                    issue,
                    float(chances[issue]),
                    document,
                    places,
                )
                if made is not None:
                    found.append(made)
        return found

    def _stance(
        self, one: Candidate, at: int, chance: float, document: Document, places: Sequence[Place]
    ) -> Stance | None:
        issue, clause, text = self._issues[at], one.clause, document.text
        span, statement = clause.span, clause.statement
        if "#told-" in statement.id and _UNDER_A_PLAN.match(text, statement.content[0].start):
            return None  # what a plan holds is read with the plan
        cue = cue_of(statement, text) if clause.governed else ""
        words = Words(span.of(text), span.start)
        low = " ".join(words.lower)
        frame = framed(cue, low, "", "", "", declared=False, governs=clause.governed) or Frame(
            "for", "no word of asking", 0.8
        )
        if asides.given_up(f"{cue} {low}"):
            frame = Frame("drops", "it is given up", 0.8)
        amount, point = one.numbers[at], None
        if amount is not None:
            ahead = " ".join(words.lower[: amount.end])
            if frame.stand == "against" and (_KEPT_TO.search(low) or not NEGATION.search(f"{cue} {ahead}")):
                frame = replace(frame, stand="for")  # "36 hours without loss of pay", "1.5 degrees are not negotiable"
            bound = _BOUND.search(low)
            kept = words.lower[max(amount.start - 1, 0)] == "the" and TO_BE_KEPT.match(
                " ".join(words.lower[amount.end :])
            )
            if kept or (frame.stand == "against" and not bound):
                return None
            value: Estimate = Exact(amount.low) if amount.low == amount.high else Range(amount.low, amount.high)
            frame = replace(frame, stand="for") if bound else frame
            likest = f"{amount.low:g} lies on its scale"
        else:
            nearest = self._likeness.point(one.alike, at, turned=frame.stand == "against", way=direction(low))
            if nearest is None:
                return None
            point, against, likest, _ = nearest
            likest = f"nearest to “{likest}”"
            value = Exact(point.value)
            if frame.stand != "drops":
                frame = replace(frame, stand="against" if against else "for")
        start = _object(words, low, places)
        sign = Sign(issue, point, value, start, len(words), 1, words, 0, " ".join(words.lower[:start]), frame)
        held_by = whose(
            replace(statement, content=(span,), cue=statement.cue if clause.governed else ()),
            document,
            places,
            cue,
            sign,
        )
        if held_by is None:
            held_by = _speaker_s(statement, span, document, places, chance)
        if held_by is None:
            return None
        party, voice, reason, past = held_by
        if voice == "own" and "#told-" in statement.id and not statement.cue:
            voice = asides.voice_of_report(asides.sentence(text, span.start, span.end))
            reason = reason if voice == "own" else f"the report tells it as {_TOLD_AS[voice]}"
        if statement.kind == "direct" and party == statement.speaker.party:
            other = asides.other_side(text, places, span.start, party)
            if other is None:
                return None
            if isinstance(other, str):
                party, voice, reason = other, "ascribed", "somebody says it of those whom “they” means"
        shared = "”, “".join(one.alike.words[at][:3])
        because = f"no phrase stands in it; {likest}" + (
            f"; shares “{shared}” with “{issue.question}”" if shared else ""
        )
        sure = SURE * chance * {"own": 1.0, "ascribed": 0.8, "past": 0.8, "forecast": 0.6}[voice]
        return Stance(
            issue=issue.id, party=party, voice=voice, stand=frame.stand, value=value_of(sign), score=round(sure, 4), statement=statement.id,
            grounds=Grounds(doc=document.id, statement=None if "#told-" in statement.id else statement.id, spans=statement.content),
            words=(span.start, span.end), ascribed_by=None if voice == "own" else teller(statement), condition=clause.condition or statement.condition,
            past=past if voice == "past" else None, why=(because, frame.because, reason),
        )  # fmt: skip

    def _numbers(self, words: str) -> tuple[tuple[Amount | None, ...], NDArray[np.float64]]:
        """For each issue the number of a clause in its unit, or one that has no unit and lies on its scale."""
        lower = Words(words).lower
        plain = [
            Amount(at, at + 1, value, value) for at, word in enumerate(lower)
            if word[0].isdigit() and word.replace(",", "").replace(".", "", 1).isdigit() and (value := float(word.replace(",", ""))) is not None
            and (at + 1 == len(lower) or not lower[at + 1].isalpha() or lower[at + 1] in _NO_UNIT)
        ]  # fmt: skip
        found: list[Amount | None] = []
        bare = np.zeros(len(self._issues))
        if not any(word[0].isdigit() or word in NUMBER_WORDS for word in lower):
            return (None,) * len(self._issues), bare
        for at, issue in enumerate(self._issues):
            if not issue.units:
                found.append(None)
                continue
            low, high = issue.bounds
            fits = [one for one in amounts(lower, issue.units) if low <= one.low and one.high <= high]
            rest = [one for one in plain if low <= one.low <= high] if not fits else []
            found.append(fits[0] if fits else rest[-1] if rest else None)
            bare[at] = float(not fits and bool(rest))
        return tuple(found), bare


PLAIN = 0.5  # how likely a stance must be to be laid to whom nothing but its place shows


def _speaker_s(
    statement: Statement, span: Span, document: Document, places: Sequence[Place], chance: float
) -> tuple[str, PositionVoice, str, Past | None] | None:
    """Whose a likely stance is where no word of asking shows it: the speaker's own where its clause names nobody else, else of the
    party that the clause begins with, told by somebody else."""
    thinks = THINKING.search(document.text[max(span.start - 20, 0) : span.end].lower())
    if chance < PLAIN or statement.modality == "denied" or thinks:
        return None  # what somebody thinks will be is nobody's position
    if _OF_A_PLAN.search(document.text, max(span.start - 20, 0), min(span.end, span.start + _HEAD)):
        return None  # what a plan holds is read with the plan
    first = bisect_left(places, (span.start, 0, ""))
    inside = [one for one in places[first : first + MOST] if one[0] < span.end]
    own = statement.speaker.party if speaks_for_itself(statement.speaker) else None
    if own is not None and {one[2] for one in inside} <= {own}:
        return own, "own", "it says so with nobody else in the clause", None
    words = document.text[span.start : span.end]
    bidden = (
        OBLIGING.search(words.lower()) or TOLD_TO.search(words) or (statement.cue and statement.acts[0] == "demand")
    )
    if inside and inside[0][0] - span.start <= _HEAD and inside[0][2] != own and not bidden:
        party = inside[0][2]
        ahead = statement.modality in ("likely", "possible") or bool(
            _AHEAD.search(document.text, inside[0][1], span.end)
        )
        foretold = ahead and "forecast" in statement.acts
        return (
            party,
            "forecast" if foretold else "ascribed",
            "somebody else says it of the party that the clause begins with",
            None,
        )
    return None


_OF_A_PLAN = re.compile(
    r"\b(?:plan|proposal|draft|framework|package|blueprint|roadmap|text|accord|treaty)\b", re.IGNORECASE
)
MOST = 8  # parties in one clause that are looked at
_UNDER_A_PLAN = re.compile(
    r"(?:under|in) (?:the|a|an|its|their) (?:[\w’'-]{1,30} ){0,4}?(?:plan|proposal|draft|framework|package|blueprint|roadmap|accord|treaty)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:will|would|may|might|could|likely|probably|expected|bound)\b")
_BOUND = re.compile(
    r"\b(?:beyond|above|over|more|higher|less|below|under|short of|lower|further|least|most|shorter|longer|earlier|later|fewer)\b"
)
_KEPT_TO = re.compile(
    r"\b(?:not (?:negotiable|up for (?:negotiation|discussion)|open to (?:question|debate))|no (?:quarrel|problem|difficulty) with|nothing against|(?:not|never) (?:yet )?(?:mov(?:e|ed|ing)|budg(?:e|ed|ing)|depart(?:ed)?|shift(?:ed)?) from|not (?:give up|abandon|let go of))\b"
)  # a number that is held on to

_VETO = re.compile(
    r"\b(?:(?:accept|reject|welcom|back|endors|approv|support|refus|dismiss|turn|study|studi|sign)\w*(?: down| to)? (?:(?:the|a|its|his|her|their|that|this) )?(?:[\w’'-]+ ){0,2}?(?:plan|draft|proposal|framework|package|roadmap|deal|agreement)\b|"
    r"(?:h[eo]ld|holding|open(?:s|ed)?|beg[ai]n|start(?:s|ed)?|resum(?:e|es|ed)|continued?) (?:\w+ ){0,2}?(?:talks|negotiations|discussions)\b|"
    r"(?:ended|concluded|finished|wound up|broke off|adjourned|suspended) (?:\w+ ){0,4}?(?:talks|negotiations|discussions|meeting|session)\b(?=[^.;]{0,80}? without )|"
    r"(?:(?<!be )look(?:s|ed|ing)? (?:at|into)|stud(?:y|ies|ied|ying)|examin\w+|(?<!could )(?<!ready to )(?<!willing to )(?<!prepared to )(?<!can )discuss\w*|consider(?:s|ed|ing)? (?:whether|how)|debat\w+|(?:not|n[’']t|unable to|fail\w* to|yet to) (?:yet |be able to )?agree (?:on|over|about))\b)",
    re.IGNORECASE,
)  # answers to a plan, which are read with the plan; what is only looked into, and what nobody could agree on


def vetoed(words: str) -> bool:
    """Whether a clause is read elsewhere, or says nothing of where its party stands."""
    return bool(_VETO.search(words) or NO_OFFER.search(words.lower()))


_TOLD_AS: dict[PositionVoice, str] = {"forecast": "a guess", "past": "what was asked for before"}
_MARKS = (ASKING, OBLIGING, INTENDING, NEGATION)


def _object(words: Words, low: str, places: Sequence[Place]) -> int:
    """The word with which begins what is asked for: behind the party that a clause begins with and the first word of asking."""
    first = min((mark.end() for pattern in _MARKS if (mark := pattern.search(low))), default=0)
    start = low[:first].count(" ") + 1 if first else 0
    while start and start < len(words) and words.lower[start] in _GOES_ON:
        start += 1
    at = bisect_left(places, (words.starts[0], 0, ""))
    if start == 0 and at < len(places) and places[at][0] - words.starts[0] <= _HEAD:
        start = bisect_left(words.starts, places[at][1]) + 1
    return min(start, len(words) - 1)


_GOES_ON = frozenset(["to", "for", "that", "be", "have", "been", "on"])
_NO_UNIT = frozenset(
    [
        "and",
        "or",
        "but",
        "if",
        "in",
        "on",
        "at",
        "as",
        "the",
        "a",
        "instead",
        "is",
        "was",
        "for",
        "by",
        "from",
        "down",
        "up",
    ]
)
