"""Draws of all uncertain inputs: scrambled Sobol points, made to move together where inputs are correlated.

Every draw has its place: it belongs to one of `scramblings` independent scramblings and is a point of that
scrambling's sequence. Where a draw is computed, in which batch and by how many workers, changes nothing in it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError
from winset.models.normal import below, score
from winset.models.uncertainty.marginals import Floats, Marginal
from winset.models.uncertainty.points import MOST, scrambled

SCRAMBLINGS = 8
"""Independent scramblings; the spread of their means is the standard error."""

_EDGE = 2.0**-53


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Correlation:
    """Inputs that move together: their columns, and the matrix of correlations of their normal scores."""

    columns: tuple[int, ...]
    matrix: Floats

    def __post_init__(self) -> None:
        n, m = len(self.columns), np.asarray(self.matrix, float)
        if m.shape != (n, n):
            raise ModelError(f"a correlation matrix of {n} inputs is {n} by {n}, got {' by '.join(map(str, m.shape))}")
        if not np.isfinite(m).all() or (np.abs(m - m.T) > 1e-9).any():
            raise ModelError("a correlation matrix is symmetric; one of its pairs differs")
        if (np.abs(np.diag(m) - 1) > 1e-9).any():
            raise ModelError(f"a correlation matrix has 1 on its diagonal, got {np.diag(m).tolist()}")
        if (np.abs(m) > 1 + 1e-9).any():
            raise ModelError(
                f"a correlation lies in -1..1, got {float(m[np.abs(m).argmax() // n, np.abs(m).argmax() % n]):g}"
            )
        lowest = float(np.linalg.eigvalsh(m).min())
        if lowest < -1e-9:
            raise ModelError(
                f"these correlations contradict each other (smallest eigenvalue {lowest:.3g}, below 0); "
                "bring the strongest ones closer to 0"
            )

    @property
    def root(self) -> Floats:
        """L with L L^T the matrix; it exists too where the matrix is singular."""
        values, vectors = np.linalg.eigh(np.asarray(self.matrix, float))
        result: Floats = vectors * np.sqrt(np.maximum(values, 0.0))
        return result


def alike(n: int, rho: float) -> Floats:
    """The matrix with the same correlation between any two of n inputs."""
    return np.full((n, n), float(rho)) + (1 - float(rho)) * np.eye(n)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Inputs:
    """The uncertain inputs of a question: names, what is known about each, and which of them move together."""

    names: tuple[str, ...]
    marginals: tuple[Marginal, ...]
    correlations: tuple[Correlation, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.names)) != len(self.names) or len(self.names) != len(self.marginals):
            raise ModelError("uncertain inputs need names of their own, one each")
        used = [c for group in self.correlations for c in group.columns]
        if len(set(used)) != len(used):
            twice = next(self.names[c] for c in used if used.count(c) > 1)
            raise ModelError(f"{twice} is in two correlated groups; join the groups into one matrix")
        if used and not 0 <= min(used) <= max(used) < len(self.names):
            raise ModelError("a correlated group names an input that is not there")

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Columns that vary together: each correlated group, and every other input by itself, in order."""
        taken = {c: group.columns for group in self.correlations for c in group.columns}
        seen: list[tuple[int, ...]] = []
        for c in range(len(self.names)):
            group = taken.get(c, (c,))
            if group not in seen:
                seen.append(group)
        return tuple(seen)

    def values(self, levels: Floats) -> Floats:
        """(draws, inputs) numbers from independent levels in 0..1; correlated groups by a normal copula."""
        u = np.clip(np.asarray(levels, float), _EDGE, 1 - _EDGE)
        for group in self.correlations:
            columns = list(group.columns)
            scores, root = score(u[:, columns]), group.root
            u = u.copy()
            for row, column in enumerate(columns):  # summed in order: no sum depends on how many draws there are
                total = np.zeros(len(u))
                for k in range(len(columns)):
                    total = total + root[row, k] * scores[:, k]
                u[:, column] = np.clip(below(total), _EDGE, 1 - _EDGE)
        found = np.empty(u.shape)
        for column, marginal in enumerate(self.marginals):
            found[:, column] = marginal.quantile(u[:, column])
        return found


def scrambling_of(draws: int, scramblings: int = SCRAMBLINGS) -> NDArray[np.int64]:
    """(draws,) which scrambling each draw belongs to; sizes differ by one at most."""
    sizes = [draws // scramblings + (s < draws % scramblings) for s in range(scramblings)]
    return np.repeat(np.arange(scramblings), sizes)


def levels(dimensions: int, draws: int, seed: int, *, scramblings: int = SCRAMBLINGS) -> Floats:
    """(draws, dimensions) levels in 0..1: the first points of each scrambling, one scrambling after the other.

    The first draws of a scrambling stay the same when more are asked for.
    Source: Owen 1998, Journal of Complexity 14; Joe and Kuo 2008, SIAM J. Sci. Comput. 30 (direction numbers).
    """
    if draws < scramblings:
        raise ModelError(f"{draws} draws are fewer than {scramblings} scramblings; ask for at least {scramblings}")
    if dimensions == 0:
        return np.empty((draws, 0))
    if dimensions > MOST:
        raise ModelError(f"{dimensions} uncertain inputs; draws are made for {MOST} at most")
    parts = []
    for s, child in enumerate(np.random.SeedSequence(seed).spawn(scramblings)):
        count = draws // scramblings + (s < draws % scramblings)
        parts.append(scrambled(dimensions, count, np.random.default_rng(child)))
    return np.concatenate(parts)


def draw(inputs: Inputs, draws: int, seed: int, *, scramblings: int = SCRAMBLINGS) -> Floats:
    """(draws, inputs) numbers."""
    return inputs.values(levels(len(inputs.names), draws, seed, scramblings=scramblings))


def checked_seed(seed: ArrayLike) -> int:
    """A seed as a whole number of 0 or more. Raises ModelError."""
    value = int(np.asarray(seed))
    if value < 0:
        raise ModelError(f"a seed is a whole number of 0 or more, got {value}")
    return value
