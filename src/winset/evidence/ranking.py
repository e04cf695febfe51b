"""What an analyst's verdicts say about suggestions not yet reviewed: their scores, learned anew from the verdicts of one case."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from winset.domain.estimates import Judgement
from winset.domain.reviews import Review, judgement_target
from winset.evidence.stances import Stance
from winset.models.learning.logistic import chances, fit

LEAST = 8  # verdicts below which scores stay as they are read
_CERTAIN = 0.97


def ranked(
    suggested: Sequence[tuple[Stance, Judgement]], verdicts: Mapping[str, Review]
) -> tuple[list[Judgement], int]:  # fmt: skip
    """The judgements with scores learned from the verdicts on some of them, and on how many verdicts these rest.

    Accepted is right; corrected and rejected are wrong; skipped says nothing. Nothing but the case's own verdicts counts, and
    the same verdicts give the same scores.
    """
    told = [verdicts.get(judgement_target(one)) for _, one in suggested]
    known = [n for n, one in enumerate(told) if one is not None and one.verdict != "skip"]
    if len(known) < LEAST:
        return [one for _, one in suggested], len(known)
    names: dict[str, int] = {}
    shown = [_features(stance) for stance, _ in suggested]
    for each in shown:
        for name in each:
            names.setdefault(name, len(names))
    table = np.zeros((len(shown), len(names)))
    for row, each in enumerate(shown):
        for name in each:
            table[row, names[name]] = 1.0
    before = np.array([_odds(judgement.score) for _, judgement in suggested])
    right = np.array([1.0 if (one := told[n]) is not None and one.verdict == "accept" else 0.0 for n in known])
    weights = fit(table[known], right, offset=before[known])
    after = chances(table, weights, offset=before)
    return [
        replace(judgement, score=round(float(chance), 4)) for (_, judgement), chance in zip(suggested, after, strict=True)
    ], len(known)  # fmt: skip


def _features(stance: Stance) -> tuple[str, ...]:
    because = stance.why[1].rpartition("”")[2].strip() if len(stance.why) > 1 else ""
    named = stance.why[0].partition("” names")[0].lstrip("“").lower() if stance.why else ""
    return (
        "any", f"issue {stance.issue}", f"point {stance.issue} {stance.value.best:g}", f"party {stance.party}",
        f"stand {stance.stand}", f"frame {because}", f"words {named}", f"told {stance.grounds.statement is None}",
        f"condition {stance.condition is not None}",
    )  # fmt: skip


def _odds(score: float | None) -> float:
    chance = min(max(0.5 if score is None else score, 1 - _CERTAIN), _CERTAIN)
    return math.log(chance / (1 - chance))
