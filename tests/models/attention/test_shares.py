"""Shares of attention: Beta quantiles for one article, laws, refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import beta

from winset.models.attention.shares import PRIOR, shares


def test_one_article_gives_the_beta_intervals_of_dirichlet_marginals() -> None:
    counts = np.array([[12, 6, 2]])
    found = shares(counts, draws=60_000, rng=np.random.default_rng(1))
    total = counts.sum() + 3 * PRIOR
    for n, (low, high) in zip(counts[0], found.interval, strict=True):
        assert (low, high) == pytest.approx(beta.ppf([0.05, 0.95], n + PRIOR, total - n - PRIOR), abs=0.006)


def test_articles_that_disagree_widen_the_interval() -> None:
    rng = np.random.default_rng(2)
    alike = shares(np.array([[5, 5]] * 6), rng=rng).interval
    apart = shares(np.array([[10, 0], [0, 10]] * 3), rng=rng).interval
    assert (apart[:, 1] - apart[:, 0] > alike[:, 1] - alike[:, 0]).all()


@settings(max_examples=40, deadline=None)
@given(arrays(np.int64, (4, 3), elements=st.integers(0, 9)).filter(lambda a: a.sum() > 0))
def test_shares_add_to_one_and_lie_in_their_interval(counts: np.ndarray) -> None:
    found = shares(counts, draws=200, rng=np.random.default_rng(3))
    assert found.share.sum() == pytest.approx(1)
    assert (found.interval[:, 0] <= found.share).all()
    assert (found.share <= found.interval[:, 1]).all()
    assert found.relative.max() == 100
    assert (found.relative_interval >= 0).all()
    assert (found.relative_interval <= 100).all()


def test_nothing_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="not all 0"):
        shares(np.zeros((2, 2), int), rng=np.random.default_rng(0))


@pytest.mark.parametrize(
    ("articles", "sayings", "alike"), [(1, 5, None), (4, 3, 1.0), (10, 3, None), (10, 3, 3.0), (30, 5, 1.0)]
)
def test_intervals_hold_the_true_share_about_as_often_as_they_say(
    articles: int, sayings: int, alike: float | None
) -> None:
    # articles of one outlet stick to a topic: `alike` is the concentration of the Dirichlet that each one's mix is drawn from
    rng = np.random.default_rng(3)
    true = rng.dirichlet(np.ones(5))
    inside = []
    for _ in range(150):
        mixes = [true if alike is None else rng.dirichlet(true * alike) for _ in range(articles)]
        counts = np.array([rng.multinomial(rng.poisson(sayings) + 1, mix) for mix in mixes])
        interval = shares(counts, draws=400, level=0.9, rng=rng).interval
        inside.append((interval[:, 0] <= true) & (true <= interval[:, 1]))
    assert np.mean(inside) >= 0.83
