"""The option table of a conflict: options in rows, states in columns, and who would stay under which concept."""

from collections.abc import Mapping, Sequence

from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg

MOST_STATES = 32
CELL, ROW, LABELS, SIDE = 24.0, 20.0, 300.0, 8.0
_LONGEST = 44


def option_table(
    labels: Sequence[str], options: Sequence[tuple[str, str, Sequence[bool]]], ranks: Sequence[tuple[str, Sequence[int]]],
    stable: Mapping[str, Sequence[int]], columns: Sequence[int], now: int | None,
) -> Chart:  # fmt: skip
    """options (party, option, taken in each state), ranks (party, place of each state), stable {concept: equilibria}.

    columns  the states shown; the rest is counted in the title
    """
    lines: list[tuple[str, list[str], str]] = []
    for party, option, taken in options:
        lines.append((f"{party}: {option}", ["Y" if taken[s] else "–" for s in columns], "ink"))
    for party, places in ranks:
        lines.append((f"rank for {party}", [str(places[s]) for s in columns], "soft"))
    for concept, states in stable.items():
        lines.append((f"{concept}: stable for all", ["●" if s in states else "·" for s in columns], "accent"))
    width = LABELS + CELL * len(columns) + 2 * SIDE
    height = ROW * (len(lines) + 1) + 14
    body = [svg.text(LABELS + SIDE - 8, ROW, "state", size=11.5, tone="soft", anchor="end")]
    lasting = {s for states in stable.values() for s in states}
    for n, s in enumerate(columns):
        x = LABELS + SIDE + CELL * (n + 0.5)
        if s == now:
            body.append(svg.line(x - CELL / 2 + 2, ROW + 5, x + CELL / 2 - 2, ROW + 5, tone="accent", width=2))
        weight = 700 if s in lasting else 400
        body.append(svg.text(x, ROW, labels[s][:4], size=11, anchor="middle", weight=weight))
    for k, (name, cells, tone) in enumerate(lines):
        y = ROW * (k + 2)
        if k in (len(options), len(options) + len(ranks)):
            body.append(svg.line(SIDE, y - ROW + 6, width - SIDE, y - ROW + 6))
        body.append(
            svg.text(
                LABELS + SIDE - 8,
                y,
                name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…",
                size=11.5,
                tone=tone,
                anchor="end",
            )
        )
        for n, cell in enumerate(cells):
            x = LABELS + SIDE + CELL * (n + 0.5)
            faint = cell in ("–", "·")
            body.append(svg.text(x, y, cell, size=11.5, anchor="middle", tone="soft" if faint else tone))
    shown = "" if len(columns) == len(labels) else f" ({len(columns)} of {len(labels):,} shown)"
    some = [labels[s] for s in sorted(lasting)][:6]
    rest = len(lasting) - len(some)
    listed = words.several([*some, *([f"{rest:,} more"] if rest else [])])
    title = (
        f"Of {words.count(len(labels), 'state')}{shown}, {listed} would last under some concept"
        if lasting else f"None of {words.count(len(labels), 'state')}{shown} would last"
    )  # fmt: skip
    rows = tuple(
        tuple(Cell(line=(one,)) for one in (name, *cells)) for name, cells, _ in lines
    )  # fmt: skip
    return Chart(
        id="option-table", title=title,
        reading="Y: the option is taken. Rank 1 is what a party would rather have. ● marks states that nobody would leave "
        "under that concept; where things stand is underlined.",
        description="; ".join(f"{k}: {', '.join(labels[s] for s in v) or 'none'}" for k, v in stable.items())[:1500],
        svg=svg.frame(width, height, body, label=title),
        data=Table(caption="Options, ranks and stability by state", head=("", *(labels[s] for s in columns)), rows=rows),
    )  # fmt: skip
