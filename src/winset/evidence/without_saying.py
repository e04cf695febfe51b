"""Sentences that tell where a party stands without a verb of saying: "The firm sees no room for more", "In May it had put 4 on the table",
"..., but stood by her goal", "The lowest grade goes up to 18 marks".

Statements are attributions, and `narrated` reads the verbs of asking and taking that a report uses itself. Here is what both leave over. Whose
it is must follow from the text: the party that a sentence or a half of one begins with, the one that "it" means, the subject of the half
before, whoever speaks in the sentence just before.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from winset.domain.statements import ACTS, Statement, Voice
from winset.domain.text import Document, Span
from winset.evidence import acts
from winset.evidence.clauses import Whose
from winset.evidence.sentences import without_dateline
from winset.evidence.whose import Place

SubjectOf = Callable[[str, Sequence[Place], int], str | None]

_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?](?=[\w,])[^.!?;\n]+)*")
_PRONOUN = re.compile(
    r"(?:(?:On|In|At|By|For|Without|Despite|As (?:for|to)|Under|Since|After|Until|From|With|To|Within|During|Over|Against|About|Last|This|Next|"
    r"Today|Yesterday|Earlier|Later|Previously|Originally|Initially|Instead|Meanwhile|Finally|Privately|Publicly)\b[^.,;:!?“”\"\n]{0,70},? |"
    r"(?:But|And|Then|Now|So|Yet|Still),? )?(?P<it>it|they|he|she)\b(?=[ ,’'])(?! (?:said|says|added|told|(?:is|was|will be) the (?:first|second|third|last|latest|only))\b)",
    re.IGNORECASE,
)
_SUFFERED = re.compile(
    r"(?:was|were|is|are|has been|have been|had been) (?:not |never |being )?(?:\w+ly )?(?!(?:prepared|determined|inclined|resolved) to\b)\w+(?:ed|en)\b"
)  # what is done to a party
_ALSO = r"(?: (?:also|then|now|still|even|finally|instead|again|meanwhile|in return|in exchange|at the same time))*,? "
_ASIDE = r"(?: (?:on|in|at|after|for|by|with|from|over|late|early|this|last|yesterday|today)\b[^.,;:!?“”\"\n]{0,40}?)?"
_DOES = (
    r"(?:will|would|could|can|may|must|has|have|had|is|was|are|were|does|did|no longer|never|stood|let|lets|gave|gives|put|puts|went|goes|took|takes|withdrew|withdraws|kept|keeps|"
    r"held|holds|made|makes|sought|seeks|left|leaves|came|comes|got|gets|set|sets|cut|cuts|wants|demands|insists|offers|asks|calls|proposes|refuses|rejects|accepts|agrees|opposes|supports|backs|promises|pledges|"
    r"stands|sticks|stuck|drops|abandons|sees|saw|forwent|forgoes|swore|swears|struck|chose|chooses|undertook|undertakes|(?!ended\b)\w{2,12}ed)\b"
)  # a verb with its subject's tense
_GOES_ON = re.compile(rf"{_ASIDE},? (?:and|but|or|yet|while){_ALSO}(?={_DOES})")  # the same subject does another thing
_CLAUSE = re.compile(
    r"(?:,|\b(?:when|after|as|while|but|and|because|since|now that|once|though|although|whereas)) (?:the )?(?:[a-z]{1,20} ){0,2}\Z"
)
_BEHIND_NAME = re.compile(rf"(?: (?:party|side|camp|group|government|union|delegation))? {_DOES}")
_JOINT = re.compile(r"[ ,;:]*(?:\b(?:and|but|yet|while|or))?[ ,;:]*\Z")
_AHEAD_OF_CUE = re.compile(rf" {_DOES}")
_ONLY_SAYS = re.compile(
    r"(?:said|says|told|tells|spoke|speaks|wrote|writes|added|adds|asked|replied|informed)\b", re.IGNORECASE
)
_ANOTHER = re.compile(
    rf"{_ASIDE},? (?:and|but|while|whereas|after|as|although|though|even as|when|because|since|so|once|now that){_ALSO}(?:the )?"
)  # a clause with a subject of its own
_TERM = re.compile(
    r"\b(?:should|ought to|must|shall|will|would|may|can|cannot|is to|are to|has to|have to|needs? to|stays?|remains?|goes|go|rises?|falls?|gets?)\b"
)
_NO_TERM = re.compile(
    r"\b(?:we|I|you|talks|negotiations|meetings?|sessions?|rounds?|parliaments?|courts?|journalists|reporters|mediators?|lawyers|ballots?|votes?|hearings?|"
    r"approved?|ratif(?:y|ied)|meet|met|resume[sd]?|convene[sd]?|held|take place|sworn|follow(?:ed|s)?|published|unveiled|broadcast|ceremony|reception|discuss(?:ed)?|arranged|registere?d?|bet|wonder|cost|suit)\b",
    re.IGNORECASE,
)  # the next steps of talks, and remarks
_NOUN = re.compile(r"the [a-z]{3,20}(?: [a-z]{3,20})?")
_CALLED = re.compile(
    r"(?:(?:But|And|Meanwhile|In return|In exchange|In turn),? )?(?P<who>(?P<short>the [a-z]{3,20})(?: [a-z]{3,20})?)\b(?![’'])",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[ \t]{0,8}(?:[-–—•*·▪]|\(?(?:\d{1,2}|[a-z])[.)])[ \t]{1,4}")
_OPENS = re.compile(r"(?P<cue>[\w’'-]{1,30}(?: [\w’'-]{1,30}){0,2}):[ \t]*\Z")
_OURS = re.compile(
    r"(?:Our|Its|Their|His|Her|It|We|They|The (?:offer|proposal|draft|paper|demands?|package|list|claim|terms|conditions|programme|points))\b"
)
_VAGUE = re.compile(
    r"(?:(?:has|have|had|also|now|then) ){0,3}(?:(?:moved|came|edged|inched|drew) (?:closer|nearer|towards?)|gave (?:ground|way)|(?:made|offered) (?:\w+ ){0,2}concessions?|"
    r"(?:softened|eased|hardened|toughened|cut|lowered|raised|reduced|trimmed) (?:its|their|his|her) (?:\w+ ){0,2}(?:stance|position|tone|line|claims?|demands?))\b(?!\D{0,80}\d)"
)  # a step of which nobody says where to
_BREAK = re.compile(r"[.!?;\n“”\"]")
_STANDS = frozenset(ACTS) - {"accusation", "praise", "assessment"}  # acts that what is asked for can go on from
_HEAD = 40  # characters within which the party of a sentence is its subject
_SHORTEST = 6  # characters of a clause that can say something
_OPENING = 20  # characters ahead of a statement in its sentence that can tell something of their own
_LONG = 15  # characters between a speaker and what is said that can tell something
_GAP = 4  # characters between two sentences of one paragraph
_FEW = 6  # parties in one sentence that are looked at
_NEAR = 32  # statements ahead of a place that are looked at
SCORE = 0.8


def told(
    document: Document, statements: Sequence[Statement], places: Sequence[Place], subject_of: SubjectOf
) -> Iterator[Statement]:
    """The sentences, and halves of sentences, that no statement covers, as statements of the party whose they are without a record.

    subject_of  (text, places, at) -> the party that "it" at a place stands for
    """
    for one in _Telling(document, statements, places, subject_of).all():
        if not _VAGUE.match(document.text, one.content[0].start, one.content[0].end):
            yield one


@dataclass(frozen=True, slots=True)
class _Block:
    """What is told already of a stretch of text, from its first word to its last, and whose it is."""

    start: int
    end: int
    party: str | None
    leads: bool = False  # whether its subject stands ahead of all else, so that another verb can follow
    stands: bool = True  # whether it tells where somebody stands, so that more of it can follow
    person: bool = False  # whether a person says it, and no body


def _block(one: Statement) -> _Block:
    spans = (*one.source, *one.cue, *one.content)
    ordered = (
        bool(one.cue) and one.source[-1].end <= one.cue[0].start and one.cue[-1].end <= one.content[0].start
        if one.source else True
    )  # fmt: skip
    return _Block(
        min(span.start for span in spans), max(span.end for span in spans), one.speaker.party, leads=ordered,
        stands=not _STANDS.isdisjoint(one.acts), person=one.speaker.kind == "named",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _List:
    """A list behind words with a colon, and whose it is."""

    party: str
    cue: Span  # the last words ahead of the colon


def _called(statements: Sequence[Statement], text: str) -> dict[str, list[tuple[int, str]]]:
    """Words like "the growers" under which parties speak in a document -> where they do, and which."""
    found: dict[str, list[tuple[int, str]]] = {}
    for one in statements:
        if len(one.source) == 1 and one.speaker.party and one.speaker.kind == "collective":
            words = one.source[0].of(text).lower()
            if _NOUN.fullmatch(words):
                found.setdefault(words, []).append((one.source[0].start, one.speaker.party))
    return {words: sorted(each) for words, each in found.items()}


class _Telling:
    """One document, read sentence by sentence."""

    def __init__(
        self, document: Document, statements: Sequence[Statement], places: Sequence[Place], subject_of: SubjectOf
    ) -> None:
        self._document, self._places, self._subject_of = document, places, subject_of
        self._text = document.text
        self._statements = statements
        self._blocks = sorted((_block(one) for one in statements), key=lambda one: (one.start, one.end))
        self._starts = [one.start for one in self._blocks]
        self._covered = sorted((span.start, span.end) for one in statements for span in one.content)
        self._covers = [start for start, _ in self._covered]
        self._called = _called(statements, self._text)
        self._last: _Block | None = None  # what the sentence before tells
        self._list: _List | None = None  # the list in which a line can stand

    def all(self) -> Iterator[Statement]:
        text = self._text
        for one in self._statements:
            yield from self._ahead_of_content(one)
        for piece in _SENTENCE.finditer(text, text.find("\n") + 1):
            begin = piece.start() + len(piece.group()) - len(piece.group().lstrip(" \t“\"'’)-"))
            if piece.end() - begin < _SHORTEST:
                continue
            sentence = without_dateline(text, Span(begin, piece.end()))
            inside = self._inside(sentence)
            self._list = self._listed(sentence, inside)
            if inside:
                yield from self._between(sentence, inside)
                stands = any(one.stands for one in inside)
                self._last = replace(inside[-1], end=sentence.end, stands=stands)
                continue
            each = (
                *self._item(sentence), *self._headed(sentence), *self._pronoun(sentence), *self._later(sentence), *self._term(sentence)
            )  # fmt: skip
            for one in each[:1]:
                person = text.startswith(("He ", "She "), sentence.start)
                self._last = _Block(sentence.start, sentence.end, one.speaker.party, person=person)
                yield one

    def _listed(self, sentence: Span, inside: Sequence[_Block]) -> _List | None:
        """The list that a sentence opens, or in which it stands."""
        text = self._text
        line = text.rfind("\n", 0, sentence.start) + 1
        if _ITEM.match(text, line):
            return self._list
        opens = _OPENS.search(text, sentence.start, sentence.end)
        if opens is None:
            return None
        last = inside[-1].party if inside else next((one.speaker.party for one in self._headed(sentence)), None)
        if last is None and _OURS.match(text, sentence.start) and self._last is not None:
            last = self._last.party
        return _List(last, Span(*opens.span("cue"))) if last else None

    def _item(self, sentence: Span) -> Iterator[Statement]:
        """An item of a list: of whoever the words ahead of the list name."""
        line = self._text.rfind("\n", 0, sentence.start) + 1
        if self._list is not None and _ITEM.match(self._text, line):
            why = "an item of its list"
            yield replace(self._of(self._list.party, sentence, why=why), cue=(self._list.cue,))

    def _ahead_of_content(self, one: Statement) -> Iterator[Statement]:
        """What a statement leaves between its speaker and what is said: "He turned down the lump sum, saying ...", "insists on two days that ..."."""
        if not (one.source and one.cue and one.speaker.party):
            return
        source, cue, content = one.source[-1].end, one.cue[0], one.content[0].start
        if source < cue.start and cue.end <= content and _AHEAD_OF_CUE.match(self._text, source, cue.start):
            yield from self._gap(one.speaker.party, source + 1, cue.start)
        elif source < cue.start and len(one.cue) == 1 and not _ONLY_SAYS.search(cue.of(self._text)):
            yield from self._gap(one.speaker.party, cue.start, content, cue.end)

    def _gap(self, party: str, start: int, end: int, known: int = 0) -> Iterator[Statement]:
        """Words of one sentence that no statement takes, where they are long enough; those up to `known` may be taken."""
        words = _JOINT.sub("", self._text[start:end])
        index = bisect_left(self._covers, end)
        taken = any(until > max(start, known) for _, until in self._covered[max(0, index - _NEAR) : index])
        if len(words) - max(0, known - start) >= _LONG and not taken and not _BREAK.search(words):
            yield self._of(party, Span(start, start + len(words)), why="between the speaker and what is said")

    def _inside(self, sentence: Span) -> list[_Block]:
        """What statements take of a sentence, those that overlap as one."""
        index = bisect_left(self._starts, sentence.end)
        found: list[_Block] = []
        for one in self._blocks[max(0, index - _NEAR) : index]:
            if one.end <= sentence.start:
                continue
            if found and one.start < found[-1].end:
                if one.end > found[-1].end:
                    found[-1] = replace(one, start=found[-1].start)
            else:
                found.append(one)
        return found

    def _between(self, sentence: Span, inside: Sequence[_Block]) -> Iterator[Statement]:
        """What a sentence tells ahead of what statements take of it, and behind."""
        if inside[0].start - sentence.start > _OPENING:
            opening = Span(sentence.start, inside[0].start)
            yield from (*self._headed(opening), *self._pronoun(opening), *self._term(opening))[:1]
        for at, block in enumerate(inside):
            stop = min(inside[at + 1].start if at + 1 < len(inside) else sentence.end, sentence.end)
            another = _ANOTHER.match(self._text, block.end, stop)
            if another is not None and another.end() < stop and self._named_at(another.end()):
                yield from self._headed(Span(another.end(), stop))
                continue
            more = _GOES_ON.match(self._text, block.end, stop) if block.leads and block.party else None
            if more is not None and block.party and stop - more.end() >= _SHORTEST:
                yield self._of(block.party, Span(more.end(), stop), why="the subject of the half before")

    def _named_at(self, at: int) -> bool:
        index = bisect_left(self._places, (at, 0, ""))
        return index < len(self._places) and self._places[index][0] == at

    def _headed(self, sentence: Span) -> Iterator[Statement]:
        """What a sentence tells of the party that it begins with."""
        at = bisect_left(self._places, (sentence.start, 0, ""))
        if at < len(self._places):
            start, end, party = self._places[at]
            if start - sentence.start <= _HEAD and end < sentence.end:
                yield from self._predicate(sentence, start, end, party)
                return
        called = _CALLED.match(self._text, sentence.start, sentence.end)
        if called is None:
            return
        who = "who" if called["who"].lower() in self._called else "short"
        if known := self._called.get(called[who].lower()):
            party = known[max(0, bisect_left(known, (sentence.start, "")) - 1)][1]
            yield from self._predicate(sentence, called.start(who), called.end(who), party)

    def _later(self, sentence: Span) -> Iterator[Statement]:
        """What a sentence tells of a party in a later clause: "The strike ended when the pilots took 4 per cent"."""
        first = bisect_left(self._places, (sentence.start + 1, 0, ""))
        for start, end, _ in self._places[first : first + _FEW]:
            if end >= sentence.end:
                return
            clause = _CLAUSE.search(self._text, max(sentence.start, start - _HEAD), start)
            if clause is not None and _BEHIND_NAME.match(self._text, end, sentence.end):
                yield from self._headed(Span(start, sentence.end))
                return

    def _pronoun(self, sentence: Span) -> Iterator[Statement]:
        """What a sentence tells of the party that "it" means, be it behind some words on time and matter."""
        found = _PRONOUN.match(self._text, sentence.start, sentence.end)
        if found is not None and (self._text[sentence.start].isupper() or found.start("it") == sentence.start):
            start, end = found.span("it")
            party = self._subject_of(self._text, self._places, start) or self._before(sentence, found["it"].lower())
            if party:
                yield from self._predicate(sentence, start, end, party)

    def _before(self, sentence: Span, pronoun: str) -> str | None:
        """Whose the sentence just before is, where the pronoun can mean whoever it tells of."""
        last = self._last
        if last is None or last.person != (pronoun in ("he", "she")):
            return None
        return last.party if not self._text[last.end : sentence.start].strip(' \n.”"') else None

    def _goes_on(self, sentence: Span) -> bool:
        """Whether a sentence follows in the paragraph on the one that was told last."""
        last = self._last
        return (
            last is not None and sentence.start - last.end <= _GAP and "\n" not in self._text[last.end : sentence.start]
        )

    def _predicate(self, sentence: Span, start: int, end: int, party: str) -> Iterator[Statement]:
        text = self._text
        content = text[end : sentence.end]
        lead = (
            len(content) - len(content.lstrip(" ,’'s"))
            if content[:1] in ",’'"
            else len(content) - len(content.lstrip())
        )
        if start - sentence.start > 4:  # "For the Front, a full pardon is the price": all of it
            end, lead, content = sentence.start, 0, text[sentence.start : sentence.end]
        if len(content) - lead < _SHORTEST or _SUFFERED.match(content, lead):
            return
        source = Span(start, min(end, sentence.end)) if end > start else None
        yield self._of(party, Span(end + lead, sentence.end), source, at=start)

    def _term(self, sentence: Span) -> Iterator[Statement]:
        """A sentence that names no party and says what is to be, just behind where somebody stands: it goes on with that."""
        last, text = self._last, self._text
        if last is None or last.party is None or not last.stands or not self._goes_on(sentence):
            return
        if not _TERM.search(text, sentence.start, sentence.end) or _NO_TERM.search(text, sentence.start, sentence.end):
            return
        at = bisect_left(self._places, (sentence.start, 0, ""))
        if at == len(self._places) or self._places[at][0] >= sentence.end:
            yield self._of(last.party, sentence, why="it goes on with where the sentence before stands")

    def _of(
        self, party: str, content: Span, source: Span | None = None, at: int | None = None, why: str | None = None
    ) -> Statement:
        text = self._text
        done = acts.done("", content.of(text), lambda _: Whose("own"))
        at = content.start if at is None else at
        return Statement(
            id=f"{self._document.id}#told-{at}", doc=self._document.id, source=(source,) if source else (), cue=(), content=(content,),
            kind="indirect", speaker=Voice(id=party, kind="collective", name=text[at : at + 40].split(",")[0], party=party), acts=done.acts,
            modality=done.modality, negated=done.negated, tense=done.tense, score=SCORE, by="rules",
            why=("told by the report itself", why) if why else ("told by the report itself",),
        )  # fmt: skip
