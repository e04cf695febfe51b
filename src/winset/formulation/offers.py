"""A case at a date as a question about patience."""

from datetime import date
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Table
from winset.domain.runs import Assumption
from winset.errors import FormulationError
from winset.formulation import crisis
from winset.formulation.base import Formulated
from winset.models.offers.inputs import OffersQuestion


def formulate(
    case: Case, at: date | None = None, *, between: tuple[str, ...] | None = None, **options: Any
) -> Formulated[OffersQuestion]:
    """Who has which discount factor and outside option at `at`; the parties at the table in their order.

    between  the parties, first proposer first; by default those who must sign at the latest table up to `at`, or all
             who sit there, or all parties of the case
    options  fields of OffersQuestion that take precedence over the case
    A discount factor is judged per round ("discount"), or follows from "haste": the share of a deal's value that a
    round of waiting costs. A party without either raises FormulationError: no default would be neutral.
    """
    when = at or case.as_of
    assumptions: list[Assumption] = []
    if between:
        parties = tuple(case.party(one).id for one in between)
    elif len(signers := case.signers(when)) > 1:
        parties = signers
        aside = [case.party(seat).name for seat in case.seats(when) if seat not in signers]
        if aside:
            assumptions.append(
                Assumption(
                    text=f"Only those who must sign bargain over the surplus; {', '.join(aside)} "
                    f"{'sits' if len(aside) == 1 else 'sit'} at the table without having to sign."
                )
            )
    else:
        parties = tuple(party.id for party in case.parties)
    if len(parties) < 2:
        raise FormulationError(f"patience needs two parties or more at the table, the case has {len(parties)}")
    assumptions.append(
        Assumption(text=f"{case.party(parties[0]).name} makes the first offer: the first in the order given.")
    )
    factors, ranges, missing = [], [], []
    for party in parties:
        found = _factor(case, party, when, assumptions)
        if found is None:
            missing.append(party)
        else:
            factors.append(found[0])
            ranges.append((found[1], found[2]))
    fields: dict[str, Any] = {}
    if options.get("discounts") is None and options.get("rates") is None:
        if missing:
            raise FormulationError(
                f"no discount factor is judged for {', '.join(missing)} at {when or 'any date'}; add a judgement of "
                '"discount" (what a round of waiting leaves of a deal, 0..1) or "haste" (what it costs), '
                "or say which parties bargain (--between)"
            )
        fields["discounts"] = tuple(factors)
        if any(low < high for low, high in ranges):
            fields["ranges"] = tuple(ranges)
    war = _war(case, parties, when, assumptions)
    outside = [_outside(case, party, when, war.get(party), assumptions) for party in parties]
    if any(outside):
        fields["outside"] = tuple(outside)
    fields |= {key: value for key, value in options.items() if value is not None}
    question = OffersQuestion(parties=parties, **fields)
    return Formulated(inputs=question, assumptions=tuple(assumptions))


def _factor(
    case: Case, party: str, at: date | None, assumptions: list[Assumption]
) -> tuple[float, float, float] | None:
    for quantity in ("discount", "haste"):
        held = case.judgement(quantity, party, None, at)
        if held is None or isinstance(held.value, Table):
            continue
        low, high = held.value.ends
        best = held.value.best
        if quantity == "haste":
            if low < 0 or high > 1:
                raise FormulationError(
                    f"haste of {party}: the share of a deal a round costs lies in 0..1, got {high:g}"
                )
            low, best, high = 1 - high, 1 - best, 1 - low
        assumptions.append(
            Assumption(
                text=f"A round of waiting leaves {case.party(party).name} {best:g} of a deal ({held.by}).",
                quantity="discount",
                party=party,
                value=best,
            )
        )
        return best, low, high
    return None


def _war(case: Case, parties: tuple[str, ...], at: date | None, assumptions: list[Assumption]) -> dict[str, float]:
    """What war is worth to each of two parties where it is judged for both, for those without another way out."""
    missing = [p for p in parties if case.judgement("outside option", p, None, at) is None]
    if len(parties) != 2 or not missing:
        return {}
    try:
        asked = crisis.formulate(case, at, between=parties)
    except FormulationError:
        return {}
    assumptions += asked.assumptions
    p, costs = asked.inputs.p[1], asked.inputs.costs
    return {parties[0]: max(p - costs[0][1], 0.0), parties[1]: max(1 - p - costs[1][1], 0.0)}


def _outside(case: Case, party: str, at: date | None, war: float | None, assumptions: list[Assumption]) -> float:
    held = case.judgement("outside option", party, None, at)
    name = case.party(party).name
    if held is None and war is not None:
        assumptions.append(
            Assumption(
                text=f"The way out of {name} is war, worth {war:g} of the pie to it.", quantity="outside option",
                party=party, value=war,
            )
        )  # fmt: skip
        return war
    if held is None or isinstance(held.value, Table):
        assumptions.append(
            Assumption(
                text=f"No outside option is judged for {name}: taken as 0.",
                quantity="outside option",
                party=party,
                value=0.0,
            )
        )
        return 0.0
    value = held.value.best
    if not 0 <= value <= 1:
        raise FormulationError(f"outside option of {party}: a share of the pie (0..1) is needed, got {value:g}")
    assumptions.append(
        Assumption(
            text=f"{name} can leave for {value:g} of the pie ({held.by}).",
            quantity="outside option",
            party=party,
            value=value,
        )
    )
    return value
