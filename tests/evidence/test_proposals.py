"""Proposals read off invented articles: whose, which version, which terms, who takes which; near misses included."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from winset.domain.case import Case
from winset.domain.plain.cases import case_from, case_to
from winset.domain.reviews import Review, acceptance_target, proposal_target
from winset.domain.terms import Proposal
from winset.services.drafting import drafted
from winset.services.proposals import of_case

Told = Callable[..., Case]
FREEZE, NEUTRAL = ("territory", 50.0), ("alliance-membership", 0.0)


def plans(case: Case) -> dict[str, Proposal]:
    return {one.id: one for one in drafted(case)[1].proposals}


def answers(one: Proposal) -> list[tuple[str, bool]]:
    return [(a.party, a.accepts) for a in one.acceptances if a.voice == "own"]


def test_a_plan_has_author_terms_points_and_whom_it_was_handed_to(told: Told) -> None:
    found = plans(
        told(
            "Arden presented a 12-point peace plan to Belmar on Monday. The plan would freeze the current front line and keep the country out of NATO."
        )
    )
    (one,) = found.values()
    assert (one.author, one.to, one.kind, one.version) == ("arden", ("belmar",), "plan", "1")
    assert dict(one.terms) == dict((FREEZE, NEUTRAL))
    assert one.name == "Arden’s 12-point peace plan"


@pytest.mark.parametrize(
    ("sentence", "author"),
    [
        ("Belmar tabled a draft on Friday.", "belmar"),
        ("Belmar circulated a draft among the envoys.", "belmar"),
        ("The draft, floated by Belmar last week, is long.", "belmar"),
        ("Belmar handed a draft over to Corvia.", "belmar"),
        ("Belmar put a draft on the table.", "belmar"),
        ("The draft was drawn up by Belmar.", "belmar"),
        ("Corvia received the Belmarian draft.", "belmar"),
    ],
)
def test_whose_it_is(told: Told, sentence: str, author: str) -> None:
    (one,) = plans(told(f"{sentence} Corvia rejected the draft.")).values()
    assert one.author == author
    assert answers(one) == [("corvia", False)]


def test_accepting_takes_over_the_terms_of_that_version_but_for_the_reservation(told: Told) -> None:
    case, draft = drafted(
        told(
            "Arden presented a peace plan. The plan would freeze the current front line and keep the country out of NATO. Belmar accepted the plan except for its clause on NATO."
        )
    )
    own = {(p.issue, p.value.best): p for p in draft.positions if p.party == "belmar"}
    assert set(own) == {FREEZE}
    words = [span.of(case.documents[0].text) for ground in own[FREEZE].grounds for span in ground.spans]
    assert any("Belmar accepted the plan" in one for one in words), "the acceptance"
    assert any("freeze the current front line" in one for one in words), "the version's term"


@pytest.mark.parametrize(
    "called", ["the February plan", "the 20 February plan", "Arden’s February plan", "the plan of February"]
)
def test_a_plan_is_known_by_the_month_it_is_from(told: Told, called: str) -> None:
    case = told(
        "Arden presented a peace plan. The plan would keep the country out of NATO. Belmar rejected the plan.",
        f"Arden presented a revised plan. Belmar accepted {called}.",
    )
    days = (date(2025, 1, 12), date(2025, 2, 20))
    case = replace(case, documents=tuple(replace(one, date=day) for one, day in zip(case.documents, days, strict=True)))
    first, second = plans(case).values()
    assert (answers(first), answers(second)) == ([("belmar", False)], [("belmar", True)])


def test_a_reservation_ends_with_the_quotation_also_with_straight_marks(told: Told) -> None:
    (one,) = plans(
        told(
            "Arden presented a peace plan on Monday. "
            '"We accept the plan, except for its words on sanctions," Belmar\'s foreign minister, Ilan Dorvath, said.'
        )
    ).values()
    assert [a.reservations for a in one.acceptances] == [("its words on sanctions",)]


def test_what_an_answer_leaves_out_is_no_stance_on_it(told: Told) -> None:
    case = told(
        "Arden presented a peace plan on Monday. "
        "Belmar's foreign minister, Ilan Dorvath, said it accepted the plan except for its words on sanctions. "
        "Corvia's foreign minister, Ada Veld, said it accepted lifting the sanctions."
    )
    held = {(p.party, p.issue) for p in drafted(case)[1].positions}
    assert ("belmar", "sanctions-and-trade") not in held
    assert ("corvia", "sanctions-and-trade") in held


def test_a_version_that_leaves_a_matter_open_does_not_take_it_over(told: Told) -> None:
    first, second = plans(
        told(
            "Arden presented a peace plan. The plan would freeze the current front line and keep the country out of NATO. "
            "Arden then circulated a revised version of the plan. The revised plan leaves membership of NATO open."
        )
    ).values()
    assert dict(first.terms) == dict((FREEZE, NEUTRAL))
    assert dict(second.terms) == dict((FREEZE,))


def test_a_revised_version_drops_and_adds_and_answers_belong_to_their_version(told: Told) -> None:
    found = plans(
        told(
            "Arden presented a peace plan. The plan would freeze the current front line and keep the country out of NATO. Belmar accepted the plan.",
            "Arden circulated a revised version of its plan that drops the NATO clause and adds a ceasefire under international monitoring. Corvia accepted the revised plan. Belmar turned down the new version.",
        )
    )
    first, second = found.values()
    assert second.revises == first.id
    assert second.dropped == ("alliance-membership",)
    assert dict(second.terms) == dict((FREEZE, ("ceasefire-and-monitoring", 100.0)))
    assert answers(first) == [("belmar", True)]
    assert answers(second) == [("corvia", True), ("belmar", False)]


def test_the_original_version_is_still_meant_by_its_name(told: Told) -> None:
    first, second = plans(
        told(
            "Arden presented a peace plan.",
            "Arden tabled a revised version of the plan. Belmar accepted the revised version. Corvia said it accepted the original plan.",
        )
    ).values()
    assert answers(first) == [("corvia", True)]
    assert answers(second) == [("belmar", True)]


def test_two_plans_under_one_name_are_not_confused(told: Told) -> None:
    case, draft = drafted(
        told(
            "Arden tabled a peace plan. Belmar tabled a peace plan of its own. Corvia accepted the plan. Tessaly accepted Belmar's plan."
        )
    )
    first, second = draft.proposals
    assert (first.author, second.author) == ("arden", "belmar")
    assert answers(first) == []
    assert answers(second) == [("tessaly", True)]
    (unresolved,) = draft.unresolved
    assert (unresolved.acceptance.party, set(unresolved.candidates)) == ("corvia", {first.id, second.id})
    assert of_case(case, draft, None)["unresolved"][0]["words"][0]["text"] == "Corvia accepted the plan"


def test_a_counter_proposal_answers_and_both_authors_of_a_joint_one_are_bound(told: Told) -> None:
    first, second = plans(
        told(
            "Arden put forward a plan to freeze the front line. Belmar responded with a counter-proposal that would return all territory. Corvia backed the counter-proposal."
        )
    ).values()
    assert second.answers == first.id
    assert answers(second) == [("corvia", True)]
    (joint,) = plans(told("Arden and Belmar put forward a joint proposal for a general ceasefire.")).values()
    assert joint.authors == ("arden", "belmar")


def test_a_mediators_plan_is_no_position_of_the_mediator(told: Told) -> None:
    _, draft = drafted(
        told(
            "The Tessalian mediator put forward a framework. The framework would freeze the current front line. Arden accepted the framework. “We want the front line frozen and no alliance,” Corvia's envoy said."
        )
    )
    (one,) = draft.proposals
    assert one.mediator is not None
    assert {p.party for p in draft.positions} >= {"arden"}
    assert "tessaly" not in {p.party for p in draft.positions}


@pytest.mark.parametrize(
    "sentence",
    [
        "Belmar has yet to accept the plan.",
        "Belmar agreed to study the plan.",
        "Corvia urged Belmar to accept the plan.",
        "If Belmar accepts the plan, talks will resume.",
        "Will Belmar accept the plan?",
        "Belmar denied that it had accepted the plan.",
        "Belmar did not say whether it would accept the plan.",
        "Corvia demanded that Belmar accept the plan.",
        "Corvia hopes that Belmar accepts the plan.",
        "Belmar welcomed the talks about the plan.",
        "Belmar has not accepted the plan.",
    ],
)
def test_what_is_no_answer(told: Told, sentence: str) -> None:
    (one,) = plans(told(f"Arden presented a peace plan. {sentence}")).values()
    assert [a for a in one.acceptances if a.party == "belmar" and a.voice == "own"] == []


@pytest.mark.parametrize(
    ("sentence", "accepts"),
    [
        ("Belmar endorsed the plan.", True),
        ("Belmar's foreign minister said his country could live with the plan.", True),
        ("The plan was approved by Belmar's cabinet.", True),
        ("Belmar gave the plan its backing.", True),
        ("“We accept the plan,” Belmar's envoy said.", True),
        ("Belmar turned the plan down.", False),
        ("Belmar said no to the plan.", False),
        ("Belmar refuses to accept the plan.", False),
        ("Belmar said it would not accept the plan.", False),
        ("The plan is unacceptable to Belmar.", False),
        ("The plan was rejected by Belmar.", False),
    ],
)
def test_yes_and_no(told: Told, sentence: str, accepts: bool) -> None:
    (one,) = plans(told(f"Arden presented a peace plan. {sentence}")).values()
    assert answers(one) == [("belmar", accepts)]


def test_a_foretold_yes_is_a_forecast_and_a_told_one_is_ascribed(told: Told) -> None:
    (one,) = plans(
        told("Arden presented a peace plan. Belmar will probably accept the plan, a Western official said.")
    ).values()
    (answer,) = one.acceptances
    assert (answer.party, answer.voice) == ("belmar", "forecast")


def test_a_basis_for_talks_takes_over_no_term(told: Told) -> None:
    _, draft = drafted(
        told(
            "Arden presented a plan that would freeze the current front line. Belmar accepted the plan as a basis for talks."
        )
    )
    (answer,) = draft.proposals[0].acceptances
    assert answer.scope == "part"
    assert answer.reservations
    assert [p for p in draft.positions if p.party == "belmar"] == []


def test_only_a_part_is_turned_down(told: Told) -> None:
    (one,) = plans(told("Arden presented a peace plan. Belmar rejected the plan's clause on prisoners.")).values()
    (answer,) = one.acceptances
    assert (answer.accepts, answer.scope, answer.issues) == (False, "part", ("prisoners-and-displaced-people",))


def test_a_condition_stays_with_the_position(told: Told) -> None:
    _, draft = drafted(
        told(
            "Arden presented a plan that would freeze the current front line. Belmar accepted the plan, provided that Corvia pulled back its ships."
        )
    )
    (position,) = (p for p in draft.positions if p.party == "belmar")
    assert position.condition == "Corvia pulled back its ships"


@pytest.mark.parametrize(
    "text",
    ["They plan to meet on Friday.", "She read the pension plan.", "Arden plans a parade.", "No plan was presented."],
)
def test_other_plans_are_none(told: Told, text: str) -> None:
    assert plans(told(text)) == {}


def test_reviews_correct_reject_and_flow_on_to_the_next_version(told: Told) -> None:
    case = told(
        "Arden presented a peace plan that would freeze the current front line. Belmar accepted the plan.",
        "Arden presented a revised version of the plan that adds a general ceasefire. Corvia accepted the revised plan.",
    )
    first, second = plans(case).values()
    at = datetime.fromisoformat("2026-04-01T12:00:00+00:00")
    reviews = (
        Review(
            target=proposal_target(first),
            verdict="correct",
            by="ann",
            at=at,
            why="the map",
            changes=(("terms", {"territory": 75}),),
        ),
        Review(target=acceptance_target(first, first.acceptances[0]), verdict="reject", by="ann", at=at),
    )
    _, draft = drafted(case.with_(reviews=reviews))
    now = {one.id: one for one in draft.proposals}
    assert (now[first.id].by, now[first.id].note, dict(now[first.id].terms)) == ("ann", "the map", {"territory": 75.0})
    assert now[first.id].acceptances == ()
    assert dict(now[second.id].terms)["territory"] == 75.0, "what a version takes over follows the correction"
    assert {(p.party, p.value.best) for p in draft.positions if p.issue == "territory"} >= {("corvia", 75.0)}


def test_the_text_form_gives_proposals_back_equal(told: Told) -> None:
    case = drafted(
        told("Arden presented a plan that would freeze the current front line. Belmar accepted the plan in principle.")
    )[0]
    assert case.proposals
    assert case_from(case_to(case), []).proposals == case.proposals


def test_a_written_proposal_keeps_its_id_and_gets_the_answers_of_the_record(told: Told) -> None:
    case = told("Belmar accepted the Lindholm plan.")
    issues = drafted(told("Arden put forward a plan to freeze the current front line."))[0].issues
    written = Proposal(id="lindholm", name="Lindholm plan", mediator="tessaly", terms=(FREEZE,), by="ann")
    _, draft = drafted(case.with_(proposals=(written,), issues=issues))
    (one,) = draft.proposals
    assert (one.id, one.by, answers(one)) == ("lindholm", "ann", [("belmar", True)])


def test_a_section_of_what_was_spoken_of_before(told: Told) -> None:
    (one,) = plans(
        told("Corvia floated a proposal on Tuesday. Arden welcomed it but rejected its section on prisoners.")
    ).values()
    (answer,) = one.acceptances
    assert (answer.party, answer.accepts, answer.scope, answer.issues) == (
        "arden",
        False,
        "part",
        ("prisoners-and-displaced-people",),
    )


def test_an_author_named_in_a_relative_clause(told: Told) -> None:
    (one,) = plans(
        told(
            "Arden's parliament approved the plan. The plan, which Belmar had presented in March, would lift all sanctions."
        )
    ).values()
    assert (one.author, answers(one)) == ("belmar", [("arden", True)])


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Arden presented a peace plan to Belmar on 3 February 2026.", "2026-02-03"),
        ("A peace plan, presented by Arden on 3 February 2026, was refused by Belmar.", "2026-02-03"),
        ("Arden presented a peace plan that would free all prisoners by 1 March 2026.", None),
    ],
)
def test_a_version_is_of_the_day_on_which_it_was_put_forward(told: Told, sentence: str, day: str | None) -> None:
    case = told(f"{sentence} Belmar rejected the plan.")
    (one,) = plans(case).values()
    assert one.date is not None
    assert one.date.isoformat() == (day or case.documents[0].date.isoformat())  # type: ignore[union-attr]  # the fixture's day


def test_a_plan_told_of_by_its_month_is_the_version_of_that_month(told: Told) -> None:
    found = plans(
        told(
            "Mediator Ilse Brandt circulated a revised version of the Harbour Plan to Arden and Belmar. The first version, presented by Brandt on 3 February 2026, was shorter. "
            "Arden accepted the February plan. Belmar accepted the new text. Belmar has reservations about the timetable, its minister said."
        )
    )
    first, second = found["harbour-plan"], found["harbour-plan-v2"]
    assert first.date is not None
    assert first.date.isoformat() == "2026-02-03"
    assert (first.mediator, answers(first), answers(second)) == ("Ilse Brandt", [("arden", True)], [("belmar", True)])
    assert second.acceptances[0].reservations == ("the timetable",)


def test_what_is_only_known_to_have_been_revised_has_no_day(told: Told) -> None:
    found = plans(
        told("Arden circulated a revised version of the Harbour Plan. Belmar rejected the new version of the plan.")
    )
    assert found["harbour-plan"].date is None


def test_every_version_says_by_which_words_it_is_known(told: Told) -> None:
    """Also one that only a second version tells of, and one that is spoken of and no more."""
    case = told(
        "Arden presented a second version of its plan to Belmar on Monday. Belmar rejected the Corvian proposal."
    )
    found = drafted(case)[1].proposals
    assert {(one.author, one.version) for one in found} >= {("arden", "1"), ("arden", "2"), ("corvia", "1")}
    for one in found:
        assert one.why, one.id
        assert one.grounds, one.id
    first, second = (next(one for one in found if (one.author, one.version) == ("arden", n)) for n in ("1", "2"))
    assert first.why == ("“a second version of its plan” tells that there was one before",)
    assert first.grounds[0].spans[0].of(case.documents[0].text) == "a second version of its plan"
    assert "puts it forward" in second.why[0]
