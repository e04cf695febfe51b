"""Who has power under a voting rule."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from winset.domain.runs import Assumption
from winset.errors import ModelError, StoreError, UsageError
from winset.formulation.coalitions import exact, from_file, from_options, game_from_file
from winset.models.coalitions.power import Power, power
from winset.models.coalitions.shares import Core, Game, Leaver, core, leavers, nucleolus, shapley

LARGEST = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How to share what coalitions can get, and who would leave the division that was asked about."""

    game: Game
    core: Core
    nucleolus: tuple[Fraction, ...] | None  # None where no division gives everybody what it gets alone
    shapley: tuple[Fraction, ...]
    division: tuple[Fraction, ...]
    leavers: tuple[Leaver, ...]
    assumptions: tuple[Assumption, ...]
    gaps: tuple[str, ...]


def shares(source: Path, division: str | None = None) -> Shares:
    """Core, nucleolus and Shapley value of the game in `source`; `division` is one share a player, as in 50,75,75.

    Without a division it is asked who would leave the Shapley value. Raises UsageError where shares do not sum to the
    worth of all.
    """
    asked = game_from_file(_bytes(source), source.name)
    game, gaps = asked.inputs, list(asked.gaps)
    value = shapley(game)
    tried = value
    if division is not None:
        tried = tuple(exact(part, f"share {at}") for at, part in enumerate(division.split(","), 1))
        if len(tried) != len(game.players):
            raise UsageError(f"--division has {len(tried)} shares for {len(game.players)} players; give one each")
        if sum(tried) != game.worth[-1]:
            raise UsageError(
                f"--division sums to {sum(tried)}, all together are worth {game.worth[-1]}; share just that"
            )
    try:
        middle = nucleolus(game)
    except ModelError as error:
        middle = None
        gaps.append(f"nucleolus: {error}")
    return Shares(game=game, core=core(game), nucleolus=middle, shapley=value, division=tried,
                  leavers=leavers(game, tried), assumptions=asked.assumptions, gaps=tuple(gaps))  # fmt: skip


def _bytes(source: Path) -> bytes:
    try:
        if source.stat().st_size > LARGEST:
            raise StoreError(f"{source} has more than {LARGEST:,} bytes, too large for a rule")
        return source.read_bytes()
    except OSError as error:
        raise StoreError(f"{source} cannot be read: {error.strerror or error}") from None


def coalitions(source: Path | None, weights: str | None, quota: str | None, *, seed: int = 0) -> Power:
    """Power under the rule in `source`, or under `weights` and `quota`; `seed` serves where sampling is needed."""
    if (source is None) == (weights is None) or (weights is None) != (quota is None):
        raise UsageError("give either a rule file or both --weights and --quota")
    if source is None:
        rule = from_options(weights or "", quota or "")
    else:
        rule = from_file(_bytes(source), str(source))
    return power(rule, rng=np.random.default_rng(seed))
