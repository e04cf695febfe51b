"""What no phrase of a codebook matches is read by likeness, says so, and stays unread where nobody bargains."""

from collections.abc import Callable

import pytest

from winset.domain.case import Case
from winset.evidence import coding
from winset.evidence.drafts import Draft
from winset.evidence.likeness import Likeness, direction, stem, weighty
from winset.evidence.unphrased import vetoed
from winset.services.drafting import drafted
from winset.services.kept_meanings import common

Told = Callable[..., Case]
TALKS = (
    "Northgate Rail held talks on pay, jobs and shifts with the Rail Workers' Union on Monday. The Rail Workers' Union demands a pay rise of 9 per cent. "
    "Northgate Rail offered a pay rise of 4 per cent and a bonus of 500 crowns. A strike ballot on working hours and wages is near. "
)


def likely(draft: Draft) -> set[tuple[str, str, float]]:
    return {
        (one.party, one.issue, one.value.best) for one in draft.stances if one.why[0].startswith("no phrase stands in it")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "issue"),
    [
        ("“Nobody here gets the sack before 2034,” the union's leader, Ann Lee, said.", "job-security"),
        ("The union's leader, Ann Lee, said the retirement scheme must be left as it is.", "pensions"),
        ("The union insists that no driver be replaced by a machine.", "staffing-and-automation"),
    ],
)
def test_wordings_that_no_phrase_has_find_their_issue(told: Told, sentence: str, issue: str) -> None:
    draft = drafted(told(TALKS + sentence, parties=()))[1]
    found = [one for one in draft.stances if one.issue == issue]
    assert [one.party for one in found] == ["rail-workers-union"]
    assert all(0 < one.score <= 0.85 for one in found if one.why[0].startswith("no phrase"))


@pytest.mark.parametrize(
    "sentence",
    [
        "The weather was fine on Monday, and shares of Northgate Rail rose by 3 per cent.",
        "The union's leader, Ann Lee, was not invited to the dinner.",
        "Will the union accept fewer jobs?",
        "Northgate Rail and the Rail Workers' Union ended a third round of talks on shifts without agreement on Monday.",
    ],
)
def test_news_and_questions_are_no_stance(told: Told, sentence: str) -> None:
    assert likely(drafted(told(TALKS + sentence, parties=()))[1]) == likely(drafted(told(TALKS, parties=()))[1])


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The union's leader, Ann Lee, said the working week should go down to 36 hours without loss of pay.", 36.0),
        ("The union's leader, Ann Lee, said a working week of 35 hours was not negotiable.", 35.0),
        ("The union has not moved from a working week of 34 hours.", 34.0),
        ("Northgate Rail sees no room for a working week shorter than 40 hours.", 40.0),
    ],
)
def test_a_number_that_is_held_on_to_is_asked_for(told: Told, sentence: str, value: float) -> None:
    draft = drafted(told(TALKS + sentence, parties=()))[1]
    found = {(one.stand, one.value.best) for one in draft.stances if one.issue == "working-time"}
    assert ("for", value) in found


def test_a_clause_of_which_a_phrase_names_another_issue_is_read_where_one_is_surely_meant(told: Told) -> None:
    sentence = "The union's leader, Ann Lee, said a partial adjustment of wages to prices, starting above 5 per cent, would do."
    draft = drafted(told(TALKS + sentence, parties=()))[1]
    found = {(one.party, one.value.best) for one in draft.stances if one.issue == "pay-indexation"}
    assert found == {("rail-workers-union", 50.0)}


def test_what_somebody_only_looks_into_is_no_stance_and_what_is_to_be_looked_into_is() -> None:
    assert vetoed("the union is looking into shorter shifts")
    assert vetoed("they discussed the shifts")
    assert not vetoed("past accidents would be looked into by a judge")
    assert not vetoed("it is ready to discuss shorter shifts")


def test_the_same_record_gives_the_same_answer(told: Told) -> None:
    case = told(TALKS + "The union insists that no driver be replaced by a machine.", parties=())
    assert drafted(case)[1].stances == drafted(case)[1].stances


def test_words_are_compared_without_endings_and_verbs_by_class() -> None:
    assert stem("withdrawal") == stem("withdraw")
    assert weighty("raise the levy") == weighty("an increase of the levy")
    assert (direction("cut the subsidy"), direction("raise the subsidy"), direction("the subsidy")) == (-1, 1, 0)


def test_an_issue_is_nearest_to_its_own_question() -> None:
    book = coding.packaged("labour-and-pay")
    for at, alike in enumerate(Likeness(book, common()).of([issue.question for issue in book.issues])):
        assert alike.nearest.argmax() == at
