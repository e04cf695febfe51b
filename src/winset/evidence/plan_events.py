"""What is done about a proposal where a text speaks of it: put forward, changed, accepted, turned down, and what it says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from winset.domain.actors import slug
from winset.domain.text import Period, Span
from winset.evidence import dates
from winset.evidence.plan_mentions import Mention
from winset.evidence.scenes import Scene, Standing, Subject

Deed = Literal["put forward", "changed", "accepted", "turned down", "withdrawn"]

_ACCEPT = (
    r"accept(?:s|ed|ing)?|agree(?:s|d|ing)? (?:to|on|with)|endors(?:e|es|ed|ing)|embrac(?:e|es|ed|ing)|approv(?:e|es|ed|ing)(?: of)?|adopt(?:s|ed|ing)?|back(?:s|ed|ing)?|support(?:s|ed|ing)?|"
    r"sign(?:s|ed|ing)?(?: up to| on to| off on)?|(?:say|says|said) yes to|consent(?:s|ed)? to|assent(?:s|ed)? to|(?:can|could) live with|go(?:es)? along with|went along with|subscrib(?:e|es|ed) to|"
    r"t(?:ake|akes|ook) up|bless(?:es|ed)?|swallow(?:s|ed)?|stand(?:s)? behind|stood behind|ratif(?:y|ies|ied)"
)
_REJECT = (
    r"reject(?:s|ed|ing)?|refus(?:e|es|ed|ing)|turn(?:s|ed|ing)? down|dismiss(?:es|ed|ing)?|spurn(?:s|ed|ing)?|rebuff(?:s|ed|ing)?|rul(?:e|es|ed|ing) out|oppos(?:e|es|ed|ing)|veto(?:es|ed|ing)?|"
    r"thr(?:ow|ows|ew) out|(?:say|says|said) no to|walk(?:s|ed) away from|declin(?:e|es|ed|ing)|denounc(?:e|es|ed|ing)|condemn(?:s|ed|ing)?|object(?:s|ed|ing)? to|vot(?:e|es|ed) (?:down|against)|disown(?:s|ed)?|"
    r"scorn(?:s|ed)?|brush(?:es|ed) aside|shoot(?:s)? down|shot down|t(?:ear|ears|ore) up"
)
_PUT = (
    r"present(?:s|ed|ing)?|tabl(?:e|es|ed|ing)|circulat(?:e|es|ed|ing)|float(?:s|ed|ing)?|hand(?:s|ed|ing)?(?: over| out| in)?|submit(?:s|ted|ting)?|put(?:s|ting)?(?: forward| on the table)?|unveil(?:s|ed|ing)?|publish(?:es|ed|ing)?|"
    r"releas(?:e|es|ed|ing)|propos(?:e|es|ed|ing)|dr[ae]w(?:s|n)? up|draft(?:s|ed)?|offer(?:s|ed|ing)?|issu(?:e|es|ed|ing)|sen(?:d|ds|t|ding)|la(?:y|ys|id|ying) (?:out|before)|set(?:s|ting)? out|outlin(?:e|es|ed|ing)|announc(?:e|es|ed|ing)|"
    r"ma(?:ke|kes|de|king)|deliver(?:s|ed|ing)?|launch(?:es|ed|ing)?|c[ao]me(?:s)? (?:up|forward|back) with|wr(?:ite|ites|ote|itten)|br(?:ing|ings|ought) forward|advanc(?:e|es|ed)|suggest(?:s|ed|ing)?|devis(?:e|es|ed)|produc(?:e|es|ed)|"
    r"distribut(?:e|es|ed|ing)|shar(?:e|es|ed|ing)|g(?:ive|ives|ave|iven)|transmit(?:s|ted)?|convey(?:s|ed)?|pass(?:es|ed) on|relay(?:s|ed)?|respond(?:s|ed|ing)? with|repl(?:y|ies|ied) with|answer(?:s|ed|ing)? with|counter(?:s|ed|ing)? with|"
    r"return(?:s|ed)? with|introduc(?:e|es|ed)|pitch(?:es|ed)?|show(?:s|ed|n)?|read out"
)
_CHANGE = (
    r"revis(?:e|es|ed|ing)|amend(?:s|ed|ing)?|updat(?:e|es|ed|ing)|rewr(?:ite|ites|ote|itten)|rework(?:s|ed|ing)?|redraft(?:s|ed|ing)?|chang(?:e|es|ed|ing)|modif(?:y|ies|ied)|adjust(?:s|ed|ing)?|soften(?:s|ed|ing)?|"
    r"toughen(?:s|ed)?|tighten(?:s|ed)?|improv(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|lower(?:s|ed|ing)?|water(?:s|ed) down|sweeten(?:s|ed)?|trim(?:s|med)?"
)
_WITHDRAW = r"withdr(?:aw|aws|ew|awn)|retract(?:s|ed)?|scrap(?:s|ped)?|shelv(?:e|es|ed)|t(?:ake|akes|ook|aken) back|drop(?:s|ped)?|pull(?:s|ed)(?: back)?|abandon(?:s|ed)?"
_AMOUNT = (
    r"(?P<part>(?: (?:most|much|many|parts?|some|half|elements|several points|all but \w+(?: \w+){0,2}?|almost all|nearly all|large parts|the (?:bulk|core|main points|substance|essence|outline|outlines|principle|first part|second part|thrust))"
    r"(?: parts| points)?(?: of)?)?)(?: (?:all of|the terms of|the text of|the idea of|the substance of|both|over|again|in full))?"
)
_LATE = r"(?: (?:in principle|in full|formally|fully|publicly|jointly|on \w+day|outright|immediately|at once|flatly|yesterday|today))?"
_BEFORE = tuple(
    (deed, re.compile(rf"\b(?P<verb>{verbs}){_AMOUNT}{_LATE} \Z", re.IGNORECASE))
    for deed, verbs in (
        ("accepted", _ACCEPT), ("turned down", _REJECT), ("put forward", _PUT), ("changed", _CHANGE), ("withdrawn", _WITHDRAW),
    )
)  # fmt: skip
_APART = re.compile(
    r"\b(?P<verb>turn(?:s|ed|ing)?|vot(?:e|es|ed)|sh(?:oots?|ot)|str(?:ikes?|uck)|thr(?:ow|ows|ew)|brush(?:es|ed)?|wav(?:e|es|ed)|put(?:s|ting)?|hand(?:s|ed|ing)?|pass(?:es|ed)?|lay|laid) \Z",
    re.IGNORECASE,
)
_BLESSED = re.compile(
    r" (?:its|their|his|her|the) (?:\w+ )?(?:backing|approval|blessing|assent|consent|support|endorsement|green light|nod)\b"
)
_PARTICLE = re.compile(r" (down|out|aside|away|forward|over|on the table)\b")
_GIVEN = re.compile(
    r"\b(?P<verb>g(?:ive|ives|ave|iven|iving)|grant(?:s|ed)|announc(?:e|es|ed)|declar(?:e|es|ed)|signal(?:s|led)?|voic(?:e|es|ed)|confirm(?:s|ed)?|express(?:es|ed)?|repeat(?:s|ed)) (?:\w+ ){0,3}?"
    r"(?P<what>acceptance|approval|assent|consent|backing|blessing|support|endorsement|agreement|rejection|opposition|refusal) (?:of|to|for) \Z",
    re.IGNORECASE,
)
_PAST_FORMS = (
    ("accepted", r"accepted|agreed(?: to)?|endorsed|approved|adopted|backed|supported|signed|embraced|welcomed and accepted|ratified"),
    ("turned down", r"rejected|refused|turned down|dismissed|spurned|rebuffed|ruled out|opposed|vetoed|thrown out|denounced|condemned|voted down|declined"),
    ("put forward", r"presented|tabled|circulated|floated|handed over|submitted|put forward|put on the table|unveiled|published|proposed|drawn up|drafted|offered|issued|sent|laid out|set out|outlined|announced|made|launched|written|suggested|authored|devised|prepared|crafted|delivered"),
    ("changed", r"revised|amended|updated|rewritten|reworked|redrafted|changed|modified|softened|improved"),
    ("withdrawn", r"withdrawn|retracted|scrapped|shelved|taken back"),
)  # fmt: skip
_PASSIVE = tuple(
    (deed, re.compile(rf"\b(?:{verbs})(?: in principle| in full| outright| jointly| on \w+day| earlier| last \w+)? (?:by|from) (?:both )?(?:the )?", re.IGNORECASE))
    for deed, verbs in _PAST_FORMS
)  # fmt: skip
_PUTS = re.compile(rf"\b(?:{_PUT})\b", re.IGNORECASE)
_PUT_AFTER = re.compile(
    rf",? (?:(?:which|that) )?(?:(?:was|were|had been|has been) )?(?:first |jointly |formally )?(?:{_PAST_FORMS[2][1]})\b[^,;.“”]{{0,100}}",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.“”]| (?:that|which|under) | to (?!the |both |all )(?=[a-z])")
_RESERVES = re.compile(
    r"\b(?:ha[sd]|have|voiced|expressed|raised|holds?|kept) (?:\w+ ){0,2}?(?:reservations?|objections?|doubts|misgivings|concerns|qualms) "
    r"(?:about|on|over|to|regarding|concerning|as to) (?P<what>[^;“”?!\n]{2,160})",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\b(?:not|never|n[’']t|yet to be|to be|could be|would be|may be|might be|must be|should be|if|unless|until)(?: \w+ly)? \Z",
    re.IGNORECASE,
)
_FIT = re.compile(
    r"\A,? (?:itself |as it stands |as it stood |in its present form |in this form )?(?:is|was|remains|are|were|would be) (?P<word>acceptable|unacceptable|not acceptable|a non-starter|out of the question|dead|unworkable|welcome)\b(?P<to> (?:to|for) (?:both )?(?:the )?)?",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"\A(?:[’']s? )(?P<what>(?:\w+ ){0,2}?(?:clauses?|provisions?|sections?|articles?|chapters?|paragraphs?|parts?|points?|passages?|lines?|call|demand|terms?|language|wording|timetable|deadline|limits?|insistence|requirement|conditions?|references?|ban|idea)\b[^,;.“”]{0,120})"
)
_PART_BEFORE = re.compile(
    rf"\b(?P<verb>{_ACCEPT}|{_REJECT}) (?P<what>(?:the |its |their |any |several |some |all |two |three |a )?(?:\w+ ){{0,3}}?(?:clauses?|provisions?|sections?|articles?|chapters?|paragraphs?|parts|points|passages|limits?|requirement|conditions?)\b[^,;.“”]{{0,80}}?) (?:in|of|from) \Z",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"(?:,? (?:except|save|bar|barring|apart from|aside from|other than|with the exception of|excluding|minus)(?: for)?|"
    r",? (?:but |though |although |and )?(?:it |they |he |she )?(?:with|has|had|have|still has|voiced|expressed|raised) (?:\w+ ){0,2}?(?:reservations?|objections?|doubts|misgivings|concerns|qualms) (?:about|on|over|to|regarding|concerning|as to)|"
    r",? (?:but|though|although|while) (?:it |they |he |she )?(?:\w+ ){0,2}?(?:object(?:s|ed|ing)? to|reject(?:s|ed|ing)?|refus(?:es|ed|ing)|oppos(?:es|ed|ing)|rul(?:es|ed|ing) out|dismiss(?:es|ed|ing)|(?:wants?|wanted|asked for|sought|demand(?:s|ed)?) changes to|took issue with|question(?:s|ed)|not)) "
    r"(?P<what>[^;“”\"?!]{2,160})",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:it|them|this|(?:the|its|their|that) (?:whole |entire |same )?(?:plan|proposal|draft|offer|framework|package|text|deal|agreement|accord|document))\b(?! of| that| to\b|[’'])"
)
_ATTRIBUTED = re.compile(
    r",? (?:provided|as long as|so long as|if|unless|on condition|in exchange|in return)\b|,(?: [^,;]{1,60},)? (?:[^,;]{1,60} )?(?:said|says|told|added|wrote|announced|according to)\b|, while\b|, and (?:the )?[A-Z]|, which\b|\.(?=\s|\Z)"
)
_BASIS = re.compile(
    r"\A[^,;.]{0,40}?\b(?:as|to be) (?:a |the )?(?:basis|starting[- ]point|first step|foundation|framework|point of departure)\b[^,;.“”]{0,40}",
    re.IGNORECASE,
)
_PRINCIPLE = re.compile(r"\bin principle\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:only if|if|provided(?: that)?|providing|as long as|so long as|on (?:the )?condition (?:that|of)(?! (?:strict )?anonymity| (?:he|she|they) not\b)|unless|in exchange for|in return for|once) (?P<what>[^.;”“\"?!]{4,160})",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\A(?:,? (?:over|forward|on \w+day|yesterday|today|earlier|this week|last week|in writing)){0,2},? (?:to|before) (?:both )?(?:the )?"
)
_JOINED = re.compile(r"\A(?:[’']s? \w+(?: \w+)?)?(?:,| and| as well as|, and)(?: (?:to|by))?(?: the)? \Z")
_PREPARING = re.compile(r"\b(?:is|are|was|were|has been|have been|still) (?:\w+ )?\Z", re.IGNORECASE)
_ANSWERS = re.compile(r"\b(?:respond|repl|answer|counter)\w* with\b|\bin (?:response|reply|answer)\b", re.IGNORECASE)
_IT = re.compile(
    rf"\b(?P<verb>{_ACCEPT}|{_REJECT}){_LATE} (?P<it>it|them|this|that)(?= (?:in|as|if|but|on|after|and|by|too|except|with|outright|provided|last|yesterday|now|today|at|again|anyway|because|despite|when|without|this|since|unless|once|only|formally|publicly|fully|all)\b|[,.;:”\"’]|\Z)",
    re.IGNORECASE,
)
_SECTION = re.compile(
    rf"\b(?P<verb>{_ACCEPT}|{_REJECT}){_LATE} (?P<it>(?:its|their|the) (?:\w+ ){{0,2}}(?:clauses?|provisions?|sections?|articles?|chapters?|paragraphs?|passages?|wording|timetable)\b(?: (?:on|about|for|that|which|to)\b[^,;.“”]{{0,80}})?)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\A,? (?:which |that )?(?:the )?(?P<who>[A-Z][^,.;:]{1,40}?) (?:had |has |have )?(?:first |jointly |formally )?(?:presented|tabled|put forward|circulated|floated|drafted|drawn up|submitted|unveiled|proposed|handed over|made|written|published|offered)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something done about a proposal.

    parties      who does it; `subject` where they are named
    standing     whether it is done, or only ready to be done: see `scenes.standing`
    part         only the parts that `reservations` name
    reservations the words of what is not accepted, or of the parts meant
    to           to whom it is put forward
    place        the exact words that tell it
    verb         where the verb stands
    """

    deed: Deed
    parties: tuple[str, ...]
    standing: Standing
    place: Span
    verb: int
    part: bool = False
    basis: bool = False
    reservations: tuple[str, ...] = ()
    condition: str | None = None
    to: tuple[str, ...] = ()
    answers: bool = False
    mediator: str | None = None
    hedge: str = ""


def pronouns(scene: Scene, sentence: Span) -> Iterable[tuple[Span, re.Match[str]]]:
    """Where "it" is accepted or turned down: its place and the match."""
    for pattern in (_IT, _SECTION):
        for found in pattern.finditer(scene.text, sentence.start, sentence.end):
            yield Span(*found.span("it")), found


_AT_HOME = re.compile(
    r" (?:to|before) (?:an? |the |its |their |his |her |our )?(?:[\w’'-]+ )?(?:members|membership|voters|vote|ballot|referendum|shareholders|delegates|branches|rank and file|executive|electorate)\b"
)


def events(scene: Scene, sentence: Span, place: Span, next_at: int, mention: Mention | None) -> list[Event]:
    """What is done about the proposal that is spoken of at `place`; `next_at` is where the sentence speaks of another."""
    return [
        *_active(scene, sentence, place, next_at, mention),
        *_passive(scene, sentence, place, next_at),
        *_fitting(scene, sentence, place),
    ]


def put_on(scene: Scene, sentence: Span, place: Span) -> Period | None:
    """When the words around a proposal say that it was put forward: "presented on 3 February", "tabled last week"."""
    text = scene.text
    start = scene.clause_start(sentence, place.start)
    if _PUTS.search(text, start, place.start):
        ends = _CLAUSE_END.search(text, place.end, min(sentence.end, place.end + 60))
        words = text[start : ends.start() if ends else place.end]
    else:
        after = _PUT_AFTER.match(text, place.end, min(sentence.end, place.end + 160))
        words = after.group() if after else ""
    return dates.said_on(words, scene.document.date) if words else None


def reserved_later(scene: Scene, sentence: Span) -> Iterable[tuple[tuple[str, ...], str, Span]]:
    """Where a sentence says who has reservations about what: the parties, the words, the place."""
    for found in _RESERVES.finditer(scene.text, sentence.start, sentence.end):
        who = scene.subject(sentence, found.start())
        if who is not None and who.parties:
            what = _short(found.group("what"))
            yield who.parties, what, Span(min(who.start, found.start()), found.start("what") + len(what))


def _active(scene: Scene, sentence: Span, place: Span, next_at: int, mention: Mention | None) -> Iterable[Event]:
    text = scene.text
    ahead_from = max(sentence.start, place.start - 220)
    ahead = text[ahead_from : place.start]
    match: re.Match[str] | None = None
    deed: Deed | None = None
    part_words: str | None = None
    particle = None
    for name, pattern in _BEFORE:
        match = pattern.search(ahead)
        if match is not None and not (_PARTICLE.match(text, place.end) and _APART.search(ahead)):
            deed = name  # type: ignore[assignment]  # a literal of the table
            break
        match = None
    if (
        match is None
        and (apart := _APART.search(ahead)) is not None
        and (particle := _PARTICLE.match(text, place.end)) is not None
    ):
        match = apart
        deed = "put forward" if particle.group(1) in ("forward", "over", "on the table") else "turned down"
    if (
        deed == "put forward"
        and mention is not None
        and mention.given
        and _AT_HOME.match(text, place.end, sentence.end)
    ):
        return  # "put the offer to its members": another's offer, and no answer yet
    gives = re.search(r"\bg(?:ive|ives|ave|iven)(?: over)? \Z", ahead) is not None
    if gives and _BLESSED.match(text, place.end) is not None:
        deed = "accepted"
    elif gives and not re.match(r" to\b", text[place.end : place.end + 4]):
        match = None
    if match is None and (given := _GIVEN.search(ahead)) is not None:
        match = given
        deed = "turned down" if given.group("what").lower() in ("rejection", "opposition", "refusal") else "accepted"
    if match is None and (partly := _PART_BEFORE.search(ahead)) is not None:
        match, part_words = partly, partly.group("what")
        deed = "turned down" if re.fullmatch(_REJECT, partly.group("verb"), re.IGNORECASE) else "accepted"
    to: tuple[str, ...] = ()
    if match is None:
        handed = _handed(scene, sentence, place)
        if handed is None:
            return
        match, to = handed
        deed = "put forward"
    assert deed is not None
    verb = ahead_from + match.start("verb")
    who = scene.subject(sentence, verb)
    if who is None and deed == "put forward" and (mediator := _who(scene, sentence, verb)) is not None:
        yield Event(
            deed=deed,
            parties=(),
            standing="done",
            place=Span(scene.clause_start(sentence, verb), place.end),
            verb=verb,
            to=to,
            mediator=mediator,
        )
        return
    if who is None and deed == "put forward" and (named := _NAMED.search(text[sentence.start : verb])) is not None:
        who = Subject(
            (slug(re.sub(r"\AThe ", "", named.group("name"))),),
            sentence.start + named.start("name"),
            sentence.start + named.end("name"),
        )
    if who is None:
        said = scene.saying(place.start, place.end)
        if (
            said is None
            or said.source == ()
            or said.speaker.party is None
            or (text[verb : verb + 1].isupper() is False and said.kind != "direct")
        ):
            return
        who = Subject((said.speaker.party,), verb, verb)
    if not who.parties:
        if deed == "put forward":
            yield Event(
                deed=deed,
                parties=(),
                standing="done",
                place=Span(who.start, place.end),
                verb=verb,
                mediator=_who(scene, sentence, verb),
            )
        return
    since = _own_clause(text, who.end, verb, match.group("verb"))
    standing = scene.done(sentence, who, verb, since)
    if deed == "put forward" and standing == "ready" and mention is not None and not mention.given:
        standing = "ready"
    if (
        match.group("verb").lower().endswith("ing")
        and deed == "put forward"
        and _PREPARING.search(text[sentence.start : verb])
    ):
        standing = "open" if match.group("verb").lower() in ("making", "writing", "drafting") else standing
    tail_from = place.end
    tail = text[tail_from : min(next_at, sentence.end)]
    whole = text[tail_from : sentence.end]
    reservations, part, basis = _reserved(tail if deed == "accepted" else "", whole, match)
    if part_words is not None:
        reservations, part = (part_words.strip(),), True
    elif deed in ("accepted", "turned down") and (section := _PART_AFTER.match(whole)) is not None:
        reservations, part = (f"its {_short(section.group('what'))}",), True
    condition = _CONDITION.search(text, place.end, sentence.end) if deed == "accepted" else None
    if deed == "put forward" and not to and (given_to := _TO.match(tail)) is not None:
        to = _after(scene, tail_from + given_to.end(), min(sentence.end, next_at))
    end = place.end
    if match.re is _APART and particle is not None:
        end = particle.end()
    if part and (section := _PART_AFTER.match(whole)) is not None:
        end = place.end + section.start("what") + len(_short(section.group("what")))
    if reservations and deed == "accepted":
        end = (
            max(end, tail_from + whole.find(reservations[-1]) + len(reservations[-1]))
            if whole.find(reservations[-1]) >= 0
            else end
        )
    yield Event(
        deed=deed, parties=who.parties, standing=standing, place=Span(min(who.start, verb), end), verb=verb, part=part, basis=basis,
        reservations=reservations, condition=_short(condition.group("what")) if condition and not basis else None,
        to=tuple(one for one in to if one not in who.parties), answers=bool(_ANSWERS.search(text[sentence.start : place.start])),
        mediator=_who(scene, sentence, verb) if deed == "put forward" else None, hedge=text[max(who.end, since) : verb],
    )  # fmt: skip


def _own_clause(text: str, start: int, verb: int, word: str) -> int:
    """Where the words begin that tell how a verb is meant: behind "but", unless it is an infinitive that goes on from before it."""
    cuts = list(_BUT.finditer(text, start, verb))
    if not cuts:
        return start
    ahead = text[start : cuts[-1].start()]
    if _BARE.fullmatch(word) and _AUXILIARY.search(ahead) and not _NEGATION.search(ahead):
        return start
    return cuts[-1].end()


_BUT = re.compile(r",? (?:but|yet|though|although|whereas|while)\b|,(?= (?:has|have|is|are|now|later|then) )")
_BARE = re.compile(
    r"(?!\w*(?:ed|ing|s)\b)(?!(?:took|went|said|stood|threw|shot|tore|blessed)\b)\w+(?: [\w ]+)?", re.IGNORECASE
)
_AUXILIARY = re.compile(r"\b(?:would|will|can|could|may|might|must|should|shall|to|did|does|do)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:not|never|cannot)\b|n[’']t\b", re.IGNORECASE)


def _handed(scene: Scene, sentence: Span, place: Span) -> tuple[re.Match[str], tuple[str, ...]] | None:
    """ "presented Vell with a plan", "gave both sides its draft": the verb, and to whom."""
    start = max(sentence.start, place.start - 140)
    ahead = scene.text[start : place.start]
    each = list(_GIVING.finditer(ahead))
    last = each[-1] if each else None
    if last is None:
        return None
    gap = scene.between(start + last.end(), place.start)
    rest = ahead[last.end() :]
    if re.fullmatch(r" (?:both sides|the two sides|both parties|the parties|the sides)(?: with)? ", rest):
        return last, scene.seated
    if not gap or re.search(r"[,;:]|\b(?:that|to|for|on|in|about|of)\b", rest) or len(rest) > 80:
        return None
    return last, tuple(dict.fromkeys(p[2] for p in gap))


_GIVING = re.compile(
    r"\b(?P<verb>present(?:s|ed)|hand(?:s|ed)|sen(?:ds|t)|g(?:ives|ave)|offer(?:s|ed)|made|show(?:s|ed)|submitted|delivered)\b",
    re.IGNORECASE,
)


def _who(scene: Scene, sentence: Span, verb: int) -> str | None:
    """The mediator that puts something forward, in the words of the text."""
    ahead = scene.text[scene.clause_start(sentence, verb) : verb]
    found = _MEDIATOR.search(ahead)
    return " ".join(found.group().split()) if found else None


_NAMED = re.compile(
    r"(?:\A|[.,;:] |\b(?:and|but|when|after|while) )(?P<name>[A-Z][\w-]{1,24}(?: [A-Z][\w-]{1,24}){0,2})(?: (?:has|have|had|also|formally|on \w+day|then|now|jointly)){0,2} \Z"
)  # somebody whom nothing else shows to be a party
_MEDIATOR = re.compile(
    r"(?:\b(?:the|a) )?(?:\b[A-Z][\w’'-]{1,20} ){0,3}(?:\b[a-z-]{1,14} )?\b(?:[Mm]ediators?|facilitators?|go-betweens?|intermediar(?:y|ies)|special envoy)\b"
    r"(?: (?:of|from) (?:the )?[A-Z][\w’'-]{1,20}(?: [A-Z][\w’'-]{1,20})?)?(?:,? [A-Z][\w’'-]{1,20}(?: [A-Z][\w’'-]{1,20})?)?"
)


def _passive(scene: Scene, sentence: Span, place: Span, next_at: int) -> Iterable[Event]:
    text, stop = scene.text, min(sentence.end, next_at)
    relative = _RELATIVE.match(text[place.end : stop])
    if relative is not None:
        start, end = place.end + relative.start("who"), place.end + relative.end("who")
        parties = tuple(dict.fromkeys(p[2] for p in scene.between(start, end)))
        if parties:
            yield Event(
                deed="put forward", parties=parties, standing="done", place=Span(place.start, place.end + relative.end()),
                verb=end + 1, mediator=_who(scene, Span(start, sentence.end), end + 1),
            )  # fmt: skip
    for deed, pattern in _PASSIVE:
        for found in pattern.finditer(text, place.end, stop):
            between = text[place.end : found.start()]
            if len(between) > 160 or re.search(r"[;:“”]", between):
                continue
            parties = _after(scene, found.end(), stop)
            mediator = _MEDIATOR.match(text, found.end(), stop)
            if not parties and mediator is None:
                continue
            barred = _NOT_BEFORE.search(text[max(place.end, found.start() - 24) : found.start()])
            tail = text[found.end() : stop]
            reservations, part, basis = _reserved(tail, tail, None) if deed == "accepted" else ((), False, False)
            if deed == "accepted" and "in principle" in found.group().lower():
                reservations = ("in principle", *reservations)
            condition = _CONDITION.search(tail) if deed == "accepted" else None
            yield Event(
                deed=deed, parties=parties, standing="not" if barred else "done",  # type: ignore[arg-type]  # as above
                place=Span(place.start, min(stop, found.end() + _length(scene, found.end(), stop))), verb=found.start(), part=part, basis=basis,
                reservations=reservations, condition=_short(condition.group("what")) if condition and not basis else None,
                mediator=" ".join(mediator.group().split()) if mediator and deed == "put forward" else None,
            )  # fmt: skip


def _length(scene: Scene, start: int, stop: int) -> int:
    here = scene.between(start, min(stop, start + 60))
    return (here[0][1] - start) if here else 0


def _fitting(scene: Scene, sentence: Span, place: Span) -> Iterable[Event]:
    """ "The plan is unacceptable": to whom it says, else to who says it."""
    found = _FIT.match(scene.text[place.end : sentence.end])
    if found is None:
        return
    word = found.group("word").lower()
    if word == "welcome":
        return
    parties: tuple[str, ...] = ()
    if found.group("to"):
        parties = _after(scene, place.end + found.end(), sentence.end)
    else:
        said = scene.saying(place.start, place.end)
        if said is not None and said.speaker.party is not None:
            parties = (said.speaker.party,)
        elif said is not None:
            parties = said.speaker.members
    if parties:
        yield Event(
            deed="accepted" if word == "acceptable" else "turned down", parties=parties, standing="ready" if word == "acceptable" else "done",
            place=Span(place.start, place.end + found.end()), verb=place.end + found.start("word"),
        )  # fmt: skip


def _after(scene: Scene, start: int, stop: int) -> tuple[str, ...]:
    """The parties named at a place and those joined to them."""
    text = scene.text
    both = re.match(r"(?:both |the two )?(?:sides|parties)\b", text[start : start + 24])
    if both is not None and len(scene.seated) == 2:
        return scene.seated
    here = [p for p in scene.between(start, stop) if p[0] - start < 160]
    if (
        not here
        or (here[0][0] - start > 40)
        or re.search(r"[,;:]|\b(?:in|at|on|with|after)\b", text[start : here[0][0]])
    ):
        return ()
    chosen = [here[0]]
    for one in here[1:]:
        if not _JOINED.match(text[chosen[-1][1] : one[0]]):
            break
        chosen.append(one)
    return tuple(dict.fromkeys(p[2] for p in chosen))


def _reserved(tail: str, whole: str, match: re.Match[str] | None) -> tuple[tuple[str, ...], bool, bool]:
    """(the words of reservations, whether only parts are meant, whether it is taken as no more than a basis for talks)."""
    basis = _BASIS.search(tail)
    if basis is not None:
        return ((" ".join(basis.group().split()),), True, True)
    found = []
    for one in _EXCEPT.finditer(whole if tail else ""):
        if not _WHOLE.match(one.group("what")):  # "accepted it, but now rejects it" is an answer of its own
            found.append(_short(one.group("what")))
    if match is not None and "part" in match.groupdict() and (match.group("part") or "").strip():
        amount = match.group("part").strip()
        if not amount.startswith(("all but", "almost all", "nearly all", "most", "the bulk", "much")):
            return ((amount.removesuffix(" of"), *found), True, False)
        found.insert(0, amount.removesuffix(" of"))
    if _PRINCIPLE.search(f"{match.group() if match else ''} {tail[:40]}"):
        found.insert(0, "in principle")
    return tuple(dict.fromkeys(one for one in found if one)), False, False


def _short(words: str) -> str:
    cut = _ATTRIBUTED.search(words)
    return (words[: cut.start()] if cut else words).strip(" ,.;:–—-")


def parties_of(found: Iterable[Event]) -> tuple[str, ...]:
    """Everybody who does something."""
    return tuple(dict.fromkeys(party for one in found for party in one.parties))
