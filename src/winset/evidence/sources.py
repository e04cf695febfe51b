"""Whose voice a source is: a named person, a body, somebody unnamed; resolved within one document, doubts kept."""

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from winset.domain.actors import Party, slug
from winset.domain.statements import Candidate, Standing, Voice

_PRONOUN = re.compile(r"^(?:he|she|they|i|we|it|who|him|her|them)$", re.IGNORECASE)
_NAME = r"[A-ZÀ-ÖØ-ÞŁŚŽČ][\w’'.-]{0,30}"
_PERSON = re.compile(rf"(?<!\w){_NAME}(?: (?:(?:van|von|der|de|al|bin|ibn|el|la|di|da|del) ){{0,2}}{_NAME}){{1,6}}")
_ROLE = (
    r"president|prime minister|premier|chancellor|king|queen|crown prince|minister|foreign minister|secretary(?: of state)?|"
    r"secretary[- ]general|envoy|ambassador|negotiator|spokes(?:man|woman|person)|diplomat|official|adviser|advisor|aide|"
    r"general|commander|leader|chair(?:man|woman|person)?|chief|director|professor|analyst|expert|fellow|historian|"
    r"economist|senator|representative|lawmaker|governor|mayor|mediator|delegate|deputy|head|lawyer|judge|candidate"
)
_ROLES = re.compile(
    rf"\b(?:(?:former|ex-|acting|deputy|vice|chief|senior|special|foreign|prime|defen[cs]e|finance|interior)[ -]?)*(?:{_ROLE})s?\b",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"\A(?:an?|one|two|three|several|some|many|other|another|senior|top|unnamed|anonymous|the|western|european|four|five|"
    r"most|current|former)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:officials?|diplomats?|sources?|persons?|people|analysts?|experts?|aides?|advis[eo]rs?|insiders?|negotiators?|"
    r"envoys?|lawmakers?|observers?|delegates?|mediators?|ministers?|residents?|critics|supporters|somebody|man|woman|"
    r"voters?)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\A(?:some|others|many|critics|people|insiders|observers|somebody|someone|anyone)\b"
    r"|\b(?:officials|diplomats|aides|sources|analysts|experts|advisers|lawmakers)\b",
    re.IGNORECASE,
)
LONGEST = 400  # characters of a source that are looked at
_OFFICE = re.compile(
    r"^the\s+(?:\w+\s+){0,2}(?:president|(?:prime |foreign |interior |defen[cs]e |finance )?minister|premier|chancellor|king|queen|secretary|governor|mayor|spokes\w+|"
    r"commander|general|chair\w*|leader|judge|director)(?:[’']s \w+)?$",
    re.IGNORECASE,
)
_STANDINGS: tuple[tuple[re.Pattern[str], Standing], ...] = (
    (re.compile(r"\b(?:former|ex-|retired|then-)", re.I), "former official"),
    (re.compile(r"\b(?:diplomat|ambassador|envoy)", re.I), "diplomat"),
    (
        re.compile(
            r"\b(?:professor|analyst|expert|fellow|historian|economist|scholar|researcher|think tank|institute|university|director of the)",
            re.I,
        ),
        "expert",
    ),
    (
        re.compile(
            r"\b(?:familiar|briefed|knowledge|close to|insider|who has discussed|who attended|person|people)\b", re.I
        ),
        "person familiar",
    ),
    (
        re.compile(
            r"\b(?:official|minister|ministry|president|spokes|secretary|government|aide|adviser|advisor|chancellor|premier|general|senator|governor|negotiator)",
            re.I,
        ),
        "official",
    ),
)


@cache
def states() -> dict[str, str]:
    """Every name, demonym, capital and seat -> the state's name."""
    data = tomllib.loads(files("winset.evidence").joinpath("lexicons", "states.toml").read_text(encoding="utf-8"))
    table: dict[str, str] = {}
    for state, names in data["state"].items():
        for name in (state, *names):
            table[name] = state
    return table


@cache
def _state_words() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(states(), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?:s(?!\w)|(?=[’']s)|(?!\w))")


def standing(text: str) -> Standing | None:
    """What kind of position a description claims for its bearer."""
    return next((kind for pattern, kind in _STANDINGS if pattern.search(text)), None)


@dataclass(slots=True)
class Voices:
    """Resolves the sources of one document, in the order of the text.

    `parties` are those of a case; without any, a party's id is the slug of a state or body named in the text.
    """

    parties: tuple[Party, ...] = ()
    people: dict[str, Voice] = field(default_factory=dict)  # by full name
    unnamed: dict[str, Voice] = field(default_factory=dict)
    recent: list[Voice] = field(default_factory=list)

    def resolve(self, words: str) -> tuple[Voice, tuple[str, ...]]:
        """The voice behind the words of a source, and why."""
        text = " ".join(words[:LONGEST].split()).strip(" ,;:—–-")
        if not text:
            return Voice(id="none", kind="none"), ("no source is given",)
        if _PRONOUN.match(text) or text.lower() in ("the person", "the man", "the woman", "the official", "the source"):
            voice, why = self._pronoun(text)
        else:
            voice, why = self._described(text)
        if voice.kind not in ("none",):
            self.recent.append(voice)
        return voice, why

    def party_of(self, text: str) -> str | None:
        """The party that a name, demonym, capital or seat in `text` stands for: a case's own names first."""
        for party in self.parties:
            for name in (party.name, *party.aliases):
                if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                    return party.id
        found = _state_words().search(text)
        if found is None:
            return None
        name = found.group()
        state = states().get(name) or states().get(name.removesuffix("s"))
        if state is None:
            return None
        for party in self.parties:
            known = {party.name.casefold(), *(alias.casefold() for alias in party.aliases)}
            if state.casefold() in known or slug(state) == party.id:
                return party.id
        return slug(state)

    def _person_of_party(self, name: str) -> tuple[str, str | None] | None:
        for party in self.parties:
            for person in party.people:
                if person.name == name or person.name.split()[-1] == name:
                    return party.id, person.role
        return None

    def _pronoun(self, text: str) -> tuple[Voice, tuple[str, ...]]:
        plural = text.lower() in ("they", "we", "them")
        unnamed = text.lower().startswith("the ")
        fitting = []
        for voice in reversed(self.recent):
            fits = (
                voice.kind == "anonymous" if unnamed else plural or voice.kind == "named" or voice.kind == "anonymous"
            )
            if fits and voice not in fitting:
                fitting.append(voice)
            if len(fitting) == 2:
                break
        if not fitting:
            return Voice(id=f"unresolved-{slug(text)}", kind="anonymous", description=text), (
                f"“{text}” has nobody to refer to before it",
            )
        first = fitting[0]
        candidates = tuple(
            Candidate(
                name=v.name or v.description or v.id,
                score=round(0.7 / (n + 1), 2),
                why=f"speaker {n + 1} before “{text}”",
            )
            for n, v in enumerate(fitting)
        )
        return replace(first, candidates=candidates if len(fitting) > 1 else ()), (
            f"“{text}” follows {first.name or first.description}",
        )

    def _described(self, text: str) -> tuple[Voice, tuple[str, ...]]:
        person = self._find_person(text)
        if person is not None:
            return person
        party = self.party_of(text)
        if (
            not _OFFICE.match(text)
            and _nobody_named(text)
            and not re.search(r"\b(?:ministry|department|government|office|party|council)\b", text, re.I)
        ):
            key = re.sub(r"^(?:an?|the|one|another|that|this)\s+", "", text.casefold())
            for known, voice in self.unnamed.items():
                if known in key or key in known:
                    return voice, (f"the same unnamed voice as “{voice.description}”",)
            voice = Voice(
                id=f"anonymous-{len(self.unnamed) + 1}", kind="anonymous", description=text,
                standing=standing(text), party=party,
            )  # fmt: skip
            self.unnamed[key] = voice
            return voice, ("the source names nobody",)
        role = _ROLES.search(text)
        if role and not text[0].isupper() and party:
            for voice in reversed(self.recent):
                if voice.kind == "named" and voice.party == party:
                    return voice, (f"“{text}” describes {voice.name}, who spoke before",)
        if party is not None and not role:
            return Voice(id=party, kind="collective", name=text, standing=standing(text), party=party), (
                "a name or seat that stands for a state or body",
            )
        return Voice(
            id=slug(text), kind="collective", name=text, standing=standing(text), party=party,
            role=role.group() if role else None,
        ), ("a body or office",)  # fmt: skip

    def _find_person(self, text: str) -> tuple[Voice, tuple[str, ...]] | None:
        for found in _PERSON.finditer(text):
            name = _without_role(found.group())
            if name is None or _is_state_phrase(name):
                continue
            if " " not in name:
                break
            voice = self.people.get(name)
            role = _role_near(text, name)
            party = self.party_of(text)
            listed = self._person_of_party(name)
            if listed:
                party, role = listed[0], role or listed[1]
            if voice is None:
                voice = Voice(id=slug(name), kind="named", name=name, role=role, party=party, standing=standing(text))
            elif (role and not voice.role) or (party and not voice.party):
                voice = replace(voice, role=voice.role or role, party=voice.party or party)
            self.people[name] = voice
            return voice, (f"{name} is named in the source",)
        last = re.sub(r"[’']s?$", "", text.split()[-1])
        stem = text if " " not in text else last
        if re.fullmatch(_NAME, stem) and not _is_state_phrase(stem):
            fits = [v for name, v in self.people.items() if name.split()[-1] == stem]
            if fits:
                candidates = tuple(
                    Candidate(name=v.name or v.id, score=1 / len(fits), why=f"is called {stem}") for v in fits
                )
                return replace(fits[-1], candidates=candidates if len(fits) > 1 else ()), (
                    f"{stem} is the surname of {fits[-1].name}",
                )
            listed = self._person_of_party(stem)
            if (
                listed
                or (" " not in text and stem.lower() not in ("officials", "others", "some", "many"))
                or _ROLES.match(text)
            ):
                party = listed[0] if listed else self.party_of(text)
                role = (listed[1] if listed else None) or _role_near(text, stem)
                return Voice(id=slug(stem), kind="named", name=stem, role=role, party=party, standing=standing(text)), (
                    f"{stem} is a name without more",
                )
        return None


def _nobody_named(text: str) -> bool:
    """Whether a source speaks of people without naming any."""
    return bool((_DETERMINER.match(text) and _PEOPLE.search(text)) or _SEVERAL.search(text))


def _without_role(name: str) -> str | None:
    words = name.replace("’s", "").split()
    while words and (
        _ROLES.fullmatch(words[0])
        or words[0] in states()
        or words[0]
        in (
            "The",
            "A",
            "An",
            "Mr.",
            "Mrs.",
            "Ms.",
            "Dr.",
            "Sen.",
            "Rep.",
            "Gov.",
            "Gen.",
            "Former",
            "Foreign",
            "Prime",
            "Vice",
            "Deputy",
            "Defense",
            "Defence",
            "State",
            "Secretary",
            "But",
            "And",
            "In",
            "On",
        )
    ):
        words = words[1:]
    return " ".join(words) or None


def _is_state_phrase(name: str) -> bool:
    return bool(_state_words().fullmatch(name)) or bool(
        re.search(
            r"\b(?:Ministry|Department|Council|House|Party|Commission|Union|Institute|University|News|Times|Post|Office|Court|Congress|Parliament|Nations|Association|Federation|Group|Agency|Bank|Army|Committee|Campaign)\b",
            name,
        )
    )


def _role_near(text: str, name: str) -> str | None:
    rest = text.replace(name, " ")
    found = _ROLES.search(rest)
    return " ".join(found.group().split()) if found else None
