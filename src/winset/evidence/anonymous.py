"""Unnamed voices: who counts as one, and which of them is the same as one heard before."""

import re
from dataclasses import dataclass, field
from itertools import islice

from winset.domain.statements import Voice
from winset.evidence.mentions import Gender
from winset.evidence.standing import standing_of
from winset.evidence.wording import any_of

_PEOPLE = any_of(
    "officials?|diplomats?|sources?|persons?|people|analysts?|experts?|aides?|advisers?|advisors?|insiders?|negotiators?|envoys?|"
    "lawmakers?|legislators?|senators?|congressman|congressmen|congresswoman|congresswomen|observers?|delegates?|mediators?|ministers?|"
    "ambassadors?|residents?|critics?|supporters?|opponents?|somebody|someone|man|men|woman|women|voters?|members?|spokesman|"
    "spokeswoman|spokesperson|spokespeople|generals?|officers?|commanders?|soldiers?|fighters?|rebels?|leaders?|workers?|activists?|"
    "protesters?|witness|witnesses|economists?|historians?|scholars?|researchers?|professors?|participants?|attendees?|strategists?|"
    "operatives?|staffers?|donors?|colleagues?|friends?|allies|ally|figures?|voices?|representatives?|executives?|traders?|investors?|"
    "lawyers?|attorneys?|prosecutors?|investigators?|pollsters?|reporters?|journalists?|candidates?|teachers?|students?|farmers?|relatives?|"
    "families|bureaucrats?|politicians?|veterans?|others?|democrats?|republicans?|conservatives?|liberals?|europeans?|americans?|"
    "westerners?|locals?|villagers?|doctors?|businessman|businessmen"
)
_HEAD = re.compile(rf"\b(?P<head>{_PEOPLE})\b", re.IGNORECASE)
_INDEFINITE = re.compile(
    r"\A(?:an?|one|two|three|four|five|six|several|some|many|most|few|a few|other|others|another|any|no|both|at least|more than|"
    r"senior|top|unnamed|anonymous|unidentified|western|european|current|former|ex-|retired|local|independent|political|military|"
    r"security|government|foreign|administration|intelligence|multiple|various|different|people|those|somebody|someone|anyone|everyone|"
    r"sources?|critics|insiders|observers|officials|diplomats|analysts|experts|supporters|opponents)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\A(?:an?|one|another) (?:[\w-]+ ){1,4}who\b", re.IGNORECASE
)  # "a banker who follows the talks"
_ONE_OF = re.compile(r"(?:one|another|some|several|most|none|neither|two) of (?:them|these|those)", re.IGNORECASE)
_COUNTED = re.compile(r"\Athe (?P<which>first|second|third|other)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"\A(?:the|this|that|these|those|the same) (?P<rest>[\w -]+?)\Z", re.IGNORECASE)
_NEW = re.compile(
    r"\A(?:another|an?other|a second|a third|a different|one more|other|others|the other|the second|two other|several other)\b",
    re.IGNORECASE,
)
_WORK = {
    "official": "official", "aide": "official", "adviser": "official", "advisor": "official", "diplomat": "official", "envoy": "diplomat",
    "ambassador": "diplomat", "negotiator": "official", "minister": "official", "spokesman": "official", "spokeswoman": "official",
    "spokesperson": "official", "lawmaker": "official", "general": "official", "officer": "official", "mediator": "official", "delegate": "official",
}  # fmt: skip
_MALE = re.compile(r"\b(?:man|men|spokesman|businessman|congressman|father|husband|king)\b", re.IGNORECASE)
_FEMALE = re.compile(r"\b(?:woman|women|spokeswoman|congresswoman|mother|wife|queen)\b", re.IGNORECASE)


def unnamed_person(text: str) -> bool:
    """Whether a source speaks of people without naming any."""
    head = _HEAD.search(text)
    if head is None:
        return (
            bool(_SOMEBODY.match(text))
            or bool(_ONE_OF.fullmatch(text))
            or text.lower()
            in (
                "some",
                "many",
                "others",
                "most",
                "several",
                "both",
                "everyone",
                "everybody",
                "nobody",
                "anyone",
                "another",
                "neither",
                "none",
                "a few",
            )
        )
    if _INDEFINITE.match(text):
        return True
    if re.match(r"\A(?:the|his|her|its|their)\b", text, re.IGNORECASE) and not _plural(head.group("head")):
        return bool(re.search(r"\b(?:who|familiar|briefed|close to|with knowledge|speaking on)\b", text))
    return _plural(head.group("head"))


def ends_in_people(words: str) -> bool:
    """Whether the last word of a description is one for people."""
    last = words.split()[-1] if words.split() else ""
    return _HEAD.fullmatch(last) is not None


def head_of(text: str) -> str:
    """The head noun of a description, in the singular and lower case."""
    found = _HEAD.search(text)
    word = found.group("head").lower() if found else text.split()[-1].lower()
    return _single(word)


def _single(word: str) -> str:
    irregular = {
        "people": "person",
        "men": "man",
        "women": "woman",
        "allies": "ally",
        "families": "family",
        "someone": "person",
        "somebody": "person",
        "critics": "critic",
    }
    return irregular.get(word, word[:-1] if word.endswith("s") and not word.endswith("ss") else word)


def _plural(word: str) -> bool:
    low = word.lower()
    return low in ("people", "men", "women", "allies", "families", "spokespeople") or (
        low.endswith("s") and not low.endswith("ss")
    )


RECENT = 100  # unnamed voices among which "the official" is looked for


@dataclass(slots=True)
class Unnamed:
    """The unnamed voices of one document, in the order in which they are first heard."""

    voices: list[Voice] = field(default_factory=list)
    _known: dict[str, Voice] = field(default_factory=dict)  # bare description -> the first voice of it
    _last: dict[str, Voice] = field(default_factory=dict)  # by id, the one heard last at the end

    def plural(self, voice: Voice) -> bool:
        """Whether a voice is several people."""
        if voice.kind != "anonymous" or not voice.description:
            return False
        words = voice.description.lower()
        if re.match(r"(?:an?|one|another|the) ", words) and not re.match(
            r"a (?:few|number|couple|handful|group) ", words
        ):
            found = _HEAD.search(words)
            return bool(found and _plural(found.group("head"))) and words.startswith("the ")
        people = re.split(r"\b(?:of|from|in|at|who|with|close|familiar|briefed)\b", words)[
            0
        ]  # "two European diplomats"
        heads = [
            found.group("head")
            for found in (*_HEAD.finditer(people), *([] if _HEAD.search(people) else _HEAD.finditer(words)))
        ]
        return words in ("some", "many", "others", "several") or (bool(heads) and _plural(heads[-1]))

    def gender(self, voice: Voice) -> Gender | None:
        """What a description says of an unnamed person's gender."""
        words = voice.description or ""
        return "f" if _FEMALE.search(words) else "m" if _MALE.search(words) else None

    def voice(self, text: str, party: str | None) -> tuple[Voice, bool]:
        """The voice that an indefinite description stands for, and whether it is heard for the first time."""
        key = _key(text)
        known = self._known.get(key)
        if known is not None and not _NEW.match(text) and not _bare(text):
            self._heard(known)
            return known, False
        group = None
        if re.match(r"(?:one|another) of (?:the|them|those|these)\b", text, re.I):
            group = next((one for one in reversed(self.voices[-RECENT:]) if self.plural(one)), None)
        new = Voice(
            id=f"anonymous-{len(self.voices) + 1}", kind="anonymous", description=text,
            standing=(group.standing if group else None) or standing_of(text) or "other", party=party or (group.party if group else None), role=_role(text),
        )  # fmt: skip
        self.voices.append(new)
        self._known.setdefault(key, new)
        self._heard(new)
        return new, True

    def again(self, text: str) -> tuple[list[Voice], bool] | None:
        """Voices heard before that "the official" may be, the likeliest first, and whether only one is likely."""
        definite = _DEFINITE.match(text)
        if definite is None or not self.voices:
            return None
        head = _HEAD.search(text)
        if head is None or head.end() < len(text) - 1:
            return None
        several, wanted = _plural(head.group("head")), _single(head.group("head").lower())
        order = list(islice(reversed(self._last.values()), RECENT))
        modifiers = [
            word
            for word in definite.group("rest").lower().split()[:-1]
            if word not in ("same", "unnamed", "other", "second", "third", "first", "latter")
        ]
        fitting = [
            voice for voice in order
            if self.plural(voice) == several and _compatible(wanted, head_of(voice.description or ""))
            and all(word in (voice.description or "").lower() for word in modifiers)
        ]  # fmt: skip
        which = _COUNTED.match(text)
        if which is not None and which["which"].lower() != "first":
            told = which["which"].lower()
            again = [
                one for one in fitting
                if re.search(rf"\b(?:{told}|another)\b", (one.description or "").lower()) or one is not fitting[-1]
            ]  # fmt: skip
            fitting = again
        elif which is not None:
            fitting = fitting[-1:]
        if not fitting:
            return None
        exact = [voice for voice in fitting if head_of(voice.description or "") == wanted]
        best = exact or fitting
        self._heard(best[0])
        return best, len(best) == 1 or (len(best) > 1 and best[0] is order[0])

    def _heard(self, voice: Voice) -> None:
        self._last.pop(voice.id, None)
        self._last[voice.id] = voice


def _key(text: str) -> str:
    plain = re.sub(r"\A(?:an?|one|the|this|that|some)\s+", "", text.casefold())
    return re.sub(
        r",? (?:speaking|who (?:spoke|asked|requested|declined)|on condition|under condition|requesting).*", "", plain
    ).strip(" ,")


def _bare(text: str) -> bool:
    """A description so bare that two of them need not be one voice ("an official", "one resident")."""
    return re.fullmatch(r"(?:an?|one) \w+", text.strip(), re.IGNORECASE) is not None


def _compatible(wanted: str, known: str) -> bool:
    if known == "member":
        return wanted in (
            "delegate",
            "official",
            "lawmaker",
            "negotiator",
            "member",
            "man",
            "woman",
            "person",
            "source",
        )
    if wanted == known or wanted in ("person", "source", "man", "woman"):
        return True
    if known in ("person", "source"):
        return wanted in ("official", "diplomat", "insider", "aide")
    return _WORK.get(known) == wanted


def _role(text: str) -> str | None:
    found = _HEAD.search(text)
    word = found.group("head").lower() if found else ""
    return (
        _single(word)
        if _single(word)
        in (
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "adviser",
            "advisor",
            "envoy",
            "ambassador",
            "negotiator",
            "mediator",
            "minister",
            "general",
        )
        else None
    )
