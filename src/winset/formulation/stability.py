"""A case at a date -> a conflict of the graph model, in the words of a `.gmcr` file, with the grounds of each part."""

from collections import Counter
from datetime import date
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Estimate, Table
from winset.domain.issues import Issue
from winset.domain.plain.texts import grounds_to
from winset.domain.runs import Assumption
from winset.errors import FormulationError
from winset.evidence import timeline
from winset.evidence.deeds import Deed, Read, Wish, of_positions, of_statements
from winset.evidence.parties import names_of
from winset.evidence.seating import at_the_table
from winset.formulation.base import Formulated

MOST_OPTIONS = 10
"""Options suggested at most: 1,024 states can still be looked through."""
BY = "reader 1"
UTILITIES = "utilities"
_FULL = f"at most {MOST_OPTIONS} options are suggested"
_ORDER = ("refusal", "threat", "demand", "position", "concession", "offer", "commitment")


def suggest(case: Case, at: date | None = None) -> Formulated[dict[str, Any]]:
    """Options and preferences that the record of a case suggests up to a day; nothing is ruled out as infeasible.

    Raises FormulationError where its words and positions give no two parties anything to do.
    """
    documents = [one for one in case.documents if at is None or one.date is None or one.date <= at]
    there = {one.id for one in documents}
    names = names_of(case.parties)
    seated = case.seats(at) or at_the_table(documents, names)[0]
    said = of_statements(documents, [one for one in case.statements if one.doc in there], names, seated)
    called = {party.id: party.name for party in case.parties}
    positions = timeline.as_of(timeline.histories(case.judgements), at or case.as_of)
    stood = of_positions(positions, case.issues, _saliences(case, at), called)
    deeds, wishes, gaps = _chosen(said, stood)
    owners = tuple(dict.fromkeys(one.party for one in deeds))
    if len(owners) < 2:
        raise FormulationError(
            "the record shows no two parties with something to do that another cares about; write options and "
            "preferences under 'conflict'"
        )
    twice = {name for name, n in Counter(called.get(p, p) for p in owners).items() if n > 1}
    label = {p: p if called.get(p, p) in twice else called.get(p, p) for p in owners}
    for party in dict.fromkeys(one.party for one in wishes if one.party not in owners):
        gaps.append(f"{called.get(party, party)} has preferences but nothing to do by itself here; it is left out")
    makers = []
    for party in owners:
        own = [one for one in wishes if one.party == party]
        own.sort(key=lambda one: (_ORDER.index(one.basis), one.deed))
        notes = [
            {"by": BY, "why": one.why, "grounds": grounds_to(one.grounds)} for one in own
        ]  # fmt: skip
        statements = [_statement(one) for one in own]
        for k, deed in enumerate(deeds):
            if deed.party == party and all(one.deed != k for one in own):
                statements.append([[k, "N"]])
                notes.append({"by": "assumption", "why": "doing it costs the one who does it", "grounds": []})
        makers.append({
            "name": label[party], "options": [k for k, one in enumerate(deeds) if one.party == party],
            "preferences": statements, "preferenceGrounds": notes,
        })  # fmt: skip
    options = [
        {"name": name, "permittedDirection": "both", "by": BY, "why": one.why, "score": round(one.score, 4),
         "grounds": grounds_to(one.grounds)}
        for name, one in zip(_named(deeds, label), deeds, strict=True)
    ]  # fmt: skip
    assumptions = (
        Assumption(
            text="what a party refuses comes first for it, then what it is threatened with, what it demands, positions "
            "by what is at stake, then what is held out to it"
        ),
        Assumption(
            text="what a party could do and says nothing of wanting, it would rather not do if all else is the same"
        ),
        Assumption(text="every option can be taken up and given up again, and no combination is ruled out"),
    )
    return Formulated(
        inputs={"options": options, "decisionMakers": makers, "infeasibles": []}, assumptions=assumptions,
        gaps=tuple(gaps),
    )  # fmt: skip


def _saliences(case: Case, at: date | None) -> dict[tuple[str, str], float]:
    found = {}
    for party in case.parties:
        for issue in case.issues:
            judged = case.judgement("salience", party.id, issue.id, at)
            if judged is not None and isinstance(judged.value, Estimate):
                found[party.id, issue.id] = judged.value.best
    return found


def _chosen(said: Read, stood: Read) -> tuple[list[Deed], list[Wish], list[str]]:
    """Deeds that somebody else minds, then positions issue by issue, then deeds that only their own party minds."""
    gaps = list(said.left_out)
    others, own = Counter[int](), Counter[int]()
    for one in said.wishes:
        (own if said.deeds[one.deed].party == one.party else others)[one.deed] += 1
        if one.given is not None:
            others[one.given] += 1
    ranked = sorted(range(len(said.deeds)), key=lambda k: (-others[k], -own[k], -said.deeds[k].score, k))
    first = sorted([k for k in ranked if others[k]][:MOST_OPTIONS])
    deeds, wishes = _take(said, first, 0)
    for issue in dict.fromkeys(one.issue for one in stood.deeds):
        group = [k for k, one in enumerate(stood.deeds) if one.issue == issue]
        if len(deeds) + len(group) > MOST_OPTIONS:
            gaps.append(f"giving way on {issue} is left out: {_FULL}")
            continue
        more, about = _take(stood, group, len(deeds))
        deeds += more
        wishes += about
    rest = [k for k in ranked if own[k] and not others[k]][: MOST_OPTIONS - len(deeds)]
    more, about = _take(said, rest, len(deeds))
    deeds, wishes = deeds + more, wishes + about
    for k, deed in enumerate(said.deeds):
        if k not in first and k not in rest:
            why = _FULL if others[k] or own[k] else "nobody was found to mind whether it is done"
            gaps.append(f"“{deed.name}” is left out: {why}")
    return deeds, wishes, gaps


def _take(read: Read, kept: list[int], start: int) -> tuple[list[Deed], list[Wish]]:
    """These deeds, numbered from `start`, and the wishes about them alone."""
    at = {k: start + n for n, k in enumerate(kept)}
    wishes = [
        Wish(party=one.party, deed=at[one.deed], done=one.done, basis=one.basis, grounds=one.grounds, why=one.why,
             given=None if one.given is None else at[one.given])
        for one in read.wishes if one.deed in at and (one.given is None or one.given in at)
    ]  # fmt: skip
    return [read.deeds[k] for k in kept], wishes


def _statement(wish: Wish) -> Any:
    if wish.given is None:
        return [[wish.deed, "Y" if wish.done else "N"]]
    return f"{'' if wish.done else '-'}{wish.deed + 1} IF {wish.given + 1}"


def _named(deeds: list[Deed], label: dict[str, str]) -> list[str]:
    """Names of options, none twice."""
    seen = Counter(one.name for one in deeds)
    found: list[str] = []
    for one in deeds:
        name = one.name if seen[one.name] == 1 else f"{one.name} ({label[one.party]})"
        while name in found:
            name += "'"
        found.append(name)
    return found


def with_utilities(case: Case, data: dict[str, Any], at: date | None = None) -> Formulated[dict[str, Any]]:
    """The conflict with the preferences of those whose `preferences` are "utilities" written as weighted statements.

    `outcomes` says, by issue, what each combination of options makes of it: [{"when": "1 & -2", "value": x}, ...], the
    first that holds counts; otherwise the status quo stays. A state is worth to a party the sum over these issues of
    salience times closeness to its position, or of its judged utility of the option.
    Raises FormulationError naming what is missing.
    """
    given = data.get("decisionMakers")
    makers = given if isinstance(given, list) else []
    asked = [m for m in makers if isinstance(m, dict) and m.get("preferences") == UTILITIES]
    if not asked:
        return Formulated(inputs=data)
    outcomes = data.get("outcomes")
    if not isinstance(outcomes, dict) or not outcomes:
        raise FormulationError(
            'preferences from utilities need \'outcomes\': by issue, [{"when": "1 & -2", "value": 0}, ...]'
        )
    written = []
    for maker in makers:
        if maker not in asked:
            written.append(maker)
            continue
        party = next((p for p in case.parties if maker.get("name") in (p.id, p.name)), None)
        if party is None:
            listed = ", ".join(p.id for p in case.parties) or "none"
            raise FormulationError(
                f"the decision maker {maker.get('name')!r} is no party of the case; there are {listed}"
            )
        shares = {id: _salience(case, party.id, id, at) for id in outcomes}
        total = sum(shares.values())
        if total <= 0:
            raise FormulationError(f"no issue under 'outcomes' matters to {party.id}; judge its saliences")
        statements, weights = [], []
        for id, rules in outcomes.items():
            issue = case.issue(id)
            before: list[str] = []
            now = _worth(case, party.id, issue, issue.status_quo, at)
            for rule in rules if isinstance(rules, list) else [None]:
                if not isinstance(rule, dict) or not isinstance(rule.get("when"), str) or "value" not in rule:
                    raise FormulationError(f'outcomes of {id}: {rule!r:.60} is not {{"when": "1 & -2", "value": 0}}')
                when = f"({rule['when']})"
                statements.append(when if not before else f"{when} & -({' | '.join(before)})")
                before.append(when)
                weights.append(shares[id] / total * (_worth(case, party.id, issue, rule["value"], at) - now))
        written.append({**maker, "preferences": statements, "preferenceWeights": weights})
    said = Assumption(
        text="worth of a state: salience times closeness to the own position, summed over the issues it decides"
    )
    return Formulated(inputs={**data, "decisionMakers": written}, assumptions=(said,))


def _salience(case: Case, party: str, issue: str, at: date | None) -> float:
    judged = case.judgement("salience", party, issue, at)
    if judged is None or not isinstance(judged.value, Estimate):
        raise FormulationError(f"no salience of {party} on {issue} is judged; its worth of states needs one")
    return judged.value.best


def _worth(case: Case, party: str, issue: Issue, value: Any, at: date | None) -> float:
    """0 to 1, of one value of an issue."""
    if value is None:
        raise FormulationError(f"the issue {issue.id} has no status quo; give one, or an outcome that always holds")
    judged = case.judgement("utility", party, issue.id, at)
    if judged is not None and isinstance(judged.value, Table):
        table = dict(judged.value.options)
        if str(value) not in table:
            raise FormulationError(f"no utility of {party} for {value!r} on {issue.id}; there are {', '.join(table)}")
        return table[str(value)]
    stands = case.judgement("position", party, issue.id, at)
    if stands is None or not isinstance(stands.value, Estimate):
        raise FormulationError(f"no position of {party} on {issue.id} is judged; its worth of states needs one")
    ends = issue.range or tuple(point.value for point in issue.scale)
    if not ends or isinstance(value, bool) or not isinstance(value, int | float):
        raise FormulationError(f"outcomes of {issue.id}: {value!r:.40} is no number on its scale")
    span = max(ends) - min(ends) or 1.0
    return 1.0 - abs(value - stands.value.best) / span
