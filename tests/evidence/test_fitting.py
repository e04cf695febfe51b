"""Which packaged codebook a record fits: words of a field count, words of every day do not."""

import pytest

from winset.evidence.fitting import fitting, mentions

RENT = [
    "Vastland has raised its offer for the airfield to $150 million a year",
    "Sardova dropped its demand for a separate clean-up fund",
    "the two sides would be back at the table on Monday",
]


def test_plain_words_fit_no_field() -> None:
    assert fitting(RENT) == ()
    assert max(mentions(RENT).values()) < 0.9


@pytest.mark.parametrize(
    ("said", "book"),
    [
        ("rich countries must triple climate finance to poor countries; emissions must fall by half", "climate"),
        ("the union wants a pay rise of 6 per cent and a shorter working week", "labour-and-pay"),
        ("a ceasefire comes first, then the withdrawal of troops and an exchange of prisoners", "conflict-and-peace"),
        ("tariffs on steel must be lifted before any quota is discussed", "trade-and-tariffs"),
        ("there will be no tax rises, and the deficit must fall, the coalition partners said", "budget-and-coalition"),
    ],
)
def test_words_of_a_field_fit_it(said: str, book: str) -> None:
    assert fitting([said])[0].id == book
