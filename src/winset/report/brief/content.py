"""Everything a brief shows, before it is put into words."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from winset.domain.case import Case
from winset.domain.comments import Comment
from winset.domain.estimates import Judgement
from winset.domain.pointers import Pointer
from winset.domain.positions import Inducement, Move, Position
from winset.domain.reviews import Review
from winset.domain.runs import Assumption, Run
from winset.domain.statements import Statement
from winset.domain.text import Span
from winset.models.bargaining.deals import Deals
from winset.models.coalitions.power import Power
from winset.models.spatial.forecasts import Forecasts
from winset.report.blocks import Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """The same statement told again: in which document, as which statement, and what the two tellings disagree on."""

    doc: str
    statement: str
    differs: tuple[str, ...] = ()  # "speaker", "wording"
    speaker: str | None = None  # to whom it is laid there, where that differs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Doubts:
    """How sure the answers are: draws through methods, what they depend on, what-ifs kept, the ledger's record.

    runs     results of `winset run`, by method
    depends  the result of `winset sensitivity` for one output
    whatifs  lines of `winset scenario compare`, each scenario beside the case as it stands
    robust   as `winset scenario robust`, over the case and its scenarios; None where deals cannot be held against each other
    ledger   entries with their state; score as `winset forecast score`, None where nothing is resolved
    """

    runs: dict[str, dict[str, Any]] = field(default_factory=dict)
    depends: dict[str, Any] | None = None
    whatifs: tuple[dict[str, Any], ...] = ()
    robust: dict[str, Any] | None = None
    ledger: tuple[dict[str, Any], ...] = ()
    score: dict[str, Any] | None = None
    broken: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Brief:
    """Everything a brief shows. `statements` holds each saying once; its repeats are in `also`."""

    case: Case
    as_of: date | None
    since: date | None = None
    changes: dict[str, Any] | None = None  # as `winset diff --since` prints it
    statements: tuple[Statement, ...] = ()
    also: dict[str, tuple[Repeat, ...]] = field(default_factory=dict)
    sentences: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    seated: frozenset[str] = frozenset()
    absent: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    beside: tuple[
        Position, ...
    ] = ()  # suggested where nobody judged, beside judged ones; nothing is computed from them
    moves: tuple[Move, ...] = ()
    inducements: tuple[Inducement, ...] = ()
    precedents: tuple[dict[str, Any], ...] = ()  # as `winset precedents` prints them
    proposals: dict[str, Any] | None = None  # as `winset proposals` prints them
    pointers: tuple[Pointer, ...] = ()
    attention: dict[str, Any] | None = None  # as `winset attention` prints it
    alignment: dict[str, Any] | None = None  # as `winset alignment` prints it
    alignment_then: dict[str, Any] | None = None  # the same as of `since`
    suggested: tuple[Judgement, ...] = ()
    deals: Run | None = None  # without lotteries, which no page shows
    solved: Deals | None = None  # what `deals` was read off
    deal_space: Chart | None = None
    patience: Run | None = None
    collective: dict[str, Forecasts] = field(default_factory=dict)  # by issue
    power: Power | None = None
    placed: dict[str, tuple[Fraction, ...]] = field(default_factory=dict)  # issue -> power given positions
    leverage: Run | None = None
    doubts: Doubts | None = None
    forecasts: tuple[dict[str, Any], ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    gaps: tuple[str, ...] = ()
    set_aside: tuple[tuple[str, str], ...] = ()  # (file, reason)
    reviews: dict[str, Review] = field(default_factory=dict)  # target -> the review that counts, rejections included
    comments: tuple[Comment, ...] = ()  # those of what this brief is about
