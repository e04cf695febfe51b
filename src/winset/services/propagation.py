"""Carry the uncertainty of a case's judgements into the answers of one method."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from winset.domain.case import Case
from winset.domain.forecasts import broken
from winset.domain.runs import Assumption, Run
from winset.errors import CaseError, FormatError, UsageError
from winset.formulation.drawn.numbers import Drawn, NotTogether
from winset.formulation.uncertainty import USED_BY, Pooling, UncertainCase, uncertain
from winset.models.bargaining.many import Rule
from winset.models.uncertainty.draws import SCRAMBLINGS, draw, scrambling_of
from winset.models.uncertainty.marginals import Floats
from winset.models.uncertainty.summary import TOLERANCE, Summary, summarise, summarise_shares
from winset.report.uncertainty import as_json
from winset.services import blocks, inputs, method_errors, one_by_one, scores
from winset.services.pools import Pool, opened
from winset.services.sources import is_case_file, read_bytes, reviewed_case
from winset.services.spatial import load as load_actors

VERSION = "1"
METHODS = tuple(USED_BY)
DRAWS = 4_096
MOST_DRAWS = 1 << 22
ROUNDS, MOST_ROUNDS = 3, 100
"""Of the challenge model, that `winset run spatial` draws through beside the other forecasts."""
BLOCK = 512
"""Draws answered at a time; a draw's answer does not depend on it."""
_CHECKED = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """A case, a date, a method, and how its answers are computed draw by draw.

    together  the method on many draws at once, or None where each is formulated and solved by itself
    why       why not together
    rounds    of the challenge model, where the method is spatial; 0 leaves it out
    """

    method: str
    asked: UncertainCase
    names: tuple[str, ...]
    together: Drawn | None
    why: str | None
    assumptions: tuple[Assumption, ...]
    gaps: tuple[str, ...]
    rule: Rule = "nash"
    rounds: int = 0

    def evaluate(
        self, x: Floats, *, workers: int | None = None, block: int = BLOCK, pool: Pool | None = None
    ) -> Floats:  # fmt: skip
        """(draws, outputs) of (draws, inputs), on `pool` or, without one, on `workers` threads or processes."""
        asked = blocks.Asked(
            case=self.asked, method=self.method, rule=self.rule, rounds=self.rounds, names=self.names,
            at_once=self.together,
        )  # fmt: skip
        if pool is not None:
            return blocks.evaluate(asked, x, pool=pool, block=block)
        with opened(workers) as own:
            return blocks.evaluate(asked, x, pool=own, block=block)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Propagated:
    """All draws of a question: inputs x (draws, inputs), outputs y (draws, outputs), and their summaries."""

    question: Question
    x: Floats
    y: Floats
    seed: int
    summaries: dict[str, Summary]
    converged: bool
    stopped_by: str | None
    seconds: float


def load(method: str, source: str | Path) -> tuple[Case, date | None]:
    """The case at `source` (or `CASE@SCENARIO`) and its day; for spatial also a table of actors, for stability also a
    `.gmcr` file or a graph."""
    if method not in METHODS:
        raise UsageError(f"no uncertainty is propagated through {method!r}; there are {', '.join(METHODS)}")
    path, scenario = inputs.split(str(source))
    case = _load(method, path)
    return inputs.under(case, scenario, str(path))


def _load(method: str, path: Path) -> Case:
    if method == "spatial":
        return load_actors(path)
    if method == "stability" and not is_case_file(path):
        try:
            data = json.loads(read_bytes(path))
        except (ValueError, RecursionError) as error:
            raise FormatError(f"{path} is not JSON: {error}; give a .gmcr file, a graph or a case") from None
        if isinstance(data, dict) and data.get("schema") != "winset-case/1" and "judgements" not in data:
            return Case(title=path.stem, conflict=data.get("conflict", data))
    return reviewed_case(path)


def question(
    case: Case, method: str, at: date | None = None, *, pool: Pooling | None = None,
    weights: Mapping[str, float] | None = None, rule: Rule = "nash", rounds: int = 0, by_record: bool = False,
) -> Question:  # fmt: skip
    """The uncertain question that a case poses to a method. Raises what formulating or solving it raises, and UsageError
    on rounds that cannot be."""
    if not 0 <= rounds <= MOST_ROUNDS:
        raise UsageError(f"--rounds lies in 0..{MOST_ROUNDS}, got {rounds}")
    notes: tuple[Assumption, ...] = ()
    _check_weights(case, pool, weights or {})
    if by_record:
        weights, notes = _by_record(case, pool, weights or {})
    asked = uncertain(case, at or case.as_of, method, pool=pool, weights=weights)
    why: str | None = None
    together: Drawn | None
    try:
        made = blocks.together(asked, method, rule, rounds)
        together, names = made, made.names
        assumptions, gaps = made.assumptions, made.gaps
        why = _disagreement(asked, method, rule, made, rounds)
        if why is not None:
            together = None
    except NotTogether as reason:
        together, why = None, str(reason)
        first, assumptions, gaps = one_by_one.first(asked, method, rule, rounds=rounds)
        names = tuple(first)
    return Question(
        method=method, asked=asked, names=names, together=together, why=why, rule=rule, rounds=rounds,
        assumptions=(*notes, *asked.assumptions, *(one for one in assumptions if not _drawn(one, asked))), gaps=gaps,
    )  # fmt: skip


def _check_weights(case: Case, pool: Pooling | None, weights: Mapping[str, float]) -> None:
    """Weights given by hand are those of people who judged something, in a pool. Raises UsageError."""
    if weights and pool is None:
        raise UsageError("--weight counts in a pool; add --pool linear or --pool log")
    people = list(dict.fromkeys(j.by for j in case.judgements))
    for who, weight in weights.items():
        if who not in people:
            raise UsageError(f"nobody called {who!r} judged anything here; there are {', '.join(people) or 'none'}")
        if not 0 <= weight < float("inf"):
            raise UsageError(f"the weight of {who} is 0 or more, got {weight:g}")


def _by_record(
    case: Case, pool: Pooling | None, given: Mapping[str, float]
) -> tuple[dict[str, float], tuple[Assumption, ...]]:
    """Weights of experts by their graded forecasts in the case's ledger, those given by hand first."""
    if pool is None:
        raise UsageError("weights by record are those of a pool; add --pool linear or --pool log")
    entries = [dict(one) for one in case.forecasts]
    wrong = broken(entries)
    if wrong is not None:
        raise CaseError(f"the ledger is broken at entry {wrong.at}: {wrong.why}; nobody's record can be taken from it")
    known = scores.expert_weights(entries)
    fewest = scores.FEWEST_TO_RANK
    told = "; ".join(
        f"{who} {one['weight']:.3g} on {one['resolved']}" + ("" if one["resolved"] >= fewest else f", fewer than {fewest}")
        for who, one in known.items()
    )  # fmt: skip
    said = (
        f"weights by the record of graded yes/no forecasts, 1 where fewer than {fewest} questions are resolved "
        f"({told or 'nobody has one yet'})"
    )
    return {**{who: one["weight"] for who, one in known.items()}, **given}, (Assumption(text=said),)


def _drawn(one: Assumption, asked: UncertainCase) -> bool:
    """Whether an assumption only says which number stood for an input that is now drawn."""
    keys = {(q if q != "haste" else "discount", who, issue) for q, who, issue in asked.keys}
    return (one.quantity, one.party, one.issue) in keys


def _disagreement(asked: UncertainCase, method: str, rule: Rule, made: Any, rounds: int) -> str | None:
    """None where two draws solved by themselves agree with the same draws solved together."""
    if method == "stability" or not getattr(made, "exact", True):
        return None  # the same kernel either way; a grid stands for a line
    x = draw(asked.inputs, SCRAMBLINGS, 0)[:_CHECKED]
    together = made(x)
    for row, answer in zip(x, together, strict=True):
        alone = one_by_one.answer(asked, method, rule, row, rounds=rounds)
        for name, value in zip(made.names, answer, strict=True):
            other = alone.get(name, float("nan"))
            if not (np.isnan(value) and np.isnan(other)) and not abs(value - other) <= 1e-6 * max(1.0, abs(other)):
                return f"{name}: all at once gives {value:g}, alone {other:g}"
    return None


def propagate(
    q: Question, *, draws: int = DRAWS, seed: int = 1, workers: int | None = None, where: Pool | None = None,
    block: int = BLOCK, tolerance: float | None = None, time_limit: float | None = None,
) -> Propagated:  # fmt: skip
    """The answers of `draws` draws; with a `tolerance`, twice as many until every standard error is at most that
    share of its output's spread, or `time_limit` seconds have passed.

    Raises UsageError on draws that cannot be made.
    """
    if not SCRAMBLINGS <= draws <= MOST_DRAWS:
        raise UsageError(f"--draws lies in {SCRAMBLINGS}..{MOST_DRAWS:,}, got {draws:,}")
    if seed < 0:
        raise UsageError(f"--seed is 0 or more, got {seed}")
    start = time.monotonic()
    stopped: str | None = None
    while True:
        x = draw(q.asked.inputs, draws, seed)
        if not q.asked.keys:  # nothing is uncertain: one answer is all answers
            y = np.repeat(q.evaluate(x[:1], workers=1, block=1), draws, axis=0)
        else:
            y = q.evaluate(x, workers=workers, block=block, pool=where)
        place = scrambling_of(draws)
        if y.dtype == bool:
            found = dict(zip(q.names, summarise_shares(np.asarray(y, dtype=np.bool_), place), strict=True))
        else:
            found = {name: summarise(y[:, n], place) for n, name in enumerate(q.names)}
        converged = all(one.settled(tolerance or TOLERANCE) for one in found.values())
        spent = time.monotonic() - start
        if tolerance is None or converged:
            break
        if time_limit is not None and 3 * spent > time_limit:
            stopped = f"the time limit of {time_limit:g} s"
            break
        if draws * 2 > MOST_DRAWS:
            stopped = f"{MOST_DRAWS:,} draws, the most that are made"
            break
        draws *= 2
    return Propagated(question=q, x=x, y=y, seed=seed, summaries=found, converged=converged, stopped_by=stopped,
                      seconds=time.monotonic() - start)  # fmt: skip


def run(
    method: str, source: str | Path, *, at: date | None = None, draws: int = DRAWS, seed: int = 1,
    workers: int | None = None, cluster: str | None = None, tolerance: float | None = None,
    time_limit: float | None = None, pool: Pooling | None = None, weights: Mapping[str, float] | None = None,
    rule: Rule = "nash", rounds: int = ROUNDS, by_record: bool = False,
    record: Path | Mapping[str, Any] | None = None,
) -> Run:  # fmt: skip
    """`winset run`: the draws of a case through one method, summarised, as a run that can be kept and repeated.

    `record` is a file of `winset backtest --forecasts` whose errors are carried, or what was kept of it.
    """
    case, day = load(method, source)
    known = method_errors.of_file(record) if isinstance(record, Path) else record
    with opened(workers, cluster) as where:
        return run_case(
            case, method, at=at or day, draws=draws, seed=seed, where=where, tolerance=tolerance,
            time_limit=time_limit, pool=pool, weights=weights, rule=rule, rounds=rounds, by_record=by_record,
            record=known, scenario=inputs.split(str(source))[1],
        )  # fmt: skip


def run_case(
    case: Case, method: str, *, at: date | None = None, draws: int = DRAWS, seed: int = 1, where: Pool | None = None,
    tolerance: float | None = None, time_limit: float | None = None, pool: Pooling | None = None,
    weights: Mapping[str, float] | None = None, rule: Rule = "nash", rounds: int = 0, by_record: bool = False,
    record: Mapping[str, Any] | None = None, scenario: str | None = None,
) -> Run:  # fmt: skip
    """`run` of a case in hand, which is what its scenario of that name makes of it; without the challenge model unless
    `rounds` of it are asked for."""
    day = at or case.as_of
    q = question(case, method, day, pool=pool, weights=weights, rule=rule, rounds=rounds, by_record=by_record)
    done = propagate(q, draws=draws, seed=seed, where=where, tolerance=tolerance, time_limit=time_limit)
    error, unknown = method_error(done, record)
    result = as_json(
        method=method, inputs=q.asked.inputs, names=q.names, summaries=done.summaries, draws=len(done.y),
        seed=seed, converged=done.converged, stopped_by=done.stopped_by, tolerance=tolerance or TOLERANCE,
        one_by_one=q.why, error=error, unknown=unknown, assumptions=q.assumptions, gaps=q.gaps,
    )  # fmt: skip
    parameters: dict[str, Any] = {
        "draws": len(done.y), "rule": rule, "rounds": rounds, "pool": pool, "weights": dict(weights or {}), "tolerance": tolerance,
        "by_record": by_record, "scenario": scenario,
    }  # fmt: skip
    learnt = error is not None and error["learnt_from"] == "ledger"
    parameters |= {"ledger": by_record or learnt, "record": record}
    parts = inputs.parts(case, day, ledger=by_record or learnt)
    return Run(
        method=f"run {method}", version=VERSION, inputs_digest=inputs.whole(method, day, parts), parts=parts,
        result=result, as_of=day, assumptions=q.assumptions, seed=seed, parameters=parameters,
    )  # fmt: skip


def method_error(done: Propagated, record: Mapping[str, Any] | None = None) -> tuple[dict[str, Any] | None, str | None]:
    """(how wrong the method itself tends to be, with the forecasts that include it, or None; why nothing is known).

    From the user's own backtest where one is given (spatial), else from this method's graded forecasts in the case's ledger where
    there are enough, else for spatial its own distribution around the compromise, whose record on decisions with known outcome
    is kept in `models.spatial.record`. Raises UsageError where a backtest is given for a method that is not in one.
    """
    q = done.question
    case, scales = q.asked.case, method_errors.scales_of(q.asked.case)
    if record is not None:
        if q.method != "spatial":
            raise UsageError(
                f"--record is a backtest, which tries spatial; the error of {q.method} is learnt from the ledger"
            )
        return method_errors.of_record(record, q.names, np.asarray(done.y, dtype=float), scales), None
    learnt, why = method_errors.of_ledger(case, q.method, q.names, done.y, scales)
    if learnt is not None:
        return learnt, None
    return (_packaged(done), None) if q.method == "spatial" else (None, why)


def _packaged(done: Propagated) -> dict[str, Any]:
    from winset.formulation.drawn.spatial import CHALLENGE
    from winset.models.spatial.record import POINTS, RECORD, forecast_quantiles

    issues = getattr(done.question.together, "issues", {})
    at = {name: n for n, name in enumerate(done.question.names)}
    found: dict[str, Any] = {}
    for issue, base in issues.items():
        centre, spread = done.y[:, at[f"outcome:{issue}"]], done.y[:, at[f"spread:{issue}"]]
        found[f"outcome:{issue}"] = {
            "sd": float(np.nanmean(spread)),
            "quantiles_with_inputs": {f"{q:g}": v for q, v in forecast_quantiles(centre, spread, base.scale).items()},
        }
    points = {
        kind: {"mae": POINTS[kind][0], "interval": list(POINTS[kind][1:])}
        for kind in ("compromise", *([CHALLENGE] if done.question.rounds else []))
    }
    return {"outputs": found, "record": RECORD.as_json(), "points": points, "learnt_from": "packaged"}
