"""What one paragraph foretells is nobody's position in the next, and a spokesman keeps his party; firm and union are invented."""

import pytest
from tests.evidence.test_drafting import drafted_from, stood

from winset.language.annotation import Annotator
from winset.services.annotators import choose

REPORT = """Union scales back wage claim as strike deadline nears

The Dockers' Federation has cut its wage demand from 9 percent to 6.5 percent, its general secretary, Petra Novik, said on Monday.

Harbour operator Brantsea said it could accept a rise of 5 percent. The company has ruled out any limit on night shifts, spokesman Jonas Reil said.

Reil called the federation's claim "reckless".

Analysts expect the two sides to settle near 5.5 percent.
"""


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    found = choose("model")
    assert found is not None
    return found


def test_a_forecast_of_the_next_paragraph_is_not_told_by_the_voice_before_it(annotator: Annotator) -> None:
    case, draft = drafted_from(annotator, REPORT)
    texts = {document.id: document.text for document in case.documents}
    calls = [one for one in case.statements if any("reckless" in span.of(texts[one.doc]) for span in one.content)]
    assert calls
    assert all("5.5" not in span.of(texts[one.doc]) for one in calls for span in one.content)
    pay = {(party, value) for party, issue, value in stood(draft) if value in (5.0, 5.5, 6.5, 9.0)}
    assert pay == {("brantsea", 5.0), ("dockers-federation", 6.5)}


def test_a_spokesman_speaks_for_one_party_also_where_he_speaks_of_another(annotator: Annotator) -> None:
    case, _ = drafted_from(annotator, REPORT)
    people = {party.id: {person.name for person in party.people} for party in case.parties}
    assert people == {"brantsea": {"Jonas Reil"}, "dockers-federation": {"Petra Novik"}}
