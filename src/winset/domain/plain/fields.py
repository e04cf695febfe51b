"""Reading one JSON object field by field, with errors that a person who typed the file can act on."""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, TypeVar

from winset.errors import CaseError

T = TypeVar("T")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\s{0,9}([-+]?\d+(?:[.,]\d+)?)\s{0,9}(%|percent)?\s{0,9}")
_MISSING: Any = object()


def shown(value: object, limit: int = 60) -> str:
    """A value as JSON writes it, cut to `limit` characters."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def plain_number(value: float) -> float | int:
    """A float as JSON should show it: 60, not 60.0."""
    return int(value) if float(value).is_integer() and abs(value) < 2**53 else float(value)


def plain_day(day: date | None) -> str | None:
    """A date as `YYYY-MM-DD`."""
    return day.isoformat() if day else None


@dataclass(slots=True)
class Fields:
    """One JSON object at `path`; every key that is read is ticked off, so that `done` can name those nobody knows.

    `remarks` collects what was odd but harmless. A key whose value is null counts as absent.
    """

    value: Any
    path: str = ""
    remarks: list[str] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if not isinstance(self.value, Mapping):
            raise CaseError(f"{self.path or 'the file'}: expected an object {{...}}, got {shown(self.value)}")

    def at(self, key: str) -> str:
        """The path of one key of this object."""
        return f"{self.path}.{key}" if self.path else key

    def wrong(self, key: str, expected: str, hint: str = "") -> CaseError:
        """The error that `key` holds something other than `expected`."""
        return CaseError(f"{self.at(key)}: expected {expected}, got {shown(self.value[key])}{hint and '; ' + hint}")

    def has(self, key: str) -> bool:
        """Whether the key is there with a value; ticks it off."""
        self._seen.add(key)
        return self.value.get(key) is not None

    def _take(self, key: str, default: Any, expected: str) -> Any:
        if self.has(key):
            return self.value[key]
        if default is _MISSING:
            raise CaseError(f"{self.path or 'the file'}: {key!r} is missing; give {expected}")
        return _MISSING

    def any(self, key: str, default: Any = None) -> Any:
        """Whatever JSON value stands there."""
        return self.value[key] if self.has(key) else default

    def text(self, key: str, default: Any = _MISSING) -> Any:
        """A string."""
        found = self._take(key, default, "a text")
        if found is _MISSING:
            return default
        if not isinstance(found, str):
            hint = f'write "{found}" in quotation marks' if isinstance(found, int | float) else ""
            raise self.wrong(key, "a text", hint)
        return checked_text(found, self.at(key))

    def id(self, key: str, default: Any = _MISSING) -> Any:
        """A string that is not empty."""
        found = self.text(key, default)
        if found is not default and not found.strip():
            raise self.wrong(key, "an id that is not empty")
        return found

    def one_of(self, key: str, choices: Iterable[str], default: Any = _MISSING) -> Any:
        """One of the given strings."""
        found = self.text(key, default)
        if self.has(key) and found not in (known := list(choices)):
            near = get_close_matches(found, known, 1)
            raise self.wrong(key, f"one of {', '.join(known)}", f"did you mean {near[0]!r}?" if near else "")
        return found

    def number(self, key: str, default: Any = _MISSING) -> Any:
        """A finite number, as float."""
        found = self._take(key, default, "a number")
        return default if found is _MISSING else number(found, self.at(key))

    def whole(self, key: str, default: Any = _MISSING) -> Any:
        """A whole number, as int."""
        found = self._take(key, default, "a whole number")
        if found is _MISSING:
            return default
        if isinstance(found, bool) or not isinstance(found, int):
            raise self.wrong(key, "a whole number")
        return found

    def flag(self, key: str, default: Any = _MISSING) -> Any:
        """true or false."""
        found = self._take(key, default, "true or false")
        if found is _MISSING:
            return default
        if not isinstance(found, bool):
            raise self.wrong(key, "true or false", "without quotation marks" if isinstance(found, str) else "")
        return found

    def day(self, key: str, default: Any = None) -> Any:
        """A date `YYYY-MM-DD`."""
        found = self._take(key, default, "a date YYYY-MM-DD")
        if found is _MISSING:
            return default
        return day(found, self.at(key))

    def moment(self, key: str, default: Any = _MISSING) -> Any:
        """A date with time of day, ISO 8601."""
        found = self._take(key, default, "a time such as 2025-02-12T09:30:00+00:00")
        if found is _MISSING:
            return default
        try:
            return datetime.fromisoformat(found)
        except (TypeError, ValueError):
            raise self.wrong(key, "a time such as 2025-02-12T09:30:00+00:00") from None

    def items(self, key: str) -> list[Any]:
        """A list, empty where absent."""
        if not self.has(key):
            return []
        found = self.value[key]
        if not isinstance(found, list | tuple):
            raise self.wrong(key, "a list [...]", f"write [{shown(found)}]")
        return list(found)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        found = self.items(key)
        for n, one in enumerate(found):
            if not isinstance(one, str):
                raise CaseError(f"{self.at(key)}[{n}]: expected a text, got {shown(one)}")
            checked_text(one, f"{self.at(key)}[{n}]")
        return tuple(found)

    def numbers(self, key: str, count: int) -> tuple[float, ...]:
        """A list of exactly `count` numbers."""
        found = self.items(key)
        if len(found) != count:
            raise self.wrong(key, f"{count} numbers in a list")
        return tuple(number(one, f"{self.at(key)}[{n}]") for n, one in enumerate(found))

    def child(self, key: str) -> "Fields | None":
        """The object under `key`, None where absent."""
        return Fields(self.value[key], self.at(key), self.remarks) if self.has(key) else None

    def records(
        self, key: str, read: Callable[["Fields"], T], quick: Callable[[Any], T | None] = lambda one: None
    ) -> tuple[T, ...]:  # fmt: skip
        """A list of objects, each read by `read`, or by `quick` where that can; a rule of the record that is broken is
        reported at its path."""
        path = self.at(key)
        return tuple(
            [
                made if (made := quick(one)) is not None else record(Fields(one, f"{path}[{n}]", self.remarks), read)
                for n, one in enumerate(self.items(key))
            ]
        )

    def mapping(self, key: str) -> dict[str, Any]:
        """An object with free keys, empty where absent."""
        found = self.child(key)
        if found is None:
            return {}
        for name in found.value:
            if not isinstance(name, str):
                raise CaseError(f"{self.at(key)}: keys are texts, got {shown(name)}")
            checked_text(name, self.at(key))
        return dict(found.value)

    def done(self) -> None:
        """Remarks on each key that nothing has read, with the nearest known one."""
        for key in self.value:
            if key not in self._seen:
                near = get_close_matches(str(key), sorted(self._seen), 1, 0.75)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                self.remarks.append(f"{self.at(str(key))}: not part of winset-case/1, left out{hint}")


def record(fields: Fields, read: Callable[[Fields], T]) -> T:
    """`read(fields)`, with a broken rule of the record (ValueError) turned into a CaseError at its path."""
    try:
        made = read(fields)
    except ValueError as error:
        raise CaseError(f"{fields.path or 'the file'}: {error}") from None
    fields.done()
    return made


def number(value: object, path: str) -> float:
    """A finite number as float. Raises CaseError at `path`, with what to write where it can be told."""
    if isinstance(value, str) and (like := _NUMBER.fullmatch(value)):
        raise CaseError(
            f"{path}: expected a number, got {shown(value)}; write {like[1].replace(',', '.')} without quotation marks"
            + (" and percent sign" if like[2] else "")
        )
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CaseError(f"{path}: expected a number, got {shown(value)}")
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise CaseError(f"{path}: expected a finite number, got {shown(value)}")
    return found


def day(value: object, path: str) -> date:
    """A date written `YYYY-MM-DD`. Raises CaseError at `path`."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise CaseError(f"{path}: there is no such day as {value}") from None
    raise CaseError(f"{path}: expected a date YYYY-MM-DD, got {shown(value)}")


def checked_text(text: str, path: str) -> str:
    """The text itself. Raises CaseError where it holds half a surrogate pair, which no file can keep."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise CaseError(
                f"{path}: character {error.start} is half of a surrogate pair ({text[error.start]!a}); write it whole"
            ) from None
    return text
