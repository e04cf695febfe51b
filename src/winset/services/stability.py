"""Which situations would last."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from winset.errors import FormatError, FormulationError, StoreError, UsageError
from winset.formats.conflict_table import read_table, table
from winset.formats.gmcr import conflict
from winset.formats.gmcr_writing import to_gmcr, to_graph
from winset.models.stability.beliefs import hypergame
from winset.models.stability.conflict import Conflict
from winset.models.stability.relations import coalitions, strength, unknown
from winset.models.stability.stability import PLAIN, VARIANTS, Stability, horizon_of, solve
from winset.models.stability.status_quo import status_quo
from winset.report.blocks import Chart
from winset.report.charts.graph import move_graph
from winset.report.stability import improvements
from winset.services.sources import read_bytes, reviewed_case
from winset.store.connection import MAGIC


def load(source: Path) -> Any:
    """The conflict at `source`, a `.gmcr` file, a graph, an option table or a case, as the values it is written in."""
    raw = read_bytes(source)
    if source.suffix.lower() in (".csv", ".tsv"):
        return read_table(raw, str(source))
    data = None
    if not raw.startswith(MAGIC):
        try:
            data = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise FormatError(f"{source} is not JSON: {error}; give a .gmcr file, a graph or a case") from None
    if data is None or (isinstance(data, dict) and data.get("schema") == "winset-case/1"):
        data = reviewed_case(source).conflict
        if data is None:
            raise FormulationError(f"{source} holds no conflict; add options and preferences under 'conflict'")
    return data


def stability(source: Path, *, variant: str = VARIANTS[0], concepts: Sequence[str] = ()) -> Stability:
    """Stable states of the conflict at `source`, under the plain concepts and further ones."""
    for concept in concepts:
        horizon_of(concept)
    return solve(conflict(load(source), str(source)), variant=variant, concepts=(*PLAIN, *concepts))


def state_named(found: Conflict, label: str) -> int:
    """The state of this name. Raises UsageError listing those there are."""
    for s, name in enumerate(found.labels):
        if str(name) == label:
            return s
    raise UsageError(f"no state {label!r}; there are {', '.join(map(str, found.labels[:20]))}")


def graph(result: Stability, start: int) -> Chart | None:
    """The moves that their movers prefer, from the state `start` on; None where there are too many to draw."""
    equilibria = set(result.equilibria("gmr"))
    labels = [str(label) for label in result.conflict.labels]
    return move_graph(labels, improvements(result), result.conflict.parties, start, equilibria)


def analyse(
    found: Conflict, *, variant: str = VARIANTS[0], start: int | None = None, joined: bool = False
) -> dict[str, Any]:
    """What the conflict's own data and the question ask for beside equilibria: strength, unknown,
    beliefs, coalitions, status_quo."""
    asked: dict[str, Any] = {}
    if found.strength is not None:
        asked["strength"] = strength(found)
    if found.unknown is not None:
        asked["unknown"] = unknown(found)
    if found.believed is not None:
        asked["beliefs"] = hypergame(found, variant=variant)
    if joined:
        asked["coalitions"] = coalitions(found)
    elif found.coalitions:
        asked["coalitions"] = coalitions(found, found.coalitions)
    quo = found.status_quo if start is None else start
    if quo is not None:
        asked["status_quo"] = status_quo(found, quo)
    return asked


def save(found: Conflict, path: Path) -> None:
    """The conflict written to a new file as `.gmcr`, `.json` (a graph) or `.csv` (an option table), by its ending.

    Raises UsageError on another ending or where the file is already there, StoreError where it cannot be written.
    """
    ending = path.suffix.lower()
    if ending == ".csv":
        text = table(found)
    elif ending in (".gmcr", ".json"):
        made = to_gmcr(found) if ending == ".gmcr" else to_graph(found)
        text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    else:
        raise UsageError(f"{path} ends in {ending or 'nothing'!r}; a conflict is saved as .gmcr, .json or .csv")
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} is already there; give a new name") from None
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from None
