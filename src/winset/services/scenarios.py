"""Scenarios that other negotiation tools wrote, as bargaining problems: files or a folder, told apart by content."""

import re
from pathlib import Path
from typing import Any

from winset.errors import FormatError, StoreError, UsageError
from winset.formats import geniusweb, negmas
from winset.formats.genius import read_genius
from winset.formats.option_table import read_option_csv, read_option_xlsx
from winset.formats.plain_yaml import read_yaml
from winset.formats.profiles import Domain, Joined, Profile, joined, parse_json
from winset.services.sources import read_bytes

_KINDS = {".xml", ".json", ".yml", ".yaml"}
_TABLES = {".csv", ".tsv", ".xlsx"}
_LARGEST = 64 << 20
_MOST_FILES = 200
_DIGITS = re.compile(r"(\d+)")


def is_scenario(sources: tuple[Path, ...]) -> bool:
    """Whether the sources are something else than one case."""
    if len(sources) != 1 or sources[0].is_dir():
        return True
    path = sources[0]
    if path.suffix.lower() in _KINDS - {".json"} | _TABLES:
        return True
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(4096)
    if b'"schema"' in start or b"winset-case" in start:
        return False
    try:
        value = parse_json(read_bytes(path, _LARGEST), path.name)
    except FormatError:
        return False  # whatever is no JSON at all is a damaged case, as for every other command
    return negmas.is_domain(value) or geniusweb.looks_like(value) or negmas.looks_like(value)


def load_scenario(sources: tuple[Path, ...]) -> Joined:
    """The problem in the files given, parties in that order, or in a folder, parties by file name.

    Raises UsageError, StoreError or FormatError naming file, place, value and way out.
    """
    if len(sources) == 1 and sources[0].is_dir():
        folder = sources[0]
        inside = sorted((p for p in _listing(folder) if _wanted(p)), key=_in_order)
        if not inside:
            raise StoreError(f"{folder}: no .xml, .json, .yml, .csv or .xlsx file in the folder; name the files")
        return _load(inside, folder=True)
    for path in sources:
        if path.is_dir():
            raise UsageError(f"{path} is a folder; give one folder alone, or files")
    return _load(list(sources), folder=False)


def _listing(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if path.is_file()]
    except OSError as error:
        raise StoreError(f"{folder} cannot be read: {error.strerror or error}") from None
    if len(found) > _MOST_FILES:
        raise FormatError(f"{folder}: {len(found):,} files; name the files of one scenario instead")
    return found


def _wanted(path: Path) -> bool:
    return path.suffix.lower() in _KINDS | _TABLES and not path.name.startswith(("_", "."))


def _in_order(path: Path) -> list[tuple[int, str]]:
    """Names by letters and numbers, so that 10 follows 2."""
    return [(int(part[:18]), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(path.name)]


def _load(paths: list[Path], *, folder: bool) -> Joined:
    domains: list[Domain] = []
    profiles: list[Profile] = []
    waiting: list[tuple[int, dict[str, Any], str]] = []  # NegMAS profiles, which need the domain first
    for path in paths:
        data, name = read_bytes(path, _LARGEST), path.name
        kind = path.suffix.lower()
        if kind in _TABLES:
            if len(paths) > 1:
                if folder:
                    continue
                raise UsageError(f"{path}: a table of options holds all parties; give it alone")
            return read_option_xlsx(data, name) if kind == ".xlsx" else read_option_csv(data, name)
        if folder and kind == ".xml" and b"<" not in data:
            continue  # the tool's own list of frontier points beside a scenario
        found = _one(data, kind, name)
        if isinstance(found, Domain):
            domains.append(found)
        elif isinstance(found, Profile):
            profiles.append(found)
        else:
            waiting.append((len(profiles), found, name))
    if len(domains) > 1:
        raise FormatError(f"{domains[1].source}: a second domain beside {domains[0].source}; give one domain at a time")
    domain = domains[0] if domains else None
    if waiting:
        if domain is None:
            raise FormatError(
                f"{waiting[0][2]}: the file that lists the issues is missing; give it or the whole folder"
            )
        for extra, (place, value, name) in enumerate(waiting):
            profiles.insert(place + extra, negmas.read_profile(value, domain, name))
    return joined(profiles, domain)


def _one(data: bytes, kind: str, name: str) -> Domain | Profile | dict[str, Any]:
    if not data.strip():
        raise FormatError(f"{name} is empty; save it again from the tool that made it")
    if kind == ".xml" or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_genius(data, name)
    value = read_yaml(data, name) if kind in {".yml", ".yaml"} else parse_json(data, name)
    if negmas.is_domain(value):
        return negmas.read_domain(value, name)
    if geniusweb.looks_like(value):
        return geniusweb.read_geniusweb(value, name)
    if negmas.looks_like(value):
        return dict(value)
    raise FormatError(f"{name}: neither a GeniusWeb nor a NegMAS domain or profile; name another file")
