"""Patterns for long lists of words that stay quick on any text: letters in common are written once."""

import re
from collections.abc import Iterable

_END = ""


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


def _pattern(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ways = [re.escape(letter) + _pattern(after) for letter, after in node.items() if letter != _END]
    if not ways:
        return ""
    if len(ways) == 1 and _END not in node:
        return ways[0]
    return f"(?:{'|'.join(ways)}){'?' if _END in node else ''}"
