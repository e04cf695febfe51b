"""Every method card leads somewhere."""

from pathlib import Path

import pytest

from winset.methods import METHODS, MethodCard

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("card", METHODS, ids=lambda card: card.name)
def test_a_card_leads_to_its_stages_and_its_page(card: MethodCard) -> None:
    for which in ("formulate", "solve", "as_json"):
        assert callable(card.stage(which))
    assert (DOCS / "models" / card.page).is_file()


def test_names_are_unique() -> None:
    names = [(card.name, card.version) for card in METHODS]
    assert len(set(names)) == len(names)
