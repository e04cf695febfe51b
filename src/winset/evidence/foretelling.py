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
_CAN_BE = re.compile(r"\bcan be\b", re.I)
_MARKS = (FUTURE, LIKELY, POSSIBLE)
_QUOTES = " \"'“”‘’"


def foretells(statement: Statement, content: str) -> bool:
    """Whether a statement with the words `content` belongs among the forecasts to be resolved.

    Its first act is a forecast, or a later clause foretells something of its own: "the talks will collapse", but not
    "it will happen only when they are home", which tells more of what was refused. What "may have been" is no forecast.
    """
    if "forecast" not in statement.acts:
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
