"""Words that bear on what has to be judged: who is in a hurry, who guarantees what, whose consent is needed; no numbers yet."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from winset.domain.positions import PositionVoice
from winset.domain.text import Grounds

PointerKind = Literal["haste", "no deal", "reward", "guarantee", "trust", "consent", "backing", "tactic"]
KINDS: tuple[PointerKind, ...] = get_args(PointerKind)
DIRECTIONS: dict[PointerKind, tuple[str, ...]] = {
    "haste": ("hurries", "waits", "deadline"),
    "no deal": ("costly", "bearable"),
    "reward": ("offered", "withdrawn"),
    "guarantee": ("given", "refused", "asked"),
    "trust": ("trusted", "distrusted", "broke", "kept"),
    "consent": ("needed", "can block", "may sign", "may not sign"),
    "backing": ("backs", "funds", "arms", "depends on", "drops"),
    "tactic": ("stalls", "divides", "pressures", "bluffs", "misleads", "shifts"),
}
BEARS_ON: dict[PointerKind, tuple[str, ...]] = {
    "haste": ("haste", "discount"),
    "no deal": ("outside option", "reservation"),
    "reward": ("utility",),
    "guarantee": ("guarantee",),
    "trust": ("trust",),
    "consent": ("ratifiers", "must_sign"),
    "backing": ("relations",),
    "tactic": (),
}
"""The judgements, or lists of a case, for which each kind is a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """What words say of a party that bears on a judgement; a suggestion until somebody has reviewed it.

    party   of whom it is said; `toward` whom it concerns besides: who is trusted by whom, backed, given a deadline
    voice   own: the party says it of itself, or does it; ascribed: somebody else says it, by `ascribed_by`; forecast: foreseen
    """

    kind: PointerKind
    direction: str
    party: str
    toward: str | None
    voice: PositionVoice
    ascribed_by: str | None
    date: dt.date | None
    grounds: tuple[Grounds, ...]
    score: float
    why: tuple[str, ...] = ()
    by: str = "reader 1"
    note: str | None = None

    def __post_init__(self) -> None:
        if self.direction not in DIRECTIONS[self.kind]:
            raise ValueError(
                f"{self.kind}: unknown direction {self.direction!r}; one of {', '.join(DIRECTIONS[self.kind])}"
            )

    @property
    def suggested(self) -> bool:
        """Whether a program read it and no person has taken it over."""
        return self.by.startswith("reader")
