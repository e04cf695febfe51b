"""Bytes in, Document out; opens nothing. One module a format, and a literal table of them in `table.py`."""
