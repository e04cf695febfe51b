"""Conflicts as `.gmcr` files and as graphs in JSON."""

from typing import Any

from winset.domain.plain.estimates import estimate_from
from winset.errors import FormatError
from winset.models.stability.stability import Conflict

MOST_OPTIONS = 14


def conflict(data: Any, where: str) -> Conflict:
    """The conflict in parsed JSON. Raises FormatError naming the place in `where`."""
    if not isinstance(data, dict):
        raise FormatError(f"{where}: a conflict is a JSON object, not {type(data).__name__}")
    try:
        return _graph(data, where) if "arcs" in data else _options(data, where)
    except (KeyError, TypeError, IndexError, ValueError, AttributeError) as error:
        raise FormatError(f"{where}: {type(error).__name__} at {error}; write it as the stability page says") from None


def _rank(ranking: Any, index: dict[Any, int], who: str, where: str) -> tuple[int, ...]:
    place: dict[int, int] = {}
    for k, group in enumerate(ranking):
        for label in group if isinstance(group, list) else [group]:
            if label not in index:
                raise FormatError(f"{where}: the ranking of {who} names state {label!r}, which is not feasible")
            if index[label] in place:
                raise FormatError(f"{where}: the ranking of {who} names state {label!r} twice; leave one")
            place[index[label]] = k
    missing = [label for label, i in index.items() if i not in place]
    if missing:
        raise FormatError(f"{where}: the ranking of {who} misses state {missing[0]!r}; rank every state")
    return tuple(place[i] for i in range(len(index)))


def statements(data: Any, where: str) -> tuple[list[list[list[bool]]], list[list[float]]]:
    """([maker][statement][state] whether it holds, [maker][statement] its weight); both empty where preferences are
    ranks of states."""
    if "arcs" in data or data.get("useManualPreferenceRanking", data.get("useManualPreferenceVectors")):
        return [], []
    order = [o for maker in data["decisionMakers"] for o in maker["options"]]
    bit = {o: k for k, o in enumerate(order)}
    bad = data.get("infeasibles") or []
    states = [s for s in range(1 << len(order)) if not any(_matches(s, c, bit) for c in bad)]
    makers = data["decisionMakers"]
    holds = [[[_holds(s, w, bit) for s in states] for w in maker["preferences"]] for maker in makers]
    return holds, [statement_weights(maker, where) for maker in makers]


def _graph(data: dict[str, Any], where: str) -> Conflict:
    labels, parties = data["states"], data["decision_makers"]
    index = {label: i for i, label in enumerate(labels)}
    if not labels or len(index) < len(labels) or not parties or len(set(parties)) < len(parties):
        raise FormatError(f"{where}: states and decision makers must be there and have names of their own")
    if data.get("coalesced"):
        raise FormatError(f"{where}: coalesced states are not read; give one state and its arcs instead")
    reach = []
    for party in parties:
        row = [0] * len(labels)
        for a, b in data["arcs"].get(party, []):
            if a not in index or b not in index:
                raise FormatError(f"{where}: the arc {[a, b]!r} of {party} names a state that is not listed")
            row[index[a]] |= (1 << index[b]) & ~(1 << index[a])
        reach.append(tuple(row))
    ranks = tuple(_rank(data["preferences"][p], index, p, where) for p in parties)
    return Conflict(parties=tuple(parties), labels=tuple(labels), options=(), reach=tuple(reach), rank=ranks)


def _matches(state: int, condition: Any, bit: dict[int, int]) -> bool:
    return all((state >> bit[option] & 1) == (answer == "Y") for option, answer in condition)


def _holds(state: int, statement: Any, bit: dict[int, int]) -> bool:
    parts = statement["members"] if isinstance(statement, dict) else [statement]
    return any(_matches(state, part, bit) for part in parts)


def statement_weights(maker: dict[str, Any], where: str) -> list[float]:
    """What each preference statement of a decision maker adds to a state in which it holds.

    In order of priority each outweighs all after it, unless `preferenceWeights` gives numbers; a weight that is a
    range stands for its middle here, and for its draws in `winset run stability`.
    """
    given, m = maker.get("preferenceWeights"), len(maker["preferences"])
    if given is None:
        return [float(1 << (m - 1 - k)) for k in range(m)]
    if len(given) != m:
        raise FormatError(f"{where}: {maker['name']} has {len(given)} preferenceWeights for {m} statements; one each")
    return [
        estimate_from(one, f"{where}: preferenceWeights of {maker['name']}[{k}]", []).best
        for k, one in enumerate(given)
    ]


def _options(data: dict[str, Any], where: str) -> Conflict:
    options, makers = data["options"], data["decisionMakers"]
    order = [o for maker in makers for o in maker["options"]]
    if sorted(order) != list(range(len(options))):
        raise FormatError(f"{where}: options {order} are owned; each of 0..{len(options) - 1} needs exactly one owner")
    if len(order) > MOST_OPTIONS:
        raise FormatError(f"{where}: {len(order)} options make 2^{len(order)} states; at most {MOST_OPTIONS} are read")
    if any(isinstance(c, list) and len(c) > 1 for c in data.get("coalitions") or []):
        raise FormatError(f"{where}: coalitions of several decision makers are not read; take them apart")
    bit = {o: k for k, o in enumerate(order)}
    bad = data.get("infeasibles") or []
    states = [s for s in range(1 << len(order)) if not any(_matches(s, c, bit) for c in bad)]
    if not states:
        raise FormatError(f"{where}: no state is feasible; take out an infeasible pattern")
    position = {s: i for i, s in enumerate(states)}
    index: dict[Any, int] = {i + 1: i for i in range(len(states))}
    way = {bit[o]: option.get("permittedDirection", "both") for o, option in enumerate(options)}
    fwd = sum(1 << k for k, d in way.items() if d == "fwd")
    back = sum(1 << k for k, d in way.items() if d == "back")
    reach, ranks = [], []
    for maker in makers:
        own = [bit[o] for o in maker["options"]]
        mask = sum(1 << k for k in own)
        codes = [sum(1 << k for n, k in enumerate(own) if c >> n & 1) for c in range(1 << len(own))]
        unseen = {s for s in states if any(_matches(s, c, bit) for c in maker.get("misperceptions") or [])}
        row = []
        for s in states:
            bits = 0
            for t in (s & ~mask | code for code in codes):
                if t != s and t in position and not s & ~t & fwd and not t & ~s & back and not {s, t} & unseen:
                    bits |= 1 << position[t]
            row.append(bits)
        reach.append(tuple(row))
        if data.get("useManualPreferenceRanking", data.get("useManualPreferenceVectors")):
            ranking = maker.get("preferenceRanking", maker.get("preferenceVector"))
            ranks.append(_rank(ranking, index, maker["name"], where))
        else:
            wishes = maker["preferences"]
            holds = [[_holds(s, w, bit) for w in wishes] for s in states]
            weights = statement_weights(maker, where)
            score = [round(sum(v for v, one in zip(weights, held, strict=True) if one), 9) for held in holds]
            place = {v: k for k, v in enumerate(sorted(set(score), reverse=True))}
            ranks.append(tuple(place[v] for v in score))
    return Conflict(
        parties=tuple(m["name"] for m in makers), labels=tuple(index), options=tuple(options[o]["name"] for o in order),
        reach=tuple(reach), rank=tuple(ranks), taken=tuple(states),
    )  # fmt: skip
