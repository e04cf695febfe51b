"""The limits are those of the page about them; a flag raises them and cannot do anything else."""

from dataclasses import asdict
from pathlib import Path

import pytest

from winset.errors import UsageError
from winset.reading.limits import Limits, in_words, limit_names

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "limits.md"


def test_the_page_lists_every_limit_with_its_default() -> None:
    rows = [line.split("|")[1:3] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    stated = {name.strip(" `"): int(value) for name, value in rows}
    values = asdict(Limits())
    assert stated == {name: values[field] for name, field in limit_names().items()}


def test_a_flag_raises_a_limit() -> None:
    assert Limits().raised(["pdf-pages=5000", "child-cpu=60"]) == Limits(pdf_pages=5000, child_cpu=60)


@pytest.mark.parametrize(
    "text", ["pdf-pages", "pdf-pages=", "pdf-pages=-1", "pdf-pages=1", "pdf_pages=9999", "pdf-pages=²"]
)
def test_a_flag_does_nothing_else(text: str) -> None:
    with pytest.raises(UsageError, match="--limit"):
        Limits().raised([text])


@pytest.mark.parametrize(("count", "words"), [(12, "12 bytes"), (64 * 2**20, "64 MiB"), (3 * 2**29, "1.5 GiB")])
def test_sizes_are_written_for_people(count: int, words: str) -> None:
    assert in_words(count) == words
