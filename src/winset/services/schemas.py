"""The published JSON Schemas that ship with the package."""

import json
from importlib.resources import files
from typing import Any

from winset.errors import UsageError


def names() -> list[str]:
    """Every schema by its name, as `schema` takes it: with its version where it states one."""
    root = files("winset") / "schemas"
    return sorted(_stated(stem, json.loads(text)) for stem, text in _walk(root, ""))


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of this name, with or without its version. Raises UsageError, naming those there are."""
    for stem, text in _walk(files("winset") / "schemas", ""):
        if name == stem or stem == name.rpartition("/")[0]:
            found: dict[str, Any] = json.loads(text)
            if name in (stem, _stated(stem, found)):
                return found
    raise UsageError(f"no schema {name!r}; there are {', '.join(names())}")


def _stated(stem: str, found: dict[str, Any]) -> str:
    stated = found.get("properties", {}).get("schema", {}).get("const")
    return stated if isinstance(stated, str) and stated.rpartition("/")[0] == stem else stem


def _walk(folder: Any, prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".json"):
            found.append((prefix + entry.name.removesuffix(".json"), entry.read_text(encoding="utf-8")))
    return found
