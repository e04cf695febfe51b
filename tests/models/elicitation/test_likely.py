"""Respondents with known weights who err as people do: their weights lie where it is said, as often as it is said."""

from typing import Literal

import numpy as np
import pytest

from winset.models.elicitation.likely import PACKAGE, POINTS, SHARE, TRADE_OFF, likely
from winset.models.elicitation.questions import next_question
from winset.models.elicitation.weights import Answers, weights

Preferred = Literal["first", "second", "same"]


def asked(true: np.ndarray, rng: np.random.Generator, *, errors: float) -> Answers:
    """Points, two packages, then trade-offs as long as there is something to ask, with `errors` times the usual ones."""
    n = len(true)
    worths = tuple(np.sort(np.r_[0.0, rng.random(3), 1.0]) for _ in range(n))
    points = np.round(1000 * true * np.exp(rng.normal(0, errors * POINTS, n))) + 1e-6
    packages = []
    for _ in range(2):
        choice = tuple(int(k) for k in rng.integers(5, size=n))
        worth = sum(w * v[c] for w, v, c in zip(true, worths, choice, strict=True))
        packages.append((choice, float(np.clip(worth + rng.normal(0, errors * PACKAGE), 0, 1))))
    answers = Answers(worths=worths, points=points, packages=tuple(packages))
    while (question := next_question(answers, weights(answers)).question) is not None:
        more = sum(true[k] * (worths[k][question.first[k]] - worths[k][question.second[k]]) for k in question.first)
        prefer: Preferred = "first" if more + rng.normal(0, errors * TRADE_OFF) > 0 else "second"
        told = (question.first, question.second, prefer)
        answers = Answers(
            worths=worths, points=points, packages=tuple(packages), trade_offs=(*answers.trade_offs, told)
        )
    return answers


@pytest.mark.parametrize("issues", [2, 4])
def test_weights_lie_in_their_likely_range_as_often_as_said(issues: int) -> None:
    inside, width = [], []
    for seed in range(24):
        rng = np.random.default_rng([issues, seed])
        true = rng.dirichlet(np.full(issues, 2.0))
        found = likely(asked(true, rng, errors=1.0), seed=seed)
        inside += ((found.low <= true) & (true <= found.high)).tolist()
        width.append(float((found.high - found.low).mean()))
        assert found.mean.sum() == pytest.approx(1)
    assert SHARE - 0.12 <= np.mean(inside) <= 1.0
    assert np.mean(width) < 0.3


def test_without_errors_every_weight_lies_in_the_range_that_fits() -> None:
    for seed in range(8):
        rng = np.random.default_rng(seed)
        true = rng.dirichlet(np.full(4, 2.0))
        known = weights(asked(true, rng, errors=0.0))
        assert (known.low <= true + 1e-6).all()
        assert (true <= known.high + 1e-6).all()
        assert known.misfits == ()


def test_without_answers_all_weights_are_as_likely() -> None:
    """By hand: one of n even shares lies below x with chance 1 - (1 - x)^(n - 1)."""
    found = likely(Answers(worths=(np.array([0.0, 1.0]),) * 3))
    assert found.mean == pytest.approx([1 / 3] * 3, abs=0.02)
    assert found.low == pytest.approx([1 - 0.95**0.5] * 3, abs=0.01)
    assert found.high == pytest.approx([1 - 0.05**0.5] * 3, abs=0.02)


def test_one_issue_has_all_the_weight() -> None:
    assert likely(Answers(worths=(np.array([0.0, 1.0]),))).low.tolist() == [1.0]
