"""What every route needs: the case it works on, templates to fill, and requests read with their limits."""

import base64
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse

from winset.errors import ConflictError, LimitExceeded, UsageError
from winset.report import words
from winset.report.blocks import Chart, Inline, Ref
from winset.report.direction import direction, turned
from winset.report.long_names import cut
from winset.services import cases, drawings, workbench
from winset.services.aside import Asides, Part, Wait

LARGEST_FORM = 256 << 10
LARGEST_FILE = 64 << 20
MOST_FIELDS = 2_500
MOST_CHARTS = 64


class AnyText(PathConvertor):
    """`{name:any}` in a route: the rest of the address whatever it holds, line breaks too."""

    regex = "(?s:.*)"


register_url_convertor("any", AnyText())


class AnotherCase(ConflictError):
    """Another case has taken the place of the one that was opened."""


class WrongField(UsageError):
    """What stands in one field of a form cannot be taken; the page says so at that field."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class StillComputing(Exception):
    """An answer takes longer than a page may; the page that waits for it is shown instead."""

    def __init__(self, wait: Wait) -> None:
        super().__init__(wait)
        self.wait = wait


class Desk:
    """One open case."""

    def __init__(self, case: Path) -> None:
        self.case = case
        self._asides = Asides(case)
        self._made = cases.made(case)
        self._looked: tuple[int, int, int] | None = None
        self._charts: OrderedDict[str, Chart] = OrderedDict()
        self._keeping = Lock()
        self._templates = Environment(
            loader=PackageLoader("winset.web"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._templates.filters |= {
            "visible": workbench.visible,
            "label": lambda text: workbench.visible(cut(text)),
            "part": part,
            "day": words.day,
            "iso": lambda text: words.day(date.fromisoformat(text)),
            "tells": tells_day,
            "moment": lambda text: f"{words.day(date.fromisoformat(text[:10]))}, {text[11:16]}",
            "number": words.number,
            "on_scale": words.on_scale,
            "seconds": lambda passed: words.count(round(passed), "second"),
            "estimate": words.estimate,
            "condition": words.condition,
            "spans": spans_text,
            "reason": reason,
            "direction": direction,
            "turned": turned,
            "drawing": lambda chart: _data("image/svg+xml", drawings.as_svg(_within(chart))),
            "numbers": lambda chart: _data("text/csv", drawings.as_csv(_within(chart))),
            "kept": self.keep,
            "who": lambda said: said.get("name") or said.get("description") or words.UNNAMED[said["kind"]],
            "voice": lambda voice: words.VOICES[voice],
        }

    def keep(self, chart: Chart) -> str:
        """The name under which `chart_shown` gives this chart back while the last `MOST_CHARTS` are remembered."""
        name = hashlib.sha256(f"{chart.id} {chart.title} {chart.svg}".encode("utf-8", "replace")).hexdigest()[:24]
        with self._keeping:
            self._charts[name] = _within(chart)
            self._charts.move_to_end(name)
            while len(self._charts) > MOST_CHARTS:
                self._charts.popitem(last=False)
        return name

    def chart_shown(self, name: str) -> Chart:
        """A chart of a page shown lately. Raises UsageError where it is no longer remembered."""
        with self._keeping:
            chart = self._charts.get(name)
        if chart is None:
            raise UsageError("this chart is no longer at hand; open its page again and save it from there")
        return chart

    def check(self) -> None:
        """Raises AnotherCase where another case has taken the place of the one that was opened.

        A page of yesterday could else write a verdict on a statement of the same name in another case.
        """
        try:
            there = self.case.stat()
        except OSError:
            return  # whoever reads it says so
        looked = (there.st_ino, there.st_size, there.st_mtime_ns)
        if looked == self._looked:
            return
        if cases.made(self.case) != self._made:
            raise AnotherCase(
                f"{self.case.name} is another case now than the one this workbench was opened on; nothing was changed. "
                f"To work on it, start the workbench again: winset serve {self.case}"
            )
        self._looked = looked

    def answer(
        self, function: Callable[..., Any], *, aside: bool = True, heavy: bool = False, **asked: Any
    ) -> tuple[Any, bool | Part]:
        """What `function` says of the case, and whether the case has changed since, or of which part of the record it
        says so. Raises StillComputing."""
        found = self._asides.ask(function, aside=aside, heavy=heavy, **asked)
        if isinstance(found, Wait):
            raise StillComputing(found)
        return found.value, found.part or found.behind

    def current(self, function: Callable[..., Any], **asked: Any) -> Any:
        """As `answer`, never of an earlier state of the case. Raises StillComputing."""
        found = self._asides.ask(function, fresh=True, **asked)
        if isinstance(found, Wait):
            raise StillComputing(found)
        return found.value

    def page(self, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A template filled in; its text is escaped."""
        given = {"case_name": self.case.name, "case_made": self._made, "behind": False, "bare": False, **values}
        return HTMLResponse(self._templates.get_template(name).render(given), status)


def _within(chart: Chart) -> Chart:
    rows = tuple(tuple(replace(cell, line=tuple(map(_piece, cell.line))) for cell in row) for row in chart.data.rows)
    data = replace(chart.data, caption=cut(chart.data.caption), head=tuple(map(cut, chart.data.head)), rows=rows)
    return replace(
        chart, title=cut(chart.title), reading=cut(chart.reading), description=cut(chart.description), data=data
    )


def _piece(one: Inline) -> Inline:
    if isinstance(one, str):
        return cut(one)
    return one if isinstance(one, Ref) else replace(one, text=cut(one.text))


def _data(kind: str, file: bytes) -> str:
    return f"data:{kind};charset=utf-8;base64,{base64.b64encode(file).decode()}"


def tells_day(text: str, day: str) -> bool:
    """Whether the words hold the day (YYYY-MM-DD), so that it need not be said again: "version 2 June 2031"."""
    when = date.fromisoformat(day)
    return f"{when.day} {words.MONTHS[when.month - 1]}" in text and str(when.year) in text


def spans_text(spans: Sequence[Sequence[int]]) -> str:
    """Spans as forms write them: 12-40, 55-60."""
    return ", ".join(f"{a}-{b}" for a, b in spans)


def spans(text: str, field: str) -> list[list[int]]:
    """`12-40, 55-60` as spans. Raises WrongField."""
    found: list[list[int]] = []
    for one in filter(None, (place.strip() for place in text.split(","))):
        start, dash, end = one.partition("-")
        ends = [end.strip() for end in (start, end)]
        if not dash or not all(end.isascii() and end.isdigit() and len(end) < 10 for end in ends):
            raise WrongField(f"{field}: write places as 12-40, apart by commas, not {one[:40]!r}", field)
        found.append([int(end) for end in ends])
    return found


_COMMAND = re.compile(r"(?<![\w./-])winset [a-z]|(?<![\w-])--[a-z]")


def reason(refusal: str) -> str:
    """Why something cannot be done, without the commands that the terminal would take: pages have ways of their own."""
    kept = []
    for clause in refusal.split("; "):
        ways = [one for one in clause.split(", or ") if not _COMMAND.search(one)]
        if ways:
            kept.append(", or ".join(ways))
    return "; ".join(kept) or refusal


def part(text: object) -> str:
    """A text as one part of an address."""
    return quote(str(text), safe="")


def whole(text: str, field: str = "") -> int:
    """A whole number from 0 on. Raises WrongField."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise WrongField(f"expected a whole number from 0 on, got {text[:40]!r}", field)
    return int(text)


def number(text: str, what: str, field: str = "") -> float:
    """A finite number. Raises WrongField, naming what it is for; `field` is `what` where a form calls it so."""
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if found - found != 0:
        comma = "; write decimals with a point" if re.fullmatch(r"\s*[-+]?\d{1,20},\d{1,20}\s*", text) else ""
        raise WrongField(f"{what}: expected a number, got {text[:40]!r}{comma}", field or what)
    return found


def share(text: str, what: str, field: str) -> float:
    """Per cent, as a share from 0 to 1. Raises WrongField."""
    found = number(text.strip().removesuffix("%"), what, field)
    if not 0 <= found <= 100:
        raise WrongField(f"{what}: expected 0 to 100 per cent, got {text[:40]!r}", field)
    return found / 100


def numbers(given: Mapping[str, str]) -> tuple[float, ...]:
    """One value, low and high, or low, most likely, high, as a form has them. Raises UsageError."""
    return tuple(number(given[name], name) for name in ("low", "likely", "high") if given.get(name, "").strip())


def day(text: str | None, field: str = "at") -> date | None:
    """A date, None where the text is empty. Raises WrongField."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongField(f"expected a date such as 2025-02-18, got {str(text)[:40]!r}", field) from None


async def body(request: Request, most: int) -> bytes:
    """What was sent. Raises LimitExceeded where it is more than `most` bytes."""
    parts, size = [], 0
    async for one in request.stream():
        size += len(one)
        if size > most:
            raise LimitExceeded(f"larger than {most:,} bytes; use winset add for it", limit="file-bytes")
        parts.append(one)
    return b"".join(parts)


async def fields(request: Request) -> list[tuple[str, str]]:
    """The fields of a form, in order, empty ones too; kept with the request, should somebody else have been faster."""
    text = (await body(request, LARGEST_FORM)).decode("utf-8", "replace")
    try:
        request.state.fields = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise UsageError(f"the form cannot be read: {error}") from None
    found: list[tuple[str, str]] = request.state.fields
    return found


async def form(request: Request) -> dict[str, str]:
    """The fields of a form by name; of several with one name the last."""
    return dict(await fields(request))
