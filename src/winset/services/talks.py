"""Simulate talks over the outcomes of a case, of another tool's scenario, or of a table of utilities."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from winset.domain.runs import Assumption, Run, digest
from winset.errors import StoreError, UsageError
from winset.formulation.talks import formulate, of_problem
from winset.models.talks.protocols import Protocol, Setting, negotiate
from winset.models.talks.sessions import Sessions, solve
from winset.models.talks.sides import Kind, Tactic
from winset.models.talks.space import Space
from winset.models.talks.tournament import tournament as play_all
from winset.report.talks import VERSION, as_json, tournament_json, trace_lines
from winset.services.scenarios import is_scenario, load_scenario
from winset.services.sources import read_bytes, reviewed_case
from winset.store.textform import parse

NAMED: dict[str, tuple[Kind, float]] = {
    "boulware": ("time", 0.2),
    "linear": ("time", 1.0),
    "conceder": ("time", 5.0),
    "resource": ("resource", 20.0),
    "tit-for-tat": ("relative", 1.0),
    "random-tit-for-tat": ("random", 0.05),
    "averaged-tit-for-tat": ("averaged", 5.0),
    "climber": ("climber", 1.0),
    "annealer": ("annealer", 0.3),
}
"""Tactics by name, with the number each has where none is given."""


def tactic(text: str) -> Tactic:
    """`boulware:0.2`, `conceder`, `boulware:0.1..0.5` drawn anew for each run, `linear+learns` naming what the other
    seems to like. Raises UsageError naming the tactic."""
    whole = text.strip()
    plain, _, extra = whole.partition("+")
    name, _, value = plain.partition(":")
    if name not in NAMED or extra not in ("", "learns"):
        raise UsageError(
            f"unknown tactic {whole!r}; there are {', '.join(NAMED)}, each with a number such as boulware:0.2 or two "
            "such as 0.1..0.5, and with +learns"
        )
    kind, usual = NAMED[name]
    try:
        first, _, second = (value or str(usual)).partition("..")
        low, high = float(first), float(second or first)
    except ValueError:
        raise UsageError(
            f"{text!r}: a number above 0 such as boulware:0.2 is needed, or two such as 0.1..0.5"
        ) from None
    if not 0 <= low <= high < float("inf") or (low == 0 and kind in ("time", "resource")):
        what = "beta" if kind == "time" else "the number"
        raise UsageError(f"{text!r}: {what} is above 0, the lower end first")
    return Tactic(name=whole, kind=kind, low=low, high=high, learns=bool(extra))


def talks(
    sources: tuple[Path, ...], tactics: str, *, rounds: int = 100, runs: int = 1000, seed: int = 1, k: float = 0.0,
    noise: float = 0.0, end: float = 0.0, protocol: Protocol = "in-turn", tournament: bool = False,
    between: tuple[str, ...] | None = None, at: date | None = None, trace: Path | None = None,
) -> Run:  # fmt: skip
    """Distribution of agreements over `runs`, or a tournament of all tactics against each other.

    noise  standard deviation added to every utility, anew each run;  end  chance after each round that talks break off
    A source is a case, what `solve bargaining` reads of other tools, or a table
    {"utilities": [[u1, u2], ...], "reservation": [r1, r2], "parties": [a, b], "outcomes": [names]}.
    """
    space, notes, gaps = load(sources, between, at)
    played = tuple(tactic(one) for one in tactics.split(","))
    setting = Setting(rounds=rounds, k=k, end=end, noise=noise)
    parameters = {
        "tactics": tactics, "protocol": protocol, "rounds": rounds, "runs": runs, "k": k, "noise": noise, "end": end,
        "tournament": tournament,
    }  # fmt: skip
    if tournament:
        result = tournament_json(play_all(space, played, protocol, setting, runs=runs, seed=seed), space, runs)
    else:
        found = _sessions(space, played, protocol, setting, runs, seed)
        if trace is not None:
            _write(trace, found)
        result = as_json(found, space)
    result |= {"seed": seed, "protocol": protocol}
    if notes or gaps:
        result |= {"assumptions": [one.as_json() for one in notes], "gaps": list(gaps)}
    inputs = [space.parties, space.utilities.tolist(), space.reservation.tolist(), parameters]
    return Run(
        method="talks", version=VERSION, inputs_digest=digest(inputs), result=result, assumptions=notes,
        parameters=parameters, seed=seed, as_of=at,
    )  # fmt: skip


def _sessions(
    space: Space, played: tuple[Tactic, ...], protocol: Protocol, setting: Setting, runs: int, seed: int
) -> Sessions:
    """All at once where only the clock decides, else run by run."""
    if len(played) != len(space.parties):
        raise UsageError(
            f"every side needs a tactic; got {len(space.parties)} sides and {len(played)} tactics "
            "(--between names the parties of a case)"
        )
    clocks = all(one.kind == "time" and not one.learns for one in played)
    if clocks and protocol == "in-turn" and len(played) == 2:
        betas = tuple((one.low, one.high) for one in played)
        return solve(
            space, seed=seed, tactics=betas, rounds=setting.rounds, runs=runs, k=setting.k, noise=setting.noise,
            end=setting.end,
        )  # fmt: skip
    return negotiate(space, played, protocol, setting, runs=runs, rng=np.random.default_rng(seed))


def _write(trace: Path, found: Sessions) -> None:
    try:
        trace.write_text("".join(json.dumps(line) + "\n" for line in trace_lines(found)), encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{trace} cannot be written: {error.strerror or error}") from None


def load(
    sources: tuple[Path, ...], between: tuple[str, ...] | None = None, at: date | None = None
) -> tuple[Space, tuple[Assumption, ...], tuple[str, ...]]:
    """(space, assumptions, gaps) of whatever the sources hold. Raises UsageError naming what is missing."""
    if len(sources) == 1 and sources[0].suffix.lower() == ".json" and sources[0].is_file():
        value = parse(read_bytes(sources[0]))
        if isinstance(value, dict) and isinstance(value.get("utilities"), list) and "judgements" not in value:
            return _table(value, sources[0]), (), ()
    if is_scenario(sources):
        joined = load_scenario(sources)
        return of_problem(joined.problem), tuple(Assumption(text=one) for one in joined.remarks), ()
    asked = formulate(reviewed_case(sources[0]), at, between=between)
    return asked.inputs, asked.assumptions, asked.gaps


def _numbers(row: Any, sides: int) -> bool:
    return isinstance(row, list) and len(row) == sides and all(isinstance(v, int | float) for v in row)


def _table(value: dict[str, Any], source: Path) -> Space:
    try:
        u = np.asarray(value["utilities"], dtype=float)
        columns = u.shape[1] if u.ndim == 2 else 2
        reservation = np.asarray(value.get("reservation", [0.0] * columns), dtype=float)
    except (TypeError, ValueError):
        rows = value["utilities"]
        sides = len(rows[0]) if isinstance(rows[0], list) else 2
        odd = [n for n, row in enumerate(rows, 1) if not _numbers(row, sides)]
        where = (
            f"row {odd[0]} of utilities is {rows[odd[0] - 1]!r}" if odd else f"reservation is {value['reservation']!r}"
        )
        raise UsageError(f"{source}: {where:.200}; write a number for each of {sides} sides") from None
    names = value.get("parties", [str(i + 1) for i in range(columns)])
    named = value.get("outcomes", list(range(len(u))))
    if not isinstance(names, list):
        raise UsageError(f"{source}: parties are a list of names, one a column")
    if u.ndim != 2 or len(u) == 0 or columns < 2 or reservation.shape != (columns,) or len(names) != columns:
        raise UsageError(f"{source}: utilities need a column a party; reservation and parties an entry for each")
    if not isinstance(named, list) or len(named) != len(u):
        raise UsageError(f"{source}: outcomes need a name for each of {len(u)} rows")
    return Space(
        parties=tuple(str(n) for n in names), utilities=u, reservation=reservation, label=lambda row: named[row]
    )
