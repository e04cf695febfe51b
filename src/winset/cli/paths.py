"""Paths as a person writes them at the command line, and the option that names the file to write."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class Place(click.Path):
    """A path in which `~` is the user's own folder, also where no shell has seen to it (`--out=~/brief.html`)."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(
            os.path.expanduser(value) if isinstance(value, (str, os.PathLike)) else value, param, ctx
        )


PATH = Place(path_type=Path)
FOLDER = Place(path_type=Path, file_okay=False)


def out_option(help: str, name: str = "out", *, folder: bool = False) -> Callable[[F], F]:
    """`--out FILE`, `-o FILE` (also `--output`): where a command writes its answer; missing folders are made.

    folder  whether a folder is meant too
    """
    return click.option("--out", "-o", "--output", name, type=Place(path_type=Path, dir_okay=folder), help=help)
