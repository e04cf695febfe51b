"""Other tools' files <-> winset values; bytes, not paths."""
