"""What an answer depends on: tornado, Sobol indices, screening, what to find out next, what would have to be true."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from winset.domain.case import Case
from winset.domain.runs import Run
from winset.errors import UsageError
from winset.formulation.drawn.spatial import CHALLENGE
from winset.formulation.uncertainty import Pooling
from winset.models.bargaining.many import Rule
from winset.models.uncertainty.draws import SCRAMBLINGS, draw
from winset.models.uncertainty.indices import morris, sobol
from winset.models.uncertainty.marginals import Floats
from winset.report.uncertainty import is_chance
from winset.services import inputs, inverse
from winset.services.propagation import ROUNDS, Question, load, question

VERSION = "2"
BASE = 1_024
MOST_BASE = 1 << 18
TRAJECTORIES = 32
ENDS = (0.05, 0.95)
"""Levels between which the tornado swings each input."""
_CHANCE_DRAWS, _FEW_CHANCE_DRAWS = 256, 32  # all at once, or one by one


def sensitivity(
    method: str, source: str | Path, *, output: str | None = None, base: int = BASE, seed: int = 1,
    target: tuple[float, float] | None = None, at: date | None = None, workers: int | None = None,
    pool: Pooling | None = None, weights: Mapping[str, float] | None = None, rule: Rule = "nash",
    rounds: int = ROUNDS, by_record: bool = False,
) -> Run:  # fmt: skip
    """`winset sensitivity`: as a run whose result is the contract's value. Raises UsageError on an unknown output.

    `rounds` of the challenge model are computed only where `output` is one of its answers.
    """
    case, day = load(method, source)
    return sensitivity_case(
        case, method, output=output, base=base, seed=seed, target=target, at=at or day, workers=workers, pool=pool,
        weights=weights, rule=rule, rounds=rounds, by_record=by_record, scenario=inputs.split(str(source))[1],
    )  # fmt: skip


def sensitivity_case(
    case: Case, method: str, *, output: str | None = None, base: int = BASE, seed: int = 1,
    target: tuple[float, float] | None = None, at: date | None = None, workers: int | None = None,
    pool: Pooling | None = None, weights: Mapping[str, float] | None = None, rule: Rule = "nash",
    rounds: int = ROUNDS, by_record: bool = False, scenario: str | None = None,
) -> Run:  # fmt: skip
    """`sensitivity` of a case in hand, which is what its scenario of that name makes of it."""
    if not SCRAMBLINGS <= base <= MOST_BASE:
        raise UsageError(f"--base lies in {SCRAMBLINGS}..{MOST_BASE:,}, got {base:,}")
    rounds = rounds if output is not None and output.startswith(CHALLENGE) else 0
    q = question(case, method, at, pool=pool, weights=weights, rule=rule, rounds=rounds, by_record=by_record)
    asked = q.asked.inputs
    chosen = _chosen(q, output, seed)
    column = q.names.index(chosen)

    def of_values(x: Floats) -> Floats:
        return np.asarray(q.evaluate(x, workers=workers)[:, column], dtype=float)

    names = ["; ".join(asked.names[c] for c in group) for group in asked.groups]
    result: dict[str, Any] = {
        "method": method, "output": chosen, "outputs": list(q.names), "seed": seed, "base": base, "inputs": names,
        "first": [], "total": [], "interval": [], "total_interval": [], "tornado": [], "morris": [], "next": [],
        "target": None,
    }  # fmt: skip
    if names:
        found = sobol(lambda u: of_values(asked.values(u)), asked.groups, base, seed)
        screened = morris(lambda u: of_values(asked.values(u)), asked.groups, TRAJECTORIES, np.random.default_rng(seed))
        result |= {
            "first": found.first.tolist(), "total": found.total.tolist(),
            "interval": found.first_interval.tolist(), "total_interval": found.total_interval.tolist(),
            "mean": found.mean, "sd": float(np.sqrt(found.variance)), "share_of_draws": found.share,
            "tornado": _tornado(q, names, of_values, chosen, seed),
            "morris": [
                {"input": name, "mu_star": float(s), "mu": float(m), "sigma": float(d)}
                for name, s, m, d in zip(names, screened.mu_star, screened.mu, screened.sigma, strict=True)
            ],
            "next": _next(names, found.first),
        }  # fmt: skip
        if target is not None:
            result["target"] = inverse.target(q, of_values, chosen, target, found.total, seed)
    parameters = {
        "output": chosen,
        "base": base,
        "target": list(target) if target else None,
        "rule": rule,
        "rounds": rounds,
        "pool": pool,
        "weights": dict(weights or {}),
        "by_record": by_record,
        "ledger": by_record,
        "scenario": scenario,
    }
    parts = inputs.parts(case, at, ledger=by_record)
    return Run(method=f"sensitivity {method}", version=VERSION, inputs_digest=inputs.whole(method, at, parts), parts=parts,
               result=result, as_of=at, assumptions=q.assumptions, seed=seed, parameters=parameters)  # fmt: skip


def _chosen(q: Question, output: str | None, seed: int) -> str:
    """The output asked for; else the first that varies."""
    if output is not None:
        if output not in q.names:
            raise UsageError(f"no output {output!r}; there are {', '.join(q.names)}")
        return output
    if not q.asked.keys:
        return q.names[0]
    y = np.asarray(q.evaluate(draw(q.asked.inputs, 128, seed), workers=1), dtype=float)
    for name, column in zip(q.names, y.T, strict=True):
        there = column[~np.isnan(column)]
        if there.size and np.ptp(there) > 1e-12:
            return name
    return q.names[0]


def _tornado(q: Question, names: list[str], f: Any, output: str, seed: int) -> list[dict[str, Any]]:
    """Each input at its 5 % and 95 % quantile, all others at their medians; the widest swing first.

    Whether something happens jumps, so there it is the share of draws in which it does while the others vary.

    The members of a correlated group move together, those that run against its first member the other way.
    """
    asked = q.asked.inputs
    against = {}
    for one in asked.correlations:
        for k, c in enumerate(one.columns):
            against[c] = float(np.asarray(one.matrix)[0, k]) < 0
    if is_chance(output):
        rest, share = draw(asked, _CHANCE_DRAWS if q.together is not None else _FEW_CHANCE_DRAWS, seed), True
    else:
        rest, share = np.array([[float(m.quantile(np.array([0.5]))[0]) for m in asked.marginals]]), False
    x = np.tile(rest, (2 * len(asked.groups), 1))
    for k, group in enumerate(asked.groups):
        start = 2 * k * len(rest)
        for c in group:
            low, high = asked.marginals[c].quantile(np.array(ENDS))
            if against.get(c):
                low, high = high, low
            x[start : start + len(rest), c], x[start + len(rest) : start + 2 * len(rest), c] = low, high
    answers = f(x).reshape(-1, 2, len(rest))
    y = np.where(np.isnan(answers), 0.0, answers).mean(axis=2) if share else answers[:, :, 0]
    rows = [
        {"input": name, "low": None if np.isnan(a) else float(a), "high": None if np.isnan(b) else float(b)}
        for name, (a, b) in zip(names, y, strict=True)
    ]  # fmt: skip
    swing = np.nan_to_num(np.abs(y[:, 1] - y[:, 0]), nan=-1.0)
    return [rows[k] for k in np.argsort(-swing, kind="stable")]


def _next(names: list[str], first: Floats) -> list[dict[str, Any]]:
    """What to find out next: by how much knowing each input is expected to narrow the spread, the most first.

    Knowing an input leaves on average a share 1 - S1 of the variance; `narrows` is the share of the standard deviation
    that goes, 1 - sqrt(1 - S1).
    """
    narrows = 1 - np.sqrt(1 - np.clip(first, 0.0, 1.0))
    order = [k for k in np.argsort(-narrows, kind="stable") if narrows[k] >= 0.01]
    return [
        {"input": names[k], "narrows": float(narrows[k]),
         "text": f"Knowing the {names[k]} would narrow the spread by {100 * narrows[k]:.0f} %."}
        for k in order
    ]  # fmt: skip
