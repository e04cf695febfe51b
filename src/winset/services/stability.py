"""Which situations would last."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.runs import Assumption
from winset.errors import CaseError, FormulationError, StoreError, UsageError
from winset.formats.conflict_table import read_table, table_csv, table_xlsx
from winset.formats.gmcr import conflict
from winset.formats.gmcr_writing import to_gmcr, to_graph
from winset.formulation.base import Formulated
from winset.formulation.stability import suggest as suggested
from winset.formulation.stability import with_utilities
from winset.models.stability.beliefs import hypergame
from winset.models.stability.conflict import MOST_LISTED, Conflict
from winset.models.stability.proof import Step
from winset.models.stability.relations import coalitions, strength, unknown
from winset.models.stability.stability import PLAIN, VARIANTS, Stability, horizon_of, solve
from winset.models.stability.status_quo import status_quo
from winset.report.blocks import Chart
from winset.report.charts.graph import move_graph
from winset.report.charts.option_table import MOST_STATES, option_table
from winset.report.stability import concept_name, improvements
from winset.services.cases import author, now
from winset.services.drafting import drafted
from winset.services.sources import is_case_file, judged_case, read_bytes, reviewed_case
from winset.store.casefile import CaseFile
from winset.store.textform import parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Posed:
    """A conflict as it is written, and where that comes from.

    suggested  read off a case's record; nobody has looked at it yet
    """

    data: Any
    where: str
    suggested: bool = False
    assumptions: tuple[Assumption, ...] = ()
    gaps: tuple[str, ...] = ()

    def conflict(self) -> Conflict:
        """The conflict itself. Raises FormatError naming the place."""
        return conflict(self.data, self.where)


def pose(source: Path, *, suggest: bool = False, at: date | None = None) -> Posed:
    """The conflict at `source`: a `.gmcr` file, a graph, an option table, a case, or what a case's record suggests.

    Raises UsageError where something other than a case is asked for suggestions, FormulationError where a case holds
    no conflict, or its record suggests none.
    """
    data = None
    if source.suffix.lower() in (".csv", ".tsv", ".xlsx"):
        data = read_table(read_bytes(source), str(source))
    elif not is_case_file(source):
        held = read_bytes(source)
        try:
            data = parse(held)
        except CaseError as error:
            raise CaseError(f"{source}: {error}; give a .gmcr file, a graph or a case") from None
        if not isinstance(data, dict):
            raise CaseError(f"{source}: it has to be a JSON object; give a .gmcr file, a graph or a case")
    if data is not None and not (isinstance(data, dict) and str(data.get("schema", "")).startswith("winset-case/")):
        if suggest:
            raise UsageError(f"{source} is a conflict already; --suggest reads one off the record of a case")
        return Posed(data=data, where=str(source))
    case = reviewed_case(source) if suggest else judged_case(source)
    if suggest:
        made = suggested(drafted(case)[0], at)
        return Posed(
            data=made.inputs, where=f"{source}, suggested", suggested=True, assumptions=made.assumptions, gaps=made.gaps
        )
    made = formulated(case, at)
    return Posed(data=made.inputs, where=str(source), assumptions=made.assumptions)


def formulated(case: Case, at: date | None = None) -> Formulated[dict[str, Any]]:
    """The conflict that a case holds, as written. Raises FormulationError where it holds none."""
    if case.conflict is None:
        raise FormulationError(
            f"{case.title!r} holds no conflict; add options and preferences under 'conflict', or see what its record "
            "suggests with: winset solve stability CASE --suggest"
        )
    return with_utilities(case, case.conflict, at)


def formulate(case: Case, at: date | None = None) -> Formulated[Conflict]:
    """The conflict that a case holds. Raises FormulationError where it holds none, FormatError naming the place."""
    made = formulated(case, at)
    return Formulated(inputs=conflict(made.inputs, "conflict"), assumptions=made.assumptions)


def stability(source: Path, *, variant: str = VARIANTS[0], concepts: Sequence[str] = ()) -> Stability:
    """Stable states of the conflict at `source`, under the plain concepts and further ones."""
    return stable(pose(source), variant=variant, concepts=concepts)


def stable(posed: Posed, *, variant: str = VARIANTS[0], concepts: Sequence[str] = ()) -> Stability:
    """Stable states of a conflict, under the plain concepts and further ones."""
    for concept in concepts:
        horizon_of(concept)
    return solve(posed.conflict(), variant=variant, concepts=(*PLAIN, *concepts))


def state_named(found: Conflict, label: str) -> int:
    """The state of this name. Raises UsageError listing those there are."""
    for s, name in enumerate(found.labels):
        if str(name) == label:
            return s
    raise UsageError(f"no state {label!r}; there are {', '.join(map(str, found.labels[:20]))}")


def graph(result: Stability, start: int) -> Chart | None:
    """The moves that their movers prefer, from the state `start` on, with the shortest way to a state that would last;
    None where there are too many to draw."""
    c = result.conflict
    if len(c.labels) > MOST_LISTED:
        return None
    equilibria = set(result.equilibria("gmr"))
    reached = status_quo(c, start).by_improvements
    goal = min((s for s in reached if s in equilibria and s != start), key=lambda s: (len(reached[s]), s), default=None)
    way, at = [], start
    for step in reached[goal] if goal is not None else ():
        assert step.mover is not None
        way.append((at, step.to, step.mover))
        at = step.to
    labels = [str(label) for label in c.labels]
    return move_graph(labels, improvements(result), c.parties, start, equilibria, way)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One move on a way: by whom, to which state, and which options it takes up or gives up."""

    party: str
    to: str
    takes: tuple[str, ...]
    leaves: tuple[str, ...]


def ways(result: Stability, start: int, most: int = 6) -> tuple[tuple[str, tuple[Turn, ...]], ...]:
    """The shortest ways from `start`, each move one that its mover prefers, to the states that would last: (state, moves),
    shortest first. Raises TooLarge as `status_quo`."""
    c = result.conflict
    reached = status_quo(c, start).by_improvements
    goals = sorted(
        (s for s in result.equilibria("gmr") if s in reached and s != start), key=lambda s: (len(reached[s]), s)
    )
    return tuple((str(c.labels[s]), _turns(c, start, reached[s])) for s in goals[:most])


def _turns(c: Conflict, start: int, steps: Sequence[Step]) -> tuple[Turn, ...]:
    found, at = [], start
    for step in steps:
        assert step.mover is not None
        before, after = (c.taken[s] if c.taken else 0 for s in (at, step.to))
        found.append(
            Turn(
                party=c.parties[step.mover], to=str(c.labels[step.to]),
                takes=tuple(name for k, name in enumerate(c.options) if after >> k & 1 and not before >> k & 1),
                leaves=tuple(name for k, name in enumerate(c.options) if before >> k & 1 and not after >> k & 1),
            )
        )  # fmt: skip
        at = step.to
    return tuple(found)


def keep_suggested(path: Path) -> None:
    """Makes what the record suggests the case's own conflict, as an operation that can be undone."""
    posed, at = pose(path, suggest=True), now()
    with CaseFile.open(path, at=at) as file:
        file.put_head(
            {"conflict": posed.data}, at=at, author=author(), label="kept the conflict that the record suggests"
        )


def charts(result: Stability, start: int | None) -> dict[str, Chart]:
    """The option table and the graph of moves by the names of their files; of many states, those that last."""
    c = result.conflict
    found: dict[str, Chart] = {}
    stable = {concept_name(k): result.equilibria(k) for k in result.stable}
    lasting = {s for states in stable.values() for s in states} | ({start} if start is not None else set())
    columns = list(range(len(c.labels))) if len(c.labels) <= MOST_STATES else sorted(lasting)[:MOST_STATES]
    options = [
        (c.parties[c.owners[k]], name, [bool(code >> k & 1) for code in c.taken]) for k, name in enumerate(c.options)
    ]
    ranks = [(p, [place + 1 for place in row]) for p, row in zip(c.parties, c.rank, strict=True)]
    found["1-option-table"] = option_table([str(x) for x in c.labels], options, ranks, stable, columns, start)
    drawn = graph(result, 0 if start is None else start)
    if drawn is not None:
        found["2-move-graph"] = drawn
    return found


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
    """The conflict written to a new file as `.gmcr`, `.json` (a graph), `.csv` or `.xlsx` (an option table), by its ending.

    Raises UsageError on another ending or where the file is already there, StoreError where it cannot be written.
    """
    ending = path.suffix.lower()
    if ending == ".csv":
        content = table_csv(found)
    elif ending == ".xlsx":
        content = table_xlsx(found)
    elif ending in (".gmcr", ".json"):
        content = _json(to_gmcr(found) if ending == ".gmcr" else to_graph(found))
    else:
        raise UsageError(f"{path} ends in {ending or 'nothing'!r}; a conflict is saved as .gmcr, .json, .csv or .xlsx")
    _write(path, content)


def save_posed(posed: Posed, path: Path) -> None:
    """A suggested conflict as a `.gmcr` file, grounds and all, to be looked through by hand. Raises as `save`."""
    if path.suffix.lower() != ".gmcr":
        raise UsageError(f"{path}: a suggested conflict is saved as .gmcr, with its grounds; change the ending")
    _write(path, _json({"program": "winset", **posed.data}))


def _json(made: Any) -> bytes:
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _write(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise UsageError(f"{path} is already there; give a new name") from None
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from None
