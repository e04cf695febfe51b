"""Who moved, and what came back."""

from collections.abc import Iterable

from winset.domain.issues import Issue
from winset.domain.positions import Move, MoveStatus
from winset.evidence import ledger
from winset.report import words
from winset.report.blocks import Block, Cell, Faint, Inline, Paragraph, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes

STATUS = {
    "offered": "offered", "conditional": "on a condition", "delivered": "carried out", "spent": "given without a condition",
}  # fmt: skip


def held_out(kind: str, status: MoveStatus) -> str:
    """What became of a reward or a penalty, in words."""
    return "threatened" if kind == "penalty" and status == "offered" else STATUS[status]


def section(brief: Brief, notes: Notes) -> Section | None:
    """The ledger: every move with what answered it, the balance of each pair, rewards and penalties from outside."""
    if not brief.moves and not brief.inducements:
        return None
    names = {p.id: p.name for p in brief.case.parties}
    blocks: list[Block] = []
    if brief.moves:
        blocks += [Paragraph((_told(brief, names),)), _moves(brief, names, notes)]
        if balances := ledger.balance(ledger.gives(brief.moves)):
            blocks.append(_balance(balances, names))
        blocks += _pace(brief, names)
    if brief.inducements:
        blocks.append(_inducements(brief, names, notes))
    return Section(id="moves", title=_title(brief, names), nav="Moves", blocks=tuple(blocks))


def _title(brief: Brief, names: dict[str, str]) -> str:
    """Who moved on how many issues."""
    told = moved(brief.moves, names)
    return words.joined(told) if 0 < len(told) < 4 else "Who moved, and what came back"


def moved(moves: Iterable[Move], names: dict[str, str]) -> list[str]:
    """Of each party that moved: on how many issues, or that it gave up what no issue covers."""
    by: dict[str, dict[str, None]] = {}
    for move in moves:
        by.setdefault(move.party, {})[move.issue or ""] = None
    return [
        f"{names.get(party, party)} "
        + (
            f"moved on {words.count(len(issues), 'issue')}" if "" not in issues
            else "gave up a demand" if len(issues) == 1
            else f"moved on {words.count(len(issues) - 1, 'issue')} and gave up a demand on another matter"
        ) for party, issues in by.items()
    ]  # fmt: skip


def _told(brief: Brief, names: dict[str, str]) -> str:
    movers: dict[str, int] = {}
    for move in brief.moves:
        movers[move.party] = movers.get(move.party, 0) + 1
    told = words.several([f"{names.get(p, p)} moved {words.times(n)}" for p, n in movers.items()])
    gives = [move for move in brief.moves if move.toward is not None]
    bare = sum(not move.answered_by for move in gives)
    if not gives:
        return f"{told}; none of it toward another party's position."
    toward, within = f"{words.count(len(gives), 'move')} toward another party", f"within {ledger.WINDOW.days} days"
    if len(gives) == 1:
        return f"{told}. The one move toward another party has {'no' if bare else 'a'} recorded answer {within}."
    if bare in (0, len(gives)):
        return f"{told}. {'None' if bare else 'Each'} of the {toward} has a recorded answer {within}."
    return f"{told}. {bare} of {toward} {'has' if bare == 1 else 'have'} no recorded answer {within}."


def _moves(brief: Brief, names: dict[str, str], notes: Notes) -> Table:
    questions = {i.id: i for i in brief.case.issues}
    rows = []
    for move in brief.moves:
        issue = questions.get(move.issue or "")
        rows.append(
            (
                Cell(line=(words.day(move.date),)),
                Cell(line=(names.get(move.party, move.party),), head=True),
                Cell(line=(issue.question,) if issue else (move.issue,) if move.issue else _words(brief, move)),
                Cell(
                    line=(_step(move, issue), *notes.refs(move.grounds)), state="suggested" if move.score < 1 else None
                ),
                Cell(line=("" if move.share is None else f"{move.share:.0%}",)),
                Cell(line=("" if move.weight is None else words.number(round(move.weight, 1)),)),
                Cell(line=(names.get(move.toward or "", move.toward or "nobody"),)),
                Cell(line=(_status(move),)),
                Cell(line=(words.count(len(move.answered_by), "answer") if move.answered_by else "none",)),
            )
        )
    return Table(
        caption="Steps on each issue's own scale, as shares of it, and times what the issue matters to the party itself (0 to 100). "
        "Shares of different issues are not worth the same.",
        head=("Date", "Party", "Issue", "Step", "Of the scale", "In own salience", "Toward", "How", "Answered"),
        rows=tuple(rows), numeric=frozenset({4, 5}),
    )  # fmt: skip


def _words(brief: Brief, move: Move) -> tuple[Inline, ...]:
    """What was given up, in the source's words, where no issue says it; and where they stand, if no statement has them."""
    documents = {document.id: document for document in brief.case.documents}
    told = [(documents[g.doc], g) for g in move.grounds if g.doc in documents]
    said = [" ".join(span.of(document.text).split()) for document, ground in told for span in ground.spans]
    bare = dict.fromkeys(document.title or document.id for document, ground in told if ground.statement is None)
    where = (Faint(f" ({words.several(list(bare))})"),) if bare else ()
    return (f"no issue of the codebook: “{'; '.join(said)}”", *where)


def _step(move: Move, issue: Issue | None) -> str:
    """From where to where, by the points of the scale where both ends lie on one."""
    if move.issue is None:
        return "gave up a demand"
    if move.start is None or move.end is None:
        return "gave it up" if move.start is not None else "moved"
    ends = (move.start, move.end)
    labels = [issue.label(end) for end in ends] if issue is not None and issue.range is None else [None]
    if all(labels):
        return f"from “{labels[0]}” to “{labels[1]}”"
    return " to ".join(map(words.number, ends))


def _status(move: Move) -> str:
    told = [STATUS[move.status]] + (["reported by others"] if move.told == "reported" else [])
    if move.taken_back:
        told.append("taken back later" if move.taken_back >= 1 else f"{move.taken_back:.0%} taken back later")
    return ", ".join(told)


def _balance(balances: tuple[ledger.Balance, ...], names: dict[str, str]) -> Table:
    rows = []
    for one in balances:
        for party, other, gave, weight, back, bare, spent in (
            (one.a, one.b, one.a_gave, one.a_weight, one.a_took_back, one.unanswered_a, one.a_spent),
            (one.b, one.a, one.b_gave, one.b_weight, one.b_took_back, one.unanswered_b, one.b_spent),
        ):
            rows.append(
                (
                    Cell(line=(f"{names.get(party, party)} to {names.get(other, other)}",), head=True),
                    Cell(line=(f"{gave:.2f}",)),
                    Cell(line=(words.number(round(weight, 1)) if weight else "",)),
                    Cell(line=(f"{back:.2f}" if back else "0",)),
                    Cell(line=(str(bare),)),
                    Cell(line=(str(spent),)),
                )
            )
    return Table(
        caption="The balance: shares of a scale given, summed over issues (times what each matters to the giver, where that is judged), and how many gives "
        "came back unanswered or asked for nothing",
        head=("Who gave whom", "Gave", "In own salience", "Took back later", "Unanswered", "Without a condition"),
        rows=tuple(rows), numeric=frozenset({1, 2, 3, 4, 5}),
    )  # fmt: skip


def _pace(brief: Brief, names: dict[str, str]) -> list[Block]:
    told = [
        f"{names.get(one.party, one.party)} gave {one.per_month:.2f} of a scale per 30 days over {words.count(one.gives, 'give')}"
        + (f", which are {one.word}" if one.word else "")
        for one in ledger.paces(ledger.gives(brief.moves)) if one.per_month is not None
    ]  # fmt: skip
    return [Paragraph((f"Pace: {'; '.join(told)}.",))] if told else []


def _inducements(brief: Brief, names: dict[str, str], notes: Notes) -> Table:
    return Table(
        caption="Rewards and penalties from outside the matter in dispute, read off the words",
        head=("Date", "Party", "What", "Toward", "How"),
        rows=tuple(
            (
                Cell(line=(words.day(one.date),)),
                Cell(line=(names.get(one.party, one.party),), head=True),
                Cell(line=({"inducement": "reward", "penalty": "penalty"}[one.kind], *notes.refs(one.grounds)), state="suggested"),
                Cell(line=(names.get(one.toward or "", one.toward or "nobody named"),)),
                Cell(line=(held_out(one.kind, one.status) + (f": {one.condition}" if one.condition else ""),)),
            )
            for one in brief.inducements
        ),
    )  # fmt: skip
