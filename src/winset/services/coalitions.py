"""Who has power under a voting rule."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np

from winset.domain.runs import Assumption
from winset.errors import CaseError, ModelError, UsageError
from winset.formulation.coalitions import exact, formulate, from_file, from_options, game_from_file, is_rule, located
from winset.models.coalitions.placed import Placed, placed
from winset.models.coalitions.power import Power, power
from winset.models.coalitions.shares import Core, Game, Leaver, core, leavers, nucleolus, shapley
from winset.report.charts import power as power_charts
from winset.services import drawings
from winset.services.sources import is_case_file, no_case, read_bytes
from winset.services.spatial import load
from winset.store.textform import parse

LARGEST = 20_000_000
SHEETS = (".csv", ".tsv", ".xml", ".xlsx")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Power under a rule, and of a case what it rests on and power given positions, by issue."""

    power: Power
    placed: dict[str, Placed] = field(default_factory=dict)
    assumptions: tuple[Assumption, ...] = ()
    gaps: tuple[str, ...] = ()


def shares(source: Path, division: str | None = None) -> Shares:
    """Core, nucleolus and Shapley value of the game in `source`; `division` is one share a player, as in 50,75,75.

    Without a division it is asked who would leave the Shapley value. Raises UsageError where shares do not sum to the
    worth of all.
    """
    no_case(source, 'a file with players and a rule or worths: {"players": [...], "rule": ... or "worth": ...}')
    asked = game_from_file(_checked(source), source.name)
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


def _checked(source: Path) -> bytes:
    """The bytes of a rule or game. Raises CaseError, naming the place, where they are no JSON."""
    data = read_bytes(source, LARGEST)
    try:
        parse(data)
    except CaseError as error:
        raise CaseError(f"{source}: {error}") from None
    return data


def coalitions(
    source: Path | None, weights: str | None, quota: str | None, *, at: date | None = None, seed: int = 0
) -> Answer:
    """Power under the rule in `source`, or in a case as of a date, or under `weights` and `quota`.

    Of a case (or a table of actors) capabilities are the weights, and power given positions is told issue by issue;
    `quota` may say what a decision needs there. `seed` serves where sampling is needed.
    """
    rng = np.random.default_rng(seed)
    if source is None:
        if weights is None or quota is None:
            raise UsageError("give a rule file, a case, or both --weights and --quota")
        return Answer(power=power(from_options(weights, quota), rng=rng))
    if weights is not None:
        raise UsageError("--weights stand for a rule of their own; leave out the file, or them")
    written = not is_case_file(source) and source.suffix.casefold() not in (*SHEETS, ".winset")
    if written and is_rule(data := _checked(source)):
        if quota is not None:
            raise UsageError(f"--quota goes with --weights or a case; {source} states its own quotas")
        return Answer(power=power(from_file(data, str(source)), rng=rng))
    case = load(source)
    asked = formulate(case, at, quota=None if quota is None else exact(quota, "--quota"))
    places, silent = located(case, at, asked.inputs.players)
    return Answer(
        power=power(asked.inputs, rng=rng),
        placed={issue: placed(asked.inputs, p.position, p.scale) for issue, p in places.items()},
        assumptions=asked.assumptions, gaps=(*asked.gaps, *silent),
    )  # fmt: skip


def save_charts(answer: Answer, into: Path) -> tuple[Path, ...]:
    """Writes the bars of power and the map of smallest winning coalitions, with their numbers, into a folder.

    Raises UsageError where nothing can be drawn or a file is there already, StoreError where the disk refuses.
    """
    drawn = power_charts.charts(answer.power)
    if not drawn:
        raise UsageError(f"{len(answer.power.players)} players are too many to draw; at most {power_charts.MOST} fit")
    return drawings.save(drawn, into)
