"""The page of quality shows the tries that the training's own table records."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_try_on_record_stands_on_the_page() -> None:
    page = (ROOT / "docs" / "evidence" / "quality.md").read_text(encoding="utf-8")
    rows = (ROOT / "training" / "tries.tsv").read_text(encoding="utf-8").splitlines()
    assert len(rows) > 20
    assert [row for row in rows if "| " + " | ".join(row.split("\t")) + " |" not in page] == []
