"""The packaged examples: a case and its brief, made from its reports as any case is made."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from winset.errors import UsageError
from winset.language.annotation import Annotator
from winset.services import adding, brief, briefing, cases
from winset.services.files import Source
from winset.services.sources import load_case

EPISODES = {
    "riyadh-2025": date(2025, 2, 11),  # the day before the week that the example is about
    "lorn-strait": date(2031, 5, 27),  # fiction, for teaching and tests
}
"""The packaged episodes, the first one shown by default, each with the day since when changes are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Where the example lies, and how much it holds."""

    case: Path
    brief: Path
    documents: int
    statements: int


def demo(folder: Path, annotator: Annotator | None, episode: str = "riyadh-2025") -> Made:
    """Makes the case and the brief of an episode in `folder`, such as `riyadh-2025.winset` and `riyadh-2025.html`.

    Raises UsageError where the case is there already (nothing is overwritten), StoreError where it cannot be written.
    """
    case, page = folder / f"{episode}.winset", folder / f"{episode}.html"
    if case.exists():
        raise UsageError(f"{case} is there already; give another folder with --into, or remove it")
    with (
        cases.whole_or_not_at_all(case, episode),
        as_file(files("winset.catalog").joinpath("episodes", episode)) as there,
    ):
        cases.import_case(case, there / "case.json")
        reports = sorted((there / "reports").glob("*.txt"))
        added = adding.add(case, [Source(file=str(report)) for report in reports], annotator)
        held = load_case(case)
        briefing.write(brief.brief(held, since=EPISODES[episode]), page)
    return Made(case=case, brief=page, documents=len(added.documents), statements=len(held.statements))
