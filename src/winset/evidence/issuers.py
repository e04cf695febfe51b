"""Who issues a text and whom it is written to, once the parties of a record are known: a press release, a letter, a communiqué."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Span
from winset.evidence import issued, sentences, transcripts
from winset.evidence.communiques import Communique
from winset.evidence.naming import subject
from winset.evidence.organisations import LISTS
from winset.evidence.parties import Place
from winset.evidence.sides import Sides

_LIST = re.compile(r",? and (?:of )?(?:the )?(?:delegations? of (?:the )?)?|, (?:of )?(?:the )?|[–/-]| with (?:the )?")
_JOINT = re.compile(
    r"\b(?:joint|common|trilateral|bilateral|tripartite|agreement (?:between|of)|memorandum|accord|communiqu[eé]|understanding|agreed (?:minutes|text|points))\b",
    re.IGNORECASE,
)
_CONVENED = re.compile(
    r"\b(?:met|meeting|under|held|announce\w*|have|has|are|agreed|reached|concluded|signed|mediat\w+|in the presence|at the invitation|chaired|hosted|welcome\w*)\b"
)
_ORGANS = r"[Mm]inistry|[Gg]overnment|[Ee]xecutive|[Cc]ongress|[Cc]onference|[Ss]ecretariat|[Bb]oard|[Cc]ommittee|[Cc]abinet|[Ll]eadership|[Mm]anagement|[Pp]resid(?:ium|ency)|[Oo]ffice|[Aa]ssembly"
_REALMS = r"(?P<noun>Republic|Kingdom|Federation|Principality|Emirate|Sultanate|Commonwealth|Confederation|Union|State|Government|Council|Community) of (?:the )?"
_REALM = re.compile(rf"\b{_REALMS}\Z")
_REALM_NAME = re.compile(rf"(?:[Tt]he )?{_REALMS}")
_ORGAN_ALONE = re.compile(rf"(?:{_ORGANS}|republic|kingdom|federation|state|union|council|community)")
_ORGAN = re.compile(rf"\b(?:{_ORGANS})\b")
_NOUN = re.compile(r"[A-ZÀ-Þ][a-z]{3,}")
_WITHIN = {
    "union": ("executive", "congress", "conference", "leadership", "committee"),
    "political": ("executive", "congress", "conference", "leadership"),
    "firm": ("board", "management", "leadership", "group"),
    "state": ("ministry", "government", "cabinet"),
}  # what of itself a body of a kind calls so
_YOU = re.compile(r"(?:(?<=[.!?;:\n] )|(?<=\n)|(?<=, and )|(?<=, but )|(?<=\bthat ))(?P<you>[Yy]ou)(?= \w)")
_DEAR = re.compile(r"(?:\A|\n)[ \t]*(?:Dear|To) (?P<who>[^\n.!?]{2,160})")
_TO = re.compile(r"\b(?:letter|message|appeal|note|reply|memo) to (?P<who>[^\n:,]{2,120})", re.IGNORECASE)
_BEHALF = re.compile(
    r"\b(?:[Ww]e|I)(?: \w{1,30}){0,3} (?:on behalf of|in the name of|(?:write|speak|writing|speaking)(?: to you)? (?:for|as)) (?P<who>[^\n.;:]{3,120})"
)  # "We write on behalf of the members of the Guild"
_OPENS = re.compile(r"(?:(?:The|the|We,|Today,?|At|Yesterday,?) ){0,3}(?:(?:[\w-]{1,30} ){1,5}of (?:the )?)?")
_OURS = frozenset(["we", "our", "us", "i", "my", "ours", "the undersigned", "you"])
_ALL = re.compile(
    r"(?:both|the|all|we)\b(?: (?:two|three|four|undersigned|high contracting|participating))*(?: (?:sides|parties|delegations|governments|ministers|leaders|undersigned|signatories|partners|states|countries))?",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:[A-ZÀ-Þ][^,;:.\n]{2,70}, |and |while |but )?(?:[Tt]he |[Bb]oth )?")
_IT = re.compile(r"(?:It|They|it|they)\b")
_OWNED = re.compile(r"[’']s?\b")
_AND = re.compile(r",? and (?:the )?|, (?:the )?(?=[A-ZÀ-Þ])")
_NEAR = 60  # characters of a first sentence within which its issuer is named
_FIRST = 260  # of those that meet together


@dataclass(frozen=True, slots=True)
class Issue:
    """A text with those who issue it, its body and whom it speaks to."""

    parties: tuple[str, ...]
    body: Span
    addressed: str | None = None


def of_record(documents: Sequence[Document], sides: Sides) -> dict[str, Issue]:
    """Document -> who issues it, for those that some party does, or several together."""
    found: dict[str, Issue] = {}
    for document in documents:
        text = document.text
        each = sentences.of_text(text)
        form = None if transcripts.turns(text) else issued.form(text, each)
        if form is None or not form.sentences:
            continue
        parties = _parties(document, form, sides)
        if parties:
            body = Span(form.sentences[0].start, form.sentences[-1].end)
            addressed = _addressed(document, form, sides) if form.written else None
            found[document.id] = Issue(parties, body, None if addressed in parties else addressed)
    return found


def _parties(document: Document, form: Communique, sides: Sides) -> tuple[str, ...]:
    """Who issues a text: those that its heading or its first sentence joins, else the first that heading, first sentence or title names
    alone."""
    text, first = document.text, form.sentences[0]
    opening = issued.opening(text, first)
    stop = _CONVENED.search(text, opening + 10, min(first.end, opening + _FIRST))
    ahead = Span(opening, stop.start() if stop else min(first.end, opening + _FIRST))
    if _JOINT.search(text, 0, first.start):
        for span in (form.issuers, ahead):
            several = tuple(dict.fromkeys(id for _, _, id in sides.between(document.id, span.start, span.end)))
            if len(several) > 1:
                return several
    behalf = [one["who"] for one in _BEHALF.finditer(text, first.start, form.sentences[-1].end)]
    for words in (form.issuers.of(text), *behalf, *_prefixes(text, first)):
        id = sides.within(" ".join(words.split()))
        if id is not None and not _ORGAN_ALONE.fullmatch(id):
            return (id,)
    signed = {id for name, id in sides.people.items() if " " in name and name in form.issuers.of(text)}
    if len(signed) == 1:
        return tuple(signed)
    begins = [] if _DEAR.search(text, 0, first.start) else sides.between(document.id, opening, opening + _NEAR)
    return (begins[0][2],) if begins and _OPENS.fullmatch(text, opening, begins[0][0]) else ()


def _prefixes(text: str, first: Span) -> list[str]:
    """The words ahead of a colon in the lines of a heading: "Free List: our eight conditions"."""
    lines = [line.of(text) for line in sentences.paragraphs(text[: first.start])]
    return [line.partition(":")[0] for line in lines if ":" in line]


def _addressed(document: Document, form: Communique, sides: Sides) -> str | None:
    """The party that a letter greets, or that its heading says it is written to."""
    text = document.text
    end = form.sentences[0].start
    for pattern in (_DEAR, _TO):
        for found in pattern.finditer(text, 0, end):
            ids = {id for _, _, id in sides.between(document.id, *found.span("who"))}
            called = {
                party.id
                for party in sides.parties
                for word in re.findall(r"[A-ZÀ-Þ][a-z]{4,}s\b", found["who"])
                if party.name.startswith((f"{word}’", f"{word}'"))
            }  # "Dear Rectors" of the Rectors' Conference
            ids = ids or called
            if not ids:
                ids = {
                    sides.people[name]
                    for name in sides.people
                    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", found["who"])
                }
            if len(ids) == 1:
                return min(ids)
    return None


def with_their_names(documents: Sequence[Document], sides: Sides, issues: Mapping[str, Issue]) -> Sides:
    """The places of a record with those where a text calls its issuers by a noun of their own ("the Ministry", "the Council"), and where a
    letter says "you"."""
    places = dict(sides.places)
    for document in documents:
        issue = issues.get(document.id)
        if issue is None:
            continue
        text, known = document.text, places.get(document.id, ())
        more: dict[tuple[int, int], str] = {}
        for noun, id in _nouns(text, known, issue, sides).items():
            for one in re.finditer(rf"\b(?:[Tt]he|[Tt]his|[Oo]ur) {noun}\b(?! of\b| [A-ZÀ-Þ])", text[: issue.body.end]):
                if one.start() >= issue.body.start:
                    more[one.span()] = id
        if issue.addressed is not None:
            for one in _YOU.finditer(text, issue.body.start, issue.body.end):
                more[one.span("you")] = issue.addressed
        taken = list(more)
        kept = [
            place for place in known
            if not any(start < place[1] and place[0] < end for start, end in _close(taken, place[0]))
        ]  # fmt: skip
        places[document.id] = tuple(sorted((*kept, *((start, end, id) for (start, end), id in more.items()))))
    return replace(sides, places=places)


def _close(spans: Sequence[tuple[int, int]], at: int) -> list[tuple[int, int]]:
    return [one for one in spans if abs(one[0] - at) < 80]


def _nouns(text: str, places: Sequence[Place], issue: Issue, sides: Sides) -> dict[str, str]:
    """Noun -> the one of the issuers that "the" with this noun is."""
    names = {party.id: (party.name, *party.aliases) for party in sides.parties}
    of: dict[str, set[str]] = {}
    for start, end, id in places:
        realm = _REALM.search(text, max(0, start - 30), start) or _REALM_NAME.match(text, start, end)
        if id in issue.parties and realm is not None:
            of.setdefault(realm["noun"], set()).add(id)
    for id in issue.parties:
        for name in names.get(id, ()):
            last = name.split()[-1]
            if " " in name and _NOUN.fullmatch(last):
                of.setdefault(last, set()).add(id)
        kind = sides.kinds.get(id, "state")
        alone = [one for one in issue.parties if sides.kinds.get(one, "state") == kind]
        if len(alone) == 1:
            for noun in (*LISTS.get(kind, ()), *_WITHIN.get(kind, ())):
                of.setdefault(f"[{noun[0].upper()}{noun[0]}]{noun[1:]}", set()).add(id)
    if len(issue.parties) == 1:
        (id,) = issue.parties
        for organ in _ORGAN.findall(text[: issue.body.start]):
            of.setdefault(organ, set()).add(id)
        others = {place[2] for place in places if place[0] >= issue.body.start} - {id}
        rivals = {sides.kinds.get(one, "state") for one in others}
        if sides.kinds.get(id, "state") in rivals:  # "the union" may be the other one
            of = {noun: ids for noun, ids in of.items() if not noun.startswith("[")}
    return {noun: min(ids) for noun, ids in of.items() if len(ids) == 1}


def spoken(
    statements: Sequence[Statement], texts: Mapping[str, str], sides: Sides, issues: Mapping[str, Issue]
) -> list[Statement]:
    """The statements with the parties of their voices where a text is issued: "we" and what nobody else says is the issuer's, what is said
    of one of several who issue it together is that one's."""
    return [
        one if one.doc not in issues else _of_several(one, texts[one.doc], sides, issues[one.doc])
        if len(issues[one.doc].parties) > 1
        else _of_one(one, texts[one.doc], issues[one.doc])
        for one in statements
    ]  # fmt: skip


def _own(one: Statement, text: str) -> bool:
    """Whether a statement is in the words of the text itself."""
    source = one.source[0].of(text).lower().strip(" ,") if one.source else ""
    return one.speaker.kind != "author" and (not one.source or source in _OURS)


def _of_one(one: Statement, text: str, issue: Issue) -> Statement:
    (id,) = issue.parties
    start = min(span.start for span in one.content)
    if one.speaker.party == id or not issue.body.start <= start < issue.body.end:
        return one
    if _own(one, text):
        return replace(one, speaker=replace(one.speaker, id=id, kind="collective", party=id, members=(), candidates=()))
    if one.speaker.kind == "named" and one.speaker.party is None and one.speaker.standing != "expert":
        return replace(one, speaker=replace(one.speaker, party=id))
    return one


def _of_several(one: Statement, text: str, sides: Sides, issue: Issue) -> Statement:
    start = min(span.start for span in one.content)
    if not issue.body.start <= start < issue.body.end:
        return one
    ours = _own(one, text) or _ALL.fullmatch(one.source[0].of(text).strip(" ,"))
    if not ours and not _IT.fullmatch(one.source[0].of(text).strip(" ,")):
        return one
    begins = (one.source or one.content)[0].start
    id = _begins_with(text, sides.places.get(one.doc, ()), begins if not _own(one, text) else start)
    if id is not None and ours and one.source and _ALL.fullmatch(one.source[0].of(text).strip(" ,")):
        id = None
    if id is None and not ours:
        return one
    name = one.speaker.name
    voice = (
        Voice(id=id, kind="collective", name=name, standing="official", party=id)
        if id is not None
        else replace(
            one.speaker, id="+".join(sorted(issue.parties)), kind="collective", members=issue.parties, party=None
        )
    )
    return replace(one, speaker=voice)


def _begins_with(text: str, places: Sequence[Place], start: int) -> str | None:
    """The one party that a sentence of a joint text is about: the first that it names, behind no more than a few words of introduction,
    or whom "it" means."""
    lead = _LEAD.match(text, start)
    at = lead.end() if lead else start
    for begin in dict.fromkeys((start, at)):
        if _IT.match(text, begin):
            return subject(text, places, begin)
    inside = [place for place in places if start <= place[0] <= max(at, start + 4)]
    if not inside or _OWNED.match(text, inside[-1][1]):
        return None
    begin, end, id = inside[-1]
    if _AND.match(text, end) and any(end <= other[0] <= end + 10 for other in places):
        return None
    return id
