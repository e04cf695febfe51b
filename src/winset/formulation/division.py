"""A case at a date -> points of two parties on its issues."""

from datetime import date
from fractions import Fraction

from winset.domain.case import Case
from winset.domain.estimates import Table
from winset.domain.runs import Assumption
from winset.errors import FormulationError
from winset.formulation.base import Formulated
from winset.models.bargaining.adjusted_winner import Points


def formulate(case: Case, at: date | None = None) -> Formulated[Points]:
    """Saliences as points: each issue an item on which one side or the other may have its way.

    Raises FormulationError where there are not two parties or a salience is not judged.
    """
    if len(case.parties) != 2:
        raise FormulationError(f"dividing by points is for two parties; the case has {len(case.parties)}")
    if not case.issues:
        raise FormulationError("dividing by points needs issues; the case has none")
    tables: list[dict[str, Fraction]] = []
    for party in case.parties:
        own = {}
        for issue in case.issues:
            judged = case.judgement("salience", party.id, issue.id, at)
            if judged is None or isinstance(judged.value, Table):
                raise FormulationError(f"no salience of {party.id} on {issue.id} is judged; judge it or give a table")
            own[issue.id] = Fraction(repr(float(judged.value.best)))
        tables.append(own)
    note = Assumption(
        text="saliences are taken for points, and each issue for something that can be divided between having one's way "
        "or not"
    )
    points = Points(parties=(case.parties[0].id, case.parties[1].id), first=tables[0], second=tables[1])
    return Formulated(inputs=points, assumptions=(note,), gaps=())
