"""Every tactic under every protocol against talks written out in plain steps, which share nothing with the model but the
order in which random numbers are drawn."""

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.models.talks.protocols import Setting, negotiate
from winset.models.talks.sides import Tactic
from winset.models.talks.space import Space

UNIT = 1e-9


def whole(value: float) -> int:
    return round(value / UNIT)


class PlainSide:
    def __init__(
        self, worth: list[float], options: Any, floor: float, tactic: Tactic, rounds: int, k: float, rng: Any
    ) -> None:
        self.worth, self.options, self.floor, self.rounds, self.k, self.rng = worth, options, floor, rounds, k, rng
        self.kind, self.learns = tactic.kind, tactic.learns
        self.number = rng.uniform(tactic.low, tactic.high)
        self.best = max(worth)
        self.own: list[float] = []
        self.heard: list[int] = []

    def wants(self, at: int) -> float:
        if self.kind == "time":
            passed = (at - 1) / max(self.rounds - 1, 1)
            share = self.k + (1 - self.k) * passed ** (1 / self.number)
            self.own.append(self.best - share * (self.best - self.floor))
        elif self.kind == "resource":
            share = self.k + (1 - self.k) * math.exp(-(self.rounds - at) / self.number)
            self.own.append(self.best - share * (self.best - self.floor))
        else:
            last = self.own[-1] if self.own else self.best
            back = max(1, int(self.number)) if self.kind == "averaged" else 1
            if len(self.heard) > back:
                before, now = self.worth[self.heard[-1 - back]], self.worth[self.heard[-1]]
                if self.kind == "random":
                    last = last - (now - before) + self.rng.uniform(-self.number, self.number)
                elif now > self.floor and before > self.floor:
                    last = self.floor + (last - self.floor) * (before - self.floor) / (now - self.floor)
                last = min(max(last, self.floor), self.best)
            self.own.append(last)
        return self.own[-1]

    def names(self, at: int) -> int | None:
        want = whole(self.wants(at))
        fits = [(whole(w), row) for row, w in enumerate(self.worth) if whole(w) >= want]
        if not fits:
            return None
        if not self.learns:
            return min(fits)[1]
        near = want + whole(0.03 * (self.best - self.floor))
        close = sorted(pair for pair in fits if pair[0] <= near) or [min(fits)]
        liked = [sum(self.options[h][i] == self.options[row][i] for h in self.heard for i in range(len(self.options[row])))
                 for _, row in close]  # fmt: skip
        return close[liked.index(max(liked))][1]

    def takes(self, offer: int, own: int | None) -> bool:
        return whole(self.worth[offer]) >= (whole(self.floor) if own is None else whole(self.worth[own]))


def in_turn(sides: list[PlainSide], last: int) -> tuple[int, int, int]:
    offer, by, yes = None, -1, 0
    for at in range(1, last + 1):
        for seat, side in enumerate(sides):
            own = side.names(at)
            if offer is not None and side.takes(offer, own):
                yes += 1
                if yes == len(sides) - 1:
                    return offer, at, by
            else:
                offer, by, yes = own, seat, 0
                if own is not None:
                    for other in sides:
                        if other is not side:
                            other.heard.append(own)
    return -1, 0, -1


def at_once(sides: list[PlainSide], last: int, rng: Any) -> tuple[int, int, int]:
    for at in range(1, last + 1):
        named = [side.names(at) for side in sides]
        good = []
        for seat, offer in enumerate(named):
            others = [k for k in range(len(sides)) if k != seat]
            if offer is not None and all(sides[k].takes(offer, named[k]) for k in others):
                good.append(seat)
        if good:
            seat = good[0] if len(good) == 1 else int(rng.choice(good))
            assert named[seat] is not None
            return int(named[seat] or 0), at, seat
        for seat, other in itertools.permutations(range(len(sides)), 2):
            if named[other] is not None:
                sides[seat].heard.append(int(named[other] or 0))
    return -1, 0, -1


def plain(
    space: Space, tactics: list[Tactic], protocol: str, s: Setting, seed: int, runs: int
) -> list[tuple[int, int, int]]:
    rng = np.random.default_rng(seed)
    ends = [s.rounds] * runs if s.end == 0 else [min(int(e), s.rounds) for e in rng.geometric(s.end, runs)]
    found = []
    for run in range(runs):
        worth = space.utilities + (rng.normal(0, s.noise, space.utilities.shape) if s.noise else 0.0)
        options = None if space.features is None else space.features.tolist()
        sides = [PlainSide(worth[:, i].tolist(), options, float(space.reservation[i]), t, s.rounds, s.k, rng)
                 for i, t in enumerate(tactics)]  # fmt: skip
        found.append(in_turn(sides, ends[run]) if protocol == "in-turn" else at_once(sides, ends[run], rng))
    return found


KINDS = {
    "time": (0.1, 5.0), "resource": (0.5, 40.0), "relative": (0.0, 0.0), "random": (0.0, 0.2), "averaged": (1.0, 5.0),
}  # fmt: skip


@pytest.mark.parametrize("protocol", ["in-turn", "simultaneous"])
@given(data=st.data(), seed=st.integers(0, 2**32), n=st.integers(2, 4), rounds=st.integers(1, 25))
def test_talks_are_those_of_the_plain_steps(protocol: str, data: st.DataObject, seed: int, n: int, rounds: int) -> None:
    rng = np.random.default_rng(seed)
    shape = (3, 4, 2)
    features = np.stack(np.unravel_index(np.arange(24), shape), axis=1)
    space = Space(parties=tuple("abcd"[:n]), utilities=rng.random((24, n)).round(int(rng.integers(1, 10))),
                  reservation=rng.random(n) * rng.choice([0.2, 0.8]), features=features)  # fmt: skip
    tactics = []
    for i in range(n):
        kind: Any = data.draw(st.sampled_from(sorted(KINDS)))
        low, high = sorted(rng.uniform(*KINDS[kind], 2))
        tactics.append(Tactic(name=f"{i}", kind=kind, low=low, high=high, learns=data.draw(st.booleans())))
    setting = Setting(rounds=rounds, k=float(rng.choice([0.0, 0.1])), end=float(rng.choice([0.0, 0.05, 1.0])),
                      noise=float(rng.choice([0.0, 0.02])))  # fmt: skip
    found = negotiate(space, tactics, protocol, setting, runs=3, rng=np.random.default_rng(seed))  # type: ignore[arg-type]
    expected = plain(space, tactics, protocol, setting, seed, 3)
    assert [
        (int(o), int(r), int(p)) for o, r, p in zip(found.outcome, found.round, found.proposer, strict=True)
    ] == expected


def test_a_text_moves_where_nobody_objects() -> None:
    rng = np.random.default_rng(5)
    features = np.stack(np.unravel_index(np.arange(12), (3, 4)), axis=1)
    for seed in range(40):
        space = Space(parties=("a", "b"), utilities=rng.random((12, 2)), reservation=np.full(2, 0.3), features=features)
        hot = [Tactic(name="annealer", kind="annealer", low=0.1, high=0.6), Tactic(name="climber", kind="climber")]
        found = negotiate(space, hot, "single-text", Setting(rounds=30), runs=1, rng=np.random.default_rng(seed))
        again = np.random.default_rng(seed)
        heat = [again.uniform(t.low, t.high) for t in hot]
        text, settled = int(again.integers(12)), 1
        for at in range(1, 31):
            changed = space.neighbour(text, again)
            if changed == text:
                continue
            agreed = True
            for side in (0, 1):
                gain = float(space.utilities[changed, side] - space.utilities[text, side])
                now = heat[0] * (1 - (at - 1) / 29)
                if side == 0 and gain < 0:
                    agreed = now > 0 and again.random() < math.exp(gain / now)
                elif gain < 0:
                    agreed = False
                if not agreed:
                    break
            if agreed:
                text, settled = changed, at
        kept = (np.rint(space.utilities[text] * 1e9) >= round(0.3 * 1e9)).all()
        assert (found.outcome[0], found.round[0]) == ((text, settled) if kept else (-1, 0))
