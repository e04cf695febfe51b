"""A case at a date -> a bargaining problem, every assumption written down.

Three things stay apart: what a party says it wants (`position`), what it opened with (`opening`), and the least it
would accept (`reservation`). Utilities come from positions, never from openings, and a position is never taken for
the least acceptable: that would leave every zone empty.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import numpy as np

from winset.domain.case import Case
from winset.domain.estimates import Judgement, Table
from winset.domain.issues import Issue as CaseIssue
from winset.domain.runs import Assumption
from winset.domain.terms import Forbidden, Term
from winset.errors import FormulationError, ModelError
from winset.formulation.base import Formulated
from winset.models.bargaining.problem import Array, Box, Curve, Issue, Problem, Utility
from winset.models.bargaining.proposal import place_of
from winset.models.bargaining.together import places_of

Loss = Literal["linear", "quadratic", "lexicographic"]
MOST_POINTS = 100_000
"""Whole numbers of an issue that are told apart."""

_BENDS = 257  # points by which a curve over a continuous issue is drawn


def formulate(case: Case, at: date | None = None, *, loss: Loss = "linear") -> Formulated[Problem]:
    """The bargaining problem of a case at a date.

    Utility tables are used as they are: summed over issues, or weighted by salience where the party has saliences.
    Without a table, an issue is worth 1 at the party's position and falls with the distance from it (`loss`) to 0 at
    one whole scale's length; such issues are weighted by salience, so that utilities lie in 0..1. With `loss`
    "lexicographic" an issue counts only between deals that are equal on every more salient one. A utility table on no
    issue says what is added where options of several issues hold at once (`pay=high|mid, days=few`).
    A party of which neither is judged on any issue is left out and named in the gaps. Raises FormulationError where
    neither a table nor a position is judged on one of a party's issues.
    """
    if not case.parties or not case.issues:
        raise FormulationError(_nothing_to_bargain(case))
    notes: list[Assumption] = []
    gaps: list[str] = []
    issues = tuple(_issue(issue) for issue in case.issues)
    parties = [party for party in case.parties if _judged(case, party.id, at)] or list(case.parties)
    gaps += [
        f"{p.name} takes no position on any issue; left out of the deal space" for p in case.parties if p not in parties
    ]
    utilities = []
    for party in parties:
        utilities.append(_utility(case, party.id, issues, at, loss, notes))
    reservation = [
        _reservation(case, party.id, issues, utility, at, notes, gaps)
        for party, utility in zip(parties, utilities, strict=True)
    ]
    problem = Problem(
        parties=tuple(party.id for party in parties),
        issues=issues,
        utilities=tuple(utilities),
        reservation=np.array(reservation, dtype=float),
        forbidden=tuple(_forbidden(one, case, issues, notes) for one in case.forbidden),
    )
    return Formulated(inputs=problem, assumptions=tuple(notes), gaps=tuple(gaps))


def _nothing_to_bargain(case: Case) -> str:
    """That there are no parties, no issues or neither, and where documents may suggest some, how these become the case's own."""
    none = " and ".join(f"no {name}" for name, held in (("parties", case.parties), ("issues", case.issues)) if not held)
    more = (
        "; what its documents suggest counts once it is judged: `winset reviews --judgements` lists it, `winset review` accepts it, "
        "`winset review --take-over` makes it the case's own"
    )
    return f"bargaining needs parties and issues; the case has {none}{more if case.documents else ''}"


def _judged(case: Case, party: str, at: date | None) -> bool:
    """Whether anything says what the party wants, on any issue."""
    asked = ((quantity, issue.id) for quantity in ("utility", "position") for issue in case.issues)
    return any(case.judgement(quantity, party, issue, at) is not None for quantity, issue in asked)


def _issue(issue: CaseIssue) -> Issue:
    if issue.options:
        kind: Literal["discrete", "ordered"] = "discrete" if issue.kind == "discrete" else "ordered"
        return Issue(name=issue.id, kind=kind, values=issue.options)
    bounds = issue.bounds
    if bounds is None:
        raise FormulationError(f"issue {issue.id}: no options, no scale and no range; give one of them")
    if issue.kind == "integer":
        low, high = int(np.ceil(bounds[0])), int(np.floor(bounds[1]))
        if high - low >= MOST_POINTS:
            raise FormulationError(
                f"issue {issue.id}: {high - low + 1:,} whole numbers from {low} to {high}; at most {MOST_POINTS:,} are told "
                "apart, count in larger units or make the issue continuous"
            )
        return Issue(name=issue.id, kind="integer", values=range(low, high + 1))
    if issue.kind == "ordered" and issue.scale:
        return Issue(name=issue.id, kind="ordered", values=tuple(point.value for point in issue.scale))
    return Issue(name=issue.id, kind="continuous", low=float(bounds[0]), high=float(bounds[1]))


def _number(judged: Judgement, notes: list[Assumption]) -> float:
    if isinstance(judged.value, Table):
        raise FormulationError(f"{judged.quantity} of {judged.party}: a table of options where one number is needed")
    value = judged.value.best
    low, high = judged.value.ends
    if low != high:
        text = f"{judged.quantity} of {judged.party}: between {low:g} and {high:g}, {value:g} is used"
        notes.append(
            Assumption(text=text, quantity=judged.quantity, party=judged.party, issue=judged.issue, value=value)
        )
    return value


def _utility(
    case: Case, party: str, issues: tuple[Issue, ...], at: date | None, loss: Loss, notes: list[Assumption]
) -> Utility:
    pieces: list[Array | Curve] = []
    from_position: list[bool] = []
    for asked, issue in zip(case.issues, issues, strict=True):
        judged = case.judgement("utility", party, issue.name, at)
        if judged is not None and isinstance(judged.value, Table):
            pieces.append(_table(judged.value, judged, asked, issue))
            from_position.append(False)
            continue
        position = case.judgement("position", party, issue.name, at)
        if position is None:
            raise FormulationError(
                f"{party} on {issue.name}: no utility table and no position judged; add a judgement of one of them"
            )
        if asked.kind == "discrete":
            raise FormulationError(
                f"{party} on {issue.name}: options without an order need a utility table, a position says too little"
            )
        pieces.append(_from_position(_number(position, notes), party, issue, loss, notes))
        from_position.append(True)
    weights = _weights(case, party, issues, at, from_position, notes)
    together = _together(case, party, issues, at, notes)
    if loss == "lexicographic":
        weights = _in_turn(party, issues, pieces, weights, notes)
    return Utility(
        tables=tuple(
            Curve(x=p.x, y=p.y * w) if isinstance(p, Curve) else p * w for p, w in zip(pieces, weights, strict=True)
        ),
        boxes=together,
    )


def _together(
    case: Case, party: str, issues: tuple[Issue, ...], at: date | None, notes: list[Assumption]
) -> tuple[Box, ...]:
    """What is added where options of several issues hold at once: a utility table on no issue, `pay=high, days=few`."""
    judged = case.judgement("utility", party, None, at)
    if judged is None:
        return ()
    if not isinstance(judged.value, Table):
        raise FormulationError(
            f"utility of {party} on no issue: a table of combinations is needed, as in {{'pay=high, days=few': 3}}"
        )
    labels = {issue.id: {point.label: point.value for point in issue.scale} for issue in case.issues}

    def place(issue: Issue, option: str) -> int:
        return place_of(issue, labels[issue.name].get(option, option))

    boxes = []
    for text, worth in judged.value.options:
        try:
            boxes.append(Box(places=dict(places_of(text, issues, place)), worth=worth))
        except ModelError as error:
            raise FormulationError(f"utility of {party} on no issue: {error}") from None
    notes.append(
        Assumption(text=f"{party}: what options of several issues are worth together is added as judged", party=party)
    )
    return tuple(boxes)


def _forbidden(
    one: Forbidden, case: Case, issues: tuple[Issue, ...], notes: list[Assumption]
) -> dict[int, tuple[int, ...]]:
    """A combination that cannot be, as places."""
    known = [issue.name for issue in issues]
    labels = {issue.id: {point.label: point.value for point in issue.scale} for issue in case.issues}
    found = {}
    for name, terms in one.terms:
        k = known.index(name)
        try:
            found[k] = tuple(sorted({place_of(issues[k], labels[name].get(str(term), term)) for term in terms}))
        except ModelError as error:
            raise FormulationError(f"a forbidden combination: {error}") from None
    told = ", ".join(
        f"{name}: {' or '.join(_plain(term, case.issue(name)) for term in terms)}" for name, terms in one.terms
    )
    said = f", says {one.by}" if one.by else ""
    notes.append(Assumption(text=f"no deal has {told}{said}{f' ({one.note})' if one.note else ''}"))
    return found


def _plain(term: Term, issue: CaseIssue) -> str:
    return term if isinstance(term, str) else issue.label(term) or f"{term:g}"


def _weights(
    case: Case, party: str, issues: tuple[Issue, ...], at: date | None, from_position: list[bool],
    notes: list[Assumption],
) -> list[float]:  # fmt: skip
    judged = [case.judgement("salience", party, issue.name, at) for issue in issues]
    if not any(from_position) and not any(judged):
        if len(issues) > 1:
            notes.append(Assumption(text=f"{party}: utilities add up over issues as judged", party=party))
        return [1.0] * len(issues)
    given = [None if j is None else _number(j, notes) for j in judged]
    known = [g for g in given if g is not None]
    mean = sum(known) / len(known) if known else 1.0
    for issue, g in zip(issues, given, strict=True):
        if g is None:
            rest = f"the mean of its others, {mean:g}," if known else "the same weight as for every issue"
            text = f"{party}: no salience judged on {issue.name}; {rest} is used"
            notes.append(Assumption(text=text, quantity="salience", party=party, issue=issue.name, value=mean))
    filled = [mean if g is None else g for g in given]
    total = sum(filled)
    if total <= 0:
        raise FormulationError(f"{party}: salience is 0 on every issue; judge at least one above 0")
    if any(from_position):
        shape = f"{party}: worth of an issue falls with the distance from its position; weights are saliences"
        notes.append(Assumption(text=shape, party=party))
    return [f / total for f in filled]


def _in_turn(
    party: str, issues: tuple[Issue, ...], pieces: Sequence[Array | Curve], weights: Sequence[float],
    notes: list[Assumption],
) -> list[float]:  # fmt: skip
    """Weights under which the smallest step on an issue is worth more than everything on less salient ones."""
    order = sorted(range(len(issues)), key=lambda k: -weights[k])
    found, below = [0.0] * len(issues), 0.0
    least = np.inf
    for k in reversed(order):
        piece = pieces[k]
        if isinstance(piece, Curve):
            raise FormulationError(
                f"{issues[k].name}: an order of issues needs steps; give the continuous issue a scale or integers"
            )
        steps = np.diff(np.unique(np.round(piece, 9)))
        found[k] = (2 * below or 1.0) / float(steps.min()) if steps.size else 0.0
        least = min(least, found[k] * float(steps.min()) if steps.size else np.inf)
        below += found[k] * float(np.ptp(piece))
    if below > 0 and least / below < 1e-7:
        raise FormulationError(
            f"{party}: {len(issues)} issues one after another need finer steps than utilities are compared by; "
            "leave out the least salient ones"
        )
    told = ", ".join(issues[k].name for k in order)
    notes.append(
        Assumption(text=f"{party}: issues count one after another, the most salient first: {told}", party=party)
    )
    return [f / below if below else f for f in found]


def _table(table: Table, judged: Judgement, asked: CaseIssue, issue: Issue) -> Array | Curve:
    where = f"utility of {judged.party} on {issue.name}"
    labels = {point.label: point.value for point in asked.scale}
    found: dict[float | str, float] = {}
    for name, value in table.options:
        key: float | str = name
        if not asked.options:
            try:
                key = labels[name] if name in labels else float(name)
            except ValueError:
                raise FormulationError(f"{where}: {name!r} is neither a label nor a number of the scale") from None
        found[key] = value
    if issue.kind == "continuous":
        x = np.array(sorted(k for k in found if isinstance(k, float)))
        if len(x) < 2 or x[0] > issue.low or x[-1] < issue.high:
            raise FormulationError(f"{where}: points must reach from {issue.low:g} to {issue.high:g}, got {x.tolist()}")
        return Curve(x=x, y=np.array([found[float(k)] for k in x]))
    unknown = [str(k) for k in found if k not in issue.values]
    if unknown:
        raise FormulationError(f"{where}: no option {unknown[0]!r}; there are {', '.join(map(str, issue.values))}")
    missing = [str(v) for v in issue.values if v not in found]
    if missing:
        raise FormulationError(f"{where}: no value for option {missing[0]!r}; give one for each option")
    return np.array([found[v] for v in issue.values], dtype=float)


def _from_position(position: float, party: str, issue: Issue, loss: Loss, notes: list[Assumption]) -> Array | Curve:
    if issue.kind == "continuous":
        low, high = issue.low, issue.high
    elif isinstance(issue.values[0], str):
        low, high = 0.0, float(len(issue.values) - 1)
    else:
        low, high = float(issue.values[0]), float(issue.values[-1])
    if not low <= position <= high:
        inside = min(max(position, low), high)
        text = f"{party}: its position {position:g} on {issue.name} lies off the scale; {inside:g} is used"
        notes.append(Assumption(text=text, quantity="position", party=party, issue=issue.name, value=inside))
        position = inside
    span = high - low or 1.0
    power = 2 if loss == "quadratic" else 1
    if issue.kind == "continuous":
        x = np.unique(np.array([low, position, high]))
        if loss == "quadratic" and high > low:
            x = np.unique(np.r_[np.linspace(low, high, _BENDS), position])
            off = float(np.diff(x).max() / span) ** 2 / 4
            text = f"{party}: the curve over {issue.name} is drawn through {len(x)} points, off by at most {off:.1g}"
            notes.append(Assumption(text=text, quantity="position", party=party, issue=issue.name))
        return Curve(x=x, y=1 - (np.abs(x - position) / span) ** power)
    if isinstance(issue.values[0], str):
        points = np.arange(len(issue.values), dtype=float)
    else:
        points = np.array(issue.values, dtype=float)
    return np.asarray(1 - (np.abs(points - position) / span) ** power)


def _reservation(
    case: Case, party: str, issues: tuple[Issue, ...], utility: Utility, at: date | None, notes: list[Assumption],
    gaps: list[str],
) -> float:  # fmt: skip
    """Judged for the whole deal; else the worth of its least acceptable points; else its outside option; else the
    status quo's worth; else 0."""
    judged = case.judgement("reservation", party, None, at)
    if judged is not None:
        return _number(judged, notes)
    least = [case.judgement("reservation", party, issue.name, at) for issue in issues]
    points = [None if j is None else _number(j, notes) for j in least]
    if points and all(p is not None for p in points):
        value = _worth_of(issues, utility, points)
        if value is not None:
            text = f"{party}: no deal is worth as much as the package of its least acceptable points, {value:g}"
            notes.append(Assumption(text=text, quantity="reservation", party=party, value=value))
            return value
    outside = case.judgement("outside option", party, None, at)
    if outside is not None:
        value = _number(outside, notes)
        text = f"{party}: its reservation value is its outside option, {value:g}"
        notes.append(Assumption(text=text, quantity="reservation", party=party, value=value))
        return value
    value = _worth_of(issues, utility, [issue.status_quo for issue in case.issues])
    if value is not None:
        text = f"{party}: no reservation value judged; no deal is taken to leave the status quo, worth {value:g}"
    else:
        value, text = 0.0, f"{party}: no reservation value judged; no deal is taken to be worth 0"
        gaps.append(f"What no deal is worth to {party} has not been judged.")
    notes.append(Assumption(text=text, quantity="reservation", party=party, value=value))
    return value


def _worth_of(issues: tuple[Issue, ...], utility: Utility, points: Sequence[float | str | None]) -> float | None:
    choice: list[float] = []
    for issue, point in zip(issues, points, strict=True):
        if point is None:
            return None
        if issue.kind == "continuous":
            choice.append(float(point))
        elif point in issue.values:
            choice.append(issue.values.index(point))
        elif isinstance(point, float) and not isinstance(issue.values[0], str):
            numbers = np.array(issue.values, dtype=float)
            choice.append(int(np.abs(numbers - point).argmin()))
        else:
            return None
    return utility.at(choice)
