"""What a case suggests by itself: positions and moves read off its record; beside judged positions, only what is left open."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from winset.domain.actors import Party, slug
from winset.domain.case import Case
from winset.domain.estimates import Judgement
from winset.domain.positions import Position
from winset.domain.reviews import Review, judgement_target, statement_target
from winset.domain.statements import Statement
from winset.domain.vocabulary import Codebook
from winset.evidence import coding, fitting, reviewed
from winset.evidence.drafts import Draft
from winset.evidence.parties import states
from winset.services.progress import tell

if TYPE_CHECKING:
    from winset.evidence.stances import Stance


def judges_positions(case: Case) -> bool:
    """Whether somebody judged where a party stands."""
    return any(one.quantity == "position" for one in case.judgements)


def suggestions(case: Case) -> tuple[Judgement, ...]:
    """The positions that the record of a case suggests, as judgements, as they are to be reviewed, with learned scores: see
    `unreviewed`."""
    return unreviewed(case)[1].judgements


def unreviewed(case: Case) -> tuple[Case, Draft]:
    """The case with all that can be reviewed: as `drafted`, without the positions that it already holds, the reviews of statements
    laid over it; those of positions only teach the scores. For reviews only, never to compute with.

    Held is what was taken over, and what a judgement of the same party on the same issue already rests on; other words of that
    party on that issue stay open. Of a case whose issues somebody wrote down, only its own parties and issues.
    """
    of_statements = tuple(one for one in case.reviews if one.target.startswith(statement_target("")))
    laid = reviewed.lay(case.with_(reviews=of_statements))
    if not judges_positions(laid):
        return drafted(laid, case.reviews)
    known, found = _drafted_beside(laid, case.reviews)
    if own_issues(laid):
        known, found = laid, _of_own(laid, found)
    left = _not_held(case.judgements, found.judgements)
    return known.with_(judgements=laid.judgements + left), replace(found, judgements=left)


def unjudged(case: Case, until: date | None = None) -> Draft:
    """The positions up to a day, and all proposals, that the record suggests beside what people judged: positions of the case's own parties, on its own issues;
    where somebody judged that party on that issue, only what others say of it, foretell, or tell of the past. To be shown as
    suggestions; nothing is computed from them.

    Nothing where nobody judged a position: then `drafted` suggests all of them.
    """
    judged = {(one.party, one.issue) for one in case.judgements if one.quantity == "position"}
    if not judged:
        return Draft()
    found = _of_own(case, _drafted_beside(case, until=until)[1])
    under = tuple(one for one in found.judgements if (one.party, one.issue) in judged)
    return replace(
        found, waiting=_not_held(case.judgements, under),
        judgements=tuple(one for one in found.judgements if (one.party, one.issue) not in judged),
        positions=tuple(one for one in found.positions if one.voice != "own" or (one.party, one.issue) not in judged),
        stances=tuple(one for one in found.stances if one.voice != "own" or (one.party, one.issue) not in judged),
    )  # fmt: skip


def _not_held(held: Iterable[Judgement], suggested: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Of what is suggested that which was not taken over, and on whose words no judgement of the same party and issue rests."""
    held = tuple(held)
    targets = {judgement_target(one) for one in held}
    grounds = {
        (one.party, one.issue, g.statement) for one in held if one.quantity == "position" for g in one.grounds if g.statement
    }  # fmt: skip
    return tuple(
        one for one in suggested
        if judgement_target(one) not in targets
        and not any((one.party, one.issue, g.statement) in grounds for g in one.grounds)
    )  # fmt: skip


def _drafted_beside(
    case: Case, lessons: Iterable[Review] = (), until: date | None = None
) -> tuple[Case, Draft]:  # fmt: skip
    """As `drafted`, as if nobody had judged a position."""
    others = tuple(one for one in case.judgements if one.quantity != "position")
    return drafted(case.with_(judgements=others), lessons, until=until)


def _of_own(case: Case, found: Draft) -> Draft:
    """Of what is drafted the positions of the case's own parties on its own issues."""
    parties, issues = {one.id for one in case.parties}, {one.id for one in case.issues}

    def kept(one: "Judgement | Position | Stance") -> bool:
        return one.party in parties and one.issue in issues

    return replace(
        found, judgements=tuple(filter(kept, found.judgements)), positions=tuple(filter(kept, found.positions)),
        stances=tuple(filter(kept, found.stances)), moves=(), issues=(), seated=(), mediating=(), left_out=(), counted=(),
    )  # fmt: skip


def codebook_of(case: Case) -> Codebook:
    """The codes for a case: its own codebook, else those of its issues, else the packaged codebooks that fit what is said, with an issue
    for each unit in which else it bargains ("42 crowns a share")."""
    if case.codebook is not None:
        return case.codebook
    if own_issues(case):
        return coding.codebook_for(case)
    from winset.evidence import quantities  # as in `drafted`

    texts = {document.id: document.text for document in case.documents}
    said = [span.of(texts[one.doc]) for one in case.statements for span in one.content]
    fits = fitting.joined(fitting.fitting(said or texts.values()) or fitting.told(texts.values()))
    book = coding.codebook_for(case).joined(fits) if case.issues else fits
    return quantities.with_quantities(book, case.documents, case.statements)


def own_issues(case: Case) -> bool:
    """Whether somebody said what is at issue: issues that were only taken over because a record names them do not."""
    return any(one.codebook is None for one in case.issues)


def _about_bargaining(case: Case, statements: tuple[Statement, ...]) -> Case:
    """The case without the documents that are about something else, where nobody said yet what is at issue."""
    if case.codebook is not None or own_issues(case):
        return case.with_(statements=statements)
    documents = tuple(document for document in case.documents if fitting.bargains(document.text))
    kept = {document.id for document in documents}
    return case.with_(documents=documents, statements=tuple(one for one in statements if one.doc in kept))


def _upto(case: Case, statements: tuple[Statement, ...], until: date | None) -> tuple[Statement, ...]:
    """The statements made up to a day: on their own, else their document's; those of an unknown one too."""
    days = {one.id: one.date for one in case.documents}
    made = ((one, one.date.start if one.date else days[one.doc]) for one in statements)
    return tuple(one for one, day in made if until is None or day is None or day <= until)


def drafted(case: Case, lessons: Iterable[Review] = (), *, until: date | None = None) -> tuple[Case, Draft]:
    """The case with the parties, issues and positions that its own words suggest, and those suggestions by themselves.

    A case in which somebody judged a position, or without documents, stays as it is. Issues are those of the case
    and those that its codebook adds; without either, of the packaged codebooks, and then only documents that are about bargaining are looked at. Nothing is suggested that does not rest on exact words.
    Scores are learned from the case's reviews and from `lessons`, which are not laid over anything. With `until` positions are those
    that were taken up to that day, whenever it was reported.
    """
    if not case.documents or judges_positions(case):
        return case, Draft()
    lessons = tuple(lessons)
    read = Case(
        title=case.title, as_of=case.as_of, parties=case.parties, issues=case.issues, judgements=case.judgements,
        proposals=case.proposals, codebook=case.codebook, documents=case.documents, statements=case.statements,
    )  # fmt: skip
    key = (read, repr((case.reviews, lessons)), until)  # reviews hold values of all kinds
    drawn = _DRAWN.get(key)
    if drawn is None:
        drawn = _drawn(read.with_(reviews=case.reviews), lessons, until)
        if len(case.statements) <= SMALL:
            _DRAWN[key] = drawn
            for old in list(_DRAWN)[:-KEPT]:
                _DRAWN.pop(old, None)
    known, found = drawn
    return (
        replace(
            case, parties=known.parties, statements=known.statements, issues=known.issues, judgements=known.judgements,
            proposals=known.proposals,
        ),
        found,
    )  # fmt: skip


KEPT, SMALL = 4, 2_000
"""Drafts that are kept, and the statements of a record up to which one is: a page asks for the one that another asked for before it."""
_DRAWN: dict[tuple[Case, str, date | None], tuple[Case, Draft]] = {}


def _drawn(case: Case, lessons: tuple[Review, ...], until: date | None) -> tuple[Case, Draft]:
    """As `drafted`, of what of a case the answer rests on."""
    # load what reads sentences, which a case without a record, or judged throughout, need not wait for
    from winset.evidence import speaking_for
    from winset.evidence.cast import cast
    from winset.evidence.drafting import draft
    from winset.services.kept_meanings import common

    tell("looking for the parties")
    found_sides, statements = speaking_for.heard(case.documents, case.statements, case.parties)
    heard = _upto(case, statements, until)
    shown = dict.fromkeys(one.speaker.party for one in heard)
    known = {party.id for party in case.parties}
    by_id = {party.id: party for party in found_sides.parties if party.id not in known}
    unlisted = tuple(by_id[id] for id in shown if id in by_id)
    parties = cast(heard, (*case.parties, *unlisted))
    tell("choosing what is at issue")
    about = _about_bargaining(case, statements)
    codebook = codebook_of(about)
    tell("reading where each party stands")
    given = case.codebook is not None or own_issues(case)
    found = draft(
        about.documents, about.statements, found_sides, codebook, case.reviews, case.proposals, lessons, until, common(), given
    )  # fmt: skip
    common().keep()
    names = {slug(state): state for state in states().values()} | {one.id: one.name for one in found_sides.parties}
    there = {party.id for party in parties}
    listed = {issue.id for issue in case.issues}
    issues = (*case.issues, *(issue for issue in found.issues if issue.id not in listed))
    plans = case.with_(proposals=found.proposals).until(until).proposals
    spoken_of = dict.fromkeys(
        [
            *found.seated,
            *found.left_out,
            *(one.party for one in found.positions),
            *(author for one in plans for author in one.everybody),
            *(answer.party for one in plans for answer in one.acceptances),
        ]
    )
    more = tuple(Party(id=id, name=names.get(id, id)) for id in spoken_of if id not in there)
    return (
        replace(
            case, parties=(*parties, *more), statements=statements, issues=issues,
            judgements=case.judgements + found.judgements, proposals=found.proposals or case.proposals,
        ),
        found,
    )  # fmt: skip
