"""Formal procedures against a search over a grid, the setter's formula, and laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.errors import ModelError
from winset.models.spatial.procedure import Procedure, core, procedure, win_set

GROUPS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5), st.booleans()), min_size=1, max_size=6)
QUOTAS = st.sampled_from([0.5, 0.6, 2 / 3, 0.75, 1.0])


def passes(x: np.ndarray, c: np.ndarray, veto: np.ndarray, q: float, y: float, quota: float, bias: float) -> bool:
    """Word for word: who is nearer to y by more than the bias, or as near, consents."""
    yes = np.abs(x - y) + bias <= np.abs(x - q)
    enough = c[yes].sum() > c.sum() / 2 if quota <= 0.5 else c[yes].sum() >= quota * c.sum() - 1e-9
    return bool(enough and (yes | ~veto).all())


@given(GROUPS, st.integers(0, 20), QUOTAS, st.sampled_from([0.0, 1.0]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_the_win_set_and_the_outcome_are_what_a_search_finds(
    group: list[tuple[int, int, bool]], q: int, quota: float, bias: float, with_vetoes: bool
) -> None:
    x, c, veto = (np.array(column, float) for column in zip(*group, strict=True))
    blocks = veto.astype(bool) & with_vetoes
    grid = np.arange(-40, 80.5, 0.5)
    passing = [y for y in grid if y != q and passes(x, c, blocks, q, float(y), quota, bias)]
    low, high = win_set(x, c, q, quota=quota, veto=blocks, bias=bias)
    assert (low, high) == (min([q, *passing]), max([q, *passing]))
    parties = tuple(f"p{i}" for i in range(x.size))
    vetoes = tuple(p for p, b in zip(parties, blocks, strict=True) if b)
    for i, party in enumerate(parties):
        found = procedure(parties, x, c, q, name="n", setter=party, quota=quota, vetoes=vetoes, bias=bias)
        assert abs(found.outcome - x[i]) == min(abs(y - x[i]) for y in [q, *passing])
        for j, name in enumerate(parties):  # a blocker's refusal is the end of it, and only a blocker's
            if found.outcome != q and abs(x[j] - found.outcome) + bias <= abs(x[j] - q):
                without = c.copy()
                without[j] = 0
                yes = np.abs(x - found.outcome) + bias <= np.abs(x - q)
                enough = without[yes].sum() > c.sum() / 2 if quota <= 0.5 else (
                    without[yes].sum() >= quota * c.sum() - 1e-9)  # fmt: skip
                assert (name in found.blockers) == (bool(blocks[j]) or not enough)
    stays = core(x, c, quota=quota, veto=blocks, bias=bias)
    if stays[0] < q < stays[1]:
        assert not passing
    elif not stays[0] <= q <= stays[1]:
        assert passing


def setter(ideal: float, q: float) -> Procedure:
    x = np.array([20.0, 50.0, ideal])
    return procedure(("a", "b", "s"), x, np.ones(3), q, name="n", setter="s")


@pytest.mark.parametrize(
    ("q", "outcome"),
    [(10, 90), (20, 80), (40, 60), (50, 50), (60, 60), (80, 80), (95, 90)],
)
def test_a_setter_gets_what_the_median_prefers_to_the_status_quo(q: float, outcome: float) -> None:
    # Romer and Rosenthal 1978: a setter at 90, a median at 50; the worse the status quo, the more the setter gets
    assert setter(90, q).outcome == outcome


def test_gridlock_lies_between_the_pivots() -> None:
    # Krehbiel 1998: of five with one vote each, four fifths leave the second and the fourth as pivots
    x = np.array([0.0, 20, 50, 70, 100])
    assert core(x, np.ones(5), quota=0.8) == (20, 70)
    assert core(x, np.ones(5)) == (50, 50)
    assert core(x, np.ones(5), veto=np.array([0, 0, 0, 0, 1], dtype=bool)) == (50, 100)
    assert core(x, np.ones(5), quota=1.0) == (0, 100)


def test_bad_procedures_are_refused() -> None:
    x, c = np.array([0.0, 10.0]), np.ones(2)
    with pytest.raises(ModelError, match=r"quota is 1\.2; it is a share"):
        win_set(x, c, 5, quota=1.2)
    with pytest.raises(ModelError, match="bias toward the status quo is -1"):
        win_set(x, c, 5, bias=-1)
    with pytest.raises(ModelError, match="bias toward the status quo is inf"):
        win_set(x, c, 5, bias=float("inf"))
    with pytest.raises(ModelError, match="'z' holds no position on this issue; parties are a, b"):
        procedure(("a", "b"), x, c, 5, name="n", vetoes=("z",))
    with pytest.raises(ModelError, match="all votes are 0"):
        procedure(("a", "b"), x, np.zeros(2), 5, name="n")
