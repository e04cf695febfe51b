"""Which packaged codebook a record fits: words of a field count, words of every day do not."""

import pytest

from winset.evidence.fitting import fitting, mentions, told

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


TOLD = (
    "Talks between the stage hands and the theatre broke off on Friday. The hands ask for a pay rise of 5 per cent and a 36-hour week; the "
    "theatre has offered a pay rise of 2 per cent, a lump sum and no compulsory redundancies. The wages of the chorus are not in dispute."
)


def test_what_a_reporter_tells_of_bargaining_fits_a_field_and_other_news_does_not() -> None:
    assert [book.id for book in told([TOLD])] == ["labour-and-pay"]
    assert (
        told(
            ["The wages of its chorus, a pay rise and the working week were the theme of a play that opened on Friday."]
        )
        == ()
    )
