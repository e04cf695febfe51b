"""Adjusted winner: items divided between two parties by the points they put on each."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from winset.errors import ModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What two parties put on items, in the order given; `second` has the items of `first`."""

    parties: tuple[str, str]
    first: dict[str, Fraction]
    second: dict[str, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """shares  of each item, what the first party gets, 0 to 1, as given in order
    points  what each has, by its own points
    split   the one item that is divided; None where none has to be, or where all are
    """

    shares: dict[str, Fraction]
    points: tuple[Fraction, Fraction]
    split: str | None


def adjusted_winner(first: Mapping[str, Fraction], second: Mapping[str, Fraction]) -> Division:
    """The division that is efficient and gives both the same points: exact, at most one item split.

    first, second  points of each party on the same items, >= 0; each party's are scaled to sum to 100
    Items go to the first party by falling ratio of its points to the other's until both have the same; of items with
    one ratio, the earlier in order first. Raises ModelError on other points.
    Source: Brams and Taylor 1996, Fair Division, ch. 4.
    """
    if list(first) != list(second) or not first:
        raise ModelError("both parties put points on the same items, at least one, in one order")
    a, b = _scaled(first, "the first party"), _scaled(second, "the second party")
    # what neither wants goes to the first and changes nothing
    order = sorted(first, key=lambda item: (b[item] != 0, -a[item] / b[item] if b[item] else -a[item]))
    shares = dict.fromkeys(first, Fraction(0))
    mine, theirs = Fraction(0), Fraction(100)
    split = None
    for item in order:
        if mine >= theirs:
            break
        gap, pull = theirs - mine, a[item] + b[item]
        share = Fraction(1) if pull <= gap else gap / pull
        if share < 1:
            split = item
        shares[item] = share
        mine += share * a[item]
        theirs -= share * b[item]
    return Division(shares=shares, points=(mine, theirs), split=split)


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """Points and how they divide the items: by adjusted winner, and in proportion."""

    given: Points
    winner: Division
    proportional: Division


def solve(given: Points, *, seed: int | None = None) -> Divided:
    """Both divisions of the same points; `seed` is not used: nothing is drawn. Raises ModelError as they do."""
    return Divided(
        given=given, winner=adjusted_winner(given.first, given.second),
        proportional=proportional(given.first, given.second),
    )  # fmt: skip


def proportional(first: Mapping[str, Fraction], second: Mapping[str, Fraction]) -> Division:
    """Each item in proportion to the points on it: less to each than by adjusted winner, but nothing to be gained by
    putting points otherwise than meant. Items without points go in halves. Arguments and errors as `adjusted_winner`.

    Source: Brams and Taylor 1996, Fair Division, ch. 4 (proportional allocation).
    """
    if list(first) != list(second) or not first:
        raise ModelError("both parties put points on the same items, at least one, in one order")
    a, b = _scaled(first, "the first party"), _scaled(second, "the second party")
    shares = {i: a[i] / (a[i] + b[i]) if a[i] + b[i] else Fraction(1, 2) for i in a}
    mine = sum((share * a[i] for i, share in shares.items()), Fraction(0))
    theirs = sum(((1 - share) * b[i] for i, share in shares.items()), Fraction(0))
    return Division(shares=shares, points=(mine, theirs), split=None)


def _scaled(points: Mapping[str, Fraction], who: str) -> dict[str, Fraction]:
    low = next((item for item, value in points.items() if value < 0), None)
    if low is not None:
        raise ModelError(f"{who} put {points[low]} points on {low}; points are 0 or more")
    total = sum(points.values(), Fraction(0))
    if total == 0:
        raise ModelError(f"{who} put no points on anything; put some")
    return {item: Fraction(value) * 100 / total for item, value in points.items()}
