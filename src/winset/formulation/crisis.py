"""A case at a date as a question of force between two of its parties."""

from datetime import date
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Table
from winset.domain.runs import Assumption
from winset.errors import FormulationError
from winset.formulation.base import Formulated
from winset.models.crisis.question import CrisisInputs, Three
from winset.models.crisis.trust import kept_share


def formulate(
    case: Case, at: date | None = None, *, between: tuple[str, ...] | None = None, **_: Any
) -> Formulated[CrisisInputs]:
    """Chance of winning and costs of war of two parties, from the judgements "war probability" and "war cost".

    between  the two, the first one's share is asked for; by default the two of those who must sign (or sit at the
             table) for whom a cost of war is judged
    A chance judged for one is one less the other's; for both, their middle, and the contradiction is named.
    Raises FormulationError where a chance or a cost is missing.
    """
    when = at or case.as_of
    notes: list[Assumption] = []
    gaps: list[str] = []
    pair = _pair(case, when, between)
    costs = tuple(_cost(case, one, when) for one in pair)
    chance = _chance(case, pair, when, notes, gaps)
    for one, cost in zip(pair, costs, strict=True):
        notes.append(
            Assumption(
                text=f"War would cost {case.party(one).name} {cost[1]:g} of the stake.", quantity="war cost", party=one,
                value=cost[1],
            )
        )  # fmt: skip
    inputs = CrisisInputs(parties=(pair[0], pair[1]), p=chance, costs=(costs[0], costs[1]))
    return Formulated(inputs=inputs, assumptions=tuple(notes), gaps=tuple(gaps))


def trusted(case: Case, pair: tuple[str, str], at: date | None = None) -> Formulated[tuple[Three | None, Three | None]]:
    """Chance (low, likely, high) that each party keeps a deal though breaking it would pay.

    Its judged trust; else the share of the case's own precedents that it kept, of those between both, or else its own,
    or else all, under Jeffreys' prior, so that few of them leave a wide interval; else None, which is a gap. A deal that
    others are named to have broken says nothing of it and is left out; where nobody is named it counts against all.
    """
    notes: list[Assumption] = []
    gaps: list[str] = []
    found: list[Three | None] = []
    for party in pair:
        name = case.party(party).name
        held = case.judgement("trust", party, None, at)
        if held is not None and not isinstance(held.value, Table):
            low, high = held.value.ends
            if low < 0 or high > 1:
                raise FormulationError(f"trust in {party} lies in 0..1, got {low:g} to {high:g}")
            found.append((low, held.value.best, high))
            notes.append(Assumption(text=f"{name} would keep a deal that it gains by breaking with chance "
                                    f"{held.value.best:g}.", quantity="trust", party=party, value=held.value.best))  # fmt: skip
            continue
        told = [p for p in case.precedents if p.kept is not None]
        both = [p for p in told if set(pair) <= set(p.parties)]
        own = both or [p for p in told if party in p.parties]
        record = own or told
        if not record:
            found.append(None)
            gaps.append(f"no trust in {name} keeping a deal is judged, and no precedent tells of it")
            continue
        counted = [p for p in record if p.kept or not own or not p.broken_by or party in p.broken_by]
        kept, others = sum(bool(p.kept) for p in counted), len(record) - len(counted)
        mean, (low, high) = kept_share(kept, len(counted) - kept)
        found.append((low, mean, high))
        which = "between both" if both else "with it" if own else "of the case"
        aside = f" ({others} more that others broke left out)" if others else ""
        notes.append(Assumption(text=f"Trust in {name}: {kept} of {len(counted)} precedents {which} were kept{aside}, so "
                                f"{mean:.2f} ({low:.2f} to {high:.2f}).", quantity="trust", party=party, value=mean))  # fmt: skip
    return Formulated(inputs=(found[0], found[1]), assumptions=tuple(notes), gaps=tuple(gaps))


def power_path(case: Case, party: str, at: date | None = None) -> tuple[float, ...]:
    """The party's chances of winning over time: its judgements of "power path" in the order of their days, from `at`.

    Before the first of them its judged chance now stands, or the last of the path before `at` where that is later. Raises FormulationError outside 0..1.
    """
    held = sorted(
        (j for j in case.judgements if j.quantity == "power path" and j.party == party and j.as_of is not None),
        key=lambda j: j.as_of or date.min,
    )
    values = [j.value.best for j in held if not isinstance(j.value, Table) and (at is None or (j.as_of or at) >= at)]
    past = [j for j in held if at is not None and j.as_of is not None and j.as_of < at]
    now = case.judgement("war probability", party, None, at)
    if past and (now is None or (now.as_of or date.min) < (past[-1].as_of or date.min)):
        now = past[-1]  # the path has come this far since the chance was judged
    if now is not None and not isinstance(now.value, Table):
        values.insert(0, now.value.best)
    for value in values:
        if not 0 <= value <= 1:
            raise FormulationError(f"power path of {party}: a chance of winning lies in 0..1, got {value:g}")
    return tuple(values)


def _pair(case: Case, at: date | None, between: tuple[str, ...] | None) -> tuple[str, ...]:
    if between:
        pair = tuple(case.party(one).id for one in between)
    else:
        near = case.signers(at) or tuple(party.id for party in case.parties)
        pair = tuple(one for one in near if case.judgement("war cost", one, None, at) is not None)
    if len(pair) != 2:
        raise FormulationError(
            f"force is asked of two parties with a judged cost of war, there are {len(pair)} "
            f'({", ".join(pair) or "none"}); judge "war cost" for two, or name them with --between'
        )
    return pair


def _cost(case: Case, party: str, at: date | None) -> Three:
    held = case.judgement("war cost", party, None, at)
    if held is None or isinstance(held.value, Table):
        raise FormulationError(f'no cost of war is judged for {party}; add a judgement of "war cost" (0 or more)')
    low, high = held.value.ends
    if low < 0:
        raise FormulationError(f"war cost of {party} is not negative, got {low:g}")
    return low, held.value.best, high


def _chance(case: Case, pair: tuple[str, ...], at: date | None, notes: list[Assumption], gaps: list[str]) -> Three:
    found: list[Three] = []
    for side, party in enumerate(pair):
        held = case.judgement("war probability", party, None, at)
        if held is None or isinstance(held.value, Table):
            continue
        low, high = held.value.ends
        if low < 0 or high > 1:
            raise FormulationError(f"war probability of {party} lies in 0..1, got {low:g} to {high:g}")
        best = held.value.best
        found.append((low, best, high) if side == 0 else (1 - high, 1 - best, 1 - low))
    if not found:
        raise FormulationError(
            f'no chance of winning is judged for {" or ".join(pair)}; add a judgement of "war probability" (0..1)'
        )
    if len(found) == 2 and abs(found[0][1] - found[1][1]) > 1e-9:
        gaps.append(
            f"the chances of winning of {pair[0]} and {pair[1]} do not add to 1; optimism on both sides is itself a "
            "cause of war"
        )
    chance = tuple(sum(values) / len(found) for values in zip(*found, strict=True))
    name = case.party(pair[0]).name
    notes.append(
        Assumption(
            text=f"{name} would win with chance {chance[1]:g}.", quantity="war probability", party=pair[0],
            value=chance[1],
        )
    )  # fmt: skip
    return chance[0], chance[1], chance[2]
