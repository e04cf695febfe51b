"""The ledger of forecasts in words, and in lines for the terminal."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from winset.report import words


def list_text(entries: Sequence[dict[str, Any]]) -> str:
    """One line an entry."""
    return "\n".join(f"{e['n']:>4}  {e['at'][:10]}  {_line(e)}" for e in entries)


def _line(e: dict[str, Any]) -> str:
    if e["kind"] == "question":
        overdue = ", overdue" if e["overdue"] else ""
        return f"question {e['id']} ({e['state']}{overdue}; closes {e['closes']}): {e['text']}  Rule: {e['rule']}"
    if e["kind"] == "outcome":
        came = "annulled" if e["outcome"] is None else e["outcome"]
        return f"outcome of {e['question']}: {came} ({e['source']})"
    form = next(k for k in ("probability", "range", "options", "quantiles", "normal") if e.get(k) is not None)
    said = f'  in the words "{e["words"]}", by {e["mapping"]}' if e.get("words") else ""
    later = "  [rule written later: not graded]" if e.get("rule_came_later") else ""
    return f"forecast of {e['question']} by {e['author']}: {form} {e[form]}{said}{later}"


def said(one: dict[str, Any]) -> str:
    """What a forecast says: chances in per cent, quantiles with their levels."""
    if one.get("probability") is not None:
        return f"{words.number(100 * one['probability'])} %"
    if one.get("range") is not None:
        low, high = one["range"]
        hedge = f" “{one['words']}”, {one['mapping']}" if one.get("words") else ""
        return f"{words.number(100 * low)} to {words.number(100 * high)} %{hedge}"
    if one.get("options") is not None:
        return ", ".join(f"{name} {words.number(100 * p)} %" for name, p in one["options"].items())
    if one.get("normal") is not None:
        return f"{words.number(one['normal'][0])} ± {words.number(one['normal'][1])}"
    points = sorted(one["quantiles"].items(), key=lambda pair: float(pair[0]))
    (low, first), (high, last) = points[0], points[-1]
    middle = next((f", {_value(x)} in the middle" for level, x in points if float(level) == 0.5), "")
    share = words.number(100 * (float(high) - float(low)))
    return f"{_value(first)} to {_value(last)} ({share} % lie between){middle}"


def came(question: dict[str, Any], outcome: dict[str, Any]) -> str:
    """What came of a question."""
    value = outcome["outcome"]
    if value is None:
        return "annulled"
    if question["type"] == "yes/no":
        return "yes" if value else "no"
    return _value(value)


def _value(value: Any) -> str:
    if isinstance(value, int | float):
        return words.number(float(value))
    try:
        return words.day(date.fromisoformat(value))
    except ValueError:
        return str(value)


def score_text(found: dict[str, Any]) -> str:
    """The scores in words, with what each rests on."""
    if not found["n"]:
        return "No forecast is resolved yet; nothing can be graded."
    lines = [f"{found['n']} forecasts of {found['questions']} resolved questions."]
    if found["brier"] is not None:
        low, high = found["brier_bounds"]
        lines.append(
            f"Brier score {found['brier']:.4f}"
            + (f" (ranges by their ends: {low:.4f} to {high:.4f})" if found["ranges"] else "")
        )
        lines.append(
            f"Log score {found['log']:.4f} (natural logarithm, probabilities kept {found['clip']:g} from 0 and 1)"
        )
        parts = found["murphy"]
        lines.append(
            "Of the Brier score: reliability {reliability:.4f}, resolution {resolution:.4f}, uncertainty {uncertainty:.4f}".format(
                **parts
            )
        )
        if found["skill"] is not None:
            lines.append(
                f"Skill against the base rate: {found['skill']:.3f} (1 perfect, 0 no better than always saying the rate)"
            )
        lines += [f"  said {100 * b['forecast']:.0f} %: came {100 * b['observed']:.0f} % of {b['n']} ({100 * b['interval'][0]:.0f} to {100 * b['interval'][1]:.0f} %)" for b in found["calibration"]]  # fmt: skip
    for key, name in (
        ("brier_options", "Brier score over options"),
        ("rps", "Ranked probability score"),
        ("crps", "CRPS of numbers"),
        ("crps_days", "CRPS of dates, in days,"),
    ):
        if found[key] is not None:
            lines.append(f"{name} {found[key]:.4f}")
    lines += coverage_lines(found["coverage"])
    if found["ranking"] is None:
        lines.append("No ranking: it takes two authors with ten resolved yes/no questions each.")
    else:
        lines += [
            f"{n}. {one['author']}: Brier {one['brier']:.4f} on {one['questions']}"
            for n, one in enumerate(found["ranking"], 1)
        ]
    if found["rule_came_later"]:
        lines.append(f"Left out, rule written after the words were said: {', '.join(found['rule_came_later'])}")
    return "\n".join(lines)


def coverage_lines(found: Sequence[dict[str, Any]]) -> list[str]:
    """Whether numbers and dates came within what was said as often as was said."""
    return [
        f"Of {words.count(one['n'], 'forecast')} that name the middle {100 * one['level']:.0f} %, "
        f"{round(one['n'] * one['held'])} held what came ({100 * one['interval'][0]:.0f} to {100 * one['interval'][1]:.0f} %)"
        for one in found
    ]
