"""One saying told in several places: wire copy, trimmed, laid to somebody else; what is like it and is not it."""

from datetime import date

import pytest

from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Span
from winset.evidence import repeats
from winset.evidence.attribution import annotate
from winset.evidence.extract import extract
from winset.evidence.repeats import differences, fold


def told(*texts: str) -> tuple[list[Document], list[Statement]]:
    documents = [
        Document(id=f"d{n}", text=text, sha256="0" * 64, date=date(2026, 5, 14), language="en")
        for n, text in enumerate(texts, 1)
    ]
    return documents, [one for document in documents for one in extract(document, annotate(document.text))]


FULL = "“The corridor will open on Friday and nobody will stop it,” said Karim Zadeh, the envoy of Oman."


def test_wire_copy_stands_under_its_first_telling() -> None:
    documents, statements = told(FULL, FULL, FULL)
    assert fold(documents, statements) == {"d1#1": ("d2#1", "d3#1")}


def test_a_quotation_trimmed_at_both_ends_is_found() -> None:
    documents, statements = told(
        FULL, "“Corridor will open on Friday and nobody will,” said Karim Zadeh, the envoy of Oman."
    )
    assert fold(documents, statements) == {"d1#1": ("d2#1",)}
    texts = {document.id: document.text for document in documents}
    assert differences(*statements, texts) == ()


def test_a_quotation_laid_to_somebody_else_keeps_both_and_says_so() -> None:
    documents, statements = told(FULL, FULL.replace("Karim Zadeh", "Badr Lawati"))
    assert fold(documents, statements) == {"d1#1": ("d2#1",)}
    texts = {document.id: document.text for document in documents}
    assert differences(*statements, texts) == ("speaker",)


def test_other_words_for_it_are_shown() -> None:
    documents, statements = told(FULL, FULL.replace("open on Friday", "open Friday"))
    texts = {document.id: document.text for document in documents}
    assert fold(documents, statements) == {"d1#1": ("d2#1",)}
    assert differences(*statements, texts) == ("wording",)


def test_a_saying_told_twice_in_one_article_is_one() -> None:
    documents, statements = told(FULL + " “The corridor will open on Friday and nobody will stop it,” Zadeh repeated.")
    assert fold(documents, statements) == {"d1#1": ("d1#2",)}


def test_two_people_who_say_something_alike_in_other_words_are_two() -> None:
    documents, statements = told(
        "“The corridor will stay shut for years,” said Karim Zadeh.",
        "“The corridor will open for a month,” said Badr Lawati.",
    )
    assert fold(documents, statements) == {}


def test_short_formulas_are_no_repeats() -> None:
    documents, statements = told("“No comment,” said Ann Lee.", "“No comment,” said Bob Orr.")
    assert fold(documents, statements) == {}


def test_what_a_telling_is_compared_with_does_not_hang_on_the_order_of_a_set(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [" ".join(f"{one}{other}rt" for other in "vwxy") for one in "bdfghjklmnpqr"]
    contents = [*runs, " ".join(runs)]
    text = "\n".join(contents)
    document = Document(id="d", text=text, sha256="0" * 64)
    said, at = [], 0
    for n, words in enumerate(contents):
        said.append(
            Statement(
                id=f"d#{n}", doc="d", source=(), cue=(), content=(Span(at, at + len(words)),), kind="indirect",
                speaker=Voice(id=f"v{n}", kind="collective", name=f"V{n}"), acts=("demand",),
            )
        )  # fmt: skip
        at += len(words) + 1
    compared: list[str] = []
    monkeypatch.setattr(repeats, "_same", lambda a, told, b, other: compared.append(b.id))
    repeats.fold([document], said)
    assert compared == [f"d#{n}" for n in range(repeats.MOST)]
