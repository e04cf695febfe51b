"""Pages of methods that need no place of their own: what lasts, who must consent, what an answer depends on."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from winset.errors import FormulationError, ModelError, TooLarge, UsageError
from winset.web.desk import Desk, WrongField, day, number
from winset.web.pages import Pages

SHOWN = 64  # states in the option table at most
FEW = 20  # states that are all shown; of more, those that would last, unless asked for


def add(pages: Pages, desk: Desk) -> None:
    """`/stability`, `/consent`, `/uncertainty`."""

    @pages.get("/stability")
    def lasting(
        state: str | None = None, now: str | None = None, variant: str = "legal_sequences", suggest: str = "",
        every: str = "",
    ) -> Response:  # fmt: skip
        from winset.report import stability as report  # these load SciPy, which the first page need not wait for
        from winset.report.conflict_inputs import inputs_json
        from winset.services import stability

        asked = {"suggest": "1"} if suggest else {}
        try:
            posed, behind = desk.answer(stability.pose, aside=bool(suggest), suggest=bool(suggest))
            result = stability.stable(posed, variant=variant)
        except FormulationError as error:
            return desk.page("stability.html", here="stability", result=None, why_not=str(error), suggest=bool(suggest))
        c = result.conflict
        labels = [str(label) for label in c.labels]
        start, chosen = _index(now, labels, c.status_quo or 0), _index(state, labels, -1)
        equilibria = {concept: set(result.equilibria(concept)) for concept in result.stable}
        lasting = set().union(*equilibria.values()) | {start} | ({chosen} if chosen >= 0 else set())
        columns = list(range(len(labels))) if len(labels) <= FEW or every else sorted(lasting)
        try:
            ways = stability.ways(result, start)
        except TooLarge:
            ways = ()
        return desk.page(
            "stability.html", here="stability", result=result, labels=labels, start=start, chosen=chosen, behind=behind,
            variant=variant, equilibria=equilibria, columns=columns[:SHOWN], graph=stability.graph(result, start),
            why=[report.why(result, chosen, i) for i in range(len(c.parties))] if chosen >= 0 else [],
            in_words=[report.state_in_words(result, s) for s in range(len(labels))],
            otherwise=[(labels[s], report.difference(result, chosen, s)) for s in report.named(result, chosen)]
            if chosen >= 0 else [],
            concepts=list(equilibria), ways=ways, suggest=bool(suggest), every=bool(every),
            inputs=inputs_json(
                posed.data, suggested=posed.suggested, assumptions=posed.assumptions, gaps=posed.gaps
            ),
            query=urlencode({"now": labels[start], "variant": variant, **asked, **({"every": "1"} if every else {})}),
            stable=[{k: set(result.members(k, i)) for k in equilibria} for i in range(len(c.parties))],
        )  # fmt: skip

    @pages.post("/stability/keep")
    async def keep() -> Response:
        from winset.services import stability  # as above

        await run_in_threadpool(stability.keep_suggested, desk.case)
        return RedirectResponse("/stability", 303)

    @pages.get("/consent")
    def consent(at: str | None = None, p: str = "", first: str = "", second: str = "") -> Response:
        from winset.services import pointers, pressures, reviews  # load SciPy, which the first page need not wait for

        said, behind = desk.answer(pointers.pointers)
        found, _ = desk.answer(pressures.leverage, aside=False, at=day(at))
        asked = {"p": p.strip(), "first": first.strip(), "second": second.strip()}
        war, wrong = None, _at_fault(asked)
        if all(asked.values()) and not wrong:
            try:
                war = pressures.war(*(float(text) for text in asked.values()))
            except (UsageError, ModelError) as error:
                wrong = {"p": str(error)}
        return desk.page(
            "consent.html", here="consent", found=found, war=war, asked=asked, wrong=wrong,
            said=said, behind=behind, reviews=reviews.made_of(desk.case, ("pointer",)),
        )  # fmt: skip

    @pages.get("/uncertainty")
    def uncertainty(method: str = "bargaining", output: str | None = None) -> Response:
        from winset.report.uncertainty import is_chance
        from winset.services import doubt, taking_over  # as above

        found, behind = desk.answer(
            doubt.doubt, aside=False, heavy=doubt.heavy(desk.case), method=method, output=output
        )
        waiting = desk.answer(taking_over.waiting)[0] if found.why_not else None
        return desk.page(
            "uncertainty.html", here="uncertainty", doubt=found, methods=doubt.METHODS, behind=behind, waiting=waiting,
            chance=bool(found.spread) and is_chance(found.found["output"]),
        )  # fmt: skip

    @pages.get("/uncertainty/models")
    def models() -> Response:
        from winset.services import doubt, side_by_side, taking_over  # as above

        (held, found, why_not), behind = desk.answer(side_by_side.look, aside=False, heavy=doubt.heavy(desk.case))
        said = _by_issue(found["disagreement"]) if found else []
        waiting = None if found else desk.answer(taking_over.waiting)[0]
        return desk.page(
            "models.html", here="uncertainty", case=held, found=found, why_not=why_not, said_apart=said,
            behind=behind, waiting=waiting,
        )  # fmt: skip


FORCE = {
    "p": ("the chance of the first side", 1.0),
    "first": ("the cost to the first side", None),
    "second": ("the cost to the other", None),
}


def _at_fault(asked: Mapping[str, str]) -> dict[str, str]:
    """Field -> what is wrong with what was typed there about a fight; empty where nothing is, or nothing was typed."""
    found = {}
    for field, (what, most) in FORCE.items():
        try:
            if not asked[field]:
                if any(asked.values()):
                    found[field] = f"{what} is missing; all three numbers are needed"
            elif not 0 <= number(asked[field], what, field) <= (most or float("inf")):
                found[field] = f"{what}: expected {'0 to 1' if most else '0 or more'}, got {asked[field][:40]!r}"
        except WrongField as error:
            found[field] = str(error)
    return found


def _by_issue(lines: Sequence[str]) -> list[str]:
    """What is said of where models disagree: a paragraph an issue, with what would change an answer there."""
    found: list[str] = []
    for line in lines:
        if found and line.startswith(("If ", "Without ")):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


def _index(label: str | None, labels: list[str], default: int) -> int:
    if not label:
        return default
    if label not in labels:
        raise UsageError(f"no state {label[:40]!r}; there are {', '.join(labels[:20])}")
    return labels.index(label)
