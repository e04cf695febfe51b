"""What goes out comes back equal; tables never run; hostile projects are refused with a message."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset
from winset.domain.plain.statements import statement_to
from winset.errors import FormatError, StoreError
from winset.formats.notes import anchors
from winset.formats.qdpx import PROJECT, read_qdpx, write_qdpx
from winset.formats.quotations import COLUMNS
from winset.services.sources import load_case


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(winset, [str(word) for word in words])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    made = json.loads(run("demo", "--episode", "lorn-strait", "--into", folder, "--json").stdout)
    return Path(made["case"])


def test_a_project_comes_back_equal(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "case.qdpx"
    assert run("export", demo, "--format", "qdpx", "-o", out).exit_code == 0
    done = run("import", tmp_path / "back.winset", out)
    assert done.exit_code == 0, done.output
    before, after = load_case(demo), load_case(tmp_path / "back.winset")
    assert after.documents == before.documents
    assert after.statements == before.statements
    assert run("import", tmp_path / "back.winset", out).exit_code == 0  # again: nothing is doubled
    assert load_case(tmp_path / "back.winset") == after


def test_annotations_come_back_equal_and_orphans_are_listed(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "case.jsonld"
    assert run("export", demo, "--format", "jsonld", "-o", out).exit_code == 0
    text, empty = tmp_path / "case.json", tmp_path / "empty.winset"
    assert run("export", demo, "-o", text).exit_code == 0
    value = json.loads(text.read_text(encoding="utf-8"))
    value |= {"statements": [], "reviews": []}
    text.write_text(json.dumps(value), encoding="utf-8")
    assert run("import", empty, text).exit_code == 0
    assert run("import", empty, out).exit_code == 0
    before = load_case(demo)
    assert load_case(empty).statements == before.statements
    page = json.loads(out.read_text(encoding="utf-8"))
    page["items"][0]["target"][0]["selector"][1]["exact"] = "words that were never there"
    out.write_text(json.dumps(page), encoding="utf-8")
    bare = tmp_path / "bare.winset"
    assert run("import", bare, text).exit_code == 0
    done = run("import", bare, out)
    assert done.exit_code == 0
    assert "do not stand there" in done.stderr
    assert len(load_case(bare).statements) == len(before.statements) - 1


def test_the_quotation_table_is_the_same_in_every_form_and_never_runs(demo: Path, tmp_path: Path) -> None:
    value = json.loads(run("export", demo, "--format", "json").stdout)
    value["documents"][0]["title"] = "=HYPERLINK(1)"
    evil = tmp_path / "evil.json"
    evil.write_text(json.dumps(value), encoding="utf-8")
    for form in ("csv", "xlsx", "json"):
        assert run("export", evil, "--format", f"quotations.{form}", "-o", tmp_path / f"q.{form}").exit_code == 0
    rows = json.loads((tmp_path / "q.json").read_text(encoding="utf-8"))["rows"]
    assert len(rows) == len(value["statements"])
    table = list(csv.DictReader(io.StringIO((tmp_path / "q.csv").read_text(encoding="utf-8-sig"))))
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    assert list(table[0]) == list(COLUMNS)
    assert any(row["title"] == "'=HYPERLINK(1)" for row in table)
    sheet = openpyxl.load_workbook(tmp_path / "q.xlsx").worksheets[0]
    cells = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
    assert cells == [list(row.values()) for row in rows]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    documents = {one["doc"]: one["text"] for one in value["documents"]}
    for row in rows:
        assert all(part in documents[row["document"]] for part in row["quotation"].split(" … "))


def test_parquet_holds_the_same_rows(demo: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "q.parquet"
    assert run("export", demo, "--format", "quotations.parquet", "-o", out).exit_code == 0
    rows = json.loads(run("export", demo, "--format", "quotations.json").stdout)["rows"]
    assert parquet.read_table(out).to_pylist() == rows


def test_references_name_every_document(demo: Path) -> None:
    case = load_case(demo)
    ris = run("export", demo, "--format", "ris").stdout
    assert ris.count("TY  - ") == ris.count("ER  - ") == len(case.documents)
    bibtex = run("export", demo, "--format", "bibtex").stdout
    assert bibtex.count("@misc{") == len(case.documents)
    assert bibtex.count("{") == bibtex.count("}")
    csl = json.loads(run("export", demo, "--format", "csl").stdout)
    assert [one["id"] for one in csl] == [one.id for one in case.documents]


def test_notes_link_to_anchors_that_are_there(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "notes"
    assert run("export", demo, "--format", "notes", "-o", out).exit_code == 0
    case = load_case(demo)
    sources = "".join(path.read_text(encoding="utf-8") for path in (out / "sources").iterdir())
    for one in case.statements:
        assert f" ^{anchors(case)[one.id]}\n" in sources
    for path in out.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("---\n")
        for link in text.split("[[")[1:]:
            name, _, block = link.partition("]]")[0].partition("#^")
            target = (out / f"{name}.md").read_text(encoding="utf-8")
            assert not block or f" ^{block}\n" in target
    assert isinstance(run("export", demo, "--format", "notes", "-o", out).exception, StoreError)  # the name is taken


def packed(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


HEAD = '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes><Code guid="c" name="demand"/><Code guid="d" name="Hope"/></Codes></CodeBook><Sources>'


def test_a_project_of_another_program_gives_its_selections() -> None:
    xml = (
        HEAD
        + '<TextSource name="Talk.txt" plainTextPath="internal://a.txt"><PlainTextSelection startPosition="0" endPosition="5">'
        '<Coding><CodeRef targetGUID="c"/></Coding><Coding><CodeRef targetGUID="d"/></Coding></PlainTextSelection></TextSource>'
        '<PictureSource name="Photo"/></Sources></Project>'
    )
    found = read_qdpx(packed(project_dot_qde=xml, sources__a_dot_txt="Aleph bet"), "p.qdpx")
    (one,) = found.statements
    assert (one.acts, one.content[0].of(found.documents[0].text), one.why) == (("demand",), "Aleph", ("coded Hope",))
    assert any("Photo" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "damaged"),
        (b"no archive at all", "damaged"),
        (packed(other="x"), "project.qde"),
        (packed(project_dot_qde="<Project"), "not well-formed"),
        (packed(project_dot_qde='<!DOCTYPE x [<!ENTITY a "b">]><Project/>'), "DOCTYPE"),
        (packed(project_dot_qde="<Other/>"), "no REFI-QDA project"),
        (packed(project_dot_qde=HEAD + '<TextSource name="a" plainTextPath="internal://../../etc/passwd"/></Sources></Project>'), "not inside"),
        (packed(project_dot_qde=HEAD + '<TextSource name="a" plainTextPath="/etc/passwd"/></Sources></Project>'), "not inside"),
        (packed(project_dot_qde=HEAD + '<TextSource name="a" plainTextPath="internal://b.txt"/></Sources></Project>'), "missing"),
        (
            packed(
                project_dot_qde=HEAD + '<TextSource name="a" plainTextPath="internal://b.txt"><PlainTextSelection startPosition="2" endPosition="99"/></TextSource></Sources></Project>',
                sources__b_dot_txt="short",
            ),
            "reaches past",
        ),
    ],
)  # fmt: skip
def test_a_broken_project_is_refused_with_its_reason(data: bytes, word: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"p\.qdpx") as caught:
        read_qdpx(data, "p.qdpx")
    assert word in str(caught.value)
    (tmp_path / "p.qdpx").write_bytes(data)
    done = run("import", tmp_path / "new.winset", tmp_path / "p.qdpx")
    assert isinstance(done.exception, FormatError)
    assert not (tmp_path / "new.winset").exists()


def test_the_same_case_gives_the_same_project(demo: Path) -> None:
    case = load_case(demo)
    assert write_qdpx(case) == write_qdpx(case)
    value: Any = [statement_to(one) for one in read_qdpx(write_qdpx(case), "p").statements]
    assert value == [statement_to(one) for one in case.statements]
    with zipfile.ZipFile(io.BytesIO(write_qdpx(case))) as archive:
        assert PROJECT in archive.namelist()
