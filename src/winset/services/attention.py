"""Attention and absence: what parties speak of, what nobody speaks of, who is not at the table and matters."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from winset.domain.case import Case
from winset.domain.plain.texts import grounds_to
from winset.domain.pointers import Pointer
from winset.domain.text import Grounds
from winset.evidence import attention as counting
from winset.evidence import sides, unheard
from winset.evidence.drafts import Draft
from winset.models.attention.shares import shares
from winset.services import pointers as words
from winset.services.drafting import drafted
from winset.services.sources import reviewed_case

DRAWS, SEED, LEVEL = 2000, 1, 0.9
WARNING = (
    "How often a party speaks of an issue shows what it is asked about and wants heard, not what the issue is worth to it: it may keep "
    "silent on what matters most, and newspapers choose what they print. A suggestion for salience, never salience itself."
)


def attention(path: Path, *, at: date | None = None) -> dict[str, Any]:
    """`{"as_of", "parties", "unspoken", "affected", "unheard", "can_block", "warning"}` of a case up to a day.

    Per party the share of its sayings that each issue takes, with an interval over articles drawn anew, and the salience that this
    suggests (0 to 100, 100 for what it speaks of most). Repeats of a saying count once.
    """
    case = reviewed_case(path)
    return of_case(case, at or case.as_of)


def shown(path: Path, *, at: date | None = None) -> tuple[Case, dict[str, Any]]:
    """The case with the parties and issues that its record adds, without that record, and what `attention` says of it."""
    case = reviewed_case(path)
    known, found = _counted(case, at or case.as_of, None)
    return known.with_(documents=(), statements=()), found


def of_case(
    case: Case, when: date | None, pointed: Iterable[Pointer] | None = None, suggested: Draft | None = None
) -> dict[str, Any]:
    """As `attention`, of a reviewed case in hand; `pointed` are its pointers, and `suggested` is what it was drafted into, where these
    are known already."""
    return _counted(case, when, pointed, suggested)[1]


def _counted(
    case: Case, when: date | None, pointed: Iterable[Pointer] | None, suggested: Draft | None = None
) -> tuple[Case, dict[str, Any]]:
    documents = tuple(one for one in case.documents if when is None or one.date is None or one.date <= when)
    kept = {one.id for one in documents}
    statements = tuple(one for one in case.statements if one.doc in kept)
    plain = case.with_(
        documents=documents, statements=statements, judgements=tuple(one for one in case.judgements if one.quantity != "position"),
    )  # fmt: skip
    known, found = (case, suggested) if suggested and len(documents) == len(case.documents) else drafted(plain)
    issues = [issue.id for issue in known.issues]
    texts = {document.id: document.text for document in documents}
    counted = counting.counts(found.stances, {one.id: one.doc for one in known.statements}, issues)
    said_by: dict[tuple[str, str], dict[str, Grounds]] = {}
    for stance in found.stances:
        if stance.voice == "own":
            said_by.setdefault((stance.party, stance.issue), {}).setdefault(stance.statement, stance.grounds)
    rows = []
    for party, (table, sayings) in counted.items():
        answer = shares(table, draws=DRAWS, level=LEVEL, rng=np.random.default_rng(SEED))
        rows.append(
            {
                "party": party, "statements": sayings, "articles": len(table),
                "issues": [
                    {
                        "issue": issue, "statements": int(table[:, n].sum()), "share": _round(answer.share[n]),
                        "said": list(said_by[party, issue]), "grounds": grounds_to(tuple(said_by[party, issue].values())),
                        "interval": [_round(x) for x in answer.interval[n]],
                        "suggested_salience": [_round(x, 1) for x in (answer.relative_interval[n][0], answer.relative[n], answer.relative_interval[n][1])],
                    }
                    for n, issue in enumerate(issues) if table[:, n].sum()
                ],
                "silent_on": [issue for n, issue in enumerate(issues) if not table[:, n].sum()],
            }
        )  # fmt: skip
    spoken = {one.issue for one in found.stances} | {issue for one in found.proposals for issue, _ in one.terms}
    unspoken = [issue for issue in issues if issue not in spoken] if case.statements else []
    seated = case.seats(when) or found.seated
    again = {id for group in found.also.values() for id in group}
    places = sides.read(documents, known.statements, known.parties)
    everybody = {party.id for party in (*known.parties, *places.parties)}
    there = (*seated, *found.mediating) if seated else ()
    met = counting.affected(known.statements, places, there, everybody, again)
    silent = [one for one in unheard.unheard(documents, known.statements, places) if one.party not in there]
    pointed = words.of_case(case) if pointed is None else pointed
    said = (one for one in pointed if one.date is None or when is None or one.date <= when)
    talking = seated or tuple(dict.fromkeys(one.party for one in found.stances if one.voice == "own"))
    blocks = counting.blockers(case, talking, said, when)
    return known, {
        "as_of": when.isoformat() if when else None, "level": LEVEL, "draws": DRAWS, "seed": SEED, "seated": list(seated),
        "parties": rows, "unspoken": unspoken, "statements": len(known.statements),
        "affected": [
            {"party": one.party, "sayings": one.sayings, "grounds": grounds_to(one.grounds), "words": _words(texts, one.grounds)} for one in met
        ],
        "unheard": [
            {"who": one.who, "party": one.party, "grounds": grounds_to((one.grounds,)), "words": _words(texts, [one.grounds])} for one in silent
        ],
        "can_block": [
            {"party": one.party, "why": one.why, "suggested": one.suggested, "grounds": grounds_to(one.grounds), "words": _words(texts, one.grounds)}
            for one in blocks
        ],
        "warning": WARNING,
    }  # fmt: skip


def _round(value: float, digits: int = 4) -> float:
    return round(float(value), digits)


def _words(texts: dict[str, str], grounds: Iterable[Grounds]) -> list[str]:
    return [" … ".join(span.of(texts[one.doc]) for span in one.spans) for one in grounds if one.doc in texts]
