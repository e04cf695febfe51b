"""Whose the subject of a clause is: the speaker's own, another party's, or nobody's."""

import re

from winset.domain.statements import Voice
from winset.evidence.clauses import Whose
from winset.evidence.sources import Voices

_OURS = re.compile(r"\A(?:i|we|us|our|ours|my|mine|ourselves)\b|\bof (?:us|ours)\b", re.I)
_SELF_OWNED = re.compile(
    r"\A(?:his|her|its|their) (?:own )?(?:country|side|government|people|nation|forces|army|troops|party|delegation|administration|team|ministry|state|military|office|boss|ministers?|"
    r"group|movement|union|company|soldiers|fighters|position|demand|offer|proposal|goal|aim|priority|plan|parliament|king|president|capital|batteries|gunners|guns|fleet|navy|air force|police|coastguard|members|crews?|bank|board|firm|club|city|town|region|province|island|church|faction|cabinet|coalition|council|club|federation|association|authority|agency|commission|customers|shareholders|members|farmers|fishermen|skippers)\b",
    re.I,
)
_HERE = re.compile(r"\A(?:the country|the government|the ministry|the army|the delegation|the administration)\b", re.I)
_OFFICES = (
    (
        re.compile(r"\b(?:general secretary|secretary|convener|convenor|steward|organi[sz]er|union)\b", re.I),
        re.compile(r"\A(?:the |our )?(?:union|unions|members|membership|federation|confederation)\b", re.I),
    ),
    (
        re.compile(
            r"\b(?:chief executive|ceo|managing director|director|executive|manager|management|employers?|company)\b",
            re.I,
        ),
        re.compile(
            r"\A(?:the )?(?:company|firm|group|airline|operator|employers?|management|bank|board|business)\b", re.I
        ),
    ),
)
"""What somebody of an office calls what they speak for."""
_FIRST = re.compile(r"\A(?:he|she|it|they)\b", re.I)


_ISSUERS = re.compile(
    r"(?:both|the|two|they|it)\b(?: (?:two|three|four|foreign|prime|high contracting|participating|undersigned|signatory|member))*(?: (?:sides|parties|ministers|presidents|leaders|heads|delegations|governments|"
    r"states|countries|council|conference|participants|signatories|members|commission|group|envoys|ministry|government|summit|statement|alliance|union|organi[sz]ation|bloc|league|community|coalition))?(?: of .*)?\Z",
    re.I,
)


class Owners:
    """Answers for one statement. `other` is the party that "they" most likely means in its speaker's mouth."""

    def __init__(
        self,
        voices: Voices,
        speaker: Voice,
        at: int,
        *,
        direct: bool,
        several: bool,
        other: str | None,
        issuing: bool = False,
    ) -> None:
        self._voices, self._mentions, self._speaker, self._at = voices, voices.mentions, speaker, at
        self._direct, self._several, self._other, self._issuing = direct, several, other, issuing
        self._office = f"{speaker.role or ''} {speaker.description or ''}"
        self._own = {id for id in (speaker.party, *speaker.members) if id}

    def __call__(self, subject: str) -> Whose:
        words = subject.strip(" “\"‘'([")
        low = words.lower()
        if not words:
            return Whose("third")
        if _OURS.search(low):
            return Whose("own", self._speaker.party)
        if self._issuing and _ISSUERS.match(low):
            return Whose("own", self._speaker.party)
        if low in ("you", "your side", "your government"):
            return Whose("they", self._other)
        if not self._direct:
            if low in ("he", "she") and self._is_somebody_else(low):
                return Whose("they", self._voices.meant(low, self._at, self._speaker))
            if low in ("he", "she", "himself", "herself"):
                return (
                    Whose("own", self._speaker.party)
                    if self._speaker.kind not in ("none", "author") and not self._several
                    else Whose("third")
                )
            if low == "it":
                return (
                    Whose("own", self._speaker.party)
                    if self._own or self._speaker.kind == "collective"
                    else Whose("third")
                )
            if low == "they":
                own = (
                    self._several
                    or (self._speaker.kind == "collective" and (self._other is None or not self._speaker.role))
                    or (self._speaker.party is not None and self._other is None)
                )
                return Whose("own", self._speaker.party) if own else Whose("they", self._other)
            if any(office.search(self._office) and own.match(low) for office, own in _OFFICES):
                return Whose("own", self._speaker.party)
            if _SELF_OWNED.match(low) or ((self._own or self._speaker.standing == "official") and _HERE.match(low)):
                return Whose("own", self._speaker.party)
        elif low in (
            "they",
            "them",
            "these people",
            "those people",
            "the other side",
            "the enemy",
            "our neighbours",
            "our neighbors",
            "our enemies",
        ):
            return Whose("they", self._other)
        elif low in ("he", "she"):
            return Whose("they", self._voices.meant(low, self._at, self._speaker))
        if re.match(r"(?:the|our) other side\b|the opposing side\b|the enemy\b", low):
            return Whose("they", self._other)
        head = re.split(r"\b(?:of|with|between|against|over|about|for|on|in|to|from)\b", words)[0] or words
        party = self._mentions.names.of(head) or self._person(head)
        if (
            party is None
            and re.match(r"(?:the )?\w+ (?:of|from) ", low)
            and not re.match(
                r"(?:the )?(?:war|talks|end|fate|future|part|result|question|issue|use|loss|status)\b", low
            )
        ):
            party = self._mentions.names.of(words)
        if party is None:
            return Whose("third")
        if party in self._own:
            return Whose("own", party)
        return Whose("other", party)

    def _is_somebody_else(self, pronoun: str) -> bool:
        """Whether a pronoun's gender is not the speaker's."""
        human = self._mentions.people.get(self._speaker.name or "")
        gender = human.gender or human.likely if human else None
        return gender is not None and gender != ("m" if pronoun == "he" else "f")

    def _person(self, words: str) -> str | None:
        """The party of a person named in a subject; the speaker's own name is the speaker's own."""
        bare = [re.sub(r"[’']s?$", "", word).strip(",.") for word in words.split()[-3:]]
        for word in reversed(bare):
            if word[:1].isupper():
                for human in self._mentions.by_surname(word):
                    return human.party
        return None
