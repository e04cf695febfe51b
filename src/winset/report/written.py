"""Long lists of records that are written as JSON as they come, without an object for each."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

BLOCK = 5_000  # records that are written at once


class Written(Sequence[Any]):
    """Records that become JSON texts where they are asked for, and values one by one."""

    def __init__(self, number: int, write: Callable[[int, int], list[str]]) -> None:
        """`write(begin, end)` gives the texts of the records from `begin` up to but not at `end`."""
        self._number, self._write = number, write

    def __len__(self) -> int:
        return self._number

    def texts(self) -> Iterator[str]:
        """Each as JSON, one after the other."""
        for begin in range(0, self._number, BLOCK):
            yield from self._write(begin, min(begin + BLOCK, self._number))

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> list[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        there = range(self._number)[at]
        if isinstance(there, int):
            return json.loads(self._write(there, there + 1)[0])
        return [self[one] for one in there]

    def __iter__(self) -> Iterator[Any]:
        return map(json.loads, self.texts())
