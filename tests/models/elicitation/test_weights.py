"""Weights found by asking: a truthful answerer is never contradicted, and few questions find its weights."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.errors import ModelError
from winset.models.elicitation.questions import MOST, next_question
from winset.models.elicitation.weights import Answers, weights

LEVELS = (np.array([0.0, 0.25, 0.5, 0.75, 1.0]),) * 3


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 20), min_size=3, max_size=3))
def test_a_truthful_answerer_is_found_out_without_contradiction(points: list[int]) -> None:
    true = np.array(points) / sum(points)
    answers = Answers(worths=LEVELS, points=np.round(true, 2) + 1e-9)
    widths = []
    for _ in range(MOST + 1):
        known = weights(answers)
        assert not known.misfits
        assert (known.low <= true + 1e-6).all()
        assert (known.high >= true - 1e-6).all()
        assert known.best.sum() == pytest.approx(1)
        widths.append(known.width)
        coming = next_question(answers, known)
        if coming.question is None:
            break
        first, second = coming.question.first, coming.question.second
        more = sum(true[k] * (LEVELS[k][first[k]] - LEVELS[k][second[k]]) for k in first)
        prefer = "same" if abs(more) <= 0.005 else "first" if more > 0 else "second"
        answers = Answers(
            worths=LEVELS, points=answers.points, trade_offs=(*answers.trade_offs, (first, second, prefer))
        )
    assert coming.stop is not None
    assert all(after <= before + 1e-6 for before, after in itertools.pairwise(widths))
    if coming.stop.startswith("every"):
        assert widths[-1] <= 0.1


def test_a_few_questions_narrow_the_weights() -> None:
    """45, 35, 20: within half of the points at first, within a tenth or so after at most twelve trade-offs."""
    true = np.array([0.45, 0.35, 0.2])
    answers = Answers(worths=LEVELS, points=np.array([40.0, 40.0, 20.0]))
    before = weights(answers).width
    for _ in range(MOST):
        coming = next_question(answers, weights(answers))
        if coming.question is None:
            break
        first, second = coming.question.first, coming.question.second
        more = sum(true[k] * (LEVELS[k][first[k]] - LEVELS[k][second[k]]) for k in first)
        asked = (first, second, "first" if more > 0 else "second")
        answers = Answers(worths=LEVELS, points=answers.points, trade_offs=(*answers.trade_offs, asked))
    assert before > 0.3
    assert weights(answers).width < 0.2


def test_two_answers_against_each_other_are_both_named() -> None:
    a, b = {0: 4, 1: 0}, {0: 0, 1: 4}
    found = weights(Answers(worths=LEVELS, trade_offs=((a, b, "same"), ({0: 4, 1: 0}, {0: 0, 1: 2}, "second"))))
    # w0 = w1 within 0.02 and w0 <= w1 / 2 + 0.02: w1 is at most 0.08 and w0 at most 0.06, which leave all to the third
    assert not found.misfits
    assert found.high[:2] == pytest.approx([0.06, 0.08], abs=1e-6)
    found = weights(
        Answers(
            worths=LEVELS, points=np.array([50.0, 50.0, 0.0]),
            trade_offs=(({0: 4, 1: 0}, {0: 0, 1: 1}, "second"), (a, b, "first")),
        )
    )  # fmt: skip
    assert {(m.kind, m.number) for m in found.misfits} >= {("trade-off", 0)}
    assert found.misfits[0].alone
    assert found.misfits[0].number == 0


def test_packages_alone_give_weights() -> None:
    """Each issue alone at its best, rated 60, 30, 10: within a tenth of that, by definition."""
    ends = (np.array([0.0, 1.0]),) * 3
    packages = (((1, 0, 0), 0.6), ((0, 1, 0), 0.3), ((0, 0, 1), 0.1))
    found = weights(Answers(worths=ends, packages=packages))
    assert found.low.tolist() == pytest.approx([0.5, 0.2, 0.0], abs=1e-6)
    assert found.high.tolist() == pytest.approx([0.7, 0.4, 0.2], abs=1e-6)
    odd = weights(Answers(worths=ends, packages=(*packages, ((1, 1, 1), 0.2))))
    assert [(m.kind, m.number, m.alone) for m in odd.misfits if m.alone] == [("package", 3, True)]


def test_nothing_to_ask_is_said() -> None:
    one = Answers(worths=(LEVELS[0],))
    assert next_question(one, weights(one)).stop == "there is one issue, so nothing to weigh"
    flat = Answers(worths=(np.zeros(2), np.zeros(2)))
    assert "no trade-off" in str(next_question(flat, weights(flat)).stop)
    with pytest.raises(ModelError, match="no issues"):
        weights(Answers(worths=()))
    with pytest.raises(ModelError, match="0 or more"):
        weights(Answers(worths=LEVELS, points=np.array([1.0, -1.0, 3.0])))
