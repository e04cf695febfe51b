"""Positions as dots on each issue's own scale, change as an arrow from a hollow dot."""

from winset.domain.estimates import Exact
from winset.domain.issues import Issue
from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.brief import matrix
from winset.report.brief.content import Brief
from winset.report.charts import svg

WIDTH, LEFT, RIGHT, ROW = 720.0, 24.0, 24.0, 104.0


def position_chart(brief: Brief, parties: list[str], issues: list[str]) -> Chart | None:
    """One row an issue; None where no issue has two parties to compare."""
    now = matrix.standing(brief.positions, brief.as_of)
    then = matrix.standing(brief.positions, brief.since) if brief.since else {}
    rows = [
        brief.case.issue(id)
        for id in issues
        if brief.case.issue(id).bounds and sum(matrix.first(now.get((p, id))) is not None for p in parties) > 1
    ]
    if not rows:
        return None
    body: list[str] = []
    data: list[tuple[Cell, ...]] = []
    for number, issue in enumerate(rows):
        _row(body, data, brief, issue, parties, now, then, number * ROW)
    wide = sum(matrix.apart(brief, issue.id, parties, now) >= matrix.WIDE for issue in rows)
    of = f"of {words.count(len(rows), 'issue')} the parties stand half the scale or more apart"
    title = f"On {wide or 'none'} {of}"
    return Chart(
        id="chart-positions",
        title=title,
        reading="Each mark is where a party stands on that issue’s own scale; a line shows how unsure that is. "
        + (f"An arrow starts where it stood on {words.day(brief.since)}. " if brief.since else "")
        + "Distances on different issues cannot be compared.",
        description="; ".join(
            f"{issue.question}: "
            + ", ".join(
                f"{brief.case.party(p).name} {words.estimate(found.value, issue)}"
                for p in parties
                if (found := matrix.first(now.get((p, issue.id)))) is not None
            )
            for issue in rows
        ),
        svg=svg.frame(WIDTH, len(rows) * ROW + 6, body, label=title),
        data=Table(
            caption="Positions in the units of each issue's scale",
            head=("Issue", "Party", "Low", "Best", "High", "Before"),
            rows=tuple(data),
            numeric=frozenset({2, 3, 4, 5}),
        ),
    )


def _row(
    body: list[str], data: list[tuple[Cell, ...]], brief: Brief, issue: Issue, parties: list[str],
    now: matrix.Standing, then: matrix.Standing, top: float,
) -> None:  # fmt: skip
    low, high = matrix.ends(brief, issue)

    def at(value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (min(max(value, low), high) - low) / ((high - low) or 1.0)

    axis = top + 66
    body.append(svg.text(LEFT - 6, top + 16, svg.cut(issue.question, 92), size=13, weight=600))
    body.append(svg.line(at(low), axis, at(high), axis, tone="gap", width=1.2))
    points = issue.marks(low, high) or [(end, words.number(end)) for end in (low, high)]
    for value, _ in points:
        body.append(svg.line(at(value), axis - 3, at(value), axis + 3, tone="gap"))
    ends = [points[0], points[-1]]
    body.append(svg.text(at(low) - 6, axis + 22, _short(ends[0][1]), size=11, tone="soft"))
    body.append(svg.text(at(high) + 6, axis + 22, _short(ends[1][1]), size=11, tone="soft", anchor="end"))
    if isinstance(issue.status_quo, int | float):
        x = at(float(issue.status_quo))
        body.append(svg.line(x, axis - 9, x, axis + 9, tone="soft", dash="2 2"))
    held = [(n, p, found) for n, p in enumerate(parties) if (found := matrix.first(now.get((p, issue.id))))]
    names = [brief.case.party(p).name for _, p, _ in held]
    centres = svg.spread(
        [at(found.value.best) for _, _, found in held], 14.0 + 7.0 * max(map(len, names)), LEFT + 20, WIDTH - RIGHT - 20
    )
    for (n, party, found), name, wanted in zip(held, names, centres, strict=True):
        half = 3.5 * len(name)
        centre = min(max(wanted, half), WIDTH - half)
        tone, shape = f"p{n % 8}", svg.SHAPES[n % 8]
        x = at(found.value.best)
        lo, hi = found.value.ends
        if not isinstance(found.value, Exact):
            body.append(svg.line(at(lo), axis, at(hi), axis, tone=tone, width=3))
        before = matrix.first(then.get((party, issue.id)))
        if before is not None and before.value != found.value:
            body.append(svg.mark(at(before.value.best), axis, shape, tone=tone, hollow=True, size=4))
            if abs(at(before.value.best) - x) > 16:
                body.append(svg.arrow(at(before.value.best), x, axis, tone=tone))
        body.append(svg.line(x, axis - 6, centre, axis - 18, tone="line"))
        body.append(svg.mark(x, axis, shape, tone=tone))
        body.append(svg.text(centre, axis - 22, name, size=11.5, tone=tone, anchor="middle", weight=600))
        data.append(
            tuple(
                Cell(line=(one,))
                for one in (
                    issue.question,
                    name,
                    words.number(lo),
                    words.number(found.value.best),
                    words.number(hi),
                    words.number(before.value.best) if before else "",
                )
            )
        )


def _short(label: str, most: int = 52) -> str:
    return label if len(label) <= most else label[: most - 1].rsplit(" ", 1)[0] + "…"
