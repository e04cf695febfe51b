"""The ledger in the browser: every kind of question asked, forecast, resolved and graded, as the command does it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.web.browsing import chromium, launched, needed, served
from tests.web.conftest import OURS, opened

from winset.domain.forecasts import Ledger
from winset.services import cases, forecasts

LATEST = date(2999, 2, 1)
EVIL = '<b onclick="alert(1)">Ann</b> \u202e'


@pytest.fixture
def case(tmp_path: Path) -> Path:
    cases.new(tmp_path / "ledger.winset")
    return tmp_path / "ledger.winset"


def ask(page: Any, id: str, kind: str, options: str = "") -> None:
    page.fill("#id", id)
    page.fill("#text", f"Question {id}?")
    page.select_option("#type", kind)
    assert page.is_visible("#options") == (kind in ("options", "ordered"))
    assert page.is_visible("#base_rate") == (kind == "yes/no")
    if options:
        page.fill("#options", options)
    page.fill("#rule", "the gazette")
    page.fill("#closes", (LATEST - timedelta(days=31)).isoformat())
    page.fill("#resolves", LATEST.isoformat())
    page.click("main > form button")
    page.wait_for_function("() => document.getElementById('sign').textContent.startsWith('Saved')")
    page.wait_for_selector(f"tbody th:has-text('Question {id}?')")


def row(page: Any, id: str) -> Any:
    return page.locator("tbody tr", has_text=f"Question {id}?")


def write(page: Any, id: str, which: str, fields: dict[str, str], button: str = "button") -> None:
    """Opens one form of a question's row, fills it, and sends it."""
    one = row(page, id)
    one.locator("summary", has_text=which).click()
    form = one.locator("details[open] form")
    for name, value in fields.items():
        field = form.locator(f'[name="{name}"]').first
        field.select_option(value) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(value)
    page.evaluate("() => { window.old = true; }")
    form.locator(button).first.click()
    page.wait_for_function("() => !window.old && document.getElementById('sign').textContent.startsWith('Saved')")


def test_every_kind_of_question_is_asked_forecast_resolved_and_graded(case: Path) -> None:
    needed()
    with chromium() as browser, served(case) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/forecasts")
        ask(page, "signed", "yes/no")
        ask(page, "where", "options", f"Doha\nRiyadh\n{EVIL}")
        ask(page, "how much", "ordered", "nothing\nsome\nall")
        ask(page, "share", "number")
        ask(page, "when", "date")
        write(page, "signed", "Forecast", {"percent": "20", "to": "40"})
        write(page, "where", "Forecast", {"option.0": "70", "option.1": "30"})
        write(page, "how much", "Forecast", {"option.0": "10", "option.1": "60", "option.2": "30", "author": EVIL})
        write(page, "share", "Forecast", {"level.0.1": "10", "level.0.9": "60"})
        write(page, "when", "Forecast", {"level.0.1": "2999-01-10", "level.0.5": "2999-01-20"})
        assert "Doha 70 %, Riyadh 30 %" in row(page, "where").text_content()
        assert "10 Jan 2999 to later (80 % lie between), 20 Jan 2999 in the middle" in row(page, "when").text_content()
        assert "nothing can be graded" in page.text_content("main")
        write(page, "signed", "Resolve", {"outcome": "no", "source": "press"})
        write(page, "where", "Resolve", {"outcome": "Doha", "source": "press"})
        write(page, "how much", "Resolve", {"outcome": "all", "source": "press"})
        write(page, "share", "Resolve", {"outcome": "35", "source": "press"})
        write(page, "when", "Resolve", {"source": "press"})
        assert page.locator("summary", has_text="Resolve").count() == 0
        assert page.locator("figure svg").count() == 2
        assert page.wrongs == []
        score = forecasts.score(case)
        shown = page.text_content("main")
        for key in ("brier", "brier_options", "rps"):
            assert f"{score[key]:.3f}" in shown, key
        assert page.locator("tbody tr", has_text="Ann</b> U+202E").count() == 3  # option, author, score
        with page.expect_download() as download:
            page.click("text=The whole sealed record")
        assert Path(download.value.path()).read_text("utf-8") == forecasts.publish(case)
    ledger = Ledger.of(forecasts.entries(case))
    assert {id: one["outcome"] for id, one in ledger.outcomes.items()} == {
        "signed": 0, "where": "Doha", "how much": "all", "share": 35, "when": "later",
    }  # fmt: skip
    assert [one["author"] for one in ledger.forecasts][2] == EVIL
    assert forecasts.verify(case)["ok"]


def test_a_mistake_is_told_at_its_field_and_the_form_keeps_what_was_written(case: Path) -> None:
    needed()
    with chromium() as browser, served(case) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/forecasts")
        ask(page, "where", "options", "Doha\nRiyadh")
        one = row(page, "where")
        one.locator("summary", has_text="Forecast").click()
        one.locator('[name="option.0"]').fill("70")
        one.locator('[name="option.1"]').fill("40")
        one.locator("details[open] button").first.click()
        assert "sum to 110 %, not to 100 %" in page.wait_for_selector("[role=alert]").text_content()
        assert one.locator('[name="option.1"]').input_value() == "40"
        one.locator('[name="option.1"]').fill("30")
        one.locator("details[open] button").first.click()
        page.wait_for_selector("text=Doha 70 %, Riyadh 30 %")
    assert len(forecasts.entries(case)) == 2


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ("kind=question&id=q&text=t&rule=r&type=stars&closes=2999-01-01&resolves=2999-01-01", "not &#39;stars&#39;"),
        ("kind=question&id=q&text=t&rule=r&type=options&options=one&closes=2999-01-01&resolves=2999-01-01", "two options or more"),
        ("kind=question&id=q&text=t&rule=r&closes=2999-01-01&resolves=never", "expected a date such as 2025-02-18, got &#39;never&#39;"),
        ("kind=question&id=q&text=t&rule=r&closes=2999-01-01&resolves=2999-01-01&base_rate=often", "how often such things happen"),
        ("kind=question&id=yes&text=t&rule=r&closes=2999-01-01&resolves=2999-01-01", "asked already"),
        ("kind=question&id=q&text=t&rule=r&closes=2999-01-02&resolves=2999-01-01", "before 2999-01-02"),
        ("kind=question&id=q&text=t&rule=r&closes=2020-01-02&resolves=2999-01-01", "this day has passed"),
        ("kind=forecast&question=none&percent=3", "no question"),
        ("kind=forecast&question=yes&percent=", "give a chance in per cent"),
        ("kind=forecast&question=yes&percent=90&to=10", "not below the first"),
        ("kind=forecast&question=yes&percent=130", "expected 0 to 100 per cent, got &#39;130&#39;"),
        ("kind=forecast&question=day", "give one date or more"),
        ("kind=forecast&question=day&level.0.1=2999-01-05&level.0.5=2999-01-02", "below the point before it"),
        ("kind=forecast&question=day&level.0.1=soon", "got &#39;soon&#39;"),
        ("kind=forecast&question=size&level.0.1=3", "give two numbers or more"),
        ("kind=outcome&question=day&outcome=2999-02-02&source=s", "leave it empty where it did not come"),
        ("kind=outcome&question=size&outcome=many&source=s", "expected a number"),
        ("kind=outcome&question=yes&outcome=perhaps&source=s", "0 or 1"),
        ("kind=outcome&question=yes&outcome=yes&source=", "source"),
    ],
)  # fmt: skip
def test_what_the_ledger_does_not_take_is_said(case: Path, sent: str, says: str) -> None:
    for id, kind in (("yes", "yes/no"), ("day", "date"), ("size", "number")):
        forecasts.append(
            case, {"kind": "question", "id": id, "text": "t", "rule": "r", "type": kind, "options": [],
                   "closes": "2999-01-01", "resolves": "2999-02-01", "base_rate": None},
        )  # fmt: skip
    answer = opened(case).post("/forecasts", content=sent, headers=OURS)
    assert answer.status_code == 422
    assert says in answer.text
    assert len(forecasts.entries(case)) == 3
