"""One issue over time: a step line a party, a band where it is unsure, a tick for each day something was judged."""

from collections.abc import Callable, Sequence
from datetime import date

from winset.domain.actors import Party
from winset.domain.issues import Issue
from winset.domain.positions import Position
from winset.report import words
from winset.report.blocks import Cell, Chart, Table
from winset.report.charts import svg

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720.0, 280.0, 178.0, 156.0, 14.0, 34.0


def issue_timeline(
    issue: Issue, parties: Sequence[Party], positions: Sequence[Position], end: date | None,
    link: Callable[[Position], str] | None = None,
) -> Chart | None:  # fmt: skip
    """The issue's positions up to `end`; None where none is dated or the issue has no scale.

    link  the place of the page that a position's mark leads to
    """
    dated = [p for p in positions if p.issue == issue.id and p.valid_from and (end is None or p.valid_from <= end)]
    if not dated or issue.bounds is None or issue.bounds[0] == issue.bounds[1]:
        return None
    ends_of = [end for p in dated for end in p.value.ends]
    low, high = issue.measured_over((min(ends_of), max(ends_of))) or issue.bounds
    first = min(p.valid_from for p in dated if p.valid_from)
    last = max([end or first, *(p.valid_from for p in dated if p.valid_from)])
    days = max((last - first).days, 1)

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / days

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - FOOT) * (1 - (min(max(value, low), high) - low) / (high - low))

    body: list[str] = []
    for value, label in issue.marks(low, high) or [(end, words.number(end)) for end in (low, high)]:
        body.append(svg.line(LEFT, y(value), WIDTH - RIGHT, y(value), tone="line"))
        lines = _two_lines(label, 29)
        for n, each in enumerate(lines):
            at = y(value) + 4 + 12 * (n - (len(lines) - 1) / 2)
            body.append(svg.text(LEFT - 8, at, each, size=11, tone="soft", anchor="end"))
    body.append(svg.text(LEFT, HEIGHT - 10, words.day(first), size=11, tone="soft"))
    if last > first:
        body.append(svg.text(WIDTH - RIGHT, HEIGHT - 10, words.day(last), size=11, tone="soft", anchor="end"))
    rows: list[tuple[Cell, ...]] = []
    ends: list[tuple[float, int, str]] = []
    moved: list[str] = []
    apart = False
    for n, party in enumerate(parties):
        taken = sorted((p for p in dated if p.party == party.id), key=lambda p: p.valid_from or first)
        if not taken:
            continue
        own, told = [p for p in taken if p.voice == "own"], [p for p in taken if p.voice != "own"]
        if own:
            _line(body, own, last, x, y, n, party.name, link)
        for p in told:
            body.append(_marked(p, x(p.valid_from or first), y(p.value.best), n, party.name, link))
        moved += [party.name] if len({p.value.ends for p in own}) > 1 else []
        apart = apart or bool(told)
        ends.append((y((own or told)[-1].value.best), n, party.name))
        for p in taken:
            lo, hi = p.value.ends
            cells = (
                party.name,
                words.day(p.valid_from),
                words.VOICES[p.voice],
                words.number(lo),
                words.number(p.value.best),
                words.number(hi),
            )
            rows.append(tuple(Cell(line=(one,)) for one in cells))
    places = svg.spread([at for at, _, _ in ends], 15.0, TOP + 4, HEIGHT - FOOT)
    for (_, n, name), place in zip(ends, places, strict=True):
        body.append(svg.mark(WIDTH - RIGHT + 10, place, svg.SHAPES[n % 8], tone=f"p{n % 8}", size=4))
        body.append(svg.text(WIDTH - RIGHT + 20, place + 4, _short(name, 18), size=11.5, tone=f"p{n % 8}", weight=600))
    who = f"{words.several(moved)} moved" if moved else "Nobody moved"
    over = f", {words.day(first)} to {words.day(last)}" if last > first else f", {words.day(first)}"
    title = f"{who} on “{issue.question.rstrip('?')}”{over}"
    return Chart(
        id=f"timeline-{issue.id}", title=title,
        reading="Each line is where a party stood; a band shows how unsure that is, a mark the day on which it was "
        "taken, a tick each day on which it was told again. Between them nothing new is known."
        + (" Hollow marks are what others ascribe to a party, foretell of it or tell of its past: no line joins them." if apart else ""),
        description="; ".join(f"{row[0].line[0]}, {row[1].line[0]}: {row[4].line[0]} ({row[2].line[0]})" for row in rows),
        svg=svg.frame(WIDTH, HEIGHT, body, label=title, links=link is not None),
        data=Table(
            caption="Positions in the units of the scale", head=("Party", "From", "In whose words", "Low", "Best", "High"),
            rows=tuple(rows), numeric=frozenset({3, 4, 5}),
        ),
    )  # fmt: skip


def _line(
    body: list[str], own: list[Position], last: date, x: Callable[[date], float], y: Callable[[float], float], n: int,
    name: str, link: Callable[[Position], str] | None,
) -> None:  # fmt: skip
    tone, offset = f"p{n % 8}", (n % 4 - 1.5) * 1.6  # lines of parties that agree lie beside each other
    path: list[tuple[float, float]] = []
    for at, position in enumerate(own):
        start = position.valid_from or last
        until = own[at + 1].valid_from or last if at + 1 < len(own) else last
        lo, hi = position.value.ends
        if hi > lo:
            corners = [(x(start), y(lo)), (x(until), y(lo)), (x(until), y(hi)), (x(start), y(hi))]
            body.append(svg.path(corners, tone=tone, fill=tone, opacity=0.14))
        height = y(position.value.best) + offset
        path += [(x(start), height), (x(until), height)]
    body.append(svg.path(path, tone=tone, width=2))
    for position in own:
        at_x, at_y = x(position.valid_from or last), y(position.value.best) + offset
        for day in position.repeats:
            if day <= last:
                body.append(svg.line(x(day), at_y - 5, x(day), at_y + 5, tone=tone, width=1.4))
        body.append(_marked(position, at_x, at_y, n, name, link))


def _marked(
    position: Position, x: float, y: float, n: int, name: str, link: Callable[[Position], str] | None
) -> str:  # fmt: skip
    """The party's mark, hollow for what others say of it."""
    drawn = svg.mark(x, y, svg.SHAPES[n % 8], tone=f"p{n % 8}", size=4, hollow=position.voice != "own")
    told = f"{name}, {words.day(position.valid_from)}: {words.estimate(position.value)}"
    told += "" if position.voice == "own" else f" ({words.VOICES[position.voice]})"
    return drawn if link is None else svg.linked(drawn, link(position), x, y, label=told)


def _two_lines(text: str, most: int) -> list[str]:
    """The label in at most two lines of `most` letters, cut where it is longer."""
    if len(text) <= most:
        return [text]
    at = text.rfind(" ", 0, most + 1)
    return [text[:at], _short(text[at + 1 :], most)] if at > 0 else [_short(text, most)]


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
