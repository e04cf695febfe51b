"""What talks are about: outcomes, and what each is worth to everybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.bargaining.frontier import frontier

Label = Callable[[int], Mapping[str, object] | str | int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Space:
    """parties in the order in which they speak;  utilities (outcomes, parties);  reservation (parties,) worth of no
    deal;  label  row -> the outcome's name or terms, for reports;  features (outcomes, issues) which option of each
    issue an outcome takes, None where outcomes are not made of issues
    """

    parties: tuple[str, ...]
    utilities: NDArray[np.float64]
    reservation: NDArray[np.float64]
    label: Label = int
    features: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        n = len(self.parties)
        if n < 2:
            raise ModelError(f"talks have two sides or more, got {n}")
        if self.utilities.ndim != 2 or self.utilities.shape[1] != n or len(self.utilities) == 0:
            raise ModelError(f"talks of {n} sides need a table of {n} columns, got {self.utilities.shape}")
        if self.reservation.shape != (n,) or not np.isfinite(self.reservation).all():
            raise ModelError(f"each side needs one finite reservation value, got {self.reservation.tolist()}")
        if not np.isfinite(self.utilities).all() or np.abs(self.utilities).max() > 1e6:
            raise ModelError("talks need finite utilities between -1e6 and 1e6")

    def neighbour(self, row: int, rng: np.random.Generator) -> int:
        """An outcome drawn among those that differ on one issue from this one; among all where there are no issues."""
        if self.features is None:
            return int(rng.integers(len(self.utilities)))
        issue = int(rng.integers(self.features.shape[1]))
        others = np.delete(self.features, issue, axis=1)
        rows = np.flatnonzero((others == others[row]).all(axis=1))
        return int(rows[int(rng.integers(len(rows)))])


def efficient(utilities: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rows that no other row betters for one side and equals for all; utilities compared after rounding to 1e-9."""
    return np.sort(frontier(np.rint(utilities.T * 1e9)))


def distance_from(front: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(points,) least Euclidean distance from each point to a point of the frontier, in units of utility."""
    from scipy.spatial import KDTree  # slow to import, and needed once the talks are over

    return np.asarray(KDTree(front).query(points)[0], dtype=float)
