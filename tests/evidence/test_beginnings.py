import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.evidence.beginnings import Index, beginnings


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("keep", {"keep"}),
        ("(?:is|are) no", {"is no", "are no"}),
        ("(?:only )?then", {"only th", "then"}),
        ("colou?r", {"colour", "color"}),
        ("ca[’\\x27]n", {"ca’n", "ca'n"}),
        ("(?<!was )(?!not)go(?= on)", {"go"}),
        ("(?:is )?\\w+ing", {"is ", ""}),
        ("(?P<place>[A-Z]\\w+) said", {""}),
        ("x{0,2}y", {"xy", "y"}),
        ("abc?d|ab+|a?c", {"abcd", "abd", "ab", "ac", "c"}),
        ("abcdefghi(j|k\\)|[(|]x)|z", {"abcdefg", "z"}),
        ("(?:abcdefgh(?:i|j)|k) l", {"abcdefg", "k l"}),
    ],
)
def test_every_match_begins_with_one_of(pattern: str, letters: set[str]) -> None:
    assert beginnings(pattern) == letters


def test_a_parenthesis_that_nothing_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        beginnings("a)b")


_WORDS = st.sampled_from(
    ["keep", "keeps", "kept", "is", "no", "not", "in", "a", "deal", "ÉTAT", "straße", "co-op", "“we”"]
)
_ATOMS = st.sampled_from(
    ["keep(?:s)?", "(?:is|no)", "\\w+", "(?:not )?", "in", "d[ea]+l", "(?!no)", "état", "k(?:ee|)pt?"]
)


@given(st.lists(_ATOMS, min_size=1, max_size=4), st.lists(_WORDS, max_size=20))
def test_the_index_finds_what_trying_the_pattern_finds(atoms: list[str], words: list[str]) -> None:
    source, text = " ?".join(atoms), " ".join(words)
    pattern = re.compile(rf"(?<![\w-])(?=\w)(?:{source})", re.IGNORECASE)
    found = [one.span() for _, one in Index([(source, pattern)]).matches(text)]
    assert [span for span in found if span[0] < span[1]] == [
        one.span() for one in pattern.finditer(text) if one.end() > one.start()
    ]
