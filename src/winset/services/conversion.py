"""Bargaining problems from one tool's files into another's."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.errors import StoreError, UsageError
from winset.formats.genius_writer import write_domain, write_profile
from winset.formats.json_writers import (
    write_geniusweb_domain,
    write_geniusweb_profile,
    write_negmas_domain,
    write_negmas_profile,
)
from winset.formats.ktab_writer import write_ktab_csv, write_ktab_xml
from winset.formats.option_table import write_option_csv
from winset.formulation.bargaining import formulate
from winset.models.bargaining.problem import Problem
from winset.services.cases import write_whole
from winset.services.scenarios import is_scenario, load_scenario
from winset.services.sources import reviewed_case
from winset.services.spatial import load as load_actors

Written = tuple[dict[str, bytes], list[str]]  # {file name: content}, remarks
_UNSAFE = re.compile(r"[^\w-]+")


def convert(sources: tuple[Path, ...], form: str, into: Path, *, at: date | None = None) -> dict[str, Any]:
    """Writes the problem in `sources` as files of another tool into a folder; {"files", "remarks"}.

    The folder is made where it is not there; a file of the same name is not overwritten. Raises UsageError, StoreError
    or FormatError.
    """
    if form not in FORMS and form not in TABLES_OF_ACTORS:
        raise UsageError(f"no form {form!r}; there are {', '.join((*FORMS, *TABLES_OF_ACTORS))}")
    if form in TABLES_OF_ACTORS:
        name, write = TABLES_OF_ACTORS[form]
        data, remarks = write(load_actors(sources[0]), at)
        files, more, power = {name: data}, list[str](), None
    elif is_scenario(sources):
        loaded = load_scenario(sources)
        remarks = list(loaded.remarks)
        files, more = FORMS[form](loaded.problem, into.resolve().name, loaded.discounts)
        power = loaded.problem.power
        if form != "genius":
            more += [
                f"{party}: the discount {one:g} is not written: this format has no place for it"
                for party, one in zip(loaded.problem.parties, loaded.discounts, strict=False) if one < 1
            ]  # fmt: skip
    else:
        formulated = formulate(reviewed_case(sources[0]), at)
        remarks = [note.text for note in formulated.assumptions]
        files, more = FORMS[form](formulated.inputs, into.resolve().name, ())
        power = formulated.inputs.power
    if form in FORMS and form != "table" and power is not None:
        more.append("bargaining power is not written: this format has no place for it; give it with --power")
    taken = next((name for name in files if (into / name).exists()), None)
    if taken is not None:
        raise UsageError(f"{into / taken} is there already; name another folder")
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{into} cannot be made: {error.strerror or error}") from None
    for name, data in files.items():
        write_whole(into / name, data)
    return {"form": form, "files": [str(into / name) for name in files], "remarks": [*remarks, *more]}


def _genius(problem: Problem, name: str, discounts: tuple[float, ...]) -> Written:
    files = {"domain.xml": write_domain(problem)}
    remarks: list[str] = []
    for at, file in enumerate(_names(problem, ".xml")):
        files[file], more = write_profile(problem, at, discount=discounts[at] if discounts else 1.0)
        remarks += more
    return files, remarks


def _geniusweb(problem: Problem, name: str, discounts: tuple[float, ...]) -> Written:
    files = {"domain.json": write_geniusweb_domain(problem, name)}
    remarks: list[str] = []
    for at, file in enumerate(_names(problem, ".json")):
        files[file], more = write_geniusweb_profile(problem, at, name)
        remarks += more
    return files, remarks


def _negmas(problem: Problem, name: str, discounts: tuple[float, ...]) -> Written:
    files = {"domain.yml": write_negmas_domain(problem, name)}
    for at, file in enumerate(_names(problem, ".yml")):
        files[file] = write_negmas_profile(problem, at)
    return files, []


def _table(problem: Problem, name: str, discounts: tuple[float, ...]) -> Written:
    return {"options.csv": write_option_csv(problem)}, []


FORMS: dict[str, Callable[[Problem, str, tuple[float, ...]], Written]] = {
    "genius": _genius, "geniusweb": _geniusweb, "negmas": _negmas, "table": _table,
}  # fmt: skip


TABLES_OF_ACTORS: dict[str, tuple[str, Callable[[Case, date | None], tuple[bytes, list[str]]]]] = {
    "ktab-csv": ("scenario.csv", write_ktab_csv), "ktab-xml": ("scenario.xml", write_ktab_xml),
}  # fmt: skip


def _names(problem: Problem, ending: str) -> list[str]:
    """A file name for each party, numbered so that a folder lists them in order; letters that any disk takes."""
    return [
        f"{n}-{_UNSAFE.sub('-', party[:60]).strip('-') or 'party'}{ending}"
        for n, party in enumerate(problem.parties, 1)
    ]
