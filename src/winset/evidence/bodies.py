"""States, movements and unions that no word list knows and the text shows to be such."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from winset.domain.actors import slug
from winset.evidence.capitals import NAME, OPENERS, TITLES, UPPER, CalledBy
from winset.evidence.parties import PartyNames, demonyms

_POSSESSED = re.compile(
    r"(?: \w[\w-]*){0,2}? (?:minister|ministers|ministry|premier|president|chancellor|king|queen|government|cabinet|parliament|envoys?|"
    r"delegation|army|navy|negotiators?|spokes\w+|ambassador|leaders?|leadership|officials?|secretary|position|demands?|team|"
    r"draft|offer|forces|troops|capital|council|coalition|fighters|commanders?|chief|(?:political|military|ruling|rebel) \w+)\b"
)
_STATELY = re.compile(
    r"(?: \w[\w-]*)?? (?:foreign minister|prime minister|defen[cs]e minister|foreign ministry|premier|government|army|parliament|negotiators?|envoys?|delegation|king|queen|troops|forces)\b"
)
_OFFICE_OF = re.compile(
    r"\b(?:minister|ministry|premier|president|government|cabinet|parliament|envoys?|delegation|army|negotiators?|spokes\w+|"
    r"ambassador|leaders?|republic|kingdom|union)s? of (?:the )?\Z",
    re.IGNORECASE,
)
_GOVERNS = re.compile(
    r" (?:government|army|delegation|officials?|forces|troops|negotiators?|envoys?|side|leadership|ministry|authorities|rebels|team)\b"
)
_PAIR = re.compile(r"\b(?:between|both) (?:the )?\Z")
_TAKES_PART = re.compile(
    r" (?:demanded|offered|rejected|accepted|proposed|refused|insisted|threatened|agreed|said it|says it|wants)\b"
)
_ITSELF = re.compile(
    r" (?:has |had |also |later |again )?(?:said|says|stated|states|reiterated|insisted|warned|announced|maintained|repeated|declared|added|claimed|argued|denied|confirmed|vowed|promised)"
    r"(?: (?:late |early |earlier |later )?(?:on )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|this (?:week|month)|in a statement)(?: (?:morning|evening|night|afternoon))?)?,?(?: that)? (?:it|its)\b"
)
_AND = re.compile(rf" and (?:the )?(?P<other>{NAME}(?: {NAME}){{0,2}})")
_PREDICATE = re.compile(
    r" (?:(?:has|had|have|having|is|was|would|will|may|might|could) )?(?:now |still |also |not |never |always |probably |likely |repeatedly |yet |long |already |formally |again )*"
    r"(?:been |be )?(?:claim|accus|den(?:y|i)|reject|recall|expel|refus|threaten|offer|demand|insist|accept|propos|agree|sign|ratif|invad|annex|condemn|deploy|withdr[ae]w|pledg|"
    r"ask for|seek|sought|retaliat|(?:seem|appear)(?:s|ed)? (?:un)?(?:willing|ready|reluctant|likely|able|prepared|determined|keen|set)|(?:un)?willing|reluctant|poised|urged|lied)\w*\b"
)
_ASKED_OF = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:up)?on|urg(?:es?|ed|ing)|press(?:es|ed|ing)|warn(?:s|ed|ing)?) (?:the )?\Z"
)
_TO_DO = re.compile(r" (?:not )?to [a-z]")
_STATE_OF = re.compile(
    r"\b(?:(?:[Rr]epublic|[Kk]ingdom|[Gg]overnment|[Pp]rincipality|[Ff]oreign [Mm]inistry|(?:[Ff]oreign|[Pp]rime) [Mm]inisters?|[Mm]inist(?:ry|ers?) (?:of|for)(?: [A-Z]\w+| and){0,4})(?: of)?|"
    r"(?:(?:Foreign|Prime|Defen[cs]e|Finance) Minister|King|Queen|Emir|Sultan)(?: [A-Z][\w’'-]+){1,3} of|"
    r"[Mm]inist(?:ry|er) (?:of|for) [A-Z]\w+(?: [A-Z]\w+| and [A-Z]\w+)?,) (?:the )?\Z"
)  # "the Ministry of Foreign Affairs of", "Ministry of Defence,"
_LISTED = re.compile(rf"(?:, {NAME}){{0,10}},? and (?:the )?{NAME}(?![\w’'.-]| of\b)")
_PEOPLE_OF = re.compile(
    rf"(?<!\w)(?P<people>[{UPPER}]\w{{2,30}}(?:ian|an|n|ish|ese|i|ean|ite)) (?:[a-z-]+ ){{0,2}}(?:minister|ministry|premier|president|chancellor|king|queen|government|"
    r"cabinet|parliament|envoys?|delegation|army|navy|negotiators?|ambassador|officials?|diplomats?|counterpart|side|troops|forces|drones?|capital|border|authorities)\b"
)
_ADJECTIVES = frozenset(["Conservative", "Democrat", "Democratic", "Liberal", "Republican", "Socialist"])
MOST = 200  # peoples with an office of theirs that are looked at
_GROUPS = frozenset(
    [
        "Front",
        "Movement",
        "Council",
        "Alliance",
        "Union",
        "Army",
        "Coalition",
        "League",
        "Brigades",
        "Junta",
        "Resistance",
        "Assembly",
    ]
)
LEAST = 2  # signs that make a body


def bodies(text: str, found: Sequence[CalledBy], lists: PartyNames) -> dict[str, str]:
    """Name -> party id of states, movements and unions that the text shows to be such and no list knows."""
    signs: Counter[str] = Counter()
    surnames = {name.words[-1] for name in found if len(name.words) > 1 or name.titles} - _GROUPS
    stems = _peoples(text)
    for name in found:
        whole = " ".join(name.words)
        if (
            name.titles
            or len(name.words) > 3
            or lists.id_of(whole)
            or whole in OPENERS
            or whole in _ADJECTIVES
            or len(whole) < 3
        ):
            continue
        if name.owned and _POSSESSED.match(text, name.end + 2):
            signs[whole] += 2 if _STATELY.match(text, name.end + 2) else 1
        elif any(sign.match(text, name.end) for sign in (_GOVERNS, _TAKES_PART, _PREDICATE)):
            signs[whole] += 1
        if _ASKED_OF.search(text, max(0, name.start - 20), name.start) and _TO_DO.match(text, name.end):
            signs[whole] += 1
        if _ITSELF.match(text, name.end):
            signs[whole] += 2
        if whole.split()[-1] in _GROUPS and text[max(0, name.start - 4) : name.start].lower() == "the ":
            signs[whole] += 1
        if stems and " " not in whole and any(demonyms(whole).fullmatch(one) for one in stems.get(whole[:3], ())):
            signs[whole] += 1
        if name.start > 8 and _STATE_OF.search(text, max(0, name.start - 70), name.start):
            signs.update(dict.fromkeys((whole, *_together(text, name.end)), 2))
        elif _OFFICE_OF.search(text, max(0, name.start - 40), name.start):
            signs.update((whole, *_together(text, name.end)))
        elif _PAIR.search(text, max(0, name.start - 16), name.start):
            pair = _AND.match(text, name.end)
            if pair:
                signs.update((whole, pair.group("other")))
    known: dict[str, str] = {}
    for name_, count in signs.items():
        words = name_.split()
        if count < LEAST or lists.id_of(name_) or words[-1] in surnames or words[0] in OPENERS or lists.id_of(words[0]):
            continue
        if not any(word.lower() in TITLES for word in words):
            known[name_] = slug(name_)
    for name_ in [one for one in known if " " in one]:  # "the Northern Front", later "the Front"
        short = name_.split()[-1]
        if short in _GROUPS and sum(other.split()[-1] == short for other in known if " " in other) == 1:
            known[short] = known[name_]
    extra: dict[str, str] = {}
    for name_, id in known.items():
        if " " not in name_:
            people = demonyms(name_)
            extra.update(
                {name.words[0]: id for name in found if people.fullmatch(name.words[0]) and name.words[0] not in known}
            )
    return known | extra


def _peoples(text: str) -> dict[str, set[str]]:
    """Words that may be a people's name and stand before an office, by their first three letters."""
    found: dict[str, set[str]] = {}
    for match in islice(_PEOPLE_OF.finditer(text), MOST):
        found.setdefault(match["people"][:3], set()).add(match["people"])
    return found


def _together(text: str, end: int) -> list[str]:
    """The further names of a list: "the foreign ministers of Kastria, Nordal and Vestria"."""
    listed = _LISTED.match(text, end)
    return [] if listed is None else re.split(r", (?:and )?(?:the )?| and (?:the )?", listed.group())[1:]
