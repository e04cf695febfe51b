"""For whom somebody speaks who is interviewed: by the words ahead of the first question, and as the first question calls them."""

import re

from winset.domain.statements import Statement
from winset.evidence.holders import CAP, PERSON, POSSESSED
from winset.evidence.sides import OFFICE_OF, Sides
from winset.evidence.wording import any_name

ASKS = "questioner"  # id of the voice of whoever asks
_TURN = re.compile(r"\n[ \t]*(?:Q|Question)[.:]", re.IGNORECASE)
_LEADS = re.compile(
    rf"(?:{PERSON}|{CAP}|[Hh]e|[Ss]he|who)(?:, \d\d,)? (?:\w{{1,20}}ly |now |also |still |has |have |had ){{0,3}}(?:co-)?(?:leads?|led|heads?|headed|chairs?|chaired|runs?|represents?|(?:negotiates?|bargains?|speaks?|sits) (?:for|in|on)|"
    r"works for|joined|founded) (?:the )?(?:[\w-]{1,30} (?:committee|council|team|group|side|board|wing|delegation|section) of (?:the )?)?\Z"
)  # "who co-leads the Green List"
_OF = re.compile(rf"(?<![\w’'])(?:{PERSON}|{CAP}) (?:of|from|for) (?:the )?\Z")
_CALLED = re.compile(
    rf"(?:\A|[.,?!] )(?:(?i:mr|ms|mrs|dr|minister|president|premier|madam|sir|comrade|professor)\.? )?(?P<name>{CAP})(?=[,?])"
)
_HEAD = 1_500  # characters ahead of the first question that are read


_ASKING = (
    r"(?:, (?:the|an?) (?:[\w-]+ ){0,3}?(?:interview|conversation|newspaper|magazine|weekly|daily|podcast|programme|column)\b|"
    r"[’']s (?:[\w-]+ ){0,3}?(?:desk|readers|correspondent|reporter|editor|interview|podcast|programme|newsroom)\b| (?:talks|talked|speaks|spoke|sat down|asked|asks|puts?|met|meets|interviews|interviewed)\b)"
)  # "Valley Voice, the Friday interview"


def asks(text: str, name: str, end: int) -> bool:
    """Whether a name ahead of an interview is that of the paper that asks."""
    return re.compile(rf"(?<!\w){re.escape(name)}{_ASKING}").search(text, 0, end) is not None


def called(question: str, surname: str) -> bool:
    """Whether a question calls somebody by name: "Mr Dorn, will you sign?"."""
    return any(one["name"] == surname for one in _CALLED.finditer(question))


def answers(one: Statement, text: str) -> bool:
    """Whether a statement stands in a turn of "A", or in one that bears no label and asks nothing."""
    if one.source:
        return one.source[0].of(text).strip(" .:").lower() in ("a", "answer")
    return (
        not one.cue and one.kind == "direct" and one.speaker.kind in ("named", "anonymous") and one.speaker.id != ASKS
    )


def interviewed(one: Statement, text: str, sides: Sides) -> str | None:
    """The party of whoever answers: that whose office, or whom, the words ahead of the first question name, else of the one person known
    there or called by name in it, else the one party named there.

    one  the first answer of the document
    """
    start, end = _asked(one, text)
    begin = max(0, start - _HEAD)
    ahead = sides.between(one.doc, begin, start)
    for fits in (_by_office, _by_verb):
        found = [id for at, until, id in ahead if fits(text, at, until)]
        if found:
            return found[0]
    known = _known(text, begin, start, sides) or {
        sides.people[one["name"]] for one in _CALLED.finditer(text[start:end]) if one["name"] in sides.people
    }
    if not known:
        known = {id for *_, id in ahead}
    return min(known) if len(known) == 1 else None


def _asked(one: Statement, text: str) -> tuple[int, int]:
    """Where the first question stands."""
    answer = (one.source or one.content)[0].start
    labelled = _TURN.search(text, 0, answer) if one.source else None
    if labelled is not None or one.source:
        return (labelled.start() if labelled else answer), answer
    end = len(text[:answer].rstrip(" –—-\n\r\t"))
    return text.rfind("\n", 0, end) + 1, end


def _by_office(text: str, start: int, end: int) -> bool:
    return POSSESSED.match(text, end) is not None or OFFICE_OF.search(text, max(0, start - 50), start) is not None


def _by_verb(text: str, start: int, _: int) -> bool:
    lead = text[max(0, start - 90) : start]
    return _LEADS.search(lead) is not None or _OF.search(lead) is not None


def _known(text: str, start: int, end: int, sides: Sides) -> set[str]:
    """The parties of the people named in [start, end) whom the record knows."""
    if not sides.people:
        return set()
    people = re.compile(rf"(?<!\w)(?:{any_name(sides.people)})(?!\w)")
    return {sides.people[name.group()] for name in people.finditer(text, start, end)}
