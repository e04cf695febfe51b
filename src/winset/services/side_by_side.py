"""One case, one date, every method that can run: what each was told and ignores, its record, and where and why they disagree.

Nothing is averaged: each answer stands by itself.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Table
from winset.domain.issues import Issue
from winset.domain.plain.estimates import value_to
from winset.errors import FormulationError, WinsetError
from winset.formulation.uncertainty import USED_BY, name_of
from winset.methods import METHODS as CARDS
from winset.methods import method as card_of
from winset.report import words
from winset.report.uncertainty import UNKNOWN
from winset.services import inputs, one_by_one, propagation
from winset.services.pools import Pool, opened

DRAWS, FEW_DRAWS = 1_024, 256
NEAR = 0.05
"""Of an issue's scale: closer than this is agreement."""
ALSO_USED = {"bargaining": ("utility",), "ratification": (), "spatial": (), "offers": (), "stability": ()}
PARTS = (
    ("ratifiers", "who must consent at home", "ratification"),
    ("conflict", "the moves and preferences", "stability"),
)


class NoneCanRun(FormulationError):
    """No method can run on a case; `reasons` says for each why not."""

    def __init__(self, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__("no method can run: " + "; ".join(f"{name}: {why}" for name, why in reasons))
        self.reasons = reasons


def compare(
    source: str, *, at: date | None = None, draws: int = DRAWS, seed: int = 1, workers: int | None = None
) -> dict[str, Any]:
    """The value that `winset compare --json` prints. Raises NoneCanRun."""
    case, day = inputs.load(source)
    when = at or day
    methods = []
    with opened(workers) as where:
        for name in propagation.METHODS:
            methods.append(_asked(case, name, when, draws, seed, where))
    if all(one["why_not"] for one in methods):
        raise NoneCanRun(tuple((one["method"], one["why_not"]) for one in methods))
    issues = {issue.id: _answers(issue.id, methods) for issue in case.issues}
    others = [_other(case, card.name, when) for card in CARDS if card.name not in propagation.METHODS]
    return {
        "as_of": when.isoformat() if when else None, "draws": draws, "seed": seed, "methods": methods, "others": others,
        "issues": {id: found for id, found in issues.items() if found},
        "questions": {issue.id: issue.question for issue in case.issues},
        "disagreement": list(_disagreements(case, when, issues, methods)),
    }  # fmt: skip


def look(path: Path) -> tuple[Case, dict[str, Any] | None, tuple[tuple[str, str], ...]]:
    """(case, `compare` with fewer draws or None, each method and why it cannot run), for the workbench."""
    case = inputs.load(str(path))[0]
    try:
        return case, compare(str(path), draws=FEW_DRAWS, workers=1), ()
    except NoneCanRun as error:
        return case, None, error.reasons


def _asked(case: Case, name: str, at: date | None, draws: int, seed: int, where: Pool) -> dict[str, Any]:
    card = next((card for card in CARDS if card.name == name), None)
    quantities = (*USED_BY[name], *ALSO_USED[name])
    told: dict[str, Any] = {
        "method": name, "question": card.question if card else "Which situations would last?",
        "version": propagation.VERSION, "told": list(_told(case, quantities, at)), "ignores": _ignored(case, name, quantities),
        "record": None, "record_note": UNKNOWN, "answers": {}, "assumptions": [], "assumed": [], "why_not": None,
    }  # fmt: skip
    try:
        result = propagation.run_case(case, name, at=at, draws=draws, seed=seed, where=where).result
    except WinsetError as error:
        return {**told, "why_not": str(error)}
    known = result["model_error"] or {}
    known_errors = known.get("outputs", {})
    told |= {
        "record": known.get("record"),
        "record_note": None if known.get("record") else result["model_error_note"] or UNKNOWN,
    }
    for output, one in result["outputs"].items():
        if one["mean"] is None:
            continue
        wide = known_errors.get(output, {}).get("quantiles_with_inputs")
        told["answers"][output] = {
            "mean": one["mean"], "middle": one["quantiles"]["0.5"], "interval": [one["quantiles"]["0.1"], one["quantiles"]["0.9"]],
            "with_method_error": [wide["0.1"], wide["0.9"]] if wide else None, "share_of_draws": one["share_of_draws"],
        }  # fmt: skip
    return {
        **told, "assumptions": [one["text"] for one in result["assumptions"]],
        "assumed": list(_assumed(case, result["assumptions"])),
    }  # fmt: skip


def _assumed(case: Case, assumptions: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Assumptions with the names of their parties and the questions of their issues; what is the same for several of them once."""
    names = {party.id: party.name for party in case.parties}
    questions = {issue.id: _named(issue) for issue in case.issues}
    alike: dict[tuple[str, str | None], list[tuple[str | None, str | None]]] = {}
    for one in assumptions:
        party, issue, text = one["party"], one["issue"], str(one["text"])
        for id, gap in ((party, "{party}"), (issue, "{issue}")):
            text = re.sub(rf"(?<![\w-]){re.escape(id)}(?![\w-])", gap, text, count=1) if id else text
        if issue and "{issue}" not in text:
            text = f"on {{issue}}: {text}"
        alike.setdefault((text, issue if "{party}" in text else None), []).append((party, issue))
    together: dict[tuple[str, str], list[str | None]] = {}
    for (text, _), found in alike.items():
        said = words.several([names.get(party, party) for party in dict.fromkeys(p for p, _ in found) if party])
        for issue in dict.fromkeys(issue for _, issue in found):
            together.setdefault((text, said), []).append(issue)
    for (text, parties), issues in together.items():
        asked = [questions.get(id, id) for id in issues if id]
        every = len(asked) == len(case.issues) > 1
        on = f"each of the {len(asked)} issues" if every else words.several(asked)
        yield text.replace("{party}", parties, 1).replace("{issue}", on, 1)


def _told(case: Case, quantities: tuple[str, ...], at: date | None) -> Iterator[dict[str, Any]]:
    for key in dict.fromkeys((j.quantity, j.party, j.issue) for j in case.judgements if j.quantity in quantities):
        held = case.judgement(*key, at)
        if held is not None:
            yield {"what": name_of(key), "value": value_to(held.value), "by": held.by}


def _ignored(case: Case, name: str, quantities: tuple[str, ...]) -> list[str]:
    found = [q for q in dict.fromkeys(j.quantity for j in case.judgements) if q not in quantities]
    found += [words for part, words, user in PARTS if getattr(case, part) and user != name]
    return found


def _other(case: Case, name: str, at: date | None) -> dict[str, Any]:
    """A method that answers another kind of question: whether the case holds what it needs."""
    card = card_of(name)
    why: str | None = None
    try:
        card.stage("formulate")(case, at)
    except WinsetError as error:
        why = str(error)
    return {"method": name, "question": card.question, "can_run": why is None, "why_not": why,
            "command": f"winset solve {name.replace(' ', '-')}"}  # fmt: skip


def _answers(issue: str, methods: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What each method says of one issue: a point with its interval, or the likeliest option with its share of draws."""
    found = []
    for one in methods:
        answers = one["answers"]
        if f"outcome:{issue}" in answers:
            said = answers[f"outcome:{issue}"]
            found.append(
                {
                    "method": one["method"],
                    "value": said["mean"],
                    "middle": said["middle"],
                    "interval": said["interval"],
                    "share": None,
                }
            )
            continue
        start = f"outcome:{issue}="
        options = {key[len(start) :]: said["mean"] for key, said in answers.items() if key.startswith(start)}
        if options:
            best = max(options, key=lambda option: options[option])
            found.append(
                {"method": one["method"], "value": best, "middle": None, "interval": None, "share": options[best]}
            )
    return found


def _disagreements(
    case: Case, at: date | None, issues: dict[str, list[dict[str, Any]]], methods: list[dict[str, Any]]
) -> Iterator[str]:
    """Sentences: where methods lie apart, by how much, and what makes the difference."""
    points = {id: {a["method"]: a for a in found if not isinstance(a["value"], str)} for id, found in issues.items()}
    apart = 0
    for issue in case.issues:
        said, ends = points.get(issue.id, {}), issue.measured_over(_seen(case, issue.id))
        options = {a["method"]: a["value"] for a in issues.get(issue.id, []) if isinstance(a["value"], str)}
        if len(set(options.values())) > 1:
            apart += 1
            yield f"On {_named(issue)}: " + ", ".join(f"{m} favours {value}" for m, value in options.items()) + "."
        if len(said) < 2 or ends is None or ends[0] == ends[1]:
            continue
        low, high = min(said, key=lambda m: said[m]["middle"]), max(said, key=lambda m: said[m]["middle"])
        gap = (said[high]["middle"] - said[low]["middle"]) / (ends[1] - ends[0])
        if gap <= NEAR:
            continue
        apart += 1
        noise = said[low]["interval"][1] >= said[high]["interval"][0]
        yield (
            f"On {_named(issue)} {low} says {words.on_scale(said[low]['middle'], issue)} and {high} "
            f"{words.on_scale(said[high]['middle'], issue)}, apart by {100 * gap:.0f} % of {_span(issue, ends)}; " + ("not knowing the inputs better could explain it." if noise else
                                "more than not knowing the inputs explains: it is the methods that differ.")
        )  # fmt: skip
        yield from _why(case, at, issue, {m: said[m]["middle"] for m in said}, NEAR * (ends[1] - ends[0]))
    shared = [id for id, found in issues.items() if len(found) > 1]
    if shared and not apart:
        on = f"all {len(shared)} issues" if len(shared) > 1 else "the one issue"
        yield f"On {on} that several methods speak of they agree within 5 % of the scale."
    if not shared:
        yield "No issue is answered by more than one method, so they cannot be held against each other."
    ran = [one["method"] for one in methods if not one["why_not"]]
    if apart and {"spatial", "bargaining"} <= set(ran):
        yield (
            "Spatial weighs how far and how strongly each party pulls, issue by issue; bargaining asks what each signer gains "
            "over no deal on all issues together, and does not know who is stronger."
        )
    if len(ran) > 1:
        yield _records([one for one in methods if not one["why_not"]])


def _seen(case: Case, issue: str) -> tuple[float, float] | None:
    """The lowest and the highest position ever judged on an issue."""
    held = [one.value for one in case.judgements if one.quantity == "position" and one.issue == issue]
    ends = [end for value in held if not isinstance(value, Table) for end in value.ends]
    return (min(ends), max(ends)) if ends else None


def _span(issue: Issue, ends: tuple[float, float]) -> str:
    return "the scale" if ends == issue.bounds else "what lies between the positions taken"


def _named(issue: Issue) -> str:
    """The issue in a sentence: its question, in quotation marks."""
    return f"“{issue.question or issue.id}”"


def _records(methods: list[dict[str, Any]]) -> str:
    """How far off each has been, as far as that is known."""
    known = [
        f"{one['method']} missed by {one['record']['mae']:.0f} hundredths of the scale on average on {one['record']['issues']} "
        f"decisions ({one['record']['data']})"
        for one in methods if one["record"]
    ]  # fmt: skip
    silent = [one["method"] for one in methods if not one["record"]]
    if not known:
        return "How far off any of them tends to be is unknown. Nothing here is averaged."
    rest = (
        f"; how far off {words.several(silent)} tend{'s' if len(silent) == 1 else ''} to be is unknown"
        if silent
        else ""
    )
    return f"Of records, {'; '.join(known)}{rest}. Nothing here is averaged."


def _why(case: Case, at: date | None, issue: Issue, said: dict[str, float], least: float) -> Iterator[str]:
    """What each answer would be if a method counted what the other does; only where that moves it."""
    signers = set(case.signers(at))
    if "spatial" in said and len(said) > 1:
        equal = case.with_(judgements=tuple(j for j in case.judgements if j.quantity != "capability"))
        for where, changed in (
            ("If all were equally strong", equal),
            ("If only those who must sign counted", _only(case, signers) if signers else None),
        ):
            then = _point(changed, at, issue.id, "spatial")
            if then is not None and abs(then - said["spatial"]) > least:
                yield f"{where}, spatial would say {words.on_scale(then, issue)} instead."
    if {"bargaining", "ratification"} <= set(said) and case.ratifiers:
        then = _point(case.with_(ratifiers=(), rules=()), at, issue.id, "ratification")
        if then is not None and abs(then - said["ratification"]) > least:
            yield f"Without consent at home ratification would say {words.on_scale(then, issue)} instead."


def _only(case: Case, signers: set[str]) -> Case:
    return case.with_(judgements=tuple(j for j in case.judgements if j.party in signers))


def _point(case: Case | None, at: date | None, issue: str, method: str) -> float | None:
    """A method's answer on an issue in another case, at the best values; None where it has none."""
    if case is None:
        return None
    try:
        q = propagation.question(case, method, at)
        best = one_by_one.of_case(q.asked.case, q.asked, method, "nash").get(f"outcome:{issue}")
    except WinsetError:
        return None
    return None if best is None or best != best else best
