"""What lasts: one case = one SQLite file; append-only operations; migrations; the text form of a case."""
