"""How sure the answers are: fan of outcomes, chances, what decides them, and what-ifs."""

from collections.abc import Iterator, Mapping
from typing import Any

from winset.report import words
from winset.report.blocks import Block, Cell, Items, Paragraph, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes
from winset.report.charts.fan import Band, fan
from winset.report.charts.tornado import tornado
from winset.report.robust import terms
from winset.report.uncertainty import is_chance

CHANCES = {
    "zone": "A deal exists that is better than no deal for all who must sign",
    "agreement": "The table would agree", "ratified": "The deal chosen passes at home",
}  # fmt: skip
MOST_WHATIFS = 24


def section(brief: Brief, notes: Notes) -> Section | None:
    """Nothing where nothing could be drawn."""
    doubts = brief.doubts
    if doubts is None or not doubts.runs:
        return None
    blocks: list[Block] = []
    chart = fan(list(_bands(brief)))
    if chart is not None:
        blocks.append(chart)
    if rows := list(_rows(brief)):
        blocks.append(Table(
            caption="Chances and gains over the draws of what is uncertain; the methods' own error comes on top",
            head=("Answer", "Method", "Middle or chance", "8 in 10 draws"), rows=tuple(rows), numeric=frozenset({2, 3}),
        ))  # fmt: skip
    if doubts.depends is not None:
        picture = tornado(_told(brief, doubts.depends["output"]), doubts.depends["tornado"], None)
        if picture is not None:
            blocks.append(picture)
        if doubts.depends["next"]:
            blocks.append(Paragraph(("What to find out next:",), "lead"))
            blocks.append(Items(tuple((one["text"],) for one in doubts.depends["next"][:6]), ordered=True))
    blocks += _whatifs(brief, doubts.whatifs)
    blocks += _robust(doubts.robust)
    some = any(one["input_noise"]["inputs"] for one in doubts.runs.values())
    said = (
        "Draws vary what is judged with a range; they do not show how far a method itself may be off. "
        if some else "No judgement that these methods use has a range, so every draw is the same: give ranges to see how sure it is. "
    )  # fmt: skip
    known = [name for name, one in doubts.runs.items() if one["model_error"]]
    said += f"That error is known from a record for {words.several(known)} only." if known else "That error is unknown."
    blocks.append(Paragraph((said,), "remark"))
    return Section(id="doubt", title=_finding(doubts.runs, some), nav="How sure", blocks=tuple(blocks))


def _finding(runs: Mapping[str, Any], some: bool) -> str:
    zone = runs.get("bargaining", {}).get("outputs", {}).get("zone")
    if some and zone and zone["mean"] is not None:
        return f"In {100 * zone['mean']:.0f} % of draws a deal is possible"
    return "How sure the answers are"


def _bands(brief: Brief) -> Iterator[Band]:
    assert brief.doubts is not None
    for issue in brief.case.issues:
        ends = issue.bounds
        for method, run in brief.doubts.runs.items():
            one = run["outputs"].get(f"outcome:{issue.id}")
            if ends is None or one is None or one["mean"] is None:
                continue
            error = ((run["model_error"] or {}).get("outputs") or {}).get(f"outcome:{issue.id}")
            yield Band(label=issue.question, method=method, low=ends[0], high=ends[1], quantiles=one["quantiles"],
                       wide=error["quantiles_with_inputs"] if error else None)  # fmt: skip


def _rows(brief: Brief) -> Iterator[tuple[Cell, ...]]:
    assert brief.doubts is not None
    for method, run in brief.doubts.runs.items():
        for output, one in run["outputs"].items():
            kind, _, about = output.partition(":")
            q = one["quantiles"]
            if one["mean"] is None or kind in ("spread", "median") or (kind == "outcome" and "=" not in about):
                continue
            if is_chance(output):
                middle, spread = f"{100 * one['mean']:.0f} %", ""
            else:
                middle, spread = words.number(q["0.5"]), f"{words.number(q['0.1'])} to {words.number(q['0.9'])}"
            yield (
                Cell(line=(_told(brief, output),), head=True),
                Cell(line=(method,)),
                Cell(line=(middle,), state="computed"),
                Cell(line=(spread,)),
            )


def _told(brief: Brief, output: str) -> str:
    """What an output is, in words."""
    kind, _, about = output.partition(":")
    if output in CHANCES:
        return CHANCES[output]
    issue, _, option = about.partition("=")
    asked = next((one.question for one in brief.case.issues if one.id == issue), issue)
    if kind == "outcome":
        return f"{asked}: {option}" if option else asked
    if kind in ("gain", "share"):
        return f"{kind.capitalize()} of {next((one.name for one in brief.case.parties if one.id == about), about)}"
    return f"{asked}: {kind}"


def _whatifs(brief: Brief, lines: tuple[dict[str, Any], ...]) -> list[Block]:
    if not lines:
        return []
    blocks: list[Block] = []
    moved = [
        one
        for one in lines
        if "why_not" not in one and not one["output"].startswith("spread:") and abs(one["difference"]) > 1e-9
    ]
    if moved:
        rows = tuple(
            tuple(Cell(line=(text,), head=n == 0) for n, text in enumerate((
                one["of"][1], one["method"], _told(brief, one["output"]), words.number(one["a"]), words.number(one["b"]),
                f"{words.number(one['difference'])} ({words.number(one['interval'][0])} to {words.number(one['interval'][1])})",
            ))) for one in moved[:MOST_WHATIFS]
        )  # fmt: skip
        more = f"; {len(moved) - MOST_WHATIFS} more with winset scenario compare" if len(moved) > MOST_WHATIFS else ""
        blocks.append(Table(
            caption=f"What if: each scenario beside the case as it stands, with paired draws (9 in 10 differences){more}",
            head=("Scenario", "Method", "Answer", "As it stands", "Then", "Difference"), rows=rows, numeric=frozenset({3, 4, 5}),
        ))  # fmt: skip
    blocks += [Paragraph((f"{one['of'][1]}: {one['why_not']}",), "remark") for one in lines if "why_not" in one]
    return blocks


def _robust(found: Mapping[str, Any] | None) -> list[Block]:
    """The deals that hold up best over the scenarios."""
    if found is None:
        return []
    count, rows = len(found["scenarios"]), []
    for one in found["robust"]:
        gap = one["beside_first"]
        beside = (
            f"{words.number(gap['mean'])} ({words.number(gap['interval'][0])} to {words.number(gap['interval'][1])})"
            if gap
            else ""
        )
        told = (terms(one["deal"]), f"{one['acceptable_in']} of {count}", f"{words.number(one['max_regret'])} ({one['worst_in']})",
                words.number(one["expected_regret"]), beside)  # fmt: skip
        rows.append(tuple(Cell(line=(text,), head=n == 0) for n, text in enumerate(told)))
    return [
        Table(
            caption="Deals that hold up in most scenarios, least regretted first; regret is how much more the best deal would be "
                    "worth (geometric mean of what the signers gain), beside the first with 9 in 10 paired draws",
            head=("Deal", "Acceptable in", "Most regret", "Expected regret", "Beside the first"), rows=tuple(rows),
            numeric=frozenset({1, 2, 3, 4}),
        )
    ]  # fmt: skip
