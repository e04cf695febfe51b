"""The solver's own remarks never reach standard output."""

import os
import threading

import pytest
from tests.models.bargaining.drawn import tangled

from winset.models.bargaining.unlisted import solve_unlisted
from winset.models.quiet import quietly


def test_what_compiled_code_prints_is_dropped_and_what_comes_after_is_not(capfd: pytest.CaptureFixture[str]) -> None:
    os.write(1, b"before ")
    with quietly(), quietly():
        os.write(1, b"remark ")
    os.write(1, b"after")
    assert capfd.readouterr().out == "before after"


def test_several_threads_leave_standard_output_as_it_was(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        for _ in range(50):
            with quietly():
                os.write(1, b"remark ")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os.write(1, b"after")
    assert capfd.readouterr().out == "after"


def test_solving_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    # problems at which HiGHS prints "HighsMipSolverData::transformNewIntegerFeasibleSolution tmpSolver.run();"
    for seed in (9, 11, 12, 19):
        solve_unlisted(tangled(seed, kind="real"))
    assert capfd.readouterr() == ("", "")
