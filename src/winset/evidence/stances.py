"""Where a statement puts a party: on which point of which issue, for or against it, in whose name, how sure.

A codebook says which point is spoken of. The words around it say whether somebody asks for it, turns it down or drops it
(`frames`); the subject of the clause says who. What another party would probably ask for is a forecast about it, what it is
said to ask for is ascribed to it, and neither is ever its own position.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from winset.domain.estimates import Estimate, Exact, Range
from winset.domain.positions import PositionVoice
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Grounds, Span
from winset.domain.vocabulary import Codebook, CodebookIssue, CodePoint
from winset.evidence import times
from winset.evidence.amounts import YEAR, Amount, amounts
from winset.evidence.frames import ASKING, INTENDING, NEGATION, OBLIGING, Frame, Stand, framed
from winset.evidence.lexicon import load
from winset.evidence.phrases import Found, PhraseIndex, Words, longest

Place = tuple[int, int, str]  # start, end, party

_FORETOLD = re.compile(
    r"\b(?:likely|unlikely|probably|expected to|bound to|sure to|certain to|may|might|could|would|will|eventually|in the end|sooner or later)\b"
)
_FORETELLING = re.compile(
    r"\b(?:expect\w*|predict\w*|foresee\w*|forecast\w*|foretell\w*|bet\w*|speculat\w*|reckon\w*|anticipat\w*)\b"
)
_ACCUSING = re.compile(r"\b(?:accus\w+|blam\w+|charg\w+ (?:with|that)|alleg\w+)\b")
_DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|declin\w+ to (?:say|comment|confirm)|refus\w+ to (?:say|comment|confirm)|(?:not|nobody|no one) (?:\w+ ){0,4}confirm|"
    r"never (?:said|promised|offered|agreed|asked|demanded|claimed)|(?:did|has|had|have) not (?:said?|offered?|asked?|agreed?)|didn't (?:say|offer|ask|agree))\b"
)
_RUMOUR = re.compile(
    r"\b(?:reports?|rumou?rs?|claims?|speculation|suggestions?|allegations?|talk|gossip) (?:that|of)\b|\bwhether\b|\b(?:confirm|deny|denied|denies)\b"
)
_CONDITION = re.compile(
    r"\b(?:before|until|unless|only if|if|provided(?: that)?|providing|as long as|so long as|on (?:the )?condition that(?! (?:he|she|they) not\b)|in exchange for|in return for|once|only (?:after|when))\b"
)
_BARGAIN = re.compile(
    r"\b(?P<word>unless|only if|if|provided(?: that)?|providing(?: that)?|as long as|so long as|on (?:the )?condition that(?! (?:he|she|they) not\b)|on condition of(?! (?:strict )?anonymity)|in exchange for|in return for|only (?:after|when)|once)\s+"
    r"(?P<what>[^.;:”\"?!]{4,200})",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:and|or|then) (?=(?:also |now |again |even |then |still )?(?:that|it|he|she|they|we|to|would|will|could|is|are|was|wants?|demands?|rejects?|insists?|offers?|"
    r"refus\w+|accepts?|calls?|asks?|seeks?|supports?|opposes?|\w{3,}ed)\b)"
)
_OUTSIDE = re.compile(
    r"\b(?:opposition|former|ex-\w+|dissident|backbench\w*|rebel (?:lawmaker|member)|critics?)\b", re.IGNORECASE
)
_OWN_WORDS = re.compile(
    r"\b(?:(?:his|her|their|its|the) (?:own )?(?:country|government|party|union|side|cabinet|nation|company|members|bloc)|it|they|we)\b"
)
_WE = re.compile(r"\b(?:we|our|us)\b")
_BOUNDS = re.compile(
    r"\b(?:beyond|above|over|more than|higher than|less than|below|under|short of|lower than|further than)(?: the| a)?\Z"
)
_NUMBER_WEIGHT = 3
_REACH = 30  # words before a phrase that can turn its sense
_NEAR = 12  # words between a number and what shows its issue
_NAMES_IT = 3000  # characters of a text from which it names what its numbers are about, where it is about that
_RECALL = 1500  # characters for which a number stays one of the issue last spoken of
_THINKING = re.compile(
    r"\b(?:i|we) (?:\w+ly |now |still )?(?:think|believe|expect|fear|guess|suspect|predict|reckon|doubt|suppose|would not be surprised)\b"
)
_SPEAKS_FOR_ITSELF = frozenset({None, "official", "diplomat", "other"})  # standings whose words are their party's own


_EXCEPTED = re.compile(
    r"\b(?:accept|agree|endors|approv|back|support|embrac)\w* (?:to |with |of )?(?!nothing|no |none|any)(?:[\w’'-]+ ){0,4}(?:plan|proposal|draft|offer|deal|"
    r"package|text|version|framework|agreement|document)\b(?: \S+){0,2}? (?:except|apart from|aside from|other than|with the exception of|barring|save for)\b"
)


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


@dataclass(frozen=True, slots=True)
class _Sign:
    """A point in a statement, by a phrase of the codebook or by a number, and what is done about it."""

    issue: CodebookIssue
    point: CodePoint | None
    value: Estimate
    start: int
    end: int
    weight: int  # words that show it
    words: Words
    clause: int  # first word of its clause
    before: str  # the clause up to it, lower-case
    frame: Frame
    asked_of_others: bool = False  # stands in the condition of an offer

    @property
    def place(self) -> tuple[int, int]:
        return self.words.starts[self.start], self.words.ends[self.end - 1]


class StanceReader:
    """Reads stances by one codebook. Keeps, within a document, the issue that numbers without a name of their own belong to."""

    def __init__(self, codebook: Codebook) -> None:
        self._points = PhraseIndex(
            (phrase, (issue, point)) for issue in codebook.issues for point in issue.points for phrase in point.phrases
        )
        self._excludes = PhraseIndex((phrase, issue.id) for issue in codebook.issues for phrase in issue.excludes)
        self._numbered = tuple(issue for issue in codebook.issues if issue.units)
        self._all_topics = {
            issue.id: PhraseIndex((phrase, issue.id) for phrase in issue.topics) for issue in codebook.issues
        }
        self._topics = {issue.id: self._all_topics[issue.id] for issue in self._numbered}
        shared = Counter(unit.split()[0] for issue in self._numbered for unit in issue.units)
        self._only = frozenset(
            i.id for i in self._numbered if all(unit != YEAR and shared[unit.split()[0]] == 1 for unit in i.units)
        )
        self._topics_of: tuple[str, frozenset[str]] = "", frozenset()
        self._recalled: dict[str, tuple[str, int]] = {}  # issue -> document and place where it was last spoken of

    def read(self, statement: Statement, document: Document, places: Sequence[Place]) -> tuple[Stance, ...]:
        """Every stance of a statement, at most one an issue; none for denials, accusations, questions and forecasts about nobody.

        places  where the document names parties, in order
        """
        cue = " ".join(span.of(document.text) for span in statement.cue).lower()
        if statement.within is not None:  # told by somebody else, whose own statement says it
            return ()
        if statement.modality == "denied" or _DENYING.search(cue) or _ACCUSING.search(cue):
            return ()
        if _RUMOUR.search(_lead(statement, document)):
            return ()
        signs: dict[str, list[_Sign]] = {}
        for span in statement.content:
            for sign in self._signs(document, span, cue, statement):
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
            best: dict[str, _Sign] = {}
            for sign in self._signs(document, part, f"proposes {lead}".strip(), plain):
                known = best.get(sign.issue.id)
                if not sign.asked_of_others and (known is None or sign.weight > known.weight):
                    best[sign.issue.id] = sign
            for issue, sign in best.items():
                if issue not in found:
                    start, end = sign.place
                    label = sign.point.label if sign.point else f"{sign.value.best:g}"
                    found[issue] = Stated(
                        issue=issue, value=_value(sign).best, left_out=sign.frame.stand == "drops", place=Span(start, end),
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

    def _signs(self, document: Document, span: Span, cue: str, statement: Statement) -> Iterable[_Sign]:
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
            sign = _sign(issue, None, value, amount.start, amount.end, (), words, cue, inside, statement)
            if sign is not None and sign.frame.stand != "against":
                self._recalled[issue.id] = document.id, words.starts[amount.start]
                yield sign
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
                sign = _sign(
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
        if not any(word[0].isdigit() or word in _NUMBER_WORDS for word in words.lower):
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
                    and begin - 5 < amount.end
                    and amount.start < end + 5
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
                    shown.setdefault(amount.start, []).append((near, issue, amount))
                    continue
                doc, place = self._recalled.get(issue.id, ("", 0))
                if doc == document.id and 0 <= words.starts[amount.start] - place <= _RECALL:
                    shown.setdefault(amount.start, []).append((_NEAR + 1, issue, amount))
                elif YEAR not in issue.units and (
                    (issue.id in self._only and len(document.text) < _NAMES_IT) or issue.id in self._spoken_of(document)
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
            words = Words(document.text).lower
            self._topics_of = document.id, frozenset(id for id, index in self._topics.items() if index.find(words))
        return self._topics_of[1]

    def _stance(
        self, statement: Statement, document: Document, places: Sequence[Place], cue: str, signs: Sequence[_Sign]
    ) -> Stance | None:
        """The stance of the sign with the most words; signs as long that agree with it widen it to a range."""
        best = max(
            signs,
            key=lambda sign: (not sign.asked_of_others, sign.frame.stand != "drops", sign.weight, sign.frame.firm),
        )
        whose = _whose(statement, document, places, cue, best)
        if whose is None:
            return None
        party, voice, reason, past = whose
        alike = [
            s
            for s in signs
            if s.frame.stand == best.frame.stand
            and s.weight == best.weight
            and s.asked_of_others == best.asked_of_others
        ]
        values = [_value(sign) for sign in (alike if best.weight > 1 else alike[:1])]
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
            ascribed_by=None if voice == "own" else _by(statement), condition=_condition(statement, document, best),
            spent=best.frame.spent, past=past if voice == "past" else None,
            why=(f"“{said}” names “{label}”", best.frame.because, reason),
        )  # fmt: skip


_NUMBER_WORDS = frozenset(
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "fifteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
    ]
)


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


def _lead(statement: Statement, document: Document) -> str:
    """What stands before a statement in its sentence."""
    start = min((span.start for span in (*statement.source, *statement.cue, *statement.content)), default=0)
    return re.split(r"[.!?\n;]", document.text[max(0, start - 120) : start])[-1].lower()


def _within(one: Found[tuple[CodebookIssue, CodePoint]], other: Found[tuple[CodebookIssue, CodePoint]]) -> bool:
    """Whether the words of `one` are part of a longer phrase of another issue: then that issue is meant."""
    return other.start <= one.start and one.end <= other.end and len(other.matched) > len(one.matched)


def _sign(
    issue: CodebookIssue, point: CodePoint | None, value: Estimate, start: int, end: int, matched: tuple[int, ...], words: Words,
    cue: str, inside: int, statement: Statement,
) -> _Sign | None:  # fmt: skip
    """What is done about a point: asked for, turned down or dropped; None where it is only mentioned.

    inside  words of the cue that lead the content
    """
    if _EXCEPTED.search(" ".join(words.lower[max(0, start - 14) : start])):
        return None  # of a plan that is accepted: what the answer leaves out, on which it says nothing more
    number = words.clauses[start]
    first = start
    while first > 0 and words.clauses[first - 1] == number and start - first < _REACH:
        first -= 1
    before = " ".join(words.lower[first:start])
    governs = first == 0 or number == words.clauses[0]
    parts = _NEXT.split(before)
    if len(parts) > 1:
        own = parts[-1]
        if not own.startswith("to ") and (ASKING.search(own) or NEGATION.search(own) or INTENDING.search(own)):
            governs = False
            before = own
    stop = end
    while stop < len(words) and words.clauses[stop] == number and stop - end < 9:
        stop += 1
    after = " ".join(words.lower[end:stop])
    phrase = " ".join(words.lower[start:end])
    between = " ".join(words.lower[at] for at in range(start, end) if matched and at not in matched)
    weight = len(matched) or _NUMBER_WEIGHT
    bound = point is None and bool(_BOUNDS.search(before))
    outside = "" if inside else cue
    conditions = list(_CONDITION.finditer(before))
    if conditions and statement.acts[0] != "threat":
        opened = conditions[-1].group()
        rest = before[conditions[-1].end() :]
        comma = rest.rfind(" , ")
        if comma < 0 or (
            NEGATION.search(rest, 0, comma) and not (ASKING.search(rest, comma) or INTENDING.search(rest, comma))
        ):
            stand: Stand = "against" if len(NEGATION.findall(rest)) % 2 else "for"
            if point is None and stand == "against":
                return None
            frame = Frame(stand, f"“{opened}” makes it a condition", 0.8)
            return _Sign(issue, point, value, start, end, weight, words, first, rest, frame, True)
        before = rest[comma + 3 :]
    if "?" in words.lower[end : end + 12] and statement.kind == "direct":
        return None
    declared = statement.speaker.kind in ("named", "collective") and statement.acts[0] not in (
        "forecast",
        "assessment",
        "accusation",
        "praise",
    )
    found = framed(outside, before, between, after, phrase, declared=declared, governs=governs, bound=bound)
    if found is None and governs and inside == 0 and not cue and statement.kind == "direct":
        return None
    return None if found is None else _Sign(issue, point, value, start, end, weight, words, first, before, found)


def _value(sign: _Sign) -> Estimate:
    if sign.frame.stand == "against" and sign.point is not None:
        return Exact(sign.issue.opposed(sign.point))
    return sign.value


def _condition(statement: Statement, document: Document, sign: _Sign) -> str | None:
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
    if follows is not None and not sign.asked_of_others:
        return follows.group("what").strip(" ,")
    return statement.condition if not sign.asked_of_others else None


def _whose(
    statement: Statement, document: Document, places: Sequence[Place], cue: str, sign: _Sign
) -> tuple[str, PositionVoice, str, times.Past | None] | None:
    """Whose stance it is, in which voice, why, and when it was held if that is past."""
    speaker = statement.speaker
    source = " ".join(span.of(document.text) for span in statement.source)
    outsider = _OUTSIDE.search(f"{speaker.role or ''} {speaker.description or ''} {source}")
    own = (
        speaker.party if speaker.standing in _SPEAKS_FOR_ITSELF and speaker.kind != "author" and not outsider else None
    )
    foretelling = bool(_FORETELLING.search(cue))
    about, verb = _subject(sign, document, places)
    if about is None and statement.about != speaker.party:
        about = statement.about
    if about is None and own is None:
        about = _first_subject(statement, document, places, sign)
        if about is None and speaker.party is not None and _OWN_WORDS.search(sign.before):
            about = speaker.party
    hedged = statement.modality in ("likely", "possible") or speaker.kind == "anonymous"
    thinks = bool(_THINKING.search(sign.before))
    foretells = (
        (hedged or thinks) and "forecast" in statement.acts and (statement.about is None or statement.about != own)
    )
    foretold = foretelling or foretells or statement.modality in ("likely", "possible")
    past = times.past(document, *sign.place, cue=f"{cue} {sign.before}", lead=_lead(statement, document))
    commands = not foretelling and bool(ASKING.search(cue) or NEGATION.search(cue))
    if own is not None and commands and not _reports(cue):
        about = own  # "demanded that the other side stay out": the cue is the speaker's own
    if about is not None and (about != own or foretelling):
        if (
            own is not None
            and about != own
            and not foretelling
            and OBLIGING.search(sign.before)
            and not ASKING.search(verb)
        ):
            return own, "own", "it says what the other side must do", past
        if past is not None and not foretelling:
            return about, "past", "somebody else tells what it asked for earlier", past
        if foretold or _FORETOLD.search(verb) or (own is None and INTENDING.search(sign.before)):
            return about, "forecast", "somebody else foretells what it would ask for", None
        return about, "ascribed", "somebody else says what it asks for", None
    if own is None or foretelling:
        return None
    if foretells and not ASKING.search(f"{cue} {sign.before}") and (thinks or not _WE.search(sign.before)):
        return None  # a prediction of what will happen is nobody's position
    if past is not None:
        return own, "past", "it tells what it asked for earlier", past
    return own, "own", "in its own words" if statement.kind == "direct" else "by its own account", None


def _reports(cue: str) -> bool:
    """Verbs that tell rather than ask, though they are among those of asking elsewhere."""
    return bool(
        re.search(
            r"\b(?:claim\w*|suggest\w*|confirm\w*|announc\w*|hope\w*|conced\w*|insist(?:s|ed)? that (?:\w+ ){0,3}(?:is|was|were|had)|present\w*)\b",
            cue,
        )
    )


def _subject(sign: _Sign, document: Document, places: Sequence[Place]) -> tuple[str | None, str]:
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


def _first_subject(statement: Statement, document: Document, places: Sequence[Place], sign: _Sign) -> str | None:
    """The party that the content begins with, for clauses that go on without naming it again."""
    start = min(span.start for span in statement.content)
    lo = bisect_left(places, (start, 0, ""))
    if lo < len(places) and places[lo][0] - start <= 40 and places[lo][0] < sign.place[0]:
        return places[lo][2]
    return None


def _by(statement: Statement) -> str:
    voice = statement.speaker
    party = voice.party if voice.standing in _SPEAKS_FOR_ITSELF else None
    return party or voice.name or voice.description or "nobody named"
