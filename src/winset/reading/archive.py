"""ZIP archives, looked through in memory before anything is made of them.

Declared sizes and counts may lie, entries may share bytes, a few kilobytes may inflate to gigabytes: so the central
directory is walked by hand up to the limit, and every member is inflated and counted before a parser sees the archive.
"""

import io
import struct
import zipfile
import zlib

from winset.errors import LimitExceeded, ReadingError
from winset.reading.limits import MIB, Limits, in_words

_END, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_CHUNK = 256 * 1024
NESTED = (
    (_LOCAL, "ZIP"), (_END, "ZIP"), (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"), (b"Rar!\x1a\x07", "RAR"),
)  # fmt: skip


def open_archive(data: bytes, *, limits: Limits) -> zipfile.ZipFile:
    """The archive, once every member has been inflated and counted; nothing is written anywhere.

    Raises LimitExceeded (archive-members, archive-bytes, member-bytes, archive-ratio), or ReadingError for one that is
    damaged, encrypted, overlapping, compressed in another way than ZIP's usual two, or holds another archive.
    """
    _count_members(data, limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, UnicodeError) as error:
        raise ReadingError(f"a damaged ZIP archive: {error}") from None
    total, end_of_last = 0, 0
    for member in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if member.flag_bits & 0x1:
            raise ReadingError(f"an encrypted archive (member {_shown(member)}); save it without a password")
        start = _data_start(data, member)
        if member.header_offset < end_of_last:
            raise ReadingError(f"a ZIP archive whose members overlap (at {_shown(member)}), as bombs do")
        end_of_last = start + member.compress_size
        total = _inflate(data[start:end_of_last], member, total, limits)
    return archive


def _count_members(data: bytes, limits: Limits) -> None:
    """Walks the central directory entry by entry; stops at the first one too many."""
    end = data.rfind(_END, max(0, len(data) - 65_557))
    if end < 0 or len(data) < end + 22:
        raise ReadingError("a damaged ZIP archive: its directory is missing, as in a file cut short")
    size, offset = struct.unpack_from("<LL", data, end + 12)
    if 0xFFFFFFFF in (size, offset):
        raise ReadingError("a ZIP64 archive, which no document below the size limit needs")
    at, count = end - size, 0
    while at >= 0 and data.startswith(_CENTRAL, at) and at + 46 <= end:
        count += 1
        if count > limits.archive_members:
            raise LimitExceeded(
                f"an archive of more than {limits.archive_members:,} members; raise the limit with --limit "
                "archive-members=N",
                limit="archive-members",
            )
        at += 46 + sum(struct.unpack_from("<HHH", data, at + 28))


def _data_start(data: bytes, member: zipfile.ZipInfo) -> int:
    at = member.header_offset
    if not data.startswith(_LOCAL, at) or at + 30 > len(data):
        raise ReadingError(f"a damaged ZIP archive: no local header for {_shown(member)}")
    name, extra = struct.unpack_from("<HH", data, at + 26)
    return at + 30 + int(name) + int(extra)


def _inflate(packed: bytes, member: zipfile.ZipInfo, total: int, limits: Limits) -> int:
    """The running total after this member's true size."""
    if len(packed) < member.compress_size:
        raise ReadingError(f"a damaged ZIP archive: {_shown(member)} is cut short")
    if member.compress_type == zipfile.ZIP_STORED:
        _refuse_nested(packed[:8], member)
        size = len(packed)
        _check(size, len(packed), total, member, limits)
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        size, rest, inflater = 0, packed, zlib.decompressobj(-15)
        while True:
            try:
                chunk = inflater.decompress(rest, _CHUNK)
            except zlib.error as error:
                raise ReadingError(f"a damaged ZIP archive: {_shown(member)}: {error}") from None
            if size == 0:
                _refuse_nested(chunk[:8], member)
            size += len(chunk)
            _check(size, len(packed), total, member, limits)
            rest = inflater.unconsumed_tail
            if inflater.eof or not (chunk or rest):
                break
        if not inflater.eof:
            raise ReadingError(f"a damaged ZIP archive: {_shown(member)} is cut short")
    else:
        raise ReadingError(f"a ZIP archive with compression method {member.compress_type}, which is not read")
    if size != member.file_size:
        raise ReadingError(
            f"a ZIP archive whose sizes lie: {_shown(member)} declares {member.file_size:,} bytes and holds {size:,}"
        )
    return total + size


def _check(size: int, packed: int, total: int, member: zipfile.ZipInfo, limits: Limits) -> None:
    if size > MIB and size > limits.archive_ratio * packed:
        raise LimitExceeded(
            f"{_shown(member)} inflates to more than {limits.archive_ratio} times its size, as bombs do",
            limit="archive-ratio",
        )
    if size > limits.member_bytes:
        raise LimitExceeded(
            f"{_shown(member)} inflates to more than {in_words(limits.member_bytes)}", limit="member-bytes"
        )
    if total + size > limits.archive_bytes:
        raise LimitExceeded(
            f"the archive inflates to more than {in_words(limits.archive_bytes)}", limit="archive-bytes"
        )


def _refuse_nested(head: bytes, member: zipfile.ZipInfo) -> None:
    for magic, name in NESTED:
        if head.startswith(magic):
            raise ReadingError(f"an archive in an archive: {_shown(member)} is {name}; take it out first")


def _shown(member: zipfile.ZipInfo) -> str:
    """A member's name, fit for a message: short, quoted, nothing in it acted upon."""
    name = ascii(member.filename)
    return name if len(name) <= 80 else name[:76] + "...'"
