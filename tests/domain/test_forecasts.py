"""The ledger: what may be written when, and that nothing written can be altered unseen."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.domain.forecasts import Entry, broken, sealed
from winset.errors import UsageError

START = datetime(2025, 1, 1, tzinfo=UTC)
QUESTION = {
    "kind": "question", "id": "q", "text": "Do they sign?", "rule": "a signed text is published", "type": "yes/no",
    "closes": "2025-02-01", "resolves": "2025-03-01",
}  # fmt: skip
FORECAST = {"kind": "forecast", "question": "q", "author": "Ann", "probability": 0.7}


def ledger(*bodies: dict[str, Any], at: datetime = START) -> list[Entry]:
    made: list[Entry] = []
    for n, body in enumerate(bodies):
        made.append(sealed(made, body, at=at + timedelta(hours=n), by="Ann"))
    return made


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({**FORECAST, "probability": 70}, "lies in 0..1, got 70; give shares"),
    ({**FORECAST, "question": "p"}, "no question 'p'; there are q"),
    ({**FORECAST, "range": [0.1, 0.2]}, "exactly one of .* has probability and range"),
    ({**FORECAST, "probability": None, "range": [0.4, 0.2]}, r"a range of probability is \[low, high\]"),
    ({**FORECAST, "probability": None, "normal": [1, 2]}, "forecast it by probability or range, not by normal"),
    ({**FORECAST, "words": "likely"}, "the words 'likely' need a stated mapping"),
    ({**QUESTION}, "'q' is asked already"),
    ({**QUESTION, "id": "r", "rule": " "}, "has no rule; write how its answer will be found"),
    ({**QUESTION, "id": "r", "closes": "2024-12-31"}, "before it was asked"),
    ({**QUESTION, "id": "r", "closes": "2025-04-01"}, "after it resolves"),
    ({**QUESTION, "id": "r", "closes": "soon"}, "closes is a date YYYY-MM-DD, got 'soon'"),
    ({"kind": "outcome", "question": "q", "outcome": 2, "source": "s"}, "the outcome of q is 0 or 1, got 2"),
    ({"kind": "outcome", "question": "q", "outcome": 1}, "an outcome needs its source"),
]


@pytest.mark.parametrize(("body", "why"), REFUSED, ids=[why for _, why in REFUSED])
def test_an_entry_against_the_rules_is_refused(body: dict[str, Any], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        ledger(QUESTION, body)


def test_a_forecast_after_the_close_is_refused_and_so_is_one_of_a_resolved_question() -> None:
    made = ledger(QUESTION)
    with pytest.raises(UsageError, match="q closed on 2025-02-01; a forecast of 2025-02-02 comes too late"):
        sealed(made, FORECAST, at=datetime(2025, 2, 2, tzinfo=UTC), by="Ann")
    made = ledger(QUESTION, {"kind": "outcome", "question": "q", "outcome": 1, "source": "the gazette"})
    with pytest.raises(UsageError, match="q is resolved"):
        sealed(made, FORECAST, at=START + timedelta(days=1), by="Ann")


def test_probabilities_of_options_sum_to_one() -> None:
    options = {**QUESTION, "type": "options", "options": ["a", "b"]}
    with pytest.raises(UsageError, match=r"sum to 1.1, not to 1"):
        ledger(options, {"kind": "forecast", "question": "q", "author": "Ann", "options": {"a": 0.6, "b": 0.5}})


WHOLE = ledger(
    QUESTION, FORECAST, {**FORECAST, "probability": 0.8},
    {"kind": "outcome", "question": "q", "outcome": 1, "source": "the gazette"},
)  # fmt: skip


def test_a_ledger_as_written_holds() -> None:
    assert broken(WHOLE) is None
    assert broken([]) is None


@given(st.integers(0, 3), st.sampled_from(["change", "drop", "double", "swap"]))
def test_whatever_is_altered_breaks_the_chain_there_or_after(n: int, how: str) -> None:
    altered = [dict(one) for one in WHOLE]
    if how == "change":
        altered[n]["by"] = "Bob"
    elif how == "drop" and n < 3:
        del altered[n]
    elif how == "double":
        altered.insert(n, dict(altered[n]))
    else:
        altered[n - 1], altered[n] = altered[n], altered[n - 1]
    found = broken(altered)
    assert found is not None
    assert found.at <= n + 1 or n == 0
