"""Whose voice a source is: a named person, a body, somebody unnamed; resolved within one document, doubts kept."""

import re
from bisect import bisect_right
from dataclasses import replace

from winset.domain.statements import Candidate, Voice
from winset.evidence.anonymous import ends_in_people, unnamed_person
from winset.evidence.capitals import UPPER
from winset.evidence.hearing import Found, Place, Said
from winset.evidence.mentions import ROLES, Human
from winset.evidence.offices import BODY, MEDIA
from winset.evidence.persons import Persons, is_head
from winset.evidence.standing import standing_of

LONGEST = 400  # characters of a source that are looked at
_PRONOUN = re.compile(
    r"^(?:he|she|they|it|we|i|who|which|him|her|them|himself|herself|his|hers|their|theirs|its|my|our|whose|that|both|the (?:two|pair|duo))$",
    re.I,
)
_AND = re.compile(r"(?:, and |,? and |, | as well as | together with | along with |; )")
_PEOPLE_HEAD = r"\b(?:officials?|diplomats?|sources?|persons?|people|aides?|members?|spokes\w+|insiders?|analysts?|experts?|negotiators?|envoys?|residents?|lawmakers?|observers?|representatives?|delegates?|advis[eo]rs?|workers?|leaders?|critics|figures?|voices?)\b"
_UNION = re.compile(r"\b(?:union|guild|federation|association|confederation)\Z", re.I)  # "the dairy workers' union"
_SHARED = re.compile(
    rf"^(?:the |both the )?(?P<one>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?) and (?P<two>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?) (?P<role>{ROLES.pattern}|governments|delegations|sides|armies)$",
    re.I,
)
_FURTHER = re.compile(r"the (?:second|third|other) [a-z]+\Z", re.I)
_OF_PRONOUN = {
    "his": "he", "hers": "she", "her": "she", "their": "they", "theirs": "they", "its": "it", "my": "I", "our": "we", "whose": "who",
    "that": "which",
}  # fmt: skip


_OFFICE_FIRST = re.compile(
    rf"(?P<office>\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w-]{{1,30}}[’']s) (?:[\w-]{{1,30}} ){{0,3}}(?i:{ROLES.pattern})), (?=[{UPPER}][\w’-]{{1,30}} [{UPPER}])"
)  # "Dorn and the Iskan foreign minister, Ruy Salt" are two


class Voices(Persons):
    """Resolves the sources of one document, in the order of the text.

    `parties` are those of a case; without any, a party's id is the slug of a state or body named in the text.
    """

    __slots__ = ()

    def resolve(self, words: str, place: Place | None = None, *, asks: bool = False) -> Found:
        """The voice behind the words of a source, and why. `asks`: what is said is a question."""
        at = place.at if place else len(self.text)
        text = " ".join(words[:LONGEST].split()).strip(' ,;:—–-"“”')
        text = re.sub(r",? (?:who|which|have|has|had)$", "", text)
        if text.isupper() and len(text) > 4:
            text = text.title()
        if not text:
            return Voice(id="none", kind="none"), ("no source is given",)
        voice, why = self._voice(self._with_name(text, words, place) if place else text, place or Place(at))
        if voice.kind != "none":
            self.said.append(Said(at, voice, asks))
        return voice, why

    def _with_name(self, text: str, words: str, place: Place) -> str:
        """The words with the name that stands right behind them: an annotator may stop at "its prime minister,"."""
        end = place.at + len(words)
        if (
            not re.match(r"(?:its|his|her|their|the|an?|[^\W\d_]+[’']s)\b", text, re.I)
            or self.text[place.at : end] != words
        ):
            return text
        gap = re.match(rf",? ?(?:{ROLES.pattern})?,? ?", self.text[end : end + 40], re.I)
        start = end + (gap.end() if gap else 0)
        index = bisect_right(self._named, start) - 1
        if (
            index < 0
            or self.mentions.named[index].start != start
            or not (words.endswith(",") or "," in self.text[end:start])
        ):
            return text
        return " ".join(self.text[place.at : self.mentions.named[index].end].split())

    def labelled(self, words: str, at: int, answering: Voice | None, office: str = "") -> Voice:
        """The voice of a name before a turn or above a post; `answering` is who the document says is being asked.

        office  what stands in brackets behind the name
        """
        plain = re.sub(r"^(?:MR|MRS|MS|DR|Mr|Mrs|Ms|Dr)\.? ", "", words).strip()
        titled = re.match(rf"(?:{ROLES.pattern}) (?=[A-Z])", plain, re.I)
        plain = plain[titled.end() :] if titled else plain
        human = self.mentions.people.get(plain) or next(iter(self.mentions.by_surname(plain.split()[-1])), None)
        if human is not None and " " in plain and human.name.split()[-1] == human.name:
            human.name = plain
        if (
            human is None
            and self._new_name(plain)
            and not self.mentions.names.places(plain)
            and not ROLES.search(plain)
        ):
            human = Human(plain.title() if plain.isupper() else plain, at)
            self.mentions.add(human)
        if human is not None and human.name.isupper():
            human.name = human.name.title()
        if human is not None and office and office not in human.roles:
            human.roles.append(office)
            human.party = human.party or self.mentions.names.of(office)
        if human is not None and (not ROLES.search(plain) or human.last in plain):
            voice = self._of(human, words)
            titled = ROLES.search(words)
            if titled and voice.role is None:
                voice = replace(voice, role=titled.group(), standing=standing_of(titled.group()))
            if (
                voice.party is None
                and answering is not None
                and (answering.kind == "anonymous" or answering.id == voice.id)
            ):
                voice = replace(
                    voice,
                    party=answering.party,
                    role=voice.role or answering.role,
                    standing=voice.standing or answering.standing,
                )
            return voice
        bare = ROLES.search(plain)
        if bare and answering is not None and answering.kind == "named" and _same_office(bare.group(), answering.role):
            return answering
        voice, _ = self._one(words, Place(at))
        party = voice.party or (answering.party if bare and answering is not None else None)
        return replace(voice, party=party, candidates=())

    def _voice(self, text: str, place: Place) -> Found:
        if _PRONOUN.match(text):
            return self._pronoun(_OF_PRONOUN.get(text.lower(), text), place)
        joint = self._joint(text, place)
        if joint is not None:
            return joint
        return self._one(text, place)

    def _one(self, text: str, place: Place) -> Found:
        for way in (
            self._named_person,
            self._definite_unnamed,
            self._described_person,
            self._both,
            self._indefinite,
        ):
            found = way(text, place)
            if found is not None:
                return found
        return self._body(text, place)

    def _joint(self, text: str, place: Place) -> Found | None:
        """ "Japan and South Korea", "Sato and Park": speakers who say it together."""
        if " and " not in text and ", " not in text and " with " not in text and " as well as " not in text:
            return None
        plain = re.sub(
            r"^(?:both |representatives of |leaders of |officials from |the (?:foreign |prime |defen[cs]e )?(?:ministers?|governments|leaders|presidents|envoys|premiers) of |"
            r"(?:the )?(?:(?:foreign |prime |trade |finance |defen[cs]e )?ministers|presidents|senators|generals|ambassadors|chancellors|envoys) (?=[A-Z]))",
            "",
            text,
            flags=re.IGNORECASE,
        )
        first = next(iter(self._humans_in(text)), None)
        if (
            first is not None
            and re.match(r",? (?:(?:the|an?|who|whose)\b|\(|\d)", text[first[2] :])
            and is_head(text, first[1], first[2])
        ):
            return None
        sharing = _SHARED.match(text)
        if sharing is not None:
            ids = [self.mentions.names.of(sharing.group(one)) for one in ("one", "two")]
            if ids[0] is not None and ids[1] is not None and ids[0] != ids[1]:
                return Voice(
                    id="+".join(sorted(id for id in ids if id)), kind="collective", name=text, standing=standing_of(text),
                    members=tuple(id for id in ids if id), role=sharing.group("role"),
                ), ("an office of two parties together",)  # fmt: skip
        plain = _OFFICE_FIRST.sub(r"\g<office> ", plain)
        parts = [part.strip(" ,") for part in _AND.split(plain) if part.strip(" ,")]
        if not 2 <= len(parts) <= 12 or (
            " and " not in plain and " with " not in plain and " as well as " not in plain
        ):
            return None
        members: list[Voice] = []
        for part in parts:
            if (
                re.match(r"(?:who|which|the (?:country|group|party)|an? |head |former )", part)
                and members
                and members[-1].kind == "named"
            ):
                continue  # an apposition of the one before
            if not self._stands_alone(part):
                return None
            voice, _ = self._one(part, place)
            if voice.id not in [one.id for one in members]:
                members.append(voice)
        if len(members) < 2:
            return None
        parties = {one.party for one in members}
        return Voice(
            id="+".join(sorted(one.id for one in members)), kind="collective", name=text,
            standing=members[0].standing if len({one.standing for one in members}) == 1 else None,
            party=members[0].party if len(parties) == 1 else None, members=tuple(one.id for one in members),
        ), (f"{len(members)} speakers together: {', '.join(one.name or one.description or one.id for one in members)}",)  # fmt: skip

    def _stands_alone(self, part: str) -> bool:
        """Whether a part of "A and B" is a speaker by itself and not half of one name ("the Ministry of Trade and Industry")."""
        if re.search(r"\b(?:of|for|on|in)$", part):
            return False
        if self.mentions.names.places(part) or any(is_head(part, a, b) for _, a, b in self._humans_in(part)):
            return True
        return bool(re.match(r"(?:an?|the|his|her|its|their|two|some|other|several|senior)\b", part, re.I)) and bool(
            ROLES.search(part) or BODY.search(part) or unnamed_person(part)
        )

    def _definite_unnamed(self, text: str, place: Place) -> Found | None:
        """ "The official", "the person": an unnamed voice heard before."""
        text = re.sub(r", (?:who|whose|speaking)\b.*", "", text)
        found = self.unnamed.again(text)
        if found is None:
            if not _FURTHER.match(text) or not unnamed_person(f"a {text[4:]}"):
                return None
            voice, _ = self.unnamed.voice(text, self._party(text, place))
            return voice, ("another one than those heard before",)
        fitting, sure = found
        candidates = (
            ()
            if sure
            else tuple(
                Candidate(
                    name=voice.description or voice.id,
                    score=round(0.6 if n == 0 else 0.4 / (len(fitting) - 1), 2),
                    why=f"an unnamed voice before “{text}”",
                )
                for n, voice in enumerate(fitting[:3])
            )
        )
        return replace(fitting[0], candidates=candidates if len(candidates) > 1 else ()), (
            f"the same unnamed voice as “{fitting[0].description}”",
        )

    def _indefinite(self, text: str, place: Place) -> Found | None:
        head = re.split(r",|\b(?:in|of|at|from|who|with|for|near|to|on)\b", text)[0].strip()
        body = (BODY.search(head) and not re.search(_PEOPLE_HEAD, text, re.I) and not ends_in_people(head)) or (
            _UNION.search(head)
        )
        if body or not (unnamed_person(text) or (re.match(r"(?:an?|one) [a-z]", text) and not MEDIA.search(head))):
            return None
        party = self._party(text, place)
        voice, new = self.unnamed.voice(text, party)
        return voice, ("the source names nobody" if new else f"the same unnamed voice as “{voice.description}”",)


def _same_office(one: str, other: str | None) -> bool:
    return other is not None and other.lower().split()[-1] == one.lower().split()[-1]
