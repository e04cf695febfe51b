"""The deal space of a case for the workbench: what can be agreed, one deal looked at, judgements tried otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement, Table
from winset.domain.issues import Issue
from winset.errors import CaseError, ModelError, UsageError, WinsetError
from winset.formulation import offers as patience
from winset.formulation.bargaining import formulate
from winset.models.bargaining.problem import Problem
from winset.models.bargaining.proposal import choice_of, look_at
from winset.models.bargaining.solve import solve
from winset.models.offers.question import answer
from winset.report.bargaining import as_json
from winset.report.charts.deals import Plot, deals_plot
from winset.report.charts.space import Window
from winset.report.offers import as_json as offers_json
from winset.services import cases
from winset.services.sources import judged_case
from winset.store.casefile import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """A judgement of the case that can be tried otherwise; `judged` is what the case says."""

    name: str
    label: str
    quantity: str
    party: str
    issue: str | None
    low: float
    high: float
    value: float
    judged: float

    @property
    def moved(self) -> bool:
        """Whether it stands elsewhere than the case has it, by more than half a step of the slider."""
        return abs(self.value - self.judged) > self.high / 200


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Space:
    """Everything on the page; `result` is None, with `why_not`, where nothing could be computed."""

    case: Case
    as_of: date | None
    sliders: tuple[Slider, ...]
    pair: tuple[str, str] | None
    options: tuple[
        tuple[Issue, tuple[tuple[str, str], ...]], ...
    ] = ()  # of each issue (value, label); none where every number between its ends can be agreed
    deal: Mapping[str, str] | None = None
    result: dict[str, Any] | None = None
    plot: Plot | None = None
    window: Window | None = None  # the part of the plane that was asked for
    patience: dict[str, Any] | None = None
    why_not: str | None = None
    no_patience: str | None = None
    assumptions: tuple[Any, ...] = ()
    gaps: tuple[str, ...] = ()


def space(
    path: Path, *, at: date | None = None, pair: tuple[str, str] | None = None,
    tried: Mapping[str, float] | None = None, deal: Mapping[str, str] | None = None, window: Window | None = None,
) -> Space:  # fmt: skip
    """The deal space as of a day, with some judgements `tried` otherwise (by slider's name) and a `deal` looked at.

    pair    the two parties on the axes; the first two of the problem where not given
    window  the part of the picture's plane that is drawn, in the worths of these two; all of it where not given
    """
    case = judged_case(path)
    when = at or case.as_of
    sliders = _sliders(case, when, tried or {})
    asked = _with(case, when, sliders)
    shared: dict[str, Any] = {"case": case, "as_of": when, "sliders": sliders}
    try:
        formulated = formulate(asked, when)
        problem = formulated.inputs
        choice = _choice(asked, problem, deal)
        deals = solve(problem)
        if choice is None:
            choice = deals.solutions["nash"].choice if deals.solutions else None
        proposal = look_at(deals, choice) if choice is not None else None
    except WinsetError as error:
        if isinstance(error, UsageError):
            raise
        return Space(**shared, pair=None, why_not=str(error))
    axes = _axes(problem, pair)
    shares, no_shares = _patience(asked, when, axes)
    return Space(
        **shared,
        pair=axes,
        options=tuple((issue, _options(issue, problem)) for issue in case.issues),
        deal=None if choice is None else _as_written(problem, problem.outcome(choice)),
        result=as_json(deals, proposal, lots=False),
        plot=deals_plot(case, deals, proposal, axes, window=window) if axes else None,
        window=window,
        patience=shares, no_patience=no_shares,
        assumptions=formulated.assumptions, gaps=formulated.gaps,
    )  # fmt: skip


def _sliders(case: Case, at: date | None, tried: Mapping[str, float]) -> tuple[Slider, ...]:
    """What no deal is worth, salience and patience of each party that has a say in the deal space."""
    found: list[Slider] = []
    assumed = _assumed(case, at)
    for party in case.parties:
        positions = [i for i in case.issues if case.judgement("position", party.id, i.id, at)]
        if not positions and not any(case.judgement("utility", party.id, i.id, at) for i in case.issues):
            continue
        reservation = case.judgement("reservation", party.id, None, at) or case.judgement(
            "outside option", party.id, None, at
        )
        asked: list[tuple[str, str, str | None, float, Judgement | None]] = []
        if reservation is not None and 0 <= _best(reservation) <= 1:
            asked.append(("reservation", f"{party.name}: worth of no deal", None, 1.0, reservation))
        elif reservation is None and 0 <= assumed.get(party.id, -1.0) <= 1:
            taken = Judgement(
                quantity="reservation", party=party.id, issue=None, value=Exact(assumed[party.id]), by="assumed"
            )
            asked.append(("reservation", f"{party.name}: worth of no deal (assumed)", None, 1.0, taken))
        asked += [
            ("salience", f"{party.name}: weight of {issue.question}", issue.id, 100.0,
             case.judgement("salience", party.id, issue.id, at))
            for issue in positions
        ]  # fmt: skip
        discount = case.judgement("discount", party.id, None, at)
        if discount is not None:
            asked.append(("discount", f"{party.name}: patience, what a round of waiting leaves", None, 1.0, discount))
        for quantity, label, issue_id, high, judged in asked:
            if judged is None:
                continue
            name = f"{quantity}:{party.id}" + (f":{issue_id}" if issue_id else "")
            best = _best(judged)
            value = tried.get(name, best)
            if not 0 <= value <= high:
                raise UsageError(f"{label}: lies in 0..{high:g}, got {value:g}")
            found.append(
                Slider(
                    name=name, label=label, quantity=quantity, party=party.id, issue=issue_id, low=0.0, high=high,
                    value=value, judged=best,
                )
            )  # fmt: skip
    return tuple(found)


def _assumed(case: Case, at: date | None) -> dict[str, float]:
    """What no deal is taken to be worth to each party where nobody judged it; nothing where no deal space is known."""
    try:
        problem = formulate(case, at).inputs
    except WinsetError:
        return {}
    return {party: float(least) for party, least in zip(problem.parties, problem.reservation, strict=True)}


def _best(judged: Judgement) -> float:
    return 0.0 if isinstance(judged.value, Table) else judged.value.best


def _with(case: Case, at: date | None, sliders: Sequence[Slider]) -> Case:
    """The case with a judgement of its own for each slider that was moved; it is the latest, so it holds."""
    day = at or date.max
    moved = tuple(
        Judgement(quantity=s.quantity, party=s.party, issue=s.issue, value=Exact(s.value), by="tried", as_of=day)
        for s in sliders
        if s.moved
    )
    return case.with_(judgements=case.judgements + moved)


def _choice(case: Case, problem: Problem, deal: Mapping[str, str] | None) -> tuple[float, ...] | None:
    """The deal looked at: that given, else the status quo where it is one of the deals, else None."""
    terms: Mapping[str, object] = deal or {issue.id: issue.status_quo for issue in case.issues}
    if not deal and any(value is None for value in terms.values()):
        return None
    try:
        return choice_of(problem, terms)
    except ModelError as error:
        if deal:
            raise UsageError(str(error)) from None
        return None


def _axes(problem: Problem, pair: tuple[str, str] | None) -> tuple[str, str] | None:
    if len(problem.parties) < 2:
        return None
    if pair is not None:
        if len(set(pair)) < 2 or not set(pair) <= set(problem.parties):
            raise UsageError(f"the two parties shown are two of {', '.join(problem.parties)}")
        return pair
    return problem.parties[0], problem.parties[1]


def _as_written(problem: Problem, outcome: Mapping[str, object]) -> dict[str, str]:
    """A deal's values as the form has them: as in `Space.options`, and numbers that can be agreed freely to six digits."""
    free = {one.name for one in problem.issues if one.kind == "continuous"}
    return {issue: f"{value:.6g}" if issue in free else str(value) for issue, value in outcome.items()}


def _options(issue: Issue, problem: Problem) -> tuple[tuple[str, str], ...]:
    asked = next(one for one in problem.issues if one.name == issue.id)
    if asked.kind == "continuous":
        return ()
    return tuple(
        (str(v), (None if isinstance(v, str) else issue.label(float(v))) or str(v)) for v in list(asked.values)[:500]
    )


def _patience(
    case: Case, at: date | None, axes: tuple[str, str] | None
) -> tuple[dict[str, Any] | None, str | None]:  # fmt: skip
    """How the two on the axes would divide the surplus under offers in turn, or why that is not known."""
    if axes is None:
        return None, None
    try:
        return offers_json(answer(patience.formulate(case, at, between=axes).inputs)), None
    except WinsetError as error:
        return None, str(error)


def keep(
    path: Path, name: str, *, at: date | None, tried: Mapping[str, float], deal: Mapping[str, str] | None
) -> dict[str, Any]:  # fmt: skip
    """Keeps what was tried as a scenario of the case, as an operation that can be undone. Raises UsageError."""
    if not 0 < len(name.strip()) <= 200:
        raise UsageError(f"a scenario's name has 1 to 200 characters, not {len(name.strip())}")
    found = space(path, at=at, tried=tried, deal=deal)
    moved = [s for s in found.sliders if s.moved and s.name in tried]
    body = {
        "name": name.strip(), "as_of": found.as_of.isoformat() if found.as_of else None,
        "changes": [
            {"quantity": s.quantity, "party": s.party, "issue": s.issue, "value": s.value} for s in moved
        ],
        "deal": dict(found.deal) if found.deal else None,
        "by": cases.author(), "at": cases.now().isoformat(),
    }  # fmt: skip
    when = cases.now()
    with CaseFile.open(path, at=when) as file:
        file.put("scenarios", body, at=when, author=cases.author(), label=f"kept the scenario {name.strip()}")
    return body


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scenario:
    """A kept scenario and what it gives; `tried` and `deal` reopen it."""

    name: str
    tried: Mapping[str, float]
    deal: Mapping[str, str] | None
    space: Space


def scenarios(path: Path, *, most: int = 12) -> list[Scenario]:
    """The kept scenarios, the newest `most`, each solved; those that other programs wrote otherwise are passed over."""
    case = judged_case(path)
    found = []
    for one in case.scenarios[-most:]:
        try:
            tried = {
                f"{c['quantity']}:{c['party']}" + (f":{c['issue']}" if c.get("issue") else ""): float(c["value"])
                for c in one["changes"]
            }
            at = date.fromisoformat(one["as_of"]) if one.get("as_of") else None
            deal = {str(k): str(v) for k, v in one["deal"].items()} if one.get("deal") else None
            solved = space(path, at=at, tried=tried, deal=deal)
            found.append(Scenario(name=str(one["name"]), tried=tried, deal=deal, space=solved))
        except (KeyError, TypeError, ValueError, AttributeError, UsageError, CaseError):
            continue
    return found
