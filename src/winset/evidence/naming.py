"""How a record speaks of its parties at a place of a text: by name, by its people's, as "the union", as "it"."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from winset.domain.actors import slug
from winset.evidence import firms
from winset.evidence.groups import AT_A_PLACE
from winset.evidence.lexicon import given_names
from winset.evidence.organisations import LISTS, NOUN, Side, head_of_name, is_of_workers, members_of, trade_of
from winset.evidence.parties import states
from winset.evidence.wording import any_name

_NOUNS = (
    r"union|guild|federation|association|confederation|co-?operative|party|league|list|bloc|alliance|front|movement|group|council|"
    r"company|companies|firm|firms|employer|employers|studios|carriers|airlines|operators|shipowners|operator|airline|carmaker|manufacturer|shipbuilder|retailer|broadcaster|grocer|chain|insurer|lender|steelmaker|brewer|drugmaker|chipmaker|refiner|developer|contractor|syndicate|brotherhood|owners|board|coalition|"
    r"government|cabinet|ministry|administration|kingdom|republic|sultanate|emirate|principality|province|studio|commission|islands|liberals|greens|growers|chamber|bank|fund|authority|trust|hospital|university|clinic|agency|utility|publisher"
)


def _generic(heads: Iterable[str]) -> re.Pattern[str]:
    """What parties are called without a name, `heads` of their names among it: "the union", "a company spokesman", "management"."""
    nouns = "|".join((_NOUNS, *sorted(heads)))
    return re.compile(
        rf"\b(?:(?:[Tt]he|[Tt]heir|[Ii]ts) (?:(?!health|foreign|finance|interior)[a-z]+ )??(?P<noun>local|{nouns}|Government|Company|Employer|Kingdom|Republic)|[AaOo]n?e? (?P<a>{nouns})(?= (?:spokes|official|negotiator|source|executive|manager|leader|represent|lawyer|delegate|minister))|(?P<bare>[Mm]anagement))\b(?! \w+[’'] )"
    )  # fmt: skip


_GENERIC = _generic(())
_SAYS_SO = re.compile(r" (?:also )?(?:said|says|added|announced|confirmed|argued|warned|insisted)\b")
_BODY_OF = re.compile(
    r"\b(?:Bank|Church|University|Association|Chamber|Institute|Confederation|Academy|Museum|Growers|Farmers|Producers|Exporters|Importers|Bishops|Doctors|"
    r"Lawyers|Workers|Unions|Industries|Manufacturers|Employers|Friends|Voice) of (?:the )?\Z"
    r"|\b(?:Doctors|Mothers|Fathers|Parents|Families|Farmers|Fishers|Teachers|Students|Workers|Women|Citizens|Veterans|Lawyers|Friends|Voices|Scientists|"
    r"Alliance|Coalition|Campaign|Fund|Movement|Forum|Justice|Action|Partnership|Network) for (?:the |a |an )?(?:[A-Z]\w+ )?\Z"
)
LONGEST_NAME = 500  # characters; a longer one is not looked for in texts


def _demonym_of(names: Mapping[str, Side]) -> dict[str, str]:
    return {
        re.sub(r"(?:ia|[aeiouy])\Z", "", side.name.split()[-1]): side.id
        for side in names.values()
        if side.kind == "state"
        and len(side.name) <= LONGEST_NAME
        and len(side.name.split()) <= 2
        and len(side.name.split()[-1]) > 3
    }


INTERESTS = re.compile(
    r"\b(?:farmers|fishers|fishermen|growers|employers|business|industry|consumers?|exporters|importers|producers|manufacturers|"
    r"workers|students|shipowners|traders|retailers)[’']? (?:association|federation|union|lobby|groups?|confederation|chamber|organi[sz]ation|council|guild|body|leaders?)\b|"
    r"\blobb(?:y|ies|yists?)\b|\b(?:trade|labour|labor) unions?\b"
)  # of a country, for which they do not speak
_ITS_INTERESTS = re.compile(rf"(?:[’']s)? (?:[\w-]+ ){{0,2}}?(?:{INTERESTS.pattern})")


_BEFORE = re.compile(r"(?<!\w)(?P<given>[A-ZÀ-Þ][\w’-]{1,20}) \Z")


def _surname(text: str, at: int, name: str) -> bool:
    """Whether a name is there a person's: "Theo Kestler" is not Kestler Pumps."""
    if " " in name:
        return False
    before = _BEFORE.search(text, max(0, at - 24), at)
    return before is not None and before["given"] in given_names()


_DO = (
    rf"{AT_A_PLACE}(?: (?:who|that) [^.,;:\n]{{3,40}}?)? (?:(?:also|now|still|have|had|has) )?(?:said|say|wants?|wanted|demand(?:ed)?|reject(?:ed)?|agreed?|vote[ds]?|called|call (?:for|off|on)|asked|ask for|insist(?:ed)?|accept(?:ed)?|offer(?:ed)?|"
    r"refused?|threaten(?:ed)?|suspended|proposed?|oppose[ds]?|sought|seek|will|would|are (?:asking|seeking|demanding|calling|threatening|planning)|turn(?:ed)? down|walk(?:ed)? out)\b"
)
_BODY = r"(?:union|guild|association|federation|conference|body|group|leaders?|leadership|side|representatives?|negotiators?|delegation)"  # "the nurses' union"
_OF = re.compile(r"[’']s|s?[- ](?:of|for)\b")


def _members(sides: Mapping[str, Side]) -> dict[str, str]:
    """What the people are called of whom a body is, and the one body that is theirs: "rectors" of the "Rectors' Conference"."""
    found: dict[str, set[str]] = {}
    for side in sides.values():
        words = members_of(side.name) if side.kind != "state" else []
        if side.kind == "union":
            words += [word for word in re.findall(r"\b(\w{4,}s)(?:[’']? |\Z)", side.name) if not NOUN.fullmatch(word)]
        for word in words:
            for called in (word.lower(), trade_of(word)):
                found.setdefault(called, set()).add(side.id)
    return {called: min(ids) for called, ids in found.items() if len(ids) == 1}


class Naming:
    """How a record speaks of its parties: by name, by its people's, and as "the union". Made once; the texts are read in order."""

    def __init__(
        self, by_name: Mapping[str, Side], sides: Mapping[str, Side], groups: Mapping[str, str] | None = None,
        realms: Mapping[str, set[str]] | None = None, members: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """How the parties of a record are called besides.

        groups  what people without a name are called ("pilots"), and whose they are
        realms  what states are ("kingdom"), and which
        members  of whom bodies are told to be ("technicians"), and which
        """
        self._by_name, self._sides = by_name, sides
        self._name = re.compile(rf"(?<![\w-])(?:{any_name(n for n in by_name if len(n) <= LONGEST_NAME)})(?![\w-])")
        self._stems = _demonym_of(sides)
        self._demonym = re.compile(rf"\b(?P<stem>{any_name(self._stems)})(?:ian|an|n|ish|ese|er|ic)s?\b")
        self._employers: set[str] = set()  # firms named in one sentence with a union so far
        self._counts: Counter[str] = Counter()  # how often each party was named in the texts so far
        self._kinds: dict[str, set[str]] = {"firm": set(), "union": set(), "political": set(), "state": set()}
        self._heads: dict[str, set[str]] = {}
        for side in sides.values():
            self._kinds[side.kind].add(side.id)
            self._heads.setdefault(head_of_name(side.name).lower(), set()).add(side.id)
        for realm, ids in (realms or {}).items():
            self._heads.setdefault(realm, set()).update(ids)
        self._generic = _generic(
            head for head in self._heads if head.isalpha() and len(head) > 3 and NOUN.fullmatch(head.capitalize())
        )
        self._members = {**(groups or {}), **(members or {}), **_members(sides)}
        self._member = re.compile(
            rf"(?:\b[Tt]he (?P<who>(?i:{any_name(self._members)}))|\b(?P<bare>(?i:{any_name(self._members)}))(?={_DO}))\b"
            rf"(?:[’'] {_BODY}\b|(?![’'-]| (?:\w+ )?(?:strike|pay|dispute|union|walkout)))"
        )
        self._states = {*self._kinds["state"], *(slug(state) for state in states().values())}

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """The places of one text."""
        found = [
            (one.start(), one.end(), self._by_name[one.group()].id) for one in self._name.finditer(text)
            if not _BODY_OF.search(text, max(0, one.start() - 40), one.start()) and not _surname(text, one.start(), one.group())
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
        here = firms.employers(text, found, self._kinds["firm"], self._kinds["union"])
        self._employers |= here
        employers = here or self._employers
        extra = [
            (one.start(), one.end(), self._members[(one["who"] or one["bare"]).lower()]) for one in self._member.finditer(text)
        ]  # fmt: skip
        for one in self._generic.finditer(text):
            noun = (one.group("noun") or one.group("a") or "management").lower()
            fits = self._fits(noun)
            if not fits or (
                _OF.match(text, one.end()) and (noun in LISTS["state"] or not _GENERIC.match(text, one.start()))
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
            if last is None and len(fits) > 1 and fits <= self._kinds["firm"]:
                last = firms.meant(text, found, one.start(), one.end(), fits, employers)
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
        if not fits and noun == "union":  # rather a body of those who work than a council or a chamber
            fits = {id for id in self._kinds["union"] if is_of_workers(self._sides[id].name)}
        if not fits and noun in LISTS["firms"]:  # "the studios" of the one party that speaks for several
            several = self._kinds["firm"]
            return several if len(several) == 1 else set()
        if not fits and noun in LISTS["firm"]:
            known, alone = self._kinds["firm"], {id for id in self._kinds["state"] if not self._sides[id].country}
            return known or (alone if len(alone) == 1 else set())
        if not fits and noun in LISTS["union"]:
            return self._kinds["union"]
        if not fits and noun in LISTS["political"]:
            return self._kinds["political"] or (self._kinds["firm"] if noun == "group" else set())
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


_WHERE = re.compile(r"\b(?:in|at|near|from|outside|inside|to|against|over|through) (?:the )?\Z", re.IGNORECASE)
_FEW = 6  # places of a sentence that are looked at


def subject(text: str, places: Sequence[tuple[int, int, str]], at: int, sentences: int = 2) -> str | None:
    """The party that "it" or "its" at a place speaks of: the first of its sentence, else the first of the one before."""
    start, where = at, None
    for _ in range(sentences):
        begin = (
            max(
                text.rfind(mark, max(0, start - 500), max(start - 1, 0))
                for mark in (". ", ".\n", "\n", "? ", "! ", "” ", '" ')
            )
            + 1
        )
        index = bisect_left(places, (begin, 0, ""))
        inside = places[index : bisect_left(places, (start, 0, ""))]
        if inside:
            free = (one for one in inside[:_FEW] if not _WHERE.search(text, max(begin, one[0] - 14), one[0]))
            if (found := next(free, None)) is not None:
                return found[2]
            where = where or inside[0][2]
        if _SOMEBODY_ELSE.match(text, begin, at):
            return None
        if begin <= 0:
            break
        start = begin
    return where
