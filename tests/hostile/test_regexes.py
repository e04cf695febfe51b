"""Every regular expression of the package takes time in proportion to the text, for texts made to hurt it."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import winset

FAMILIES = {
    "letters": "a", "capitals": "Ab ", "blanks": " ", "line ends": "\n", "digits": "1", "open tags": "<a ",
    "quotes": "\"'“", "brackets": "([{", "dashes": "- — ", "words": "the said ", "dates": "May 5 ", "entities": "&#x1", "offices": "deputy ",
}  # fmt: skip
LENGTHS = 10_000, 100_000
SLOWEST = 0.2  # seconds of processor time for the longer text
FLOOR = 0.01  # seconds below which a ratio says nothing
GROWTH = 30  # for ten times the text: in proportion is 10, the square 100; what lies between is a busy machine


def _patterns() -> dict[str, re.Pattern[Any]]:
    """Compiled patterns in modules and classes of the package, also in their tuples, lists and tables."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(winset.__path__, "winset."):
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            for place, pattern in _within(value, f"{module.name}.{name}", 3):
                if pattern.pattern:
                    found.setdefault(place, pattern)
    unique = {(p.pattern, p.flags): place for place, p in sorted(found.items(), reverse=True)}
    return {place: found[place] for place in sorted(unique.values())}


def _within(value: Any, place: str, depth: int) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield place, value
    elif depth and isinstance(value, dict):
        for key, one in value.items():
            yield from _within(one, f"{place}[{key!r}]"[:120], depth - 1)
    elif depth and isinstance(value, tuple | list):
        for number, one in enumerate(value[:50]):
            yield from _within(one, f"{place}[{number}]", depth - 1)


PATTERNS = _patterns()


def test_there_are_patterns_to_test() -> None:
    assert len(PATTERNS) > 10


@pytest.mark.parametrize("place", PATTERNS)
def test_a_pattern_is_linear(place: str) -> None:
    pattern = PATTERNS[place]
    for family, unit in FAMILIES.items():
        short, long = (_seconds(pattern, unit, length) for length in LENGTHS)
        assert long <= SLOWEST, f"{family}: {long:.3f} s"
        assert long <= GROWTH * max(short, FLOOR), f"{family}: {short:.4f} s, then {long:.4f} s"


def _seconds(pattern: re.Pattern[Any], unit: str, length: int) -> float:
    """The best of a few runs that look for every match."""
    text: Any = (unit * (length // len(unit) + 1))[:length]
    if isinstance(pattern.pattern, bytes):
        text = text.encode()
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        for _ in pattern.finditer(text):
            pass
        pattern.match(text)
        best = min(best, time.process_time() - began)
        if best < FLOOR:
            break
    return best
