"""How to share what coalitions can get, in words and the published JSON."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from winset.domain.runs import Assumption
from winset.models.coalitions.shares import Core, Game, Leaver

SHOWN = 20


def _texts(values: Sequence[Fraction] | None) -> list[str] | None:
    return None if values is None else [str(v) for v in values]


def as_json(
    game: Game,
    core: Core,
    nucleolus: tuple[Fraction, ...] | None,
    shapley: tuple[Fraction, ...],
    division: tuple[Fraction, ...],
    leavers: Sequence[Leaver],
    assumptions: Sequence[Assumption],
    gaps: Sequence[str],
) -> dict[str, Any]:
    """The value that `winset solve shares --json` prints; numbers are fractions as strings."""
    return {
        "players": list(game.players),
        "worth_of_all": str(game.worth[-1]),
        "core": {
            "empty": core.empty, "needed": str(core.needed), "point": None if core.empty else _texts(core.point),
            "proof": [{"of": list(game.members(k)), "weight": str(w)} for k, w in core.balance],
        },
        "nucleolus": _texts(nucleolus),
        "shapley": _texts(shapley),
        "division": {
            "shares": _texts(division), "stable": not leavers,
            "leavers": [{"of": list(game.members(one.coalition)), "worth": str(one.worth), "gets": str(one.gets)}
                        for one in leavers],
        },
        "assumptions": [a.as_json() for a in assumptions],
        "gaps": list(gaps),
    }  # fmt: skip


def as_text(
    game: Game, core: Core, nucleolus: tuple[Fraction, ...] | None, shapley: tuple[Fraction, ...],
    division: tuple[Fraction, ...], leavers: Sequence[Leaver], assumptions: Sequence[Assumption], gaps: Sequence[str],
) -> str:  # fmt: skip
    """A table of divisions, whether the core is empty and why, and who would leave."""
    columns = [("nucleolus", nucleolus), ("Shapley value", shapley), ("asked about", division)]
    if not core.empty:
        columns.insert(0, ("in the core", core.point))
    shown = [(name, values) for name, values in columns if values is not None]
    width = max(6, *(len(p) for p in game.players))
    lines = ["  ".join(["player".ljust(width), *(name.rjust(14) for name, _ in shown)])]
    for i, player in enumerate(game.players):
        lines.append("  ".join([player.ljust(width), *(f"{float(values[i]):.4g}".rjust(14) for _, values in shown)]))
    if core.empty:
        proof = " + ".join(f"{w} ({', '.join(game.members(k))})" for k, w in core.balance)
        lines.append(f"No division holds: all are worth {game.worth[-1]}, {core.needed} would be needed, as {proof}.")
    for one in leavers[:SHOWN]:
        lines.append(f"{', '.join(game.members(one.coalition))} would leave: {one.gets} against {one.worth} alone.")
    if not leavers:
        lines.append("Nobody would leave the division asked about.")
    lines += [f"Assumed: {a.text}." for a in assumptions] + [f"Left out: {gap}." for gap in gaps]
    return "\n".join(lines)
