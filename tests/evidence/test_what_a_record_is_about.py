"""What no phrase matches is read where a codebook is about what the record is about, and nowhere else."""

import pytest
from tests.evidence.test_drafting import drafted_from

from winset.language.annotation import Annotator
from winset.services.annotators import choose

LIKE = "no phrase stands in it"
FERRY = (
    "Talks between the Deckhands' Union and Marin Lines broke down on Monday. The Deckhands' Union demanded a raise of 9 per cent. "
    "Marin Lines offered 4 per cent. The union said that not one of its members may be shown the door. "
    "Marin Lines said that boats would sail with two hands fewer. The union wants its people to be able to stop at sixty on a full pension. "
    "Marin Lines insisted that newcomers must save for their old age themselves."
)
FISH = (
    "Orran and Pelland began talks on the cod on Monday. Orran demanded that the nets of Pelland stay out of the bay until May. "
    "Pelland offered to mark its buoys in red. Orran insisted that the herring belongs to whoever smokes it. "
    "Pelland said that it would count the seals together with Orran."
)


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    found = choose("model")
    assert found is not None
    return found


def by_likeness(text: str, annotator: Annotator) -> set[tuple[str, str, float]]:
    found = drafted_from(annotator, text)[1]
    return {
        (one.party, one.issue, one.value.best)
        for one in found.positions
        if any(reason.startswith(LIKE) for reason in one.why)
    }


def test_wordings_that_no_phrase_has_are_read_where_the_codebook_fits(annotator: Annotator) -> None:
    found = by_likeness(FERRY, annotator)
    assert ("deckhands-union", "pensions", 100.0) in found


def test_nothing_is_likened_to_a_codebook_about_something_else(annotator: Annotator) -> None:
    assert by_likeness(FISH, annotator) == set()
