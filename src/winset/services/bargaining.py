"""Which deals are possible in a case."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np

from winset.domain.case import Case
from winset.domain.estimates import Table
from winset.domain.runs import Assumption, Run
from winset.errors import ModelError, UsageError
from winset.formats.profiles import Joined
from winset.formulation.bargaining import Loss, formulate
from winset.models.bargaining.deals import Deals
from winset.models.bargaining.problem import Array, Box, Curve, Issue, Problem
from winset.models.bargaining.proposal import Proposal, choice_of, look_at, place_of
from winset.models.bargaining.solve import solve
from winset.models.bargaining.steps import Known, Steps, in_steps
from winset.report.bargaining import as_json
from winset.services.scenarios import is_scenario, load_scenario
from winset.services.sources import reviewed_case
from winset.store.textform import case_to_json

Terms = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked beyond the case or the files themselves; names and values as a person writes them.

    deal         one deal to be looked at closely, {issue: value}; without it, a case's status quo is
    now          where things stand before a deal in steps; a case's status quo where None
    steps        the issues settled in each step; walk_away {"PARTY@STEPS": worth} if all ends there
    conditions   {step, from 1: chance that what it waits for from outside comes about}; else all ends before it
    power        {party: weight} of the Nash solution, 1 where not named, or "capability" for a case's judgements
    reservation  {party: what no deal is worth}, instead of as given
    forbid       combinations that cannot be, each {issue: value}
    """

    deal: Terms | None = None
    now: Terms | None = None
    steps: tuple[tuple[str, ...], ...] = ()
    walk_away: Terms = field(default_factory=dict)
    conditions: Terms = field(default_factory=dict)
    power: Terms | Literal["capability"] = field(default_factory=dict)
    reservation: Terms = field(default_factory=dict)
    forbid: tuple[Terms, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What was asked, for the record of the run; only what was given."""
        told = {
            "deal": dict(self.deal or {}), "now": dict(self.now or {}), "steps": [list(s) for s in self.steps],
            "walk_away": dict(self.walk_away), "conditions": dict(self.conditions), "reservation": dict(self.reservation),
            "power": self.power if isinstance(self.power, str) else dict(self.power),
            "forbid": [dict(one) for one in self.forbid],
        }  # fmt: skip
        return {name: value for name, value in told.items() if value}


NOTHING = Asked()


def bargaining(
    sources: tuple[Path, ...], *, at: date | None = None, loss: Loss = "linear", asked: Asked = NOTHING
) -> Run:
    """The deals possible in a case as of a date, or in the files or the folder of another tool's scenario."""
    if is_scenario(sources):
        if at is not None:
            raise UsageError("--as-of is for cases; a scenario of another tool has no dates")
        return of_scenario(load_scenario(sources), asked=asked)
    return of_case(reviewed_case(sources[0]), at, loss=loss, asked=asked)


def of_scenario(scenario: Joined, *, asked: Asked = NOTHING) -> Run:
    """The deals possible in another tool's scenario; what was read otherwise than written is among the assumptions."""
    if isinstance(asked.power, str):
        raise UsageError("--power capability is for cases; give PARTY=WEIGHT for each party")
    problem = as_asked(scenario.problem, asked)
    result = as_json(*_solved(problem, asked))
    notes = tuple(Assumption(text=remark) for remark in scenario.remarks)
    result["assumptions"] = [note.as_json() for note in notes]
    result["gaps"] = []
    return Run(
        method="bargaining", version="1", inputs_digest=hashlib.sha256(_plain(problem)).hexdigest(),
        result=result, assumptions=notes, parameters=asked.as_json(),
    )  # fmt: skip


def as_asked(problem: Problem, asked: Asked) -> Problem:
    """The problem with the power, reservation values and forbidden combinations asked for. Raises UsageError."""
    changes: dict[str, Any] = {}
    if asked.power and not isinstance(asked.power, str):
        changes["power"] = _by_party(problem, asked.power, np.ones(len(problem.parties)), "--power")
        if (changes["power"] <= 0).any():
            raise UsageError("--power: a weight is above 0")
    if asked.reservation:
        changes["reservation"] = _by_party(problem, asked.reservation, problem.reservation, "--reservation")
    ruled_out = []
    for terms in asked.forbid:
        pattern = {}
        for name, value in terms.items():
            try:
                k = [issue.name for issue in problem.issues].index(name)
            except ValueError:
                known = ", ".join(issue.name for issue in problem.issues)
                raise UsageError(f"--forbid: no issue {name!r}; there are {known}") from None
            try:
                pattern[k] = _places(problem.issues[k], value)
            except ModelError as error:
                raise UsageError(f"--forbid: {error}") from None
        ruled_out.append(pattern)
    if ruled_out:
        changes["forbidden"] = (*problem.forbidden, *ruled_out)
    return replace(problem, **changes) if changes else problem


def _places(issue: Issue, value: object) -> tuple[int, ...]:
    """The place of an option, or of several joined by |."""
    try:
        return (place_of(issue, value),)
    except ModelError:
        several = str(value).split("|")
        if len(several) == 1:
            raise
        return tuple(sorted({place_of(issue, one.strip()) for one in several}))


def _by_party(problem: Problem, given: Terms, start: Array, option: str) -> Array:
    found = start.copy()
    for party, value in given.items():
        if party not in problem.parties:
            raise UsageError(f"{option}: no party {party!r}; there are {', '.join(problem.parties)}")
        try:
            number = float(str(value))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise UsageError(f"{option}: {party} is {value!r}; give a finite number")
        found[problem.parties.index(party)] = number
    return found


def _plain(problem: Problem) -> bytes:
    """All numbers of a problem as bytes, for its digest."""
    parts: list[Any] = [
        problem.parties,
        problem.reservation.tolist(),
        [(i.name, list(i.values), i.low, i.high) for i in problem.issues],
    ]
    for utility in problem.utilities:
        tables = [(t.x.tolist(), t.y.tolist()) if isinstance(t, Curve) else t.tolist() for t in utility.tables]
        boxes = [_box(box) for box in utility.boxes]
        groups = [(group.how, [_box(box) for box in group.boxes]) for group in utility.extremes]
        tied = [(part.issues, part.table.tolist()) for part in utility.interactions]
        parts.append([tables, utility.constant, boxes, groups, tied, repr(utility.most)])
    parts.append([sorted(pattern.items()) for pattern in problem.forbidden])
    parts.append(None if problem.power is None else problem.power.tolist())
    return json.dumps(parts).encode()


def _box(box: Box) -> list[Any]:
    return [sorted(box.places.items()), sorted(box.ranges.items()), box.worth]


def _solved(problem: Problem, asked: Asked, now: Terms | None = None) -> tuple[Deals, Proposal | None, Steps | None]:
    """The answer, with a close look at a deal, carried out in steps if asked. Raises UsageError on a deal that is none.

    now  where things stand, looked at where no deal is named
    """
    here = _choice(problem, asked.now, "--now") or _choice(problem, now, "--now")
    choice = _choice(problem, asked.deal, "--deal") or here
    for given, option in ((asked.walk_away, "--walk-away"), (asked.conditions, "--condition")):
        if given and not asked.steps:
            raise UsageError(f"{option}: says something about a deal in steps; name them with --step ISSUE,ISSUE")
    deals = solve(problem)
    steps = None
    if asked.steps:
        if here is None:
            raise UsageError("--step: say where things stand before the deal, with --now ISSUE=VALUE for every issue")
        target = _choice(problem, asked.deal, "--deal")
        if target is None and deals.solutions:
            target = deals.solutions["nash"].choice
        if target is None:
            raise UsageError("--step: there is no deal that all prefer to none; name one with --deal")
        try:
            known = Known(walk_away=_walk_away(asked.walk_away), conditions=_conditions(asked.conditions))
            steps = in_steps(problem, target, here, asked.steps, known)
        except ModelError as error:
            raise UsageError(f"--step: {error}") from None
    return deals, None if choice is None else look_at(deals, choice), steps


def _choice(problem: Problem, terms: Terms | None, option: str) -> tuple[float, ...] | None:
    if terms is None:
        return None
    try:
        return choice_of(problem, terms)
    except ModelError as error:
        raise UsageError(f"{option}: {error}") from None


def _walk_away(given: Terms) -> dict[tuple[str, int], float]:
    found = {}
    for name, value in given.items():
        party, sign, step = name.rpartition("@")
        try:
            worth = float(str(value))
            if not (sign and step.isdecimal() and math.isfinite(worth)):
                raise ValueError
        except ValueError:
            raise UsageError(f"--walk-away: expected PARTY@STEPS=WORTH, got {name}={value}") from None
        found[party, int(step)] = worth
    return found


def _conditions(given: Terms) -> dict[int, float]:
    found = {}
    for name, value in given.items():
        try:
            chance = float(str(value))
            if not (name.isdecimal() and name.isascii() and len(name) < 4 and 0 < chance <= 1):
                raise ValueError
        except ValueError:
            raise UsageError(
                f"--condition: expected STEP=CHANCE, a step's number from 1, a chance above 0 and at most 1, got {name}={value}"
            ) from None
        found[int(name)] = chance
    return found


def _status_quo(case: Case, problem: Problem) -> Terms | None:
    """Where things stand now, if that is one of the deals."""
    terms = {issue.id: issue.status_quo for issue in case.issues}
    if any(value is None for value in terms.values()):
        return None
    try:
        choice_of(problem, terms)
    except ModelError:
        return None
    return terms


def of_case(case: Case, at: date | None = None, *, loss: Loss = "linear", asked: Asked = NOTHING) -> Run:
    """The deals possible in a case as of a date; its own without one. Raises FormulationError or a ModelError."""
    return solved_case(case, at, loss=loss, asked=asked)[0]


def solved_case(
    case: Case, at: date | None = None, *, loss: Loss = "linear", asked: Asked = NOTHING, lots: bool = True
) -> tuple[Run, Deals, Proposal | None]:
    """The same with what it was read off: the solved problem and the deal looked at; `lots` as in `as_json`.

    Raises as `of_case`.
    """
    when = at or case.as_of
    formulated = formulate(case, when, loss=loss)
    notes = formulated.assumptions
    if asked.power == "capability":
        power = {}
        for party in formulated.inputs.parties:
            judged = case.judgement("capability", party, None, when)
            if judged is None or isinstance(judged.value, Table):
                raise UsageError(
                    f"--power capability: no capability of {party} is judged; judge it or give PARTY=WEIGHT"
                )
            power[party] = judged.value.best
        asked = replace(asked, power=power)
        notes = (*notes, Assumption(text="bargaining power is taken to be capability, as judged"))
    problem = as_asked(formulated.inputs, asked)
    deals, proposal, steps = _solved(problem, asked, _status_quo(case, problem))
    result = as_json(deals, proposal, steps, lots=lots)
    result["assumptions"] = [note.as_json() for note in notes]
    result["gaps"] = list(formulated.gaps)
    asked_of = [case_to_json(case)[part] for part in ("parties", "issues", "judgements", "forbidden")]
    text = json.dumps(
        [asked_of, when.isoformat() if when else None, loss, asked.as_json()], sort_keys=True, default=str
    )
    run = Run(
        method="bargaining", version="1", inputs_digest=hashlib.sha256(text.encode()).hexdigest(), result=result,
        as_of=when, assumptions=notes, parameters={"loss": loss, **asked.as_json()},
    )  # fmt: skip
    return run, deals, proposal
