"""Conflicts as `.gmcr` files: options, infeasible patterns, preferences by priority or by ranking."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.domain.plain.estimates import estimate_from
from winset.errors import FormatError, TooLarge
from winset.formats.conflict_graph import extras, graph, no_twins, ranking, shape
from winset.formats.priorities import condition, holds, matches
from winset.models.stability.conflict import Conflict
from winset.models.stability.moves import Moves, OptionMoves

MOST_STATES = 1 << 21
MOST_OPTIONS = 62
BYTES_A_STATE = 450
"""Memory that reading and solving take for each feasible state, measured with three decision makers."""
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]


def conflict(data: Any, where: str) -> Conflict:
    """The conflict in parsed JSON, a `.gmcr` file or a graph. Raises FormatError naming the place in `where`."""
    shape(data, dict, where)
    try:
        return graph(data, where) if "arcs" in data else _options(data, where)
    except KeyError as error:
        raise FormatError(f"{where}: {error} is missing; write it as the stability page says") from None
    except (TypeError, IndexError, ValueError, AttributeError) as error:
        raise FormatError(
            f"{where}: a value of another kind than its place asks for ({error}); write it as the stability page says"
        ) from None


def by_ranking(data: dict[str, Any]) -> bool:
    """Whether preferences are ranks of states rather than statements about options."""
    return "arcs" in data or bool(data.get("useManualPreferenceRanking", data.get("useManualPreferenceVectors")))


def statements(data: Any, where: str) -> tuple[list[list[Flags]], list[list[float]]]:
    """([maker][statement] (states,) whether it holds, [maker][statement] its weight); both empty where preferences are
    ranks of states."""
    shape(data, dict, where)
    if by_ranking(data):
        return [], []
    bit, codes = _space(data, where)
    names = _names(data, where)
    found = []
    for maker in data["decisionMakers"]:
        found.append(
            [holds(codes, w, bit, names, _statement(maker, k, where)) for k, w in enumerate(maker["preferences"])]
        )
    return found, [statement_weights(maker, where) for maker in data["decisionMakers"]]


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


def _statement(maker: dict[str, Any], k: int, where: str) -> str:
    return f"{where}: preference statement {k + 1} of {maker['name']}"


def _names(data: dict[str, Any], where: str) -> list[str]:
    """Option names as the file numbers them."""
    options = shape(data["options"], list, f"{where}: options")
    return [str(o["name"]) if isinstance(o, dict) else str(o) for o in options]


def _order(data: dict[str, Any], where: str) -> list[int]:
    """The file's options in order of their owners. Raises FormatError unless each has exactly one owner."""
    names = _names(data, where)
    owner: dict[int, str] = {}
    makers = shape(data["decisionMakers"], list, f"{where}: decisionMakers")
    if not makers or not names:
        raise FormatError(f"{where}: a conflict needs at least one decision maker and one option")
    for n, maker in enumerate(makers):
        shape(maker, dict, f"{where}: decisionMakers[{n}]")
        shape(maker["name"], str, f"{where}: the name of decisionMakers[{n}]")
        for option in shape(maker["options"], list, f"{where}: options of {maker['name']}"):
            if type(option) is not int or not 0 <= option < len(names):
                raise FormatError(
                    f"{where}: {maker['name']} owns option {option!r}; options are numbered 0 to {len(names) - 1}"
                )
            if option in owner:
                raise FormatError(
                    f"{where}: option {option} ({names[option]}) is owned twice, by {owner[option]} and by "
                    f"{maker['name']}; leave it with one of them"
                )
            owner[option] = maker["name"]
    for option, name in enumerate(names):
        if option not in owner:
            raise FormatError(
                f"{where}: option {option} ({name}) is owned by nobody; list it in one decision maker's options"
            )
    no_twins([str(m["name"]) for m in makers], f"{where}: decision makers")
    return [o for maker in makers for o in maker["options"]]


def _space(data: dict[str, Any], where: str) -> tuple[list[int], Codes]:
    """(place of each of the file's options in a code, feasible codes rising). Raises TooLarge before it is too late."""
    order = _order(data, where)
    m = len(order)
    if m > MOST_OPTIONS:
        raise TooLarge(
            f"{where}: {m} options make 2^{m} states; at most {MOST_OPTIONS} options are read: leave some out"
        )
    bit = [0] * m
    for place, option in enumerate(order):
        bit[option] = place
    patterns = [
        condition(one, m, f"{where}: infeasibles[{n}]")
        for n, one in enumerate(shape(data.get("infeasibles") or [], list, f"{where}: infeasibles"))
    ]
    codes = np.zeros(1, dtype=np.int64)
    for place in range(m):
        if 2 * len(codes) > MOST_STATES:
            _fits(codes, place, patterns, bit, m, where)
        codes = np.concatenate((codes, codes | 1 << place))
        for pairs in patterns:
            if pairs and max(bit[option] for option, _ in pairs) == place:
                codes = codes[~matches(codes, pairs, bit)]
    if any(not pairs for pairs in patterns):
        codes = codes[:0]
    if not len(codes):
        raise FormatError(f"{where}: no state is feasible under {len(patterns)} infeasible patterns; take out one")
    return bit, codes


def _fits(
    codes: Codes, place: int, patterns: Sequence[list[tuple[int, bool]]], bit: list[int], m: int, where: str
) -> None:
    """Raises TooLarge unless patterns on the next option keep the list short enough to go on."""
    deciding = [p for p in patterns if p and max(bit[option] for option, _ in p) == place]
    next_codes = np.concatenate((codes, codes | 1 << place))
    for pairs in deciding:
        next_codes = next_codes[~matches(next_codes, pairs, bit)]
    if len(next_codes) > MOST_STATES:
        most = len(next_codes) << m - place - 1
        raise TooLarge(
            f"{where}: {m} options leave up to {most:,} feasible states, which would need about "
            f"{max(1, most * BYTES_A_STATE >> 30):,} GiB; at most {MOST_STATES:,} states are solved: leave out options "
            f"or add infeasible patterns"
        )


def _options(data: dict[str, Any], where: str) -> Conflict:
    makers, names = data["decisionMakers"], _names(data, where)
    bit, codes = _space(data, where)
    order = _order(data, where)
    n = len(codes)
    ways = [o.get("permittedDirection", "both") if isinstance(o, dict) else "both" for o in data["options"]]
    for option, way in enumerate(ways):
        if way not in ("both", "fwd", "back"):
            raise FormatError(f"{where}: permittedDirection of option {option} is {way!r}; both, fwd or back")
    forward = sum(1 << bit[o] for o, way in enumerate(ways) if way == "fwd")
    backward = sum(1 << bit[o] for o, way in enumerate(ways) if way == "back")
    moves: list[Moves] = []
    worth, blocks = [], []
    for maker in makers:
        mask = sum(1 << bit[o] for o in maker["options"])
        unseen = np.zeros(n, dtype=bool)
        for k, one in enumerate(maker.get("misperceptions") or []):
            unseen |= matches(
                codes, condition(one, len(names), f"{where}: misperceptions[{k}] of {maker['name']}"), bit
            )
        some = unseen if unseen.any() else None
        moves.append(OptionMoves(codes, mask, forward=forward, backward=backward, unseen=some))
        if by_ranking(data):
            given = maker.get("preferenceRanking", maker.get("preferenceVector"))
            v, strong = ranking(given, {i + 1: i for i in range(n)}, str(maker["name"]), where)
            blocks.append(strong)
        else:
            v = _by_priority(maker, codes, bit, names, where)
            blocks.append(None)
        worth.append(v)
    found = Conflict(
        parties=tuple(str(m["name"]) for m in makers), labels=tuple(range(1, n + 1)),
        options=tuple(names[o] for o in order), moves=tuple(moves), worth=np.array(worth, dtype=np.int64), codes=codes,
        owners=tuple(i for i, m in enumerate(makers) for _ in m["options"]), one_way=(forward, backward),
    )  # fmt: skip
    return extras(found, data, blocks, where)


def _by_priority(
    maker: dict[str, Any], codes: Codes, bit: Sequence[int], names: Sequence[str], where: str
) -> NDArray[np.int64]:
    """(states,) how good a state is: the more important statement it fulfils first, or the sum of weights."""
    wishes = shape(maker["preferences"], list, f"{where}: preferences of {maker['name']}")
    held = [holds(codes, w, bit, names, _statement(maker, k, where)) for k, w in enumerate(wishes)]
    if maker.get("preferenceWeights") is None:
        _no_contradiction(held, maker, where)
        score = np.zeros(len(codes), dtype=np.int64)
        for one in held:  # ranks stay below the number of states, whatever the number of statements
            score = score * 2 + one
            if score.max() > 1 << 60:
                score = np.unique(score, return_inverse=True)[1].astype(np.int64)
        return np.unique(score, return_inverse=True)[1].astype(np.int64)
    total = np.zeros(len(codes))
    for weight, one in zip(statement_weights(maker, where), held, strict=True):
        total += weight * one
    return np.unique(np.round(total, 9), return_inverse=True)[1].astype(np.int64)


def _no_contradiction(held: Sequence[Flags], maker: dict[str, Any], where: str) -> None:
    """Raises FormatError where a statement asks for exactly the states that a more important one rules out."""
    seen: dict[bytes, int] = {}
    for k, one in enumerate(held):
        if one.all() or not one.any():
            continue
        against = seen.get(np.packbits(~one).tobytes())
        if against is not None:
            raise FormatError(
                f"{_statement(maker, k, where)} contradicts statement {against + 1}, which is more important and wants "
                f"the opposite in every feasible state; take out statement {k + 1}"
            )
        seen.setdefault(np.packbits(one).tobytes(), k)
