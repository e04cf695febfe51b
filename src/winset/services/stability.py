"""Which situations would last."""

import json
from pathlib import Path

from winset.errors import FormatError, FormulationError
from winset.formats.gmcr import conflict
from winset.models.stability.stability import VARIANTS, Stability, members, solve
from winset.report.blocks import Chart
from winset.report.charts.graph import move_graph
from winset.report.stability import improvements, lasting
from winset.services.sources import read_bytes, reviewed_case
from winset.store.connection import MAGIC


def stability(source: Path, *, variant: str = VARIANTS[0]) -> Stability:
    """Stable states of the `.gmcr` file, graph or case at `source`."""
    raw = read_bytes(source)
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
    return solve(conflict(data, str(source)), variant=variant)


def graph(result: Stability, start: int) -> Chart | None:
    """The moves that their movers prefer, from the state `start` on; None where there are too many to draw."""
    equilibria = set(members(lasting(result)["gmr"]))
    labels = [str(label) for label in result.conflict.labels]
    return move_graph(labels, improvements(result), result.conflict.parties, start, equilibria)
