"""Whom a voice does not speak for, what a refusal without something asks for; persons are invented."""

import pytest
from tests.evidence.test_drafting import drafted_from, stood

from winset.evidence.plan_lines import Line, title
from winset.language.annotation import Annotator
from winset.services.annotators import choose


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    found = choose("model")
    assert found is not None
    return found


TRUCE = "Moscow and Kyiv held ceasefire talks on Monday. "


@pytest.mark.parametrize(
    "sentence",
    [
        "“Without all our captives there will be no truce,” said Ukraine's president, Oleh Bondar.",
        "“There is no deal without all the hostages,” said Ukraine's president, Oleh Bondar.",
        "Kyiv said that without the release of all prisoners it would not sign.",
    ],
)
def test_no_deal_without_something_asks_for_it(annotator: Annotator, sentence: str) -> None:
    assert ("ukraine", "prisoners-and-displaced-people", 100.0) in stood(drafted_from(annotator, TRUCE + sentence)[1])


def test_without_alone_turns_down(annotator: Annotator) -> None:
    found = drafted_from(annotator, TRUCE + "Russia wants a deal without any exchange of prisoners.")[1]
    assert ("russia", "prisoners-and-displaced-people", 100.0) not in stood(found)


def test_as_soon_as_is_a_condition_and_as_soon_as_possible_is_none(annotator: Annotator) -> None:
    words = "Ukraine said it was ready to accept a ceasefire as soon as Russia pulled its guns back."
    (one,) = (p for p in drafted_from(annotator, TRUCE + words)[1].positions if p.voice == "own")
    assert one.condition == "Russia pulled its guns back"
    words = "Ukraine called for an immediate ceasefire as soon as possible."
    assert {p.condition for p in drafted_from(annotator, TRUCE + words)[1].positions} == {None}


def test_a_cut_of_duties_is_none_of_emissions(annotator: Annotator) -> None:
    text = (
        "Chile and Japan began talks on trade and forests on Monday. Chile asked for a cut of Japan's duties on wine from 20 per cent to 5 "
        "per cent. Japan said it could go to 12 per cent. Japan demanded binding rules on deforestation, and an end to illegal logging by 2030."
    )
    found = drafted_from(annotator, text)[1]
    assert "emission-cuts" not in {p.issue for p in found.positions}
    text = "Chile and Japan began climate talks. Japan offered a cut of 40 per cent in emissions. Chile said it could go to 45 per cent."
    assert ("japan", "emission-cuts", 40.0) in stood(drafted_from(annotator, text)[1])


def test_a_lobby_of_a_country_does_not_speak_for_it_and_whom_it_may_turn_to_sits_at_no_table(
    annotator: Annotator,
) -> None:
    text = (
        "Chile and Japan began talks in Tokyo on Monday. Japan offered to lower its tariffs on wine. The Japanese growers' association demanded "
        "higher tariffs on wine. Chile warned that it would turn to India and Brazil unless talks moved."
    )
    case, found = drafted_from(annotator, text)
    spoke = {s.speaker.party for s in case.statements if "growers" in (s.speaker.name or s.speaker.description or "")}
    assert spoke == {None}
    assert found.seated == ("chile", "japan")


def test_their_spokesman_speaks_for_the_subject_of_his_sentence(annotator: Annotator) -> None:
    text = (
        "The Orrin Salt Cooperative asked on Monday for 12 crates a day. The canal's owner, Lessing Power, offered 5 crates a day. "
        "The cooperative would go down to 9 crates a day, said Mara Finn, who chairs it.\n\n"
        "The inland villages oppose more than 7 crates a day, their spokesman Ivo Brandl said."
    )
    case, found = drafted_from(annotator, text)
    assert "orrin-salt-cooperative" in {party.id for party in case.parties}
    assert {s.speaker.party for s in case.statements if "Brandl" in (s.speaker.name or "")} <= {None}
    assert not [one for one in stood(found) if one[2] == 7]


def test_a_plan_of_stages_is_called_so() -> None:
    line = Line("plan", None, "three", None, (), None, None, "a three-stage plan")
    assert title(line, {}) == "three-stage plan"
