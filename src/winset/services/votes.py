"""How alike voters voted, from a table of roll calls."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from winset.errors import UsageError
from winset.formats.roll_calls import CODING, SCALE, RollCalls, read_roll_calls
from winset.models.similarity.votes import similarity
from winset.services.sources import no_case, read_bytes

MOST_VOTERS = 60  # of which every pair is listed without being asked for


def votes(
    path: Path, *, pairs: Sequence[tuple[str, str]] = (), first: date | None = None, last: date | None = None
) -> dict[str, Any]:
    """`{"coding", "from", "to", "roll_calls", "voters", "pairs"}`: every measure for the pairs named, else for all.

    Raises FormatError for a table that cannot be read, UsageError for a voter that is not in it.
    """
    no_case(path, "a table of roll calls")
    table = read_roll_calls(read_bytes(path), path.name)
    held = table.between(first, last)
    return {
        "coding": CODING,
        "from": first.isoformat() if first else None,
        "to": last.isoformat() if last else None,
        "roll_calls": len(held.days),
        "voters": list(held.voters),
        "pairs": [_pair(held, a, b) for a, b in pairs or _all_pairs(held)],
    }


def _all_pairs(table: RollCalls) -> list[tuple[str, str]]:
    if len(table.voters) > MOST_VOTERS:
        raise UsageError(f"{len(table.voters)} voters make too many pairs to list; name some with --pair A B")
    return list(combinations(table.voters, 2))


def _pair(table: RollCalls, a: str, b: str) -> dict[str, Any]:
    codes = []
    for voter in (a, b):
        if voter not in table.voters:
            raise UsageError(f"no voter {voter!r} in the table; there are {', '.join(table.voters[:60])}")
        held = table.votes[table.voters.index(voter)]
        codes.append([np.nan if code is None else code for code in held])
    found = similarity(codes[0], codes[1], scale=SCALE)
    return {
        "a": a, "b": b, "n": found.n, "agreement": found.agreement, "S_absolute": found.s_absolute,
        "S_squared": found.s_squared, "kappa_weighted_squared": found.kappa_weighted_squared,
        "pi_weighted_squared": found.pi_weighted_squared, "kappa_nominal": found.kappa_nominal,
    }  # fmt: skip
