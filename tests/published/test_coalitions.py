"""Published power indices: every case of the family."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from tests.conftest import oracle_cases

from winset.cli.main import winset
from winset.models.coalitions.power import power
from winset.models.coalitions.rules import weighted

CASES = {case["id"]: case for case in oracle_cases("04_power")}
pytestmark = pytest.mark.skipif(not CASES, reason="needs oracles/04_power.json (set WINSET_SHARED)")
OURS = {
    "shapley_shubik": "shapley_shubik", "banzhaf_normalised": "banzhaf", "banzhaf_absolute": "banzhaf_absolute",
    "deegan_packel": "deegan_packel", "holler_public_good": "holler",
}  # fmt: skip


def solve(*args: str) -> dict[str, Any]:
    ran = CliRunner().invoke(winset, ["solve", "coalitions", *args, "--json"], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    value: dict[str, Any] = json.loads(ran.stdout)
    return value


def test_small_games_come_out_as_fractions() -> None:
    games = [(case["inputs"], case["expected"]) for case in (CASES["eec-1958"], CASES["nassau-1964"])]
    four = CASES["four-player"]
    games += list(zip(four["inputs"]["games"], four["expected"]["games"], strict=True))
    for given, expected in games:
        weights = given["weights"].values() if isinstance(given["weights"], dict) else given["weights"]
        found = solve("--weights", ",".join(map(str, weights)), "--quota", str(given["quota"]))
        for theirs, ours in OURS.items():
            assert found[ours] == list(expected[theirs].values()), (given, ours)
        assert found["minimal_winning"]["count"] == expected["minimal_winning"]
        assert found["winning"] == expected["winning_coalitions"]
        swings = [Fraction(v) * 2 ** (len(weights) - 1) for v in found["banzhaf_absolute"]]
        assert swings == list(expected["swings"].values())


def test_security_council() -> None:
    expected = CASES["unsc"]["expected"]
    found = solve("--weights", ",".join(["7"] * 5 + ["1"] * 10), "--quota", "39")
    for theirs, ours in OURS.items():
        if theirs in expected:
            assert found[ours] == [expected[theirs]["permanent"]] * 5 + [expected[theirs]["elected"]] * 10
    assert found["vetoes"] == ["1", "2", "3", "4", "5"]
    assert found["minimal_winning"]["count"] == expected["minimal_winning"] == 210
    assert found["winning"] == expected["winning_coalitions"]
    swings = [Fraction(v) * 2**14 for v in found["banzhaf_absolute"]]
    assert swings == [expected["swings"]["permanent"]] * 5 + [expected["swings"]["elected"]] * 10
    values = [float(Fraction(found[index][at])) for index in ("shapley_shubik", "banzhaf") for at in (0, -1)]
    assert values == pytest.approx(
        [expected["decimal"][k] for k in ("ss_permanent", "ss_elected", "bz_permanent", "bz_elected")]
    )


def test_united_states_federal_system(tmp_path: Path) -> None:
    senate, house = [f"s{i}" for i in range(100)], [f"r{i}" for i in range(435)]

    def seats(names: list[str], quota: int) -> dict[str, Any]:
        return {"weights": dict.fromkeys(names, 1), "quota": quota}

    rule = {"any": [{"all": [seats(["p"], 1), seats(senate, 51), seats(house, 218)]},
                    {"all": [seats(senate, 67), seats(house, 290)]}]}  # fmt: skip
    path = tmp_path / "us.json"
    path.write_text(json.dumps({"players": ["p", *senate, *house], "rule": rule}))
    found, expected = solve(str(path)), CASES["us-federal"]["expected"]
    for theirs in ("shapley_shubik", "banzhaf_normalised", "banzhaf_absolute"):
        values = [float(Fraction(v)) for v in found[OURS[theirs]]]
        want = expected[theirs]
        assert (values[0], values[1], values[-1]) == pytest.approx(
            (want["president"], want["senator"], want["representative"]), abs=1e-9
        )
        if "senate_total" in want:
            assert sum(values[1:101]) == pytest.approx(want["senate_total"], abs=1e-9)
            assert sum(values[101:]) == pytest.approx(want["house_total"], abs=1e-9)
    assert isinstance(found["minimal_winning"]["count"], str)


def test_every_entry_of_the_family_has_a_test() -> None:
    for id in CASES:
        assert f'"{id}"' in Path(__file__).read_text(), id


def test_generating_functions_agree_with_counting() -> None:
    from winset.models.coalitions.generating import shapley_and_swings

    rng = np.random.default_rng(4)
    for _ in range(20):
        weights = tuple(map(int, rng.integers(0, 30, 9)))
        quota = int(rng.integers(1, max(sum(weights), 1) + 1))
        if sum(weights) < quota:
            continue
        exact = power(weighted(tuple(map(Fraction, weights)), Fraction(quota)), rng=rng)
        shapley, swings = shapley_and_swings(weights, quota)
        assert exact.indices["shapley_shubik"].values == tuple(shapley)
        assert exact.indices["banzhaf_absolute"].values == tuple(Fraction(s, 2**8) for s in swings)
        assert sum(shapley) == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--weights", "1,2", "--quota", "9"], "above the total"),
        (["--weights", "1,-2", "--quota", "1"], "negative|0 or more"),
        (["--weights", "1,x", "--quota", "1"], "not a number"),
        (["--weights", "1,2"], "both"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_a_way_out(args: list[str], words: str) -> None:
    ran = CliRunner().invoke(winset, ["solve", "coalitions", *args])
    assert ran.exit_code != 0
    with pytest.raises(type(ran.exception), match=words):
        raise ran.exception  # type: ignore[misc]


def test_council_of_27_under_nice(tmp_path: Path) -> None:
    case = CASES["eu27-nice"]
    members, expected = case["inputs"]["members"], case["expected"]
    names = [m["name"] for m in members]
    people = {m["name"]: m["population_thousand"] for m in members}
    rule = {"any": [{"all": [
        {"weights": {m["name"]: m["votes"] for m in members}, "quota": 255},
        {"weights": dict.fromkeys(names, 1), "quota": 14},
        {"weights": people, "quota": str(Fraction(62 * sum(people.values()), 100))},
    ]}]}  # fmt: skip
    path = tmp_path / "nice.json"
    path.write_text(json.dumps({"players": names, "rule": rule}))
    found = solve(str(path))
    assert found["winning"] == expected["winning_coalitions"]
    for theirs in ("shapley_shubik", "banzhaf_normalised"):
        assert found["exact"][OURS[theirs]]
        values = [float(Fraction(v)) for v in found[OURS[theirs]]]
        assert values == pytest.approx([expected[theirs][n] for n in names], abs=1e-9)
    assert [Fraction(v) * 2**26 for v in found["banzhaf_absolute"]] == [expected["swings"][n] for n in names]


def test_double_precision_keeps_its_bound() -> None:
    from winset.models.coalitions.generating import shapley_and_swings
    from winset.models.coalitions.quadrature import doubles

    rng = np.random.default_rng(7)
    for quota_share in (0.3, 0.5, 0.8):
        weights = tuple(map(int, rng.integers(0, 40, 35)))
        quota = int(sum(weights) * quota_share) + 1
        shapley, swings = shapley_and_swings(weights, quota)
        near = doubles(weights, quota)
        assert np.abs(near.shapley - [float(v) for v in shapley]).max() <= near.shapley_error < 1e-8
        gap = np.abs(near.banzhaf_absolute - [s / 2**34 for s in swings]).max()
        assert gap <= near.banzhaf_error < 1e-8
