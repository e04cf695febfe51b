"""Names that a record's own statements show to be parties: whoever speaks in it under a name that is no person's."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from winset.domain.statements import Statement
from winset.evidence.holders import CAP
from winset.evidence.lexicon import given_names
from winset.evidence.organisations import LISTS, NOUN, PAPER, is_body

_NAME = re.compile(
    rf"(?P<the>[Tt]he )?(?P<name>{CAP}(?: (?:(?:of|for|and|&|og|och|und|de|du|des|da|do|di|del) (?:the )?)?{CAP}){{0,6}})(?: \d{{1,2}})?(?=\Z|,|[’']s? )"
)
_WORD = re.compile(r"(?<![\w’'-])[a-zà-þ]{2,40}(?![\w-])")
_MOST = 200  # characters of a source in which its name stands


def naming(statements: Sequence[Statement], texts: Mapping[str, str], persons: Collection[str]) -> Counter[str]:
    """Name -> how many statements are said by it, for names that can be a party's: no person's and no newspaper's."""
    found: Counter[str] = Counter()
    for one in statements:
        if one.source and one.speaker.role is None:
            start = one.source[0].start
            said = _NAME.match(texts[one.doc], start, min(one.source[0].end, start + _MOST))
            labels = said is not None and texts[one.doc][said.end() : said.end() + 2].lstrip()[:1] == ":"
            if said is not None and not labels and _can_be(said["name"], said["the"] is not None, persons):
                found[said["name"]] += 1
        elif (own := _NAME.fullmatch(one.speaker.name or "") if issues(one) else None) is not None and _can_be(
            own["name"], own["the"] is not None, persons
        ):
            found[own["name"]] += 1
    no_names = set(common(found, texts.values()))
    return Counter({name: count for name, count in found.items() if name not in no_names})


def common(names: Iterable[str], texts: Iterable[str]) -> list[str]:
    """The names of one word that texts use as a word, too, without a capital."""
    plain = {name.lower(): name for name in names if " " not in name}
    used = {word for text in texts for word in _WORD.findall(text) if word in plain} if plain else set()
    return [plain[word] for word in sorted(used)]


def issues(one: Statement) -> bool:
    """Whether a statement is a sentence of a text that its speaker issues."""
    return not one.source and not one.cue and one.kind == "direct" and one.speaker.kind == "collective"


_ORGAN = re.compile(
    r"Ministry|Ministries|Minister|Department|Office|Bureau|Government|Cabinet|Parliament|Management|Officials?|Negotiators?|Mediators?|Talks"
)
_TWO = re.compile(r" (?:og|och|und|et|y|e) ")


def _can_be(name: str, the: bool, persons: Collection[str]) -> bool:
    words = name.split()
    if (
        len(name) < 2
        or name in persons
        or words[0] in LISTS["not_names"]
        or words[0] in given_names()
        or PAPER.search(name)
        or _ORGAN.fullmatch(words[-1])
    ):
        return False
    if " & " in name or words[-1].isdigit() or _TWO.search(name):
        return True
    return (len(words) == 1 and not NOUN.fullmatch(name)) or (len(words) > 1 and (the or is_body(name)))


def last_words(names: Iterable[str]) -> set[str]:
    """The last words of names of several words that can be people's: "Castell" of "Lin Castell", but not "Quarrin" of "Port Quarrin"."""
    return {
        name.split()[-1]
        for name in names
        if " " in name and not is_body(name) and name.split()[0] not in LISTS["place_first"]
    }
