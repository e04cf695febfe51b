"""Pointers read off a record: words that bear on haste, outside options, rewards, guarantees, trust, consent, backing, tactics.

The rows of `lexicons/pointers.toml` say which words; who is meant, who says it and whether it is denied are read as for proposals.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import cast

from winset.domain.pointers import Pointer, PointerKind
from winset.domain.positions import PositionVoice
from winset.domain.statements import Statement
from winset.domain.text import Document, Span
from winset.evidence import sides
from winset.evidence.beginnings import Index
from winset.evidence.lexicon import load
from winset.evidence.scenes import Scene, Subject, Told, scenes
from winset.evidence.word_classes import words_of
from winset.evidence.word_frames import Frame, fits, spans_of

BY = "reader 1"
NEAR = 70  # characters behind the words within which a party is looked for
_PLACE = (
    r"(?P<place#>(?!(?:by|in|of|to|for|from|with|on|at|and|that|if|not|as|or|than)\b)[\w-]{2,24}(?: [\w-]{2,24}){0,2}?)"
)
_US = re.compile(r"(?:us|our|ours|we)\Z", re.IGNORECASE)
_THEM = re.compile(r"(?:they|them|their|it|its|him|her|his)\Z", re.IGNORECASE)
_WARNED = re.compile(
    r"\b(?:warn(?:s|ed)?|remind(?:s|ed)?) (?:the )?([\w-]+(?: [\w-]+){0,3}?) that (?:it|they|he|she)(?: (?:would|will|could|may|might|should|must|had to))? ?\Z"
)
_DISCLAIMED = re.compile(
    r"\b(?:(?:can|could|will|would|did|does|do)(?: not|n[’']t)|cannot|never|won[’']t|refus(?:es|ed) to|declin(?:es|ed) to) (?:\w+ )?(?:promise|guarantee|say|pledge|confirm|claim|think|believe|expect)(?: [\w’'-]+){0,3}? (?:that )?\Z"
)
_RULED_OUT = re.compile(
    r"\b(?:rul(?:es?|ed|ing) out|reject(?:s|ed|ing)?|exclud(?:es?|ed|ing)|oppos(?:es?|ed|ing))\b[^,;]{0,30}\Z"
)
_NOUN = re.compile(
    r"[’']s? (?:\w+ )?(?:threats?|offers?|promises?|refusal|decision|plans?|vows?|pledges?|demands?|talk|warnings?) (?:to|of) .{2,60}? (?=(?:is|are|was|were)\b)"
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed)|reject(?:s|ed) (?:claims?|reports?|suggestions?|the (?:claim|idea))|untrue|not true|no truth)\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:whether|if|unless|should|suppose|imagine|wonder(?:s|ed)?|asked)\b[^,;]{0,60}\Z", re.IGNORECASE
)
_NEGATED = re.compile(r"\b(?:\w+n[’']t|not|never|no longer|without|hardly|nor|neither)(?: \w+){0,2} \Z", re.IGNORECASE)
_ACCUSED = re.compile(r"\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|charg(?:e|es|ed|ing)) (?:the )?\Z", re.IGNORECASE)
_ENDS = re.compile(
    r"[.;:!?“”\"\n]|, (?:the|its|his|her|he|she|it|they|we|a|an|one|two|said|[A-Z])|\b(?:said|says|told)\b"
)
_OF = re.compile(r"[”\"] [^.\n]{2,60}\b(?:said|says) (?:of|about) (?:the )?")
_DEEDS = frozenset({"reward", "guarantee", "backing"})  # done, not judged, where a report tells of them
_DONE_TO = re.compile(r"\b(?:is|are|was|were|been|being|be) (?:\w+ly )?\Z")
_IF = re.compile(r"\b(?:if|unless|should|until|in case)\b", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|little|without) \Z", re.IGNORECASE)
_GOES_ON = re.compile(r"(?<!\w)(?:no longer|stop|\w{1,20}ing)\b")
_OTHER_MATTERS = re.compile(
    r"\b(?:watch(?:es)?|warranty|refund|football|team|match|coach|festival|film|dinner|train|shop|concert|homework|wedding|church|school|hotel|recipe|tennis|game|medals?|tournament|album|(?:football|league|concert|theatre) season|tickets?|passengers?)\b",
    re.IGNORECASE,
)


_OPPOSED = {
    "hurries": "waits", "costly": "bearable", "offered": "withdrawn", "given": "refused", "trusted": "distrusted", "broke": "kept", "may sign": "may not sign",
}  # fmt: skip
_AGAINST = {**_OPPOSED, **{b: a for a, b in _OPPOSED.items()}}


@dataclass(frozen=True, slots=True)
class _Spot:
    """Words that show something, and where in them parties are named; negated: a "no" among them that is not of the phrase."""

    start: int
    end: int
    places: tuple[tuple[int, int], ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    kind: PointerKind
    direction: str
    pattern: re.Pattern[str]
    party: str
    toward: str | None
    negated: str | None


@cache
def rows() -> tuple[_Row, ...]:
    """The rows of the lexicon, in its order."""
    lists = load("pointers")
    return tuple(
        _Row(
            cast(PointerKind, row["kind"]), row["direction"], pattern_of(row["words"], lists["words"]), row["party"],
            row.get("toward"), row.get("negated"),
        )
        for row in lists["row"]
    )  # fmt: skip


@cache
def index() -> Index:
    """The rows by the letters that their words begin with."""
    lists = load("pointers")
    sources = [_written_out(row["words"], lists["words"]) for row in lists["row"]]
    return Index([(source, row.pattern) for source, row in zip(sources, rows(), strict=True)])


def pattern_of(words: str, lists: Mapping[str, str]) -> re.Pattern[str]:
    """The pattern of a row, with the lists that it names put in."""
    return re.compile(rf"(?<![\w-])(?:{_written_out(words, lists)})", re.IGNORECASE)


def _written_out(words: str, lists: Mapping[str, str]) -> str:
    for name, each in lists.items():
        words = words.replace(f"{{{name}}}", f"(?:{each})")
    first, *rest = words.split("{party}")
    return first + "".join(_PLACE.replace("#", str(n)) + part for n, part in enumerate(rest))


def read(
    documents: Sequence[Document], statements: Sequence[Statement], found: sides.Sides, seated: Sequence[str] = (),
    again: Iterable[str] = (),
) -> tuple[Pointer, ...]:  # fmt: skip
    """Every pointer of a record, by document and place. `again` are statements that repeat another; they are passed over."""
    repeats = frozenset(again)
    met: list[Pointer] = []
    for scene in scenes(documents, statements, found, seated):
        here = sorted(_of(scene, repeats), key=lambda one: one[0])
        met += [one for _, one in here]
    return tuple(met)


def _of(scene: Scene, again: frozenset[str]) -> Iterator[tuple[int, Pointer]]:
    done: dict[tuple[int, str, str], set[str]] = {}
    for at, row, spot in chain[tuple[int, _Row | Frame, _Spot]](_by_rows(scene), _by_frames(scene)):
        for one in _read(scene, scene.sentences[at], row, spot, again):
            met = done.setdefault((at, one.kind, one.party), set())
            if one.direction in met or _AGAINST.get(one.direction) in met:
                continue
            met.add(one.direction)
            yield spot.start, one


def _by_rows(scene: Scene) -> Iterator[tuple[int, _Row, _Spot]]:
    """Which rows of `lexicons/pointers.toml` fit where: number of the sentence, row, words."""
    starts = [span.start for span in scene.sentences]
    for number, match in sorted(index().matches(scene.text), key=lambda one: one[0]):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.end() <= scene.sentences[at].end:
            places = tuple(match.span(name) for name, said in match.groupdict().items() if said is not None)
            yield at, rows()[number], _Spot(match.start(), match.end(), places)


def _by_frames(scene: Scene) -> Iterator[tuple[int, Frame, _Spot]]:
    """Which frames of `lexicons/word_frames.toml` fit where."""
    for at, sentence in enumerate(scene.sentences if scene.places else ()):
        here = words_of(scene.text, sentence, scene.between(sentence.start, sentence.end))
        for frame, fit in fits(here):
            spot = _Spot(here.start[fit.begin], here.end[fit.end - 1], spans_of(here, fit.parties), fit.negated)
            yield at, frame, spot


def _read(
    scene: Scene, sentence: Span, row: _Row | Frame, spot: _Spot, again: frozenset[str]
) -> Iterator[Pointer]:  # fmt: skip
    text = scene.text
    if text.startswith("?", sentence.end - 1) or _OTHER_MATTERS.search(text, sentence.start, sentence.end):
        return
    who = _subject(scene, sentence, row, spot)
    inside = _inside(scene, sentence, spot, who)
    if inside is None:
        return
    lead = text[sentence.start : spot.start]
    if _DENIED.search(lead) or (isinstance(row, _Row) and row.kind == "trust" and _NO.search(lead)):
        return
    direction = row.direction
    sure, negated = 1.0, False
    if row.party == "subject" or (row.toward == "subject" and who is not None):
        if who is None:
            return
        if (
            isinstance(row, _Row)
            and row.kind in _DEEDS
            and row.party == "subject"
            and _DONE_TO.search(lead)
            and not _GOES_ON.match(text, spot.start)
        ):
            return
        noun = _NOUN.match(text, who.end, spot.start + 4)
        if _DISCLAIMED.search(text[sentence.start : who.start]):
            return
        standing = scene.done(sentence, who, spot.start, noun.end() if noun else None)
        if standing == "open":
            return
        if (
            standing == "ready"
            and row.kind == "backing"
            and not (
                row.direction == "drops"
                and _GOES_ON.match(text, spot.start)
                and not _IF.search(text, sentence.start, sentence.end)
            )
        ):
            return  # a threat or a promise, and not yet so
        negated = standing == "not" or (standing == "done" and bool(_RULED_OUT.search(text, who.end, spot.start)))
        sure = {"foretold": 0.6, "ready": 0.9}.get(standing, 1.0)
    else:
        negated = bool(_NEGATED.search(lead))
    if negated and spot.negated:
        return  # "did not leave no guarantee unasked"
    if negated or spot.negated:
        if row.negated is None:
            return
        direction = row.negated
    if row.party != "subject" and row.kind not in ("no deal", "haste") and _SUPPOSED.search(lead):
        return
    parties = _parties(scene, sentence, row.party, spot, who)
    for party in parties:
        if row.toward == "subject" and who is not None and who.parties == (party,):
            continue  # of itself
        if row.party == "subject" and row.toward == "inside" and set(inside) == {party}:
            continue
        toward = _toward(scene, sentence, row.toward, spot, who, party)
        if toward is None and row.party == "speaker" and row.toward is not None:
            toward = _other(scene, sentence.start, spot.start, party)
        told = scene.told(
            party,
            spot.start,
            spot.end,
            lead[-60:] if row.party != "subject" else "",
            negated and row.party == "subject",
        )
        if told is None or (
            told.statement is not None and (told.statement.id in again or _denies(scene, told.statement))
        ):
            continue
        voice, by = _voice(row, told)
        if row.kind == "tactic" and voice == "own":
            continue
        if sure == 0.6:
            voice, by = "forecast", by or "the report"
        begin = min(who.start if who is not None and row.party == "subject" else spot.start, spot.start)
        end = _end(scene, sentence, spot.end)
        yield Pointer(
            kind=row.kind, direction=direction, party=party, toward=toward if toward != party else None, voice=voice,
            ascribed_by=by, date=told.day, grounds=(told.grounds(scene.document.id, (Span(begin, end),)),),
            score=round(0.8 * told.score * sure, 4), why=(f"“{text[spot.start : spot.end].strip()}” shows “{direction}”",), by=BY,
        )  # fmt: skip


def _subject(scene: Scene, sentence: Span, row: _Row | Frame, spot: _Spot) -> Subject | None:
    """Who does what the words say; for "they" in what somebody says of another, that other."""
    said = scene.saying(spot.start, spot.end)
    lead = scene.text[sentence.start : spot.start]
    if (warned := _WARNED.search(lead)) is not None:
        begin, end = (sentence.start + at for at in warned.span(1))
        named = next((p for p in scene.between(begin, end) if p[1] > begin), None)
        if named is not None:
            return Subject((named[2],), sentence.start + warned.end(1), spot.start)
    if said is not None and said.kind == "direct":
        begin = max(span.start for span in said.content if span.start <= spot.start)
        plural = re.search(r"\b(?:[Tt]hey|[Tt]heir \w+)\b", scene.text[begin : spot.start])
        if plural is not None and not scene.between(begin, spot.start):
            other = _spoken_of(scene, said, spot.end)
            if other is not None:
                return Subject((other,), begin + plural.start(), begin + plural.end())
    who = scene.subject(sentence, spot.start)
    if who is None and row.kind == "consent" and row.party == "subject":
        return _at_home(scene, sentence, spot, said)
    return who


def _spoken_of(scene: Scene, said: Statement, at: int) -> str | None:
    """Whom somebody speaks of in quoted words that go on to `at`: "..., A said of B"."""
    if said.about is not None and said.about != said.speaker.party:
        return said.about
    named = _OF.search(scene.text, at, min(len(scene.text), at + 200))
    return next((p[2] for p in scene.between(named.end(), named.end() + 40)), None) if named is not None else None


def _at_home(scene: Scene, sentence: Span, spot: _Spot, said: Statement | None) -> Subject | None:
    """The party among whose people somebody can consent or not: the only one named ahead, else the speaker's."""
    ahead = scene.between(sentence.start, spot.start)
    parties = tuple(dict.fromkeys(p[2] for p in ahead))
    if len(parties) == 1:
        return Subject(parties, ahead[-1][0], ahead[-1][1])
    own = said.speaker.party if said is not None and not parties else None
    return Subject((own,), sentence.start, sentence.start) if own else None


def _parties(
    scene: Scene, sentence: Span, role: str, spot: _Spot, who: Subject | None
) -> tuple[str, ...]:  # fmt: skip
    if role == "subject":
        return who.parties if who is not None else ()
    if role in ("inside", "last"):
        named = _inside(scene, sentence, spot, who) or ()
        return named[-1:] if role == "last" else named[:1]
    if role == "speaker":
        said = scene.saying(spot.start, spot.start + 1)
        party = said.speaker.party if said is not None else None
        return (party,) if party else ()
    stop = _ENDS.search(scene.text, spot.end, min(sentence.end, spot.end + NEAR))
    limit = stop.start() if stop else min(sentence.end, spot.end + NEAR)
    return tuple(p[2] for p in scene.between(spot.end - 1, limit)[:1])


def _them(scene: Scene, sentence: Span, at: int, end: int, who: Subject | None) -> str | None:
    """Whom "them" means: who is spoken of in quoted words, else the only other party named ahead in the sentence."""
    said = scene.saying(at, at + 1)
    if said is not None and said.kind == "direct":
        return _spoken_of(scene, said, end)
    own = who.parties if who is not None else ()
    others = {p[2] for p in scene.between(sentence.start, at) if p[2] not in own}
    return others.pop() if len(others) == 1 else None


def _inside(
    scene: Scene, sentence: Span, spot: _Spot, who: Subject | None
) -> tuple[str, ...] | None:  # fmt: skip
    """The parties at the places of a row, in order; "us" is whoever says so. None where a place names nobody."""
    met: list[str] = []
    for start, end in spot.places:
        words = scene.text[start:end]
        named = next((p[2] for p in scene.between(max(start - 5, 0), end) if p[1] > start), None)
        if named is None and _US.match(words):
            said = scene.saying(start, end)
            named = said.speaker.party if said is not None else None
        elif named is None and _THEM.match(words):
            named = _them(scene, sentence, start, spot.end, who)
        if named is None:
            return None
        met.append(named)
    return tuple(met)


def _toward(
    scene: Scene, sentence: Span, role: str | None, spot: _Spot, who: Subject | None, party: str
) -> str | None:  # fmt: skip
    if role == "inside":
        named = next((one for one in _inside(scene, sentence, spot, who) or () if one != party), None)
        return named or _other(scene, spot.end, min(sentence.end, spot.end + NEAR), party)
    if role == "subject":
        doubts = next((one for one in (who.parties if who else ()) if one != party), None)
        return doubts or _other(scene, spot.end, min(sentence.end, spot.end + NEAR), party)
    if role == "before":
        return _other(scene, spot.start, spot.end, party)
    if role in ("speaker", "accuser"):
        if (
            role == "accuser"
            and who is not None
            and _ACCUSED.search(scene.text[max(sentence.start, who.start - 24) : who.start])
        ):
            accuser = scene.subject(sentence, who.start - 8)
            if accuser is not None:
                return next((one for one in accuser.parties if one != party), None)
        after = _other(scene, spot.end, min(sentence.end, spot.end + 40), party) if role == "accuser" else None
        said = scene.saying(spot.start, spot.end)
        return after or (said.speaker.party if said is not None else None)
    if role in ("names", "after"):
        return _other(scene, spot.start, min(sentence.end, spot.end + NEAR), party)
    return None


def _other(scene: Scene, start: int, end: int, party: str) -> str | None:
    stop = re.compile(r"[;“”\n]|, (?:its|his|her|the|said) ").search(scene.text, start, end)
    return next((p[2] for p in scene.between(start, stop.start() if stop else end) if p[2] != party), None)


def _denies(scene: Scene, said: Statement) -> bool:
    return bool(_DENIED.search(" ".join(span.of(scene.text) for span in said.cue)))


def _voice(row: _Row | Frame, told: Told) -> tuple[PositionVoice, str | None]:
    if (
        told.statement is None
        and told.voice == "own"
        and row.kind not in _DEEDS
        and row.direction not in ("deadline", "broke", "kept", "asked")
    ):
        return "ascribed", "the report"
    return told.voice, told.ascribed_by


def _end(scene: Scene, sentence: Span, at: int) -> int:
    """To the end of the clause, so that what is shown can be understood."""
    stop = _ENDS.search(scene.text, at, sentence.end)
    end = stop.start() if stop else sentence.end
    while end > at and scene.text[end - 1] in " ,.;:":
        end -= 1
    return max(at, min(end, at + 120))


def as_reviewed(pointer: Pointer, by: str, note: str | None) -> Pointer:
    """The pointer as a person's own."""
    return replace(pointer, by=by, note=note or pointer.note)
