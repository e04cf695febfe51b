"""Word pieces and windows: offsets exact over any text, cores that cover every word once."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.language import pieces, windows
from winset.language.pieces import CLOSING, INSIDE, OPENING, OUTSIDE, PARAGRAPH, Pieces
from winset.language.windows import Plan, cut

tokenizers = pytest.importorskip("tokenizers")


@pytest.fixture(scope="module")
def tokenizer() -> object:
    """A tokenizer that cuts as BERT's does, with a vocabulary of single characters."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,;:!?\"'“”‘’()-"
    vocabulary = {piece: at for at, piece in enumerate(["[UNK]", *letters, *(f"##{one}" for one in letters)])}
    made = tokenizers.Tokenizer(tokenizers.models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return made


def every_piece(text: str, tokenizer: object) -> list[Pieces]:
    return [pieces.read(text, tokenizer, group) for group in pieces.stretches(text)]


@given(text=st.text(max_size=300))
def test_words_lie_in_the_text_in_order(text: str, tokenizer: object) -> None:
    at = 0
    for found in every_piece(text, tokenizer):
        assert len(found.first) == found.words + 1
        for start, end, shape in zip(found.starts, found.ends, found.shape, strict=True):
            assert at <= start < end <= len(text)
            at = int(end)
            word = text[start:end]
            if shape == PARAGRAPH:
                assert not word.strip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
            else:
                assert not word[0].isspace()
                assert "\n" not in word


@given(text=st.text(alphabet='ab .\n“”"', max_size=400), size=st.integers(20, 60), first=st.none() | st.integers(1, 50))
def test_every_word_is_the_core_of_one_window(text: str, size: int, first: int | None, tokenizer: object) -> None:
    plan = Plan(size=size, before=size // 6, after=size // 8, next=size // 20)
    for found in every_piece(text, tokenizer):
        covered = []
        for window in cut(found, plan, first):
            assert window.start <= window.core_start < window.core_end <= window.end
            assert found.first[window.end] - found.first[window.start] <= size or window.end - window.start == 1
            covered += range(window.core_start, window.core_end)
        assert covered == list(range(found.words))


def test_a_word_of_many_pieces_still_fits(tokenizer: object) -> None:
    found = every_piece("ab" * 45 + " end", tokenizer)[0]
    assert all(w.end > w.start for w in cut(found, Plan(size=40, before=4, after=4, next=2)))


def test_marks_of_quotation(tokenizer: object) -> None:
    (found,) = every_piece('he said “no deal” and\n"yes" and “open\nnext', tokenizer)
    told = [pieces.QUOTES[kind] for kind in found.quote]
    assert told.count("opening") == 3
    assert told.count("closing") == 2
    assert found.quote[-1] == OUTSIDE  # an open quotation ends with its paragraph
    assert {OPENING, CLOSING, INSIDE, OUTSIDE} == set(found.quote.tolist())


def test_a_long_paragraph_is_read_in_bounded_blocks() -> None:
    text = " ".join(random.Random(3).choice(["word", "another", "more"]) for _ in range(40_000))
    spans = list(pieces.paragraphs(text))
    assert max(end - start for start, end in spans) <= pieces.BLOCK
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(sum(b - a for a, b in group) <= pieces.BLOCK for group in pieces.stretches(text))
    assert windows.Plan().size <= 512  # places the encoder knows
