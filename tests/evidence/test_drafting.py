"""Positions, moves and who is at the table, read off reports alone; all persons are invented."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from winset.domain.case import Case
from winset.domain.text import Document
from winset.evidence.drafts import Draft
from winset.language.annotation import Annotator
from winset.services.annotators import choose
from winset.services.drafting import drafted
from winset.services.extraction import Read, read_statements
from winset.services.reading import Taken


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    found = choose("model")
    assert found is not None
    return found


def drafted_from(annotator: Annotator, *texts: str, day: date = date(2026, 5, 11)) -> tuple[Case, Draft]:
    taken = [
        Taken(
            document=Document(
                id=f"d{n}", text=text, sha256=sha256(text.encode()).hexdigest(), language="en", date=day
            ),
            data=text.encode(),
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip
    read = [one for one in read_statements(taken, annotator) if isinstance(one, Read)]
    statements = tuple(statement for one in read for statement in one.statements)
    return drafted(Case(documents=tuple(one.document for one in read), statements=statements))


def stood(found: Draft, voice: str = "own") -> set[tuple[str, str, float]]:
    return {(p.party, p.issue, p.value.best) for p in found.positions if p.voice == voice}


GENEVA = """Envoys of Armenia and Azerbaijan met in Geneva on Monday.

Azerbaijan's foreign minister, Elin Guliyev, said that Baku would keep the regions it has taken. "There will be no foreign peacekeepers on our soil," he told reporters.

Armenia's prime minister, Aram Petrosyan, said his country was ready to accept a partial withdrawal if prisoners were exchanged. Yerevan has dropped its demand for security guarantees, an Armenian diplomat said on condition of anonymity.

A Western diplomat said that Baku would probably insist on an end to sanctions next.

Russia was not invited to the talks.

In 2023 Armenia had demanded a full withdrawal to the pre-war borders.
"""


def test_a_report_becomes_positions_moves_and_a_table(annotator: Annotator) -> None:
    case, found = drafted_from(annotator, GENEVA)
    assert ("azerbaijan", "territory", 75.0) in stood(found)
    assert ("azerbaijan", "security-guarantees", 0.0) in stood(found)
    assert ("armenia", "territory", 25.0) in stood(found)
    assert ("azerbaijan", "sanctions-and-trade", 0.0) in stood(found, "forecast")
    assert ("armenia", "territory", 0.0) in stood(found, "past")
    assert not {p for p in stood(found) if p[1] == "sanctions-and-trade"}, "a prediction is nobody's position"
    (move,) = [m for m in found.moves if m.issue == "security-guarantees"]
    assert (move.party, move.end, move.answered_by, move.toward) == ("armenia", None, (), "azerbaijan")
    assert (found.seated, found.left_out) == (("armenia", "azerbaijan"), ("russia",))
    assert {"armenia", "azerbaijan", "russia"} <= {party.id for party in case.parties}
    conditions = {
        p.condition for p in found.positions if (p.party, p.issue, p.voice) == ("armenia", "territory", "own")
    }
    assert conditions == {"prisoners were exchanged"}


def test_every_suggestion_rests_on_exact_words_and_says_why(annotator: Annotator) -> None:
    case, found = drafted_from(annotator, GENEVA)
    statements = {one.id: one for one in case.statements}
    assert found.positions
    for position in found.positions:
        assert position.by.startswith("reader")
        assert 0 < position.score < 1
        assert position.why
        for ground in position.grounds:
            assert ground.statement is not None
            assert ground.spans == statements[ground.statement].content
    assert all(judgement.suggested for judgement in found.judgements)


CASES = [  # sentence, expected own (party, issue, point)
    ("Ukraine's president, Oleh Bondar, said the country would never give up its territory.", ("ukraine", "territory", 0.0)),
    ("Russia demanded that Ukraine stay out of NATO for good.", ("russia", "alliance-membership", 0.0)),
    ("The European Union insisted that the frozen assets stay frozen until a settlement.", ("european-union", "frozen-assets", 50.0)),
    ("The United States ruled out NATO membership for Ukraine.", ("united-states", "alliance-membership", 0.0)),
    ("Pakistan called for an immediate ceasefire.", ("pakistan", "ceasefire-and-monitoring", 75.0)),
    ("Sudan rejected foreign troops on its soil.", ("sudan", "security-guarantees", 0.0)),
    ("Israel said it would not agree to a truce before all hostages were released.", ("israel", "prisoners-and-displaced-people", 100.0)),
    ("Moscow said it wanted sanctions lifted.", ("russia", "sanctions-and-trade", 0.0)),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_whose_position_it_is(annotator: Annotator, sentence: str, expected: tuple[str, str, float]) -> None:
    assert expected in stood(drafted_from(annotator, sentence)[1])


NOT_OWN = [
    "An analyst said that Russia would probably demand an end to sanctions.",
    "A former minister said Ukraine could accept a frozen front line.",
    "Moscow denied that it had demanded an end to sanctions.",
    "A European diplomat said that the ceasefire would not last.",
    "Kyiv accused Moscow of breaking the ceasefire.",
    "Does Russia want sanctions lifted? asked a reporter.",
]


@pytest.mark.parametrize("sentence", NOT_OWN)
def test_what_is_foretold_denied_or_asked_is_nobodys_own(annotator: Annotator, sentence: str) -> None:
    assert stood(drafted_from(annotator, sentence)[1]) == set()


def test_bodies_that_no_word_list_knows_are_parties(annotator: Annotator) -> None:
    text = """Korsund and Velmara held a first round of talks on Friday.

Korsund demanded a full withdrawal of troops from the islands. Velmara's foreign minister, Tomas Reyl, ruled out a ceasefire.

"We will keep the islands," said Lena Vask, Korsund's envoy. Korsund's government said it would free all prisoners."""
    _, found = drafted_from(annotator, text)
    assert ("velmara", "ceasefire-and-monitoring", 0.0) in stood(found)
    assert "korsund" in {party for party, _, _ in stood(found)}
    assert set(found.seated) == {"korsund", "velmara"}


def test_its_envoy_speaks_for_the_party_of_the_sentence_before(annotator: Annotator) -> None:
    text = """Delegations from Sudan and Chad met in Addis Ababa on Tuesday.

Chad offered to release all prisoners in return for an end to sanctions. Its envoy, Moussa Deby, rejected any international monitoring mission."""
    _, found = drafted_from(annotator, text)
    assert ("chad", "prisoners-and-displaced-people", 100.0) in stood(found)
    assert ("chad", "sanctions-and-trade", 0.0) in stood(found)
    assert ("chad", "ceasefire-and-monitoring", 50.0) in stood(found)


def test_an_article_about_something_else_gives_the_record_and_nothing_more(annotator: Annotator) -> None:
    text = 'The museum will open in May, its director said. "We want more visitors," said Jane Poole, a curator.'
    case, found = drafted_from(annotator, text)
    assert found == Draft()
    assert case.issues == ()
    assert case.statements


def test_beside_what_people_judged_only_open_pairs_are_suggested(annotator: Annotator) -> None:
    from winset.domain.estimates import Exact, Judgement
    from winset.services.drafting import suggestions, unjudged, unreviewed

    case, found = drafted_from(annotator, GENEVA)
    own = found.judgements
    assert len({(one.party, one.issue) for one in own}) > 1
    judged = Judgement(quantity="position", party=own[0].party, issue=own[0].issue, value=Exact(25), by="Ann")
    kept = case.with_(judgements=(judged,))
    assert drafted(kept) == (kept, Draft()), "nothing suggested is ever among what is computed with"
    beside = unjudged(kept)
    shown = [one for one in beside.positions if one.voice == "own"]
    pairs = {(one.party, one.issue) for each in (beside.judgements, shown) for one in each}
    assert pairs
    assert (judged.party, judged.issue) not in pairs
    assert {party for party, _ in pairs} <= {party.id for party in kept.parties}
    assert {issue for _, issue in pairs} <= {issue.id for issue in kept.issues}
    assert [(one.party, one.issue, one.value) for one in beside.judgements] == [
        (one.party, one.issue, one.value) for one in own if (one.party, one.issue) != (judged.party, judged.issue)
    ], "as they were suggested before anybody judged"
    assert not beside.moves
    assert not beside.seated
    assert {(one.party, one.issue) for one in beside.waiting} == {(judged.party, judged.issue)}
    assert set(suggestions(kept)) == {*beside.judgements, *beside.waiting}, "and all can be reviewed"
    assert unreviewed(kept)[0].judgements == (judged, *suggestions(kept))
    held = suggestions(kept.with_(judgements=(replace(judged, grounds=own[0].grounds),)))
    assert held == suggestions(kept)[1:], "but what is judged on the same words"
    assert suggestions(kept)[0].grounds == own[0].grounds
    alone = unjudged(kept.with_(parties=(), issues=()))
    assert not alone.positions, "only the case's own parties and issues"
    assert not alone.judgements


def test_the_brief_shows_suggestions_beside_judgements_and_computes_nothing_from_them(annotator: Annotator) -> None:
    from winset.domain.estimates import Exact, Judgement
    from winset.services.brief import as_json, brief

    case, found = drafted_from(annotator, GENEVA)
    first = found.judgements[0]
    judged = Judgement(quantity="position", party=first.party, issue=first.issue, value=Exact(25), by="Ann")
    made = brief(case.with_(judgements=(judged,)))
    assert [one.by for one in made.positions] == ["Ann"]
    assert {one.by for one in made.beside} == {"reader 1"}
    value = as_json(made)
    assert len(value["positions"]) == 1 + len(made.beside)
    assert all(one["by"].startswith("reader") for one in value["suggested"])
    assert not made.moves
    assert made.collective.keys() <= {first.issue}


TABLE = """Envoys of Armenia and Azerbaijan met in Geneva on Monday. The European Union, which mediates, called for an exchange of all prisoners.

Georgia and Turkey, which border the area, have not been invited to the talks. Iran, a neighbour, was silent.

"We want all our soldiers home," Armenian negotiator Ara Sarkis said. Sarkis said he was tired.
"""


def test_mediators_are_at_the_table_and_neighbours_that_nobody_invited_are_absent(annotator: Annotator) -> None:
    from winset.services.brief import brief

    case, found = drafted_from(annotator, TABLE)
    assert set(found.seated) == {"armenia", "azerbaijan"}
    assert found.mediating == ("european-union",)
    assert set(found.left_out) == {"georgia", "turkey"}
    made = brief(case.with_(judgements=()))
    assert {"georgia", "turkey"} <= set(made.absent)
    assert "european-union" not in made.absent
    called = [one for one in case.statements if "exchange of all prisoners" in one.content[0].of(TABLE)]
    assert [one.speaker.party for one in called] == ["european-union"], "“which” is who it stands right behind"


@pytest.mark.parametrize(
    "words",
    [
        '"I think all the prisoners will come home by summer," Armenian negotiator Ara Sarkis said.',
        '"We expect Azerbaijan to keep every region by force," Armenian negotiator Ara Sarkis said.',
    ],
)
def test_a_prediction_is_nobodys_own_position(annotator: Annotator, words: str) -> None:
    _, found = drafted_from(annotator, f"Envoys of Armenia and Azerbaijan met in Geneva on Monday.\n\n{words}\n")
    assert not [one for one in found.positions if one.voice == "own"]


def test_a_part_of_a_party_s_name_names_no_point(annotator: Annotator) -> None:
    _, draft = drafted_from(
        annotator,
        "Orvane and the Selt Federation opened talks on Monday. Orvane demands that the Selt Federation withdraw all troops from "
        "the islands. The Selt Federation rejected a full withdrawal, said its envoy, Marko Tiel.",
    )
    assert ("orvane", "territory") in {(one.party, one.issue) for one in draft.stances}
    assert "autonomy-and-minority-rights" not in {one.issue for one in draft.stances}
