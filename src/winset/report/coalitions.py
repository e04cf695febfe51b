"""Power in words, rows and the published JSON."""

from fractions import Fraction
from typing import Any

from winset.models.coalitions.power import INDICES, Index, Power

SAFE = 2**53
NAMES = {
    "shapley_shubik": "Shapley-Shubik", "banzhaf": "Banzhaf", "banzhaf_absolute": "Banzhaf, absolute",
    "johnston": "Johnston", "deegan_packel": "Deegan-Packel", "holler": "Holler",
}  # fmt: skip


def _count(value: int | None) -> int | str | None:
    return value if value is None or value <= SAFE else str(value)


def _values(index: Index) -> list[str | float] | None:
    return None if index.values is None else [str(v) if isinstance(v, Fraction) else v for v in index.values]


def as_json(result: Power) -> dict[str, Any]:
    """The value that `winset solve coalitions --json` prints."""
    return {
        "players": list(result.players),
        **{name: _values(result.indices[name]) for name in INDICES},
        "winning": _count(result.winning),
        "minimal_winning": {
            "count": _count(result.minimal),
            "listed": None if result.listed is None else [list(c) for c in result.listed],
        },
        "blocking": None if result.blocking is None else [list(c) for c in result.blocking],
        "vetoes": list(result.vetoes),
        "dummies": list(result.dummies),
        "exact": {name: result.indices[name].exact for name in INDICES},
        "error": {name: result.indices[name].error for name in INDICES},
    }


def bars(result: Power) -> list[dict[str, Any]]:
    """Chart data: one row a player and index, shares as numbers."""
    return [
        {"player": player, "index": name, "share": float(value)}
        for name in INDICES
        if (values := result.indices[name].values) is not None
        for player, value in zip(result.players, values, strict=True)
    ]


def as_text(result: Power) -> str:
    """A table of shares in per cent, and who can block."""
    shown = [name for name in INDICES if result.indices[name].values is not None]
    width = max(len("player"), *(len(p) for p in result.players))
    lines = ["  ".join(["player".ljust(width), *(NAMES[n].rjust(17) for n in shown)])]
    for i, player in enumerate(result.players):
        cells = [f"{100 * float((result.indices[n].values or ())[i]):.2f} %".rjust(17) for n in shown]
        lines.append("  ".join([player.ljust(width), *cells]))
    if result.minimal is not None:
        lines.append(f"{result.minimal} minimal winning coalitions.")
    if result.blocking is not None and len(result.blocking) <= 20:
        lines.append("Could block together: " + "; ".join(" + ".join(c) for c in result.blocking) + ".")
    lines.append(f"Can block alone: {', '.join(result.vetoes) or 'nobody'}.")
    unsure = "" if result.dummies_known else " (not all players could be decided)"
    lines.append(f"Never decisive: {', '.join(result.dummies) or 'nobody'}{unsure}.")
    guessed = [NAMES[n] for n in shown if not result.indices[n].exact]
    if guessed:
        lines.append(f"Estimated from random samples: {', '.join(guessed)}; all others are exact.")
    return "\n".join(lines)
