"""Every format becomes a document that leads back to its source; what is none is refused with a reason."""

import hashlib
from collections.abc import Iterator
from datetime import date

import pytest
from tests.reading import makers

from winset.domain.text import Document
from winset.errors import ReadingError
from winset.reading.documents import read_document
from winset.reading.host import ReaderProcess
from winset.reading.limits import Limits

SAID = "“We will not sign anything,” the minister said on Tuesday, and he left the room with his whole delegation."
MET = "The two sides met for four hours at a palace in the capital & agreed to meet again before the end of March."
PLACED = ("html", "pdf", "docx", "eml")


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess(Limits()) as made:
        yield made


def read(process: ReaderProcess, data: bytes, name: str | None) -> Document:
    return read_document(data, id="a", file=name, process=process)


def test_html_gives_main_text_title_date_and_bytes(process: ReaderProcess) -> None:
    head = '<title>Talks open</title><meta property="article:published_time" content="2025-02-18T10:00:00Z">'
    data = makers.page([SAID, MET.replace("&", "&amp;")], head=head).replace(
        b"<article>", b"<nav><a href='/'>Home</a></nav><article>"
    )
    document = read(process, data, "a.html")
    assert document.text == f"{SAID}\n\n{MET}"
    assert (document.title, document.date, document.language) == ("Talks open", date(2025, 2, 18), "en")
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    place = document.place_of(document.text.index("The two sides"))
    assert place is not None
    first, _, last = place.removeprefix("bytes ").partition("-")
    assert data[int(first) : int(last)].decode() == MET.replace("&", "&amp;")


def test_html_in_another_character_set_is_read_by_its_declaration(process: ReaderProcess) -> None:
    text = "Министр заявил, что они не подпишут это соглашение до конца месяца, но продолжат переговоры в столице."
    data = makers.page([text, text[::-1]], head='<meta charset="windows-1251">').decode().encode("cp1251")
    document = read(process, data, "a.html")
    assert text in document.text
    assert document.language == "ru"


def test_pdf_joins_lines_to_paragraphs_and_keeps_page_and_box(process: ReaderProcess) -> None:
    pages = [
        [
            "The two sides met for four hours at a palace in the",
            "capital and agreed to meet again.",
            "",
            "Then they left.",
        ]
    ]
    document = read(process, makers.pdf(pages, extra=b"/Info << /Title (Talks open) >>"), "a.pdf")
    assert document.text == (
        "The two sides met for four hours at a palace in the capital and agreed to meet again.\n\nThen they left."
    )
    assert (document.place_of(0) or "").startswith("page 1 box 72,")


def test_docx_numbers_paragraphs_and_keeps_tables_and_order(process: ReaderProcess) -> None:
    document = read(process, makers.word([SAID, "", MET], title="Talks open"), "a.docx")
    assert document.text == f"{SAID}\n\n{MET}"
    assert document.title == "Talks open"
    assert document.date is None
    assert document.place_of(len(SAID) + 2) == "word/document.xml paragraph 3"


def test_mail_gives_body_subject_date_and_names_attachments(process: ReaderProcess) -> None:
    data = (
        "From: a@example.org\r\nSubject: =?utf-8?q?Talks_=E2=80=93_open?=\r\nDate: Tue, 18 Feb 2025 10:00:00 +0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + SAID + "\r\n"
        '--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="../../x.pdf"\r\n\r\n'
        "x\r\n--b--\r\n"
    ).encode()
    for name in ("a.eml", None):
        document = read(process, data, name)
        assert document.text.strip() == SAID
        assert (document.title, document.date) == ("Talks – open", date(2025, 2, 18))
        assert document.media_type == "message/rfc822"
        assert any("attachment not read" in remark and "x.pdf" in remark for remark in document.remarks)


def test_a_txt_file_is_never_parsed(process: ReaderProcess) -> None:
    data = makers.page([SAID]).replace(b"\n", b"\r\n")
    assert read(process, data, "a.txt").text == data.decode()


def test_standard_input_is_told_by_its_content(process: ReaderProcess) -> None:
    assert read(process, makers.page([SAID, MET]), None).media_type == "text/html"
    assert read(process, SAID.encode(), None).media_type == "text/plain"
    assert read(process, makers.word([SAID]), None).text == SAID


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\t", "a.html", "blanks"),
        (bytes(range(256)), "a.txt", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a.png", "PNG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a.pdf", "PNG"),
        (b"%PDF-1.7 cut short", "a.pdf", "damaged PDF"),
        (SAID.encode(), "a.pdf", "mislabelled.*plain text.*rename it to .txt"),
        (makers.page([SAID]), "a.docx", "mislabelled.*HTML"),
        (makers.word([SAID]), "a.html", "mislabelled.*Word"),
        (makers.word([SAID]), "a.txt", "mislabelled.*Word"),
        (makers.pdf([[SAID]]), "a.txt", "mislabelled.*PDF"),
        (SAID.encode(), "a.html", "mislabelled.*plain text"),
        (makers.pdf([[]]), "a.pdf", "without text"),
        (makers.zipped({"a.txt": b"x"}), "a.zip", "no Word document"),
        (makers.word([SAID])[:-300], "a.docx", "damaged ZIP"),
        (b"\x1f\x8b\x08" + bytes(20), "a.gz", "gzip"),
        (b'<?xml version="1.0"?><rss/>', "a.xml", "XML"),
        (makers.page([""]), "a.html", "without text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "a.docx", "encrypted"),
    ],
)
def test_what_is_no_document_is_refused_with_its_reason(
    process: ReaderProcess, data: bytes, name: str, reason: str
) -> None:
    with pytest.raises(ReadingError, match=reason):
        read(process, data, name)
