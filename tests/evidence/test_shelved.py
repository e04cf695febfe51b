"""What is given up or improved in the passive is of whoever stood there before, and of nobody where nobody did."""

from collections.abc import Callable

import pytest

from winset.domain.case import Case
from winset.evidence.drafts import Draft
from winset.services.drafting import drafted

Told = Callable[..., Case]
TALKS = (
    "Talks at Northgate Rail\n\nNorthgate Rail held talks on pay, hours and shifts with the Rail Workers' Union on Monday. The Rail Workers' Union demands a pay rise of 9 per cent "
    "and a working week of 36 hours. Northgate Rail offered a pay rise of 4 per cent and a bonus of 500 crowns. A strike over working hours is near."
)


def nobodys(draft: Draft) -> set[tuple[str, str, float, str]]:
    return {
        (one.party, one.issue, one.value.best, one.stand) for one in draft.stances if any("by nobody who is named" in why for why in one.why)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The call for a working week of 36 hours has been shelved.", ("rail-workers-union", "working-time", 36.0, "drops")),
        ("The demand for a 36-hour week is now off the table.", ("rail-workers-union", "working-time", 36.0, "drops")),
        ("The demand for a pay rise of 9 per cent was quietly dropped.", ("rail-workers-union", "pay-rise", 9.0, "drops")),
        ("The pay offer was raised to 5 per cent on Friday night.", ("northgate-rail", "pay-rise", 5.0, "for")),
    ],
)  # fmt: skip
def test_it_is_of_whoever_stood_there_before(told: Told, sentence: str, found: tuple[str, str, float, str]) -> None:
    case = told(TALKS, f"News from the depot\n\nIt rained on Friday. {sentence}", parties=())
    assert nobodys(drafted(case)[1]) == {found}


@pytest.mark.parametrize(
    "sentence",
    [
        "The old carriages have been scrapped and sold.",
        "The platform roof was removed in March.",
        "The Rail Workers' Union says that the demand for a 36-hour week has been dropped.",
        "The lift at the station was raised to the second floor.",
    ],
)
def test_other_passives_are_nobodys(told: Told, sentence: str) -> None:
    case = told(TALKS, f"News from the depot\n\nIt rained on Friday. {sentence}", parties=())
    assert nobodys(drafted(case)[1]) == set()


def test_nothing_is_given_up_that_nobody_asked_for(told: Told) -> None:
    case = told("News from the depot\n\nThe demand for a 36-hour week was dropped.", parties=())
    assert nobodys(drafted(case)[1]) == set()
