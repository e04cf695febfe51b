"""Long lists of records that are written as JSON as they come, without an object for each."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, overload


class Written(Sequence[Any]):
    """Records as their JSON texts; one is made into values where it is asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> "Written": ...
    def __getitem__(self, at: int | slice) -> Any:
        return Written(self.texts[at]) if isinstance(at, slice) else json.loads(self.texts[at])

    def __iter__(self) -> Iterator[Any]:
        return map(json.loads, self.texts)
