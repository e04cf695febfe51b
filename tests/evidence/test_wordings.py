"""The wordings of the packaged issues fit their codebooks, and their vectors are those that the weights make."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from winset.evidence import coding, likeness, wordings
from winset.language.meaning import SentenceVectors


@pytest.mark.parametrize("id", coding.PACKAGED)
def test_every_wording_is_of_an_issue_and_at_one_of_its_points(id: str) -> None:
    issues = {issue.id: {point.value for point in issue.points} for issue in coding.packaged(id).issues}
    found = wordings.packaged(id)
    assert {one.issue for one in found} == set(issues)
    for one in found:
        assert one.value is None or one.value in issues[one.issue], one
        assert len(one.text.split()) >= 2, one
        assert one.text == one.text.strip(), one
    assert len({one.text for one in found}) == len(found)


def test_an_issue_that_was_edited_keeps_the_wordings_of_what_stayed() -> None:
    issue = coding.packaged("labour-and-pay").issue("pensions")
    before = wordings.of(issue)
    first = issue.points[0]
    edited = replace(issue, points=(replace(first, label="something else"), *issue.points[1:]))
    after = wordings.of(edited)
    assert 0 < len(after) < len(before)
    assert all(point is None or point.value != first.value for _, point in after)
    assert wordings.of(replace(issue, question="What is for lunch?")) == []
    assert wordings.of(replace(issue, id="pensions-2")) == []


@pytest.mark.parametrize("id", coding.PACKAGED)
def test_the_packaged_vectors_are_those_of_the_packaged_texts_and_weights(id: str) -> None:
    """Where this fails, run `python -m training.wordings`."""
    book = coding.packaged(id)
    texts = likeness.texts_of(book)

    class Nothing:
        def vectors(self, sentences: object) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
            raise AssertionError(f"not packaged: {sentences}")

    packaged = wordings.vectors(texts, book.issues, Nothing())
    some = range(0, len(texts), 97)
    made = SentenceVectors().vectors([texts[at] for at in some])
    assert np.einsum("ij,ij->i", packaged[list(some)], made).min() > 0.998


def test_other_texts_are_made_and_keep_their_order() -> None:
    known = wordings.packaged("climate")[0].text
    texts = ["a sentence of nobody", known, "a sentence of nobody"]
    vectors = wordings.vectors(texts, coding.packaged("climate").issues, SentenceVectors())
    assert np.allclose(vectors[0], vectors[2])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert float(vectors[0] @ vectors[1]) < 0.9


def test_what_is_packaged_of_other_codebooks_stays_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    held = wordings._held

    def noted(id: str) -> dict[bytes, np.ndarray[tuple[int, int], np.dtype[np.float32]]]:
        read.append(id)
        return held(id)

    monkeypatch.setattr(wordings, "_held", noted)
    likeness.Likeness(coding.packaged("climate"), SentenceVectors())
    assert read == ["climate"]


def test_what_is_packaged_stays_small() -> None:
    folder = Path(wordings.__file__).parent / "codebooks" / "wordings"
    assert sum(path.stat().st_size for path in folder.glob("*.npz")) < 4_000_000
