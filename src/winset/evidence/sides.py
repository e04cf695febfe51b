"""Parties that no word list knows (unions, firms, political parties, blocs, states), who speaks for them, and what "the union"
or "it" stands for at a place of a text. Works on a whole record, in time linear in its length."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from winset.domain.actors import Party, slug
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.evidence import (
    abbreviated,
    capital_runs,
    firms,
    governments,
    holders,
    nameforms,
    organs,
    seats,
    sentences,
    speakers,
)
from winset.evidence import groups as group_names
from winset.evidence.holders import CAP, ITS, KIND, OFFICE, PERSON, POSSESSED
from winset.evidence.lexicon import given_names
from winset.evidence.naming import Naming, whose
from winset.evidence.organisations import LISTS, NAMES, NOUN, PAPER, Side, head_of_name, is_body, kind_by_noun
from winset.evidence.parties import demonyms, spelled, states

_ASIDE = re.compile(
    r", (?:which|whose|where|home of|home to)\b[^,.;:\n“”\"]{3,90},"
)  # "Palmera, which sells half of it, wants ..."
_ACTS = re.compile(
    r"(?: (?:also|now|still|would|has|have|had|is|are|was|will|could|may|might|again|never|no longer|said it|jointly|formally|"
    r"agreed|not|and \w+))*"
    r" (?:demand\w*|offer\w*|reject\w*|accept\w*|propos\w*|refus\w*|insist\w*|threaten\w*|want\w*|call\w* for|ask\w* for|asked|"
    r"agree\w*|rul\w+ out|welcom\w*|urg\w+|seek\w*|back\w*|oppos\w*|ready|willing|prepared|pledg\w*|promis\w*|vow\w*|"
    r"drop\w* its|withdr[ae]wn? (?:its|their) (?:demand|offer|claim|objection|opposition|request)s?|dismiss\w*|said (?:it|they)|says it|say they|support\w*|invit\w*|warn\w*|would rather|claims|sticks|will not|plans|"
    r"announc\w*|favou?rs?|plead\w*|expects?|expected|counter\w*|intends?|hopes?|needs?|lower\w*|rais\w*|improv\w*|has put|have put|goes further|is sticking|holds? out|recogni[sz]\w*|conced\w*|argu\w*|push\w*|press\w* for|campaign\w*|object\w*|appeal\w*|complain\w*|stress\w*|maintain\w*|signal\w*|indicat\w*|stated?|recalled|confirm\w*|settle|abandon\w*|suggest\w*|raised|lowered|denied|accus\w*|turn\w* (?:(?:it|that|them) |(?:the|its|that) [\w-]+ )?down|"
    r"(?:present|tabl|circulat|float|hand|submit|put|unveil|draft|revis|amend|withdr[ae]w|endors)\w* (?:over |forward )?(?:an?|the|its|their) (?:[\w-]+ ){0,4}?"
    r"(?:plan|proposal|draft|offer|framework|package|counter-proposal|blueprint|initiative))\b"
)
_BETWEEN = re.compile(
    rf"\b(?:between|of|from) (?:the )?(?P<a>{CAP}(?: {CAP}){{0,4}}) and (?:the )?(?P<b>{CAP}(?: {CAP}){{0,4}})\b[^.]{{0,80}}"
)
_TOGETHER = re.compile(
    rf"(?<![\w’'])(?P<a>{CAP}(?: {CAP}){{0,3}}) and (?:the )?(?P<b>{CAP}(?: {CAP}){{0,3}}) (?:\w+ ){{0,2}}?(?:(?:held|hold|began|begin|opened|open|resumed|resume)\b(?: \w+){{0,5}} (?:talks|negotiations|meeting|round|dispute)|met\b|signed\b)"
)
_TALKS = re.compile(
    r"\b(?:talks|negotiations|dispute|deal|truce|treaty|summit|agreement|met|meet|envoys|delegations|began)\b"
)
_STATELY = re.compile(
    rf"[’']s? (?:{KIND})*(?:minister|ministers|ministry|premier|president|government|cabinet|parliament|envoys?|delegation|army|general staff|"
    r"negotiators?|embassy|ambassador|chancellor|general secretary|delegates?)\b"
)
_GREATEST = re.compile(
    r"[’']s? (?:biggest|largest|oldest|second-\w+|busiest|public|national|only) (?:[\w-]+ ){0,2}?(?:mines?|ports?|broadcaster|airline|bank|city|cities|employer|company|university|newspaper|exporter|airport|railway|hospital|island|town)\b"
)  # who has these is a country or a region
_FIRM_NOUN = (
    r"(?:operator|company|firm|airline|carrier|carmaker|automaker|manufacturer|shipbuilder|shipyard|retailer|supermarket chain|"
    r"utility|bank|insurer|broadcaster|steelmaker|refiner|start-up|giant|conglomerate|drugmaker|chipmaker|planemaker|brewer|publisher|miner|"
    r"lender|developer|contractor|broadcaster|grocer|(?:supermarket|hotel|retail|food|pharmacy) chain|caterer|haulier|(?:shipping|mining|energy|oil|gas|retail|media|hotel|steel|food|property|engineering|construction|"
    r"logistics|travel|industrial|chemicals|defence|telecoms|transport) group)"
)
_UNION_NOUN = r"(?:union|guild|(?:workers|employers|trade|staff|teachers|doctors|nurses|farmers)[’']? (?:federation|association|confederation|body|group))"
_BODY_NOUN = r"(?:party|movement|bloc|coalition|alliance|association|body|campaign|network|lobby|council|committee|rebel group|militia)"
_THEN = {
    "firm": re.compile(
        rf"\b(?:{_FIRM_NOUN}|(?:bid|offer|takeover|tie-up|merger) (?:for|of|with)(?: (?:its )?(?:smaller |larger )?(?:rival|competitor))?|(?:its|smaller|larger|bigger|for|of|local) rival) (?:known as |called |named )?\Z"
    ),  # "harbour operator Brantsea", "its bid for Kestler Pumps"
    "union": re.compile(rf"\b{_UNION_NOUN},? (?:the |known as |called |named )?\Z"),  # "the drivers' union, ALD"
}
_IS_A = {
    kind: re.compile(rf"(?:, (?:an?|the|one of)|,? which is an?| is an?) (?:(?!the\b|an?\b)[\w’'-]+ ){{0,3}}?{noun}\b")
    for kind, noun in (("firm", _FIRM_NOUN), ("union", _UNION_NOUN), ("political", _BODY_NOUN))
}  # "Brantsea, the harbour operator"
_ASKED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|urg(?:es?|ed|ing)|press(?:es|ed|ing)?|call(?:s|ed|ing)? on|demand\w* (?:of|from)|negotiat\w+ with|talks with|dispute with|pay deal with)(?: the)? \Z"
)  # of whom something is asked takes part
_AT = re.compile(r"\b(?:[Aa]t|[Ii]n|[Ff]or|[Ww]ith) \Z")  # "At Melk Transit, the union is asking ..."
_CORPORATE = re.compile(
    r"[’']s? (?:new |former |acting )?(?:chief (?:executive|financial|operating|commercial)|managing director|shareholders?|head of (?:sales|human resources|personnel)|"
    r"share price|profits?|shares|factory|factories|subsidiary)\b"
)  # who has these is a firm
OFFICE_OF = re.compile(
    rf"\b(?!(?:offer|demands|list|position|team) (?:for|of|at)){OFFICE} (?:of|for|at) (?:the )?\Z", re.IGNORECASE
)  # "the premier of Ostrava Bay", and no "offer for the Kestrel airfield"
_REALM_OF = re.compile(
    r"\b(?:republic|kingdom|principality|emirate|sultanate|grand duchy|island state|city state|government) of (?:the )?\Z",
    re.IGNORECASE,
)
_A_PLACE = re.compile(
    r" (?:airfield|airport|air ?base|base|river|lake|dam|ports?|harbou?r|valley|straits?|islands?|islets?|mines?|bridge|corridor|"
    r"crossing|canal|fields?|pipelines?|border|peninsula|plants?|reactors?|reefs?|basin|delta|desert|mountains?|pass|terminal|"
    r"refinery|quarry|bay|gulf|channel|coast|region|province|district|plateau|enclave|zone|railway|tunnel|road|highway)\b"
)
_OF_STATE = re.compile(
    r"(?! ?[(—–-])[^.;\n“”\"A-ZÀ-Þ]{3,200}, (?:its|their) (?:(?:prime|deputy|foreign|finance|defen[cs]e|trade|interior|energy|agriculture|"
    r"environment|fisheries|health|justice) (?:minister|ministry|secretary)|king|queen|government|parliament)\b"
)  # "Marovia wants ..., its finance minister said"
_WITH_OFFICE = re.compile(
    rf"(?! ?[(—–-])[^.;\n“”\"]{{3,200}}, (?:its|their) {OFFICE}\b"
)  # "Velden Care will ..., its director said"
_OFFERED_BY = re.compile(
    r"\b(?:offer|proposal|draft|demand|plan|ultimatum)s?(?: of [\w.,% ]{1,30}?)? (?:from|by) (?:the )?\Z"
)
_GOVERNS = re.compile(
    r" (?:government|cabinet|parliament|foreign ministry|authorities|army|negotiators?|delegation|officials?)\b"
)  # "the Velan government"
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Dr|Miss|Sir|Dame|Lord|Lady)\.? (?:{CAP} )?(?P<last>{CAP})")
_ROLE_THEN = re.compile(
    rf"\b(?i:{OFFICE}|mediator|judge|analyst|economist|professor|expert|author|historian|pollster|adviser|worker|soldier|diplomat),? (?P<person>{PERSON})"
)
ROLE_ALONE = re.compile(rf"\A(?:[Tt]he|[Ii]ts|[Tt]heir) (?:own |\w+ )?{OFFICE}\Z")
_STAFF_OF = re.compile(
    r"\b(?:employees|workers|staff|drivers|colleagues|people|crews?|women and men|men and women) (?:who work )?(?:of|at|for|in)\b"
)
LEAST = 2  # signs that make a plain name a party
LONGEST_RUN = 20  # words of a name that a text can show


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of a record, with the places where each document speaks of them: (start, end, party)."""

    parties: tuple[Party, ...]
    places: Mapping[str, tuple[tuple[int, int, str], ...]]
    people: Mapping[str, str]  # full name or surname -> party
    kinds: Mapping[str, str] = field(default_factory=dict)  # party -> "union", "firm", "political" or "state"
    ids: Mapping[str, str] = field(default_factory=dict)  # id made of another of its names -> party

    def called(self, name: str) -> str | None:
        """The party of a name, with or without its article."""
        id = slug(re.sub(r"\A[Tt]he ", "", name))
        return id if id in self.kinds else self.ids.get(id)

    def within(self, words: str) -> str | None:
        """The one party that words name, the longest of names inside each other: "the 63 members of the Walira Network". Who works for a
        firm is no firm, but the one union of the record."""
        found: list[tuple[int, int, str]] = []
        for party in self.parties:
            for name in (party.name, *party.aliases):
                at = words.find(name) if len(name) > LEAST else -1
                if (
                    at >= 0
                    and not words[at - 1 : at].isalnum()
                    and not words[at + len(name) : at + len(name) + 1].isalnum()
                ):
                    found.append((at, at + len(name), party.id))
        whole = [
            one
            for one in found
            if not any(o[0] <= one[0] and one[1] <= o[1] and o[1] - o[0] > one[1] - one[0] for o in found)
        ]
        ids = {id for *_, id in whole}
        if len(ids) != 1:
            return None
        (id,) = ids
        if _STAFF_OF.search(words) and self.kinds.get(id) == "firm":
            unions = [one for one, kind in self.kinds.items() if kind == "union"]
            return unions[0] if len(unions) == 1 else None
        return id

    def between(self, doc: str, start: int, end: int) -> list[tuple[int, int, str]]:
        """The places of a document within [start, end), in order."""
        places = self.places.get(doc, ())
        return list(places[bisect_left(places, (start, 0, "")) : bisect_left(places, (end, 0, ""))])


def read(documents: Sequence[Document], statements: Sequence[Statement], known: Sequence[Party] = ()) -> Sides:
    """Everybody who takes part, by the words of the record; `known` parties keep their ids."""
    persons = _persons(documents, statements)
    sides = _parties(documents, statements, persons, known)
    texts = [document.text for document in documents]
    represented = group_names.represented(
        texts, {form: side for side in sides.values() for form in spelled(side.names)}
    )
    group_names.tell_kinds(represented, sides)
    groups = group_names.seat(group_names.acting(texts, _ACTS), sides, represented)
    by_name = {form: side for side in sides.values() for form in spelled(side.names)}
    for name, state in states().items():
        by_name.setdefault(name, Side(slug(state), state, "state", {name}))
    places: dict[str, tuple[tuple[int, int, str], ...]] = {}
    people: dict[str, str] = {}
    for party in known:
        people.update({person.name: party.id for person in party.people})
    naming = Naming(by_name, sides, groups, governments.realms(texts, by_name), represented)
    for document in documents:
        found = naming.places(document.text)
        places[document.id] = tuple(found)
        holders.meet(document.text, found, people, LISTS["not_names"], whose)
        holders.meet_again(document.text, found, people, LISTS["not_names"], whose)
    whole = {document.id: document.text for document in documents}
    known_ids = {party.id for party in known}
    capitals = seats.of_states(whole, places, people, sides, seats.acting(whole, _ACTS, sides, persons, known_ids))
    seats.give(whole, places, people, sides, capitals)
    _give_government(documents, places, people, {side.id: side.kind for side in sides.values()})
    for more in (False, True):
        for name, id in list(people.items()):
            people.setdefault(name.split()[-1], id)
        for document in documents if not more else ():
            holders.of_people(document.text, people, LISTS["not_names"])
    for document in documents:
        named = Counter(id for _, _, id in places[document.id] if id in sides and sides[id].kind == "state")
        holders.counterparts(document.text, people, [id for id, _ in named.most_common(2)])
    for statement in statements:
        name = statement.speaker.name or ""
        if statement.speaker.kind == "named" and " " in name and name.split()[-1] in people:
            people.setdefault(name, people[name.split()[-1]])
    holders.by_first_names([document.text for document in documents], people)
    speakers = holders.People(people)
    for document in documents:
        if owned := speakers.owners(document.text):
            places[document.id] = tuple(sorted({*places[document.id], *owned}))
    parties = tuple(
        Party(id=side.id, name=side.name, aliases=tuple(sorted(side.names - {side.name}))) for side in sides.values()
    )
    ids = {slug(name): side.id for side in sides.values() for name in side.names if slug(name) not in sides}
    ids.update({slug(name): id for name, id in capitals.items()})
    return Sides(parties, places, people, {side.id: side.kind for side in sides.values()}, ids)


def _give_government(
    documents: Sequence[Document], places: dict[str, tuple[tuple[int, int, str], ...]], people: dict[str, str],
    kinds: Mapping[str, str],
) -> None:  # fmt: skip
    """Ministers and "the government" are of the party that the record says governs alone."""
    texts = {document.id: document.text for document in documents}
    party = governments.governing(texts, places, kinds)
    if party is None:
        return
    for person in governments.ministers(texts.values()):
        people.setdefault(person, party)
    for doc, text in texts.items():
        taken = {start for start, _, _ in places[doc]}
        more = [(start, end, party) for start, end in governments.spoken_of(text) if start not in taken]
        places[doc] = tuple(sorted((*places[doc], *more)))


def _persons(documents: Sequence[Document], statements: Sequence[Statement]) -> set[str]:
    """Names, and surnames, of people."""
    found: set[str] = set()
    for document in documents:
        found.update(one.group("last") for one in _TITLED.finditer(document.text))
        for pattern in (_ROLE_THEN, ITS):
            for one in pattern.finditer(document.text):
                if not NOUN.search(one.group("person")):
                    found.update((one.group("person"), one.group("person").split()[-1]))
    for statement in statements:
        name = statement.speaker.name or ""
        if statement.speaker.kind == "named" and statement.speaker.role and " " in name and not NOUN.search(name):
            found.update((name, name.split()[-1]))
    return found


def _parties(
    documents: Sequence[Document], statements: Sequence[Statement], persons: set[str], known: Sequence[Party]
) -> dict[str, Side]:
    spoken = organs.named(speakers.naming(statements, {document.id: document.text for document in documents}, persons))
    signs = Counter(spoken)
    seen: Counter[str] = Counter()
    inside: Counter[str] = Counter()  # how often a name does not open its sentence
    stately: set[str] = set()
    called: dict[str, str] = {}  # name -> the kind that a noun beside it gives it
    letters = nameforms.abbreviations(document.text for document in documents)
    pairs = nameforms.inseparable([document.text for document in documents])
    listed: dict[
        str, tuple[str, str]
    ] = {}  # names with a comma in them, what they are abbreviated to, and what follows the comma
    short: dict[str, str] = {}  # what a name is abbreviated to in brackets behind it -> the name
    for document in documents:
        text = document.text
        for run in capital_runs.RUN.finditer(text):
            for name, start, end in capital_runs.names_in(run, persons, letters, pairs):
                opens = (
                    start == 0
                    or text[max(0, start - 2) : start] in (". ", "! ", "? ", "\n\n")
                    or text[start - 1] == "\n"
                )
                if (opens and " " not in name and NOUN.fullmatch(name)) or PAPER.search(name):
                    continue  # "Rebels" at the head of a line may be any; "Valley Courier" reports
                if _masthead(text, start, end):
                    continue
                seen[name] += 1
                inside[name] += not opens and not _OPENS.search(text, max(0, start - 3), start)
                brackets = capital_runs.SHORT_FOR.match(text, end)
                if (
                    brackets is not None
                    and (begin := nameforms.spelled_out(text, end, brackets["short"])) is not None
                    and begin < start
                ):
                    listed[text[begin:end]] = brackets["short"], name
                elif brackets is not None and nameforms.shortens(brackets["short"], name):
                    short.setdefault(brackets["short"], name)
                    signs[name] += LEAST
                if _A_PLACE.match(text, end) and re.search(r"\b[Tt]he \Z", text[max(0, start - 4) : start]):
                    continue  # "the Kestrel airfield"
                # A name with an organisation's noun is one as soon as it acts once.
                if _STATELY.match(text, end) or _OF_STATE.match(text, end) or _GREATEST.match(text, end):
                    stately.add(name)
                if _REALM_OF.search(text, max(0, start - 30), start):
                    stately.add(name)
                    signs[name] += LEAST
                for kind in _IS_A:
                    apposed = _IS_A[kind].match(text, end) and not _AT.search(text, max(0, start - 8), start)
                    ahead = kind in _THEN and _THEN[kind].search(text, max(0, start - 40), start)
                    if apposed or ahead:
                        called.setdefault(name, kind)
                        signs[name] += LEAST
                if firms.in_business(text, start, end, opens=opens):
                    called.setdefault(name, "firm")
                    signs[name] += LEAST
                if _CORPORATE.match(text, end):
                    called.setdefault(name, "firm")
                if _GOVERNS.match(text, end) and re.search(r"\b[Tt]he \Z", text[max(0, start - 4) : start]):
                    signs[name] += LEAST
                if (opens and _WITH_OFFICE.match(text, end)) or _OFFERED_BY.search(text, max(0, start - 60), start):
                    signs[name] += LEAST
                weight = LEAST if is_body(name) or name in stately else 1
                aside = _ASIDE.match(text, end)
                if (
                    POSSESSED.match(text, end)
                    or _ACTS.match(text, aside.end() if aside else end)
                    or OFFICE_OF.search(text, max(0, start - 50), start)
                    or (_ASKED.search(text, max(0, start - 24), start) and name.split()[0] not in given_names())
                ):
                    signs[name] += weight if aside is None else LEAST
                elif is_body(name):
                    signs[name] += LEAST
        for pair in (*_BETWEEN.finditer(text), *_TOGETHER.finditer(text)):
            if pair.re is _TOGETHER or _TALKS.search(text, max(0, pair.start() - 60), pair.end()):
                for name in (pair.group("a"), pair.group("b")):
                    if name.split()[0] not in LISTS["not_names"] and name not in persons:
                        signs[name] += LEAST
    sent_from = {place for document in documents for place in sentences.places_of_report(document.text)}
    for place in sent_from - stately - {name for name, kind in called.items() if kind == "firm"}:
        if " " not in place or not is_body(place) or capital_runs.MANY.search(place):
            signs.pop(place, None)  # whence a report is sent, and no "NATIONAL FARMERS PARTY – Statement"
    for word in speakers.common((one for one in signs if not inside[one]), (document.text for document in documents)):
        signs.pop(word)  # "Lecturers are asking ...": no name
    surnames = speakers.last_words(seen)
    for name in surnames & {one for one in spoken if " " not in one}:
        signs[name] -= spoken[name]  # "Ibarra said": a person's name
    common = [one for one, _ in signs.most_common(NAMES) if " " in one]
    short |= nameforms.compounds(common, letters - short.keys())
    for brief in short.keys() & signs.keys():
        signs[short[brief]] += signs.pop(brief)
    for half in {half for pair in pairs for half in pair.split(" and ")}:
        signs.pop(half, None)
    _peoples(signs, seen)
    realms = organs.realms(signs, seen)
    for name, country in realms.items():
        signs[country] += signs.pop(name)
    for name, count in list(signs.items()):
        # A plain name that acts once and is named again is a party, too; one that ends a longer name is a surname.
        if count < LEAST and seen[name] >= LEAST:
            signs[name] = LEAST
        if name in surnames and " " not in name and count < LEAST:
            del signs[name]
    for name in [one for one in signs if "’s " in one or "'s " in one]:
        rest = re.split(r"[’']s ", name, maxsplit=1)[1]
        if seen[rest] and is_body(rest):  # "Lindmark's Labour Front"
            signs[rest] += signs.pop(name)
    for name in [one for one in signs if " and the " in one]:
        parts = nameforms.apart(name, is_body)
        if len(parts) > 1:
            count = signs.pop(name)
            signs.update({part: count for part in parts if not _listed(part)})
    whole = [
        one for one in signs if nameforms.initials(one) in letters or capital_runs.OF_TWO.match(one) or one in pairs
    ]
    ends = {one.split()[-1] for one in seen if " " in one and " and " not in one}
    for name in [one for one in signs if " and " in one and one not in whole]:
        left, right = (part.removeprefix("the ") for part in name.split(" and ", 1))
        both = all(
            seen[part] or part in ends for part in (left, right)
        )  # each is named by itself, or as the Civic Union
        if both or ((signs.get(left) or _listed(left)) and (signs.get(right) or _listed(right) or is_body(right))):
            count = signs.pop(name)
            signs.update({part: count for part in (left, right) if not _listed(part)})

    def kind_of(name: str) -> str:
        return called[name] if name in called and name not in stately else kind_by_noun(name)

    sides: dict[str, Side] = {
        party.id: Side(party.id, party.name, kind_of(party.name), {party.name, *party.aliases}) for party in known
    }
    taken = {name for side in sides.values() for name in side.names}
    wanted = [
        name for name, count in signs.most_common(NAMES) if count >= LEAST and name not in taken and not _listed(name)
    ]
    by_first: dict[str, list[str]] = {}
    for one in seen:
        if " " in one:
            by_first.setdefault(one.split()[0], []).append(one)
    pieces: dict[str, dict[str, Side]] = {}  # the end of a longer name, or the beginning of a firm's -> whose it is
    for side in sides.values():
        _part(side, pieces)
    for name in sorted(wanted, key=lambda one: (-len(one.split()), one)):
        longer = [
            side for id, side in pieces.get(name, {}).items()
            if sides.get(id) is side and not _is_where(side.name, name) and not (name in stately and _is_of(side.name, name))
        ]  # fmt: skip
        if len(longer) == 1 and len(name) > 3:
            if seen[name] > seen[longer[0].name] and _ORGAN_OF.match(longer[0].name) and kind_by_noun(name) == "state":
                del sides[longer[0].id]  # the "Assembly of Torrin" is Torrin
                of = sides.setdefault(slug(name), Side(slug(name), name, "state", {name}))
                of.names.update(longer[0].names)
                _part(of, pieces)
            longer[0].names.add(name)
            continue
        wider = [
            one for one in by_first.get(name, ()) if not is_body(one) and " and " not in one and one not in persons
        ]
        realm = any(kind_by_noun(one) == "political" for one in by_first.get(name, ()) if is_body(one))
        if len(wider) == 1 and not realm and " " not in name and kind_by_noun(name) == "state" and name not in stately:
            signs[wider[0]] = LEAST
            id = slug(wider[0])
            firm = sides.setdefault(id, Side(id, wider[0], "firm", {wider[0]}))
            firm.names.add(name)
            _part(firm, pieces)
            continue
        id = slug(name)
        _part(sides.setdefault(id, Side(id, name, kind_of(name), {name})), pieces)
    for name, country in realms.items():
        if slug(country) in sides:
            sides[slug(country)].names.add(name)
    for side in sides.values():
        side.country = side.kind == "state" and bool(side.names & stately)
    _as_sets(documents, sides)
    _only_firm(documents, sides, stately)
    _call_short(sides, [document.text for document in documents], {party.id for party in known})
    ids = {party.id for party in known}
    abbreviated.with_commas(sides, listed, ids)
    abbreviated.by_letters(sides, short, letters, ids)
    for side in sides.values():
        bare = side.name.rpartition(" ")[0]  # "St Brannoc" for St Brannoc Hospital
        if side.kind == "firm" and " " in bare and seen[bare] and not _listed(bare):
            side.names.add(bare)
        if (
            side.kind == "firm"
            and " " in side.name
            and len(first := side.name.split()[0]) > 4
            and first not in LISTS["plain_first"]
            and not any(first in other.names for other in sides.values() if other is not side)
        ):
            side.names.add(first)
    return sides


_OPENS = re.compile(r"(?:[-–—:] |[“\"‘(])\Z")  # a sentence behind its dateline, or what is quoted


def _masthead(text: str, start: int, end: int) -> bool:
    """Whether a name fills a line below the heading by itself: the newspaper's, or the title of a section."""
    if start > 0 and text[0] != "\n" and text[start - 1] == "\n" and text[end : end + 1] in ("\n", ""):
        return " " in text[start:end]
    return False


def _peoples(signs: Counter[str], seen: Counter[str]) -> None:
    """Gives the signs of a people to the country that the record names, too: "the Lornians" are Lornia."""
    countries: dict[str, list[str]] = {}
    for name in seen:
        last = name.split()[-1]
        if len(last) > LEAST + 1 and not is_body(name):
            countries.setdefault(last[:3], []).append(name)
    for people in [one for one in signs if " " not in one and one.endswith(("s", "an", "ese", "ish"))]:
        whose = [
            one
            for one in countries.get(people[:3], ())
            if one != people and demonyms(one.split()[-1]).fullmatch(people)
        ]
        if whose and len({one.split()[-1] for one in whose}) == 1:
            signs[min(whose, key=len)] += signs.pop(people)


def _is_where(whole: str, name: str) -> bool:
    """Whether a name only says where a body is: "Norvik" of the "Steelmakers' League of Norvik", who is not Norvik."""
    return (
        whole.endswith((f" of {name}", f" for {name}", f" of the {name}", f" in {name}"))
        and is_body(whole)
        and not _ORGAN_OF.match(whole)
        and not capital_runs.MANY.search(name)
    )


def _is_of(whole: str, name: str) -> bool:
    """Whether a name only says of where a body is: "Ulsten" of the "Ulsten Dairy Board", who is not Ulsten."""
    return whole.startswith(f"{name} ") and whole.count(" ") > name.count(" ") + 1 and is_body(whole)


def _part(side: Side, pieces: dict[str, dict[str, Side]]) -> None:
    """Files a party under the ends of its name, a firm also under its beginnings."""
    words = side.name.split(" ")
    for n in range(1, min(len(words), LONGEST_RUN + 1)):
        pieces.setdefault(" ".join(words[-n:]), {})[side.id] = side
        if side.kind == "firm":
            pieces.setdefault(" ".join(words[:n]), {})[side.id] = side


_THE_FIRM = re.compile(rf"\b[Tt]he {_FIRM_NOUN}\b|\b(?:[Tt]he|[Ii]ts) (?:employers?|management)\b")


def _only_firm(documents: Sequence[Document], sides: Mapping[str, Side], stately: set[str]) -> None:
    """Where "the company" is spoken of and one name alone can be it, that one is a firm; where a union bargains, too, each name of
    several words that nothing shows to be a state's."""
    plain = [side for side in sides.values() if side.kind == "state" and not side.names & stately]
    if any(side.kind == "union" for side in sides.values()):
        for side in plain:
            if " " in side.name and any(side.name in one.text and _THE_FIRM.search(one.text) for one in documents):
                side.kind = "firm"
    if len(plain) == 1 and all(side.kind != "firm" for side in sides.values()):
        naming = [document.text for document in documents if any(name in document.text for name in plain[0].names)]
        if any(_THE_FIRM.search(text) for text in naming):
            plain[0].kind = "firm"


def _as_sets(documents: Sequence[Document], sides: dict[str, Side]) -> None:
    """Adds groups of countries that a record calls so, and what it calls parties for short by such a noun: "the Basin group" of the
    "Mbeka Basin countries"."""
    found = nameforms.sets((document.text for document in documents), _ACTS)
    longest: dict[str, str] = {}  # a name -> the longest that is it or ends in it
    for one in sorted(found, key=lambda one: (-len(one), one)):
        for at in (0, *(space.end() for space in re.finditer(" ", one))):
            longest.setdefault(one[at:], one)
    called: dict[str, set[str]] = {}  # what a party is called with such a noun -> parties
    for side in sides.values():
        for form in _forms_ahead(side):
            called.setdefault(form, set()).add(side.id)
    for name, (nouns, acted) in sorted(found.items(), key=lambda one: (-len(one[0].split()), one[0]))[:NAMES]:
        if _listed(name) or name.split()[0] in LISTS["not_names"]:
            continue
        fits = called.get(name, set())
        if len(fits) == 1:
            sides[min(fits)].names |= {name, *(f"{name} {noun}" for noun in nouns)}
        elif not fits and acted and nouns != {"group"}:
            more = found[longest[name]][0]
            whole = f"{longest[name]} {min(more)}"
            names = {f"{one} {noun}" for one in (name, longest[name]) for noun in nouns | more} | {longest[name]}
            side = sides.setdefault(slug(whole), Side(slug(whole), whole, "political", names))
            for form in _forms_ahead(side):
                called.setdefault(form, set()).add(side.id)


def _forms_ahead(side: Side) -> set[str]:
    """What stands for a party ahead of "group" or "countries": its name, of a political body also the first or the last word of it."""
    if side.kind != "political":
        return {side.name}
    return {side.name, side.name.split()[0], *re.findall(r"\b[A-ZÀ-Þ][\w-]*", side.name)[-1:]}


def _call_short(sides: dict[str, Side], texts: Sequence[str], known: set[str]) -> None:
    """Adds the shorter names of parties, and takes those who only belong to one together with it; `known` ids stay."""
    names = {id: side.name for id, side in sides.items()}
    heads = {
        id: head for id, name in names.items()
        if " " in name and (NOUN.fullmatch(head := head_of_name(name)) or name.startswith(f"{head} of "))
    }  # fmt: skip
    for id, whole in nameforms.members(names, heads).items():
        _join(sides, whole, id, known)
    for id in [id for id, name in names.items() if id in sides and NOUN.fullmatch(name)]:
        whose = [other for other, head in heads.items() if head == names[id] and other in sides]
        if len(whose) == 1:
            _join(sides, whose[0], id, known)  # "the Republic" of the Republic of Tavia
    held = {id: side.name for id, side in sides.items()}
    for id, head in heads.items():
        if id in sides and slug(head) in sides and not NOUN.fullmatch(head) and not _listed(head):
            _join(sides, id, slug(head), known)  # "the Concord" of the Concord of Industrial Nations
    for name, id in nameforms.short_forms(held, texts, {i: h for i, h in heads.items() if i in sides}).items():
        sides[id].names.add(name)
    for word, id in nameforms.stems(held, texts, lambda word: word in LISTS["plain_first"] or _listed(word)).items():
        if one := _join(sides, id, slug(word), known):
            one.names.add(word)


def _join(sides: dict[str, Side], whole: str, short: str, known: set[str]) -> Side | None:
    """Makes one of a party and what the record calls it for short, under the id that is known; None where both are known and stay two."""
    if whole not in sides or (short in known and whole in known and short != whole):
        return None
    if short != whole and short in sides:
        if short in known:
            whole, short = short, whole
        sides[whole].names |= sides.pop(short).names
    return sides[whole]


_ORGAN_OF = re.compile(
    r"(?:National |Federal |General )?(?:Assembly|Parliament|Senate|Congress|Government|Republic|Kingdom|Federation|State|Principality|Council|Ministry) of "
)


def _listed(name: str) -> bool:
    return (
        name in states()
        or name.removesuffix("s") in states()
        or (" " in name and name.split()[0] in states() and not NOUN.search(name))
    )
