"""What an analyst's verdicts say about suggestions not yet reviewed: their scores, learned anew from the verdicts of one case."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from winset.domain.estimates import Judgement
from winset.domain.reviews import Review, judgement_target
from winset.evidence.stances import Stance
from winset.models.learning.grouped import learn

LEAST = 8  # verdicts below which scores stay as they are read
MOST = 1000  # of the latest verdicts that are learned from
_CERTAIN = 0.97
_QUOTED = re.compile("“([^“”]*)”")


class Ranked(NamedTuple):
    """The judgements with their scores; on how many verdicts these rest; what suggestions were found to differ by."""

    judgements: list[Judgement]
    verdicts: int
    differ_by: tuple[str, ...] = ()


def ranked(suggested: Sequence[tuple[Stance, Judgement]], verdicts: Mapping[str, Review]) -> Ranked:
    """The judgements with scores learned from the verdicts on some of them.

    Accepted is right; corrected and rejected are wrong; skipped says nothing. Nothing but the case's own verdicts counts, and
    the same verdicts give the same scores. Verdicts without a pattern only move all scores together: see `learn`.
    """
    told = [verdicts.get(judgement_target(one)) for _, one in suggested]
    known = [n for n, one in enumerate(told) if one is not None and one.verdict != "skip"]
    if len(known) < LEAST:
        return Ranked([one for _, one in suggested], len(known))
    if len(known) > MOST:
        latest = sorted(known, key=lambda n: (one.at.timestamp() if (one := told[n]) else 0.0, n))[-MOST:]
        known = sorted(latest)
    shown = [_kinds(stance) for stance, _ in suggested]
    kinds = {name: [each[name] for each in shown] for name in shown[0]}
    right = [float((one := told[n]) is not None and one.verdict == "accept") for n in known]
    found = learn([_odds(judgement.score) for _, judgement in suggested], kinds, known, right)
    chances = 1 / (1 + np.exp(-np.clip(found.odds, -30, 30)))
    return Ranked(
        [
            replace(judgement, score=round(float(chance), 4))
            for (_, judgement), chance in zip(suggested, chances, strict=True)
        ],
        len(known),
        found.groups,
    )


def _kinds(stance: Stance) -> dict[str, str]:
    """By what suggestions may differ in how often they are right."""
    why = (*stance.why, "", "")
    return {
        "issue": stance.issue, "point": f"{stance.issue} {stance.value.best:g}", "party": stance.party,
        "party on issue": f"{stance.party} {stance.issue}", "frame": why[1].rpartition("”")[2].strip() or why[1],
        "word of asking": _quoted(why[1]), "phrase": _quoted(why[0]),
        "telling": f"{stance.grounds.statement is None} {why[2] if len(stance.why) > 2 else ''}",
        "condition": str(stance.condition is not None), "source": stance.grounds.doc,
    }  # fmt: skip


def _quoted(reason: str) -> str:
    found = _QUOTED.match(reason)
    return found[1].lower() if found else ""


def _odds(score: float | None) -> float:
    chance = min(max(0.5 if score is None else score, 1 - _CERTAIN), _CERTAIN)
    return math.log(chance / (1 - chance))
