"""What an analyst's verdicts say about suggestions not yet reviewed: their scores, learned anew from the verdicts of one case."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from winset.domain.estimates import Judgement
from winset.domain.pointers import Pointer
from winset.domain.reviews import Review, judgement_target, pointer_target
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
    right = [float((one := told[n]) is not None and one.verdict == "accept") for n in known]
    scores, groups = _learned(
        [judgement.score for _, judgement in suggested], [_kinds(stance) for stance, _ in suggested], known, right
    )
    return Ranked(
        [replace(judgement, score=score) for (_, judgement), score in zip(suggested, scores, strict=True)],
        len(known),
        groups,
    )


def ranked_pointers(
    found: Sequence[Pointer], verdicts: Mapping[str, Review]
) -> tuple[list[Pointer], int, tuple[str, ...]]:
    """As `ranked`, of words that bear on judgements: with their learned scores, on how many verdicts these rest, what they differ by.

    Where the verdicts show no pattern, scores stay as they were read.
    """
    told = [verdicts.get(pointer_target(one)) for one in found]
    known = [n for n, one in enumerate(told) if one is not None and one.verdict != "skip"][-MOST:]
    if len(known) < LEAST:
        return list(found), len(known), ()
    right = [float((one := told[n]) is not None and one.verdict == "accept") for n in known]
    scores, groups = _learned([one.score for one in found], [_kinds_of_words(one) for one in found], known, right)
    if not groups:
        return list(found), len(known), ()
    return [replace(one, score=score) for one, score in zip(found, scores, strict=True)], len(known), groups


def _kinds_of_words(one: Pointer) -> dict[str, str]:
    return {
        "kind": one.kind, "direction": f"{one.kind} {one.direction}", "party": one.party, "voice": one.voice,
        "who says it": one.ascribed_by or "", "source": one.grounds[0].doc if one.grounds else "", "party and kind": f"{one.party} {one.kind}",
    }  # fmt: skip


class Trait(NamedTuple):
    """What is known of a statement before its review: how sure the reading is (0..1), and of what kinds it is."""

    score: float
    kinds: Mapping[str, str]


def learned_order(
    lessons: Sequence[tuple[Trait, bool]], waiting: Sequence[Trait]
) -> tuple[list[float], tuple[str, ...]]:
    """A key for each of the statements that wait, the least likely to be right first, and what they were found to differ by.

    lessons  reviewed statements, each with whether it stood

    Below `LEAST` lessons, and where what these say has no pattern, the key is the reading score: the order stays as it was.
    """
    read = [one.score for one in waiting]
    if len(lessons) < LEAST or not waiting:
        return read, ()
    everything = [*(one for one, _ in lessons), *waiting]
    known = range(len(lessons))
    scores, groups = _learned(
        [one.score for one in everything],
        [one.kinds for one in everything],
        known,
        [float(stood) for _, stood in lessons],
    )
    return (scores[len(lessons) :], groups) if groups else (read, ())


def _learned(
    scores: Sequence[float | None], shown: Sequence[Mapping[str, str]], known: Sequence[int], right: Sequence[float]
) -> tuple[list[float], tuple[str, ...]]:
    """The chance of each to be right, learned from the known ones, and the groups of kinds that weigh in it."""
    kinds = {name: [each[name] for each in shown] for name in shown[0]}
    found = learn([_odds(score) for score in scores], kinds, known, right)
    chances = 1 / (1 + np.exp(-np.clip(found.odds, -30, 30)))
    return [round(float(chance), 4) for chance in chances], found.groups


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
