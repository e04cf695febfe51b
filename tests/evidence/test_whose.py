"""Whose a stance is: what is asked of another, what a plan says, what is only looked into, and what is asked for in return."""

import pytest
from tests.evidence.test_drafting import annotator, drafted_from, stood

from winset.domain.statements import Voice
from winset.evidence.standing import standing_of
from winset.evidence.whose import speaks_for_itself
from winset.language.annotation import Annotator

__all__ = ["annotator"]

TALKS = "India and Canada held talks on tariffs on Monday. "


@pytest.mark.parametrize(
    "text",
    [
        TALKS + "An expert, Ann Bell, said India must open its market to dairy goods.",
        TALKS + "Two people demanded that India scrap its duties on steel.",
        TALKS + "Negotiators of Canada and India could not agree on tariffs on steel.",
        TALKS + "India will look into the duties on steel, its trade minister, Ravi Sen, said.",
        TALKS + "The pollster Demos said India would gain four points if tariffs were scrapped.",
        TALKS + "An official in Norway said it was a plan under which India would scrap its duties on steel.",
    ],
)
def test_none_of_these_is_a_position_of_india(annotator: Annotator, text: str) -> None:
    _, found = drafted_from(annotator, text)
    assert [p for p in found.positions if p.party == "india"] == []


def test_what_the_other_side_must_do_is_asked_for_by_the_speaker(annotator: Annotator) -> None:
    text = "The Harbour Union demanded a shorter working week. Brantsea Ferries refused. Its director, Daniel Frey, said the union would have to drop its demand for a shorter week."
    _, found = drafted_from(annotator, text)
    assert ("brantsea-ferries", "working-time") in {(p.party, p.issue) for p in found.positions if p.voice == "own"}
    assert not [p for p in found.positions if p.voice == "forecast"]


def test_both_sides_of_an_exchange_are_the_offering_partys(annotator: Annotator) -> None:
    text = "India and Canada held talks. India's trade minister, Ravi Sen, said India would recognise Canadian food standards if Canada scrapped its duties on steel."
    _, found = drafted_from(annotator, text)
    assert ("india", "tariffs", 0.0) in stood(found)
    assert not [p for p in found.positions if p.party == "canada"]


def test_a_condition_behind_and_is_of_the_next_verb(annotator: Annotator) -> None:
    text = (
        "The Nurses' Federation demanded a pay rise of 9 per cent and threatened to strike if there was no agreement."
    )
    _, found = drafted_from(annotator, text)
    (position,) = [p for p in found.positions if p.issue == "pay-rise"]
    assert position.condition is None


def test_a_number_in_other_words_is_no_pay(annotator: Annotator) -> None:
    text = "The Nurses' Federation demanded a pay rise of 9 per cent. It said it would not sign anything long as long as inflation stayed above 5 per cent."
    _, found = drafted_from(annotator, text)
    assert {p.value.best for p in found.positions if p.issue == "pay-rise"} == {9.0}


def test_a_river_treaty_is_not_read_by_a_codebook_of_something_else(annotator: Annotator) -> None:
    text = (
        "Nakhand and Upper Sarveh met for talks on the waters of the Ormuz. Nakhand wants a flow of 300 cubic metres a second. "
        "Upper Sarveh demanded that Nakhand pay 90 million dollars a year towards the dam. Nakhand said it could pay 25 million dollars."
    )
    _, found = drafted_from(annotator, text)
    assert not {"climate-finance", "contract-length"} & {issue.id for issue in found.issues}


def test_one_retreat_told_twice_is_one_move(annotator: Annotator) -> None:
    text = "The Nurses' Federation demanded a 36-hour week. Brantsea Hospital refused. The Nurses' Federation gave up its demand for a 36-hour week on Tuesday."
    _, found = drafted_from(annotator, text)
    assert len([m for m in found.moves if m.party == "nurses-federation"]) == 1


@pytest.mark.parametrize(
    ("name", "own"),
    [("the People's Party", True), ("the Centre Union", True), ("a person close to the talks", False), ("an analyst at the Centre for Trade", False)],
)  # fmt: skip
def test_a_name_that_sounds_like_an_insiders_speaks_for_its_party(name: str, own: bool) -> None:
    voice = Voice(id="v", kind="anonymous", name=name, standing=standing_of(name), party="p")
    assert speaks_for_itself(voice) is own
    party = Voice(id="centre-for-all", kind="collective", name=name, standing="expert", party="centre-for-all")
    assert speaks_for_itself(party)
