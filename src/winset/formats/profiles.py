"""What a file of another negotiation tool says about one party, and several such files as one bargaining problem."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from winset.errors import FormatError
from winset.models.bargaining.problem import (
    LARGEST,
    MOST_PARTIES,
    Array,
    Box,
    Curve,
    Extreme,
    Interaction,
    Issue,
    Problem,
    Utility,
)

MOST_OPTIONS = 100_000
"""Options of one issue that are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """Issues without preferences; `source` is the file's name."""

    source: str
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profile:
    """One party's preferences over the issues of its own file.

    name     as in the file; None where it has none
    discount by what utilities are multiplied in the course of a negotiation of full length; 1 where they stay
    remarks  what was read otherwise than it stands there, to be shown with every answer
    """

    source: str
    name: str | None
    issues: tuple[Issue, ...]
    utility: Utility
    reservation: float
    discount: float = 1.0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Joined:
    """Profiles of one domain as a problem, with the remarks of all; discounts by party, empty where there are none."""

    problem: Problem
    discounts: tuple[float, ...] = ()
    remarks: tuple[str, ...]


def joined(profiles: Sequence[Profile], domain: Domain | None = None) -> Joined:
    """Profiles in the order given, over the issues of `domain`, or else of the first.

    Raises FormatError where files belong to different domains, naming file, issue and value.
    """
    if not profiles:
        raise FormatError(f"{domain.source if domain else 'the files'}: no party's preferences; add its profile")
    if len(profiles) > MOST_PARTIES:
        raise FormatError(f"{len(profiles)} profiles; deals are found for at most {MOST_PARTIES} parties, name fewer")
    lead = domain or Domain(source=profiles[0].source, issues=profiles[0].issues)
    fitted = [_fitted(profile, lead) for profile in profiles]
    names: list[str] = []
    remarks = [remark for profile in profiles for remark in profile.remarks]
    for profile in profiles:
        stem = profile.source.rsplit(".", 1)[0]
        name = wanted = profile.name or stem
        n = 2
        while name in names:
            name, n = f"{wanted}-{n}", n + 1
        if name != wanted:
            remarks.append(f"{profile.source}: another file is named {wanted!r} too; this one is called {name!r}")
        names.append(name)
    problem = Problem(
        parties=tuple(names),
        issues=lead.issues,
        utilities=tuple(fitted),
        reservation=np.array([profile.reservation for profile in profiles]),
    )
    return Joined(problem=problem, discounts=tuple(profile.discount for profile in profiles), remarks=tuple(remarks))


def _fitted(profile: Profile, lead: Domain) -> Utility:
    """The profile's utility with issues and options in the order of `lead`."""
    own = {issue.name: k for k, issue in enumerate(profile.issues)}
    theirs = {issue.name: k for k, issue in enumerate(lead.issues)}
    for name in own:
        if name not in theirs:
            raise FormatError(
                f"{profile.source}: no issue {name!r} in {lead.source} (there: {', '.join(theirs)}); "
                "give files of one domain"
            )
    moved: dict[int, tuple[int, list[int]]] = {}  # own place of the issue -> its place in lead, own place of each value
    for k, issue in enumerate(lead.issues):
        if issue.name not in own:
            raise FormatError(f"{profile.source}: nothing on issue {issue.name!r} of {lead.source}; add it")
        mine = profile.issues[own[issue.name]]
        where = f"{profile.source}, issue {issue.name!r}"
        if (mine.kind == "continuous") != (issue.kind == "continuous"):
            raise FormatError(f"{where}: {mine.kind}, but {issue.kind} in {lead.source}; give files of one domain")
        if issue.kind == "continuous":
            if (mine.low, mine.high) != (issue.low, issue.high):
                raise FormatError(
                    f"{where}: {mine.low:g} to {mine.high:g}, but {issue.low:g} to {issue.high:g} in {lead.source}"
                )
            moved[own[issue.name]] = (k, [])
            continue
        place = {value: at for at, value in enumerate(mine.values)}
        missing = [value for value in issue.values if value not in place]
        if missing:
            raise FormatError(f"{where}: no value for option {missing[0]!r} of {lead.source}; add it")
        known = set(issue.values)
        extra = [value for value in mine.values if value not in known]
        if extra:
            raise FormatError(f"{where}: the option {extra[0]!r} is not in {lead.source}; remove or rename it")
        moved[own[issue.name]] = (k, [place[value] for value in issue.values])
    tables: list[Array | Curve] = [np.empty(0)] * len(lead.issues)
    for mine_at, (k, order) in moved.items():
        table = profile.utility.tables[mine_at]
        tables[k] = table if isinstance(table, Curve) else table[order]
    boxes = tuple(_moved(box, moved) for box in profile.utility.boxes)
    groups = tuple(
        Extreme(how=group.how, boxes=tuple(_moved(box, moved) for box in group.boxes))
        for group in profile.utility.extremes
    )
    parts = []
    for part in profile.utility.interactions:
        turned = part.table[np.ix_(*(moved[i][1] for i in part.issues))]
        at = [moved[i][0] for i in part.issues]
        parts.append(Interaction(issues=tuple(sorted(at)), table=turned.transpose(np.argsort(at))))
    return replace(profile.utility, tables=tuple(tables), boxes=boxes, extremes=groups, interactions=tuple(parts))


def _moved(box: Box, moved: dict[int, tuple[int, list[int]]]) -> Box:
    """A box over the issues of the problem instead of the profile's own."""
    return Box(
        places={
            moved[i][0]: tuple(at for at, old in enumerate(moved[i][1]) if old in set(places))
            for i, places in box.places.items()
        },
        ranges={moved[i][0]: ends for i, ends in box.ranges.items()},
        worth=box.worth,
    )


def number(value: Any, where: str) -> float:
    """A finite number from text or JSON. Raises FormatError."""
    try:
        found = math.nan if isinstance(value, bool) or value is None else float(value)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if math.isfinite(found) and abs(found) > LARGEST:
        raise FormatError(f"{where} is {str(value)[:60]!r}; numbers up to {LARGEST:g} are read, divide all by the same")
    if not math.isfinite(found):
        shown = "is missing" if value is None or value == "" else f"is {str(value)[:60]!r}"
        raise FormatError(f"{where} {shown}; write a finite number")
    return found


def integers(low: float, high: float, where: str) -> range:
    """The whole numbers of an issue. Raises FormatError where the ends are not whole, in order and not too far apart."""
    if low != int(low) or high != int(high) or high < low:
        raise FormatError(f"{where}: bounds {low:g} to {high:g}; give whole numbers, the lower first")
    if high - low >= MOST_OPTIONS:
        raise FormatError(
            f"{where}: {high - low + 1:,.0f} options; at most {MOST_OPTIONS:,} are read, take larger steps"
        )
    return range(int(low), int(high) + 1)


def kept(name: str, what: str) -> str:
    """The name, where readers that take off blanks around it bring it back. Raises FormatError."""
    if name != name.strip() or not name:
        raise FormatError(f"{what} {name[:60]!r}: blanks around it would be lost in this format; rename it")
    return name


def checked_weights(weights: dict[str, float], source: str) -> tuple[str, ...]:
    """Remarks on weights that sum to one but for rounding. Raises FormatError where they do not or one is below 0."""
    for name, weight in weights.items():
        if weight < 0:
            raise FormatError(f"{source}: the weight of issue {name!r} is {weight:g}; a weight is 0 or more")
    total = math.fsum(weights.values())
    if abs(total - 1.0) > 1e-2:
        shown = ", ".join(f"{name} {weight:g}" for name, weight in list(weights.items())[:8])
        raise FormatError(f"{source}: weights sum to {total:g} ({shown}); change them so that they sum to 1")
    if abs(total - 1.0) > 1e-6:
        return (f"{source}: weights sum to {total:.6g}; they are used as they are",)
    return ()


def options(values: Sequence[Any], where: str) -> None:
    """Raises FormatError where there are none, too many, or one twice."""
    if not values:
        raise FormatError(f"{where}: no options; give at least one")
    if len(values) > MOST_OPTIONS:
        raise FormatError(f"{where}: {len(values):,} options; at most {MOST_OPTIONS:,} are read, merge some")
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            raise FormatError(f"{where}: the option {value!r} occurs twice; remove or rename one")
        seen.add(value)


def parse_json(data: bytes, source: str) -> Any:
    """A JSON value in which no key occurs twice. Raises FormatError. `Infinity` and `NaN` become floats."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise FormatError(f"{source}: the key {key[:60]!r} occurs twice in one object; remove one")
            found[key] = value
        return found

    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=once)
    except UnicodeDecodeError as error:
        raise FormatError(f"{source}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise FormatError(f"{source}: line {error.lineno}, column {error.colno}: not JSON ({error.msg})") from None
    except (RecursionError, ValueError):
        raise FormatError(f"{source}: nested too deep or with a number too long to read") from None
