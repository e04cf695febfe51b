"""What goes on from where it stopped: checkpoints that know what was asked for, files that are there whole or not at all."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch

Asked = Mapping[str, str | int | float]


def whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside its place and put it there at once, so that whoever is killed leaves the old one or the new."""
    fresh = path.with_name(f"{path.name}.new")
    write(fresh)
    fresh.replace(path)


def digest(*paths: Path) -> str:
    """SHA-256 of some files, one after the other; one that is not there counts as empty."""
    found = hashlib.sha256()
    for path in paths:
        found.update(hashlib.sha256(path.read_bytes() if path.exists() else b"").digest())
    return found.hexdigest()


def keep(path: Path, asked: Asked, held: Mapping[str, Any], **more: Any) -> None:
    """A checkpoint: the states of `held` (by name), the state of chance, what was asked for, and `more`."""
    state = {name: one.state_dict() for name, one in held.items()}
    chance = {"rng": torch.get_rng_state(), "cuda": torch.cuda.get_rng_state_all()}
    whole(path, lambda fresh: torch.save({**state, **chance, **more, "asked": dict(asked)}, fresh))


def taken_up(path: Path, asked: Asked, held: Mapping[str, Any], device: torch.device) -> dict[str, Any] | None:
    """Bring `held` and chance to where a checkpoint left them; what else it keeps, None where there is none.

    Raises SystemExit where it was made for another question: weights made half for one and half for another are neither's.
    """
    if not path.exists():
        return None
    state: dict[str, Any] = torch.load(path, weights_only=True, map_location=device)
    before = state.get("asked", {})
    other = [f"{name} {before.get(name)}, now {value}" for name, value in asked.items() if before.get(name) != value]
    if other:
        raise SystemExit(
            f"{path} was begun with {'; '.join(other)}: ask for the same, use another folder, or delete it"
        )
    for name, one in held.items():
        one.load_state_dict(state[name])
    torch.set_rng_state(state["rng"].cpu())
    if len(state["cuda"]) == torch.cuda.device_count():
        torch.cuda.set_rng_state_all([one.cpu() for one in state["cuda"]])
    return state
