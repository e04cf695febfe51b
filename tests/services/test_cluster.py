"""On a real local cluster of several processes: the same numbers; a dead worker costs time; a vanished cluster, no work."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from tests.clusters import machines
from tests.dying import dies, dies_once

from winset.cli.main import winset
from winset.errors import ClusterLost, ResourceError, UsageError
from winset.models.uncertainty.draws import draw
from winset.services import backtest, blocks, corpus_runs, pools, propagation, whatif
from winset.store.textform import case_from_json

pytest.importorskip("distributed", reason="Dask is not installed")

RIVER: dict[str, Any] = {
    "schema": "winset-case/1", "title": "The river",
    "parties": [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}],
    "issues": [{"id": "share", "question": "How much water goes south?", "kind": "integer", "range": [0, 100]}],
    "judgements": [
        {"quantity": "position", "party": "north", "issue": "share", "range": [10, 20]},
        {"quantity": "position", "party": "south", "issue": "share", "range": [60, 80]},
        {"quantity": "discount", "party": "north", "issue": None, "range": [0.8, 0.95]},
        {"quantity": "discount", "party": "south", "issue": None, "value": 0.9},
    ],
    "scenarios": [{"name": "patient", "changes": [{"quantity": "discount", "party": "north", "issue": None, "value": 0.97}]}],
}  # fmt: skip


@pytest.fixture
def river(tmp_path: Path) -> Path:
    (path := tmp_path / "river.json").write_text(json.dumps(RIVER))
    return path


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def one_by_one() -> tuple[blocks.Asked, np.ndarray[Any, np.dtype[np.float64]]]:
    q = propagation.question(case_from_json(RIVER), "offers")
    asked = blocks.Asked(case=q.asked, method="offers", rule="nash", names=q.names, at_once=None)
    return asked, draw(q.asked.inputs, 640, 3)


class Interrupted:
    """A pool during whose work, before the `at`-th part is handed out, something happens."""

    def __init__(self, pool: pools.Pool, at: int, happens: Any) -> None:
        self.pool, self.at, self.happens, self.width = pool, at, happens, pool.width

    def each(self, work: Any, shared: Any, parts: Any) -> Iterator[Any]:
        def handed() -> Iterator[Any]:
            for n, part in enumerate(parts):
                if n == self.at:
                    self.happens()
                yield part

        return self.pool.each(work, shared, handed())


def test_a_cluster_gives_the_same_numbers_also_when_a_worker_dies_and_goes_on_where_another_vanished(
    river: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with machines(2, tmp_path) as cluster:
        for method in ("bargaining", "offers"):
            local = propagation.run(method, river, draws=1200)
            assert propagation.run(method, river, draws=1200, cluster=cluster.address).id == local.id
        pair = (str(river), f"{river}@patient")
        assert whatif.compare(pair, draws=64, cluster=cluster.address) == whatif.compare(pair, draws=64, workers=1)
        decided(tmp_path / "decided.csv")
        one, other = (backtest.backtest(tmp_path / "decided.csv", cluster=c) for c in (None, cluster.address))
        assert backtest.as_json(one) == backtest.as_json(other)

        (corpus := tmp_path / "news.jsonl").write_text('{"text": "Norland will sign, its minister said."}\n' * 150)
        for folder, where in (("here", None), ("there", cluster.address)):
            corpus_runs.read_into(
                (str(corpus),), tmp_path / folder, annotator="rules", cluster=where, workers=None if where else 1,
                note=lambda _: None,
            )  # fmt: skip
        files = [sorted(path.name for path in (tmp_path / folder).iterdir()) for folder in ("here", "there")]
        assert files[0] == files[1]
        assert all(
            (tmp_path / "here" / one).read_bytes() == (tmp_path / "there" / one).read_bytes() for one in files[0]
        )

        question, x = one_by_one()
        alone = question.answer(x)
        with pools.opened(cluster=cluster.address) as pool:
            wounded = Interrupted(pool, 6, lambda: cluster.kill(cluster.workers[0]))
            monkeypatch.setattr(blocks, "Cluster", Interrupted)
            assert np.array_equal(blocks.evaluate(question, x, pool=wounded, block=64), alone)
            dying = Interrupted(pool, 6, lambda: cluster.kill(cluster.scheduler, cluster.workers[1]))
            with pytest.raises(
                ClusterLost, match=r"of 10 blocks of draws are kept in .*: the same command goes on"
            ) as lost:
                blocks.evaluate(question, x, pool=dying, block=64)
    kept = int(str(lost.value).split(" of 10 blocks")[0].rsplit(" ", 1)[1])
    answered: list[int] = []
    with pools.opened(1) as here:
        counting = Interrupted(here, 10**9, None)
        real = counting.each
        monkeypatch.setattr(counting, "each", lambda work, shared, parts: real(work, shared, counted(parts, answered)))
        assert np.array_equal(blocks.evaluate(question, x, pool=counting, block=64), alone)
    assert 0 < kept < 10
    assert len(answered) == 10 - kept
    assert not list((tmp_path / "cache").rglob("*.npz")), "what was kept is gone once it was used"


def counted(parts: Any, into: list[int]) -> Iterator[Any]:
    for part in parts:
        into.append(len(part))
        yield part


def decided(path: Path) -> None:
    rng = np.random.default_rng(1)
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["issue", "group", "actor", "position", "salience", "capability", "outcome"])
        for n in range(30):
            for actor in "abcd":
                rows.writerow(
                    [
                        f"i{n}",
                        f"g{n % 12}",
                        actor,
                        rng.integers(0, 101),
                        rng.integers(1, 101),
                        rng.integers(1, 9),
                        10 + n,
                    ]
                )


def test_a_worker_process_that_dies_costs_time_not_answers(tmp_path: Path) -> None:
    mark = tmp_path / "died"
    with pools.opened(2) as pool:
        assert list(pool.each(dies_once, str(mark), range(6))) == [0, 1, 4, 9, 16, 25]
        with pytest.raises(ResourceError, match="worker processes died"):
            list(pool.each(dies, None, range(2)))


def test_a_cluster_that_is_not_there_is_named(river: Path) -> None:
    def error(*arguments: str) -> BaseException | None:
        return CliRunner().invoke(winset, ["run", "offers", str(river), "--draws", "16", *arguments]).exception

    pools_seconds, pools.CONNECT_SECONDS = pools.CONNECT_SECONDS, 0.5
    try:
        gone = error("--cluster", "tcp://127.0.0.1:9")
    finally:
        pools.CONNECT_SECONDS = pools_seconds
    assert isinstance(gone, ClusterLost)
    assert (gone.exit_code, "no cluster answers at tcp://127.0.0.1:9" in str(gone)) == (5, True)
    assert isinstance(error("--cluster", "here and there"), ClusterLost | UsageError)
    assert isinstance(error("--cluster", "tcp://127.0.0.1:9", "--workers", "2"), UsageError)
