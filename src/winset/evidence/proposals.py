"""Plans, drafts and offers read off a record: whose they are, in which version, what they say, who takes which version.

A mention belongs to the proposal that it fits by name, author, kind and subject; where two fit alike nothing is decided: the
acceptance is kept with its candidates, and no position follows from it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from winset.domain.actors import slug
from winset.domain.positions import PositionVoice
from winset.domain.statements import Statement
from winset.domain.terms import Acceptance, Proposal
from winset.domain.text import Document, Grounds, Span
from winset.evidence import naming, sides
from winset.evidence.plan_events import Event, events, pronouns, put_on, reserved_later
from winset.evidence.plan_lines import (
    MONTHS,
    SAME_NEWS,
    Line,
    Version,
    fit_of,
    lines_of,
    records,
    segments,
    title,
    told_before,
)
from winset.evidence.plan_mentions import SPOKEN, Mention, mentions, written_by
from winset.evidence.plan_offers import OFFERS, Offered, line_differs, offered_before, offered_by, version_differs
from winset.evidence.scenes import Scene, scenes
from winset.evidence.stances import StanceReader, Stated
from winset.evidence.turns import left_behind, overtake

BY = "reader 1"
FOCUS = 2  # sentences: a proposal spoken of so much later than another is the one that is meant
_SAYS = re.compile(
    r"\A(?:,? (?:which|that|under which|and (?=(?:would|calls|provides|includes))))?,? ?(?:itself |also |now |however |still )?"
    r"(?P<how>would|will|could|calls?|called|provides?|provided|includes?|included|envisages?|envisaged|foresees?|sets?|requires?|required|leaves?|drops?|dropped|omits?|omitted|keeps?|kept|adds?|added|no longer|"
    r"proposes?|proposed|asks?|demands?|demanded|offers?|grants?|allows?|bars?|freezes?|ends?|says?|said|states?|gives?|gave|puts?|contains?|limits?|caps?|lifts?|retains?|removes?|removed|deletes?|deleted|scraps?|"
    r"rules? out|excludes?|insists?|hands?|returns?|obliges?|makes?|creates?|establishes?|guarantees?|binds?|restores?|swaps?|extends?|raises?|lowers?|cuts?|softens?|tightens?|does not|did not|has|had)\b"
)
_FOR = re.compile(
    r"\A(?:(?: on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?(?: [\w’'-]+){0,4}: |,? (?:to|for|of|with|without|including|calling for|providing for|under which|that would|proposing|offering|demanding|which would|by which|in which|requiring|setting out|dropping|adding|omitting|excluding|freezing)\b)"
)
_UNDER = re.compile(r"\b(?:[Uu]nder|[Ii]n|[Aa]ccording to|[Bb]y|[Tt]he terms of|[Pp]art of) (?:the terms of )?\Z")
_GOES_ON = re.compile(
    r"\A(?:It|The (?:document|text|plan|proposal|draft|offer|package|framework)|Its terms|Among its (?:terms|points)|They) (?:also |further |would also |then )?(?P<how>would|will|calls? for|provides? for|includes?|envisages?|foresees?|sets? out|requires?|contains?|proposes?|drops?|omits?|keeps?|adds?|leaves? out|no longer|bars?|allows?|limits?|rules? out)\b(?! (?:accept|reject|agree|support|oppose|sign|welcome|insist|consider|return|negotiate|study|respond|answer|be (?:willing|ready|prepared)|not (?:accept|sign|agree)))"
)
_STOPS = re.compile(
    r";|,? but\b|, while\b|, although\b|, though\b|, prompting\b|, drawing\b|[“”]|,(?: [^,;]{1,60},)? (?:[^,;]{1,60} )?(?:said|says|told|added|wrote|announced)\b|, and (?:the )?[A-Z][\w’'-]* (?:has |had )?(?:accepted|rejected|said|welcomed|refused|dismissed|agreed|turned|backed|endorsed)\b"
    r"| (?:was|were|has been|have been) (?:accepted|rejected|endorsed|dismissed|welcomed|backed|approved|presented|tabled|circulated|handed)\b|, according to\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A yes or no to a proposal of which several may be meant."""

    acceptance: Acceptance
    candidates: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadProposals:
    """Every version of every proposal, in the order in which they appear, and what could not be laid to one of them."""

    proposals: tuple[Proposal, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


def read(
    documents: Sequence[Document], statements: Sequence[Statement], found: sides.Sides, reader: StanceReader,
    seated: Sequence[str] = (), again: Iterable[str] = (), written: Sequence[Proposal] = (),
    offered: Sequence[Offered] = (),
) -> ReadProposals:  # fmt: skip
    """The proposals of a record, beside those that somebody wrote down: these keep their ids, terms and dates, and get the
    answers that the record tells of. `again` are statements that repeat another; an answer told again counts once. By what
    parties `offered` it is told whose an offer is that is spoken of without a name."""
    reading = _Reading(reader, frozenset(again), {party.id: party.name for party in found.parties}, written, offered)
    speaking = [one for one in documents if SPOKEN.search(one.text)]
    docs = {one.id for one in speaking}
    for scene in scenes(speaking, [one for one in statements if one.doc in docs], found, seated):
        reading.take(scene)
    return reading.done()


class _Reading:
    def __init__(
        self, reader: StanceReader, again: frozenset[str], names: Mapping[str, str], written: Sequence[Proposal],
        offered: Sequence[Offered],
    ) -> None:  # fmt: skip
        self.offered = offered
        self.reader = reader
        self.names = names
        self.again = again
        self.lines: list[Line] = lines_of(written)
        self.open: list[tuple[Acceptance, list[Line], str]] = []

    def take(self, scene: Scene) -> None:
        """One document."""
        focus: tuple[Line, Version, int] | None = None
        for number, sentence in enumerate(scene.sentences):
            here = list(mentions(scene, sentence))
            begins = self._goes_on(scene, sentence, focus, number, here)
            for at, mention in enumerate(here):
                next_at = here[at + 1].start if at + 1 < len(here) else sentence.end
                focus = self._mention(scene, sentence, number, mention, next_at) or focus
            if not here and begins is not None:
                focus = begins
            if focus is not None and 0 < number - focus[2] <= FOCUS and not here:
                self._reserves(scene, sentence, focus[1])
            if focus is not None and number - focus[2] <= FOCUS:
                for place, _ in pronouns(scene, sentence):
                    if any(one.start > place.start for one in here) and focus[2] == number:
                        continue
                    self._answered(scene, sentence, place, sentence.end, focus[0], focus[1])

    def _goes_on(
        self, scene: Scene, sentence: Span, focus: tuple[Line, Version, int] | None, number: int, here: Sequence[Mention]
    ) -> tuple[Line, Version, int] | None:  # fmt: skip
        """ "It would also ...": a sentence that goes on about the proposal of the one before."""
        if focus is None or number - focus[2] > 1:
            return None
        text = scene.text[sentence.start : sentence.end]
        begins = _GOES_ON.match(text)
        if begins is None or (here and here[0].start == sentence.start and not begins.group().startswith("It")):
            return None
        self._states(scene, focus[0], focus[1], Span(sentence.start + begins.start("how"), sentence.end))
        focus[0].seen[scene.document.id] = (number, sentence.start)
        return focus[0], focus[1], number

    def _reserves(self, scene: Scene, sentence: Span, version: Version) -> None:
        """ "Keth had reservations about the timetable", said after Keth took the proposal: they belong to its answer."""
        for parties, words, place in reserved_later(scene, sentence):
            for at, one in enumerate(version.acceptances):
                here = any(ground.doc == scene.document.id for ground in one.grounds)
                if not (here and one.accepts and one.party in parties) or words in one.reservations:
                    continue
                told = scene.told(one.party, place.start, place.end)
                if told is not None and told.voice == one.voice:
                    more = replace(
                        one, reservations=(*one.reservations, words),
                        issues=tuple(dict.fromkeys((*one.issues, *self.reader.spoken_of(words)))),
                        grounds=(*one.grounds, told.grounds(scene.document.id, (place,))),
                    )  # fmt: skip
                    version.acceptances[at] = self._meant_by(version, more)

    def _mention(
        self, scene: Scene, sentence: Span, number: int, mention: Mention, next_at: int
    ) -> tuple[Line, Version, int] | None:  # fmt: skip
        place = Span(mention.start, mention.end)
        mention = self._by_mediator(mention)
        done = events(scene, sentence, place, next_at, mention)
        if mention.own and not mention.authors:
            mention = replace(mention, authors=self._owner(scene, sentence, mention))
        put = [one for one in done if one.deed == "put forward" and one.standing in ("done", "ready")]
        changed = [one for one in done if one.deed == "changed" and one.standing in ("done", "ready")]
        if (put or changed) and not mention.authors:
            by = next((one.parties for one in (*put, *changed) if one.parties), ())
            mediator = mention.mediator or next((one.mediator for one in put if one.mediator), None)
            mention = replace(mention, authors=by, mediator=mediator)
        elif put and mention.mediator is None:
            mention = replace(mention, mediator=next((one.mediator for one in put if one.mediator), None))
        mention = self._by_mediator(mention)
        asked = not put and not mention.given and not any(one.deed in ("accepted", "turned down") for one in done)
        stated = self._content(scene, sentence, mention, next_at)
        if mention.both:
            met = [
                line
                for line in self.lines
                if scene.document.id in line.seen and fit_of(line, mention, None, True) is not None
            ]
            for line in met if len(met) == 2 else ():
                for one in done:
                    if one.deed in ("accepted", "turned down"):
                        self._yes_or_no(scene, line, line.versions[-1], one)
        if mention.several or (
            asked and stated is None and not mention.authors and mention.mediator is None and mention.name is None
        ):
            return None
        if (
            any(one.deed == "put forward" and one.standing in ("open", "not", "foretold") for one in done)
            and not mention.given
        ):
            return None
        actors = {party for one in done if one.deed in ("accepted", "turned down") for party in one.parties}
        terms = self._terms(scene, mention, stated)
        if not mention.authors and mention.mediator is None and not put:
            mention = replace(mention, authors=offered_by(scene, mention, terms, actors, self.offered))
        made = None if mention.authors or mention.mediator else offered_before(scene, number, mention, actors)
        if made is not None:
            mention = replace(mention, authors=made[0])
            terms = self._terms(scene, mention, made[1]) or terms
            mention = replace(mention, marker="new" if self._offers_more(made[0], terms) else mention.marker)
        found, rivals = self._line(scene, number, mention, bool(put or changed), bool(changed), actors, terms)
        if found is None and rivals:
            for event in done:
                self._undecided(scene, event, rivals)
            return None
        line = found or self._new(scene, mention, next((one for one in put if one.answers), None), bool(changed))
        self._learn(scene, line, mention)
        version = self._version(scene, line, mention, bool(put or (made and mention.marker == "new")), changed, terms)
        if made is not None and version.written is None:
            version.put = True
            version.why.append(f"“{made[1].of(scene.text)}” offers it")
            self._states(scene, line, version, made[1])
        line.seen[scene.document.id] = (number, mention.start)
        self._speaks(scene, line, version, place)
        version.grounds.extend(
            ground for one in (*put, *changed) if (ground := self._ground(scene, one.place)) and ground not in version.grounds
        )  # fmt: skip
        said = put_on(scene, sentence, place)
        if said is not None and version.written is None and version.day in (None, scene.document.date):
            version.day = said.start
        for one in put:
            version.put = True
            version.to.update(dict.fromkeys(one.to))
            version.why.append(f"“{scene.text[one.place.start : one.place.end]}” puts it forward")
            version.score = max(version.score, 0.8)
        for one in done:
            if one.deed == "withdrawn" and one.standing == "done" and set(one.parties) & set(line.authors):
                version.withdrawn = scene.document.date
            if one.deed in ("accepted", "turned down"):
                self._yes_or_no(scene, line, version, one)
        if stated is not None:
            self._states(scene, line, version, stated, bool(changed) or mention.marker == "revised")
        return line, version, number

    def _by_mediator(self, mention: Mention) -> Mention:
        """ "Relin's plan", where the mediator Kosta Relin brought one: it is the mediator's."""
        for line in self.lines if mention.authors else ():
            named = slug(line.name) if line.name else ""  # "her plan", of whom the Lindholm plan has its name
            words = {
                word for one in mention.authors if one not in self.names or one == named for word in one.split("-")
            }
            if line.mediator and words and words <= {*slug(line.mediator).split("-"), *named.split("-")}:
                return replace(mention, authors=(), mediator=line.mediator)
        return mention

    def _terms(self, scene: Scene, mention: Mention, stated: Span | None) -> dict[str, float]:
        """What the words say that an offer holds, by issue; only offers are told apart by it."""
        if stated is None or mention.kind not in OFFERS:
            return {}
        return {one.issue: one.value for one in self.reader.stated(scene.document, stated) if not one.left_out}

    def _offers_more(self, parties: Sequence[str], terms: Mapping[str, float]) -> bool:
        """Whether the last offer of `parties` said something else on these issues."""
        known = [line for line in self.lines if line.kind in OFFERS and set(parties) & set(line.authors)]
        return bool(known) and version_differs(known[-1].versions[-1], terms)

    def _owner(self, scene: Scene, sentence: Span, mention: Mention) -> tuple[str, ...]:
        """Whose "its plan" is: the sentence's subject, else whoever the sentence before speaks of."""
        word = mention.words.split()[0].lower()
        said = scene.saying(mention.start, mention.end)
        if word in ("our", "my"):
            return (said.speaker.party,) if said and said.speaker.party else ()
        who = scene.subject(sentence, mention.start)
        if who is not None:
            return who.parties
        party = naming.subject(scene.text, scene.places, mention.start, 2)
        return (party,) if party else ()

    def _content(self, scene: Scene, sentence: Span, mention: Mention, next_at: int) -> Span | None:
        """The words that say what the proposal holds."""
        text = scene.text
        if _UNDER.search(text, max(sentence.start, mention.start - 24), mention.start):
            comma = text.find(", ", mention.end, sentence.end)
            start = comma + 2 if comma >= 0 else mention.end
            return self._until(scene, start, sentence.end)
        rest = text[mention.end : sentence.end]
        skipped = re.match(
            r"(?:,? (?:which |that )?(?:was |were |is )?(?:jointly )?(?:drafted|drawn up|written|presented|tabled|put forward|floated|circulated|proposed|submitted|unveiled|made|offered|brokered|handed over|sent|published|backed|prepared)?[^,;:.“”]{0,80}? ?(?:by|to|from|on|over|in) [^,;:.“”]{2,60}?,?(?= (?:which|that|would|calls|provides|includes|to [a-z]|for a|calling|under which|including|providing|envisages|with))|,)",
            rest,
        )
        by = written_by(scene, sentence, mention.end)
        for offset in (0, skipped.end() if skipped else 0, by.end - mention.end if by else 0):
            says = _SAYS.match(rest[offset:]) or _FOR.match(rest[offset:])
            if says is None or (
                offset == 0
                and re.match(r" (?:to|for|of|with) (?:the )?(?:[A-Z]|both sides)", rest)
                and scene.between(mention.end, mention.end + 14)
            ):
                continue
            begin = mention.end + offset + (says.start("how") if "how" in says.groupdict() else 0)
            return self._until(scene, begin, sentence.end)
        return None

    def _until(self, scene: Scene, start: int, end: int) -> Span | None:
        said = scene.saying(start, start + 1)
        if said is not None:
            end = min([end, *(span.end for span in said.content if span.start <= start < span.end)])
        stop = _STOPS.search(scene.text, start + 1, end)
        end = stop.start() if stop else end
        while end > start and scene.text[end - 1] in " ,.;:":
            end -= 1
        return Span(start, end) if end - start > 3 else None

    # --- which proposal, which version

    def _line(
        self, scene: Scene, number: int, mention: Mention, put: bool, changed: bool, actors: set[str], terms: Mapping[str, float]
    ) -> tuple[Line | None, list[Line]]:  # fmt: skip
        """The proposal that a mention means; else those between which it does not decide. `terms`: what is said of it here."""
        day, doc = scene.document.date, scene.document.id
        scored: list[tuple[float, int, Line]] = []
        for line in self.lines:
            fit = fit_of(line, mention, day, doc in line.seen)
            if fit is None or (not mention.authors and actors and actors <= set(line.authors)):
                continue
            if not (put or changed or mention.authors or mention.name) and line_differs(line, terms):
                continue
            scored.append((fit, line.seen.get(doc, (-99, 0))[0], line))
        if put and not mention.given and not (changed and mention.authors):
            scored = [one for one in scored if self._told_again(one[2], mention, day)]
        if not scored:
            return None, []
        near = [one for one in scored if one[1] >= 0]
        pool = near or scored
        best = max(fit for fit, _, _ in pool)
        alike = [one for one in pool if best - one[0] < 0.25]
        if len(alike) == 1:
            return alike[0][2], []
        if near:
            last = max(at for _, at, _ in alike)
            close = [one for one in alike if last - one[1] < FOCUS]
            if len(close) == 1:
                return close[0][2], []
            return None, [one[2] for one in close]
        return None, [one[2] for one in alike]

    def _told_again(self, line: Line, mention: Mention, day: date | None) -> bool:
        """Whether a putting forward may be that of a proposal known already, told again or in a new version."""
        if not set(line.authors) & set(mention.authors) and not (line.mediator and line.mediator == mention.mediator):
            return not line.authors and not line.versions[-1].put
        if mention.marker == "revised" or (
            mention.marker == "new" and mention.kind in ("draft", "offer", "bid", "version", "text")
        ):
            return True
        last = line.versions[-1].day
        return mention.marker != "new" and (day is None or last is None or abs(day - last) <= SAME_NEWS)

    def _new(self, scene: Scene, mention: Mention, answering: Event | None, changed: bool) -> Line:
        line = Line(
            kind=mention.kind, name=mention.name, points=mention.points, topic=mention.topic, authors=mention.authors,
            mediator=mention.mediator, dated=mention.dated, first=mention.words,
        )  # fmt: skip
        if (
            answering is not None
            or mention.kind == "counter-proposal"
            or (mention.marker == "new" and not mention.given)
        ):
            others = [one for one in self.lines if one.authors != line.authors]
            recent = [one for one in others if scene.document.id in one.seen] or others[-1:]
            line.answers = recent[-1] if recent else None
        day = (
            None if mention.marker == "revised" else self._day(scene, mention)
        )  # what was revised is older, who knows how much
        # "raised its offer to 5": of the offer before it nothing is known, so this is the first
        line.versions.append(Version("1", day, "revised" if changed and mention.marker != "revised" else None))
        self.lines.append(line)
        return line

    def _day(self, scene: Scene, mention: Mention) -> date | None:
        """When a version is from: the year that its name gives where that is past, else the report's day."""
        day = scene.document.date
        if mention.dated and mention.dated.isdigit() and day is not None and int(mention.dated) < day.year:
            return date(int(mention.dated), 1, 1)
        if mention.dated in MONTHS and day is not None:
            month = MONTHS.index(mention.dated) + 1
            if month != day.month:
                return date(day.year if month < day.month else day.year - 1, month, 1)
        return day

    def _learn(self, scene: Scene, line: Line, mention: Mention) -> None:
        line.authors = line.authors or mention.authors
        line.mediator = line.mediator or mention.mediator
        line.name = line.name or mention.name
        line.points = line.points or mention.points
        line.topic = line.topic or mention.topic

    def _version(
        self, scene: Scene, line: Line, mention: Mention, put: bool, changed: Sequence[Event], terms: Mapping[str, float]
    ) -> Version:  # fmt: skip
        day = scene.document.date
        if mention.number is not None:
            known = next((one for one in line.versions if one.number == mention.number), None)
            if known is not None:
                return known
            return self._next(line, day, "revised", mention.number)
        if mention.marker == "first":
            return line.versions[0]
        latest = line.versions[-1]
        fresh = mention.marker == "revised" or bool(changed)
        if (
            mention.marker == "new"
            and put
            and mention.kind in ("draft", "offer", "bid", "version", "text")
            and (latest.put or latest.terms)
        ):
            fresh = True
        if not fresh:
            if not put and terms and version_differs(latest, terms):  # "the offer of 300", which was raised since
                return next(
                    (one for one in reversed(line.versions) if one.terms and not version_differs(one, terms)), latest
                )
            if mention.dated in MONTHS:
                month = MONTHS.index(mention.dated) + 1
                dated = [one for one in line.versions if one.day and one.day.month == month]
                return (dated or [one for one in line.versions if one.day is None] or [latest])[-1]
            return latest
        told = latest.marker == "revised" and (
            (mention.given and not changed and mention.marker == "revised")
            or day is None or latest.day is None or day - latest.day <= SAME_NEWS
        )  # fmt: skip
        return latest if told else self._next(line, day, "revised", None)

    def _next(self, line: Line, day: date | None, marker: str, number: str | None) -> Version:
        version = Version(number or str(len(line.versions) + 1), day, marker)
        before = line.versions[-1]
        version.terms = dict(before.terms)
        version.to = dict(before.to)
        line.versions.append(version)
        return version

    # --- what is said of it

    def _speaks(self, scene: Scene, line: Line, version: Version, place: Span) -> None:
        """Where a version is first spoken of; one before it that nobody has spoken of is known from there too."""
        words = scene.text[place.start : place.end]
        for one in line.versions:
            if one.spoken is None:
                told = "speaks of it" if one is version else "tells that there was one before"
                one.spoken = (self._ground(scene, place), f"“{words}” {told}")
            if one is version:
                return

    def _ground(self, scene: Scene, place: Span) -> Grounds:
        said = scene.saying(place.start, place.end)
        return Grounds(doc=scene.document.id, statement=said.id if said else None, spans=(place,))

    def _states(self, scene: Scene, line: Line, version: Version, span: Span, revised: bool = False) -> None:
        """Terms that the words of `span` give to a version, and those that they take from it."""
        text = scene.text
        said = scene.saying(span.start, span.end)
        if said is not None and said.modality == "denied":
            return
        for part, out in segments(text, span):
            ground = Grounds(doc=scene.document.id, statement=said.id if said else None, spans=(part,))
            if out:
                for issue in self.reader.spoken_of(part.of(text)):
                    if version.terms.pop(issue, None) is not None or revised:
                        version.dropped[issue] = ground
                continue
            for one in self.reader.stated(scene.document, part):
                self._state(version, one, ground)

    def _state(self, version: Version, one: Stated, ground: Grounds) -> None:
        if one.left_out:
            version.terms.pop(one.issue, None)
            version.dropped[one.issue] = ground
            return
        version.terms[one.issue] = (one.value, ground, one.why)
        version.dropped.pop(one.issue, None)
        version.score = max(version.score, 0.7)

    def _answered(
        self, scene: Scene, sentence: Span, place: Span, next_at: int, line: Line, version: Version
    ) -> None:  # fmt: skip
        words = place.of(scene.text)
        for event in events(scene, sentence, place, next_at, None):
            if " " in words and event.deed in ("accepted", "turned down"):  # a section of it, and not the whole
                event = replace(event, part=True, reservations=(words,))
            if event.deed in ("accepted", "turned down") and not set(event.parties) <= set(line.authors):
                self._yes_or_no(scene, line, version, event)

    def _yes_or_no(self, scene: Scene, line: Line, version: Version, event: Event) -> None:
        for told in self._acceptances(scene, event):
            acceptance = told if event.basis else self._meant_by(version, told)
            if acceptance.party in line.authors and acceptance.accepts:
                continue
            overtake(scene, event, version.acceptances, acceptance)
            if acceptance not in version.acceptances and not told_before(version, acceptance):
                version.acceptances.append(acceptance)

    def _acceptances(self, scene: Scene, event: Event) -> Iterable[Acceptance]:
        if event.standing in ("not", "open"):
            if not (event.standing == "not" and event.deed == "accepted" and _REFUSED.search(event.hedge)):
                return
            event = replace(
                event, deed="turned down", standing="done", reservations=() if not event.part else event.reservations
            )
        for party in event.parties:
            told = scene.told(party, event.place.start, event.place.end, event.hedge)
            if told is None or (told.statement is not None and told.statement.id in self.again):
                continue
            voice: PositionVoice = "forecast" if event.standing == "foretold" else told.voice
            day, behind = told.day, left_behind(scene, event) if voice == "own" else None
            if behind is not None:
                voice, day = "past", behind.day
            score = told.score * {"done": 1.0, "ready": 0.8}.get(event.standing, 0.6) * (0.8 if event.part else 1.0)
            words = scene.text[event.place.start : event.place.end]
            ready = "; it would, and has not yet" if event.standing == "ready" else ""
            yield Acceptance(
                party=party, accepts=event.deed == "accepted", reservations=event.reservations, date=day,
                grounds=(told.grounds(scene.document.id, (event.place,)),), scope="part" if event.part else "whole",
                issues=() if event.basis else tuple(dict.fromkeys(i for one in event.reservations for i in self.reader.spoken_of(one))),
                condition=event.condition, voice=voice, ascribed_by=told.ascribed_by, by=BY, score=round(score, 4),
                why=(f"“{words}”{ready}",),
            )  # fmt: skip

    def _meant_by(self, version: Version, one: Acceptance) -> Acceptance:
        """With the issues that its reservations are about, told by the words of the version's terms where no topic names them."""
        if one.issues or not one.reservations:
            return one
        reserved = {word[:5] for words in one.reservations for word in re.findall(r"[a-z]{5,}", words.lower())} - _PLAIN
        meant = tuple(
            issue for issue, (_, _, why) in version.terms.items()
            if reserved & {word[:5] for word in re.findall(r"[a-z]{5,}", why.partition("”")[0].lower() + why.partition("names “")[2].partition("”")[0].lower())}
        )  # fmt: skip
        return replace(one, issues=meant) if meant else one

    def _undecided(self, scene: Scene, event: Event, rivals: Sequence[Line]) -> None:
        if event.deed in ("accepted", "turned down"):
            for acceptance in self._acceptances(scene, event):
                self.open.append((acceptance, list(rivals), "the words fit more than one proposal alike"))

    def done(self) -> ReadProposals:
        """Everything as records. A proposal that nobody put forward, answered or described is none."""
        kept = [
            line for line in self.lines
            if any(v.put or v.acceptances or v.terms for v in line.versions) or line.name or line.authors or any(line in rivals for _, rivals, _ in self.open)
        ]  # fmt: skip
        ids: dict[int, str] = {}
        taken = {version.written.id for line in kept for version in line.versions if version.written}
        for line in kept:
            if line.versions[0].written is not None:
                ids[id(line)] = line.versions[0].written.id
                continue
            base, n = slug(title(line, {}))[:60].strip("-"), 2
            name = base
            while name in taken:
                name, n = f"{base}-{n}", n + 1
            taken.add(name)
            ids[id(line)] = name
        named = Counter(line.name for line in kept)
        found = [one for line in kept for one in records(line, ids, self.names, shared=named[line.name] > 1)]
        return ReadProposals(
            proposals=tuple(found),
            unresolved=tuple(
                Unresolved(acceptance=one, candidates=tuple(ids[id(line)] for line in rivals if id(line) in ids), why=why)
                for one, rivals, why in self.open
            ),
        )  # fmt: skip


_PLAIN = frozenset({"basis", "claus", "princ", "parts", "terms", "point", "about", "its c", "deman", "provi"})
_REFUSED = re.compile(
    r"\b(?:(?:will|would|can|could|shall|do|does|must) (?:not|never)|cannot|(?:wo|wouldn|ca|couldn|don|doesn|shan)[’']?n?[’']t|refus\w+|unwilling|declin\w+|unable|never (?=accept|agree|sign)|no longer)\b",
    re.IGNORECASE,
)
