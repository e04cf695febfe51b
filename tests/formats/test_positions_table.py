"""The positions table: in, out, equal; wrong cells named; nothing that a spreadsheet would run."""

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement, Likely, Range
from winset.domain.issues import Issue
from winset.errors import FormatError
from winset.formats.cells import guarded, unguarded
from winset.formats.positions_table import case_with, read_csv, read_xlsx, write_csv, write_xlsx

TABLE = """party,issue,date,position,salience,capability,note
North,Share,2025-01-02,40,80,3,by hand
South,Share,2025-01-02,10..20,50..60..90,,
South,,,,,2.5,
"""


def loaded(text: str, case: Case | None = None) -> Case:
    return case_with(case or Case(), read_csv(text.encode(), "p.csv"), by="Ann", name="p.csv")


def test_a_table_becomes_judgements_parties_and_issues() -> None:
    case = loaded(TABLE)
    assert [p.id for p in case.parties] == ["north", "south"]
    assert [(i.id, i.question) for i in case.issues] == [("share", "Share")]
    found = {(j.quantity, j.party, j.issue): j.value for j in case.judgements}
    assert found["position", "north", "share"] == Exact(40)
    assert found["position", "south", "share"] == Range(10, 20)
    assert found["salience", "south", "share"] == Likely(50, 60, 90)
    assert found["capability", "south", None] == Exact(2.5)


def test_the_same_table_twice_adds_nothing() -> None:
    assert loaded(TABLE, loaded(TABLE)) == loaded(TABLE)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (["A,x,2024-01-01,10,,,", "a,X,2024-01-01,30,,,"], "row 3: the position of a on X is 30, and 10 in row 2"),
        (["A,x,,10,50,,", "A,x,,10,50,,"], "row 3: the salience of A on x is 50, and 50 in row 2"),
        (["A,x,,10,,1,", "A,y,,10,,3,"], "row 3: the capability of A is 3, and 1 in row 2"),
        (["A,x,,10,,,n", "A,x,,30,,,n"], "or tell them apart by a note"),
        (["A,x,,10,,1,", "A,y,,10,,1,"], None),
        (["A,x,2024-01-01,10,,,", "A,x,2024-02-01,30,,,"], None),
        (["A,x,,10,,,by Ann", "A,x,,30,,,by Bo"], None),
    ],
)
def test_a_party_named_twice_is_imported_only_where_the_rows_do_not_clash(
    rows: list[str], says: str | None, tmp_path: Path
) -> None:
    table = tmp_path / "p.csv"
    table.write_text("\n".join(["party,issue,date,position,salience,capability,note", *rows]) + "\n")
    ran = CliRunner().invoke(winset, ["import", str(tmp_path / "p.winset"), str(table)])
    assert (ran.exit_code == 0) == (says is None)
    assert says is None or (isinstance(ran.exception, FormatError) and says in str(ran.exception))
    assert (tmp_path / "p.winset").exists() == (says is None)


def test_semicolons_and_tabs_are_understood() -> None:
    assert loaded(TABLE.replace(",", ";")) == loaded(TABLE.replace(",", "\t")) == loaded(TABLE)


def test_out_and_in_again_is_equal() -> None:
    case = loaded(TABLE)
    for rows in (
        read_csv(write_csv(case), "a"),
        read_csv(write_csv(case, raw=True), "a"),
        read_xlsx(write_xlsx(case), "a"),
    ):
        again = case_with(case.with_(judgements=()), rows, by="Ann", name="a")
        assert set(again.judgements) == set(case.judgements)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("issue\nx\n", "no column 'party'"),
        ("party,postion\na,1\n", "cell B1: no column 'postion'"),
        ("party,party\n", "cell B1: the column 'party' is there twice"),
        ("party,issue,position\na,x,75%\n", r"cell C2 \(position\): .*75%.*write 75"),
        ('party,issue,position\na,x,"7,5"\n', "write a point"),
        ("party,issue,position\na,x,3\nb,x,much\n", r"cell C3 \(position\)"),
        ("party,date,capability\na,12.02.2025,1\n", r"cell B2 \(date\): expected YYYY-MM-DD"),
        ("party,capability\n,1\n", r"cell A2 \(party\): is empty"),
        ("party,capability\na,-1\n", "row 2: capability of a: capability is not negative"),
        ("party,issue,salience\na,x,120\n", "row 2: .*salience lies in 0..100"),
        ("party,position\na,1\n", "row 2: a position needs an issue"),
        ("party,position\na,\n", "row 2: no position, salience or capability"),
        ('party,note\na,"open\n', "not a CSV file"),
    ],
)
def test_a_wrong_cell_is_named(text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        loaded(text)


def test_a_position_off_the_scale_of_the_case_is_named() -> None:
    case = Case(parties=(Party(id="a", name="A"),), issues=(Issue(id="x", question="X", range=(0.0, 10.0)),))
    with pytest.raises(FormatError, match=r"row 2.*11 lies off the scale"):
        loaded("party,issue,position\nA,X,11\n", case)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", b"party\n"])
def test_what_is_no_spreadsheet_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"^p\.xlsx"):
        read_xlsx(data, "p.xlsx")


PAYLOADS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)",
    " =1+1", "   +1", "\ufeff=1+1", '"=1+1', "'=1+1", "\u00a0=1+1", "=1+1;=2+2", "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example","y")', "=DDE(1;2;3)", "@A1", "-2+3+cmd|' /C calc'!A0", "+cmd|' /C calc'!A0",
    "=IMPORTXML(1,2)", '=WEBSERVICE("http://x.example")', "=\u202e1+1", " \t=1", "'+1", "''=1",
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_text_becomes_a_formula(payload: str) -> None:
    case = Case(
        parties=(Party(id="a", name=payload),),
        issues=(Issue(id="x", question="X"),),
        judgements=(Judgement(quantity="position", party="a", issue="x", value=Exact(-3), by="Ann", note=payload),),
    )
    line = list(csv.reader(io.StringIO(write_csv(case).decode("utf-8-sig"), newline="")))[1]
    assert line[0].startswith("'")
    assert line[6].startswith("'")
    assert line[3] == "-3"
    assert unguarded(guarded(payload)) == payload
    raw = list(csv.reader(io.StringIO(write_csv(case, raw=True).decode(), newline="")))[1]
    assert raw[0] == payload
    made = write_xlsx(case)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"<f>" in part or b"<f " in part or b"<hyperlink " in part for part in parts.values())
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    assert sheet["D2"].value == -3
