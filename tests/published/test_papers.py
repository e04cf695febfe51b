"""Every fact in `catalog/papers`: what a source prints, or follows from its formula, as a user would ask for it."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.models.crisis.trust import survival
from winset.models.games.normal import pure
from winset.models.games.tree import Move, backward_induction, strategic_form
from winset.models.talks.tactics import concession

PAPERS = Path(__file__).parents[2] / "src" / "winset" / "catalog" / "papers"
FACTS = [
    (path.parent.name, fact)
    for path in sorted(PAPERS.glob("*/facts.json"))
    for fact in json.loads(path.read_text(encoding="utf-8")).get("facts", [])
]
ASKED = [(paper, fact) for paper, fact in FACTS if "command" in fact]


def fact_of(paper: str) -> dict[str, Any]:
    found: dict[str, Any] = next(fact for name, fact in FACTS if name == paper)
    return found


@pytest.mark.parametrize(("paper", "fact"), ASKED, ids=[f"{p}-{f['id']}" for p, f in ASKED])
def test_what_can_be_asked_at_the_command_line(paper: str, fact: dict[str, Any]) -> None:
    done = CliRunner().invoke(winset, [*shlex.split(fact["command"]), "--json"], catch_exceptions=False)
    found = json.loads(done.stdout)
    for key, expected in fact["expected"].items():
        if isinstance(expected, bool | None):
            assert found[key] is expected
        else:
            assert found[key] == pytest.approx(expected, abs=fact["tolerance"])


def test_remission_times() -> None:
    fact = fact_of("gehan-1965")
    found = survival(fact["durations"], [bool(e) for e in fact["ended"]])
    for time, expected in fact["survival"].items():
        assert found.at(float(time))[0] == pytest.approx(expected, abs=fact["tolerance"])


def test_concession() -> None:
    fact = fact_of("faratin-sierra-jennings-1998")
    for beta, expected in fact["alpha"].items():
        assert concession(fact["time"], float(beta), k=fact["k"]) == pytest.approx(expected, abs=fact["tolerance"])


def test_the_chain_store() -> None:
    fact = fact_of("selten-1978")
    ends = {name: tuple(value) for name, value in fact["payoffs"].items()}
    after = Move(mover=1, actions=(("Accommodate", ends["In Accommodate"]), ("Fight", ends["In Fight"])))
    stage = Move(mover=0, actions=(("Out", ends["Out"]), ("In", after)))
    assert list(backward_induction(stage).path(stage)) == fact["perfect"]
    form = strategic_form(stage, 2)
    plans = [(*form.strategies[0][i].values(), *form.strategies[1][j].values()) for i, j in pure(form.payoffs)]
    assert sorted(plans) == sorted(map(tuple, fact["pure"]))
