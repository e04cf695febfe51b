"""What a ledger of forecasts is worth once outcomes are known: scores, calibration, skill; by author and method."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from winset.domain.forecasts import LATER, Entry, Ledger, day_number, levels, rule_came_later
from winset.models import normal
from winset.models.scoring import binary, categorical, continuous
from winset.models.uncertainty.marginals import Piecewise

FEWEST_TO_RANK = 10
"""Nobody is ranked on fewer resolved questions."""
_NORMAL = 1.959964


def score(entries: Sequence[Entry]) -> dict[str, Any]:
    """The scores of every author's last forecast of each resolved question.

    `brier` (0..1) and `log` (natural, clipped at `clip`) are of yes/no questions, a range counting by its middle and
    `brier_bounds` by its better and worse end; `brier_options` (0..2) of options, `rps` of ordered ones, `crps` of
    numbers in their own units, `crps_days` of dates in days, counted only up to the day on which their question resolves;
    `calibration_options` holds each option as a yes/no question, `coverage` intervals against what came. A quoted forecast said before its rule was written counts in none of them.
    """
    ledger = Ledger.of(entries)
    last = {(f["question"], f["author"], f.get("method")): f for f in ledger.forecasts}
    resolved = [f for f in last.values() if (o := ledger.outcomes.get(f["question"])) and o["outcome"] is not None]
    late = [f for f in resolved if rule_came_later(ledger.questions[f["question"]], f)]
    counted = [f for f in resolved if not rule_came_later(ledger.questions[f["question"]], f)]
    authors = {a: _of(ledger, (f for f in counted if f["author"] == a)) for a in _named(counted, "author")}
    methods = {m: _of(ledger, (f for f in counted if f.get("method") == m)) for m in _named(counted, "method")}
    return {
        **_of(ledger, counted),
        "by": {"author": authors, "method": methods},
        "ranking": _ranking(authors),
        "rule_came_later": sorted({f["question"] for f in late}),
        "annulled": [id for id, o in ledger.outcomes.items() if o["outcome"] is None],
        "open": [id for id in ledger.questions if id not in ledger.outcomes],
        "clip": binary.CLIP,
    }


def expert_weights(entries: Sequence[Entry]) -> dict[str, dict[str, Any]]:
    """Of each author of graded yes/no forecasts: `weight` in a pool, and the `resolved` questions that it rests on.

    Both sums run over the questions that the author answered: what all authors lost on them on average, over what the author
    lost (Brier), each with FEWEST_TO_RANK questions of the ledger's mean loss added, so that a short record says little. Who
    answered fewer than FEWEST_TO_RANK resolved questions has weight 1, as has one who did as well as the others. That pools
    weigh by the inverse of the mean squared error is Bates and Granger 1969, Operational Research Quarterly 20.
    """
    ledger = Ledger.of(entries)
    last = {(f["question"], f["author"]): f for f in ledger.forecasts}
    loss: dict[str, dict[str, float]] = {}
    for (id, who), f in last.items():
        q, o = ledger.questions[id], ledger.outcomes.get(id)
        if q["type"] == "yes/no" and o is not None and o["outcome"] is not None and not rule_came_later(q, f):
            loss.setdefault(id, {})[who] = (float(np.mean(ends(f))) - float(o["outcome"])) ** 2
    usual = {id: float(np.mean(list(own.values()))) for id, own in loss.items()}
    added = FEWEST_TO_RANK * (float(np.mean([x for own in loss.values() for x in own.values()])) if loss else 0.0)
    found: dict[str, dict[str, Any]] = {}
    for who in dict.fromkeys(who for own in loss.values() for who in own):
        asked = [id for id, own in loss.items() if who in own]
        mine = added + sum(loss[id][who] for id in asked)
        known = len(asked) >= FEWEST_TO_RANK and mine > 0
        weight = (added + sum(usual[id] for id in asked)) / mine if known else 1.0
        found[who] = {"weight": weight, "resolved": len(asked)}
    return found


def _named(forecasts: Iterable[Entry], key: str) -> list[str]:
    return list(dict.fromkeys(f[key] for f in forecasts if f.get(key)))


def _ranking(authors: dict[str, dict[str, Any]]) -> list[dict[str, Any]] | None:
    """By mean Brier score, those with enough yes/no questions; None where fewer than two have."""
    enough = [(a, s["brier"], s["yes_no"]) for a, s in authors.items() if s["yes_no"] >= FEWEST_TO_RANK]
    if len(enough) < 2:
        return None
    return [{"author": a, "brier": b, "questions": n} for a, b, n in sorted(enough, key=lambda one: one[1])]


def _of(ledger: Ledger, forecasts: Iterable[Entry]) -> dict[str, Any]:
    rows = [(ledger.questions[f["question"]], f, ledger.outcomes[f["question"]]["outcome"]) for f in forecasts]
    yes = [(q, f, float(o)) for q, f, o in rows if q["type"] == "yes/no"]
    chosen = [(q, f, o) for q, f, o in rows if q["type"] in ("options", "ordered")]
    numbers = [_crps(_shape(q, f), float(o)) for q, f, o in rows if q["type"] == "number"]
    dates = [_crps(_shape(q, f), day_number(o, q), cap=day_number(LATER, q)) for q, f, o in rows if q["type"] == "date"]
    several = [_row(q, f) for q, f, _ in chosen]
    came = [q["options"].index(o) for q, _, o in chosen]
    ranked = [float(categorical.ranked_probability(p, c)[0])
              for (q, _, _), p, c in zip(chosen, several, came, strict=True) if q["type"] == "ordered"]  # fmt: skip
    return {
        "n": len(rows), "questions": len({q["id"] for q, _, _ in rows}), "yes_no": len({q["id"] for q, _, _ in yes}),
        **_yes_no(yes),
        "brier_options": _mean([float(categorical.brier_multi(p, c)[0]) for p, c in zip(several, came, strict=True)]),
        "calibration_options": _bins(
            np.array([x for row in several for x in row]),
            np.array([float(k == c) for row, c in zip(several, came, strict=True) for k in range(len(row))]),
        ),
        "rps": _mean(ranked), "crps": _mean(numbers), "crps_days": _mean(dates), "coverage": list(_coverage(rows)),
    }  # fmt: skip


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if len(values) else None


def _row(question: Entry, forecast: Entry) -> list[float]:
    return [forecast["options"][option] for option in question["options"]]


Normal = tuple[float, float]


def _shape(question: Entry, forecast: Entry) -> Piecewise | Normal:
    """A normal, or straight lines through the quantiles, which go on to the levels 0 and 1; of a date in days."""
    if forecast.get("normal") is not None:
        mean, sd = forecast["normal"]
        return float(mean), float(sd)
    said = forecast["quantiles"]
    if question["type"] == "date":
        said = {level: day_number(day, question) for level, day in said.items()}
    points = levels(said)
    return Piecewise(tuple(p for p, _ in points), tuple(float(x) for _, x in points))


def _crps(shape: Piecewise | Normal, outcome: float, *, cap: float | None = None) -> float:
    """With `cap`, forecast and outcome count only up to there: the CRPS of the smaller of the two, which is proper
    (a threshold-weighted score of Gneiting and Ranjan 2011, Journal of Business and Economic Statistics 29)."""
    if not isinstance(shape, Piecewise):
        return float(continuous.crps_normal(*shape, outcome))
    bends = [0.0, *shape.levels, 1.0]
    if cap is not None:
        bends.append(float(shape.cdf(np.array([cap]))[0]))
    whole = np.unique(np.array(bends))
    grid = shape.quantile(whole)
    if cap is not None:
        grid, outcome = np.minimum(grid, cap), min(outcome, cap)
    inside = float(np.clip(outcome, grid[0], grid[-1]))
    return float(continuous.crps_grid(whole, grid, inside)[0]) + abs(outcome - inside)


def _coverage(rows: Sequence[tuple[Entry, Entry, Any]]) -> Iterator[dict[str, Any]]:
    """Of numbers and dates: how often what came lay in the middle half and the middle 8 in 10 of what was said.

    Only forecasts that say so count: a normal, or quantiles on both sides as far out as that.
    """
    for tail in (0.25, 0.1):
        held = []
        for q, f, o in rows:
            if q["type"] not in ("number", "date"):
                continue
            shape = _shape(q, f)
            if isinstance(shape, Piecewise):
                if shape.levels[0] > tail or shape.levels[-1] < 1 - tail:
                    continue
                low, high = shape.quantile(np.array([tail, 1 - tail]))
            else:
                low, high = (shape[0] + side * float(normal.score(1 - tail)) * shape[1] for side in (-1, 1))
            came = day_number(o, q) if q["type"] == "date" else float(o)
            held.append(low <= came <= high)
        if held:
            share = float(np.mean(held))
            yield {
                "level": round(1 - 2 * tail, 2),
                "n": len(held),
                "held": share,
                "interval": list(wilson(share, len(held))),
            }


def ends(forecast: Entry) -> tuple[float, float]:
    """The lowest and highest probability that a yes/no forecast names."""
    if forecast.get("range") is not None:
        return float(forecast["range"][0]), float(forecast["range"][1])
    return float(forecast["probability"]), float(forecast["probability"])


def _yes_no(rows: Sequence[tuple[Entry, Entry, float]]) -> dict[str, Any]:
    if not rows:
        return {"brier": None, "brier_bounds": None, "log": None, "calibration": [], "murphy": None,
                "discrimination": None, "skill": None, "skill_against_stated": None, "ranges": 0}  # fmt: skip
    bounds = np.array([ends(f) for _, f, _ in rows])
    p, o = bounds.mean(axis=1), np.array([came for _, _, came in rows])
    losses = (bounds - o[:, None]) ** 2
    best = np.where((bounds[:, 0] <= o) & (o <= bounds[:, 1]), 0.0, losses.min(axis=1))
    parts = binary.murphy(p, o)
    stated = [
        (f, came, q["base_rate"]) for f, (q, _, came) in zip(p, rows, strict=True) if q.get("base_rate") is not None
    ]
    return {
        "brier": float(binary.brier(p, o).mean()),
        "brier_bounds": [float(best.mean()), float(losses.max(axis=1).mean())],
        "log": float(binary.log_score(p, o, clip=binary.CLIP).mean()),
        "calibration": _bins(p, o),
        "murphy": {"reliability": parts.reliability, "resolution": parts.resolution, "uncertainty": parts.uncertainty},
        "discrimination": float(p[o == 1].mean() - p[o == 0].mean()) if 0 < o.sum() < o.size else None,
        "skill": binary.skill(p, o),
        "skill_against_stated": _skill(stated),
        "ranges": int((bounds[:, 0] < bounds[:, 1]).sum()),
    }  # fmt: skip


def _bins(p: "np.ndarray[Any, Any]", o: "np.ndarray[Any, Any]") -> list[dict[str, Any]]:
    return [
        {"bin": [b.low, b.high], "n": b.n, "forecast": b.forecast, "observed": b.observed,
         "interval": list(wilson(b.observed, b.n))}
        for b in (binary.calibration(p, o) if p.size else ())
    ]  # fmt: skip


def _skill(rows: Sequence[tuple[float, float, float]]) -> float | None:
    """1 - mean Brier over that of the base rates stated with the questions."""
    reference = sum((base - o) ** 2 for _, o, base in rows)
    return 1 - sum((p - o) ** 2 for p, o, _ in rows) / reference if reference else None


def wilson(share: float, n: int) -> tuple[float, float]:
    """95 % interval of a share seen in n cases (Wilson 1927, JASA 22)."""
    z = _NORMAL**2 / n
    middle, half = (share + z / 2) / (1 + z), _NORMAL / (1 + z) * np.sqrt(share * (1 - share) / n + z / (4 * n))
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))
