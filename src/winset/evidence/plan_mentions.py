"""Where a text speaks of a plan, a draft, an offer: by what name, whose it is, which version of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from winset.domain.actors import slug
from winset.domain.text import Span
from winset.evidence.lexicon import load
from winset.evidence.scenes import Scene

_WORDS = load("plans")
Marker = Literal["new", "revised", "first", "last"]

_CAPITAL = r"[A-ZÀ-Þ][\w’'-]{1,24}"
_HEAD = (
    r"(?:counter-?\s?(?:proposal|offer|draft|plan)|plan|proposal|draft|offer|framework|package|blueprint|road ?map|non-paper|formula|initiative|memorandum|outline|term sheet|bid|scheme|"
    r"text|paper|document|compromise|agreement|accord|deal|treaty|version)"
)
_SURE = frozenset(_WORDS["sure"].split()) | {"road map", "term sheet", "bid"}
_LOOSE = frozenset({"agreement", "accord", "deal", "treaty"})  # only where they are no more than proposed
SPOKEN = re.compile(rf"(?<![\w’'-])(?P<head>{_HEAD})(?P<plural>s)?(?![\w-])", re.IGNORECASE)
_GOES_ON = re.compile(rf" {_HEAD}s?(?![\w-])", re.IGNORECASE)
_WORD = re.compile(r"[^\s,]+")
_DETERMINERS = frozenset(_WORDS["determiners"].split())
_STOPS = frozenset(_WORDS["stops"].split())
_MOST = 7  # words ahead of the noun that may belong to its name
_ADJECTIVE = re.compile(
    r"joint|revised|new|updated|amended|original|first|second|third|latest|final|draft|proposed|earlier|rival|alternative|interim|compromise|partial|comprehensive|detailed|secret|written|formal|\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|better|improved|current|own|initial|previous"
)
_VERSION_OF = re.compile(
    r"(?P<mark>(?:an? |the |its |their |this )?(?:(?P<revised>new|newer|revised|updated|amended|second|third|fourth|fifth|latest|final|reworked|softer|tougher|modified|improved|watered-down|rewritten|later)|(?P<first>original|first|initial|earlier|previous|old))? ?"
    r"(?:version|draft|edition|iteration|form) of )\Z",
    re.IGNORECASE,
)
_REVISED = re.compile(
    r"\b(?:revised|updated|amended|reworked|modified|improved|sweetened|softened|new version|second|third|fourth|fifth|rewritten|redrafted|changed|raised|better|higher)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:original|first|initial|earlier|previous|old)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:latest|final|current|last|present)\b", re.IGNORECASE)
_NEW = re.compile(r"\b(?:new|another|rival|alternative|fresh|own|different|competing|separate)\b", re.IGNORECASE)
_PROPOSED = re.compile(r"\b(?:draft|proposed|planned|compromise|interim|suggested|possible)\b", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)-(?:point|stage|step|part|phase)\b"
)
_NUMBERED = re.compile(r" (?:version|v\.?|no\.?|number|draft) ?(?P<number>\d{1,2})\b", re.IGNORECASE)
_OTHER_PLANS = re.compile(
    r"\b(?:pension|business|escape|health|marketing|insurance|savings|floor|backup|back-up|contingency|battle|war|family|travel|holiday|school|job|takeover|work|care|five-year|lesson|seating|attack|assassination|book)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"[’']s?\Z")
_BY = re.compile(
    r",? (?:(?:which |that )?(?:(?:was|were|is|had been|has been|being) )?(?:first |jointly |formally |originally )?(?:drafted|drawn up|written|presented|tabled|put forward|floated|circulated|proposed|authored|"
    r"submitted|prepared|devised|unveiled|made|offered|crafted|produced|launched|suggested|handed over|sent|issued|published|outlined|set out) )?(?:jointly )?(?P<how>by|from) (?:the )?"
)
_BROKERED = re.compile(r",? (?:brokered|mediated|facilitated) by (?:the )?")
_MEDIATES = re.compile(
    r"\b(?:mediat\w+|facilitat\w+|broker\w*|go-between|intermediar\w+|special envoy|un envoy)\b", re.IGNORECASE
)
_NAME_STOPS = frozenset(_WORDS["not_names"].split())
_DATED = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d)\b"
)
_TOPIC = frozenset(_WORDS["topics"].split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place that speaks of a proposal.

    start, end  the words of it, determiner included
    called      what sets it apart from others: a proper name, "12-point", "peace"
    authors     parties whose it is by the words around it; `mediator` who brokered it, in the words of the text
    given       it is spoken of as known ("the plan"); else as new ("a plan")
    several     more than one is meant
    """

    start: int
    end: int
    kind: str
    name: str | None
    points: str | None
    topic: str | None
    authors: tuple[str, ...]
    mediator: str | None
    marker: Marker | None
    number: str | None
    dated: str | None
    given: bool
    several: bool
    both: bool
    own: bool  # its, their, our: of whoever the sentence speaks of
    words: str


def mentions(scene: Scene, sentence: Span) -> Iterable[Mention]:
    """Every place of a sentence that speaks of a proposal, in order."""
    for found in SPOKEN.finditer(scene.text, sentence.start, sentence.end):
        made = _mention(scene, sentence, found)
        if made is not None:
            yield made


def _start(text: str, least: int, head: int) -> tuple[int, str]:
    """Where the words begin that belong to a noun, and its determiner in lower case, empty where it has none."""
    ahead = list(_WORD.finditer(text, max(least, head - 140), head))[-_MOST:]
    start = head
    plain = True  # every word so far could belong to a name
    for at in range(len(ahead) - 1, -1, -1):
        word = ahead[at].group()
        low = word.lower()
        if "," in text[ahead[at].end() : head] and low not in _DETERMINERS and not _owns(word):
            break
        if low in _DETERMINERS:
            return ahead[at].start(), low
        if _owns(word):
            begin = at
            while begin > 0 and not _LEADS.fullmatch(ahead[begin - 1].group()) and (
                ahead[begin - 1].group()[:1].isupper() or ahead[begin - 1].group() in ("the", "of")
            ):  # fmt: skip
                begin -= 1
            return ahead[begin].start(), "the"
        if low in _STOPS or (word in _NAME_STOPS and not _DATED.fullmatch(word)) or not re.match(r"[\w(]", word):
            break
        plain = plain and (word[:1].isupper() or "-" in word or low in _TOPIC or bool(_ADJECTIVE.fullmatch(low)))
        if plain:
            start = ahead[at].start()
    return start, ""


_LEADS = re.compile(
    r"Under|In|By|On|At|With|Of|For|But|And|As|If|After|Before|When|While|Unlike|Though|Although|Because|Since"
)


def _owns(word: str) -> bool:
    return bool(re.search(r"[’']s?\Z", word)) and word[:1].isalpha() and word.lower() not in ("it's", "it’s")


def _mention(scene: Scene, sentence: Span, found: re.Match[str]) -> Mention | None:
    text = scene.text
    head, end = " ".join(found.group("head").lower().split()), found.end()
    head = "counter-proposal" if head.startswith("counter") else head
    start, det = _start(text, sentence.start, found.start())
    mods = text[start : found.start()]
    if _GOES_ON.match(text, end) or (not det and re.match(r" to [a-z]", text[end : end + 6])):
        return None  # "draft treaty", "compromise proposal": the noun comes; "they plan to": the verb
    if det and mods.lower().startswith(det):
        mods = mods[len(det) :].lstrip()
    outer = text[max(sentence.start, start - 60) : start]
    version = _VERSION_OF.search(outer)
    if det in ("no", "any", "each") or _OTHER_PLANS.search(mods):
        return None
    if head in _LOOSE and not _PROPOSED.search(mods):
        return None
    if head not in _SURE and head not in _LOOSE and not (
        _PROPOSED.search(mods) or version or (head == "compromise" and det) or (det in ("the", "this") and head in ("text", "document", "paper", "version"))
    ):  # fmt: skip
        return None
    if head in ("version", "draft", "text", "outline") and re.match(
        r" of (?:the|a|an|its|their|[A-Z]\w+[’']s) ", text[end : end + 24]
    ):
        return None  # "a new version of the plan" is met at the plan
    inside = scene.between(start, found.start())
    if not det and not inside and not mods.strip() and version is None:
        return None  # the verb, or a word of a heading
    owner = None if inside else _OWNER.search(mods)
    if owner is not None and (_DATED.search(owner.group()) or _WEEKDAY.search(owner.group())):
        owner = None
    called = mods[owner.end() :] if owner else mods
    capitals = [word for word in re.findall(rf"{_CAPITAL}", called) if word not in _NAME_STOPS]
    named = " ".join(
        word for word in capitals
        if not any(a <= (found.start() - len(mods)) + mods.index(word) < b for a, b, _ in inside) and not _POSSESSIVE.search(word)
    )  # fmt: skip
    authors = (slug(owner.group("who")),) if owner else tuple(dict.fromkeys(p[2] for p in inside))  # or of no party
    tail = text[end : min(sentence.end, end + 160)]
    by = written_by(scene, sentence, end)
    mediator: str | None = None
    if by is not None:
        authors, mediator = authors or by.authors, by.mediator
    brokered = re.search(rf"{_BROKERED.pattern}(?P<who>[^,.;:]{{2,60}})", tail)
    if brokered is not None:
        mediator = brokered.group("who").strip()
    if _MEDIATES.search(mods):
        mediator = " ".join(re.sub(r"[’']s?\b", "", mods).split())
    marker: Marker | None = None
    if version is not None:
        marker = "first" if version.group("first") else "revised"
        start = start - len(version.group("mark"))
        det = (version.group("mark").split() or [""])[0].lower()
    elif _REVISED.search(mods):
        marker = "revised"
    elif _FIRST.search(mods):
        marker = "first"
    elif _NEW.search(f"{det} {mods}"):
        marker = "new"
    elif _LAST.search(mods):
        marker = "last"
    numbered = _NUMBERED.match(text, end, sentence.end)
    points = _POINTS.search(mods)
    dated = _DATED.search(mods) or re.match(
        r" of (?:\d{1,2} )?(January|February|March|April|May|June|July|August|September|October|November|December)",
        tail,
    )
    topic = next((word for word in mods.lower().replace("-", " ").split() if word in _TOPIC), None)
    given = det not in ("a", "an", "another", "one", "such", "rival", "two", "three") and (bool(det) or bool(inside))
    several = bool(found.group("plural")) or det in ("both", "two", "three")
    return Mention(
        start=start, end=end, kind=head, name=named or None,
        points=points.group(1) if points else None, topic=topic, authors=authors, mediator=mediator, marker=marker,
        number=numbered.group("number") if numbered else None, dated=dated.group(1) if dated else None,
        given=given, several=several, both=det == "both", own=det in ("its", "their", "our", "my", "his", "her", "whose"),
        words=text[start:end],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WrittenBy:
    """Whose a proposal is by "drawn up by Arden" behind its noun, and where these words end."""

    authors: tuple[str, ...]
    mediator: str | None
    end: int


def written_by(scene: Scene, sentence: Span, end: int) -> WrittenBy | None:
    """The words behind a noun that ends at `end` that tell who wrote, brought or made it."""
    text = scene.text
    tail = text[end : min(sentence.end, end + 160)]
    by = _BY.match(tail)
    if by is None:
        return None
    start = end + by.end()
    stop = _AUTHOR_ENDS.search(tail, by.end())
    limit = end + stop.start() if stop else min(start + 60, sentence.end)
    here = [place for place in scene.between(start, start + 60) if place[0] < limit]
    mediates = _MEDIATES.search(text, start, limit)
    if mediates is None:
        named = None if here or by.group("how") != "by" else _SOMEBODY.match(text, start, limit)
        if named is not None and not (_DATED.search(named.group()) or _WEEKDAY.search(named.group())):
            return WrittenBy((slug(named.group()),), None, named.end())
        return WrittenBy(tuple(dict.fromkeys(place[2] for place in here)), None, here[-1][1] if here else limit)
    named = _APPOSED.match(text, limit, sentence.end)
    return WrittenBy(
        tuple(dict.fromkeys(place[2] for place in here)), text[start : named.end("who") if named else limit].strip(),
        named.end() if named else limit,
    )  # fmt: skip


_AUTHOR_ENDS = re.compile(
    r"[,.;:]|\b(?:would|will|could|that|which|on|in|and (?!the [A-Z]|[A-Z])|to|calls?|lifts?|ends?|keeps?|drops?|freezes?|leaves?|limits?|caps?|sets?|raises?|lowers?|cuts?|requires?|provides?|includes?|proposes?|foresees?|envisages?|allows?|bars?|grants?|gives?|says?|was|were|is|has|had|under)\b"
)
_OWNER = re.compile(rf"\A(?:[Tt]he )?(?P<who>{_CAPITAL}(?: (?:of (?:the )?)?{_CAPITAL}){{0,4}}?)[’']s? ")
_SOMEBODY = re.compile(
    rf"{_CAPITAL}(?: (?:of (?:the )?)?{_CAPITAL}){{0,4}}(?: (?:institute|foundation|group|institution|association|bank))?"
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_APPOSED = re.compile(rf", (?P<who>{_CAPITAL}(?: {_CAPITAL}){{0,2}})(?:,| (?=would|will|calls|that|which))?(?=[ ,.;])")


def kind_of(name: str) -> tuple[str | None, str, str | None, str | None]:
    """(proper name, kind, number of points, topic) of a proposal called `name`."""
    spoken = list(SPOKEN.finditer(name))
    kind = " ".join(spoken[-1].group("head").lower().split()) if spoken else "plan"
    mods = name[: spoken[-1].start()] if spoken else name
    capitals = [
        word for word in mods.split() if word[:1].isupper() and word not in _NAME_STOPS and not _POSSESSIVE.search(word)
    ]
    points = _POINTS.search(mods)
    topic = next((word for word in mods.lower().replace("-", " ").split() if word in _TOPIC), None)
    return (
        " ".join(capitals) or None, "counter-proposal" if kind.startswith("counter") else kind,
        points.group(1) if points else None, topic,
    )  # fmt: skip
