"""The ledger of forecasts: questions with their rules first, then forecasts, then outcomes; append only, sealed.

An entry is a plain JSON value. Its `seal` is the SHA-256 of the rest of it, in which `previous` is the seal of the
entry before: no entry can be changed, left out or slipped in without breaking every later seal.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from winset.domain.runs import digest
from winset.errors import CaseError, UsageError

Entry = dict[str, Any]
START = "0" * 64
KINDS = ("yes/no", "options", "ordered", "number", "date")
LATER = "later"
"""The answer to a question of a date where it did not come by the day on which the question resolves."""
FORMS = ("probability", "range", "options", "quantiles", "normal")

MAPPINGS: dict[str, dict[str, tuple[float, float]]] = {
    "ICD 203": {
        "almost no chance": (0.01, 0.05), "remote": (0.01, 0.05),
        "very unlikely": (0.05, 0.20), "highly improbable": (0.05, 0.20),
        "unlikely": (0.20, 0.45), "improbable": (0.20, 0.45),
        "roughly even chance": (0.45, 0.55), "roughly even odds": (0.45, 0.55),
        "likely": (0.55, 0.80), "probable": (0.55, 0.80),
        "very likely": (0.80, 0.95), "highly probable": (0.80, 0.95),
        "almost certain": (0.95, 0.99), "nearly certain": (0.95, 0.99),
    },
}  # fmt: skip
"""Hedges as ranges of probability. Source: ODNI, Intelligence Community Directive 203 (2015), table in D.6.e."""


def sealed(ledger: Sequence[Entry], body: Entry, *, at: datetime, by: str) -> Entry:
    """`body` as the ledger's next entry. Raises UsageError where a rule of the ledger forbids it."""
    last = ledger[-1] if ledger else None
    if last is not None and at < datetime.fromisoformat(last["at"]):
        raise UsageError(f"the ledger's last entry is of {last['at']}, after {at.isoformat()}; set the clock right")
    entry = {**body, "n": len(ledger), "at": at.isoformat(), "by": by, "previous": last["seal"] if last else START}
    _check(Ledger.of(ledger), entry)
    return {**entry, "seal": digest(entry)}


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that is not as it was written, by its place, and what is wrong with it."""

    at: int
    why: str


def broken(ledger: Sequence[Entry]) -> Broken | None:
    """The first break of the chain or of a rule of the ledger; None where all of it holds."""
    previous, last = START, None
    for n, entry in enumerate(ledger):
        rest = {key: value for key, value in entry.items() if key != "seal"}
        if entry.get("n") != n or entry.get("previous") != previous:
            return Broken(n, "an entry before it is missing, added or moved")
        if entry.get("seal") != digest(rest):
            return Broken(n, "it is not what was sealed")
        try:
            at = datetime.fromisoformat(entry["at"])
            if last is not None and at < last:
                return Broken(n, "it is older than the entry before it")
            _check(Ledger.of(ledger[:n]), entry)
        except (UsageError, CaseError, KeyError, TypeError, ValueError) as error:
            return Broken(n, f"it breaks a rule of the ledger: {error}")
        previous, last = entry["seal"], at
    return None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries by what they are: questions and outcomes by the question's id, forecasts in order."""

    questions: dict[str, Entry]
    forecasts: tuple[Entry, ...]
    outcomes: dict[str, Entry]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Ledger":
        """Sorted out."""
        return cls(
            {e["id"]: e for e in entries if e.get("kind") == "question"},
            tuple(e for e in entries if e.get("kind") == "forecast"),
            {e["question"]: e for e in entries if e.get("kind") == "outcome"},
        )

    def question(self, id: str) -> Entry:
        """The question of this id. Raises UsageError, naming those there are."""
        if id not in self.questions:
            raise UsageError(f"no question {id!r}; there are {', '.join(self.questions) or 'none: ask one first'}")
        return self.questions[id]


def rule_came_later(question: Entry, forecast: Entry) -> bool:
    """Whether a quoted forecast was said before the day on which its question's rule was written down."""
    said = forecast.get("said")
    return said is not None and said < str(question["at"])[:10]


def _check(ledger: Ledger, entry: Entry) -> None:
    match entry.get("kind"):
        case "question":
            _check_question(ledger, entry)
        case "forecast":
            _check_forecast(ledger, entry)
        case "outcome":
            _check_outcome(ledger, entry)
        case other:
            raise UsageError(f"an entry is a question, a forecast or an outcome, not {other!r}")


def _check_question(ledger: Ledger, q: Entry) -> None:
    if not str(q.get("id") or "").strip():
        raise UsageError("a question needs an id")
    if q["id"] in ledger.questions:
        raise UsageError(f"the question {q['id']!r} is asked already; give this one another id")
    for key in ("text", "rule"):
        if not str(q.get(key) or "").strip():
            what = "how its answer will be found, before anybody forecasts it" if key == "rule" else "its words"
            raise UsageError(f"the question {q['id']!r} has no {key}; write {what}")
    if q.get("type") not in KINDS:
        raise UsageError(f"a question is one of {', '.join(KINDS)}, not {q.get('type')!r}")
    options = q.get("options") or []
    if (q["type"] in ("options", "ordered")) != bool(options):
        raise UsageError(f"options belong to questions of options or ordered ones, got {options} for {q['type']}")
    if options and (len(options) < 2 or len(set(options)) < len(options)):
        raise UsageError(f"a question of options has two or more, each once, got {options}")
    closes, resolves = _day(q, "closes"), _day(q, "resolves")
    if closes > resolves:
        raise UsageError(f"{q['id']}: closes on {closes}, after it resolves on {resolves}")
    if closes < datetime.fromisoformat(q["at"]).date():
        raise UsageError(f"{q['id']}: closed on {closes}, before it was asked; a question is written down first")
    base = q.get("base_rate")
    if base is not None and (q["type"] != "yes/no" or not _share(base)):
        raise UsageError(f"{q['id']}: a base rate is a probability of a yes/no question, got {base!r}")


def _check_forecast(ledger: Ledger, f: Entry) -> None:
    q = ledger.question(str(f.get("question")))
    if q["id"] in ledger.outcomes:
        raise UsageError(f"{q['id']} is resolved since {ledger.outcomes[q['id']]['at'][:10]}; nothing can be forecast")
    made = datetime.fromisoformat(f["at"]).date()
    if made > date.fromisoformat(q["closes"]):
        raise UsageError(f"{q['id']} closed on {q['closes']}; a forecast of {made} comes too late")
    if not str(f.get("author") or "").strip():
        raise UsageError("a forecast has an author: a person, a quoted expert or a method")
    if f.get("said") is not None and _day(f, "said") > made:
        raise UsageError(f"said on {f['said']}, after it was entered on {made}")
    if f.get("words") and not f.get("mapping"):
        raise UsageError(f"the words {f['words']!r} need a stated mapping to a range; there are {', '.join(MAPPINGS)}")
    given = [form for form in FORMS if f.get(form) is not None]
    if len(given) != 1:
        raise UsageError(
            f"a forecast has exactly one of {', '.join(FORMS)}; this one has {' and '.join(given) or 'none'}"
        )
    form, value = given[0], f[given[0]]
    fits = {"yes/no": ("probability", "range"), "number": ("quantiles", "normal"), "date": ("quantiles",)}.get(
        q["type"], ("options",)
    )
    if form not in fits:
        raise UsageError(
            f"{q['id']} is a question of kind {q['type']}; forecast it by {' or '.join(fits)}, not by {form}"
        )
    _check_value(form, value, q)


def _check_value(form: str, value: Any, q: Entry) -> None:
    if form == "probability" and not _share(value):
        raise UsageError(f"a probability lies in 0..1, got {value!r}; give shares, not per cent")
    if form == "range" and not (len(value) == 2 and all(map(_share, value)) and value[0] <= value[1]):
        raise UsageError(f"a range of probability is [low, high] within 0..1, got {value}")
    if form == "options":
        if not isinstance(value, Mapping) or set(value) != set(q["options"]) or not all(map(_share, value.values())):
            raise UsageError(f"give each of {', '.join(q['options'])} one probability in 0..1, got {value}")
        if abs(sum(value.values()) - 1) > 1e-9:
            raise UsageError(f"the probabilities sum to {sum(value.values()):g}, not to 1")
    if form == "normal" and not (len(value) == 2 and all(map(_number, value)) and value[1] > 0):
        raise UsageError(f"a normal is [mean, standard deviation above 0], got {value}")
    if form == "quantiles":
        what = "dates" if q["type"] == "date" else "numbers"
        points = levels(value if what == "numbers" else {level: day_number(day, q) for level, day in value.items()})
        if len(points) < 2 or not all(0 <= p <= 1 and _number(x) for p, x in points):
            raise UsageError(f"quantiles are two {what} or more with levels in 0..1, got {value}")
        if any(x > y for (_, x), (_, y) in pairwise(points)):
            raise UsageError(f"quantiles do not fall as their level rises, got {value}")


def levels(quantiles: Mapping[str, float]) -> list[tuple[float, float]]:
    """(level, number) in rising order of level. Raises UsageError on a level that is no number, or twice there."""
    try:
        points = sorted((float(level), number) for level, number in quantiles.items())
    except ValueError:
        raise UsageError(f"levels of quantiles are numbers in 0..1, got {', '.join(quantiles)}") from None
    if len({level for level, _ in points}) < len(points):
        raise UsageError(f"each level of quantiles occurs once, got {', '.join(quantiles)}")
    return points


def day_number(value: object, question: Entry) -> int:
    """A date as a count of days; `later` is the day after the question of a date resolves. Raises UsageError."""
    if value == LATER:
        return date.fromisoformat(question["resolves"]).toordinal() + 1
    try:
        return date.fromisoformat(str(value)).toordinal()
    except ValueError:
        raise UsageError(f"{question['id']} asks for a date YYYY-MM-DD, or {LATER!r}; got {value!r}") from None


def _check_outcome(ledger: Ledger, o: Entry) -> None:
    q = ledger.question(str(o.get("question")))
    if q["id"] in ledger.outcomes:
        raise UsageError(f"{q['id']} was resolved on {ledger.outcomes[q['id']]['at'][:10]}; outcomes are not rewritten")
    if not str(o.get("source") or "").strip():
        raise UsageError("an outcome needs its source: where the rule's answer can be looked up")
    value = o.get("outcome")
    if value is None:
        return  # annulled, as the source says
    if q["type"] == "date":
        if value != LATER and day_number(value, q) >= day_number(LATER, q):
            raise UsageError(f"{q['id']} asks what comes by {q['resolves']}; {value} is after it: write {LATER!r}")
        return
    fits = {"yes/no": value in (0, 1), "number": _number(value)}.get(q["type"], value in (q.get("options") or []))
    if not fits:
        wanted = {"yes/no": "0 or 1", "number": "a number"}.get(
            q["type"], f"one of {', '.join(q.get('options') or [])}"
        )
        raise UsageError(f"the outcome of {q['id']} is {wanted}, got {value!r}")


def _day(entry: Entry, key: str) -> date:
    try:
        return date.fromisoformat(entry[key])
    except (KeyError, TypeError, ValueError):
        raise UsageError(f"{key} is a date YYYY-MM-DD, got {entry.get(key)!r}") from None


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
