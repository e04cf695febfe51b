"""An edit that came too late, beside what stands there now."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

NOT_SHOWN = frozenset(("version", "part", "target", "from", "doc", "party", "issue", "state", "order", "who", "phrase"))
LABELS = {
    "verdict": "Verdict", "why": "Why", "text": "Words", "speaker.name": "Speaker", "speaker.party": "Speaks for",
    "act": "Act", "negated": "Negated", "translation": "Translation", "value": "Value", "note": "Note",
    "title": "Title", "date": "Date", "file": "Came from", "low": "Low", "likely": "Most likely", "high": "High", "by": "By", "at": "When",
}  # fmt: skip

BACK = ("/positions/proposals", "/positions/precedents", "/consent", "/suggestions")
"""Pages on which suggestions are decided beside what they are about; a form names the one it stands on."""


def back_to(path: str, given: Mapping[str, str]) -> str:
    """The page from which an edit was sent to `path` with the fields `given`."""
    if path.startswith("/review/"):
        return quote(path)
    if path == "/suggestions/one":
        return f"/suggestions/one?{urlencode({'target': given.get('target', '')})}"
    if path == "/documents/describe":
        return f"/documents/{quote(given.get('doc', ''))}"
    if path.startswith("/judgements"):
        return f"/positions/on?{urlencode({'party': given.get('party', ''), 'issue': given.get('issue', '')})}"
    if path.startswith("/suggestions/"):
        return given["back"] if given.get("back") in BACK else "/suggestions"
    return "/brief" if path.startswith("/brief") else "/"


def compared(now: Any, given: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(what, as it stands now, as it was to be written) of every field that either side fills.

    now    the record there, None where it was taken away
    given  the fields of the form
    """
    there = _flat(now)
    fields = [*("by", "at"), *(key for key in given if key not in NOT_SHOWN), *there]
    found = []
    for key in dict.fromkeys(fields):
        theirs, yours = there.get(key, ""), given.get(key, "")
        if (theirs or yours) and key not in NOT_SHOWN:
            found.append((LABELS.get(key, key.capitalize()), theirs, yours))
    return found


def _flat(now: Any) -> dict[str, str]:
    """A record's fields as the forms name them: those of a correction by themselves, of a speaker as `speaker.name`."""
    found: dict[str, str] = {}
    for key, value in (now or {}).items():
        if key == "changes":
            for field, changed in value.items():
                inner = changed.items() if isinstance(changed, dict) else [("", changed)]
                found |= {f"{field}.{k}" if k else field: _text(v) for k, v in inner}
        elif key not in NOT_SHOWN:
            found[key] = _text(value)
    if "at" in found:
        found["at"] = found["at"][:16].replace("T", " ") + " UTC"
    return found


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join("-".join(map(str, one)) if isinstance(one, list) else str(one) for one in value)
    return "" if value is None else str(value)
