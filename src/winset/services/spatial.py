"""What a group would settle on, from a case or from another tool's table."""

from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np

from winset.domain.actors import slug
from winset.domain.case import Case
from winset.domain.runs import Assumption
from winset.errors import FormulationError, ModelError, UsageError
from winset.formats.actors import read_actor_sheet, read_actors
from winset.formats.decisions import are_decisions, decisions_case, headings
from winset.formats.ktab_xml import read_ktab_xml, read_parameters
from winset.formats.positions_table import case_with, read_csv, told_once
from winset.formulation.spatial import formulate, together
from winset.models.spatial.exchange import Exchange, exchange
from winset.models.spatial.forecasts import ROUNDS, Forecasts, Rules, forecasts
from winset.models.spatial.inputs import Together
from winset.models.spatial.ktab import MOST_ROUNDS, KtabPath, Parameters, ktab
from winset.report.charts.rounds import charts
from winset.services import drawings
from winset.services.sources import read_bytes, reviewed_case

TABLES = (".csv", ".tsv", ".txt")
ALONE = 100  # up to so many parties the joint space is computed without being asked for
EXCHANGED = 60  # issues across which trades are sought
OFFERED = tuple(field.name for field in fields(Parameters))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Joint:
    """The challenge model over all issues at once."""

    space: Together
    path: KtabPath
    seed: int | None  # None where nothing was drawn


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """Forecasts by issue, and what they rest on."""

    issues: dict[str, Forecasts]
    exchange: Exchange | None  # None where there is one issue only
    joint: Joint | None  # None where too few or too many parties hold positions on every issue
    assumptions: tuple[Assumption, ...]
    gaps: tuple[str, ...]


def load(source: Path) -> Case:
    """The case at `source`: a case file or text form, KTAB XML, or a table of actors, of positions or of decisions."""
    if source.suffix.casefold() == ".xml":
        return read_ktab_xml(read_bytes(source), source.name)
    if source.suffix.casefold() == ".xlsx":
        return read_actor_sheet(read_bytes(source), source.name)
    if source.suffix.casefold() in TABLES:
        data = read_bytes(source)
        if are_decisions(data):
            return decisions_case(data, source.name)
        if {"issue", "party"} <= headings(data):
            rows = told_once(read_csv(data, source.name), source.name)
            return case_with(Case(title=source.name), rows, by=source.name, name=source.name)
        return read_actors(data, source.name)
    return reviewed_case(source)


def parameters(source: Path, asked: tuple[str, ...]) -> tuple[Parameters, tuple[str, ...]]:
    """KTAB's parameters: the defaults, over them a KTAB XML's own, over them those asked for as NAME=VALUE.

    With what a file states that is not offered, and is therefore left at its default.
    """
    chosen: dict[str, Any] = {}
    gaps = []
    if source.suffix.casefold() == ".xml":
        for name, value in read_parameters(read_bytes(source), source.name).items():
            try:
                Parameters(**dict[str, Any]({name: value}))
            except ModelError as error:
                gaps.append(f"{source.name}: {error}; {getattr(Parameters(), name)} is taken")
            except TypeError:
                gaps.append(f"{source.name}: {name} is no parameter known here; left out")
            else:
                chosen[name] = value
    for text in asked:
        name, equals, value = text.partition("=")
        if not equals or name not in OFFERED:
            near = get_close_matches(name, OFFERED, 1)
            hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(OFFERED)}"
            raise UsageError(f"--ktab {text}: write NAME=VALUE with a parameter of KTAB{hint}")
        chosen[name] = value
    return Parameters(**chosen), tuple(gaps)


def spatial(
    source: Path,
    *,
    as_of: date | None = None,
    rounds: int = ROUNDS,
    rules: Rules | None = None,
    choices: tuple[str, ...] = (),
    seed: int = 0,
) -> Answer:
    """Every forecast of every issue of `source` as of a date, the trades across issues, and all issues as one space.

    `choices` are parameters of KTAB as NAME=VALUE; `seed` is for transitions that draw.
    """  # fmt: skip
    asked = formulate(load(source), as_of)
    assumptions, gaps = asked.assumptions, asked.gaps
    if len(asked.inputs) > EXCHANGED:
        gaps = (*gaps, f"trades across {len(asked.inputs)} issues are not sought; at most {EXCHANGED} are")
    chosen, not_offered = parameters(source, choices)
    gaps = (*gaps, *not_offered)
    joint = None
    try:
        space = together(asked.inputs)
    except FormulationError as error:
        gaps = (*gaps, f"the joint space: {error}")
    else:
        s = space.inputs
        if len(s.parties) > ALONE and not choices:
            gaps = (*gaps, f"the joint space of {len(s.parties)} parties takes a while; ask for it with --ktab")
        else:
            drawn = chosen.StateTransitions == "Stochastic"
            path = ktab(s.position, s.capability, s.salience, parameters=chosen, rounds=MOST_ROUNDS,
                        rng=np.random.default_rng(seed) if drawn else None)  # fmt: skip
            joint = Joint(space=s, path=path, seed=seed if drawn else None)
            assumptions, gaps = (*assumptions, *space.assumptions), (*gaps, *space.gaps)
    return Answer(
        issues={issue: forecasts(x, rounds=rounds, rules=rules) for issue, x in asked.inputs.items()},
        exchange=exchange(asked.inputs) if 1 < len(asked.inputs) <= EXCHANGED else None,
        joint=joint, assumptions=assumptions, gaps=gaps,
    )  # fmt: skip


def save_charts(answer: Answer, into: Path) -> tuple[Path, ...]:
    """Writes each issue's charts and their numbers into a new or empty place in a folder.

    Raises UsageError where a file is there already, StoreError where the disk refuses.
    """
    stems = {issue: f"{at}-{slug(issue)[:60]}" for at, issue in enumerate(answer.issues, 1)}
    return drawings.save(
        {f"{stems[issue]}-{name}": chart for issue, found in answer.issues.items()
         for name, chart in charts(issue, found).items()},
        into,
    )  # fmt: skip
