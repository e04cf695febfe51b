"""Who has power under a voting rule."""

from pathlib import Path

import numpy as np

from winset.errors import StoreError, UsageError
from winset.formulation.coalitions import from_file, from_options
from winset.models.coalitions.power import Power, power

LARGEST = 20_000_000


def coalitions(source: Path | None, weights: str | None, quota: str | None, *, seed: int = 0) -> Power:
    """Power under the rule in `source`, or under `weights` and `quota`; `seed` serves where sampling is needed."""
    if (source is None) == (weights is None) or (weights is None) != (quota is None):
        raise UsageError("give either a rule file or both --weights and --quota")
    if source is None:
        rule = from_options(weights or "", quota or "")
    else:
        try:
            if source.stat().st_size > LARGEST:
                raise StoreError(f"{source} has more than {LARGEST:,} bytes, too large for a rule")
            data = source.read_bytes()
        except OSError as error:
            raise StoreError(f"{source} cannot be read: {error.strerror or error}") from None
        rule = from_file(data, str(source))
    return power(rule, rng=np.random.default_rng(seed))
