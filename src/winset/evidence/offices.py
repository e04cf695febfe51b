"""States, bodies and offices by name, seat or description: a capital, a palace, "the ministry", "its delegation"."""

import re
from collections.abc import Sequence

from winset.domain.actors import slug
from winset.domain.statements import Candidate, Voice
from winset.evidence.hearing import Found, Place
from winset.evidence.mentions import ROLES
from winset.evidence.pronouns import Pronouns
from winset.evidence.standing import standing_of

BODY = re.compile(
    r"\b(?:ministr(?:y|ies)|department|government|administration|office|party|council|parliament|congress|senate|cabinet|embass(?:y|ies)|"
    r"army|military|navy|delegation|team|commission|committee|agency|authorit(?:y|ies)|union|bloc|alliance|coalition|group|bank|"
    r"court|presidency|palace|chancellery|leadership|junta|regime|command|mission|secretariat|federation|association|institute|"
    r"university|company|campaign|side|capital|kremlin|movement|front|newspaper|paper|station|network|channel|broadcaster|magazine|"
    r"report|statement|letter|survey|poll|study|document|communiqu[eé]|resolution|state|country|nation|republic|kingdom)\b",
    re.I,
)
MEDIA = re.compile(
    r"\b(?:newspaper|paper|station|network|channel|broadcaster|magazine|daily|weekly|news agency|media|outlet|press|wire|Times|Post|"
    r"Journal|Gazette|News|Herald|Tribune|Guardian|Reuters|Bloomberg|CNN|BBC|AFP|AP|Interfax|TASS|Xinhua|Al Jazeera|survey|poll)\b"
)
_OWNER = re.compile(r"^(?P<owner>its|his|her|their)\b", re.I)
_OF_A_STATE = re.compile(
    r"ministr(?:y|ies)|department|government|administration|parliament|congress|senate|cabinet|embass(?:y|ies)|army|military|navy|delegation|"
    r"authorit(?:y|ies)|presidency|palace|chancellery|leadership|junta|regime|command|capital|state|country|nation|republic|kingdom|side",
    re.IGNORECASE,
)  # whose "the ..." is a party's that the text names; "the committee", "the bank", "the company" may be anybody's


_NAMED = frozenset(
    [
        "union",
        "party",
        "bloc",
        "alliance",
        "coalition",
        "group",
        "bank",
        "federation",
        "association",
        "institute",
        "university",
        "company",
        "movement",
        "front",
    ]
)
"""Bodies that go by a name where one of their words is capitalised: the "People's Union" is not the party named before."""
REACH = 3_000  # characters before "the union" in which the union is named
_ASIDE = re.compile(r", (?:which|who|whose|where)\b")


class Offices(Pronouns):
    """Resolves words that name no person."""

    __slots__ = ()

    def _party(self, text: str, place: Place) -> str | None:
        """The party of the words themselves, or the one that "its", "her" points to."""
        party = self.mentions.names.of(text)
        if party is not None:
            return party
        if _OWNER.match(text):
            return self._owner(text, place)
        return None

    def _owner(self, text: str, place: Place) -> str | None:
        low = text.split()[0].lower()
        if low in ("his", "her"):
            weighed = self._weigh(place, "m" if low == "his" else "f")
            best = max(weighed, key=lambda one: one[1], default=None)
            return best[0].party if best is not None else None
        for one in reversed(self.said[-3:]):
            if (
                one.voice.kind == "collective"
                and one.voice.party
                and self._sentence(place.at) - self._sentence(one.at) <= 1
            ):
                return one.voice.party
        content = place.content[0].start if place.content and place.content[0].start < place.at else None
        inside = [] if content is None else self._parties_between(content, place.at)
        return inside[0] if inside else self.mentions.party_before(place.at)

    def _body(self, text: str, place: Place) -> Found:
        """A state, body or office, by name, seat or description."""
        head = text.split(",")[0]
        role = ROLES.search(head)
        media = MEDIA.search(text) is not None
        party = None if media else self._party(text, place)
        noun = BODY.search(head)
        plain = re.sub(r"^(?:the|its|his|her|their|that|this|an?)\s+", "", head, flags=re.I)
        why: tuple[str, ...] = ("a body or office",)
        candidates: tuple[Candidate, ...] = ()
        if party is None and not media and text[:4].lower() in ("the ", "that") and (noun or role):
            key = (noun or role).group().lower()  # type: ignore[union-attr]  # one of the two was found
            named = self._named_body(plain, place)
            if named is not None:
                return self._body(named, place)
            known = self.offices.get(key)
            if known is not None:
                return known, (f"“{text}” is {known.name}, which spoke before",)
            if noun and _OF_A_STATE.fullmatch(noun.group()):
                party, candidates = self._seat(place)
                why = (f"“{text}” is taken for that of {self._name_of(party)}, named before",) if party else why
        place_name = [text[start:end] for start, end, _ in self.mentions.names.places(text)]
        if party is not None and not role and self._is_state(plain, place_name):
            return Voice(
                id=party, kind="collective", name=text, standing="official", party=party, candidates=candidates
            ), ("a name or seat that stands for a state or body" if place_name else why[0],)
        id = slug(plain)
        if party is not None:
            rest = re.sub(r"^of (?:the )?|[’']s\b|\b(?:of|in|for|the)$", "", _without(plain, place_name)).strip()
            id = slug(f"{party} {rest}") if rest else party
        standing = "other" if media else standing_of(text) if noun or role else None
        if standing is None and party is not None:
            standing = "official"
        voice = Voice(
            id=id, kind="collective", name=_ASIDE.split(text)[0], standing=standing, party=party, candidates=candidates,
            role=role.group() if role else None,
        )  # fmt: skip
        if noun or role:
            self.offices[(noun or role).group().lower()] = voice  # type: ignore[union-attr]
        return voice, why

    def _named_body(self, noun: str, place: Place) -> str | None:
        """The name, last before a place, of the body that "the union" or "the agency" is: "the Rail Crews' Union"."""
        if noun.lower() not in _NAMED or noun != noun.lower():
            return None
        lead = self.text[max(0, place.at - REACH) : place.at]
        called = re.compile(rf"(?<!\w)(?:[A-Z][\w’'&-]* ){{1,5}}{noun.capitalize()}(?!\w)")
        names = called.findall(lead)
        return re.sub(r"\A(?:The |A )?", "the ", names[-1], count=1) if names else None

    def _seat(self, place: Place) -> tuple[str | None, tuple[Candidate, ...]]:
        """Whose "the ministry" or "the government" is meant: the party named last; others near it stay candidates."""
        here = self._sentence(place.at)
        order = [
            id for id in self._parties_before(place.at) if here - self._sentence(self._last_place(id, place.at)) <= 3
        ][:3]
        if not order:
            return (next(iter(self._first)), ()) if len(self._first) == 1 else (None, ())
        if len(order) == 1:
            return order[0], ()
        return order[0], tuple(
            Candidate(name=self._name_of(id), score=round((0.6, 0.25, 0.15)[n], 2), why="named shortly before")
            for n, id in enumerate(order)
        )

    def _is_state(self, plain: str, found: Sequence[str]) -> bool:
        """Whether words are a state's own name or seat, or its government, and no ministry or other part of it."""
        rest = _without(plain, found)
        rest = re.sub(
            r"\b(?:of|the|state|government|republic|kingdom|regime|authorities|administration|federation|people[’']s|democratic|islamic|side|leadership|itself|[’']s)\b|[’']s\b",
            "",
            rest,
            flags=re.I,
        )
        return not re.search(r"\w", rest)


def _without(text: str, found: Sequence[str]) -> str:
    """The words of a text but for the names in it."""
    for name in sorted(set(found), key=len, reverse=True):
        text = text.replace(name, " ")
    return " ".join(text.split())
