"""Draws answered block by block, wherever there are workers; blocks that were answered are not lost when workers are."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from winset.errors import ClusterLost, FormulationError
from winset.formats.gmcr import conflict as read_conflict
from winset.formats.gmcr import statements
from winset.formulation.drawn.bargaining import Bargaining
from winset.formulation.drawn.numbers import Drawn
from winset.formulation.drawn.offers import Offers
from winset.formulation.drawn.ratification import Ratification
from winset.formulation.drawn.spatial import Spatial
from winset.formulation.drawn.stability import Stability
from winset.formulation.stability import with_utilities
from winset.formulation.uncertainty import UncertainCase
from winset.models.bargaining.many import Rule
from winset.models.uncertainty.draws import Inputs
from winset.models.uncertainty.marginals import Floats
from winset.services import one_by_one
from winset.services.pools import Cluster, Here, Pool
from winset.store.textform import case_from_json, case_to_json

ALONE = 64
"""Draws of a block where each is answered by itself."""
_FEW = 2 * ALONE


def together(asked: UncertainCase, method: str, rule: Rule, rounds: int = 0) -> Any:
    """A method on all draws at once. Raises NotTogether where it cannot be."""
    match method:
        case "spatial":
            return Spatial(asked, rounds)
        case "bargaining":
            return Bargaining(asked, rule=rule)
        case "offers":
            return Offers(asked)
        case "ratification":
            return Ratification(asked)
        case _:
            data = asked.case.conflict
            if data is None:
                raise FormulationError("the case holds no conflict; add options and preferences under 'conflict'")
            data = with_utilities(asked.case, data, asked.at).inputs
            held, weights = statements(data, "conflict")
            return Stability(asked, read_conflict(data, "conflict"), held, weights)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """What every block of draws has in common."""

    case: UncertainCase
    method: str
    rule: Rule
    rounds: int = 0  # of the challenge model
    names: tuple[str, ...]
    at_once: Drawn | None

    def as_text(self) -> str:
        """As JSON, with which another process can go on."""
        bare = self.case.case.with_(documents=(), statements=(), reviews=(), runs=(), forecasts=(), scenarios=(),
                                    proposals=(), precedents=())  # fmt: skip
        plain = case_to_json(bare)
        for judgement in plain["judgements"]:
            judgement["grounds"] = []
        at = self.case.at.isoformat() if self.case.at else None
        return json.dumps([plain, self.case.keys, at, self.method, self.rule, self.rounds, self.names,
                           self.at_once is not None])  # fmt: skip

    def answer(self, x: Floats) -> Floats:
        """(draws, outputs) of (draws, inputs)."""
        if self.at_once is not None:
            found: Floats = self.at_once(x)
            return found
        return one_by_one.rows(self.case, self.method, self.rule, self.names, x, rounds=self.rounds)


@lru_cache(maxsize=4)
def _again(text: str) -> Asked:
    plain, keys, at, method, rule, rounds, names, at_once = json.loads(text)
    case = UncertainCase(
        case=case_from_json(plain, []), at=date.fromisoformat(at) if at else None,
        keys=tuple((q, who, issue) for q, who, issue in keys), inputs=Inputs(names=(), marginals=()),
    )  # fmt: skip
    made = together(case, method, rule, rounds) if at_once else None
    return Asked(case=case, method=method, rule=rule, rounds=rounds, names=tuple(names), at_once=made)


def work(text: str, x: Floats) -> Floats:
    """One block in whichever process."""
    return _again(text).answer(x)


def evaluate(asked: Asked, x: Floats, *, pool: Pool, block: int) -> Floats:
    """(draws, outputs): threads where all draws are answered at once, else the pool's workers; a cluster in any case.

    Raises ClusterLost, naming what is kept of a cluster's work; the same question then goes on from there.
    """
    size = block if asked.at_once is not None else ALONE
    parts = [x[at : at + size] for at in range(0, len(x), size)]
    if not isinstance(pool, Cluster):
        if asked.at_once is not None:
            if pool.width == 1 or len(parts) == 1:
                return np.concatenate([asked.answer(part) for part in parts])
            with ThreadPoolExecutor(pool.width) as threads:
                return np.concatenate(list(threads.map(asked.answer, parts)))
        if len(x) <= _FEW:
            pool = Here()
    text = asked.as_text()
    kept = _kept_at(text, x, size)
    done = _kept(kept, len(parts))
    missing = [k for k in range(len(parts)) if k not in done]
    answers = pool.each(work, text, (parts[k] for k in missing))
    try:
        for k, y in zip(missing, answers, strict=True):
            done[k] = y
    except ClusterLost as error:
        raise ClusterLost(f"{error}; {_keep(kept, done, len(parts))}") from None
    with suppress(OSError):
        kept.unlink(missing_ok=True)
    return np.concatenate([done[k] for k in range(len(parts))])


def _kept_at(text: str, x: Floats, size: int) -> Path:
    from platformdirs import user_cache_path

    name = hashlib.sha256(f"{size} {x.shape} {text}".encode() + np.ascontiguousarray(x).tobytes()).hexdigest()
    return user_cache_path("winset") / "partial" / f"{name[:32]}.npz"


def _kept(path: Path, parts: int) -> dict[int, Floats]:
    """The blocks that are kept of an earlier try; a file that cannot be read counts as none."""
    if not path.is_file():
        return {}
    try:
        with np.load(path, allow_pickle=False) as found:
            return {int(k): found[k] for k in found.files if int(k) < parts}
    except (OSError, ValueError, EOFError, KeyError):
        return {}


def _keep(path: Path, done: dict[int, Floats], parts: int) -> str:
    """Keeps the blocks, and says so."""
    if not done:
        return "nothing was done yet; repeat the command, with another cluster or without one"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            np.savez(file, **{str(k): y for k, y in done.items()})  # type: ignore[arg-type]  # names of arrays are free
        part.replace(path)
    except OSError as error:
        return f"what was done could not be kept ({error.strerror or error}): {path}"
    return (
        f"{len(done)} of {parts} blocks of draws are kept in {path}: the same command goes on from there, "
        "with another cluster or without one"
    )
