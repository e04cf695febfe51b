"""A case drafted from the record alone: issues, positions, moves, who is at the table; all of it suggestions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from winset.domain.actors import Party
from winset.domain.estimates import Estimate, Judgement
from winset.domain.issues import Issue
from winset.domain.positions import Move, Position
from winset.domain.reviews import Review, judgement_target
from winset.domain.statements import Statement
from winset.domain.terms import Proposal
from winset.domain.text import Document, Grounds, Span
from winset.domain.vocabulary import Codebook
from winset.evidence import (
    accepted,
    fitting,
    holders,
    ledger,
    naming,
    narrated,
    proposals,
    quantities,
    ranking,
    retreats,
    reviewed,
    shelved,
    sides,
    tellings,
    timeline,
    unphrased,
    weights,
    without_saying,
)
from winset.evidence.accepted import Taken
from winset.evidence.carried_out import DEED
from winset.evidence.drafts import Draft
from winset.evidence.likeness import likeness_to
from winset.evidence.parties import names_of
from winset.evidence.plan_offers import Offered
from winset.evidence.repeats import fold
from winset.evidence.seating import at_the_table
from winset.evidence.stances import Stance, StanceReader
from winset.evidence.whose import Place
from winset.language.meaning import Meanings

BY = "reader 1"
LARGE = 20_000  # statements of a record beyond which only phrases are looked for: likeness takes some 2 ms a clause
_Heard = tuple[
    Document, list[Place], list[Stance], list[Statement]
]  # with where it names parties, its stances and sayings
SAME_DAYS = 3  # within which two tellings of one party's giving something up are one


def draft(
    documents: Sequence[Document], statements: Sequence[Statement], found: sides.Sides, codebook: Codebook,
    reviews: Iterable[Review] = (), written: Sequence[Proposal] = (),
    lessons: Iterable[Review] = (), until: date | None = None, meanings: Meanings | None = None, given: bool = False,
) -> Draft:  # fmt: skip
    """Every stance of the record by this codebook, as positions over time, and the moves that they amount to.

    A party's own positions are suggested as judgements; what `reviews` decide about these is laid over them. What parties
    accept of proposals, those `written` down by somebody among them, is theirs too, unless a saying of the same words shows it.
    Scores are learned from these and from `lessons`, which are not laid over anything. With `until` what was said after that day
    neither is, strengthens nor ends a position, and is no move.
    What no phrase matches is read by likeness where `meanings` are given and the record bargains throughout, or somebody said what
    is at issue (`given`).
    """
    names = names_of(found.parties)
    by_id = {document.id: document for document in documents}
    days = {one.id: _day(one, by_id[one.doc]) for one in statements}
    also = fold(documents, sorted(statements, key=lambda one: days[one.id] or date.max))
    again = {id for group in also.values() for id in group}
    seated, left_out, mediating = at_the_table(documents, names)
    read = _stances(
        documents,
        statements,
        found,
        StanceReader(codebook),
        names,
        again,
        days,
        codebook,
        meanings,
        given,
    )
    stances = _of_parties_that_bargain(list(read), seated)
    asked = [stance for stance in stances if stance.stand != "drops"]
    of_ground = {(one.grounds, one.party, one.issue): one for one in asked if one.voice == "own"}
    verdicts = reviewed.latest(reviews)
    suggested = [(one, judged(one, days[one.statement])) for one in asked if one.voice == "own"]
    ranks = ranking.ranked(suggested, {**reviewed.latest(lessons), **verdicts})
    plans = proposals.read(
        documents, statements, found, StanceReader(codebook), seated, again, written,
        [Offered(one.party, one.issue, one.value.best, days[one.statement]) for one in asked if one.voice == "own"],
    )  # fmt: skip
    laid = reviewed.laid_proposals(plans.proposals, verdicts)
    points = {(issue.id, one.value): one.label for issue in codebook.issues for one in issue.points}
    follows = _beside(
        accepted.taken(laid, {party.id for party in found.parties} | {*names.values()}, points), asked
    )  # fmt: skip
    judgements = tuple(
        timeline.upto(
            reviewed.laid(
                _once([*ranks.judgements, *(one.judgement for one in follows if one.position.voice == "own")]), verdicts
            ),
            until,
        )
    )
    on_condition = {
        (one.position.grounds[0], one.position.party, one.position.issue): one.position.condition
        for one in follows if one.position.grounds
    }  # fmt: skip

    def condition(judgement: Judgement) -> str | None:
        keys = [(ground, judgement.party, judgement.issue or "") for ground in judgement.grounds]
        each = [of_ground.get(key) for key in keys]
        told = next((one.condition for one in each if one is not None), None)
        return told or next((said for key in keys[:1] if (said := on_condition.get(key))), None)

    gone = {
        key: [day for day in each if until is None or day <= until] for key, each in _given_up(stances, days).items()
    }
    because = {
        (ground, one.position.party, one.position.issue): one.position.why
        for one in follows
        for ground in one.position.grounds
    }
    word = _word(statements, found.parties, seated, verdicts)

    def of_judgement(judgement: Judgement) -> float:
        return max((word(ground.statement, judgement.party) for ground in judgement.grounds), default=1.0)

    own = [
        _with_reasons(_ended(position, gone), of_ground, because)
        for position in timeline.histories(judgements, condition, of_judgement)
    ]
    told = [
        *(
            _position(stance, days[stance.statement], word(stance.grounds.statement, stance.party))
            for stance in asked if stance.voice != "own"
        ),
        *(one.position for one in follows if one.position.voice != "own"),
    ]  # fmt: skip
    others = _in_succession(one for one in told if until is None or one.valid_from is None or one.valid_from <= until)
    known = {stance.issue for stance in stances} | {issue for one in laid for issue, _ in one.terms}
    issues = tuple(replace(issue.issue(), codebook=codebook.id) for issue in codebook.issues if issue.id in known)
    dropped = [*_dropped(stances, days, seated), *_come_from(asked, days, seated, own, issues)]
    general = retreats.general(statements, by_id, found, own, days)
    moved = [*ledger.moves((*own, *others), issues), *dropped, *general]
    named = _unlike(
        retreats.named(statements, documents, found, days, moved, seated), dropped, by_id, StanceReader(codebook)
    )
    words = tellings.tellings(statements, documents)
    moves = ledger.upto(tellings.told(ledger.answered([*moved, *named]), words), until)
    return Draft(
        issues=issues, judgements=judgements, positions=(*own, *others), moves=moves, seated=seated, left_out=left_out,
        mediating=mediating, stances=tuple(stances), also=also, learned=ranks.verdicts, differ_by=ranks.differ_by,
        proposals=laid, unresolved=plans.unresolved,
        counted=tuple(issue.question for issue in codebook.issues if issue.id in known and issue.counts == quantities.COUNTS),
    )  # fmt: skip


def _once(suggested: Iterable[Judgement]) -> list[Judgement]:
    """The first of each target: a review of one would be laid over both."""
    found: dict[str, Judgement] = {}
    for one in suggested:
        found.setdefault(judgement_target(one), one)
    return list(found.values())


def _beside(follows: Iterable[Taken], asked: Iterable[Stance]) -> list[Taken]:
    """What follows from proposals and no stance shows already: none of the same party on the same issue in the same words."""
    shown: dict[tuple[str, str, str], list[Span]] = {}
    for one in asked:
        shown.setdefault((one.party, one.issue, one.grounds.doc), []).extend((*one.grounds.spans, Span(*one.words)))
    return [
        one for one in follows
        if not any(
            span.overlaps(other)
            for ground in one.position.grounds[:1]
            for other in shown.get((one.position.party, one.position.issue, ground.doc), ())
            for span in ground.spans
        )
    ]  # fmt: skip


def _stances(
    documents: Sequence[Document], statements: Sequence[Statement], found: sides.Sides, reader: StanceReader,
    names: Mapping[str, str], again: set[str], days: dict[str, date | None],
    codebook: Codebook, meanings: Meanings | None, given: bool,
) -> Iterable[Stance]:  # fmt: skip
    """The stances of the record in its order, repeats left out; `days` learns those of sentences that are no statement."""
    each: dict[str, list[Statement]] = {document.id: [] for document in documents}
    for one in statements:
        each[one.doc].append(one)
    people = holders.People(found.people)
    heard: list[_Heard] = []
    for document in documents:
        places = found.places.get(document.id, ())
        # "Reik has offered": what she offers, her party does
        subjects = sorted({*places, *people.named(document.text)})
        unrecorded = list(narrated.narrated(document, each[document.id], subjects, naming.subject))
        said = sorted((*each[document.id], *unrecorded), key=lambda s: min(span.start for span in s.content))
        known = [
            stance for one in said if one.id not in again
            for author in _each_author(one, names) for stance in reader.read(author, document, subjects)
        ]  # fmt: skip
        told = list(without_saying.told(document, said, subjects, naming.subject))
        days.update({one.id: document.date for one in (*unrecorded, *told)})
        heard.append((document, subjects, known, [one for one in (*said, *told) if one.id not in again]))
    wanted = {document.id for document, *_ in heard if given or fitting.bargains(document.text, fitting.THROUGHOUT)}
    likewise = _likewise(codebook, meanings, heard) if wanted else None
    if likewise is not None and not given:
        own = [(document, said, places, known) for document, places, known, said in heard if document.id in wanted]
        likewise.least = unphrased.least(likewise.fit(own))
    found_so_far: list[Stance] = []
    for document, subjects, known, said in heard:
        more: list[Stance] = []
        if likewise is not None and document.id in wanted:
            more = likewise.stances(document, said, subjects, known, lambda one: _each_author(one, names))
            nobodys = list(shelved.told(document, said, subjects))
            days.update({one.id: document.date for one in nobodys})
            gone = likewise.stances(document, nobodys, subjects, known, lambda one: (one,))
            if gone:
                more += shelved.with_whose(gone, nobodys, [*found_so_far, *known, *more], days)
        here = sorted((*known, *more), key=lambda one: one.words[0])
        found_so_far += here
        yield from here


def _likewise(codebook: Codebook, meanings: Meanings | None, heard: Sequence[_Heard]) -> unphrased.Unphrased | None:
    """What reads the stances that phrases miss."""
    if meanings is None or not codebook.issues or sum(len(said) for *_, said in heard) > LARGE:
        return None
    return unphrased.Unphrased(likeness_to(codebook, meanings), [document.text for document, *_ in heard])


def _of_parties_that_bargain(found: Sequence[Stance], seated: Sequence[str]) -> list[Stance]:
    """Without the deeds of those who ask for nothing and sit at no table: what they do is news, and no step of a negotiation."""
    bargaining = {*seated, *(one.party for one in found if DEED not in one.why and one.voice == "own")}
    return [one for one in found if DEED not in one.why or one.party in bargaining]


def _given_up(found: Iterable[Stance], days: Mapping[str, date | None]) -> dict[tuple[str, str], list[date]]:
    """Party and issue -> the days from which it no longer asks for what it asked for."""
    gone: dict[tuple[str, str], list[date]] = {}
    for one in found:
        day = days[one.statement]
        if one.stand == "drops" and one.voice in ("own", "ascribed") and day is not None:
            gone.setdefault((one.party, one.issue), []).append(day)
    return gone


def _ended(position: Position, gone: Mapping[tuple[str, str], Sequence[date]]) -> Position:
    """A position holds until the day on which it is given up."""
    start = position.valid_from or date.min
    days = [
        day for day in gone.get((position.party, position.issue), ())
        if start < day and (position.valid_to is None or day <= position.valid_to)
    ]  # fmt: skip
    return replace(position, valid_to=min(days) - timedelta(days=1)) if days else position


def _each_author(statement: Statement, names: Mapping[str, str]) -> Iterable[Statement]:
    """The statement as each of its authors says it: a joint statement binds every party among them, and no person of no party."""
    parties = set(names.values())
    members = [id for one in statement.speaker.members if (id := names.get(one.lower(), one)) in parties]
    if not members:
        return (statement,)
    return (replace(statement, speaker=replace(statement.speaker, party=one, members=())) for one in members)


def _day(statement: Statement, document: Document) -> date | None:
    return statement.date.start if statement.date else document.date


def judged(stance: Stance, day: date | None) -> Judgement:
    """A party's own stance as a suggested judgement."""
    return Judgement(
        quantity="position", party=stance.party, issue=stance.issue, value=stance.value, by=BY, as_of=day,
        grounds=(stance.grounds,), score=stance.score, note="; ".join(stance.why),
    )  # fmt: skip


def _with_reasons(
    position: Position, stances: Mapping[tuple[Grounds, str, str], Stance],
    because: Mapping[tuple[Grounds, str, str], tuple[str, ...]],
) -> Position:  # fmt: skip
    """With the reasons of the statements and proposals that it rests on."""
    keys = [(ground, position.party, position.issue) for ground in position.grounds]
    same = (stances.get(key) for key in keys)
    said = [reason for one in same if one for reason in one.why]
    said += [reason for key in keys for reason in because.get(key, ())]
    return replace(position, why=position.why + tuple(dict.fromkeys(said)))


def _in_succession(positions: Iterable[Position]) -> list[Position]:
    """What others say of a party: each holds until the same voice says something else of it; undated ones stay apart."""
    lines: dict[tuple[str, str, str, str | None], list[Position]] = {}
    for one in positions:
        lines.setdefault((one.party, one.issue, one.voice, one.ascribed_by), []).append(one)
    return [
        one for line in lines.values()
        for one in (
            *(p for p in line if p.valid_from is None),
            *timeline.succession(sorted((p for p in line if p.valid_from), key=lambda p: p.valid_from or date.min)),
        )
    ]  # fmt: skip


def _word(
    statements: Sequence[Statement], parties: Sequence[Party], seated: Sequence[str], verdicts: Mapping[str, Review]
) -> Callable[[str | None, str], float]:
    """Statement and party -> what the word of its source is worth on where that party stands; an unrecorded one's the whole."""
    by_id = {one.id: one for one in statements}
    ids = {one.id for one in parties}
    records = weights.records(statements, verdicts)

    def word(statement: str | None, party: str) -> float:
        said = by_id.get(statement or "")
        if said is None:
            return 1.0
        record = records.get(weights.voice_of(said.speaker))
        return weights.weigh(said, party, parties=ids, seated=seated, record=record).word

    return word


def _position(stance: Stance, day: date | None, word: float) -> Position:
    if stance.past is not None:
        day = stance.past.day
    return Position(
        party=stance.party, issue=stance.issue, value=stance.value, voice=stance.voice, valid_from=day,
        ascribed_by=stance.ascribed_by, condition=stance.condition, score=stance.score * word, grounds=(stance.grounds,),
        why=stance.why, by=BY,
    )  # fmt: skip


def _dropped(found: Iterable[Stance], days: Mapping[str, date | None], seated: Sequence[str]) -> list[Move]:
    """What parties gave up, one line a party, issue and day; toward whom is known where two are at the table."""
    moves: dict[tuple[str, str, date | None], Move] = {}
    for one in found:
        if one.stand != "drops" or one.voice not in ("own", "ascribed"):
            continue
        key = one.party, one.issue, days[one.statement]
        if key in moves:
            moves[key] = replace(moves[key], grounds=(*moves[key].grounds, one.grounds))
            continue
        across = [party for party in seated if party != one.party]
        value: Estimate = one.value
        moves[key] = Move(
            id=f"d{len(moves) + 1}", party=one.party, issue=one.issue, start=value.best, end=None, date=key[2],
            toward=across[0] if len(across) == 1 else None,
            status="conditional" if one.condition else "spent" if one.spent else "offered",
            grounds=(one.grounds,), score=one.score, why=one.why,
        )  # fmt: skip
    return list(moves.values())


def _come_from(
    asked: Iterable[Stance], days: Mapping[str, date | None], seated: Sequence[str], own: Sequence[Position],
    issues: Sequence[Issue],
) -> list[Move]:  # fmt: skip
    """Changes whose words tell where they began ("from 9 to 6.5 per cent"), where no earlier position of the party is known."""
    ends, stated = ledger.scales(own, issues), {issue.id: issue.bounds for issue in issues}
    found: dict[tuple[str, str, date | None], Move] = {}
    for one in asked:
        day, key = days[one.statement], (one.party, one.issue, days[one.statement])
        if (
            one.since is None
            or one.voice not in ("own", "ascribed")
            or one.issue not in ends
            or one.since == one.value.best
        ):
            continue
        low, high = ends[one.issue]
        known = any(
            p.party == one.party and p.issue == one.issue and p.voice == "own"
            and (p.valid_from is None or day is None or p.valid_from < day) for p in own
        )  # fmt: skip
        least, most = stated[one.issue] or (low, high)
        if known or key in found or not least <= one.since <= most:
            continue
        low, high = min(low, one.since), max(high, one.since)
        across = [party for party in seated if party != one.party]
        size = abs(one.value.best - one.since)
        found[key] = Move(
            id=f"c{len(found) + 1}", party=one.party, issue=one.issue, start=one.since, end=one.value.best, date=day,
            toward=across[0] if len(across) == 1 else None, status="conditional" if one.condition else "offered",
            grounds=(one.grounds,), score=one.score, size=size, share=size / (high - low),
            why=(*one.why, f"its words tell that it comes from {one.since:g}"),
        )  # fmt: skip
    return list(found.values())


def _unlike(
    named: Iterable[Move], dropped: Sequence[Move], documents: Mapping[str, Document], reader: StanceReader
) -> list[Move]:  # fmt: skip
    """Demands given up on no issue, but for those whose words speak of an issue that the party gives up within the same days."""
    found = []
    for one in named:
        words = " ".join(span.of(documents[g.doc].text) for g in one.grounds for span in g.spans)
        issues = reader.spoken_of(words)
        if not any(
            other.party == one.party
            and other.issue in issues
            and one.date
            and other.date
            and abs((one.date - other.date).days) <= SAME_DAYS
            for other in dropped
        ):
            found.append(one)
    return found
