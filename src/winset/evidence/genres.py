"""What kind of text it is, and so who speaks: news, transcripts, communiqués, posts, and the reporter's own words."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from winset.domain.statements import Voice
from winset.domain.text import Document, Span, Spans, tidy
from winset.evidence import authors, communiques, guests, inner, issued, nesting, posts, predicates, transcripts
from winset.evidence.hearing import Place
from winset.evidence.mentions import ROLES, Mentions
from winset.evidence.offices import MEDIA
from winset.evidence.sentences import without_dateline
from winset.evidence.sources import Voices
from winset.evidence.told import Told
from winset.language.annotation import Annotation, Attribution

NEAREST = 12  # attributions on either side that may hold the same words
AUTHOR = Voice(id="author", kind="author")
NONE = Voice(id="none", kind="none")
_UNNAMED = re.compile(
    r"\A(?:\w+ ){0,2}(?:ask\w*|request\w*|insist\w*|declin\w*|want\w*|prefer\w*|speak\w*|spoke|talk\w*) (?:on |for |under )?(?:not to be (?:named|identified|quoted)|to be (?:named|identified|quoted)|anonymity|(?:the )?condition (?:of anonymity|that (?:he|she|they) not))",
    re.I,
)
_GATHERED = re.compile(
    r"(?:\n|[Tt]he |[Ww]e, the )(?:(?:[Ff]oreign|[Pp]rime|[Dd]efen[cs]e) )?(?:[Hh]eads of (?:[Ss]tate|[Gg]overnment)(?: and (?:of )?[Gg]overnment)?|[Mm]inisters|[Pp]residents|[Ll]eaders|[Gg]overnments|[Rr]epresentatives|[Dd]elegations|[Ee]nvoys)(?: of [Ff]oreign [Aa]ffairs)? of (?P<who>[^.;\n]{5,200})"
)
_ADDRESSED = re.compile(r"you\b", re.IGNORECASE)
_JOINS = re.compile(r"(?:[,;] (?:and|but|which|while|as|though|although|whereas)|;) [^,;]{0,30}\Z")
_CLAUSE = 25  # characters of a clause that stands by itself
_SUPPOSED = re.compile(r"\b(?:unless|if|whether|until|before|should) (?:\w+ )?\Z")
_OFFICE = re.compile(rf"\((?P<office>[^()]*{ROLES.pattern}[^()]*)\)", re.I)  # "Ms TENNANT (Minister for Trade)"
_POINTS = re.compile(r"(?:of |to |about )?(?:this|that|it|these|those|so)", re.I)
_TRAILING = re.compile(r"[\s.;,]+(?:and\s+)?\Z")
_SEEMS = re.compile(r"\b(?:\w{2,20}ly |now |still |also |long )?(?:seem|appear)(?:s|ed)?\b", re.I)
_FIRST = re.compile(r"\A(?:i|we|me|us)\b", re.I)


def told(
    document: Document, annotation: Annotation, mentions: Mentions, marks: Sequence[Span], voices: Voices
) -> list[Told]:
    """Everything that is said in a document, with what the kind of text settles; in no order."""
    text, sentences = document.text, annotation.sentences
    cues = sorted(span.start for one in annotation.attributions for span in one.cue)
    plain = _once(
        text,
        [
            predicates.rejoined(text, inner.handed_on(text, _undated(text, one)), cues)
            for one in nesting.kept(text, annotation.attributions)
        ],
    )
    plain = _each_its_own(text, plain)
    plain += predicates.further(text, plain)
    plain += inner.within(text, plain, marks)
    turns = transcripts.turns(text)
    if turns:
        found = _turns(text, turns, plain, voices)
        return found + _reporters(text, sentences, [one.attribution for one in found], marks, mentions, turns[0].start)
    joint = issued.form(text, sentences)
    if joint is not None:
        return _communique(text, joint, plain, voices, mentions)
    posted = posts.posts(text)
    if posted:
        found = _posts(text, posted, plain, voices)
        return found + _reporters(text, sentences, [one.attribution for one in found], marks, mentions, len(text))
    plain += authors.unclaimed(text, plain, marks, [(one.start, one.end) for one in mentions.named if not one.owned])
    found = _each(text, plain)
    return found + _reporters(text, sentences, [one.attribution for one in found], marks, mentions, len(text))


def _undated(text: str, one: Attribution) -> Attribution:
    """Without the dateline where what is said opens a paragraph, also where it was taken for a part of its own."""
    first, last = one.content[0], one.content[-1]
    if text[max(first.start - 1, 0) : first.start].strip():
        return one
    begin = without_dateline(text, Span(first.start, last.end)).start
    if begin == first.start:
        return one
    kept = tuple(Span(max(span.start, begin), span.end) for span in one.content if span.end > begin)
    return replace(one, content=kept) if kept else one


def _once(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Without those that nobody tells and that tell over again, or only put in front, what another one holds."""
    kept = []
    for number, one in enumerate(found):
        if not one.source:
            own = _extent(one)
            others = [
                other
                for at, other in enumerate(found)
                if at != number and abs(other.content[0].start - own.start) < 2_000
            ]
            if any(
                (other.source and _wraps(one, other))
                or (not other.source and at_first(other, one) and _extent(other).overlaps(own))
                for other in others
            ):
                continue
        elif transcripts.is_heading(
            " ".join(span.of(text) for span in one.source), " ".join(span.of(text) for span in one.cue)
        ) or _UNNAMED.search(_from_cue(text, one)):
            continue
        kept.append(one)
    return kept


_BESIDE = 3  # characters between what is said and a clause of saying that closes it


_OWN_SENTENCE = re.compile(
    r"(?!(?:He|She|It|They|We|I|This|That|These|Those|His|Her|Its|Their|There|But|And|Nor|So|If|In|On|At|As|Even|Instead|Otherwise|Then|Still)\b)(?:The )?[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,3} "
    r"(?:would|will|has|had|wants?|wanted|is|was|insists?|refuses?|rejects?|rejected|demands?|demanded|asks?|asked|offered|offers?|raised|lowered|accepted|agreed|withdrew)\b"
)


def _told_outside(text: str, one: Attribution, span: Span) -> bool:
    """Whether a later, unquoted part of what is said is a sentence of the reporter's own, about another: "Halland wants it, its minister
    said. Iceria would go no higher"."""
    said = max(end.end for end in (*one.source, *one.cue))
    last = max(one.content, key=lambda each: each.end if each.end <= said else -1)
    if one.content[0].start > said:
        return False
    if span.start < said and not (span.end < last.start and re.match(r"\.?\s+\Z", text[span.end : last.start])):
        return False
    if span.start >= said and not re.search(r"[.!?]\s+\Z", text[said : span.start]):
        return False
    opening = _OWN_SENTENCE.match(text, span.start, span.end)
    names = set(re.findall(r"[A-ZÀ-Þ][\w-]+", last.of(text)))
    return opening is not None and not names & set(re.findall(r"[A-ZÀ-Þ][\w-]+", opening.group()))


def _each_its_own(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Without a part of what somebody says that the clause of saying right behind it gives to another ("It must go, the guild said.
    “They broke it,” Reck said"), or that the reporter tells."""
    closed = {
        one.content[-1].end: min(span.start for span in (*one.source, *one.cue))
        for one in found
        if one.source and one.cue and len(one.content) == 1
    }
    kept = []
    for one in found:
        if len(one.content) > 1 and one.cue:
            own = min(span.start for span in (*one.source, *one.cue))
            rest = [
                span for span in one.content
                if not _told_outside(text, one, span)
                and not (span.end in closed and closed[span.end] != own and 0 <= closed[span.end] - span.end <= _BESIDE < own - span.end)
            ]  # fmt: skip
            one = replace(one, content=tuple(rest)) if rest and len(rest) < len(one.content) else one
        kept.append(one)
    return kept


def _from_cue(text: str, one: Attribution) -> str:
    """The words from the cue on, though an annotator may have stopped in the midst of "asked not to be named"."""
    if one.cue and one.content[-1].start >= one.cue[0].start:
        return text[one.cue[0].start : one.cue[0].start + 80]
    return " ".join(span.of(text) for span in one.cue + one.content)[:80]


def at_first(one: Attribution, other: Attribution) -> bool:
    """Whether `one` has the wider content of two, or the same and stands first."""
    return (sum(map(len, one.content)), -_extent(one).start) > (sum(map(len, other.content)), -_extent(other).start)


def _wraps(outside: Attribution, inner: Attribution) -> bool:
    """Whether a telling without a source says nothing but that somebody else tells something."""
    inside = _extent(inner)
    held = any(span.start <= inside.start + 5 and inside.end <= span.end + 5 for span in outside.content)
    return held and len(inside) >= 0.7 * sum(map(len, outside.content))


def _each(text: str, plain: Sequence[Attribution]) -> list[Told]:
    """Each attribution as told; what is foretold inside another's words is theirs, told once, and not the reporter's."""
    found = []
    for one in plain:
        made = _seeming(text, _foretold(text, one))
        if made.voice is not AUTHOR:
            found.append(made)
            continue
        around = [
            other for other in plain if other is not one and other.source and _extent(other).overlaps(_extent(one))
        ]
        if not around:
            found.append(made)
        elif any(span.contains(_extent(one)) for other in around for span in other.content):
            found.append(Told(one))
    return found


_OPENS_QUOTATION = frozenset("“\"„«‘'`")


def _foretold(text: str, one: Attribution) -> Told:
    """ "Russia will probably insist on it", with nobody who says so, is the reporter's forecast and no demand yet.

    Words in quotation marks stay whose they are given to be: "a reader would now ask: “Why?”".
    """
    if not nesting.stance_foretold(text, one) or text[one.content[0].start] in _OPENS_QUOTATION:
        return Told(one)
    return _authors(one, "foretold without a source: the reporter's own words")


def _seeming(text: str, made: Told) -> Told:
    """ "Beijing seems unwilling to talk" is the reporter's judgement of Beijing and nothing that Beijing says."""
    one = made.attribution
    cue = " ".join(span.of(text) for span in one.cue)
    lead = one.source or one.content
    if made.voice is not None or not _SEEMS.match(cue) or lead[0].start > one.cue[0].start:
        return made
    if one.source and _FIRST.match(one.source[0].of(text)):
        return made
    return _authors(one, "how it seems to the reporter: nobody says so")


def _authors(one: Attribution, why: str) -> Told:
    """The whole of an attribution as the reporter's own words."""
    return Told(Attribution(source=(), cue=(), content=(_extent(one),), score=one.score, why=(why,)), voice=AUTHOR)


def _reporters(
    text: str, sentences: Spans, taken: Sequence[Attribution], marks: Sequence[Span], mentions: Mentions, end: int
) -> list[Told]:
    """Hearsay, the reporter's own claims, and concessions told in passing, up to `end`."""
    before = tuple(sentence for sentence in sentences if sentence.end <= end)
    heard = authors.hearsay(text, before, taken, marks)
    own = authors.claims(text, before, [*taken, *heard], marks, [start for start, *_ in mentions.places])
    passing = [
        Attribution(source=(), cue=(), content=(span,), score=authors.SCORE, why=("a concession told in passing",))
        for span in authors.concessions(text, before)
        if not any(content.contains(span) for one in [*taken, *own, *heard] for content in one.content)
    ]
    return (
        [Told(one, voice=NONE) for one in heard]
        + [Told(one, voice=AUTHOR) for one in own]
        + [Told(one, voice=AUTHOR, presupposed=True) for one in passing]
    )


# ------------------------------------------------------------------ transcripts


def _turns(text: str, turns: list[transcripts.Turn], plain: Sequence[Attribution], voices: Voices) -> list[Told]:
    """One statement a paragraph of each turn, what others are quoted with inside it, and what stands before the first turn or behind the
    last."""
    begin = turns[0].start
    over = max(span.end for turn in turns for span in turn.words)
    found = _each(text, [one for one in plain if _extent(one).end <= begin or _extent(one).start >= over])
    answering = _interviewed(text, turns, voices)
    spans = sorted((span.start, span.end) for turn in turns for span in turn.words)
    here = list(dict.fromkeys(id for start, _, id in voices.mentions.places if start < begin))
    whole = transcripts.by_initials(turns)
    for turn in turns:
        voice = _speaker(text, whole.get(turn.label.replace(".", ""), turn), voices, answering)
        if voice.party is None and voice.role and len(here) == 1:
            voice = replace(voice, party=here[0])
        for words in turn.words:
            if text[words.start] in "([" and text[words.end - 1] in ")]":
                continue
            one = Attribution(
                source=(turn.name,) if turn.name else (), cue=(turn.mark,) if turn.mark else (), content=(words,),
                score=0.95, why=(f"a turn of {turn.label}",),
            )  # fmt: skip
            found.append(Told(one, voice=voice, kind="direct", label=turn.label))
    starts = [start for start, _ in spans]
    for one in plain:
        extent = _extent(one)
        at = bisect_right(starts, extent.start) - 1
        inside = at >= 0 and extent.end <= spans[at][1]
        teller = " ".join(span.of(text) for span in one.source)
        if inside and one.source and not _FIRST.match(teller):
            found.append(Told(one))
    return found


def _extent(one: Attribution) -> Span:
    spans = one.source + one.cue + one.content
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _interviewed(text: str, turns: list[transcripts.Turn], voices: Voices) -> Voice | None:
    """Whoever "A" or a spokesperson's bare name is: the one person, or office, that the words ahead of the first turn name."""
    begin = turns[0].start
    people = list({mention.who.id: mention.who for mention in voices.mentions.named if mention.end <= begin}.values())
    people = [one for one in people if not guests.asks(text, one.name, begin)]
    asked = next((turn.words[0].of(text) for turn in turns if turn.asks), "")
    ranked = sorted(people, key=lambda one: (not one.roles, not guests.called(asked, one.last), not one.described))
    if ranked:
        return voices.person(ranked[0])
    head = re.search(
        r"\b(?:spokes(?:man|woman|person)|minister|president|ambassador|envoy|secretary[- ]general|chancellor|premier)\b[^\n.]{0,100}",
        text[:begin],
        re.I,
    )
    if head is None:
        return None
    party = voices.mentions.names.of(head.group()) or voices.mentions.names.of(text[:begin])
    role = ROLES.search(head.group())
    return Voice(
        id="interviewed", kind="anonymous", description=" ".join(head.group().split()), standing="official", party=party,
        role=role.group().lower() if role else None,
    )  # fmt: skip


def _speaker(text: str, turn: transcripts.Turn, voices: Voices, answering: Voice | None) -> Voice:
    label = re.sub(r"\s+", " ", turn.label)
    if turn.asks:
        return Voice(id=guests.ASKS, kind="anonymous", description=label, standing="other")
    if turn.answers:
        return answering or Voice(id="answerer", kind="anonymous", description=label)
    if re.match(
        r"(?:the )?(?:moderator|host|chair(?:man|woman|person)?|operator|interpreter|participant|speaker|voice|crowd)\b",
        label,
        re.I,
    ):
        return Voice(id=re.sub(r"\W+", "-", label.lower()), kind="anonymous", description=label, standing="other")
    words = label.title() if label.isupper() and not MEDIA.search(label) else label
    office = _OFFICE.search(words)
    words = re.sub(r"\s*\([^)]*\)", "", words)
    if words.startswith("@"):
        return _account(words, voices)
    return voices.labelled(words, turn.start, answering, office.group("office") if office else "")


# ------------------------------------------------------------------ posts


def _account(handle: str, voices: Voices) -> Voice:
    words = posts.readable(handle)
    known = next((part for part in (words, *words.split()) if voices.mentions.names.id_of(part)), None)
    party = voices.mentions.names.id_of(known) if known else _inside(handle, voices)
    return Voice(
        id=party if party and known == words else handle.lower().lstrip("@"), kind="collective", name=handle, party=party,
        standing="official" if party else None,
    )  # fmt: skip


def _inside(handle: str, voices: Voices) -> str | None:
    """The state whose name a handle holds in lower or upper case ("MofaQatar", "IsraelMFA", "mfa_russia")."""
    for part in re.findall(r"[A-Z]?[a-z]{3,}|[A-Z]{2,}", handle.lstrip("@")):
        for form in (part.capitalize(), part.upper(), part):
            party = voices.mentions.names.id_of(form)
            if party:
                return party
    return None


def _posts(text: str, found: list[posts.Post], plain: Sequence[Attribution], voices: Voices) -> list[Told]:
    told: list[Told] = []
    spans: list[tuple[Span, Voice]] = []
    for post in found:
        name = post.name.of(text)
        voice = _account(name, voices) if name.startswith("@") else voices.labelled(name, post.name.start, None)
        if voice.party is None and not name.startswith("@"):
            handle = re.match(r"\s*[(\[]?(@\w+)", text[post.name.end : post.name.end + 40])
            party = _inside(handle.group(1), voices) if handle else None
            voice = replace(voice, party=party, standing=voice.standing or ("official" if party else None))
        for stretch in post.words:
            spans.append((stretch, voice))
            cue = (post.mark,) if post.mark else ()
            told.append(
                Told(Attribution(source=(post.name,), cue=cue, content=(stretch,), score=0.9, why=("a post of this account",)),
                     voice=voice, kind="direct", label=name)
            )  # fmt: skip
    starts = [span.start for span, _ in spans]
    for one in plain:
        extent = _extent(one)
        at = bisect_right(starts, extent.end - 1) - 1
        if at < 0 or not spans[at][0].overlaps(extent):
            told.append(_foretold(text, one))
        elif spans[at][0].contains(extent) and one.source and not _FIRST.match(one.source[0].of(text)):
            party = voices.mentions.names.of(" ".join(span.of(text) for span in one.source))
            if party is None or party != spans[at][1].party:
                told.append(Told(one))
    return told


# ------------------------------------------------------------------ communiqués


def _communique(
    text: str, found: communiques.Communique, plain: Sequence[Attribution], voices: Voices, mentions: Mentions
) -> list[Told]:
    """Each sentence of a communiqué is the issuing bodies' own, with the cue where it has one; one party's own pledge is its own."""
    issuers = _issuers(text, found.issuers, voices, mentions)
    by_sentence: dict[int, list[Attribution]] = {}
    starts = [sentence.start for sentence in found.sentences]
    for one in plain:
        at = bisect_right(starts, _extent(one).start) - 1
        if at >= 0:
            by_sentence.setdefault(at, []).append(one)
    told: list[Told] = []
    begins = sorted(min(span.start for span in one.source + one.cue) for one in plain if one.cue)
    for number, sentence in enumerate(found.sentences):
        mine = by_sentence.get(number, [])
        selves = communiques.spoken_by_itself(text, sentence)
        if found.written and selves is not None and selves.of(text).lower() != "we":
            selves = None
        kept: list[Attribution] = []
        for one in mine:
            words = " ".join(span.of(text) for span in one.source)
            if found.written and _ADDRESSED.match(words):
                continue  # "You want to cut ...": the writer says so
            own = (
                not words
                or (selves is not None and one.source[0].overlaps(selves))
                or _is_issuer(words, issuers, voices, one)
            )
            content = _whole_content(text, one, sentence, begins) if own or not found.written else one
            if _SUPPOSED.search(text, sentence.start, _extent(one).start):
                continue  # "unless the parties decide otherwise"
            if own and _POINTS.fullmatch(" ".join(span.of(text) for span in content.content)):
                continue  # "We have seen no evidence of this": the sentence says it
            told.append(Told(content, voice=issuers, issuing=True) if own else Told(content))
            kept.append(content)
        rest = sentence if not kept else _ahead_of(text, sentence, kept)
        for body in communiques.parts(text, rest) if rest is not None else ():
            why = ("a sentence of the issuing bodies' own text",)
            source = (selves,) if selves is not None and body.start <= selves.end <= body.end else ()
            told.append(
                Told(
                    Attribution(source=source, cue=(), content=(body,), score=0.7, why=why),
                    voice=issuers,
                    kind="direct",
                    issuing=True,
                )
            )
    return told


def _issuers(text: str, span: Span, voices: Voices, mentions: Mentions) -> Voice:
    """The bodies that issue a text: its parties where it names several, else the one office or body."""
    words = " ".join(span.of(text).split()).strip(" ,.:;–—-")
    words = re.sub(
        r"^(?:the )?(?:meeting|summit|conference|session|consultations?) (?:of|between) (?:the )?",
        "",
        words,
        flags=re.I,
    )
    parties = list(dict.fromkeys(id for _, _, id in mentions.names.places(words)))
    if len(parties) < 2:
        opening = _GATHERED.search(text, span.end, span.end + 500)
        gathered = (
            list(dict.fromkeys(id for _, _, id in mentions.names.places(opening.group("who")))) if opening else []
        )
        parties = gathered if len(gathered) >= 2 and (not parties or parties[0] in gathered) else parties
    if len(parties) >= 2:
        return Voice(
            id="+".join(sorted(parties)), kind="collective", name=words, standing="official", members=tuple(parties)
        )
    voice, _ = voices.resolve(words, Place(span.start))
    if voice.kind == "collective":
        return replace(voice, candidates=())
    return Voice(id=voice.id, kind="collective", name=words, standing=voice.standing or "official", party=voice.party)


def _is_issuer(words: str, issuers: Voice, voices: Voices, one: Attribution) -> bool:
    ids = {id for *_, id in voices.mentions.names.places(words)}
    return len(ids) >= 2 and ids <= set(issuers.members)


def _party_alone(words: str, voices: Voices) -> str | None:
    ids = {id for *_, id in voices.mentions.names.places(words)}
    return next(iter(ids)) if len(ids) == 1 else None


def _whole_content(text: str, one: Attribution, sentence: Span, begins: Sequence[int]) -> Attribution:
    """What a sentence of the text says goes to its end: nobody breaks in."""
    last = one.content[-1]
    if last.start >= sentence.end:
        return one  # a quotation that goes on behind the clause of saying
    later = bisect_right(begins, one.cue[-1].end if one.cue else last.end)
    end = min(sentence.end, begins[later]) if later < len(begins) else sentence.end
    end -= len(text[last.end : end]) - len(_TRAILING.sub("", text[last.end : end])) if end > last.end else 0
    if end < last.end:
        last = Span(last.start, max(end, last.start + 1))
        return replace(
            one,
            content=tidy(
                [
                    *one.content[:-1],
                    Span(last.start, last.start + len(_TRAILING.sub("", last.of(text)))),
                ]
            ),
        )
    if one.cue and one.cue[-1].end <= one.content[0].start and end > last.end:
        content = tidy([*one.content[:-1], Span(last.start, end)])
        return replace(one, content=content)
    return one


def _ahead_of(text: str, sentence: Span, kept: Sequence[Attribution]) -> Span | None:
    """What a sentence says before what somebody is told to say in it: "Relief must pass, and the Ministry recalls that ..."."""
    first = min(_extent(one).start for one in kept)
    lead = _JOINS.search(text, sentence.start, first)
    return Span(sentence.start, lead.start()) if lead is not None and lead.start() - sentence.start >= _CLAUSE else None
