"""Earlier deals read off invented articles: terms, fate, who points to them; near misses."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from winset.domain.case import Case
from winset.domain.reviews import Review, precedent_target
from winset.domain.terms import Precedent
from winset.services.precedents import with_precedents

Told = Callable[..., Case]


def deals(case: Case) -> tuple[Precedent, ...]:
    return with_precedents(case).precedents


def test_terms_who_broke_it_when_and_who_invokes_it(told: Told) -> None:
    (one,) = deals(
        told(
            "Under the 1994 accord, all prisoners were to be exchanged and sanctions were to be lifted, which Belmar broke in 1996. "
            "Arden's envoy pointed to the 1994 accord to demand a ceasefire."
        )
    )
    assert (one.name, one.date, one.kept, one.broken_by, one.broken_on) == (
        "1994 accord",
        date(1994, 1, 1),
        False,
        ("belmar",),
        date(1996, 1, 1),
    )
    assert dict(one.terms) == {"prisoners-and-displaced-people": 100.0, "sanctions-and-trade": 0.0}
    assert [(said.by, said.purpose) for said in one.invocations] == [("arden", "to demand a ceasefire")]
    assert one.suggested
    assert one.grounds


@pytest.mark.parametrize(
    ("text", "kept", "broken"),
    [
        ("Belmar violated the Lindholm Treaty of 2003, Arden's president said.", False, ("belmar",)),
        ("The 2015 ceasefire was broken by Corvia within a year.", False, ("corvia",)),
        ("Corvia honoured the 1998 agreement with Arden to the letter.", True, ()),
        ("The truce of 2011 between Arden and Corvia has held.", True, ()),
        ("Arden tore up the 2007 pact, Belmar's envoy recalled.", False, ("arden",)),
    ],
)
def test_what_became_of_it(told: Told, text: str, kept: bool, broken: tuple[str, ...]) -> None:
    (one,) = deals(told(text))
    assert (one.kept, one.broken_by) == (kept, broken)


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        (
            "The 2009 ceasefire between Arden and Belmar ended the siege. Belmar violated that ceasefire in 2011.",
            [("belmar", False, None)],
        ),
        (
            "Arden and Corvia still argue over the Harbour Treaty of 1987. Arden says Corvia breached it in 1990.",
            [("corvia", False, "arden")],
        ),
        (
            "The 2014 truce fell apart within weeks after Arden seized the bridge.",
            [("arden", False, None)],
        ),
        (
            "The Lindholm pact of 2016 was broken by Tessaly, Corvia's minister said. Tessaly said it had honoured the pact.",
            [("tessaly", False, "corvia"), ("tessaly", True, "tessaly")],
        ),
        ("Belmar broke the 2008 agreement in 2010, the fishermen say.", [("belmar", False, "the fishermen")]),
    ],
)  # fmt: skip
def test_who_is_said_to_have_kept_or_broken_it_and_who_says_so(
    told: Told, text: str, told_of: list[tuple[str, bool, str | None]]
) -> None:
    (one,) = deals(told(text))
    assert [(each.party, each.kept, each.by) for each in one.told] == told_of
    disputed = {kept for _, kept, _ in told_of} == {True, False}
    assert (one.kept, one.broken_by) == ((None, ()) if disputed else (False, (told_of[0][0],)))


@pytest.mark.parametrize(
    ("rest", "purpose"),
    [
        ("cited the 2012 accord as proof that the port could be shared.", "as proof that the port could be shared"),
        ("pointed to the 2012 accord as a warning against open borders.", "as a warning against open borders"),
        ("invoked the 2012 accord in support of its claim to the islands.", "in support of its claim to the islands"),
        ("appealed to the 2012 accord.", None),
    ],
)
def test_what_it_is_invoked_for_reads_on_in_the_words_of_the_source(told: Told, rest: str, purpose: str | None) -> None:
    (one,) = deals(told(f"Belmar {rest}"))
    assert [(said.by, said.purpose) for said in one.invocations] == [("belmar", purpose)]


def test_the_accord_of_today_is_not_the_one_of_old(told: Told) -> None:
    (one,) = deals(
        told(
            "The 2011 truce was broken by Arden.\n\nThe envoys met again. They walked by the lake. Rain fell all day. "
            "Belmar kept the truce that was signed on Monday."
        )
    )
    assert [(each.party, each.kept) for each in one.told] == [("arden", False)]


def test_sides_are_those_named_and_else_those_who_hold_it_up(told: Told) -> None:
    (named,) = deals(told("Tessaly invoked the 2003 treaty between Arden and Belmar to demand the islands."))
    assert named.parties == ("arden", "belmar")
    (held_up,) = deals(told("Corvia broke the 2003 treaty. Arden invoked the treaty to demand the islands."))
    assert held_up.parties == ("corvia", "arden")
    (model,) = deals(told("Corvia broke the 2003 treaty. Arden invoked the treaty as a model for peace."))
    assert model.parties == ("corvia",)


@pytest.mark.parametrize(
    "text",
    [
        "The ministers discussed a draft treaty and a possible peace deal.",
        "Arden denied that it had broken the 2011 truce.",
        "If Belmar breaks the 2011 truce, war will follow.",
        "A treaty of 2031 is what Arden dreams of, and Corvia broke its promise.",
        "The 1990 census was wrong.",
        "Arden signed the 1994 accord in a hotel.",
    ],
)
def test_what_is_no_earlier_deal_with_a_fate(told: Told, text: str) -> None:
    assert deals(told(text)) == ()


def test_what_is_written_stands_and_reviews_are_laid_over_the_rest(told: Told) -> None:
    case = told("Belmar broke the 1994 accord. Arden tore up the 2007 pact.")
    written = Precedent(name="Accord of the lakes", parties=("arden", "belmar"), date=date(1994, 5, 1))
    first, second = deals(case.with_(precedents=(written,)))
    assert first == written, "the same year and parties: what somebody wrote down counts"
    at = datetime.fromisoformat("2026-04-01T12:00:00+00:00")
    review = Review(
        target=precedent_target(second), verdict="correct", by="ann", at=at, changes=(("broken_by", ["belmar"]),)
    )
    (_, now) = deals(case.with_(precedents=(written,), reviews=(review,)))
    assert (now.broken_by, now.by) == (("belmar",), "ann")
    gone = Review(target=precedent_target(second), verdict="reject", by="ann", at=at)
    assert deals(case.with_(precedents=(written,), reviews=(gone,))) == (written,)
