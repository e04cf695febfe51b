"""Who speaks for whom, by the words of a record: "Tarsia's minister, Edda Roth", "Green List leader Ann Hale", "Hale's deputy, Jo Lind"."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from winset.evidence.organisations import is_body
from winset.evidence.wording import any_name

Place = tuple[int, int, str]  # start, end, party
SubjectOf = Callable[[str, Sequence[Place], int, int], str | None]

CAP = r"[A-ZÀ-ÖØ-ÞĀČĎĐĒĚĢĪĶĹĻŁŃŅŇŐŘŚŠŤŪŮŹŻŽ][\w&-]{0,60}(?:[’'](?!(?:s|ll|re|ve|d|m|t|em)\b)\w+)?"
PERSON = rf"{CAP}(?: (?:(?:al|bin|de|la|van|von|der|el) )?{CAP}){{1,2}}"
_KIND = (
    r"(?:prime|foreign|defen[cs]e|finance|interior|economy|trade|farm|agriculture|commerce|health|climate|environment|labou?r|energy|industry|water|"
    r"justice|chief|deputy|vice|senior|lead|top|general|managing|executive|co-?|acting|human resources|parliamentary|political|military|"
    r"founding|regional|national|local|former|ex)[ -]?"
)
OFFICE = (
    rf"(?:{_KIND}){{0,6}}(?:minister|ministers|ministry|premier|president|chancellor|king|queen|government|cabinet|parliament|"
    r"envoy|envoys|delegation|delegate|delegates|army|general staff|navy|negotiator|negotiators|spokesman|spokeswoman|"
    r"spokesperson|spokespeople|ambassador|leader|leaders|leadership|officials|official|secretary|secretary-general|"
    r"executive|director|chairman|chairwoman|chair|chairperson|boss|head|chief|commander|coordinator|commissioner|"
    r"board|management|convenor|organiser|treasurer|whip|speaker|deputy|lawyer|adviser|embassy|position|demands|list|offer|team)"
)
KIND = _KIND
POSSESSED = re.compile(rf"[’']s? (?:\w+ )?{OFFICE}\b")
_HOLDER_AFTER = re.compile(rf"[’']s? (?:own |\w+ )?(?:{OFFICE}|\w+),? (?:\w+ )?(?P<person>{PERSON})")
_HOLDER_ADJOINED = re.compile(rf" {OFFICE},? (?P<person>{PERSON})")
_HOLDER_BEFORE = re.compile(
    rf"(?P<person>{PERSON}),? (?:(?:(?:who (?:leads|heads|chairs|speaks for)|speaking (?:for|on behalf of)|on behalf of|representing)|(?:the |an? )?{OFFICE} (?:of|for|at)|of) )?(?:the )?\Z"
)
_OF_A_BODY = re.compile(
    r"[Tt]he (?!country|state|nation|kingdom|republic|island|government|cabinet|company|firm|airline|operator|carrier|employer|union|guild|"
    r"federation|association|party|alliance|coalition|front|movement|side|delegation|ministry)\w+[’']"
)  # "the committee's adviser" need not be that of the party named last
_OWNED = re.compile(rf"(?P<person>{PERSON}), (?:the )?\Z")
ITS = re.compile(rf"\b(?:[Ii]ts|[Tt]heir|[Tt]he \w+[’']s) (?:own |\w+ )?{OFFICE},? (?:\w+ )?(?P<person>{PERSON})")
_WHOSE = re.compile(rf"(?P<person>{PERSON}), (?:its|their) {OFFICE}\b")
_OFFICE_NAMED = re.compile(
    rf"(?:(?P<owned>[’']s?)|\b(?P<its>[Ii]ts|[Tt]heir)|\b[Tt]he) (?:{_KIND})*(?P<office>minister|president|premier|chancellor|director|secretary|chairman|chairwoman|chair|envoy|negotiator|"
    rf"spokesman|spokeswoman|commander|leader|executive|governor|commissioner|ambassador|treasurer|coordinator)\b(?:,? (?P<person>{PERSON}))?"
    rf"|\b(?P<title>Minister|President|Premier|Chancellor|Director|Secretary|Chairman|Chairwoman|Envoy|Governor|Commissioner|Ambassador),? (?P<titled>{PERSON})"
)
_OF_A_PERSON = re.compile(
    rf"\b(?P<whose>{CAP})[’']s (?:own |\w+ )?(?:deputy|spokes\w+|adviser|aide|chief of staff|negotiator|right-hand man|envoy|number two),? (?P<person>{PERSON})"
)
_HIS = re.compile(
    r"\b(?:[Hh]is|[Hh]er) (?:own )?(?:party|country|government|union|side|bloc|federation|company|group|movement|alliance|list|front|coalition partners?|cabinet|nation|association|league|Party|Union|Alliance|League|Front|Movement|Group|Association|Federation)\b"
)
_TITLES = frozenset(
    [
        "Minister",
        "President",
        "Premier",
        "Chancellor",
        "Secretary",
        "General",
        "Ambassador",
        "Commissioner",
        "Senator",
        "Governor",
        "King",
        "Queen",
        "Prince",
        "Chairman",
        "Director",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Sir",
        "Lord",
        "Lady",
    ]
)
_BACK = 500  # characters in which the person that "his party" speaks of stands


def meet(
    text: str, places: Sequence[Place], people: dict[str, str], not_names: frozenset[str], subject_of: SubjectOf
) -> None:
    """Adds to `people` (full name -> party) whoever a document says speaks for a party; what is known already stays.

    subject_of  (text, places, at, sentences) -> the party that "its" at a place stands for
    """

    def add(found: str, party: str | None) -> None:
        name = _bare(found)
        if party is not None and is_person(name) and name.split()[0] not in not_names:
            people.setdefault(name, party)

    for start, end, id in places:
        for pattern in (_HOLDER_AFTER, _HOLDER_ADJOINED):
            if after := pattern.match(text, end):
                add(after.group("person"), id)
        before = _HOLDER_BEFORE.search(text[max(0, start - 90) : start])
        if before and ("," in before.group() or " of " in before.group() or " for " in before.group()):
            add(before.group("person"), id)
        leads = _LEADS.search(text, max(0, start - 60), start)
        if (
            leads
            and is_body(text[start:end])
            and not any(leads.start("person") <= at < leads.end() for at, _, _ in _before(places, start))
        ):
            for form in (leads["person"], leads["person"].split()[-1]):
                if form.split()[0] not in not_names:
                    people.setdefault(form, id)  # "Salgueiro's Centre Union"
        owner = _OWNED.search(text[max(0, start - 60) : start])
        if owner and POSSESSED.match(text, end):
            add(owner.group("person"), id)
    for pattern in (ITS, _WHOSE):
        for one in pattern.finditer(text):
            if _bare(one.group("person")) not in people and not _OF_A_BODY.match(one.group()):
                add(one.group("person"), subject_of(text, places, one.start(), 3))


_LEADS = re.compile(rf"(?<![\w’'] )(?P<person>{PERSON}|{CAP})[’']s (?:own )?\Z")


def _before(places: Sequence[Place], at: int) -> Sequence[Place]:
    """The places of the words just before one."""
    index = bisect_left(places, (at, 0, ""))
    return places[max(0, index - 3) : index]


_NO_PERSON = re.compile(
    r"\b(?:Office|Lane|Street|Square|Road|Avenue|Hall|Hotel|House|Release|Statement|Day|Summit|Palace|Airport|Station|Centre|Center|Court|Treaty|Accord|Agreement|Conference|Talks)\Z"
)


def is_person(name: str) -> bool:
    """Whether words that stand where a person's name does can be one: no place of a dateline, no body, no address."""
    return " " in name and not name.isupper() and not is_body(name) and not _NO_PERSON.search(name)


def meet_again(
    text: str, places: Sequence[Place], people: dict[str, str], not_names: frozenset[str], subject_of: SubjectOf
) -> None:
    """Adds to `people` whom a document names by an office that it said before to be a party's: "its energy minister said ...", and
    further on "the minister, Katrin Sole"."""
    ends = {end: party for _, end, party in places}
    held: dict[str, str] = {}
    for one in _OFFICE_NAMED.finditer(text):
        office, person = one["office"] or one["title"].lower(), _bare(one["person"] or one["titled"] or "")
        party = (
            ends.get(one.start()) if one["owned"] else subject_of(text, places, one.start(), 3) if one["its"] else None
        )
        if party is not None:
            held[office] = party
        elif one["owned"] or one["its"]:
            held.pop(office, None)
        elif " " in person and office in held and person.split()[0] not in not_names:
            people.setdefault(person, held[office])


_MISTER = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? (?P<name>{CAP})(?! {CAP})")


def by_first_names(texts: Sequence[str], people: dict[str, str]) -> None:
    """Adds the first of two names by which texts call somebody with a title: "Ms Lin" of the envoy Lin Zao."""
    first: dict[str, set[str]] = {}
    for name, party in people.items():
        if " " in name:
            first.setdefault(name.split()[0], set()).add(party)
    for text in texts:
        for one in _MISTER.finditer(text):
            parties = first.get(one["name"], set())
            if len(parties) == 1:
                people.setdefault(one["name"], next(iter(parties)))


def of_people(text: str, people: dict[str, str], not_names: frozenset[str]) -> None:
    """Adds those who speak for somebody who speaks for a party; `people` holds surnames too."""
    for one in _OF_A_PERSON.finditer(text):
        name = _bare(one["person"])
        if one["whose"] in people and name.split()[0] not in not_names:
            people.setdefault(name, people[one["whose"]])


_COUNTERPART = re.compile(rf"\b(?:[Hh]er|[Hh]is) (?:{_KIND})*(?:counterpart|opposite number),? (?P<person>{PERSON})")


def counterparts(text: str, people: dict[str, str], states: Sequence[str]) -> None:
    """Adds whom a text names as the counterpart of somebody who speaks for one of two `states`: of the other. `people` holds surnames too."""
    if len(states) != 2 or _COUNTERPART.search(text) is None:
        return
    for one in _COUNTERPART.finditer(text):
        person = _bare(one["person"])
        before = People({name: party for name, party in people.items() if party in states}).named(
            text[max(0, one.start() - _BACK) : one.start()]
        )
        if before:
            other = states[1] if before[-1][2] == states[0] else states[0]
            people.setdefault(person, other)
            people.setdefault(person.split()[-1], other)


def _bare(name: str) -> str:
    """A person's name without the title ahead of it."""
    words = name.split()
    while len(words) > 2 and words[0] in _TITLES:
        words = words[1:]
    return " ".join(words)


class People:
    """Those who speak for parties (name -> party), to be looked for in every text of a record by their surnames."""

    def __init__(self, people: Mapping[str, str]) -> None:
        self._parties = {name.split()[-1]: party for name, party in people.items()}
        self._surname = re.compile(rf"(?<![\w’'])(?:{any_name(self._parties)})(?!\w)")

    def named(self, text: str) -> list[Place]:
        """Where a text names people, with the party that each speaks for."""
        if not self._parties:
            return []
        return [(one.start(), one.end(), self._parties[one.group()]) for one in self._surname.finditer(text)]

    def owners(self, text: str) -> list[Place]:
        """Places of "his party" and "her government", with the party of the person named last before."""
        his = list(_HIS.finditer(text)) if self._parties else []
        if not his:
            return []
        known = self.named(text)
        starts = [start for start, _, _ in known]
        found: list[Place] = []
        for one in his:
            at = bisect_left(starts, one.start()) - 1
            if at >= 0 and one.start() - starts[at] <= _BACK:
                found.append((one.start(), one.end(), known[at][2]))
        return found
