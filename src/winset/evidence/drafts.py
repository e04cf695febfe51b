"""What a draft of a case holds, by itself: whoever only passes one on loads none of what reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from winset.domain.estimates import Judgement
from winset.domain.issues import Issue
from winset.domain.positions import Move, Position
from winset.domain.terms import Proposal

if TYPE_CHECKING:
    from winset.evidence.proposals import Unresolved
    from winset.evidence.stances import Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a program suggests. `judgements` are own positions as suggestions; `positions` hold those of all voices.

    seated    parties that the words put at a table
    left_out  parties that the words say are kept from it
    mediating parties that the words say mediate or host: not left out, but nobody's opponent
    stances   what each statement says, of which all of this is made
    learned   verdicts of the case's reviewers on which the scores of the judgements rest
    differ_by what the suggestions were found to differ by in how often they are right, the most telling first
    proposals   every version that the record tells of, with the answers to it, as reviewed
    unresolved  answers that fit more than one proposal
    counted   questions of issues that no codebook covers, made of the numbers that the record names
    also      statement id -> ids of its repeats, which count as the one saying
    waiting   own positions of parties on issues where somebody judged others: to be reviewed, and not among the judgements
    """

    issues: tuple[Issue, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    positions: tuple[Position, ...] = ()
    moves: tuple[Move, ...] = ()
    seated: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    mediating: tuple[str, ...] = ()
    stances: "tuple[Stance, ...]" = ()
    learned: int = 0
    differ_by: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    unresolved: "tuple[Unresolved, ...]" = ()
    counted: tuple[str, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waiting: tuple[Judgement, ...] = ()
