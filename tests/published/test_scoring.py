"""Every published score of the family."""

import numpy as np
import pytest
from tests.conftest import oracle_cases

from winset.models.scoring import binary, categorical, continuous

CASES = {case["id"]: case for case in oracle_cases("09_scoring")}
pytestmark = pytest.mark.skipif(not CASES, reason="needs oracles/09_scoring.json (set WINSET_SHARED)")


def test_twelve_yes_no_forecasts() -> None:
    case = CASES["binary-twelve"]
    f, o, e = case["inputs"]["forecast"], case["inputs"]["outcome"], case["expected"]
    assert binary.brier(f, o).mean() == pytest.approx(e["brier"], abs=1e-9)
    assert binary.log_score(f, o).mean() == pytest.approx(e["log_score_nats"], abs=1e-9)
    assert binary.log_score(f, o, base=2).mean() == pytest.approx(e["log_score_bits"], abs=1e-9)
    assert binary.spherical(f, o).mean() == pytest.approx(e["spherical"], abs=1e-9)
    parts = binary.murphy(f, o)
    for name in ("reliability", "resolution", "uncertainty"):
        assert getattr(parts, name) == pytest.approx(e["murphy"][name], abs=1e-9)
    assert parts.brier == pytest.approx(e["brier"], abs=1e-12)
    assert binary.skill(f, o) == pytest.approx(e["skill_vs_base_rate"], abs=1e-9)


def test_certainty_that_fails_costs_without_limit_unless_clipped() -> None:
    case = CASES["extreme-probabilities"]
    f, o = case["inputs"]["forecast"], case["inputs"]["outcome"]
    assert np.isinf(binary.log_score(f, o).mean())
    clipped = binary.log_score(f, o, clip=binary.CLIP).mean()
    assert clipped == pytest.approx(case["expected"]["log_score_clipped_at_1e_6"], abs=1e-9)


def test_three_ordered_categories() -> None:
    case = CASES["three-categories"]
    f, y, e = case["inputs"]["forecast"], case["inputs"]["outcome_index"], case["expected"]
    assert categorical.brier_multi(f, y) == pytest.approx(e["brier_multi"], abs=1e-12)
    assert categorical.ranked_probability(f, y) == pytest.approx(e["rps"], abs=1e-12)
    assert categorical.ranked_probability(f, y, normalised=True) == pytest.approx(e["rps_normalised"], abs=1e-12)
    assert categorical.log_score(f, y) == pytest.approx(e["log_nats"], abs=1e-12)


def test_continuous_ranked_probability() -> None:
    case = CASES["crps"]
    given = case["inputs"]
    scores = [float(continuous.crps_normal(*row)) for row in given["normal"]]
    assert scores == pytest.approx(case["expected"]["normal"], abs=1e-9)
    x, y = given["ensemble"], given["y"]
    assert continuous.crps_ensemble(x, y) == pytest.approx(case["expected"]["ensemble"], abs=1e-9)
    assert continuous.crps_ensemble(x, y, fair=True) == pytest.approx(case["expected"]["ensemble_fair"], abs=1e-9)
