"""How well each method would have foretold decisions whose outcome is known."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.errors import FormatError, StoreError
from winset.formats.decisions import SCALE, Decision, Decisions, read_decisions
from winset.models.scoring.comparison import Resamples, difference, resample
from winset.models.scoring.continuous import crps_ensemble
from winset.models.spatial.challenge import VARIANTS
from winset.models.spatial.distribution import CutNormal, cut_normal
from winset.models.spatial.election import CHAINS, Election
from winset.models.spatial.exchange import exchange
from winset.models.spatial.forecasts import QUOTAS, Forecasts, Rules, forecasts, procedures
from winset.models.spatial.inputs import SpatialInputs
from winset.models.spatial.loss import LOSSES
from winset.services.pools import opened
from winset.services.sources import no_case, read_bytes

Floats = NDArray[np.float64]
FOLDS = 10
SAMPLES = 2_000
FEW, PART = 2_000, 25  # issues
DEFAULT = "normal"
GRID = np.arange(101.0)
LEVELS = (0.5, 0.8, 0.9)
BINS = np.arange(2, 98, 5)  # on the grid: upper ends of the bins around 0, 5, ..., 95
SPREAD = 0.01
WITHIN = 10 + 1e-9  # ties at exactly ten points count as within


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tried:
    """One method on all issues: points, and for distributions their CRPS, CDF on 0..100 and share covered an issue."""

    point: Floats
    crps: Floats | None = None
    cdf: Floats | None = None
    covered: dict[str, Floats] | None = None

    def log(self, outcome: Floats) -> Floats | None:
        """Minus the logarithm of the chance given to the outcome's bin; None for a bare point, which gives no chance.

        Bins are five points wide around 0, 5, ..., 100. A hundredth of all chance is spread over all bins alike, so
        that nothing is held to be impossible.
        """
        if self.cdf is None:
            return None
        edges = self.cdf[:, BINS]
        chance = np.diff(edges, axis=1, prepend=0.0, append=1.0)
        chance = (1 - SPREAD) * np.maximum(chance, 0) + SPREAD / chance.shape[1]
        at = np.searchsorted(GRID[BINS], outcome, side="left")
        result: Floats = -np.log(chance[np.arange(outcome.size), at])
        return result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Backtest:
    """All methods on all issues kept, with the resamples of groups that every interval comes from."""

    decisions: Decisions
    outcome: Floats
    fold: NDArray[np.int64]
    methods: dict[str, Tried]
    resamples: Resamples
    seed: int

    def losses(self, method: str) -> dict[str, Floats]:
        """One number an issue for each loss; a bare point's CRPS is its absolute error."""
        tried = self.methods[method]
        error = np.abs(tried.point - self.outcome)
        log = tried.log(self.outcome)
        return {"mae": error, "within_10": (error <= WITHIN).astype(float),
                "crps": error if tried.crps is None else tried.crps,
                **({} if log is None else {"log": log})}  # fmt: skip


def _share_covered(below: Floats, at: Floats, level: float) -> Floats:
    """How much of the probability mass on the outcome lies inside the central interval.

    Mass on an end of the scale is split by the interval's edge, so that a right forecast covers a share `level`.
    """
    low, high = (1 - level) / 2, (1 + level) / 2
    inside = np.clip(np.minimum(at, high) - np.maximum(below, low), 0, None)
    point = ((at >= low) & (at <= high)).astype(float)
    return np.where(at - below > 1e-12, inside / np.maximum(at - below, 1e-12), point)


def _inputs(d: Decision) -> SpatialInputs:
    return SpatialInputs(parties=d.actors, position=np.array(d.position), capability=np.array(d.capability),
                         salience=np.array(d.salience), scale=SCALE)  # fmt: skip


def _normals(shapes: list[CutNormal], y: Floats) -> Tried:
    at = np.array([float(s.cdf(v)) for s, v in zip(shapes, y, strict=True)])
    below = np.where(y <= SCALE[0], 0.0, np.array([float(s.cdf(min(v, 100 - 1e-9))) for s, v in
                                                   zip(shapes, y, strict=True)]))  # fmt: skip
    return Tried(
        point=np.array([s.mean for s in shapes]),
        crps=np.array([s.crps(v) for s, v in zip(shapes, y, strict=True)]),
        cdf=np.array([s.cdf(GRID) for s in shapes]),
        covered={f"{q:g}": _share_covered(below, at, q) for q in LEVELS},
    )


def _below(e: Election, at: float) -> float:
    """Share at or below a point, exactly 1 from the last option on."""
    return 1.0 if at >= e.options[-1] - 1e-9 else float(e.probability[e.options <= at + 1e-9].sum())


def _election(found: list[Election], y: Floats) -> Tried:
    """Probabilities of held positions as a distribution; its point is the mean."""
    at = np.array([float(e.probability[e.options <= v + 1e-9].sum()) for e, v in zip(found, y, strict=True)])
    below = np.array([float(e.probability[e.options < v - 1e-9].sum()) for e, v in zip(found, y, strict=True)])
    return Tried(
        point=np.array([e.mean for e in found]),
        crps=np.array([crps_ensemble(e.options, float(v), weights=e.probability)
                       for e, v in zip(found, y, strict=True)]),
        cdf=np.array([[_below(e, g) for g in GRID] for e in found]),
        covered={f"{q:g}": _share_covered(below, at, q) for q in LEVELS},
    )  # fmt: skip


def _exchanged(kept: Sequence[Decision]) -> Floats:
    """Outcomes after trades across the issues of a group."""
    point = np.zeros(len(kept))
    groups: dict[str, list[int]] = {}
    for i, d in enumerate(kept):
        groups.setdefault(d.group, []).append(i)
    for members in groups.values():
        after = exchange({str(i): _inputs(kept[i]) for i in members}).after
        for i in members:
            point[i] = after[str(i)]
    return point


def _climatology(y: Floats, fold: NDArray[np.int64]) -> Tried:
    """The outcomes of all other folds, each as likely as the next."""
    point, crps, cdf = np.zeros(y.size), np.zeros(y.size), np.zeros((y.size, GRID.size))
    at, below = np.zeros(y.size), np.zeros(y.size)
    for i, (value, f) in enumerate(zip(y, fold, strict=True)):
        past = y[fold != f]
        past = past if past.size else y
        point[i], crps[i] = past.mean(), crps_ensemble(past, float(value))
        cdf[i] = (past[:, None] <= GRID).mean(axis=0)
        at[i], below[i] = (past <= value).mean(), (past < value).mean()
    return Tried(point=point, crps=crps, cdf=cdf, covered={f"{q:g}": _share_covered(below, at, q) for q in LEVELS})


def _foretold(rounds: int, some: Sequence[Decision]) -> list[Forecasts]:
    """The spatial forecasts of some issues: what a worker is given to do."""
    return [forecasts(_inputs(d), rounds=rounds) for d in some]


def backtest(
    source: Path, *, seed: int = 0, samples: int = SAMPLES, workers: int | None = None, cluster: str | None = None
) -> Backtest:  # fmt: skip
    """Every method on every issue of a DEU table or a plain table; folds and resamples keep groups together.

    Issues are independent: up to FEW of them are done in this process, more on all processors or on a cluster.
    """
    no_case(source, "a table of decisions whose outcome is known (DEU, or issue, actor, position, ..., outcome)")
    decisions = read_decisions(read_bytes(source), source.name)
    kept = decisions.kept
    if not kept:
        raise FormatError(f"{source.name}: no issue is left; kept are those with {decisions.rule}")
    rng = np.random.default_rng(seed)
    y = np.array([d.outcome for d in kept])
    groups = [d.group for d in kept]
    names, index = np.unique(groups, return_inverse=True)
    fold = (rng.permutation(len(names)) % FOLDS)[index]
    few = workers is None and cluster is None and len(kept) <= FEW
    with opened(1 if few else workers, cluster) as pool:
        parts = [kept[at : at + PART] for at in range(0, len(kept), PART)]
        found = [one for part in pool.each(_foretold, 2, parts) for one in part]
    methods: dict[str, Tried] = {}
    for name in found[0].points:
        if name != "condorcet":  # the power-weighted median wherever there is one
            methods[name] = Tried(point=np.array([float(f.points[name] or 0.0) for f in found]))
    for v, variant in enumerate(VARIANTS):
        methods[f"challenge {variant}"] = Tried(point=np.array([f.challenge[v].median[-1] for f in found]))
    for k, loss in enumerate(LOSSES):
        methods[f"nash, {loss} loss"] = Tried(point=np.array([f.bargains[k].nash for f in found]))
        methods[f"kalai_smorodinsky, {loss} loss"] = Tried(
            point=np.array([f.bargains[k].kalai_smorodinsky for f in found])
        )
    methods["exchange"] = Tried(point=_exchanged(kept))
    for k, chain in enumerate(CHAINS):
        methods[f"election {chain}"] = _election([f.elections[k] for f in found], y)
    if all(d.reference is not None for d in kept):
        for k, (_, name) in enumerate(QUOTAS):
            methods[f"procedure, {name}"] = Tried(point=np.array([
                procedures(_inputs(d), Rules(status_quo=d.reference))[k].outcome for d in kept
            ]))  # fmt: skip
    methods[DEFAULT] = _normals([cut_normal(f.inputs.position, f.inputs.weight, SCALE) for f in found], y)
    methods["climatology"] = _climatology(y, fold)
    return Backtest(decisions=decisions, outcome=y, fold=fold, methods=methods,
                    resamples=resample(groups, samples=samples, rng=rng), seed=seed)  # fmt: skip


def _unasked(kept: Sequence[Decision]) -> list[str]:
    silent = sum(d.reference is None for d in kept)
    return [f"{silent} issues state no reference point, so procedures were not tried"] if silent else []


def as_json(b: Backtest) -> dict[str, Any]:
    """The value that `winset backtest --json` prints."""
    methods: dict[str, Any] = {}
    for name, tried in b.methods.items():
        losses = b.losses(name)
        error = losses["mae"]
        methods[name] = {
            "mae": float(error.mean()),
            "rmse": float(np.sqrt((error**2).mean())),
            "median_ae": float(np.median(error)),
            "max_ae": float(error.max()),
            "within_10": float(losses["within_10"].mean()),
            "crps": float(losses["crps"].mean()),
            "log": float(losses["log"].mean()) if "log" in losses else None,
            "coverage": None if tried.covered is None else {q: float(c.mean()) for q, c in tried.covered.items()},
            "interval": {metric: list(b.resamples.interval(loss)) for metric, loss in losses.items()},
        }
    pairs = []
    for name in b.methods:
        for metric, other in (("mae", "compromise"), ("crps", DEFAULT), ("log", DEFAULT)):
            if name != other and metric in b.losses(name):
                gap = difference(b.losses(name)[metric], b.losses(other)[metric], b.resamples)
                pairs.append({"a": name, "b": other, "metric": metric, "difference": gap.value,
                              "interval": list(gap.interval), "detectable": gap.detectable})  # fmt: skip
    periods = np.array([d.period for d in b.decisions.kept])
    return {
        "issues": len(b.decisions.kept),
        "groups": len({d.group for d in b.decisions.kept}),
        "rule": b.decisions.rule,
        "remarks": [*b.decisions.remarks, *_unasked(b.decisions.kept)],
        "methods": methods,
        "pairs": pairs,
        "subgroups": {
            str(p): {
                "issues": int((periods == p).sum()),
                **{m: {k: float(v[periods == p].mean()) for k, v in b.losses(m).items()} for m in b.methods},
            }
            for p in dict.fromkeys(periods.tolist())
        },
        "by_subgroup": {str(p): _of_subgroup(b, periods == p) for p in dict.fromkeys(periods.tolist())},
        "default": DEFAULT,
        "coverage_rule": "mass on an end of the scale counts by the part of it inside the central interval",
        "seed": b.seed,
    }


def _of_subgroup(b: Backtest, here: NDArray[np.bool_]) -> dict[str, Any]:
    """The distributions on some of the issues, each beside the default, with intervals from resamples of their groups."""
    groups = [d.group for d, inside in zip(b.decisions.kept, here, strict=True) if inside]
    again = resample(groups, samples=len(b.resamples.counts), rng=np.random.default_rng(b.seed))
    methods, pairs = {}, []
    for name, tried in b.methods.items():
        if tried.covered is None:
            continue
        loss = b.losses(name)["crps"][here]
        methods[name] = {"crps": float(loss.mean()), "interval": list(again.interval(loss)),
                         "coverage": {q: float(c[here].mean()) for q, c in tried.covered.items()}}  # fmt: skip
        if name != DEFAULT:
            gap = difference(loss, b.losses(DEFAULT)["crps"][here], again)
            pairs.append({"a": name, "b": DEFAULT, "metric": "crps", "difference": gap.value,
                          "interval": list(gap.interval), "detectable": gap.detectable})  # fmt: skip
    return {"issues": len(groups), "groups": len(set(groups)), "methods": methods, "pairs": pairs}


def forecast_lines(b: Backtest) -> Iterator[str]:
    """One JSON line an issue: each method's point, its distribution function at 0..100, the fold."""
    for i, d in enumerate(b.decisions.kept):
        yield json.dumps({
            "issue": d.issue, "group": d.group, "outcome": d.outcome, "fold": int(b.fold[i]),
            "methods": {
                name: {"point": float(t.point[i]),
                       "cdf": [float(v) for v in (t.cdf[i] if t.cdf is not None else t.point[i] <= GRID + 1e-9)]}
                for name, t in b.methods.items()
            },
        })  # fmt: skip


def write_forecasts(b: Backtest, path: Path) -> None:
    """`forecast_lines` to a file. Raises StoreError where the disk refuses."""
    try:
        path.write_text("".join(line + "\n" for line in forecast_lines(b)), encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from None
