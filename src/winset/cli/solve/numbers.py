"""Lists of numbers on the command line: `0.9,0.8`."""

import math
from typing import Any

import click


class Numbers(click.ParamType[Any]):
    """Comma-separated finite numbers, as a tuple; `count` of them where that is given."""

    name = "numbers"

    def __init__(self, count: int | None = None) -> None:
        self.count = count

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        if isinstance(value, tuple):
            return value
        try:
            found = tuple(float(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is not a list of numbers such as 0.9,0.8", param, ctx)
        if not all(math.isfinite(x) for x in found):
            self.fail(f"{value!r} holds something that is not a finite number", param, ctx)
        if self.count is not None and len(found) != self.count:
            self.fail(f"{value!r} has {len(found)} numbers; {self.count} are needed", param, ctx)
        return found


NUMBERS = Numbers()
PAIR = Numbers(2)
