"""A real Dask cluster of separate processes on this machine: a scheduler and one-threaded workers that can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Machines:
    """`address` of the scheduler; `kill` ends processes as a power cut would."""

    def __init__(
        self, address: str, scheduler: "subprocess.Popen[bytes]", workers: list["subprocess.Popen[bytes]"]
    ) -> None:
        self.address, self.scheduler, self.workers = address, scheduler, workers

    def kill(self, *processes: "subprocess.Popen[bytes]") -> None:
        for one in processes:
            one.send_signal(signal.SIGKILL)
            one.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def machines(workers: int, folder: Path) -> Iterator[Machines]:
    """A cluster of so many worker processes with one thread each, without a nanny that would restart them."""
    port = _free_port()
    address = f"tcp://127.0.0.1:{port}"
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    common = {"cwd": folder, "env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    run = [sys.executable, "-W", "ignore", "-m", "distributed.cli.dask_scheduler"]
    scheduler = subprocess.Popen([*run, "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"], **common)  # type: ignore[call-overload]
    started = []
    try:
        for n in range(workers):
            started.append(subprocess.Popen(  # type: ignore[call-overload]
                [sys.executable, "-W", "ignore", "-m", "distributed.cli.dask_worker", address, "--nthreads", "1",
                 "--no-nanny", "--no-dashboard", "--memory-limit", "0", "--name", f"w{n}", "--local-directory", str(folder)],
                **common,
            ))  # fmt: skip
        _until_there(address, workers)
        yield Machines(address, scheduler, started)
    finally:
        for one in (*started, scheduler):
            if one.poll() is None:
                one.kill()
            one.wait()


def _until_there(address: str, workers: int) -> None:
    from distributed import Client

    deadline = time.monotonic() + 60
    while True:
        try:
            with Client(address, timeout=5, set_as_default=False) as client:  # type: ignore[no-untyped-call]
                client.wait_for_workers(workers, timeout=max(1.0, deadline - time.monotonic()))
                return
        except (OSError, TimeoutError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)
