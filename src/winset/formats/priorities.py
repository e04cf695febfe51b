"""Statements about options: which states they hold in. Option prioritisation states preferences by them.

As data   [[0, "Y"], [2, "N"]] holds where option 0 is taken and option 2 is not (options count from 0);
          {"compound": true, "members": [condition, ...]} holds where any member does
As text   "1 & (-2 | 3)", "3 IF 4", "'Release water' IFF NOT 2" (options count from 1, or are named in quotes);
          -, !, ~, NOT bind first, then & AND, then | OR, then IF (A IF B: wherever B holds), then IFF
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.errors import FormatError

Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]
LONGEST = 2000
_DEEPEST = 50
_TOKEN = re.compile(r"(\d{1,6})|'([^']{0,300})'|\"([^\"]{0,300})\"|(<->|<-|[-!~&|()])|([A-Za-z]{2,3})\b")
_WORDS = {"not": "-", "and": "&", "or": "|", "if": "<-", "iff": "<->"}
_SAME = {"!": "-", "~": "-"}


def condition(given: Any, options: int, where: str) -> list[tuple[int, bool]]:
    """(option, whether taken) pairs of a condition. Raises FormatError on an unknown option or a contradiction."""
    if not isinstance(given, list):
        raise FormatError(f'{where} is {given!r:.80}; a condition is a list of pairs such as [0, "Y"]')
    found: dict[int, bool] = {}
    for pair in given:
        if (
            not isinstance(pair, list | tuple)
            or len(pair) != 2
            or pair[1] not in ("Y", "N")
            or type(pair[0]) is not int
        ):
            raise FormatError(f'{where} has {pair!r:.80}; write an option\'s number and "Y" or "N", as in [0, "Y"]')
        option, answer = pair[0], pair[1] == "Y"
        if not 0 <= option < options:
            raise FormatError(f"{where} names option {option}; there are options 0 to {options - 1}")
        if found.setdefault(option, answer) != answer:
            raise FormatError(f"{where} contradicts itself: option {option} is both taken and not; leave one of them")
    return list(found.items())


def holds(codes: Codes, statement: Any, bit: Sequence[int], names: Sequence[str], where: str) -> Flags:
    """(states,) where a statement holds; bit[option] is the option's place in `codes`."""
    if isinstance(statement, str):
        return _Parser(codes, statement, bit, names, where).whole()
    if isinstance(statement, dict):
        parts = statement.get("members")
        if not isinstance(parts, list) or not parts:
            raise FormatError(f"{where}: a compound statement needs a list 'members' of conditions")
    else:
        parts = [statement]
    found = np.zeros(len(codes), dtype=bool)
    for n, part in enumerate(parts):
        found |= matches(codes, condition(part, len(bit), f"{where}, member {n + 1}" if len(parts) > 1 else where), bit)
    return found


def matches(codes: Codes, pairs: Sequence[tuple[int, bool]], bit: Sequence[int]) -> Flags:
    """(states,) where all pairs hold."""
    mask = sum(1 << bit[option] for option, _ in pairs)
    taken = sum(1 << bit[option] for option, answer in pairs if answer)
    return np.asarray(codes & mask == taken)


def options_in(statement: Any, names: Sequence[str], where: str) -> list[int]:
    """The options, from 0, that a statement speaks of, rising."""
    found: set[int] = set()
    if isinstance(statement, str):
        parser = _Parser(np.zeros(1, dtype=np.int64), statement, range(len(names)), names, where)
        parser.whole()
        found = parser.used
    else:
        for part in statement["members"] if isinstance(statement, dict) else [statement]:
            found |= {option for option, _ in condition(part, len(names), where)}
    return sorted(found)


class _Parser:
    """Recursive descent over one text."""

    def __init__(self, codes: Codes, text: str, bit: Sequence[int], names: Sequence[str], where: str) -> None:
        if len(text) > LONGEST:
            raise FormatError(f"{where} has {len(text):,} characters; at most {LONGEST:,} are read: split it")
        self.codes, self.text, self.bit, self.names, self.where = codes, text, bit, names, where
        self.at, self.deep, self.used = 0, 0, set[int]()
        self.tokens: list[tuple[str, Any]] = []
        place = 0
        while place < len(text):
            if text[place].isspace():
                place += 1
                continue
            one = _TOKEN.match(text, place)
            if one is None or (one[5] and one[5].lower() not in _WORDS):
                raise self._wrong(f"{text[place : place + 20]!r} is no option and no sign")
            if one[1] or one[2] or one[3]:
                self.tokens.append(("option", self._option(one)))
            else:
                sign = one[4] or _WORDS[one[5].lower()]
                self.tokens.append((_SAME.get(sign, sign), None))
            place = one.end()

    def _wrong(self, why: str) -> FormatError:
        return FormatError(
            f"{self.where}, {self.text[:80]!r}: {why}; write option numbers from 1 with &, |, -, IF, IFF and brackets"
        )

    def _option(self, one: re.Match[str]) -> int:
        if one[1]:
            number = int(one[1])
            if not 1 <= number <= len(self.names):
                raise self._wrong(f"there is no option {number}, they run from 1 to {len(self.names)}")
            return number - 1
        name = one[2] or one[3]
        if name not in self.names:
            raise self._wrong(f"there is no option {name!r}")
        return list(self.names).index(name)

    def _next(self, *signs: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at][0] in signs:
            self.at += 1
            return True
        return False

    def whole(self) -> Flags:
        found = self._iff()
        if self.at < len(self.tokens):
            raise self._wrong("something is left over at the end")
        return found

    def _chain(self, sign: str, part: Callable[[], Flags], join: Callable[[Flags, Flags], Flags]) -> Flags:
        found = part()
        while self._next(sign):
            found = join(found, part())
        return found

    def _iff(self) -> Flags:
        return self._chain("<->", self._if, lambda a, b: a == b)

    def _if(self) -> Flags:
        return self._chain("<-", self._or, lambda a, b: a | ~b)

    def _or(self) -> Flags:
        return self._chain("|", self._and, lambda a, b: a | b)

    def _and(self) -> Flags:
        return self._chain("&", self._not, lambda a, b: a & b)

    def _not(self) -> Flags:
        odd = False
        while self._next("-"):
            odd = not odd
        if self.at >= len(self.tokens):
            raise self._wrong("it stops too early")
        if self._next("("):
            self.deep += 1
            if self.deep > _DEEPEST:
                raise self._wrong(f"brackets more than {_DEEPEST} deep are not read")
            found = self._iff()
            if not self._next(")"):
                raise self._wrong("a bracket is not closed")
            self.deep -= 1
        elif self._next("option"):
            option = self.tokens[self.at - 1][1]
            self.used.add(option)
            found = (self.codes >> self.bit[option] & 1).astype(bool)
        else:
            raise self._wrong("an option is missing")
        return ~found if odd else found
