"""Whether the records of a case fit together: every party, issue, option and point that is named exists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement, Table
from winset.domain.issues import Issue
from winset.domain.terms import Deal, Forbidden, Precedent, Proposal, Ratifier, Terms


@dataclass(frozen=True, slots=True)
class Names:
    """The parties and issues that records may name."""

    parties: frozenset[str]
    issues: dict[str, Issue]

    @classmethod
    def of(cls, case: Case) -> "Names":
        """Those of a case."""
        return cls(frozenset(p.id for p in case.parties), {i.id: i for i in case.issues})

    def party(self, id: str, path: str) -> Iterator[str]:
        """The problem that there is no such party, if so."""
        if id not in self.parties:
            yield f"{path}: no party {id!r}; {_known(id, self.parties, 'parties')}"

    def issue(self, id: str, path: str) -> Iterator[str]:
        """The problem that there is no such issue, if so."""
        if id not in self.issues:
            yield f"{path}: no issue {id!r}; {_known(id, self.issues, 'issues')}"


def _known(id: str, known: Iterable[str], kind: str) -> str:
    names = sorted(known)
    if not names:
        return f"the case has no {kind}; add it to {kind!r}"
    near = get_close_matches(id.casefold(), [name.casefold() for name in names], 1)
    meant = next((name for name in names if near and name.casefold() == near[0]), None)
    listed = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return f"did you mean {meant!r}?" if meant else f"there are {listed}; or add it to {kind!r}"


def _on_scale(issue: Issue, low: float, high: float, path: str) -> Iterator[str]:
    bounds = issue.bounds
    if bounds and not (bounds[0] <= low and high <= bounds[1]):
        seen = f"{low:g}" if low == high else f"{low:g} to {high:g}"
        yield f"{path}: {seen} lies off the scale of issue {issue.id!r}, which runs from {bounds[0]:g} to {bounds[1]:g}"


def judgement_problems(judgement: Judgement, names: Names, path: str) -> Iterator[str]:
    """What one judgement names that is not there."""
    yield from names.party(judgement.party, f"{path}.party")
    if judgement.issue is None:
        return
    yield from names.issue(judgement.issue, f"{path}.issue")
    issue = names.issues.get(judgement.issue)
    if issue is None:
        return
    if isinstance(judgement.value, Table):
        points = {f"{p.value:g}" for p in issue.scale} | {p.label for p in issue.scale}
        for option, _ in judgement.value.options:
            if issue.options and option not in issue.options:
                known = _known(option, issue.options, "options")
                yield f"{path}.options: no option {option!r} of issue {issue.id!r}; {known}"
            elif not issue.options and points and option not in points:
                yield f"{path}.options: no point {option!r} of issue {issue.id!r}; {_known(option, points, 'scale')}"
    elif judgement.quantity in ("position", "opening"):
        yield from _on_scale(issue, *judgement.value.ends, path)


def _fits(judgement: Judgement, parties: frozenset[str], ends: dict[str, tuple[float, float] | None]) -> bool:
    """Whether it is one number of a known party on the scale of a known issue, as nearly all are."""
    if type(judgement.value) is not Exact or judgement.party not in parties or judgement.issue not in ends:
        return False
    bounds = ends[judgement.issue]
    return bounds is None or bounds[0] <= judgement.value.value <= bounds[1]


def terms_problems(terms: Terms, names: Names, path: str) -> Iterator[str]:
    """What the terms of a deal name that is not there."""
    for name, term in terms:
        yield from names.issue(name, f"{path}.{name}")
        issue = names.issues.get(name)
        if issue is None:
            continue
        labels = {p.label for p in issue.scale}
        if isinstance(term, float):
            yield from _on_scale(issue, term, term, f"{path}.{name}")
        elif not issue.options and not labels:
            yield f"{path}.{name}: {term!r} is no number; issue {name!r} has neither options nor labelled points"
        elif issue.options and term not in issue.options:
            yield f"{path}.{name}: no option {term!r}; {_known(term, issue.options, 'options')}"
        elif labels and term not in labels:
            yield f"{path}.{name}: no point {term!r} on the scale; {_known(term, labels, 'scale')}"


def proposal_problems(proposal: Proposal, names: Names, path: str) -> Iterator[str]:
    """What one proposal names that is not there."""
    yield from terms_problems(proposal.terms, names, f"{path}.terms")
    for n, acceptance in enumerate(proposal.acceptances):
        yield from names.party(acceptance.party, f"{path}.acceptances[{n}].party")


def precedent_problems(precedent: Precedent, names: Names, path: str) -> Iterator[str]:
    """What one earlier deal names that is not there."""
    yield from terms_problems(precedent.terms, names, f"{path}.terms")
    for n, party in enumerate(precedent.broken_by):
        yield from names.party(party, f"{path}.broken_by[{n}]")


def ratifier_problems(ratifier: Ratifier, names: Names, path: str) -> Iterator[str]:
    """What one ratifier names that is not there."""
    yield from names.party(ratifier.party, f"{path}.party")
    for key, by_issue in (("position", ratifier.position), ("salience", ratifier.salience)):
        for name, value in by_issue:
            yield from names.issue(name, f"{path}.{key}.{name}")
            if key == "position" and name in names.issues:
                yield from _on_scale(names.issues[name], *value.ends, f"{path}.position.{name}")


def problems(case: Case) -> Iterator[str]:
    """Every name in the case that leads nowhere, as `path: what is wrong; way out`, in the order of the file."""
    names = Names.of(case)
    for n, table in enumerate(case.tables):
        for key, ids in (("seats", table.seats), ("must_sign", table.must_sign)):
            for m, seat in enumerate(ids):
                yield from names.party(seat, f"tables[{n}].{key}[{m}]")
    ends = {issue.id: issue.bounds for issue in case.issues}
    for n, judgement in enumerate(case.judgements):
        if _fits(judgement, names.parties, ends):
            continue
        yield from judgement_problems(judgement, names, f"judgements[{n}]")
    for n, ratifier in enumerate(case.ratifiers):
        yield from ratifier_problems(ratifier, names, f"ratifiers[{n}]")
    for n, relation in enumerate(case.relations):
        yield from names.party(relation.of, f"relations[{n}].of")
        yield from names.party(relation.to, f"relations[{n}].to")
    for n, proposal in enumerate(case.proposals):
        yield from proposal_problems(proposal, names, f"proposals[{n}]")
    for n, deal in enumerate(case.deals):
        yield from deal_problems(deal, names, f"deals[{n}]")
    for n, one in enumerate(case.forbidden):
        yield from forbidden_problems(one, names, f"forbidden[{n}]")
    texts = {d.id: d.text for d in case.documents}
    for n, statement in enumerate(case.statements):
        if statement.doc not in texts:
            yield f"statements[{n}].doc: no document {statement.doc!r}; {_known(statement.doc, texts, 'documents')}"
        elif statement.extent.end > len(texts[statement.doc]):
            end, size = statement.extent.end, len(texts[statement.doc])
            yield f"statements[{n}]: a span ends at {end}, but document {statement.doc!r} has {size} characters"


def deal_problems(deal: Deal, names: Names, path: str) -> Iterator[str]:
    """What one deal names that is not there."""
    yield from terms_problems(deal.terms, names, f"{path}.terms")


def forbidden_problems(one: Forbidden, names: Names, path: str) -> Iterator[str]:
    """What one combination that cannot be names that is not there, or that has no list of points to name."""
    for name, options in one.terms:
        where = f"{path}.terms.{name}"
        yield from names.issue(name, where)
        issue = names.issues.get(name)
        if issue is None:
            continue
        labels, points = {p.label for p in issue.scale}, {p.value for p in issue.scale}
        if not issue.options and issue.kind != "integer" and (issue.kind == "continuous" or not points):
            yield f"{where}: issue {name!r} has no list of points; give it labelled points (ordered) or whole numbers (integer)"
            continue
        for term in options:
            seen = repr(term) if isinstance(term, str) else f"{term:g}"
            if issue.kind == "integer" and not issue.options:
                if not isinstance(term, float) or not term.is_integer():
                    yield f"{where}: {seen} is no whole number; issue {name!r} takes whole numbers"
                else:
                    yield from _on_scale(issue, term, term, where)
            elif issue.options or isinstance(term, str):
                known = issue.options or labels
                if term not in known:
                    kind = "options" if issue.options else "scale"
                    yield f"{where}: no option {seen}; {_known(str(term), known, kind)}"
            elif term not in points:
                yield f"{where}: no point {seen} on the scale; there are {', '.join(f'{p:g}' for p in sorted(points))}"
