"""How the vectors of stances are trained: what a batch holds, and what is asked of it."""

import random

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which winset does not")
stances = pytest.importorskip("training.stances", reason="training needs what training/requirements.txt names")


def test_every_text_has_its_issue_and_its_point_or_none() -> None:
    texts, issues, points = stances.texts_of("climate")
    assert {issue for _, issue, _ in texts} == set(range(issues))
    assert {point for _, _, point in texts} == {stances.AT_NONE, *range(points)}
    assert all(point == stances.AT_NONE for _, issue, point in texts if issue == issues - 1)


def test_texts_of_an_issue_near_each_other_are_asked_for_and_nobodys_stances_need_not_be() -> None:
    near = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    good, bad = (
        stances.contrast(near, torch.tensor([0, 0, 1, 1]), 9),
        stances.contrast(near, torch.tensor([0, 1, 0, 1]), 9),
    )
    assert float(good) < float(bad)
    assert float(stances.contrast(near, torch.tensor([2, 2, 2, 2]), 2)) == 0


def test_an_epoch_holds_each_text_of_whole_batches_once_and_a_batch_those_of_one_codebook() -> None:
    books = {id: [(f"{id} {n}", 0, stances.AT_NONE) for n in range(3 * stances.BATCH)] for id in ("a", "b")}
    lower = {text: torch.zeros(3, 4) for texts in books.values() for text, _, _ in texts}
    made = stances.batches(books, lower, random.Random(1))
    assert sorted(text for _, some in made for text, _, _ in some) == sorted(lower)
    assert all(len(some) <= stances.BATCH and {text.split()[0] for text, _, _ in some} == {id} for id, some in made)


def test_rows_of_unlike_lengths_are_filled_up_and_what_is_filled_is_not_read() -> None:
    x, mask = stances.padded([torch.ones(2, 4), torch.ones(5, 4)])
    assert (x.shape, mask.sum(1).tolist()) == ((2, 5, 4), [2, 5])
