"""Processor time of every stage from text to brief at three lengths; where cost grows with the length, a ratio is 2.

python -m benchmarks.lengths [CODE_POINTS] [FAMILY...]       (200,000 by default, and half and a quarter of it)

Families are those of `strange_texts.py`, each one document, and `news`: invented reports of a negotiation, a day each, in which
nearly all is told in few patterns, which is the worst that repeats and points taken over can meet. Statements are found by rules
(`winset read --annotator rules`); `strange_texts.py` measures the trained reader.
"""

import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from benchmarks.strange_texts import FAMILIES

from winset.domain.case import Case
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.evidence.adoption import adopted
from winset.evidence.extract import extract
from winset.evidence.repeats import fold
from winset.evidence.rules import RuleAnnotator
from winset.language.annotation import Annotation
from winset.report.brief import contract
from winset.services import brief, briefing, drafting, pointers, precedents, proposals

REPORT = 3_000  # code points a report
DEMANDS = (
    "an immediate ceasefire", "the withdrawal of all troops", "the release of {n} prisoners", "the lifting of sanctions",
    "a force of {n} observers", "a referendum within {n} months", "an exchange of all prisoners", "{n} billion in aid",
)  # fmt: skip
PEOPLE = ("Ana Marr", "Ilan Dorvath", "Tomas Reve", "Lena Osk", "Kosta Relin", "Mira Hale")
STATES = ("Ukraine", "Russia", "Turkey", "Poland", "Germany", "France")
TOLD = (
    "“We insist on {what},” {state}'s foreign minister, {who}, said on {day}.",
    "{state} demanded {what}, according to two officials.",
    "{who} said that {state} would never accept {what} unless {other} agreed to {more}.",
    "{state} offered {what} in exchange for {more}, its envoy said on {day}.",
    "{other} rejected {state}'s proposal on {what}, a diplomat said.",
    "The plan presented by {state} on {day} provides for {what}. {other} accepted it except for {more}.",
    "He added that {state} cannot wait much longer, and that {what} must be ratified by its parliament.",
    "The talks in Geneva were adjourned on {day}.",
)  # fmt: skip


def report(draw: random.Random) -> str:
    """One invented report in paragraphs of two sentences."""
    told: list[str] = []
    while sum(map(len, told)) < REPORT:
        state, other = draw.sample(STATES, 2)
        what, more = (one.format(n=draw.randrange(2, 400)) for one in draw.sample(DEMANDS, 2))
        day = draw.choice(("Monday", "Tuesday", "Friday"))
        end = "\n\n" if len(told) % 2 else " "
        told.append(
            draw.choice(TOLD).format(state=state, other=other, who=draw.choice(PEOPLE), what=what, more=more, day=day)
            + end
        )
    return "".join(told)


def news(size: int) -> list[Document]:
    """Reports of `size` code points in all, one a day."""
    draw = random.Random(5)
    return [document(report(draw), n) for n in range(max(1, size // REPORT))]


def document(text: str, number: int = 0) -> Document:
    day = date(2000, 1, 1) + timedelta(days=number)
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(id=f"d{number}", text=text, sha256=digest, language="en", date=day)


def stages(documents: list[Document]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is done with a record, one after another; each call may use what the earlier ones made."""
    annotations = list[Annotation]()
    yield "sentences, quotations", lambda: annotations.extend(RuleAnnotator().annotate(documents))
    said: list[Statement] = []
    yield (
        "voices, acts",
        lambda: said.extend(
            one for document, found in zip(documents, annotations, strict=True) for one in extract(document, found)
        ),
    )
    case = Case(documents=tuple(documents), statements=tuple(said))
    yield "repeats", lambda: fold(case.documents, case.statements)
    yield "points taken over", lambda: adopted(case.documents, case.statements)
    found: list[Any] = []
    yield "drafting", lambda: found.append(drafting.drafted(case))
    yield "proposals", lambda: proposals.with_proposals(case)
    yield "pointers", lambda: pointers.of_case(case)
    yield "earlier deals", lambda: precedents.with_precedents(case)
    yield "brief", lambda: found.append(brief.brief(replace(case, title="Invented")))
    yield "brief's page", lambda: briefing.render(found[-1], ".html")
    yield "brief as JSON", lambda: contract.as_json(found[-1])


def _one_document(text: Callable[[int], str]) -> Callable[[int], list[Document]]:
    return lambda size: [document(text(size))]


def main() -> None:
    """One line a stage of each family: seconds at the three lengths, and the ratio of the last two."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    made: dict[str, Callable[[int], list[Document]]] = {"news": news}
    made |= {name: _one_document(text) for name, text in FAMILIES.items()}
    for family in sys.argv[2:] or made:
        spent: dict[str, list[float]] = {}
        for length in (size // 4, size // 2, size):
            for stage, run in stages(made[family](length)):
                began = time.process_time()
                run()
                spent.setdefault(stage, []).append(time.process_time() - began)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        print(f"{family}, {size // 4:,}, {size // 2:,} and {size:,} code points; peak so far {peak:.0f} MB")
        for stage, each in spent.items():
            ratio = each[2] / each[1] if each[2] > 0.2 else float("nan")
            print(f"  {stage:24} {each[0]:8.2f} {each[1]:8.2f} {each[2]:8.2f} s   {ratio:.1f}", flush=True)


if __name__ == "__main__":
    main()
