"""Which judgements of a case are uncertain, what is known about each, and the case with numbers drawn for them."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import numpy as np

from winset.domain.case import Case
from winset.domain.estimates import Chances, Estimate, Exact, Judgement, Likely, Quantiles, Range, Table
from winset.domain.plain.estimates import estimate_from, value_to
from winset.domain.runs import Assumption
from winset.errors import CaseError, FormulationError, ModelError
from winset.models.uncertainty.draws import Correlation, Inputs, alike
from winset.models.uncertainty.marginals import (
    Discrete,
    Floats,
    LinearPool,
    LogPool,
    Marginal,
    Piecewise,
    Triangular,
)

Pooling = Literal["linear", "log"]
Key = tuple[str, str, str | None]
"""Quantity, party (or a ratifier's name, for its quantities), issue."""

USED_BY: dict[str, tuple[str, ...]] = {
    "spatial": ("position", "salience", "capability"),
    "bargaining": ("position", "salience", "reservation", "outside option"),
    "offers": ("discount", "haste", "outside option"),
    "ratification": (
        "position", "salience", "reservation", "outside option",
        "ratifier's position", "ratifier's salience", "ratifier's reservation",
    ),
    "stability": ("preference weight",),
}  # fmt: skip
"""Which uncertain quantities each method asks for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UncertainCase:
    """A case at a date with its uncertain inputs; `keys` says which judgement each input is."""

    case: Case
    at: date | None
    keys: tuple[Key, ...]
    inputs: Inputs
    assumptions: tuple[Assumption, ...] = ()

    def with_values(self, values: Floats) -> Case:
        """The case in which each uncertain input is the number drawn for it; values (inputs,)."""
        added: list[Judgement] = []
        ratifiers, conflict = list(self.case.ratifiers), self.case.conflict
        for key, value in zip(self.keys, values, strict=True):
            quantity, who, issue = key
            if quantity == "preference weight":
                conflict = copy.deepcopy(conflict)
                assert conflict is not None
                maker = next(m for m in conflict["decisionMakers"] if m["name"] == who)
                maker["preferenceWeights"][int(issue or 1) - 1] = float(value)
                continue
            if quantity.startswith("ratifier's"):
                n = next(i for i, one in enumerate(ratifiers) if one.name == who)
                one = ratifiers[n]
                if quantity == "ratifier's reservation":
                    ratifiers[n] = replace(one, reservation=Exact(float(value)))
                else:
                    field = "position" if quantity == "ratifier's position" else "salience"
                    pairs = tuple((k, Exact(float(value)) if k == issue else v) for k, v in getattr(one, field))
                    ratifiers[n] = replace(one, position=pairs) if field == "position" else replace(one, salience=pairs)
                continue
            held = self.case.judgement(quantity, who, issue, self.at)
            assert held is not None
            added.append(replace(held, value=Exact(float(value))))
        return self.case.with_(
            judgements=self.case.judgements + tuple(added), ratifiers=tuple(ratifiers), conflict=conflict
        )


def name_of(key: Key) -> str:
    """An input's name: "salience of north on share"."""
    quantity, who, issue = key
    return f"{quantity} of {who}" + (f" on {issue}" if issue else "")


def marginal_of(value: Estimate) -> Marginal:
    """A judgement's value as a distribution: a range is uniform, low/likely/high triangular."""
    match value:
        case Exact():
            return Discrete((value.value,), (1.0,))
        case Range():
            return Piecewise.uniform(value.low, value.high)
        case Likely():
            return Triangular(value.low, value.likely, value.high)
        case Quantiles():
            return Piecewise(tuple(p for p, _ in value.points), tuple(x for _, x in value.points))
        case Chances():
            return Discrete(tuple(x for x, _ in value.options), tuple(p for _, p in value.options))


def uncertain(
    case: Case, at: date | None, method: str, *, pool: Pooling | None = None, weights: Mapping[str, float] | None = None
) -> UncertainCase:
    """The uncertain inputs that `method` asks for at a date.

    pool     how several people's judgements of one quantity are joined; None: the one that holds, alone
    weights  by person, 1 where not named
    Raises FormulationError where experts cannot be pooled, CaseError where a correlation names no judgement or is none.
    """
    wanted = USED_BY.get(method)
    if wanted is None:
        raise FormulationError(f"no uncertainty is propagated through {method!r}; there are {', '.join(USED_BY)}")
    notes: list[Assumption] = []
    found: dict[Key, Marginal] = {}
    for key in dict.fromkeys((j.quantity, j.party, j.issue) for j in case.judgements if j.quantity in wanted):
        held = case.judgement(*key, at)
        if held is None or isinstance(held.value, Table):
            continue
        marginal = _pooled(case, key, at, pool, weights or {}, notes) if pool else marginal_of(held.value)
        if marginal.ends[0] < marginal.ends[1]:
            found[key] = marginal
    if "ratifier's position" in wanted:
        found |= _of_ratifiers(case)
    if "preference weight" in wanted:
        found |= {key: marginal_of(value) for key, value in _of_conflict(case.conflict or {}).items()}
    keys = tuple(found)
    correlations = tuple(
        one for n, given in enumerate(case.correlations)
        if (one := _correlation(given, keys, case, f"correlations[{n}]")) is not None
    )  # fmt: skip
    try:
        inputs = Inputs(
            names=tuple(map(name_of, keys)), marginals=tuple(found[k] for k in keys), correlations=correlations
        )
    except ModelError as error:
        raise FormulationError(str(error)) from None
    return UncertainCase(case=case, at=at, keys=keys, inputs=inputs, assumptions=tuple(notes))


def _of_ratifiers(case: Case) -> dict[Key, Marginal]:
    found: dict[Key, Marginal] = {}
    for one in case.ratifiers:
        values: list[tuple[Key, Estimate]] = [(("ratifier's position", one.name, k), v) for k, v in one.position]
        values += [(("ratifier's salience", one.name, k), v) for k, v in one.salience]
        if one.reservation is not None:
            values.append((("ratifier's reservation", one.name, None), one.reservation))
        found |= {key: marginal_of(value) for key, value in values if value.ends[0] < value.ends[1]}
    return found


def _of_conflict(conflict: Mapping[str, Any]) -> dict[Key, Estimate]:
    """The weights of preference statements that are no single number."""
    found: dict[Key, Estimate] = {}
    for maker in conflict.get("decisionMakers") or []:
        for n, given in enumerate(maker.get("preferenceWeights") or []):
            value = estimate_from(given, f"preferenceWeights of {maker.get('name')}[{n}]", [])
            if value.ends[0] < value.ends[1]:
                found["preference weight", str(maker["name"]), str(n + 1)] = value
    return found


def _pooled(
    case: Case, key: Key, at: date | None, pool: Pooling, weights: Mapping[str, float], notes: list[Assumption]
) -> Marginal:
    experts: dict[str, Judgement] = {}
    held = case.judgement(*key, at)
    assert held is not None
    for by in dict.fromkeys(j.by for j in case.judgements if j.suggested == held.suggested):
        own = case.with_(judgements=tuple(j for j in case.judgements if j.by == by)).judgement(*key, at)
        if own is not None and not isinstance(own.value, Table):
            experts[by] = own
    if len(experts) == 1:
        return marginal_of(next(iter(experts.values())).value)  # type: ignore[arg-type]  # tables are left out above
    members = tuple(marginal_of(j.value) for j in experts.values() if not isinstance(j.value, Table))
    shares = tuple(float(weights.get(by, 1.0)) for by in experts)
    try:
        made: Marginal = LinearPool(members, shares) if pool == "linear" else LogPool(members, shares)
    except ModelError as error:
        raise FormulationError(f"{name_of(key)}: {error}") from None
    said = "; ".join(
        f"{by} {value_to(j.value)} weight {w:g}" for (by, j), w in zip(experts.items(), shares, strict=True)
    )
    notes.append(Assumption(
        text=f"{name_of(key)}: a {pool} pool of {len(experts)} judgements ({said})",
        quantity=key[0], party=key[1], issue=key[2],
    ))  # fmt: skip
    return made


def _correlation(given: Mapping[str, Any], keys: Sequence[Key], case: Case, where: str) -> Correlation | None:
    """The group among the inputs asked for; None where fewer than two of its members are."""
    members = given.get("members")
    if not isinstance(members, list) or len(members) < 2:
        raise CaseError(f"{where}: a group needs two members or more, each with quantity, party, issue")
    asked: list[Key] = []
    for n, one in enumerate(members):
        if not isinstance(one, Mapping) or "quantity" not in one:
            raise CaseError(f"{where}.members[{n}]: expected quantity, party and issue")
        key = (str(one["quantity"]), str(one.get("party") or one.get("ratifier")), one.get("issue"))
        known = {(j.quantity, j.party, j.issue) for j in case.judgements}
        known |= {(f"ratifier's {q}", r.name, i) for r in case.ratifiers for q, i in _parts(r)}
        if key not in known:
            raise CaseError(f"{where}.members[{n}]: no judgement of {name_of(key)}; judge it, or leave it out")
        asked.append(key)
    try:
        if given.get("matrix") is not None:
            matrix = np.array(given["matrix"], dtype=float)
            Correlation(columns=tuple(range(len(asked))), matrix=matrix)
        else:
            matrix = alike(len(asked), float(given["rho"]))
            Correlation(columns=tuple(range(len(asked))), matrix=matrix)
    except KeyError:
        raise CaseError(f"{where}: give `rho`, one correlation for all, or a `matrix`") from None
    except (TypeError, ValueError):
        raise CaseError(f"{where}: correlations are numbers, one row a member in the matrix") from None
    except ModelError as error:
        raise CaseError(f"{where}: {error}") from None
    there = [n for n, key in enumerate(asked) if key in keys]
    if len(there) < 2:
        return None
    return Correlation(columns=tuple(keys.index(asked[n]) for n in there), matrix=matrix[np.ix_(there, there)])


def _parts(ratifier: Any) -> list[tuple[str, str | None]]:
    return [
        *(("position", issue) for issue, _ in ratifier.position),
        *(("salience", issue) for issue, _ in ratifier.salience),
        ("reservation", None),
    ]
