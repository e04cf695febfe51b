"""winset: from what is reported about a negotiation to a case that can be checked and computed with."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from winset.services.frames import Opened

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(path: str | os.PathLike[str]) -> "Opened":
    """A case (`.winset` or its text form) for a notebook: frames for pandas and polars, and charts.

    Raises CaseError where the content is damaged or foreign, StoreError where it cannot be read.
    """
    from winset.services.frames import Opened  # loaded when asked for: `import winset` stays light

    return Opened(Path(path))
