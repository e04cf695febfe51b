"""Interviews whose turns bear no names: what is a question, who answers, and for whom."""

import pytest
from tests.evidence.records import record

from winset.evidence.guests import ASKS
from winset.evidence.interviews import exchanges
from winset.evidence.sentences import paragraphs
from winset.services.drafting import drafted

NEWS = (
    "MELK - The Harbour Pilots' Guild and Melk Port Company opened talks on Monday. The Guild wants a rise of 9 per cent, "
    "said its president, Ana Tove. Melk Port Company offered 3 per cent, its director, Olav Brim, said."
)


def asked(text: str) -> list[str]:
    return [question.of(text) for question, _ in exchanges(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "The Saturday interview\n\nHow long can you hold out?\n\nUntil spring.\n\nAnd the pay?\n\nNine per cent.\n\nNot less.\n",
            ["How long can you hold out?", "And the pay?"],
        ),
        (
            ("Ana Tove received us on the quay.\n\n– Will you strike?\n– We have no choice.\n\n– The company says you are greedy.\n"
            "– It pays its owners twice as much.\n\n– When?\n– In May.\n"),
            ["Will you strike?", "The company says you are greedy.", "When?"],
        ),
        (
            ("The Herald put readers' questions to the director.\n\n— Is there money?\n\nThere is some.\n\n— Growers are afraid.\n\n"
            "They need not be.\n\n— And the quays?\n\nThey stay ours.\n"),
            ["Is there money?", "Growers are afraid.", "And the quays?"],
        ),
        (
            ("“I can wait”\n\nAna Tove, 44, leads the pilots.\n\nAre you tired?\n\nI slept well.\n\nWould you sign tonight?\n\n"
            "We would, for nine.\n\nThe owners will not like that.\n\nThey never liked us.\n\nWhat do you read?\n\nMy contract.\n\n"
            "And you still trust them?\n\nI trust my members.\n"),
            [
                "Are you tired?", "Would you sign tonight?", "The owners will not like that.", "What do you read?",
                "And you still trust them?",
            ],
        ),
    ],
)  # fmt: skip
def test_questions_without_names(text: str, questions: list[str]) -> None:
    assert asked(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        # A writer's own questions, which the writer answers.
        (
            "What you need to know\n\nWho bargains?\n\nThe Guild and the port.\n\nWhat about?\n\nPay, above all.\n\nWhen does it end?\n\nIn May.\n\n"
            "What then?\n\nA strike is likely.\n"
        ),
        # A list behind dashes.
        "The Guild's demands:\n\n– nine per cent\n– two pilots a ship\n– a free Sunday\n",
        # A report that asks once.
        "MELK - Pilots met on Monday.\n\nWill they strike?\n\nAna Tove said they would.\n\nThe port said nothing.\n",
        # Two dashes that open remarks in a story.
        "The quay was empty.\n\n– Nobody told us, a sailor said.\n\nA gull sat on the crane.\n",
    ],
)
def test_no_interview(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize(
    "head",
    [
        "“We can wait”\n\nAna Tove, 44, leads the Harbour Pilots' Guild. An interview in four questions.",
        "The quay is ours: an interview with Ana Tove of the Harbour Pilots' Guild",
        "“We can wait”\n\nThe Melk Mirror talks to the president of the Harbour Pilots' Guild.",
        "“We can wait”\n\nMelk Monthly, the May interview\n\nAna Tove has chaired the Harbour Pilots' Guild since January.",
    ],
)
def test_who_is_interviewed_speaks_for_whom_the_head_says(head: str) -> None:
    talk = "\n\nHow is the coffee?\n\nWeak.\n\nMs Tove, what do you want from the port?\n\nWe want nine per cent, this year.\n\nAnd then?\n\nThen we sail.\n"
    found, _ = drafted(record(NEWS, head + talk))
    said = {
        one.speaker.party
        for one in found.statements
        if one.doc == "d2" and one.kind == "direct" and one.speaker.id != ASKS
    }
    assert said == {"harbour-pilots-guild"}


@pytest.mark.parametrize(
    "leads",
    ["co-leads", "now chairs", "has firmly led", "also still heads the strike committee of"],
)
def test_who_leads_a_party_speaks_for_it_though_the_head_names_another(leads: str) -> None:
    head = f"“We can wait”\n\nMelk Port Company is angry. Bea Lund, who {leads} the Harbour Pilots' Guild, received us on the quay."
    talk = "\n\nWhat do you want from the port?\n\nWe want nine per cent, this year.\n\nAnd then?\n\nThen we sail.\n"
    found, _ = drafted(record(NEWS, head + talk))
    said = {
        one.speaker.party
        for one in found.statements
        if one.doc == "d2" and one.kind == "direct" and one.speaker.id != ASKS
    }
    assert said == {"harbour-pilots-guild"}
