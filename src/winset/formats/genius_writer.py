"""Bargaining problems as GENIUS domain and profile XML, which `formats.genius` reads back."""

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from winset.errors import FormatError
from winset.formats.normal import normal
from winset.formats.profiles import kept
from winset.models.bargaining.problem import Array, Box, Curve, Issue, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

_MOST_BOXES = 50_000


def write_domain(problem: Problem) -> bytes:
    """The issues without preferences."""
    root, space = _element("negotiation_template"), _element("utility_space")
    objective = _element("objective", index="0", etype="objective", type="objective", name="root")
    for k, issue in enumerate(problem.issues):
        objective.append(_issue(issue, k, as_integer=_as_integer(problem, k)))
    space.append(objective)
    root.append(space)
    return _bytes(root)


def write_profile(problem: Problem, at: int, *, discount: float = 1.0) -> tuple[bytes, tuple[str, ...]]:
    """The preferences of party `at`, and remarks on what is written otherwise than it stood.

    Additive utilities as weights and evaluations; whatever counts together as hyper-rectangles. Raises FormatError,
    naming party, issue and way out, on what GENIUS cannot say.
    """
    party, utility = problem.parties[at], problem.utilities[at]
    if problem.forbidden:
        raise FormatError("GENIUS cannot say that a combination is forbidden; write a table")
    if not utility.additive:
        return _with_boxes(problem, at, discount), ()
    found = normal(problem, at)
    remarks = list(found.remarks)
    root = _element("utility_space", name=kept(party, "party"))
    objective = _element("objective", index="0", etype="objective", type="objective", name="root")
    for k, (issue, weight, worth) in enumerate(zip(problem.issues, found.weights, found.worths, strict=True)):
        element = _issue(issue, k, as_integer=_as_integer(problem, k))
        if issue.kind == "continuous":
            curve = utility.tables[k]
            assert isinstance(curve, Curve)
            element.append(_line(curve, worth, f"{party}, issue {issue.name!r}"))
        elif _as_integer(problem, k):
            step = float(worth[-1] - worth[0]) / max(1, len(worth) - 1)
            element.append(_element("evaluator", slope=repr(step), offset=repr(float(worth[0]))))
        else:
            for item, value in zip(element, worth.tolist(), strict=True):
                item.set("evaluation", repr(value))
        objective.append(_element("weight", index=str(k + 1), value=repr(weight)))
        objective.append(element)
    root.append(objective)
    root.append(_element("discount_factor", value=repr(discount)))
    reservation = found.reservation
    if reservation > 1:
        raise FormatError(f"{party}: no deal is worth {reservation:g} of the best deal; GENIUS has at most 1")
    if reservation < 0:
        remarks.append(f"{party}: no deal is worth less than any deal; GENIUS says that as 0")
        reservation = 0.0
    root.append(_element("reservation", value=repr(reservation)))
    return _bytes(root), tuple(remarks)


def _as_integer(problem: Problem, k: int) -> bool:
    """Whether an issue of whole numbers can be written so: each party's worth rises or falls by one step, within 0..1."""
    issue = problem.issues[k]
    whole = issue.kind == "integer" and isinstance(issue.values, range) and issue.values.step == 1
    tables = [np.asarray(u.tables[k], float) for u in problem.utilities] if whole else []
    if not whole or any(not u.additive for u in problem.utilities):
        return whole
    return all(np.allclose(np.diff(t, 2), 0, atol=1e-12 * max(1.0, float(np.abs(t).max()))) for t in tables)


def _issue(issue: Issue, k: int, *, as_integer: bool) -> Element:
    kind = "real" if issue.kind == "continuous" else "integer" if as_integer else "discrete"
    element = _element("issue", index=str(k + 1), name=kept(issue.name, "issue"), vtype=kind, type=kind, etype=kind)
    if kind == "discrete":
        for n, value in enumerate(issue.values, 1):
            element.append(_element("item", index=str(n), value=str(value)))
    else:
        low, high = (issue.low, issue.high) if kind == "real" else (issue.values[0], issue.values[-1])
        element.append(_element("range", lowerbound=_plain(low), upperbound=_plain(high)))
    return element


def _line(curve: Curve, worth: Array, where: str) -> Element:
    if len(curve.x) != 2:
        raise FormatError(f"{where}: a curve through {len(curve.x)} points; GENIUS has straight lines, give it options")
    (x0, x1), (y0, y1) = curve.x.tolist(), (float(worth[0]), float(worth[1]))
    slope = (y1 - y0) / (x1 - x0) if x1 > x0 else 0.0
    return _element("evaluator", ftype="linear", parameter0=repr(y0 - slope * x0), parameter1=repr(slope))


def _with_boxes(problem: Problem, at: int, discount: float) -> bytes:
    """Everything as hyper-rectangles over places or numbers; utilities as they are, `maxutility` 1."""
    party, utility = problem.parties[at], problem.utilities[at]
    if np.isfinite(utility.most):
        raise FormatError(f"{party}: a largest total of {utility.most:g} cannot be said with hyper-rectangles")
    whole = range(len(problem.issues))
    boxes = list(utility.boxes)
    if utility.constant:
        boxes.append(Box(places={}, worth=utility.constant))
    for k in whole:
        table = utility.tables[k]
        if isinstance(table, Curve):
            if np.any(table.y):
                raise FormatError(f"{party}, issue {problem.issues[k].name!r}: a curve beside boxes; give it options")
            continue
        boxes += [Box(places={k: (p,)}, worth=float(w)) for p, w in enumerate(table) if w]
    for part in utility.interactions:
        for cell in zip(*np.nonzero(part.table), strict=True):
            places: dict[int, tuple[int, ...]] = {k: (int(p),) for k, p in zip(part.issues, cell, strict=True)}
            boxes.append(Box(places=places, worth=float(part.table[cell])))
    if len(boxes) > _MOST_BOXES:
        raise FormatError(f"{party}: {len(boxes):,} hyper-rectangles; at most {_MOST_BOXES:,} are written")
    holder = _element("utility", maxutility="1.0")
    total = _element("ufun", weight="1", aggregation="sum", type="PlainUfun")
    for box in boxes:
        for runs in _runs(box):
            total.append(_rectangle(problem, box, runs))
    holder.append(total)
    for group in utility.extremes:
        element = _element("ufun", weight="1", aggregation=group.how, type="PlainUfun")
        for box in group.boxes:
            pieces = list(_runs(box))
            if len(pieces) > 1 and (group.how == "min" or box.worth < 0):
                raise FormatError(f"{party}: the {group.how} of a box with gaps cannot be said with hyper-rectangles")
            for runs in pieces:
                element.append(_rectangle(problem, box, runs))
        holder.append(element)
    root = _element("utility_space", type="nonlinear", name=kept(party, "party"))
    objective = _element("objective", index="0", etype="objective", type="objective", name="root")
    for k, issue in enumerate(problem.issues):
        objective.append(_issue(issue, k, as_integer=_as_integer(problem, k)))
    root.append(objective)
    root.append(holder)
    root.append(_element("discount_factor", value=repr(discount)))
    root.append(_element("reservation", value=repr(float(problem.reservation[at]))))
    return _bytes(root)


def _runs(box: Box) -> Any:
    """Boxes without gaps that make up `box`: for each issue named, (first place, last place)."""
    sides = []
    for k, places in sorted(box.places.items()):
        runs: list[list[int]] = []
        for place in sorted(places):
            if runs and place == runs[-1][1] + 1:
                runs[-1][1] = place
            else:
                runs.append([place, place])
        sides.append([(k, first, last) for first, last in runs])
    return product(*sides)


def _rectangle(problem: Problem, box: Box, runs: Sequence[tuple[int, int, int]]) -> Element:
    element = _element("hyperRectangle", utility=repr(box.worth))
    for k, first, last in runs:
        values = problem.issues[k].values
        ends = (first, last) if not _as_integer(problem, k) else (values[first], values[last])
        element.append(_element("INCLUDES", index=str(k + 1), min=str(ends[0]), max=str(ends[1])))
    for k, (low, high) in sorted(box.ranges.items()):
        element.append(_element("INCLUDES", index=str(k + 1), min=repr(low), max=repr(high)))
    return element


def _plain(value: object) -> str:
    return repr(value) if isinstance(value, float) else str(value)


def _element(tag: str, **attributes: str) -> Element:
    from lxml import etree

    try:
        element: Element = etree.Element(tag, attributes)
    except ValueError:
        shown = next(iter(attributes.values()), "")[:60]
        raise FormatError(f"{shown!r}: a character that XML cannot hold; rename it") from None
    return element


def _bytes(root: Element) -> bytes:
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data
