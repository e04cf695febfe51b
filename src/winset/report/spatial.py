"""Collective choice in words, rows and the published JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from winset.domain.runs import Assumption
from winset.models.spatial.challenge import CONFRONTATION, STAYS
from winset.models.spatial.election import Election
from winset.models.spatial.exchange import Exchange
from winset.models.spatial.forecasts import Forecasts, Path
from winset.models.spatial.record import RECORD
from winset.report import spatial_record as record
from winset.report import words

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
METHOD = "normal around the compromise, its deviation the weighted spread of positions, cut at the ends of the scale"


def as_json(
    results: Mapping[str, Forecasts],
    assumptions: Sequence[Assumption] = (),
    gaps: Sequence[str] = (),
    *,
    exchange: Exchange | None = None,
    distribution: str = "normal",
    joint: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The value that `winset solve spatial --json` prints; `distribution` is "normal" or a chain of elections."""
    return {
        "issues": issues_json(results, distribution=distribution),
        "exchange": None if exchange is None else _exchange(exchange),
        "joint": joint,
        "record": record.as_json(),
        "assumptions": [a.as_json() for a in assumptions],
        "gaps": list(gaps),
    }


def issues_json(results: Mapping[str, Forecasts], *, distribution: str = "normal") -> list[dict[str, Any]]:
    """Each issue's forecasts, distribution, elections, bargaining, procedures and disagreement as plain values."""
    return [
        {
            "issue": issue,
            "parties": list(found.inputs.parties),
            "forecasts": {**found.points, "challenge": [_path(p, found.inputs.parties) for p in found.challenge]},
            "distribution": _distribution(found, distribution),
            "elections": [
                {
                    "method": election_name(e),
                    "options": e.options.tolist(),
                    "probability": e.probability.tolist(),
                    "mean": e.mean,
                }
                for e in found.elections
            ],
            "bargaining": [
                {
                    "variant": f"{b.loss} loss",
                    "disagreement": b.disagreement,
                    "zone": list(b.zone),
                    "nash": b.nash,
                    "kalai_smorodinsky": b.kalai_smorodinsky,
                }
                for b in found.bargains
            ],
            "cores": [{"quota": c.quota, "core": [c.low, c.high]} for c in found.cores],
            "procedures": [
                {
                    "name": p.name,
                    "setter": p.setter,
                    "quota": p.quota,
                    "vetoes": list(p.vetoes),
                    "bias": p.bias,
                    "status_quo": p.status_quo,
                    "win_set": list(p.win_set),
                    "outcome": p.outcome,
                    "blockers": list(p.blockers),
                }
                for p in found.procedures
            ],
            "disagreement": record.disagreement(found),
            "ties": {name: list(values) for name, values in found.ties.items()},
        }
        for issue, found in results.items()
    ]


def election_name(e: Election) -> str:
    """The variant in full: chain, victory model, votes."""
    return f"probabilistic Condorcet election, {e.chain}, {e.victory} victory, votes by weight and distance"


def _distribution(found: Forecasts, which: str) -> dict[str, Any]:
    if which == "normal":
        return {"method": METHOD, "quantiles": {f"{q:g}": float(found.distribution.quantile(q)) for q in LEVELS}}
    chosen = next(e for e in found.elections if e.chain == which)
    return {"method": election_name(chosen), "quantiles": {f"{q:g}": chosen.quantile(q) for q in LEVELS}}


def _exchange(exchange: Exchange) -> dict[str, Any]:
    return {
        "variant": exchange.variant, "before": exchange.before, "after": exchange.after,
        "trades": [
            {"giver": t.giver, "taker": t.taker, "gives": t.gives, "takes": t.takes,
             "giver_moves": [t.giver_from, t.giver_to], "taker_moves": [t.taker_from, t.taker_to], "gain": t.gain,
             "others": dict(t.others)}
            for t in exchange.trades
        ],
    }  # fmt: skip


def _path(path: Path, parties: tuple[str, ...]) -> dict[str, Any]:
    return {
        "variant": path.variant,
        "rounds": [
            {
                "positions": [float(v) for v in state.position],
                "median": median,
                "mean": mean,
                "moves": [
                    {"party": parties[i], "pressed_by": parties[int(state.pressed_by[i])],
                     "kind": "confrontation" if state.kind[i] == CONFRONTATION else "compromise"}
                    for i in range(len(parties)) if state.kind[i] != STAYS
                ],
            }
            for state, median, mean in zip(path.rounds, path.median, path.mean, strict=True)
        ],
    }  # fmt: skip


def dots(found: Forecasts) -> list[dict[str, Any]]:
    """Chart data: one row a party, its position and its capability x salience for the size of the dot."""
    x = found.inputs
    return [
        {"party": p, "position": float(a), "power": float(w)}
        for p, a, w in zip(x.parties, x.position, x.weight, strict=True)
    ]


def movement(found: Forecasts) -> list[dict[str, Any]]:
    """Chart data: one row a variant, round and party."""
    return [
        {"variant": path.variant, "round": r, "party": p, "position": float(a)}
        for path in found.challenge
        for r, state in enumerate(path.rounds)
        for p, a in zip(found.inputs.parties, state.position, strict=True)
    ]


def as_text(
    results: Mapping[str, Forecasts],
    assumptions: Sequence[Assumption],
    gaps: Sequence[str] = (),
    *,
    exchange: Exchange | None = None,
) -> str:
    """One block an issue: every forecast, the interval, the rounds; then what all of it rests on."""
    lines = [(f"In brackets: mean absolute error on {RECORD.issues} decided issues of EU law, in hundredths of the scale, "
             "and its 95 % interval. There is no record of other arenas.")]  # fmt: skip
    for issue, found in results.items():
        lines.append(f"{issue} ({words.count(len(found.inputs.parties), 'party', 'parties')})")
        for name, value in found.points.items():
            shown = "none" if value is None else f"{value:g}"
            tied = f" (ties with {', '.join(f'{t:g}' for t in found.ties[name])})" if name in found.ties else ""
            lines.append(f"  {name.replace('_', ' '):28}{shown}{tied}{record.beside(name)}")
        low, high = found.distribution.quantile([0.1, 0.9])
        lines.append(f"  8 in 10 between              {low:g} and {high:g}")
        for path in found.challenge:
            lines.append(f"  challenge, {path.variant + ',':18}" + "median by round: "
                         + " ".join(f"{m:.4g}" for m in path.median)
                         + record.beside(f"challenge {path.variant}"))  # fmt: skip
        for e in found.elections:
            top = int(e.probability.argmax())
            lines.append(f"  election, {e.chain + ',':18} mean {e.mean:g}, likeliest {e.options[top]:g} "
                         f"({100 * e.probability[top]:.0f} %)")  # fmt: skip
        for b in found.bargains:
            lines.append(f"  Nash, {b.loss} loss".ljust(30) + f"{b.nash:g}; Kalai-Smorodinsky "
                         f"{b.kalai_smorodinsky:g} (without agreement: {b.disagreement})")  # fmt: skip
        lines += [f"  {sentence}" for sentence in record.disagreement(found)]
        for c in found.cores:
            share = "more than half" if c.quota <= 0.5 else f"{100 * c.quota:.4g} %"
            kept = f"{c.low:g}" if c.low == c.high else f"anything from {c.low:g} to {c.high:g}"
            lines.append(f"  {share} of votes could not agree to change {kept}")
        for p in found.procedures:
            change = "stays" if p.outcome == p.status_quo else f"moves to {p.outcome:g}"
            stop = f"; {', '.join(p.blockers)} could block" if p.blockers else ""
            lines.append(f"  {p.name}: {p.status_quo:g} {change}{stop}")
    if exchange is not None:
        for t in exchange.trades:
            lines.append(f"Trade: {t.giver} gives on {t.gives} ({t.giver_from:g} to {t.giver_to:g}), {t.taker} on "
                         f"{t.takes} ({t.taker_from:g} to {t.taker_to:g}); each gains {t.gain:.3g}")  # fmt: skip
        for issue, value in exchange.after.items():
            lines.append(f"{issue} after trades: {value:g} (before: {exchange.before[issue]:g})")
    lines += [f"Assumed: {a.text}." for a in assumptions] + [f"Note: {gap}." for gap in gaps]
    return "\n".join(lines)
