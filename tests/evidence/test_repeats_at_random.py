"""What edited copy does to a quotation, at random: it is still one saying; what makes two of it never folds."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.domain.statements import Kind, Statement, Voice
from winset.domain.text import Document, Span
from winset.evidence.repeats import differences, fold

SAYINGS = (
    "The corridor will open on Friday and nobody on either bank of the river will be able to stop it",
    "We have told the mediators in writing that the deal is dead unless the northern ports reopen before the harvest",
    "Our soldiers remain in the valley until every prisoner has been brought home and the mines have been cleared",
    "The fund for the flooded villages has to be paid by those whose dam held the water back for two summers",
    "It took nine rounds of talks to agree on a map and one afternoon for their parliament to tear it up",
    "Fishermen on both shores want the same thing, which is a line on the chart that still holds next winter",
)
PARAPHRASES = (
    "Friday is when the passage opens, and no one along the river can prevent that",
    "The agreement is over if harbours in the north stay shut at harvest time, mediators have been informed by letter",
    "Until mines are gone and captives are back, troops stay where they are",
    "Villages under water deserve money from the owners of the barrage that kept the river for two years",
    "After nine rounds a map was found, and within hours the chamber had rejected it",
    "What people who fish need is a border at sea that lasts until next year",
)
MARKS = ("“{}”", '"{}"', "«{}»", "„{}“", "‘{}’", "“{},”", "''{}''")
WHO = (
    ("v1", "named", "Karim Zadeh"), ("v2", "named", "Badr Lawati"), ("v3", "collective", "Oman"), ("v4", "anonymous", None),
    ("v5", "none", None),
)  # fmt: skip


def told(*tellings: tuple[str, int, Kind]) -> tuple[list[Document], list[Statement]]:
    """One document a telling: (words, who of WHO, kind)."""
    documents, statements = [], []
    for n, (words, who, kind) in enumerate(tellings):
        id, sort, name = WHO[who]
        voice = Voice(id=id, kind=sort, name=name)
        documents.append(Document(id=f"d{n}", text=words, sha256="0" * 64))
        statements.append(
            Statement(
                id=f"d{n}#1", doc=f"d{n}", source=(), cue=(), content=(Span(0, len(words)),), kind=kind, speaker=voice,
                acts=("report",),
            )
        )  # fmt: skip
    return documents, statements


def one_saying(*tellings: tuple[str, int, Kind]) -> tuple[str, ...]:
    """What the second telling disagrees on with the first, under which it has to stand."""
    documents, statements = told(*tellings)
    assert fold(documents, statements) == {"d0#1": tuple(one.id for one in statements[1:])}
    return differences(*statements[:2], {one.id: one.text for one in documents})


def turned(full: str, left: str) -> bool:
    """Whether an editor left out a word that may turn what is left, which then is to be shown."""
    return any(word in full and word not in left for word in ("nobody", "unless", "until"))


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A saying and what an editor left of it: trimmed at both ends, cut in the middle, other marks around it."""
    words = draw(st.sampled_from(SAYINGS)).split()
    start = draw(st.integers(0, len(words) - 9))
    stop = draw(st.integers(start + 9, len(words)))
    kept = words[start:stop]
    if draw(st.booleans()):
        cut = draw(st.integers(4, len(kept) - 4))
        gap = draw(st.integers(0, min(2, len(kept) - cut - 4)))
        kept = [*kept[:cut], draw(st.sampled_from(("...", "…", "[...]", "(…)"))), *kept[cut + gap :]]
    said = " ".join(kept)
    if draw(st.booleans()):
        said = said[:1].upper() + said[1:]
    return draw(st.sampled_from(MARKS)).format(" ".join(words)), draw(st.sampled_from(MARKS)).format(said)


@given(edited(), st.sampled_from((0, 3)), st.booleans())
def test_trimmed_cut_and_marked_otherwise_it_is_one_saying(both: tuple[str, str], who: int, swap: bool) -> None:
    full, left = reversed(both) if swap else both
    assert one_saying((full, 0, "direct"), (left, who, "direct")) in ((), ("wording",) if turned(*both) else ())


@given(edited(), st.booleans())
def test_laid_to_somebody_else_it_is_one_saying_and_says_so(both: tuple[str, str], swap: bool) -> None:
    full, left = reversed(both) if swap else both
    more = ("wording",) if turned(*both) else ()
    assert one_saying((full, 0, "direct"), (left, 1, "direct")) in (("speaker",), ("speaker", *more))


@given(st.sampled_from(SAYINGS), st.data())
def test_a_word_in_brackets_is_shown_as_other_words(said: str, data: st.DataObject) -> None:
    words = said.split()
    at = data.draw(
        st.sampled_from([n for n, word in enumerate(words) if word.lower() in ("it", "the", "that", "their", "them")])
    )
    filled = [*words[:at], data.draw(st.sampled_from(("[the deal]", "[the accord]", "[this pact]"))), *words[at + 1 :]]
    assert one_saying((f"“{said}”", 0, "direct"), (f"“{' '.join(filled)}”", 0, "direct")) == ("wording",)


@pytest.mark.parametrize(("said", "again"), list(zip(SAYINGS, PARAPHRASES, strict=True)))
@pytest.mark.parametrize("who", range(2))
def test_a_paraphrase_as_translations_are_is_not_folded(said: str, again: str, who: int) -> None:
    for kind in ("direct", "indirect"):
        assert fold(*told((said, 0, "direct"), (again, who, kind))) == {}


@given(st.sampled_from(("No deal.", "We will not sign.", "No comment.", "That is not true.", "We want peace.", "It is over.", "We have no choice but to wait.")),
       st.sampled_from(MARKS), st.sampled_from(MARKS))  # fmt: skip
def test_short_formulas_of_two_people_are_two_sayings(words: str, a: str, b: str) -> None:
    bare = words.rstrip(".")
    for x, y in ((0, 1), (1, 2), (0, 2), (0, 3), (4, 1), (3, 4)):
        assert fold(*told((a.format(bare), x, "direct"), (b.format(bare), y, "direct"))) == {}


NEGATED = {
    "will": "will not",
    "has": "has never",
    "have": "have not",
    "took": "never took",
    "want": "do not want",
    "is": "is not",
}


@given(st.sampled_from(SAYINGS), st.data())
def test_a_negation_makes_it_another_saying(said: str, data: st.DataObject) -> None:
    words = said.split()
    places = [n for n, word in enumerate(words) if word in NEGATED]
    changed = data.draw(st.sets(st.sampled_from(places or [0]), min_size=1))
    other = [NEGATED.get(word, f"not {word}") if n in changed else word for n, word in enumerate(words)]
    assert fold(*told((f"“{said}”", 0, "direct"), (f"“{' '.join(other)}”", 0, "direct"))) == {}


@given(st.sampled_from(SAYINGS), st.lists(st.sampled_from((3, 7, 40, 180)), min_size=2, max_size=2, unique=True))
def test_another_number_makes_it_another_saying(said: str, numbers: list[int]) -> None:
    a, b = (f"“{said}, within {one} days”" for one in numbers)
    assert fold(*told((a, 0, "direct"), (b, 0, "direct"))) == {}


@given(st.lists(edited(), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_each_telling_stands_once_and_never_under_itself(pairs: list[tuple[str, str]], draw: random.Random) -> None:
    tellings = [
        (words, draw.randrange(5), draw.choice(("direct", "mixed", "indirect"))) for pair in pairs for words in pair
    ]
    documents, statements = told(*tellings)
    folded = fold(documents, statements)
    again = [id for group in folded.values() for id in group]
    assert len(again) == len(set(again))
    assert not set(again) & set(folded)
    order = {one.id: n for n, one in enumerate(statements)}
    assert all(order[first] < order[id] for first, group in folded.items() for id in group)
    assert fold(documents, statements) == folded


def test_one_wire_report_in_ten_papers_is_one_saying() -> None:
    papers = [(MARKS[n % len(MARKS)].format(SAYINGS[0]), 0, "direct") for n in range(10)]
    assert one_saying(*papers) == ()
