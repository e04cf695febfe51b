"""How much a source's word weighs: five plain reasons, each 0 to 1, shown beside what rests on it.

standing      an official's word counts more than that of somebody who is not named
interest      a party on itself, an outsider, a party on another side of the dispute
access        whether the voice can know: it speaks for itself, sits at a table, was in the room, or looks on
record        how often a person accepted what this voice was read to say; unknown before any review
independence  one over the number of tellings: a wire report in ten papers counts once

The weight is their product. The values are judgements of ours, written here and nowhere else; what matters is their order.

They weigh in the score of a suggested position: each telling i was read rightly with the score s_i and comes from a source whose word
is worth w_i (the first four reasons), so the position is as sure as 1 - (1 - s_1 w_1)(1 - s_2 w_2)..., over independent tellings.
The same words told again are no further telling, and of several statements in one document only the surest counts: a copy adds
nothing, and one more independent source never makes a position less sure.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from winset.domain.reviews import Review, statement_target
from winset.domain.statements import Statement, Voice

_STANDING = {
    "official": 1.0, "diplomat": 0.9, "former official": 0.8, "expert": 0.8, "person familiar": 0.7, "other": 0.6, None: 0.7,
}  # fmt: skip
UNNAMED = 0.85  # of a voice that the source does not name
ITSELF, OUTSIDER, OPPONENT = 1.0, 0.9, 0.7
AT_TABLE, CLOSE, OUTSIDE = 0.9, 0.85, 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """The five reasons and their product."""

    statement: str
    standing: float
    interest: float
    access: float
    record: float | None
    independence: float

    @property
    def word(self) -> float:
        """What the source's word is worth, however often it is told."""
        return self.standing * self.interest * self.access * (1.0 if self.record is None else self.record)

    @property
    def weight(self) -> float:
        """Of one of the tellings."""
        return self.word * self.independence


def weigh(
    statement: Statement, party: str, *, parties: Collection[str], seated: Collection[str] = (), tellings: int = 1,
    record: float | None = None,
) -> Weight:  # fmt: skip
    """How much a statement weighs as a ground for where `party` stands.

    parties   of the case: those of them that describe another have an interest in how it looks
    tellings  in how many places the same words stand
    """
    voice = statement.speaker
    itself = party in (voice.party, *voice.members)
    standing = _STANDING[voice.standing] * (UNNAMED if voice.kind == "anonymous" else 1.0)
    if voice.kind == "collective":
        standing = 1.0
    interest = ITSELF if itself else OPPONENT if voice.party in parties else OUTSIDER
    access = 1.0 if itself else AT_TABLE if voice.party in seated else _access(voice)
    return Weight(
        statement=statement.id, standing=round(standing, 4), interest=interest, access=access, record=record,
        independence=1 / max(1, tellings),
    )  # fmt: skip


def _access(voice: Voice) -> float:
    return CLOSE if voice.standing in ("person familiar", "diplomat", "former official") else OUTSIDE


def records(statements: Iterable[Statement], verdicts: Mapping[str, Review]) -> dict[str, float]:
    """Voice -> share of its reviewed statements that a person let stand, with one of each added (2 of 2 is 3 in 4)."""
    counted: dict[str, tuple[int, int]] = {}
    for one in statements:
        review = verdicts.get(statement_target(one.id))
        if review is None or review.verdict == "skip":
            continue
        good, of = counted.get(voice_of(one.speaker), (0, 0))
        counted[voice_of(one.speaker)] = good + (review.verdict != "reject"), of + 1
    return {voice: (good + 1) / (of + 2) for voice, (good, of) in counted.items()}


def voice_of(voice: Voice) -> str:
    """What one voice is called across documents; an unnamed one only within its own."""
    return voice.name or voice.party or voice.id
