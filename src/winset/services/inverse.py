"""What would have to be true for an answer: input by input over the draws, and the smallest change of several together."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from winset.errors import UsageError
from winset.models.normal import below
from winset.models.uncertainty.draws import draw
from winset.models.uncertainty.inverse import nearest
from winset.models.uncertainty.marginals import Floats
from winset.services import one_by_one
from winset.services.propagation import Question

Answers = Callable[[Floats], Floats]
"""(draws,) of (draws, inputs) values."""
_DRAWS, _FEWEST = 8_192, 30
_POINTS, _FEW_POINTS = 12_000, 900
"""Points of the search where all are answered at once, and one by one."""
_LIKELY = 0.5
_TOLD = 5
_LIKELY_DRAWS, _FEW_LIKELY_DRAWS = 2_048, 128


def target(
    q: Question, f: Answers, output: str, asked: tuple[float, float], total: Floats, seed: int
) -> dict[str, Any]:
    """`conditions` input by input, `together` the smallest change of all inputs at once; `total` Sobol indices by group."""
    low, high = asked
    if not low <= high:
        raise UsageError(f"--target wants LOW and HIGH with LOW <= HIGH, got {low:g} and {high:g}")
    found = _one_by_one(q, f, asked, seed)
    joint = _together(q, f, output, asked, total, seed)
    return {**found, "together": joint, "text": [*found["text"], *joint["text"]]}


def _together(
    q: Question, f: Answers, output: str, asked: tuple[float, float], total: Floats, seed: int
) -> dict[str, Any]:  # fmt: skip
    """The change nearest to the medians after which the answer lies in the target; whether it is then the likely one."""
    inputs, (low, high) = q.asked.inputs, asked
    at_once = q.together is not None
    points = _POINTS if at_once else _FEW_POINTS
    found = nearest(lambda z: f(inputs.values(below(z))), len(inputs.names), low, high, points=points, seed=seed)
    if found is None:
        said = "Of all combinations of inputs that were tried, far ones too, none gives that answer."
        return {"changes": [], "distance": None, "answer": None, "share_then": None, "also_known": [], "tried": 0, "reached": 0,
                "text": [said]}  # fmt: skip
    scores = np.stack([np.zeros(len(inputs.names)), found.scores])
    levels = below(scores)
    before, after = inputs.values(levels)
    moved = [c for c in range(len(inputs.names)) if abs(after[c] - before[c]) > 1e-12 * max(1.0, abs(before[c]))]
    again = one_by_one.answer(q.asked, q.method, q.rule, after, rounds=q.rounds).get(output, float("nan"))
    inside = low - 1e-6 * max(1.0, abs(low)) <= again <= high + 1e-6 * max(1.0, abs(high))
    drawn = draw(inputs, _LIKELY_DRAWS if at_once else _FEW_LIKELY_DRAWS, seed)
    share, known = _likely(q, f, asked, drawn, after, moved, total)
    result: dict[str, Any] = {
        "changes": [
            {"input": inputs.names[c], "from": float(before[c]), "to": float(after[c]), "level": _level(q, c, after)}
            for c in sorted(moved, key=lambda c: -abs(found.scores[c]))
        ],
        "distance": found.distance, "answer": float(again) if again == again else None, "holds": bool(inside),
        "share_then": share, "also_known": [{"input": inputs.names[c], "value": float(after[c])} for c in known[0]],
        "share_if_known": known[1], "tried": found.tried, "reached": found.reached,
    }  # fmt: skip
    return {**result, "text": list(_words(result))}


def _level(q: Question, column: int, values: Floats) -> float:
    return float(q.asked.inputs.marginals[column].cdf(values[column : column + 1])[0])


def _likely(
    q: Question, f: Answers, asked: tuple[float, float], drawn: Floats, after: Floats, moved: list[int], total: Floats
) -> tuple[float, tuple[list[int], float | None]]:
    """(share of draws in the target once the changed inputs are known to be so, (what else would have to be known, in the
    order of its weight, until it is the likely answer, and the share then))."""
    low, high = asked
    slack = 1e-9 * max(1.0, abs(low), abs(high))

    def share() -> float:
        y = f(drawn)
        return float(((y >= low - slack) & (y <= high + slack)).mean())

    drawn[:, moved] = after[moved]
    first = now = share()
    also: list[int] = []
    weight = {c: total[k] for k, group in enumerate(q.asked.inputs.groups) for c in group}
    for c in sorted(weight, key=lambda c: -weight[c]):
        if now > _LIKELY:
            break
        if c not in moved:
            also.append(c)
            drawn[:, c] = after[c]
            now = share()
    return first, (also, now if also else None)


def _words(found: dict[str, Any]) -> Iterator[str]:
    changes = found["changes"]
    if not changes:
        yield "With every input at its middle value the answer lies there already."
    else:
        told = "; ".join(
            f"the {one['input']} {one['to']:.4g} instead of {one['from']:.4g} ({_how_far(one['level'])})"
            for one in changes[:_TOLD]
        )
        more = len(changes) - _TOLD
        told += f"; and lesser changes of {more} more (--json has them)" if more > 0 else ""
        alone = "changing one input" if len(changes) == 1 else f"changing {len(changes)} inputs together"
        yield f"The smallest way there is {alone}, all others at their middle values: {told}."
        yield (
            f"Solved by itself with these inputs the answer is {_number(found['answer'])}; of {found['tried']:,} other combinations "
            f"that change less by a twelfth or more {'none leads' if not found['reached'] else str(found['reached']) + ' lead'} there."
        )
    then = f"{100 * found['share_then']:.0f} % of draws of the other inputs"
    if found["share_then"] > _LIKELY:
        yield f"It is then the likely answer: it holds in {then}."
    elif found["also_known"]:
        rest = "; ".join(f"the {one['input']} {one['value']:.4g}" for one in found["also_known"][:_TOLD])
        more = len(found["also_known"]) - _TOLD
        rest += f"; and {more} more (--json has them)" if more > 0 else ""
        likely = found["share_if_known"] > _LIKELY
        yield (
            f"That alone does not make it the likely answer (it holds in {then}); "
            + (f"it is in {100 * found['share_if_known']:.0f} % if these too are known to be as judged in the middle: {rest}."
               if likely else "not even if all others are known to be as judged in the middle.")
        )  # fmt: skip
    else:
        yield f"It holds in {then}."


def _how_far(level: float) -> str:
    if level >= 0.5:
        return f"as high only {100 * (1 - level):.2g} times in 100"
    return f"as low only {100 * level:.2g} times in 100"


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.4g}"


def _one_by_one(q: Question, f: Answers, target: tuple[float, float], seed: int) -> dict[str, Any]:
    """The inputs in the draws whose answer lies in the target, beside all draws.

    `distance` is Kolmogorov's, between both distributions. Source: Hornberger and Spear 1981, Journal of Environmental
    Management 12.
    """
    low, high = target
    asked = q.asked.inputs
    x = draw(asked, _DRAWS, seed)
    y = f(x)
    inside = (y >= low - 1e-9) & (y <= high + 1e-9)
    share = float(inside.mean())
    if inside.sum() < _FEWEST:
        said = f"The answer lies between {low:g} and {high:g} in {int(inside.sum())} of {len(y):,} draws: too few to say when."
        return {"low": low, "high": high, "share": share, "conditions": [], "text": [said]}
    conditions = []
    for c, name in enumerate(asked.names):
        values = np.sort(x[:, c])
        here = np.sort(x[inside, c])
        at = np.unique(values)
        gap = (
            np.searchsorted(here, at, side="right") / here.size
            - np.searchsorted(values, at, side="right") / values.size
        )
        conditions.append({
            "input": name, "distance": float(np.abs(gap).max()),
            "all": np.quantile(values, [0.1, 0.5, 0.9]).tolist(), "then": np.quantile(here, [0.1, 0.5, 0.9]).tolist(),
        })  # fmt: skip
    noise = 1.36 / np.sqrt(inside.sum())  # 5 % point of Kolmogorov's statistic
    kept = sorted((one for one in conditions if one["distance"] > noise), key=lambda one: -float(one["distance"]))
    text = [f"The answer lies between {low:g} and {high:g} in {100 * share:.1f} % of draws."]
    text += [
        f"Then the {one['input']} is typically {one['then'][1]:.4g} (8 in 10 between {one['then'][0]:.4g} and "
        f"{one['then'][2]:.4g}); over all draws it is {one['all'][1]:.4g} ({one['all'][0]:.4g} to {one['all'][2]:.4g})."
        for one in kept
    ]
    if not kept:
        text.append("No single input has to differ from what is judged.")
    return {"low": low, "high": high, "share": share, "conditions": kept, "text": text}
