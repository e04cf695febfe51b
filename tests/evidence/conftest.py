"""Articles read for tests: each text a document of its own, a week apart."""

from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256

import pytest

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.text import Document
from winset.services.annotators import choose
from winset.services.extraction import Read, read_statements
from winset.services.reading import Taken

FIRST = date(2026, 3, 2)
PARTIES = tuple(
    Party(id=name.lower(), name=name, aliases=(adjective,), fictional=True)
    for name, adjective in (("Arden", "Ardenian"), ("Belmar", "Belmarian"), ("Corvia", "Corvian"), ("Tessaly", "Tessalian"))
)  # fmt: skip


@pytest.fixture(scope="session")
def told() -> Callable[..., Case]:
    """Makes a case of invented articles between Arden, Belmar, Corvia and Tessaly, which are invented too."""
    annotator = choose("model")

    def case(*texts: str, parties: tuple[Party, ...] = PARTIES) -> Case:
        documents = [
            Document(id=f"d{n + 1}", text=text, sha256=sha256(f"{n}{text}".encode()).hexdigest(), language="en", date=FIRST + timedelta(days=7 * n))
            for n, text in enumerate(texts)
        ]  # fmt: skip
        taken = [Taken(document=one, data=one.text.encode()) for one in documents]
        read = [one for one in read_statements(taken, annotator, parties) if isinstance(one, Read)]
        return Case(
            parties=parties, documents=tuple(one.document for one in read),
            statements=tuple(statement for one in read for statement in one.statements),
        )  # fmt: skip

    return case
