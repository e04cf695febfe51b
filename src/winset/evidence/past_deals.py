"""Earlier deals that a record tells of: "under the 1994 accord ..., which X broke in 1996"; their terms, fate, and who points to them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from winset.domain.statements import Statement
from winset.domain.terms import Invocation, Precedent
from winset.domain.text import Document, Grounds, Span
from winset.evidence import sides
from winset.evidence.scenes import Scene, Subject, scenes
from winset.evidence.stances import StanceReader

BY = "reader 1"
_KIND = r"(?:accords?|agreements?|treaty|treaties|truce|ceasefire|cease-fire|deal|pact|settlement|protocols?|memorandum|armistice|convention|compact|peace|contract)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_NAMED = re.compile(
    rf"\b(?:the )?(?:(?P<y1>{_YEAR}) (?P<m1>(?:[\w-]{{2,20}} ){{0,3}})(?P<k1>{_KIND})|"
    rf"(?P<m2>(?:[A-Z][\w-]{{2,20}} ){{1,3}})(?P<k2>(?-i:Accords?|Agreements?|Treaty|Truce|Deal|Pact|Settlement|Protocols?|Memorandum|Armistice|Convention|accords?|agreements?|treaty|truce|deal|pact|protocols?))(?: (?:of|from|signed in) (?P<y2>{_YEAR}))?|"
    rf"(?P<m3>(?:[\w-]{{2,20}} ){{0,2}})(?P<k3>{_KIND}) (?:of|from|signed in|reached in|agreed in|concluded in) (?:\w+ )?(?P<y3>{_YEAR}))\b"
)
_BREAKS = (
    r"(?:br(?:oke|eaks?|oken)|tore up|torn up|violat(?:e|es|ed)|breach(?:es|ed)|reneg(?:ed|es) on|went back on|walked out of|betray(?:s|ed)|flout(?:s|ed)|abandon(?:s|ed)|withdrew from|"
    r"pulled out of|quit|failed to (?:keep|honou?r|respect)|never (?:kept|honou?red|respected|carried out)|did not (?:keep|honou?r|respect|carry out)|trampled on|ignored)"
)
_KEEPS = r"(?:kept|honou?red|respected|complied with|abided by|fulfilled|carried out|stuck to|observed|lived up to|has honou?red|have honou?red|has kept|have kept)"
_WHICH = re.compile(
    rf",? which (?P<who>[^,.;]{{2,60}}?) (?:later |then |had |has |have |both |soon |repeatedly )*(?P<verb>{_BREAKS}|{_KEEPS})\b(?P<rest>[^.;]{{0,60}})"
)
_BY = re.compile(
    r"\b(?:was|were|has been|had been) (?:later |then |soon |repeatedly )?(?P<verb>broken|violated|breached|torn up|betrayed|abandoned|ignored|kept|honou?red|respected) (?:within [\w ]{2,20} )?by (?:the )?"
)
_HELD = re.compile(
    r"\A(?: (?:between|with|signed by) [^,.;]{2,60}?)?,? (?:which )?(?:has |have |had )?(?P<verb>held|lasted|still holds|holds|survived|collapsed|fell apart|broke down|failed)\b"
)
_ACTIVE = re.compile(
    rf"\b(?P<verb>{_BREAKS}|{_KEEPS}|(?:invok|cit)(?:e|es|ed|ing)|point(?:s|ed|ing)? to|appeal(?:s|ed|ing)? to|recall(?:s|ed|ing)?|refer(?:s|red|ring)? to|rel(?:y|ies|ied) on|hold(?:s)? up|held up) \Z"
)
_INVOKES = re.compile(r"(?:invok|cit)|point|appeal|recall|refer|rel(?:y|ies|ied)|h(?:old|eld)", re.IGNORECASE)
_FOR = re.compile(
    r"\A(?:[^.;]{0,40}?) (?:to (?=demand|argue|claim|justify|insist|ask|support|back|reject|defend)|as (?:a |the |its )?(?:model|basis|precedent|proof|reason|example|warning|argument|ground)s? (?:for|of|that|against)|in support of|for its (?:claim|demand) (?:to|that|for)|when (?:it|he|she) )(?P<what>[^.;”“]{3,140})"
)
_BETWEEN = re.compile(r"\b(?:between|signed by|reached by|concluded by|agreed by|of) (?:the )?")
_WITH = re.compile(r"\A[^.,;]{0,20}? with (?:the )?")
_IN = re.compile(rf"\bin (?P<year>{_YEAR})\b")
_UNDER = re.compile(r"\b(?:[Uu]nder|[Ii]n|[Bb]y|[Aa]ccording to|the terms of) \Z")
_LIKE = re.compile(
    r"\b(?:new|draft|proposed|possible|final|future|any|a|an|no|this|such|interim|peace) \Z", re.IGNORECASE
)
_STATES = re.compile(
    r"\A,? (?:(?:which|that) )?(?=(?:provided|required|gave|froze|set|allowed|banned|barred|obliged|called|returned|lifted|guaranteed|created|ended|limited|committed|would have|had)\b)"
)


@dataclass(slots=True)
class _Deal:
    name: str
    year: int | None
    parties: dict[str, None] = field(default_factory=dict)
    terms: dict[str, tuple[float, Grounds]] = field(default_factory=dict)
    broken: dict[str, None] = field(default_factory=dict)
    broken_on: date | None = None
    kept: bool | None = None
    invoked: list[Invocation] = field(default_factory=list)
    grounds: list[Grounds] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)


def read(
    documents: Sequence[Document], statements: Sequence[Statement], found: sides.Sides, reader: StanceReader,
    seated: Sequence[str] = (),
) -> tuple[Precedent, ...]:  # fmt: skip
    """Earlier deals with what the words say of them; only those of which more is told than their name.

    A deal without a year counts where a name of its own and what became of it mark it as past.
    """
    deals: list[_Deal] = []
    for scene in scenes([one for one in documents if _NAMED.search(one.text)], statements, found, seated):
        starts = [span.start for span in scene.sentences]
        for match in _NAMED.finditer(scene.text):
            at = bisect_right(starts, match.start()) - 1
            if at >= 0 and match.end() <= scene.sentences[at].end:
                _take(scene, scene.sentences[at], match, deals, reader)
    return tuple(
        _record(one) for one in deals if one.terms or one.broken or one.invoked or one.kept is not None
    )  # fmt: skip


def _take(scene: Scene, sentence: Span, match: re.Match[str], deals: list[_Deal], reader: StanceReader) -> None:
    text = scene.text
    year_text = match.group("y1") or match.group("y2") or match.group("y3")
    year = int(year_text) if year_text else None
    today = scene.document.date
    if year is not None and today is not None and year > today.year:
        return
    kind = (match.group("k1") or match.group("k2") or match.group("k3")).lower().rstrip("s")
    words = " ".join((match.group("m1") or match.group("m2") or match.group("m3") or "").split())
    proper = " ".join(
        word for word in words.split() if word[:1].isupper() and word not in ("The", "A", "An", "Under", "In")
    )
    if year is None and (not proper or _LIKE.search(text[max(sentence.start, match.start() - 12) : match.start()])):
        return
    deal = _known(deals, proper, year, kind, today)
    if deal is None:
        if year is None:
            name = f"{proper} {match.group('k2')}"
        else:
            name = f"{proper} {kind} of {year}" if proper else f"{year} {' '.join((words, kind)).strip()}"
        deal = _Deal(name=name, year=year)
        deals.append(deal)
    deal.kinds.add(kind)
    ground = _ground(scene, sentence, match)
    before = len(deal.terms), len(deal.broken), len(deal.invoked), deal.kept
    _parties(scene, sentence, match, deal)
    _fate(scene, sentence, match, deal)
    _stated(scene, sentence, match, deal, reader, ground)
    if (len(deal.terms), len(deal.broken), len(deal.invoked), deal.kept) != before and ground not in deal.grounds:
        deal.grounds.append(ground)
        deal.why.append(f"“{text[sentence.start : sentence.end][:160]}” tells of it")


def _known(deals: Iterable[_Deal], proper: str, year: int | None, kind: str, today: date | None) -> _Deal | None:
    for one in deals:
        if proper and proper in one.name and (year is None or one.year in (None, year)):
            one.year = one.year or year
            return one
        if not proper and year is not None and one.year == year and kind in one.kinds:
            return one
    return None


def _ground(scene: Scene, sentence: Span, match: re.Match[str]) -> Grounds:
    said = scene.saying(match.start(), match.end())
    return Grounds(doc=scene.document.id, statement=said.id if said else None, spans=(sentence,))


def _parties(scene: Scene, sentence: Span, match: re.Match[str], deal: _Deal) -> None:
    after = Span(match.end(), min(sentence.end, match.end() + 90))
    between = _BETWEEN.match(scene.text[after.start : after.end].lstrip())
    if between is not None:
        for start, _, party in scene.between(after.start, after.end)[:2]:
            if not re.search(r"[;.]|, ", scene.text[after.start : start]):
                deal.parties[party] = None
    elif _WITH.match(scene.text[after.start : after.end]):
        near = scene.between(after.start, after.start + 40)
        who = scene.subject(sentence, match.start())
        for party in (*(who.parties if who else ()), *(p[2] for p in near[:1])):
            deal.parties[party] = None


def _fate(scene: Scene, sentence: Span, match: re.Match[str], deal: _Deal) -> None:
    text = scene.text
    rest = text[match.end() : sentence.end]
    if (which := _WHICH.search(rest)) is not None and not _NAMED.search(rest, 0, which.start()):
        start = match.end() + which.start("who")
        parties = tuple(p[2] for p in scene.between(start, match.end() + which.end("who")))
        if not parties and re.match(r"(?:both|the two) (?:sides|parties)", which.group("who")):
            parties = scene.seated
        if parties and not re.search(r"\b(?:never|not)\Z", which.group("who")):
            _became(scene, match, deal, parties, which.group("verb"), which.group("rest"))
    elif (passive := _BY.search(rest)) is not None and passive.start() < 120:
        near = scene.between(match.end() + passive.end(), min(sentence.end, match.end() + passive.end() + 40))
        _became(scene, match, deal, tuple(p[2] for p in near[:1]), passive.group("verb"), rest[passive.end() :])
    elif (held := _HELD.match(rest)) is not None and deal.kept is None:
        deal.kept = held.group("verb") in ("held", "lasted", "still holds", "holds", "survived")
    ahead = text[max(sentence.start, match.start() - 80) : match.start()]
    if (active := _ACTIVE.search(ahead)) is None:
        return
    verb = max(sentence.start, match.start() - 80) + active.start("verb")
    who = scene.subject(sentence, verb)
    if who is None or not who.parties:
        who = _speaks(scene, match, verb)
    if who is None or scene.done(sentence, who, verb) not in ("done", "ready"):
        return
    if _INVOKES.match(active.group("verb")):
        purpose = _FOR.match(rest)
        for party in who.parties:
            new = Invocation(
                by=party,
                purpose=purpose.group("what").strip(" ,") if purpose else None,
                grounds=(_ground(scene, sentence, match),),
            )
            if not any((one.by, one.purpose) == (new.by, new.purpose) for one in deal.invoked):
                deal.invoked.append(new)
    elif all(scene.told(party, verb, match.end()) is not None for party in who.parties):
        _became(scene, match, deal, who.parties, active.group("verb"), rest)


def _speaks(scene: Scene, match: re.Match[str], verb: int) -> Subject | None:
    said = scene.saying(match.start(), match.end())
    return Subject((said.speaker.party,), verb, verb) if said is not None and said.speaker.party else None


def _became(
    scene: Scene, match: re.Match[str], deal: _Deal, parties: Sequence[str], verb: str, rest: str
) -> None:  # fmt: skip
    if re.match(_KEEPS, verb, re.IGNORECASE) or verb in ("kept", "honoured", "honored", "respected"):
        deal.kept = True if deal.kept is None and not deal.broken else deal.kept
    elif parties:
        deal.kept = False
        deal.broken.update(dict.fromkeys(parties))
        year = _IN.search(rest)
        if year is not None and deal.broken_on is None:
            deal.broken_on = date(int(year.group("year")), 1, 1)
    deal.parties.update(dict.fromkeys(parties))


def _stated(
    scene: Scene, sentence: Span, match: re.Match[str], deal: _Deal, reader: StanceReader, ground: Grounds
) -> None:  # fmt: skip
    text = scene.text
    span: Span | None = None
    if _UNDER.search(text, max(sentence.start, match.start() - 24), match.start()) or _UNDER.search(
        text, max(sentence.start, match.start() - 28), match.start() + (4 if match.group().startswith("the ") else 0)
    ):
        comma = re.match(r"(?: (?:between|with|of|signed by) [^,.;]{2,50})?,? ", text[match.end() : sentence.end])
        begin = match.end() + (comma.end() if comma else 0)
        span = Span(begin, sentence.end) if sentence.end - begin > 4 else None
    elif (states := _STATES.match(text[match.end() : sentence.end])) is not None:
        span = Span(match.end() + states.end(), sentence.end)
    if span is None:
        return
    stop = re.compile(r",? which\b|, but\b|;|,(?: [^,;]{1,50},)? (?:[^,;]{1,50} )?(?:said|says|told)\b").search(
        text, span.start + 1, span.end
    )
    if stop is not None:
        span = Span(span.start, stop.start())
    for one in reader.stated(scene.document, span):
        if not one.left_out:
            deal.terms.setdefault(
                one.issue, (one.value, Grounds(doc=ground.doc, statement=ground.statement, spans=(span,)))
            )
    for _, _, party in scene.between(span.start, span.end):
        deal.parties.setdefault(party, None)


def _record(one: _Deal) -> Precedent:
    return Precedent(
        name=one.name, parties=tuple(one.parties), date=date(one.year, 1, 1) if one.year else None,
        terms=tuple((issue, value) for issue, (value, _) in one.terms.items()), kept=one.kept, broken_by=tuple(one.broken),
        invoked_by=tuple(dict.fromkeys(said.by for said in one.invoked)), invocations=tuple(one.invoked),
        broken_on=one.broken_on, grounds=tuple(one.grounds), by=BY, score=0.6 if one.terms or one.broken else 0.5,
        term_grounds=tuple((issue, (ground,)) for issue, (_, ground) in one.terms.items()), why=tuple(one.why),
    )  # fmt: skip


def beside(written: Sequence[Precedent], read_off: Iterable[Precedent]) -> tuple[Precedent, ...]:
    """What somebody wrote down, then what the record tells of besides: nothing of the same name, or the same year and parties."""
    names = {one.name.casefold() for one in written}

    def there(one: Precedent) -> bool:
        return one.name.casefold() in names or any(
            one.date is not None and other.date is not None and one.date.year == other.date.year
            and set(one.parties) & set(other.parties) for other in written
        )  # fmt: skip

    return (*written, *(one for one in read_off if not there(one)))
