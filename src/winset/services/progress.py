"""How far a long computation is, told to whoever listens; nobody has to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_listener: ContextVar[Callable[[str], None] | None] = ContextVar("listener", default=None)


def tell(stage: str) -> None:
    """Says which stage begins, in words that follow "now"."""
    listener = _listener.get()
    if listener is not None:
        listener(stage)


@contextmanager
def heard_by(listener: Callable[[str], None]) -> Iterator[None]:
    """Everything told inside goes to the listener."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)
