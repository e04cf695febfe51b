"""A case for notebooks: the frames agree with the commands, reviews in force, and Arrow carries them on unchanged."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import winset
from winset.errors import CaseError, UsageError
from winset.services import annotators, cases, demo, forecasts, positions, reviews
from winset.services import ledger as ledger_service

QUESTION = {"kind": "question", "id": "signed", "text": "Is it signed?", "rule": "the gazette", "type": "yes/no", "options": [],
            "closes": "2999-01-01", "resolves": "2999-02-01"}  # fmt: skip


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


def test_a_chart_is_told_with_its_title_has_numbers_and_is_saved(case: Path, tmp_path: Path) -> None:
    picture = winset.open(case).timeline("nato")
    assert picture.title in picture._repr_html_()
    assert "<svg" not in repr(picture)
    assert {type(row["Best"]) for row in picture.data.rows} == {float}
    for _ in range(2):  # a cell is run again
        assert picture.save(tmp_path / "nato.svg").read_bytes().startswith(b"<svg")
    assert "Ukraine" in picture.save(str(tmp_path / "nato.CSV")).read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="saved as one of"):
        picture.save(tmp_path / "nato.jpg")


def test_days_are_taken_as_people_write_them(case: Path) -> None:
    opened = winset.open(case)
    as_date = opened.position_chart(since=date(2025, 2, 11)).svg
    for given in ("2025-02-11", datetime(2025, 2, 11, 9, tzinfo=UTC)):
        assert opened.position_chart(since=given).svg == as_date
    for call in (opened.alignment, opened.attention, opened.position_chart):
        with pytest.raises(UsageError, match="expected a date such as"):
            call(at="11 February")


def test_an_empty_case_has_frames_of_the_same_columns_and_types(case: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra `frames`)")
    cases.new(tmp_path / "empty.winset")
    copy = tmp_path / "copy.winset"
    copy.write_bytes(case.read_bytes())
    reviews.decide(copy, winset.open(copy).statements.rows[0]["id"], "accept")
    forecasts.append(copy, QUESTION)
    forecasts.append(copy, {"kind": "forecast", "question": "signed", "author": "Ann", "range": [0.2, 0.4]})
    empty, full = winset.open(tmp_path / "empty.winset"), winset.open(copy)
    names = [name for name, value in vars(type(full)).items() if isinstance(value, property)]
    assert {"documents", "statements", "judgements", "positions", "moves", "forecasts", "reviews", "issues"} <= set(
        names
    )
    for name in names:
        there, none = getattr(full, name).arrow().schema, getattr(empty, name).arrow().schema
        assert there.names == none.names
        for one, other in zip(there, none, strict=True):
            assert str(other.type) != "null"
            assert str(one.type) == str(other.type) or one.name in ("start", "end"), (name, one)
    with pytest.raises(UsageError, match="nothing to draw"):
        empty.position_chart()


def test_frames_show_their_first_rows_as_text(tmp_path: Path) -> None:
    cases.new(tmp_path / "a.winset")
    evil = '<img src=x onerror="alert(1)">'
    (tmp_path / "p.csv").write_text(
        f"party,issue,position\n{evil.replace(chr(34), chr(39))},wages,3\n", encoding="utf-8"
    )
    cases.import_case(tmp_path / "a.winset", tmp_path / "p.csv")
    shown = winset.open(tmp_path / "a.winset").parties._repr_html_()
    assert "<img" not in shown
    assert "&lt;img" in shown


def test_forecasts_stand_with_their_question_and_what_came(tmp_path: Path) -> None:
    case = tmp_path / "a.winset"
    cases.new(case)
    forecasts.append(case, QUESTION)
    forecasts.append(case, {"kind": "forecast", "question": "signed", "author": "Ann", "range": [0.2, 0.4]})
    forecasts.append(case, {"kind": "outcome", "question": "signed", "outcome": 1, "source": "press"})
    (row,) = winset.open(case).forecasts.rows
    assert (row["text"], row["author"], row["probability"], row["forecast"], row["outcome"]) == (
        "Is it signed?", "Ann", pytest.approx(0.3), "20 to 40 %", "yes",
    )  # fmt: skip
    assert row["closes"] == date(2999, 1, 1)


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
