"""Title and date are taken from a text's first lines, or not at all."""

from datetime import date

import pytest

from winset.reading.headings import headline, publication_date

DAY = date(2025, 2, 18)
FILLER = "\n\nThe delegations met for four hours at a palace in the capital, and then they went home.\n"


@pytest.mark.parametrize(
    "text",
    [
        "Date: 2025-02-18\n\nText.",
        "Headline\n\nPublished: Tue, 18 Feb 2025 10:00:00 +0000" + FILLER,
        "Headline\nBy Jane Doe | Feb. 18, 2025" + FILLER,
        "Headline\n\nRIYADH, Feb 18, 2025 (Agency) - The ministers met." + FILLER,
        "Headline\n\nRIYADH, Saudi Arabia, February 18th, 2025 — The ministers met." + FILLER,
        "Headline\n\nBrussels, 18 February 2025" + FILLER,
        "18 February 2025" + FILLER,
        "Tuesday, 18 February 2025" + FILLER,
        "Заголовок\n\n18 февраля 2025\n\nТекст.",
        "Titre\n\n18 février 2025\n\nTexte.",
        "Überschrift\n\n18. Februar 2025\n\nText.",
        "Titel\n\n18.02.2025\n\nText.",
        "**Date:** 2025-02-18\n\nText.",
    ],
)
def test_the_first_lines_give_the_day(text: str) -> None:
    assert publication_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "The deal of 18 February 2025 failed, he said on Friday." + FILLER,
        "RIYADH, Feb 18 (Agency) - The ministers met." + FILLER,
        "Headline\n\n02/03/2025" + FILLER,
        "Headline\n\n31 February 2025" + FILLER,
        "In May 2025 they signed." + FILLER,
        "",
    ],
)
def test_a_date_in_a_sentence_or_without_a_year_is_none(text: str) -> None:
    assert publication_date(text) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Talks open in Riyadh" + FILLER, "Talks open in Riyadh"),
        ("# Talks open in Riyadh" + FILLER, "Talks open in Riyadh"),
        ("Title: Talks open\nDate: 2025-02-18" + FILLER, "Talks open"),
        ("Wealthy Voters Abandon Party for Rival." + FILLER, "Wealthy Voters Abandon Party for Rival."),
        ("Will they sign?" + FILLER, "Will they sign?"),
        ("The minister said on Tuesday that he would not sign anything." + FILLER, None),
        ("18 February 2025" + FILLER, None),
        ("They met, and then\nthey went home." + FILLER, None),
        ("Only one line", None),
        ("x" * 300 + FILLER, None),
        ("", None),
    ],
)
def test_a_headline_is_a_first_line_that_reads_like_one(text: str, title: str | None) -> None:
    assert headline(text) == title
