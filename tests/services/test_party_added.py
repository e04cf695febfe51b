"""A party that the record does not name: written down, judged on what the codebook asks, and taken back by one undo."""

from pathlib import Path

import pytest

from winset.errors import UsageError
from winset.services import adding, annotators, board, cases, parties, positions
from winset.services.files import Source
from winset.services.sources import load_case

REPORT = """Ferry crews name their price
6 March 2026

HALVEN - The Ferry Crews' Union said on Tuesday that it would not accept a pay rise below 6 percent. "We will strike on Monday," said union president Marta Oyelaran.

The Halven Ferry Company offered a pay rise of 3 percent last week.
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "ferry.txt").write_text(REPORT, encoding="utf-8")
    cases.new(tmp_path / "a.winset")
    adding.add(tmp_path / "a.winset", [Source(file=str(tmp_path / "ferry.txt"))], annotators.choose_or_say(None, print))
    return tmp_path / "a.winset"


def test_a_new_party_is_judged_on_an_issue_of_the_codebook_and_what_the_record_suggests_stays(case: Path) -> None:
    before = load_case(case)
    suggested = {(row["party"], row["issue"]) for row in positions.positions(case)["rows"]}
    assert suggested
    made = board.judge(
        case,
        quantity="position",
        party="",
        named="Deckhands  of Halven",
        issue="pay-rise",
        numbers=(6.0,),
        as_of=None,
        note="a leaflet",
    )
    assert made.party == "deckhands-of-halven"
    held = load_case(case)
    assert "Deckhands of Halven" in [one.name for one in held.parties]
    assert {one.party for one in held.judgements} == {"deckhands-of-halven"}
    assert {party for party, _ in suggested} <= {one.id for one in held.parties}
    cases.undo(case)
    assert load_case(case) == before


def test_names_that_are_there_already_get_no_second_party(case: Path) -> None:
    added = parties.add(case, "Deckhands", ("the crews",))
    assert added["party"] == "deckhands"
    for name in ("deckhands", "The Crews", " ", "x" * 301, load_case(case).parties[0].name):
        with pytest.raises(UsageError):
            parties.add(case, name)
    assert parties.add(case, "Deckhands!")["party"] == "deckhands-2"
