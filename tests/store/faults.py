"""A disk that fails: the n-th system call of this thread that writes is refused, or every one from the n-th on.

Linux only. A filter in the kernel (seccomp) stops each writing call and asks a thread of this process, started
before, what becomes of it: carried out, or refused with an error number of our choice. Nothing is mounted, nothing is
compiled, no right is needed. The filter stays for the life of the process, so it is put on in a forked child.
"""

import ctypes
import errno
import fcntl
import os
import platform
import struct
import sys
import threading

NUMBERS = {  # of the calls that change a disk
    "x86_64": {
        "write": 1, "pwrite64": 18, "writev": 20, "open": 2, "openat": 257, "fsync": 74, "fdatasync": 75,
        "ftruncate": 77, "fallocate": 285, "rename": 82, "renameat": 264, "renameat2": 316, "link": 86, "linkat": 265,
        "unlink": 87, "unlinkat": 263, "mkdir": 83, "mkdirat": 258,
    },
    "aarch64": {
        "write": 64, "pwrite64": 68, "writev": 66, "openat": 56, "fsync": 82, "fdatasync": 83, "ftruncate": 46,
        "fallocate": 47, "renameat": 38, "renameat2": 276, "linkat": 37, "unlinkat": 35, "mkdirat": 34,
    },
}  # fmt: skip
REMOVING = ("unlink", "unlinkat")
"""What a full or overdrawn disk still allows."""

_SECCOMP = {"x86_64": 317, "aarch64": 277}
_NO_NEW_PRIVILEGES, _SET_FILTER, _WITH_LISTENER = 38, 1, 8
_ALLOW, _ASK, _CARRY_OUT = 0x7FFF0000, 0x7FC00000, 1
_RECEIVE, _ANSWER = 0xC0502100, 0xC0182101
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_BITS, _RETURN = 0x20, 0x15, 0x45, 0x06


class FailingDisk:
    """Refuses with `error` the `at`-th writing call from `start` on; with `forever`, all later ones too.

    `at` 0 refuses none and only counts: `seen` is how many calls there were, `refused` how many were refused.
    """

    def __init__(self, error: int, at: int, *, forever: bool) -> None:
        self.seen = self.refused = 0
        self._error, self._at, self._forever = error, at, forever
        spared = REMOVING if error in (errno.ENOSPC, errno.EDQUOT) else ()
        known = NUMBERS[platform.machine()]
        self._calls = {number: name for name, number in known.items() if name not in spared}

    def start(self) -> None:
        """From here on calls are counted and refused. Raises OSError where the kernel does not allow it."""
        libc = ctypes.CDLL(None, use_errno=True)
        listening = threading.Event()
        listener: list[int] = []
        threading.Thread(target=self._watch, args=(listening, listener), daemon=True).start()
        program = _program(self._calls)
        held = ctypes.create_string_buffer(program, len(program))
        head = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(held))
        if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "no filter may be set")
        got = libc.syscall(_SECCOMP[platform.machine()], _SET_FILTER, _WITH_LISTENER, head)
        if got < 0:
            raise OSError(ctypes.get_errno(), "no filter may be set")
        listener.append(got)
        listening.set()

    def _watch(self, listening: threading.Event, listener: list[int]) -> None:
        listening.wait()
        question = bytearray(80)
        while True:
            question[:] = bytes(80)
            try:
                fcntl.ioctl(listener[0], _RECEIVE, question, True)
            except OSError as error:
                if error.errno in (errno.ENOENT, errno.EINTR):
                    continue
                return
            (id,) = struct.unpack_from("Q", question)
            (number,) = struct.unpack_from("i", question, 16)
            (descriptor,) = struct.unpack_from("Q", question, 32)
            no = self._refuses(self._calls[number], descriptor)
            answer = struct.pack("QqiI", id, 0, -self._error if no else 0, 0 if no else _CARRY_OUT)
            try:
                fcntl.ioctl(listener[0], _ANSWER, answer)
            except OSError:
                continue  # the call was interrupted meanwhile

    def _refuses(self, name: str, descriptor: int) -> bool:
        if name in ("write", "writev") and descriptor <= 2:
            return False
        self.seen += 1
        no = self.seen == self._at or (self._forever and 0 < self._at < self.seen)
        self.refused += no
        return no


def _program(calls: dict[int, str]) -> bytes:
    """The filter: asks about the calls, of those that open a file only about ones that would create it or write it.

    (A library that is being loaded is opened while Python's lock is held: to ask about that would wait for ever.)
    """
    opening = {number: 1 if name == "open" else 2 for number, name in calls.items() if name in ("open", "openat")}
    plain = [number for number in calls if number not in opening]
    writing = os.O_CREAT | os.O_WRONLY | os.O_RDWR
    lines = [(_LOAD, 0, 0, 0)]
    for number, argument in opening.items():
        low = 16 + 8 * argument + (0 if sys.byteorder == "little" else 4)
        lines += [
            (_JUMP_IF_EQUAL, 0, 4, number), (_LOAD, 0, 0, low), (_JUMP_IF_BITS, 0, 1, writing), (_RETURN, 0, 0, _ASK),
            (_RETURN, 0, 0, _ALLOW),
        ]  # fmt: skip
    for place, number in enumerate(plain):
        lines.append((_JUMP_IF_EQUAL, len(plain) - place, 0, number))
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _ASK)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
