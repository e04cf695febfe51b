"""Parties that change in mid-case: one that the record does not name, another name, or two that turn out to be one; positions, reviews
and history stay with them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from winset.domain.actors import Party, Person, slug
from winset.domain.case import Case
from winset.domain.plain.actors import party_to
from winset.domain.reviews import Review
from winset.domain.statements import Statement
from winset.errors import UsageError
from winset.services import cases, taking_over
from winset.services.drafting import drafted
from winset.services.sources import load_case, reviewed_case
from winset.store.casefile import CaseFile

LONGEST_NAME = 300


def add(path: Path, name: str, aliases: Sequence[str] = ()) -> dict[str, Any]:
    """Writes down a party that the record does not name, with the parties and issues that suggested positions rest on, as one
    operation that can be undone. Raises UsageError for a name that is none or that a party has already."""
    made = new(path, name, aliases)
    before = taking_over.beside_party(path)
    at = cases.now()
    with CaseFile.open(path, at=at) as file:
        file.put(
            "parties", party_to(made), at=at, author=cases.author(), before=before, label=f"added {made.name}"[:300]
        )
    return {"party": made.id, "name": made.name, "aliases": list(made.aliases), "moved": [], "unsettled": []}


def new(path: Path, name: str, aliases: Sequence[str] = ()) -> Party:
    """A party of this name with an id of its own; nothing is written. Raises as `add`."""
    called = _fitting(name)
    known = _known(path, load_case(path))
    others = _unique((_fitting(one) for one in aliases), called)
    for one in (called, *others):
        taken = next(
            (p for p in known.values() if one.casefold() in {n.casefold() for n in (p.name, *p.aliases)}), None
        )
        if taken is not None:
            raise UsageError(f"{one!r} is there already: {taken.name}, whose id is {taken.id}")
    id, number = slug(called), 2
    while id in known:
        id, number = f"{slug(called)}-{number}", number + 1
    return Party(id=id, name=called, aliases=others)


def _fitting(name: str) -> str:
    called = " ".join(name.split())
    if not 0 < len(called) <= LONGEST_NAME:
        raise UsageError(f"a party's name has 1 to {LONGEST_NAME} characters, not {len(called)}")
    return called


def rename(path: Path, id: str, name: str) -> dict[str, Any]:
    """Gives a party another name. Its id stays, so that everything said and judged stays with it; the old name becomes an alias,
    by which older articles are still understood. Raises UsageError for an unknown party or a name that another has."""
    name = _fitting(name)
    case = load_case(path)
    known = _known(path, case)
    party = _one(known, id)
    other = next((one for one in known.values() if one.id != id and name in (one.name, *one.aliases)), None)
    if other is not None:
        raise UsageError(f"{name!r} is {other.id} already; `winset party merge` makes them one")
    made = replace(party, name=name, aliases=_unique((*party.aliases, party.name), name))
    _write(path, _with(case, made), f"renamed {id} to {name}")
    return {"party": id, "name": name, "aliases": list(made.aliases), "moved": [], "unsettled": []}


def merge(path: Path, keep: str, drop: str) -> dict[str, Any]:
    """Makes two parties one: whatever names `drop` names `keep` from now on, `drop`'s names become aliases of `keep`.

    One operation that can be undone. What both judged or said of one day stays visible as a range. A review of a judgement that
    `keep` has a review of as well is kept and not in force. Raises UsageError for an unknown party.
    """
    if keep == drop:
        raise UsageError("a party is merged into another, not into itself")
    case = load_case(path)
    known = _known(path, case)
    into, gone = _one(known, keep), _one(known, drop)
    made = replace(
        into, aliases=_unique((*into.aliases, gone.name, *gone.aliases), into.name), people=_people(into, gone)
    )
    reviews, moved, unsettled = _reviews(case.reviews, keep, drop)
    after = _with(_renamed(case, keep, drop), made).with_(reviews=reviews)
    _write(path, after, f"merged {drop} into {keep}")
    return {
        "party": keep, "name": made.name, "aliases": list(made.aliases),
        "moved": [{"from": a, "to": b} for a, b in moved],
        "unsettled": [{"target": target, "why": why} for target, why in unsettled],
    }  # fmt: skip


def _known(path: Path, case: Case) -> dict[str, Party]:
    """The parties of the case and those that its record suggests."""
    return {one.id: one for one in (*drafted(reviewed_case(path))[0].parties, *case.parties)}


def _one(known: dict[str, Party], id: str) -> Party:
    if id not in known:
        raise UsageError(f"no party {id!r} in this case; there are {', '.join(list(known)[:20]) or 'none'}")
    return known[id]


def _unique(names: Iterable[str], apart_from: str) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(names) if one != apart_from)


def _people(into: Party, gone: Party) -> tuple[Person, ...]:
    had = {one.name for one in into.people}
    return (*into.people, *(one for one in gone.people if one.name not in had))


def _with(case: Case, party: Party) -> Case:
    """With the party in its place, or at the end where the case only suggested it."""
    if any(one.id == party.id for one in case.parties):
        return case.with_(parties=tuple(party if one.id == party.id else one for one in case.parties))
    return case.with_(parties=(*case.parties, party))


def _write(path: Path, case: Case, label: str) -> None:
    at = cases.now()
    with CaseFile.open(path, at=at) as file:
        file.replace(case, at=at, author=cases.author(), label=label[:300])


def _renamed(case: Case, keep: str, drop: str) -> Case:
    """Every record that names `drop` names `keep`."""

    def it(id: str | None) -> str | None:
        return keep if id == drop else id

    def ids(each: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(keep if one == drop else one for one in each))

    def statement(one: Statement) -> Statement:
        voice = one.speaker
        if drop not in (voice.party, one.about, *voice.members):
            return one
        return replace(
            one, about=it(one.about), speaker=replace(voice, party=it(voice.party), members=ids(voice.members))
        )

    return case.with_(
        parties=tuple(one for one in case.parties if one.id != drop),
        tables=tuple(replace(one, seats=ids(one.seats), must_sign=ids(one.must_sign)) for one in case.tables),
        judgements=tuple(replace(one, party=keep) if one.party == drop else one for one in case.judgements),
        ratifiers=tuple(replace(one, party=keep) if one.party == drop else one for one in case.ratifiers),
        relations=tuple(
            replace(one, of=it(one.of) or "", to=it(one.to) or "")
            for one in case.relations if {one.of, one.to} != {keep, drop}
        ),
        proposals=tuple(
            replace(
                one, author=it(one.author), mediator=it(one.mediator),
                acceptances=tuple(replace(each, party=it(each.party) or "") for each in one.acceptances),
            )
            for one in case.proposals
        ),
        precedents=tuple(
            replace(
                one, parties=ids(one.parties), broken_by=ids(one.broken_by), invoked_by=ids(one.invoked_by),
                invocations=tuple(replace(each, by=it(each.by) or "") for each in one.invocations),
            )
            for one in case.precedents
        ),
        statements=tuple(statement(one) for one in case.statements),
    )  # fmt: skip


def _reviews(
    reviews: Iterable[Review], keep: str, drop: str
) -> tuple[tuple[Review, ...], list[tuple[str, str]], list[tuple[str, str]]]:
    """The reviews with their targets on `keep`; (before, now) of those that moved; (target, why) of those not in force."""
    held = tuple(reviews)
    taken = {one.target for one in held}
    found, moved, unsettled = [], [], []
    for one in held:
        quantity, colon, rest = one.target.partition(":")
        if quantity != "statement" and colon and rest.startswith(f"{drop}/"):
            target = f"{quantity}:{keep}/{rest.removeprefix(f'{drop}/')}"
            if target in taken:
                why = f"{drop} is {keep} now, where {target} has a review of its own, which counts"
                one = replace(one, unsettled=why)
                unsettled.append((one.target, why))
            else:
                taken.add(target)
                moved.append((one.target, target))
                one = replace(one, target=target, made_on=one.made_on or one.target)
        elif quantity == "statement" and one.verdict == "correct":
            one = _corrected(one, keep, drop)
        found.append(one)
    return tuple(found), moved, unsettled


def _corrected(review: Review, keep: str, drop: str) -> Review:
    """A correction that says that somebody speaks for, or of, `drop`."""

    def it(value: object) -> object:
        if isinstance(value, dict):
            return {key: keep if key == "party" and one == drop else one for key, one in value.items()}
        return value

    changes = tuple((key, keep if key == "about" and value == drop else it(value)) for key, value in review.changes)
    return review if changes == review.changes else replace(review, changes=changes)
