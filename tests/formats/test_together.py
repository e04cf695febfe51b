"""Tables in which options count together or cannot hold at once."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.models.bargaining.drawn import tangled

from winset.errors import FormatError
from winset.formats.option_table import read_option_csv, write_option_csv
from winset.models.bargaining.problem import Utility
from winset.models.bargaining.solve import solve
from winset.services.scenarios import load_scenario

TABLE = """issue,option,A,B
pay,low,0,2
,mid,4,1
,high,8,0
days,few,0,8
,many,2,0
together,"pay=high|mid, days=few",-3,5
forbidden,"pay=high, days=many",,
reservation,,1,1
"""


def test_what_is_added_together_and_what_is_forbidden_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    p = load_scenario((path,)).problem
    assert p.worth((2, 0)) == [5, 13]
    assert p.worth((1, 0)) == [1, 14]
    assert p.worth((0, 0)) == [0, 10]
    deals = solve(p)
    assert deals.outcomes == 5
    assert p.outcome(deals.solutions["nash"].choice) == {"pay": "high", "days": "few"}
    assert deals.certificate["holds"]


@pytest.mark.parametrize("seed", range(60))
def test_a_table_brings_back_what_counts_together(seed: int) -> None:
    p = tangled(seed, kind="cents")
    p = replace(p, utilities=tuple(replace(u, extremes=(), most=np.inf) for u in p.utilities))
    back = read_option_csv(write_option_csv(p), "t.csv").problem
    assert back.parties == p.parties
    for at in range(p.size):
        choice = p.choice(at)
        assert back.allows(choice) == p.allows(choice)
        assert back.worth(choice) == pytest.approx(p.worth(choice), abs=1e-9)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('together,"pay=huge, days=few",1,1', "row 9: pay: no option 'huge'; there are low, mid, high"),
        ('together,"pay=high, nights=few",1,1', "row 9: no issue 'nights'; there are pay, days"),
        ('together,"pay=high, pay=mid",1,1', "row 9: 'pay' is named twice"),
        ("together,high,1,1", "row 9: 'high'; write issue=option"),
        ('together,"pay=high, days=few",1,', "row 9, column 'B' is missing"),
        ('forbidden,"pay=high, days=few",1,', "row 9: what is forbidden is worth nothing"),
        ("forbidden,,,", "row 9: ''; write issue=option"),
    ],
)
def test_a_wrong_combination_is_named(line: str, says: str) -> None:
    rows = TABLE.splitlines()
    with pytest.raises(FormatError, match=says.replace("|", r"\|")):
        read_option_csv("\n".join([*rows[:8], line, rows[8]]).encode(), "t.csv")


def test_what_a_table_cannot_say_is_refused() -> None:
    p = tangled(5, kind="whole")
    cut = replace(p, utilities=(replace(p.utilities[0], most=-1e3), *p.utilities[1:]))
    with pytest.raises(FormatError, match="largest total"):
        write_option_csv(replace(cut, utilities=tuple(replace(u, extremes=()) for u in cut.utilities)))
    named = replace(p, issues=tuple(replace(i, name=f"a={k}") for k, i in enumerate(p.issues)), forbidden=({0: (0,)},))
    with pytest.raises(FormatError, match="meaning of their own"):
        write_option_csv(replace(named, utilities=tuple(Utility(tables=u.tables) for u in p.utilities)))
