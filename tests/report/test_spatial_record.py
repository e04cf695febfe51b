"""Where methods disagree, in words, against cases whose reason is known."""

import numpy as np

from winset.models.spatial.forecasts import Forecasts, forecasts
from winset.models.spatial.inputs import SpatialInputs
from winset.report.spatial_record import as_json, disagreement, points


def found(position: list[float], salience: list[float], capability: list[float]) -> Forecasts:
    return forecasts(SpatialInputs(
        parties=tuple("abcde"[: len(position)]), position=np.array(position), salience=np.array(salience),
        capability=np.array(capability), scale=(0, 100),
    ))  # fmt: skip


def test_who_agrees_has_nothing_to_explain() -> None:
    (sentence,) = disagreement(found([50, 50, 51], [50, 50, 50], [1, 1, 1]))
    assert sentence.startswith("All methods agree within")


def test_one_far_away_pulls_the_mean() -> None:
    words = " ".join(disagreement(found([10, 10, 12, 12, 100], [50] * 5, [1] * 5)))
    assert "Means lie above medians by 16.8: a mean feels how far e stands" in words
    assert "Counting" not in words


def test_weights_that_move_the_mean_are_named_with_whom() -> None:
    words = " ".join(disagreement(found([0, 50, 100], [10, 10, 100], [1, 1, 1])))
    assert "Counting how much each cares moves the mean by +37.5, most of all through c." in words
    words = " ".join(disagreement(found([0, 50, 100], [50, 50, 50], [10, 1, 1])))
    assert "Counting what each can bring to bear moves the mean by -37.5, most of all through a." in words


def test_every_point_shown_has_its_record() -> None:
    shown = points(found([0, 50, 100], [50, 50, 50], [10, 1, 1]))
    assert set(shown) <= set(as_json()["mae"])
