"""Who is named where in a document: people with their offices, and bodies that no word list knows; one pass over the names."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from winset.domain.actors import slug
from winset.domain.text import Span
from winset.evidence.bodies import bodies as bodies_of
from winset.evidence.capitals import NAME, OPENERS, UPPER, CalledBy
from winset.evidence.capitals import names as called
from winset.evidence.homonyms import GIVEN, elsewhere
from winset.evidence.lexicon import given_names, word_list
from winset.evidence.parties import PartyNames, Place
from winset.evidence.wording import any_of

Gender = Literal["m", "f"]

_OFFICE = any_of(
    "general secretary|chief executive|managing director|executive director|president|prime minister|premier|chancellor|king|queen|emir|sultan|crown prince|minister|secretary|secretary-general|secretary general|"
    "secretary of state|envoy|ambassador|negotiator|spokesman|spokeswoman|spokesperson|diplomat|official|adviser|advisor|aide|general|colonel|admiral|commander|"
    "leader|chair|chairman|chairwoman|chairperson|chief|chief of staff|director|professor|analyst|expert|fellow|historian|scholar|researcher|"
    "economist|senator|congressman|congresswoman|representative|lawmaker|legislator|governor|mayor|mediator|delegate|deputy|head|"
    "lawyer|judge|candidate|commissioner|rapporteur|counsel|strategist|politician|activist|speaker|vice president|coordinator|"
    "bishop|archbishop|pope|patriarch|ayatollah|sheikh|imam|rebel|warlord|journalist|correspondent|reporter|editor|pollster|manager|host|lecturer|academic|commentator|specialist|scientist|lobbyist|campaigner|author|writer|founder|owner"
)
_RANK = any_of(
    "former|ex|acting|deputy|vice|chief|senior|special|foreign|prime|defence|defense|finance|interior|energy|trade|"
    "security|national|peace|justice|economy|labor|labour|health|lead|top|first|opposition|army|navy|military|party|press|"
    "government|policy|political|aid|humanitarian|intelligence|police|nuclear|climate|migration|unification|development|health|culture|education|research|visiting|assistant|associate|campaign|communications|under|permanent|high|un|us"
)
ROLES = re.compile(rf"\b(?:{_RANK}[ -]){{0,5}}{_OFFICE}s?\b(?! of the (?:day|line))", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?P<role>{ROLES.pattern})(?P<of> (?:of|for|to|at|on|in) (?:the )?[^,.;:()]{{2,50}}?)?(?:,|, and| and)? ?\Z",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    r", (?P<words>(?:(?:the|an?|his|her|its|their|our|one of|formerly|who|now|then)\b|[^\W\d_][\w-]*)[^,.;:()“”\"\n]{1,120})"
)
_IN_PLACE = re.compile(rf"\bIn (?P<place>{NAME}(?: {NAME})?),(?: the)? (?:[A-Z][\w-]* |[a-z]+ ){{0,5}}\Z")
_STATE_ROLE = re.compile(
    r"minister|president|premier|chancellor|king|queen|ambassador|envoy|negotiator|general|spokes|chief|secretary", re.I
)
_SHORT = {
    "Sen": "senator",
    "Rep": "representative",
    "Gov": "governor",
    "Gen": "general",
    "Amb": "ambassador",
    "Prof": "professor",
    "Col": "colonel",
    "Adm": "admiral",
}
_CONGRESS = re.compile(r",? ?\(?[RD]-[A-Z]")
_COUNTERPART = re.compile(r"\b[A-Z][\w ]{2,30} (?:counterpart|colleague|rival),? \Z")
_KIN = re.compile(
    r"\b(?:[Hh]er|[Hh]is|[Ii]ts|[Tt]heir|[Tt]he|[A-Z]\w+) (?:[\w-]+ ){0,3}(?:counterpart|colleague|rival|successor|predecessor|partner|"
    r"wife|husband|widow|son|daughter|brother|sister|boss|captain|coach|abbot|rector),? \Z"
)
_OF_STATE = re.compile(rf" of (?:the )?(?P<state>{NAME}(?: {NAME}){{0,2}})")
_BODY_FOLLOWS = re.compile(
    r" (?:party|movement|union|alliance|front|bloc|coalition|group|federation|association|league|faction|bank|committee|commission|foundation|institute)\b"
)
_SPEAKS = re.compile(
    r",? (?:said|says|told|added|wrote|replied|argued|warned|insisted|noted|asked|explained|claimed|conceded|declared|"
    r"announced|stated|has said|had said|dismissed|rejected|tweeted|posted|retorted|countered|recalled|suggested|believes|thinks)\b"
)
_SAID = re.compile(r"\b(?:said|says|asked|added|wrote|replied|according to|told|by) \Z")
_NOT_PEOPLE = word_list("bodies")
_MALE = frozenset(
    [
        "mr",
        "king",
        "prince",
        "sultan",
        "emir",
        "sheikh",
        "pope",
        "chairman",
        "spokesman",
        "congressman",
        "lord",
        "sir",
        "brother",
        "father",
    ]
)
_FEMALE = frozenset(
    [
        "mrs",
        "ms",
        "queen",
        "princess",
        "chairwoman",
        "spokeswoman",
        "congresswoman",
        "lady",
        "dame",
        "sister",
        "mother",
        "miss",
    ]
)
REACH = 100  # characters before a name in which its office stands
HEAD = 800  # characters in which a text is signed
_SIGNED = re.compile(
    rf"^by[ \t]+{NAME}(?:[ \t]+(?:and[ \t]+|[a-z]{{2,3}}[ \t]+)?{NAME}){{1,7}}[ \t]*(?:[,|–—-][^\n.“”\"]{{0,60}})?$",
    re.I | re.M,
)


@dataclass(slots=True, eq=False)
class Human:
    """A person of the document, as much as its words say of them."""

    name: str
    start: int
    party: str | None = None
    roles: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    gender: Gender | None = None  # shown by a title or a pronoun
    likely: Gender | None = None  # as given names go

    @property
    def id(self) -> str:
        return slug(self.name)

    @property
    def last(self) -> str:
        return self.name.split()[-1]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named; `owned` where the name is a possessive ("Lee's plan")."""

    start: int
    end: int
    who: Human
    owned: bool = False


@dataclass(slots=True)
class Mentions:
    """People and parties of one document in the order of the text."""

    people: dict[str, Human]  # by full name
    named: list[Mention]
    places: list[Place]
    names: PartyNames
    bodies: dict[str, str]  # name -> party id, of those that no list knows
    _called: dict[str, list[Human]] = field(default_factory=dict)  # surname in lower case -> people

    def add(self, who: Human) -> None:
        """Notes a person under full name and surname; a family name that stands first (Liu Wenbo) counts as one."""
        self.people[who.name] = who
        words = who.name.split()
        calls = {words[-1].casefold()}
        if words[0] in word_list("family_first"):
            calls.add(words[0].casefold())
        for call in calls:
            same = self._called.setdefault(call, [])
            if who not in same:
                same.append(who)

    def by_surname(self, last: str) -> list[Human]:
        """Everybody called so, in the order of first appearance; capitals do not matter."""
        return self._called.get(last.casefold(), [])

    def party_before(self, at: int, reach: int = 400) -> str | None:
        """The party named last before a place."""
        index = bisect_left(self.places, (at, 0, ""))
        if index and at - self.places[index - 1][0] <= reach:
            return self.places[index - 1][2]
        return None


def scan(text: str, given: PartyNames | None = None, persons: Iterable[Span] = ()) -> Mentions:
    """Everybody named in a text. `persons` are places that an annotator takes for people. Linear in the length."""
    found = list(called(text))
    lists = given or PartyNames()
    bodies = bodies_of(text, found, lists)
    marked = {span.start for span in persons}
    surnames = Counter(name.words[-1] for name in found if len(name.words) == 1)
    shown = {name.words for name in found if name.words[0] in GIVEN and _is_shown(text, name, marked)}
    others = elsewhere(text, [name.words for name in found], shown.__contains__)
    names = lists.within(bodies, others) if bodies or others else lists
    mentions = Mentions({}, [], names.places(text), names, bodies)
    loose: list[CalledBy] = []
    for name in found:
        if len(name.words) >= 2 and _may_be_person(name, names) and _is_person(text, name, marked, surnames):
            _meet(text, name, mentions)
        elif len(name.words) == 1:
            loose.append(name)
    for name in loose:
        _meet_surname(text, name, mentions)
    mentions.named = sorted(_without_writers(text, mentions.named), key=lambda one: one.start)
    return mentions


def _without_writers(text: str, named: list[Mention]) -> list[Mention]:
    """But for those who only sign the text: nobody means a reporter by "its chief negotiator"."""
    lines = [(line.start(), line.end()) for line in _SIGNED.finditer(text, 0, HEAD)]
    signing = [one for one in named if any(start <= one.start < end for start, end in lines)]
    return [one for one in named if one not in signing] if signing else named


def _may_be_person(name: CalledBy, names: PartyNames) -> bool:
    first, *rest = name.words
    if len(rest) > 4 or any(word in _NOT_PEOPLE for word in (rest if first in given_names() else name.words)):
        return False  # "Bill" and "Christian" are given names where they come first
    whole = " ".join(name.words)
    if names.means_other(whole):
        return True
    if names.id_of(whole) is not None or (len(name.words) == 2 and names.id_of(name.words[0]) and not name.titles):
        return False
    return name.words[-1] not in OPENERS and names.id_of(name.words[-1]) is None


def _is_person(text: str, name: CalledBy, marked: set[int], surnames: Counter[str]) -> bool:
    if name.words[0] in given_names() or _is_shown(text, name, marked):
        return True
    return surnames[name.words[-1]] > 0 and len(name.words[-1]) > 2


def _is_shown(text: str, name: CalledBy, marked: set[int]) -> bool:
    """Whether the place shows that a name is a person's: a title, an office, speech, or what the annotator marked."""
    if name.titles or name.start in marked:
        return True
    if any(begin in marked for begin in range(name.start, name.start + 3)):
        return True
    if _SPEAKS.match(text, name.end) or _SAID.search(text, max(0, name.start - 20), name.start):
        return True
    if _role_before(text, name.start) is not None or _KIN.search(text, max(0, name.start - 60), name.start):
        return True
    after = _apposition(text, name.end)
    return after is not None and ROLES.search(after) is not None


def _role_before(text: str, start: int) -> "re.Match[str] | None":
    if start < 2 or text[start - 1] not in " \u00a0" or not (text[start - 2].isalpha() or text[start - 2] == ","):
        return None
    clause = max(0, start - REACH)
    for mark in '.;:!?\n“”"()':
        at = text.rfind(mark, clause, start)
        if at >= 0:
            clause = max(clause, at + 1)
    return _BEFORE.search(text, clause, start)


def _apposition(text: str, end: int) -> str | None:
    found = _APPOSITION.match(text, end)
    return found.group("words") if found else None


def _meet(text: str, name: CalledBy, mentions: Mentions) -> None:
    """Notes one place where somebody is called by full name, and what is said of them there."""
    whole = " ".join(name.words)
    who = mentions.people.get(whole)
    if who is None:
        who = next((one for one in mentions.by_surname(name.words[-1]) if _same_person(one.name, whole)), None)
        if who is None:
            who = Human(whole, name.start, likely=given_names().get(name.words[0]))
        elif len(whole) > len(who.name):
            mentions.people.pop(who.name)
            who.name = whole
        mentions.add(who)
    mentions.named.append(Mention(name.start, name.end, who, name.owned))
    _learn(text, name, who, mentions)


def _same_person(a: str, b: str) -> bool:
    """Ann Lee, Ann M. Lee; J. Lee and Jo Lee; Lee alone."""
    one, two = a.split(), b.split()
    if len(one) == 1 or len(two) == 1:
        return one[-1].casefold() == two[-1].casefold()
    first, other = one[0].rstrip(".").casefold(), two[0].rstrip(".").casefold()
    return one[-1].casefold() == two[-1].casefold() and (
        first == other or (min(len(first), len(other)) == 1 and first[0] == other[0])
    )


def _learn(text: str, name: CalledBy, who: Human, mentions: Mentions) -> None:
    names = mentions.names
    party: str | None = None
    if name.titles:
        title = " ".join(name.titles)
        _gender_of_title(name.titles, who)
        role = ROLES.search(title)
        short = _SHORT.get(name.titles[-1].rstrip("."))
        if role or short:
            _add(who.roles, role.group() if role else short or "")
        party = names.of(title)
        if party is None and short and _CONGRESS.match(text, name.end):
            party = names.id_of("US")
    before = _role_before(text, name.start - sum(len(one) + 1 for one in name.titles))
    if before is not None:
        _add(who.roles, before.group("role"))
        _gender_of_title(before.group("role").split(), who)
        lead = text[max(0, before.start() - 40) : name.start]
        lead = re.split(r"[.;:!?\n“”\"(),]", lead[: before.start() - max(0, before.start() - 40)])[-1] + before.group()
        party = party or names.of(lead)
        if party is None and re.search(r"\b(?:its|his|her|their|the country[’']s)\b", lead, re.IGNORECASE):
            party = mentions.party_before(before.start())
        party = party or _office_told_before(text, before, names)
    elif party is None:
        colleague = _COUNTERPART.search(text, max(0, name.start - 60), name.start)
        party = names.of(colleague.group()) if colleague else None
    after = _apposition(text, name.end)
    if after is not None and re.match(r"(?:an?|the|who) ", after):
        _add(who.described, after)
    if after is not None:
        role = ROLES.search(after)
        if (
            role is not None
            and _describes(after)
            and _of_one(role.group(), after, text[max(0, name.start - 8) : name.start])
        ):
            _add(who.roles, role.group())
            _add(who.described, after)
            _gender_of_title(role.group().split(), who)
            party = party or names.of(after)
            if (
                party is None
                and _STATE_ROLE.search(role.group())
                and re.match(r"(?:its|his|her|their|the country[’']s)\b", after)
            ):
                party = mentions.party_before(name.start)
    if party is None and who.party is None:
        begin = name.start - sum(len(one) + 1 for one in name.titles)
        lead = text[max(0, begin - REACH) : name.start]
        there = _IN_PLACE.search(lead)
        if there and (name.titles or before is not None):
            party = names.of(there.group("place"))
        elif name.titles and re.fullmatch(r"Spokes(?:man|woman|person)", " ".join(name.titles)):
            party = mentions.party_before(begin, 250)
        elif re.search(r"\b[Mm]inistry|\b[Gg]overnment|\b[Cc]abinet", lead[-60:]) and (
            name.titles or before is not None
        ):
            party = mentions.party_before(name.start, 300)
    of = _OF_STATE.match(text, name.end)
    if of is not None and (who.roles or name.titles):
        party = party or names.of(of.group("state"))
    if party is not None and who.party is None:
        who.party = party


def _office_told_before(text: str, before: "re.Match[str]", names: PartyNames) -> str | None:
    """Whose "the minister, NAME" is where the text spoke of "Nordal's digital minister" shortly before."""
    head = before.group("role").split()[-1]
    if not re.search(r"\bthe \Z", text[max(0, before.start() - 4) : before.start()], re.I) or not head.isalpha():
        return None
    lead = text[max(0, before.start() - 4 * REACH) : before.start()]
    told = re.findall(rf"(?<!\w){NAME}(?: [a-z][\w-]*){{0,2}} {head}\b", lead)
    return names.of(told[-1]) if told else None


def _of_one(role: str, after: str, before: str) -> bool:
    """Whether a role behind a name can be its bearer's: not "At Arden Coaches, the managers meet ..."."""
    several = (
        role.lower().endswith("s") and not role.lower().endswith(("boss", "ss")) and not after.startswith("one of ")
    )
    return not several and re.search(r"(?:\A|\W)(?:At|In|From|Inside|Outside) \Z", before) is None


def _describes(after: str) -> bool:
    return re.match(
        r"(?:the|an?|his|her|its|their|our|one of|formerly|now|then|former|acting|deputy|senior|chief|head|director|professor|president|leader|spokes\w+|[\w’'-]+[’']s|who (?:is|was|leads|led|heads|headed|serves|served|chairs|chaired))\b",
        after,
    ) is not None or ROLES.match(after) is not None or re.match(rf"[{UPPER}]", after) is not None  # fmt: skip


def _add(some: list[str], words: str) -> None:
    plain = " ".join(words.split())
    if plain.casefold() not in (one.casefold() for one in some):
        some.append(plain)


def _gender_of_title(words: Iterable[str], who: Human) -> None:
    plain = {word.lower().rstrip(".") for word in words}
    if plain & _MALE:
        who.gender = "m"
    elif plain & _FEMALE:
        who.gender = "f"


def _meet_surname(text: str, name: CalledBy, mentions: Mentions) -> None:
    """A single name: the surname of somebody named in full, or somebody with a title and no more."""
    word = name.words[0]
    if _BODY_FOLLOWS.match(text, name.end):
        return  # "the National Renewal party"
    same = mentions.by_surname(word)
    if (
        not same
        and name.titles
        and mentions.names.id_of(word) is None
        and word not in _NOT_PEOPLE
        and word not in OPENERS
        and not _is_shouted(text, name)
    ):
        who = Human(word, name.start)
        mentions.add(who)
        same = [who]
    if not same:
        return
    who = same[0]
    if len(same) > 1:
        before = [one for one in mentions.named if one.start < name.start and one.who in same]
        who = max(before, key=lambda one: one.start).who if before else who
    mentions.named.append(Mention(name.start, name.end, who, name.owned))
    if name.titles or not who.roles:
        _learn(text, name, who, mentions)


def _is_shouted(text: str, name: CalledBy) -> bool:
    """Whether a title and a name stand in a line in capitals that says nothing else of people ("PRESS RELEASE")."""
    if not all(word.isupper() and len(word) > 3 for word in (*name.titles, *name.words)):
        return False
    begin, end = (
        text.rfind("\n", max(0, name.start - REACH), name.start) + 1,
        text.find("\n", name.end, name.end + REACH),
    )
    line = text[begin : end if end >= 0 else name.end + REACH]
    return line.isupper() and ":" not in line


def offices(roles: Iterable[str]) -> Mapping[str, str]:
    """Head noun -> whole role, of some roles in lower case."""
    return {re.sub(r"s$", "", role.lower().split()[-1].split("-")[-1]): role.lower() for role in roles}
