"""A case at a date as the positions and saliences that distances are taken over."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from winset.domain.case import Case
from winset.domain.estimates import Exact, Likely, Range
from winset.domain.issues import Issue
from winset.domain.positions import Position
from winset.domain.runs import Assumption
from winset.evidence.timeline import as_of, histories
from winset.formulation.base import Formulated
from winset.models.similarity.distances import Stands


def formulate(case: Case, at: date | None, *, positions: Sequence[Position] | None = None) -> Formulated[Stands]:
    """Own positions as shares of their issue's scale, best values; saliences as judged by `at`.

    `positions` are those of the whole record, by default what was judged. A range counts by its middle; between which
    ends an issue is compared, `Issue.measured_over` says. Issues of options without an order are left
    out and named in the gaps.
    """
    positions = histories(case.judgements) if positions is None else positions
    ends = {issue.id: issue.measured_over(_seen(issue, positions)) for issue in case.issues}
    issues = [issue for issue in case.issues if ends[issue.id] is not None]
    gaps = [f"{one}: options without an order have no distance; left out" for one, end in ends.items() if end is None]
    row = {party.id: n for n, party in enumerate(case.parties)}
    column = {issue.id: n for n, issue in enumerate(issues)}
    position = np.full((len(row), len(column)), np.nan)
    salience = np.full((len(row), len(column)), np.nan)
    assumptions = [
        Assumption(
            text=f"{issue.id} states no ends; its scale runs over the positions taken" if issue.bounds is None
            else f"{issue.id} counts by a codebook's range; it is compared over the positions taken",
            issue=issue.id,
        )
        for issue in issues if issue.bounds != ends[issue.id]
    ]  # fmt: skip
    for one in as_of(positions, at):
        bounds = ends.get(one.issue)
        if one.voice != "own" or one.party not in row or bounds is None:
            continue
        position[row[one.party], column[one.issue]] = _share(one.value.best, bounds)
        if not isinstance(one.value, Exact):
            assumptions.append(
                Assumption(
                    text=f"{one.party} on {one.issue}: the middle of a range", quantity="position",
                    party=one.party, issue=one.issue, value=one.value.best,
                )
            )  # fmt: skip
    lent = _lent(case, column, at)
    for party in row:
        for issue in column:
            judged = case.judgement("salience", party, issue, at)
            if judged is not None and isinstance(judged.value, Exact | Range | Likely):
                salience[row[party], column[issue]] = judged.value.best
            elif not np.isnan(position[row[party], column[issue]]):
                assumptions.append(
                    Assumption(
                        text=f"salience of {party} on {issue} is not judged: {lent[issue]}",
                        quantity="salience", party=party, issue=issue,
                    )
                )  # fmt: skip
    return Formulated(
        inputs=Stands(position=position, salience=salience, parties=tuple(row), issues=tuple(column)),
        assumptions=tuple(assumptions),
        gaps=tuple(gaps),
    )


def _lent(case: Case, issues: Iterable[str], at: date | None) -> dict[str, str]:
    """Issue -> what counts in the place of a salience on it that nobody judged."""
    judged = {
        one.issue for one in case.judgements
        if one.quantity == "salience" and one.issue and (at is None or one.as_of is None or one.as_of <= at)
    }  # fmt: skip
    return {
        issue: "the other side's counts, else the mean on that issue" if issue in judged
        else "nobody judged one on that issue, and the mean of those on others counts" if judged
        else "nobody judged any, and all issues weigh alike"
        for issue in issues
    }  # fmt: skip


def _seen(issue: Issue, positions: Sequence[Position]) -> tuple[float, float] | None:
    values = [end for one in positions if one.issue == issue.id for end in one.value.ends]
    return (min(values), max(values)) if values else None


def _share(value: float, bounds: tuple[float, float]) -> float:
    low, high = bounds
    return (value - low) / (high - low) if high > low else 0.0
