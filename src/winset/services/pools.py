"""Where work is done that can be done in parts: in this process, on a pool of processes, or on a Dask cluster.

A part's answer depends on the part alone, so it is the same wherever it is computed; answers come back in order, and only a
few parts are under way at a time, so memory does not grow with their number.
"""

import logging
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from winset import __version__
from winset.errors import ClusterLost, ResourceError, UsageError

S = TypeVar("S")
P = TypeVar("P")
R = TypeVar("R")
Work = Callable[[S, P], R]
"""A function of a module, of what all parts share and one part."""

AHEAD = 2
"""Parts under way for each worker."""
DEATHS = 3
"""A part during which that many worker processes died is not tried again."""
CONNECT_SECONDS = 10.0
LOST_SECONDS = 30.0
"""A cluster without any worker for that long has vanished."""


class Pool(Protocol):
    """`each` gives the answers of all parts in their order."""

    width: int

    def each(self, work: Work[S, P, R], shared: S, parts: Iterable[P]) -> Iterator[R]: ...


class Here:
    """In this process, one after the other."""

    width = 1

    def each(self, work: Work[S, P, R], shared: S, parts: Iterable[P]) -> Iterator[R]:
        return (work(shared, part) for part in parts)


class Processes:
    """On fresh processes of this machine. One that dies costs time, not answers: its parts are done again."""

    def __init__(self, workers: int) -> None:
        self.width = workers
        self._pool: ProcessPoolExecutor | None = None

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def each(self, work: Work[S, P, R], shared: S, parts: Iterable[P]) -> Iterator[R]:
        waiting: deque[tuple[P, Future[R]]] = deque()
        rest, more, deaths = iter(parts), True, 0
        while more or waiting:
            while more and len(waiting) < AHEAD * self.width:
                try:
                    part = next(rest)
                except StopIteration:
                    more = False
                    break
                waiting.append((part, self._submit(work, shared, part)))
            if not waiting:
                break
            try:
                answer = waiting[0][1].result()
            except BrokenProcessPool:
                deaths += 1
                if deaths >= DEATHS:
                    raise ResourceError(
                        f"worker processes died {deaths} times at the same part; is there enough memory? Try fewer --workers"
                    ) from None
                self._pool = None
                waiting = deque((part, self._submit(work, shared, part)) for part, _ in waiting)
                continue
            waiting.popleft()
            deaths = 0
            yield answer

    def _submit(self, work: Work[S, P, R], shared: S, part: P) -> "Future[R]":
        for _ in range(DEATHS):
            if self._pool is None:
                self._pool = ProcessPoolExecutor(self.width, mp_context=get_context("spawn"), initializer=_single)
            try:
                return self._pool.submit(work, shared, part)
            except BrokenProcessPool:
                self._pool = None
        raise ResourceError("worker processes die as soon as they start; is there enough memory? Try --workers 1")


def _single() -> None:
    """Each worker process has one thread for its arrays: the processes are the parallelism."""
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", TOKENIZERS_PARALLELISM="false")


class Cluster:
    """On the workers of a Dask cluster, which have the same winset installed. A worker that dies costs time, not answers.

    Raises ClusterLost where the cluster cannot be reached, has no worker or vanishes meanwhile.
    """

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ImportError:
            raise ResourceError(
                "--cluster needs Dask, which is not installed; install winset[cluster], or leave --cluster out"
            ) from None
        _hush()
        self.address = address
        try:
            self._client: Any = distributed.Client(  # type: ignore[no-untyped-call]
                address, timeout=CONNECT_SECONDS, set_as_default=False
            )
        except (OSError, TimeoutError) as error:
            raise ClusterLost(f"no cluster answers at {address} ({_short(error)}); check the address") from None
        except ValueError as error:
            raise UsageError(
                f"--cluster {address!r} is no address such as tcp://10.0.0.5:8786: {_short(error)}"
            ) from None
        try:
            self._greet()
        except BaseException:
            self.close()
            raise

    def _greet(self) -> None:
        with _lost(self.address):
            with suppress(TimeoutError):
                self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
            self.width = self._threads()
            if not self.width:
                raise ClusterLost(
                    f"the cluster at {self.address} has no workers; start some: dask worker {self.address}"
                )
            found = {worker: one for worker, one in self._client.run(_version).items() if one != __version__}
        if found:
            worker, version = next(iter(found.items()))
            raise ResourceError(
                f"the worker at {worker} has winset {version}, this is {__version__}; install the same on both"
            )

    def _threads(self) -> int:
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        return sum(int(one["nthreads"]) for one in workers.values())

    def close(self) -> None:
        with suppress(Exception):  # it may be gone already, which is no news
            self._client.close(timeout=2)

    def each(self, work: Work[S, P, R], shared: S, parts: Iterable[P]) -> Iterator[R]:
        rest = iter(parts)
        waiting: deque[Any] = deque()
        more = True
        while more or waiting:
            with _lost(self.address):
                while more and len(waiting) < AHEAD * self.width:
                    try:
                        part = next(rest)
                    except StopIteration:
                        more = False
                        break
                    waiting.append(self._client.submit(work, shared, part, pure=False, retries=DEATHS))
                if not waiting:
                    break
                answer = self._answer(waiting.popleft())
            yield answer

    def _answer(self, future: Any) -> Any:
        alone_since: float | None = None
        while True:
            try:
                return future.result(timeout=2.0)
            except TimeoutError:
                if self._client.status != "running":
                    raise ClusterLost(f"the cluster at {self.address} no longer answers") from None
                self.width = max(1, self._threads())
                if self._client.scheduler_info(n_workers=1)["workers"]:
                    alone_since = None
                elif alone_since is None:
                    alone_since = time.monotonic()
                elif time.monotonic() - alone_since > LOST_SECONDS:
                    raise ClusterLost(
                        f"the cluster at {self.address} has had no worker for {LOST_SECONDS:g} s"
                    ) from None


@contextmanager
def _lost(address: str) -> Iterator[None]:
    """What Dask raises when the other end is gone, as ClusterLost."""
    from concurrent.futures import CancelledError

    from distributed.comm.core import CommClosedError
    from distributed.scheduler import KilledWorker

    try:
        yield
    except (CancelledError, CommClosedError, OSError, TimeoutError) as error:
        raise ClusterLost(f"the cluster at {address} no longer answers ({_short(error)})") from None
    except KilledWorker:
        raise ResourceError(
            f"several workers of {address} died at the same part; do they have enough memory?"
        ) from None


def _hush() -> None:
    """What Dask logs of connections lost is said once, in our words."""
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in ("distributed", "tornado")]
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _version() -> str:
    return __version__


def _short(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]


@contextmanager
def opened(workers: int | None = None, cluster: str | None = None) -> Iterator[Pool]:
    """The pool that a command asked for: a cluster, so many processes, or as many as there are processors.

    Raises UsageError where both are asked for.
    """
    if cluster is not None:
        if workers is not None:
            raise UsageError("--workers is for this machine and --cluster for others; give one of them")
        pool = Cluster(cluster)
        try:
            yield pool
        finally:
            pool.close()
        return
    count = workers or processors()
    if count == 1:
        yield Here()
        return
    local = Processes(count)
    try:
        yield local
    finally:
        local.close()


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
