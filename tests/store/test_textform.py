"""The text form: equal after a round trip, valid against its schema, and clear about what is wrong."""

import json
from datetime import UTC, date, datetime

import jsonschema
import pytest

from winset.domain.actors import Party, Person, Relation, Table
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement, Likely, Range
from winset.domain.estimates import Table as Worths
from winset.domain.issues import Issue, ScalePoint
from winset.domain.reviews import Review
from winset.domain.statements import Candidate, Statement, Voice
from winset.domain.terms import Acceptance, Deal, Forbidden, Precedent, Proposal, Ratifier, Rule
from winset.domain.text import Document, Grounds, Origin, Period, Span
from winset.errors import CaseError
from winset.services.schemas import schema
from winset.store.textform import case_from_json, case_to_json, dump, parse

TEXT = '"Мы согласны," the minister said.'
GROUNDS = (Grounds(doc="a", statement="a#1", spans=(Span(0, 13),)),)
FULL = Case(
    title="Water",
    as_of=date(2025, 2, 12),
    parties=(
        Party(id="north", name="North", aliases=("N",), people=(Person("Ann", "minister"),)),
        Party(id="south", name="South", fictional=True),
    ),
    tables=(Table(id="main", date=date(2025, 1, 1), seats=("north", "south"), must_sign=("south",)),),
    issues=(
        Issue(
            id="share",
            question="Who gets how much?",
            scale=(ScalePoint(0, "none"), ScalePoint(100, "all")),
            status_quo=20.0,
        ),
        Issue(id="seat", question="Where?", kind="discrete", options=("Geneva", "Riyadh"), status_quo="Geneva"),
        Issue(id="years", question="How long?", kind="integer", range=(1.0, 9.0)),
    ),
    judgements=(
        Judgement(
            quantity="position", party="north", issue="share", value=Likely(10, 20.5, 40), by="Ann", grounds=GROUNDS
        ),
        Judgement(quantity="salience", party="north", issue="share", value=Range(50, 80), by="reader 1", score=0.5),
        Judgement(
            quantity="capability", party="north", issue=None, value=Exact(3), by="Ann", as_of=date(2025, 1, 2), note="n"
        ),
        Judgement(
            quantity="utility", party="south", issue="seat", value=Worths((("Geneva", 1), ("Riyadh", 0.25))), by="Ann"
        ),
    ),
    ratifiers=(
        Ratifier(
            name="Senate",
            party="north",
            chamber="senate",
            position=(("share", Range(0, 10)),),
            salience=(("share", Exact(5)),),
            reservation=Exact(0.2),
            weight=2,
        ),
    ),
    rules=(Rule(chamber="senate", kind="supermajority", quota=0.6),),
    relations=(Relation(kind="backs", of="north", to="south", strength=0.5, as_of=date(2024, 1, 1), note="x"),),
    proposals=(
        Proposal(
            id="p",
            name="Plan",
            version="2",
            author="mediator",
            date=date(2025, 1, 3),
            terms=(("share", 40.0), ("seat", "Riyadh")),
            acceptances=(Acceptance(party="south", accepts=False, reservations=("time",), grounds=GROUNDS),),
        ),
    ),
    precedents=(
        Precedent(name="1999", parties=("north", "west"), terms=(("share", 10.0),), kept=False, broken_by=("west",)),
    ),
    deals=(Deal(name="d", terms=(("years", 3.0),)),),
    forbidden=(
        Forbidden(terms=(("share", ("all", 0.0)), ("years", (8.0, 9.0))), by="Ann", note="law", grounds=GROUNDS),
        Forbidden(terms=(("seat", ("Riyadh",)),)),
    ),
    conflict={"options": [{"name": "dam"}]},
    documents=(
        Document(
            id="a",
            text=TEXT,
            sha256="0" * 64,
            origins=(Origin(0, "byte 0"), Origin(5, None)),
            title="T",
            language="en",
            date=date(2025, 2, 1),
            remarks=("cut",),
        ),
    ),
    statements=(
        Statement(
            id="a#1",
            doc="a",
            source=(Span(14, 26),),
            cue=(Span(27, 31),),
            content=(Span(0, 13),),
            kind="direct",
            speaker=Voice(
                id="minister",
                kind="named",
                name="Ann",
                standing="official",
                candidates=(Candidate(name="Ann", score=0.5, why="near"),),
            ),
            acts=("concession", "report"),
            tense="present",
            date=Period(date(2025, 1, 1), date(2025, 1, 2)),
            score=0.75,
            why=("said",),
            translation="We agree",
            translator="Bo",
        ),
    ),
    reviews=(
        Review(
            target="statement:a#1",
            verdict="correct",
            by="Bo",
            at=datetime(2025, 2, 3, 4, 5, tzinfo=UTC),
            changes=(("acts", ["offer"]),),
        ),
    ),
    scenarios=({"name": "s", "edits": []},),
    forecasts=({"question": "q"},),
)


def test_a_full_case_is_equal_after_a_round_trip() -> None:
    assert case_from_json(parse(dump(FULL).encode())) == FULL
    assert case_from_json(case_to_json(FULL)) == FULL


@pytest.mark.parametrize("case", [FULL, Case()], ids=["full", "empty"])
def test_what_is_written_is_valid_against_the_published_schema(case: Case) -> None:
    jsonschema.validate(json.loads(dump(case)), schema("winset-case/1"))


def test_only_the_parts_that_are_needed() -> None:
    case = case_from_json(
        {
            "schema": "winset-case/1",
            "parties": [{"id": "a"}, {"id": "b", "name": "B"}],
            "issues": [{"id": "x", "range": [0, 1]}],
            "judgements": [{"quantity": "position", "party": "a", "issue": "x", "value": 0.5}],
        }
    )
    assert [p.name for p in case.parties] == ["a", "B"]
    assert case.judgements[0].value == Exact(0.5)
    assert case.issue("x").kind == "continuous"


def test_an_unknown_key_is_reported_with_the_nearest_known_one() -> None:
    remarks: list[str] = []
    case_from_json({"schema": "winset-case/1", "partys": [], "parties": [{"id": "a", "alias": ["b"]}]}, remarks)
    assert any("parties[0].alias" in r and "'aliases'" in r for r in remarks)
    assert any(r.startswith("partys") for r in remarks)


def one(**judgement: object) -> dict[str, object]:
    return {
        "parties": [{"id": "north"}, {"id": "south"}],
        "issues": [
            {"id": "share", "scale": [{"value": 0, "label": "none"}, {"value": 100, "label": "all"}]},
            {"id": "seat", "options": ["Geneva", "Riyadh"]},
        ],
        "judgements": [{"quantity": "position", "party": "north", "issue": "share", "value": 1} | judgement],
    }


def said(content: list[list[int]]) -> dict[str, object]:
    speaker = {"kind": "none"}
    return {"statements": [{"id": "a#1", "content": content, "kind": "direct", "act": "offer", "speaker": speaker}]}


def forbid(terms: object) -> dict[str, object]:
    years = {"id": "years", "kind": "integer", "range": [1, 9]}
    line = {"id": "line", "kind": "continuous", "range": [0, 1]}
    case = one()
    return case | {"issues": [*case["issues"], years, line], "forbidden": [{"terms": terms}]}  # type: ignore[misc]


def test_one_option_of_a_forbidden_combination_may_stand_without_a_list() -> None:
    case = case_from_json(forbid({"seat": "Geneva", "years": 3, "share": ["none"]}))
    assert case.forbidden == (
        Forbidden(terms=(("seat", ("Geneva",)), ("years", (3.0,)), ("share", ("none",)))),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "the file: expected an object"),
        ({"schema": "winset-case/9"}, "update winset"),
        ({"schema": 3}, "expected 'winset-case/1', got 3"),
        ({"parties": {"id": "a"}}, r"parties: expected a list"),
        ({"parties": ["a"]}, r"parties\[0\]: expected an object"),
        ({"parties": [{}]}, r"parties\[0\]: 'id' is missing"),
        ({"parties": [{"id": 3}]}, r"parties\[0\].id: expected a text, got 3"),
        ({"parties": [{"id": "a"}, {"id": "a"}]}, "occurs twice"),
        ({"issues": [{"id": "x", "range": [3, 1]}]}, r"issues\[0\]: .*low < high"),
        ({"issues": [{"id": "x", "kind": "discrte"}]}, "did you mean 'discrete'"),
        (one(value="75%"), r"judgements\[0\].value: expected a number, got \"75%\"; write 75 without"),
        (one(value="7,5"), "write 7.5 without quotation marks"),
        (one(value=True), r"expected a number, got true"),
        (one(value=10**400), "finite"),
        (one(value=120), r"judgements\[0\]: 120 lies off the scale .* 0 to 100"),
        (one(party="nort"), r"judgements\[0\].party: no party 'nort'; did you mean 'north'"),
        (one(party="xyz"), "there are north, south"),
        (one(issue="shares"), r"judgements\[0\].issue: no issue 'shares'; did you mean 'share'"),
        (one(quantity="salience", value=130), r"judgements\[0\]: .*salience lies in 0..100"),
        (one(quantity="saliance"), "did you mean 'salience'"),
        (
            one(range=[1, 2]),
            "exactly one of value, range, likely, quantiles, chances, options; this one has value and range",
        ),
        (one(value=None), "this one has none"),
        (one(as_of="12.02.2025"), r"judgements\[0\].as_of: expected a date YYYY-MM-DD"),
        (one(as_of="2025-02-30"), "no such day"),
        (one(value=None, options={"Geneve": 1}, issue="seat"), "no option 'Geneve'.*'Geneva'"),
        (said([[0, 3]]), "no document 'a'"),
        (said([[3, 3]]), r"statements\[0\].content\[0\]: expected a span"),
        ({"documents": [{"doc": "a", "text": "\ud800", "sha256": "0" * 64}]}, "surrogate"),
        (forbid({"seat": ["Geneva", "Genf"]}), r"forbidden\[0\].terms.seat: no option 'Genf'; did you mean 'Geneva'"),
        (forbid({"seat": 1}), r"forbidden\[0\].terms.seat: no option 1; there are Geneva, Riyadh"),
        (forbid({"seats": "Geneva"}), r"forbidden\[0\].terms.seats: no issue 'seats'; did you mean 'seat'"),
        (forbid({"share": 50}), r"forbidden\[0\].terms.share: no point 50 on the scale; there are 0, 100"),
        (forbid({"share": "some"}), r"forbidden\[0\].terms.share: no option 'some'; .*none"),
        (forbid({"years": 12}), r"forbidden\[0\].terms.years: 12 lies off the scale of issue 'years'"),
        (forbid({"years": 2.5}), r"forbidden\[0\].terms.years: 2.5 is no whole number"),
        (forbid({"years": "two"}), r"forbidden\[0\].terms.years: 'two' is no whole number"),
        (forbid({"line": 0.5}), r"forbidden\[0\].terms.line: issue 'line' has no list of points; give it labelled"),
        (forbid({"seat": []}), r"forbidden\[0\]: .*no option of seat"),
        (forbid({}), r"forbidden\[0\]: .*at least one issue"),
        (forbid({"seat": [True]}), r"forbidden\[0\].terms.seat\[0\]: expected a number, got true"),
        (forbid(["seat"]), r"forbidden\[0\].terms: expected an object"),
        ({"rules": [{"chamber": "c", "kind": "plurality"}]}, r"rules\[0\]: .*unknown rule"),
    ],
)
def test_an_error_names_the_place_the_value_and_the_way_out(value: object, message: str) -> None:
    with pytest.raises(CaseError, match=message) as caught:
        case_from_json(value)  # type: ignore[arg-type]  # hand-made files hold anything
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "line 1, column 2"),
        (b'{"a": NaN}', "NaN is not a number in JSON"),
        (b'{"a": 1, "a": 2}', "'a' occurs twice"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 200 + b"]" * 200, "more than 64 deep"),
        (b"9" * 5000, "cannot be read"),
    ],
)
def test_json_that_is_none_is_told_with_its_place(data: bytes, message: str) -> None:
    with pytest.raises(CaseError, match=message):
        parse(data)
