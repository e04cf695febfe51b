"""No XML that is read may name a file, the network or an entity; no name may lead out of the folder."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hostile import corpora
from tests.reading import makers

from winset.errors import ReadingError
from winset.reading.documents import read_document
from winset.reading.host import ReaderProcess
from winset.reading.limits import Limits
from winset.reading.xml import parse_xml

CANARY = "canary-7c1f"
WORD = makers.word(["The minister said no."])
PAYLOADS = sorted(corpora.payloads("/none"))


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess(Limits()) as made:
        made.read(WORD, _format("docx"))  # so that its start is not in the times
        yield made


def _format(name: str) -> object:
    from winset.reading.table import BY_NAME

    return BY_NAME[name]


def test_there_are_25_payloads() -> None:
    assert len(PAYLOADS) == 25


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_is_refused_by_the_one_factory(name: str, tmp_path: Path) -> None:
    (tmp_path / "canary").write_text(CANARY)
    began = time.process_time()
    with pytest.raises(ReadingError, match=r"DOCTYPE|not well-formed") as caught:
        parse_xml(corpora.payloads(str(tmp_path / "canary"))[name])
    assert time.process_time() - began <= 1
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/footnotes.xml", "docProps/core.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_in_a_word_document_is_refused(process: ReaderProcess, name: str, part: str, tmp_path: Path) -> None:
    (tmp_path / "canary").write_text(CANARY)
    data = makers.with_part(WORD, part, corpora.payloads(str(tmp_path / "canary"))[name])
    with pytest.raises(ReadingError) as caught:
        read_document(data, id="a", file="a.docx", process=process)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("suffix", ["svg", "xml", "rss"])
def test_other_xml_is_not_read_at_all(process: ReaderProcess, suffix: str) -> None:
    data = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "/etc/hostname">]><a>&x;</a>'
    with pytest.raises(ReadingError, match="XML"):
        read_document(data, id="a", file=f"a.{suffix}", process=process)


@pytest.mark.parametrize("name", corpora.names(), ids=range(40))
def test_a_member_or_attachment_of_any_name_makes_no_file(process: ReaderProcess, name: str, tmp_path: Path) -> None:
    marked = sorted(tmp_path.parent.rglob("*evil*"))
    package = makers.with_part(WORD, f"word/media/{name}", b"x")
    mail = (
        b"From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\n\r\nThe minister said no.\r\n--b\r\nContent-Type: text/plain\r\n"
        b"Content-Disposition: attachment; filename*=utf-8''"
        + "".join(f"%{byte:02x}" for byte in name.encode()).encode()
        + b"\r\n\r\nx\r\n--b--\r\n"
    )
    for data, file in ((package, "a.docx"), (mail, "a.eml")):
        try:
            outcome = read_document(data, id="a", file=file, process=process).text
        except ReadingError as error:
            outcome = str(error)
        assert outcome.strip() == "The minister said no." or (file == "a.docx" and len(outcome) < 400)
    assert sorted(tmp_path.parent.rglob("*evil*")) == marked
