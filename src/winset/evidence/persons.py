"""Persons behind the words of a source: by full name, surname, or a description that fits somebody named before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from winset.evidence.anonymous import unnamed_person
from winset.evidence.capitals import NAME
from winset.evidence.hearing import Found, Place, weighed
from winset.evidence.lexicon import word_list
from winset.evidence.mentions import ROLES, Human
from winset.evidence.offices import BODY, MEDIA, Offices

_DEFINITE = re.compile(r"^(?:the|that|this|his|her|its|their)\s+(?P<rest>.+)$", re.I)
_EX = re.compile(r"\b(?:former|ex|retired|then)\b[- ]?", re.I)
_NOBODY = frozenset(
    ["officials", "others", "some", "many", "critics", "sources", "reports", "people", "analysts", "observers"]
)
_GROUPS = frozenset(
    [
        "officials",
        "democrats",
        "republicans",
        "voters",
        "lawmakers",
        "diplomats",
        "americans",
        "europeans",
        "leaders",
        "ministers",
    ]
)
_LOOSE = frozenset(
    [
        "diplomat",
        "politician",
        "lawmaker",
        "official",
        "general",
        "lawyer",
        "judge",
        "leader",
        "analyst",
        "expert",
        "professor",
        "scholar",
        "activist",
        "journalist",
        "historian",
        "economist",
    ]
)
_CORE = frozenset(
    [
        "president",
        "prime minister",
        "foreign minister",
        "defence minister",
        "defense minister",
        "king",
        "chancellor",
        "premier",
    ]
)


_TITLES_ANOTHER = re.compile(rf" (?i:{ROLES.pattern})\.? {NAME}")


class Persons(Offices):
    """Resolves words that name or describe one person."""

    __slots__ = ()

    def _named_person(self, text: str, place: Place) -> Found | None:
        """Somebody whose own name is the head of the words: not "an aide to NAME" or "NAME's deputy"."""
        for human, start, end in self._humans_in(text):
            if not is_head(text, start, end):
                continue
            same = [one for one in self.mentions.by_surname(human.last) if one is not human]
            alone = " " not in text[start:end]
            voice = self._of(human, text)
            if alone and same and len(human.name.split()) > 1:
                everybody = self._nearest_first([human, *same], place.at)
                first = everybody[0]
                return replace(
                    self._of(first, text),
                    candidates=weighed(
                        [(one, 1.0 / (n + 1), f"is called {one.last}") for n, one in enumerate(everybody)]
                    ),
                ), (f"{first.last} is the surname of {' and of '.join(one.name for one in everybody)}",)
            if alone and len(human.name.split()) > 1:
                return voice, (f"{text[start:end]} is the surname of {human.name}",)
            return voice, (f"{human.name} is named in the source",)
        return None

    def _humans_in(self, text: str) -> list[tuple[Human, int, int]]:
        """People of the document whose name stands in `text`, in order; a name that is nowhere else is met here."""
        found: list[tuple[Human, int, int]] = []
        for match in re.finditer(
            rf"(?<!\w){NAME}(?: (?:(?:van|von|der|de|al|bin|ibn|el|la|di|da|del) ){{0,2}}{NAME}){{0,5}}", text
        ):
            words = match.group().split(" ")
            offset = match.start()
            for n in range(len(words)):
                human, length = self._human(words[n:])
                if human is not None:
                    begin = offset + sum(len(word) + 1 for word in words[:n])
                    found.append((human, begin, begin + length))
                    break
        if found or unnamed_person(text):
            return found
        alone = re.fullmatch(
            rf"(?:[^\W\d_][\w-]*[’']s (?=\w))?(?:(?:(?i:{ROLES.pattern})|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen)\.? )*(?P<name>{NAME}(?: {NAME}){{0,3}})",
            text,
        )
        if alone and self._new_name(alone.group("name")):
            human = Human(alone.group("name").rstrip("."), len(self.text))
            role = ROLES.search(text[: alone.start("name")])
            if role:
                human.roles.append(role.group())
            human.party = self.mentions.names.of(text[: alone.start("name")])
            self.mentions.add(human)
            found.append((human, alone.start("name"), alone.end("name")))
        return found

    def _human(self, words: Sequence[str]) -> tuple[Human | None, int]:
        """The person whose full name, or else surname, begins `words`, and the characters that it takes."""
        bare = [re.sub(r"[’']s?$", "", word) if word[-1:] in "s’'" else word for word in words]
        for n in range(len(bare), 1, -1):
            human = self.mentions.people.get(" ".join(bare[:n]))
            if human is not None:
                return human, len(" ".join(bare[:n]))
        one = bare[0].rstrip(".,") if bare else ""
        if len(one) < 2 or self.mentions.names.id_of(one) is not None:
            return None, 0
        same = self.mentions.by_surname(one)
        if same and (len(bare) == 1 or not bare[1][:1].isupper()):
            return self._nearest_first(same, len(self.text) if not self.said else self.said[-1].at)[0], len(one)
        for party in self.parties:
            for person in party.people:
                if person.name == " ".join(bare) or (person.name.split()[-1] == one and len(bare) == 1):
                    human = Human(person.name, 0, party=party.id, roles=[person.role] if person.role else [])
                    self.mentions.add(human)
                    return human, len(" ".join(bare)) if person.name == " ".join(bare) else len(one)
        return None, 0

    def _new_name(self, name: str) -> bool:
        """Whether words that nobody in the document is known by may be a person's name all the same."""
        if (
            name.startswith("The ")
            or self.mentions.names.of(name) is not None
            or BODY.search(name)
            or MEDIA.search(name)
        ):
            return False
        if any(word in word_list("bodies") for word in name.split()):
            return False
        if ROLES.search(name) or name.lower() in _NOBODY or any(part in _GROUPS for part in name.lower().split()):
            return False
        return not (name.isupper() and len(name) > 4 and " " not in name) or len(name) < 15

    def _described_person(self, text: str, place: Place) -> Found | None:
        """ "The Turkish leader", "the ex-minister": somebody named before whom the words describe."""
        definite = _DEFINITE.match(text)
        titled = ROLES.match(text) if definite is None else None
        if definite is None and titled is None:
            return None
        rest = definite.group("rest") if definite else text
        roles = ROLES.search(rest)
        age = re.match(r"\d\d-year-old\b", rest)
        if roles is None and age is None:
            return None
        if roles is not None and re.search(r"s$", roles.group()) and not roles.group().lower().endswith(("chess",)):
            return None
        if roles is not None and _is_of_somebody(rest[roles.end() :]):
            return None
        party = self._party(text, place)
        wanted = _head(roles.group()) if roles else ""
        phrase = roles.group().lower() if roles else ""
        fits: list[tuple[float, Human, str]] = []
        for human in self._people_before(place):
            if party is not None and human.party not in (None, party):
                continue
            known = [role.lower() for role in human.roles] + [words.lower() for words in human.described]
            exact = any(phrase and re.search(rf"\b{re.escape(phrase)}\b", role) for role in known)
            head = any(wanted and re.search(rf"\b{wanted}", role) for role in known)
            if exact or (head and not _contrary(phrase, known)):
                fits.append((1.0 if exact else 0.8, human, f"is called {phrase}"))
            elif wanted == "leader" and any(
                re.search(r"\b(?:president|prime minister|premier|king|chancellor|chief|emir)", role) for role in known
            ):
                fits.append((0.8, human, "leads it"))
        if len(fits) == 1 or (fits and fits[0][0] > fits[1][0]):
            human, reason = fits[0][1], fits[0][2]
            return self._of(human, text), (f"“{text}” is {human.name}, who {reason}",)
        if fits:
            return replace(
                self._of(fits[0][1], text),
                candidates=weighed([(human, score / (n + 1), why) for n, (score, human, why) in enumerate(fits[:4])]),
            ), (f"“{text}” fits {' and '.join(human.name for _, human, _ in fits[:4])}; the one named last is taken",)
        return self._renamed(text, rest, phrase, party, place)

    def _renamed(self, text: str, rest: str, phrase: str, party: str | None, place: Place) -> Found | None:
        """A description that nothing in the text explains, right after a person: news copy calls people by it the second time."""
        for human in self._people_before(place)[:1]:
            known = [role.lower() for role in human.roles]
            fresh = bool(_EX.search(rest)) or rest[:2].isdigit() or not known or _head(phrase) in _LOOSE
            if (
                not fresh
                or (party is not None and human.party not in (None, party))
                or self._sentences_from(human, place) > 2
            ):
                return None
            if phrase in _CORE and known:
                return None
            others = self._people_before(place)[1:2]
            candidates = weighed(
                [(human, 0.6, f"was named just before “{text}”"), *((one, 0.3, "was named earlier") for one in others)]
            )
            return replace(self._of(human, ""), candidates=candidates if others else ()), (
                f"“{text}” comes right after {human.name} and nobody else of whom it is said",
            )
        return None


def _head(role: str) -> str:
    return re.sub(r"s$", "", re.split(r"[ -]", role.lower())[-1])


def _contrary(phrase: str, known: Sequence[str]) -> bool:
    """Whether "the foreign minister" is asked for and only a minister of something else is known."""
    kind = phrase.split()[:-1]
    if not kind or _EX.match(phrase):
        return False
    return any(
        re.search(r"\b(?:foreign|prime|defen[cs]e|finance|interior|vice|deputy|trade|energy|justice)\b", role)
        for role in known
    ) and not any(word in role for role in known for word in kind)


def _is_of_somebody(rest: str) -> bool:
    """ "the aide to NAME", "the spokesman for the army": another person than the one whose name follows."""
    return bool(re.match(r" (?:to|for) ", rest))


def is_head(text: str, start: int, end: int) -> bool:
    """Whether the name at [start, end) is who speaks, not somebody whose aide or spokesman does."""
    after = text[end:]
    if (
        re.match(r"[’']s? \w", after)
        and not after.strip("’'s ,").startswith("(")
        and not re.match(r"[’']s?$", after.strip())
    ):
        return False
    if _TITLES_ANOTHER.match(after):
        return False  # "Guild president Ann Lee"
    before = text[:start]
    if "," in before:
        before = re.sub(rf", (?:(?:{ROLES.pattern}|Mr|Mrs|Ms|Dr)\.? )+\Z", ", ", before, flags=re.I)
    clause = before.rsplit(",", 1)[-1]
    link = re.search(
        r"\b(?P<word>to|for|with|by|near|under|behind|at|from|about|on|of|in)(?: (?:the|his|her|its|former|late|then))* (?P<between>(?:[\w.’'-]+ )*)$",
        clause,
    )
    if link is None:
        return (
            "," not in before
            or bool(
                re.search(
                    rf"(?:{ROLES.pattern}|counterpart|colleague|successor|predecessor|rival)[^,]*, $", before, re.I
                )
            )
            or not re.match(rf"\s*(?!(?:The|An?|Its|His|Her|Their|Our|One) )(?:{NAME})", before)
        )
    between = link.group("between").strip()
    titles = re.fullmatch(rf"(?:(?:{ROLES.pattern}|Mr|Mrs|Ms|Dr)\.? ?)+", between, re.I)
    # "Secretary of State NAME", "the president of Karsk NAME"
    return link.group("word") in ("of", "at", "for", "in", "on") and bool(between) and titles is None
