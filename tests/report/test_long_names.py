"""Long names are cut where they are shown, and nothing else of a case is changed."""

from datetime import date

from winset.domain.actors import Party, Person
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement
from winset.domain.issues import Issue, ScalePoint
from winset.domain.text import Document
from winset.report.long_names import LONGEST, cut, shortened

LONG = "x" * (LONGEST + 5)


def test_what_is_short_stays_the_same() -> None:
    case = Case(
        title="t",
        parties=(Party(id="a", name="A", aliases=("B",)),),
        issues=(Issue(id="i", question="?", kind="continuous"),),
    )
    found = shortened(case)
    assert found == case
    assert found.parties is case.parties
    assert cut("x" * LONGEST) == "x" * LONGEST


def test_names_are_cut_and_ids_and_texts_are_not() -> None:
    case = Case(
        title=LONG, as_of=date(2025, 1, 1),
        parties=(Party(id=LONG, name=LONG, aliases=("A", LONG), people=(Person(LONG, LONG),)),),
        issues=(Issue(id="i", question=LONG, scale=(ScalePoint(0, LONG), ScalePoint(1, "no"))),),
        documents=(Document(id="d", text=LONG, title=LONG, sha256="0" * 64),),
        judgements=(Judgement(quantity="position", party=LONG, issue="i", value=Exact(1), by="Ann", note=LONG),),
    )  # fmt: skip
    found = shortened(case)
    short = cut(LONG)
    assert short == "x" * LONGEST + f"… ({LONGEST + 5:,} characters)"
    assert found.title == found.issues[0].question == found.documents[0].title == found.judgements[0].note == short
    assert found.parties[0] == Party(id=LONG, name=short, aliases=("A", short), people=(Person(short, short),))
    assert found.issues[0].scale == (ScalePoint(0, short), ScalePoint(1, "no"))
    assert found.documents[0].text == found.parties[0].id == found.judgements[0].party == LONG
