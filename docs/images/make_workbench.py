"""Makes the pictures of docs/workbench.md: python docs/images/make_workbench.py (needs the group `browser`)."""

import os
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2])]  # the tests' browser, wherever this is started from

from docs.images.worked_case import worked
from tests.web.browsing import chromium, launched, served

from winset.services import annotators, cases, demo

CELL = "/positions/on?party=ukraine&issue=nato"
PICTURES = {  # page -> (episode, None for an empty case; address; how it is looked at)
    "document": ("lorn-strait", "/documents/2031-04-11-round-one", {}),
    "review": ("lorn-strait", "/review", {}),
    "queue": ("lorn-strait", "/queue?order=doubt", {}),
    "suggestions": ("lorn-strait", "/suggestions", {}),
    "suggestion": ("lorn-strait", "/suggestions/next?kind=position", {}),
    "positions": ("riyadh-2025", "/positions?since=2025-02-11", {}),
    "deals": ("riyadh-2025", "/deals", {"color_scheme": "dark"}),
    "uncertainty": ("riyadh-2025", "/uncertainty", {}),
    "home": ("worked", "/", {}),
    "empty": (None, "/", {}),
    "documents": ("lorn-strait", "/documents", {}),
    "timeline": ("riyadh-2025", "/positions/timeline?issue=nato", {}),
    "changes": ("riyadh-2025", "/positions/changes?since=2025-02-11", {}),
    "attention": ("riyadh-2025", "/positions/attention", {}),
    "tables": ("riyadh-2025", "/positions/tables", {}),
    "proposals": ("lorn-strait", "/positions/proposals", {}),
    "moves": ("riyadh-2025", "/positions/moves", {}),
    "alignment": ("riyadh-2025", "/positions/alignment", {}),
    "cell": ("riyadh-2025", CELL, {}),
    "precedents": ("riyadh-2025", "/positions/precedents", {}),
    "stability": ("riyadh-2025", "/stability", {}),
    "consent": ("riyadh-2025", "/consent", {}),
    "models": ("riyadh-2025", "/uncertainty/models", {}),
    "forecasts": ("worked", "/forecasts", {"viewport": {"width": 1180, "height": 900}}),
    "calibration": ("worked", "/forecasts#worth", {"viewport": {"width": 1180, "height": 900}}),
    "brief": ("riyadh-2025", "/brief", {}),
    "search": ("lorn-strait", "/search?words=patrols", {}),
    "history": ("worked", "/history", {"viewport": {"width": 1180, "height": 1250}}),
    "positions-phone": ("riyadh-2025", "/positions", {"viewport": {"width": 390, "height": 800}}),
}


def main() -> None:
    """Writes one PNG a page into the folder of this file, or into the folder given; names after it are the pages wanted."""
    target, wanted = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent, sys.argv[2:]
    os.environ["WINSET_AUTHOR"] = "Ann Reed"
    annotator = annotators.choose_or_say(None, print)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        made: dict[str | None, Path] = {name: demo.demo(Path(folder), annotator, name).case for name in demo.EPISODES}
        made[None] = Path(folder) / "new.winset"
        cases.new(made[None])
        made["worked"] = worked(Path(folder) / "lorn-strait-worked.winset", annotator)
        for name, (episode, address, look) in PICTURES.items():
            if wanted and name not in wanted:
                continue
            with served(made[episode]) as running:
                page = launched(browser, running, **{"viewport": {"width": 1180, "height": 760}, **look})
                page.goto(running.root + address)
                page.screenshot(path=target / f"workbench-{name}.png")
                page.context.close()


if __name__ == "__main__":
    main()
