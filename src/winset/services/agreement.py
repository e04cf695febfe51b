"""How far reviewers agree, with each other and with what was read, and where they do not."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from winset.domain.case import Case
from winset.domain.estimates import Judgement, Table
from winset.domain.plain.estimates import FORMS
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.reviews import review_from
from winset.domain.reviews import Review, judgement_target, statement_target
from winset.domain.statements import Statement
from winset.errors import FormulationError
from winset.evidence.reviewed import corrected, corrected_judgement
from winset.models.agreement.alpha import Level, agreement
from winset.services.drafting import suggestions
from winset.services.sources import is_case_file, load_case
from winset.store.casefile import CaseFile

MACHINE = "the reader"
KEPT, REJECTED = "kept", "rejected"
Code = str | float
MEASURES: tuple[tuple[str, Level], ...] = (
    ("act", "nominal"), ("party", "nominal"), ("position", "interval"), ("verdict", "nominal"),
)  # fmt: skip
"""What is compared: the act and the speaker's party of statements (or that they are rejected), the value of judged positions,
and whether a suggestion that is no statement (position, proposal, answer, pointer, earlier deal) is kept, and with which corrections."""


def agreements(paths: Sequence[Path], *, draws: int = 1000, seed: int = 0) -> dict[str, Any]:
    """`{"reviewers", "agreement", "disagreements", "seed"}` over one case that several people reviewed, or over their copies.

    agreement      per measure and group of coders Krippendorff's alpha with a 95 % bootstrap interval over units: all people
                   together where there are two or more, then each against what was read before any review
    disagreements  what two people decided differently, with what each says

    Raises FormulationError where nobody has reviewed anything.
    """
    codes: dict[str, dict[str, dict[str, Code]]] = {
        name: {} for name, _ in MEASURES
    }  # measure -> target -> coder -> code
    people: dict[str, None] = {}
    for path in paths:
        case = load_case(path)
        for target, by, found in _coded(case, _reviews(path, case)):
            people[by] = None
            for name, machine, said in found:
                codes[name].setdefault(target, {})[MACHINE] = machine
                codes[name][target][by] = said
    if not people:
        raise FormulationError("nobody has reviewed anything in this case yet; winset review CASE")
    rng = np.random.default_rng(seed)
    groups = ([tuple(people)] if len(people) > 1 else []) + [(person, MACHINE) for person in people]
    return {
        "reviewers": list(people),
        "agreement": [
            _measured(name, level, group, codes[name], draws, rng) for name, level in MEASURES for group in groups
        ],
        "disagreements": [
            {"what": name, "target": target, "said": {who: by[who] for who in people if who in by}, "read": by[MACHINE]}
            for name, _ in MEASURES for target, by in codes[name].items()
            if len({by[who] for who in people if who in by}) > 1
        ],
        "seed": seed,
    }  # fmt: skip


def _reviews(path: Path, case: Case) -> list[Review]:
    """The last review of each target by each person; in a case file the log has those that others replaced."""
    if is_case_file(path):
        with CaseFile.open(path) as file:
            return [record(Fields(one, "review"), review_from) for one in file.reviews_by_person()]
    return list({(one.target, one.by): one for one in case.reviews}.values())


def _coded(case: Case, reviews: Sequence[Review]) -> list[tuple[str, str, list[tuple[str, Code, Code]]]]:
    """(target, person, [(measure, what was read, what the person makes of it)]) for every verdict that decides something."""
    statements = {statement_target(one.id): one for one in case.statements}
    judged = {judgement_target(one): one for one in (*case.judgements, *_suggested(case, reviews))}
    found = []
    for review in reviews:
        if review.verdict == "skip":
            continue
        if review.target in statements:
            found.append((review.target, review.by, _of_statement(statements[review.target], review)))
        elif not review.target.startswith(statement_target("")):
            position = judged.get(review.target)
            values = _of_judgement(position, review) if position and position.quantity == "position" else []
            found.append((review.target, review.by, [*values, ("verdict", KEPT, _verdict(review))]))
    return found


def _suggested(case: Case, reviews: Sequence[Review]) -> tuple[Judgement, ...]:
    """What was suggested before any review: one person's verdict on a statement takes nothing from what another said of a position."""
    of_judgements = any(not one.target.startswith(statement_target("")) for one in reviews)
    return suggestions(case.with_(reviews=())) if of_judgements else ()


def _of_statement(read: Statement, review: Review) -> list[tuple[str, Code, Code]]:
    party = read.speaker.party or ""
    if review.verdict == "reject":
        return [("act", read.act, REJECTED), ("party", party, REJECTED)]
    made = corrected(read, review) if review.verdict == "correct" else read
    return [("act", read.act, made.act), ("party", party, made.speaker.party or "")]


def _of_judgement(read: Judgement, review: Review) -> list[tuple[str, Code, Code]]:
    made = corrected_judgement(read, review) if review.verdict == "correct" else read
    if review.verdict == "reject" or isinstance(read.value, Table) or isinstance(made.value, Table):
        return []
    return [("position", read.value.best, made.value.best)]


def _verdict(review: Review) -> str:
    """Rejected, kept, or kept with which corrections; the value of a position is compared by itself."""
    if review.verdict == "reject":
        return REJECTED
    changes = {key: value for key, value in review.changes if key not in FORMS} if review.verdict == "correct" else {}
    return f"{KEPT} with {json.dumps(changes, ensure_ascii=False, sort_keys=True)}" if changes else KEPT


def _measured(
    name: str,
    level: Level,
    group: tuple[str, ...],
    codes: dict[str, dict[str, Code]],
    draws: int,
    rng: np.random.Generator,
) -> dict[str, Any]:
    targets = list(codes)
    numbers: dict[Code, float] = {}
    table = np.full((len(group), len(targets)), np.nan)
    for row, coder in enumerate(group):
        for column, target in enumerate(targets):
            code = codes[target].get(coder)
            if code is not None:
                table[row, column] = code if isinstance(code, float) else numbers.setdefault(code, float(len(numbers)))
    found = agreement(table, level=level, draws=draws, rng=rng)
    return {
        "what": name, "level": level, "between": list(group), "alpha": found.alpha,
        "interval": list(found.interval) if found.interval else None, "units": found.units,
    }  # fmt: skip
