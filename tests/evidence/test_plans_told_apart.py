"""Answers that were left behind, whose a plan is, plans of one name and versions told twice; near misses included."""

from collections.abc import Callable

import pytest

from winset.domain.case import Case
from winset.domain.terms import Proposal
from winset.evidence import pointers, speaking_for
from winset.evidence.inducements import inducements
from winset.evidence.parties import names_of
from winset.services.drafting import drafted

Told = Callable[..., Case]
FREEZE, NEUTRAL, LIFTED = ("territory", 50.0), ("alliance-membership", 0.0), ("sanctions-and-trade", 0.0)


def plans(case: Case) -> tuple[Proposal, ...]:
    return drafted(case)[1].proposals


def answers(one: Proposal) -> list[tuple[str, bool, str]]:
    return [(a.party, a.accepts, a.voice) for a in one.acceptances if a.scope == "whole"]


@pytest.mark.parametrize(
    ("sentence", "told_now", "left"),
    [
        ("Arden had rejected the plan in March but accepts it now.", True, False),
        ("Arden, which had rejected the plan last month, has now accepted it.", True, False),
        ("Arden had accepted the plan last year, but now rejects it.", False, True),
        ("Arden rejected the plan in January. It now accepts it.", True, False),
        ("Arden initially rejected the plan but later accepted it.", True, False),
        ("Arden accepted the plan after rejecting it in January.", True, False),
        ("“We had rejected the plan in January, but we accept it now,” Arden's foreign minister, Ada Moss, said.", True, False),
    ],
)  # fmt: skip
def test_an_answer_that_was_left_behind_is_of_the_past(told: Told, sentence: str, told_now: bool, left: bool) -> None:
    (one,) = plans(told(f"Belmar presented a peace plan on Monday. {sentence}"))
    assert sorted(answers(one)) == sorted([("arden", told_now, "own"), ("arden", left, "past")])


@pytest.mark.parametrize(
    ("sentence", "accepts"),
    [
        ("Arden said it had accepted the plan.", True),
        ("Talks resumed after Arden had accepted the plan.", True),
        ("Arden had rejected the plan on Friday.", False),
        ("Arden did not reject the plan but accepted it.", True),
        ("Arden would not reject the plan but accept it.", True),
        ("Arden had to accept the plan.", True),
    ],
)
def test_a_pluperfect_that_is_only_the_form_leaves_an_answer_standing(told: Told, sentence: str, accepts: bool) -> None:
    (one,) = plans(told(f"Belmar presented a peace plan on Monday. {sentence}"))
    assert answers(one) == [("arden", accepts, "own")]


def test_the_answers_of_two_parties_do_not_turn_each_other_round(told: Told) -> None:
    (one,) = plans(told("Belmar presented a peace plan on Monday. Arden accepted the plan, but Corvia now rejects it."))
    assert answers(one) == [("arden", True, "own"), ("corvia", False, "own")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The plan by Arden lifts the sanctions.",
        "Arden's plan would lift the sanctions.",
        "Under Arden's plan, the sanctions would be lifted.",
        "Under a plan drawn up by Arden, sanctions would be lifted within a year.",
        "A plan drawn up by Arden lifts the sanctions.",
    ],
)
def test_author_and_terms_of_a_plan_however_told(told: Told, sentence: str) -> None:
    draft = drafted(told(f"{sentence} Belmar rejected the plan. Corvia said it wanted the sanctions lifted."))[1]
    (one,) = draft.proposals
    assert (one.author, one.terms) == ("arden", (LIFTED,))
    assert [(p.voice, p.value.best) for p in draft.positions if p.party == "arden"] == [("own", 0.0)]


def test_what_a_party_is_said_to_do_is_no_term_of_its_plan(told: Told) -> None:
    draft = drafted(told("Belmar said Arden would lift the sanctions. Belmar said it rejected Arden's plan."))[1]
    assert [one.terms for one in draft.proposals] == [()]
    assert [p.voice for p in draft.positions if p.party == "arden"] == ["forecast"]


@pytest.mark.parametrize(
    "rival",
    [
        "A Harbour Plan drawn up by the Dunmore Institute would keep the country out of NATO.",
        "The Dunmore Institute published a Harbour Plan of its own that would keep the country out of NATO.",
    ],
)
def test_a_rival_plan_of_the_same_name_by_somebody_who_is_no_party(told: Told, rival: str) -> None:
    draft = drafted(
        told(
            f"Arden presented its Harbour Plan. It would freeze the current front line. {rival} "
            "Belmar accepted the Dunmore Institute's Harbour Plan. Corvia rejected Arden's Harbour Plan. Tessaly wants the sanctions lifted."
        )
    )[1]
    first, second = draft.proposals
    assert (first.name, first.terms, answers(first)) == ("Arden’s Harbour plan", (FREEZE,), [("corvia", False, "own")])
    assert (second.name, second.terms) == ("Dunmore Institute’s Harbour plan", (NEUTRAL,))
    assert answers(second) == [("belmar", True, "own")]


WATER = "Arden said it would offer 300 cubic metres a second. Belmar said it would offer 450 cubic metres a second."


@pytest.mark.parametrize(
    ("sentence", "author", "value"),
    [
        ("The offer of 300 cubic metres still stood, Arden's envoy said.", "arden", 300.0),
        ("Arden rejected the offer of 450 cubic metres a second.", "belmar", 450.0),
    ],
)
def test_an_offer_is_laid_to_who_made_it_by_speaker_and_terms(
    told: Told, sentence: str, author: str, value: float
) -> None:
    draft = drafted(told(WATER, sentence))[1]
    (one,) = [one for one in draft.proposals if one.terms]
    assert (one.author, [term for _, term in one.terms]) == (author, [value])
    assert {(p.party, p.value.best) for p in draft.positions} == {("arden", 300.0), ("belmar", 450.0)}


METROLINE = (
    "Metroline raises pay offer to 5.5 per cent\n\nMetroline has raised its pay offer to 5.5 per cent, from 4.2 per cent. "
    "The Transit Workers’ Union rejected the offer. The union demands a pay rise of 9 per cent and threatened to strike."
)


def test_a_headline_and_its_lead_tell_of_one_version_and_a_later_raise_of_the_next(told: Told) -> None:
    (one,) = plans(told(METROLINE, parties=()))
    assert (one.version, dict(one.terms)["pay-rise"]) == ("1", 5.5)
    later = METROLINE.replace("5.5", "6.1").replace("4.2", "5.5")
    first, second = plans(told(METROLINE, later, parties=()))
    assert (first.version, second.version, second.revises) == ("1", "2", first.id)
    assert dict(second.terms)["pay-rise"] == 6.1


REST = " Metroline said it would offer a pay rise of 4 per cent. The union threatened to strike."


@pytest.mark.parametrize(
    "sentence",
    [
        "The Transit Workers’ Union cut its pay demand from 9 to 6.5 per cent on Monday.",
        "The Transit Workers’ Union lowered its demand to 6.5 per cent from 9 per cent.",
        "The Transit Workers’ Union said on Monday it had cut its pay demand from 9 per cent to 6.5 per cent.",
    ],
)
def test_a_change_tells_where_it_began(told: Told, sentence: str) -> None:
    draft = drafted(told(sentence + REST, parties=()))[1]
    assert [(m.issue, m.start, m.end) for m in draft.moves] == [("pay-rise", 9.0, 6.5)]
    assert [p.value.best for p in draft.positions if (p.party, p.issue) == ("transit-workers-union", "pay-rise")] == [
        6.5
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Transit Workers’ Union wants a pay rise of from 4 to 6 per cent.",
        "Inflation fell from 9 to 6.5 per cent, the Transit Workers’ Union said. It demands a pay rise of 8 per cent.",
    ],
)
def test_a_range_or_a_change_of_something_else_is_no_move(told: Told, sentence: str) -> None:
    assert drafted(told(sentence + REST, parties=()))[1].moves == ()


def test_a_known_earlier_position_gives_the_move_once(told: Told) -> None:
    first = "The Transit Workers’ Union demands a pay rise of 9 per cent."
    then = "The Transit Workers’ Union cut its pay demand from 9 to 6.5 per cent on Monday."
    draft = drafted(told(first + REST, then + REST, parties=()))[1]
    assert [(m.start, m.end) for m in draft.moves] == [(9.0, 6.5)]


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("The mediator, Kosta Relin,", "Kosta Relin’s plan"),
        ("The Norwegian mediator, Kosta Relin,", "Kosta Relin’s plan"),
        ("Mediator Kosta Relin", "Kosta Relin’s plan"),
        ("The mediator", "The mediator’s plan"),
        ("The mediators", "The mediators’ plan"),
    ],
)
def test_a_plan_is_named_by_its_mediator(told: Told, who: str, name: str) -> None:
    (one,) = plans(told(f"{who} presented a plan on Monday. Arden rejected the plan."))
    assert (one.name, answers(one)) == (name, [("arden", False, "own")])


@pytest.mark.parametrize(
    ("who", "party"),
    [
        ("The Velan government", "velan"),
        ("Arden's government", "arden"),
        ("The Ardenian government", "arden"),
    ],
)
def test_a_reward_of_a_government_that_no_list_names_is_its_own(told: Told, who: str, party: str) -> None:
    case = told(f"Talks with Belmar resumed on Monday. {who} offered to rebuild the port if Belmar signs the treaty.")
    found, statements = speaking_for.heard(case.documents, case.statements, case.parties)
    lines = inducements(case.documents, statements, names_of(found.parties))
    assert [(one.kind, one.party, one.toward) for one in lines] == [("inducement", party, "belmar")]


def test_who_cannot_hold_out_and_whose_ballot_decides(told: Told) -> None:
    case = told(
        "Belmar cannot hold out much longer, Arden's envoy said. Belmar can hold out, Corvia's envoy said. "
        "The deal must be approved by a ballot, Belmar's envoy said. Corvia, which funds Arden, joined the talks."
    )
    found, statements = speaking_for.heard(case.documents, case.statements, case.parties)
    read = {(one.kind, one.direction, one.party) for one in pointers.read(case.documents, statements, found)}
    assert read == {
        ("haste", "hurries", "belmar"), ("haste", "waits", "belmar"), ("consent", "needed", "belmar"), ("backing", "funds", "corvia")
    }  # fmt: skip


@pytest.mark.parametrize(
    "made",
    [
        "Arden offered to lift the sanctions. Belmar rejected the offer.",
        "Arden offered to lift the sanctions, its premier said. On Tuesday Belmar turned down the offer.",
    ],
)
def test_an_offer_made_without_the_noun_is_the_one_that_is_answered(told: Told, made: str) -> None:
    (one,) = plans(told(f"{made} Corvia said it wanted the sanctions lifted."))
    assert one.everybody == ("arden",)
    assert answers(one) == [("belmar", False, "own")]
    assert dict(one.terms) == dict([LIFTED])


@pytest.mark.parametrize(
    "near",
    ["Arden offered talks. Belmar rejected the offer.", "Arden was offered a loan. Belmar rejected the offer."],
)
def test_who_offered_no_terms_is_not_the_author_of_the_offer(told: Told, near: str) -> None:
    assert all(one.everybody != ("arden",) for one in plans(told(near)))


def test_an_offer_put_to_members_is_of_who_made_it(told: Told) -> None:
    text = "Arden tabled a new offer on Monday. Belmar said it would put the offer to its members."
    assert [one.everybody for one in plans(told(text))] == [("arden",)]


def test_her_plan_is_the_plan_that_bears_her_name(told: Told) -> None:
    first = "Ada Lindholm, the mediator, presented a plan to Arden and Belmar. Arden accepted the Lindholm plan."
    again = "Lindholm presented a revised version of her plan on Monday. Belmar accepted the revised plan."
    found = plans(told(first, again))
    assert len({one.name for one in found}) == 1
    assert [one.version for one in found] == ["1", "2"]


def test_terms_stand_behind_a_colon(told: Told) -> None:
    (one,) = plans(told("Arden presented a plan on Monday: it would lift the sanctions and freeze the front lines."))
    assert dict(one.terms) == dict([LIFTED, FREEZE])
