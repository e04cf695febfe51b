"""From a case at a date to the inputs of spatial models, one issue at a time, with what was not stated written down."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from winset.domain.case import Case
from winset.domain.estimates import Estimate, Exact, Judgement
from winset.domain.issues import Issue
from winset.domain.runs import Assumption
from winset.errors import FormulationError, ModelError
from winset.formulation.base import Formulated
from winset.models.spatial.inputs import SpatialInputs, Together

Held = dict[tuple[str, str, str | None], Judgement]


def _held(case: Case, at: date | None) -> Held:
    """The judgement that holds for each quantity, party and issue; the same order of preference as `Case.judgement`."""
    best: dict[tuple[str, str, str | None], tuple[tuple[bool, date, int], Judgement]] = {}
    for place, j in enumerate(case.judgements):
        if at is not None and j.as_of is not None and j.as_of > at:
            continue
        key, rank = (j.quantity, j.party, j.issue), (not j.suggested, j.as_of or date.min, place)
        if key not in best or rank > best[key][0]:
            best[key] = (rank, j)
    return {key: j for key, (_, j) in best.items()}


def _number(j: Judgement | None) -> float | None:
    return j.value.best if j is not None and isinstance(j.value, Estimate) else None


def formulate(case: Case, at: date | None = None) -> Formulated[dict[str, SpatialInputs]]:
    """Inputs for every issue on which two parties or more (or the only party) hold a position, by issue id.

    A missing salience or capability is set to the mean of those stated on the issue (all alike where none is), and
    every such setting is an assumption. Issues without an order are left out as gaps. Raises FormulationError where
    no issue is left.
    """
    held = _held(case, at)
    assumptions: list[Assumption] = []
    gaps: list[str] = []
    inputs: dict[str, SpatialInputs] = {}
    for issue in case.issues:
        if issue.kind == "discrete":
            gaps.append(f"{issue.id}: its options have no order, so there is no distance to compute with")
            continue
        names = [p.id for p in case.parties if _number(held.get(("position", p.id, issue.id))) is not None]
        silent = [p.id for p in case.parties if p.id not in names]
        if not names:
            gaps.append(f"{issue.id}: nobody's position is judged")
            continue
        if silent:
            gaps.append(f"{issue.id}: no position of {', '.join(silent)}; left out")
        position = np.array([_number(held[("position", p, issue.id)]) for p in names], dtype=float)
        for p in names:
            j = held[("position", p, issue.id)]
            if not isinstance(j.value, Exact):
                low, high = j.value.ends if isinstance(j.value, Estimate) else (0.0, 0.0)
                assumptions.append(Assumption(
                    text=f"{p} on {issue.id} lies between {low:g} and {high:g}; computed with {_number(j):g}",
                    quantity="position", party=p, issue=issue.id, value=_number(j),
                ))  # fmt: skip
        salience = _filled("salience", names, issue, held, assumptions)
        capability = _filled("capability", names, issue, held, assumptions)
        if not ((capability > 0) & (salience > 0)).any() and (capability >= 0).all() and (salience >= 0).all():
            gaps.append(
                f"{issue.id}: nobody has both capability and salience above 0, so nobody counts; set some above 0"
            )
            continue
        scale, quo = _scale(issue, position, assumptions), _status_quo(issue, gaps)
        try:
            inputs[issue.id] = SpatialInputs(
                parties=tuple(names), position=position, capability=capability, salience=salience, scale=scale,
                status_quo=quo, vetoes=_vetoes(case, at, names, issue, gaps),
            )  # fmt: skip
        except ModelError as error:
            raise FormulationError(f"{case.title}, {issue.id}: {error}") from None
        if len(names) == 1:
            gaps.append(f"{issue.id}: {names[0]} alone holds a position ({position[0]:g}), so every forecast is that; "
                        "add the others")  # fmt: skip
        elif position.min() == position.max():
            gaps.append(f"{issue.id}: all {len(names)} stand at {position[0]:g}, so nothing is in dispute there; "
                        "check their positions")  # fmt: skip
    if not inputs:
        raise FormulationError(
            f"{case.title}: no issue with an order has a position; add judgements of the quantity 'position'"
            + (f" dated {at} or before" if at else "")
            + "".join(f"; {gap}" for gap in gaps[:5])
        )
    return Formulated(inputs=inputs, assumptions=tuple(assumptions), gaps=tuple(gaps))


def together(inputs: Mapping[str, SpatialInputs]) -> Formulated[Together]:
    """All issues as one space, for those parties that hold a position on every one of them.

    A party's capability is its mean over the issues. Saliences count as shares: where some party's sum to more than
    100, everybody's are divided by the largest sum, so that their proportions stay. Raises FormulationError where
    fewer than two parties are left.
    """
    rows = list(inputs.values())
    parties = tuple(p for p in rows[0].parties if all(p in x.parties for x in rows))
    if len(parties) < 2:
        raise FormulationError(f"{len(parties)} party holds a position on every issue; a joint space needs two or more")
    missing = dict.fromkeys(p for x in rows for p in x.parties if p not in parties)
    gaps = tuple(f"{p} has no position on some issue; left out of the joint space" for p in missing)

    def column(x: SpatialInputs, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(values[[x.parties.index(p) for p in parties]], dtype=float)

    widths = [(x.scale[1] - x.scale[0]) or 1.0 for x in rows]
    position = np.column_stack([(column(x, x.position) - x.scale[0]) / w for x, w in zip(rows, widths, strict=True)])
    salience = np.column_stack([column(x, x.salience) for x in rows]) / 100
    assumptions: tuple[Assumption, ...] = ()
    largest = float(salience.sum(axis=1).max())
    if largest > 1:
        salience = salience / largest
        assumptions = (Assumption(
            text=f"saliences of one party sum to {100 * largest:g}; all are divided by {largest:g} in the joint space",
            quantity="salience",
        ),)  # fmt: skip
    capability = np.column_stack([column(x, x.capability) for x in rows]).mean(axis=1)
    return Formulated(
        inputs=Together(
            issues=tuple(inputs), parties=parties, position=np.clip(position, 0, 1), salience=salience,
            capability=capability, scales=tuple(x.scale for x in rows),
        ),
        assumptions=assumptions, gaps=gaps,
    )  # fmt: skip


def _filled(
    quantity: str, names: list[str], issue: Issue, held: Held, assumptions: list[Assumption]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """One number a party: as judged for the issue, else as judged for the party, else the mean of the others."""
    found = [_number(held.get((quantity, p, issue.id), held.get((quantity, p, None)))) for p in names]
    stated = [v for v in found if v is not None]
    with np.errstate(over="ignore"):  # numbers as large as that are refused by name once all are there
        default = float(np.mean(stated)) if stated else (100.0 if quantity == "salience" else 1.0)
    missing = [p for p, v in zip(names, found, strict=True) if v is None]
    why = "the mean of those stated" if stated else "the same for all, as none is stated"
    defaults: dict[str, list[str]] = defaultdict(list)
    for p in missing:
        defaults[p].append(quantity)
        assumptions.append(Assumption(
            text=f"{quantity} of {p} on {issue.id} not stated; set to {default:g}, {why}",
            quantity=quantity, party=p, issue=issue.id, value=default,
        ))  # fmt: skip
    values = np.array([default if v is None else v for v in found], dtype=float)
    if quantity == "salience" and stated and 0 < max(stated) <= 1:
        assumptions.append(Assumption(
            text=f"no salience on {issue.id} is above 1; read as shares of 1 and taken times 100",
            quantity=quantity, issue=issue.id,
        ))  # fmt: skip
        values = np.array([100.0 * v if v is not None else (default * 100 if stated else default) for v in found])
    return values


def _status_quo(issue: Issue, gaps: list[str]) -> float | None:
    if issue.status_quo is None:
        return None
    try:
        value = float(issue.status_quo)
    except ValueError:
        point = next((p.value for p in issue.scale if p.label == issue.status_quo), None)
        if point is None:
            gaps.append(
                f"{issue.id}: the status quo {issue.status_quo!r} is no point of the scale; procedures need one"
            )
        return point
    return value


def _vetoes(case: Case, at: date | None, names: list[str], issue: Issue, gaps: list[str]) -> tuple[str, ...]:
    """Those who must sign and hold a position; the others cannot be asked."""
    needed = case.signers(at) if any(t.must_sign for t in case.tables) else ()
    if absent := [p for p in needed if p not in names]:
        gaps.append(f"{issue.id}: {', '.join(absent)} must sign and has no judged position; its veto is left out")
    return tuple(p for p in needed if p in names)


def _scale(
    issue: Issue, position: np.ndarray[tuple[int, ...], np.dtype[np.float64]], assumptions: list[Assumption]
) -> tuple[float, float]:
    if issue.bounds is not None:
        return issue.bounds
    low, high = float(position.min()), float(position.max())
    assumptions.append(Assumption(
        text=f"{issue.id} states no scale; its ends are the outermost positions, {low:g} and {high:g}", issue=issue.id,
    ))  # fmt: skip
    return low, high
