"""Pages of methods that need no place of their own: what lasts, who must consent, what an answer depends on."""

from fastapi import FastAPI
from fastapi.responses import Response

from winset.errors import FormulationError, UsageError
from winset.web.desk import Desk, day, number

SHOWN = 64  # states in the option table


def add(app: FastAPI, desk: Desk) -> None:
    """`/stability`, `/consent`, `/uncertainty`."""
    case = desk.case

    @app.get("/stability")
    def lasting(state: str | None = None, now: str | None = None, variant: str = "legal_sequences") -> Response:
        from winset.report import stability as report  # these load SciPy, which the first page need not wait for
        from winset.services import stability

        try:
            result = stability.stability(case, variant=variant)
        except FormulationError as error:
            return desk.page("stability.html", here="stability", result=None, why_not=str(error))
        c = result.conflict
        labels = [str(label) for label in c.labels]
        start, chosen = _index(now, labels, 0), _index(state, labels, -1)
        equilibria = {concept: set(result.equilibria(concept)) for concept in result.stable}
        return desk.page(
            "stability.html", here="stability", result=result, labels=labels, start=start, chosen=chosen,
            variant=variant, equilibria=equilibria, shown=min(SHOWN, len(labels)), graph=stability.graph(result, start),
            why=[report.why(result, chosen, i) for i in range(len(c.parties))] if chosen >= 0 else [],
            concepts=list(equilibria),
            stable=[{k: set(result.members(k, i)) for k in equilibria} for i in range(len(c.parties))],
        )  # fmt: skip

    @app.get("/consent")
    def consent(at: str | None = None, p: str = "", first: str = "", second: str = "") -> Response:
        from winset.services import pressures  # loads SciPy, which the first page need not wait for

        found, _ = desk.answer(pressures.leverage, aside=False, at=day(at))
        asked = [text for text in (p, first, second) if text.strip()]
        war = (
            pressures.war(number(p, "chance"), number(first, "cost"), number(second, "cost"))
            if len(asked) == 3
            else None
        )
        return desk.page(
            "consent.html", here="consent", found=found, war=war, asked={"p": p, "first": first, "second": second}
        )

    @app.get("/uncertainty")
    def uncertainty(method: str = "bargaining", output: str | None = None) -> Response:
        from winset.services import doubt  # as above

        found, _ = desk.answer(doubt.doubt, aside=False, method=method, output=output)
        return desk.page("uncertainty.html", here="uncertainty", doubt=found, methods=doubt.METHODS)

    @app.get("/uncertainty/models")
    def models() -> Response:
        from winset.services import doubt  # as above

        (held, names, answers, missing), _ = desk.answer(doubt.side_by_side, aside=False)
        return desk.page("models.html", here="uncertainty", case=held, models=names, answers=answers, missing=missing)


def _index(label: str | None, labels: list[str], default: int) -> int:
    if not label:
        return default
    if label not in labels:
        raise UsageError(f"no state {label[:40]!r}; there are {', '.join(labels[:20])}")
    return labels.index(label)
