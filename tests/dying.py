"""Work that kills its worker: in a module of its own, because fresh processes import it."""

import os
from pathlib import Path


def dies_once(mark: str, n: int) -> int:
    """The square of `n`, and death at 3 unless `mark` says that somebody has died."""
    if n == 3 and not Path(mark).exists():
        Path(mark).touch()
        dies(None, n)
    return n * n


def dies(_: object, n: int) -> int:
    """No answer."""
    os._exit(1)
