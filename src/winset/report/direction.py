"""Which way a text runs: by most of its letters, since a sentence of one script may begin with a word of another."""

import re
from unicodedata import bidirectional

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)  # the blocks of Unicode whose letters run from right to left
LOOKED_AT = 4_000  # characters of a long text


def direction(text: str) -> str:
    """ "rtl" or "ltr", as most letters of the text run; where as many run either way, as the first does."""
    right, left = _counted(text[:LOOKED_AT])
    return "rtl" if right > left or (right == left and _first(text) == "rtl") else "ltr"


def turned(text: str) -> str:
    """`direction` where a browser left alone (dir="auto", the first letter) would take the other one, else empty."""
    if not _RIGHT_TO_LEFT.search(text[:LOOKED_AT]):
        return ""
    way = direction(text)
    return "" if _first(text) == way else way


def _counted(text: str) -> tuple[int, int]:
    """Letters that run from right to left, and the others."""
    if not _RIGHT_TO_LEFT.search(text):
        return 0, 1
    kinds = [bidirectional(one) for one in text]
    return sum(one in ("R", "AL") for one in kinds), kinds.count("L")


def _first(text: str) -> str:
    for one in text:
        kind = bidirectional(one)
        if kind in ("R", "AL", "L"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"
