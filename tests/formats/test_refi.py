"""REFI-QDA projects and codebooks beside the rules of the standard (`refi.py`), and files as other programs write them."""

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cli.running import run
from tests.formats.refi import codebook_faults, faults, project_faults

from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement
from winset.domain.issues import Issue
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Grounds, Span
from winset.domain.vocabulary import Codebook, CodebookIssue, CodePoint
from winset.errors import FormatError
from winset.evidence import coding
from winset.formats.codebook_files import write_codebook
from winset.formats.qdpx import read_qdpx, write_qdpx
from winset.reading.xml import parse_xml
from winset.services import cases
from winset.services.sources import load_case

WORDS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=12)


def statement(n: int, doc: str, spans: tuple[Span, ...], by: str) -> Statement:
    return Statement(
        id=f"{doc}#{n}", doc=doc, source=(), cue=(), content=spans, kind="indirect", acts=("demand",),
        speaker=Voice(id="v", kind="none"), by=by,
    )  # fmt: skip


@given(title=WORDS, text=WORDS, name=WORDS, by=st.sampled_from(["reader 1", "Ann", "Zoë <&>"]), several=st.booleans())
@settings(max_examples=60, deadline=None)
def test_whatever_a_case_holds_the_standard_allows_its_project(
    title: str, text: str, name: str, by: str, several: bool
) -> None:
    text = f"{text} and more \U0001f600 {text}"
    document = Document(id="d", text=text, sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), title=name)
    spans = (Span(0, 1), Span(len(text) - 1, len(text))) if several else (Span(0, len(text)),)
    case = Case(
        title=title, documents=(document,), issues=(Issue(id="pay", question=f"{name}?", kind="ordered"),),
        statements=(statement(1, "d", spans, by), statement(2, "d", spans[:1], by)),
        judgements=(Judgement(quantity="position", party="a", issue="pay", value=Exact(1.0), by=by, grounds=(Grounds(doc="d", statement="d#1"),)),),
    )  # fmt: skip
    data = write_qdpx(case)
    assert project_faults(data) == []
    back = read_qdpx(data, "p.qdpx")
    assert back.statements == case.statements
    assert back.documents[0].text == text


@pytest.mark.parametrize(
    "case",
    [
        Case(),
        Case(issues=(Issue(id="pay", question="Pay?", kind="ordered"),)),
        Case(documents=(Document(id="d", text="", sha256=sha256(b"").hexdigest()),)),
    ],
)
def test_a_case_of_which_there_is_little_is_still_a_project(case: Case) -> None:
    assert project_faults(write_qdpx(case)) == []


@pytest.mark.parametrize("id", coding.PACKAGED)
def test_the_standard_allows_every_packaged_codebook(id: str) -> None:
    assert codebook_faults(write_codebook(coding.packaged(id), ".qdc")) == []


@given(title=WORDS, question=WORDS, label=WORDS)
@settings(max_examples=40, deadline=None)
def test_the_standard_allows_any_words_in_a_codebook(title: str, question: str, label: str) -> None:
    points = tuple(CodePoint(value=v, label=f"{label}{v}", phrases=()) for v in (0.0, 100.0))
    book = Codebook(
        id="x", title=title, version="1", issues=(CodebookIssue(id="i", question=f"{question}?", points=points),)
    )
    assert codebook_faults(write_codebook(book, ".qdc")) == []


HEAD = '<Project xmlns="urn:QDA-XML:project:1.0" name="Elsewhere">'
CODE = "5F1D3E1C-7F0A-4C21-9E0B-1B0F6E2C9A11"
TEXT = "We demand nine per cent, the union said."


def project(sources: str, codes: str = "", **texts: str) -> bytes:
    book = f"<CodeBook><Codes>{codes}</Codes></CodeBook>" if codes else ""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", f"{HEAD}{book}<Sources>{sources}</Sources></Project>")
        for name, text in texts.items():
            archive.writestr(f"sources/{name}.txt", text)
    return out.getvalue()


def selection(start: int, end: int, code: str) -> str:
    coding = f'<Coding guid="{CODE}"><CodeRef targetGUID="{code}"/></Coding>'
    return (
        f'<PlainTextSelection guid="{CODE}" startPosition="{start}" endPosition="{end}">{coding}</PlainTextSelection>'
    )


@pytest.mark.parametrize("written", [CODE, CODE.lower(), f"{{{CODE}}}", f"{{{CODE.lower()}}}"])
def test_a_code_is_found_however_its_guid_is_written(written: str) -> None:
    source = f'<TextSource name="t" plainTextPath="internal://a.txt">{selection(0, 23, written)}</TextSource>'
    found = read_qdpx(project(source, f'<Code guid="{CODE}" name="demand" isCodable="true"/>', a=TEXT), "p.qdpx")
    assert [one.acts for one in found.statements] == [("demand",)]
    assert not found.remarks


def test_what_a_project_elsewhere_lacks_is_left_out_and_named() -> None:
    pdf = (
        '<PDFSource name="Speech" path="internal://s.pdf"><PDFSelection/><Representation plainTextPath="internal://a.txt">'
        f"{selection(0, 9, CODE)}{selection(3, 3, CODE)}{selection(3, 9, 'no-such-code')}</Representation></PDFSource>"
    )
    rest = (
        '<TextSource name="Afar" plainTextPath="relative:///texts/b.txt"/><TextSource name="Rich" richTextPath="internal://c.docx"/>'
        '<AudioSource name="Tape" path="internal://d.mp3"/><PDFSource name="Scan"/>'
    )
    found = read_qdpx(project(pdf + rest, f'<Code guid="{CODE}" name="Offer" isCodable="true"/>', a=TEXT), "p.qdpx")
    assert [(one.id, one.title) for one in found.documents] == [("speech", "Speech")]
    assert [(one.acts, one.content) for one in found.statements] == [
        (("offer",), (Span(0, 9),)),
        (("report",), (Span(3, 9),)),
    ]
    said = "\n".join(found.remarks)
    for word in ("Afar", "Rich", "Tape", "Scan", "areas on its pages", "selects nothing", "NO-SUCH-CODE"):
        assert word in said, word


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b"<x>" + b" " * (200 << 20))
    return out.getvalue()


def crowd() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", f"{HEAD}</Project>")
        for n in range(5_100):
            archive.writestr(f"sources/{n}.txt", "")
    return out.getvalue()


def wrong(name: str, canary: Path) -> bytes:
    whole = project(
        f'<TextSource name="t" plainTextPath="internal://a.txt">{selection(0, 9, CODE)}</TextSource>', a=TEXT
    )
    entity = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{canary.as_uri()}">]>'
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'

    def bare(xml: str | bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("project.qde", xml)
        return out.getvalue()

    return {
        "cut": whole[: len(whole) // 2], "cut at its end": whole[:-10], "flipped": whole[:60] + b"\xff" * 8 + whole[68:],
        "bomb": bomb(), "crowd": crowd(), "no project": whole.replace(b"project.qde", b"projekt.qde"),
        "bad XML": bare(f"{HEAD}<Sources>"), "entity": bare(f"{entity}{HEAD}&a;</Project>"), "laughs": bare(f"{laughs}{HEAD}&b;</Project>"),
        "deep": bare("<a>" * 5_000 + "</a>" * 5_000), "not text": bare(b"\x00\x01\x02"),
        "positions": project(f'<TextSource name="t" plainTextPath="internal://a.txt">{selection(5, 4, CODE)}</TextSource>', a=TEXT),
        "far": project(f'<TextSource name="t" plainTextPath="internal://a.txt">{selection(0, 10**30, CODE)}</TextSource>', a=TEXT),
        "climbing": project('<TextSource name="t" plainTextPath="internal://../../c.txt"/>'),
    }[name]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["cut", "cut at its end", "flipped", "bomb", "crowd", "no project", "bad XML", "entity", "laughs", "deep", "not text",
     "positions", "far", "climbing"],
)  # fmt: skip
def test_a_broken_project_changes_nothing_and_says_what_is_wrong(name: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("canary", encoding="utf-8")
    path, source = tmp_path / "talks.winset", tmp_path / "theirs.qdpx"
    assert run("new", str(path)).exit_code == 0
    (tmp_path / "a.txt").write_text(f"{TEXT}\n", encoding="utf-8")
    assert run("add", str(path), str(tmp_path / "a.txt")).exit_code == 0
    before, history = load_case(path), cases.history(path)
    source.write_bytes(wrong(name, canary))
    done = run("import", str(path), str(source))
    assert isinstance(done.exception, FormatError), done.output
    assert "theirs.qdpx" in str(done.exception)
    assert "canary" not in str(done.exception).replace("canary.txt", "")
    assert (load_case(path), cases.history(path)) == (before, history)


def test_an_import_is_taken_back_and_repeated(tmp_path: Path) -> None:
    path, source = tmp_path / "talks.winset", tmp_path / "theirs.qdpx"
    assert run("new", str(path)).exit_code == 0
    empty = load_case(path)
    source.write_bytes(
        project(f'<TextSource name="t" plainTextPath="internal://a.txt">{selection(0, 9, CODE)}</TextSource>', a=TEXT)
    )
    assert run("import", str(path), str(source)).exit_code == 0
    full = load_case(path)
    assert len(full.statements) == 1
    assert run("import", str(path), str(source)).exit_code == 0
    assert load_case(path) == full, "a second time adds nothing"
    cases.undo(path)
    assert load_case(path) == empty
    cases.redo(path)
    assert load_case(path) == full


def test_the_oracle_itself_sees_what_is_wrong() -> None:
    space = "urn:QDA-XML:project:1.0"
    for xml, word in (
        (f'<Project xmlns="{space}"/>', "lacks name"),
        (f'<Project xmlns="{space}" name="a"><Users/></Project>', "Users holds"),
        (f'<Project xmlns="{space}" name="a"><Sources><TextSource guid="1"/></Sources></Project>', "guid='1'"),
        (f'<Project xmlns="{space}" name="a"><CodeBook><Codes><Code guid="{CODE}" name="x" isCodable="yes"/></Codes></CodeBook></Project>', "isCodable"),
        (f'<Project xmlns="{space}" name="a"><Sources><TextSource guid="{CODE}"/></Sources><Users><User guid="{CODE}"/></Users></Project>', "Project holds"),
    ):  # fmt: skip
        assert any(word in one for one in faults(parse_xml(xml.encode(), name="x"), space)), word
