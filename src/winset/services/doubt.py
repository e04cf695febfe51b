"""What a case's answers depend on, for the workbench: a quick look at one output."""

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from winset.domain.case import Case
from winset.domain.issues import Issue
from winset.errors import UsageError, WinsetError
from winset.formulation.uncertainty import Key, name_of
from winset.report.blocks import Chart
from winset.report.charts.tornado import tornado
from winset.report.uncertainty import UNKNOWN
from winset.services import propagation, sensitivity
from winset.services.sources import judged_case
from winset.store.casefile import CaseFile

METHODS = ("bargaining", "spatial", "offers", "ratification")
BASE, DRAWS = 256, 1_024  # a quick look; the commands take more
LIGHT_JUDGEMENTS, LIGHT_WORK = 60, 200_000  # judgements, judgements x deals: up to there half a second or so


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Doubt:
    """What one output depends on; `found` is None, with `why_not`, where it cannot be told.

    places  input's name -> the quantity, party and issue that it is a judgement of
    words   name of an output or input -> the same with parties by their names
    order   of the inputs: those that matter most, with all their interactions, first
    """

    case: Case
    method: str
    found: dict[str, Any] | None = None
    spread: dict[str, Any] | None = None
    chart: Chart | None = None
    note: str | None = None
    why_not: str | None = None
    places: dict[str, Key] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    order: tuple[int, ...] = ()


def heavy(path: Path) -> bool:
    """Whether a look takes longer than a page should: by the judgements to draw, and the deals to weigh for each draw."""
    with CaseFile.open(path) as file:
        held = file.case(without=("documents", "statements", "reviews", "runs", "comments"))
    deals = math.prod(_answers(one) for one in held.issues)
    return len(held.judgements) > LIGHT_JUDGEMENTS or len(held.judgements) * deals > LIGHT_WORK


def _answers(issue: Issue) -> int:
    if issue.kind == "integer" and issue.range is not None:
        return int(issue.range[1] - issue.range[0]) + 1
    return max(1, len(issue.options), len(issue.scale))


def doubt(path: Path, method: str, output: str | None = None, *, seed: int = 1) -> Doubt:
    """A quick look. Raises UsageError where there is no such method."""
    if method not in METHODS:
        raise UsageError(f"no method {method!r} here; there are {', '.join(METHODS)}")
    case = judged_case(path)
    try:
        found = sensitivity.sensitivity(method, path, output=output or None, base=BASE, seed=seed, workers=1).result
        drawn = propagation.run(method, path, draws=DRAWS, seed=seed, rounds=0, workers=1).result
    except UsageError:
        raise
    except WinsetError as error:
        return Doubt(case=case, method=method, why_not=str(error))
    places = {name_of(key): key for key in ((one.quantity, one.party, one.issue) for one in case.judgements)}
    words = {name: _in_words(case, name) for name in found["outputs"]} | {
        name: _told(case, key) for name, key in places.items()
    }  # fmt: skip
    swings = [
        {**one, "input": words.get(one["input"], one["input"]), "link": _link(places.get(one["input"]))}
        for one in found["tornado"]
    ]
    return Doubt(
        case=case, method=method, found=found, spread=drawn["outputs"].get(found["output"]),
        chart=tornado(words.get(found["output"], found["output"]), swings, None), note=_record(drawn), places=places, words=words,
        order=tuple(sorted(range(len(found["inputs"])), key=lambda n: -found["total"][n])),
    )  # fmt: skip


def _in_words(case: Case, output: str) -> str:
    """`gain:russia` as "gain of Russia", whatever else stands before or behind it."""
    names = {one.id: one.name for one in case.parties}
    first, *rest = output.split(":")
    return " ".join([first, *(f"of {names[one]}" if one in names else one for one in rest)])


def _link(key: Key | None) -> str | None:
    """The place of the workbench where a judgement stands; None where the input is none."""
    if key is None:
        return None
    quantity, party, issue = key
    asked = {"party": party, **({"issue": issue} if issue else {})}
    return f"/positions/on?{urlencode(asked)}#of-{quote(quantity.replace(' ', '-'), safe='')}"


def _told(case: Case, key: Key) -> str:
    quantity, party, issue = key
    name = next((one.name for one in case.parties if one.id == party), party)
    return f"{quantity} of {name}" + (f" on {issue.replace('-', ' ')}" if issue else "")


def _record(drawn: dict[str, Any]) -> str:
    """How far off the method has been, or that nobody knows."""
    record = (drawn["model_error"] or {}).get("record")
    if not record:
        return f"Error of the method: {drawn['model_error_note'] or UNKNOWN}."
    return (
        f"Its record: on {record['issues']} decisions ({record['data']}) its 8-in-10 intervals held "
        f"{100 * record['coverage']['0.8']:.0f} % of outcomes; mean absolute error {record['mae']:.4g} hundredths."
    )
