"""Which statements foretell something that is not in the speaker's own hand."""

import re

from winset.domain.statements import Statement
from winset.evidence.clause_acts import FUTURE, LIKELY, POSSIBLE, read_clause
from winset.evidence.clauses import Clause, Whose, clauses

_OWN = re.compile(r"(?:we|i|our|my)\b", re.I)
_POINTS_BACK = re.compile(r"it|this|that|these|those|they|he|she|there|who|which|(?:this|that|these|those) \w+", re.I)
_GUESSES_AT_THE_PAST = re.compile(
    r"(?:\b(?:may|might|could|would)|[’']d)(?: (?:not|never|also|already|well|even|\w+ly))* have (?:(?:not|never|also|already|\w+ly) )*"
    r"(?:been|\w{2,}ed|(?:giv|tak|brok|spok|writt|chos|fall|driv|stol|shak|ris|hidd|froz|beat)en|seen|gone|done|made|said|told|known|grown|"
    r"shown|drawn|withdrawn|begun|run|won|lost|left|sent|spent|meant|held|sold|paid|laid|met|led|found|fought|brought|bought|thought|caught|taught|"
    r"kept|felt|dealt|built|struck|stood|understood|heard|come|become|put|cut|set|hit|shot)\b",
    re.I,
)
_EXPECTS = re.compile(
    r"\W{0,5}(?:that )?(?:he|she|it|they|we|i|(?:his|her|its|their|the) \w{1,40}) (?:(?:now|also|still|personally|\w{1,30}ly) ){0,4}(?:"
    r"(?:expect(?:s|ed)?|predict(?:s|ed)?|foresaw|foresees?|anticipate[sd]?) (?!nothing|no\b)[^.;]{0,200}?\b(?:to|will|would|that)\b|"
    r"would (?:not )?be (?:very |not at all )?surprised (?:if|to|should)\b|(?:had|has|have) (?:no|little) doubt|"
    r"(?:am|is|are|was|were) (?:confident|convinced|sure|certain) [^.;]{0,200}?\b(?:will|would)\b)",
    re.I,
)  # "he expected India to return"
_AGREED = re.compile(
    r"\b(?:accept|agree|conced|promis|decid|offer|pledg|commit|propos|stipulat)\w* (?:that|to)\b|"
    r"\b(?:plan|proposal|draft|framework|deal|agreement|accord|truce|treaty|text|programme) (?:\w+ ){0,6}?(?:under which|whereby|by which|in which|that would|which would)\b",
    re.I,
)  # what was agreed or put forward, and not what somebody thinks will come
_CAN_BE = re.compile(r"\bcan be\b", re.I)
_MARKS = (FUTURE, LIKELY, POSSIBLE)
_QUOTES = " \"'“”‘’"


def foretells(statement: Statement, content: str) -> bool:
    """Whether a statement with the words `content` belongs among the forecasts to be resolved.

    Its first act is a forecast, or a later clause foretells something of its own: "the talks will collapse", but not
    "it will happen only when they are home", which tells more of what was refused. "She expected it to hold" is one, what "may have
    been" none, nor what somebody agreed or proposed would be done.
    """
    if statement.kind != "mixed" and _EXPECTS.match(content):
        return True
    if "forecast" not in statement.acts:
        return False
    modal = FUTURE.search(content.lower())
    if modal and statement.kind == "indirect" and _AGREED.search(content, 0, modal.end()):
        return False
    if statement.act == "forecast":
        told = _GUESSES_AT_THE_PAST.sub("", content)
        return told == content or any(mark.search(told.lower()) for mark in _MARKS)
    return any(_foretells(clause) for clause in clauses(content))


def _foretells(clause: Clause) -> bool:
    if _POINTS_BACK.fullmatch(clause.subject.strip(_QUOTES)) or read_clause(clause, _whose).act != "forecast":
        return False
    told = _CAN_BE.sub("", _GUESSES_AT_THE_PAST.sub("", clause.main)).lower()
    return any(mark.search(told) for mark in _MARKS)


def _whose(subject: str) -> Whose:
    return Whose("own" if _OWN.match(subject.strip(_QUOTES)) else "third")
