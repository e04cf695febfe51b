"""Whom "he", "they", "who" and "both sides" mean: everybody near is weighed, and a second reading is kept."""

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise

from winset.domain.actors import slug
from winset.domain.statements import Candidate, Voice
from winset.evidence.anonymous import unnamed_person
from winset.evidence.hearing import FEW, MANY, Found, Hearing, Place
from winset.evidence.mentions import ROLES, Gender, Human

LISTED = 400  # characters before "both sides" in which a list of parties may stand
REACH = 1_500  # characters before a pronoun in which those it may mean are looked for
MOST = 24  # places where somebody is named that are weighed for one pronoun
UNKNOWN, AGAINST = 0.7, 0.3  # weight where nothing tells somebody's gender, and where the given name tells against it
FADES = 0.65  # weight left a sentence further back
CLOSE = 0.5  # share of the best score from which a second reading is kept
_HEAD = 800  # characters in which a text is signed
_BYLINE = re.compile(r"^by[ \t]+(?P<name>[^\W\d_][^\n,|\d]{2,50}?)[ \t]*$", re.I | re.M)
_SUBJECT_OF_WHO = re.compile(r"[\s,(]+$")
_BOTH = re.compile(
    r"^(?:the |these |those )?(?:both|two|pair of)? ?(?:both |the )?(?:two )?(?:sides|parties|countries|states|governments|capitals|"
    r"delegations|leaders|ministers|presidents|neighbou?rs|foreign ministers|negotiators|nations|powers|allies|men|women|pair|duo)$",
    re.I,
)


_BEFORE_NOUN = re.compile(
    r"\b(?:is|are|was|were|has|have|had|needs?|needed|must|will|would|can|could|may|said|says|still|awaits?|from|to|with|by|for|at|against|on|in)\b"
)  # what stands ahead of the noun that "which" follows
_WITHIN = re.compile(r" (?:with|from|at|in|on|for|of|close|familiar|briefed)\b")
_GIVEN = re.compile(
    r"\b(?:approval|consent|support|backing|blessing|agreement|signature|vote|advice|help|mediation)\Z", re.I
)


class Pronouns(Hearing):
    """Resolves words that only point."""

    __slots__ = ()

    def _pronoun(self, text: str, place: Place) -> Found:
        low = text.lower()
        if low in ("who", "which"):
            found = self._antecedent(place)
            if found is not None:
                return found
        if low in ("i", "me") and not self._is_quoted(place.at) and (byline := _BYLINE.search(self.text, 0, _HEAD)):
            name = byline.group("name").strip()
            human = self.mentions.people.get(name)
            writer = self.person(human) if human else Voice(id=name, kind="named", name=name)
            return writer, (f"“{text}” is {name}, who signs the text",)
        if low in ("they", "them", "both", "we") or low.startswith("the "):
            return self._group_pronoun(text, place)
        if low in ("it", "which"):
            return self._body_pronoun(text, place)
        gender: Gender | None = (
            "m" if low in ("he", "him", "himself") else "f" if low in ("she", "her", "herself") else None
        )
        weighed = self._weigh(place, gender)
        if not weighed:
            return Voice(id=f"unresolved-{slug(text)}", kind="anonymous", description=text), (
                f"“{text}” has nobody to refer to before it",
            )
        weighed.sort(key=lambda one: -one[1])
        best, score, why = weighed[0]
        rivals = [one for one in weighed if one[1] >= CLOSE * score][:4]
        total = sum(one[1] for one in rivals)
        candidates = tuple(
            Candidate(name=voice.name or voice.description or voice.id, score=round(weight / total, 2), why=reason)
            for voice, weight, reason in rivals
        )
        return replace(best, candidates=candidates if len(rivals) > 1 else ()), (
            f"“{text}” is {best.name or best.description}, who {why}",
        )

    def _weigh(self, place: Place, gender: Gender | None) -> list[tuple[Voice, float, str]]:
        """Everybody a singular pronoun may mean, with a weight: nearness, part in the sentence, gender."""
        here = self._sentence(place.at)
        found: dict[str, tuple[Human | Voice, float, str]] = {}
        firsts: dict[int, int] = {}
        index = bisect_right(self._named, place.at - 1)
        near = [m for m in self.mentions.named[max(0, index - MOST) : index] if place.at - m.start <= REACH]
        for mention in near:
            if (
                mention.start >= place.at
                or self._is_quoted(mention.start)
                or any(span.start <= mention.start < span.end for span in place.content)
            ):
                continue
            firsts.setdefault(self._sentence(mention.start), mention.start)
        asked_back = bool(self.said) and self.said[-1].asked
        for mention in near:
            if mention.start >= place.at or any(s.start <= mention.start < s.end for s in place.content):
                continue
            if mention.who.id == self.mouth or (gender is not None and mention.who.gender not in (None, gender)):
                continue
            distance = here - self._sentence(mention.start)
            if self._is_quoted(mention.start):
                part, why = 0.2, "is spoken of before"
            elif mention.owned:
                part, why = 0.35, "is mentioned before"
            elif firsts.get(self._sentence(mention.start)) == mention.start:
                part, why = (
                    0.9,
                    "is the subject of the sentence before" if distance else "is the subject of the same sentence",
                )
            else:
                part, why = (1.1, "was asked") if asked_back and distance <= 1 else (0.45, "is named before")
            _count(found, mention.who, part * _suits(mention.who, gender), distance, why)
        for n, one in enumerate(reversed(self.said[-8:])):
            if (
                one.at >= place.at
                or place.at - one.at > REACH
                or (one.voice.kind not in ("named", "anonymous") and not one.voice.role)
            ):
                continue
            if one.voice.members or one.voice.id == self.mouth or self.unnamed.plural(one.voice):
                continue
            human = self.mentions.people.get(one.voice.name or "")
            shown = human.gender if human else self.unnamed.gender(one.voice)
            if gender is not None and shown not in (None, gender):
                continue
            fits = _suits(human, gender) if human else 1.0 if shown else UNKNOWN
            part = fits * (0.5 if asked_back and n == 0 else 1.0)
            _count(found, one.voice, part, here - self._sentence(one.at), "spoke before")
        return [
            (self.person(who) if isinstance(who, Human) else replace(who, candidates=()), weight, why)
            for who, weight, why in found.values()
        ]

    def meant(self, pronoun: str, at: int, speaker: Voice) -> str | None:
        """The party of the person that "he" or "she" in somebody's mouth most likely is: never the speaker."""
        weighed = [one for one in self._weigh(Place(at), "m" if pronoun == "he" else "f") if one[0].id != speaker.id]
        best = max(weighed, key=lambda one: one[1], default=None)
        return best[0].party if best is not None else None

    def _antecedent(self, place: Place) -> Found | None:
        """Whoever "who" stands right behind."""
        lead = self.text[max(0, place.at - 120) : place.at]
        lead = _SUBJECT_OF_WHO.sub("", re.split(r"[.;:!?\n“”\"]", lead)[-1])
        index = bisect_right(self._named, place.at) - 1
        if index >= 0:
            mention = self.mentions.named[index]
            between = self.text[mention.end : place.at]
            if place.at - mention.end <= 60 and not re.search(r"[.;:!?\n]", between):
                return self._of(mention.who, ""), (f"“who” follows {mention.who.name}",)
        words = re.search(
            r"(?:\b(?:[Aa]n?|[Tt]he|one|some|two|several|many)\b[^,]{2,60}|\b\w+s|\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})$",
            lead,
        )
        if words is None:
            return None
        found = words.group()
        if not unnamed_person(_WITHIN.split(found)[0]):  # "a person with knowledge of the matter, who" is whole
            found = _BEFORE_NOUN.split(found)[-1].strip() or found
        tail = re.search(r" of (?P<tail>(?:the|its|their|an?) [^,]+)\Z", found)
        which = self.text[place.at : place.at + 5].lower() == "which"
        if tail is not None and which and not ROLES.search(tail["tail"]) and _GIVEN.search(found[: tail.start()]):
            found = tail["tail"]  # "the approval of the regulator, which said"
        return self._one(found, place)

    def _group_pronoun(self, text: str, place: Place) -> Found:
        low = text.lower()
        several = [
            one.voice for one in reversed(self.said[-8:])
            if place.at - one.at <= REACH and (one.voice.members or self.unnamed.plural(one.voice) or one.voice.kind == "collective")
        ]  # fmt: skip
        if low in ("both",) or low.startswith("the "):
            pair = self._both("both sides", place)
            if pair is not None:
                return pair
        if several:
            fitting: list[Voice] = []
            for voice in several:
                if voice.id not in [one.id for one in fitting]:
                    fitting.append(voice)
            best = next((one for one in fitting if one.members or self.unnamed.plural(one)), fitting[0])
            order = [best, *(one for one in fitting if one is not best)][:2]
            candidates = tuple(
                Candidate(
                    name=one.name or one.description or one.id,
                    score=round((0.65, 0.35)[n], 2),
                    why=f"spoke before “{text}”",
                )
                for n, one in enumerate(order)
            )
            return replace(best, candidates=candidates if len(order) > 1 else ()), (
                f"“{text}” are {best.name or best.description}, who spoke before",
            )
        pair = self._both("both sides", place)
        if pair is not None:
            return pair
        if self.said and low == "they":
            voice = self.said[-1].voice
            if voice.kind == "anonymous" and place.at - self.said[-1].at <= REACH:
                return voice, (f"“{text}” follows {voice.description}",)
        return Voice(id=f"unresolved-{slug(text)}", kind="anonymous", description=text), (
            f"“{text}” has nobody to refer to before it",
        )

    def _body_pronoun(self, text: str, place: Place) -> Found:
        for one in reversed(self.said[-6:]):
            if one.voice.kind == "collective" and not one.voice.members and place.at - one.at <= REACH:
                return replace(one.voice, candidates=()), (f"“{text}” is {one.voice.name}, which spoke before",)
        party = self.mentions.party_before(place.at)
        if party is not None:
            return Voice(id=party, kind="collective", name=self._name_of(party), standing="official", party=party), (
                f"“{text}” is the party named last",
            )
        return Voice(id=f"unresolved-{slug(text)}", kind="collective", name=text), (
            f"“{text}” has nothing to refer to",
        )

    def _both(self, text: str, place: Place) -> Found | None:
        """ "Both sides", "the two leaders": the two parties, or people, that the text puts beside each other."""
        if not _BOTH.match(text) or not re.search(
            r"\b(?:both|two|pair|duo|sides|parties|ministers|leaders|presidents|capitals)\b", text, re.I
        ):
            return None
        listed = self._listed(place.at)
        if len(listed) > 2:
            score = round(1 / len(listed), 2)
            why = f"one of {len(listed)} named together before “{text}”"
            return Voice(
                id=f"unresolved-{slug(text)}", kind="collective", name=text, standing="official",
                candidates=tuple(Candidate(name=self._name_of(id), score=score, why=why) for id in listed),
            ), (f"“{text}” may be any of {', '.join(self._name_of(id) for id in listed)}",)  # fmt: skip
        lately = self._parties_before(place.at)[:3]
        everywhere = list(self._first)
        pair = everywhere if len(everywhere) == 2 else self._paired(place.at) or lately[:2]
        if len(pair) != 2:
            return None
        pair = sorted(pair, key=lambda one: self._first.get(one, 0))
        sure = len(everywhere) == 2 or self._said_between(pair)
        candidates = (
            ()
            if sure
            else tuple(
                Candidate(name=self._name_of(id), score=round(1 / max(len(lately), 1), 2), why=f"named before “{text}”")
                for id in lately[:3]
            )
        )
        return Voice(
            id="+".join(sorted(pair)), kind="collective", name=text, members=tuple(pair), candidates=candidates,
            standing="official",
        ), (f"“{text}” are {' and '.join(self._name_of(id) for id in pair)}",)  # fmt: skip

    def _said_between(self, pair: list[str]) -> bool:
        """Whether the text puts the two beside each other as those who talk: "between A and B"."""
        for (_, end, one), (start, _, two) in pairwise(self.mentions.places[:MANY]):
            if {one, two} == set(pair) and start - end <= 12 and self.text[end:start].strip() in ("and", "and the"):
                first = self._first[one] if self._first.get(one, 0) < end else end
                return (
                    re.search(r"\b(?:between|both) (?:the )?[^.;]{0,30}\Z", self.text[max(0, first - 20) : end])
                    is not None
                )
        return False

    def _listed(self, at: int) -> list[str]:
        """Three or more parties that the text lists near by ("A, B and C") and no pair since; empty where it does not."""
        index = bisect_right(self._places, at)
        near = self.mentions.places[max(0, index - FEW) : index]
        found: list[str] = []
        for number in range(len(near) - 1, -1, -1):
            start, _, id = near[number]
            found = [id, *(one for one in found if one != id)]
            if number and re.fullmatch(r",? and (?:the )?|, (?:the )?", self.text[near[number - 1][1] : start]):
                continue
            if len(found) > 1:
                return found if len(found) > 2 else []
            if at - start > LISTED:
                return []
            found = []
        return []

    def _paired(self, at: int) -> list[str] | None:
        """The last two parties before a place that stand side by side: "between A and B", "A and B"."""
        index = bisect_right(self._places, at)
        near = self.mentions.places[max(0, index - 60) : index]
        for one, two in reversed(list(pairwise(near))):
            if one[2] != two[2] and re.fullmatch(r"(?:[’']s [\w ]{3,30}?)? and (?:the )?", self.text[one[1] : two[0]]):
                return [one[2], two[2]]
        return None


def _suits(human: Human, gender: Gender | None) -> float:
    """How well a person suits a pronoun of this gender; a title or a pronoun has settled it, a given name only suggests it."""
    if gender is None or human.gender == gender:
        return 1.0
    if human.likely is None:
        return UNKNOWN
    return 0.95 if human.likely == gender else AGAINST


def _count(
    found: dict[str, tuple[Human | Voice, float, str]], who: Human | Voice, part: float, distance: int, why: str
) -> None:
    """Keeps the greatest weight of each person."""
    weight = part * FADES ** max(distance, 0)
    if who.id not in found or found[who.id][1] < weight:
        found[who.id] = (who, weight, why)
