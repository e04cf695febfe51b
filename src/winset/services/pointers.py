"""Words of a case that bear on judgements nobody has made yet: shown and reviewed, never computed with."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.estimates import judgement_to
from winset.domain.plain.pointers import pointer_to
from winset.domain.pointers import BEARS_ON, KINDS, Pointer, PointerKind
from winset.domain.reviews import pointer_target
from winset.errors import FormulationError, UsageError
from winset.evidence import reviewed
from winset.evidence.parties import names_of
from winset.evidence.repeats import fold
from winset.evidence.seating import at_the_table
from winset.services.sources import reviewed_case

MOST_READ = 2_000  # statements beyond which a method's refusal does not look for words on its own
RECORDS: dict[PointerKind, tuple[str, ...]] = {
    "haste": ("haste", "discount"),
    "no deal": ("outside option", "reservation"),
    "guarantee": ("guarantee",),
    "trust": ("trust",),
    "consent": ("ratifier",),
    "backing": ("relation",),
}
"""What can be made of each kind; of rewards and tactics nothing that a method takes."""
NO_RECORD = frozenset({("consent", "may sign"), ("consent", "may not sign"), ("backing", "drops")})


def possible(pointer: Pointer) -> tuple[str, ...]:
    """What a person can judge from a pointer: quantities of its party, a relation, a ratifier; empty where it stays evidence."""
    if (pointer.kind, pointer.direction) in NO_RECORD or (pointer.kind == "backing" and pointer.toward is None):
        return ()
    return RECORDS.get(pointer.kind, ())


def made_of(case: Case, pointer: Pointer) -> list[str]:
    """What has been judged from the words of a pointer, in words: "haste 0.4 by ann"."""
    words = {(ground.doc, span.start, span.end) for ground in pointer.grounds for span in ground.spans}

    def rests(grounds: Any) -> bool:
        return any((g.doc, span.start, span.end) in words for g in grounds for span in g.spans)

    found = [
        f"{one.quantity} {_said(judgement_to(one))} by {one.by}"
        for one in case.judgements
        if one.party == pointer.party and one.quantity in RECORDS.get(pointer.kind, ()) and rests(one.grounds)
    ]
    found += [
        f"{one.of} {one.kind} {one.to}" + (f", strength {one.strength:g}" if one.strength is not None else "") + (f" by {one.by}" if one.by else "")
        for one in case.relations if rests(one.grounds)
    ]  # fmt: skip
    found += [
        f"ratifier {one.name}" + (f" by {one.by}" if one.by else "") for one in case.ratifiers if rests(one.grounds)
    ]
    return found


def _said(plain: dict[str, Any]) -> str:
    if "value" in plain:
        return f"{plain['value']:g}"
    ends = plain.get("range") or plain.get("likely") or ()
    return " to ".join(f"{end:g}" for end in (ends[0], ends[-1])) if ends else "judged"


def read(case: Case) -> tuple[Pointer, ...]:
    """The pointers of a reviewed case, before anybody has reviewed them."""
    return _heard(case)[0]


def _heard(case: Case) -> tuple[tuple[Pointer, ...], dict[str, str]]:
    """The pointers, and the names of the case's parties and of those that only its record knows, by their ids."""
    if not case.documents:
        return (), {}
    from winset.evidence import pointers as reading  # load what reads sentences, as `drafting.drafted` does
    from winset.evidence import speaking_for

    found, statements = speaking_for.heard(case.documents, case.statements, case.parties)
    again = {id for group in fold(case.documents, statements).values() for id in group}
    seated = case.seats(None) or at_the_table(case.documents, names_of(found.parties))[0]
    names = {party.id: party.name for party in (*found.parties, *case.parties)}
    return reading.read(case.documents, statements, found, seated, again), names


def of_case(case: Case) -> tuple[Pointer, ...]:
    """The pointers of a reviewed case as the reviews of them leave them, their scores learned from these."""
    return learned(case)[0]


def learned(case: Case) -> tuple[tuple[Pointer, ...], dict[str, Any], dict[str, str]]:
    """As `of_case`, what the scores rest on: `{"verdicts", "differ_by"}`, the latter empty where they are those of reading, and
    names of parties by their ids."""
    verdicts = reviewed.latest(case.reviews)
    heard, names = _heard(case)
    from winset.evidence import ranking  # as in `_heard`

    found, count, groups = ranking.ranked_pointers(heard, verdicts)
    return reviewed.laid_pointers(tuple(found), verdicts), {"verdicts": count, "differ_by": list(groups)}, names


def pointers(
    path: Path, *, at: date | None = None, kind: str | None = None, party: str | None = None
) -> dict[str, Any]:  # fmt: skip
    """`{"as_of", "pointers", "bears_on", "scores_rest_on", "names"}`: what words say up to a day, each with its exact words, voice, score
    and reason, and the names of the parties that it speaks of.

    `bears_on` counts, per party and judgement, the pointers that are reasons for it, and those reviewed among them.
    Raises UsageError for an unknown kind.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"no kind {kind!r}; there are {', '.join(KINDS)}")
    case = reviewed_case(path)
    when = at or case.as_of
    found, rests, names = learned(case)
    kept = [
        one for one in found
        if (when is None or one.date is None or one.date <= when) and kind in (None, one.kind) and party in (None, one.party)
    ]  # fmt: skip
    return {"as_of": when.isoformat() if when else None, **shown(case, kept), "scores_rest_on": rests,
            "names": {id: names[id] for one in kept for id in (one.party, one.toward, one.ascribed_by) if id in names}}  # fmt: skip


def shown(case: Case, kept: Iterable[Pointer]) -> dict[str, Any]:
    """As `pointers`, of pointers in hand."""
    texts = {document.id: document.text for document in case.documents}
    kept = list(kept)
    counts: dict[tuple[str, str], list[int]] = {}
    for one in kept:
        for quantity in BEARS_ON[one.kind]:
            count = counts.setdefault((one.party, quantity), [0, 0])
            count[0] += 1
            count[1] += not one.suggested
    return {
        "pointers": [
            {
                **pointer_to(one), "target": pointer_target(one), "suggested": one.suggested, "possible": list(possible(one)), "judged": made_of(case, one),
                "words": [span.of(texts[ground.doc]) for ground in one.grounds for span in ground.spans if ground.doc in texts],
            }
            for one in kept
        ],
        "bears_on": [
            {"party": who, "quantity": quantity, "pointers": n, "reviewed": done} for (who, quantity), (n, done) in counts.items()
        ],
    }  # fmt: skip


@contextmanager
def hinting(path: Path, case: Case, *kinds: str) -> Iterator[None]:
    """Where a method finds nothing judged, its refusal tells how many words of the record bear on that."""
    try:
        yield
    except FormulationError as error:
        if len(case.statements) > MOST_READ:
            raise
        found = [one for one in of_case(case) if one.kind in kinds]
        if not found:
            raise
        asked = " or ".join(f"--kind {kind!r}" if " " in kind else f"--kind {kind}" for kind in kinds)
        raise FormulationError(
            f"{error}; {len(found)} saying{'' if len(found) == 1 else 's'} of the record bear on it and are not computed with: "
            f"winset pointers {path} {asked}"
        ) from None
