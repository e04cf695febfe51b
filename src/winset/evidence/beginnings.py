"""With which letters a match of a pattern can begin, so that many patterns are tried only where one of them may fit.

Reads the part of the syntax that our lexicons use: literals, `|`, groups, look-arounds, classes, and counts after any of these.
"""

import re
from collections.abc import Iterator, Sequence

LETTERS = 7  # that are looked at, blanks among them
_COUNT = re.compile(r"(?:\?|\*|\+|\{(\d*)(?:,\d*)?\})\??")
_OPENING = re.compile(r"\((?:\?(?::|P<\w+>|-?[a-z]+:))?")
_LOOK = re.compile(r"\(\?(?:=|!|<=|<!)")
_PLAIN = re.compile(
    r"[A-Za-z0-9 '’-]{2,}(?![?*+{])|[A-Za-z0-9 '’-]+(?=[A-Za-z0-9 '’-][?*+{])"
)  # letters that stand for themselves
_SIGN = re.compile(r"\\.|\[.[^\]]{0,200}\]|[()|]", re.DOTALL)  # what tells where a branch ends
_CODE = re.compile(r"\\x([0-9a-fA-F]{2})")
_WORD = re.compile(r"(?<![\w-])\w+")

_Ends = frozenset[tuple[str, bool]]  # letters so far, and whether what follows is known
_ANY: _Ends = frozenset({("", False)})  # any letter, so that nothing more is known
_NONE: _Ends = frozenset({("", True)})


def beginnings(pattern: str) -> frozenset[str]:
    """What every match begins with one of: lower case, at most LETTERS long; an empty one stands for anything."""
    ends, at = _either(pattern, 0)
    if at != len(pattern):
        raise ValueError(f"unbalanced parenthesis at {at} of the pattern {pattern[:60]!r}")
    return frozenset(letters for letters, _ in ends)


class Index:
    """Patterns by the letters that their matches begin with."""

    def __init__(self, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> None:
        """`patterns`: the source of each without what is put ahead of it, and it compiled; matches begin at words."""
        self.patterns = [compiled for _, compiled in patterns]
        self._by: dict[str, list[int]] = {}
        for number, (source, _) in enumerate(patterns):
            for letters in beginnings(source):
                self._by.setdefault(letters, []).append(number)

    def matches(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """(number of the pattern, match), by place; those of one pattern do not overlap."""
        reached = [0] * len(self.patterns)
        for word in _WORD.finditer(text):
            start = word.start()
            lower = text[start : start + LETTERS].lower()
            for size in range(len(lower) + 1):
                for number in self._by.get(lower[:size], ()):
                    if start >= reached[number] and (found := self.patterns[number].match(text, start)):
                        reached[number] = found.end()
                        yield number, found


def _either(pattern: str, at: int) -> tuple[_Ends, int]:
    ends: set[tuple[str, bool]] = set()
    while True:
        one, at = _one_by_one(pattern, at)
        ends |= one
        if at == len(pattern) or pattern[at] == ")":
            return frozenset(ends), at
        at += 1  # the bar


def _one_by_one(pattern: str, at: int) -> tuple[_Ends, int]:
    ends = _NONE
    while at < len(pattern) and pattern[at] not in "|)":
        if not any(open for _, open in ends):
            return ends, _end_of_branch(pattern, at)
        if plain := _PLAIN.match(pattern, at):
            ends, at = _after(ends, _literal(plain.group())), plain.end()
            continue
        atom, at = _atom(pattern, at)
        if count := _COUNT.match(pattern, at):
            at = count.end()
            if count.group()[0] in "?*" or count.group(1) in ("0", ""):
                atom |= _NONE
        ends = _after(ends, atom)
    return ends, at


def _end_of_branch(pattern: str, at: int) -> int:
    """The bar or parenthesis that ends what stands here, whatever that is."""
    depth = 0
    while sign := _SIGN.search(pattern, at):
        if sign.group() == "(":
            depth += 1
        elif sign.group() in ("|", ")") and depth == 0:
            return sign.start()
        elif sign.group() == ")":
            depth -= 1
        at = sign.end()
    return len(pattern)


def _after(ends: _Ends, atom: _Ends) -> _Ends:
    met = {one for one in ends if not one[1]}
    for letters, open in ends:
        if open:
            for more, goes_on in atom:
                said = (letters + more)[:LETTERS]
                met.add((said, goes_on and len(said) < LETTERS))
    return frozenset(met)


def _atom(pattern: str, at: int) -> tuple[_Ends, int]:
    sign = pattern[at]
    if sign == "(":
        if look := _LOOK.match(pattern, at):
            _, close = _either(pattern, look.end())
            return _NONE, close + 1
        opening = _OPENING.match(pattern, at)
        assert opening is not None  # a parenthesis always opens something
        ends, close = _either(pattern, opening.end())
        return ends, close + 1
    if sign == "[":
        close = pattern.index("]", at + 2)
        inside = _CODE.sub(lambda code: chr(int(code[1], 16)), pattern[at + 1 : close])
        plain = not inside.startswith("^") and "\\" not in inside and "-" not in inside
        return (frozenset(end for one in inside for end in _literal(one)) if plain else _ANY), close + 1
    if code := _CODE.match(pattern, at):
        return _literal(chr(int(code[1], 16))), code.end()
    if sign == "\\":
        return (_NONE if pattern[at + 1] in "bBZA" else _ANY), at + 2
    return (_ANY if sign == "." else _literal(sign)), at + 1


def _literal(signs: str) -> _Ends:
    return frozenset({(signs.lower(), True)})
