"""Earlier deals that a record tells of: "under the 1994 accord ..., which X broke in 1996"; their terms, fate, and who points to them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from winset.domain.statements import Statement
from winset.domain.terms import Fate, Invocation, Precedent
from winset.domain.text import Document, Grounds, Span
from winset.evidence import sides
from winset.evidence.scenes import Scene, Subject, scenes, speaker
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
    r"\A(?: (?:between|with|signed by) [^,.;]{2,60}?)?,? (?:which )?(?:has |have |had )?(?P<verb>held|lasted|still holds|holds|survived|collapsed|fell apart|broke down|unravell?ed|failed)\b"
)
_FAILED_WHEN = re.compile(r"\b(?:when|after|because|once) (?=(?:the )?[A-Z]|(?:the|its|his|her) )")
_ENDED = re.compile(
    rf"\A(?:[’']s? (?:\w+ ){{1,3}})? ?(?:\w+ly )?(?:{_BREAKS}|refused|stopped|walked (?:out|away)|pulled (?:out|back)|withdrew|invaded|attacked|shelled|bombed|struck|fired|seized|crossed|resumed|suspended|froze|cancell?ed|raised|cut|closed|imposed|backed out|declared)\b"
)
_ACTIVE = re.compile(
    rf"\b(?P<verb>{_BREAKS}|{_KEEPS}|(?:invok|cit)(?:e|es|ed|ing)|point(?:s|ed|ing)? to|appeal(?:s|ed|ing)? to|recall(?:s|ed|ing)?|refer(?:s|red|ring)? to|rel(?:y|ies|ied) on|hold(?:s)? up|held up) \Z"
)
_INVOKES = re.compile(r"(?:invok|cit)|point|appeal|recall|refer|rel(?:y|ies|ied)|h(?:old|eld)", re.IGNORECASE)
_FOR = re.compile(
    r"\A(?:[^.;]{0,40}?) (?P<what>(?:to (?:demand|argue|claim|justify|insist|ask|support|back|reject|defend|oppose|resist|explain|show|refuse)\b|as (?:an? |the |its )?(?:\w+ )?(?:model|basis|precedent|proof|reason|example|warning|argument|ground|template|blueprint|lesson|evidence)s? (?:for|of|that|against|why)\b|in (?:support|defence|defense) of\b|for (?:its|his|her|their) (?:claim|demand) (?:to|that|for)\b|when )[^.;”“]{3,220})"
)
_SAID = re.compile(r",? (?:\w+ )?(?:said|says|told|added)\b.*\Z")
_BETWEEN = re.compile(r"\b(?:between|signed by|reached by|concluded by|agreed by|of) (?:the )?")
_WITH = re.compile(r"\A[^.,;]{0,20}? with (?:the )?")
_IN = re.compile(rf"\bin (?P<year>{_YEAR})\b")
_UNDER = re.compile(r"\b(?:[Uu]nder|[Ii]n|[Bb]y|[Aa]ccording to|the terms of) \Z")
_AGAIN = re.compile(
    rf"\b(?:[Tt]he|[Tt]hat|[Tt]his|[Ii]ts terms|[Tt]hose) (?:same |old |earlier )?(?P<kind>{_KIND})\b(?! (?:of|from|signed|reached|between) )"
)
_IT = re.compile(
    r"\b(?:violat(?:e|es|ed)|breach(?:es|ed)|br(?:oke|eaks?|oken)|honou?red|flout(?:s|ed)|respected|abandon(?:s|ed)|betray(?:s|ed)|complied with|abided by|stuck to|kept to|reneg(?:ed|es) on) (?P<it>it)\b"
)
NEAR = 2  # sentences within which "the accord" means the one named before
_LIKE = re.compile(
    r"\b(?:new|draft|proposed|possible|final|future|any|a|an|no|this|such|interim|peace) \Z", re.IGNORECASE
)
_BESIDE = re.compile(r"\b(?:of|by|from|for|to|with|under|in|at|against|like|than) (?:the )?\Z")
_MODEL = re.compile(r"\b(?:model|example|template|blueprint|precedent|lesson)\b")
_ASIDE = re.compile(r"(?: (?:between|with|of|signed by) [^,.;]{2,50})?(?:, which [^,.;]{2,80})?,? ")
_TELLS = re.compile(
    r", (?:as )?(?P<who>(?:the |its |their )?[\w’' -]{2,40}?) (?:says?|said|claims?|claimed|alleges?|alleged|argues?|argued|insists?|insisted|complains?|complained|maintains?|maintained)\b"
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
    broken_on: date | None = None
    kept: bool | None = None
    invoked: list[Invocation] = field(default_factory=list)
    grounds: list[Grounds] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    told: list[Fate] = field(default_factory=list)
    sides_named: bool = False  # whether the words say between whom it was


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
        last: tuple[_Deal, str, int] | None = None
        for place, match in _mentions(scene.text):
            at = bisect_right(starts, place.start) - 1
            if at < 0 or place.end > scene.sentences[at].end:
                continue
            if match.re is _NAMED:
                named = _named(scene, scene.sentences[at], match, deals)
                last = (named, _kind(match), at) if named is not None else None
            elif (
                last is not None
                and at - last[2] <= NEAR
                and (match.re is _IT or match.group("kind").rstrip("s") == last[1])
            ):
                last = (last[0], last[1], at)
            else:
                continue
            if last is not None:
                _tell(scene, scene.sentences[at], place, last[0], reader)
    return tuple(
        _record(one) for one in deals if one.terms or one.told or one.invoked or one.kept is not None
    )  # fmt: skip


def _mentions(text: str) -> Iterator[tuple[Span, re.Match[str]]]:
    """Where a deal is named, and where "the accord" or "violated it" may mean the one named last; in the order of the text."""
    named = [(Span(*one.span()), one) for one in _NAMED.finditer(text)]
    taken = [place for place, _ in named]
    again = [(Span(*one.span()), one) for one in _AGAIN.finditer(text)]
    meant = [(Span(*one.span("it")), one) for one in _IT.finditer(text)]
    rest = [(place, one) for place, one in (*again, *meant) if not any(place.overlaps(other) for other in taken)]
    yield from sorted((*named, *rest), key=lambda pair: pair[0].start)


def _kind(match: re.Match[str]) -> str:
    return (match.group("k1") or match.group("k2") or match.group("k3")).lower().rstrip("s")


def _named(scene: Scene, sentence: Span, match: re.Match[str], deals: list[_Deal]) -> _Deal | None:
    """The earlier deal that is named, a new one where it is named first; None where it may be no earlier one."""
    text = scene.text
    year_text = match.group("y1") or match.group("y2") or match.group("y3")
    year = int(year_text) if year_text else None
    today = scene.document.date
    if year is not None and today is not None and year > today.year:
        return None
    kind = _kind(match)
    words = " ".join((match.group("m1") or match.group("m2") or match.group("m3") or "").split())
    proper = " ".join(
        word for word in words.split() if word[:1].isupper() and word not in ("The", "A", "An", "Under", "In")
    )
    if year is None and (not proper or _LIKE.search(text[max(sentence.start, match.start() - 12) : match.start()])):
        return None
    deal = _known(deals, proper, year, kind, today)
    if deal is None:
        if year is None:
            name = f"{proper} {match.group('k2')}"
        else:
            name = f"{proper} {kind} of {year}" if proper else f"{year} {' '.join((words, kind)).strip()}"
        deal = _Deal(name=name, year=year)
        deals.append(deal)
    deal.kinds.add(kind)
    return deal


def _tell(scene: Scene, sentence: Span, at: Span, deal: _Deal, reader: StanceReader) -> None:
    """What the sentence tells of a deal that it speaks of at `at`."""
    ground = _ground(scene, sentence, at)
    before = len(deal.terms), len(deal.told), len(deal.invoked), deal.kept
    _parties(scene, sentence, at, deal)
    _fate(scene, sentence, at, deal)
    _stated(scene, sentence, at, deal, reader, ground)
    if (len(deal.terms), len(deal.told), len(deal.invoked), deal.kept) != before and ground not in deal.grounds:
        deal.grounds.append(ground)
        deal.why.append(f"“{_shortened(scene.text[sentence.start : sentence.end])}” tells of it")


def _shortened(text: str, most: int = 160) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1].rsplit(' ', 1)[0]}…"


def _known(deals: Iterable[_Deal], proper: str, year: int | None, kind: str, today: date | None) -> _Deal | None:
    for one in deals:
        if proper and proper in one.name and (year is None or one.year in (None, year)):
            one.year = one.year or year
            return one
        if not proper and year is not None and one.year == year and kind in one.kinds:
            return one
    return None


def _ground(scene: Scene, sentence: Span, at: Span) -> Grounds:
    said = scene.saying(at.start, at.end)
    return Grounds(doc=scene.document.id, statement=said.id if said else None, spans=(sentence,))


def _parties(scene: Scene, sentence: Span, at: Span, deal: _Deal) -> None:
    after = Span(at.end, min(sentence.end, at.end + 90))
    between = _BETWEEN.match(scene.text[after.start : after.end].lstrip())
    if between is not None:
        for start, _, party in scene.between(after.start, after.end)[:2]:
            if not re.search(r"[;.]|, ", scene.text[after.start : start]):
                deal.parties[party] = None
                deal.sides_named = True
    elif _WITH.match(scene.text[after.start : after.end]):
        near = scene.between(after.start, after.start + 40)
        who = scene.subject(sentence, at.start)
        for party in (*(who.parties if who else ()), *(p[2] for p in near[:1])):
            deal.parties[party] = None
        deal.sides_named = deal.sides_named or bool(near)


def _fate(scene: Scene, sentence: Span, at: Span, deal: _Deal) -> None:
    text = scene.text
    rest = text[at.end : sentence.end]
    if (which := _WHICH.search(rest)) is not None and not _NAMED.search(rest, 0, which.start()):
        start = at.end + which.start("who")
        parties = tuple(p[2] for p in scene.between(start, at.end + which.end("who")))
        if not parties and re.match(r"(?:both|the two) (?:sides|parties)", which.group("who")):
            parties = scene.seated
        if parties and not re.search(r"\b(?:never|not)\Z", which.group("who")):
            _became(scene, sentence, at, deal, parties, which.group("verb"), which.group("rest"))
    elif (passive := _BY.search(rest)) is not None and passive.start() < 120:
        near = scene.between(at.end + passive.end(), min(sentence.end, at.end + passive.end() + 40))
        named = tuple(p[2] for p in near[:1])
        _became(scene, sentence, at, deal, named, passive.group("verb"), rest[passive.end() :])
    elif (held := _HELD.match(rest)) is not None:
        if held.group("verb") in ("held", "lasted", "still holds", "holds", "survived"):
            deal.kept = True if deal.kept is None else deal.kept
        else:
            _collapsed(scene, sentence, at, held.end(), deal)
    ahead = text[max(sentence.start, at.start - 80) : at.start]
    if (active := _ACTIVE.search(ahead)) is None:
        return
    verb = max(sentence.start, at.start - 80) + active.start("verb")
    who = scene.subject(sentence, verb)
    if who is None or not who.parties:
        who = _speaks(scene, at, verb)
    if who is None or scene.done(sentence, who, verb) not in ("done", "ready"):
        return
    if _INVOKES.match(active.group("verb")):
        purpose = _purpose(rest)
        for party in who.parties:
            new = Invocation(by=party, purpose=purpose, grounds=(_ground(scene, sentence, at),))
            if not any((one.by, one.purpose) == (new.by, new.purpose) for one in deal.invoked):
                deal.invoked.append(new)
    elif all(scene.told(party, verb, at.end) is not None for party in who.parties):
        _became(scene, sentence, at, deal, who.parties, active.group("verb"), rest)


def _purpose(rest: str) -> str | None:
    """What somebody points to it for, in the words of the source: "to demand ...", "as a warning against ..."."""
    found = _FOR.match(rest)
    return _shortened(_SAID.sub("", found.group("what")).strip(" ,")) if found is not None else None


def _collapsed(scene: Scene, sentence: Span, at: Span, since: int, deal: _Deal) -> None:
    """That it fell apart, and by whose doing where the sentence goes on "when X walked out"."""
    deal.kept = False if deal.kept is None else deal.kept
    for when in _FAILED_WHEN.finditer(scene.text, since, sentence.end):
        for _, end, party in scene.between(when.end(), min(sentence.end, when.end() + 40))[:1]:
            if (ended := _ENDED.match(scene.text[end : sentence.end])) is not None:
                rest = scene.text[end + ended.end() : sentence.end]
                _became(scene, sentence, at, deal, (party,), ended.group().split()[-1], rest)


def _speaks(scene: Scene, at: Span, verb: int) -> Subject | None:
    said = scene.saying(at.start, at.end)
    return Subject((said.speaker.party,), verb, verb) if said is not None and said.speaker.party else None


def _became(
    scene: Scene, sentence: Span, at: Span, deal: _Deal, parties: Sequence[str], verb: str, rest: str
) -> None:  # fmt: skip
    """That these parties kept or broke it, and who says so: another voice than the report is named with it."""
    kept = re.match(_KEEPS, verb, re.IGNORECASE) is not None or verb in ("kept", "honoured", "honored", "respected")
    said = scene.saying(at.start, at.end)
    voice = speaker(said) if said is not None else _attributed(scene, sentence, at)
    for party in parties:
        new = Fate(party=party, kept=kept, by=voice, grounds=(_ground(scene, sentence, at),))
        if not any((one.party, one.kept, one.by) == (new.party, new.kept, new.by) for one in deal.told):
            deal.told.append(new)
    year = _IN.search(rest)
    if not kept and year is not None and deal.broken_on is None:
        deal.broken_on = date(int(year.group("year")), 1, 1)
    deal.parties.update(dict.fromkeys(parties))


def _attributed(scene: Scene, sentence: Span, at: Span) -> str | None:
    """Whom the sentence names at its end for what it tells: "..., the unions say". None where the report tells it itself."""
    named = _TELLS.search(scene.text, at.end, sentence.end)
    if named is None:
        return None
    party = next((p[2] for p in scene.between(named.start("who"), named.end("who") + 1)), None)
    return party or named.group("who").strip()


def _stated(
    scene: Scene, sentence: Span, at: Span, deal: _Deal, reader: StanceReader, ground: Grounds
) -> None:  # fmt: skip
    text = scene.text
    span: Span | None = None
    if _UNDER.search(text, max(sentence.start, at.start - 24), at.start) or _UNDER.search(
        text, max(sentence.start, at.start - 28), at.start + (4 if text.startswith(("the ", "The "), at.start) else 0)
    ):
        comma = _ASIDE.match(text[at.end : sentence.end])
        begin = at.end + (comma.end() if comma else 0)
        span = Span(begin, sentence.end) if sentence.end - begin > 4 else None
    elif (states := _STATES.match(text[at.end : sentence.end])) is not None:
        span = Span(at.end + states.end(), sentence.end)
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
    for start, _, party in scene.between(span.start, span.end):
        if not deal.sides_named and not _BESIDE.search(text, max(span.start, start - 16), start):
            deal.parties.setdefault(party, None)


def _record(one: _Deal) -> Precedent:
    """The deal as a suggestion. Where no words say between whom it was, who holds it up against somebody counts as a side of it; who calls
    it a model does not."""
    kept, broken = _outcome(one)
    invokers = [said.by for said in one.invoked if not one.sides_named and not _MODEL.search(said.purpose or "")]
    return Precedent(
        name=one.name, parties=tuple(dict.fromkeys((*one.parties, *invokers))), date=date(one.year, 1, 1) if one.year else None,
        terms=tuple((issue, value) for issue, (value, _) in one.terms.items()), kept=kept, broken_by=broken,
        invoked_by=tuple(dict.fromkeys(said.by for said in one.invoked)), invocations=tuple(one.invoked), told=tuple(one.told),
        broken_on=one.broken_on, grounds=tuple(one.grounds), by=BY, score=0.6 if one.terms or broken else 0.5,
        term_grounds=tuple((issue, (ground,)) for issue, (_, ground) in one.terms.items()), why=tuple(one.why),
    )  # fmt: skip


def _outcome(one: _Deal) -> tuple[bool | None, tuple[str, ...]]:
    """Whether it was kept and who broke it. What a party says of itself counts for nothing where others say otherwise and neither is the
    report: then it is disputed, and not said here."""
    broken = []
    disputed = False
    for party in dict.fromkeys(fate.party for fate in one.told if not fate.kept):
        accused = [fate for fate in one.told if fate.party == party and not fate.kept]
        cleared = any(fate.party == party and fate.kept for fate in one.told)
        if cleared and all(fate.by is not None for fate in accused):
            disputed = True
        else:
            broken.append(party)
    if broken:
        return False, tuple(broken)
    if disputed:
        return None, ()
    return (True if one.kept is None and one.told else one.kept), ()


def beside(written: Sequence[Precedent], read_off: Iterable[Precedent]) -> tuple[Precedent, ...]:
    """What somebody wrote down, then what the record tells of besides: nothing of the same name, or the same year and parties."""
    names = {one.name.casefold() for one in written}

    def there(one: Precedent) -> bool:
        return one.name.casefold() in names or any(
            one.date is not None and other.date is not None and one.date.year == other.date.year
            and set(one.parties) & set(other.parties) for other in written
        )  # fmt: skip

    return (*written, *(one for one in read_off if not there(one)))
