"""Files on their way into the case, each of which can be cancelled until it is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Literal


class Upload:
    """One file that is being read. Of cancelling and writing, the first wins."""

    def __init__(self) -> None:
        self._state: Literal["reading", "writing", "stopped"] = "reading"
        self._lock = Lock()

    @property
    def stopped(self) -> bool:
        """Whether it was cancelled in time."""
        return self._state == "stopped"

    def stop(self) -> bool:
        """Cancels it; False where it is being written already."""
        with self._lock:
            if self._state == "reading":
                self._state = "stopped"
            return self._state == "stopped"

    def keep(self) -> bool:
        """Whether it may be written; from then on it can no longer be cancelled."""
        with self._lock:
            if self._state == "reading":
                self._state = "writing"
            return self._state == "writing"


class Uploads:
    """The files on their way, by the tickets that their pages gave them."""

    def __init__(self) -> None:
        self._running: dict[str, Upload] = {}

    @contextmanager
    def begun(self, ticket: str) -> Iterator[Upload]:
        """One more, for as long as it is on its way."""
        upload = self._running[ticket] = Upload()
        try:
            yield upload
        finally:
            self._running.pop(ticket, None)

    def stop(self, ticket: str) -> bool:
        """Cancels the one with this ticket; False where it is too late or there is none."""
        upload = self._running.get(ticket)
        return upload is not None and upload.stop()
