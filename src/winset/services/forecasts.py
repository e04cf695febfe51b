"""Use cases of the forecast ledger: ask, forecast, resolve, list, verify, score, publish."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from winset.domain.forecasts import MAPPINGS, Broken, Entry, Ledger, broken, rule_came_later, sealed
from winset.errors import CaseError, UsageError
from winset.report.uncertainty import is_chance
from winset.services import scores
from winset.services.cases import author, now
from winset.services.runs import chosen
from winset.services.sources import is_case_file, judged_case, load_case, read_bytes
from winset.store.casefile import CaseFile


def append(case: Path, body: Entry, *, at: datetime | None = None, by: str | None = None) -> Entry:
    """Seals one entry at the end of a case's ledger. It cannot be undone; a mistake is corrected by a later entry."""
    when, who = at or now(), by or author()
    with CaseFile.open(case, at=when) as file:
        return file.seal(lambda ledger: sealed(ledger, body, at=when, by=who), at=when, author=who)


def from_words(words: str, mapping: str) -> list[float]:
    """The range of probability that a hedge stands for. Raises UsageError, naming what the mapping knows."""
    if mapping not in MAPPINGS:
        raise UsageError(
            f"no mapping {mapping!r}; there are {', '.join(MAPPINGS)}; or give --range and say whose it is"
        )
    known = MAPPINGS[mapping]
    low_high = known.get(" ".join(words.casefold().split()))
    if low_high is None:
        raise UsageError(f"{mapping} has no range for {words!r}; it knows {', '.join(known)}; or give --range")
    return list(low_high)


def from_run(case: Path, key: str, output: str, kind: str) -> Entry:
    """A kept run's answer as a forecast: the share of draws for a yes/no question, else quantiles, with the method's own
    error where it is known."""
    run = chosen(load_case(case), key)
    outputs = (run.result.get("outputs") if isinstance(run.result, dict) else None) or {}
    found = outputs.get(output)
    if found is None:
        raise UsageError(f"the run {run.id} has no output {output!r}; it has {', '.join(outputs) or 'none'}")
    if found["mean"] is None:
        raise UsageError(f"{output} of the run {run.id} has no value in any draw; nothing can be forecast from it")
    whose = {"method": run.method, "run": run.id, "output": output}
    if kind == "yes/no":
        if not is_chance(output):
            raise UsageError(
                f"{output} is a number, not whether something happens; ask a question with --number for it"
            )
        return {"probability": min(1.0, max(0.0, found["mean"])), **whose}
    if kind != "number":
        raise UsageError(f"a run answers yes/no questions and ones with --number; this one is of kind {kind}")
    if is_chance(output):
        raise UsageError(f"{output} is whether something happens, not a number; ask a yes/no question for it")
    known = ((run.result.get("model_error") or {}).get("outputs") or {}).get(output)
    return {"quantiles": known["quantiles_with_inputs"] if known else found["quantiles"], **whose}


def entries(source: Path) -> list[Entry]:
    """The ledger of a case, of its text form, or of a published record (JSON Lines). Raises CaseError."""
    if not is_case_file(source):
        lines = read_bytes(source).decode("utf-8-sig", "replace").splitlines()
        try:
            read = [json.loads(line) for line in lines if line.strip()]
        except (ValueError, RecursionError):
            read = []
        if read and all(isinstance(one, dict) and "seal" in one for one in read):
            return read
    return [dict(one) for one in judged_case(source).forecasts]


def question(source: Path, id: str) -> Entry:
    """One question. Raises UsageError, naming those there are."""
    return Ledger.of(entries(source)).question(id)


def listed(source: Path) -> list[dict[str, Any]]:
    """Every entry with what became of it: a question's `state`, a forecast's `rule_came_later`."""
    return stated(entries(source))


def stated(found: Sequence[Entry]) -> list[dict[str, Any]]:
    """`listed` of entries in hand."""
    ledger, today = Ledger.of(found), now().date().isoformat()
    shown = []
    for entry in found:
        more: dict[str, Any] = {}
        if entry.get("kind") == "question":
            outcome = ledger.outcomes.get(entry["id"])
            waiting = "open" if entry["closes"] >= today else "closed"
            more["state"] = waiting if outcome is None else "annulled" if outcome["outcome"] is None else "resolved"
            more["overdue"] = outcome is None and entry["resolves"] < today
        elif entry.get("kind") == "forecast" and entry.get("question") in ledger.questions:
            more["rule_came_later"] = rule_came_later(ledger.questions[entry["question"]], entry)
        shown.append({**entry, **more})
    return shown


def verify(source: Path, head: str | None = None) -> dict[str, Any]:
    """Whether the chain holds, and in a case file also whether every entry ever sealed in it is still there.

    head  a seal that was made known earlier: it must be in the chain
    """
    found = entries(source)
    wrong: Broken | None = broken(found)
    seals = [one.get("seal") for one in found]
    if wrong is None and is_case_file(source):
        with CaseFile.open(source) as file:
            gone = [one for one in file.seals() if one not in seals]
        if gone:
            wrong = Broken(
                len(found), f"the entry sealed {gone[0][:12]} is in the case's log but no longer in the ledger"
            )
    if wrong is None and head is not None and head not in seals:
        wrong = Broken(len(found), f"the seal {head[:12]} made known earlier is not in the ledger")
    return {
        "ok": wrong is None, "broken_at": wrong.at if wrong else None, "why": wrong.why if wrong else None,
        "entries": len(found), "head": seals[-1] if seals else None,
    }  # fmt: skip


def score(source: Path) -> dict[str, Any]:
    """The scores. Raises CaseError where the chain is broken: what was altered is not graded."""
    checked = verify(source)
    if not checked["ok"]:
        raise CaseError(f"{source}: the ledger is broken at entry {checked['broken_at']}: {checked['why']}")
    return scores.score(entries(source))


def publish(source: Path) -> str:
    """The whole record as JSON Lines: anybody can verify the chain and recompute the scores from it."""
    return "".join(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in entries(source))
