"""A case as a conflict: suggested from its record, or with the worth of states from its own judgements."""

import json
import random
from importlib.resources import files
from itertools import product
from typing import Any

import pytest

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement
from winset.domain.issues import Issue, ScalePoint
from winset.errors import FormulationError
from winset.formats.gmcr import conflict
from winset.formulation.stability import MOST_OPTIONS, suggest, with_utilities
from winset.models.stability.stability import solve


def judged(quantity: Any, party: str, issue: str, value: float) -> Judgement:
    return Judgement(quantity=quantity, party=party, issue=issue, value=Exact(value), by="tester")


SCALE = (ScalePoint(0, "none"), ScalePoint(50, "half"), ScalePoint(100, "all"))
ISSUES = tuple(Issue(id=k, question=f"How much {k}?", scale=SCALE, status_quo=50) for k in ("land", "aid", "trade"))
PARTIES = (Party(id="north", name="North"), Party(id="south", name="South"), Party(id="east", name="East"))


def drawn(seed: int) -> Case:
    draw = random.Random(seed)
    judgements = [
        judged(quantity, party.id, issue.id, draw.choice([0, 25, 50, 100]) if quantity == "position" else draw.randint(1, 99))
        for party in PARTIES for issue in ISSUES for quantity in ("position", "salience")
    ]  # fmt: skip
    return Case(parties=PARTIES, issues=ISSUES, judgements=tuple(judgements))


def test_positions_alone_suggest_who_could_give_way_and_rule_nothing_out() -> None:
    made = suggest(drawn(3))
    assert made.inputs["infeasibles"] == []
    assert 2 <= len(made.inputs["options"]) <= MOST_OPTIONS
    found = conflict(made.inputs, "suggested")
    assert len(found.labels) == 1 << len(found.options)
    assert made.assumptions
    for maker in made.inputs["decisionMakers"]:
        assert len(maker["preferences"]) == len(maker["preferenceGrounds"])


def test_a_case_without_a_record_suggests_nothing() -> None:
    with pytest.raises(FormulationError, match="no two parties"):
        suggest(Case(parties=PARTIES))


@pytest.mark.parametrize("seed", range(12))
def test_the_worth_of_a_state_is_that_of_what_it_decides(seed: int) -> None:
    case = drawn(seed)
    data = {
        "options": [{"name": n} for n in ("north yields", "south yields", "east pays")],
        "decisionMakers": [{"name": p.name, "options": [k], "preferences": "utilities"} for k, p in enumerate(PARTIES)],
        "infeasibles": [],
        "outcomes": {
            "land": [{"when": "1 & 2", "value": 100}, {"when": "1", "value": 0}, {"when": "2 IFF 3", "value": 25}],
            "aid": [{"when": "3", "value": 100}],
        },
    }
    found = conflict(with_utilities(case, data).inputs, "case")

    def worth(party: str, state: tuple[bool, bool, bool]) -> float:
        one, two, three = state
        land = 100 if one and two else 0 if one else 25 if two == three else 50
        aid = 100 if three else 50
        s = [case.judgement("salience", party, k, None).value.best for k in ("land", "aid")]  # type: ignore[union-attr]
        p = [case.judgement("position", party, k, None).value.best for k in ("land", "aid")]  # type: ignore[union-attr]
        return sum(w * (1 - abs(x - at) / 100) for w, x, at in zip(s, (land, aid), p, strict=True)) / sum(s)

    states = [(a, b, c) for c, b, a in product((False, True), repeat=3)]
    for i, party in enumerate(PARTIES):
        values = [worth(party.id, s) for s in states]
        for s, t in product(range(8), repeat=2):
            if abs(values[s] - values[t]) > 1e-8:
                assert (found.worth[i][s] > found.worth[i][t]) == (values[s] > values[t])
            else:
                assert found.worth[i][s] == found.worth[i][t]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"outcomes": None}, "outcomes"), ({"outcomes": {"land": [{"when": 1, "value": 0}]}}, "when"),
        ({"outcomes": {"land": [{"when": "1", "value": "much"}]}}, "scale"), ({"outcomes": {"gold": []}}, "gold"),
        ({"decisionMakers": [{"name": "West", "options": [0], "preferences": "utilities"}]}, "West"),
    ],
)  # fmt: skip
def test_what_utilities_lack_is_named(change: dict[str, Any], said: str) -> None:
    data = {
        "options": [{"name": "a"}], "decisionMakers": [{"name": "North", "options": [0], "preferences": "utilities"}],
        "outcomes": {"land": [{"when": "1", "value": 0}]}, **change,
    }  # fmt: skip
    with pytest.raises(Exception, match=said) as caught:
        with_utilities(drawn(1), data)
    assert "Traceback" not in str(caught.value)


def test_the_conflict_of_the_riyadh_example_rests_on_words_of_its_reports() -> None:
    there = files("winset.catalog").joinpath("episodes", "riyadh-2025")
    data = json.loads(there.joinpath("case.json").read_text(encoding="utf-8"))["conflict"]
    notes = [*data["options"], *(one for maker in data["decisionMakers"] for one in maker["preferenceGrounds"])]
    grounds = [ground for note in notes for ground in note["grounds"]]
    assert len(grounds) > 15
    for ground in grounds:
        text = there.joinpath("reports", f"{ground['doc']}.txt").read_text(encoding="utf-8")
        for start, end in ground["spans"]:
            words = text[start:end]
            assert words.strip() == words
            assert text[start - 1] in " \n"
            assert len(words.split()) > 4
    found = solve(conflict(data, "riyadh"))
    assert found.equilibria("nash")
    assert set(found.equilibria("nash")) < set(found.equilibria("seq"))
