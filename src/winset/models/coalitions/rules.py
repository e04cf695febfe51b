"""Voting rules: any of several ways to win, each a list of quotas that must all be met."""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from winset.errors import ModelError

MOST = 5_000  # players of a rule


def _told(value: Fraction) -> str:
    """A number for a message, also one too large or too small for a float."""
    try:
        return f"{float(value):g}"
    except OverflowError:
        return "a number beyond 1e308" if value > 0 else "a number below -1e308"


@dataclass(frozen=True, slots=True)
class Quota:
    """Met by players whose weights sum to `quota` or more; one weight a player, exact, >= 0."""

    weights: tuple[Fraction, ...]
    quota: Fraction

    def whole(self) -> tuple[tuple[int, ...], int]:
        """The same condition in the smallest whole numbers without a common factor, the quota rounded up."""
        scale = Fraction(lcm(*(w.denominator for w in self.weights)))
        scale /= gcd(*(int(w * scale) for w in self.weights)) or 1
        numbers = [int(w * scale) for w in self.weights]
        need = -((-self.quota * scale) // 1)
        return tuple(numbers), int(need)


@dataclass(frozen=True, slots=True, kw_only=True)
class VotingRule:
    """Who votes, and which coalitions win: those that meet all quotas of at least one of the `ways`.

    Raises ModelError where a player occurs twice, a weight is negative, a quota cannot be met or nobody is needed.
    """

    players: tuple[str, ...]
    ways: tuple[tuple[Quota, ...], ...]

    def __post_init__(self) -> None:
        if not self.players:
            raise ModelError("no players; give at least one weight")
        if len(self.players) > MOST:
            raise ModelError(
                f"{len(self.players)} players; power is computed for at most {MOST}; take alike ones together"
            )
        seen: set[str] = set()
        for name in self.players:
            if name in seen:
                raise ModelError(f"the player {name!r} occurs twice; give the second another name")
            seen.add(name)
        if not self.ways or not all(self.ways):
            raise ModelError("the rule has no quota; give at least one way to win with one quota")
        for way in self.ways:
            for condition in way:
                for name, weight in zip(self.players, condition.weights, strict=True):
                    if weight < 0:
                        raise ModelError(f"the weight of {name} is {_told(weight)}; weights are 0 or more")
        if all(any(c.quota > sum(c.weights) for c in way) for way in self.ways):
            worst = next(c for c in self.ways[0] if c.quota > sum(c.weights))
            raise ModelError(
                f"the quota {_told(worst.quota)} is above the total of the weights, "
                f"{_told(sum(worst.weights, Fraction(0)))}: nobody could ever win; lower it"
            )
        if any(all(c.quota <= 0 for c in way) for way in self.ways):
            raise ModelError("a quota of 0 or less lets nobody win alone; raise it above 0")

    def wins(self, members: frozenset[int]) -> bool:
        """Whether the players with these indexes win together."""
        return any(all(sum(c.weights[i] for i in members) >= c.quota for c in way) for way in self.ways)

    def vetoes(self) -> tuple[int, ...]:
        """Players without whom all the others do not win."""
        ways = [[(weights, sum(weights) - quota) for weights, quota in (c.whole() for c in way)] for way in self.ways]
        return tuple(
            i for i in range(len(self.players)) if not any(all(w[i] <= spare for w, spare in way) for way in ways)
        )


def blocking(rule: VotingRule, most: int) -> VotingRule | None:
    """The rule under which those win without whom the others do not, None where it needs more than `most` ways.

    To block is to keep one quota of every way from being met: to hold more than all weights less that quota.
    """
    chosen: list[tuple[Quota, ...]] = [()]
    for way in rule.ways:
        against = []
        for condition in way:
            weights, quota = condition.whole()
            if quota > 0:  # what is met by nobody cannot be kept from being met
                against.append(Quota(tuple(map(Fraction, weights)), Fraction(sum(weights) - quota + 1)))
        if any(c.quota <= 0 for c in against):
            continue  # never won this way
        chosen = list(dict.fromkeys(
            found if any(c in found for c in against) else (*found, one) for found in chosen for one in against
        ))  # fmt: skip
        if len(chosen) > most:
            return None
    return VotingRule(players=rule.players, ways=tuple(chosen))


def weighted(weights: tuple[Fraction, ...], quota: Fraction, players: tuple[str, ...] | None = None) -> VotingRule:
    """One weight a player, one quota; players are "1", "2", ... unless named."""
    names = players or tuple(str(i + 1) for i in range(len(weights)))
    return VotingRule(players=names, ways=((Quota(weights, quota),),))
