"""Document + Annotation -> statements: whose words, what they do, when they were said."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from winset.domain.actors import Party
from winset.domain.statements import Kind, Statement, Voice
from winset.domain.text import Document, Period, Span, Spans, tidy
from winset.evidence import acts, cue_acts, genres, nesting, quotes, said_when
from winset.evidence.hearing import Place
from winset.evidence.mentions import Mentions, scan
from winset.evidence.parties import PartyNames
from winset.evidence.sources import Voices
from winset.evidence.standing import speaks_for_some_party
from winset.evidence.subjects import Owners
from winset.evidence.told import Told
from winset.language.annotation import Annotation, Attribution

MOST = 2_000  # characters of a content from which its act is read
PIECES = 20  # spans of a content that are looked at
NEAR = 1  # sentences before a statement in which the other side is named
FEW = 3  # parties in a document of which "they" may be told without more
BEGINS = 12  # characters of what is said within which the party stands that an official speaks for
NEARBY = 400  # characters before in which that party has been spoken of
AGO = 20  # names before that are looked at
_WOULD = re.compile(
    r"\W{0,3}(?:(?:now|still|also|never) )?(?:would|will|is|was|has|had|could|can|may|might|does|did|do|remains?|wants?|seeks?|rejects?|accepts?|supports?|welcomes?|"
    r"refuses?|demands?|insists?|intends?|plans?|expects?|needs?)\b"
)
_TOGETHER = re.compile(
    r"(?:the )?(?:two|three|four|five|six|seven|both|(?:rival |warring |opposing )?(?:sides|parties))\b(?! of\b)|(?:the|all) (?:two|three|sides|parties)\b",
    re.I,
)
_SUBJECT = re.compile(
    r"(?:\A|, )(?P<who>(?!it\b)[^\W\d_][^,.;:?!“”\"\n]{1,80}?)\s*\Z"
)  # the subject right before a cue
_SELF = re.compile(r"\A(?:that )?(?:[^\W\d_]+ )?(?P<who>he|she|his|her)\b", re.IGNORECASE)
_PARTICLE = re.compile(r" (?:out|down|off|back)\b")
_HEARS = re.compile(
    r"\b(?:am|is|are|was|were|been|being) (?:\w+ly |also |then |now )?(?:told|informed|assured|warned|notified|advised|promised)\b"
)
_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly)\b|\b(?:am|is|are|was|were|been) (?:widely |also |now )?(?:said|believed|thought|understood|reported|rumou?red|alleged|known)(?: to)?\Z",
    re.I,
)
_HEARSAY_WORDS = re.compile(rf"(?:\bit (?=is|was|has))?(?:{cue_acts.HEARSAY.pattern})(?: to| that)?,? ?", re.I)
_BY = re.compile(
    r"\bby (?P<who>(?:(?! that\b| not\b| on\b| in\b| to\b)[^,.;:“”\"\n]){2,60})"
)  # the teller behind "was told"
_BODY_OF = re.compile(
    r"[’']s (?:[a-z-]+ ){0,2}?(?:board|family|office|government|party|cabinet|management|council|camp|lawyers?|negotiators?|delegation|ministry|union|team|side|parliament)\b(?![’'])"
)
_PRICE = re.compile(
    r"(?: (?:late |early )?(?:on )?(?:\w+day|yesterday|today)(?: (?:morning|evening|night))?)?, (?P<price>(?:but only )?(?:in (?:return|exchange) for|provided(?: that)?|if|unless|as long as|on condition that) "
    r"[^.;:!?\n“”\"]{5,200})(?=[.;])"
)
_ABOUT = frozenset(["forecast", "assessment", "accusation", "praise", "report"])


def extract(document: Document, annotation: Annotation, parties: Sequence[Party] = ()) -> list[Statement]:
    """The statements of one document, numbered `doc#n` by first content offset, then source, then cue.

    `parties` of a case give their own ids and names; without any, ids are slugs of names in the text. Never raises.
    """
    text = document.text
    marks = [mark.span for mark in quotes.quotations(text)]
    persons = [name.span for name in annotation.names if name.kind == "person"]
    mentions = scan(text, PartyNames(parties), persons)
    _genders(text, annotation.attributions, mentions)
    voices = Voices(text, mentions, annotation.sentences, marks, tuple(parties))
    told = sorted(genres.told(document, annotation, mentions, marks, voices), key=lambda one: _order(one.attribution))
    inside = nesting.outer([one.attribution for one in told])
    return _Writer(document, annotation, voices, marks).write(told, inside)


def _order(attribution: Attribution) -> tuple[int, int, int]:
    def first(spans: Spans) -> int:
        return spans[0].start if spans else -1

    return first(attribution.content), first(attribution.source), first(attribution.cue)


@dataclass(slots=True)
class _Writer:
    """Turns what is told into statements, one after the other."""

    document: Document
    annotation: Annotation
    voices: Voices
    marks: list[Span]
    starts: list[int] = field(default_factory=list)  # where what is said begins, of every statement, in order

    def write(self, told: Sequence[Told], inside: dict[int, int]) -> list[Statement]:
        """All of them, with the ids of the statements that they stand within."""
        ends = [mark.end for mark in self.marks]
        self.starts = sorted(one.attribution.content[0].start for one in told)
        ids = [f"{self.document.id}#{number}" for number in range(1, len(told) + 1)]
        found: list[Statement] = []
        for number, one in enumerate(told):
            first, last = one.attribution.content[0].start, one.attribution.content[-1].end
            at = bisect_right(ends, first)
            near = [mark for mark in self.marks[at : at + 400] if mark.start < last]
            around = found[inside[number]] if inside.get(number, number) < number else None
            direct = around is not None and around.kind == "direct"
            self.voices.mouth = around.speaker.id if around is not None and direct else None
            found.append(self._statement(ids[number], one, near))
        for inner, outside in inside.items():
            found[inner] = self._within(found[inner], found[outside])
        return found

    def _within(self, inner: Statement, outside: Statement) -> Statement:
        """A statement that somebody else tells of: about its own speaker, and never that speaker's by itself."""
        speaker = inner.speaker
        about = speaker.party or inner.about
        if about is not None and about in (outside.speaker.party, *outside.speaker.members):
            about = inner.about
        return replace(
            inner, within=outside.id, about=about,
            why=(*inner.why, f"it is told within {outside.id}"),
        )  # fmt: skip

    def _statement(self, id: str, one: Told, marks: list[Span]) -> Statement:
        text, attribution = self.document.text, self._with_price(one.attribution)
        attribution, heard = self._teller(self._with_body(attribution))
        source = " ".join(span.of(text) for span in attribution.source)
        cue = " ".join(" ".join(span.of(text) for span in attribution.cue).split()) + self._particle(attribution)
        content = " ".join(span.of(text)[:MOST] for span in attribution.content[:PIECES])[:MOST]
        words = self._heard(attribution, cue, content)
        kind = one.kind or kind_of(text, attribution.content, marks)
        why: tuple[str, ...] = ()
        if one.voice is not None:
            voice = one.voice
            self.voices.heard(one.voice, attribution.content[0].start)
        else:
            at = attribution.source[0].start if attribution.source else 0
            place = Place(at, attribution.content) if attribution.source else None
            voice, why = self.voices.resolve(source, place, asks=content.rstrip("”\"’' ").endswith("?"))
            voice, why = self._at_home(voice, why, source, cue, attribution.content[0])
        several = bool(voice.members) or self.voices.unnamed.plural(voice)
        owners = Owners(
            self.voices, voice, attribution.content[0].start, direct=kind == "direct" or one.label is not None, several=several, issuing=one.issuing,
            other=self._other_side(voice, attribution.content[0].start),
        )  # fmt: skip
        act = acts.done(
            "" if one.label else cue,
            words,
            owners,
            direct=kind == "direct",
            joint=bool(voice.members) or _TOGETHER.match(source) is not None,
            bystander=voice.standing == "expert",
        )
        if one.presupposed:
            act = replace(
                act, acts=("concession",), event="CONCEDE", tense="past", why=("told in passing as given up already",)
            )
        elif voice.kind == "author" and act.acts[0] == "report":
            act = replace(act, acts=("assessment",), why=("a judgement of the reporter's own",))
        about = act.about
        if about is None and act.acts[0] in ("accusation", "praise", "assessment", "refusal"):
            about = (
                self._object(content, voice)
                if act.acts[0] in ("accusation", "praise", "assessment") and act.by_cue
                else None
            )
        if one.presupposed:
            about = self._conceder(attribution.content[0].start)
        elif act.acts[0] not in _ABOUT:
            about = None
        return Statement(
            id=id, doc=self.document.id, source=tidy(attribution.source), cue=tidy(attribution.cue),
            content=tidy(attribution.content), kind=kind, speaker=voice,
            acts=act.acts, modality=act.modality, negated=act.negated, tense=act.tense,
            about=about, condition=act.condition, event=act.event, date=self._said_on(attribution),
            score=min(max(attribution.score, 0.0), 1.0), why=(*attribution.why, *heard, *why, *act.why), by=self.annotation.by,
        )  # fmt: skip

    def _with_body(self, attribution: Attribution) -> Attribution:
        """With the rest of a source that stops at whose it is: "Kestler | 's board"."""
        if not attribution.source:
            return attribution
        last = attribution.source[-1]
        body = _BODY_OF.match(self.document.text, last.end)
        taken = body and any(
            span.start < body.end() and last.end < span.end for span in (*attribution.cue, *attribution.content)
        )
        if body is None or taken:
            return attribution
        return replace(attribution, source=(*attribution.source[:-1], Span(last.start, body.end())))

    def _particle(self, attribution: Attribution) -> str:
        """The particle right behind a cue that stops short of it: "ruled | out"."""
        if not attribution.cue:
            return ""
        end = attribution.cue[-1].end
        found = _PARTICLE.match(self.document.text, end)
        taken = found and any(span.start < found.end() and end < span.end for span in attribution.content)
        return found.group() if found and not taken else ""

    def _teller(self, attribution: Attribution) -> tuple[Attribution, tuple[str, ...]]:
        """Who tells where somebody "was told": whoever stands behind "by", else nobody who is named."""
        text = self.document.text
        cue, source = attribution.cue, attribution.source
        if cue and not source:
            return self._with_subject(attribution), ()
        if not cue or source[-1].start > cue[0].start:
            return attribution, ()
        words = " ".join(span.of(text) for span in cue)
        if _HEARSAY.search(words):
            return replace(attribution, source=(), content=tidy([*source, *attribution.content])), (
                f"hearsay: “{' '.join(span.of(text) for span in source)}” does not tell it",
            )
        if not _HEARS.search(words):
            return attribution, ()
        by = _BY.search(text, cue[-1].start, cue[-1].end + said_when.AROUND)
        if by is None or any(span.start < by.start("who") < span.end for span in attribution.content):
            return attribution, ()
        return replace(attribution, source=(Span(*by.span("who")),)), (
            f"“{' '.join(span.of(text) for span in source)}” is told it by “{by.group('who')}”",
        )

    def _heard(self, attribution: Attribution, cue: str, content: str) -> str:
        """What hearsay tells as a clause of its own: "Minsk is believed to be holding them" without "is believed to"."""
        if not cue_acts.HEARSAY.search(cue):
            return content
        spans = sorted((*attribution.source, *attribution.cue, *attribution.content))
        whole = self.document.text[spans[0].start : min(spans[-1].end, spans[0].start + MOST)]
        return _HEARSAY_WORDS.sub("", whole, count=1)

    def _with_subject(self, attribution: Attribution) -> Attribution:
        """Hearsay together with those of whom it is told: "Minsk | is believed | to be holding them"."""
        text, cue = self.document.text, attribution.cue[0]
        begin = self._sentence(cue.start).start
        if (
            not _HEARSAY.search(" ".join(span.of(text) for span in attribution.cue))
            or attribution.content[0].start < cue.start
        ):
            return attribution
        lead = _SUBJECT.search(text[max(begin, cue.start - said_when.AROUND) : cue.start])
        if lead is None:
            return attribution
        end = cue.start - (len(lead.group()) - len(lead.group().rstrip()))
        start = cue.start - len(lead.group("who")) - (cue.start - end)
        return (
            replace(attribution, content=tidy([Span(start, end), *attribution.content])) if start < end else attribution
        )

    def _with_price(self, attribution: Attribution) -> Attribution:
        """With the condition or the price that stands behind the clause of saying: "..., Bering said on Sunday, in return for a tax"."""
        first, cue = attribution.content[0], attribution.cue
        if not cue or first.start > cue[0].start or attribution.content[-1].end > cue[0].start:
            return attribution
        end = max(span.end for span in (*cue, *attribution.source))
        price = _PRICE.match(self.document.text, end, end + said_when.AROUND + 240)
        if price is None or bisect_left(self.starts, end) < bisect_left(self.starts, price.end("price")):
            return attribution
        return replace(attribution, content=(*attribution.content, Span(*price.span("price"))))

    def _at_home(
        self, voice: Voice, why: tuple[str, ...], source: str, cue: str, content: Span
    ) -> tuple[Voice, tuple[str, ...]]:
        """An official of whom the text does not say whose, and who tells what a party just spoken of does, speaks for it:
        "Baku has not answered. Foreign Minister Tural Mamedli said Baku would ..."."""
        who = f"{voice.role or ''} {voice.description or ''} {source}"
        if voice.kind != "named" or voice.party is not None or not speaks_for_some_party(who) or not cue_acts.says(cue):
            return voice, why
        text, mentions = self.document.text, self.voices.mentions
        at = bisect_left(mentions.places, (content.start, 0, ""))
        start, end, party = mentions.places[at] if at < len(mentions.places) else (content.end, content.end, "")
        if start > content.start + BEGINS or not _WOULD.match(text, end, content.end):
            return voice, why
        if all(id != party for begin, _, id in mentions.places[:at][-AGO:] if content.start - begin < NEARBY):
            return voice, why
        for person in mentions.by_surname(voice.name.split()[-1]) if voice.name else []:
            if person.party is None:
                person.party = party
        return replace(voice, party=party), (*why, f"an official who tells what “{text[start:end]}” does")

    def _other_side(self, voice: Voice, at: int) -> str | None:
        """Whom "they" most likely means in somebody's mouth: the party named last that is not the speaker's own."""
        own = {id for id in (voice.party, *voice.members) if id}
        places = self.voices.mentions.places
        index = bisect_right(places, (at, 0, "")) - 1
        here = bisect_right(self.voices.starts, at)
        everywhere = self.voices.everywhere
        while own and index >= 0 and here - bisect_right(self.voices.starts, places[index][0]) <= NEAR:
            if places[index][2] not in own:
                return places[index][2]
            index -= 1
        if voice.party is None:
            if (
                len(everywhere) <= FEW
                and index >= 0
                and here - bisect_right(self.voices.starts, places[index][0]) <= NEAR
            ):
                return places[index][2]
            return None
        others = [id for id in everywhere if id not in own]
        return others[0] if len(others) == 1 else None

    def _object(self, content: str, voice: Voice) -> str | None:
        """The party that is accused, praised or judged by an object: "accused Moscow of ..."."""
        own = {id for id in (voice.party, *voice.members) if id}
        names = self.voices.mentions.names.places(content[:120])
        if names and names[0][2] not in own:
            return names[0][2]
        human = re.search(r"\b[A-Z][\w-]+\b", content[:80])
        same = self.voices.mentions.by_surname(human.group()) if human else []
        return same[0].party if same and same[0].party not in own else None

    def _conceder(self, at: int) -> str | None:
        """The party that a concession told in passing is laid to: the one named last in its sentence, or first behind it where it opens one."""
        places, sentence = self.voices.mentions.places, self._sentence(at)
        index = bisect_left(places, (at, 0, ""))
        if index and places[index - 1][0] >= sentence.start:
            return places[index - 1][2]
        comma = self.document.text.find(",", at, sentence.end)
        index = bisect_left(places, (comma, 0, ""))
        if comma >= 0 and index < len(places) and places[index][0] < min(sentence.end, comma + NEARBY):
            return places[index][2]
        return self.voices.mentions.party_before(at, 300)

    def _said_on(self, attribution: Attribution) -> Period | None:
        """The day of saying, from the words around the clause of saying, never from what is said."""
        if not attribution.cue:
            return None
        sentence = self._sentence(attribution.cue[0].start)
        windows = said_when.around(
            self.document.text, attribution.cue, attribution.source, attribution.content, sentence, self.starts
        )
        return said_when.first_of(windows, self.document.date)

    def _sentence(self, at: int) -> Span:
        starts = self.voices.starts
        index = bisect_right(starts, at) - 1
        return self.annotation.sentences[index] if index >= 0 else Span(0, max(len(self.document.text), 1))


def _genders(text: str, attributions: Sequence[Attribution], mentions: Mentions) -> None:
    """ "Sato said she hoped": what is said often opens with the speaker, and tells the gender of a name."""
    for one in attributions:
        if not one.source or (one.cue and one.content[0].start < one.cue[0].start):
            continue
        found = _SELF.match(one.content[0].of(text)[:40])
        words = re.sub(r"[, ]+\Z", "", one.source[0].of(text)).split() if found else []
        same = mentions.by_surname(words[-1]) if words else []
        if found and len(same) == 1 and same[0].gender is None:
            same[0].gender = "m" if found.group("who").lower() in ("he", "his") else "f"


def kind_of(text: str, content: Spans, marks: list[Span]) -> Kind:
    """Direct where every word stands between quotation marks, mixed where some do."""
    inside = outside = False
    for span in content:
        at = span.start
        for mark in marks:
            if mark.end <= at or mark.start >= span.end:
                continue
            outside = outside or re.search(r"\w", text[at : max(mark.start, at)]) is not None
            inside = inside or re.search(r"\w", text[max(mark.start, at) : min(mark.end, span.end)]) is not None
            at = max(at, min(mark.end, span.end))
        outside = outside or re.search(r"\w", text[at : span.end]) is not None
        if inside and outside:
            return "mixed"
    return "direct" if inside else "indirect"
