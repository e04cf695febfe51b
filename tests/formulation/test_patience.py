"""Sayings about waiting and the discount factors they stand for."""

from datetime import date

import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.errors import FormulationError, UsageError
from winset.formulation.patience import said, span
from winset.services.offers import solve

MONTH = 30.4375


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("a deal in half a year is worth three quarters of one today", 0.75 ** (1 / 6)),
        ("A deal after three months would be worth about half of one today.", 0.5 ** (1 / 3)),
        ("in 6 months it is worth between 60 and 80 percent of a deal now", 0.7 ** (1 / 6)),
        ("after a year it is worth 0.9 of one today", 0.9 ** (1 / 12)),
        ("waiting costs 2 percent a week", 0.98 ** (MONTH / 7)),
        ("we lose 5% per month", 0.95),
        ("each week costs a tenth of the deal", 0.9 ** (MONTH / 7)),
        ("it loses a quarter of its value every year", 0.75 ** (1 / 12)),
        ("each month costs nothing: 0 percent", 1.0),
    ],
)
def test_a_saying_is_a_factor_a_month(text: str, likely: float) -> None:
    found = said(text).factor(MONTH)
    assert found.likely == pytest.approx(likely)
    assert 0 <= found.low <= found.likely <= found.high <= 1


def test_looser_words_leave_more_open() -> None:
    plain, loose = (said(f"waiting costs {x} a month").factor(MONTH) for x in ("5 percent", "about 5 percent"))
    assert plain.high - plain.low < loose.high - loose.low
    two = said("in a year a deal is worth between 60 and 80 percent").factor(365.25)
    assert (two.low, two.high) == (0.6, 0.8)


def test_a_longer_round_leaves_less() -> None:
    one = said("waiting costs 2 percent a week")
    assert one.factor(14).likely == pytest.approx(one.factor(7).likely ** 2)
    assert [span(x) for x in ("a month", "half a year", "2 weeks")] == [MONTH, 182.625, 14]


@pytest.mark.parametrize("text", ["we are in no hurry", "", "in half a year", "waiting costs 130 percent a week"])
def test_what_says_nothing_is_refused_with_examples(text: str) -> None:
    with pytest.raises(FormulationError, match=r"say for instance|0\.\.1"):
        said(text)


def test_a_hard_date_is_a_last_round() -> None:
    sayings = ("in a month worth 90 percent", "in a month worth 90 percent", "by 2025-03-05")
    run = solve(None, {"patience": sayings, "round": "a month"}, date(2025, 1, 1))
    assert not isinstance(run, list)
    assert run.result["shares"][0] == pytest.approx(0.91)  # three rounds: 1 January, early February, early March
    assert run.result["share_ranges"][0][0] < 0.91 < run.result["share_ranges"][0][1]
    with pytest.raises(UsageError, match="needs a first"):
        solve(None, {"patience": sayings}, None)


def test_through_the_command_line() -> None:
    told = ["solve", "offers", "--patience", "waiting costs 10 percent a month", "--patience", "5 percent a month"]
    done = CliRunner().invoke(winset, told, catch_exceptions=False)
    assert "a round of 30.4375 days leaves 0.9 " in done.stdout
