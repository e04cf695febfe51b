"""In which order statements wait for review: by their reading scores, and from eight verdicts on by what these verdicts say."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from winset.store.casefile import CaseFile
from winset.store.queue import Wanted

WINDOW = 500  # statements at the head of the order of reading scores that are put in the learned order
LESSONS = 200  # of the latest verdicts that are learned from
LONG = (
    200_000  # bytes of a document beyond which cues are not looked up in it, for the next statement has to come at once
)
PASSED = 50  # statements gone past without a verdict that are remembered
_QUOTED = re.compile("“([^“”]*)”")


@dataclass(frozen=True, slots=True)
class Rests:
    """What an order rests on.

    reviews    verdicts on statements of the case that say something, `LESSONS` at most
    least      from how many on an order is learned
    differ_by  what right and wrong statements were found to differ by; where nothing, the order is that of the reading scores
    """

    reviews: int
    least: int
    differ_by: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """In a sentence."""
        latest = "the latest " if self.reviews >= LESSONS else ""
        said = f"{latest}{self.reviews} review{'' if self.reviews == 1 else 's'} of statements in this case"
        if self.reviews < self.least:
            return f"The order is that of the reading scores; it is learned from {self.least} reviews on, and rests on {said} so far."
        if not self.differ_by:
            return f"The order rests on {said}, which show no pattern: it is that of the reading scores."
        return f"The order rests on {said}; what was wrong differs by {' and '.join(self.differ_by)}."


@dataclass(frozen=True, slots=True)
class Next:
    """The next statement to review (None where there is none), those gone past without a verdict, and what the order rests on."""

    id: str | None
    passed: tuple[str, ...] = ()
    rests: Rests | None = None


def in_order(
    file: CaseFile, which: Wanted, *, start: int = 0, count: int = 50
) -> tuple[list[dict[str, Any]], Rests | None]:
    """`count` statements from the `start`-th on, and what their order rests on; None for the order of the case.

    The first `WINDOW` by reading score are put in the learned order; those behind them follow by reading score.
    """
    if which.order == "case":
        return file.waiting(which, start=start, count=count), None
    head, rests = _head(file, which)
    shown = [json.loads(one) for one in (head[start : start + count] if count >= 0 else head[start:])]
    if (count < 0 or len(shown) < count) and len(head) == WINDOW:
        behind = max(start, WINDOW)
        shown += file.waiting(which, start=behind, count=count if count < 0 else count - len(shown))
    return shown, rests


def following(path: Path, which: Wanted, after: str | None = None, passed: Sequence[str] = ()) -> Next:
    """The next statement behind `after`, from the top after the last one.

    A learned order changes with each verdict, so there the next is the first that was not gone past: `after` was where it
    still waits, and `passed` are those before it.
    """
    with CaseFile.open(path) as file:
        if which.order != "case":
            head, rests = _head(file, which)
            if rests.differ_by:
                past = _past(file, which, after, passed)
                ids = [_facts(one).id for one in head]
                left = next((id for id in ids if id not in past), None)
                if left is None and ids:
                    past, left = (), ids[0]
                return Next(left, past, rests)
        else:
            rests = None
        found = file.next_waiting(which, after) or (file.next_waiting(which) if after else None)
        return Next(str(found["id"]) if found else None, (), rests)


def _past(file: CaseFile, which: Wanted, after: str | None, passed: Sequence[str]) -> tuple[str, ...]:
    new = after is not None and after not in passed and (which.only is None or after in which.only)
    if new and file.number_waiting(replace(which, only=(str(after),))):
        passed = (*passed, str(after))
    return tuple(passed[-PASSED:])


def _head(file: CaseFile, which: Wanted) -> tuple[list[str], Rests]:
    """The head of the order, each statement as its text stands in the file, and what the order rests on."""
    from winset.evidence import ranking  # loads NumPy, which the order of the case need not wait for

    head = file.waiting_as_written(which, count=WINDOW)
    lessons = file.lessons(LESSONS)
    if len(lessons) < ranking.LEAST:
        return head, Rests(len(lessons), ranking.LEAST)
    with_cue = {facts.doc for facts in map(_facts, (*head, *(said for said, _ in lessons))) if facts.cue}
    texts = file.short_texts(sorted(with_cue), LONG)

    def trait(one: str) -> ranking.Trait:
        facts = _facts(one)
        text = texts.get(facts.doc, "")
        cue = " ".join(text[start:end].lower() for start, end in facts.cue)
        return ranking.Trait(facts.score, {**facts.kinds, "cue": cue})

    known = [(trait(one), verdict == "accept") for one, verdict in lessons]
    keys, groups = ranking.learned_order(known, [trait(one) for one in head])
    sign = -1 if which.order == "sure" else 1
    order = sorted(range(len(head)), key=lambda n: sign * keys[n])  # stable: ties stay by reading score, then place
    return [head[n] for n in order], Rests(len(lessons), ranking.LEAST, groups)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the order needs to know of a statement; `kinds` are those by which statements may differ in how often they are read
    rightly, all but the words of the cue, which stand in the document."""

    id: str
    doc: str
    score: float
    cue: tuple[tuple[int, int], ...]
    kinds: Mapping[str, str]


@lru_cache(maxsize=4 * (WINDOW + LESSONS))
def _facts(written: str) -> _Facts:
    """From a statement as its text stands in the file. Remembered, for from one verdict to the next few of them change."""
    body = json.loads(written)
    speaker, why = body.get("speaker") or {}, body.get("why") or []
    words = _QUOTED.findall(str(why[-1])) if why else []
    kinds = {
        "act": str(body.get("act") or next(iter(body.get("acts") or ()), "")),
        "quotation": str(body.get("kind") or ""),
        "voice": str(speaker.get("kind") or ""),
        "speaker": next((str(speaker[k]) for k in ("party", "name", "description") if speaker.get(k)), ""),
        "source": str(body["doc"]),
        "word of the act": words[0].lower() if words else "",
        "reason": " / ".join(_QUOTED.sub("…", str(one)) if "“" in str(one) else "" for one in why),
        "tense": str(body.get("tense") or ""),
        "modality": f"{body.get('modality') or ''}{' negated' if body.get('negated') else ''}",
        "reader": str(body.get("by") or ""),
    }  # fmt: skip
    cue = tuple((int(start), int(end)) for start, end in body.get("cue") or ())
    return _Facts(str(body["id"]), str(body["doc"]), float(body.get("score", 1.0)), cue, kinds)
