"""Parties that no word list knows (unions, firms, political parties, blocs, states), who speaks for them, and what "the union"
or "it" stands for at a place of a text. Works on a whole record, in time linear in its length."""

import re
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from winset.domain.actors import Party, slug
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.evidence import governments, holders, nameforms
from winset.evidence.holders import CAP, ITS, KIND, OFFICE, PERSON, POSSESSED
from winset.evidence.parties import states
from winset.evidence.wording import any_name

_RUN = re.compile(rf"(?<![\w’'])(?P<run>{CAP}(?:(?:[’']s?)? (?:(?:of|for|and|de|du) (?:the )?)?{CAP}){{0,6}})")
_UNION = r"Union|Unions|Cooperative|Co-operative|Guild|Brotherhood|Syndicate|Federation|Association|Confederation|Congress|Chamber|Council"
_POLITICAL = (
    r"Voters|Nationalists|Communists|Populists|Independents|Reformists|Centrists|Radicals|Workers|Party|League|List|Alliance|Front|Movement|Liberals|Greens|Democrats|Conservatives|Socialists|Left|Bloc|Coalition|Group|"
    r"Community|Forum|Authority|Army|Rebels|Assembly|Pact|Islands|States|Commission|Republic|Kingdom|Emirate|Emirates|Territories"
)
_FIRM = (
    r"Ferries|Railways|Railway|Rail|Airlines|Airways|Air|Motors|Steel|Mines|Mining|Holdings|Industries|Ports|Lines|Corporation|"
    r"Company|Logistics|Energy|Power|Works|Shipyards|Foods|Stores|Hospitals|Hospital|Transit|Transport|Buses|Post|Mills|Studios|"
    r"Board|Pharma|Systems|Electric|Cars|Trucks|Cement|Chemicals|Plc|Inc|Group|University|Metro|Trust|Express|Freight|Dairies"
)
_NOUN = re.compile(rf"(?:{_UNION}|{_POLITICAL}|{_FIRM})\Z")
_PLURAL = re.compile(r"(?:s)\Z")
_IS_UNION = re.compile(rf"(?:{_UNION})\Z")
_IS_FIRM = re.compile(rf"(?:{_FIRM})\Z")
_ACTS = re.compile(
    r"(?: (?:also|now|still|would|has|have|had|is|are|was|will|could|may|might|again|never|no longer|said it|jointly|formally|"
    r"agreed|not|and \w+))*"
    r" (?:demand\w*|offer\w*|reject\w*|accept\w*|propos\w*|refus\w*|insist\w*|threaten\w*|want\w*|call\w* for|ask\w* for|asked|"
    r"agree\w*|rul\w+ out|welcom\w*|urg\w+|seek\w*|back\w*|oppos\w*|ready|willing|prepared|pledg\w*|promis\w*|vow\w*|"
    r"drop\w* its|dismiss\w*|said it|says it|support\w*|invit\w*|warn\w*|would rather|claims|sticks|will not|plans|"
    r"announc\w*|favou?rs?|settle|abandon\w*|suggest\w*|raised|lowered|denied|accus\w*|turn\w* (?:it |(?:the|its|that) [\w-]+ )?down|"
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
_FIRM_NOUN = (
    r"(?:operator|company|firm|airline|carrier|carmaker|automaker|manufacturer|shipbuilder|shipyard|retailer|supermarket chain|"
    r"utility|bank|insurer|broadcaster|steelmaker|refiner|start-up|giant|conglomerate|drugmaker|chipmaker|planemaker|brewer|publisher|miner|"
    r"lender|developer|contractor|(?:shipping|mining|energy|oil|gas|retail|media|hotel|steel|food|property|engineering|construction|"
    r"logistics|travel|industrial|chemicals|defence|telecoms|transport) group)"
)
_UNION_NOUN = r"(?:union|guild|(?:workers|employers|trade|staff|teachers|doctors|nurses|farmers)[’']? (?:federation|association|confederation|body|group))"
_THEN = {
    "firm": re.compile(rf"\b{_FIRM_NOUN} \Z"),  # "harbour operator Brantsea"
    "union": re.compile(rf"\b{_UNION_NOUN},? (?:the )?\Z"),  # "the drivers' union, ALD"
}
_IS_A = {
    kind: re.compile(rf"(?:, (?:an?|the|one of)|,? which is an?| is an?) (?:[\w’'-]+ ){{0,3}}?{noun}\b")
    for kind, noun in (("firm", _FIRM_NOUN), ("union", _UNION_NOUN))
}  # "Brantsea, the harbour operator"
_CORPORATE = re.compile(
    r"[’']s? (?:new |former |acting )?(?:chief (?:executive|financial|operating|commercial)|managing director|shareholders?|head of (?:sales|human resources|personnel)|"
    r"share price|profits?|shares|factory|factories|subsidiary)\b"
)  # who has these is a firm
_OFFICE_OF = re.compile(
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
_NOUNS = (
    r"union|guild|federation|association|confederation|co-?operative|party|league|list|bloc|alliance|front|movement|group|council|"
    r"company|firm|employer|employers|operator|airline|carmaker|manufacturer|shipbuilder|retailer|owners|board|coalition|"
    r"government|cabinet|ministry|administration|commission|islands|liberals|greens|growers|chamber|bank|fund|authority|trust|hospital|university|clinic|agency|utility|publisher"
)
_GENERIC = re.compile(
    rf"\b(?:(?:[Tt]he|[Tt]heir|[Ii]ts) (?:(?!health|foreign|finance|interior)[a-z]+ )??(?P<noun>local|{_NOUNS})|[AaOo]n?e? (?P<a>{_NOUNS})(?= (?:spokes|official|negotiator|source|executive|manager|leader|represent|lawyer|delegate|minister))|(?P<bare>[Mm]anagement))\b(?! \w+[’'] )"
)  # fmt: skip
ROLE_ALONE = re.compile(rf"\A(?:[Tt]he|[Ii]ts|[Tt]heir) (?:own |\w+ )?{OFFICE}\Z")
LISTS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(files("winset.evidence").joinpath("lexicons", "sides.toml").read_text(encoding="utf-8")).items()
}  # fmt: skip
PRONOUNS = LISTS["pronouns"]
LEAST = 2  # signs that make a plain name a party
LONGEST_RUN = 20  # words of a name that a text can show
NAMES = 5_000  # different names of a record that are looked at


@dataclass(slots=True)
class Side:
    """A party that the words show. `kind` is "union", "firm", "political" or "state"."""

    id: str
    name: str
    kind: str
    names: set[str] = field(default_factory=set)
    people: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of a record, with the places where each document speaks of them: (start, end, party)."""

    parties: tuple[Party, ...]
    places: Mapping[str, tuple[tuple[int, int, str], ...]]
    people: Mapping[str, str]  # full name or surname -> party
    kinds: Mapping[str, str] = field(default_factory=dict)  # party -> "union", "firm", "political" or "state"
    ids: Mapping[str, str] = field(default_factory=dict)  # id made of another of its names -> party

    def between(self, doc: str, start: int, end: int) -> list[tuple[int, int, str]]:
        """The places of a document within [start, end), in order."""
        places = self.places.get(doc, ())
        return list(places[bisect_left(places, (start, 0, "")) : bisect_left(places, (end, 0, ""))])


def read(documents: Sequence[Document], statements: Sequence[Statement], known: Sequence[Party] = ()) -> Sides:
    """Everybody who takes part, by the words of the record; `known` parties keep their ids."""
    persons = _persons(documents, statements)
    sides = _parties(documents, persons, known)
    by_name = {name: side for side in sides.values() for name in side.names}
    for name, state in states().items():
        by_name.setdefault(name, Side(slug(state), state, "state", {name}))
    places: dict[str, tuple[tuple[int, int, str], ...]] = {}
    people: dict[str, str] = {}
    for party in known:
        people.update({person.name: party.id for person in party.people})
    naming = _Naming(by_name, sides)
    for document in documents:
        found = naming.places(document.text)
        places[document.id] = tuple(found)
        holders.meet(document.text, found, people, LISTS["not_names"], whose)
        holders.meet_again(document.text, found, people, LISTS["not_names"], whose)
    _give_government(documents, places, people, {side.id: side.kind for side in sides.values()})
    for more in (False, True):
        for name, id in list(people.items()):
            people.setdefault(name.split()[-1], id)
        for document in documents if not more else ():
            holders.of_people(document.text, people, LISTS["not_names"])
    holders.by_first_names([document.text for document in documents], people)
    speakers = holders.People(people)
    for document in documents:
        if owned := speakers.owners(document.text):
            places[document.id] = tuple(sorted({*places[document.id], *owned}))
    parties = tuple(
        Party(id=side.id, name=side.name, aliases=tuple(sorted(side.names - {side.name}))) for side in sides.values()
    )
    ids = {slug(name): side.id for side in sides.values() for name in side.names if slug(name) not in sides}
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
                if not _NOUN.search(one.group("person")):
                    found.update((one.group("person"), one.group("person").split()[-1]))
    for statement in statements:
        name = statement.speaker.name or ""
        if statement.speaker.kind == "named" and statement.speaker.role and " " in name and not _NOUN.search(name):
            found.update((name, name.split()[-1]))
    return found


def _parties(documents: Sequence[Document], persons: set[str], known: Sequence[Party]) -> dict[str, Side]:
    signs: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    surnames: set[str] = set()
    stately: set[str] = set()
    called: dict[str, str] = {}  # name -> the kind that a noun beside it gives it
    for document in documents:
        text = document.text
        for run in _RUN.finditer(text):
            for name, start, end in _names(run, persons):
                opens = (
                    start == 0
                    or text[max(0, start - 2) : start] in (". ", "! ", "? ", "\n\n")
                    or text[start - 1] == "\n"
                )
                if opens and " " not in name and _NOUN.fullmatch(name):
                    continue  # "Rebels" at the head of a line may be any
                seen[name] += 1
                if _A_PLACE.match(text, end) and re.search(r"\b[Tt]he \Z", text[max(0, start - 4) : start]):
                    continue  # "the Kestrel airfield"
                if " " in name and not _is_body(name):
                    surnames.add(name.split()[-1])
                # A name with an organisation's noun is one as soon as it acts once.
                if _STATELY.match(text, end) or _OF_STATE.match(text, end):
                    stately.add(name)
                if _REALM_OF.search(text, max(0, start - 30), start):
                    stately.add(name)
                    signs[name] += LEAST
                for kind in _THEN:
                    if _THEN[kind].search(text, max(0, start - 40), start) or _IS_A[kind].match(text, end):
                        called.setdefault(name, kind)
                        signs[name] += LEAST
                if _CORPORATE.match(text, end):
                    called.setdefault(name, "firm")
                if _GOVERNS.match(text, end) and re.search(r"\b[Tt]he \Z", text[max(0, start - 4) : start]):
                    signs[name] += LEAST
                if (opens and _WITH_OFFICE.match(text, end)) or _OFFERED_BY.search(text, max(0, start - 60), start):
                    signs[name] += LEAST
                weight = LEAST if _is_body(name) or name in stately else 1
                if (
                    POSSESSED.match(text, end)
                    or _ACTS.match(text, end)
                    or _OFFICE_OF.search(text, max(0, start - 50), start)
                ):
                    signs[name] += weight
                elif _is_body(name):
                    signs[name] += LEAST
        for pair in (*_BETWEEN.finditer(text), *_TOGETHER.finditer(text)):
            if pair.re is _TOGETHER or _TALKS.search(text, max(0, pair.start() - 60), pair.end()):
                for name in (pair.group("a"), pair.group("b")):
                    if name.split()[0] not in LISTS["not_names"] and name not in persons:
                        signs[name] += LEAST
    for name, count in list(signs.items()):
        # A plain name that acts once and is named again is a party, too; one that ends a longer name is a surname.
        if count < LEAST and seen[name] >= LEAST:
            signs[name] = LEAST
        if name in surnames and " " not in name and count < LEAST:
            del signs[name]
    for name in [one for one in signs if " and the " in one]:
        parts = nameforms.apart(name, _is_body)
        if len(parts) > 1:
            count = signs.pop(name)
            signs.update({part: count for part in parts if not _listed(part)})
    for name in [one for one in signs if " and " in one]:
        left, right = (part.removeprefix("the ") for part in name.split(" and ", 1))
        if (signs.get(left) or _listed(left)) and (signs.get(right) or _listed(right) or _is_body(right)):
            count = signs.pop(name)
            signs.update({part: count for part in (left, right) if not _listed(part)})

    def kind_of(name: str) -> str:
        return called[name] if name in called and name not in stately else _kind(name)

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
        longer = [side for id, side in pieces.get(name, {}).items() if sides.get(id) is side]
        if len(longer) == 1 and len(name) > 3:
            if seen[name] > seen[longer[0].name] and _ORGAN_OF.match(longer[0].name) and _kind(name) == "state":
                del sides[longer[0].id]  # the "Assembly of Torrin" is Torrin
                of = sides.setdefault(slug(name), Side(slug(name), name, "state", {name}))
                of.names.update(longer[0].names)
                _part(of, pieces)
            longer[0].names.add(name)
            continue
        wider = [
            one for one in by_first.get(name, ()) if not _is_body(one) and " and " not in one and one not in persons
        ]
        if len(wider) == 1 and " " not in name and _kind(name) == "state" and name not in stately:
            signs[wider[0]] = LEAST
            id = slug(wider[0])
            firm = sides.setdefault(id, Side(id, wider[0], "firm", {wider[0]}))
            firm.names.add(name)
            _part(firm, pieces)
            continue
        id = slug(name)
        _part(sides.setdefault(id, Side(id, name, kind_of(name), {name})), pieces)
    _only_firm(documents, sides, stately)
    _call_short(sides, [document.text for document in documents], {party.id for party in known})
    for side in list(sides.values()):
        letters = "".join(word[0] for word in re.findall(r"[A-ZÀ-Þ][\w]*", side.name))
        if len(letters) >= 3 and letters != side.name:
            side.names.add(letters)
            if slug(letters) in sides:
                del sides[slug(letters)]
        bare = side.name.rpartition(" ")[0]  # "St Brannoc" for St Brannoc Hospital
        if side.kind == "firm" and " " in bare and seen[bare] and not _listed(bare):
            side.names.add(bare)
        if (
            side.kind == "firm"
            and " " in side.name
            and len(first := side.name.split()[0]) > 4
            and first not in LISTS["plain_first"]
        ):
            side.names.add(first)
    return sides


def _part(side: Side, pieces: dict[str, dict[str, Side]]) -> None:
    """Files a party under the ends of its name, a firm also under its beginnings."""
    words = side.name.split(" ")
    for n in range(1, min(len(words), LONGEST_RUN + 1)):
        pieces.setdefault(" ".join(words[-n:]), {})[side.id] = side
        if side.kind == "firm":
            pieces.setdefault(" ".join(words[:n]), {})[side.id] = side


_SAYS_SO = re.compile(r" (?:also )?(?:said|says|added|announced|confirmed|argued|warned|insisted)\b")
_THE_FIRM = re.compile(rf"\b[Tt]he {_FIRM_NOUN}\b|\b(?:[Tt]he|[Ii]ts) (?:employers?|management)\b")


def _only_firm(documents: Sequence[Document], sides: Mapping[str, Side], stately: set[str]) -> None:
    """Where "the company" is spoken of and one name alone can be it, that one is a firm."""
    plain = [side for side in sides.values() if side.kind == "state" and not side.names & stately]
    if len(plain) == 1 and all(side.kind != "firm" for side in sides.values()):
        naming = [document.text for document in documents if any(name in document.text for name in plain[0].names)]
        if any(_THE_FIRM.search(text) for text in naming):
            plain[0].kind = "firm"


def _call_short(sides: dict[str, Side], texts: Sequence[str], known: set[str]) -> None:
    """Adds the shorter names of parties, and takes those who only belong to one together with it; `known` ids stay."""
    names = {id: side.name for id, side in sides.items()}
    heads = {id: _head(name) for id, name in names.items() if " " in name and _NOUN.fullmatch(_head(name))}
    for id, whole in nameforms.members(names, heads).items():
        _join(sides, whole, id, known)
    held = {id: side.name for id, side in sides.items()}
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


@lru_cache(maxsize=4 * NAMES)
def _is_body(name: str) -> bool:
    """Whether a name has an organisation's noun, at its end or before "of"."""
    return bool(_NOUN.search(name) or _NOUN.search(re.split(r" (?:of|for|de|du) ", name)[0]))


def _head(name: str) -> str:
    return re.split(r" (?:of|for|de|du) ", name)[0].split()[-1]


def _kind(name: str) -> str:
    head = _head(name)
    return (
        "union"
        if _IS_UNION.fullmatch(head)
        else "firm"
        if _IS_FIRM.fullmatch(head)
        else "political"
        if _NOUN.fullmatch(head)
        else "state"
    )


def _names(run: re.Match[str], persons: set[str]) -> Iterable[tuple[str, int, int]]:
    """The names in a run of capitalised words: without a first word that only opens a sentence, and cut where two are joined."""
    words, start = run.group("run"), run.start()
    while (head := words.split(" ")[0]) in LISTS["not_names"] or re.match(r"(?:the|of|and|for|de|du)\Z", head):
        if " " not in words:
            return
        start += len(head) + 1
        words = words[len(head) + 1 :]
    joint = re.search(r" (?:of|for|de|du) (?:the )?", words)
    if joint is not None and not _NOUN.search(words[: joint.start()]):
        rest = start + joint.end()
        yield from _parts(words[: joint.start()], start, persons)
        yield from _parts(words[joint.end() :], rest, persons)
        return
    yield from _parts(words, start, persons)


def _parts(words: str, start: int, persons: set[str]) -> Iterable[tuple[str, int, int]]:
    words_of = nameforms.unowned(words, persons)
    start, words = start + len(words) - len(words_of), words_of
    for part in (
        re.finditer(r"(?:(?! and ).)+", words)
        if " and " in words and not _NOUN.search(words)
        else [re.match(r".*", words, re.S)]
    ):
        assert part is not None
        text, at = part.group(), start + part.start()
        if text.startswith("and "):
            text, at = text[4:], at + 4
        owned = re.search(r"[’']s? ", text)
        if number := re.match(r"[\d:.,]+ (?=\w)", text):  # the time of day ahead of an entry
            text, at = text[number.end() :], at + number.end()
            owned = re.search(r"[’']s? ", text)
        if owned is not None and (not _NOUN.search(text) or text[owned.end()].islower()):
            text = text[: owned.start()]
        text = re.sub(r"[’']s?\Z", "", text)
        if (
            len(text) > 2 and text not in persons and text.split()[-1] not in persons and text.split()[0] not in LISTS["not_names"]
            and not (" " not in text and _NOUN.fullmatch(text) and not _PLURAL.search(text))
        ):  # fmt: skip
            yield text, at, at + len(text)


def _listed(name: str) -> bool:
    return (
        name in states()
        or name.removesuffix("s") in states()
        or (" " in name and name.split()[0] in states() and not _NOUN.search(name))
    )


_BODY_OF = re.compile(
    r"\b(?:Bank|Church|University|Association|Chamber|Institute|Confederation|Academy|Museum|Growers|Farmers|Producers|Exporters|Importers|Bishops|Doctors|"
    r"Lawyers|Workers|Unions|Industries|Manufacturers|Employers|Friends|Voice) of (?:the )?\Z"
    r"|\b(?:Doctors|Mothers|Fathers|Parents|Families|Farmers|Fishers|Teachers|Students|Workers|Women|Citizens|Veterans|Lawyers|Friends|Voices|Scientists|"
    r"Alliance|Coalition|Campaign|Fund|Movement|Forum|Justice|Action|Partnership|Network) for (?:the |a |an )?(?:[A-Z]\w+ )?\Z"
)
LONGEST_NAME = 500  # characters; a longer one is not looked for in texts


def _demonym_of(names: Mapping[str, Side]) -> dict[str, str]:
    return {
        re.sub(r"(?:ia|[aeiouy])\Z", "", side.name): side.id
        for side in names.values()
        if " " not in side.name and side.kind == "state" and len(side.name) <= LONGEST_NAME
    }


INTERESTS = re.compile(
    r"\b(?:farmers|fishers|fishermen|growers|employers|business|industry|consumers?|exporters|importers|producers|manufacturers|"
    r"workers|students|shipowners|traders|retailers)[’']? (?:association|federation|union|lobby|groups?|confederation|chamber|organi[sz]ation|council|guild|body|leaders?)\b|"
    r"\blobb(?:y|ies|yists?)\b|\b(?:trade|labour|labor) unions?\b"
)  # of a country, for which they do not speak
_ITS_INTERESTS = re.compile(rf"(?:[’']s)? (?:[\w-]+ ){{0,2}}?(?:{INTERESTS.pattern})")


class _Naming:
    """How a record speaks of its parties: by name, by its people's, and as "the union". Made once; the texts are read in order."""

    def __init__(self, by_name: Mapping[str, Side], sides: Mapping[str, Side]) -> None:
        self._by_name, self._sides = by_name, sides
        self._name = re.compile(rf"(?<![\w-])(?:{any_name(n for n in by_name if len(n) <= LONGEST_NAME)})(?![\w-])")
        self._stems = _demonym_of(sides)
        self._demonym = re.compile(rf"\b(?P<stem>{any_name(self._stems)})(?:ian|an|n|ish|ese|er|ic)s?\b")
        self._counts: Counter[str] = Counter()  # how often each party was named in the texts so far
        self._kinds: dict[str, set[str]] = {"firm": set(), "union": set(), "political": set(), "state": set()}
        self._heads: dict[str, set[str]] = {}
        for side in sides.values():
            self._kinds[side.kind].add(side.id)
            self._heads.setdefault(_head(side.name).lower(), set()).add(side.id)
        self._members = {
            word.lower(): side.id
            for side in sides.values() if side.kind == "union"
            for word in re.findall(r"\b(\w{4,}s)[’']? ", side.name) if not _NOUN.fullmatch(word)
        }  # fmt: skip
        self._member = re.compile(
            rf"\b[Tt]he (?P<who>{any_name(self._members)})\b(?![’'-]| (?:\w+ )?(?:strike|pay|dispute|union|walkout))"
        )
        self._states = {*self._kinds["state"], *(slug(state) for state in states().values())}

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """The places of one text."""
        found = [
            (one.start(), one.end(), self._by_name[one.group()].id) for one in self._name.finditer(text)
            if not _BODY_OF.search(text, max(0, one.start() - 40), one.start())
        ]  # fmt: skip
        self._counts.update(id for _, _, id in found)
        if self._stems:
            taken = {start for start, _, _ in found}
            found += [
                (one.start(), one.end(), self._stems[one.group("stem")]) for one in self._demonym.finditer(text) if one.start() not in taken
            ]  # fmt: skip
            found.sort()
        found = [one for one in found if not (_ITS_INTERESTS.match(text, one[1]) and one[2] in self._states)]
        if not self._sides:
            return found
        starts = [start for start, _, _ in found]
        extra = [(one.start(), one.end(), self._members[one["who"]]) for one in self._member.finditer(text)]
        for one in _GENERIC.finditer(text):
            noun = one.group("noun") or one.group("a") or "management"
            fits = self._fits(noun)
            if not fits or (
                re.match(r"[’']s|s?[- ](?:of|for)\b", text[one.end() : one.end() + 4]) and noun in LISTS["state"]
            ):
                continue
            index = bisect_left(starts, one.start())
            last = None
            if _SAYS_SO.match(text, one.end()):  # "Harrow has raised its bid for Dunne, the company said"
                begin = max(
                    text.rfind(mark, max(0, one.start() - 300), one.start()) for mark in (". ", "\n", "? ", "! ")
                )
                opening = bisect_left(starts, begin + 1)
                last = next((found[k][2] for k in range(opening, index) if found[k][2] in fits), None)
            last = last or next(
                (found[k][2] for k in range(index - 1, max(-1, index - 40), -1) if found[k][2] in fits), None
            )
            if last is None:  # "the union" that a text names only afterwards
                last = (
                    next(iter(fits))
                    if len(fits) == 1
                    else next(
                        (found[k][2] for k in range(index, min(len(found), index + 40)) if found[k][2] in fits), None
                    )
                )
            if last is None and noun in LISTS["firm"]:
                last = max(sorted(fits), key=self._counts.__getitem__)  # the one that the record speaks of
            if last is not None:
                extra.append((one.start(), one.end(), last))
        return sorted(found + extra)

    def _fits(self, noun: str) -> set[str]:
        """The parties that "the union" and the like can be of."""
        fits = self._heads.get(noun, set())
        if not fits and noun in LISTS["firm"]:
            firms, alone = self._kinds["firm"], self._kinds["state"]
            return firms or (alone if len(alone) == 1 else set())
        if not fits and noun in LISTS["union"]:
            return self._kinds["union"]
        if not fits and noun in LISTS["political"]:
            return self._kinds["political"]
        return self._states if noun in LISTS["state"] else fits


def whose(text: str, places: Sequence[tuple[int, int, str]], at: int, sentences: int) -> str | None:
    """The party that "its" or "the union's" at a place speaks of."""
    index = bisect_left(places, (at, 0, ""))
    if index < len(places) and places[index][0] == at:  # "the union's general secretary"
        return places[index][2]
    return None if _GENERIC.match(text, at) else subject(text, places, at, sentences)


_SOMEBODY_ELSE = re.compile(
    r"\s{0,5}[“\"]?(?:The|An?|Some|Many|Several|Most|[A-Z][a-z]{1,30}s) (?:[\w’'-]{1,40} ){0,4}?"
    r"(?:wants?|wanted|demand(?:s|ed)?|oppos(?:es?|ed)|reject(?:s|ed)?|refus(?:es?|ed)|insist(?:s|ed)?|fear(?:s|ed)?|urg(?:es?|ed)|ask(?:s|ed)? for|call(?:s|ed)? for|"
    r"would (?:never|rather|accept|go|not (?:accept|sign|agree)))\b"
)  # "The mill towns want no more, their spokesman said": theirs, though no party that is known


def subject(text: str, places: Sequence[tuple[int, int, str]], at: int, sentences: int = 2) -> str | None:
    """The party that "it" or "its" at a place speaks of: the first of its sentence, else the first of the one before."""
    start = at
    for _ in range(sentences):
        begin = (
            max(
                text.rfind(mark, max(0, start - 500), max(start - 1, 0))
                for mark in (". ", ".\n", "\n", "? ", "! ", "” ", '" ')
            )
            + 1
        )
        index = bisect_left(places, (begin, 0, ""))
        if index < len(places) and places[index][0] < start:
            return places[index][2]
        if _SOMEBODY_ELSE.match(text, begin, at):
            return None
        if begin <= 0:
            break
        start = begin
    return None
