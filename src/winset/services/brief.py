"""The brief of a case, or of articles straight from their files."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Any

from winset import __version__
from winset.domain.case import Case
from winset.domain.positions import Position
from winset.domain.runs import Run
from winset.domain.statements import Statement
from winset.errors import UsageError, WinsetError
from winset.evidence import ledger, reviewed, sentences, tellings, timeline
from winset.evidence.cast import cast
from winset.evidence.drafts import Draft
from winset.evidence.inducements import inducements
from winset.evidence.parties import names_of
from winset.evidence.ranking import LEAST
from winset.evidence.repeats import differences, fold
from winset.language.annotation import Annotator
from winset.reading.limits import Limits
from winset.report.blocks import Chart, Report
from winset.report.brief import comments, compose, contract
from winset.report.brief.content import Brief, Repeat
from winset.report.long_names import shortened
from winset.report.words import count, several
from winset.services import alignment, cases, difference, files, reading
from winset.services import attention as heard
from winset.services import pointers as words
from winset.services import precedents as told_of
from winset.services import proposals as plans
from winset.services.brief_doubts import doubts
from winset.services.drafting import drafted, judges_positions, unjudged
from winset.services.extraction import read_statements
from winset.services.positions import beside_today
from winset.services.sources import is_case_file, load_case
from winset.services.table import at_table

if TYPE_CHECKING:
    from winset.models.bargaining.deals import Deals

CASE_ENDINGS = (".winset", ".json")


def gather(
    sources: tuple[str, ...],
    *,
    annotator: Annotator | None,
    note: Callable[[str], None],
    limits: Limits | None = None,
    charset: str | None = None,
    progress: Callable[[int], Callable[[int], None]] = lambda total: lambda done: None,
) -> tuple[Case, tuple[tuple[str, str], ...]]:
    """A case from case files and articles together, and what was set aside: (file, reason).

    `progress` is told how many articles there are and gives what hears how many are done.
    """
    case = Case()
    articles: list[str] = []
    for source in sources:
        if _names_case(source):
            if case.documents or case.parties:
                note(f"{source}: only one case can be briefed at a time; the first is used")
                continue
            case = load_case(Path(source))
        else:
            articles.append(source)
    documents, statements = list(case.documents), list(case.statements)
    aside = []
    ids = files.Ids({document.id for document in documents})
    found = list(files.sources(tuple(articles), note))
    done = progress(len(found))
    read = reading.read_sources(found, limits=limits, charset=charset, ids=ids)
    for finished, one in enumerate(read_statements(read, annotator, case.parties), 1):
        done(finished)
        if isinstance(one, reading.SetAside):
            aside.append((one.file or one.doc, one.reason))
        else:
            documents.append(one.document)
            statements += one.statements
    whole = replace(case, documents=tuple(documents), statements=tuple(statements))
    if judges_positions(case):  # where positions are drafted, so are the parties
        whole = replace(whole, parties=cast(statements, case.parties))
    return whole, tuple(aside)


def _names_case(source: str) -> bool:
    """Whether a case is meant: one that lies there, or one by its ending that does not, which is no article set aside."""
    path = Path(source)
    by_ending = source.endswith(CASE_ENDINGS) and not path.is_dir() and (path.is_file() or not has_magic(source))
    return by_ending or is_case_file(path)


def _title(case: Case) -> str:
    """What a case without a title is about: its only document, else the parties that say most, else how much was read."""
    if len(case.documents) == 1 and case.documents[0].title:
        return case.documents[0].title
    said = Counter(statement.speaker.party for statement in case.statements)
    names = [one.name for one in sorted(case.parties, key=lambda party: -said[party.id]) if said[one.id]]
    if len(names) > 3:
        names = [*names[:2], count(len(names) - 2, "other")]
    if len(names) > 1:
        return several(names)
    read = count(len(case.documents), "article")
    return f"{names[0]}, in {read}" if names else read if case.documents else case.title


def brief(
    case: Case, *, as_of: date | None = None, since: date | None = None, aside: tuple[tuple[str, str], ...] = ()
) -> Brief:
    """What a brief of `case` holds as of a date: the case's, else the last date of its documents. What was reported or judged after
    a day that is asked for, or that is the case's, is left out and counted."""
    reviews = reviewed.latest(case.reviews)
    cut = as_of or case.as_of  # the last on record is no cut
    whole = reviewed.lay(case)
    known = shortened(whole.until(cut))
    case, suggested = drafted(known)
    if case.title == Case().title:
        case = replace(case, title=_title(case))
    beside = unjudged(case) if suggested == Draft() else Draft()
    dates = [document.date for document in case.documents if document.date]
    judged = [one.as_of for one in case.judgements if one.as_of]  # a table of positions has days, but no documents
    at = as_of or case.as_of or max(dates or judged, default=None)
    repeats = fold(case.documents, case.statements)
    by_id = {statement.id: statement for statement in case.statements}
    folded = {id for group in repeats.values() for id in group}
    seated = case.seats(at) or suggested.seated
    there = {*seated, *suggested.mediating}
    positions = suggested.positions or timeline.histories(case.judgements)
    moves = ledger.upto(suggested.moves, cut) or tellings.told(
        ledger.moves(positions, case.issues, judgements=case.judgements, until=cut),
        tellings.tellings(case.statements, case.documents),
    )
    deals, solved, space, why_not = _deals(case, at)
    patience, why_unknown = _patience(case, at)
    table = at_table(case, at)
    found = doubts(case, at)
    pointed = words.of_case(case)
    return Brief(
        case=case,
        as_of=at,
        since=since,
        statements=tuple(statement for statement in case.statements if statement.id not in folded),
        also={id: tuple(_repeat(by_id[id], by_id[one], case) for one in group) for id, group in repeats.items()},
        sentences={
            document.id: tuple(
                sentence
                for paragraph in sentences.paragraphs(document.text)
                for sentence in sentences.sentences(document.text, paragraph)
            )
            for document in case.documents
        },
        seated=frozenset(there if seated else ()),
        absent=tuple(
            party.id for party in case.parties if (party.id not in there if seated else party.id in suggested.left_out)
        ),
        positions=positions,
        beside=beside.positions,
        moves=tuple(move for move in moves if since is None or (move.date and move.date > since)),
        inducements=tuple(
            one
            for one in inducements(
                case.documents,
                case.statements,
                names_of(case.parties),
                seated=seated,
                dealt_with={
                    g.statement for each in (positions, moves) for one in each for g in one.grounds if g.statement
                },
            )
            if (since is None or (one.date and one.date > since))
            and (cut is None or one.date is None or one.date <= cut)
        ),
        proposals=plans.of_case(case, suggested if suggested != Draft() else beside, at),
        pointers=tuple(one for one in pointed if at is None or one.date is None or one.date <= at),
        attention=heard.of_case(case, at, pointed, suggested if suggested != Draft() else None)
        if case.statements
        else None,
        changes=difference.since_day(case, suggested, positions, since, at) if since else None,
        precedents=tuple(beside_today(told_of.with_precedents(case), positions, at)),
        alignment=alignment.of_case(case, at=at) if positions else None,
        alignment_then=alignment.of_case(case, at=since) if positions and since else None,
        suggested=tuple(one for one in (*suggested.judgements, *beside.judgements) if one.suggested),
        deals=deals,
        solved=solved,
        deal_space=space,
        patience=patience,
        doubts=found,
        forecasts=found.ledger,
        collective=table.collective,
        power=table.power,
        placed=table.placed,
        leverage=table.leverage,
        assumptions=(deals.assumptions if deals else ())
        + (patience.assumptions if patience else ())
        + table.assumptions,
        gaps=_later(whole, known, cut) + _gaps(case, positions, suggested) + why_not + why_unknown + table.gaps,
        set_aside=aside,
        reviews=reviews,
        comments=comments.about(case.comments),
    )


def _repeat(first: Statement, again: Statement, case: Case) -> Repeat:
    """A repeat with what it tells otherwise than the first telling."""
    texts = {one.id: one.text for one in case.documents if one.id in (first.doc, again.doc)}
    differs = differences(first, again, texts)
    voice = again.speaker
    return Repeat(
        doc=again.doc, statement=again.id, differs=differs,
        speaker=(voice.name or voice.description) if "speaker" in differs else None,
    )  # fmt: skip


def dossier(found: Brief, *, party: str | None = None, issue: str | None = None) -> Brief:
    """Of a brief only what concerns a party, an issue or both: its statements, positions and moves; no deals.

    A party's statements are its own and those about it; an issue's are those that its positions and moves rest on.
    Raises UsageError where the brief has no such party or issue.
    """
    for kind, wanted, known in (
        ("party", party, [one.id for one in found.case.parties]),
        ("issue", issue, [one.id for one in found.case.issues]),
    ):
        if wanted is not None and wanted not in known:
            raise UsageError(f"no {kind} {wanted!r} in this brief; there are {', '.join(known[:20]) or 'none'}")
    positions = tuple(
        p for p in found.positions if (party is None or p.party == party) and (issue is None or p.issue == issue)
    )
    beside = tuple(
        p for p in found.beside if (party is None or p.party == party) and (issue is None or p.issue == issue)
    )
    moves = tuple(
        m
        for m in found.moves
        if (party is None or party in (m.party, m.toward)) and (issue is None or m.issue == issue)
    )
    rests_on = {ground.statement for one in (*positions, *beside) for ground in one.grounds}
    rests_on |= {ground.statement for one in moves for ground in one.grounds}
    statements = tuple(
        s for s in found.statements
        if s.id in rests_on or (issue is None and party in (s.speaker.party, s.about))
    )  # fmt: skip
    name = " and ".join(
        [one.name for one in found.case.parties if one.id == party]
        + [one.question for one in found.case.issues if one.id == issue]
    )
    return replace(
        found, case=replace(found.case, title=f"{found.case.title}: {name}"), statements=statements,
        positions=positions, beside=beside, moves=moves, deals=None, deal_space=None, patience=None, doubts=None,
        collective={k: v for k, v in found.collective.items() if issue == k}, power=None, placed={}, leverage=None,
        suggested=tuple(j for j in found.suggested if (party is None or j.party == party) and (issue is None or j.issue == issue)),
        comments=comments.about(found.case.comments, party=party, issue=issue),
    )  # fmt: skip


def _deals(case: Case, at: date | None) -> "tuple[Run | None, Deals | None, Chart | None, tuple[str, ...]]":
    """The deals possible on the case's judgements, what they were read off, their chart, or why none could be computed."""
    if len(case.issues) < 1 or len(case.parties) < 2 or all(one.suggested for one in case.judgements):
        return None, None, None, ()
    from winset.report.charts.deals import (
        deals_chart,  # load methods, which articles that nobody judged need not wait for
    )
    from winset.services import bargaining

    try:
        run, deals, status_quo = bargaining.solved_case(case, at, lots=False)
    except WinsetError as error:
        return None, None, None, (f"Deals could not be computed: {error}",)
    parties = deals.problem.parties
    chart = (
        deals_chart(case, deals, status_quo, (parties[0], parties[1]), chosen_as="status quo")
        if len(parties) > 1
        else None
    )
    return run, deals, chart, tuple(f"Deals: {gap}" for gap in run.result["gaps"])


def _patience(case: Case, at: date | None) -> tuple[Run | None, tuple[str, ...]]:
    """Who gains from waiting on the case's judgements of patience, or why that is not known."""
    if all(one.suggested for one in case.judgements):
        return None, ()
    if not any(one.quantity in ("discount", "haste") for one in case.judgements):
        return None, ("Who gains from waiting: nobody judged what a round of waiting costs a party.",)
    from winset.services import offers  # as above

    try:
        return offers.of_case(case, at), ()
    except WinsetError as error:
        return None, (f"Who gains from waiting: {error}",)


def _differ(suggested: Draft) -> str:
    if not suggested.differ_by:
        return ", in which no pattern shows: their order is that of the words alone."
    return f". What they differ by in how often they are right: {', '.join(suggested.differ_by)}."


def _later(whole: Case, known: Case, day: date | None) -> tuple[str, ...]:
    """What of the case lies after the day of the brief, counted."""
    kinds = (
        ("document", whole.documents, known.documents), ("statement", whole.statements, known.statements),
        ("judgement", whole.judgements, known.judgements), ("proposal", whole.proposals, known.proposals),
    )  # fmt: skip
    left = [count(len(before) - len(now), kind) for kind, before, now in kinds if len(now) < len(before)]
    if not left or day is None:
        return ()
    return (f"Left out, since later than {day}: {several(left)}. The case holds them.",)


def _gaps(case: Case, positions: tuple[Position, ...], suggested: Draft) -> tuple[str, ...]:
    gaps = []
    today = cases.now().date()
    if ahead := [one.title or one.id for one in case.documents if one.date and one.date > today]:
        more = f" and {len(ahead) - 5} more" if len(ahead) > 5 else ""
        gaps.append(
            f"Dated in the future: {several(ahead[:5])}{more}. Check the date: what they say counts as said last."
        )
    if suggested.positions:
        gaps.append(
            "Positions are read off the words and not reviewed. How much each issue matters to a party and what it would "
            "least accept nobody has judged, so no deals are computed."
        )
        if suggested.learned:
            gaps.append(
                f"Scores of suggested positions rest on {suggested.learned} "
                f"review{'' if suggested.learned == 1 else 's'} of this case"
                + (_differ(suggested) if suggested.learned >= LEAST else f"; they are learned from {LEAST} on.")
            )
    for question in suggested.counted:
        gaps.append(
            f"“{question}” stands in no codebook: its scale runs from the smallest to the largest number that the record names."
        )
    if not case.issues:
        gaps.append(
            "No issue of the packaged codebooks is spoken of in a way that shows where a party stands, so no positions, "
            "moves or deals can be computed; only the record is given."
        )
    elif not positions:
        gaps.append("No party's position on an issue is known.")
    if not case.tables:
        gaps.append(
            "Who sits at the table is read off the words and not reviewed."
            if suggested.seated
            else "Nobody has said who sits at which table."
        )
    if len(case.parties) < 2:
        gaps.append("Fewer than two parties appear, so nothing can be said about a deal.")
    return tuple(gaps)


def as_report(found: Brief) -> Report:
    """The brief as sections, tables, charts and notes."""
    documents = len(found.case.documents)
    made = f"Made by winset {__version__} from {documents} document{'' if documents == 1 else 's'}. Nothing was sent anywhere."
    return comments.commented(compose.report(found, made=made), found.comments)


def as_json(found: Brief) -> dict[str, Any]:
    """The brief as `winset-brief/1`."""
    return contract.as_json(found)
