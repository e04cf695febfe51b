"""A case for notebooks: the frames agree with the commands, reviews in force, and Arrow carries them on unchanged."""

from pathlib import Path

import pytest

import winset
from winset.errors import CaseError, UsageError
from winset.services import annotators, demo, positions, reviews
from winset.services import ledger as ledger_service


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frames")
    return demo.demo(folder, annotators.choose_or_say(None, print)).case


def test_frames_agree_with_the_commands(case: Path) -> None:
    opened = winset.open(case)
    ledger = ledger_service.ledger(case)["moves"]
    assert [(m["id"], m["party"], m["start"], m["end"]) for m in opened.moves.rows] == [
        (m["id"], m["party"], m["from"], m["to"]) for m in ledger
    ]
    held = opened.case.as_of
    assert held
    now = {
        (p["party"], p["issue"], p["voice"]): p["low"] for p in opened.positions.rows
        if (p["valid_from"] is None or p["valid_from"] <= held) and (p["valid_to"] is None or held <= p["valid_to"])
    }  # fmt: skip
    rows = positions.positions(case)["rows"]
    assert now == {(r["party"], r["issue"], r["voice"]): r["value"] if "value" in r else r["range"][0] for r in rows}
    for row in opened.statements.rows:
        assert row["content"].split(" … ")[0] in opened.case.document(row["doc"]).text
    assert len(opened.documents) == len(opened.case.documents)
    assert "statements" in repr(opened)


def test_what_was_rejected_is_not_there(case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.winset"
    copy.write_bytes(case.read_bytes())
    first, second = (row["id"] for row in winset.open(copy).statements.rows[:2])
    reviews.decide(copy, first, "reject")
    reviews.decide(copy, second, "accept")
    rows = {row["id"]: row for row in winset.open(copy).statements.rows}
    assert first not in rows
    assert rows[second]["review"] == "accept"


def test_charts_show_themselves(case: Path) -> None:
    opened = winset.open(case)
    for picture in (opened.position_chart(), opened.timeline("nato")):
        assert picture._repr_html_().count("<svg") == 1
        assert len(picture.data) > 2
    with pytest.raises(CaseError):
        opened.timeline("nothing")


def test_arrow_pandas_and_polars_hold_the_same(case: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra `frames`)")
    opened = winset.open(case)
    for frame in (opened.documents, opened.statements, opened.judgements, opened.positions, opened.moves):
        table = frame.arrow()
        assert table.column_names == list(frame.columns)
        assert table.to_pylist() == list(frame.rows)
    pandas = pytest.importorskip("pandas")
    assert isinstance(opened.statements.pandas(), pandas.DataFrame)
    polars = pytest.importorskip("polars")
    assert opened.positions.polars().rows(named=True) == list(opened.positions.rows)
    assert isinstance(opened.positions.polars(), polars.DataFrame)


def test_a_library_that_is_not_there_is_named(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(UsageError, match="pyarrow is not installed"):
        winset.open(case).documents.arrow()
