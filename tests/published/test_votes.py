"""S, kappa and pi against published definitions and independent computation on public roll calls."""

from datetime import date
from typing import Any

import pytest
from tests.conftest import oracle_cases, shared

from winset.formats.roll_calls import read_roll_calls
from winset.models.similarity.votes import Similarity, similarity
from winset.services.votes import votes

CASES = oracle_cases("08_votes")
KEYS = (
    "n", "agreement", "S_absolute", "S_squared", "kappa_weighted_squared", "pi_weighted_squared", "kappa_nominal",
)  # fmt: skip


def _values(found: Similarity) -> dict[str, Any]:
    return {key: getattr(found, key.replace("S_", "s_")) for key in KEYS}


@pytest.mark.skipif(not CASES, reason="needs oracles/08_votes.json (set WINSET_SHARED)")
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_similarity_is_as_published(case: dict[str, Any]) -> None:
    inputs, expected, tolerance = case["inputs"], case["expected"], case["tolerance"]["abs"]
    if "a" in inputs:
        found = _values(similarity(inputs["a"], inputs["b"], scale=tuple(inputs["scale"])))
        assert found == pytest.approx(expected, abs=tolerance)
        return
    first, last = inputs["years"]
    answer = votes(
        shared(*inputs["data"].split("/")), pairs=[tuple(pair) for pair in inputs["pairs"]],
        first=date(first, 1, 1), last=date(last, 12, 31),
    )  # fmt: skip
    for row in answer["pairs"]:
        wanted = expected[f"{row['a']}-{row['b']}"]
        assert {key: row[key] for key in wanted} == pytest.approx(wanted, abs=tolerance)


def test_the_table_of_the_general_assembly_is_read_whole() -> None:
    table = read_roll_calls(shared("data", "un-votes", "un_votes_20_states_2010_2019.csv").read_bytes(), "un.csv")
    assert len(table.voters) == 20
    assert len(table.days) == 927
