"""Invented articles read by the trained reader for tests of what follows reading."""

import datetime as dt
from hashlib import sha256

from winset.domain.case import Case
from winset.domain.text import Document
from winset.services.annotators import choose
from winset.services.extraction import Read, read_statements
from winset.services.reading import Taken


def record(*texts: str) -> Case:
    """A case of these articles and no more: ids d1, d2, ..., a week apart from 7 May 2031 on."""
    taken = []
    for number, text in enumerate(texts, 1):
        digest = sha256(text.encode()).hexdigest()
        document = Document(id=f"d{number}", text=text, sha256=digest, language="en", date=dt.date(2031, 5, number * 7))
        taken.append(Taken(document=document, data=text.encode()))
    read = [one for one in read_statements(taken, choose("model")) if isinstance(one, Read)]
    return Case(
        documents=tuple(one.document for one in read), statements=tuple(s for one in read for s in one.statements)
    )
