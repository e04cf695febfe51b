"""Voices of which no words tell whose they are: by their office and by whom the sentences around them are about.

"Deputy leader Ana Trell said" speaks for the party of which the sentence ahead tells, "a spokesman said" too; "Council delegate Yacine
Ferhat" for the one party that has the word in its name; "the paper asks for ..." is of whoever the paper before is from. What is told of
people anywhere in a record counts together, so that one slip is outvoted; where two parties are as likely, nothing is concluded.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from winset.domain.statements import Statement
from winset.evidence.capitals import OPENERS
from winset.evidence.holders import CAP, OFFICE, People, Place
from winset.evidence.officials import OBSERVES, OF_ANOTHER, OFFICES_IN, OPENING, PLEDGES, PRONOUN, described
from winset.evidence.organisations import LISTS
from winset.evidence.sides import Sides
from winset.evidence.standing import speaks_for_some_party

_BACK = 4  # sentences in which those are looked for of whom a text tells
_REACH = 900  # characters of them
_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?](?=[\w,])[^.!?;\n]+)*")
_WHERE = re.compile(
    r"\b(?:in|at|near|from|outside|inside|to|against|over|through|with|by|of|between) (?:the )?\Z", re.IGNORECASE
)
_WORD_AHEAD = re.compile(rf"(?<![\w’'-])(?P<word>{CAP})(?:[’']s?)? (?:[a-z][\w-]{{1,14}} ){{0,2}}?{OFFICE}\b")
_POLITICS = re.compile(
    r"\b(?:(?:co-|deputy |party |parliamentary |group )?leader|whip|co-leader|lead candidate)\b", re.IGNORECASE
)
_MINISTRY = re.compile(
    r"\b(?:finance|trade|foreign|interior|defen[cs]e|energy|treasury|home|environment|health|labou?r|education|justice|economy) (?:secretary|ministry|department)\b",
    re.IGNORECASE,
)
_NO_OFFICE = re.compile(r"\b(?:lawyer|adviser|aide|expert|correspondent|editor)\b", re.IGNORECASE)
_PRESIDENT = re.compile(r"\bpresident\b", re.IGNORECASE)
_ELECTED = re.compile(r"\b(?:mayor|governor)\b", re.IGNORECASE)
_MORE_OFFICES = re.compile(
    r"\b(?:head of|mayor|co-leader|whip|delegate|envoy|personnel|who (?:leads|speaks|negotiates|bargains) for|leads the (?:delegation|team)|deputy)\b",
    re.IGNORECASE,
)
_SPOKESMAN = re.compile(r"\A\W*(?:[Aa]|[Tt]he|[Ii]ts|[Tt]heir) (?:[a-z-]+ )?spokes(?:man|woman|person)\Z")
_THEIR = re.compile(r"(?:their|its) ", re.IGNORECASE)
_SUBJECT = 30  # characters of what is said within which its subject begins
_PART = re.compile(r"(?:his|her|its|their) part\Z")
_FOR_PART = re.compile(rf"(?P<who>{CAP}),? for \Z")
_PAPER = r"(?:paper|letter|draft|draft (?:law|bill|text|agreement)|document|memo|memorandum|term sheet|position paper|note|text|bill|proposal|plan|counter-?proposal)"
_THE_PAPER = re.compile(
    rf"\A\W*(?:[Tt]he|[Tt]his|[Tt]hat|[Aa]n?) (?:(?:same|new|latest|revised|joint|[\d-]+-page|[a-z]{{3,12}}) )?{_PAPER}\b"
)
_FROM = re.compile(
    rf"\b{_PAPER} (?:sent |drawn up |drafted |written |tabled |presented |circulated |handed out )?(?:from|by|of) (?:the )?"
)
_OF_BOTH = re.compile(r"\b(?:joint|common|final|mediators?[’']?|compromise|bridging)\b", re.IGNORECASE)


def by_sentences_around(statements: Sequence[Statement], texts: Mapping[str, str], sides: Sides) -> list[Statement]:
    """The statements with a party where the sentences around tell it of a voice that has none."""
    reader = _Around(texts, sides)
    people = reader.of_people(statements)
    done: list[Statement] = []
    papers: dict[str, str] = {}  # document -> whose the last paper is
    for one in statements:
        voice = one.speaker
        party = None
        if voice.party is None and not voice.members and voice.kind in ("named", "collective", "anonymous"):
            if voice.kind == "named" and voice.name:
                party = people.get(voice.name)
            party = party or reader.of_source(one, papers)
        elif voice.party is not None and one.source and _THE_PAPER.match(one.source[0].of(texts[one.doc])):
            papers[one.doc] = voice.party
        done.append(one if party is None else replace(one, speaker=replace(voice, party=party)))
    return done


class _Around:
    """Looks for parties around what is said, in the documents of one record."""

    def __init__(self, texts: Mapping[str, str], sides: Sides) -> None:
        self._texts, self._sides = texts, sides
        self._people = People(sides.people)
        self._places: dict[str, list[Place]] = {}
        self._known: dict[str, str] = dict(sides.people)
        self._words: dict[str, set[str]] = {}  # capitalised word, singular, of parties' names -> parties
        for party in sides.parties:
            for word in {word for name in (party.name, *party.aliases) for word in re.findall(CAP, name)}:
                if word not in LISTS["of_offices"] and word not in OPENERS:
                    self._words.setdefault(_singular(word), set()).add(party.id)

    def places(self, doc: str) -> list[Place]:
        """Where a document names parties and those who speak for them."""
        if doc not in self._places:
            self._places[doc] = sorted({*self._sides.places.get(doc, ()), *self._people.named(self._texts[doc])})
        return self._places[doc]

    def of_people(self, statements: Iterable[Statement]) -> dict[str, str]:
        """Full name -> party, of people with an office and no party, by all that the record tells of them."""
        votes: dict[str, Counter[str]] = {}
        watching: set[str] = set()
        office: dict[str, str] = {}
        for one in statements:
            if one.speaker.kind == "named" and one.speaker.party is not None and " " in (one.speaker.name or ""):
                self._known.setdefault(one.speaker.name or "", one.speaker.party)
        for one in statements:
            voice, text = one.speaker, self._texts[one.doc]
            if voice.kind != "named" or voice.party is not None or not voice.name or not one.source:
                continue
            who = described(one, voice, text)
            if (
                voice.standing in ("expert", "former official", "person familiar")
                or OBSERVES.search(who)
                or _NO_OFFICE.search(who)
                or OF_ANOTHER.search(who)
            ):
                watching.add(voice.name)
                continue
            counts = votes.setdefault(voice.name, Counter())
            counts.update(self._by_name(voice.name))
            office[voice.name] = f"{office.get(voice.name, '')} {who}"
            counts.update(dict.fromkeys(self._with_word(who), 3))
            if (pledged := self._pledged(one)) is not None:
                counts[pledged] += 2
            source = one.source[0].of(text)
            if voice.name.split()[-1] in source and (speaks_for_some_party(source) or _MORE_OFFICES.search(source)):
                begins = min(span.start for span in one.content)
                theirs = (
                    _THEIR.match(source) and begins < one.source[0].start
                )  # "The villages oppose it, their spokesman said"
                if theirs and one.kind == "indirect" and not PRONOUN.match(text, begins):
                    before = next((id for _, _, id in self._sides.between(one.doc, begins, begins + _SUBJECT)), None)
                else:
                    before = self._about(one.doc, one.source[0].start, self._fitting(who))
                if before is not None:
                    counts[before] += 1
        found = {}
        for name, counts in votes.items():
            who = office.get(name, "")
            if name in watching or not (
                speaks_for_some_party(who) or _MORE_OFFICES.search(who) or max(counts.values(), default=0) > 2
            ):
                continue
            fits = self._fitting(who)
            ranked = [(party, count) for party, count in counts.most_common() if fits is None or party in fits]
            if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
                found[name] = ranked[0][0]
            elif not ranked and fits is not None and len(fits) == 1:
                found[name] = min(fits)
        return found

    def _fitting(self, who: str) -> set[str] | None:
        """The parties of the kind that has such an office; None where any may have it."""
        kinds = self._sides.kinds
        of_state = _MINISTRY.search(who) or (OFFICES_IN["state"].search(who) and not _PRESIDENT.search(who))
        if of_state:  # where parties form a cabinet, one of theirs; nobody's else
            governs = ("state", "political", "union") if "political" in kinds.values() else ("state",)
            return {id for id, each in kinds.items() if each in governs}
        for kind, unknown in (("firm", "state"), ("union", "")):
            if OFFICES_IN[kind].search(who):
                fits = {id for id, each in kinds.items() if each == kind}
                return fits or {id for id, each in kinds.items() if each == unknown}
        if _ELECTED.search(who):
            return {
                id for id, each in kinds.items() if each in ("state", "political") or "council" in id or "city" in id
            }
        if _POLITICS.search(who):
            return {id for id, each in kinds.items() if each in ("political", "union")} or None
        return None

    def _about(self, doc: str, at: int, fits: set[str] | None) -> str | None:
        """Of whom of `fits` the sentences ahead of a place are about: the first that the last of them names not only in passing, else that
        the heading names."""
        text, places = self._texts[doc], self.places(doc)
        heading = max(0, text.find("\n", 0, 300))
        ahead = [one for one in _SENTENCE.finditer(text, max(heading, at - _REACH), at) if one.group().strip(' \t“”"')]
        for one in [*reversed(ahead[-_BACK:]), *_SENTENCE.finditer(text, 0, heading)]:
            for start, _, party in places[
                bisect_left(places, (one.start(), 0, "")) : bisect_left(places, (one.end(), 0, ""))
            ]:
                if (fits is None or party in fits) and not _WHERE.search(text, max(one.start(), start - 14), start):
                    return party
        return None

    def _by_name(self, name: str) -> dict[str, int]:
        """The party of somebody whose name goes on ("Datin Roslina" of "Datin Roslina Hamdan")."""
        parties = (
            {party for full, party in self._known.items() if full.startswith(f"{name} ")} if " " in name else set()
        )
        return {min(parties): 4} if len(parties) == 1 else {}

    def _with_word(self, who: str) -> set[str]:
        """The one party that has the word ahead of an office in its name: "Council delegate"."""
        for one in _WORD_AHEAD.finditer(who):
            parties = self._words.get(_singular(one["word"]), set())
            if len(parties) == 1:
                return parties
        return set()

    def _pledged(self, one: Statement) -> str | None:
        """The party of which somebody says what it will do."""
        text = self._texts[one.doc]
        if (
            one.kind == "direct"
            or not one.content
            or (one.modality in ("likely", "possible") and one.acts[0] == "forecast" and not one.cue)
        ):
            return None
        start = min(span.start for span in one.content)
        for at, end, party in self._sides.between(one.doc, start, start + OPENING)[:1]:
            if not PRONOUN.search(text, start, at) and PLEDGES.match(text, end):
                return party
        return None

    def of_source(self, one: Statement, papers: dict[str, str]) -> str | None:
        """The party of a voice by the words of its source and the sentences ahead; notes whose paper speaks."""
        if not one.source:
            return None
        text, doc, voice = self._texts[one.doc], one.doc, one.speaker
        at, end = one.source[0].start, one.source[-1].end
        words = text[at:end].strip(" ,")
        if _PART.fullmatch(words.lower()) and (before := _FOR_PART.search(text, max(0, at - 60), at)) is not None:
            return self._named(doc, before.start("who"), before.end("who"))
        if _SPOKESMAN.fullmatch(words):
            return self._about(doc, at, None)
        if _THE_PAPER.match(words):
            sent = _FROM.search(text, at, end)
            party = None if sent is None else self._named(doc, sent.end(), end)
            if party is None and sent is None and not _OF_BOTH.search(words):
                party = papers.get(doc)
            if party is not None:
                papers[doc] = party
            return party
        if voice.kind == "collective" and _MINISTRY.search(words) and not OF_ANOTHER.search(words):
            fits = {id for id, each in self._sides.kinds.items() if each == "state"}
            return self._about(doc, at, fits) or (min(fits) if len(fits) == 1 else None)
        if voice.kind == "collective" and words[:1].isupper() and not words.startswith(("The ", "A ", "An ")):
            first = self._people.named(words)
            if first and first[0][0] <= _STAMP:
                return first[0][2]  # "Morawa of the Tavdans"
        return None

    def _named(self, doc: str, start: int, end: int) -> str | None:
        """The first party, or whoever speaks for one, named between two places."""
        return next((party for at, _, party in self.places(doc) if start <= at < end), None)


_STAMP = 6  # characters of the time of day ahead of a name


def _singular(word: str) -> str:
    return re.sub(r"[’']s?\Z", "", word).removesuffix("s")
