"""Distances by hand, their laws, and blocs against SciPy's complete linkage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from winset.models.similarity.distances import Stands, blocs, distances

NAN = float("nan")


def test_distance_is_weighted_by_what_matters_to_both() -> None:
    # by hand: issue 1 apart by 1 with weight (100 + 50) / 2, issue 2 apart by 0.5 with weight (0 + 50) / 2
    found = distances(Stands(position=np.array([[0, 0.5], [1, 1]]), salience=np.array([[100, 0], [50, 50]])))
    assert found.distance[0, 1] == pytest.approx((75 * 1 + 25 * 0.5) / 100)
    assert found.basis[0, 1] == 1


def test_parties_without_a_shared_issue_have_no_distance() -> None:
    found = distances(Stands(position=np.array([[0, NAN], [NAN, 1]]), salience=np.full((2, 2), NAN)))
    assert np.isnan(found.distance[0, 1])
    assert found.basis[0, 1] == 0


def test_an_unknown_salience_is_lent_by_the_other_side() -> None:
    found = distances(Stands(position=np.array([[0.0, 0], [1, 0]]), salience=np.array([[NAN, NAN], [30, 10]])))
    assert found.distance[0, 1] == pytest.approx(0.75)


@given(
    arrays(np.float64, (5, 4), elements=st.one_of(st.floats(0, 1), st.just(NAN))),
    arrays(np.float64, (5, 4), elements=st.one_of(st.floats(0, 100), st.just(NAN))),
)
def test_distances_are_symmetric_and_bounded(position: np.ndarray, salience: np.ndarray) -> None:
    found = distances(Stands(position=position, salience=salience))
    np.testing.assert_allclose(found.distance, found.distance.T, atol=1e-12)
    known = found.distance[~np.isnan(found.distance)]
    assert ((known >= 0) & (known <= 1 + 1e-12)).all()
    assert (np.isnan(found.distance) == (found.basis == 0)).all()


@given(arrays(np.float64, (6, 2), elements=st.integers(0, 1000).map(lambda x: x / 1000), unique=True))
def test_blocs_are_those_of_complete_linkage(points: np.ndarray) -> None:
    apart = np.abs(points[:, None] - points[None]).mean(axis=2)
    if len(np.unique(np.round(apart[np.triu_indices(6, 1)], 9))) < 15:
        return  # equally near pairs: programs may break the tie differently
    labels = fcluster(linkage(squareform(apart), "complete"), 0.25, criterion="distance")
    wanted = {tuple(np.flatnonzero(labels == label)) for label in set(labels)}
    assert set(blocs(apart)) == wanted


def test_blocs_keep_the_order_of_parties_and_part_strangers() -> None:
    apart = np.array([[0, 0.9, 0.1, NAN], [0.9, 0, 0.9, NAN], [0.1, 0.9, 0, NAN], [NAN, NAN, NAN, 0]])
    assert blocs(apart) == ((0, 2), (1,), (3,))


def test_an_issue_whose_salience_nobody_judged_weighs_like_the_others() -> None:
    # by hand: 0.6 apart with weight 60, 0.1 apart with the mean of all known saliences, 60
    found = distances(Stands(position=np.array([[0, 0.0], [0.6, 0.1]]), salience=np.array([[40, NAN], [80, NAN]])))
    assert found.distance[0, 1] == pytest.approx(0.35)


@given(arrays(np.int64, (6, 2), elements=st.integers(0, 4)), st.permutations(range(6)))
def test_the_order_of_parties_changes_no_bloc(points: np.ndarray, order: list[int]) -> None:
    apart = np.abs(points[:, None] - points[None]).mean(axis=2) / 10  # many pairs are equally near
    names = np.array(list("abcdef"))
    given = {frozenset(names[list(one)]) for one in blocs(apart, names=tuple(names))}
    mixed = names[order]
    assert {frozenset(mixed[list(one)]) for one in blocs(apart[np.ix_(order, order)], names=tuple(mixed))} == given
