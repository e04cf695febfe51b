"""Asking somebody what a deal is worth to a party: from answers to judgements with their author."""

import json
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement, Likely, Table
from winset.domain.plain.estimates import judgement_to
from winset.errors import FormatError, UsageError
from winset.formats.profiles import number, parse_json
from winset.models.elicitation.likely import likely
from winset.models.elicitation.questions import next_question
from winset.models.elicitation.weights import Answers, Misfit, Weights, weights
from winset.services import cases
from winset.services.sources import read_bytes, reviewed_case
from winset.store.casefile import CaseFile

_KEYS = ("points", "ratings", "packages", "trade_offs")
_LARGEST = 4 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Answers as a person wrote them, with the case's issues and the options they rate."""

    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    answers: Answers


def read_answers(path: Path) -> dict[str, Any]:
    """The answers in a file; an empty set where it is not there yet. Raises FormatError."""
    if not path.exists():
        return {}
    value = parse_json(read_bytes(path, _LARGEST), path.name)
    if not isinstance(value, dict):
        raise FormatError(f"{path.name}: expected an object with {', '.join(_KEYS)}")
    unknown = next((key for key in value if key not in _KEYS), None)
    if unknown is not None:
        raise FormatError(f"{path.name}: no answer is called {unknown!r}; there are {', '.join(_KEYS)}")
    return value


def elicit(case: Case, party: str, given: dict[str, Any], *, by: str, name: str = "answers") -> dict[str, Any]:
    """Weights, what does not fit, the next question or why to stop, and judgements by `by`.

    given  {"points": {issue: n}, "ratings": {issue: {option: 0..100}}, "packages": [{"outcome", "rating"}],
           "trade_offs": [{"first", "second", "prefer": first | second | same}]}; all may be missing. An issue
           without ratings needs a utility table in the case. Raises FormatError naming the place, or UsageError.
    """
    if party not in (one.id for one in case.parties):
        there = ", ".join(one.id for one in case.parties) or "none"
        raise UsageError(f"--party: no party {party!r}; there are {there}")
    asked = _asked(case, party, given, name)
    known = weights(asked.answers)
    sure = likely(asked.answers)
    coming = next_question(asked.answers, known)

    def deal(choice: dict[int, int]) -> dict[str, str]:
        return {asked.issues[k]: asked.options[k][option] for k, option in choice.items()}

    question = coming.question
    return {
        "party": party,
        "by": by,
        "weights": {
            issue: {
                "low": float(known.low[k]), "best": float(known.best[k]), "high": float(known.high[k]),
                "likely": [float(sure.low[k]), float(sure.high[k])], "mean": float(sure.mean[k]),
            } for k, issue in enumerate(asked.issues)
        },
        "misfits": [_misfit(one, asked, given) for one in known.misfits],
        "next_question": None if question is None else {
            "first": deal(question.first), "second": deal(question.second), "split": question.split,
        },
        "stop": coming.stop,
        "judgements": [
            judgement_to(one)
            for one in (*_answers(case, party, given, by), *_judgements(case, party, asked, known, given, by))
        ],
    }  # fmt: skip


def from_file(path: Path, party: str, answers: Path, *, by: str | None = None, save: bool = False) -> dict[str, Any]:
    """`elicit` on a case and a file of answers; with `save`, each of its judgements becomes part of the case."""
    case = reviewed_case(path)
    result = elicit(case, party, read_answers(answers), by=by or cases.author(), name=answers.name)
    if save:
        if path.suffix != ".winset":
            raise UsageError(f"{path} is a text form; make a case of it with: winset import {path.stem}.winset {path}")
        at = cases.now()
        held = [judgement_to(one) for one in case.judgements]
        with CaseFile.open(path, at=at) as file:
            for body in result["judgements"]:
                if body["quantity"] == "answer" and body in held:
                    continue  # kept when it was saved before
                label = f"elicited the {body['quantity']} of {party} on {body['issue']}"
                file.put("judgements", body, at=at, author=result["by"], label=label)
    return result


def answered(given: dict[str, Any], question: dict[str, Any], prefer: str) -> dict[str, Any]:
    """The answers with one more trade-off."""
    more = {"first": question["first"], "second": question["second"], "prefer": prefer}
    return given | {"trade_offs": [*given.get("trade_offs", []), more]}


def write_answers(path: Path, given: dict[str, Any]) -> None:
    """Writes the answers, the whole file or nothing."""
    cases.write_whole(path, (json.dumps(given, ensure_ascii=False, indent=1) + "\n").encode())


def _asked(case: Case, party: str, given: dict[str, Any], name: str) -> Asked:
    issues = tuple(issue.id for issue in case.issues)
    if not issues:
        raise UsageError("the case has no issues to ask about; add some first")
    ratings = _object(given.get("ratings", {}), f"{name}: ratings")
    for place in ("ratings", "points"):
        odd = next((i for i in _object(given.get(place, {}), f"{name}: {place}") if i not in issues), None)
        if odd is not None:
            raise FormatError(f"{name}: {place} names {odd!r}, which is no issue; there are {', '.join(issues)}")
    options, worths = [], []
    for issue in issues:
        rated = _ratings(case, party, issue, ratings, name)
        values = np.array(list(rated.values()))
        spread = float(values.max() - values.min())
        options.append(tuple(rated))
        worths.append((values - values.min()) / spread if spread > 0 else np.zeros(len(values)))
    points = None
    if given.get("points"):
        table = given["points"]
        points = np.array([number(table.get(i, 0), f"{name}: points.{i}") for i in issues])
        if (points < 0).any() or points.sum() <= 0:
            raise FormatError(f"{name}: points are 0 or more, and some are above 0")
    packages = []
    for at, one in enumerate(_list(given.get("packages", []), f"{name}: packages")):
        where = f"{name}: packages[{at}]"
        outcome = _outcome(_object(one, where).get("outcome"), issues, options, f"{where}.outcome")
        if len(outcome) < len(issues):
            missing = next(i for k, i in enumerate(issues) if k not in outcome)
            raise FormatError(f"{where}.outcome says nothing on {missing!r}; a package has every issue")
        rating = number(one.get("rating"), f"{where}.rating")
        if not 0 <= rating <= 100:
            raise FormatError(f"{where}.rating is {rating:g}; ratings are 0 (the worst deal) to 100 (the best)")
        packages.append((tuple(outcome[k] for k in range(len(issues))), rating / 100))
    trade_offs = []
    for at, one in enumerate(_list(given.get("trade_offs", []), f"{name}: trade_offs")):
        where = f"{name}: trade_offs[{at}]"
        sides = [_outcome(_object(one, where).get(s), issues, options, f"{where}.{s}") for s in ("first", "second")]
        if set(sides[0]) != set(sides[1]):
            raise FormatError(f"{where}: both sides name the same issues; all others are equal")
        trade_offs.append((sides[0], sides[1], _prefer(one.get("prefer"), f"{where}.prefer")))
    answers = Answers(
        worths=tuple(worths), points=points, packages=tuple(packages), trade_offs=tuple(trade_offs)
    )  # fmt: skip
    return Asked(issues=issues, options=tuple(options), answers=answers)


def _ratings(case: Case, party: str, issue: str, ratings: dict[str, Any], name: str) -> dict[str, float]:
    """The rating of each option: as answered, else the case's utility table."""
    if issue in ratings:
        table = _object(ratings[issue], f"{name}: ratings.{issue}")
        found = {option: number(value, f"{name}: ratings.{issue}.{option}") for option, value in table.items()}
        low = next((o for o, v in found.items() if not 0 <= v <= 100), None)
        if low is not None:
            raise FormatError(f"{name}: ratings.{issue}.{low} is {found[low]:g}; ratings are 0 to 100")
        asked = case.issue(issue)
        known = asked.options or tuple(p.label for p in asked.scale)
        odd = next((o for o in found if known and o not in known and not _point(o, asked.bounds)), None)
        if odd is not None:
            raise FormatError(f"{name}: ratings.{issue} names {odd!r}; there are {', '.join(known)}")
        missing = next((o for o in asked.options if o not in found), None)
        if missing is not None or not found:
            raise FormatError(f"{name}: ratings.{issue} has nothing on {missing or 'any option'!r}; rate every option")
        return found
    judged = case.judgement("utility", party, issue, case.as_of)
    if judged is None or not isinstance(judged.value, Table):
        raise FormatError(f"{name}: ratings has nothing on {issue!r}; rate its options from 0 to 100")
    return dict(judged.value.options)


def _point(option: str, bounds: tuple[float, float] | None) -> bool:
    try:
        value = float(option)
    except ValueError:
        return False
    return bounds is not None and math.isfinite(value) and bounds[0] <= value <= bounds[1]


def _outcome(given: Any, issues: tuple[str, ...], options: list[tuple[str, ...]], where: str) -> dict[int, int]:
    found = {}
    for issue, option in _object(given, where).items():
        if issue not in issues:
            raise FormatError(f"{where} names {issue!r}, which is no issue; there are {', '.join(issues)}")
        k = issues.index(issue)
        if str(option) not in options[k]:
            raise FormatError(f"{where}.{issue} is {option!r}; there are {', '.join(options[k])}")
        found[k] = options[k].index(str(option))
    if not found:
        raise FormatError(f"{where} names no issue; give issue and option")
    return found


def _prefer(given: Any, where: str) -> Literal["first", "second", "same"]:
    if given == "first":
        return "first"
    if given == "second":
        return "second"
    if given == "same":
        return "same"
    raise FormatError(f"{where} is {given!r}; write first, second or same")


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise FormatError(f"{where} is no object; write {{...}}")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise FormatError(f"{where} is no list; write [...]")
    return value


def _misfit(one: Misfit, asked: Asked, given: dict[str, Any]) -> dict[str, Any]:
    if one.kind == "points":
        told: Any = {asked.issues[one.number]: given["points"].get(asked.issues[one.number], 0)}
    else:
        told = given["packages" if one.kind == "package" else "trade_offs"][one.number]
    return {"kind": one.kind, "number": one.number + 1, "answer": told, "by": one.by, "fits_without": one.alone}


def _answers(case: Case, party: str, given: dict[str, Any], by: str) -> list[Judgement]:
    """Each answer as it was given, but for ratings of options, which are utility tables."""
    plain = Judgement(quantity="answer", party=party, issue=None, value=Exact(0.0), by=by, as_of=case.as_of)

    def told(deal: dict[str, Any]) -> str:
        return " with ".join(f"{issue} at {option}" for issue, option in deal.items())

    found = [
        replace(plain, issue=issue, value=Exact(float(points)), note="points put on the issue")
        for issue, points in (given.get("points") or {}).items()
    ]
    for one in given.get("packages", []):
        found.append(replace(plain, value=Exact(float(one["rating"])), note=f"rating of {told(one['outcome'])}"))
    for one in given.get("trade_offs", []):
        value = {"first": 1.0, "second": 0.0, "same": 0.5}[one["prefer"]]
        found.append(
            replace(
                plain, value=Exact(value), note=f"whether {told(one['first'])} is better than {told(one['second'])}"
            )
        )
    return found


def _judgements(
    case: Case, party: str, asked: Asked, known: Weights, given: dict[str, Any], by: str
) -> list[Judgement]:
    told = [f"{len(given[key])} {key.replace('_', '-')}" for key in _KEYS if given.get(key)]
    note = f"asked: {', '.join(told) or 'nothing yet'}" + (
        f"; {len(known.misfits)} answers do not fit together" if known.misfits else ""
    )
    plain = Judgement(
        quantity="salience", party=party, issue=None, value=Exact(0.0), by=by, as_of=case.as_of, note=note
    )  # fmt: skip
    found = []
    for k, issue in enumerate(asked.issues):
        low, best, high = (round(100 * min(1.0, float(x[k])), 6) for x in (known.low, known.best, known.high))
        value = Exact(best) if high - low < 1e-6 else Likely(low, min(max(best, low), high), high)
        found.append(replace(plain, issue=issue, value=value))
        if issue in given.get("ratings", {}):
            table = Table(tuple(zip(asked.options[k], asked.answers.worths[k].tolist(), strict=True)))
            found.append(replace(plain, quantity="utility", issue=issue, value=table))
    return found
