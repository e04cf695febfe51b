"""From weights and quotas as written, or from a case, to a voting rule with exact numbers."""

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Estimate, Exact
from winset.domain.runs import Assumption
from winset.errors import FormatError, FormulationError, UsageError
from winset.formulation.base import Formulated
from winset.models.coalitions.rules import Quota, VotingRule, weighted
from winset.models.coalitions.shares import MOST, Game

LARGEST_EXPONENT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where the players stand on one issue, exactly as written."""

    position: tuple[Fraction, ...]
    scale: tuple[Fraction, Fraction]


def exact(text: str, where: str) -> Fraction:
    """A decimal or a fraction, read exactly. Raises UsageError naming `where` and the value."""
    plain = text.strip()
    _, _, exponent = plain.casefold().partition("e")
    try:
        if exponent and abs(int(exponent)) > LARGEST_EXPONENT:
            raise UsageError(f"{where}: {text} is beyond 1e{LARGEST_EXPONENT}; write it in larger units")
        return Fraction(plain)
    except (ValueError, ZeroDivisionError):
        raise UsageError(f"{where}: {text!r} is not a number; write 4, 0.25 or 1/4") from None


def formulate(case: Case, at: date | None = None, *, quota: Fraction | None = None) -> Formulated[VotingRule]:
    """Every party with a judged capability votes with it as weight; without a `quota` more than half is needed.

    Where nobody's capability is judged by itself, those of the only issue that has them count. Who must sign at a table
    can block. Raises FormulationError where no capability above 0 is judged.
    """
    when = at or case.as_of
    weights: dict[str, Fraction] = {}
    assumptions: list[Assumption] = []
    issue = _only_issue(case)
    if issue is not None:
        assumptions.append(Assumption(text=f"capabilities are those judged on {issue}", issue=issue))
    for party in case.parties:
        held = case.judgement("capability", party.id, issue, when)
        if held is None or not isinstance(held.value, Estimate):
            continue
        weights[party.id] = Fraction(str(held.value.best))
        if not isinstance(held.value, Exact):
            assumptions.append(Assumption(
                text=f"capability of {party.id} is not exact; computed with {held.value.best:g}",
                quantity="capability", party=party.id, value=held.value.best,
            ))  # fmt: skip
    if not any(weights.values()):
        raise FormulationError(f"{case.title}: no party has a capability above 0; add judgements of 'capability'")
    if quota is None:
        ones = Fraction(1, lcm(*(w.denominator for w in weights.values())))
        quota = (sum(weights.values(), Fraction(0)) / 2 // ones + 1) * ones
        assumptions.append(Assumption(text="no voting rule stated; more than half of all capability is needed"))
    players = tuple(weights)
    conditions = [Quota(tuple(weights.values()), quota)]
    gaps = [f"no capability of {p.id}; left out" for p in case.parties if p.id not in weights]
    needed = case.signers(when) if any(t.must_sign for t in case.tables) else ()
    for signer in needed:
        if signer not in weights:
            gaps.append(f"{signer} must sign and has no judged capability; its veto is left out")
            continue
        conditions.append(Quota(tuple(Fraction(p == signer) for p in players), Fraction(1)))
        assumptions.append(Assumption(text=f"{signer} must sign, so nothing passes without it", party=signer))
    return Formulated(
        inputs=VotingRule(players=players, ways=(tuple(conditions),)), assumptions=tuple(assumptions), gaps=tuple(gaps)
    )


def _only_issue(case: Case) -> str | None:
    """The issue whose capabilities stand for all, where none is judged by itself and only one issue has any."""
    judged = {j.issue for j in case.judgements if j.quantity == "capability"}
    return judged.pop() if len(judged) == 1 else None


def located(case: Case, at: date | None, players: tuple[str, ...]) -> tuple[dict[str, Located], tuple[str, ...]]:
    """Positions and scale of every issue with an order on which all players stand somewhere, and what was left out."""
    found: dict[str, Located] = {}
    gaps = []
    when = at or case.as_of
    for issue in case.issues:
        if issue.kind == "discrete":
            continue
        held = [case.judgement("position", p, issue.id, when) for p in players]
        silent = [p for p, j in zip(players, held, strict=True) if j is None or not isinstance(j.value, Estimate)]
        if silent:
            gaps.append(f"{issue.id}: no position of {', '.join(silent)}, so no power given positions")
            continue
        places = tuple(Fraction(str(j.value.best)) for j in held if j is not None and isinstance(j.value, Estimate))
        low, high = issue.bounds or (float(min(places)), float(max(places)))
        found[issue.id] = Located(position=places, scale=(Fraction(str(low)), Fraction(str(high))))
    return found, tuple(gaps)


def from_options(weights: str, quota: str) -> VotingRule:
    """`4,4,2` and `6` as a rule of players "1", "2", ..."""
    numbers = [exact(w, f"weight {i}") for i, w in enumerate(weights.split(","), 1)]
    return weighted(tuple(numbers), exact(quota, "quota"))


def is_rule(data: bytes) -> bool:
    """Whether these bytes are meant as a rule or a game and not as a case or a table: JSON that names no schema."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    return isinstance(value, dict) and bool(value) and "schema" not in value


def from_file(data: bytes, name: str) -> VotingRule:
    """A rule file: players, and any of several lists of quotas that must all be met. Raises FormatError."""
    value = _parsed(data, name)
    players = _players(value, name)
    rule = value.get("rule")
    if isinstance(rule, dict) and "weights" in rule:
        rule = {"any": [{"all": [rule]}]}
    elif isinstance(rule, dict) and "all" in rule:
        rule = {"any": [rule]}
    ways = rule.get("any") if isinstance(rule, dict) else None
    if not isinstance(ways, list) or not ways:
        raise FormatError(f'{name}: rule needs "any", a list of ways to win')
    return VotingRule(
        players=players,
        ways=tuple(_way(way, players, f"{name}: rule.any[{i}]") for i, way in enumerate(ways)),
    )


def game_from_file(data: bytes, name: str) -> Formulated[Game]:
    """A game: `players`, and `worth` as a list of {"of": [players], "is": number}; or a voting rule, worth 1 to win.

    A coalition that is not listed is worth the most that listed parts of it are worth, which is an assumption. Raises
    FormatError naming the place and the value.
    """
    value = _parsed(data, name)
    if "worth" not in value:
        rule = from_file(data, name)
        n = len(rule.players)
        if n > MOST:
            raise FormatError(f"{name}: {n} players; shares are computed for 1 to {MOST}")
        wins = [rule.wins(frozenset(i for i in range(n) if k >> i & 1)) for k in range(1 << n)]
        note = Assumption(text="a coalition that wins is worth 1, every other nothing")
        return Formulated(inputs=Game(players=rule.players, worth=tuple(map(Fraction, wins))),
                          assumptions=(note,), gaps=())  # fmt: skip
    players = _players(value, name)
    if len(players) > MOST:
        raise FormatError(f"{name}: {len(players)} players; shares are computed for 1 to {MOST}")
    rows = value["worth"]
    if not isinstance(rows, list):
        raise FormatError(f'{name}: worth is a list of {{"of": [players], "is": number}}')
    stated: dict[int, Fraction] = {}
    for at, row in enumerate(rows):
        where = f"{name}: worth[{at}]"
        if not isinstance(row, dict) or not isinstance(row.get("of"), list) or not row["of"]:
            raise FormatError(f'{where} needs "of", a list of players, and "is", a number')
        coalition = 0
        for one in row["of"]:
            if one not in players:
                raise FormatError(f"{where}: {one!r} is no player; players are {', '.join(players[:8])}")
            coalition |= 1 << players.index(one)
        if coalition in stated:
            raise FormatError(f"{where}: the coalition {', '.join(row['of'])} occurs twice; leave one out")
        stated[coalition] = _number(row.get("is"), f"{where}.is")
    worth, filled = [Fraction(0)] * (1 << len(players)), 0
    for k in range(1, 1 << len(players)):
        if k in stated:
            worth[k] = stated[k]
            continue
        filled += 1
        part = (k - 1) & k
        while part > k ^ part:  # each split once
            worth[k] = max(worth[k], worth[part] + worth[k ^ part])
            part = (part - 1) & k
    notes: tuple[Assumption, ...] = ()
    if filled:
        notes = (
            Assumption(
                text=f"{filled} coalition{'' if filled == 1 else 's'} not listed; worth the most that listed parts are"
            ),
        )
    return Formulated(inputs=Game(players=players, worth=tuple(worth)), assumptions=notes, gaps=())


def _parsed(data: bytes, name: str) -> dict[str, Any]:
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_float=lambda s: exact(s, name), parse_constant=_refuse)
    except UsageError as error:
        raise FormatError(str(error)) from None
    except UnicodeDecodeError as error:
        raise FormatError(f"{name}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except RecursionError:
        raise FormatError(f"{name}: nested too deep to be a rule; write it as the coalitions page says") from None
    except json.JSONDecodeError as error:
        raise FormatError(f"{name}: line {error.lineno}, column {error.colno}: not JSON ({error.msg})") from None
    except ValueError:
        raise FormatError(f"{name}: a number has more than 4,300 digits or is no number; write it shorter") from None
    if not isinstance(value, dict) or not isinstance(value.get("players"), list):
        raise FormatError(f'{name}: needs {{"players": [...], "rule": {{"any": [{{"all": [...]}}]}}}}')
    return value


def _players(value: dict[str, Any], name: str) -> tuple[str, ...]:
    players = tuple(value["players"])
    if not all(isinstance(p, str) and p for p in players):
        raise FormatError(f"{name}: players are names, got {list(players)[:3]}")
    return players


def _refuse(text: str) -> Any:
    raise ValueError(f"{text} is not a number")


def _way(way: Any, players: tuple[str, ...], where: str) -> tuple[Quota, ...]:
    conditions = way.get("all", [way] if "weights" in way else None) if isinstance(way, dict) else None
    if not isinstance(conditions, list) or not conditions:
        raise FormatError(f'{where} needs "all", a list of {{"weights": ..., "quota": ...}}')
    return tuple(_quota(c, players, f"{where}.all[{i}]") for i, c in enumerate(conditions))


def _quota(condition: Any, players: tuple[str, ...], where: str) -> Quota:
    if not isinstance(condition, dict) or not isinstance(condition.get("weights"), dict):
        raise FormatError(f'{where} needs "weights" as {{player: number}} and "quota"')
    weights = condition["weights"]
    for name in weights:
        if name not in players:
            raise FormatError(f"{where}.weights: {name!r} is no player; players are {', '.join(players[:8])}")
    return Quota(
        tuple(_number(weights.get(p, 0), f"{where}.weights.{p}") for p in players),
        _number(condition.get("quota"), f"{where}.quota"),
    )


def _number(value: Any, where: str) -> Fraction:
    if isinstance(value, str):
        try:
            return exact(value, where)
        except UsageError as error:
            raise FormatError(str(error)) from None
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise FormatError(f"{where}: {value!r} is not a number")
    return Fraction(value)
