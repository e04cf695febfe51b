"""Talks step by step under three protocols, for any tactics and two sides or more.

in turn       stacked alternating offers: a side accepts the standing offer or puts its own in its place; a deal is what
              all others have accepted. Source: Aydogan, Festen, Hindriks & Jonker 2017
simultaneous  all name an outcome at once; an outcome that all others find worth their own is agreed, a lot decides
              between several
single text   a mediator changes one text a little at a time; a change stays where nobody objects, and the last text
              is the deal if nobody would rather have none. Source: Klein, Faratin, Sayama & Bar-Yam 2003
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.talks.sessions import Sessions
from winset.models.talks.sides import Side, Tactic
from winset.models.talks.space import Space

Protocol = Literal["in-turn", "simultaneous", "single-text"]
PROTOCOLS: tuple[Protocol, ...] = get_args(Protocol)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """rounds  at most;  k  where the clock's concession starts;  end  chance after each round that talks break off
    noise   standard deviation added to every utility, anew for each run
    """

    rounds: int = 100
    k: float = 0.0
    end: float = 0.0
    noise: float = 0.0

    def __post_init__(self) -> None:
        if self.rounds < 1 or not 0 <= self.end <= 1 or not self.noise >= 0 or not 0 <= self.k <= 1:
            raise ModelError(
                f"talks need a round or more, k and the chance of an end in 0..1, and noise not below 0; got {self}"
            )


def last_rounds(setting: Setting, runs: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """(runs,) the last round of each: the first after which talks break off, or the last there is."""
    if setting.end == 0:
        return np.full(runs, setting.rounds)
    return np.minimum(rng.geometric(setting.end, runs), setting.rounds)


def negotiate(
    space: Space, tactics: Sequence[Tactic], protocol: Protocol, setting: Setting, *, runs: int,
    rng: np.random.Generator,
) -> Sessions:  # fmt: skip
    """Every run by itself. Raises ModelError where tactics and protocol do not go together."""
    n = len(space.parties)
    if len(tactics) != n:
        raise ModelError(f"{n} sides need a tactic each, got {len(tactics)}")
    voting = [t.kind in ("climber", "annealer") for t in tactics]
    if (protocol == "single-text") != all(voting) or (any(voting) and not all(voting)):
        raise ModelError("a single text is voted on by climbers and annealers, and by nobody else")
    play = {"in-turn": _in_turn, "simultaneous": _at_once, "single-text": _single_text}[protocol]
    ends = last_rounds(setting, runs, rng)
    outcome, at, who = (np.full(runs, -1), np.zeros(runs, dtype=np.int64), np.full(runs, -1))
    got = np.tile(space.reservation, (runs, 1))
    for i in range(runs):
        worth = space.utilities
        if setting.noise:
            worth = worth + rng.normal(0, setting.noise, worth.shape)
        sides = [Side(space, s, t, worth[:, s], setting.rounds, setting.k, rng) for s, t in enumerate(tactics)]
        row, at[i], who[i] = play(sides, int(ends[i]), space, rng)
        outcome[i] = row
        if row >= 0:
            got[i] = worth[row]
    return Sessions(agreed=outcome >= 0, outcome=outcome, round=at, utilities=got, proposer=who)


def _in_turn(sides: list[Side], last: int, _: Space, __: np.random.Generator) -> tuple[int, int, int]:
    standing, author, agreed = -1, -1, 0
    for at in range(1, last + 1):
        for seat, side in enumerate(sides):
            own = side.offer(side.target(at))
            if standing >= 0 and side.accepts(standing, own):
                agreed += 1
                if agreed == len(sides) - 1:
                    return standing, at, author
                continue
            standing, author, agreed = (-1 if own is None else own), seat, 0
            if own is not None:
                for other in sides:
                    if other is not side:
                        other.hears(own)
    return -1, 0, -1


def _at_once(sides: list[Side], last: int, _: Space, rng: np.random.Generator) -> tuple[int, int, int]:
    for at in range(1, last + 1):
        named = [side.offer(side.target(at)) for side in sides]
        fits = [
            seat
            for seat, offer in enumerate(named)
            if offer is not None and all(s.accepts(offer, named[k]) for k, s in enumerate(sides) if k != seat)
        ]
        if fits:
            seat = fits[0] if len(fits) == 1 else int(rng.choice(fits))
            chosen = named[seat]
            assert chosen is not None
            return chosen, at, seat
        for seat, side in enumerate(sides):
            for other, offer in enumerate(named):
                if other != seat and offer is not None:
                    side.hears(offer)
    return -1, 0, -1


def _single_text(sides: list[Side], last: int, space: Space, rng: np.random.Generator) -> tuple[int, int, int]:
    text, settled = int(rng.integers(len(space.utilities))), 1
    for at in range(1, last + 1):
        changed = space.neighbour(text, rng)
        if changed != text and all(side.votes(text, changed, at) for side in sides):
            text, settled = changed, at
    if all(side.accepts(text, None) for side in sides):
        return text, settled, -1
    return -1, 0, -1
