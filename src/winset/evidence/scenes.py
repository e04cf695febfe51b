"""Whose doing it is what a place of a text tells, and who tells it: the ground on which proposals and pointers are read."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from winset.domain.positions import PositionVoice
from winset.domain.statements import Statement
from winset.domain.text import Document, Grounds, Span, Spans
from winset.evidence import naming, sentences, sides, times
from winset.evidence.parties import Place

Standing = Literal["done", "ready", "foretold", "open", "not"]
LONGEST = 800  # characters of a sentence that are looked at

_CUT = re.compile(
    r"[;:“”\"]|,? but\b|,? while\b|,? whereas\b|,? although\b|,? though\b|, and\b|,? because\b|,? after\b|,? and (?=(?:it|they|he|she|we)\b)|\bsaid that\b|\bthat\b|\bwhether\b|\bif\b"
)
_PRONOUN = re.compile(
    r"\b(?:[Ii]t|[Tt]hey|[Hh]e|[Ss]he|[Ww]e|I|[Bb]oth sides|[Bb]oth parties|[Tt]he two sides|[Nn]either side|who|which|(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y) (?:own )?(?:country|government|side|party|union|cabinet|delegation|company|nation|people|members))\b"
)
_OWN = re.compile(r"\b(?:we|I|our|my|us)\b", re.IGNORECASE)
_AWAY = re.compile(
    r"\b(?:with|for|from|to|by|against|over|in|on|at|about|toward|towards|than|like|under|near|into|between) (?:the )?\Z"
)
_HOME = re.compile(
    r"\b(?:officials?|ministers?|ministry|government|leaders?|leadership|president|authorities|diplomats?|envoys?|mediators?|negotiators?|delegation|delegates|parliament|cabinet|army|militias?|troops|forces|generals?|rebels|voters|farmers|unions?|nobody|no one|people|court|council|king|queen) (?:of|in|for|from) (?:the )?\Z",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"[’']s? (?:\w+ ){0,2}(?:ally|allies|neighbours?|neighbors?|rivals?|enemy|enemies|partners?|backers?|opponents?|foes?|plan|plans|proposal|proposals|offer|draft|demands?|rejection|refusal|acceptance)\b"
)
_JOINED = re.compile(r"\A(?:[’']s? \w+(?: \w+)?)?(?:,| and| as well as| together with|, and)(?: the)? \Z")
_ASIDE = re.compile(r", [^,;“”\"]{2,120},(?= )")

_NOT = re.compile(
    r"n[’']t\b|\b(?:not|never|cannot|without|refus(?:e|es|ed|ing) to|declin(?:e|es|ed|ing) to|fail(?:s|ed)? to|unable to|unwilling to|reluctant to|nobody|no one|neither|no party|no side|no longer|stopped short of|far from|yet to|den(?:y|ies|ied|ying))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:whether|if|unless|until|should|must|has to|have to|needs? to|urg\w+|call(?:s|ed|ing)? (?:on|for)|ask(?:s|ed|ing)?|press(?:es|ed|ing)?|want(?:s|ed)?|wish\w*|hope[sd]?|expect\w* .{0,40} to|demand\w*|beg(?:s|ged)|told|tell\w*|"
    r"appeal\w* to|implor\w+|plead\w*|lobb(?:y|ied|ying)|persuad\w+|convinc\w+|pressur\w+|forc\w+|push\w*|invit\w+|advis\w+|warn\w* .{0,40} (?:to|not to|against)|consider\w*|weigh\w*|debat\w*|discuss\w*|study\w*|studie\w*|mull\w*|threaten\w*|would have|could have|might have|had (?:it|they|he|she)\b|yet to|undecided|"
    r"try\w*|trie\w*|ready to reject|talks? (?:of|about)|deadline (?:for|to)|days to|time to|vote on|before)\b",
    re.IGNORECASE,
)
_FORETOLD = re.compile(
    r"\b(?:may|might|likely|unlikely|probabl[ey]|expected to|bound to|set to|sure to|poised to|about to|thought to|believed to|said to be|perhaps|eventually|sooner or later|in the end|predict\w*|forecast\w*|foresee\w*|expect\w*)\b",
    re.IGNORECASE,
)
_READY = re.compile(
    r"\b(?:would|will|could|can|shall|ready|willing|prepared|open to|inclined|agree[sd]? to|intend\w*|plan(?:s|ned)? to|going to|promis\w+|pledg\w+|vow\w*|offer(?:s|ed)? to|'ll|’ll)\b",
    re.IGNORECASE,
)


_UNDECIDED = re.compile(r"\b(?:whether|undecided)\b", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\b(?:if|whether|unless|until|before|once|should|in case|provided|so that|in order that|for)(?: the| only| even| both)? \Z",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"(?:[’']s? \w+(?: \w+)?)? to\b")
_WISHED = re.compile(
    r"\b(?:demand\w*|insist\w*|urg\w+|propos\w+|suggest\w*|recommend\w*|request\w*|ask(?:s|ed)?|prefer\w*) that (?:the )?\Z"
)
_HOPED = re.compile(
    r"\b(?:hop(?:e|es|ed|ing)|wish\w*|doubt\w*|fear\w*|suppos\w+|imagin\w+|pray\w*|bet|bets|betting)(?: that)? (?:the )?\Z"
)
_NONE = re.compile(r"\b(?:neither|nor|no)(?: the)? \Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """Parties that do something, and where they are named."""

    parties: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """How a place is told: by which statement (None: by the report itself), in which voice of `party`, by whom."""

    statement: Statement | None
    voice: PositionVoice
    ascribed_by: str | None
    day: date | None
    score: float

    def grounds(self, doc: str, spans: Spans) -> Grounds:
        """The exact words, as of the statement that holds them."""
        return Grounds(doc=doc, statement=self.statement.id if self.statement else None, spans=spans)


class Scene:
    """One document with its sentences, where it names parties and persons, and what is said in it by whom."""

    def __init__(
        self, document: Document, statements: Sequence[Statement], found: sides.Sides,
        seated: Sequence[str] = (), known: Iterable[str] = (), names: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.document, self.text = document, document.text
        self.statements = tuple(statements)
        places = list(found.places.get(document.id, ()))
        taken = [(start, end) for start, end, _ in places]
        people = {name: id for name, id in found.people.items() if len(name) > 2}
        if people:
            starts = [start for start, _ in taken]
            for one in _people(tuple(sorted(people, key=len, reverse=True))).finditer(self.text):
                index = bisect_right(starts, one.start()) - 1
                if index >= 0 and taken[index][1] > one.start():
                    continue
                places.append((one.start(), one.end(), people[one.group()]))
        self.places: list[Place] = sorted(places)
        self._starts = [place[0] for place in self.places]
        self.seated = tuple(seated)
        self.known = frozenset(known) | {id for _, _, id in self.places}
        self.sentences = [
            span for paragraph in sentences.paragraphs(self.text) for span in sentences.sentences(self.text, paragraph)
        ]
        self._contents = sorted(
            (span.start, span.end, n) for n, one in enumerate(self.statements) for span in one.content
        )  # fmt: skip
        self._content_starts = [start for start, _, _ in self._contents]
        self._reach = max((end - start for start, end, _ in self._contents), default=0)

    def between(self, start: int, end: int) -> list[Place]:
        """Where parties and persons are named within [start, end), in order."""
        return self.places[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def saying(self, start: int, end: int) -> Statement | None:
        """The innermost statement whose content holds [start, end)."""
        best: tuple[int, int] | None = None
        lo = bisect_left(self._content_starts, start - self._reach)
        hi = bisect_right(self._content_starts, start)
        for begin, stop, n in self._contents[lo:hi]:
            if stop >= end and (best is None or stop - begin < best[0]):
                best = (stop - begin, n)
        return self.statements[best[1]] if best else None

    def clause_start(self, sentence: Span, at: int) -> int:
        """Where the clause that runs up to `at` begins in its sentence."""
        cuts = list(_CUT.finditer(self.text, sentence.start, at))
        return cuts[-1].end() if cuts else sentence.start

    def subject(self, sentence: Span, at: int) -> "Subject | None":
        """Who does what the verb at `at` says: the parties named last before it, or those that a pronoun means."""
        for start in dict.fromkeys((self.clause_start(sentence, at), sentence.start)):
            found = self._subject(start, at)
            if found is not None:
                return found
        return None

    def _subject(self, start: int, at: int) -> "Subject | None":
        asides = [(one.start(), one.end()) for one in _ASIDE.finditer(self.text, start, at)]
        ahead = [
            place for place in self.between(start, at)
            if not any(a <= place[0] < b for a, b in asides)
            and (not _AWAY.search(self.text, max(start, place[0] - 14), place[0]) or _HOME.search(self.text, max(start, place[0] - 34), place[0]))
            and not _OTHERS.match(self.text, place[1], at)
        ]  # fmt: skip
        pronouns = list(_PRONOUN.finditer(self.text, start, at))
        while pronouns and pronouns[-1].group() in ("who", "which"):
            pronouns.pop()
        pronoun = pronouns[-1] if pronouns else None
        if pronoun is not None and (not ahead or pronoun.start() > ahead[-1][0]):
            word = pronoun.group()
            meant = self._meant(word if word == "I" else word.lower(), pronoun.start())
            return Subject(meant, pronoun.start(), pronoun.end()) if meant or not ahead else None
        if not ahead:
            return None
        chosen = [ahead[-1]]
        for earlier in reversed(ahead[:-1]):
            if not _JOINED.match(self.text[earlier[1] : chosen[-1][0]]):
                break
            chosen.append(earlier)
        parties = tuple(dict.fromkeys(place[2] for place in reversed(chosen)))
        return Subject(parties, chosen[-1][0], ahead[-1][1])

    def done(self, sentence: Span, who: "Subject", verb: int, since: int | None = None) -> Standing:
        """What the words around a subject make of its verb: see `standing`. `since`: where the clause of a verb begins that shares the subject of another."""
        ahead, lead = self.text[max(who.end, since or 0) : verb], self.text[sentence.start : who.start]
        if self.text.startswith("?", sentence.end - 1) or _SUPPOSED.search(lead):
            return "open"
        if _INFINITIVE.match(ahead) or (not ahead.strip() and _WISHED.search(lead)) or _HOPED.search(lead):
            return "open"
        if _NONE.search(lead):
            return "not"
        return standing(ahead)

    def _meant(self, pronoun: str, at: int) -> tuple[str, ...]:
        """The parties that a pronoun stands for."""
        if pronoun in ("both sides", "both parties", "the two sides"):
            return self.seated if len(self.seated) == 2 else tuple(self.known) if len(self.known) == 2 else ()
        if pronoun == "neither side":
            return ()
        if pronoun.split()[0] in ("his", "her", "its", "their", "our", "my"):
            pronoun = "we" if pronoun.startswith(("our", "my")) else "it"
        said = self.saying(at, at + 1)
        if said is not None and (pronoun in ("we", "I") or said.kind != "direct") and pronoun not in ("he", "she"):
            own = (said.speaker.party,) if said.speaker.party else said.speaker.members
            if own and not self._named_before(said, at):
                return tuple(one for one in own if one)
        if pronoun in ("we", "I"):
            return (said.speaker.party,) if said is not None and said.speaker.party else ()
        party = naming.subject(self.text, self.places, at, 2)
        return (party,) if party else ()

    def _named_before(self, said: Statement, at: int) -> bool:
        """Whether a content names a party other than the speaker's ahead of a pronoun in it, which the pronoun then means."""
        inside = self.between(min(span.start for span in said.content), at)
        return any(party != said.speaker.party for _, _, party in inside)

    def told(self, party: str, start: int, end: int, hedge: str = "", negated: bool = False) -> Told | None:
        """How what `party` does at a place is told; None where it is denied, unless the denial is what was read (`negated`).

        `hedge` are the words ahead of the verb.
        """
        said = self.saying(start, end)
        day = said.date.start if said and said.date else self.document.date
        foretold = bool(_FORETOLD.search(hedge))
        if said is None:
            past = times.past(self.document, start, end, cue=hedge.lower(), lead="")
            if past is not None and re.search(
                r"\b(?:19|20)\d\d\b|\bago\b|\blast year\b", self.text[max(0, start - 60) : end + 60]
            ):
                return Told(None, "past", None, past.day, 0.6)
            return Told(None, "forecast" if foretold else "own", "the report" if foretold else None, day, 0.8)
        if said.modality == "denied" and not negated:
            return None
        own = party == said.speaker.party or party in said.speaker.members
        foretells = "forecast" in said.acts and not own
        if foretold or foretells or (said.modality in ("likely", "possible") and not own):
            return Told(said, "forecast", speaker(said), day, 0.5 * said.score)
        if own:
            return Told(said, "own", None, day, said.score)
        return Told(said, "ascribed", speaker(said), day, 0.7 * said.score)


def speaker(said: Statement) -> str:
    """Who says it: the party, else the name or description of the voice."""
    voice = said.speaker
    return voice.party or voice.name or voice.description or "nobody named"


def standing(ahead: str) -> Standing:
    """What the words between a subject and its verb make of the verb.

    done      it is done; ready: the subject says or shows that it would
    foretold  somebody expects it; open: asked for, feared, weighed, or a condition; not: it is not done
    """
    if _UNDECIDED.search(ahead):
        return "open"
    if _NOT.search(ahead):
        return "not"
    if _OPEN.search(ahead):
        return "open"
    if _FORETOLD.search(ahead):
        return "foretold"
    return "ready" if _READY.search(ahead) else "done"


def scenes(
    documents: Sequence[Document], statements: Sequence[Statement], found: sides.Sides, seated: Sequence[str] = ()
) -> Iterator[Scene]:
    """A scene for each document, in the order of their days (undated ones last)."""
    each: dict[str, list[Statement]] = {document.id: [] for document in documents}
    for one in statements:
        if one.doc in each:
            each[one.doc].append(one)
    known = [party.id for party in found.parties]
    for document in sorted(documents, key=lambda one: one.date or date.max):
        yield Scene(document, each[document.id], found, seated, known)


def _people(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
