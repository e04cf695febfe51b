"""GENIUS domain and profile XML, with GENIUS's own meaning of the numbers.

Each discrete evaluation is divided by the issue's largest; the total is capped at 1; the reservation value is on that
scale and 0 where absent. Source of the rules: GENIUS 10.4, Lin et al. 2014, Computational Intelligence 30(1).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from winset.errors import FormatError, ReadingError
from winset.formats.profiles import Domain, Profile, checked_weights, integers, number, options
from winset.models.bargaining.problem import Array, Box, Curve, Extreme, Issue, Utility
from winset.reading.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

_BLANK = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    index: str
    element: Element
    issue: Issue


def read_genius(data: bytes, source: str) -> Domain | Profile:
    """A domain, or a profile where the file has evaluations. Raises FormatError naming file, issue, value and way out."""
    try:
        root = parse_xml(data.lstrip(_BLANK), name=source)
    except ReadingError as error:
        raise FormatError(str(error)) from None
    space = root
    if _tag(root) in {"negotiation_template", "negotiation"}:
        space = next((e for e in root.iter() if _tag(e) == "utility_space"), root)
    if _tag(space) not in {"utility_space", "negotiation_template"}:
        raise FormatError(
            f"{source}: the root is <{root.tag}>; a GENIUS file has <negotiation_template> or <utility_space>"
        )
    found = [_issue(e, source) for e in space.iter() if _tag(e) == "issue"]
    if not found:
        raise FormatError(f"{source}: no <issue>; a domain needs at least one")
    names = [one.issue.name for one in found]
    for name in names:
        if names.count(name) > 1:
            raise FormatError(f"{source}: the issue {name!r} occurs twice; rename one")
    issues = tuple(one.issue for one in found)
    rectangles = [e for e in space.iter() if _tag(e) == "ufun"]
    weights = [e for e in space.iter() if _tag(e) == "weight"]
    judged = any(_has_evaluation(one) for one in found)
    if _tag(root) != "utility_space" or not (rectangles or weights or judged):
        return Domain(source=source, issues=issues)
    remarks: list[str] = []
    reservation = _setting(space, "reservation", 0.0, source)
    discount = _setting(space, "discount_factor", 1.0, source)
    if not 0 <= reservation <= 1:
        remarks.append(
            f"{source}: the reservation value {reservation:g} lies outside of 0..1, the scale of this format; it is used as "
            "it is"
        )
    if not 0 <= discount <= 1:
        remarks.append(f"{source}: the discount {discount:g} lies outside of 0..1; it is read as none, as GENIUS does")
    if 0 < discount < 1:
        remarks.append(f"{source}: utilities shrink with time (discount {discount:g}); deals are compared at the start")
    if rectangles:
        utility = _nonlinear(space, rectangles, found, source)
    else:
        utility = _additive(weights, found, source, remarks)
    called = (_get(space, "name") or "").strip()
    return Profile(
        source=source,
        name=called or None,
        issues=issues,
        utility=utility,
        reservation=reservation,
        discount=discount if 0 < discount < 1 else 1.0,
        remarks=tuple(remarks),
    )


def _tag(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1].lower()


def _get(element: Element, key: str) -> str | None:
    """An attribute, upper or lower case."""
    for name, value in element.attrib.items():
        if str(name).lower() == key:
            return str(value)
    return None


def _children(element: Element, tag: str) -> list[Element]:
    return [child for child in element if _tag(child) == tag]


def _issue(element: Element, source: str) -> _Found:
    name = (_get(element, "name") or "").strip()
    if not name:
        raise FormatError(f"{source}: the issue with index {_get(element, 'index')} has no name; give it one")
    where = f"{source}, issue {name!r}"
    kind = next(
        (k for key in ("vtype", "etype", "type") if (k := (_get(element, key) or "").strip().lower())), "discrete"
    )
    index = (_get(element, "index") or "").strip()
    if kind == "discrete":
        values = [_get(item, "value") for item in _children(element, "item")]
        if None in values:
            raise FormatError(f"{where}: item {values.index(None) + 1} has no value; give it one")
        options(values, where)
        return _Found(index=index, element=element, issue=Issue(name=name, values=tuple(str(v) for v in values)))
    if kind not in {"integer", "real"}:
        raise FormatError(f"{where}: the type {kind!r}; there are discrete, integer and real")
    inner = next(iter(_children(element, "range")), element)
    ends = [_get(inner, key) or _get(element, key) for key in ("lowerbound", "upperbound")]
    low, high = (number(end, f"{where}: {key}") for end, key in zip(ends, ("lowerbound", "upperbound"), strict=True))
    if kind == "integer":
        issue = Issue(name=name, kind="integer", values=integers(low, high, where))
    elif high < low:
        raise FormatError(f"{where}: bounds {low:g} to {high:g}; the lower comes first")
    else:
        issue = Issue(name=name, kind="continuous", low=low, high=high)
    return _Found(index=index, element=element, issue=issue)


def _has_evaluation(one: _Found) -> bool:
    items = _children(one.element, "item")
    return bool(_children(one.element, "evaluator")) or any(_get(item, "evaluation") is not None for item in items)


def _setting(space: Element, tag: str, absent: float, source: str) -> float:
    found = next((e for e in space.iter() if _tag(e) == tag), None)
    return absent if found is None else number(_get(found, "value"), f"{source}: {tag}")


def _additive(weights: list[Element], found: list[_Found], source: str, remarks: list[str]) -> Utility:
    by_index: dict[str, float] = {}
    for element in weights:
        index = (_get(element, "index") or "").strip()
        if index in by_index:
            raise FormatError(f"{source}: two weights have index {index!r}; keep one")
        by_index[index] = number(_get(element, "value"), f"{source}: weight {index}")
    named: dict[str, float] = {}
    tables: list[Array | Curve] = []
    for one in found:
        name = one.issue.name
        if one.index not in by_index:
            raise FormatError(f"{source}: no weight with index {one.index!r} for issue {name!r}; add it")
        named[name] = by_index[one.index]
        piece = _evaluated(one, f"{source}, issue {name!r}", remarks)
        w = named[name]
        tables.append(Curve(x=piece.x, y=piece.y * w) if isinstance(piece, Curve) else piece * w)
    unknown = set(by_index) - {one.index for one in found}
    if unknown and sum(by_index[index] for index in unknown) > 0 and abs(sum(named.values()) - 1) > 1e-2:
        raise FormatError(f"{source}: the weight with index {min(unknown)!r} is of no issue; correct the index")
    remarks += checked_weights(named, source)
    most = sum(float(np.max(t.y if isinstance(t, Curve) else t)) for t in tables)
    return Utility(tables=tuple(tables), most=1.0 if most > 1 + 1e-9 else np.inf)


def _evaluated(one: _Found, where: str, remarks: list[str]) -> Array | Curve:
    """What each value is worth on the scale 0..1."""
    if one.issue.kind == "discrete":
        raw = []
        for item in _children(one.element, "item"):
            place = f"{where}: evaluation of {_get(item, 'value')!r}"
            raw.append(number(_get(item, "evaluation"), place))
            if raw[-1] < 0:
                raise FormatError(f"{place} is {raw[-1]:g}; an evaluation is 0 or more")
        largest = max(raw)
        if largest == 0:
            remarks.append(f"{where}: every evaluation is 0; the issue counts for nothing")
        return np.array(raw) / (largest or 1.0)
    evaluators = _children(one.element, "evaluator")
    if not evaluators:
        raise FormatError(f"{where}: no <evaluator>; a number needs one")
    e = evaluators[0]

    def setting(key: str, absent: float | None = None) -> float:
        given = _get(e, key)
        return absent if given is None and absent is not None else number(given, f"{where}: {key} of the evaluator")

    shape = (_get(e, "ftype") or "linear").strip().lower()
    if one.issue.kind == "integer" and (_get(e, "slope") is not None or _get(e, "offset") is not None):
        x = np.array(one.issue.values, dtype=float)
        return np.asarray(np.clip(setting("offset", 0.0) + setting("slope", 0.0) * (x - x[0]), 0.0, 1.0))
    low, high = (
        (one.issue.low, one.issue.high)
        if one.issue.kind == "continuous"
        else (float(one.issue.values[0]), float(one.issue.values[-1]))
    )
    x, y = _shape(shape, setting, low, high, where)
    if one.issue.kind == "continuous":
        return Curve(x=x, y=y)
    return np.asarray(np.interp(np.array(one.issue.values, dtype=float), x, y))


def _shape(shape: str, setting: Callable[..., float], low: float, high: float, where: str) -> tuple[Array, Array]:
    """Corners of a piecewise linear evaluator."""
    if shape == "constant":
        return np.array([low, high]), np.clip(np.full(2, setting("parameter0")), 0.0, 1.0)
    if shape == "linear":
        base, slope = setting("parameter0"), setting("parameter1")
        ends = {low, high}
        if slope:
            ends |= {x for x in ((0 - base) / slope, (1 - base) / slope) if low < x < high}
        x = np.array(sorted(ends))
        return x, np.clip(base + slope * x, 0.0, 1.0)
    if shape == "triangular":
        left, right, top = (setting(f"parameter{n}") for n in range(3))
        if not left <= top <= right:
            raise FormatError(
                f"{where}: a triangle from {left:g} over {top:g} to {right:g}; the top lies between the ends"
            )
        corners = {left: 0.0, right: 0.0, top: 1.0}
        known = np.array(sorted(corners))
        worth = np.array([corners[k] for k in known.tolist()])
        x = np.array(sorted({low, high} | {k for k in corners if low < k < high}))
        return x, np.interp(
            x, known, worth, left=worth[0] if low == left else 0.0, right=worth[-1] if high == right else 0.0
        )
    raise FormatError(f"{where}: an evaluator of ftype {shape!r}; there are linear, constant and triangular")


def _nonlinear(space: Element, ufuns: list[Element], found: list[_Found], source: str) -> Utility:
    """Hyper-rectangles: what they hold, added up (or the largest, the smallest), over the largest utility named."""
    holder = next(
        (e for e in space.iter() if _tag(e) in {"utility", "utility_function"} and _get(e, "maxutility")), None
    )
    most = number(None if holder is None else _get(holder, "maxutility"), f"{source}: maxutility")
    if most <= 0:
        raise FormatError(f"{source}: maxutility is {most:g}; give the largest utility, above 0")
    boxes: list[Box] = []
    groups: list[Extreme] = []
    for ufun in ufuns:
        weight = number(_get(ufun, "weight") or "1", f"{source}: weight of a ufun")
        own = [_box(e, found, weight / most, source) for e in _children(ufun, "hyperrectangle")]
        how = (_get(ufun, "aggregation") or "sum").strip().lower()
        if how == "sum":
            boxes += [part for box, outside in own for part in _without(box, outside)]
        elif how == "max" or how == "min":
            if any(outside for _, outside in own):
                raise FormatError(
                    f"{source}: the {how} of boxes that exclude a range of a real issue; give the issue as integer"
                )
            groups.append(Extreme(how="max" if how == "max" else "min", boxes=tuple(box for box, _ in own)))
        else:
            raise FormatError(f"{source}: aggregation {how!r}; there are sum, max and min")
    tables: list[Array | Curve] = []
    for one in found:
        if one.issue.kind == "continuous":
            tables.append(Curve(x=np.array([one.issue.low, one.issue.high]), y=np.zeros(2)))
        else:
            tables.append(np.zeros(len(one.issue.values)))
    return Utility(tables=tuple(tables), boxes=tuple(boxes), extremes=tuple(groups))


def _box(
    element: Element, found: list[_Found], scale: float, source: str
) -> tuple[Box, list[tuple[int, tuple[float, float]]]]:
    """A box without the ranges of real issues that it excludes, and those: (issue, range)."""
    worth = number(
        _get(element, "utility") or _get(element, "utility_function"), f"{source}: utility of a hyperRectangle"
    )
    worth *= number(_get(element, "weight") or "1", f"{source}: weight of a hyperRectangle")
    places: dict[int, tuple[int, ...]] = {}
    ranges: dict[int, tuple[float, float]] = {}
    outside: list[tuple[int, tuple[float, float]]] = []
    for side in element:
        kind = _tag(side)
        if kind not in {"includes", "excludes"}:
            continue
        index = (_get(side, "index") or "").strip()
        at = next((k for k, one in enumerate(found) if one.index == index), None)
        if at is None:
            raise FormatError(f"{source}: a hyperRectangle names the issue {index!r}; no issue has that index")
        issue = found[at].issue
        low, high = (number(_get(side, key), f"{source}, issue {issue.name!r}: {key}") for key in ("min", "max"))
        if issue.kind == "continuous":
            if kind == "excludes":
                outside.append((at, (low, high)))
            else:
                ends = ranges.get(at, (issue.low, issue.high))
                ranges[at] = max(low, ends[0]), min(high, ends[1])
            continue
        held = [
            place for place, value in enumerate(issue.values)
            if (low <= (place if isinstance(value, str) else value) <= high) == (kind == "includes")
        ]  # fmt: skip
        before = places.get(at)
        places[at] = tuple(held if before is None else [p for p in held if p in before])
    return Box(places=places, ranges=ranges, worth=worth * scale), outside


def _without(box: Box, outside: list[tuple[int, tuple[float, float]]]) -> list[Box]:
    """Boxes that add up to `box` less the ranges excluded: the whole less what lies inside, range by range."""
    found = [box]
    for issue, (low, high) in outside:
        less = []
        for part in found:
            ends = part.ranges.get(issue, (low, high))
            less.append(
                Box(
                    places=part.places, worth=-part.worth,
                    ranges=part.ranges | {issue: (max(low, ends[0]), min(high, ends[1]))},
                )
            )  # fmt: skip
        found += less
    return found
