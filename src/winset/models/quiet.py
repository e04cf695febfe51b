"""A compiled solver without what it prints by itself: results on standard output stay one JSON value."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_inside = 0
_kept = -1


@contextmanager
def quietly() -> Iterator[None]:
    """Meanwhile what compiled code writes to the process's standard output is dropped, whatever thread it runs in.

    HiGHS prints a line now and then that none of its options switches off. Where there is no standard output to keep,
    nothing is done.
    """
    global _inside, _kept
    with _lock:
        if _inside == 0:
            _kept = _aside()
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0 and _kept >= 0:
                os.dup2(_kept, 1)
                os.close(_kept)


def _aside() -> int:
    """Standard output turned to nowhere; where it went before, or -1 where there is none."""
    try:
        kept = os.dup(1)
    except OSError:
        return -1
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return kept
