"""Who sits at a table, who is kept from it and who mediates, as the words of a record say it."""

import re
from collections.abc import Mapping, Sequence

from winset.domain.text import Document
from winset.evidence.wording import any_name

LIST = 80  # characters in which one name of a list and what follows it stand
LONGEST_ACRONYM = 3  # names of at most so many letters are written in capitals
_TALKS = r"(?:talks|negotiations|negotiators|negotiate[sd]?|meetings?|summit|met|meet|round|delegations?|envoys?|sat down|ceasefire talks)"
_APART = r"(?:if|when|once|unless|should|after|before|while|until|because|since|as|over|about)\b"  # the talks of others begin
_WORD = re.compile(r"\w+")


def at_the_table(documents: Sequence[Document], names: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Parties that the words put at a table, those that they say are kept from it, and those that mediate; in order of appearance."""
    texts = [document.text.lower() for document in documents]
    said = {word for text in texts for word in _WORD.findall(text)}
    there = [name for name in names if said.issuperset(_WORD.findall(name))]  # patterns of few names are soon made
    if not there:
        return (), (), ()
    one = rf"(?:the )?(?P<{{}}>{any_name(there)})(?:[’']s?)?"
    a, b = one.format("a"), one.format("b")
    who = r"(?: (?:envoys?|officials?|negotiators?|delegations?|delegates|teams?|ministers?|foreign ministers?|diplomats|representatives|leaders?))?"
    together = [
        re.compile(rf"\b{_TALKS}\b[^.;]{{0,60}}?\b(?:between|of|from) {a}{who},? (?:and|with) {b}\b"),
        re.compile(rf"\b(?:between|of|from) {a}{who} and {b}{who}\b[^.;]{{0,80}}\b{_TALKS}\b"),
        re.compile(rf"\b{a}{who} and {b}{who} (?:(?!{_APART})\w+ ){{0,3}}{_TALKS}\b"),
        re.compile(rf"\b{a} and {b} (?:have |had )?(?:signed|reached|concluded|struck|initialled|agreed (?:on|to)?) ?(?:an?|the)\b"),
        re.compile(rf"\b{a}{who} (?:\w+ ){{0,3}}(?:met|meet|sat down|held talks|opened talks|began talks|agreed) (?:\w+ ){{0,2}}with {b}\b"),
    ]  # fmt: skip
    end = r"(?= at the table| in the room| being |[.,;”\"]| and )"
    who_is = rf"{a}(?: and {b})?(?:,? (?:which|who)(?: [^.;]{{0,60}}?,)?)?,?"
    out = [
        re.compile(rf"\bwithout {a}{end}"),
        re.compile(rf"\bexclud\w+ {a}(?= from|[.,;”\"]| and )"),
        re.compile(rf"\b{who_is} (?:was|were|is|are|has been|had been) (?:\w+ )?(?:not invited|not at the table|excluded|absent|left out|missing|uninvited|shut out)\b"),
        re.compile(rf"\b{who_is} (?:has|have|had) not been (?:invited|included|asked to join)\b"),
        re.compile(rf"\b{who_is} (?:has|have|had|got|was given|were given) no (?:seat|place|invitation)\b"),
        re.compile(rf"\bno (?:seat|place|invitation) (?:at the table )?for {a}\b"),
    ]  # fmt: skip
    between = [
        re.compile(rf"\b{a}(?:, (?:which|who))? (?:is |was |has |had )?(?:mediat|broker|facilitat|host)(?:es|e|ed|ing|s|ing)\b"),
        re.compile(rf"\b(?:mediated|brokered|facilitated|hosted|chaired|convened) by {a}"),
        re.compile(rf"\bauspices of {a}"),
        re.compile(rf"\bmediators? (?:from|of|for|sent by) {a}"),
        re.compile(rf"\b{a} mediators?\b"),
        re.compile(rf"\b{a}[- ](?:mediated|brokered|hosted|led mediation)\b"),
    ]  # fmt: skip
    ahead = re.compile(rf"(?<!\w)(?P<c>{any_name(there)}){who}, (?:the )?\Z")
    mediating: dict[str, None] = {}
    seated: dict[str, None] = {}
    left_out: dict[str, None] = {}
    for document, text in zip(documents, texts, strict=True):
        for pattern in together:
            for found in pattern.finditer(text):
                if not (_is_name(document.text, found, "a") and _is_name(document.text, found, "b")):
                    continue
                pair = [names[found.group("a")], names[found.group("b")]]
                if len(set(pair)) == 2:
                    seated.update(dict.fromkeys([*_listed_ahead(text, found.start("a"), ahead, names), *pair]))
        for pattern in out:
            for found in pattern.finditer(text):
                for group in ("a", "b"):
                    if found.groupdict().get(group) and _is_name(document.text, found, group):
                        left_out[names[found.group(group)]] = None
        for pattern in between:
            for found in pattern.finditer(text):
                if _is_name(document.text, found, "a"):
                    mediating[names[found.group("a")]] = None
    at = tuple(one for one in seated if one not in left_out)
    return at, tuple(left_out), tuple(one for one in mediating if one not in at and one not in left_out)


def _listed_ahead(text: str, at: int, ahead: re.Pattern[str], names: Mapping[str, str]) -> list[str]:
    """The parties of a list that ends at a place: the first of "the Centre Party, the Greens and the League"."""
    found: list[str] = []
    start = text.rfind("the ", max(0, at - 4), at) if text[max(0, at - 4) : at] == "the " else at
    while one := ahead.search(text[max(0, start - LIST) : start]):
        found.insert(0, names[one["c"]])
        start = max(0, start - LIST) + one.start()
        start = start - 4 if text[max(0, start - 4) : start] == "the " else start
    return found


def _is_name(text: str, found: re.Match[str], group: str) -> bool:
    """Whether a match in lower case is written as the name that it is of: "us" is not the US."""
    start, end = found.span(group)
    return end - start > LONGEST_ACRONYM or len(text) != len(found.string) or text[start:end].isupper()
