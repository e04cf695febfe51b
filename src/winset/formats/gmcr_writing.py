"""A conflict as a `.gmcr` file or a graph in JSON; what is written reads back as the same conflict."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.errors import FormatError
from winset.formats.conflict_graph import STRONGLY
from winset.models.stability.conflict import Conflict
from winset.models.stability.moves import OptionMoves

Codes = NDArray[np.int64]
Values = NDArray[np.int64]


def to_gmcr(conflict: Conflict) -> dict[str, Any]:
    """Options, infeasible patterns and rankings of states. Raises FormatError for a graph, which has no options."""
    if conflict.codes is None:
        raise FormatError("a graph has no options, which a .gmcr file is made of; save it as .json")
    m = len(conflict.options)
    forward, backward = conflict.one_way
    makers = []
    for i, party in enumerate(conflict.parties):
        moves = conflict.moves[i]
        unseen = moves.unseen if isinstance(moves, OptionMoves) else None
        hidden = np.zeros(0, dtype=np.int64) if unseen is None else conflict.codes[unseen]
        makers.append({
            "name": party, "options": [k for k, owner in enumerate(conflict.owners) if owner == i], "preferences": [],
            "misperceptions": cubes(hidden, m), "preferenceRanking": best_first(conflict, conflict.worth[i], _blocks(conflict, i)),
        })  # fmt: skip
    ways = ["fwd" if forward >> k & 1 else "back" if backward >> k & 1 else "both" for k in range(m)]
    return {
        "program": "gmcr", "version": "0.5",
        "options": [
            {"name": name, "permittedDirection": way} for name, way in zip(conflict.options, ways, strict=True)
        ],
        "decisionMakers": makers, "infeasibles": cubes(conflict.codes, m, inside=False),
        "useManualPreferenceRanking": True, **_further(conflict),
    }  # fmt: skip


def cubes(codes: Codes, options: int, *, inside: bool = True) -> list[list[list[Any]]]:
    """Conditions that hold in exactly these states, or in exactly the others."""
    found: list[list[list[Any]]] = []

    def split(part: Codes, at: int, condition: list[list[Any]]) -> None:
        """From the first option on, so that a reader that takes options in order can rule out as it goes."""
        if len(part) in (0, 1 << options - at):
            if bool(len(part)) == inside:
                found.append(condition)
        else:
            taken = (part >> at & 1).astype(bool)
            split(part[~taken], at + 1, [*condition, [at, "N"]])
            split(part[taken], at + 1, [*condition, [at, "Y"]])

    split(codes, 0, [])
    return found


def best_first(conflict: Conflict, v: Values, blocks: Values | None = None) -> list[Any]:
    """States by worth (states,), best first, ties as inner lists, ">>" between blocks of strength."""
    found: list[Any] = []
    before = None
    for value in np.unique(v)[::-1]:
        tied = np.flatnonzero(v == value)
        block = None if blocks is None else int(blocks[tied[0]])
        if before is not None and block != before:
            found.append(STRONGLY)
        before = block
        found.append(conflict.labels[tied[0]] if len(tied) == 1 else [conflict.labels[s] for s in tied])
    return found


def _blocks(conflict: Conflict, party: int) -> Values | None:
    return None if conflict.strength is None else conflict.strength[party]


def to_graph(conflict: Conflict) -> dict[str, Any]:
    """States, arcs and rankings."""
    labels = conflict.labels
    made: dict[str, Any] = {
        "decision_makers": list(conflict.parties), "states": list(labels),
        "arcs": {
            p: [[labels[s], labels[t]] for s in range(len(labels)) for t in moves.targets(s)]
            for p, moves in zip(conflict.parties, conflict.moves, strict=True)
        },
        "preferences": {p: best_first(conflict, conflict.worth[i], _blocks(conflict, i)) for i, p in enumerate(conflict.parties)},
    }  # fmt: skip
    return made | _further(conflict)


def _further(conflict: Conflict) -> dict[str, Any]:
    """What both forms say in the same words: unknown pairs, beliefs, coalitions, the status quo."""
    labels, parties = conflict.labels, conflict.parties
    made: dict[str, Any] = {}
    if conflict.unknown is not None:
        made["unknown"] = {
            p: [[labels[a], labels[b]] for a, b in sorted(pairs) if a < b]
            for p, pairs in zip(parties, conflict.unknown, strict=True)
        }
    if conflict.believed is not None:
        made["beliefs"] = {
            who: {
                whose: best_first(conflict, conflict.believed[i, j])
                for j, whose in enumerate(parties) if (conflict.believed[i, j] != conflict.worth[j]).any()
            }
            for i, who in enumerate(parties)
        }  # fmt: skip
    if conflict.coalitions:
        made["coalitions"] = [list(one) for one in conflict.coalitions]
    if conflict.status_quo is not None:
        made["status_quo"] = labels[conflict.status_quo]
    return made
