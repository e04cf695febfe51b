"""Quotation marks of all styles: paired within the paragraph, in any text, in linear time."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.language.marks import pairs

PIECES = [*"ab .,?!\"“”„‟«»‹›‘’‚'`「」『』—:", "''", "``", " he ", "6'2\" ", "\u202e", "😀", "م"]
TEXT = st.lists(st.sampled_from(PIECES), max_size=80).map("".join)


def quoted(text: str) -> list[str]:
    """Each quotation with its marks; one that is left open ends with an ellipsis of our own."""
    return [text[one.start : one.end] + ("" if one.closed else " ...") for one in pairs(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"Yes," she said. "We go."', ['"Yes,"', '"We go."']),
        ("“Yes,” she said.", ["“Yes,”"]),
        ("''Who would? He's a card,'' she said.", ["''Who would? He's a card,''"]),
        ("``Fine,'' he said.", ["``Fine,''"]),
        ("«Oui», dit-il. «Non»", ["«Oui»", "«Non»"]),
        ("„Guten Tag“, sagte er.", ["„Guten Tag“"]),
        ("»Nein«, sagte sie.", ["»Nein«"]),
        ("「はい」と言った", ["「はい」"]),
        ("'We won't go,' he said of the dogs' bone.", ["'We won't go,'"]),
        ("“He said “no” twice,” she said.", ["“He said “no” twice,”"]),
        ("“He said 'no' twice,” she said.", ["“He said 'no' twice,”"]),
        ('"He called it “mad” and left," she said.', ['"He called it “mad” and left,"']),
        ('"He called it “mad” and left.', ['"He called it “mad” and left. ...']),
        ("“One thing. “Another,” he said.", ["“One thing. “Another,”"]),
        ('“Yes," he said.', ['“Yes,"']),
        ('“no" he said', ['“no"']),
        ("“Yes,“ he said. “No.”", ["“Yes,“", "“No.”"]),
        ("”Sorry,” he said.", ["”Sorry,”"]),
        ('It rose to 6\'2" and he said "fine" to it.', ['"fine"']),
        ("the dogs' and cats' food", []),
        ("“And so it goes", ["“And so it goes ..."]),
        ("‘We've had enough of ministers' promises,’ she said.", ["‘We've had enough of ministers' promises,’"]),
        ("‘The drivers’ anger is real,’ he said. ‘Go.’", ["‘The drivers’ anger is real,’", "‘Go.’"]),
        ("He called them ‘thieves’ and said ‘no.’", ["‘thieves’", "‘no.’"]),
        ("'The lads' pay is low,' he said.", ["'The lads' pay is low,'"]),
        ("He called it ‘a farce’ and blamed the drivers’.", ["‘a farce’"]),
        ("Give 'em the '90s and the drivers' pay.", []),
        ('„Wir reden" is over. „It has passed,“ she said.', ['„Wir reden"', "„It has passed,“"]),
        ('„Er sagte "ja" dazu“, sagte sie.', ['„Er sagte "ja" dazu“']),
        (
            '"I said “it is yours," he said. "Those were my words."',
            ['"I said “it is yours,"', '"Those were my words."'],
        ),
        ('"He said “yes" and left," said she.', ['"He said “yes" and left,"']),
        ('"We never said that. “We go,” she said. “Now.”', ["“We go,”", "“Now.”"]),
        ('"He said: “Go home.” We went. ...', ['"He said: “Go home.” We went. ... ...']),
    ],
)
def test_each_style_is_paired(text: str, found: list[str]) -> None:
    assert quoted(text) == found


@given(TEXT, st.integers(0, 5), st.integers(0, 5))
def test_pairs_are_in_order_apart_and_inside(text: str, left: int, right: int) -> None:
    start, end = min(left, len(text)), max(len(text) - right, min(left, len(text)))
    found = pairs(text, start, end)
    assert all(start <= p.start < p.first <= p.last <= p.end <= end for p in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert all(p.closed == (p.last < p.end) for p in found)
    assert all(p.closed for p in found[:-1])


@pytest.mark.parametrize("unit", ["“", '"', "'a ", "” a", "“a” ", "''", "«“", "‘a", "‘as’ b", "“a,”"])
def test_time_grows_with_the_length_only(unit: str) -> None:
    def cost(count: int) -> float:
        text = unit * count
        start = time.process_time()
        pairs(text, 0, len(text))
        return time.process_time() - start

    cost(500)
    few = min(cost(2_000) for _ in range(3))
    assert min(cost(20_000) for _ in range(3)) <= 40 * max(few, 0.001)
