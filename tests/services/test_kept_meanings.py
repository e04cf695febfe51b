"""What statements mean is computed once: the same answer from the kept vectors, from none and from a damaged file."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from winset.services import kept_meanings
from winset.services.kept_meanings import KeptMeanings

SENTENCES = [f"Port {n} must be open to every ship by the spring." for n in range(7)]


class Counting:
    """Vectors drawn from the sentence's own letters; counts what it is asked."""

    def __init__(self, most: int = 10_000) -> None:
        self.asked: list[str] = []
        self.most = most

    def vectors(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        self.asked += sentences
        if len(self.asked) > self.most:
            raise KeyboardInterrupt
        found = np.stack([np.random.default_rng([*one.encode()]).normal(size=8) for one in sentences])
        whole: NDArray[np.float32] = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
        return whole


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "winset" / "meanings"


def made(case: Path, sentences: list[str], counting: Counting | None = None) -> tuple[NDArray[np.float32], int]:
    meanings = counting or Counting()
    return KeptMeanings(case, sentences, meanings).vectors(sentences), len(meanings.asked)


def test_the_second_time_only_what_is_new_is_computed(tmp_path: Path) -> None:
    case = tmp_path / "c.winset"
    first, asked = made(case, SENTENCES)
    again, asked_again = made(case, SENTENCES)
    assert (asked, asked_again) == (7, 0)
    assert (first == again).all()
    more, asked_more = made(case, [*SENTENCES[2:], "Another one."])
    assert asked_more == 1
    assert (more[:5] == first[2:]).all()
    assert np.linalg.norm(more, axis=1) == pytest.approx(1, abs=1e-6)


def test_what_a_case_no_longer_holds_is_dropped_and_another_case_has_its_own(tmp_path: Path, cache: Path) -> None:
    made(tmp_path / "c.winset", SENTENCES)
    made(tmp_path / "c.winset", [*SENTENCES[:2], "New."])
    assert made(tmp_path / "c.winset", SENTENCES)[1] == 5
    assert made(tmp_path / "d.winset", SENTENCES)[1] == 7
    assert len(list(cache.iterdir())) == 2


def test_the_file_holds_no_words_and_is_the_users_alone(tmp_path: Path, cache: Path) -> None:
    made(tmp_path / "c.winset", SENTENCES)
    (path,) = cache.iterdir()
    assert b"Port" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", ["empty", "half", "other bytes", "other shape", "not a number"])
def test_a_damaged_file_counts_as_none(tmp_path: Path, cache: Path, damage: str) -> None:
    first, _ = made(tmp_path / "c.winset", SENTENCES)
    (path,) = cache.iterdir()
    whole = path.read_bytes()
    with np.load(path) as found:
        names, vectors = found["names"], found["vectors"]
    if damage == "empty":
        path.write_bytes(b"")
    elif damage == "half":
        path.write_bytes(whole[: len(whole) // 2])
    elif damage == "other bytes":
        path.write_bytes(bytes(len(whole)))
    elif damage == "other shape":
        np.savez(path, names=names, vectors=vectors[:3])
    else:
        np.savez(path, names=names, vectors=np.full_like(vectors, np.nan))
    again, asked = made(tmp_path / "c.winset", SENTENCES)
    assert asked == 7
    assert (first == again).all()


def test_without_a_place_to_write_it_works_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert made(tmp_path / "c.winset", SENTENCES)[1] == 7
    assert made(tmp_path / "c.winset", SENTENCES)[1] == 7


def test_who_is_stopped_keeps_what_was_done(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_meanings, "FEWEST", 2)
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "c.winset", SENTENCES, Counting(most=4))  # two, then two more, then four
    assert made(tmp_path / "c.winset", SENTENCES)[1] == 3
    assert [one.suffix for one in cache.iterdir()] == [".npz"]
    assert not [one for one in os.listdir(cache) if one.endswith(".part")]


def test_what_drafting_compares_is_kept_for_all_cases(cache: Path) -> None:
    counting = Counting()
    made = kept_meanings.CommonMeanings(counting)
    first = made.vectors(SENTENCES)
    made.keep()
    again = kept_meanings.CommonMeanings(counting).vectors([*SENTENCES[::-1], "New."])
    assert counting.asked == [*SENTENCES, "New."]
    assert (again[:-1] == first[::-1]).all()
    (file,) = cache.iterdir()
    file.write_bytes(b"damaged")
    assert (kept_meanings.CommonMeanings(counting).vectors(SENTENCES) == first).all()


def test_what_drafting_compares_is_written_in_parts_and_at_the_end(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_meanings, "FEWEST", 3)
    written: list[int] = []
    write = kept_meanings._write

    def noted(path: Path, held: dict[bytes, kept_meanings.Kept]) -> None:
        written.append(len(held))
        write(path, held)

    monkeypatch.setattr(kept_meanings, "_write", noted)
    kept = kept_meanings.CommonMeanings(Counting())
    for sentence in SENTENCES:  # document by document
        kept.vectors([sentence])
    assert written == [3, 6]
    kept.keep()
    kept.keep()
    assert written == [3, 6, 7]


def test_no_more_than_so_many_are_kept_and_the_oldest_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_meanings, "MOST", 3)
    counting = Counting()
    kept = kept_meanings.CommonMeanings(counting)
    kept.vectors(SENTENCES[:2])
    kept.vectors(SENTENCES[2:4])
    kept.vectors([SENTENCES[3], SENTENCES[0]])
    assert counting.asked == [*SENTENCES[:4], SENTENCES[0]]
