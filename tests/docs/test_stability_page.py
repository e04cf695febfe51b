"""The page on stability says what the program says."""

import json
import re
from pathlib import Path

from winset.formats.gmcr import conflict
from winset.models.stability.stability import solve
from winset.report.stability import as_text

PAGE = (Path(__file__).parents[2] / "docs" / "models" / "stability.md").read_text(encoding="utf-8")


def test_the_example_gives_the_equilibria_shown() -> None:
    example = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0])
    shown = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0].splitlines()
    said = as_text(solve(conflict(example, "the page"))).splitlines()
    assert shown
    assert set(shown) <= set(said)
