"""Numbers that a record bargains over and no codebook covers: "40 percent of the catch", "42 crowns a share", "60 days a year".

An issue is made of a unit in which offers and demands differ. Its scale runs from the smallest to the largest number that is
named with it, so it says which of the numbers named a party is for, and nothing about numbers that nobody names.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from winset.domain.actors import slug
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.domain.vocabulary import Codebook, CodebookIssue
from winset.evidence.amounts import BARE, CURRENCIES, NO_MONEY, NUMBER_WORDS, TIMES
from winset.evidence.frames import ASKING
from winset.evidence.phrases import SAME, PhraseIndex, Words

_BARGAINING = frozenset({"demand", "offer", "concession", "commitment", "refusal"})
_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,9}})(?:\.\d+)?|(?:{_WORD})(?:-(?:{_WORD}))?"
_MEASURE = re.compile(
    rf"(?<![\w.,$€£])(?P<number>{_NUMBER})(?:(?P<percent> ?%| per ?cent\b| percent\b)(?: of (?:the |its |their |our |all )?(?P<whole>[a-z]+(?: [a-z]+){{0,2}}))?"
    r"|(?P<cents> ?¢)(?: (?:an?|per|each|every) (?P<for>[a-z]{3,}))?"
    r"| (?:more |extra |additional |further )?(?P<scale>(?:million|billion|trillion|thousand) )?(?P<unit>[a-z]{3,}(?: [a-z]{3,})?)(?: of (?P<what>[a-z]{3,}))?"
    r"(?: (?:an?|per|each|every) (?P<per>(?:(?:hundred|thousand|million) )?(?:(?:cubic|square) )?[a-z]{3,}))?)",
    re.IGNORECASE,
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)(?!\d|[.,]\d)"
_SCALE = r"thousand|million|billion|trillion|k|mn?|bn|tn"
_SUM = re.compile(
    rf"(?P<sign>(?<![^\W_])(?:US|AU|A|CA|C|NZ|HK|S|R)\$|[$€£¥]) ?(?P<number>{_DIGITS})(?: ?(?P<scale>{_SCALE})\b)?"
    rf"(?:(?: ?[-–—] ?(?P=sign) ?|[-–](?=\d)| to (?P=sign) ?)(?P<high>{_DIGITS})(?: ?(?P<times>{_SCALE})\b)?)?"
    r"(?:(?: (?:an?|per|each|every) |/)(?P<per>(?:(?:hundred|thousand|million) )?(?:(?:cubic|square) )?[a-z]{3,}))?",
    re.IGNORECASE,
)  # "$14 a dose", "€150 million a year", "$10-12 million"
_WHOLE_ENDS = re.compile(
    r" (?:in|on|at|and|or|but|if|for|to|by|from|with|as|that|which|who|than|last|this|next|when|while|after|before|was|is|were|are|would|will|had|has|said|each|every)\b.*"
)
_TIMES = frozenset(["seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades"])
_NO_MEASURES = frozenset(
    [
        "people",
        "persons",
        "members",
        "times",
        "sides",
        "parties",
        "countries",
        "states",
        "nations",
        "things",
        "ways",
        "others",
        "officials",
        "ministers",
        "rounds",
        "meetings",
        "pages",
        "articles",
        "points",
        "reasons",
        "lawmakers",
        "deputies",
        "votes",
        "cases",
        "deals",
        "issues",
        "questions",
        "steps",
        "stages",
        "phases",
        "leaders",
        "envoys",
        "delegations",
        "parts",
        "sources",
        "diplomats",
        "analysts",
        "million",
        "billion",
        "trillion",
        "hundred",
        "thousand",
        "dozen",
    ]
)
_NO_PLURAL = frozenset(
    ["yen", "yuan", "renminbi", "won", "baht", "rand", "euro", "rupiah", "ringgit", "forint", "hertz"]
)
_SENTENCE = re.compile(r"[^\n.!?]+(?:[.!?](?=\w)[^\n.!?]+)*")
COUNTS = (
    "Numbers with this unit that are demanded, offered, accepted or turned down. The scale runs from the smallest to the largest "
    "number named in the record."
)
LEAST = 2  # sayings in which a number with the unit is bargained over, and different numbers that are named with it
FAR = 4  # times the middle of what is asked beyond which a number in the unit is of something else
OF_ONE = 2 / 3  # of the percentages bargained over that must be of one thing for those of nothing to be of it, too


@dataclass(slots=True)
class _Unit:
    """A unit with the numbers that stand before it."""

    words: str  # "crowns", "cubic metres", "per cent"
    per: Counter[str] = field(default_factory=Counter)  # what it is counted by
    of: Counter[str] = field(default_factory=Counter)  # what it is a part or an amount of
    said: set[str] = field(default_factory=set)  # statements that bargain over it
    by: set[str] = field(default_factory=set)  # their speakers
    sides: set[str] = field(default_factory=set)  # the parties among these
    values: set[float] = field(default_factory=set)
    asked: set[float] = field(default_factory=set)  # those of the statements


@dataclass(frozen=True, slots=True)
class _Measure:
    value: float
    unit: str
    per: str | None
    of: str | None


def with_quantities(book: Codebook, documents: Sequence[Document], statements: Iterable[Statement]) -> Codebook:
    """`book` with an issue for each unit in which the record bargains and that no issue of `book` counts in it.

    An issue needs two sayings that demand, offer, accept or turn down a number with its unit, by two voices, and two numbers.
    """
    statements = tuple(statements)
    texts = {document.id: document.text for document in documents}
    units: dict[str, _Unit] = {}
    for one in statements:
        if one.acts[0] not in _BARGAINING or one.modality == "denied" or one.doc not in texts:
            continue
        for span in one.content:
            for measure in _measures(span.of(texts[one.doc])):
                unit = units.setdefault(measure.unit, _Unit(measure.unit))
                unit.said.add(one.id)
                unit.by.add(one.speaker.party or one.speaker.id)
                unit.sides |= {one.speaker.party} if one.speaker.party else set()
                unit.asked.add(measure.value)
                if measure.of:
                    unit.of[measure.of] += 1
    for document in documents if units else ():
        for sentence in _SENTENCE.finditer(document.text):
            for at, measure in _placed(sentence.group()):
                unit_of = units.get(measure.unit)
                if unit_of is None:
                    continue
                unit_of.values.add(measure.value)
                if measure.per:
                    unit_of.per[measure.per] += 1
                if ASKING.search(sentence.group(), 0, at):  # the reporter's own words: "Kestria wants 90,000 tonnes"
                    unit_of.said.add(f"{document.id} {sentence.start()}")
                    unit_of.by.add(sentence.group().split()[0])
                    unit_of.asked.add(measure.value)
    more = [
        issue for unit in units.values()
        if len(unit.said) >= LEAST and len(unit.by) >= LEAST and len(unit.asked) >= LEAST
        and not _counted_by(book, unit.words, texts.values()) and (issue := _issue(unit)) is not None
    ]  # fmt: skip
    more += _years(book, texts, statements)
    return book if not more else Codebook(id=f"{book.id}+numbers", title=book.title, issues=(*book.issues, *more))


def _measures(text: str) -> Iterable[_Measure]:
    return (measure for _, measure in _placed(text))


def _placed(text: str) -> Iterable[tuple[int, _Measure]]:
    for found in _SUM.finditer(text):
        per = found["per"].lower() if found["per"] else None
        for number, scale in ((found["number"], found["scale"] or found["times"]), (found["high"], found["times"])):
            if number is not None:
                amount = float(number.replace(",", "")) * TIMES.get((scale or "").lower(), 1.0)
                yield (
                    found.start(),
                    _Measure(amount, CURRENCIES[SAME.get(sign := found["sign"].upper(), sign.lower())], per, None),
                )
    for found in _MEASURE.finditer(text):
        value = _value(found.group("number"))
        if value is None:
            continue
        if found.group("percent"):
            whole = _WHOLE_ENDS.sub("", found.group("whole") or "").lower().strip()
            yield found.start(), _Measure(value, "per cent", None, whole or None)
            continue
        if found.group("cents"):
            yield found.start(), _Measure(value, "cents", found.group("for"), None)
            continue
        words = found.group("unit").lower().split()
        per, what = found.group("per"), found.group("what")
        if len(words) > 1 and (words[0] in _NO_PLURAL or (words[0].endswith("s") and not words[0].endswith("ss"))):
            words, per, what = words[:1], None, None  # "prisoners and a truce"
        if (
            (not words[-1].endswith("s") and words[-1] not in _NO_PLURAL)
            or words[-1].endswith("ss")
            or words[-1] in _NO_MEASURES
            or words[0] in _NO_MEASURES
        ):
            continue
        if words[-1] in _TIMES and (per is None or len(words) > 1):
            continue  # "within five days" is when, not how much
        scale = (found.group("scale") or "").lower()
        if scale and words[-1] in CURRENCIES.values():
            value, scale = value * TIMES[scale.strip()], ""
        unit = f"{scale}{' '.join(words)}"
        yield (
            found.start(),
            _Measure(value, unit, per.lower() if per else None, what.lower() if what else None),
        )


def _value(words: str) -> float | None:
    if words[0].isdigit():
        return float(words.replace(",", ""))
    parts = [NUMBER_WORDS[part] for part in words.lower().split("-") if part in NUMBER_WORDS]
    if len(parts) <= words.count("-"):
        return None  # "ſix" is "six" to a pattern that knows no case
    return float(sum(parts)) if len(parts) == 1 or (parts[0] >= 20 and 0 < parts[1] < 10) else None


def _counted_by(book: Codebook, unit: str, texts: Iterable[str]) -> bool:
    """Whether an issue of a codebook counts in the unit, and the record speaks of that issue."""
    if unit.split()[0] in _SUMS and unit.split()[1] in NO_MONEY:
        return False
    first = {"percent", "per", "%"} if unit == "per cent" else {unit.split()[0]}
    if _is_money(unit):
        first |= {"million", "billion", "bn", "trillion", unit.removesuffix("s")}
    rivals = [
        issue for issue in book.issues
        if any(option.rstrip("*") in first for one in issue.units for option in one.split()[0].split("|"))
    ]  # fmt: skip
    topics = PhraseIndex((phrase, issue.id) for issue in rivals for phrase in issue.topics)
    return bool(rivals) and any(topics.find(Words(text).lower) for text in texts)


def _issue(unit: _Unit) -> CodebookIssue | None:
    middle = sorted(unit.asked)[len(unit.asked) // 2]
    near = {value for value in unit.values if middle <= FAR * value and value <= FAR * middle}
    if len(near) < LEAST:
        return None
    low, high = min(near), max(near)
    scale = (
        next((name for name in ("billion", "million") if middle >= TIMES[name]), "") if _is_money(unit.words) else ""
    )
    low, high = low / TIMES.get(scale, 1.0), high / TIMES.get(scale, 1.0)
    if unit.words == "per cent":
        of, times = unit.of.most_common(1)[0] if unit.of else ("", 0)
        if times < OF_ONE * sum(unit.of.values()) or (not of and len(unit.sides) < LEAST):
            return None  # percentages of who knows what, which not two parties bargain over
        counted, id = (f"per cent of the {of}", slug(f"per-cent-of-{of}")) if of else ("per cent", "per-cent")
    else:
        per = unit.per.most_common(1)[0][0] if unit.per else ""
        what = f" of {unit.of.most_common(1)[0][0]}" if unit.of else ""
        article = "an" if per[:1] in "aeio" and per else "a"
        words = f"{scale} {unit.words}".strip()
        counted = f"{words}{what} {article} {per}" if per else f"{words}{what}"
        id = slug(counted)
    question = f"How many {counted}?"
    units, topics = of_question(question) or ((), ())
    return CodebookIssue(
        id=id, question=question, range=(low, high), units=units, topics=topics,
        counts=COUNTS,
        counts_not="Numbers that are told of the past or of something else.",
    )  # fmt: skip


_YEAR = re.compile(
    r"\b(?P<when>until|till|by|no later than|from|starting in|to start in|beginning in|to begin in|as of)(?: at least| the end of| early| late| (?:the )?(?:spring|summer|autumn|fall|winter)(?: of)?| "
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December))? (?P<year>20\d\d)(?!\d|[-–](?:20)?\d)(?:/(?P<next>(?:20)?\d\d)\b)?",
    re.IGNORECASE,
)
_WHEN = {"until": ("until", "till"), "by": ("by", "no later than"), "from": ("from", "starting in", "start in", "beginning in", "begin in", "as of")}  # fmt: skip
_SPAN_OF_YEARS = 25  # between the first and the last year of one dispute, at most


def _years(book: Codebook, texts: Mapping[str, str], statements: Iterable[Statement]) -> list[CodebookIssue]:
    """An issue for "until", "by" and "from" each, where two parties bargain over different years and no issue of `book` is a year."""
    if any("@year" in issue.units and PhraseIndex((one, one) for one in issue.topics).touches(Words(text).lower) for issue in book.issues for text in texts.values()):  # fmt: skip
        return []
    asked: dict[str, dict[str, set[int]]] = {}
    for one in statements:
        if one.acts[0] not in _BARGAINING or one.modality == "denied" or one.doc not in texts or not one.speaker.party:
            continue
        for span in one.content:
            for found in _YEAR.finditer(span.of(texts[one.doc])):
                when = next(name for name, words in _WHEN.items() if found["when"].lower().removeprefix("to ") in words)
                asked.setdefault(when, {}).setdefault(one.speaker.party, set()).add(int(found["year"]))
    more = []
    for when, by_party in asked.items():
        years = {year for each in by_party.values() for year in each}
        if len(by_party) < LEAST or len(years) < LEAST or max(years) - min(years) > _SPAN_OF_YEARS:
            continue
        question = f"{when.capitalize()} which year?"
        units, topics = of_question(question) or ((), ())
        more.append(
            CodebookIssue(
                id=f"{when}-which-year", question=question, range=(float(min(years)), float(max(years))), units=units, topics=topics,
                counts=COUNTS, counts_not="Years that are told of the past or of something else.",
            )
        )  # fmt: skip
    return more


def _is_money(unit: str) -> bool:
    return unit in CURRENCIES.values()


_ASKS_WHEN = re.compile(r"(?P<when>Until|By|From) which year\?\Z")
_SUMS = ("million", "billion", "trillion")
_ASKS = re.compile(
    r"How many (?:(?P<percent>per ?cent|%)(?: of (?:the |its |their |our |all )?(?P<whole>[^?]+))?"
    r"|(?P<unit>\w+(?: (?!of\b|an?\b|per\b|each\b|every\b)\w+){0,2})(?: of (?P<what>\w+))?(?: (?:an?|per|each|every) (?P<per>\w+(?: \w+){0,2}))?)\?\Z"
)


def of_question(question: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Units and topics of an issue that asks for a number ("How many crowns a share?"), as a codebook has them; None where it asks
    for something else."""
    when = _ASKS_WHEN.match(question)
    if when is not None:
        return ("@year",), _WHEN[when["when"].lower()]
    asked = _ASKS.match(question)
    if asked is None:
        return None
    if asked["percent"]:
        whole = asked["whole"].lower().strip() if asked["whole"] else ""
        named = (whole, whole.split()[-1]) if whole else ()
        return ("per cent", "percent", "%"), tuple(dict.fromkeys((*named, "per cent", "percent", "%")))
    unit, per = asked["unit"].lower(), (asked["per"] or "").lower()
    one = unit.removesuffix("s")
    article = "an" if per[:1] in "aeio" else "a"
    by = (f"{unit} {article} {per}", f"{unit} per {per}") if per else ()
    scale, _, bare = unit.partition(" ")
    sums = tuple(f"{other} {bare}" for other in _SUMS if other != scale) if scale in _SUMS and bare else ()
    sign = next((each for each, name in CURRENCIES.items() if name == (bare if sums else unit)), "")
    ahead = (f"{sign} {scale}" if sums else sign,) if sign else ()
    return tuple(dict.fromkeys((*by, unit, one, *sums, *((scale,) if sums else ()), *ahead, BARE))), tuple(
        dict.fromkeys((unit, one, *sums, *((sign,) if sign else ())))
    )
