"""The first sheet of a spreadsheet as rows of text."""

import csv
import io
from datetime import datetime
from typing import Any

from winset.errors import FormatError, ReadingError
from winset.formats.cells import decoded, unguarded
from winset.reading.archive import open_archive
from winset.reading.limits import Limits

LONGEST_CELL = 1 << 20


def csv_rows(data: bytes, where: str) -> list[list[str]]:
    """Rows of a CSV file, comma, semicolon or tab between the cells. Raises FormatError where it is none."""
    text = decoded(data)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [[unguarded(cell.strip()) for cell in row] for row in reader]
    except csv.Error as error:
        raise FormatError(f"{where}: not a CSV file that can be read ({error}); save it as CSV UTF-8 again") from None


def xlsx_rows(data: bytes, where: str) -> list[list[str]]:
    """Rows of the first sheet; formulas count by their last value, whole numbers are written without a point.

    Raises FormatError where it is no such file or breaks a limit of archives.
    """
    import openpyxl  # slow to import, and needed by few

    try:
        open_archive(data, limits=Limits()).close()
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            rows = [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        finally:
            book.close()
    except FormatError:
        raise
    except ReadingError as error:
        raise FormatError(f"{where}: {error}") from None
    except Exception as error:  # openpyxl raises whatever its XML parser and its guesses come to
        raise FormatError(f"{where}: not an XLSX file that can be read ({error}); save it again as .xlsx") from None
    return rows


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def xlsx_bytes(rows: list[list[Any]], sheet: str) -> bytes:
    """A workbook of one sheet; texts are never formulas or links."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a fixed time gives the same bytes
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return out.getvalue()
