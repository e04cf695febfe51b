"""The wordings of the packaged issues fit their codebooks, and their vectors are those that the weights make."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from winset.evidence import coding, likeness, wordings
from winset.language.meaning import StanceVectors


@pytest.mark.parametrize("id", coding.PACKAGED)
def test_every_wording_is_of_an_issue_and_at_one_of_its_points(id: str) -> None:
    issues = {issue.id: {point.value for point in issue.points} for issue in coding.packaged(id).issues}
    found = wordings.packaged(id)
    assert {one.issue for one in found} == {*issues, wordings.NONE}
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

    packaged = wordings.vectors(list(texts), book.issues, Nothing())
    some = range(0, len(texts), 97)
    made = StanceVectors().vectors([list(texts)[at] for at in some])
    assert np.einsum("ij,ij->i", packaged[list(some)], made).min() > 0.998


def test_other_texts_are_made_and_keep_their_order() -> None:
    known = wordings.packaged("climate")[0].text
    texts = ["a sentence of nobody", known, "a sentence of nobody"]
    vectors = wordings.vectors(texts, coding.packaged("climate").issues, StanceVectors())
    assert np.allclose(vectors[0], vectors[2])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert float(vectors[0] @ vectors[1]) < 0.9


def test_what_is_packaged_of_other_codebooks_stays_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    read: set[str] = set()
    packed = wordings._read

    def noted(id: str) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] | None:
        read.add(id)
        return packed(id)

    monkeypatch.setattr(wordings, "_read", noted)
    likeness.Likeness(coding.packaged("climate"), StanceVectors())
    assert read == {"climate"}


@pytest.mark.parametrize("id", coding.PACKAGED)
def test_what_is_learned_tells_the_issues_of_the_texts_that_it_was_learned_from(id: str) -> None:
    book = coding.packaged(id)
    learned = wordings.Learned(book.issues)
    some = [one for one in wordings.packaged(id) if one.issue != wordings.NONE][::13]
    chances = learned.of(wordings.vectors([one.text for one in some], book.issues, StanceVectors()))
    told = [book.issues[int(at)].id for at in chances.argmax(axis=1)]
    assert chances.min() >= 0
    assert chances.sum(axis=1).max() <= 1 + 1e-9
    assert np.mean([one.issue == issue for one, issue in zip(some, told, strict=True)]) > 0.8


def test_nothing_is_learned_about_an_issue_of_ones_own() -> None:
    issue = replace(coding.packaged("climate").issues[0], question="What is for lunch?")
    learned = wordings.Learned([issue])
    assert not learned
    assert learned.of(np.ones((2, StanceVectors.width), dtype=np.float32)).tolist() == [[0.0], [0.0]]


def test_nothing_is_learned_about_what_was_edited_beside_what_stayed() -> None:
    book = coding.packaged("labour-and-pay")
    issue = book.issue("pensions")
    texts = [one.text for one in wordings.packaged(book.id) if one.issue == issue.id and one.value is not None][:20]
    vectors = wordings.vectors(texts, book.issues, StanceVectors())
    rest = [one for one in book.issues if one.id != issue.id]
    assert wordings.Learned([issue, *rest]).of(vectors)[:, 0].min() > 0
    assert wordings.Learned([replace(issue, question="What is for lunch?"), *rest]).of(vectors)[:, 0].max() == 0
    first = issue.points[0]
    edited = replace(issue, points=(replace(first, label="something else"), *issue.points[1:]))
    values = wordings.Learned([edited, *rest]).points(edited, vectors[0])
    assert set(values) == {point.value for point in issue.points[1:]}


def test_what_is_packaged_stays_small() -> None:
    folder = Path(wordings.__file__).parent / "codebooks" / "wordings"
    assert sum(path.stat().st_size for path in folder.glob("*.npz")) < 4_000_000


def test_what_was_taken_out_of_a_codebook_is_left_out_and_what_was_merged_is_not() -> None:
    book = coding.packaged("conflict-and-peace")
    assert wordings.left_out(book.issues) == []
    first, second, *rest = book.issues
    assert wordings.left_out((first, *rest)) == [second]
    assert wordings.left_out(book.merged(first.id, second.id).issues) == []
    assert wordings.left_out((first, replace(second, id="mine", question="What is for lunch?"))) == []
    assert wordings.left_out((replace(second, id="mine", question="What is for lunch?"),)) == []
