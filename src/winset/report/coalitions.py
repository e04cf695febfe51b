"""Power in words, rows and the published JSON."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from winset.domain.runs import Assumption
from winset.models.coalitions.placed import Placed
from winset.models.coalitions.power import INDICES, Index, Power
from winset.report import words

SAFE = 2**53
NAMES = {
    "shapley_shubik": "Shapley-Shubik", "banzhaf": "Banzhaf", "banzhaf_absolute": "Banzhaf, absolute",
    "johnston": "Johnston", "deegan_packel": "Deegan-Packel", "holler": "Holler",
}  # fmt: skip


def _count(value: int | None) -> int | str | None:
    return value if value is None or value <= SAFE else fraction(Fraction(value))


def _values(index: Index) -> list[str | float] | None:
    return None if index.values is None else [fraction(v) if isinstance(v, Fraction) else v for v in index.values]


def fraction(value: Fraction) -> str:
    """An exact value as text, however many digits it has."""
    parts = (value.numerator,) if value.denominator == 1 else (value.numerator, value.denominator)
    return "/".join(format(Decimal(part), "f") for part in parts)


def _lists(found: tuple[tuple[str, ...], ...] | None) -> list[list[str]] | None:
    return None if found is None else [list(c) for c in found]


def _counted(number: int | None, found: tuple[tuple[str, ...], ...] | None) -> dict[str, Any]:
    return {"count": _count(number), "listed": _lists(found)}


def as_json(result: Power) -> dict[str, Any]:
    """The value that `winset solve coalitions --json` prints."""
    return {
        "players": list(result.players),
        **{name: _values(result.indices[name]) for name in INDICES},
        "winning": _count(result.winning),
        "minimal_winning": _counted(result.minimal, result.listed),
        "minimal_blocking": _counted(result.blocking, result.blocking_listed),
        "blocking": _lists(result.blocking_listed),
        "vetoes": list(result.vetoes),
        "dummies": list(result.dummies),
        "exact": {name: result.indices[name].exact for name in INDICES},
        "error": {name: result.indices[name].error for name in INDICES},
    }


def answer_json(
    result: Power, placed: Mapping[str, Placed], assumptions: Sequence[Assumption], gaps: Sequence[str]
) -> dict[str, Any]:
    """`as_json`, and of a case power given positions by issue, what was assumed and what is missing."""
    return {
        **as_json(result),
        "given_positions": [
            {
                "issue": issue,
                "ends": [str(v) for v in p.ends],
                "proposals": None if p.proposals is None else [str(v) for v in p.proposals],
                "connected": [[result.players[i] for i in members] for members in p.connected],
            }
            for issue, p in placed.items()
        ],
        "assumptions": [a.as_json() for a in assumptions],
        "gaps": list(gaps),
    }


def answer_text(
    result: Power, placed: Mapping[str, Placed], assumptions: Sequence[Assumption], gaps: Sequence[str]
) -> str:
    """`as_text`, and of a case who is decisive where positions count."""
    lines = [as_text(result)]
    for issue, p in placed.items():
        shares = p.proposals or p.ends
        told = sorted(((v, -i) for i, v in enumerate(shares) if v), reverse=True)
        names = ", ".join(f"{result.players[-i]} {100 * float(v):.0f} %" for v, i in told[:5])
        lines.append(f"Given positions on {issue}, decisive over all proposals: {names}.")
        if 0 < len(p.connected) <= 5:
            runs = "; ".join(" + ".join(result.players[i] for i in members) for members in p.connected)
            lines.append(f"  Smallest winning coalitions without a gap on {issue}: {runs}.")
    lines += [f"Assumed: {a.text}." for a in assumptions]
    lines += [f"Missing: {gap}." for gap in gaps]
    return "\n".join(lines)


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
        lines.append(f"{words.count(result.minimal, 'minimal winning coalition')}.")
    if result.blocking_listed is not None and len(result.blocking_listed) <= 20:
        lines.append("Could block together: " + "; ".join(" + ".join(c) for c in result.blocking_listed) + ".")
    elif result.blocking is not None:
        lines.append(f"{words.count(result.blocking, 'smallest blocking coalition')}.")
    lines.append(f"Can block alone: {', '.join(result.vetoes) or 'nobody'}.")
    unsure = "" if result.dummies_known else " (not all players could be decided)"
    lines.append(f"Never decisive: {', '.join(result.dummies) or 'nobody'}{unsure}.")
    for name in shown:
        if not result.indices[name].exact:
            lines.append(
                f"{NAMES[name]} is not exact; no share is off by more than about {result.indices[name].error:.2g}."
            )
    if missing := [NAMES[n] for n in INDICES if n not in shown]:
        lines.append(f"Not computed, as the game is too large: {', '.join(missing)}.")
    return "\n".join(lines)
