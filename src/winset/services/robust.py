"""Robust choice: which deals are acceptable in most of a case's scenarios, and how much they leave on the table there."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.domain.case import Case
from winset.errors import FormulationError, ModelError, UsageError
from winset.formulation.drawn.bargaining import Bargaining
from winset.formulation.drawn.numbers import NotTogether
from winset.formulation.uncertainty import UncertainCase, uncertain
from winset.models.bargaining.many import gains_many
from winset.models.bargaining.outcomes import STEP
from winset.models.uncertainty import robust as model
from winset.models.uncertainty.draws import SCRAMBLINGS, scrambling_of
from winset.models.uncertainty.marginals import Floats
from winset.services import inputs
from winset.services.propagation import MOST_DRAWS
from winset.services.sources import reviewed_case
from winset.services.whatif import paired

DRAWS, TOP = 1_024, 5
MOST_DEALS = 100_000
_CELLS = 1 << 21  # numbers held at a time
BASE = "as it stands"


def robust(
    sources: Sequence[str], *, measure: model.Measure = "nash", chances: Mapping[str, float] | None = None,
    draws: int = DRAWS, seed: int = 1, top: int = TOP, at: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The value that `winset scenario robust --json` prints.

    sources  `CASE` and `CASE@NAME`; one case alone stands for itself and all its scenarios
    chances  by scenario (the first source is "as it stands"), summing to 1; all alike where not given
    Raises UsageError on fewer than two scenarios or chances that do not fit, FormulationError where deals cannot be listed.
    """
    given = list(sources)
    if len(given) == 1:
        path, name = inputs.split(given[0])
        names = [] if name else [str(one.get("name")) for one in reviewed_case(path).scenarios]
        given += [f"{path}@{one}" for one in names]
    if len(given) < 2:
        raise UsageError("a choice is robust over two scenarios or more; keep some with winset scenario add")
    loaded = [(inputs.split(one)[1] or (BASE if n == 0 else one), *inputs.load(one)) for n, one in enumerate(given)]
    return over(loaded, measure=measure, chances=chances, draws=draws, seed=seed, top=top, at=at)


def over(
    loaded: Sequence[tuple[str, Case, date | None]], *, measure: model.Measure = "nash",
    chances: Mapping[str, float] | None = None, draws: int = DRAWS, seed: int = 1, top: int = TOP, at: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """`robust` of cases in hand, (name, case, day) each: the deals are those of the first."""
    if not SCRAMBLINGS <= draws <= MOST_DRAWS:
        raise UsageError(f"--draws lies in {SCRAMBLINGS}..{MOST_DRAWS:,}, got {draws:,}")
    names = [name for name, _, _ in loaded]
    if len(set(names)) < len(names):
        raise UsageError(f"a scenario is named twice: {', '.join(names)}")
    weights = _weights(names, chances)
    worlds = [_world(name, case, at or day or case.as_of) for name, case, day in loaded]
    first = worlds[0][1].problem
    count = int(np.prod(first.shape))
    if count > MOST_DEALS:
        raise FormulationError(
            f"{count:,} deals are more than the {MOST_DEALS:,} that are held against each other; drop an issue"
        )
    places = [_same_deals(worlds[0], one, count) for one in worlds]
    xs = paired([asked.inputs for asked, _, _ in worlds], draws, seed)
    found = [
        model.held(_blocks(made, x, place, measure), count)
        for (_, made, _), x, place in zip(worlds, xs, places, strict=True)
    ]
    ranked = model.order(found, weights)
    shown = ranked[: max(1, top)]
    by_draw = [
        np.concatenate([most[:, None] - worth for worth, _, most in _blocks(made, x, place[shown], measure)])
        for (_, made, _), x, place in zip(worlds, xs, places, strict=True)
    ]
    expected = np.tensordot(np.array(weights), np.stack(by_draw), axes=1)
    return {
        "measure": measure, "draws": draws, "seed": seed, "deals": count,
        "scenarios": [{"name": name, "chance": w, "parties": _deciding(made),
                       "possible": float((one.acceptable > model.MOST).mean())}
                      for name, w, (_, made, _), one in zip(names, weights, worlds, found, strict=True)],
        "acceptable_in_all": int(np.all([one.acceptable > model.MOST for one in found], axis=0).sum()),
        "acceptable_in_most": int((model.often(found) > len(names) / 2).sum()),
        "robust": [_deal(first, int(k), n, names, found, weights, by_draw, expected, draws) for n, k in enumerate(shown)],
        "least_regret": _least(first, found, weights),
        "assumptions": [one.as_json() for one in _assumptions(worlds)],
        "means": (
            "acceptable: to all who must sign, in more than half of the draws; regret: how much more the best deal of a draw "
            f"would have been worth ({measure} over what the parties gain), no deal being worth 0"
        ),
    }  # fmt: skip


World = tuple[UncertainCase, Bargaining, str]
Places = NDArray[np.int64]


def _weights(names: Sequence[str], chances: Mapping[str, float] | None) -> tuple[float, ...]:
    if not chances:
        return (1 / len(names),) * len(names)
    strange = [name for name in chances if name not in names]
    if strange:
        raise UsageError(f"no scenario {strange[0]!r}; there are {', '.join(map(repr, names))}")
    try:
        return model.checked_weights([chances.get(name, 0.0) for name in names])
    except ModelError as error:
        raise UsageError(str(error)) from None


def _world(name: str, case: Case, at: date | None) -> World:
    asked = uncertain(case, at, "bargaining")
    try:
        return asked, Bargaining(asked), name
    except NotTogether as error:
        raise FormulationError(f"{name}: deals cannot be listed: {error}; give continuous issues steps") from None


def _same_deals(base: World, other: World, count: int) -> Places:
    """(deals,) the outcome in another scenario that is each of the first one's deals; what it does not speak of stays as it
    stands without a deal, and what is off the table there is left out."""
    ours, theirs = base[1].problem, other[1].problem
    own = np.array(np.unravel_index(np.arange(count), ours.shape))
    at = {issue.name: n for n, issue in enumerate(ours.issues)}
    places = np.zeros((len(theirs.issues), count), dtype=np.int64)
    for k, issue in enumerate(theirs.issues):
        where = {value: n for n, value in enumerate(issue.values)}
        if issue.name in at:
            values = ours.issues[at[issue.name]].values
            if any(value not in where for value in values):
                raise FormulationError(
                    f"{other[2]}: {issue.name} has other values there, so deals are not the same; keep its scale"
                )
            places[k] = np.array([where[value] for value in values])[own[at[issue.name]]]
            continue
        quo = other[0].case.issue(issue.name).status_quo
        if quo not in where:
            raise FormulationError(
                f"{other[2]}: {issue.name} comes to the table there and the deals do not speak of it; say how it stands without "
                "a deal (its status quo)"
            )
        places[k] = where[quo]
    return np.asarray(np.ravel_multi_index(tuple(places), theirs.shape), dtype=np.int64)


def _blocks(
    made: Bargaining, x: Floats, place: Places, measure: model.Measure
) -> Iterator[tuple[Floats, NDArray[np.bool_], Floats]]:
    """Worth of the deals at `place`, whether they are accepted, and the most that any outcome is worth, block by block."""
    deciding = {made.problem.parties.index(one) for one in _deciding(made)}
    size = int(np.prod(made.problem.shape)) * len(made.problem.parties)
    block = max(1, _CELLS // size)
    for start in range(0, len(x), block):
        tables, floors = made.worths(x[start : start + block])
        gains = [one * STEP for i, one in enumerate(gains_many(tables, floors)) if i in deciding]
        worth, accepted = model.values(gains, measure)
        if made.allowed is not None:  # what cannot be is accepted by nobody and worth no deal
            worth, accepted = np.where(made.allowed, worth, 0.0), accepted & made.allowed
        yield worth[:, place], accepted[:, place], worth.max(axis=1)


def _deciding(made: Bargaining) -> list[str]:
    """Those of the parties who must sign; all of them where nobody is named."""
    signers = made.asked.case.signers(made.asked.at)
    return [one for one in made.problem.parties if one in signers] or list(made.problem.parties)


def _terms(problem: Any, k: int) -> dict[str, Any]:
    places = np.unravel_index(k, problem.shape)
    return {issue.name: issue.values[int(n)] for issue, n in zip(problem.issues, places, strict=True)}


def _deal(
    problem: Any, k: int, n: int, names: Sequence[str], found: Sequence[model.Held], weights: Sequence[float],
    by_draw: Sequence[Floats], expected: Floats, draws: int,
) -> dict[str, Any]:  # fmt: skip
    regrets = [float(one.regret[k]) for one in found]
    worst = int(np.argmax(regrets))
    place = scrambling_of(draws)
    return {
        "deal": _terms(problem, k),
        "acceptable_in": int(sum(one.acceptable[k] > model.MOST for one in found)),
        "by_scenario": [
            {"scenario": name, "acceptable": float(one.acceptable[k]), "regret": regret,
             "regret_in_8_of_10": np.quantile(drawn[:, n], [0.1, 0.9]).tolist()}
            for name, one, regret, drawn in zip(names, found, regrets, by_draw, strict=True)
        ],
        "max_regret": regrets[worst], "worst_in": names[worst],
        "expected_regret": float(np.dot(regrets, weights)),
        "beside_first": None if n == 0 else model.difference(expected[:, 0], expected[:, n], place),
    }  # fmt: skip


def _least(problem: Any, found: Sequence[model.Held], weights: Sequence[float]) -> dict[str, Any]:
    """The deals with the smallest largest and the smallest expected regret, whoever accepts them."""
    largest = np.rint(np.max([one.regret for one in found], axis=0) * 1e9)
    expected = np.rint(np.average([one.regret for one in found], axis=0, weights=list(weights)) * 1e9)
    a, b = int(largest.argmin()), int(expected.argmin())
    return {
        "maximal": {"deal": _terms(problem, a), "regret": float(largest[a] / 1e9)},
        "expected": {"deal": _terms(problem, b), "regret": float(expected[b] / 1e9)},
    }


def _assumptions(worlds: Sequence[World]) -> list[Any]:
    return list(
        {one.text: one for asked, made, _ in worlds for one in (*asked.assumptions, *made.assumptions)}.values()
    )
