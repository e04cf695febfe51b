"""What the table would decide: forecasts issue by issue, all methods side by side with their record, who has power."""

from collections.abc import Sequence
from dataclasses import replace

from winset.models.spatial.forecasts import Forecasts
from winset.models.spatial.record import POINTS, RECORD
from winset.report import spatial_record, words
from winset.report.blocks import Block, Cell, Items, Paragraph, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes
from winset.report.charts import power as power_charts
from winset.report.charts import rounds

DRAWN = 12  # issues with a chart of their own
ACROSS = 4  # issues beside each other in one table


def section(brief: Brief, notes: Notes) -> Section | None:
    """Nothing where nobody judged positions."""
    if not brief.collective:
        return None
    parts: list[Block | Section] = [
        Paragraph(
            (
                (
                    "If this were settled as a group settles it, by what each wants, cares and can bring to bear. The record "
                    f"beside each method is of {RECORD.issues} decided issues of EU law, in hundredths of a scale; of other "
                    "arenas, war and ultimatum among them, there is none."
                ),
            ),
            "remark",
        )
    ]
    named = {issue: _named(brief, found) for issue, found in brief.collective.items()}
    for at, (issue, found) in enumerate(named.items()):
        if at < DRAWN:
            parts.append(_issue(brief, issue, found))
    rows = list(named.items())
    parts += [_side_by_side(brief, rows[at : at + ACROSS]) for at in range(0, len(rows), ACROSS)]
    return Section(id="collective", title=finding(brief) or "", nav="Collective choice", blocks=tuple(parts))


def finding(brief: Brief) -> str | None:
    """The forecasts in a line; None where there are none."""
    if not brief.collective:
        return None
    told = []
    for issue, found in brief.collective.items():
        low, high = (float(v) for v in found.distribution.quantile([0.1, 0.9]))
        told.append(f"{_question(brief, issue)} {words.number(found.distribution.mean)} "
                    f"({words.number(low)} to {words.number(high)})")  # fmt: skip
    more = f"; and {words.count(len(told) - 3, 'issue')} more" if len(told) > 3 else ""
    return f"A group decision would lie near: {'; '.join(told[:3])}{more}"


def _issue(brief: Brief, issue: str, found: Forecasts) -> Section:
    question = _question(brief, issue)
    drawn = [rounds.standing(question, found)]
    if found.challenge and _moves(found):
        drawn.append(rounds.movement(question, found, found.challenge[-1]))
    blocks: list[Block] = [replace(chart, id=f"{chart.id}-{issue}") for chart in drawn if chart is not None]
    blocks.append(Items(tuple((sentence,) for sentence in spatial_record.disagreement(found))))
    return Section(id=f"collective-{issue}", title=question, blocks=tuple(blocks))


def _moves(found: Forecasts) -> bool:
    path = found.challenge[-1]
    return bool((path.rounds[-1].position != path.rounds[0].position).any())


def _side_by_side(brief: Brief, few: Sequence[tuple[str, Forecasts]]) -> Table:
    """A method a row, an issue a column, its record last."""
    points = [spatial_record.points(found) for _, found in few]
    rows = []
    for name in dict.fromkeys(key for one in points for key in one):
        record = POINTS.get(name)
        shown = "none" if record is None else f"{record[0]:.1f} ({record[1]:.1f} to {record[2]:.1f})"
        label = spatial_record.NAMES.get(name, name)
        rows.append((
            Cell(line=(label[:1].upper() + label[1:],), head=True),
            *(Cell(line=(words.number(one[name]) if name in one else "none",), state="computed") for one in points),
            Cell(line=(shown,)),
        ))  # fmt: skip
    return Table(
        caption="Methods side by side, with the mean error of each where outcomes are known",
        head=("Method", *(_question(brief, issue) for issue, _ in few), "Error on EU law (95 % interval)"),
        rows=tuple(rows), numeric=frozenset(range(1, 1 + len(points))),
    )  # fmt: skip


def power(brief: Brief, notes: Notes) -> Section | None:
    """Who is pivotal and who could block, where capabilities are judged."""
    if brief.power is None:
        return None
    found = brief.power
    names = [_name(brief, p) for p in found.players]
    blocks: list[Block] = list(power_charts.charts(found, names).values())
    lines = [
        f"Can block alone: {words.several([_name(brief, p) for p in found.vetoes]) or 'nobody'}.",
        f"Never decisive: {words.several([_name(brief, p) for p in found.dummies]) or 'nobody'}.",
    ]
    if found.blocking_listed and len(found.blocking_listed) <= power_charts.SHOWN:
        groups = [" with ".join(_name(brief, p) for p in one) for one in found.blocking_listed if len(one) > 1]
        if groups:
            lines.append(f"Could block together: {'; '.join(groups)}.")
    for issue, shares in brief.placed.items():
        best = max(range(len(names)), key=lambda i: (shares[i], -i))
        lines.append(f"Given positions on “{_question(brief, issue)}”, {names[best]} is decisive over "
                     f"{100 * float(shares[best]):.0f} of 100 proposals.")  # fmt: skip
    blocks.append(Items(tuple((line,) for line in lines)))
    values = [float(v) for v in found.indices["shapley_shubik"].values or ()]
    top = max(range(len(values)), key=lambda i: (values[i], -i), default=0)
    title = (
        f"{words.several([_name(brief, p) for p in found.vetoes])} can block alone"
        if found.vetoes
        else (f"Nobody can block alone; {names[top]} is decisive most often")
    )
    return Section(id="power", title=title, nav="Power", blocks=tuple(blocks))


def _named(brief: Brief, found: Forecasts) -> Forecasts:
    """The same with names for ids, where names are not shared."""
    names = tuple(_name(brief, p) for p in found.inputs.parties)
    if len(set(names)) < len(names):
        return found
    return replace(found, inputs=replace(found.inputs, parties=names, vetoes=()))


def _name(brief: Brief, party: str) -> str:
    return next((one.name for one in brief.case.parties if one.id == party), party)


def _question(brief: Brief, issue: str) -> str:
    return next((one.question for one in brief.case.issues if one.id == issue), issue)
