"""What is in a table's bytes, and cells that a spreadsheet shows and never runs."""

import unicodedata
from collections.abc import Sequence

from winset.errors import FormatError

_TRIGGERS = "=+-@\t\r\n"
_IGNORED = " \u00a0\ufeff\"'"


def decoded(data: bytes) -> str:
    """The text of a table as a spreadsheet saves it: UTF-8, UTF-16 with its mark, or Windows-1252."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def fits(row: Sequence[str], width: int, line: int, name: str) -> None:
    """Raises FormatError where a row says more than the headings can hold, as a number with a comma in it makes it do."""
    if any(cell.strip() for cell in row[width:]):
        extra = next(cell for cell in row[width:] if cell.strip())
        raise FormatError(
            f"{name}, line {line}: {len(row)} cells under {width} headings, {extra!r} is one too many; "
            "write numbers with a point, and quote a text with the separator in it"
        )


def _runs(text: str) -> bool:
    bare = unicodedata.normalize("NFKC", text.lstrip(_IGNORED))
    return bare[:1] in _TRIGGERS if bare else False


def guarded(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet might take it for a formula."""
    return f"'{text}" if text[:1] in ("\t", "\r", "\n") or _runs(text) else text


def unguarded(text: str) -> str:
    """What was there before `guarded`."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text
