"""Conflicts as graphs in JSON: states, each decision maker's arcs, each one's ranking.

`coalesced` lists groups of states that are one situation; the first of a group stands for it. In a ranking the best
comes first, an inner list holds ties, and ">>" says that all before it is strongly preferred to all after it.
`unknown` holds, by decision maker, pairs of states whose order is not known; `beliefs` what each takes the others'
rankings to be; `status_quo` the state things are in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.errors import FormatError
from winset.models.stability.conflict import Conflict
from winset.models.stability.moves import ArcMoves, Moves

STRONGLY = ">>"
Worth = NDArray[np.int64]


def shape(value: Any, kind: type, where: str) -> Any:
    """The value, if it is of this kind. Raises FormatError otherwise."""
    if not isinstance(value, kind):
        names: dict[type, str] = {list: "a list", dict: "a JSON object", str: "a text"}
        raise FormatError(f"{where} is {value!r:.60}; it has to be {names.get(kind, kind.__name__)}")
    return value


def no_twins(names: Sequence[Any], where: str) -> None:
    """Raises FormatError where a name comes twice."""
    seen: set[Any] = set()
    for name in names:
        if name in seen:
            raise FormatError(f"{where}: {name!r} comes twice; give each a name of its own")
        seen.add(name)


def wrong_label(what: str, label: Any, known: Iterable[Any]) -> FormatError:
    """What to say about a name that is not among the known ones."""
    some = list(known)
    listed = ", ".join(map(str, some[:12])) + (", ..." if len(some) > 12 else "")
    return FormatError(f"{what} {label!r:.60}, which is not there; there are {listed}")


def _label(value: Any, where: str) -> str | int:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise FormatError(f"{where}: {value!r:.60} names no state; a state's name is a text or a whole number")
    return value


def ranking(
    given: Any, index: Mapping[Any, int], who: str, where: str, same: Mapping[Any, Any] | None = None
) -> tuple[Worth, Worth | None]:
    """((states,) worth, larger is better; (states,) block of strength or None where no ">>" is given).

    index  label -> state; with `same`, labels of coalesced states lead to the one that stands for them
    Raises FormatError on an unknown, doubled or missing state.
    """
    shape(given, list, f"{where}: the ranking of {who}")
    place: dict[int, int] = {}
    block: dict[int, int] = {}
    blocks = 0
    for k, group in enumerate(given):
        if group == STRONGLY:
            blocks += 1
            continue
        for label in group if isinstance(group, list) else [group]:
            name = (same or {}).get(_label(label, f"{where}: the ranking of {who}"), label)
            if name not in index:
                raise wrong_label(f"{where}: the ranking of {who} names state", label, index)
            state = index[name]
            if state in place:
                if same and label in same and place[state] == k:
                    continue
                raise FormatError(f"{where}: the ranking of {who} names state {label!r} twice; leave one")
            place[state], block[state] = k, blocks
    missing = [label for label, i in index.items() if i not in place]
    if missing:
        listed = ", ".join(repr(one) for one in missing[:8]) + (", ..." if len(missing) > 8 else "")
        raise FormatError(
            f"{where}: the ranking of {who} misses {len(missing)} of {len(index)} states: {listed}; rank every state, "
            "ties as an inner list"
        )
    order = range(len(index))
    worth = np.array([-place[i] for i in order], dtype=np.int64)
    return worth, np.array([-block[i] for i in order], dtype=np.int64) if blocks else None


def graph(data: dict[str, Any], where: str) -> Conflict:
    """The conflict of a graph. Raises FormatError naming the place."""
    labels = [_label(one, f"{where}: states") for one in shape(data["states"], list, f"{where}: states")]
    parties = [str(p) for p in shape(data["decision_makers"], list, f"{where}: decision_makers")]
    if not labels or not parties:
        raise FormatError(f"{where}: a conflict needs at least one state and one decision maker")
    no_twins(labels, f"{where}: states")
    no_twins(parties, f"{where}: decision_makers")
    same = _coalesced(data.get("coalesced"), labels, where)
    kept = [label for label in labels if same.get(label, label) == label]
    index = {label: i for i, label in enumerate(kept)}
    every = {label: index[same.get(label, label)] for label in labels}
    arcs = shape(data["arcs"], dict, f"{where}: arcs")
    preferences = shape(data["preferences"], dict, f"{where}: preferences")
    for what, table in (("arcs", arcs), ("preferences", preferences)):
        for name in table:
            if name not in parties:
                raise wrong_label(f"{where}: {what} name decision maker", name, parties)
    moves: list[Moves] = []
    worth, blocks = [], []
    for party in parties:
        ends: list[tuple[int, int]] = []
        for arc in shape(arcs.get(party, []), list, f"{where}: arcs of {party}"):
            if not isinstance(arc, list | tuple) or len(arc) != 2:
                raise FormatError(f"{where}: the arc {arc!r:.60} of {party} is not [from, to]")
            for end in arc:
                if _label(end, f"{where}: an arc of {party}") not in every:
                    raise wrong_label(f"{where}: the arc {arc} of {party} names state", end, labels)
            ends.append((every[arc[0]], every[arc[1]]))
        moves.append(ArcMoves(len(kept), [a for a, _ in ends], [b for _, b in ends]))
        if party not in preferences:
            raise FormatError(f"{where}: there is no ranking of {party}; add it under 'preferences'")
        v, strong = ranking(preferences[party], index, party, where, same)
        worth.append(v)
        blocks.append(strong)
    found = Conflict(
        parties=tuple(parties), labels=tuple(kept), moves=tuple(moves), worth=np.array(worth, dtype=np.int64)
    )
    return extras(found, data, blocks, where)


def _coalesced(given: Any, labels: Sequence[Any], where: str) -> dict[Any, Any]:
    """label -> the label that stands for its group; a flat list is one group."""
    if not given:
        return {}
    groups = shape(given, list, f"{where}: coalesced")
    if not any(isinstance(one, list) for one in groups):
        groups = [groups]
    found: dict[Any, Any] = {}
    for group in groups:
        for label in shape(group, list, f"{where}: a group under coalesced"):
            if label not in labels:
                raise wrong_label(f"{where}: coalesced names state", label, labels)
            if label in found:
                raise FormatError(f"{where}: coalesced names state {label!r} twice; join the groups")
            found[label] = group[0]
    return found


def extras(found: Conflict, data: dict[str, Any], blocks: Sequence[Worth | None], where: str) -> Conflict:
    """The conflict with strength of preference, unknown pairs, beliefs, coalitions and a status quo where given."""
    index = {label: i for i, label in enumerate(found.labels)}
    strength = None
    if any(one is not None for one in blocks):
        flat = np.zeros(len(found.labels), dtype=np.int64)
        strength = np.array([flat if one is None else one for one in blocks])
    unknown = None
    if data.get("unknown"):
        pairs = shape(data["unknown"], dict, f"{where}: unknown")
        for name in pairs:
            if name not in found.parties:
                raise wrong_label(f"{where}: unknown names decision maker", name, found.parties)
        rows = []
        for party in found.parties:
            row = set()
            for pair in shape(pairs.get(party, []), list, f"{where}: unknown of {party}"):
                if not isinstance(pair, list) or len(pair) != 2 or pair[0] == pair[1]:
                    raise FormatError(f"{where}: unknown of {party} has {pair!r:.60}; write two different states")
                for label in pair:
                    if _label(label, f"{where}: unknown of {party}") not in index:
                        raise wrong_label(f"{where}: unknown of {party} names state", label, index)
                row |= {(index[pair[0]], index[pair[1]]), (index[pair[1]], index[pair[0]])}
            rows.append(frozenset(row))
        unknown = tuple(rows)
    quo = data.get("status_quo", data.get("statusQuo"))
    if quo is not None and _label(quo, f"{where}: status_quo") not in index:
        raise wrong_label(f"{where}: status_quo names state", quo, index)
    return replace(
        found, strength=strength, unknown=unknown, status_quo=None if quo is None else index[quo],
        believed=_beliefs(found, data.get("beliefs"), index, where),
        coalitions=_coalitions(data, len(found.parties), where),
    )  # fmt: skip


def _coalitions(data: dict[str, Any], makers: int, where: str) -> tuple[tuple[int, ...], ...]:
    """Coalitions of several decision makers, as the file names them."""
    found = []
    for one in shape(data.get("coalitions") or [], list, f"{where}: coalitions"):
        members = one if isinstance(one, list) else [one]
        for maker in members:
            if type(maker) is not int or not 0 <= maker < makers:
                raise wrong_label(f"{where}: coalitions name decision maker", maker, range(makers))
        if len(members) > 1:
            found.append(tuple(sorted(set(members))))
    return tuple(found)


def _beliefs(found: Conflict, given: Any, index: Mapping[Any, int], where: str) -> Worth | None:
    """{decision maker: {another: the ranking it takes the other to have}}; what is not said is as it is."""
    if not given:
        return None
    believed = np.array([found.worth] * len(found.parties))
    for who, rankings in shape(given, dict, f"{where}: beliefs").items():
        if who not in found.parties:
            raise wrong_label(f"{where}: beliefs name decision maker", who, found.parties)
        for whose, order in shape(rankings, dict, f"{where}: beliefs of {who}").items():
            if whose not in found.parties:
                raise wrong_label(f"{where}: beliefs of {who} name decision maker", whose, found.parties)
            believed[found.parties.index(who), found.parties.index(whose)] = ranking(
                order, index, f"{whose} as {who} sees it", where
            )[0]
    return believed
