"""Who gains from waiting: shares under offers in turn, and what haste costs each side."""

from collections.abc import Mapping, Sequence
from typing import Any

from winset.report import words
from winset.report.blocks import Block, Cell, Paragraph, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes

LEAST = 0.005  # half a point of the surplus: less is not worth a sentence
COLUMNS = (  # key of the result, heading
    ("shares", "Share"),
    ("share_ranges", "Share over the judged range"),
    ("if_second_proposes", "Share if the other side offers first"),
    ("price_of_haste", "More with the other's patience"),
    ("credible_delay", "More if it can credibly sit out a round"),
)


def section(brief: Brief, notes: Notes) -> Section | None:
    """Nothing where nobody judged patience; then the gaps say so."""
    if brief.patience is None:
        return None
    result = brief.patience.result
    names = _names(brief, result)
    if result["shares"] is None:
        said = Paragraph(("On these judgements the sides do not come to terms.",), "caution")
        return Section(id="waiting", title="Who gains from waiting", nav="Waiting", blocks=(said, *_remarks(result)))
    columns = [(key, head) for key, head in COLUMNS if isinstance(result.get(key), list)]
    rows = [
        (
            Cell(line=(name,), head=True),
            *(Cell(line=(_shown(result[key][at]),), state="computed") for key, _ in columns),
        )
        for at, name in enumerate(names)
    ]
    table = Table(
        caption=f"Points of 100 to share, when offers are made in turn and {names[0]} makes the first",
        head=("Party", *(head for _, head in columns)),
        rows=tuple(rows),
        numeric=frozenset(range(1, 1 + len(columns))),
    )
    return Section(id="waiting", title=finding(brief) or "", nav="Waiting", blocks=(table, *_remarks(result)))


def finding(brief: Brief) -> str | None:
    """Whom haste costs most, in a line; None where that was not computed."""
    if brief.patience is None:
        return None
    result = brief.patience.result
    prices: Sequence[float | None] = result.get("price_of_haste") or []
    known = [(price, name) for price, name in zip(prices, _names(brief, result), strict=False) if price is not None]
    if result["shares"] is None or not known:
        return "Who gains from waiting"
    price, name = max(known)
    if price < LEAST:
        return "Neither side pays for its haste" if len(known) == 2 else "No side pays for its haste"
    return f"{name} pays for its haste: {words.number(100 * price)} of 100 points"


def _names(brief: Brief, result: Mapping[str, Any]) -> list[str]:
    names = {party.id: party.name for party in brief.case.parties}
    return [names.get(party, party) for party in result["parties"]]


def _shown(value: Any) -> str:
    """Shares as points of a hundred, ranges by their ends."""
    if value is None:
        return "not known"
    if isinstance(value, list):
        return f"{_shown(value[0])} to {_shown(value[1])}"
    return words.number(round(100 * value, 1))


def _remarks(result: Mapping[str, Any]) -> list[Block]:
    """Where the answer is a limit or a special case, its own words."""
    return [Paragraph((note,), "remark") for note in result.get("notes", [])]
