"""Deals worth a look, trades and what would open an empty zone, as blocks of a report.

Made from the plain values that `winset solve bargaining --json` prints, so that a page, a brief and a program say the
same.
"""

from collections.abc import Callable, Mapping
from typing import Any

from winset.report import words
from winset.report.bargaining_words import why
from winset.report.blocks import Block, Cell, Items, Line, Paragraph, Table
from winset.report.charts.pairs import deals_by_pair
from winset.report.charts.parallel import deals_across

MOST_TRADES = 5
Label = Callable[[str, str | float], str]
"""(issue, value) -> how the value is said."""


def blocks(
    result: Mapping[str, Any], names: Mapping[str, str], questions: Mapping[str, str], label: Label,
    looked_at: str = "the deal looked at",
) -> tuple[Block, ...]:  # fmt: skip
    """A table of deals with why, charts for more than two parties, trades, and what would open an empty zone.

    names, questions  of parties and issues by id
    looked_at         how the deal that trades start from is called
    """
    found: list[Block] = []
    if result["worth_a_look"]:
        found.append(_table(result, names, questions, label))
        if len(result["parties"]) > 2:
            drawn = (
                [names.get(p, p) for p in result["parties"]],
                [(f"Deal {n}", one["utilities"]) for n, one in enumerate(result["worth_a_look"], 1)],
                result["frontier"]["utilities"], result["reservation"],
            )  # fmt: skip
            found += [deals_across(*drawn), deals_by_pair(*drawn)]
    if result["no_zone"] is not None:
        lines = opening(result["no_zone"], names)
        if lines:
            found.append(Paragraph(("What would make a deal possible, the smallest change of each kind:",), "normal"))
            found.append(Items(tuple((line,) for line in lines)))
    proposal = result.get("proposal")
    if proposal and proposal["trades"]:
        found.append(Paragraph((f"Trades from {looked_at} by which nobody loses, the best first:",), "normal"))
        found.append(Items(tuple(_trade(one, result, names, questions, label) for one in proposal["trades"][:MOST_TRADES]),
                           ordered=True))  # fmt: skip
    return tuple(found)


def _table(result: Mapping[str, Any], names: Mapping[str, str], questions: Mapping[str, str], label: Label) -> Table:
    """The first deal in full, the others by what they have otherwise."""
    lead = result["worth_a_look"][0]["outcome"]
    rows = []
    for n, one in enumerate(result["worth_a_look"], 1):
        other = {issue: value for issue, value in one["outcome"].items() if n == 1 or value != lead[issue]}
        terms = "; ".join(f"{_subject(questions, issue)}: {label(issue, value)}" for issue, value in other.items())
        rows.append(
            (
                Cell(line=(str(n),)),
                Cell(line=(terms if n == 1 else f"As deal 1, but: {terms}" if terms else "As deal 1",)),
                *(Cell(line=(words.number(u),), state="computed") for u in one["utilities"]),
                Cell(line=(_first_up(why(one["why"], dict(names))),)),
            )
        )
    return Table(
        caption="Deals worth looking at, each for a reason. Worths of different parties cannot be compared.",
        head=("", "Deal", *(f"Worth to {names.get(p, p)}" for p in result["parties"]), "Why"),
        rows=tuple(rows),
        numeric=frozenset(range(2, 2 + len(result["parties"]))),
    )


def _trade(
    trade: Mapping[str, Any], result: Mapping[str, Any], names: Mapping[str, str], questions: Mapping[str, str],
    label: Label,
) -> Line:  # fmt: skip
    moved = "; ".join(
        f"{_subject(questions, c['issue'])}: {label(c['issue'], c['to'])} (now {label(c['issue'], c['from'])})"
        for c in trade["changes"]
    )
    said = []
    for party, gain in zip(result["parties"], trade["gains"], strict=True):
        gives, gets = ([_subject(questions, i) for i in trade[side][party]] for side in ("gives", "gets"))
        parts = [f"gives on {words.several(gives)}" if gives else "", f"gets {words.several(gets)}" if gets else ""]
        told = " and ".join(part for part in parts if part)
        if told:
            said.append(f"{names.get(party, party)} {told} (+{words.number(max(0.0, gain))})")
    return (f"{moved}. {'; '.join(said)}.",)


def opening(told: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """What would open an empty zone, in sentences."""
    lines = [f"No deal at all is worth as much as no deal to {names.get(p, p)}." for p in told["beyond_reach"]]
    for one in told.get("one_reservation", []):
        if one["change"] is not None:
            lines.append(f"{names.get(one['party'], one['party'])} alone asks for {words.number(-one['change'])} less.")
    paid = told.get("side_payment")
    if paid:
        outside = f", {words.number(paid['outside'])} of it from outside" if paid["outside"] > 0 else ""
        lines.append(f"Payments of {words.number(paid['total'])} in all{outside}, if worth can be paid one for one.")
    tied = told.get("linkage")
    if tied and tied["worth_at_least"] and tied["may_cost"]:
        needs, costs = (
            words.several([f"{words.number(x)} to {names.get(p, p)}" for p, x in tied[key].items()])
            for key in ("worth_at_least", "may_cost")
        )
        lines.append(f"A matter linked from outside, worth at least {needs}, that costs at most {costs}.")
    return lines


def _subject(questions: Mapping[str, str], issue: str) -> str:
    """An issue's question without its mark."""
    return questions.get(issue, issue).rstrip("? ")


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
