"""What parties could do by themselves, and what they would rather have, as their statements and positions show it.

A threat, an offer, a concession or a commitment is something that its speaker can do. What somebody demands is
something that the addressee can do. What somebody refuses is something that it prefers not to happen: a refusal may
be given up, so it never rules a situation out. Positions that differ are a choice of each side to give way or not.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

from winset.domain.issues import Issue
from winset.domain.positions import Position
from winset.domain.statements import Act, Statement
from winset.domain.text import Document, Grounds

Basis = Literal["threat", "offer", "concession", "commitment", "refusal", "demand", "position"]
OWN: tuple[Act, ...] = ("threat", "refusal", "concession", "offer", "commitment", "demand")
"""Acts that show a deed, the most telling first where a statement does several."""
LONGEST = 70
_SPEAKS = ("named", "collective", "anonymous")
_STANDS_FOR = (None, "official", "diplomat", "other")
_WHO = r"(?:we|i|it|they|he|she|(?:its|their|his|her|our|the|this) (?:government|side|delegation|country|party))"
_DOES = r"(?:has|have|had|is|are|was|were|be|will|would|shall|can|could|might|may|to|that|for|on|also|now|still|and)"
_STANDS = r"(?:ready|willing|prepared|open|want(?:s|ed)?|demand(?:s|ed)?|insist(?:s|ed)?|ask(?:s|ed)?|agreed|offered|promised|pledged|vowed)"
_LEADING = re.compile(rf"^(?:(?:{_WHO}|{_DOES}|{_STANDS})\b[\s,]*)+", re.I)
_ASKED = re.compile(
    r"\b(?:demand(?:s|ed)?(?: that)?|must|ha(?:s|ve) to|should|call(?:s|ed)? (?:on|for)|insist(?:s|ed)? (?:on|that)|urged?)\s+(.+)",
    re.I | re.S,
)
_REFUSED = re.compile(
    r"^(.*?)\b(?:will not|won[’']t|would not|wouldn[’']t|cannot|can[’']t|(?:will|would) never|never|refuse[sd]? to|"
    r"has no intention of|have no intention of)\s+(.+)",
    re.I | re.S,
)
_SENTENCE = re.compile(r"[.;?!]\s|,? and (?:we|i|they|he|she)\b", re.I)
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_COMMON = frozenset(
    ["the", "and", "for", "that", "this", "with", "from", "would", "will", "shall", "could", "should", "must", "not", "never", "ready", "willing", "prepared", "their", "its", "his", "her", "they", "them", "any", "all", "are", "was", "were", "been", "has", "have", "had", "accept", "acceptable", "until", "unless", "into", "over", "about", "other", "also", "more"]
)  # fmt: skip
_ALIKE = 0.6  # share of the shorter saying's words that the other has too


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that `party` can do or leave undone."""

    party: str
    name: str
    basis: Basis
    issue: str | None = None
    grounds: tuple[Grounds, ...] = ()
    score: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """`party` would rather see deed number `deed` done, or not; only where deed `given` is done, if that is not None."""

    party: str
    deed: int
    done: bool
    basis: Basis
    given: int | None = None
    grounds: tuple[Grounds, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Deeds in the order they were found; `left_out` says in words what could not be placed."""

    deeds: tuple[Deed, ...] = ()
    wishes: tuple[Wish, ...] = ()
    left_out: tuple[str, ...] = ()


def of_statements(
    documents: Sequence[Document], statements: Sequence[Statement], names: Mapping[str, str], seated: Sequence[str] = ()
) -> Read:
    """Deeds and wishes of statements, each with the words it rests on.

    names   lower-case name -> party id, as `parties.names_of` gives them
    seated  parties at the table; where there are two, what one asks for is asked of the other
    Whose statement it is has to be known; denials, forecasts and what is told about somebody else are left aside.
    """
    texts = {document.id: document for document in documents}
    called: dict[str, list[str]] = {}
    for name, owner in names.items():
        called.setdefault(owner, []).append(name)
    mention = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True)) or '(?!)'})\b")
    reading = _Reading()
    ordered = sorted(
        (one for one in statements if _own(one)),
        key=lambda one: (texts[one.doc].date or date.min, one.doc, one.content[0].start),
    )
    for act in OWN:  # deeds of the speaker itself first, so that demands and refusals find them
        for one in ordered:
            party = one.speaker.party
            if party is None or act != next((known for known in OWN if known in one.acts), None):
                continue
            text = texts[one.doc].text
            words = " ".join(span.of(text) for span in one.content)
            across = [p for p in seated if p != party]
            asked = asked_of(words, " ".join(span.of(text) for span in one.cue), names, party)
            if asked is None and one.about != party:
                asked = one.about
            if asked is None and len(across) == 1:
                asked = across[0]
            spoken_of = dict.fromkeys([*(names[found] for found in mention.findall(words.lower())), one.about or party])
            hearers = [p for p in spoken_of if p != party] or across
            reading.take(
                _Said(
                    one=one, act=act, party=party, words=words, hearers=tuple(hearers), addressee=asked,
                    day=texts[one.doc].date or date.min, called=tuple(called.get(party, ())),
                )
            )  # fmt: skip
    return reading.done()


def of_positions(
    positions: Iterable[Position],
    issues: Sequence[Issue],
    weights: Mapping[tuple[str, str], float],
    names: Mapping[str, str],
) -> Read:
    """Giving way on an issue on which parties stand apart, as a deed of each; most contested and most salient first.

    weights  (party, issue) -> salience, where it is known
    names    party id -> its name
    """
    by_issue: dict[str, dict[str, Position]] = {}
    for one in positions:
        if one.voice == "own":
            by_issue.setdefault(one.issue, {})[one.party] = one
    found: list[tuple[float, Issue, dict[str, Position]]] = []
    for issue in issues:
        held = by_issue.get(issue.id, {})
        values = {party: one.value.best for party, one in held.items()}
        if len(set(values.values())) < 2:
            continue
        span = max(values.values()) - min(values.values())
        found.append((-span * sum(weights.get((p, issue.id), 50.0) for p in held), issue, held))
    deeds: list[Deed] = []
    wishes: list[Wish] = []
    for _, issue, held in sorted(found, key=lambda one: one[0]):
        values = {party: one.value.best for party, one in held.items()}
        low, high = min(values.values()), max(values.values())
        sides = {p: v for p, v in values.items() if v in (low, high)}
        for party, value in sides.items():
            across = [p for p, v in sides.items() if v != value]
            deeds.append(
                Deed(
                    party=party, name=f"give way: {issue.question}", basis="position", issue=issue.id,
                    grounds=held[party].grounds, score=held[party].score,
                    why=f"it stands apart from {', '.join(names.get(p, p) for p in across)} on this",
                )
            )  # fmt: skip
            at = len(deeds) - 1
            wishes.append(
                Wish(party=party, deed=at, done=False, basis="position", grounds=held[party].grounds,
                     why="it holds another position")
            )  # fmt: skip
            wishes += [
                Wish(party=p, deed=at, done=True, basis="position", grounds=held[p].grounds,
                     why="it holds the opposite position")
                for p in across
            ]  # fmt: skip
    return Read(deeds=tuple(deeds), wishes=tuple(wishes))


def _own(one: Statement) -> bool:
    """Whether a statement is the speaker's own word on what it does or wants."""
    return (
        one.speaker.kind in _SPEAKS
        and one.speaker.party is not None
        and one.speaker.standing in _STANDS_FOR
        and one.modality != "denied"
        and "forecast" not in one.acts
        and any(act in OWN for act in one.acts)
    )


def words_of(text: str) -> frozenset[str]:
    """Stems of the words that carry a saying's meaning."""
    return frozenset(w[:5] for w in _WORD.findall(text.lower()) if w not in _COMMON)


def alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the shorter one's words that both have; 0 with fewer than two in common."""
    both = len(a & b)
    return both / min(len(a), len(b)) if both > 1 or (both == 1 and len(a) == len(b) == 1) else 0.0


def short(text: str, called: Sequence[str] = ()) -> str:
    """What is done, short enough to name an option; `called` are the speaker's names, left out where it begins with one."""
    plain = re.sub(r"\s+", " ", re.sub(r"[“”\"]", "", text)).strip(" ,;:.–—-")
    plain = _SENTENCE.split(plain)[0]
    cut = plain
    names = "|".join(re.escape(one) for one in sorted(called, key=len, reverse=True))
    if names:
        cut = re.sub(rf"^(?:that )?(?:the )?(?:{names})\b\s*", "", cut, flags=re.I)
    cut = _LEADING.sub("", cut) or plain
    if len(cut) > LONGEST:
        cut = cut[:LONGEST].rpartition(" ")[0] + " …"
    return cut.strip(" ,;:.–—-")


def asked_in(said: str) -> str:
    """What a demand asks for, without the words that ask."""
    found = _ASKED.search(said)
    return found.group(1) if found else said


def asked_of(words: str, cue: str, names: Mapping[str, str], speaker: str) -> str | None:
    """The party that a demand, or what it asks for, begins with, or that the words that introduce it name."""
    told = cue.lower()
    for text in (asked_in(words), words):
        start = re.sub(r"^[\s“”\"]*(?:that )?(?:the )?", "", text, flags=re.I).lower()
        for name in sorted(names, key=len, reverse=True):
            if names[name] == speaker:
                continue
            named = re.escape(name)
            if re.match(rf"{named}\b", start) or re.search(rf"\b(?:on|of|that|urged) {named}\b", told):
                return names[name]
    return None


def refused_in(said: str, called: Sequence[str]) -> str | None:
    """What the speaker says it will not do; None where the words say of something else that it will not be.

    A content without such words is what is refused itself.
    """
    found = _REFUSED.match(said)
    if found is None:
        return said
    subject = found.group(1).strip(' “”",;:').lower()
    names = {one.lower() for one in called}
    last = re.sub(r"^(?:that |the )+", "", subject)
    known = not last or last in names or re.fullmatch(_WHO, last) is not None
    return found.group(2) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A statement with whom it speaks to.

    hearers    parties it speaks of, else those across the table
    addressee  the party that would have to do what is demanded, where it can be told
    called     the speaker's own names
    """

    one: Statement
    act: Act
    party: str
    words: str
    hearers: tuple[str, ...]
    addressee: str | None
    day: date
    called: tuple[str, ...]

    @property
    def grounds(self) -> tuple[Grounds, ...]:
        return (Grounds(doc=self.one.doc, statement=self.one.id, spans=self.one.content),)


class _Reading:
    """Deeds and wishes as statement after statement is taken."""

    def __init__(self) -> None:
        self.deeds: list[Deed] = []
        self.words: list[frozenset[str]] = []
        self.wishes: list[Wish] = []
        self.left_out: list[str] = []
        self.days: list[date] = []  # of each wish
        self.conditions: list[tuple[_Said, int, str]] = []

    def take(self, said: _Said) -> None:
        """One statement, by the act it does."""
        one = said.one
        if "?" in said.words or (said.act == "threat" and one.negated):
            return  # a question does nothing, nor does one who speaks of a threat that was not made
        part: str | None = said.words
        if said.act == "refusal":
            part = refused_in(said.words, said.called)
        elif said.act == "demand":
            part = asked_in(said.words)
        if part is None:
            what = short(said.words)
            self.left_out.append(f"“{what}” ({one.id}) says what will not be, not what the speaker refuses to do")
            return
        name = short(part, said.called)
        if len(words_of(name)) < 2:
            self.left_out.append(f"“{name}” ({one.id}) is too short to say what would be done")
        elif said.act == "refusal":
            self._refusal(said, name if part is not said.words else f"accept: {name}")
        elif said.act == "demand":
            self._demand(said, name)
        else:
            self._own_deed(said, name)

    def _own_deed(self, said: _Said, name: str) -> None:
        """A threat, an offer, a concession or a commitment: who hears it minds, and a condition is kept."""
        done = self._deed(said.party, name, said)
        for hearer in said.hearers:
            if said.act == "threat":
                self._wish(hearer, done, False, said, "it is threatened with this")
            elif said.act in ("offer", "concession"):
                self._wish(hearer, done, True, said, "it is what the other side holds out to it")
        if said.one.condition is not None:
            self.conditions.append((said, done, said.one.condition))

    def _refusal(self, said: _Said, name: str) -> None:
        found = self._find(words_of(name))
        if found is None:
            found = self._deed(said.party, name, said)
        self._wish(said.party, found, False, said, "it refuses this")

    def _demand(self, said: _Said, name: str) -> None:
        found = self._find(words_of(name))
        if found is None:
            if said.addressee is None:
                self.left_out.append(f"“{name}” ({said.one.id}) is demanded of nobody that can be told")
                return
            found = self._deed(said.addressee, f"agree: {name}", said)
        if self.deeds[found].party != said.party:
            self._wish(said.party, found, True, said, "it demands this")

    def _find(self, words: frozenset[str], but: int | None = None) -> int | None:
        """The deed that these words speak of."""
        near = [(alike(words, other), -at) for at, other in enumerate(self.words) if at != but]
        best = max(near, default=(0.0, 0))
        return -best[1] if best[0] >= _ALIKE else None

    def _deed(self, party: str, name: str, said: _Said) -> int:
        words = words_of(name)
        for at, known in enumerate(self.deeds):
            if known.party == party and alike(words, self.words[at]) >= _ALIKE:
                score = max(known.score, said.one.score)
                self.deeds[at] = replace(known, grounds=(*known.grounds, *said.grounds), score=score)
                return at
        basis = cast(Basis, said.act)
        self.deeds.append(
            Deed(party=party, name=name, basis=basis, grounds=said.grounds, score=said.one.score, why=_WHY[basis])
        )
        self.words.append(words)
        return len(self.deeds) - 1

    def _wish(self, party: str, deed: int, done: bool, said: _Said, why: str, given: int | None = None) -> None:
        new = Wish(
            party=party, deed=deed, done=done, basis=cast(Basis, said.act), given=given, grounds=said.grounds, why=why
        )
        for at, known in enumerate(self.wishes):
            if (known.party, known.deed, known.given) != (party, deed, given):
                continue
            if known.done == done:
                self.wishes[at] = replace(known, grounds=(*known.grounds, *said.grounds))
                return
            self.left_out.append(
                f"{party} both wants and refuses “{self.deeds[deed].name}” ({known.grounds[0].statement}, {said.one.id}); "
                "the later counts"
            )
            if said.day > self.days[at]:
                self.wishes[at], self.days[at] = new, said.day
            return
        self.wishes.append(new)
        self.days.append(said.day)

    def done(self) -> Read:
        """All of it, conditions last: what they name may have been said later."""
        for said, deed, condition in self.conditions:
            given = self._find(words_of(condition), but=deed)
            if given is not None:
                self._wish(said.party, deed, True, said, "it says so on this condition", given)
        return Read(deeds=tuple(self.deeds), wishes=tuple(self.wishes), left_out=tuple(self.left_out))


_WHY: dict[Basis, str] = {
    "threat": "it threatens to do this", "offer": "it offers this", "concession": "it says that it could do this",
    "commitment": "it commits itself to this", "refusal": "it refuses this, and could give the refusal up",
    "demand": "this is demanded of it", "position": "positions on this differ",
}  # fmt: skip
