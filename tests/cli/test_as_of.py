"""As of a day: what lies after it neither appears nor strengthens, ends or takes back anything."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.cli.running import run

from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement
from winset.domain.terms import Acceptance, Proposal
from winset.domain.text import Grounds
from winset.services.sources import load_case

DAY = "2031-02-12"
REPORTS = {
    "one": "Opening\n2031-02-03\n\nThe Halvern Dockworkers' Union demands a pay rise of 9 per cent, its president Marta Quell said.\n"
    "The Port Employers' Association said it would offer 3 per cent.\n",
    "two": "Second round\n2031-02-10\n\nThe Port Employers' Association said it could accept a pay rise of 4 per cent.\n"
    "The Halvern Dockworkers' Union said it insists on 9 per cent.\n",
    "three": "Third round\n2031-02-17\n\nThe Halvern Dockworkers' Union insists on 9 per cent, its treasurer Piet Lund said on Monday.\n"
    "The Port Employers' Association said it was open to a pay rise of 5 per cent.\n"
    "The Shippers' Council said it wants a pay rise of 2 per cent.\n",
    "undated": "The Halvern Dockworkers' Union demands a pay rise of 8 per cent, its president Marta Quell said.\n",
}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """All reports, and those that were there on the day."""
    folder = tmp_path_factory.mktemp("as-of")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    made = []
    for name, held in (("all", list(REPORTS)), ("then", ["one", "two", "undated"])):
        path = folder / f"{name}.winset"
        assert run("new", str(path), "--title", "Halvern").exit_code == 0
        assert run("add", str(path), *(str(folder / f"{one}.txt") for one in held)).exit_code == 0
        made.append(path)
    return made[0], made[1]


def answer(*words: str) -> Any:
    return json.loads(run(*words, "--json").stdout)


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for key, each in value.items() for one in (str(key), *strings(each))]
    return [one for each in value for one in strings(each)] if isinstance(value, list) else [str(value)]


@pytest.mark.parametrize(
    "command",
    [
        "positions X --as-of D", "ledger X --until D", "alignment X --as-of D", "attention X --as-of D", "pointers X --as-of D",
        "proposals X --as-of D", "precedents X --as-of D", "diff X --since 2031-02-05 --as-of D", "brief X --as-of D",
    ],
)  # fmt: skip
def test_nothing_of_a_later_day_appears(cases: tuple[Path, Path], command: str) -> None:
    everything, then = (
        answer(*({"X": str(case), "D": DAY}.get(word, word) for word in command.split())) for case in cases
    )
    assert not [one for one in strings(everything) if one.startswith("2031-") and one > DAY]
    assert not [one for one in strings(everything) if one == "three" or one.startswith("three#")]
    for value in (everything, then):
        if isinstance(value, dict):
            value.pop("gaps", None)
    assert everything == then, "as on the day itself"


def test_the_brief_counts_what_it_leaves_out(cases: tuple[Path, Path]) -> None:
    found = answer("brief", str(cases[0]), "--as-of", DAY)
    assert [one["doc"] for one in found["documents"]] == ["one", "two", "undated"]
    assert f"Left out, since later than {DAY}: 1 document and 3 statements. The case holds them." in found["gaps"]
    assert not any("Left out" in one for one in answer("brief", str(cases[0]))["gaps"])


def test_a_case_until_a_day_keeps_what_has_no_day(cases: tuple[Path, Path]) -> None:
    day = date.fromisoformat(DAY)
    ground = Grounds(doc="three", statement="three#1")
    judged = [
        Judgement(quantity="salience", party="u", issue=None, value=Exact(1.0), by="Ann", as_of=when, grounds=(ground,))
        for when in (None, day, date(2031, 2, 13))
    ]
    plan = Proposal(
        id="p", name="plan", date=day,
        acceptances=tuple(Acceptance(party="u", accepts=True, date=when) for when in (day, date(2031, 2, 13))),
    )  # fmt: skip
    whole = load_case(cases[0]).with_(judgements=tuple(judged), proposals=(plan,))
    known = whole.until(day)
    assert [one.id for one in known.documents] == ["one", "two", "undated"]
    assert [one.as_of for one in known.judgements] == [None, day]
    assert not any(one.grounds for one in known.judgements)
    assert [one.date for one in known.proposals[0].acceptances] == [day]
    assert whole.until(None) is whole
    assert whole.until(date(2031, 3, 1)) == whole
    assert Case().until(day) == Case()
