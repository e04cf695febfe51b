"""Cells that a spreadsheet shows and never runs."""

import unicodedata

_TRIGGERS = "=+-@\t\r\n"
_IGNORED = " \u00a0\ufeff\"'"


def _runs(text: str) -> bool:
    bare = unicodedata.normalize("NFKC", text.lstrip(_IGNORED))
    return bare[:1] in _TRIGGERS if bare else False


def guarded(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet might take it for a formula."""
    return f"'{text}" if text[:1] in ("\t", "\r", "\n") or _runs(text) else text


def unguarded(text: str) -> str:
    """What was there before `guarded`."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text
