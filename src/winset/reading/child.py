"""The reading process: takes a document on standard input, answers on the pipe that was standard output.

Run as `python -m winset.reading.child`. Lengths come first, answers are JSON, nothing is ever unpickled. The limits
are set before the first document is parsed, after its parser has been imported (so that its bytecode can be kept).
"""

import json
import os
import resource
import struct
import sys
from typing import Any, BinaryIO

from winset.errors import LimitExceeded, ReadingError
from winset.reading.limits import Limits
from winset.reading.table import BY_NAME

LENGTH = struct.Struct(">Q")


def main() -> None:
    """Answers one request after another until the pipe closes."""
    requests = sys.stdin.buffer
    with os.fdopen(os.dup(1), "wb") as answers:
        silence = os.open(os.devnull, os.O_RDWR)
        for descriptor in (1, 2):  # whatever a library prints is not an answer
            os.dup2(silence, descriptor)
        first = True
        while (head := _read(requests)) is not None:
            request = json.loads(head)
            data = _read(requests)
            if data is None:
                return
            limits = Limits(**request["limits"])
            if first:
                _prepare(request["format"])
                _confine(limits)
                first = False
            _allow_time(limits)
            answer = _answer(request, data, limits)
            del data
            answers.write(LENGTH.pack(len(answer)) + answer)
            answers.flush()


def _answer(request: dict[str, Any], data: bytes, limits: Limits) -> bytes:
    try:
        parsed = BY_NAME[request["format"]].load()(data, limits=limits, charset=request["charset"])
        value: dict[str, Any] = {"parsed": parsed.as_json()}
        return json.dumps(value, ensure_ascii=True).encode("ascii")
    except LimitExceeded as error:
        value = {"reason": str(error), "limit": error.limit}
    except ReadingError as error:
        value = {"reason": str(error), "limit": None}
    except MemoryError:
        value = {"reason": "the parser ran out of memory", "limit": "child-memory"}
    except RecursionError:
        value = {"reason": "damaged, or nested too deeply for its parser", "limit": None}
    except Exception as error:
        # A parser met something that its authors did not think of. One document fails, the corpus goes on.
        value = {"reason": f"damaged: its parser stopped with {type(error).__name__}: {error}"[:300], "limit": None}
    return json.dumps(value, ensure_ascii=True).encode("ascii")


def _read(pipe: BinaryIO) -> bytes | None:
    """The next length-prefixed message; None where the pipe was closed."""
    prefix = pipe.read(LENGTH.size)
    if len(prefix) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(prefix)
    message = pipe.read(length)
    return message if len(message) == length else None


def _prepare(format: str) -> None:
    BY_NAME[format].load()
    if format == "html":
        import trafilatura.core  # noqa: F401 - imported here so that its bytecode is written before it no longer may
    elif format == "pdf":
        import pypdfium2  # noqa: F401 - as above
    elif format == "docx":
        import docx  # noqa: F401 - as above


def _confine(limits: Limits) -> None:
    """No file can grow, memory and descriptors are bounded; nothing raises these again."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.child_memory, limits.child_memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits.child_descriptors, limits.child_descriptors))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow_time(limits: Limits) -> None:
    """Processor time for one more document; at its end the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soon = int(used.ru_utime + used.ru_stime) + limits.child_cpu + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soon if hard == resource.RLIM_INFINITY else min(soon, hard), hard))


if __name__ == "__main__":
    main()
