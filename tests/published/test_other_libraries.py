"""Scores and sensitivity indices beside other people's code: scoringrules and SALib (group `oracles`; skipped without them)."""

import numpy as np
import pytest

from winset.models.scoring import binary, categorical, continuous
from winset.models.uncertainty.indices import Answer, morris, sobol
from winset.models.uncertainty.marginals import Floats

pytestmark = pytest.mark.filterwarnings("ignore")  # of their code, not of ours


@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_scoringrules(seed: int) -> None:
    sr = pytest.importorskip("scoringrules", reason="scoringrules is not installed")
    rng = np.random.default_rng(seed)
    p, o = rng.uniform(0.01, 0.99, 200), rng.integers(0, 2, 200).astype(float)
    assert binary.brier(p, o) == pytest.approx(sr.brier_score(o, p), abs=1e-12)
    assert binary.log_score(p, o) == pytest.approx(sr.log_score(o, p), abs=1e-12)
    chances = rng.dirichlet(np.ones(5), 50)
    came = rng.integers(0, 5, 50)
    theirs = [sr.rps_score(int(c) + 1, row) for c, row in zip(came, chances, strict=True)]
    ours = [
        float(categorical.ranked_probability([row.tolist()], [int(c)])[0]) for c, row in zip(came, chances, strict=True)
    ]
    assert ours == pytest.approx(np.asarray(theirs, float).tolist(), abs=1e-9)
    mean, sd, y = rng.normal(0, 20, 100), rng.uniform(0.5, 9, 100), rng.normal(0, 25, 100)
    assert [float(continuous.crps_normal(*one)) for one in zip(mean, sd, y, strict=True)] == pytest.approx(
        np.asarray(sr.crps_normal(y, mean, sd)).tolist(), abs=1e-9
    )
    members = rng.gamma(2, 10, (40, 17))
    assert [continuous.crps_ensemble(m, float(v)) for m, v in zip(members, y, strict=False)] == pytest.approx(
        np.asarray(sr.crps_ensemble(y[:40], members, estimator="nrg")).tolist(), abs=1e-9
    )
    assert [
        continuous.crps_ensemble(m, float(v), fair=True) for m, v in zip(members, y, strict=False)
    ] == pytest.approx(np.asarray(sr.crps_ensemble(y[:40], members, estimator="fair")).tolist(), abs=1e-9)


def ishigami(u: Floats) -> Floats:
    x = (2 * u - 1) * np.pi
    return np.asarray(np.sin(x[:, 0]) * (1 + 0.1 * x[:, 2] ** 4) + 7 * np.sin(x[:, 1]) ** 2)


def product(u: Floats) -> Floats:
    a = np.array([0.0, 0.5, 3.0, 9.0, 40.0])
    return np.asarray(((np.abs(4 * u - 2) + a) / (1 + a)).prod(axis=1))


def jumping(u: Floats) -> Floats:
    return np.asarray(u[:, 0] + u[:, 1] * u[:, 2] > 0.8, dtype=float)


@pytest.mark.parametrize(("f", "width"), [(ishigami, 3), (product, 5), (jumping, 3)])
def test_indices_are_those_of_salib(f: Answer, width: int) -> None:
    analyse = pytest.importorskip("SALib.analyze.sobol", reason="SALib is not installed")
    sample = pytest.importorskip("SALib.sample.sobol")

    asked = {"num_vars": width, "names": [f"x{n}" for n in range(width)], "bounds": [[0, 1]] * width}
    x = sample.sample(asked, 8_192, calc_second_order=False, seed=7)
    theirs = analyse.analyze(asked, f(x), calc_second_order=False, seed=7)
    ours = sobol(f, [(n,) for n in range(width)], 8_192, 7)
    assert ours.first == pytest.approx(theirs["S1"], abs=0.02)
    assert ours.total == pytest.approx(theirs["ST"], abs=0.02)


def test_screening_is_that_of_salib() -> None:
    analyse = pytest.importorskip("SALib.analyze.morris", reason="SALib is not installed")
    sample = pytest.importorskip("SALib.sample.morris")

    asked = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}

    def f(u: Floats) -> Floats:
        return np.asarray(5 * u[:, 0] - 2 * u[:, 1] + u[:, 1] * u[:, 2])

    x = sample.sample(asked, 2_000, num_levels=4, seed=3)
    theirs = analyse.analyze(asked, x, f(x), num_levels=4, seed=3)
    ours = morris(f, [(0,), (1,), (2,)], 2_000, np.random.default_rng(3))
    assert ours.mu == pytest.approx(np.asarray(theirs["mu"]), abs=0.03)
    assert ours.mu_star == pytest.approx(np.asarray(theirs["mu_star"]), abs=0.03)
    assert ours.sigma == pytest.approx(np.asarray(theirs["sigma"]), abs=0.03)
