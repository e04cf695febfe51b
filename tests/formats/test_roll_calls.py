"""Roll-call tables: what is read, and what is refused with its place."""

import pytest

from winset.errors import FormatError
from winset.formats.roll_calls import read_roll_calls


def test_votes_in_any_usual_spelling() -> None:
    table = read_roll_calls("rcid;date;A;B\n1;2020-01-31;Yes; n \n2;;abstain;\n\n".encode("utf-8-sig"), "t.csv")
    assert table.voters == ("A", "B")
    assert table.votes == ((1.0, 2.0), (3.0, None))
    assert table.days[1] is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A,B\nyes,maybe\n", "line 2, column B: 'maybe' is no vote"),
        ("date,A,B\n31.1.2020,yes,no\n", "line 2, column date: '31.1.2020' is no date"),
        ("A,B\nyes\n", "line 2: has 1 cells where line 1 has 2"),
        ("A,A\nyes,no\n", "occurs twice"),
        ("rcid,A\n1,yes\n", "at least two voters"),
        ("", "line of column names"),
    ],
)
def test_what_is_no_table_of_votes_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        read_roll_calls(text.encode(), "t.csv")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(FormatError, match="not UTF-8 at byte 0"):
        read_roll_calls(b"\xff\xfe", "t.csv")
