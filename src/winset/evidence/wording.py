"""Patterns for long lists of words that stay quick on any text: letters in common are written once."""

import re
from collections.abc import Iterable, Sequence

_END = ""
_SHARED = 6  # first letters that names are told apart by one at a time: deeper nesting is for the few names left


def any_of(words: str | Iterable[str]) -> str:
    """A pattern for any of some words (one string: divided by |), without the edges. `s?` at an end may follow."""
    listed = words.split("|") if isinstance(words, str) else list(words)
    root: dict[str, dict] = {}  # type: ignore[type-arg]  # a tree of letters has no shorter type
    for word in dict.fromkeys(listed):
        for form in (word[:-2], word[:-1]) if word.endswith("?") else (word,):
            node = root
            for letter in form:
                node = node.setdefault(letter, {})
            node[_END] = {}
    return _pattern(root)


def any_name(names: Iterable[str]) -> str:
    """A pattern for any of some names just as they are written, the longest that stands at a place; without the edges."""
    listed = sorted(set(names), key=len, reverse=True)
    return _longest(listed, _SHARED) if listed else "(?!)"


def _longest(names: Sequence[str], depth: int) -> str:
    """Those of the same first letter behind it once, `depth` letters deep; `names` are ordered by falling length."""
    if len(names) == 1:
        return re.escape(names[0])
    if not depth:
        return f"(?:{'|'.join(map(re.escape, names))})"
    by_letter: dict[str, list[str]] = {}
    for name in names:
        if name:
            by_letter.setdefault(name[0], []).append(name[1:])
    ways = "|".join(re.escape(letter) + _longest(rest, depth - 1) for letter, rest in by_letter.items())
    return f"(?:{ways}){'' if names[-1] else '?'}"


def _pattern(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ways = [re.escape(letter) + _pattern(after) for letter, after in node.items() if letter != _END]
    if not ways:
        return ""
    if len(ways) == 1 and _END not in node:
        return ways[0]
    return f"(?:{'|'.join(ways)}){'?' if _END in node else ''}"
