"""Plain values from a file or the command line as what a question needs, or a message that names the key."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from winset.errors import UsageError

LARGEST = 1e12
LONGEST = 1_000_000

Check = Callable[[str, Any], Any]


def number(name: str, value: Any) -> float:
    """A finite number of at most 1e12 in size."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > LARGEST or value != value:
        raise UsageError(f"{name} needs a number (at most {LARGEST:g} in size), got {_shown(value)}")
    return float(value)


def whole(name: str, value: Any) -> int:
    """A whole number of at most a million in size."""
    found = number(name, value)
    if not found.is_integer() or abs(found) > LONGEST:
        raise UsageError(f"{name} needs a whole number (at most {LONGEST:,}), got {_shown(value)}")
    return int(found)


def numbers(name: str, value: Any) -> tuple[float, ...]:
    """One number or a list of them."""
    if isinstance(value, list | tuple):
        if not value or len(value) > LONGEST:
            raise UsageError(f"{name} needs numbers, got {_shown(value)}")
        return tuple(number(name, one) for one in value)
    return (number(name, value),)


def pair(name: str, value: Any) -> tuple[float, float]:
    """Two numbers, one a side."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise UsageError(f"{name} needs two numbers, one a side; got {_shown(value)}")
    return number(name, value[0]), number(name, value[1])


def flag(name: str, value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise UsageError(f"{name} is true or false, got {_shown(value)}")
    return value


def names(name: str, value: Any) -> tuple[str, ...]:
    """Two or more different names."""
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one for one in value):
        raise UsageError(f"{name} needs a list of names, got {_shown(value)}")
    if len(value) < 2 or len(set(value)) != len(value):
        raise UsageError(f"{name} needs two or more different names, got {_shown(value)}")
    return tuple(value)


def one_of(*choices: str) -> Check:
    """One of some words."""

    def check(name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise UsageError(f"{name} is one of {', '.join(choices)}, got {_shown(value)}")
        return value

    return check


def two_columns(name: str, value: Any) -> Any:
    """A table of two columns."""
    if not isinstance(value, list | tuple | np.ndarray) or len(value) == 0:
        raise UsageError(f"{name} needs rows of two numbers, got {_shown(value)}")
    return np.array([pair(f"{name}, row {i}", list(row) if isinstance(row, np.ndarray) else row)
                     for i, row in enumerate(value)])  # fmt: skip


def pairs(name: str, value: Any) -> tuple[tuple[float, float], ...]:
    """A list of pairs of numbers."""
    if not isinstance(value, list | tuple) or not value:
        raise UsageError(f"{name} needs a list of pairs of numbers, got {_shown(value)}")
    return tuple(pair(name, one) for one in value)


def chances(name: str, value: Any) -> tuple[tuple[int, float], ...]:
    """Rounds with their chances."""
    return tuple((whole(name, at), chance) for at, chance in pairs(name, value))


def checked(values: dict[str, Any], kinds: dict[str, Check], about: str) -> dict[str, Any]:
    """Every value by its kind; nothing (null) leaves a key out. Raises UsageError naming an unknown key or a value."""
    unknown = sorted(set(values) - set(kinds))
    if unknown:
        raise UsageError(f"unknown key {unknown[0][:40]!r} in a question about {about}; there are {', '.join(kinds)}")
    return {key: kinds[key](key, value) for key, value in values.items() if value is not None}


def _shown(value: Any) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return "a number that is not finite"
    text = repr(value) if not isinstance(value, int) or abs(value) < 10**20 else "a number too large"
    return text if len(text) <= 60 else f"{text[:57]}..."
