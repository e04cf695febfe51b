"""How much of anything a document may be: one table, reported by name when hit, raised by flag."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from winset.errors import UsageError

KIB, MIB, GIB = 2**10, 2**20, 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes, counts and seconds. A flag may raise any of them (`--limit pdf-pages=5000`), none is switched off."""

    file_bytes: int = 64 * MIB
    text_chars: int = 5_000_000
    pdf_pages: int = 2_000
    archive_members: int = 5_000
    archive_bytes: int = 512 * MIB
    member_bytes: int = 128 * MIB
    archive_ratio: int = 100  # inflated to deflated, of a member that inflates to more than 1 MiB
    html_depth: int = 512
    html_attributes: int = 512  # in one tag
    child_memory: int = 1536 * MIB  # address space of the reading process
    child_cpu: int = 20  # seconds a document
    child_wall: int = 30  # seconds a document
    child_descriptors: int = 64
    child_documents: int = 200  # after which the process is replaced

    def raised(self, wanted: Iterable[str]) -> "Limits":
        """These limits with some set higher, from `name=value` texts.

        Raises UsageError for an unknown name, a value that is no whole number, or one below the limit in force.
        """
        names = limit_names()
        changes: dict[str, int] = {}
        for text in wanted:
            name, equals, value = text.partition("=")
            if not equals or name not in names:
                raise UsageError(f"--limit takes NAME=VALUE, got {text!r}; the names are {', '.join(names)}")
            if not value.isascii() or not value.isdecimal():
                raise UsageError(f"--limit {name} takes a whole number, got {value!r}")
            now = getattr(self, names[name])
            if int(value) < now:
                raise UsageError(f"--limit {name} can only be raised: it is {now}, got {value}")
            changes[names[name]] = int(value)
        return replace(self, **changes)


def limit_names() -> dict[str, str]:
    """The public name of each limit (`pdf-pages`) and the field behind it."""
    return {field.name.replace("_", "-"): field.name for field in fields(Limits)}


def in_words(count: int) -> str:
    """A number of bytes as people write it."""
    for unit, size in (("GiB", GIB), ("MiB", MIB), ("KiB", KIB)):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return f"{count} bytes"
