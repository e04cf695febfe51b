"""The table of leverage: plain data, and sentences such as "a month of waiting costs A four points and B one"."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from winset.domain.runs import Assumption
from winset.report.words import several

Moves = tuple[float | None, ...]
_SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Lever:
    """One number of one party moved by one step, and what that moves for everybody.

    moves        change of each party's share of the surplus (of its utility where the lever is a win-set), in the order
                 of `parties`; None where the changed question has no answer
    parties      whose moves these are; None: those of the whole table
    probability  of ratification after the step, for a win-set
    """

    party: str
    lever: str
    step: float
    moves: Moves
    parties: tuple[str, ...] | None = None
    probability: float | None = None


def as_json(
    *, parties: tuple[str, ...], names: Mapping[str, str], shares: tuple[float, ...],
    waiting: tuple[float, ...] | None, unit: str, levers: list[Lever], assumptions: tuple[Assumption, ...],
    gaps: tuple[str, ...],
) -> dict[str, Any]:  # fmt: skip
    """Plain data for the table in a brief; `words` are its lines in the same order, the cost of waiting first."""
    rows = [
        {
            "party": one.party, "lever": one.lever, "step": one.step,
            "unit": "utility" if one.lever == "win-set" else "share of the surplus",
            "moves": dict(zip(one.parties or parties, one.moves, strict=True)), "probability": one.probability,
            "words": _line(one, parties, names),
        }
        for one in levers
    ]  # fmt: skip
    first = [] if waiting is None else [waiting_words(parties, names, waiting, unit)]
    return {
        "method": "leverage", "version": "1", "parties": list(parties),
        "names": {p: names.get(p, p) for p in parties}, "shares": list(shares), "unit": unit,
        "waiting": None if waiting is None else dict(zip(parties, waiting, strict=True)),
        "rows": rows, "words": first + [row["words"] for row in rows],
        "assumptions": [one.as_json() for one in assumptions], "gaps": list(gaps),
    }  # fmt: skip


def as_text(value: dict[str, Any]) -> str:
    """The same in lines for the terminal."""
    called = [value["names"][party] for party in value["parties"]]
    shares = ", ".join(f"{name} {share:.3f}" for name, share in zip(called, value["shares"], strict=True))
    lines = [f"Shares of the surplus: {shares}", *value["words"]]
    lines += [f"Not asked: {gap}" for gap in value["gaps"]]
    lines += [f"Assumed: {one['text']}" for one in value["assumptions"]]
    return "\n".join(lines)


def waiting_words(parties: tuple[str, ...], names: Mapping[str, str], costs: tuple[float, ...], unit: str) -> str:
    """Who pays how much for one more round before the same deal."""
    told = [f"{names.get(p, p)} {points(c, bare=i > 0)}" for i, (p, c) in enumerate(zip(parties, costs, strict=True))]
    return f"A {unit} of waiting costs {several(told)}."


def points(change: float, *, bare: bool = False) -> str:
    """A part of the surplus as points of a hundred, in words to twelve: "four points", bare: "four"."""
    size = abs(change) * 100
    whole = round(size)
    if 0 < size < 0.5:
        return "less than half a point"
    said = _SPELLED[whole] if whole < len(_SPELLED) else str(whole)
    return said if bare else f"{said} point{'' if whole == 1 else 's'}"


def _line(one: Lever, parties: tuple[str, ...], names: Mapping[str, str]) -> str:
    who = names.get(one.party, one.party)
    cause = {
        "patience": f"If waiting cost {who} a tenth less",
        "outside option": f"If the way out of {who} were worth {points(one.step)} more",
        "win-set": f"If the ratifiers of {who} asked {points(one.step)} more",
        "power": f"If {who} were {points(one.step)} likelier to win by force",
        "trust": f"If {who} were {points(one.step)} likelier to keep a deal",
    }[one.lever]
    moves = list(zip(one.parties or parties, one.moves, strict=True))
    if any(change is None for _, change in moves):
        return f"{cause}, no deal would be left."
    told = [
        f"{names.get(p, p)} {'gains' if c > 0 else 'loses'} {points(c)}"
        for p, c in moves
        if c is not None and abs(c) > 1e-9
    ]
    tail = "" if one.probability is None else f"; ratification then has probability {one.probability:.2g}"
    return f"{cause}, {several(told) if told else 'nothing moves'}{tail}."
