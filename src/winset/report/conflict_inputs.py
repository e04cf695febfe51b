"""What a conflict is made of, in JSON and in words: options, preferences, and what each rests on."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from winset.domain.runs import Assumption

_WORD = re.compile(r"'[^']*'|\"[^\"]*\"|\d+|<->|<-|[-!~&|]|[A-Za-z]{2,3}\b")
_SIGNS = {
    "-": " not ", "!": " not ", "~": " not ", "not": " not ", "&": " and ", "and": " and ", "|": " or ", "or": " or ",
    "<-": " if ", "if": " if ", "<->": " exactly if ", "iff": " exactly if ",
}  # fmt: skip
"""The signs of `formats.priorities` in words."""


def inputs_json(
    data: Any, *, suggested: bool, assumptions: Sequence[Assumption] = (), gaps: Sequence[str] = ()
) -> dict[str, Any] | None:
    """Options with owners and preferences most important first, each with its grounds; None where none are written."""
    if not isinstance(data, dict) or "decisionMakers" not in data or "options" not in data:
        return None
    options = [one if isinstance(one, dict) else {"name": one} for one in data["options"]]
    names = [str(one["name"]) for one in options]
    owners = {k: maker["name"] for maker in data["decisionMakers"] for k in maker["options"]}
    wishes = []
    for maker in data["decisionMakers"]:
        given = maker.get("preferenceGrounds")
        notes = given if isinstance(given, list) else []
        for n, statement in enumerate(maker.get("preferences") or []):
            note = notes[n] if n < len(notes) and isinstance(notes[n], Mapping) else {}
            wishes.append(
                {"decision_maker": maker["name"], "place": n + 1, "statement": statement_in_words(statement, names),
                 **_told(note)}
            )  # fmt: skip
    return {
        "suggested": suggested,
        "options": [
            {"option": names[k], "decision_maker": owners[k], **_told(one)} for k, one in enumerate(options)
        ],
        "preferences": wishes, "assumptions": [one.as_json() for one in assumptions], "gaps": list(gaps),
    }  # fmt: skip


def _told(note: Mapping[str, Any]) -> dict[str, Any]:
    """Who says so, why, how surely and by which words; what has another form than that is left out."""
    by, why, score, grounds = (note.get(key) for key in ("by", "why", "score", "grounds"))
    sure = isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 1
    return {
        "by": by if isinstance(by, str) else None, "why": why if isinstance(why, str) else None,
        "score": score if sure else None,
        "grounds": [
            {"doc": g["doc"], "statement": g.get("statement"), "spans": g.get("spans") or []}
            for g in (grounds if isinstance(grounds, list) else ())
            if isinstance(g, Mapping) and isinstance(g.get("doc"), str)
        ],
    }  # fmt: skip


def statement_in_words(statement: Any, names: Sequence[str]) -> str:
    """A preference statement with options by their names and its signs as words."""
    if isinstance(statement, str):
        spelled = _WORD.sub(lambda m: _SIGNS.get(m.group().lower()) or _option(m.group(), names), statement)
        return " ".join(spelled.split()).replace("( ", "(").replace(" )", ")")
    parts = statement["members"] if isinstance(statement, Mapping) else [statement]
    said = [" and ".join(("" if answer == "Y" else "not ") + f"“{names[k]}”" for k, answer in one) for one in parts]
    return " or ".join(said) if len(said) > 1 else said[0]


def _option(word: str, names: Sequence[str]) -> str:
    return f"“{names[int(word) - 1]}”" if word.isdigit() else f"“{word[1:-1]}”"


def suggested_text(found: Mapping[str, Any]) -> str:
    """What was suggested, part by part, before anything is concluded from it."""
    lines = ["Suggested from the record; nobody has looked at it yet. Options:"]
    for one in found["options"]:
        lines.append(f"- {one['decision_maker']}: {one['option']} ({one['why']}{_at(one)})")
    lines.append("Preferences, most important first:")
    for one in found["preferences"]:
        lines.append(f"- {one['decision_maker']} {one['place']}. {one['statement']} ({one['why']}{_at(one)})")
    lines += [f"Assumed: {one['text']}." for one in found["assumptions"]]
    lines += [f"Left out: {one}." for one in found["gaps"]]
    lines.append("--save FILE.gmcr keeps it for review.\n")
    return "\n".join(lines)


def _at(one: Mapping[str, Any]) -> str:
    places = [g["statement"] or g["doc"] for g in one["grounds"]]
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return f"; {', '.join(places[:3])}{more}" if places else ""
