"""How sure a brief's answers are: a few draws through every method that can run, what they depend on, what-ifs, the ledger."""

from datetime import date

from winset.domain.case import Case
from winset.domain.forecasts import broken
from winset.errors import WinsetError
from winset.report.brief.content import Doubts

DRAWS, BASE, TOP_DEALS = 512, 128, 3
WIDE = 512
"""Inputs times outputs beyond which a brief does not go into what depends on what."""
PREFERRED = ("bargaining", "spatial", "offers", "ratification")


def doubts(case: Case, at: date | None) -> Doubts:
    """All of it that the case's own judgements allow; nothing is drawn from suggestions alone."""
    entries = [dict(one) for one in case.forecasts]
    judged = len(case.parties) > 1 and not all(one.suggested for one in case.judgements)
    if not entries and not judged:
        return Doubts()
    from winset.services import (  # load every method, which articles that nobody judged need not wait for
        forecasts,
        scores,
    )

    wrong = broken(entries)
    resolved = any(one.get("kind") == "outcome" for one in entries)
    ledger = tuple(forecasts.stated(entries)) if wrong is None else ()
    score = scores.score(entries) if wrong is None and resolved else None
    said = f"entry {wrong.at}: {wrong.why}" if wrong else None
    if not judged:
        return Doubts(ledger=ledger, score=score, broken=said)
    from winset.report.uncertainty import is_chance
    from winset.services import propagation, sensitivity
    from winset.services.pools import Here

    runs = {}
    here = Here()
    for method in PREFERRED:
        try:
            runs[method] = propagation.run_case(case, method, at=at, draws=DRAWS, where=here).result
        except WinsetError:
            continue  # the gaps of the brief say why deals or shares are not known
    uncertain = [method for method, one in runs.items() if one["input_noise"]["inputs"] and not one["one_by_one"]]
    depends = None
    if uncertain and len(runs[uncertain[0]]["input_noise"]["inputs"]) <= WIDE:
        outputs = runs[uncertain[0]]["outputs"]
        varying = [name for name, one in outputs.items() if one["sd"] and not is_chance(name)]
        output = varying[0] if varying else None
        depends = sensitivity.sensitivity_case(case, uncertain[0], output=output, base=BASE, at=at, workers=1).result
    return Doubts(
        runs=runs,
        depends=depends,
        whatifs=_whatifs(case, at),
        robust=_robust(case, at),
        ledger=ledger,
        score=score,
        broken=said,
    )


def _whatifs(case: Case, at: date | None) -> tuple[dict[str, object], ...]:
    """Every scenario that is kept beside the case as it stands, as far as both can be answered."""
    from winset.services import inputs, whatif
    from winset.services.pools import Here

    lines: list[dict[str, object]] = []
    for one in case.scenarios:
        name = str(one.get("name"))
        try:
            changed, day = inputs.under(case, name)
            pair = [("as it stands", case, at), (name, changed, day)]
            found = whatif.beside(pair, draws=DRAWS // 2, seed=1, where=Here())
        except WinsetError as error:
            lines.append({"of": ["as it stands", name], "why_not": str(error)})
            continue
        lines += [line for line in found if line["difference"] is not None]
    return tuple(lines)


def _robust(case: Case, at: date | None) -> dict[str, object] | None:
    """Over the case as it stands and the scenarios whose deals can be held against its own."""
    from winset.models.uncertainty.draws import SCRAMBLINGS
    from winset.services import inputs, robust

    loaded = [(robust.BASE, case, at)]
    for one in case.scenarios:
        name = str(one.get("name"))
        try:
            loaded.append((name, *inputs.under(case, name)))
            robust.over([loaded[0], loaded[-1]], draws=SCRAMBLINGS, top=1)
        except WinsetError:
            loaded = [kept for kept in loaded if kept[0] != name]
    if len(loaded) < 2:
        return None
    return robust.over(loaded, draws=DRAWS // 2, top=TOP_DEALS)
