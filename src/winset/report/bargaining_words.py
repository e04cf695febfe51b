"""What the bargaining solutions say, in words for a person at a terminal."""

from typing import Any

from winset.models.bargaining.problem import Value
from winset.report.bargaining import NAMES

_FORBIDDEN = 8  # combinations told

WHY = {
    "nash": "largest product of gains (Nash)",
    "kalai_smorodinsky": "largest smallest share of what each could gain (Kalai-Smorodinsky)",
    "egalitarian": "the smallest gain is as large as it can be (egalitarian)",
    "utilitarian": "largest sum of utilities (utilitarian)",
    "next_best": "next largest product of gains, should that deal be off the table",
    "better": "better for all than the deal looked at",
    "trade": "the best trade from the deal looked at",
    "answer": "{party} keeps what the deal looked at gives it, the others get most",
    "best_for": "the best for {party} that nobody refuses",
    "between": "on the frontier, and unlike the others here",
    "nearest": "comes nearest: its largest shortfall is the smallest",
    "concession": "needs the smallest concessions in all",
    "one_reservation": "opens if {party} alone asks for less",
    "side_payment": "opens with the smallest payment",
    "linkage": "opens with the smallest matter linked from outside",
}
"""Why a deal is worth a look, by kind."""


def why(reasons: list[dict[str, Any]], names: dict[str, str] | None = None) -> str:
    """The reasons for a deal, joined."""
    shown = names or {}
    return "; ".join(WHY[one["kind"]].format(party=shown.get(str(one["party"]), str(one["party"]))) for one in reasons)


def _proposal_lines(result: dict[str, Any]) -> list[str]:
    """The proposal in words: how far off, and who would give what for what."""
    found, parties = result["proposal"], result["parties"]
    worth = ", ".join(f"{p} {u:.4g}" for p, u in zip(parties, found["utilities"], strict=True))
    lines = [f"Looked at: {_terms(found['outcome'])}  ({worth})"]
    if not found["possible"]:
        lines.append("  forbidden: it has a combination that cannot be")
    if found["refused_by"]:
        lines.append(f"  worth less than no deal to {', '.join(found['refused_by'])}")
    if found["improvement"] is None:
        lines.append("  no known deal is better for one without loss to another")
    else:
        lines.append(f"  better for all: {_terms(found['improvement']['outcome'])}")
    for counter in found["counter_offers"]:
        for deal in counter["deals"][:2]:
            lines.append(
                f"  worth as much to {counter['by']}, more to others: {_terms(deal['outcome'])}  ({_worth(result, deal)})"
            )
    for trade in found["trades"][:5]:
        said = []
        for party, gain in zip(parties, trade["gains"], strict=True):
            gives, gets = (", ".join(trade[side][party]) for side in ("gives", "gets"))
            terms = " and ".join(
                part for part in (f"gives on {gives}" if gives else "", f"gets {gets}" if gets else "") if part
            )
            said.append(f"{party} {terms or 'is not touched'} (+{gain:.4g})")
        moved = ", ".join(f"{c['issue']}: {c['from']} -> {c['to']}" for c in trade["changes"])
        lines.append(f"  trade {moved}: {'; '.join(said)}")
    return lines


def as_text(result: dict[str, Any]) -> str:
    """The same for a person at a terminal."""
    lines = [f"Parties: {', '.join(result['parties'])}.  Issues: {', '.join(result['issues'])}."]
    for one in result["forbidden"][:_FORBIDDEN]:
        told = " with ".join(f"{issue}: {' or '.join(map(str, options))}" for issue, options in one.items())
        lines.append(f"Cannot be: {told}.")
    if len(result["forbidden"]) > _FORBIDDEN:
        lines.append(f"Nor can {len(result['forbidden']) - _FORBIDDEN:,} other combinations.")
    if result["zone"] is not None:
        best, zone = result["frontier"]["outcomes"], result["zone"]
        lines.append(
            f"{_possible(result)}; {zone:,} {'is' if zone == 1 else 'are'} worth no less than no deal to everybody"
            + (f"; {best:,} cannot be improved for one without loss to another." if best is not None else ".")
        )
    elif "zone_between" in result["certificate"]:
        low, high = result["certificate"]["zone_between"]
        lines.append(
            f"{_possible(result)}; at least {low:,} and at most {high:,} are worth no less than no deal to everybody."
        )
    elif "not_counted" in result["certificate"]:
        lines.append(result["certificate"]["not_counted"][:1].upper() + result["certificate"]["not_counted"][1:] + ".")
    if result["solutions"] is None:
        if result["no_zone"].get("proven", True):
            lines.append("There is no deal that everybody prefers to no deal.")
        else:
            lines.append("No deal that everybody prefers to no deal was found in time; there may be one.")
        for near in result["no_zone"]["nearest"][:3]:
            short = [
                f"{p} short by {s:.4g}" for p, s in zip(result["parties"], near["shortfall"], strict=True) if s > 0
            ]
            lines.append(f"  nearest: {_terms(near['outcome'])} ({', '.join(short)})")
        lines += _opening_lines(result["no_zone"])
    else:
        for name in NAMES:
            one = result["solutions"][name]
            worth = ", ".join(f"{p} {u:.4g}" for p, u in zip(result["parties"], one["utilities"], strict=True))
            ties = f"; {one['ties']} deals tie" if (one["ties"] or 1) > 1 else ""
            lines.append(f"  {name.replace('_', '-').title():<20} {_terms(one['outcome'])}  ({worth}{ties})")
            if result["certificate"].get(name) is False and name in result["certificate"].get("gap", {}):
                gap = result["certificate"]["gap"][name]
                what = "the sum of the logarithms of gains" if name == "nash" else "what the rule makes largest"
                lines.append(f"    not proven the best in time: no deal exceeds {what} by more than {gap:.3g}")
    if result["worth_a_look"]:
        lines.append("Deals worth a look:")
    for number, one in enumerate(result["worth_a_look"], 1):
        lines.append(f"  {number:>2}. {_terms(one['outcome'])}  ({_worth(result, one)}): {why(one['why'])}")
    if result["proposal"] is not None:
        lines += _proposal_lines(result)
    if result["steps"] is not None:
        lines += _step_lines(result)
    for note in result.get("assumptions", []):
        lines.append(f"  assumed: {note['text']}")
    return "\n".join(lines)


def _possible(result: dict[str, Any]) -> str:
    """How many deals there are, or between which numbers."""
    if result["outcomes"] is not None:
        return f"{result['outcomes']:,} possible {'deal' if result['outcomes'] == 1 else 'deals'}"
    return "From {:,} to {:,} possible deals".format(*result["certificate"]["outcomes_between"])


def _worth(result: dict[str, Any], deal: dict[str, Any]) -> str:
    return ", ".join(f"{p} {u:.4g}" for p, u in zip(result["parties"], deal["utilities"], strict=True))


def _opening_lines(told: dict[str, Any]) -> list[str]:
    """What would open an empty zone, smallest change by smallest change."""
    lines = [f"  no deal at all is worth as much as no deal to {party}" for party in told["beyond_reach"]]
    for one in told.get("one_reservation", []):
        if one["change"] is not None:
            lines.append(
                f"  opens if {one['party']} alone asks for {-one['change']:.4g} less: {_terms(one['deal']['outcome'])}"
            )
    paid = told.get("side_payment")
    if paid:
        beside = f", {paid['outside']:.4g} of it from outside" if paid["outside"] > 0 else ""
        lines.append(
            f"  opens with payments of {paid['total']:.4g} in all{beside}, if worth can be paid one for one: "
            f"{_terms(paid['deal']['outcome'])}"
        )
    tied = told.get("linkage")
    if tied and tied["worth_at_least"] and tied["may_cost"]:
        needs, costs = (
            ", ".join(f"{p} {x:.4g}" for p, x in tied[key].items()) for key in ("worth_at_least", "may_cost")
        )
        lines.append(
            f"  opens with a matter from outside worth at least {needs} that costs at most {costs}: "
            f"{_terms(tied['deal']['outcome'])}"
        )
    return lines


def _step_lines(result: dict[str, Any]) -> list[str]:
    """Where a deal in steps would end."""
    found = result["steps"]
    lines = ["In steps:"]
    for point, worth in enumerate(found["worth_if_stopped"]):
        done = f"after {', '.join(found['steps'][point - 1])}" if point else "before the first step"
        have = ", ".join(f"{p} {u:.4g}" for p, u in zip(result["parties"], worth, strict=True))
        gone = found["stops"][point] if point < len(found["stops"]) else []
        lines.append(f"  {point}. {done}: {have}" + (f"; {', '.join(gone)} would stop here" if gone else ""))
        if point < len(found["conditions"]) and found["conditions"][point] < 1:
            going = ", ".join(
                f"{p} {u:.4g}" for p, u in zip(result["parties"], found["worth_ahead"][point], strict=True)
            )
            lines.append(
                f"     step {point + 1} waits for something with chance {found['conditions'][point]:.4g}; "
                f"going on is worth {going}"
            )
    met = " if what they wait for comes about" if min(found["conditions"], default=1.0) < 1 else ""
    if found["carried_through"]:
        lines.append(f"  nobody would stop{met}")
    else:
        lines.append(f"  it would end after {found['ends_after']} of {len(found['steps'])} steps{met}")
        if found["order_that_holds"]:
            order = ", then ".join(" and ".join(step) for step in found["order_that_holds"])
            lines.append(f"  in this order nobody would stop: {order}")
    for step, least in enumerate(found["least_conditions"], 1):
        if least is not None:
            lines.append(
                f"  nobody would stop where step {step} gets what it waits for with a chance of {least:.4g} or more"
            )
    return lines


def _terms(outcome: dict[str, Value]) -> str:
    return ", ".join(f"{issue}: {value}" for issue, value in outcome.items())
