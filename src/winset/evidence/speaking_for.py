"""Which party each voice of a record speaks for, once its parties are known, and what its words then do."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from winset.domain.actors import Party, slug
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Span
from winset.evidence import acts, guests, issuers, joint, officials
from winset.evidence.clause_acts import STRONG
from winset.evidence.clauses import Whose
from winset.evidence.cue_acts import says
from winset.evidence.holders import CAP, PERSON
from winset.evidence.naming import INTERESTS, subject
from winset.evidence.offices import MEDIA
from winset.evidence.organisations import LISTS, PRONOUNS
from winset.evidence.parties import states
from winset.evidence.sentences_around import by_sentences_around
from winset.evidence.sides import ROLE_ALONE, Sides, read
from winset.evidence.standing import speaks_for_some_party

_STATE_ORGAN = re.compile(
    r"\b(?:minister|ministry|premier|president|cabinet|government|parliament|army|ambassador|embassy|king|queen)\b",
    re.IGNORECASE,
)
_STATE_IDS = frozenset(slug(state) for state in states().values())
SUBJECT = 60  # characters of what is said within which its first party begins that is its subject


def heard(
    documents: Sequence[Document], statements: Sequence[Statement], known: Sequence[Party] = ()
) -> tuple[Sides, tuple[Statement, ...]]:
    """Who takes part in a record, and its statements with the parties of their voices; `known` parties keep their ids."""
    found = read(documents, statements, known)
    issues = issuers.of_record(documents, found)
    found = issuers.with_their_names(documents, found, issues)
    told = resolved(found, documents, statements)
    told = tuple(issuers.spoken(told, {document.id: document.text for document in documents}, found, issues))
    spoke = _parties_of_people([one.speaker for one in told])
    called = {name for party in found.parties for name in (party.name, *party.aliases)}
    spoke = {name: id for name, id in spoke.items() if id in found.kinds and name not in called}
    found = replace(found, people={**spoke, **found.people})
    return with_own_words(found, documents, told), told


def resolved(sides: Sides, documents: Sequence[Document], statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with the parties of their voices, where the words settle them."""
    texts = {document.id: document.text for document in documents}
    statements = [_known_as(one, sides.ids) for one in statements] if sides.ids else statements
    voices = [_voice(one, texts[one.doc], sides) for one in statements]
    # One person speaks for one party through a record: what one place settles, holds at the others, in its document first.
    voices = [
        replace(voice, party=_spoken_for(one, voice, texts[one.doc], sides)) if _open(voice) else voice
        for one, voice in zip(statements, voices, strict=True)
    ]
    held: dict[tuple[str, str], str] = {}
    for one, voice in zip(statements, voices, strict=True):
        if voice.kind in ("named", "collective") and voice.party is not None:
            held.setdefault((one.doc, voice.id), voice.party)
    answering: dict[str, str | None] = {}  # document -> the party of whoever answers in it
    for at, (one, voice) in enumerate(zip(statements, voices, strict=True)):
        if voice.party is None and guests.answers(one, texts[one.doc]):
            if one.doc not in answering:
                answering[one.doc] = guests.interviewed(one, texts[one.doc], sides)
            voices[at] = replace(voice, party=answering[one.doc])
    whole = _parties_of_people(voices)
    done = []
    for one, voice in zip(statements, voices, strict=True):
        if _open(voice):
            party = held.get((one.doc, voice.id)) or whole.get(voice.name or "")
            voice = voice if party is None else replace(voice, party=party)
        done.append(one if voice == one.speaker else replace(one, speaker=voice))
    done = by_sentences_around(officials.by_office(done, texts, sides), texts, sides)
    done = [_as_body(one, texts[one.doc], sides) for one in done]
    done = [one if one.speaker.party is None else _done_by(one, texts[one.doc], sides) for one in done]
    return tuple(_joint(_with_whole_names(_of_titled(done, texts))))


def with_own_words(sides: Sides, documents: Sequence[Document], statements: Sequence[Statement]) -> Sides:
    """The places of a record with those of "the party", "the union", "the company" within what somebody says given to the speaker's own
    side, where it is of that kind: "their co-leader said the party would not ..."."""
    texts = {document.id: document.text for document in documents}
    own: dict[str, dict[tuple[int, int], str]] = {}
    for one in statements:
        party, text = one.speaker.party, texts[one.doc]
        kind = sides.kinds.get(party or "")
        if party is None or kind is None:
            continue
        for span in one.content:
            for start, end, id in sides.between(one.doc, span.start, span.end):
                words = text[start:end].lower().split()
                first, noun = words[0], words[-1]
                hers = first in ("her", "his") and one.speaker.kind == "named" and one.kind != "direct"
                if id != party and (hers or (first in ("the", "its") and noun in LISTS[kind])):
                    own.setdefault(one.doc, {})[start, end] = party
    if not own:
        return sides
    places = {
        doc: tuple((start, end, own.get(doc, {}).get((start, end), id)) for start, end, id in each)
        if doc in own
        else each
        for doc, each in sides.places.items()
    }
    return replace(sides, places=places)


def _known_as(one: Statement, ids: Mapping[str, str]) -> Statement:
    """The statement with the ids of parties that it calls by another of their names."""
    voice, about = one.speaker, ids.get(one.about or "", one.about)
    party, members = ids.get(voice.party or "", voice.party), tuple(ids.get(each, each) for each in voice.members)
    if (party, members, about) == (voice.party, voice.members, one.about):
        return one
    return replace(one, about=about, speaker=replace(voice, party=party, members=members))


_TITLED = re.compile(
    rf"\b(?:President|Premier|Chancellor|(?:Prime )?Minister|Governor|Secretary|King|Queen) (?P<person>{PERSON}|{CAP})"
)
_ASIDE_OF = re.compile(
    rf"\b(?:spokes\w+|aides?|advisers?|office|lawyers?|allies|ally) (?:for|of|to) (?:President |Minister |Premier )?(?P<person>{PERSON}|{CAP})\Z"
)


def _of_titled(statements: Sequence[Statement], texts: Mapping[str, str]) -> list[Statement]:
    """With the party of people whose office speaks elsewhere ("the office of President Irena Solt"), and of who speaks for them."""
    settled: dict[str, set[str]] = {}
    sources = [" ".join(span.of(texts[one.doc]) for span in one.source).strip(" ,") for one in statements]
    for one, source in zip(statements, sources, strict=True):
        voice = one.speaker
        titled = _TITLED.search(source)
        name = voice.name if voice.kind == "named" else titled["person"] if titled else None
        if voice.party is not None and name:
            settled.setdefault(name.split()[-1], set()).add(voice.party)
    done = []
    for one, source in zip(statements, sources, strict=True):
        voice = one.speaker
        aside = _ASIDE_OF.search(source)
        name = voice.name if voice.kind == "named" else aside["person"] if aside else None
        if voice.party is None and name:
            parties = settled.get(name.split()[-1], set())
            if len(parties) == 1:
                one = replace(one, speaker=replace(voice, party=min(parties)))
        done.append(one)
    return done


def _open(voice: Voice) -> bool:
    return voice.party is None and voice.kind in ("named", "collective")


def _as_body(one: Statement, text: str, sides: Sides) -> Statement:
    """Without a person who is only a party's name or the end of it: "Area" of "negotiators of the Coastal Trade Area"."""
    name = one.speaker.name or ""
    if one.speaker.kind != "named" or not name:
        return one
    places = sides.between(one.doc, one.source[0].start, one.source[-1].end) if one.source else []
    id = next(
        (id for start, end, id in places if text[start:end] == name or text[start:end].endswith(f" {name}")), None
    )
    id = id or (sides.called(name) if " " in name else None)
    if id is None or id not in sides.kinds:
        return one
    whole = next(party.name for party in sides.parties if party.id == id)
    return replace(one, speaker=replace(one.speaker, id=id, kind="collective", name=whole, role=None, party=id))


def _parties_of_people(voices: Sequence[Voice]) -> dict[str, str]:
    """Full name, and surname that one full name alone ends with -> the one party for which its bearer speaks in the record."""
    parties: dict[str, set[str]] = {}
    bearers: dict[str, set[str]] = {}
    for voice in voices:
        if voice.kind == "named" and voice.name:
            if voice.party is not None:
                parties.setdefault(voice.name, set()).add(voice.party)
            if " " in voice.name:
                bearers.setdefault(voice.name.split()[-1], set()).add(voice.name)
    for last, names in bearers.items():
        if len(names) == 1:  # "Dov Marek" and "President Marek"
            (name,) = names
            both = parties.get(name, set()) | parties.get(last, set())
            if both:
                parties[name] = parties[last] = both
        else:
            parties.pop(last, None)
    return {name: next(iter(found)) for name, found in parties.items() if len(found) == 1}


def _with_whole_names(statements: Sequence[Statement]) -> list[Statement]:
    """A surname is read as the one full name of the record that ends with it and speaks for the same party, or for none known."""
    whole: dict[tuple[str | None, str], dict[str, Voice]] = {}
    bearers: dict[str, set[str]] = {}
    for one in statements:
        name = one.speaker.name or ""
        if one.speaker.kind == "named" and " " in name:
            whole.setdefault((one.speaker.party, name.split()[-1]), {}).setdefault(name, one.speaker)
            bearers.setdefault(name.split()[-1], set()).add(name)
    done = []
    for one in statements:
        voice = one.speaker
        fits = whole.get((voice.party, voice.name or ""), {}) if voice.kind == "named" else {}
        if len(fits) == 1 and (voice.party is not None or len(bearers[voice.name or ""]) == 1):
            meant = next(iter(fits.values()))
            voice = replace(
                voice,
                id=meant.id,
                name=meant.name,
                role=voice.role or meant.role,
                standing=voice.standing or meant.standing,
            )
            so = "for the same party" if voice.party is not None else "and nobody else is called so"
            one = replace(one, speaker=voice, why=(*one.why, f"{meant.name} speaks elsewhere in the record {so}"))
        done.append(one)
    return done


def _joint(statements: Sequence[Statement]) -> list[Statement]:
    """People who speak together speak for the parties of each: "Dorsey and Falk" in a joint statement."""
    whole = {slug(name): party for name, party in _parties_of_people([one.speaker for one in statements]).items()}
    done = []
    for one in statements:
        members = tuple(dict.fromkeys(whole.get(each, each) for each in one.speaker.members))
        parties = {whole[each] for each in one.speaker.members if each in whole}
        if parties and all(each in whole for each in one.speaker.members):
            both = len(parties) > 1
            one = replace(
                one,
                speaker=replace(
                    one.speaker,
                    id="+".join(sorted(members)) if both else one.speaker.id,
                    members=members if both else one.speaker.members,
                    party=None if both else min(parties),
                ),
            )
        done.append(one)
    return done


_IT = re.compile(
    r"(?:that )?(?P<it>it)\b(?! (?:\w+ )?(?:be|seems|seemed|looks|takes|took|depends|rains?)\b)", re.IGNORECASE
)


_OPENS_SUBJECT = re.compile(
    r"(?:that )?(?:(?:the|an?) )?(?:(?!(?:of|in|on|by|to|for|with|against|from|over|is|was|are|were|has|had|will|would)\b)[\w’'-]{1,40} ){0,4}",
    re.IGNORECASE,
)


def _done_by(one: Statement, text: str, sides: Sides) -> Statement:
    """What a statement does, once its speaker's party is known: "the company would not ..." in its director's mouth refuses."""
    cue = " ".join(span.of(text) for span in one.cue)
    if (
        one.acts[0] not in ("forecast", "report", "assessment")
        or one.kind == "direct"
        or not one.content
        or not says(cue)
    ):
        return one
    start = one.content[0].start
    itself = _IT.match(text, start)
    first = next(iter(sides.between(one.doc, start, start + SUBJECT)), None)
    if itself is not None:
        words = itself.group("it")
    elif (
        first is None
        or first[2] != one.speaker.party
        or re.match(r"[’']s?\b", text[first[1] : first[1] + 2])
        or not _OPENS_SUBJECT.fullmatch(text, start, first[0])
    ):
        return one
    else:
        words = text[first[0] : first[1]]
    content = " ".join(span.of(text) for span in one.content)
    done = acts.done(cue, content, lambda subject: Whose("own" if subject.strip(" “\"‘'").endswith(words) else "third"))
    if done.acts[0] not in STRONG:
        return one
    return replace(
        one, acts=done.acts, modality=done.modality, negated=done.negated, tense=done.tense, condition=done.condition,
        event=done.event, why=(*one.why, f"“{words}” is the speaker's own side", *done.why),
    )  # fmt: skip


_DATELINE = re.compile(r"(?:\A|\n)[ \t]*(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.’' -]{2,40}?)(?:,| \(|\s*[-–—]) ?")
_GOVERNS = re.compile(
    r"\b(?:minister|premier|president|chancellor|secretary of state|foreign secretary|cabinet|government)\b",
    re.IGNORECASE,
)


def _dateline(text: str) -> str | None:
    """The state from whose capital a report is sent: there "Trade Minister Ann Lee" is that state’s."""
    line = _DATELINE.search(text[:400])
    state = states().get(line["place"].strip().title()) if line else None
    return slug(state) if state else None


_PRONOUN = re.compile(r"\b(?:he|she|it|they|we|I)\b", re.IGNORECASE)


def _spoken_for(one: Statement, voice: Voice, text: str, sides: Sides) -> str | None:
    """The party of an official of whom the text does not say whose: the one that his words begin with ("Trade Minister Ann Lee
    said Castora would ..."), where they tell what it does and not what he thinks of something it has."""
    who = officials.described(one, voice, text)
    if (
        officials.OF_ANOTHER.search(who)
        or not speaks_for_some_party(who)
        or not says(" ".join(span.of(text) for span in one.cue))
    ):
        return None
    start = min(span.start for span in one.content)
    home = _dateline(text)
    if home is not None and _GOVERNS.search(who) and any(place[2] == home for place in sides.places.get(one.doc, ())):
        return home
    first = [
        place for place in sides.between(one.doc, start, start + 30) if not _PRONOUN.search(text, start, place[0])
    ][:1]
    of_another = text[max(0, start - 2) : start - 1].isalnum() and start < min(
        (span.start for span in one.cue), default=start
    )
    if first and not of_another and not re.match(r"[’']s?\b|s[’']", text[first[0][1] : first[0][1] + 2]):
        return first[0][2]  # where it opens the sentence: of "Arden asks that Belmar stay away, he said" this is cut
    if _OF_A_PARTY.search(who) and one.source:
        return subject(text, sides.places.get(one.doc, ()), one.source[0].start, 3)
    return _subject_before(one, who, text, sides) or _only_one(who, sides)


_OF_A_PARTY = re.compile(
    r"\A\W*(?:[Tt]he )?(?:[Pp]arty|[Gg]roup|[Uu]nion|[Cc]ompany|[Bb]loc|[Aa]lliance|[Cc]oalition|[Ff]ederation|[Aa]ssociation|[Gg]uild) (?:leader|chief|head|chair\w*|president|boss|spokes\w+|secretary|negotiator|whip)\b"
)  # of the one that the sentences before are about


def _only_one(who: str, sides: Sides) -> str | None:
    """The one firm of a record whose chief executive speaks, the one union whose shop steward does."""
    for kind in ("firm", "union"):
        if officials.OFFICES_IN[kind].search(who):
            fits = [id for id, each in sides.kinds.items() if each == kind]
            return fits[0] if len(fits) == 1 else None
    return None


_HEAD = re.compile(
    r"\b(?:(?:Prime|Foreign|Finance|Trade|Interior|Defen[cs]e|Energy|Environment|Fisheries) Minister|President|Premier|Chancellor)\b"
)


def _subject_before(one: Statement, who: str, text: str, sides: Sides) -> str | None:
    """The state that the sentence ahead in the same paragraph is about: "Pelland's ministry said ... Prime Minister Joos Vand said"."""
    if not one.source or one.speaker.kind != "named" or not _HEAD.search(who):
        return None
    at = one.source[0].start
    paragraph = text.rfind("\n", 0, at) + 1
    places = sides.places.get(one.doc, ())
    last = max((found.end() for found in _SENTENCE_ENDS.finditer(text, paragraph, at + 1)), default=None)
    if last is None:
        return None
    index = bisect_left(places, (paragraph, 0, ""))
    first = places[index] if index < len(places) and places[index][0] <= paragraph + 4 else None
    if first is None or not (first[2] in _STATE_IDS or sides.kinds.get(first[2]) == "state"):
        return None
    between = {id for _, _, id in sides.between(one.doc, last, at)}
    return first[2] if between <= {first[2]} else None


_SENTENCE_ENDS = re.compile(r"[.!?][”\"]? (?=[A-Z“\"])")


_BESIDE = re.compile(
    r"[’']s?,? (?:[\w-]+ ){0,2}(?:shareholders?|investors?|rivals?|competitors?|customers?|suppliers?|creditors?|lenders?|bondholders?|critics?|neighbou?rs?|opponents?|enem(?:y|ies)|all(?:y|ies)|newspapers?|press|media|"
    r"growers|farmers|fishers|fishermen|villagers|residents|voters|citizens|workers|drivers|nurses|teachers|students|pensioners|miners|trade unions?|unions|"
    r"shopkeepers|shipowners|exporters|importers|consumers|taxpayers|tenants|landlords|passengers)\b"
)  # "Olmo's largest shareholder" does not speak for Olmo, and "Kerrin's growers" not for Kerrin


_NAMED_FIRST = re.compile(rf"(?P<name>{PERSON}|{CAP}), ")
_OBSERVES = re.compile(
    r"\b(?:institute|pollsters?|polling|think tank|analysts?|professor|university|research|lobby|mediators?|farmers of|growers of)\b",
    re.IGNORECASE,
)


def _guessed(
    voice: Voice, words: str, inside: Sequence[tuple[int, int, str]], one: Statement, text: str, sides: Sides
) -> bool:  # fmt: skip
    """Whether the party that a document by itself gave a voice cannot stand beside what the record knows."""
    if voice.party not in sides.kinds and voice.party not in _STATE_IDS:
        return (
            slug(re.sub(r"\A[Tt]he ", "", words.strip(" ,"))) != voice.party
        )  # a name that says "it" is itself a party
    if INTERESTS.search(words) and sides.kinds.get(voice.party or "", "state") == "state":
        return True
    if inside and voice.kind != "named" and _BESIDE.match(text, inside[0][1]):
        return True
    if any(place[2] == voice.party for place in inside):
        return False
    if inside and voice.kind != "named" and inside[0][0] - one.source[0].start <= len("the "):
        return True  # the source is a body whose name begins with a country's
    if _OBSERVES.search(words):
        return True
    return not inside and voice.kind != "anonymous" and _spoken_for(one, voice, text, sides) not in (None, voice.party)


_BELONGS = re.compile(
    r", (?:an?|one of the|the) (?:[\w-]+ ){0,2}(?:members?|parts?|all(?:y|ies)|partners?|founders?|provinces?|regions?|neighbou?rs?) of (?:the )?\Z"
)
_AND = re.compile(r",? and (?:the )?\Z")
_NO_SUBJECT = re.compile(r"\b(?:between|with|of|from|for|to|against|by|on|in|over|at) (?:the )?\Z")


def _beside(places: Sequence[tuple[int, int, str]], text: str, at: int) -> tuple[int, str] | None:
    """Where it begins, and the party that is joined by "and" to the one named at a place, where the two are a subject: "Metroline and the RWU agreed"."""
    index = bisect_left(places, (at, 0, "")) - 1
    if index < 0 or not _AND.search(text[places[index][1] : at]) or len(text[places[index][1] : at]) > 12:
        return None
    start, _, party = places[index]
    return None if _NO_SUBJECT.search(text[max(0, start - 12) : start]) else (start, party)


_PEOPLE_OF = re.compile(
    rf"(?:the )?(?P<person>{PERSON}|{CAP})[’']s? (?:own )?(?:people|team|side|camp|party|office|aides?|advisers?|negotiators?|delegation|officials?|government|ministry|lawyers?|clients|members|colleagues|allies)\b"
)
_ON_ITS_TEAM = re.compile(
    r"\b(?:its|their) (?:\w+ )?(?:team|delegation|negotiators|government|leadership|side|board|ministry|management|committee)\b"
)
_ASIDE = re.compile(r", (?:where|which|who)(?: [\w’'-]+){0,4}? ?\Z")


def _before_aside(text: str, places: Sequence[tuple[int, int, str]], at: int, words: str) -> str | None:
    """The party that a clause about it follows, where that clause was taken for who speaks: "Borland, which sells oil, wants ..."."""
    clause = re.match(r"(?:which|who|where) ", words)
    index = bisect_left(places, (at, 0, "")) - 1
    if index < 0 or at - places[index][1] > 40:
        return None
    gap = text[places[index][1] : at]
    if (clause and gap == ", ") or (
        not clause and _ASIDE.fullmatch(gap) and text[at : at + len(words)].islower() and "," not in words.strip(" ,")
    ):
        return places[index][2]
    return None


def _whole_of(member: str, sides: Sides) -> str:
    """The party that a member of a joint voice is: "works council of Kestler Pumps" is the works council."""
    short = member.partition("-of-")[0]
    return short if member not in sides.kinds and short in sides.kinds else member


_OURS = frozenset(("we", "our", "us", "i", "my", "it", "they", "which", "who", "he", "she"))


def _voice(one: Statement, text: str, sides: Sides) -> Voice:
    voice = one.speaker
    if voice.members:
        voice = replace(voice, members=tuple(_whole_of(each, sides) for each in voice.members))
    ours = not one.source or one.source[0].of(text).lower() in _OURS
    if ours and voice.party is None and voice.kind in ("named", "collective") and voice.name:
        of_us = not one.source or one.source[0].of(text).lower() in ("we", "our", "us")
        parts = (voice.name, *voice.name.split(", "))
        ids = [sides.called(part) for part in parts] + ([sides.within(part) for part in parts[1:]] if of_us else [])
        id = next((one for one in ids if one is not None), None)
        if id is not None:  # a letter's "we", whoever signs it
            return replace(voice, id=id, kind="collective", party=id)
    if not one.source:
        return voice
    source = Span(one.source[0].start, one.source[-1].end)
    words = source.of(text)
    places = sides.places.get(one.doc, ())
    several = joint.of_source(text, places, source.start, source.end)
    if not several and words.strip(" ,").lower() == "they":
        several = joint.they(text, places, source.start)
    if not several and joint.BOTH.fullmatch(words.strip(" ,")):
        several = joint.both(text, places, source.start)
    if several:
        return replace(
            voice, id="+".join(sorted(several)), kind="collective", name=words.strip(" ,"), description=None, party=None,
            members=several, standing=None, candidates=(),
        )  # fmt: skip
    outer = _before_aside(text, places, source.start, words)
    if outer is not None:
        return replace(voice, party=outer, id=outer, kind="collective", description=None, standing=None, candidates=())
    if words.strip().lower() in PRONOUNS:
        id = subject(text, places, source.start)
        if id is None or (words.strip().lower() == "they" and voice.kind == "anonymous"):
            return voice
        return replace(
            voice, id=id, kind="collective", name=words, description=None, party=id, standing=None, candidates=()
        )
    named = voice.name or ""
    if voice.kind == "named" and " " in named and named in sides.people:
        return replace(voice, party=sides.people[named])
    if (
        voice.kind == "named"
        and (voice.id in sides.kinds or voice.id in sides.ids)
        and ROLE_ALONE.match(words.strip(" ,"))
    ):
        voice = replace(voice, id=slug(words), kind="collective", name=words, party=None)  # no firm is a secretary
    whole = [
        place
        for place in sides.between(one.doc, source.start, source.end)
        if place[1] - place[0] >= len(words.strip(" ,")) - 4
    ]
    if whole:
        beside = _beside(places, text, source.start)
        if beside is not None and beside[1] != whole[0][2] and not voice.members:
            start, other = beside
            both = (other, whole[0][2])
            name = text[start : source.end].strip(" ,")
            return replace(voice, id="+".join(sorted(both)), kind="collective", name=name, party=None, members=both)
        return replace(voice, party=whole[0][2], id=whole[0][2], kind="collective")
    person = _NAMED_FIRST.match(words)
    if person is not None and voice.kind == "collective" and person["name"] in sides.people:
        return replace(voice, party=sides.people[person["name"]])
    inside = sides.between(one.doc, source.start, source.end)
    people = _PEOPLE_OF.match(words)
    if people is not None and (id := sides.people.get(people["person"].split()[-1])) is not None:
        return replace(voice, party=id)  # "Faber's team"
    if voice.kind == "anonymous" and _ON_ITS_TEAM.search(words) and not inside:
        id = subject(text, places, source.start)
        return voice if id is None else replace(voice, party=id)
    if (
        inside
        and inside[0][0] - source.start <= len("the ")
        and text[inside[0][1] : inside[0][1] + 1] == ","
        and voice.kind != "named"
    ):
        return replace(voice, id=inside[0][2], kind="collective", party=inside[0][2])  # "Belvane, Zarand's neighbour"
    if voice.party is not None and not _guessed(voice, words, inside, one, text, sides):
        return voice
    voice = replace(voice, party=None) if voice.party is not None else voice
    id = sides.people.get(named) or (sides.people.get(named.split()[-1]) if named else None)
    if id is not None:
        return replace(voice, party=id)
    if not inside:
        alone = voice.kind != "named" and ROLE_ALONE.match(
            words.strip(" ,")
        )  # a person whose office it is stays whose he is
        id = subject(text, places, source.start, 3) if alone else None
        if id is not None and _STATE_ORGAN.search(words) and sides.kinds.get(id, "state") != "state":
            id = None  # "the health ministry" speaks for no union
        if id is None and re.match(r"[Ii]ts |[Tt]heir ", words):
            id = subject(text, places, source.start)
        return voice if id is None else replace(voice, party=id)
    first = inside[0]
    bare = re.sub(r"\A(?:the|an?|both) ", "", words.strip(" ,"), flags=re.IGNORECASE)
    if re.search(r"\b(?:in|at|near|to|with) (?:the )?\Z", text[max(0, first[0] - 12) : first[0]]) and not re.match(
        r"[’']s?,? (?:\w+ )?capital\b", text[first[1] : first[1] + 24]
    ):
        return voice
    if INTERESTS.search(words) and sides.kinds.get(first[2], "state") == "state":
        return voice
    if MEDIA.search(words) or _BESIDE.match(text, first[1]):
        return voice
    if (
        voice.kind != "anonymous"
        and " " not in words.split(",")[0]
        and _BELONGS.search(text, max(source.start, first[0] - 40), first[0])
    ):
        return voice  # "Norvik, a member of the Northern Group" is not the Group
    body = voice.kind == "collective" or bare == text[first[0] : first[1]] or first[1] - first[0] >= len(bare) - 4
    if voice.kind == "named" and not body and named and named not in text[first[0] : first[1]]:
        return replace(voice, party=first[2])
    kind = "collective" if body else voice.kind
    return replace(voice, kind=kind, id=first[2] if kind == "collective" else voice.id, party=first[2])
